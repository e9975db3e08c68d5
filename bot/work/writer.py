"""The one thread that touches the database: it takes what waits and commits it together.

A pass commits what goes on the wire now because its turn at a transport with a pace has come (D1); then what came in
with its turns and what became of deliveries (I2, T3, D3, D1); then, if there is one, a
suspect alone (T0, T3); then a group of rows that had to wait. Whatever arrives meanwhile waits for the next pass and
shares its commit: the busier, the more share one. Time's own affairs (alarms, retries, retention, the checkpoint) come
when nobody waits.

When the database takes nothing, nothing is acknowledged and nothing is lost: the same work is tried again later.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from bot.adapters.base import Outcome
from bot.journal import log
from bot.storage.database import Database, Unavailable
from bot.storage.statements import SQLITE
from bot.work.delivery import Parcel
from bot.work.doors import Door
from bot.work.ledger import Ledger, Received

IDLE_SECONDS: Final = 0.05
"""Nothing to do for so long: time for what nobody waits for."""

CHECKPOINT_AFTER: Final = 500
"""Changed rows that are worth a checkpoint in an idle moment (about 2 MB of WAL)."""

CHECKPOINT_AT_LAST: Final = 150_000
"""Changed rows after which the WAL is brought in even when nobody rests (some 100 MB)."""

SHARED_POLL_SECONDS: Final = 1.0
"""On PostgreSQL another process may have put something in."""

FIRST_PAUSE: Final = 0.1
LONGEST_PAUSE: Final = 2.0
"""Seconds between tries while the database takes nothing."""

SWEEP_SECONDS: Final = 3600.0

Committed = Callable[[Exception | None], None]
"""Told in the writer's thread that it is committed (None) or refused."""


class Handed(NamedTuple):
    """What an adapter handed over, and whom to tell."""

    received: Received
    committed: Committed


class Answered(NamedTuple):
    """What an adapter said of a parcel."""

    parcel: Parcel
    outcome: Outcome


class Called(NamedTuple):
    """A parcel that has stood in line and may go now, and whom to tell once that is committed.

    `begun` is told the parcel as it is to be sent, None when it is not to be sent any more; in the writer's thread.
    """

    parcel: Parcel
    begun: Callable[[Parcel | None], None]


class Asked(NamedTuple):
    """Something to be done with the database between two passes; it tells its asker itself and does not raise."""

    work: Callable[[Database], None]


class _Waiting(NamedTuple):
    """Someone waits until nothing is due."""

    settled: Callable[[], None]


class _Poked(NamedTuple):
    """Look at the clock."""


class _Stopped(NamedTuple):
    """Come to an end."""


Job = Handed | Answered | Called | Asked | _Waiting | _Poked | _Stopped


class Writer:
    """Runs a `Ledger` in a thread. `put`, `poke`, `wait_settled` and `stop` may be called from anywhere.

    `send` gets parcels to hand to their adapters, `doors` those that were taken or lost; both are called in this
    thread and must not block.
    """

    def __init__(
        self,
        database: Database,
        ledger: Ledger,
        send: Callable[[Sequence[Parcel]], None],
        doors: Callable[[Sequence[Door]], None],
    ) -> None:
        self._database = database
        self._ledger = ledger
        self._send = send
        self._doors = doors
        self._jobs: queue.SimpleQueue[Job] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="lotse-writer", daemon=True)
        self._handed: list[Handed] = []
        self._answered: list[Answered] = []
        self._called: list[Called] = []
        self._waiting: list[_Waiting] = []
        self._asked: list[Asked] = []
        self._look = True
        self._stopping = False
        self._checkpointed = 0
        self._sweep_at = time.monotonic() + SWEEP_SECONDS / 60
        self._shared = database.kind != SQLITE

    # --- from outside

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def put(self, job: Handed | Answered | Called | Asked) -> None:
        """Hand something over."""
        self._jobs.put(job)

    def poke(self) -> None:
        """The clock may have moved."""
        self._jobs.put(_Poked())

    def wait_settled(self, settled: Callable[[], None]) -> None:
        """Have `settled` called when nothing is due any more."""
        self._jobs.put(_Waiting(settled))

    def stop(self) -> None:
        """End after what has been handed over; the worker's row goes if nothing is in flight."""
        self._jobs.put(_Stopped())

    def join(self, timeout: float | None = None) -> None:
        """Wait for the end."""
        self._thread.join(timeout)

    # --- the thread

    def _run(self) -> None:
        pause = FIRST_PAUSE
        while True:
            try:
                self._pass()
                if self._stopping and not (self._handed or self._answered or self._called):
                    self._ledger.leave()
                    return
                pause = FIRST_PAUSE
            except Unavailable as error:
                log().warning("database_unavailable", error=type(error).__name__, reason=_word(error.code))
                if self._stopping and pause >= LONGEST_PAUSE:
                    return
                self._rest(pause)
                pause = min(pause * 2, LONGEST_PAUSE)
            except Exception as error:  # noqa: BLE001 - a mistake here must not end the bot; it is tried again
                log().critical("writer_failed", exc_info=error)
                if self._stopping:
                    return
                self._rest(pause)
                pause = min(pause * 2, LONGEST_PAUSE)

    def _rest(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            self._gather(left)

    def _pass(self) -> None:
        """Do what is there; wait when there is nothing."""
        seconds = 0.0 if self._busy else self._idle()
        if not self._gather(seconds) and seconds > 0:
            self._ledger.restless = True
            self._look = self._shared
        changed = self._ledger.attend()
        if changed:
            self._doors(changed)
        self._begin()
        self._take_in()
        while self._asked:
            self._asked.pop(0).work(self._database)
        self._work()
        if self._ledger.restless and not self._look:
            step = self._ledger.tend()
            self._send(step.parcels)
            self._look |= step.handled > 0
        if self._changed >= CHECKPOINT_AT_LAST:
            self._checkpoint()
        if not self._busy and not self._ledger.in_flight:
            for waiting in self._waiting:
                waiting.settled()
            self._waiting.clear()

    @property
    def _busy(self) -> bool:
        return bool(
            self._look
            or self._ledger.restless
            or self._handed
            or self._answered
            or self._called
            or self._asked
            or self._stopping
        )

    def _gather(self, seconds: float) -> bool:
        """Take over all jobs; wait so long for the first. False when there was none."""
        found = False
        try:
            job = self._jobs.get(timeout=seconds) if seconds > 0 else self._jobs.get_nowait()
            while True:
                self._accept(job)
                found = True
                job = self._jobs.get_nowait()
        except queue.Empty:
            return found

    def _accept(self, job: Job) -> None:
        match job:
            case Handed():
                self._handed.append(job)
            case Answered():
                self._answered.append(job)
            case Called():
                self._called.append(job)
            case Asked():
                self._asked.append(job)
            case _Waiting():
                self._waiting.append(job)
                self._ledger.restless = True
            case _Poked():
                self._ledger.restless = True
            case _Stopped():
                self._stopping = True

    def _begin(self) -> None:
        if not self._called:
            return
        begun = {parcel.position: parcel for parcel in self._ledger.begin([one.parcel for one in self._called])}
        called, self._called = self._called, []
        for one in called:
            one.begun(begun.get(one.parcel.position))

    def _take_in(self) -> None:
        if not (self._handed or self._answered):
            return
        handed = {one.received: one for one in self._handed}
        for taken in self._ledger.take_in(list(handed), list(self._answered)):
            # Written: what came in meanwhile is for the next pass.
            del self._handed[: len(taken.received)], self._answered[: len(taken.answers)]
            self._look |= taken.step.more
            self._send(taken.step.parcels)
            for received in taken.received:
                handed[received].committed(taken.failed)

    def _work(self) -> None:
        """Run a suspect and a group of rows that had to wait."""
        step = self._ledger.run_suspect()
        self._send(step.parcels)
        more = step.more
        if self._look:
            step = self._ledger.run_waiting()
            self._send(step.parcels)
            more |= step.more
        self._look = more

    def _idle(self) -> float:
        """Nothing is to be done: do what nobody waits for; says how long to wait then."""
        self._gather(IDLE_SECONDS)
        if self._busy:
            return 0.0
        if time.monotonic() >= self._sweep_at:
            if not self._ledger.sweep():
                self._sweep_at = time.monotonic() + SWEEP_SECONDS
                self._checkpoint()
            return 0.0
        if self._changed >= CHECKPOINT_AFTER:
            self._checkpoint()
        return self._until_due()

    @property
    def _changed(self) -> int:
        return self._database.changes - self._checkpointed

    def _checkpoint(self) -> None:
        self._ledger.checkpoint()
        self._checkpointed = self._database.changes

    def _until_due(self) -> float:
        """Seconds until something is due by the clock, if that runs on; the poke every few seconds sees to the rest."""
        due = self._ledger.next_due()
        seconds = SWEEP_SECONDS if due is None else (due - self._ledger.now) / 1000
        longest = SHARED_POLL_SECONDS if self._shared else SWEEP_SECONDS
        return max(min(seconds, self._sweep_at - time.monotonic(), longest), 0.001)


def _word(code: str) -> str:
    return "".join(letter for letter in code.lower() if letter.isalnum() or letter == "_") or "unknown"

"""The ledger without threads: each method is one commit, or a few, of guarantees C.

`Writer` calls them in its thread; tests and measurements call them as they are. What they return as parcels is
committed as being sent: hand it to the adapter, then bring the answer back with `take_in`. Only what is not `begun` has
to stand in line at its transport first, and to be brought to `begin` when its turn has come.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from bot.adapters.base import Adapter, Arrival, Outcome, Refused, Sent
from bot.failpoints import reach
from bot.journal import log
from bot.keys import KeyRing
from bot.storage import inbox, letters, outbox, workers
from bot.storage.database import Database, DatabaseError, Transaction, Unavailable
from bot.storage.outbox import Takeback
from bot.storage.statements import POSTGRESQL
from bot.storage.times import stamp
from bot.work import clock as alarms
from bot.work import mailing, outage, postman
from bot.work.casework import MAIL, MOST_LOOKS, Casework, Cause
from bot.work.delivery import Delivery, Overtaken, Parcel
from bot.work.doors import Door, Doors
from bot.work.group import Group, Repeated
from bot.work.intake import Intake, LeaseLost
from bot.work.leases import Leases
from bot.work.retention import Sweeper
from bot.work.turns import MOST_TOGETHER, Turns
from bot.work.worlds import Advance, StaticAnswer, WorldSource

BEAT_EVERY: Final = 60_000
"""Milliseconds between notes that an account is attended and its transport heard: so an outage is measured."""


@dataclass(eq=False)
class Received:
    """What an adapter handed over: these, and how far it has read."""

    door: Door
    arrivals: Sequence[Arrival]
    cursor: str | None = None

    def __repr__(self) -> str:
        return f"Received({len(self.arrivals)})"


@dataclass
class Step:
    """What it came to. `handled`: rows; `more`: there may be others to handle at once."""

    parcels: list[Parcel] = field(default_factory=list)
    handled: int = 0
    more: bool = False


class Taken(NamedTuple):
    """What of the work given was looked after in one commit, or could not be written at all (`failed`).

    The adapter must be told of the latter, never that it was written.
    """

    step: Step
    received: Sequence[Received]
    answers: Sequence[tuple[Parcel, Outcome]]
    failed: Exception | None = None


class Ledger:
    """The books of one worker. All times are by `clock`. Every method may raise `Unavailable`: call it again later."""

    def __init__(
        self,
        database: Database,
        ring: KeyRing,
        adapters: Mapping[str, Adapter],
        advance: Advance,
        worlds: WorldSource,
        clock: Callable[[], dt.datetime],
        static_answer: StaticAnswer,
    ) -> None:
        self.worker: Final = secrets.token_hex(16)
        self.in_flight: Final[dict[int, Parcel]] = {}
        """What was handed out, to stand in line or to be sent, and is not answered yet; by position."""
        self.restless = True
        """Something may be due without anything having come in: `tend` is to be called."""
        self._database = database
        self._clock = clock
        self._ring = ring
        with database.transaction() as tx:
            self.doors: Final = Doors(adapters, tx, ring)
        self._intake = Intake(ring)
        self._casework = Casework(ring, worlds)
        self._turns = Turns(self._casework, advance, worlds, static_answer, self.doors, self._intake, self.worker)
        self._delivery = Delivery(ring, self.doors, self.worker, self.in_flight, static_answer)
        self._worlds = worlds
        self._mail = self.doors.by_name.get(MAIL)
        self._leases = Leases(self.doors, self.worker)
        self._sweeper = Sweeper(ring, self._intake, self._casework)
        self._after = 0
        self._session = 0
        self._suspects = True
        self._beat = 0
        self._crowded = False
        """Alarms of a limited transport wait because enough is on its way there."""
        self._strays: set[int] = set()

    @property
    def now(self) -> int:
        """Milliseconds by the injected clock."""
        return stamp(self._clock())

    # --- beginning and end

    def attend(self) -> list[Door]:
        """Be there: enter a new session, renew the leases, free what dead workers held on accounts that are taken.

        Call it before each pass; it costs nothing when there is nothing to do.

        Returns:
            The doors that were taken or lost by it.
        """
        fresh = self._session != self._database.sessions or not self._database.connected
        if not fresh and not (self._database.kind == POSTGRESQL and self._leases.stale):
            return []
        now = self.now
        if fresh:
            self._leases.lose_session()
        with self._database.transaction() as tx:
            if fresh:
                self._enter(tx, now)
            changes = self._leases.keep(tx)
            taken = [change.door for change in changes if change.term is not None]
            if taken:
                # The last holder's numbers may be above those that are left here.
                tx.counters.clear()
            begun = [place for place, parcel in self.in_flight.items() if parcel.begun]
            freed = self._delivery.rescue(tx, [door.account.id for door in taken], begun, now)
            for door in taken:
                door.account.refresh(tx, self._ring)
                outage.ask_again(tx, self._ring, door, door.account.received, now, now)
        reach("rescue_after")
        self._session = self._database.sessions
        self._leases.apply(changes)
        if changes:
            self.restless = True
            log().info("accounts_changed", count=len(changes))
        if freed:
            log().warning("deliveries_rescued", count=freed)
        return [change.door for change in changes]

    def _enter(self, tx: Transaction, now: int) -> None:
        dead = workers.dead(tx, self.worker)
        if dead:
            # Whatever was undone then may be what ended it.
            log().warning("unclean_end", count=inbox.suspect_all(tx))
            for door in self.doors.by_name.values():
                door.careful = True
        workers.remove(tx, dead)
        workers.add(tx, self.worker, now)
        self._casework.look_around(tx)
        self._suspects = True

    def leave(self) -> None:
        """End cleanly. Something still being sent is no clean end: the next start finds out what became of it."""
        if not any(parcel.begun for parcel in self.in_flight.values()):
            with self._database.transaction() as tx:
                workers.remove(tx, [self.worker])

    # --- I2, D3, D1

    def take_in(self, received: Sequence[Received], answers: Sequence[tuple[Parcel, Outcome]]) -> Iterator[Taken]:
        """Commit what came in and what became of deliveries: together, or one by one when that fails.

        Whoever takes the next one has sent what the last one brought: claimed is claimed, whatever becomes of the rest.

        Raises:
            Unavailable: what was not yielded yet is not written.
        """
        try:
            taken = Taken(self._take_in(received, answers), received, answers)
        except Unavailable:
            raise
        except Exception as error:  # noqa: BLE001 - something in it cannot be written: see what, one by one
            if not isinstance(error, Overtaken | Repeated | LeaseLost):
                log().error("take_in_failed", count=len(received), exc_info=error)
            self.restless = True
        else:
            yield taken
            return
        for one in received:
            yield self._receive_alone(one)
        for answer in answers:
            yield self._settle_alone(answer)

    def _take_in(
        self, received: Sequence[Received], answers: Sequence[tuple[Parcel, Outcome]], *, at_once: bool = True
    ) -> Step:
        now = self.now
        group = Group(now)
        step = Step()
        with self._database.transaction() as tx:
            settled = self._delivery.settle(tx, answers, now) if answers else []
            self._lose_groups(tx, answers, now)
            for one in received:
                room = MOST_TOGETHER - len(group.new) if at_once else 0
                ready = self._intake.accept(tx, group, one.door, one.arrivals, one.cursor, room)
                self._turns.run_now(tx, group, ready)
                step.handled += len(one.arrivals)
            if group.handled:
                group.write(tx)
            else:
                group.verify()
        for one in received:
            one.door.account.cursor = one.cursor or one.door.account.cursor
        if received:
            reach("i2_after")
        if answers:
            reach("d3_after")
        if answers and self._crowded:
            self.restless = True
        for parcel, outcome in answers:
            self.in_flight.pop(parcel.position, None)
            if parcel.position in self._strays:
                settled += self._take_back(parcel, outcome)
            if not isinstance(outcome, Sent):
                self.restless = True
        for one in received:
            if one.arrivals and one.door.careful:
                one.door.careful = False
                self._suspects = True
        self._hand_out(settled)
        written = self._committed(group)
        return Step([*settled, *written.parcels], step.handled, step.handled > group.handled)

    def _lose_groups(self, tx: Transaction, answers: Sequence[tuple[Parcel, Outcome]], now: int) -> None:
        """A group that cannot be written to any more gets no notices any more."""
        for parcel, outcome in answers:
            if isinstance(outcome, Refused) and outcome.reason != "invalid":
                self._casework.unreachable(tx, parcel.conversation, Cause(parcel.id, now))

    def _take_back(self, parcel: Parcel, outcome: Outcome) -> list[Parcel]:
        """A message that was on its way when its person was forgotten: no row knows its name any more, so at once."""
        self._strays.discard(parcel.position)
        if isinstance(outcome, Sent) and outcome.remote_id:
            return [parcel._replace(what=Takeback([outcome.remote_id]), original=None)]
        return []

    def _receive_alone(self, one: Received) -> Taken:
        try:
            return Taken(self._take_in([one], [], at_once=False), [one], [])
        except Unavailable:
            raise
        except LeaseLost as lost:
            one.door.held = False
            return Taken(Step(), [one], [], lost)
        except DatabaseError as error:
            log().error("intake_failed", exc_info=error)
            return Taken(Step(), [one], [], error)

    def _settle_alone(self, answer: tuple[Parcel, Outcome]) -> Taken:
        try:
            return Taken(self._take_in([], [answer]), [], [answer])
        except Unavailable:
            raise
        except DatabaseError as error:
            log().error("settle_failed", delivery=answer[0].id.hex(), exc_info=error)
            return Taken(Step(), [], [answer], error)

    def _hand_out(self, parcels: Sequence[Parcel]) -> None:
        if parcels:
            reach("d1_after")
            self.in_flight.update((parcel.position, parcel) for parcel in parcels)

    def begin(self, parcels: Sequence[Parcel]) -> list[Parcel]:
        """Commit that these go on the wire now: their turn at their transport has come.

        Returns:
            Those that do. The others are let go of: they were forgotten, have expired or are another worker's.
        """
        try:
            with self._database.transaction() as tx:
                begun = self._delivery.begin(tx, parcels)
        except Unavailable:
            raise
        except (Overtaken, DatabaseError) as error:
            if not isinstance(error, Overtaken):
                log().error("begin_failed", count=len(parcels), exc_info=error)
            begun = []
        for parcel in parcels:
            self.in_flight.pop(parcel.position, None)
        if len(begun) < len(parcels):
            self._strays.difference_update(parcel.position for parcel in parcels)
            self.restless = True
        self._hand_out(begun)
        return begun

    # --- T0 to T3

    def run_waiting(self) -> Step:
        """Run a group of turns: the oldest undone row of each of many conversations."""
        self._turns.attempted.clear()
        try:
            with self._database.transaction() as tx:
                group = Group(self.now)
                after = self._turns.run_waiting(tx, group, self._after)
                group.write(tx)
        except Unavailable:
            raise
        except Overtaken:
            return Step(more=True)
        except Exception as error:  # noqa: BLE001 - one of them cannot be written: each is tried alone
            log().error("group_failed", count=len(self._turns.attempted), exc_info=error)
            with self._database.transaction() as tx:
                inbox.suspect_these(tx, self._turns.attempted)
            self._suspects = True
            return Step(more=True)
        # At the end of a round there may be new ones at its beginning, or second ones in the same chats.
        more = bool(after) or bool(self._after) or group.handled > 0
        self._after = after
        # A suspect may have stood behind one of these.
        self._suspects |= group.handled > 0
        return self._committed(group, more=more)

    def run_suspect(self) -> Step:
        """Run one row that may have ended a process, or failed before: alone, the try counted and committed first."""
        if not self._suspects:
            return Step()
        with self._database.transaction() as tx:
            found = inbox.suspect(tx)
            if found is not None:
                inbox.count_attempt(tx, found)
            reach("t0_inside")
        if found is None:
            self._suspects = False
            return Step()
        reach("t0_after")
        try:
            with self._database.transaction() as tx:
                group = Group(self.now)
                self._turns.run_suspect(tx, group, found)
                group.write(tx)
        except Unavailable:
            raise
        except Exception as error:  # noqa: BLE001 - computed but not to be written
            log().error("suspect_failed", inbox=found[1].hex(), exc_info=error)
            with self._database.transaction() as tx:
                group = Group(self.now)
                self._turns.give_up(tx, group, found)
                group.write(tx)
        return self._committed(group, more=True)

    def _committed(self, group: Group, *, more: bool = False) -> Step:
        if group.handled:
            reach("t3_after")
        self._turns.kept(group)
        if group.forgotten:
            reach("forget_after")
            gone = set(group.forgotten)
            self._strays.update(place for place, parcel in self.in_flight.items() if parcel.conversation in gone)
            self._ring.forget_open_keys()
            self._sweeper.forgot = True
        self.restless |= group.restless
        self._delivery.behind.update(group.behind)
        self._hand_out(group.parcels)
        return Step(group.parcels, group.handled, more)

    # --- what time brings

    def tend(self) -> Step:
        """Look for what has become due by the clock: alarms, rests that are over, messages to try again."""
        now = self.now
        self.restless = False
        heard: dict[Door, int | None] = {}
        resumed = 0
        beats = now - self._beat >= BEAT_EVERY or now < self._beat
        with self._database.transaction() as tx:
            if beats:
                mailing.refresh(tx, self._ring, self._casework, self._mail, self._worlds.mailed(), now)
            woken = inbox.wake(tx, now)
            room = self._room()
            fired = alarms.fire(tx, self._ring, self.doors, self._intake, now, room)
            looked = self._casework.look(tx, now)
            opened = postman.deliver(tx, self._ring, self.doors, self._intake, now)
            parcels = self._delivery.claim_due(tx, now)
            if beats:
                self._beat = now
                self._delivery.expire(tx, now)
                self._casework.look_around(tx)
                heard = {door: outage.heard_at(door, now) for door in self.doors.by_name.values() if door.held}
                for door, at in heard.items():
                    resumed += outage.ask_again(tx, self._ring, door, door.heard, at, now)
                    door.account.move(tx, None, door.term, now if at is None else at)
        for door, at in heard.items():
            door.heard = at
        if resumed:
            log().info("asked_again", count=resumed)
        if fired.number:
            reach("c2_after")
        if opened:
            reach("letter_after")
        self._suspects = True
        self._crowded = 0 in room.values()
        self.restless = fired.more or looked == MOST_LOOKS or opened == letters.MOST_AT_ONCE
        self._hand_out(parcels)
        return Step(parcels, woken + fired.number + opened + resumed, self.restless)

    def _room(self) -> dict[int, int]:
        """How many alarms may fire on accounts of limited transports: so many that what is on its way stays little."""
        limited = [number for number in self.doors.held_accounts() if self.doors.by_account[number].transport.limited]
        on_the_way = Counter(parcel.door.account.id for parcel in self.in_flight.values()) if limited else Counter()
        return {number: max(alarms.MOST_ON_THE_WAY - on_the_way[number], 0) for number in limited}

    def next_due(self) -> int | None:
        """When `tend` is next worth calling for a rest or a retry, by the clock; alarms wait for a poke."""
        with self._database.transaction() as tx:
            times = (inbox.next_retry(tx), outbox.next_due(tx, self.now))
        return min((time for time in times if time is not None), default=None)

    def sweep(self) -> bool:
        """Forget a little of what is no longer to be kept; False when nothing is left to forget for the time being."""
        with self._database.transaction() as tx:
            more = self._sweeper.sweep(tx, self.now)
        self.restless = True
        return more

    def checkpoint(self) -> None:
        """Bring the WAL into the database; emptied when something was forgotten, so that it is not left in there."""
        self._database.checkpoint(truncate=self._sweeper.forgot)
        self._sweeper.forgot = False

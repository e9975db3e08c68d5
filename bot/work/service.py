"""Ties intake, turns, delivery and the clock together for a set of adapters.

Owns the event loop's side of the ledger: the adapters' receiving and sending. Everything that touches the database
runs in one thread of its own (`writer`).
"""

from __future__ import annotations

import asyncio
import datetime as dt
import uuid
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Final, TypeVar

import msgspec

from bot.adapters.base import Adapter, Arrival, NotSent, Outcome, Paced, Refused, Sent, Unknown
from bot.failpoints import reach
from bot.flows.exchange import File, Paper, Send, Settle
from bot.flows.keeping import as_text
from bot.journal import count, log
from bot.keys import KeyRing
from bot.storage.database import Database
from bot.storage.outbox import Takeback
from bot.work.clock import Ticker
from bot.work.delivery import Parcel
from bot.work.doors import Door
from bot.work.intake import LeaseLost
from bot.work.ledger import Ledger, Received
from bot.work.worlds import Advance, StaticAnswer, WorldSource
from bot.work.writer import Answered, Asked, Called, Handed, Writer

Result = TypeVar("Result")

STATIC_AFTER_SECONDS: Final = 2.0
"""A message that could not be written for so long gets the static emergency text in the meantime."""

FIRST_RETRY: Final = 1.0
LONGEST_RETRY: Final = 60.0
"""Seconds until an adapter that failed to receive is called again; doubles each time."""

GRACE_SECONDS: Final = 15.0
"""How long the end waits for messages on their way. What is not answered then, the next start finds out."""

TICKER_AFTER_SECONDS: Final = 1.0
"""The scheduler is loaded when the first persons have been answered; what is due at the start needs it not."""


Press = Callable[[Paper], File]
"""Makes the file of a paper, the same bytes each time. Called in a thread."""


def plain(paper: Paper) -> File:
    """The paper as JSON, where nobody has a press."""
    return File(f"{paper.name}.json", "application/json", msgspec.json.encode(paper))


class Service:
    """The running bot. `adapters`: by their name. `clock`: aware UTC; it may jump (`poke` then)."""

    def __init__(  # noqa: PLR0913, PLR0917 - the parts it ties together
        self,
        database: Database,
        keyring: KeyRing,
        adapters: Mapping[str, Adapter],
        advance: Advance,
        worlds: WorldSource,
        clock: Callable[[], dt.datetime],
        static_answer: StaticAnswer,
        press: Press = plain,
    ) -> None:
        self._static_answer = static_answer
        self._press = press
        self._ledger = Ledger(database, keyring, adapters, advance, worlds, clock, static_answer)
        self._writer = Writer(database, self._ledger, self._post_parcels, self._post_doors)
        self._ticker = Ticker(self.poke)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._receiving: dict[str, asyncio.Task[None]] = {}
        self._sending: set[asyncio.Task[None]] = set()
        self._running = asyncio.Event()
        self._stopping = False

    async def run(self, stop: asyncio.Event) -> None:
        """Receive, answer, send and remind until `stop` is set; then finish what is in flight and mark a clean end."""
        self._loop = asyncio.get_running_loop()
        self._writer.start()
        self._running.set()
        ticker = asyncio.create_task(self._tick())
        try:
            await stop.wait()
        finally:
            self._stopping = True
            await _end([ticker, *self._receiving.values()])
            await asyncio.to_thread(self._ticker.stop)
            if self._sending:
                await asyncio.wait(set(self._sending), timeout=GRACE_SECONDS)
            self._writer.stop()
            await asyncio.to_thread(self._writer.join, GRACE_SECONDS)

    async def settle(self) -> None:
        """Return when nothing is due by the clock: no row to handle, no message to send, no alarm. Needs `run`."""
        await self._running.wait()
        done, settled = self._future()
        self._writer.wait_settled(settled)
        await done

    async def ask(self, work: Callable[[Database], Result]) -> Result:
        """Run `work` with the database in the ledger's thread, between two passes. Needs `run`.

        Raises:
            Exception: what `work` raises.
        """
        await self._running.wait()
        loop = asyncio.get_running_loop()
        done: asyncio.Future[Result] = loop.create_future()

        def run(database: Database) -> None:
            try:
                result = work(database)
            except Exception as error:  # noqa: BLE001 - it is the asker's
                loop.call_soon_threadsafe(_fail, done, error)
            else:
                loop.call_soon_threadsafe(_tell, done, result)

        self._writer.put(Asked(run))
        return await done

    async def sweep(self) -> None:
        """Forget now what is no longer to be kept; otherwise that is looked after every hour. Needs `run`."""

        def sweep(_: Database) -> None:
            while self._ledger.sweep():
                pass
            self._ledger.checkpoint()

        await self.ask(sweep)

    def poke(self) -> None:
        """The clock may have jumped: look for due alarms now. From any thread."""
        self._writer.poke()

    def _future(self) -> tuple[asyncio.Future[None], Callable[[], None]]:
        loop = asyncio.get_running_loop()
        done: asyncio.Future[None] = loop.create_future()
        return done, lambda: _call(loop, _tell, done, None)

    async def _tick(self) -> None:
        await asyncio.sleep(TICKER_AFTER_SECONDS)
        await asyncio.to_thread(self._ticker.start)

    # --- receiving

    def _post_doors(self, changed: Sequence[Door]) -> None:
        """From the writer's thread: these were taken or lost."""
        _call(self._loop, self._change_doors, list(changed))

    def _change_doors(self, changed: Sequence[Door]) -> None:
        for door in changed:
            task = self._receiving.pop(door.name, None)
            if task is not None:
                task.cancel()
            if door.held and not self._stopping:
                self._receiving[door.name] = asyncio.create_task(self._receive(door), name=f"receive {door.name}")

    async def _receive(self, door: Door) -> None:
        retry = FIRST_RETRY
        while True:
            try:
                await door.adapter.receive(door.account.cursor, partial(self._deliver, door))
            except LeaseLost:
                return  # another process receives now; when this one is to again, it is told
            except Exception as error:  # noqa: BLE001 - the transport's trouble is not ours; it is tried again
                log().warning("receive_failed", transport=door.name, seconds=retry, exc_info=error)
                count("receive_failed")
                await asyncio.sleep(retry)
                retry = min(retry * 2, LONGEST_RETRY)
            else:
                return

    async def _deliver(self, door: Door, arrivals: Sequence[Arrival], cursor: str | None) -> None:
        """Return when these are committed."""
        loop = asyncio.get_running_loop()
        done: asyncio.Future[None] = loop.create_future()

        def committed(error: Exception | None) -> None:
            if error is None:
                _call(loop, _tell, done, None)
            else:
                _call(loop, _fail, done, error)

        self._writer.put(Handed(Received(door, arrivals, cursor), committed))
        waiting, _ = await asyncio.wait({done}, timeout=STATIC_AFTER_SECONDS) if arrivals else ({done}, None)
        if not waiting:
            log().critical("database_silent", transport=door.name)
            await self._answer_statically(door, arrivals)
        await done

    async def _answer_statically(self, door: Door, arrivals: Sequence[Arrival]) -> None:
        """The emergency text to those who wrote while nothing can be written."""
        for arrival in {arrival.chat: arrival for arrival in arrivals}.values():
            answer = self._static_answer("unwritable", arrival.incoming, "")
            if answer is None:
                continue
            # Not the id of any delivery of ours, and the same when it is handed over again.
            identity = uuid.uuid5(uuid.NAMESPACE_OID, f"static|{door.name}|{arrival.event_key}")
            try:
                await door.adapter.send(arrival.chat, str(identity), answer, None)
                count("static_answers")
            except Exception as error:  # noqa: BLE001 - there is nobody left to tell
                log().error("static_answer_failed", transport=door.name, exc_info=error)

    # --- sending

    def _post_parcels(self, parcels: Sequence[Parcel]) -> None:
        """From the writer's thread: these are committed as being sent, or are to stand in line."""
        if parcels:
            _call(self._loop, self._send_all, parcels)

    def _send_all(self, parcels: Sequence[Parcel]) -> None:
        for parcel in parcels:
            task = asyncio.create_task(self._send(parcel))
            self._sending.add(task)
            task.add_done_callback(self._sending.discard)

    async def _send(self, parcel: Parcel) -> None:
        """See a parcel to its adapter, and what the adapter says of it to the books.

        All that takes time comes before the claim, where there is one to wait for: a process that dies there leaves
        the delivery due, and nobody in doubt whether it arrived.
        """
        outcome: Outcome | None
        try:
            what = await _press(parcel.what, self._press)
            outcome = None if parcel.begun else await _line_up(parcel, what)
            if outcome is None and not parcel.begun:
                reach("d1_before")
                begun = await self._begin(parcel)
                if begun is None:
                    return
                parcel = begun
            if outcome is None:
                reach("d2_before")
                outcome = await _hand_over(parcel, what)
        except Exception as error:  # noqa: BLE001 - it may have been sent all the same
            log().warning("send_failed", delivery=parcel.id.hex(), transport=parcel.door.name, exc_info=error)
            outcome = Unknown()
        reach("d2_after")
        self._writer.put(Answered(parcel, outcome))

    async def _begin(self, parcel: Parcel) -> Parcel | None:
        """Return the parcel when it is committed as being sent; None when it is not to be sent any more."""
        loop = asyncio.get_running_loop()
        done: asyncio.Future[Parcel | None] = loop.create_future()
        self._writer.put(Called(parcel, lambda begun: _call(loop, _tell, done, begun)))
        return await done


async def _press(what: Send | Settle | Takeback, press: Press) -> Send | Settle | Takeback:
    """A paper that goes along becomes a file."""
    if not isinstance(what, Send) or what.paper is None:
        return what
    file = await asyncio.to_thread(press, what.paper)
    return msgspec.structs.replace(what, paper=None, file=file)


async def _line_up(parcel: Parcel, what: Send | Settle | Takeback) -> NotSent | None:
    """Wait until the transport takes it; NotSent: later. What shows nothing, or was lost meanwhile, does not wait."""
    adapter = parcel.door.adapter
    if isinstance(what, Takeback) or not parcel.door.held or not isinstance(adapter, Paced):
        return None
    return await adapter.line_up(parcel.chat, str(uuid.UUID(bytes=parcel.id)), what, parcel.original)


async def _hand_over(parcel: Parcel, what: Send | Settle | Takeback) -> Outcome:
    """Give a parcel to its adapter."""
    adapter, delivery = parcel.door.adapter, str(uuid.UUID(bytes=parcel.id))
    if not parcel.door.held:
        return NotSent()  # lost in the meantime: its new holder sends it
    if isinstance(what, Takeback):
        return await adapter.forget(parcel.chat, what.remote_ids)
    if isinstance(what, Settle) and parcel.original is None:
        return Sent()  # the question is known no more; there is nothing to change on it
    outcome = await adapter.send(parcel.chat, delivery, what, parcel.original)
    paper = parcel.what.paper if isinstance(parcel.what, Send) else None
    if paper is not None and outcome == Refused("invalid"):
        # Too large for it, or it takes no files: these words stand nowhere else.
        return await adapter.send(parcel.chat, delivery, Send(text=as_text(paper), style="copy"), None)
    return outcome


async def _end(tasks: Sequence[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def _tell(done: asyncio.Future[Result], result: Result) -> None:
    if not done.done():
        done.set_result(result)


def _fail(done: asyncio.Future[Result], error: Exception) -> None:
    if not done.done():
        done.set_exception(error)


def _call(loop: asyncio.AbstractEventLoop | None, what: Callable[..., object], *values: object) -> None:
    """Have it called in the loop; not when the loop has ended."""
    if loop is not None and not loop.is_closed():
        loop.call_soon_threadsafe(what, *values)

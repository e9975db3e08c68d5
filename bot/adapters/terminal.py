"""The terminal as a transport: the writer's end of every `lotse talk` on this data folder.

Owns: who sits at which terminal, and the walk of their lines into the inbox and of the answers back. A person is a
number, and the number is the chat. A terminal confirms each bubble by its delivery id and shows it once, so that
sending again is harmless. Nobody at a terminal: the answer waits until somebody is.
"""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import re
from collections.abc import Callable, Sequence
from typing import Final, Protocol

import msgspec

from bot.adapters import terminal_wire as wire
from bot.adapters.base import Arrival, Deliver, NotSent, Original, Outcome, Sent, Unknown
from bot.flows.exchange import Incoming, Said, Send, Settle, Started, Transport

MOST_PEOPLE: Final = 64
"""Terminals at once: a development tool, not a service."""

MOST_WAITING: Final = 64
"""Messages of one terminal that may wait; the terminal itself sends one at a time."""

AWAY: Final = 1.0
"""Seconds after which an answer to somebody who is away is tried again. Short: they are greeted with it."""

UNCONFIRMED: Final = 5.0
"""Seconds in which a terminal confirms a bubble. One that is stopped (Ctrl-Z) does not; it gets it again later."""

FARTHEST: Final = 400 * 86_400
"""Seconds that the clock may be set forward: beyond every check-in and every date that the law sets."""

_KEY: Final = re.compile(r"[0-9a-f]{16,64}")


class Ledger(Protocol):
    """What a terminal asks of the running service."""

    async def settle(self) -> None:
        """Return when nothing is due."""


class Clock(Protocol):
    """The writer's clock, which a terminal may set forward."""

    @property
    def ahead(self) -> int:
        """Seconds that it is ahead of the real time."""

    def set_ahead(self, seconds: int) -> bool:
        """Set it; False: this clock may not be set."""


class _Seat:
    """One connected terminal."""

    def __init__(self, person: int, terminal: str, writer: asyncio.StreamWriter) -> None:
        self.person = person
        self.terminal = terminal
        self.gone = False
        self.shown = 0
        """Bubbles that were put on this terminal."""
        self._writer = writer
        self._confirmed: dict[str, asyncio.Future[None]] = {}

    async def put(self, message: wire.ToTerminal) -> None:
        """Write one line. Raises OSError when the terminal is gone."""
        if self.gone:
            raise ConnectionResetError
        self._writer.write(wire.encode(message))
        await self._writer.drain()

    async def show(self, bubble: wire.Bubble) -> bool:
        """Show a bubble; whether it was confirmed in time."""
        confirmed = self._confirmed.setdefault(bubble.id, asyncio.get_running_loop().create_future())
        try:
            await self.put(bubble)
            self.shown += 1
            async with asyncio.timeout(UNCONFIRMED):
                await asyncio.shield(confirmed)
        except (OSError, TimeoutError):
            return False
        finally:
            self._confirmed.pop(bubble.id, None)
        return not confirmed.cancelled()

    def confirm(self, delivery: str) -> None:
        """The bubble stands on the screen."""
        future = self._confirmed.get(delivery)
        if future is not None and not future.done():
            future.set_result(None)

    def leave(self) -> None:
        """The terminal is gone: nothing will be confirmed any more."""
        self.gone = True
        self._writer.close()
        for future in self._confirmed.values():
            if not future.done():
                future.set_exception(ConnectionResetError())
                future.exception()  # looked at: asyncio complains about exceptions that nobody asked for


class Terminal:
    """The adapter. `clock` tells when something was written, aware UTC."""

    name: Final = "terminal"
    transport: Final = Transport(name="terminal", encrypted=True, edits=False, real=False, files=True)
    idempotent: Final = True
    keeps_presses: Final = True

    def __init__(self, clock: Callable[[], dt.datetime]) -> None:
        self._clock = clock
        self._seats: dict[int, _Seat] = {}
        self._deliver: Deliver | None = None
        self._receiving = asyncio.Event()

    # --- the ledger's side ----------------------------------------------------------------------------------------

    async def receive(self, _cursor: str | None, deliver: Deliver) -> None:
        """Hand over what terminals send, until cancelled. There is no cursor: a terminal repeats what got lost."""
        self._deliver = deliver
        self._receiving.set()
        try:
            await asyncio.Event().wait()
        finally:
            self._receiving.clear()

    async def send(self, chat: str, delivery_id: str, effect: Send | Settle, _original: Original | None) -> Outcome:
        """Show one bubble. A Settle shows nothing: what was chosen stands right below the question."""
        if isinstance(effect, Settle):
            return Sent()
        seat = self._seats.get(int(chat))
        if seat is None:
            return NotSent(after=AWAY)
        bubble = wire.Bubble(
            id=delivery_id, text=effect.text, style=effect.style, choices=effect.choices, expects=effect.expects,
            file=effect.file,
        )  # fmt: skip
        return Sent() if await seat.show(bubble) else Unknown()

    async def forget(self, _chat: str, _remote_ids: Sequence[str]) -> Outcome:
        """Do nothing: what stands on a screen is the person's."""
        return Sent()

    # --- the terminals' side --------------------------------------------------------------------------------------

    async def converse(
        self,
        hello: wire.Hello,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        ledger: Ledger,
        clock: Clock,
    ) -> None:
        """Serve one terminal until it goes. `hello` was read already; later lines that are none end the talk."""
        seat = self._sit(hello, writer)
        if isinstance(seat, wire.Refused):
            with contextlib.suppress(OSError):
                writer.write(wire.encode(seat))
                await writer.drain()
            return
        waiting: asyncio.Queue[wire.Opened | wire.Typed | wire.Ahead] = asyncio.Queue(MOST_WAITING)
        handling = asyncio.create_task(self._handle(seat, waiting, ledger, clock))
        try:
            await seat.put(wire.Welcome(person=seat.person, ahead=clock.ahead))
            await self._listen(seat, reader, waiting)
        except (OSError, ValueError, msgspec.MsgspecError):
            pass  # the terminal is gone, or speaks something else: either way this talk is over
        finally:
            handling.cancel()
            seat.leave()
            if self._seats.get(seat.person) is seat:
                del self._seats[seat.person]
            with contextlib.suppress(asyncio.CancelledError, OSError):
                await handling

    def _sit(self, hello: wire.Hello, writer: asyncio.StreamWriter) -> _Seat | wire.Refused:
        if hello.version != wire.VERSION:
            return wire.Refused(reason="version")
        person = hello.person or next(number for number in range(1, MOST_PEOPLE + 2) if number not in self._seats)
        taken = self._seats.get(person)
        if not 1 <= person <= MOST_PEOPLE or (taken is not None and taken.terminal != hello.terminal):
            return wire.Refused(reason="busy")
        if taken is not None:
            taken.leave()  # the same terminal again: it lost its connection before we did
        seat = _Seat(person, hello.terminal, writer)
        self._seats[person] = seat
        return seat

    async def _listen(
        self, seat: _Seat, reader: asyncio.StreamReader, waiting: asyncio.Queue[wire.Opened | wire.Typed | wire.Ahead]
    ) -> None:
        while line := await reader.readline():
            match wire.decode_to_writer(line):
                case wire.Shown(id=delivery):
                    seat.confirm(delivery)
                case wire.Hello():
                    return
                case message:
                    await waiting.put(message)

    async def _handle(
        self,
        seat: _Seat,
        waiting: asyncio.Queue[wire.Opened | wire.Typed | wire.Ahead],
        ledger: Ledger,
        clock: Clock,
    ) -> None:
        """Take what this terminal sends in order, and say `Quiet` when nothing more follows from it."""
        while True:
            message = await waiting.get()
            if not _KEY.fullmatch(message.key):
                await seat.put(wire.Refused(reason="key", key=message.key))
                continue
            match message:
                case wire.Ahead(seconds=seconds):
                    if not 0 <= seconds <= FARTHEST or not clock.set_ahead(seconds):
                        await seat.put(wire.Refused(reason="clock", key=message.key))
                        continue
                case wire.Opened(language=language, place=place):
                    await self._take(seat, message.key, Started(language=language, payload=place))
                case wire.Typed(text=text):
                    await self._take(seat, message.key, Said(text=text))
            before = seat.shown
            await seat.put(wire.Accepted(key=message.key))
            await ledger.settle()
            if seat.shown == before and waiting.empty() and not isinstance(message, wire.Ahead):
                # The answer stands behind something that was missed while nobody sat here, and is tried again soon.
                await asyncio.sleep(AWAY)
                await ledger.settle()
            await seat.put(wire.Quiet(key=message.key, ahead=clock.ahead))

    async def _take(self, seat: _Seat, key: str, incoming: Incoming) -> None:
        await self._receiving.wait()
        assert self._deliver is not None  # noqa: S101 - set with the event
        arrival = Arrival(event_key=f"{seat.person}:{key}", chat=str(seat.person), incoming=incoming, at=self._clock())
        await self._deliver([arrival], None)

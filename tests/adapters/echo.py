"""A writer in small: a real socket, the real terminal adapter, and behind it a ledger that says back what it got.

Deduplicates by event key like the inbox and repeats what was not confirmed like the outbox; it can be broken off at any
moment and begun again on the same books, as a stopped writer is by its successor.
"""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import threading
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot import gate
from bot.adapters import terminal_wire as wire
from bot.adapters.base import Arrival, NotSent, Sent
from bot.adapters.terminal import Terminal
from bot.flows.exchange import Choice, Said, Send, Started

NOW = dt.datetime(2026, 11, 21, 9, tzinfo=dt.UTC)


@dataclass
class Books:
    """What survives the writer: the inbox by key, and what is still to be sent."""

    inbox: dict[str, Arrival] = field(default_factory=dict)
    due: list[tuple[str, str, Send]] = field(default_factory=list)
    """Chat, delivery id, message."""

    @property
    def texts(self) -> list[str]:
        """What people wrote, in order."""
        return [a.incoming.text for a in self.inbox.values() if isinstance(a.incoming, Said)]


class Hand:
    """A clock that may be set, or not."""

    def __init__(self, *, settable: bool = True) -> None:
        self.ahead = 0
        self._settable = settable

    def set_ahead(self, seconds: int) -> bool:
        """Set it."""
        if self._settable:
            self.ahead = seconds
        return self._settable


class Echo:
    """One writer on these books, in a thread of its own."""

    def __init__(self, folder: Path, books: Books, *, settable: bool = True) -> None:
        self.books = books
        self.hand = Hand(settable=settable)
        self.terminal: Terminal
        self.on_take: Callable[[Arrival], bool] = lambda _arrival: True
        """Asked before something is taken; False: it never is, as by a writer that hangs."""
        self._folder = folder
        self._ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._run()), daemon=True)
        self._thread.start()
        assert self._ready.wait(10)

    async def _run(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._stopping = asyncio.Event()
        self.terminal = Terminal(lambda: NOW)
        with gate.hold(self._folder):
            receiving = asyncio.create_task(self.terminal.receive(None, self._take))
            async with gate.listen(self._folder, self._handle):
                self._ready.set()
                await self._stopping.wait()
            receiving.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await receiving

    async def _handle(self, reader: asyncio.StreamReader, out: asyncio.StreamWriter) -> None:
        hello = wire.decode_to_writer(await reader.readline())
        assert isinstance(hello, wire.Hello)
        await self.terminal.converse(hello, reader, out, self, self.hand)

    async def _take(self, arrivals: Sequence[Arrival], _cursor: str | None) -> None:
        for arrival in arrivals:
            if not self.on_take(arrival):
                await asyncio.Event().wait()
            if arrival.event_key not in self.books.inbox:
                self.books.inbox[arrival.event_key] = arrival
                for send in answers(arrival):
                    self.books.due.append((arrival.chat, str(uuid.uuid4()), send))

    async def settle(self) -> None:
        """Send what is due; what is not confirmed stays due."""
        for row in list(self.books.due):
            chat, delivery, send = row
            outcome = await self.terminal.send(chat, delivery, send, None)
            if isinstance(outcome, NotSent):
                continue
            if isinstance(outcome, Sent) and row in self.books.due:
                self.books.due.remove(row)

    def say(self, chat: str, text: str) -> None:
        """Say something that nobody asked for, as a check-in does."""
        self.books.due.append((chat, str(uuid.uuid4()), Send(text=text)))
        asyncio.run_coroutine_threadsafe(self.settle(), self._loop).result(10)

    def stop(self) -> None:
        """End the writer; its books stay."""
        self._loop.call_soon_threadsafe(self._stopping.set)
        self._thread.join(10)
        assert not self._thread.is_alive()


def answers(arrival: Arrival) -> list[Send]:
    """What the echo says to it."""
    match arrival.incoming:
        case Started(language=language, payload=payload):
            question = Send(
                text="Wie geht es?", style="question", choices=(Choice("Gut"), Choice("Schlecht")), expects="option"
            )
            return [Send(text=f"Guten Tag, Person {arrival.chat} {language} {payload}".strip()), question]
        case Said(text=text):
            return [Send(text=f"Sie schrieben: {text}")]
        case _:
            return []

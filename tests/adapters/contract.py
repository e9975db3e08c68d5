"""What the contract suite needs of a transport: a `Stage`, and a ledger that may take its time.

An adapter joins by a stage of its own and one line in `STAGES` of `test_contract.py`. The stage owns the other end of
the transport: people who write, tap and look, and a connection that breaks when told to.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Final, Literal, Protocol

from bot.adapters.base import Adapter, Arrival
from bot.flows.exchange import File

Ability = Literal["press", "edit", "take_back", "block", "lose", "reconnect", "link", "file"]
"""What a transport can do beyond text: tap, change a message, take one back, be blocked, lose an answer, refuse a
connection, say with which link and language the chat was opened, take files."""

WITHIN: Final = 30.0


class UnableError(AssertionError):
    """A test has asked for what this transport cannot do, without asking first whether it can."""


class Stage(Protocol):
    """The other end of a transport, for any number of people; one of these per test."""

    can: frozenset[Ability]
    odd: Sequence[str]
    """Kinds of things that a person can send and the bot cannot read."""

    def life(self) -> AbstractAsyncContextManager[Adapter]:
        """A new adapter on the same account, as after a restart of the bot."""

    async def open(self, person: int, payload: str = "", language: str = "de") -> None:
        """A person opens the chat, perhaps by a link."""

    async def say(self, person: int, text: str) -> None:
        """A person writes."""

    async def send_odd(self, person: int, kind: str) -> None:
        """A person sends something of `odd`."""

    async def press(self, person: int, label: str) -> None:
        """A person taps a choice of the last question."""

    async def shown(self, person: int) -> list[str]:
        """The texts of ours that stand in the chat now, without markup."""

    async def choices(self, person: int) -> list[str]:
        """What can be tapped now, in order."""

    async def files(self, person: int) -> list[File]:
        """The files that stand in the chat now, as the person's client opens them."""

    async def block(self, person: int) -> None:
        """The person wants nothing more from the bot."""

    def lose_answer(self) -> None:
        """What is sent next arrives, and its sender does not hear of it."""

    async def cut(self) -> None:
        """From now on there is no connection."""


class Ledger:
    """Takes what arrives, each event once; `hold()`: for now it does not commit what people did."""

    def __init__(self) -> None:
        self.rows: list[Arrival] = []
        self.cursor: str | None = None
        self.offered = 0
        self._open = asyncio.Event()
        self._open.set()
        self._news = asyncio.Event()

    def hold(self) -> None:
        """Commit nothing more."""
        self._open.clear()

    def go_on(self) -> None:
        """Commit again."""
        self._open.set()

    async def deliver(self, arrivals: Sequence[Arrival], cursor: str | None) -> None:
        """What the adapter calls."""
        self.offered += len(arrivals)
        self._news.set()
        if arrivals:  # a cursor alone may be committed: where it is, nothing of anybody is behind it
            await self._open.wait()
        known = {row.event_key for row in self.rows}
        self.rows += [arrival for arrival in arrivals if arrival.event_key not in known]
        self.cursor = cursor if cursor is not None else self.cursor
        self._news.set()

    async def has(self, count: int) -> list[Arrival]:
        """Wait until so many rows are committed."""
        async with asyncio.timeout(WITHIN):
            while len(self.rows) < count:
                self._news.clear()
                await self._news.wait()
        return self.rows

    async def is_offered(self, count: int) -> None:
        """Wait until so many were handed over, committed or not."""
        async with asyncio.timeout(WITHIN):
            while self.offered < count:
                self._news.clear()
                await self._news.wait()


@contextlib.asynccontextmanager
async def living(stage: Stage, ledger: Ledger) -> AsyncIterator[Adapter]:
    """A life of the adapter that receives; it ends as a killed one does, with nothing more said."""
    async with stage.life() as adapter:
        receiving = asyncio.create_task(adapter.receive(ledger.cursor, ledger.deliver))
        try:
            yield adapter
        finally:
            receiving.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await receiving

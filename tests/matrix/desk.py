"""A ledger in small behind the real adapter: takes arrivals once, commits the cursor with them, keeps the secrets.

It can be broken off at any moment and begun again on the same books, as a killed process is by its successor.
"""

from __future__ import annotations

import asyncio
import hashlib
import uuid
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from bot.adapters.base import Arrival, Original, Outcome, Sent
from bot.adapters.matrix import Matrix
from bot.adapters.matrix_device import Access
from bot.flows.exchange import Said, Send, Settle


@dataclass
class Books:
    """What survives: the inbox by key in order, the cursor, the keepsakes."""

    inbox: dict[str, Arrival] = field(default_factory=dict)
    cursor: str | None = None
    secrets: dict[str, bytes] = field(default_factory=dict)
    commits: int = 0

    async def read(self, name: str) -> bytes | None:
        """As the keepsakes."""
        return self.secrets.get(name)

    async def write(self, name: str, value: bytes) -> None:
        """As the keepsakes."""
        self.secrets[name] = value

    def key(self, purpose: str) -> bytes:
        """As the keepsakes."""
        return hashlib.sha256(f"test|{purpose}".encode()).digest()

    def of(self, chat: str) -> list[Arrival]:
        """What came in from a chat."""
        return [arrival for arrival in self.inbox.values() if arrival.chat == chat]

    def said(self, chat: str) -> list[str]:
        """What somebody wrote."""
        return [one.incoming.text for one in self.of(chat) if isinstance(one.incoming, Said)]


class Desk:
    """One life of the adapter. `answers`: what is sent for an arrival, nothing by default."""

    def __init__(
        self,
        access: Access,
        folder: Path,
        books: Books,
        *,
        answers: Callable[[Arrival], Sequence[Send]] = lambda _: (),
        servers: Sequence[str] = (),
        taps: bool = False,
        crash: Callable[[Sequence[Arrival]], bool] = lambda _: False,
    ) -> None:
        self.matrix = Matrix(access, folder, books, servers=servers, taps=taps)
        self.books = books
        self.errors: list[BaseException] = []
        self._answers = answers
        self._crash = crash
        self._receiving: asyncio.Task[None] | None = None

    async def begin(self) -> None:
        """Receive; returns when the device is there and the first sync is committed."""
        ready = self.books.commits
        self._receiving = asyncio.create_task(self.matrix.receive(self.books.cursor, self._deliver))
        while self.books.commits == ready and not self._receiving.done():
            await asyncio.sleep(0.02)
            if self.books.cursor is not None and self.matrix._cursor.token and ready:
                break
        if self._receiving.done():
            await self._receiving

    async def end(self) -> None:
        """End it, as a killed process ends: nothing more is committed."""
        if self._receiving is not None:
            self._receiving.cancel()
            with suppress(asyncio.CancelledError, Exception):
                await self._receiving
            self._receiving = None
        if self.matrix._closing is not None:
            self.matrix._closing.cancel()
            with suppress(asyncio.CancelledError):
                await self.matrix._closing
        await self.matrix.device.close()

    async def _deliver(self, arrivals: Sequence[Arrival], cursor: str | None) -> None:
        if self._crash(arrivals):
            raise asyncio.CancelledError  # the process dies before its commit
        fresh = [one for one in arrivals if one.event_key not in self.books.inbox]
        self.books.inbox |= {one.event_key: one for one in fresh}
        self.books.cursor = cursor if cursor is not None else self.books.cursor
        self.books.commits += 1
        for arrival in fresh:
            for place, send in enumerate(self._answers(arrival)):
                outcome = await self.send(arrival.chat, send, f"{arrival.event_key}|{place}")
                assert isinstance(outcome, Sent), outcome

    async def send(self, chat: str, effect: Send | Settle, name: str = "", original: Original | None = None) -> Outcome:
        """Send something; the same name is the same delivery."""
        identity = str(uuid.uuid5(uuid.NAMESPACE_OID, name or str(uuid.uuid4())))
        return await self.matrix.send(chat, identity, effect, original)

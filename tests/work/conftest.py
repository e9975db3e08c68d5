"""A ledger with a book, on both databases."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from bot.adapters.base import Outcome
from bot.keys import KeyRing
from bot.storage.database import Database
from bot.storage.outbox import Takeback
from bot.work.delivery import Parcel
from bot.work.doors import Door
from bot.work.ledger import Ledger, Received, Step
from bot.work.service import Service
from tests.storage.conftest import database, fresh
from tests.work.book import Book, BookAdapter
from tests.work.small import Clock, Worlds, advance, static_answer

__all__ = ["database", "fresh"]


@pytest.fixture
def ring(tmp_path: Path) -> KeyRing:
    """A key ring of its own."""
    return KeyRing.open(tmp_path / "keys" / "lotse.keys")


@pytest.fixture
def clock() -> Clock:
    """A clock that stands still until it is moved."""
    return Clock()


@pytest.fixture
def worlds() -> Worlds:
    """The small worlds."""
    return Worlds()


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """An empty book."""
    return Book(tmp_path / "book")


async def until(holds: Callable[[], bool]) -> None:
    """Wait until it holds; the test's time limit is the limit."""
    while not holds():  # noqa: ASYNC110 - a book on disk rings no bell
        await asyncio.sleep(0.005)


class Bench:
    """A ledger worked by hand: one commit after the other, in the test's own thread."""

    def __init__(self, database: Database, ring: KeyRing, adapter: BookAdapter, clock: Clock, worlds: Worlds) -> None:
        self.database, self.ring, self.adapter, self.clock, self.worlds = database, ring, adapter, clock, worlds
        self.book = adapter.book
        self.ledger = Ledger(database, ring, {adapter.name: adapter}, advance, worlds, clock, static_answer)
        self.ledger.attend()
        self._read = 0

    @property
    def door(self) -> Door:
        """The only door."""
        return self.ledger.doors.by_name[self.adapter.name]

    def take_in(self) -> Step:
        """Deliver what people did since the last time; says what may be sent."""
        arrivals = self.book.said()[self._read :]
        self._read += len(arrivals)
        (taken,) = self.ledger.take_in([Received(self.door, arrivals, str(self._read))], [])
        assert taken.failed is None
        return taken.step

    def send(self, parcels: list[Parcel]) -> list[Parcel]:
        """Send these and note the answers; says what may be sent next. Nobody has to stand in line."""
        parcels = [
            *(parcel for parcel in parcels if parcel.begun),
            *self.ledger.begin([parcel for parcel in parcels if not parcel.begun]),
        ]

        async def answers() -> list[tuple[Parcel, Outcome]]:
            found: list[tuple[Parcel, Outcome]] = []
            for parcel in parcels:
                if isinstance(parcel.what, Takeback):
                    outcome: Outcome = await self.adapter.forget(parcel.chat, parcel.what.remote_ids)
                else:
                    outcome = await self.adapter.send(parcel.chat, parcel.id.hex(), parcel.what, parcel.original)
                found.append((parcel, outcome))
            return found

        (taken,) = self.ledger.take_in([], asyncio.run(answers()))
        return taken.step.parcels

    def work(self) -> None:
        """Do all that is due now."""
        parcels = self.take_in().parcels
        while True:
            while parcels:
                parcels = self.send(parcels)
            busy = False
            for run in (self.ledger.run_suspect, self.ledger.run_waiting, self.ledger.tend):
                step = run()
                parcels += step.parcels
                busy |= step.handled > 0 or bool(step.parcels)
            if not busy and not parcels:
                return

    def rows(self, sql: str) -> list[Any]:
        """What a query says."""
        with self.database.core() as connection:
            return [tuple(row) for row in connection.exec_driver_sql(sql)]


@pytest.fixture
def adapter(book: Book) -> BookAdapter:
    """A door to the book that forgives a repeated send."""
    return BookAdapter(book)


@pytest.fixture
def bench(database: Database, ring: KeyRing, adapter: BookAdapter, clock: Clock, worlds: Worlds) -> Bench:
    """A ledger worked by hand."""
    return Bench(database, ring, adapter, clock, worlds)


Start = Callable[..., Awaitable[Service]]


@pytest_asyncio.fixture
async def start(database: Database, ring: KeyRing, clock: Clock, worlds: Worlds) -> AsyncIterator[Start]:
    """Starts the whole service with these adapters; it ends with the test."""
    running: list[tuple[asyncio.Event, asyncio.Task[None]]] = []

    async def run(*adapters: BookAdapter) -> Service:
        service = Service(
            database, ring, {adapter.name: adapter for adapter in adapters}, advance, worlds, clock, static_answer
        )
        stop = asyncio.Event()
        running.append((stop, asyncio.create_task(service.run(stop))))
        return service

    yield run
    for stop, task in running:
        stop.set()
        await task

"""Canaries: unique words go through intake, turns, delivery, errors and forgetting; none may be found after."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import journal
from bot.adapters.base import Arrival
from bot.flows.exchange import Pressed, Said
from bot.keys import KeyRing
from bot.storage.database import Database
from bot.storage.statements import SQLITE
from bot.work.service import Service
from tests.postgres import PostgresServer
from tests.work.book import Book, BookAdapter, Fault
from tests.work.conftest import until
from tests.work.small import Clock, Worlds, advance, static_answer

WORDS = [f"kanarienvogel{number:02}" for number in range(20)]


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """What is logged, with every level on."""
    stream = io.StringIO()
    journal.configure(stream, pretty=False, level="debug")
    yield stream
    journal.configure()


def _files(folder: Path) -> Iterator[bytes]:
    for path in folder.rglob("*"):
        if path.is_file():
            yield path.read_bytes()


async def _talk(database: Database, ring: KeyRing, book: Book, clock: Clock) -> None:
    faults: tuple[Fault, ...] = ("", "swallowed", "broken", "blocked", "lost")
    adapter = BookAdapter(book, plan=lambda n: faults[n % 5], edits=True)
    service = Service(database, ring, {"book": adapter}, advance, Worlds(), clock, static_answer)
    stop = asyncio.Event()
    running = asyncio.create_task(service.run(stop))
    chats = [f"!{word}:example.org" for word in WORDS[:5]]
    for chat in chats:
        for word in WORDS[5:10]:
            book.put(chat, Said(text=f"mein Name ist {word}"), key=f"{word}{chat}")
        for text in (f"spaeter {WORDS[10]} 60", "fall", "fehler", WORDS[11], "drei"):
            book.say(chat, text)
        book.put(chat, Pressed(token=WORDS[12], option=1))
    book.say(chats[4], "vergiss")
    await until(lambda: book.acknowledged >= len(book.said()))
    for _ in range(12):
        await service.settle()
        clock.forward(seconds=60)
        service.poke()
    with pytest.raises(RuntimeError):
        await service.ask(_fail)
    stop.set()
    await running


def _fail(_: Database) -> None:
    raise RuntimeError(WORDS[14])


async def test_no_canary_is_found(
    database: Database,
    ring: KeyRing,
    book: Book,
    clock: Clock,
    lines: io.StringIO,
    request: pytest.FixtureRequest,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """Not in the database's files, its WAL, the log, standard output or error."""
    await _talk(database, ring, book, clock)
    assert any("kanarienvogel" in line.text for line in book.sends())
    found: list[bytes] = [lines.getvalue().encode(), *(text.encode() for text in capfd.readouterr())]
    assert found[0].count(b"\n") > 10
    if database.kind == SQLITE:
        assert database.path is not None
        found += _files(database.path.parent)
    else:
        server: PostgresServer = request.getfixturevalue("postgres")
        with database.engine.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql("CHECKPOINT")
        found += _files(server.folder)
    assert sum(map(len, found)) > 100_000
    for data in found:
        lowered = data.lower()
        assert b"kanarienvogel" not in lowered
        assert "kanarienvogel".encode("utf-16-le") not in lowered
        assert b"kanarienvogel".hex().encode() not in lowered


def test_nothing_shows_itself(ring: KeyRing) -> None:
    """What goes through the ledger does not say what it carries."""
    arrival = Arrival(WORDS[0], WORDS[1], Said(text=WORDS[2]), Clock().now)
    assert "kanarienvogel" not in repr(arrival)

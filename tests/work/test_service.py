"""The whole service: threads, the event loop, adapters that fail."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path

import pytest

from bot.adapters.base import Deliver, Refused
from bot.flows.exchange import Send
from bot.keys import KeyRing
from bot.storage.database import SQLITE_SETTINGS, Database
from bot.storage.migrations import migrate
from bot.work.service import Service
from tests.work.book import Book, BookAdapter, Fault
from tests.work.conftest import Start, until
from tests.work.small import Clock, Worlds, advance, static_answer


async def _read(book: Book, adapter: BookAdapter, service: Service) -> None:
    """Until all that people did is acknowledged and nothing is due."""
    await until(lambda: book.acknowledged >= len(book.said()))
    await service.settle()


async def test_fifty_people_talk(start: Start, book: Book) -> None:
    """Everyone is answered in order; every message shows once."""
    adapter = BookAdapter(book)
    service = await start(adapter)
    for turn in range(6):
        for person in range(50):
            book.say(f"p{person}", f"m{turn}")
    await _read(book, adapter, service)
    for person in range(50):
        assert book.shown(f"p{person}") == [f"{turn + 1}: m{turn}" for turn in range(6)]
    assert set(book.copies().values()) == {1}


async def test_overlapping_deliveries(start: Start, book: Book) -> None:
    """A transport that delivers its last page again each time: every event is taken once."""
    adapter = BookAdapter(book)
    adapter.repeat, adapter.page = 7, 3
    service = await start(adapter)
    for number in range(40):
        book.say(f"p{number % 3}", f"m{number}")
    await _read(book, adapter, service)
    assert sum(len(book.shown(f"p{person}")) for person in range(3)) == 40


async def test_every_kind_of_fault(start: Start, book: Book, clock: Clock) -> None:
    """Swallowed, late, lost, unreached, broken: each message shows once, in order."""
    faults: tuple[Fault, ...] = ("", "swallowed", "late", "lost", "unreached", "broken", "")
    adapter = BookAdapter(book, plan=lambda n: faults[n % len(faults)])
    service = await start(adapter)
    for number in range(10):
        book.say("anna", f"m{number}")
        book.say("bert", "drei")
    while len(book.shown("bert")) < 30 or len(book.shown("anna")) < 10:
        await asyncio.sleep(0.01)
        clock.forward(seconds=61)
        service.poke()
    await service.settle()
    assert book.shown("anna") == [f"{number + 1}: m{number}" for number in range(10)]
    assert book.shown("bert") == [f"{number + 1}.{part}" for number in range(10) for part in range(3)]


async def test_alarms_come_with_the_clock(start: Start, book: Book, clock: Clock) -> None:
    """A poke after the clock was moved brings what is due; `settle` waits for it."""
    adapter = BookAdapter(book)
    service = await start(adapter)
    book.say("anna", "spaeter 3600")
    await _read(book, adapter, service)
    clock.forward(hours=1)
    service.poke()
    await service.settle()
    assert book.shown("anna") == ["Gut", "2: wecker 0"]


async def test_a_failing_adapter_is_called_again(start: Start, book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the last committed cursor; the others are not disturbed."""
    monkeypatch.setattr("bot.work.service.FIRST_RETRY", 0.01)
    cursors: list[str | None] = []

    class Flaky(BookAdapter):
        async def receive(self, cursor: str | None, deliver: Deliver) -> None:
            cursors.append(cursor)
            if len(cursors) == 1:
                await deliver(self.book.said()[:1], "1")
                raise ConnectionError("KANARIENVOGEL")
            await super().receive(cursor, deliver)

    adapter = Flaky(book)
    book.say("anna", "eins")
    book.say("anna", "zwei")
    service = await start(adapter)
    await _read(book, adapter, service)
    assert cursors == [None, "1"]
    assert book.shown("anna") == ["1: eins", "2: zwei"]


async def test_work_in_the_ledgers_thread(start: Start, book: Book) -> None:
    """`ask` runs between two passes and gives back what comes of it, errors too."""
    service = await start(BookAdapter(book))
    assert await service.ask(lambda database: database.kind) in {"sqlite", "postgresql"}

    def fail(_: Database) -> None:
        raise LookupError("x")

    with pytest.raises(LookupError):
        await service.ask(fail)


async def test_a_restart_goes_on(database: Database, ring: KeyRing, clock: Clock, book: Book) -> None:
    """A clean end leaves no suspects; the next start reads on from the cursor."""
    for text in ("eins", "zwei"):
        service = Service(database, ring, {"book": BookAdapter(book)}, advance, Worlds(), clock, static_answer)
        stop = asyncio.Event()
        running = asyncio.create_task(service.run(stop))
        book.say("anna", text)
        await _read(book, BookAdapter(book), service)
        stop.set()
        await running
        with database.core() as connection:
            assert connection.exec_driver_sql("select count(*) from worker").scalar() == 0
    assert book.shown("anna") == ["1: eins", "2: zwei"]


async def test_an_emergency_is_answered_without_a_database(
    tmp_path: Path, ring: KeyRing, clock: Clock, book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process holds the database: nothing is acknowledged, who writes gets the static text, then the answer."""
    monkeypatch.setattr("bot.work.service.STATIC_AFTER_SECONDS", 0.05)
    monkeypatch.setitem(SQLITE_SETTINGS, "busy_timeout", "20")
    database = Database.open(f"sqlite:///{tmp_path / 'held' / 'lotse.db'}")
    migrate(database)
    service = Service(database, ring, {"book": BookAdapter(book)}, advance, Worlds(), clock, static_answer)
    stop = asyncio.Event()
    running = asyncio.create_task(service.run(stop))
    await service.settle()
    other = sqlite3.connect(tmp_path / "held" / "lotse.db", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    book.say("anna", "hallo")
    await until(lambda: bool(book.shown("anna")))
    assert book.shown("anna") == ["110 und 112"]
    assert book.acknowledged == 0
    other.execute("ROLLBACK")
    other.close()
    await _read(book, BookAdapter(book), service)
    assert book.shown("anna") == ["110 und 112", "1: hallo"]
    stop.set()
    await running
    database.close()


async def test_urgent_answers_pass_a_stuck_one(start: Start, book: Book) -> None:
    """While an adapter hangs on one message of a chat, an emergency answer still goes out."""
    gate = asyncio.Event()

    class Stuck(BookAdapter):
        async def send(self, chat: str, delivery_id: str, effect: object, original: object) -> object:  # type: ignore[override]
            if not getattr(effect, "urgent", False):
                await gate.wait()
            return await super().send(chat, delivery_id, effect, original)  # type: ignore[arg-type]

    service = await start(Stuck(book))
    book.say("anna", "hallo")
    await until(lambda: book.acknowledged >= 1)
    book.say("anna", "not")
    await until(lambda: book.shown("anna") == ["110"])
    gate.set()
    await service.settle()
    assert book.shown("anna") == ["110", "1: hallo", "Sind Sie in Sicherheit?"]


async def test_a_paper_that_the_transport_does_not_take_comes_as_words(start: Start, book: Book) -> None:
    """What somebody wrote down stands nowhere else: a refused file must not be the end of it."""
    sent: list[Send] = []

    class NoFiles(BookAdapter):
        async def send(self, chat: str, delivery_id: str, effect: object, original: object) -> object:  # type: ignore[override]
            assert isinstance(effect, Send)
            sent.append(effect)
            if effect.file is not None:
                return Refused("invalid")
            return await super().send(chat, delivery_id, effect, original)  # type: ignore[arg-type]

    service = await start(NoFiles(book))
    book.say("anna", "papier")
    await until(lambda: bool(book.shown("anna")))
    await service.settle()
    assert [one.file is None for one in sent] == [False, True]
    assert "GEHEIM" in book.shown("anna")[0]
    assert len(book.shown("anna")) == 1

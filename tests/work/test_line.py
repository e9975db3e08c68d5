"""A transport with a pace: what stands in line there is due in the books, and nobody doubts whether it arrived."""

from __future__ import annotations

import asyncio

import pytest

from bot.adapters.base import NotSent, Sent, Unknown
from bot.flows.exchange import Send
from bot.keys import KeyRing
from bot.storage.database import Database
from bot.work.delivery import Parcel
from tests.work.book import Book, PacedBookAdapter
from tests.work.conftest import Bench, Start, until
from tests.work.small import Clock, Worlds

STANDS = "select state, attempt, doubts from delivery order by position"
DUE, SENDING, SENT = (0, 0, 0), (1, 1, 0), (2, 1, 0)


@pytest.fixture
def adapter(book: Book) -> PacedBookAdapter:
    """A door with a pace; a delivery that is sent twice shows twice."""
    return PacedBookAdapter(book)


def in_line(bench: Bench, chat: str, text: str) -> list[Parcel]:
    """Somebody writes; what stands in line for it."""
    bench.book.say(chat, text)
    parcels = bench.take_in().parcels
    assert not any(parcel.begun for parcel in parcels)
    return parcels


def test_it_is_sending_from_its_turn_on(bench: Bench) -> None:
    """In line it is due; when its turn has come it is committed as being sent, before it is."""
    parcels = in_line(bench, "anna", "hallo")
    assert bench.rows(STANDS) == [DUE]
    begun = bench.ledger.begin(parcels)
    assert [parcel.begun for parcel in begun] == [True]
    assert bench.rows(STANDS) == [SENDING]
    assert bench.book.sends() == []
    assert bench.send(begun) == []
    assert bench.rows(STANDS) == [SENT]


def test_nobody_stands_in_line_twice(bench: Bench) -> None:
    """However often one looks for what is due; and what follows in the chat waits behind it, as ever."""
    parcels = in_line(bench, "anna", "drei")
    assert len(parcels) == 1
    assert bench.ledger.tend().parcels == []
    assert in_line(bench, "anna", "zahl") == []
    while parcels:
        parcels = bench.send(parcels)
    assert bench.book.shown("anna", idempotent=False) == ["1.0", "1.1", "1.2", "2: zahl"]


def test_many_begin_in_one_commit(bench: Bench) -> None:
    """All whose turn has come meanwhile."""
    for number in range(20):
        bench.book.say(f"p{number}", "hallo")
    parcels = bench.take_in().parcels
    assert len(parcels) == 20
    assert len(bench.ledger.begin(parcels)) == 20
    assert bench.rows(STANDS) == [SENDING] * 20


def test_urgent_passes_the_line(bench: Bench) -> None:
    """An emergency answer does not stand behind its chat's ordinary message."""
    slow = in_line(bench, "anna", "drei")
    urgent = in_line(bench, "anna", "not")
    assert [parcel.what.text for parcel in urgent if isinstance(parcel.what, Send)] == ["110"]
    assert bench.send(urgent) == []
    while slow:
        slow = bench.send(slow)
    assert bench.book.shown("anna", idempotent=False) == ["110", "1.0", "1.1", "1.2", "Sind Sie in Sicherheit?"]


def test_who_dies_in_line_leaves_no_doubt(
    bench: Bench, database: Database, ring: KeyRing, adapter: PacedBookAdapter, clock: Clock, worlds: Worlds
) -> None:
    """The next life sends it once, at once; what was on the wire it sends once more, after ten seconds."""
    in_line(bench, "anna", "hallo")
    bench.ledger.begin(in_line(bench, "bert", "hallo"))
    database.close()
    later = Bench(database, ring, adapter, clock, worlds)
    later._read = bench._read
    assert bench.rows(STANDS) == [DUE, (0, 1, 1)]
    later.work()
    assert [line.chat for line in later.book.sends()] == ["anna"]
    clock.forward(seconds=11)
    later.work()
    assert [line.chat for line in later.book.sends()] == ["anna", "bert"]


def test_sent_back_from_the_line(bench: Bench) -> None:
    """Too long to wait for: it is due later, no try is counted, and nothing of its chat overtakes it."""
    parcels = in_line(bench, "anna", "drei")
    (taken,) = bench.ledger.take_in([], [(parcels[0], NotSent(after=3.0))])
    assert taken.step.parcels == []
    bench.work()
    assert bench.rows(STANDS) == [DUE] * 3
    assert bench.book.sends() == []
    assert bench.ledger.next_due() == bench.ledger.now + 3000
    bench.clock.forward(seconds=3)
    bench.work()
    assert bench.book.shown("anna", idempotent=False) == ["1.0", "1.1", "1.2"]
    assert bench.rows(STANDS) == [SENT] * 3


def test_told_to_wait_on_the_wire(bench: Bench) -> None:
    """A 429 has certainly not been shown: due again at the time that it has told, and no doubt is counted."""
    begun = bench.ledger.begin(in_line(bench, "anna", "hallo"))
    list(bench.ledger.take_in([], [(begun[0], NotSent(after=30.0))]))
    assert bench.rows(STANDS) == [(0, 1, 0)]
    assert bench.ledger.next_due() == bench.ledger.now + 30_000
    assert bench.ledger.in_flight == {}


def test_forgotten_in_line(bench: Bench) -> None:
    """Whoever asks to be forgotten meanwhile gets the receipt and nothing of before."""
    parcels = in_line(bench, "anna", "drei")
    bench.book.say("anna", "vergiss")
    bench.take_in()
    assert bench.ledger.begin(parcels) == []
    assert bench.ledger.in_flight == {}
    bench.work()
    assert bench.book.shown("anna", idempotent=False) == ["Alles ist gelöscht."]


def test_a_claim_in_doubt_is_made_again(bench: Bench) -> None:
    """The session broke while the claim was committed: nothing was sent yet, so it is free again, without a doubt."""
    parcels = in_line(bench, "anna", "hallo")
    with bench.database.transaction() as tx:
        bench.ledger._delivery.begin(tx, parcels)
    bench.ledger._session = -1
    bench.ledger.attend()
    assert bench.rows(STANDS) == [(0, 1, 0)]
    assert bench.ledger.begin(parcels) == []
    bench.work()
    assert bench.book.shown("anna", idempotent=False) == ["1: hallo"]


def test_an_answer_from_the_line_that_comes_too_late(bench: Bench) -> None:
    """Somebody else has tried it since: what he noted stands."""
    parcels = in_line(bench, "anna", "hallo")
    begun = bench.ledger.begin(parcels)
    list(bench.ledger.take_in([], [(begun[0], Unknown())]))
    assert bench.rows(STANDS) == [(0, 1, 1)]
    list(bench.ledger.take_in([], [(parcels[0], Sent("alt"))]))
    assert bench.rows(STANDS) == [(0, 1, 1)]


async def test_the_service_waits_with_the_claim(start: Start, book: Book, database: Database) -> None:
    """The whole way: due while it stands in line, sent once when its turn has come; nothing is at rest meanwhile."""
    adapter = PacedBookAdapter(book)
    adapter.gate.clear()
    service = await start(adapter)
    book.say("anna", "drei")
    await until(lambda: len(adapter.line) == 1)
    resting = asyncio.create_task(service.settle())
    await asyncio.sleep(0.2)
    assert not resting.done()
    assert await service.ask(stands) == [DUE] * 3
    adapter.gate.set()
    await resting
    assert book.shown("anna", idempotent=False) == ["1.0", "1.1", "1.2"]
    assert len(adapter.line) == 3
    assert await service.ask(stands) == [SENT] * 3


async def test_the_service_comes_again(start: Start, book: Book, clock: Clock) -> None:
    """What is sent back from the line comes when the clock says so."""
    adapter = PacedBookAdapter(book)
    adapter.later = 5.0
    service = await start(adapter)
    book.say("anna", "drei")
    await until(lambda: len(adapter.line) == 1)
    await service.settle()
    adapter.later = 0.0
    clock.forward(seconds=5)
    service.poke()
    await until(lambda: len(book.sends()) == 3)
    assert book.shown("anna", idempotent=False) == ["1.0", "1.1", "1.2"]


def stands(database: Database) -> list[tuple[int, ...]]:
    """How the deliveries stand; in the ledger's thread."""
    with database.core() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(STANDS)]

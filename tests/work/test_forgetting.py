"""Forgetting: on request, and when the time is over."""

from __future__ import annotations

import datetime as dt

from bot.flows.exchange import Said
from tests.work.conftest import Bench
from tests.work.small import REVISION


def _tables(bench: Bench) -> dict[str, int]:
    names = ("conversation", "inbox", "delivery", "timer", "seen", "tombstone")
    return {name: bench.rows(f"select count(*) from {name}")[0][0] for name in names}  # noqa: S608 - our own names


def test_a_person_is_forgotten(bench: Bench) -> None:
    """Rows and key are gone, the receipt arrives, then nothing of the chat is left but hashes."""
    for text in ("hallo", "spaeter 600", "drei"):
        bench.book.say("anna", text)
    bench.book.say("bert", "hallo")
    bench.work()
    (key,) = bench.rows("select dek from conversation where id = 1")
    bench.book.say("anna", "vergiss")
    bench.work()
    assert key not in bench.rows("select dek from conversation")
    assert bench.book.shown("anna") == ["Alles ist gelöscht."]
    assert bench.book.shown("bert") == ["1: hallo"]
    assert bench.rows("select leaving from conversation order by id") == [(0,), (1,)]
    bench.ledger.sweep()
    assert _tables(bench) == {"conversation": 1, "inbox": 1, "delivery": 1, "timer": 0, "seen": 4, "tombstone": 1}


def test_the_receipt_survives_a_transport_that_is_away(bench: Bench) -> None:
    """The fresh row stays until its last message is out."""
    bench.book.say("anna", "hallo")
    bench.work()
    bench.adapter._plan = lambda n: "unreached" if n < 4 else ""
    bench.book.say("anna", "vergiss")
    for _ in range(3):
        bench.work()
        bench.ledger.sweep()
        assert bench.rows("select count(*) from conversation") == [(1,)]
        bench.clock.forward(seconds=30)
    bench.work()
    bench.ledger.sweep()
    assert bench.book.shown("anna")[-1] == "Alles ist gelöscht."
    assert bench.rows("select count(*) from conversation") == [(0,)]


def test_the_past_does_not_come_back(bench: Bench) -> None:
    """Neither a repeated event nor history from before; who writes anew is welcome."""
    said = dt.datetime(2027, 2, 1, 9, tzinfo=dt.UTC)
    bench.book.put("anna", Said(text="hallo"), key="first", at=said)
    bench.book.say("anna", "vergiss")
    bench.work()
    bench.ledger.sweep()
    shown = bench.book.shown("anna")
    bench.book.put("anna", Said(text="hallo"), key="first", at=bench.clock.now)
    bench.book.put("anna", Said(text="davor"), key="history", at=said)
    bench.work()
    assert bench.book.shown("anna") == shown
    bench.clock.forward(minutes=5)
    bench.book.put("anna", Said(text="neu"), key="new", at=bench.clock.now)
    bench.work()
    assert bench.book.shown("anna") == [*shown, "1: neu"]


def test_a_repeated_request_does_not_forget_twice(bench: Bench) -> None:
    """The event that asked for it is remembered: redelivered, it does not wipe the conversation that began since."""
    later = bench.clock.now + dt.timedelta(minutes=5)
    bench.book.put("anna", Said(text="vergiss"), key="forget", at=later)
    bench.work()
    bench.book.put("anna", Said(text="neu"), key="new", at=later)
    bench.work()
    bench.book.put("anna", Said(text="vergiss"), key="forget", at=later)
    bench.book.put("anna", Said(text="weiter"), key="on", at=later)
    bench.work()
    assert bench.book.shown("anna") == ["Alles ist gelöscht.", "1: neu", "2: weiter"]


def test_who_writes_while_leaving_stays(bench: Bench) -> None:
    """A message between the forgetting and the end of the receipt begins a conversation that is not swept away."""
    bench.adapter._plan = lambda n: "unreached" if n < 1 else ""
    bench.book.say("anna", "vergiss")
    bench.work()
    bench.book.put("anna", Said(text="neu"), at=bench.clock.now + dt.timedelta(minutes=1))
    bench.work()
    bench.clock.forward(minutes=1)
    bench.work()
    bench.ledger.sweep()
    assert bench.rows("select leaving from conversation") == [(0,)]
    assert bench.book.shown("anna") == ["Alles ist gelöscht.", "1: neu"]


def test_a_case_is_withdrawn(bench: Bench) -> None:
    """Its number, date and place remain, nobody's; its words are gone; the coordinator is told without any."""
    bench.book.say("anna", "fall")
    bench.work()
    ((number, dek, lines),) = bench.rows("select number, dek, lines from case_record")
    assert dek
    assert lines
    bench.book.say("anna", "vergiss")
    bench.work()
    assert bench.rows("select number, state, conversation, dek, lines, tenant from case_record") == [
        (number, "zurueckgezogen", None, None, None, "06412000")
    ]
    assert bench.rows("select reason, conversation, number from alert") == [("withdrawn", None, number)]


def test_an_idle_conversation_is_told_and_then_forgotten(bench: Bench) -> None:
    """Three days before its time is over it gets a notice; then it is gone, unless the person wrote again."""
    for chat in ("anna", "bert"):
        bench.book.say(chat, "hallo")
    bench.work()
    bench.clock.forward(days=26)
    bench.ledger.sweep()
    bench.work()
    assert bench.book.shown("anna") == ["1: hallo"]
    bench.clock.forward(days=1)
    bench.ledger.sweep()
    bench.work()
    assert bench.book.shown("anna") == ["1: hallo", "2: expiry:3 0"]
    bench.book.say("bert", "bin noch da")
    bench.work()
    bench.clock.forward(days=3)
    bench.ledger.sweep()
    bench.work()
    assert bench.rows("select count(*) from conversation") == [(1,)]
    assert bench.book.shown("bert")[-1] == "3: bin noch da"
    assert bench.rows("select revision from conversation") == [(REVISION,)]


def test_bodies_are_emptied(bench: Bench) -> None:
    """After a day nothing that was said is left; names of events stay thirty days; the last question stays nameable."""
    bench.book.say("anna", "hallo")
    bench.book.say("anna", "drei")
    bench.work()
    bench.clock.forward(hours=23)
    bench.ledger.sweep()
    assert bench.rows("select count(*) from inbox where body is not null") == [(2,)]
    bench.clock.forward(hours=2)
    while bench.ledger.sweep():
        pass
    assert bench.rows("select count(*) from inbox") == [(0,)]
    assert bench.rows("select count(*) from delivery where body is not null") == [(0,)]
    assert bench.rows("select count(*) from seen") == [(2,)]
    bench.clock.forward(days=1)
    while bench.ledger.sweep():
        pass
    assert bench.rows("select count(*), count(question), count(remote) from delivery") == [(1, 1, 1)]
    bench.clock.forward(days=31)
    while bench.ledger.sweep():
        pass
    assert bench.rows("select count(*) from seen") in ([(0,)], [(1,)])  # the expiry's own event


def test_undone_rows_are_kept_however_old(bench: Bench) -> None:
    """Only what is settled is emptied."""
    bench.book.say("anna", "fehler")
    bench.work()
    bench.clock.forward(days=3)
    bench.ledger.sweep()
    assert bench.rows("select count(*) from inbox where body is not null") == [(1,)]


def test_what_cannot_be_sent_for_days_expires(bench: Bench) -> None:
    """Advice that is three days late is no advice; a human is told."""
    bench.adapter._plan = lambda _: "unreached"
    bench.book.say("anna", "hallo")
    bench.work()
    bench.clock.forward(days=4)
    bench.ledger.tend()
    assert bench.rows("select state from delivery") in ([(5,)], [(1,)])


def test_who_is_reminded_of_a_deadline_is_kept_until_then(bench: Bench) -> None:
    """Nothing is written for months, as was agreed; after the last deadline it is announced and forgotten as always."""
    bench.book.say("anna", "frist")
    bench.book.say("bert", "hallo")
    bench.work()
    left = []
    for days in (28, 4, 30, 10, 4):
        bench.clock.forward(days=days)
        bench.ledger.sweep()
        bench.work()
        left += bench.rows("select count(*) from conversation")
    assert left == [(2,), (1,), (1,), (1,), (0,)]

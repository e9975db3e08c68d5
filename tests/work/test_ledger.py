"""The walk of a message through the ledger, commit by commit, on both databases."""

from __future__ import annotations

import queue
import uuid
from collections.abc import Sequence

import pytest

from bot.adapters.base import Outcome, Refused, Sent, Unknown
from bot.flows.exchange import Pressed, Said, Send
from bot.storage import outbox
from bot.storage.database import Broken, Transaction, Unavailable
from bot.work.delivery import Parcel
from bot.work.writer import Answered, Writer
from tests.work.conftest import Bench


def texts(parcels: list[Parcel]) -> list[str]:
    """What is to be sent."""
    return [parcel.what.text for parcel in parcels if isinstance(parcel.what, Send)]


def test_a_message_is_answered_in_its_own_commit(bench: Bench) -> None:
    """What came in, the new state and the answer stand in the tables before the answer is sent."""
    bench.book.say("anna", "hallo")
    step = bench.take_in()
    assert texts(step.parcels) == ["1: hallo"]
    assert bench.rows("select state, attempt from inbox") == [(3, 1)]
    assert bench.rows("select state, attempt from delivery") == [(1, 1)]
    assert bench.send(step.parcels) == []
    assert bench.rows("select state from delivery") == [(2,)]
    assert bench.book.shown("anna") == ["1: hallo"]


def test_the_delivery_id_is_a_uuid5_of_the_inbox_id() -> None:
    """RFC 9562, and it hangs on the event and the place only."""
    event = bytes(range(16))
    assert outbox.delivery_id(event, 3) == uuid.uuid5(uuid.UUID(bytes=event), "3").bytes


def test_repeats_are_taken_once(bench: Bench) -> None:
    """The same event delivered again, in the same delivery or later, is one row and one turn."""
    for _ in range(2):
        bench.book.put("anna", Said(text="eins"), key="a")
    bench.work()
    bench.book.put("anna", Said(text="eins"), key="a")
    bench.book.put("anna", Said(text="zwei"), key="b")
    bench.work()
    assert bench.book.shown("anna") == ["1: eins", "2: zwei"]
    assert bench.rows("select count(*) from inbox") == [(2,)]


def test_a_burst_of_one_chat_keeps_its_order(bench: Bench) -> None:
    """Many messages of one chat in one delivery are handled one after the other."""
    for number in range(30):
        bench.book.say("anna", f"m{number}")
        bench.book.say("bert", f"n{number}")
    bench.work()
    assert bench.book.shown("anna") == [f"{number + 1}: m{number}" for number in range(30)]
    assert bench.book.shown("bert") == [f"{number + 1}: n{number}" for number in range(30)]


def test_bubbles_go_one_at_a_time(bench: Bench) -> None:
    """Three messages of a turn: the second is claimed only in the commit that settles the first."""
    bench.book.say("anna", "drei")
    parcels = bench.take_in().parcels
    for part in range(3):
        assert texts(parcels) == [f"1.{part}"]
        parcels = bench.send(parcels)
    assert parcels == []


def test_later_turns_wait_behind_earlier_bubbles(bench: Bench) -> None:
    """A quick second message does not overtake the answers to the first."""
    bench.book.say("anna", "drei")
    first = bench.take_in().parcels
    bench.book.say("anna", "zahl")
    assert bench.take_in().parcels == []
    while first:
        first = bench.send(first)
    assert bench.book.shown("anna") == ["1.0", "1.1", "1.2", "2: zahl"]


def test_urgent_overtakes(bench: Bench) -> None:
    """An emergency answer goes out while ordinary bubbles are on their way; its own second bubble follows it."""
    bench.book.say("anna", "drei")
    slow = bench.take_in().parcels
    bench.book.say("anna", "not")
    urgent = bench.take_in().parcels
    assert texts(urgent) == ["110"]
    assert bench.send(urgent) == []
    while slow:
        slow = bench.send(slow)
    assert bench.book.shown("anna") == ["110", "1.0", "1.1", "1.2", "Sind Sie in Sicherheit?"]


def test_urgent_first_then_the_rest_of_its_turn(bench: Bench) -> None:
    """In a chat at rest the urgent message goes first and the question after it."""
    bench.book.say("anna", "not")
    bench.work()
    assert bench.book.shown("anna") == ["110", "Sind Sie in Sicherheit?"]


def test_a_press_counts_once(bench: Bench) -> None:
    """A thousand presses of one button are one answer; the others hear that it is answered."""
    bench.book.say("anna", "hallo")
    bench.work()
    token = bench.book.token("anna")
    for number in range(1000):
        bench.book.put("anna", Pressed(token=token, option=number % 2), key=f"press-{number}")
    bench.work()
    shown = bench.book.shown("anna")
    assert shown[1] == "2: gedrückt 0"
    assert set(shown[2:]) == {"Das ist schon beantwortet."}
    assert len(shown) == 1001


def test_a_turn_that_raises_touches_nobody_else(bench: Bench) -> None:
    """The others of the same commit are answered; the row rests, is tried five times, is parked; life goes on."""
    bench.book.say("anna", "fehler")
    bench.book.say("bert", "hallo")
    bench.work()
    assert bench.book.shown("bert") == ["1: hallo"]
    bench.book.say("anna", "danach")
    bench.work()
    assert bench.book.shown("anna") == []
    for expected in (2, 3, 4):
        bench.clock.forward(seconds=60)
        bench.ledger.restless = True
        bench.work()
        assert bench.rows("select attempt, state from inbox where attempt > 1") == [(expected, 1)]
    bench.clock.forward(seconds=60)
    bench.work()
    assert bench.rows("select attempt, state from inbox where attempt > 1") == [(5, 4)]
    assert bench.book.shown("anna") == ["Das ging leider nicht.", "1: danach"]
    assert bench.rows("select reason from alert") == [("parked",)]


def test_a_message_that_is_not_sent_is_sent_later(bench: Bench) -> None:
    """NotSent waits and tries again; what follows in the chat waits too."""
    bench.adapter._plan = lambda n: "unreached" if n < 3 else ""
    bench.book.say("anna", "drei")
    bench.work()
    for _ in range(4):
        assert len(bench.book.sends()) in {0, 3}
        bench.clock.forward(seconds=10)
        bench.work()
    assert bench.book.shown("anna") == ["1.0", "1.1", "1.2"]


def test_an_uncertain_message_is_sent_again_under_the_same_id(bench: Bench) -> None:
    """On a transport with idempotent sends it shows once however often."""
    bench.adapter._plan = lambda n: "swallowed" if n < 4 else ""
    bench.book.say("anna", "hallo")
    for _ in range(6):
        bench.work()
        bench.clock.forward(seconds=60)
    assert bench.book.copies().most_common(1)[0][1] == 5
    assert bench.book.shown("anna") == ["1: hallo"]


def test_an_uncertain_message_is_sent_twice_at_most(bench: Bench) -> None:
    """Without idempotent sends: once more after ten seconds, then a human is told; what follows goes on."""
    object.__setattr__(bench.door, "idempotent", False)
    bench.adapter._plan = lambda n: "swallowed" if n < 2 else ""
    bench.book.say("anna", "hallo")
    bench.work()
    bench.clock.forward(seconds=9)
    bench.work()
    assert len(bench.book.sends()) == 1
    bench.clock.forward(seconds=2)
    bench.work()
    bench.clock.forward(days=1)
    bench.book.say("anna", "weiter")
    bench.work()
    assert [line.text for line in bench.book.sends()] == ["1: hallo", "1: hallo", "2: weiter"]
    assert len({line.token for line in bench.book.sends()}) == 2
    assert bench.rows("select reason from alert") == [("uncertain",)]


def test_a_refused_message_alerts(bench: Bench) -> None:
    """Never silently lost: once per conversation and day a human is told."""
    bench.adapter._plan = lambda _: "blocked"
    bench.book.say("anna", "drei")
    bench.work()
    assert bench.rows("select state from delivery") == [(4,)] * 3
    assert bench.rows("select reason from alert") == [("refused",)]


def test_timers_fire_once(bench: Bench) -> None:
    """An alarm becomes one inbox row and one turn; the same name replaces; too late is dropped."""
    bench.book.say("anna", "spaeter 60")
    bench.book.say("bert", "spaeter 60")
    bench.work()
    bench.book.say("bert", "spaeter 120")
    bench.work()
    bench.clock.forward(seconds=59)
    bench.work()
    assert bench.book.shown("anna") == ["Gut"]
    bench.clock.forward(seconds=6)
    bench.ledger.restless = True
    bench.work()
    bench.work()
    assert bench.book.shown("anna") == ["Gut", "2: wecker 5"]
    assert bench.book.shown("bert") == ["Gut", "Gut"]
    bench.clock.forward(hours=2)
    bench.work()
    assert bench.book.shown("bert") == ["Gut", "Gut"]
    assert bench.rows("select count(*) from timer") == [(0,)]


def test_timers_are_cancelled_by_prefix(bench: Bench) -> None:
    """Only those whose names begin so."""
    for text in ("spaeter besuch-1 60", "spaeter besuch-2 60", "spaeter frist 60", "absagen besuch"):
        bench.book.say("anna", text)
    bench.work()
    bench.clock.forward(seconds=61)
    bench.work()
    assert [text for text in bench.book.shown("anna") if text != "Gut"] == ["5: frist 1"]


def test_counts_and_alerts(bench: Bench) -> None:
    """Counters carry no person; an alert carries no content."""
    for chat in ("anna", "bert"):
        bench.book.say(chat, "ende")
        bench.book.say(chat, "mensch")
    bench.work()
    assert sorted(bench.rows("select month, name, playbook, outcome, n from counter")) == [
        ("2027-02", "finished", "demo", "fertig", 2),
        ("2027-02", "matched", "", "", 2),
    ]
    assert bench.rows("select reason, number from alert") == [("asked_for_human", None)] * 2


def test_a_revision_is_kept_once_a_conversation_begins_with_it(bench: Bench) -> None:
    """And given back to a world that has lost it."""
    bench.book.say("anna", "hallo")
    bench.work()
    assert bench.rows("select count(*) from revision") == [(1,)]
    bench.worlds.known.clear()
    bench.book.say("anna", "weiter")
    bench.work()
    assert bench.worlds.restored == [b"{}"]
    assert bench.book.shown("anna") == ["1: hallo", "2: weiter"]


def test_settling_a_question_edits_the_message(bench: Bench) -> None:
    """Where the transport edits, the question's own message is named to the adapter, with its text."""
    object.__setattr__(bench.door, "transport", type(bench.door.transport)(name="book", edits=True))
    bench.book.say("anna", "hallo")
    bench.work()
    bench.book.press("anna", bench.book.token("anna"), 1)
    bench.work()
    lines = bench.book.sends()
    assert [line.kind for line in lines] == ["send", "settle", "send"]
    assert lines[1].remote_id == lines[0].remote_id


@pytest.mark.parametrize("outcome", [Sent("x"), Unknown(), Refused("gone")])
def test_a_repeated_answer_changes_nothing(bench: Bench, outcome: Outcome) -> None:
    """The adapter's answer to the same parcel, late and again, does not move the delivery twice."""
    bench.book.say("anna", "hallo")
    parcels = bench.take_in().parcels
    bench.send(parcels)
    list(bench.ledger.take_in([], [(parcels[0], outcome)]))
    assert bench.rows("select state from delivery") == [(2,)]


def test_the_database_goes_away_between_answers_noted_one_by_one(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """What followed the first answer is claimed and must still go out: nobody else will ever hand it over."""
    bench.book.say("anna", "drei")
    bench.book.say("bert", "drei")
    waiting = bench.take_in().parcels
    settle = bench.ledger._delivery.settle
    weather = iter([Broken("23000"), None, Unavailable("SQLITE_BUSY")])

    def troubled(tx: Transaction, answers: Sequence[tuple[Parcel, Outcome]], now: int) -> list[Parcel]:
        trouble = next(weather, None)
        if trouble is not None:
            raise trouble
        return settle(tx, answers, now)

    monkeypatch.setattr(bench.ledger._delivery, "settle", troubled)
    sent: queue.SimpleQueue[Parcel] = queue.SimpleQueue()

    def send(parcels: Sequence[Parcel]) -> None:
        for parcel in parcels:
            sent.put(parcel)

    writer = Writer(bench.database, bench.ledger, send, lambda _: None)
    for parcel in waiting:
        writer.put(Answered(parcel, Sent()))
    seen = texts(waiting)
    writer.start()
    try:
        while len(seen) < len(waiting) * 3:
            parcel = sent.get(timeout=10)
            seen += texts([parcel])
            writer.put(Answered(parcel, Sent()))
    finally:
        writer.stop()
        writer.join(10)
    assert sorted(seen) == sorted(["1.0", "1.1", "1.2"] * 2)
    assert set(bench.rows("select state from delivery")) == {(outbox.SENT,)}


@pytest.mark.parametrize("column", ["body", "address"])
def test_what_cannot_be_read_keeps_nobody_waiting(bench: Bench, column: str) -> None:
    """A row that rotted on its disk: its chat gets a text of ours instead, or a human is told; all others go on."""
    bench.book.say("anna", "drei")
    bench.book.say("bert", "drei")
    waiting = bench.take_in().parcels
    with bench.database.core() as connection:
        if column == "body":
            connection.exec_driver_sql(
                "update delivery set body = id where position = (select min(position) from delivery where state = 0)"
            )
        else:
            connection.exec_driver_sql(
                "update conversation set address = dek where id = (select min(id) from conversation)"
            )
    while waiting:
        waiting = bench.send(waiting)
    bench.work()
    assert bench.book.shown("bert") == ["1.0", "1.1", "1.2"]
    if column == "body":
        assert bench.book.shown("anna") == ["1.0", "Das ging leider nicht.", "1.2"]
    else:
        assert bench.book.shown("anna") == ["1.0"]
        assert bench.rows("select distinct reason from alert") == [("parked",)]


def test_a_question_that_cannot_be_read_keeps_nobody_waiting(bench: Bench) -> None:
    """It is not edited when it is answered; the answer counts, and its person is forgotten all the same."""
    object.__setattr__(bench.door, "transport", type(bench.door.transport)(name="book", edits=True))
    bench.book.say("anna", "hallo")
    bench.work()
    with bench.database.core() as connection:
        connection.exec_driver_sql("update delivery set remote = id, body = id")
    bench.book.press("anna", bench.book.token("anna"), 1)
    bench.work()
    assert bench.book.shown("anna") == ["1: hallo", "2: gedrückt 1"]
    assert [line.remote_id for line in bench.book.sends() if line.kind == "settle"] == [""]
    bench.book.say("anna", "vergiss")
    bench.work()
    assert bench.rows("select count(*) from inbox") == [(0,)]
    assert bench.rows("select reason from alert") == []

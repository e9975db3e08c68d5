"""Going on in another chat: everything is there or here, never in both or in none; on both databases."""

from __future__ import annotations

import datetime as dt

import pytest
from typing_extensions import override

from bot import movecode
from bot.adapters.base import Original, Outcome
from bot.flows.exchange import Said, Send, Settle, Started
from bot.keys import KeyRing
from bot.storage import codes, moves
from bot.storage.database import Database
from bot.storage.sealing import CONVERSATION_KEY, LETTER_BODY
from tests.work.book import Book, BookAdapter
from tests.work.conftest import Bench
from tests.work.small import Clock, Worlds
from tests.work.test_casework import heard, join, open_case, say

AWAY = "Es geht woanders weiter."


def ask(bench: Bench, chat: str) -> str:
    """Somebody wants to move; the code, as it was shown."""
    say(bench, chat, "umzug")
    return bench.book.shown(chat)[-1].removeprefix("move ")


def move(bench: Bench, chat: str, to: str) -> None:
    """All of it."""
    say(bench, to, f"hier: {ask(bench, chat)}")


def test_everything_goes_along(bench: Bench) -> None:
    """State, alarms with their times, the case; the old chat is empty, and what came before does not come back."""
    join(bench, "ute")
    say(bench, "anna", "hallo")
    say(bench, "anna", "spaeter frist 7200")
    say(bench, "anna", "spaeter frueh 60")
    number = open_case(bench)
    due = bench.rows("select due from timer order by due")
    move(bench, "anna", "neu")
    assert bench.book.shown("anna") == [AWAY]
    assert bench.book.shown("neu") == ["da: 7"]
    assert bench.rows("select due from timer order by due") == due
    assert bench.rows("select number from case_record r join conversation c on c.id = r.conversation") == [(number,)]
    assert bench.rows("select count(*) from move") == [(0,)]
    assert bench.rows("select count(*) from alert") == [(0,)]
    bench.clock.forward(minutes=2)
    bench.work()
    assert bench.book.shown("neu")[-1] == "8: frueh 60"
    say(bench, "ute", f"tu accept {number}")
    say(bench, "ute", f"tu answer {number} Guten Tag")
    assert heard(bench, "neu") == ["case accept", "case answer Guten Tag"]
    assert heard(bench, "ute")[-1] == "desk done answer"
    bench.ledger.sweep()
    assert bench.rows("select count(*) from tombstone") == [(1,)]
    bench.book.put("anna", Said(text="davor"), key="history", at=bench.clock.now - dt.timedelta(hours=1))
    bench.work()
    assert bench.book.shown("anna") == [AWAY]
    bench.book.put("anna", Said(text="neu"), at=bench.clock.now)
    bench.work()
    assert bench.book.shown("anna") == [AWAY, "1: neu"]


def test_a_code_works_once_and_only_the_newest(bench: Bench) -> None:
    """Used, replaced, made up: the same answer, and nothing moves."""
    say(bench, "anna", "hallo")
    first = ask(bench, "anna")
    second = ask(bench, "anna")
    for code in (first, movecode.show(movecode.make())):
        say(bench, "neu", code)
        assert bench.book.shown("neu")[-1] == "move gilt nicht"
    say(bench, "anna", second)
    assert bench.book.shown("anna")[-1] == "move hier"
    say(bench, "neu", second)
    assert bench.book.shown("neu")[-1].startswith("da: ")
    say(bench, "dritte", second)
    assert bench.book.shown("dritte") == ["move gilt nicht"]


def test_a_link_carries_it(bench: Bench) -> None:
    """As Telegram takes it: letters and digits, at most 64."""
    say(bench, "anna", "hallo")
    payload = movecode.payload(movecode.read(ask(bench, "anna")))
    assert len(payload) <= 64
    assert payload.isalnum()
    bench.book.put("neu", Started(payload=payload))
    bench.work()
    assert bench.book.shown("neu") == ["da: 3"]


def test_tries_are_limited(bench: Bench) -> None:
    """After five within ten minutes a right one is refused like a wrong one; later it works."""
    say(bench, "anna", "hallo")
    code = ask(bench, "anna")
    for _ in range(codes.MOST_TRIES):
        say(bench, "neu", movecode.show(movecode.make()))
    say(bench, "neu", code)
    assert bench.book.shown("neu")[-1] == "move gilt nicht"
    bench.clock.forward(minutes=11)
    say(bench, "neu", code)
    assert bench.book.shown("neu")[-1].startswith("da: ")


def test_it_ends_after_half_an_hour(bench: Bench) -> None:
    """Then it is as if there had been none, and the row goes."""
    say(bench, "anna", "hallo")
    code = ask(bench, "anna")
    bench.clock.forward(milliseconds=moves.HOLDS_FOR)
    say(bench, "neu", code)
    assert bench.book.shown("neu") == ["move gilt nicht"]
    assert bench.rows("select count(*) from move") == [(1,)]
    bench.ledger.sweep()
    assert bench.rows("select count(*) from move") == [(0,)]


def test_the_code_stands_nowhere_in_clear(bench: Bench) -> None:
    """Of it the table has a keyed hash, and the inbox what it stands for."""
    say(bench, "anna", "hallo")
    code = ask(bench, "anna")
    say(bench, "neu", code)
    secret = movecode.read(code).encode()
    for table in ("inbox", "delivery", "letter", "move", "conversation"):
        for row in bench.rows(f"select * from {table}"):  # noqa: S608 - our own names
            assert not any(isinstance(value, bytes) and secret in value for value in row)


def _step(bench: Bench) -> None:
    """Run what waits, and nothing that time brings: letters stay where they are."""
    while bench.ledger.run_waiting().handled:
        pass


def _give(bench: Bench, code: str, to: str = "neu") -> None:
    """The code is given; the letter to the old chat lies there."""
    bench.book.say(to, code)
    bench.send(bench.take_in().parcels)
    _step(bench)
    assert bench.rows("select count(*) from letter") == [(1,)]


def test_what_is_on_its_way_follows(bench: Bench) -> None:
    """News and alarms that wait in the old chat, in its inbox or before it, come once, in the new one, in order."""
    join(bench, "ute")
    number = open_case(bench)
    say(bench, "ute", f"tu accept {number}")
    say(bench, "anna", "spaeter wecker 60")
    _give(bench, ask(bench, "anna"))
    bench.ledger.tend()
    bench.clock.forward(minutes=5)
    bench.ledger.tend()  # the alarm stands behind the letter in the old chat's inbox
    for text in ("eins", "zwei"):
        bench.book.say("ute", f"tu answer {number} {text}")
        bench.send(bench.take_in().parcels)
    bench.work()
    shown = bench.book.shown("neu")
    assert [text for text in shown if "wecker" not in text] == ["da: 6", "case answer eins", "case answer zwei"]
    assert [text.partition(" ")[2] for text in shown if "wecker" in text] == ["wecker 240"]
    assert bench.book.shown("anna") == [AWAY]
    assert sum("wecker" in line.text for line in bench.book.sends()) == 1


class Deaf(BookAdapter):
    """A door through which one chat takes nothing."""

    deaf = ""

    @override
    async def send(self, chat: str, delivery_id: str, effect: Send | Settle, original: Original | None) -> Outcome:
        self._plan = lambda _: "blocked" if chat == self.deaf else ""
        return await super().send(chat, delivery_id, effect, original)


def test_what_did_not_arrive_is_said_again(
    database: Database, ring: KeyRing, book: Book, clock: Clock, worlds: Worlds
) -> None:
    """A chat that takes nothing any more: what was refused there comes in the new one, without its questions."""
    door = Deaf(book)
    bench = Bench(database, ring, door, clock, worlds)
    join(bench, "ute")
    number = open_case(bench)
    say(bench, "ute", f"tu accept {number}")
    code = ask(bench, "anna")
    door.deaf = "anna"
    say(bench, "ute", f"tu answer {number} Guten Tag")
    assert "case answer Guten Tag" not in heard(bench, "anna")
    say(bench, "neu", code)
    assert bench.book.shown("neu") == ["case answer Guten Tag", "da: 6"]


def test_what_was_written_in_the_old_chat_meanwhile_begins_anew(bench: Bench) -> None:
    """It is answered, there."""
    say(bench, "anna", "hallo")
    _give(bench, ask(bench, "anna"))
    bench.ledger.tend()
    bench.book.put("anna", Said(text="noch etwas"), at=bench.clock.now)
    bench.work()
    assert bench.book.shown("anna") == [AWAY, "1: noch etwas"]
    assert bench.book.shown("neu") == ["da: 3"]


@pytest.mark.parametrize("opened", [False, True])
def test_the_new_chat_is_forgotten_before_it_came(bench: Bench, *, opened: bool) -> None:
    """Then it stays where it is, whoever gets that chat's number afterwards."""
    say(bench, "anna", "hallo")
    _give(bench, ask(bench, "anna"))
    if opened:
        bench.ledger.tend()
    bench.book.say("neu", "vergiss")
    bench.work()
    bench.ledger.sweep()
    say(bench, "fremd", "hallo")
    assert bench.book.shown("anna")[-1] == "move bleibt" if opened else True
    assert "da: " not in " ".join(bench.book.shown("fremd") + bench.book.shown("neu"))
    say(bench, "anna", "bin noch da")
    assert bench.book.shown("anna")[-1].endswith(": bin noch da")
    assert not bench.book.shown("anna")[-1].startswith("1:")


def test_the_new_chat_is_forgotten_in_the_same_commit(bench: Bench) -> None:
    """The group falls apart and each is tried alone, the older first: handed over, then all of it forgotten."""
    say(bench, "neu", "hallo")
    say(bench, "anna", "hallo")
    _give(bench, ask(bench, "anna"))
    bench.ledger.tend()
    bench.book.say("neu", "eins")
    bench.book.say("neu", "vergiss")
    parcels = bench.take_in().parcels
    assert len(bench.rows("select 1 from inbox where state = 0")) == 2
    bench.ledger.run_waiting()
    while parcels:
        parcels = bench.send(parcels)
    bench.work()
    assert bench.book.shown("neu")[-1] == "Alles ist gelöscht."
    assert bench.book.shown("anna") == [AWAY]
    assert bench.rows("select count(*) from letter") == [(0,)]
    assert bench.rows("select count(*) from inbox where state in (1, 2, 4)") == [(0,)]


def test_the_new_chat_is_forgotten_on_the_way(bench: Bench) -> None:
    """Once it was handed over, forgetting the new chat forgets it all, the case too."""
    number = open_case(bench)
    _give(bench, ask(bench, "anna"))
    bench.ledger.tend()
    _step(bench)
    assert bench.rows("select count(*) from letter") == [(1,)]
    bench.book.say("neu", "vergiss")
    bench.work()
    assert bench.book.shown("neu") == ["Alles ist gelöscht."]
    assert bench.rows("select number, state, conversation from case_record") == [(number, "zurueckgezogen", None)]
    say(bench, "neu", "hallo")
    assert bench.book.shown("neu")[-1] == "1: hallo"


def test_the_old_chat_is_forgotten_first(bench: Bench) -> None:
    """Whoever waits for it is told."""
    say(bench, "anna", "hallo")
    _give(bench, ask(bench, "anna"))
    bench.book.say("anna", "vergiss")
    bench.work()
    assert bench.book.shown("neu") == ["move refused"]
    assert bench.book.shown("anna") == ["Alles ist gelöscht."]


def test_a_new_code_ends_what_the_old_one_began(bench: Bench) -> None:
    """The chat that gave the old one is told, and the new one works."""
    say(bench, "anna", "hallo")
    _give(bench, ask(bench, "anna"))
    bench.book.say("anna", "umzug")
    bench.send(bench.take_in().parcels)
    bench.work()
    assert bench.book.shown("neu") == ["move refused"]
    code = next(text for text in reversed(bench.book.shown("anna")) if "UMZUG" in text).removeprefix("move ")
    say(bench, "neu", code)
    assert bench.book.shown("neu")[-1].startswith("da: ")


def test_whoever_waits_too_long_is_told(bench: Bench) -> None:
    """Where the old chat's account is not attended, the move ends; later it does not happen behind anybody's back."""
    say(bench, "anna", "hallo")
    _give(bench, ask(bench, "anna"))
    bench.clock.forward(minutes=31)
    bench.ledger.sweep()
    bench.work()
    assert bench.book.shown("neu") == ["move refused"]
    assert bench.book.shown("anna")[-1] == "move bleibt"
    say(bench, "anna", "weiter")
    assert bench.book.shown("anna")[-1].endswith(": weiter")


def test_it_can_move_on_and_back(bench: Bench) -> None:
    """From chat to chat, and into one that it has left."""
    number = open_case(bench)
    move(bench, "anna", "zwei")
    move(bench, "zwei", "drei")
    bench.ledger.sweep()
    bench.clock.forward(minutes=1)
    code = ask(bench, "drei")
    bench.book.put("anna", Said(text=code), at=bench.clock.now)
    bench.work()
    assert bench.book.shown("anna")[-1].startswith("da: ")
    say(bench, "anna", "mein fall")
    index = bench.rows("select number, conversation from case_record")
    assert index[0][0] == number
    assert bench.rows(f"select leaving from conversation where id = {index[0][1]}") == [(0,)]  # noqa: S608 - a number


def test_letters_are_sealed_for_the_new_chat(bench: Bench) -> None:
    """What travels is opened by the key of the chat that gets it."""
    say(bench, "anna", "GEHEIM")
    _give(bench, ask(bench, "anna"))
    bench.ledger.tend()
    _step(bench)
    ((event, body, index, dek),) = bench.rows(
        "select l.event, l.body, c.address_index, c.dek from letter l join conversation c on c.id = l.conversation"
    )
    plain = LETTER_BODY.open(CONVERSATION_KEY.unwrap(bench.ring, bytes(index), bytes(dek)), bytes(event), bytes(body))
    assert b'"t":"arrived"' in plain

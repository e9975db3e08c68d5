"""Going on in another chat, as the engine sees it: what leaves, what arrives, what is refused."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TypeVar

import pytest

from bot.cases.advancing import advance
from bot.flows import conversation as states
from bot.flows.conversation import Conversation, Desk, Moving, Seen
from bot.flows.crisis import Crisis
from bot.flows.engine import Turn
from bot.flows.exchange import (
    Arrived,
    CaseNews,
    CodeGiven,
    HandOver,
    MoveAsked,
    MoveGiven,
    MoveNews,
    OfferMove,
    Pressed,
    Remind,
    Said,
    Send,
    Started,
    Stopped,
    TakeMove,
    TimerFired,
    Transport,
    decode_effect,
    decode_incoming,
    encode,
)
from bot.flows.world import Municipality
from tests.flows.test_remembering import LIBRARY
from tests.flows.worlds import NOON, Talk, world_of

OPEN = Transport(name="telegram", encrypted=False, real=True, takes_back=48)
SECRET = Transport(name="matrix", encrypted=True, redacts=True)
ALARM = Remind(name="checkin:1", about="checkin", due=NOON + dt.timedelta(days=1))
T = TypeVar("T")
CODE = "UMZUG-AAAAA-BBBBB-CCCCC-DDDDD-EEEEE-FFFFF"


def fresh(transport: Transport = SECRET) -> Talk:
    """A chat in which nothing has been said."""
    return Talk(replace(world_of(LIBRARY), transport=transport, drafts=True))


def begun(transport: Transport = SECRET) -> Talk:
    """Somebody in the middle of a walk."""
    talk = fresh(transport)
    for incoming in (Started(), Said(text="etwas"), Said(text="1"), Said(text="gestern")):
        talk.do(incoming)
    return talk


def effects(turn: Turn, kind: type[T]) -> list[T]:
    """Those of this kind, in order."""
    return [one for one in turn.effects if isinstance(one, kind)]


def left(talk: Talk) -> str:
    """The state that leaves a chat."""
    talk.do(MoveNews(what="code", code=CODE, until=NOON + dt.timedelta(minutes=30)))
    (given,) = effects(talk.do(MoveAsked(to=7)), HandOver)
    return given.state


def take(talk: Talk, arrived: Arrived) -> Turn:
    """It arrives: as outside, in the world of what arrives."""
    known = states.decode(arrived.state.encode())
    programs = {program.revision: program for program in talk.world.library.values()}
    world = replace(talk.world, running=programs.get(known.revision))
    turn = advance(world, talk.state, replace_seed(arrived), talk.now)
    talk.state = turn.conversation
    talk.turns.append(turn)
    return turn


def replace_seed(arrived: Arrived) -> Arrived:
    """With a seed of its own."""
    return Arrived(state=arrived.state, alarms=arrived.alarms, missed=arrived.missed, seed="ab" * 12)


def test_what_crosses_the_wall_survives_its_json() -> None:
    """Both ways, whatever is in it; and none of it shows what it says."""
    state = states.encode(Conversation(language="en")).decode()
    arrived = Arrived(state=state, alarms=(ALARM,), missed=(Send(text="GEHEIM"),))
    for incoming in (arrived, MoveGiven(holds=True), MoveAsked(to=3), MoveNews(what="code", code=CODE, until=NOON)):
        assert decode_incoming(encode(incoming)) == incoming
        assert "GEHEIM" not in repr(incoming)
        assert CODE not in repr(incoming)
    for effect in (OfferMove(), TakeMove(transport="matrix"), HandOver(to=3, state=state)):
        assert decode_effect(encode(effect)) == effect


def test_a_code_is_asked_for_once_and_shown_to_be_copied() -> None:
    """A yes wants one; it comes alone in a bubble, and „meine daten“ says that it holds, as long as it does."""
    talk = begun()
    talk.do(Said(text="umziehen"))
    assert [choice.label for choice in talk.question().choices] == ["Ja", "Nein"]
    assert OfferMove() in talk.do(Said(text="ja")).effects
    assert [text[:22] for text in talk.texts()] == ["Gleich kommt ein Code."]
    talk.do(MoveNews(what="code", code=CODE, until=NOON + dt.timedelta(minutes=30)))
    assert talk.texts() == [CODE]
    assert talk.question().style == "copy"
    talk.do(Said(text="daten"))
    assert any("Code" in text for text in talk.texts())
    talk.now += dt.timedelta(hours=1)
    talk.do(Said(text="daten"))
    assert not any("Code" in text for text in talk.texts())


def test_without_anything_to_take_there_is_no_code() -> None:
    """Whoever has just come writes in the other chat."""
    talk = fresh()
    talk.do(Started())
    talk.do(Said(text="umziehen"))
    assert not effects(talk.turns[-1], OfferMove)
    assert talk.texts()[0].startswith("Hier gibt es noch nichts")
    assert talk.question().token


def test_it_arrives_as_it_left() -> None:
    """Answers, language, check-ins; the alarms are set with their names and times, and the question is asked again."""
    old, new = begun(OPEN), fresh()
    asked = [send for send in effects(old.turns[-1], Send) if send.token][-1]
    state = left(old)
    assert old.state == Conversation(muted=True)
    missed = Send(text="Das kam nicht an.")
    turn = take(new, Arrived(state=state, alarms=(ALARM,), missed=(missed,)))
    assert effects(turn, Remind) == [ALARM]
    assert missed in turn.effects
    assert new.question().text == asked.text
    assert new.question().token == "ab" * 12
    assert new.state.answers == states.decode(state.encode()).answers
    assert new.state.trail
    assert (new.state.greeted, new.state.arriving, new.state.moving) == (True, False, None)


@pytest.mark.parametrize(("said", "blocked", "muted"), [("", False, False), ("", True, False), ("stopp", True, True)])
def test_stop_goes_along_and_a_block_does_not(*, said: str, blocked: bool, muted: bool) -> None:
    """Who blocks the old chat after asking for a code has not asked the Lotse to be silent in the new one."""
    talk = begun()
    if said:
        talk.do(Said(text=said))
    talk.do(MoveNews(what="code", code=CODE, until=NOON + dt.timedelta(minutes=30)))
    if blocked:
        talk.do(Stopped())
    (given,) = effects(talk.do(MoveAsked(to=7)), HandOver)
    assert states.decode(given.state.encode()).muted is muted


def test_the_old_chat_says_what_is_left_of_it() -> None:
    """Nothing is stored; what of the messages can be taken back."""
    for transport, words in ((OPEN, "48 Stunden"), (SECRET, "leere ich"), (Transport(), "nichts mehr gespeichert")):
        talk = begun(transport)
        talk.do(MoveAsked(to=7))
        assert words in " ".join(talk.texts())
        assert talk.texts()[0].startswith("Ihr Gespräch geht jetzt im anderen Chat weiter.")


def test_nothing_moves_for_nobody() -> None:
    """The other chat waits no more: it goes on here, and says so."""
    talk = begun()
    turn = talk.do(MoveAsked())
    assert not effects(turn, HandOver)
    assert talk.texts()[0].startswith("Ihr Gespräch ist nicht umgezogen.")
    assert talk.question().token
    assert talk.state.trail


def test_where_others_read_along_it_comes_after_a_yes() -> None:
    """Until then nothing of it is there; a no leaves it where it is, words are no yes."""
    talk = fresh(OPEN)
    talk.do(MoveGiven(holds=True))
    assert "Telegram" in talk.texts()[0]
    assert not effects(talk.turns[-1], TakeMove)
    talk.do(Said(text="wie bitte"))
    assert not effects(talk.turns[-1], TakeMove)
    talk.do(Pressed(token=talk.state.token, option=1))
    assert talk.texts() == ["In Ordnung. Ihr Gespräch bleibt, wo es ist. Schreiben Sie mir dort weiter."]
    talk.do(MoveGiven(holds=True))
    turn = talk.do(Pressed(token=talk.state.token, option=0))
    assert effects(turn, TakeMove) == [TakeMove(transport="telegram", real=True)]
    assert talk.state.arriving


@pytest.mark.parametrize(
    "given", [MoveGiven(), MoveGiven(holds=True, here=True)], ids=["wrong, used or ended", "in the same chat"]
)
def test_a_code_that_does_not_hold_changes_nothing(given: MoveGiven) -> None:
    """The open question stays the last thing that was said."""
    talk = begun()
    before = talk.state.answers, talk.state.at
    turn = talk.do(given)
    assert not effects(turn, TakeMove)
    assert (talk.state.answers, talk.state.at) == before
    assert talk.question().token == talk.state.token


def test_a_chat_with_a_talk_of_its_own_keeps_it() -> None:
    """Nothing is lost, here or there; after deleting it may come."""
    talk = begun()
    turn = talk.do(MoveGiven(holds=True))
    assert not effects(turn, TakeMove)
    assert talk.texts()[0].startswith("Hier läuft schon ein Gespräch")
    talk.do(Said(text="löschen"))
    talk.do(Said(text="ja"))
    talk.state = states.EMPTY  # as the ledger does
    assert effects(talk.do(MoveGiven(holds=True)), TakeMove)


@pytest.mark.parametrize(
    "state",
    [
        Conversation(case="1234 5678"),
        Conversation(check_ins=("2026-11-30T10:00:00+00:00",)),
        Conversation(deadlines=("agg:2027-01-21",)),
        Conversation(overlay="crisis", overlay_data=(Crisis.DIRECT.value,)),
    ],
)
def test_what_is_a_talk_of_its_own(state: Conversation) -> None:
    """A case, what was agreed, a crisis: it is not replaced."""
    talk = fresh()
    talk.state = state
    assert not effects(talk.do(MoveGiven(holds=True)), TakeMove)


def test_while_it_is_on_its_way() -> None:
    """What is written is answered and begins nothing; crisis, numbers and deleting work; another code too late."""
    talk = fresh()
    talk.do(MoveGiven(holds=True))
    for incoming in (Said(text="hallo"), Said(text="neu"), Said(text="status"), Started(), MoveGiven(holds=True)):
        talk.do(incoming)
        assert talk.texts()[-1].startswith("Ihr Gespräch kommt hierher")
        assert talk.state.arriving
        assert talk.state.at is None
    talk.do(Pressed(token="00" * 12, option=0))
    assert talk.texts()[-1].startswith("Ihr Gespräch kommt hierher")
    talk.do(Said(text="notruf"))
    assert "110" in talk.texts()[0]
    talk.do(Said(text="ich will nicht mehr leben"))
    assert talk.state.overlay == "crisis"
    take(talk, Arrived(state=left(begun())))
    assert talk.state.overlay == "crisis"
    assert talk.state.trail


def test_deleting_while_it_is_on_its_way() -> None:
    """It is asked and done."""
    talk = fresh()
    talk.do(MoveGiven(holds=True))
    talk.do(Said(text="löschen"))
    talk.do(Said(text="ja"))
    assert talk.texts()[0].startswith("Gelöscht am")


@pytest.mark.parametrize("what", ["refused", "closed"])
def test_it_does_not_come(what: str) -> None:
    """Said once, and the chat is free; said again it is nothing."""
    talk = fresh()
    talk.do(MoveGiven(holds=True))
    news = MoveNews(what=what)  # type: ignore[arg-type] # one of the two
    talk.do(news)
    assert len(talk.texts()) == 1
    assert not talk.state.arriving
    talk.do(news)
    assert talk.texts() == []


def test_a_channel_that_the_municipality_does_not_have() -> None:
    """It stays, and the other chat is told why."""
    talk = begun()
    talk.state = states.decode(states.encode(talk.state))
    talk.state.place = "06611000"
    talk.world = replace(talk.world, municipality=Municipality(ags="06611000", channels=("matrix",)))
    turn = talk.do(MoveAsked(to=7, transport="telegram", real=True))
    assert effects(turn, HandOver) == [HandOver(to=7, refused="closed")]
    assert talk.state.trail
    turn = talk.do(MoveAsked(to=7, transport="telegram", real=False))
    assert effects(turn, HandOver)[0].state


def test_what_nobody_has_released_is_not_shown_to_people_in_need() -> None:
    """A walk through a draft ends where drafts may not be shown; the rest came along."""
    new = fresh(OPEN)
    new.world = replace(new.world, drafts=False)
    old = begun()
    take(new, Arrived(state=left(old), alarms=(ALARM,)))
    assert new.state.at is None
    assert any("freigegeben" in text for text in new.texts())
    assert effects(new.turns[-1], Remind) == [ALARM]


def test_news_that_were_held_are_said_on_arrival() -> None:
    """The person is there now."""
    news = CaseNews(number="1234 5678", what="accept", state="angenommen")
    state = Conversation(greeted=True, case="1234 5678", seen=Seen("angenommen"), held=(encode(news).decode(),))
    talk = fresh()
    take(talk, Arrived(state=states.encode(state).decode()))
    assert any("1234 5678" in text and "angenommen" in text for text in talk.texts())
    assert talk.state.held == ()


def test_an_overlay_goes_along_but_not_the_move_itself() -> None:
    """What lay over the question when a code was asked for lies there again."""
    talk = begun()
    talk.do(Said(text="sprache"))
    talk.do(Said(text="umziehen"))
    talk.do(Said(text="nein"))
    assert talk.state.overlay == "language"
    talk.do(Said(text="umziehen"))
    talk.do(Said(text="ja"))
    assert talk.state.overlay == "language"
    talk.do(Said(text="umziehen"))
    assert states.decode(left(talk).encode()).overlay == ""


def test_an_alarm_that_rings_in_an_emptied_chat_says_nothing() -> None:
    """It has gone along."""
    talk = begun()
    talk.do(MoveAsked(to=7))
    talk.do(TimerFired(name="checkin:1", about="checkin"))
    assert talk.texts() == []


def test_a_desk_does_not_move() -> None:
    """Neither away nor in; whoever waits for it is told."""
    talk = fresh()
    talk.state = Conversation(desk=Desk("00000000", "koordination"), moving=Moving(NOON.isoformat()))
    for incoming in (MoveGiven(holds=True), Said(text="umziehen")):
        turn = advance(talk.world, talk.state, incoming, NOON)
        assert [send.text[:34] for send in effects(turn, Send)] == ["Dies ist ein Chat der Koordination"]
        assert turn.conversation.desk
    turn = advance(talk.world, talk.state, MoveAsked(to=7), NOON)
    assert turn.effects == (HandOver(to=7, refused="refused"),)
    assert advance(talk.world, talk.state, MoveAsked(), NOON).effects == ()


def test_staff_stay_staff() -> None:
    """By the same code."""
    talk = begun()
    talk.do(CodeGiven(place="06611000", code="ab" * 16))
    new = fresh()
    take(new, Arrived(state=left(talk)))
    assert (new.state.staff, new.state.code, new.state.place) == (True, "ab" * 16, "06611000")

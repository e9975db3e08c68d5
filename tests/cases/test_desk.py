"""The coordinator's side: any message is answered, nothing of a case is said where others can read, nothing raises."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cases.advancing import advance
from bot.cases.desk import advance_desk
from bot.cases.deskwords import VERBS
from bot.flows.conversation import Conversation, Desk, decode, encode
from bot.flows.exchange import (
    CaseAct,
    CaseNote,
    DeskNews,
    Forget,
    Incoming,
    LeaveDesk,
    Line,
    ListCases,
    Pressed,
    Said,
    Send,
    Started,
    TimerFired,
    Transport,
)
from bot.flows.world import World
from tests.work.small import Nobody

NOW = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
NUMBER = "4812 9037"
AT_DESK = Conversation(language="de", greeted=True, desk=Desk("00000000", "koordination", NUMBER))
SECRET = "GEHEIMNIS"


def world(*, encrypted: bool = True) -> World:
    """The smallest there is."""
    transport = Transport(name="x", encrypted=encrypted)
    return World(library={}, directory=Nobody(), places=Nobody(), transport=transport)


def say(
    text: str, conversation: Conversation = AT_DESK, *, encrypted: bool = True
) -> tuple[Conversation, list[object]]:
    """What comes of a message."""
    turn = advance(world(encrypted=encrypted), conversation, Said(text=text, seed="ab" * 12), NOW)
    return turn.conversation, list(turn.effects)


def test_words_become_acts() -> None:
    """Each verb, with the number at hand or another one; the rest of the message goes with it."""
    assert say("annehmen")[1] == [CaseAct(number=NUMBER, act="accept")]
    assert say("annehmen 1517-2463")[1] == [CaseAct(number="1517 2463", act="accept")]
    assert say("Antworten: Guten Tag")[1] == [CaseAct(number=NUMBER, act="answer", text="Guten Tag")]
    assert say("fälle")[1] == [ListCases()]
    (act,) = say("versprechen morgen 14 Uhr")[1]
    assert isinstance(act, CaseAct)
    assert act.due == dt.datetime(2026, 11, 24, 13, tzinfo=dt.UTC)
    (act,) = say("nachfrage in 3 Tagen")[1]
    assert isinstance(act, CaseAct)
    assert act.due == dt.datetime(2026, 11, 26, 9, tzinfo=dt.UTC)


def test_what_is_missing_is_asked_for() -> None:
    """And "abbrechen" takes it back."""
    asking, (send,) = say("antworten")
    assert isinstance(send, Send)
    assert asking.desk is not None
    assert asking.desk.asking == "answer"
    assert say("Ich nehme mir Zeit.", asking)[1] == [CaseAct(number=NUMBER, act="answer", text="Ich nehme mir Zeit.")]
    back, _ = say("abbrechen", asking)
    assert back.desk is not None
    assert back.desk.asking == ""


@pytest.mark.parametrize("text", ["lesen", "antworten Guten Tag", "notiz x", "aufgabe y"])
def test_no_content_where_others_can_read(text: str) -> None:
    """Nothing is wanted from the books, and the sentence says why."""
    _, effects = say(text, encrypted=False)
    assert not any(isinstance(effect, CaseAct) for effect in effects)
    assert any("verschlüsselt" in effect.text for effect in effects if isinstance(effect, Send))


def test_leaving_ends_it() -> None:
    """At once: what comes later for the desk is not said any more."""
    left, effects = say("abmelden")
    assert LeaveDesk() in effects
    assert left.desk is None
    late = advance(world(), left, DeskNews(what="notice", number=NUMBER), NOW)
    assert late.effects == ()


def test_deleting_forgets() -> None:
    """The word works here as everywhere."""
    assert Forget() in say("löschen")[1]


def test_emergency_goes_before_everything() -> None:
    """Also while something is asked for; crisis wording of the coordinator's own is answered as anybody's."""
    asking, _ = say("antworten")
    for text, conversation in (("notruf", asking), ("ich will nicht mehr leben", AT_DESK)):
        _, effects = say(text, conversation)
        assert any(isinstance(effect, Send) and effect.urgent for effect in effects)


_NEWS = st.builds(
    DeskNews,
    what=st.sampled_from(
        ("notice", "reminder", "escalated", "nobody", "taken", "message", "nudge", "withdrawn", "over")
    ),
    number=st.just(NUMBER),
    incident=st.just(SECRET),
    state=st.just("gemeldet"),
    due=st.none() | st.just(NOW),
    urgent=st.booleans(),
    lines=st.just((Line(SECRET, SECRET, SECRET),)),
    notes=st.just((CaseNote("notiz", NOW, SECRET),)),
)


@given(_NEWS)
def test_notices_have_no_content(news: DeskNews) -> None:
    """Whatever the letter carried, a notice says the number, what to do and by when."""
    turn = advance_desk(world(), AT_DESK, news, NOW)
    assert turn.effects
    for effect in turn.effects:
        assert isinstance(effect, Send)
        assert SECRET not in effect.text
        assert NUMBER in effect.text


_WORDS = st.sampled_from([word for words in VERBS.values() for word in words.split()])
_INCOMING: st.SearchStrategy[Incoming] = st.one_of(
    st.builds(Said, text=st.text(max_size=40), seed=st.just("ab" * 12)),
    st.builds(lambda word, rest: Said(text=f"{word} {rest}", seed="cd" * 12), _WORDS, st.text(max_size=30)),
    st.builds(Pressed, token=st.sampled_from(("ab" * 12, "cd" * 12)), option=st.integers(-1, 9)),
    st.builds(Started, payload=st.text(max_size=10)),
    st.builds(TimerFired, name=st.just("checkin:1"), about=st.just("checkin")),
    _NEWS,
)


@settings(max_examples=200, deadline=None)
@given(st.lists(_INCOMING, max_size=12), st.booleans())
def test_anything_is_survived(came: list[Incoming], encrypted: bool) -> None:
    """No message raises, each turn is the same twice, and the conversation survives its JSON."""
    conversation = AT_DESK
    for incoming in came:
        here = world(encrypted=encrypted)
        if conversation.desk is None:
            return  # abgemeldet: from here on it is a person's chat
        turn = advance(here, conversation, incoming, NOW)
        assert turn == advance(here, decode(encode(conversation)), incoming, NOW)
        if isinstance(incoming, Said) and conversation.desk.asking == "":
            assert turn.effects
        conversation = decode(encode(turn.conversation))
        assert conversation == turn.conversation


def test_seeds_name_the_question() -> None:
    """A tap on an older question is told so; one on the open one counts."""
    turn = advance_desk(world(), AT_DESK, DeskNews(what="notice", number=NUMBER, seed="ef" * 12), NOW)
    asked = turn.conversation
    assert asked.token == "ef" * 12
    pressed = advance_desk(world(), asked, Pressed(token="ef" * 12, option=0), NOW)
    assert list(pressed.effects) == [CaseAct(number=NUMBER, act="accept")]
    stale = advance_desk(world(), asked, Pressed(token="00" * 12, option=0), NOW)
    assert all(isinstance(effect, Send) for effect in stale.effects)
    assert msgspec.structs.asdict(asked)["desk"].acts == ("accept", "later", "step_back")

"""A group's side: whatever comes, nothing of a case but its number is said there, and no act ever follows from it."""

from __future__ import annotations

import datetime as dt
import typing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.adapters.base_groups import heard
from bot.cases.advancing import advance
from bot.cases.groupwords import SENTENCES
from bot.flows.asking import may_read
from bot.flows.casequestions import HOW
from bot.flows.conversation import Conversation, decode, encode
from bot.flows.exchange import (
    CancelTimers,
    CaseNews,
    CaseNote,
    DeskNews,
    DeskWhat,
    Forget,
    GroupLeft,
    GroupMoved,
    GroupSaid,
    GroupWord,
    Incoming,
    LeaveDesk,
    Line,
    MoveGroup,
    Pressed,
    Remind,
    Resumed,
    Said,
    Send,
    Started,
    Stopped,
    TimerFired,
    Unreadable,
)
from bot.flows.walk import Walk
from tests.cases.test_desk import NOW, NUMBER, SECRET, world

CODE = "GRUPPE-ABCDE-FGHJK-23456-789AB"
_NEWS = st.builds(
    DeskNews,
    what=st.sampled_from(typing.get_args(DeskWhat)),
    number=st.just(NUMBER),
    incident=st.just(SECRET),
    about=st.sampled_from(("koordination", "vertretung", "")),
    place=st.just("00000000"),
    due=st.none() | st.just(NOW),
    urgent=st.booleans(),
    lines=st.just((Line(SECRET, SECRET, SECRET),)),
    notes=st.just((CaseNote("notiz", NOW, SECRET),)),
)
_IN_GROUP: st.SearchStrategy[Incoming] = st.one_of(
    st.builds(GroupSaid, what=st.sampled_from(typing.get_args(GroupWord)), public=st.booleans()),
    st.just(GroupMoved(to="-1005")),
    st.builds(TimerFired, name=st.just("unpaired"), about=st.sampled_from(("unpaired", "expiry"))),
    _NEWS,
)
_STRAY: st.SearchStrategy[Incoming] = st.one_of(
    st.builds(Said, text=st.text(max_size=20)),
    st.just(Started()),
    st.just(Stopped()),
    st.just(Resumed()),
    st.just(Unreadable(what="group")),
    st.just(Pressed(token="ab" * 12, option=0)),
    st.just(CaseNews(number=NUMBER, what="answer", text=SECRET)),
)
_MAY: typing.Final = (Send, Remind, CancelTimers, LeaveDesk, MoveGroup, Forget)


@settings(max_examples=300, deadline=None)
@given(st.lists(_IN_GROUP | _STRAY, max_size=14))
def test_nothing_but_sentences_without_content(came: list[Incoming]) -> None:
    """No act, no question, no button, no word of a case, whatever came in which order; each turn is the same twice."""
    conversation = advance(world(), Conversation(), GroupSaid(what="added"), NOW).conversation
    for incoming in came:
        turn = advance(world(), conversation, incoming, NOW)
        assert turn == advance(world(), decode(encode(conversation)), incoming, NOW)
        assert decode(encode(turn.conversation)) == turn.conversation
        conversation = turn.conversation
        assert conversation.group is not None
        for effect in turn.effects:
            assert isinstance(effect, _MAY)
            if isinstance(effect, Send):
                assert SECRET not in effect.text
                assert not effect.choices
                assert not effect.token
                assert not effect.urgent


@settings(max_examples=200, deadline=None)
@given(st.lists(_IN_GROUP, max_size=10))
def test_a_group_that_gets_no_notices_is_left(came: list[Incoming]) -> None:
    """Whatever happened: where nothing is paired and anything was said, an alarm is set, and it ends with going."""
    conversation, waits = Conversation(), False
    for incoming in (GroupSaid(what="added"), *came):
        turn = advance(world(), conversation, incoming, NOW)
        conversation = turn.conversation
        for effect in turn.effects:
            waits = isinstance(effect, Remind) or (waits and not isinstance(effect, CancelTimers))
        moved = any(isinstance(one, GroupMoved) for one in came)
        unpaired = any(isinstance(one, DeskNews) and one.what == "unpaired" for one in came)
        assert conversation.group is not None
        if not conversation.group.place and not moved and not unpaired:
            assert waits
    if conversation.group is not None and not conversation.group.place:
        fired = TimerFired(name="unpaired", about="unpaired")
        assert Forget() in advance(world(), conversation, fired, NOW + dt.timedelta(minutes=15)).effects


def test_a_persons_chat_is_no_group() -> None:
    """What is for groups reaches nobody else, and being put out of a group leaves nothing."""
    assert Forget() in advance(world(), Conversation(), GroupLeft(), NOW).effects
    told = advance(world(), Conversation(), DeskNews(what="group_only"), NOW)
    assert told.conversation.group is None
    assert len(told.effects) == 1


def test_every_notice_says_where_to_act() -> None:
    """What to do is always to be done in private."""
    for what in ("notice", "reminder", "escalated", "nobody", "promise_soon"):
        assert "privaten Chat" in SENTENCES[what]
        assert "{number}" in SENTENCES[what]


@pytest.mark.parametrize(
    ("text", "slash", "plain"),
    [
        ("/verbinden " + CODE, GroupSaid(what="pair", text=CODE), GroupSaid(what="pair", text=CODE)),
        ("verbinden " + CODE, None, GroupSaid(what="pair", text=CODE)),
        (f"Hier ist der Code: {CODE}. Danke!", None, GroupSaid(what="pair", text=CODE)),
        ("/start " + CODE.replace("-", ""), *[GroupSaid(what="pair", text=CODE.replace("-", ""))] * 2),
        ("/verbinden bitte Frau X helfen", *[GroupSaid(what="help")] * 2),
        ("verbinden wir uns morgen?", None, None),
        ("/annehmen 4812 9037 für Frau X", *[GroupSaid(what="act")] * 2),
        ("annehmen 4812-9037", None, GroupSaid(what="act")),
        ("annehmen können wir das nicht", None, None),
        ("Abmelden", None, GroupSaid(what="part")),
        ("ich möchte mich abmelden", None, None),
        ("notruf", None, GroupSaid(what="emergency")),
        ("/irgendwas", GroupSaid(what="help"), None),
        ("hilfe, Frau X wird bedroht", None, None),
        ("ich will nicht mehr leben", None, None),
        ("", None, None),
        ("/", None, None),
    ],
)
def test_what_is_heard(text: str, slash: GroupSaid | None, plain: GroupSaid | None) -> None:
    """With commands only, as on Telegram, and with whole messages, as on Matrix; of the rest nothing is handed on."""
    assert heard(text, only_commands=True) == slash
    assert heard(text, only_commands=False) == plain


@given(st.text(max_size=60), st.booleans())
def test_nothing_else_is_handed_on(text: str, only_commands: bool) -> None:
    """Whatever is written, at most a code leaves the adapter with it."""
    said = heard(text, only_commands=only_commands)
    assert said is None or said.text == "" or said.text.upper().startswith(("GRUPPE", "KOORDINATION"))


def test_the_role_of_a_group_stands_among_those_to_name() -> None:
    """Once, beside those that coordinate; and whoever reads it is still somebody who coordinates."""
    walk = Walk(world(), Conversation(language="de"), "ab" * 12, NOW, 1, ("ansprechperson",))
    walk.groups = ("ansprechperson", "koordination")
    assert HOW.ask(walk).acts == ("!name", "=ansprechperson", "=koordination", "!back")
    walk.c.involved = ("koordination",)
    assert may_read(walk)
    walk.c.involved = ("ansprechperson",)
    assert not may_read(walk)

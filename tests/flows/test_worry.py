"""What the engine does with a hint of distress, where its own word lists are silent."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from bot.cases.advancing import advance
from bot.fallback import answer
from bot.flows.conversation import EMPTY, Conversation, Desk, Frame, decode, encode
from bot.flows.distress import WORRY_RESTS
from bot.flows.exchange import CaseAct, Distress, Said, Send, Started, decode_incoming
from bot.flows.exchange import encode as encode_incoming
from bot.flows.sentences import SENTENCES
from tests.flows.worlds import NOON, Talk, shipped_library, world_of

NUMBER = "7306 0419"
HINT = Said(text="der Wind ist still geworden", distress="self")


@pytest.fixture
def talk() -> Talk:
    """At the first question of the reception."""
    talk = Talk(world_of(shipped_library()))
    talk.do(Started(language="de"))
    return talk


def asks(talk: Talk) -> bool:
    """Whether the question is open that a hint leads to."""
    return talk.state.overlay == "worry"


def test_a_hint_asks_with_the_numbers_first(talk: Talk) -> None:
    """Urgently, gently, and nothing of what was written comes back."""
    turn = talk.do(HINT)
    first = next(effect for effect in turn.effects if isinstance(effect, Send))
    assert first.urgent
    assert any("112" in text for text in talk.texts())
    assert any("116 123" in text for text in talk.texts())
    assert talk.question().text == SENTENCES["worry_self"]["de"]
    assert not any("Wind" in text for text in talk.texts())


def test_lists_go_before_a_hint(talk: Talk) -> None:
    """What the lists know is answered as they say, hint or not, also right after one."""
    talk.do(HINT)
    talk.do(Said(text="ich will nicht mehr leben", distress="self"))
    assert (talk.state.overlay, talk.state.overlay_data) == ("crisis", ("K1",))


@pytest.mark.parametrize(
    ("distress", "said", "crisis"),
    [
        ("self", "ja", "K1"),
        ("self", "ich weiß es nicht", "K2"),
        ("self", "es geht um jemand anderen", "K3"),
        ("others", "ja", "K3"),
        ("others", "ich weiß es nicht", "K3"),
    ],
)
def test_an_answer_leads_to_the_text_of_its_class(talk: Talk, distress: Distress, said: str, crisis: str) -> None:
    """As the person says it themselves."""
    talk.do(Said(text="der Wind", distress=distress))
    talk.do(Said(text=said))
    assert (talk.state.overlay, talk.state.overlay_data) == ("crisis", (crisis,))


def test_a_no_leads_straight_back(talk: Talk) -> None:
    """To the question that was open; the numbers stay."""
    before = talk.question().text
    talk.do(HINT)
    talk.do(Said(text="nein"))
    assert talk.question().text == before
    assert talk.state.overlay == ""


def test_nobody_is_asked_in_circles(talk: Talk) -> None:
    """The next hint is a line beside the answer, for a while; then it is asked again."""
    talk.do(HINT)
    talk.do(Said(text="nein"))
    talk.do(HINT)
    assert not asks(talk)
    assert talk.texts()[0] == SENTENCES["worry_again"]["de"]
    worried = dt.datetime.fromisoformat(talk.state.worried)
    later = msgspec.structs.replace(talk.state, worried=(worried - WORRY_RESTS).isoformat())
    turn = advance(talk.world, later, HINT, NOON)
    assert turn.conversation.overlay == "worry"


def test_whoever_goes_on_writing_so_is_taken_at_their_word(talk: Talk) -> None:
    """A second hint at the question counts; below a crisis text hints say nothing new."""
    talk.do(HINT)
    talk.do(HINT)
    assert (talk.state.overlay, talk.state.overlay_data) == ("crisis", ("K2",))
    talk.do(HINT)
    assert talk.state.overlay == "after_crisis"
    talk.do(HINT)
    assert talk.state.overlay == "after_crisis"


def test_a_choice_is_a_choice(talk: Talk) -> None:
    """A number or a label is what it is, whatever came with it."""
    talk.do(HINT)
    talk.do(Said(text="4", distress="self"))
    assert talk.state.overlay == ""


def test_words_for_a_human_are_not_held_up(talk: Talk) -> None:
    """They reach the case, with a line of numbers beside."""
    until = (NOON + dt.timedelta(hours=2)).isoformat()
    listening = Conversation(language="de", greeted=True, case=NUMBER, human_until=until)
    asked = msgspec.structs.replace(listening, human_until="", overlay="case_message")
    for conversation in (listening, asked):
        effects = advance(talk.world, conversation, HINT, NOON).effects
        assert any(isinstance(one, CaseAct) and one.text == HINT.text for one in effects)
        assert any(isinstance(one, Send) and "116 123" in one.text for one in effects)


def test_a_coordinator_gets_the_numbers_too(talk: Talk) -> None:
    """Where a message is no act and no command."""
    desk = Conversation(language="de", desk=Desk(place="09761000", role="koordination"))
    said = [one.text for one in advance(talk.world, desk, HINT, NOON).effects if isinstance(one, Send)]
    assert any("112" in text for text in said)
    acts = advance(talk.world, desk, Said(text="fälle", distress="self"), NOON).effects
    assert not any(isinstance(one, Send) and "112" in one.text for one in acts)


@pytest.mark.parametrize(("distress", "says"), [("self", "sich etwas anzutun"), ("others", "bei der Person")])
def test_where_the_engine_cannot_be_asked(distress: Distress, says: str) -> None:
    """The static text of the class."""
    send = answer("parked", Said(text="der Wind", distress=distress), "de")
    assert send is not None
    assert says in send.text
    assert "112" in send.text


def test_what_was_stored_before_is_read() -> None:
    """Rows without the new fields: no hint, never asked. With them they come back as they were."""
    assert decode_incoming(b'{"t":"said","text":"hallo"}') == Said(text="hallo")
    assert decode_incoming(encode_incoming(HINT)) == HINT
    assert b"distress" not in encode_incoming(Said(text="hallo"))
    old = msgspec.json.encode(msgspec.json.decode(encode(Conversation(at=Frame("weg", "gefahr"))))[:-1])
    assert decode(old).worried == ""
    assert decode(encode(EMPTY)) == EMPTY

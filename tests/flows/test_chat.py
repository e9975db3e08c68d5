"""What the engine does with small talk that was guessed: it answers, and nothing else changes."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.cases.advancing import advance
from bot.flows.commands import TOPICS
from bot.flows.conversation import Conversation
from bot.flows.exchange import CaseAct, Offered, Said, Started, decode_incoming
from bot.flows.exchange import encode as encode_incoming
from bot.flows.sentences import SENTENCES
from tests.flows.worlds import NOON, Talk, shipped_library, world_of

GUESS = Said(text="na so was Nettes hört man hier selten", chat="dank")
TOLD = (Offered("shitstorm", 0.9),)


@pytest.fixture
def talk() -> Talk:
    """At the first question of the reception."""
    talk = Talk(world_of(shipped_library()))
    talk.do(Started(language="de"))
    return talk


@pytest.mark.parametrize("topic", TOPICS)
def test_it_is_answered_and_the_question_stays(talk: Talk, topic: str) -> None:
    """As the words are that are known for it; whoever takes leave is not asked once more."""
    asked, at = talk.question().text, talk.state.at
    talk.do(Said(text="so etwas in der Art", chat=topic))
    said = [SENTENCES[f"talk_{topic}"]["de"]]
    assert talk.texts() == (said if topic == "abschied" else [*said, asked])
    assert talk.state.at == at


def test_in_the_middle_of_a_playbook(talk: Talk) -> None:
    """The open question is asked again, and nothing counts as an answer to it."""
    talk.do(Said(text="ein Shitstorm", offered=TOLD))
    before = talk.question().text
    talk.do(GUESS)
    assert talk.texts()[0] == SENTENCES["talk_dank"]["de"]
    assert talk.question().text == before


def test_an_answer_goes_before_it(talk: Talk) -> None:
    """A choice of the open question is that choice, whatever it sounds like."""
    talk.do(Said(text="ein Shitstorm", offered=TOLD))
    before = talk.question()
    talk.do(Said(text=before.choices[0].label.lower(), chat="befinden"))
    assert talk.question().text != before.text


def test_a_question_of_the_lotses_own_stays(talk: Talk) -> None:
    """It is asked again; small talk deletes nothing, and is no try that failed."""
    talk.do(Said(text="löschen"))
    asked = talk.question().text
    for _time in range(4):
        talk.do(GUESS)
    assert (talk.state.overlay, talk.question().text) == ("delete", asked)


def test_before_anything_was_said() -> None:
    """The first words may be small talk as well: then the Lotse greets, and asks what happened."""
    guessed, plain = Talk(world_of(shipped_library())), Talk(world_of(shipped_library()))
    guessed.do(Said(text="einen wunderbaren Morgen wünsche ich", chat="gruss"))
    plain.do(Said(text="guten Morgen"))
    assert guessed.texts() == plain.texts()


def test_words_for_a_human_are_never_a_guess() -> None:
    """They reach the case."""
    until = (NOON + dt.timedelta(hours=2)).isoformat()
    listening = Conversation(language="de", greeted=True, case="7306 0419", human_until=until)
    effects = advance(world_of(shipped_library()), listening, GUESS, NOON).effects
    assert any(isinstance(one, CaseAct) and one.text == GUESS.text for one in effects)


def test_stored_messages_without_it_are_read() -> None:
    """Rows from before the field existed; with it they come back as they were."""
    assert decode_incoming(b'{"t":"said","text":"hallo"}').chat == ""  # type: ignore[union-attr]
    assert decode_incoming(encode_incoming(GUESS)) == GUESS
    assert b"chat" not in encode_incoming(Said(text="hallo"))

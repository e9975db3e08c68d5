"""What the engine does with a wish that was guessed: it asks, and only a yes is obeyed."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.cases.advancing import advance
from bot.flows.commands import Command
from bot.flows.conversation import Conversation
from bot.flows.exchange import CaseAct, Offered, Pressed, Said, Send, Started, decode_incoming
from bot.flows.exchange import encode as encode_incoming
from bot.flows.sentences import SENTENCES
from tests.flows.worlds import NOON, Talk, shipped_library, world_of

GUESS = Said(text="mach das mal alles wieder von der Tafel weg", wishes=("loeschen",))
SEVERAL = Said(text="jetzt ist aber wirklich mal gut hier", wishes=("stopp", "abbrechen"))
TOLD = (Offered("shitstorm", 0.9),)


@pytest.fixture
def talk() -> Talk:
    """At the first question of the reception."""
    talk = Talk(world_of(shipped_library()))
    talk.do(Started(language="de"))
    return talk


def labels(talk: Talk) -> list[str]:
    """The choices that are open."""
    return [choice.label for choice in talk.question().choices]


def test_it_is_asked_first_and_nothing_is_done(talk: Talk) -> None:
    """What is said back is the Lotse's own sentence, never the person's."""
    talk.do(GUESS)
    assert SENTENCES["wish_loeschen"]["de"] in talk.question().text
    assert "Tafel" not in "".join(talk.texts())
    assert labels(talk) == ["Ja", "Nein, etwas anderes"]


@pytest.mark.parametrize("command", list(Command))
def test_a_yes_is_what_the_word_is(command: Command) -> None:
    """Each of them does the same, with the same words, as if it had been said plainly."""
    guessed, plain = Talk(world_of(shipped_library())), Talk(world_of(shipped_library()))
    for talk in (guessed, plain):
        talk.do(Started(language="de"))
    guessed.do(Said(text="so etwas in der Art", wishes=(command,)))
    guessed.do(Said(text="ja"))
    plain.do(Said(text=command.value))
    assert guessed.texts() == plain.texts()
    assert guessed.state.overlay == plain.state.overlay


def test_one_of_several_is_chosen(talk: Talk) -> None:
    """By a tap; a bare yes says not which, and answers nothing that lies below."""
    talk.do(SEVERAL)
    assert labels(talk) == ["Keine Nachrichten mehr von mir", "Hier aufhören", "Nein, etwas anderes"]
    talk.do(Said(text="ja"))
    assert talk.state.overlay == "wish"
    talk.do(Pressed(token=talk.state.token, option=0))
    assert talk.state.muted


def test_a_no_goes_on_where_it_stood(talk: Talk) -> None:
    """Also in another language, and not through the answer to the question below."""
    before = talk.question().text
    for said in ("nein", "no", "hayır"):
        talk.do(SEVERAL)
        talk.do(Said(text=said))
        assert (talk.state.overlay, talk.question().text) == ("", before)


def test_what_was_told_is_not_lost(talk: Talk) -> None:
    """After a no at the reception it goes on with what the words may have told."""
    first = talk.question().text
    talk.do(Said(text="hört auf mit den Kommentaren", wishes=("stopp",), offered=TOLD))
    talk.do(Said(text="nein"))
    assert talk.state.offered == ("shitstorm",)
    assert talk.question().text != first


def test_before_anything_was_said() -> None:
    """The first words may be a wish as well; after a no what they told is greeted and kept."""
    talk = Talk(world_of(shipped_library()))
    talk.do(Said(text="hört auf mit den Kommentaren", wishes=("stopp",), offered=TOLD))
    assert talk.state.overlay == "wish"
    talk.do(Said(text="nein"))
    assert talk.state.greeted
    assert talk.state.offered == ("shitstorm",)


def test_an_answer_goes_before_a_guess(talk: Talk) -> None:
    """A choice of the open question is that choice, whatever it sounds like."""
    talk.do(Said(text="ein Shitstorm", offered=TOLD))
    asked = talk.question()
    talk.do(Said(text=asked.choices[0].label.lower(), wishes=("stopp",)))
    assert talk.state.overlay != "wish"


def test_other_words_are_for_the_question_below(talk: Talk) -> None:
    """Nobody is asked twice in a row, and nobody is held up."""
    talk.do(GUESS)
    talk.do(Said(text="mein Name steht im Netz", offered=TOLD, wishes=("daten",)))
    assert talk.state.overlay != "wish"
    assert talk.state.offered == ("shitstorm",)


def test_it_lies_over_what_lay_there(talk: Talk) -> None:
    """A question of the Lotse's own lies there again after a no."""
    talk.do(Said(text="löschen"))
    asked = talk.question().text
    talk.do(Said(text="wo bin ich denn jetzt gelandet", wishes=("status",)))
    assert talk.state.overlay == "wish"
    talk.do(Said(text="nein"))
    assert (talk.state.overlay, talk.question().text) == ("delete", asked)


def test_emergency_numbers_stand_in_the_question(talk: Talk) -> None:
    """Whoever may need them does not have to say yes first."""
    talk.do(Said(text="wen hol ich jetzt bloß schnell her", wishes=("notruf",)))
    assert "110" in talk.question().text
    assert "112" in talk.question().text


def test_words_for_a_human_are_never_a_guess() -> None:
    """They reach the case."""
    until = (NOON + dt.timedelta(hours=2)).isoformat()
    listening = Conversation(language="de", greeted=True, case="7306 0419", human_until=until)
    asked = Conversation(language="de", greeted=True, case="7306 0419", overlay="case_message")
    world = world_of(shipped_library())
    for conversation in (listening, asked):
        effects = advance(world, conversation, SEVERAL, NOON).effects
        assert any(isinstance(one, CaseAct) and one.text == SEVERAL.text for one in effects)


def test_stored_messages_without_it_are_read() -> None:
    """Rows from before the field existed; with it they come back as they were."""
    assert decode_incoming(b'{"t":"said","text":"hallo"}').wishes == ()  # type: ignore[union-attr]
    assert decode_incoming(encode_incoming(SEVERAL)) == SEVERAL
    assert b"wishes" not in encode_incoming(Said(text="hallo"))


def test_nothing_is_guessed_while_a_conversation_is_on_its_way() -> None:
    """What a yes would begin is replaced by what comes: the question stays, whatever the words may wish for."""
    coming = Conversation(language="de", greeted=True, arriving=True, overlay="delete")
    after = advance(world_of(shipped_library()), coming, Said(text="ganz von Anfang bitte", wishes=("neu",)), NOON)
    assert after.conversation.overlay == "delete"


def test_whoever_tells_of_danger_sees_the_numbers_at_once(talk: Talk) -> None:
    """And loses nothing: the reception asks whether they are in danger anyway, and goes on with what was told."""
    talk.do(Said(text="der schlägt grad alles kurz und klein", wishes=("notruf",), offered=TOLD))
    assert talk.texts()[0] == SENTENCES["wish_danger"]["de"]
    assert talk.state.offered == ("shitstorm",)
    assert talk.state.overlay == ""


def test_danger_in_the_middle_of_a_playbook(talk: Talk) -> None:
    """There nothing asks it anyway: the question has the numbers in it, and is about the danger."""
    talk.do(Said(text="ein Shitstorm", offered=TOLD))
    talk.do(Said(text="jetzt treten die hier die Scheiben ein", wishes=("notruf",)))
    assert talk.state.overlay == "wish"
    assert talk.question().text.splitlines() == [SENTENCES["wish_danger"]["de"], SENTENCES["wish_in_danger"]["de"]]


def test_danger_before_the_question_whether_to_go_on_here() -> None:
    """Numbers depend on no consent, and what was told is taken as told."""
    asked = Conversation(language="de", overlay="consent")
    said = Said(text="der schlägt grad alles kurz und klein", wishes=("notruf",), offered=TOLD)
    after = advance(world_of(shipped_library()), asked, said, NOON)
    assert next(one.text for one in after.effects if isinstance(one, Send)) == SENTENCES["wish_danger"]["de"]
    assert after.conversation.offered == ("shitstorm",)

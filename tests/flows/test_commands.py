"""Words that the bot obeys, politely asked for or not, and small talk; and what is neither."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.flows.commands import (
    Command,
    has_little_german,
    named_language,
    recognise,
    recognise_sentence,
    recognise_word,
    smalltalk,
)
from bot.flows.crisis import scan
from bot.flows.reading import fold
from bot.flows.words.command_words import SENTENCES, WORDS
from bot.flows.words.phrases import LONGEST_PHRASE, PhraseBook
from bot.flows.words.smalltalk_words import PHRASES
from tests.flows.sentences import load, ordinary, sample

TOPICS = ("abschied", "gruss", "dank", "mensch_frage", "wer_bist_du", "befinden", "tadel")
DATA = load("commands.yaml")
STOPPING = {Command.ABBRECHEN, Command.STOPP, Command.LOESCHEN}
HELPING = {Command.HILFE, Command.SPRACHE, Command.NOTRUF, Command.DATEN, Command.MENSCH, Command.STATUS}


def rows(part: str) -> list[tuple[str, str]]:
    """One part of data/commands.yaml as (text, meaning)."""
    return [(str(text), meaning) for meaning, texts in DATA[part].items() for text in texts]


def test_the_ids_are_those_of_the_shared_page() -> None:
    """decisions.md names them; every one has words."""
    assert [str(command) for command in Command] == (
        "hilfe abbrechen stopp neu zurueck aendern wiederholen ueberspringen notruf mensch status loeschen sprache"
        " daten vorgang protokoll umziehen"
    ).split()
    assert set(WORDS) == set(Command)
    assert set(SENTENCES) <= set(Command)
    assert set(PHRASES) == set(TOPICS)


@pytest.mark.parametrize(("text", "meaning"), rows("words"))
def test_a_bare_word_is_a_command(text: str, meaning: str) -> None:
    """With or without a slash, capital letters, a typo in a long word, in six languages."""
    assert recognise_word(fold(text)) == Command(meaning)


@pytest.mark.parametrize(("text", "meaning"), rows("sentences"))
def test_a_polite_sentence_is_a_command(text: str, meaning: str) -> None:
    """A whole message that asks for it, and that is no crisis."""
    assert recognise(fold(text)) == Command(meaning)
    assert scan(fold(text)) is None


@pytest.mark.parametrize(("text", "topic"), rows("smalltalk"))
def test_small_talk(text: str, topic: str) -> None:
    """A greeting, thanks, questions about the bot: a topic, and no command."""
    assert smalltalk(fold(text)) == topic
    assert recognise(fold(text)) is None


@pytest.mark.parametrize("text", DATA["neither"])
def test_what_tells_a_story_is_no_command(text: str) -> None:
    """A command word inside a sentence about something else is none, nor is a word one letter beside it."""
    assert recognise(fold(text)) is None
    assert smalltalk(fold(text)) is None


@pytest.mark.parametrize("text", [text for text, _ in rows("sentences") if recognise_word(fold(text)) is None])
def test_polite_sentences_are_left_to_answers_in_own_words(text: str) -> None:
    """At a question for own words the strict form is asked, which takes no sentence."""
    assert recognise_word(fold(text)) is None
    assert recognise_sentence(fold(text)) is not None


def test_what_people_tell_is_seldom_a_command() -> None:
    """Of our ordinary sentences and examples at most 2 of 100; they are named."""
    told = ordinary() + [text for given in load("utterances.yaml").values() for text in given["utterances"]]
    taken = [text for text in told if recognise(fold(text)) or smalltalk(fold(text))]
    assert len(taken) <= 0.02 * len(told), taken


def test_the_rows_of_the_sample() -> None:
    """Rows of hilfe and abbrechen are commands of their kind, smalltalk has a topic, and no other row is a command."""
    for text, label in sample():
        command, topic = recognise(fold(text)), smalltalk(fold(text))
        if label == "hilfe":
            assert command in HELPING, text
        elif label == "abbrechen":
            assert command in STOPPING, text
        elif label == "smalltalk":
            assert topic in TOPICS, text
            assert command is None, text
        else:
            assert (command, topic) == (None, None), text


@pytest.mark.parametrize("text", ["abbrechn", "abrechen", "notruff", "wiederholn", "hilfee"])
def test_typos_can_be_switched_off(text: str) -> None:
    """Without typos only the exact word counts."""
    assert recognise_word(fold(text)) is not None
    assert recognise_word(fold(text), typos=False) is None


@pytest.mark.parametrize("text", ["stpp", "ne", "neus", "taten", "raten", "laendern", "stat", "sprueche", "hallo", ""])
def test_short_and_neighbouring_words_are_no_typos(text: str) -> None:
    """Four letters must be right, the first letter too, and real words stay what they are."""
    assert recognise_word(text) is None


def test_every_word_names_one_command() -> None:
    """No word stands for two commands."""
    listed = [(fold(word), command) for command, words in WORDS.items() for word in words.split(",")]
    assert len({word for word, _ in listed}) == len(dict(listed))
    named: dict[str, str] = {}
    for word, command in listed:
        assert named.setdefault(word, command) == command, word


@given(st.text(st.characters(codec=None, exclude_categories=()), max_size=120))
def test_nothing_raises(text: str) -> None:
    """Any text is a command or none, a topic or none."""
    for folded in (text, fold(text)):
        assert recognise(folded) in (None, *Command)
        assert smalltalk(folded) in (None, *TOPICS)


def test_the_notation_of_phrases() -> None:
    """All words must occur, alternatives and optional words are explained, anything else refuses the message."""
    book = PhraseBook(
        {
            "tee": """
                tee|kaffee kochen
                ? stark
                noch einen
            """,
            "ruhe": "ruhe",
        },
        ("bitte", "jetzt"),
    )
    said = {
        "bitte tee kochen": "tee",
        "kaffee kochen stark": "tee",
        "tee": None,
        "tee kochen morgen": None,
        "noch einen bitte": "tee",
        "tee kochen ruhe": "tee",
        "jetzt ruhe": "ruhe",
        "bitte": None,
        "": None,
        " ".join(["ruhe"] * (LONGEST_PHRASE + 1)): None,
    }
    assert {text: book.find(tuple(text.split())) for text in said} == said


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("einfache Sprache bitte", "de-simple"),
        ("Leichte Sprache", "de-simple"),
        ("easy German", "de-simple"),
        ("in English please", "en"),
        ("auf deutsch", "de"),
        ("sprache", None),
        ("ich spreche kein deutsch", None),
    ],
)
def test_a_language_that_is_named_is_the_one_that_is_meant(text: str, code: str | None) -> None:
    """Nobody is asked which one who has just said it; the one somebody does not speak is not it."""
    assert recognise(fold(text)) is Command.SPRACHE
    assert named_language(fold(text)) == code


@pytest.mark.parametrize(
    ("text", "little"),
    [
        ("ich nix gut deutsch. mann mich spucken", True),
        ("Mein Deutsch ist schlecht, Entschuldigung", True),
        ("sorry my german is not good, they threaten me", True),
        ("Er hat gesagt: du kannst kein Deutsch", False),
        ("Ich wurde beschimpft, er sagte: sprich Deutsch", False),
        ("Ich unterrichte Deutsch für Geflüchtete und werde bedroht", False),
    ],
)
def test_little_german_is_said_of_oneself(text: str, little: bool) -> None:
    """What people were told about their German is no reason to offer them simple words."""
    assert has_little_german(fold(text)) is little

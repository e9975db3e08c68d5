"""What is heard of small talk beside the words that are known for it: from examples, one file for each topic.

How often it is right on sentences nobody has seen says docs/matching.md; the thresholds here stand a little below.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.flows.commands import TOPICS, smalltalk
from bot.flows.reading import fold
from bot.flows.sentences import SENTENCES
from bot.understanding.asides import CHATTING, Asides
from bot.understanding.utterances import CHAT, CHATS, UNCLEAR
from tests.flows.sentences import sample
from tests.understanding.examples import CRISES, chat, concern, kept_apart, matcher, spoken

MATCHER = matcher()
SETS = ("wishes_second", "wishes_third", "kinds")
TALK = [row for name in SETS for row in kept_apart(name) if row.label == "smalltalk"]


def test_nothing_of_the_judges_is_shipped() -> None:
    """No sentence of the sets kept apart, nor of the shared sample, stands among the examples."""
    shipped = {text for name in CHATS for text in spoken().files[name].sentences}
    assert not shipped & {row.text for row in TALK}
    assert not shipped & {text for text, _label in sample()}


@pytest.mark.parametrize("topic", TOPICS)
def test_each_topic_has_examples_and_an_answer(topic: str) -> None:
    """In every language that people write, and that the Lotse speaks."""
    assert {"de", "de-simple", "en", "tr", "ar", "ru", "uk"} <= spoken().files[CHAT + topic].utterances.keys()
    assert {"de", "en", "de-simple"} <= SENTENCES[f"talk_{topic}"].keys()


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("danke, das war wirklich lieb erklärt", "dank"),
        ("tippt da einer oder ist das ein Automat?", "mensch_frage"),
        ("na dann gute nacht und bis morgen früh", "abschied"),
        ("so ein dummer Blechkasten bist du", "tadel"),
        ("hope your day is going well", "befinden"),
        ("sana bir fıkra anlat desem", "wer_bist_du"),
    ],
)
def test_what_is_heard(text: str, topic: str) -> None:
    """Words that no list knows."""
    assert smalltalk(fold(text)) is None
    assert MATCHER.match(text).smalltalk == topic


def test_of_the_sets_kept_apart() -> None:
    """At least 8 in 10 are taken for small talk; of crises none, of vague and ordinary sentences hardly any."""
    assert sum(MATCHER.match(row.text).kind == "smalltalk" for row in TALK) >= 0.8 * len(TALK)
    for name in ("crisis_fifth", "crisis_sixth", "crisis_seventh"):
        crises = [row.text for row in kept_apart(name) if row.label in CRISES[:3]]
        assert not any(MATCHER.match(text).kind == "smalltalk" for text in crises)
    others = [*spoken().files[UNCLEAR].sentences, *(row.text for row in kept_apart("oblique"))]
    assert sum(bool(MATCHER.hear_aside(text).topic) for text in others) <= 0.01 * len(others)


def test_an_example_counts() -> None:
    """What a coordinator adds is heard, where it was not before."""
    odd = "Das Murmeltier gähnt im Schrank"
    assert MATCHER.hear_aside(odd).topic == ""
    heard = Asides(CHATTING, [*concern().examples[::4], (CHAT + "befinden", odd)]).hear(odd)
    assert heard[0][0] == "befinden"


@given(st.text(max_size=300))
def test_it_never_raises(text: str) -> None:
    """And names a topic that has an answer."""
    assert all(name in TOPICS for name, _share in chat().hear(text))

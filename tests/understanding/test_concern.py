"""What is heard of distress beside the word lists: from examples, alike every time, and never in place of them.

How often it is right on sentences nobody has seen says docs/matching.md; the thresholds here stand a little below.
"""

from __future__ import annotations

import timeit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.files import Files
from bot.flows.crisis import scan_text
from bot.settings import read_settings
from bot.understanding.concern import LONGEST_HEAD, Concern
from bot.understanding.linear import Separation
from bot.understanding.matching import Matcher
from bot.understanding.meaning import Encoder
from bot.understanding.utterances import NEITHER, OTHERS, SELF
from tests.flows.sentences import sample
from tests.understanding.examples import (
    concern,
    distress_left_out,
    kept_apart,
    known_crises,
    matcher,
    spoken,
)

NEW = ("crisis_fifth", "crisis_sixth", "crisis_seventh")
MATCHER = matcher()
SETS = (*known_crises(), *(row for name in NEW for row in kept_apart(name)))


def test_nothing_of_the_judges_is_shipped() -> None:
    """No sentence of the sets kept apart, nor of the shared sample, stands among the examples."""
    shipped = {text for one in spoken().files.values() for text in one.sentences}
    assert not shipped & {row.text for row in SETS}
    assert not {text for label, text in concern().examples if label in {SELF, OTHERS}} & {text for text, _ in sample()}


def test_what_runs_is_what_is_judged() -> None:
    """The service learns from the same examples, whole files of them, as the matcher that is judged here."""
    running = Files(read_settings({}), checked=False).worlds.matcher
    assert running.concern.examples == running.wishes.examples == concern().examples


def test_there_are_examples_in_every_language() -> None:
    """Of each kind, German, English, Turkish, Arabic, Russian, Ukrainian and Einfache Sprache."""
    for name in (SELF, OTHERS, NEITHER):
        assert {"de", "de-simple", "en", "tr", "ar", "ru", "uk"} <= spoken().files[name].utterances.keys()
    assert len(spoken().files[SELF].sentences) >= 1_000


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("hier hält mich nichts mehr", "self"),
        ("ihr seid mich bald los", "self"),
        ("I don't trust myself alone tonight", "self"),
        ("Die Praktikantin hat frische Schnitte an den Armen", "others"),
        ("Gestern war Sitzung. Viele haben geschrien. Hier hält mich nichts mehr.", "self"),
        ("Ich bin so wütend auf den Chef", ""),
        ("nicht gut", ""),
        ("in der Bahnhofstraße", ""),
        ("ja", ""),
        ("", ""),
        ("Ich will mich umbringen", ""),  # the lists say so already
        ("ich will aufhören", ""),  # a command
        ("danke", ""),
    ],
)
def test_what_is_heard(text: str, heard: str) -> None:
    """Of whoever writes, of somebody else, one sentence among others; anger and answers are none."""
    assert MATCHER.hear(text) == heard


@pytest.mark.parametrize(("text", "kind"), [("hier hält mich nichts mehr", "crisis"), ("Drohbrief", "playbook")])
def test_it_is_a_kind_of_match(text: str, kind: str) -> None:
    """`lotse match` says crisis whether the lists or what was learned say so; beside that the playbooks are found."""
    assert MATCHER.match(text).kind == kind
    assert MATCHER.match_beside(text).kind != "crisis"


def test_lists_and_what_was_learned_together() -> None:
    """Of the sets kept apart: at least 95 in 100 crises; at most 5 in 100 ordinary ones are called one."""
    crises = [row.text for row in SETS if row.label in {"K1", "K2", "K3"}]
    ordinary = [row.text for row in SETS if row.label == "ordinary"]
    missed = [text for text in crises if MATCHER.match(text).kind != "crisis"]
    wrong = [text for text in ordinary if MATCHER.match(text).kind == "crisis"]
    assert len(missed) <= 0.05 * len(crises), missed
    assert len(wrong) <= 0.05 * len(ordinary), wrong


@pytest.mark.slow
def test_examples_that_were_left_out() -> None:
    """With four fifths of the examples it hears most crises of the rest that the lists do not know.

    Of sentences of playbooks at most 3 in 100 are called one.
    """
    heard, rows = distress_left_out(5, 1)
    judge = Matcher((), concern=heard)
    unknown = [row.text for row in rows if row.label in {SELF, OTHERS} and scan_text(row.text) is None]
    playbooks = [row.text for row in rows if row.label == NEITHER and row.text not in spoken().files[NEITHER].sentences]
    assert sum(bool(judge.hear(text)) for text in unknown) >= 0.65 * len(unknown)
    assert sum(bool(judge.hear(text)) for text in playbooks) <= 0.03 * len(playbooks)


def test_without_examples_nothing_is_heard() -> None:
    """Files that are missing leave the lists alone."""
    assert Concern().hear("hier hält mich nichts mehr") == ""
    assert Concern([(NEITHER, "Der Zaun ist kaputt")]).hear("hier hält mich nichts mehr") == ""
    assert Matcher(()).match("Ich will mich umbringen").kind == "crisis"


def test_an_example_counts() -> None:
    """What a coordinator adds is heard, where it was not before."""
    odd = "Die Wendeltreppe ruft mich leise hinab"
    assert MATCHER.hear(odd) == ""
    assert Concern([*concern().examples, (SELF, odd)]).hear(odd) == "self"


def test_it_is_deterministic() -> None:
    """Trained twice from the same examples it says the same."""
    once, again = Concern(concern().examples[::4]), Concern(concern().examples[::4])
    assert [once.weigh(row.text) for row in SETS[::9]] == [again.weigh(row.text) for row in SETS[::9]]


@given(st.text(st.characters(codec=None, exclude_categories=()), max_size=200))
def test_hearing_never_raises(text: str) -> None:
    """Any text is one of three."""
    assert concern().hear(text) in {"", "self", "others"}


def test_a_long_story_is_heard_to_its_end() -> None:
    """What stands last is looked at, however long it was before, and soon answered."""
    story = "Das Wetter war schön. " * (2 * LONGEST_HEAD // 20) + "Hier hält mich nichts mehr."
    assert MATCHER.hear(story) == "self"
    assert min(timeit.repeat(lambda: MATCHER.hear(story), number=1, repeat=3)) < 0.15


def test_meaning_is_looked_at_where_it_is_switched_on() -> None:
    """It only adds: what letters hear is heard with it too."""
    if not Encoder.is_installed():
        pytest.skip("the extra embeddings is not installed")
    some = [one for place, one in enumerate(concern().examples) if place % 12 == 0]
    letters, both = Concern(some), Concern(some, encoder=Encoder())
    both.prepare()
    texts = [row.text for row in SETS]
    light, meant = [letters.hear(text) for text in texts], [both.hear(text) for text in texts]
    assert all(b == a for a, b in zip(light, meant, strict=True) if a)
    assert sum(map(bool, meant)) > sum(map(bool, light))


def test_a_separation_of_two_kinds() -> None:
    """What is typical of each side speaks for it; what stands in no example says nothing."""
    apart = Separation.learn([(("rot", "rund"), True), (("rot",), True), (("blau", "rund"), False), (("blau",), False)])
    assert apart.judge(("rot",)) > 0 > apart.judge(("blau",))
    assert apart.judge(("rot", "eckig", "schwer")) < apart.judge(("rot",))

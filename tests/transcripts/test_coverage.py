"""What the transcripts must pass: every ending, nearly every step, every language, and every kind of step."""

from collections import Counter
from typing import get_args

import pytest

from bot.flows.sentences import LANGUAGES
from bot.flows.steps import AnyStep
from tests.transcripts.coverage import Played, Step, lines, play_all


@pytest.fixture(scope="module")
def played() -> Played:
    """Everything that the transcripts pass."""
    return play_all()


@pytest.fixture(scope="module")
def passed(played: Played) -> set[Step]:
    """Every step that some transcript passes."""
    return played.steps


def test_every_ending_has_a_transcript(passed: set[Step]) -> None:
    """Each `end` of each playbook that a person is led to, and of the check-in."""
    missing = [
        f"{where}: no transcript ends with {step[1]!r}. Hold the talk with `lotse talk`, then `:protokoll FILE`."
        for step, (kind, type_, where) in sorted(lines().items())
        if kind == "end" and type_ in ("vorfall", "nachfrage") and step not in passed
    ]
    assert not missing, "\n" + "\n".join(missing)


def test_nearly_every_step_has_a_transcript(passed: set[Step]) -> None:
    """At least nine of ten steps of every file, so that no corner goes unread."""
    steps = lines()
    missing: dict[str, list[str]] = {}
    for step, (_, _, where) in sorted(steps.items()):
        if step not in passed:
            missing.setdefault(step[0], []).append(f"{where}: no transcript passes {step[1]!r}.")
    counts = Counter(file for file, _ in steps)
    short = [line for file, found in missing.items() if len(found) * 10 > counts[file] for line in found]
    assert not short, "\n" + "\n".join(short)


def test_every_playbook_is_read_to_its_end_in_every_language(played: Played) -> None:
    """A translation that nobody has read from the first word to the last is a translation that nobody knows."""
    files = {file for (file, _), (_, type_, _) in lines().items() if type_ in ("vorfall", "nachfrage")}
    assert {(file, language) for file in files for language in LANGUAGES} - played.ended == set()


def test_every_kind_of_step_has_a_transcript(passed: set[Step]) -> None:
    """A kind that no transcript shows is a kind that nobody has seen in a talk."""
    shown = {kind for step, (kind, _, _) in lines().items() if step in passed}
    union = get_args(get_args(AnyStep)[0])
    kinds = {get_args(kind.model_fields["kind"].annotation)[0] for kind in union}
    assert kinds - shown == set()

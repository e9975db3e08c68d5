"""What the transcripts must pass: every ending, nearly every step, every language, and every kind of step."""

from typing import get_args

import pytest

from bot.flows.sentences import LANGUAGES
from bot.flows.steps import AnyStep
from tests.transcripts.coverage import Played, Step, lines, play_all, report


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
        for step, where in sorted(lines().items())
        if where.kind == "end" and where.type in ("vorfall", "nachfrage") and step not in passed
    ]
    assert not missing, "\n" + "\n".join(missing)


def test_every_step_has_a_transcript(passed: set[Step]) -> None:
    """Every step of every file, so that no corner goes unread; what a municipality has of its own too."""
    missing = [f"{where}: no transcript passes {step[1]!r}." for step, where in lines().items() if step not in passed]
    assert not missing, "\n" + "\n".join(missing)


def test_report_names_each_step_that_is_not_passed() -> None:
    """With its line, and the share of its file and of all."""
    steps = lines()
    left_out = next(iter(steps))
    said = report(steps.keys() - {left_out}).splitlines()
    assert said[0] == f"{steps[left_out]}: {left_out[1]}"
    assert said[-1].split()[:3] == [str(len(steps) - 1), "von", str(len(steps))]
    assert report(set(steps)).splitlines()[-1].split()[4] == "100.0"


def test_every_playbook_is_read_to_its_end_in_every_language(played: Played) -> None:
    """A translation that nobody has read from the first word to the last is a translation that nobody knows."""
    files = {file for (file, _), where in lines().items() if where.type in ("vorfall", "nachfrage")}
    assert {(file, language) for file in files for language in LANGUAGES} - played.ended == set()


def test_every_kind_of_step_has_a_transcript(passed: set[Step]) -> None:
    """A kind that no transcript shows is a kind that nobody has seen in a talk."""
    shown = {where.kind for step, where in lines().items() if step in passed}
    union = get_args(get_args(AnyStep)[0])
    kinds = {get_args(kind.model_fields["kind"].annotation)[0] for kind in union}
    assert kinds - shown == set()

"""What the transcripts must pass: every ending, and every kind of step."""

from typing import get_args

import pytest

from bot.flows.steps import AnyStep
from tests.transcripts.coverage import Step, lines, passed_steps


@pytest.fixture(scope="module")
def passed() -> set[Step]:
    """Every step that some transcript passes."""
    return passed_steps()


def test_every_ending_has_a_transcript(passed: set[Step]) -> None:
    """Each `end` of each playbook that a person is led to, and of the check-in."""
    missing = [
        f"{where}: no transcript ends with {step[1]!r}. Hold the talk with `lotse talk`, then `:protokoll FILE`."
        for step, (kind, type_, where) in sorted(lines().items())
        if kind == "end" and type_ in ("vorfall", "nachfrage") and step not in passed
    ]
    assert not missing, "\n" + "\n".join(missing)


def test_every_kind_of_step_has_a_transcript(passed: set[Step]) -> None:
    """A kind that no transcript shows is a kind that nobody has seen in a talk."""
    shown = {kind for step, (kind, _, _) in lines().items() if step in passed}
    union = get_args(get_args(AnyStep)[0])
    kinds = {get_args(kind.model_fields["kind"].annotation)[0] for kind in union}
    assert kinds - shown == set()

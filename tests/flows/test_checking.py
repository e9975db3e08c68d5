"""The check finds each seeded mistake at its line, and nothing in files that are good."""

from __future__ import annotations

import pytest

from bot.alliance.kinds import KINDS
from bot.documents import Problem
from bot.flows.checking import check
from bot.flows.loading import load
from tests.flows.mistakes import Mistake, good_files, mistakes

MISTAKES = mistakes()


def find(files: dict[str, bytes]) -> list[Problem]:
    """Everything that loading and checking say about these files."""
    loaded = load(files)
    return [*loaded.problems, *check(loaded, contact_kinds=frozenset(KINDS))]


def test_good_files_have_no_problem() -> None:
    """Nothing is said about files in which nothing is wrong, not even a warning."""
    assert find(good_files()) == []


@pytest.mark.parametrize("mistake", MISTAKES, ids=[mistake.what for mistake in MISTAKES])
def test_mistake_is_found(mistake: Mistake) -> None:
    """A seeded mistake is found with its code, severity and line, and says what helps."""
    problems = find(mistake.files)
    said = "\n".join(str(problem) for problem in problems)
    found = [
        problem
        for problem in problems
        if (problem.file, problem.line, problem.code) == (mistake.file, mistake.line, mistake.code)
    ]
    assert found, f"{mistake.code} is not found on line {mistake.line}, only:\n{said}"
    assert found[0].severity == mistake.severity
    assert mistake.says in str(found[0]), said
    if not mistake.more:
        others = {problem for problem in problems if problem.severity == "error" and problem not in found}
        assert not others, said


def test_mistakes_are_many_and_different() -> None:
    """At least forty mistakes, each of another kind or in another place."""
    assert len(MISTAKES) >= 40
    assert len({(mistake.what) for mistake in MISTAKES}) == len(MISTAKES)

"""The tables of docs/matching.md are those of the last benchmark of matching that was kept."""

from __future__ import annotations

import re

import pytest

from bench import report, understood
from tests.docs.pages import ROOT

PAGE = ROOT / "docs" / "matching.md"
_FIGURES = re.compile(r"(<!-- figures[^>]*-->\n)(.*?)(<!-- end of figures -->)", re.DOTALL)


def test_figures_are_those_that_were_kept(request: pytest.FixtureRequest) -> None:
    """Written by `pytest tests/docs --update`, never by hand."""
    text = PAGE.read_text(encoding="utf-8")
    tables = understood.render(report.read(understood.FIGURES))
    written = _FIGURES.sub(lambda found: f"{found[1]}\n{tables}\n{found[3]}", text)
    if written != text and request.config.getoption("--update"):
        PAGE.write_text(written, encoding="utf-8")
        return
    assert written == text, "the figures are out of date; `pytest tests/docs --update` writes them anew"


def test_every_goal_was_measured() -> None:
    """A goal without a figure would be missing from the page in silence."""
    figures = report.read(understood.FIGURES)
    assert [goal.what for goal in understood.GOALS if goal.key not in figures.get(goal.figure, {})] == []

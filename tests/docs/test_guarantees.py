"""What is promised is proven: each promise names its tests, and what was measured stands there as it was kept."""

from __future__ import annotations

import re

import pytest

from tests.docs.pages import ROOT, rows
from tests.faults import report

PAGE = ROOT / "docs" / "guarantees.md"
_FIGURES = re.compile(r"(<!-- figures[^>]*-->\n)(.*?)(<!-- end of figures -->)", re.DOTALL)
_INTRODUCTION = """
## Measured

Random kills of the running service, with talks going on; afterwards an auditor compares what people sent, what arrived,
and the books.

"""


def test_every_promise_names_its_tests() -> None:
    """A promise without a test is not on the page."""
    table = rows(PAGE, "Which test proves it")
    assert table
    for promise, proofs in table:
        assert re.search(r"`tests/[\w/]+\.py::test_\w+`", proofs), promise


def test_figures_are_those_that_were_kept(request: pytest.FixtureRequest) -> None:
    """The table of the last fault runs is the one in docs/figures; without figures there is no table."""
    runs = report.read()
    wanted = f"{_INTRODUCTION}{report.render(runs)}\n" if runs else ""
    text = PAGE.read_text(encoding="utf-8")
    written = _FIGURES.sub(lambda found: f"{found[1]}{wanted}{found[3]}", text)
    if written != text and request.config.getoption("--update"):
        PAGE.write_text(written, encoding="utf-8")
        return
    assert written == text, "the figures are out of date; `pytest tests/docs --update` writes them anew"

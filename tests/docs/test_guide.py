"""The pages about the playbooks are current: pictures, overview, and how far it is to help."""

from __future__ import annotations

import pytest

from bot.guide import MADE, pages
from bot.settings import read_settings
from bot.shelf import read_tree
from tests.docs.pages import ROOT

FOLDER = ROOT / "docs" / "playbooks"


def test_pages_are_current(request: pytest.FixtureRequest) -> None:
    """Each page reads as the files would have it, and there is none too many."""
    written = pages(read_tree(read_settings({}).playbooks))
    there = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md")}
    old = sorted(name for name in written.keys() | there.keys() if written.get(name) != there.get(name))
    if old and request.config.getoption("--update", default=False):
        for name in old:
            if name in written:
                (FOLDER / name).write_text(written[name], encoding="utf-8")
            else:
                (FOLDER / name).unlink()
        return
    assert not old, f"out of date: {', '.join(old)}; `make diagram` writes them anew"


def test_pages_say_that_they_are_made() -> None:
    """Whoever opens one knows that an edit by hand would be lost, and how to make it anew."""
    assert all(MADE in path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md"))

"""The decisions name what there is: each has its row, each library its reason."""

from __future__ import annotations

import re
import tomllib

from tests.docs.pages import ROOT, headings, rows

DECISIONS = ROOT / "docs" / "decisions"


def test_every_decision_is_in_the_index() -> None:
    """The index lists every page, in order, and each page begins with its number."""
    listed = re.findall(r"\]\(([0-9]{4}[^)]*)\)", (DECISIONS / "index.md").read_text(encoding="utf-8"))
    files = sorted(path.name for path in DECISIONS.glob("[0-9]*.md"))
    assert listed == files
    for name in files:
        assert headings(DECISIONS / name)[0].startswith(f"{name[:4]} ")


def test_every_library_has_its_reason() -> None:
    """Whoever adds a dependency says why it is this one."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = {re.split(r"[\[<>=;~ ]", line, maxsplit=1)[0] for line in project["dependencies"]}
    told = {row[0].strip("`") for row in rows(DECISIONS / "0008-pinned-dependencies.md", "0008 Pinned dependencies")}
    assert told == needed

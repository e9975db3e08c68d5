"""Every page names only what exists: links, commands, settings, files, tests."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from bot.adapters import terminal_words
from bot.settings import PREFIX, SECRETS, Settings
from tests.docs import commands
from tests.docs.pages import ROOT, Block, all_blocks, anchor, blocks, codes, headings, links, pages

MARKS = {
    "yaml": ("leitfaden", "schritte", "fehler", "bedingungen", "ansprechstellen", "protokoll", ""),
    "text": ("gespraech", "befund", "hilfe", "auszug", "vorgang", "abdeckung", "schema"),
    "mermaid": ("",),
    "toml": ("lotse",),
    "console": ("",),
}
FOLDERS = ("bot", "tests", "playbooks", "docs", "bench", "requirements", ".ci")


def _each(name: str = "page") -> pytest.MarkDecorator:
    return pytest.mark.parametrize(name, pages(), ids=lambda page: str(page.relative_to(ROOT)))


@_each()
def test_links_lead_somewhere(page: Path) -> None:
    """Every relative link leads to a file that is there, and to a heading that is in it."""
    broken = []
    for line, target in links(page):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, heading = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        if not file.exists() or (heading and file.suffix == ".md" and heading not in map(anchor, headings(file))):
            broken.append(f"{page.name}:{line}: {target}")
    assert not broken, "\n".join(broken)


@_each()
def test_headings_lead_to_one_place(page: Path) -> None:
    """No two headings of a page have the same anchor, and each page begins with its title."""
    anchors = list(map(anchor, headings(page)))
    assert len(anchors) == len(set(anchors))
    assert page.read_text(encoding="utf-8").startswith("# ")


@_each()
def test_blocks_are_closed_and_marked(page: Path) -> None:
    """Every block has a language and a mark that the tests know: an example that nothing looks at will rot."""
    text = page.read_text(encoding="utf-8")
    assert text.count("\n```") == 2 * len(blocks(page))
    for block in blocks(page):
        language, _, mark = block.info.partition(" ")
        assert mark.partition(" ")[0] in MARKS.get(language, ()), f"{block.name}: {block.info}"


@_each()
def test_named_commands_exist(page: Path) -> None:
    """No line speaks of a command, an option or a make target that is not there."""
    wrong = [f"{page.name}:{line}: {code}: {why}" for line, code in codes(page) if (why := _wrong_command(code))]
    assert not wrong, "\n".join(wrong)


def _wrong_command(code: str) -> str:
    if re.match(r"(?:lotse|make|\.venv/bin/lotse) ", code) and code.count('"') % 2 == 0:
        return commands.wrong(code)
    if re.fullmatch(r":[a-zä-ü]+(?: .*)?", code):
        word = code.split(maxsplit=1)[0]
        return "" if word in terminal_words.say("help", "de") else f"the terminal does not know {word}"
    return ""


@pytest.mark.parametrize("block", all_blocks("console"), ids=lambda block: block.name)
def test_typed_commands_can_be_typed(block: Block) -> None:
    """What stands behind a `$` is understood as it stands."""
    for line in block.body.splitlines():
        if line.startswith("$ "):
            assert not commands.wrong(line.removeprefix("$ ")), line
            assert commands.complete(line.removeprefix("$ ")), line


@_each()
def test_named_settings_exist(page: Path) -> None:
    """A variable that begins with LOTSE_ is a setting, the file of a secret, or one of make's."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    known = {f"{PREFIX}{name.upper()}" for name in (*Settings.model_fields, *(f"{name}_file" for name in SECRETS))}
    known |= set(re.findall(r"\bLOTSE_[A-Z_]+", makefile))
    for line, code in codes(page):
        for name in re.findall(r"\bLOTSE_[A-Z_]*[A-Z]\b", code):
            assert name in known, f"{page.name}:{line}: {name}"


@_each()
def test_named_files_exist(page: Path) -> None:
    """A path in backticks is there; one with … or * stands for several; `file.py::test` names a test."""
    missing = []
    for line, code in codes(page):
        path, _, test = code.partition("::")
        if " " in code or "<" in code or path.split("/")[0] not in FOLDERS or "/" not in path:
            continue
        found = list(ROOT.glob(path.rstrip("/").replace("…", "*")))
        if not found or (test and test not in _functions(found[0])):
            missing.append(f"{page.name}:{line}: {code}")
    assert not missing, "\n".join(missing)


@cache
def _functions(path: Path) -> frozenset[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


@_each()
def test_lines_are_short_enough_to_review(page: Path) -> None:
    """A line of prose fits on a screen; tables, links and blocks may be longer."""
    inside = False
    for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), 1):
        inside ^= line.startswith("```")
        if not (inside or line.startswith(("|", "[")) or "](" in line):
            assert len(line) <= 130, f"{page.name}:{number}: {len(line)} letters"

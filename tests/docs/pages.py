"""The pages of the documentation, read: headings, links, marked blocks, tables.

A block begins with three backticks, its language and a mark that says what the tests do with it:

    yaml leitfaden            a whole playbook, loaded and checked with all that it calls
    yaml schritte             what stands below `steps:` of one; put into a frame, loaded and checked
    yaml fehler CODE          the same, and the check finds exactly this
    yaml bedingungen          a list of conditions, each put into a branch
    yaml ansprechstellen      a whole file of an alliance
    yaml protokoll            a transcript, played. Written by --update
    text gespraech            what the block above says in a talk; lines with `>` are the person's. Written by --update
    text befund               what `lotse check` says of the block above. Written by --update
    text auszug               the same with the program itself, from the person's first line on. Written by --update
    text vorgang             both sides of a case, in two terminals in turn. Written by --update
    text abdeckung            what `lotse alliance coverage` prints for a fixed year. Written by --update
    text hilfe                what a command prints when it is asked for help. Written by --update
    text schema               drawn by hand
    mermaid                   written by `make diagram`
    toml lotse                settings
    console                   lines with `$` are typed; each is a command that exists
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
HANDBOOK: Final = ROOT / "docs" / "handbuch"

_FENCE: Final = re.compile(
    r"^(?P<fence>```+)(?P<info>[^\n`]*)\n(?P<body>.*?)^(?P=fence)[ ]*$", re.MULTILINE | re.DOTALL
)
_HEADING: Final = re.compile(r"^(#{1,6}) (.+)$", re.MULTILINE)
_LINK: Final = re.compile(r"\[(?:[^\]\[]|\[[^\]]*\])*\]\(([^)\s]+)\)")
_CODE: Final = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")


@dataclass(frozen=True)
class Block:
    """A block between backticks. `line`: of its first backtick, from 1; `place` counts the blocks of the page."""

    page: Path
    line: int
    place: int
    info: str
    body: str

    @property
    def name(self) -> str:
        """Where it stands, for the name of a test."""
        return f"{self.page.relative_to(ROOT)}:{self.line}"

    def is_(self, mark: str) -> bool:
        """Whether it carries this mark."""
        return self.info == mark or self.info.startswith(f"{mark} ")


def pages() -> list[Path]:
    """Every page."""
    return [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def blocks(page: Path, mark: str = "") -> list[Block]:
    """The blocks of a page, those with a mark if one is given."""
    text = page.read_text(encoding="utf-8")
    found = [
        Block(page, text.count("\n", 0, block.start()) + 1, place, block["info"].strip(), block["body"])
        for place, block in enumerate(_FENCE.finditer(text))
    ]
    return [block for block in found if not mark or block.is_(mark)]


def all_blocks(mark: str) -> list[Block]:
    """The blocks of all pages with this mark."""
    return [block for page in pages() for block in blocks(page, mark)]


def before(block: Block, *marks: str) -> Block:
    """The nearest block above with one of these marks, as it stands now."""
    above = [other for other in blocks(block.page) if other.place < block.place]
    return [other for other in above if any(other.is_(mark) for mark in marks)][-1]


def prose(page: Path) -> str:
    """The text of a page without its blocks; every line keeps its number."""
    return _FENCE.sub(lambda found: "\n" * found[0].count("\n"), page.read_text(encoding="utf-8"))


def headings(page: Path) -> list[str]:
    """The headings of a page, without their signs."""
    return [found[2].strip() for found in _HEADING.finditer(prose(page))]


def links(page: Path) -> Iterator[tuple[int, str]]:
    """Every link with its line."""
    text = prose(page)
    for found in _LINK.finditer(_CODE.sub(lambda code: " " * len(code[0]), text)):
        yield text.count("\n", 0, found.start()) + 1, found[1]


def codes(page: Path) -> Iterator[tuple[int, str]]:
    """Every word in single backticks with its line."""
    text = prose(page)
    for found in _CODE.finditer(text):
        yield text.count("\n", 0, found.start()) + 1, found[1]


def anchor(heading: str) -> str:
    """The anchor that GitHub, GitLab and Gitea give a heading."""
    plain = re.sub(r"[`*]|\[|\]\([^)]*\)", "", heading).lower()
    return re.sub(r"[^\w\- ]", "", plain).replace(" ", "-")


def rows(page: Path, heading: str) -> list[list[str]]:
    """The cells of the tables below a heading, without their head rows."""
    text = page.read_text(encoding="utf-8")
    start = text.index(f"# {heading}\n")
    end = re.compile(r"^#{1,6} ", re.MULTILINE).search(text, start + len(heading) + 3)
    lines = [line for line in text[start : end.start() if end else None].splitlines() if line.startswith("|")]
    table: list[list[str]] = []
    for index, line in enumerate(lines):
        rule = set(line) <= set("|-: ")
        head = index + 1 < len(lines) and set(lines[index + 1]) <= set("|-: ")
        if not rule and not head:
            table.append([cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]])
    return table


def rewrite(block: Block, body: str) -> None:
    """Put another body into a block. Its place is what finds it: the lines move when another is rewritten."""
    text = block.page.read_text(encoding="utf-8")
    start, end = list(_FENCE.finditer(text))[block.place].span("body")
    block.page.write_text(text[:start] + body + text[end:], encoding="utf-8")

"""Reads the good files and puts seeded mistakes in them (`data/mistakes.yaml`)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).parent / "data"


def good_files() -> dict[str, bytes]:
    """A small folder of playbooks in which nothing is wrong and every kind of step is used."""
    return {path.name: path.read_bytes() for path in sorted((DATA / "good").glob("*.yaml"))}


@dataclass(frozen=True, slots=True)
class Mistake:
    """One change to the good files and the problem that must be found, at a line that is known by its words."""

    what: str
    files: dict[str, bytes]
    file: str
    line: int
    code: str
    severity: str
    says: str
    more: bool


def mistakes() -> list[Mistake]:
    """All seeded mistakes."""
    return [_make(row) for row in yaml.safe_load((DATA / "mistakes.yaml").read_text())]


def _make(row: dict[str, Any]) -> Mistake:
    files = good_files()
    text = files[row["in"]].decode()
    for old, new in row["swap"].items():
        assert old in text, f"{row['what']}: {old!r} does not stand in {row['in']}"
        text = text.replace(old, new, 1)
    if fill := row.get("fill"):
        word = next(key for key in fill if key != "times")
        text = text.replace(word, (fill[word] * fill["times"]).strip(), 1)
    files[row["in"]] = text.encode()
    for new, old in row.get("add", {}).items():
        stem, old_stem = new.removesuffix(".yaml"), old.removesuffix(".yaml")
        files[new] = files[old].replace(f"id: {old_stem}\n".encode(), f"id: {stem}\n".encode(), 1)
    file = row.get("in_file", row["in"])
    lines = files[file].decode().split("\n")
    line = next(number for number, words in enumerate(lines, 1) if row["at"] in words)
    severity, says = row.get("severity", "error"), row.get("says", "")
    return Mistake(row["what"], files, file, line, row["code"], severity, says, row.get("more", False))

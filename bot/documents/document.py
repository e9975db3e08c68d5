"""A file that was read: plain values, and the place of each."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.documents.problems import Path, Position, Problem, Severity

# What YAML values become: nothing but these. (A recursive alias would need Python 3.12.)
Value = str | list["Value"] | dict[str, "Value"]


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a key or value stands: line and column from 1, and its span in the text."""

    line: int
    column: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """A file as plain dicts, lists and strings (`value`), with the place of each of them."""

    name: str
    value: Value = ""
    text: str = field(default="", repr=False)
    spots: dict[Path, Spot] = field(default_factory=dict, repr=False)
    key_spots: dict[Path, Spot] = field(default_factory=dict, repr=False)

    def position(self, path: Path) -> Position:
        """Where the value at `path` begins; if it does not exist, where the nearest thing around it is named."""
        spot = self.spots.get(path)
        return (spot.line, spot.column) if spot else self.key_position(path[:-1]) if path else (1, 1)

    def key_position(self, path: Path) -> Position:
        """Where the key that `path` ends with is written; for list items, and where there is none, the value."""
        spot = self.key_spots.get(path) or self.spots.get(path)
        return (spot.line, spot.column) if spot else self.key_position(path[:-1]) if path else (1, 1)

    def locate(self, path: Path, words: str) -> Position:
        """Where `words` stand inside the scalar at `path`; where it begins when they are folded or escaped there."""
        spot = self.spots.get(path)
        found = self.text.find(words, spot.start, spot.end) if spot and words else -1
        return position(self.text, found) if found >= 0 else self.position(path)

    def problem(
        self, at: Position, code: str, what: str, todo: str, severity: Severity = "error", example: tuple[str, ...] = ()
    ) -> Problem:
        """A problem of this file."""
        return Problem(self.name, *at, severity, code, what, todo, example)


def position(text: str, index: int) -> Position:
    """Line and column of the code point at `index`."""
    start = text.rfind("\n", 0, index) + 1
    return text.count("\n", 0, index) + 1, index - start + 1

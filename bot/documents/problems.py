"""What is wrong with a file, where, and what to do: one line that a coordinator and an editor both understand."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]
# Where in a document: keys and 0-based list positions from the root.
Path = tuple[str | int, ...]
# Line and column, both from 1, the column in code points.
Position = tuple[int, int]

# A quotation is there to be recognised, not to be read.
MAX_QUOTE = 40


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong.

    `code` is a short speaking id; `what` and `todo` are whole German sentences; `example` is a chat or a list that
    shows it, one line each. Sorts by place.
    """

    file: str
    line: int
    column: int
    severity: Severity
    code: str
    what: str
    todo: str
    example: tuple[str, ...] = ()

    def __str__(self) -> str:
        head = f"{self.file}:{self.line}:{self.column}: {self.severity} {self.code}: {self.what} {self.todo}"
        return "\n".join([head, *(f"    {line}" for line in self.example)])

    @property
    def order(self) -> tuple[str, int, int, str]:
        """By file, then from top to bottom."""
        return (self.file, self.line, self.column, self.code)


def quote(words: object) -> str:
    """What was written, on one line, in German quotation marks, cut after MAX_QUOTE."""
    text = " ".join("".join(c if c.isprintable() else " " for c in str(words)).split())
    return f"„{text if len(text) <= MAX_QUOTE else text[: MAX_QUOTE - 1] + '…'}“"


def suggest(written: str, known: Iterable[str]) -> str:
    """The sentence "Meinten Sie „options“?", or an empty string when nothing known is near."""
    near = difflib.get_close_matches(written, list(known), n=1, cutoff=0.6)
    return f"Meinten Sie {quote(near[0])}?" if near else ""

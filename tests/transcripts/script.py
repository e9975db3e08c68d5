"""Transcript files: read with the line of everything, and rewritten in place.

The form is described in `bot.adapters.terminal_record`. All scalars are text, so `person: 12.3.` and `person: no` mean
what stands there. Rewriting replaces the `lotse` entries and leaves everything else, comments too, as it was.
"""

from __future__ import annotations

import datetime as dt
import difflib
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import yaml

from bot.adapters.terminal_record import read_span, render
from bot.flows.exchange import Transport

TRANSPORTS: Final = {
    "terminal": Transport(name="terminal", encrypted=True, edits=False, real=False),
    "telegram": Transport(name="telegram", encrypted=False, edits=True, real=True, takes_back=48, files=True),
    # On trial, where drafts may be shown.
    "telegram-probe": Transport(name="telegram", encrypted=False, edits=True, real=False, takes_back=48, files=True),
    "matrix-probe": Transport(name="matrix", encrypted=True, edits=True, real=False, redacts=True, files=True),
    "matrix": Transport(name="matrix", encrypted=True, edits=True, real=True, redacts=True, files=True),
}
HEARD: Final = ("lotse", "an_koordination", "an_gruppe", "lotse_dort")
"""What comes back: to the person, to the coordinator, to a group, and to the person in their other chat."""
KINDS: Final = (
    *HEARD, "person", "koordination", "gruppe", "dort", "press", "dort_press", "after", "open", "unreadable",
)  # fmt: skip
HEAD: Final = ("name", "language", "place", "transport", "koordination", "weiter", "at", "talk")

Heard = list[list[str]]
"""What came back, one list before the first and one after each own entry."""


class ScriptError(ValueError):
    """A transcript file that cannot be played; the message says file, line and what is wrong."""


@dataclass(frozen=True)
class Entry:
    """One line of a talk: its kind, its value (a list for `lotse`), and where it stands.

    `line` counts from 1; `first` and `end` from 0, with the remarks above it.
    """

    kind: str
    value: Any
    line: int
    first: int
    end: int


@dataclass(frozen=True)
class Talk:
    """One talk of a file. `line` counts from 1."""

    path: Path
    line: int
    name: str
    language: str
    place: str
    transport: Transport
    at: dt.datetime
    entries: tuple[Entry, ...]
    desk: str
    """The role of the coordinator who talks with; empty: there is none."""
    there: Transport | None
    """Where the person has another chat; None: there is none."""
    indent: int = field(compare=False)

    @property
    def opened(self) -> bool:
        """Whether the person opened the chat, rather than just writing."""
        return self.entries[0].kind == "lotse"

    @property
    def alone(self) -> bool:
        """Whether it is one person in one chat."""
        return not self.desk and self.there is None

    @property
    def own(self) -> list[Entry]:
        """What is done, without what comes back."""
        return [entry for entry in self.entries if entry.kind not in HEARD]


def read_talks(path: Path) -> list[Talk]:
    """Read the talks of a file.

    Raises:
        ScriptError: the file is no transcript.
    """
    try:
        text = path.read_text(encoding="utf-8")
        node = yaml.compose(text, Loader=yaml.BaseLoader)
    except yaml.YAMLError as error:
        raise ScriptError(f"{path}: {error}") from error
    nodes = node.value if isinstance(node, yaml.SequenceNode) else [node]
    talks = [_read_talk(path, one, text.splitlines()) for one in nodes]
    names = [talk.name for talk in talks]
    if len(set(names)) < len(names):
        raise ScriptError(f"{path}: two talks have the same name")
    return talks


def _refuse(path: Path, node: yaml.Node | None, what: str) -> ScriptError:
    return ScriptError(f"{path}:{node.start_mark.line + 1 if node else 1}: {what}")


def _without_remarks(lines: list[str], line: int) -> int:
    """Where the empty lines and comments above `line` begin: they belong to what follows."""
    while line > 0 and (line > len(lines) or not lines[line - 1].strip() or lines[line - 1].lstrip().startswith("#")):
        line -= 1
    return line


def _read_talk(path: Path, node: yaml.Node | None, lines: list[str]) -> Talk:
    if not isinstance(node, yaml.MappingNode):
        raise _refuse(path, node, "a talk is a mapping with name, at and talk")
    head = {key.value: value for key, value in node.value}
    unknown = head.keys() - set(HEAD)
    if unknown or not {"name", "at", "talk"} <= head.keys():
        raise _refuse(
            path,
            node,
            f"a talk has name, at, talk, and may have language, place, transport, koordination, weiter; not {unknown}",
        )
    for key in ("transport", "weiter"):
        if head.get(key) is not None and head[key].value not in TRANSPORTS:
            raise _refuse(path, head[key], f"{key} is one of {', '.join(TRANSPORTS)}")
    try:
        at = dt.datetime.fromisoformat(head["at"].value)
    except ValueError:
        raise _refuse(path, head["at"], "at is a time such as 2026-11-21T10:00:00+01:00") from None
    if at.tzinfo is None:
        raise _refuse(path, head["at"], "at needs its distance from UTC: 2026-11-21T10:00:00+01:00")
    if not isinstance(head["talk"], yaml.SequenceNode) or not head["talk"].value:
        raise _refuse(path, head["talk"], "talk is a list of at least one entry")
    items = head["talk"].value
    starts = [item.start_mark.line for item in items[:1]]
    starts += [_without_remarks(lines, item.start_mark.line) for item in items[1:]]
    ends = [*starts[1:], _without_remarks(lines, head["talk"].end_mark.line)]
    return Talk(
        path=path,
        line=node.start_mark.line + 1,
        name=head["name"].value,
        language=head["language"].value if "language" in head else "de",
        place=head["place"].value if "place" in head else "",
        transport=TRANSPORTS[head["transport"].value if "transport" in head else "terminal"],
        at=at,
        entries=tuple(_read_entry(path, *row) for row in zip(items, starts, ends, strict=True)),
        desk=head["koordination"].value if "koordination" in head else "",
        there=TRANSPORTS[head["weiter"].value] if "weiter" in head else None,
        indent=head["talk"].start_mark.column,
    )


def _read_entry(path: Path, node: yaml.Node, first: int, end: int) -> Entry:
    if not isinstance(node, yaml.MappingNode) or len(node.value) != 1 or node.value[0][0].value not in KINDS:
        raise _refuse(path, node, f"an entry is one of {', '.join(KINDS)}")
    key, value = node.value[0]
    kind, line = key.value, node.start_mark.line + 1
    if kind in HEARD:
        bubbles = value.value if isinstance(value, yaml.SequenceNode) else [value]
        return Entry(kind, [bubble.value for bubble in bubbles], line, first, end)
    if not isinstance(value, yaml.ScalarNode):
        raise _refuse(path, node, f"{kind} takes one text")
    if kind.endswith("press") and not value.value.isdecimal():
        raise _refuse(path, node, f"{kind} takes the number of an option")
    if kind == "after" and not read_span(value.value):
        raise _refuse(path, node, "after takes a span such as 24h")
    return Entry(kind, value.value, line, first, end)


def rewrite(talk: Talk, heard: Heard, *others: Heard) -> None:
    """Put what was heard into the file: `heard[0]` before the first own entry, `heard[n]` after the n-th.

    `others`: the same for the other sides of `HEARD`. Reads the file again, so that several talks of one file can be
    rewritten one after the other.
    """
    talk = next(one for one in read_talks(talk.path) if one.name == talk.name)
    lines = talk.path.read_text(encoding="utf-8").splitlines(keepends=True)
    slices = ["", *("".join(lines[entry.first : entry.end]) for entry in talk.own)]
    body = ""
    for slice_, *sides in zip(slices, *_sides(heard, others), strict=True):
        body += slice_ if not slice_ or slice_.endswith("\n") else f"{slice_}\n"
        for kind, bubbles in zip(HEARD, sides, strict=True):
            if bubbles:
                dumped = render([{"talk": [{kind: bubbles}]}]).removeprefix("talk:\n")
                body += textwrap.indent(textwrap.dedent(dumped), " " * talk.indent)
    first, end = talk.entries[0].first, talk.entries[-1].end
    talk.path.write_text("".join(lines[:first]) + body + "".join(lines[end:]), encoding="utf-8")


def _sides(heard: Heard, others: Sequence[Heard]) -> list[Heard]:
    """What each of `HEARD` got; nothing came to those that are not there."""
    missing = len(HEARD) - 1 - len(others)
    nothing: Heard = [[] for _ in heard]
    return [heard, *others, *[nothing] * missing]


def compare(talk: Talk, heard: Heard, *others: Heard) -> str:
    """Return the differences between what was expected and heard; empty when there are none."""
    expected: dict[str, Heard] = {kind: [[]] for kind in HEARD}
    lines = [talk.entries[0].line]
    for entry in talk.entries:
        if entry.kind in HEARD:
            expected[entry.kind][-1] += entry.value
        else:
            for side in expected.values():
                side.append([])
            lines.append(entry.line)
    found: list[str] = []
    for kind, side in zip(HEARD, _sides(heard, others), strict=True):
        for line, wanted, got in zip(lines, expected[kind], side, strict=True):
            if wanted != got:
                before, after = ("\n".join(part).split("\n") for part in (wanted, got))
                diff = [row for row in difflib.ndiff(before, after) if not row.startswith("?")]
                found.append(
                    "\n".join([f"{talk.path}:{line}: {kind} after this line (- expected, + came back)", *diff])
                )
    return "\n\n".join(found)

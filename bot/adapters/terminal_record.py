"""A talk written down as data: what `:protokoll` writes and what the transcript tests read.

Owns: the form of a transcript file. One file holds one talk or a list of talks:

    name: Demo vor dem Haus                what it shows, for people
    language: de                           optional: de, en, de-simple
    place: "09761000"                      optional: the municipality (AGS) with which it was opened
    koordination: koordination             optional: a coordinator in this role talks with, see below
    transport: terminal                    optional: terminal, matrix, telegram, telegram-probe (drafts are shown)
    at: 2026-11-21T10:00:00+01:00          when it begins; the clock stands still but for `after`
    talk:
      - lotse: [what comes back, one entry a bubble, then one a choice: "1 Ja"]
      - person: what was typed
      - press: 2                           option 2 of the question that is open is tapped
      - after: 24h                         the clock goes forward (m, h, d, w); what was due by then comes
      - open: ""                           the chat is opened once more, with what a link carried
      - unreadable: voice                  something comes that the Lotse cannot read

With a coordinator there are two more entries: `koordination` is what she types, `an_koordination` what she gets. Case
numbers, which are other ones each time, are written 0000 0000 there. A group has two as well: `gruppe` is what somebody
writes there ("+": the Lotse is taken in, "-": put out), `an_gruppe` what it says; the code to pair it is GRUPPE-CODE.

A talk that begins with `lotse` was opened by the person; one that begins with `person` was not.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from bot.adapters.terminal_screen import lines_of
from bot.flows.exchange import Choice, Expects

Entry = dict[str, Any]
Talk = Mapping[str, Any]

_SPAN: Final = re.compile(r"([0-9]{1,5})\s*([mhdw])")
_SECONDS: Final = {"m": 60, "h": 3_600, "d": 86_400, "w": 604_800}
_WIDTH: Final = 110


def read_span(text: str) -> int | None:
    """Return the seconds of "24h", "30m", "3d", "2w"; 0 for "0"; None for anything else."""
    if text.strip() == "0":
        return 0
    found = _SPAN.fullmatch(text.strip().lower())
    return int(found[1]) * _SECONDS[found[2]] if found and int(found[1]) else None


def show_span(seconds: int) -> str:
    """Return the span as `read_span` reads it, in the largest unit that leaves nothing over; minutes at the least."""
    for unit in "dhm":
        if seconds % _SECONDS[unit] == 0:
            return f"{seconds // _SECONDS[unit]}{unit}"
    return f"{-(-seconds // 60)}m"


def said(entries: Sequence[Entry], lines: Iterable[str]) -> list[Entry]:
    """Return the entries with what the Lotse said added, in one `lotse` entry as long as nobody else speaks."""
    added = list(lines)
    if not added:
        return list(entries)
    if entries and "lotse" in entries[-1]:
        return [*entries[:-1], {"lotse": [*entries[-1]["lotse"], *added]}]
    return [*entries, {"lotse": added}]


def render(talks: Sequence[Talk]) -> str:
    """Return the talks as a YAML file; one talk alone stands without a list."""
    import yaml  # noqa: PLC0415 - only when a talk is written down

    class Dumper(yaml.SafeDumper):
        """Block style, texts of several lines as they are."""

        def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002
            """Indent lists below their key."""
            super().increase_indent(flow, indentless=False)

    def text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
        # Some readers take a plain row of digits for a number and drop its zero.
        style = "|" if "\n" in value else '"' if value.isdecimal() else None
        return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)

    Dumper.add_representer(str, text)
    body = [{**talk, "talk": list(talk["talk"])} for talk in talks]
    dumped: str = yaml.dump(
        body[0] if len(body) == 1 else body, Dumper=Dumper, allow_unicode=True, sort_keys=False, width=_WIDTH
    )
    return dumped


class Record:
    """Notes a talk while it is held. Holds what the person wrote in memory only, until it is asked for."""

    def __init__(self, language: str, place: str) -> None:
        self._language = language
        self._place = place
        self._entries: list[Entry] = []

    def lotse(self, text: str, choices: Sequence[Choice], expects: Expects) -> None:
        """Note a bubble."""
        self._entries = said(self._entries, lines_of(text, choices, expects))

    def person(self, text: str) -> None:
        """Note what was typed."""
        self._entries.append({"person": text})

    def after(self, seconds: int) -> None:
        """Note that the clock was set forward."""
        self._entries.append({"after": show_span(seconds)})

    def talk(self, name: str, at: dt.datetime) -> Talk:
        """Return the talk so far; `at`: when it began."""
        head: Entry = {"name": name, "language": self._language}
        if self._place:
            head["place"] = self._place
        return {**head, "transport": "terminal", "at": at.isoformat(timespec="seconds"), "talk": list(self._entries)}

"""YAML events to plain values: anchors, aliases, tags, double keys and too much depth are reported on the way.

libyaml (through PyYAML) supplies the events; no constructor and no resolver of PyYAML is used, so `no`, `on`, `10:30`,
`0123` and `1_000` stay what was typed (YAML 1.1 reads False, True, 630, 83 and 1000).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

import yaml

from bot.documents import syntax
from bot.documents.document import Document, Spot, Value
from bot.documents.problems import Path, Problem, quote

# A playbook nests ten deep with conditions; more is a mistake or a bomb.
MAX_DEPTH: Final = 20

_COMMENT = re.compile(r"(?:(?<= )|[ ]+)#\S")


def compose(text: str, name: str) -> tuple[Document | None, list[Problem]]:
    """The only document in `text`; None when reading had to stop."""
    composer = _Composer(Document(name, text=text))
    try:
        value = composer.run()
    except _TooDeepError:
        return None, composer.problems
    except yaml.MarkedYAMLError as error:
        return None, [*composer.problems, syntax.explain(error, name)]
    if not value:
        composer.problems.append(
            Problem(name, 1, 1, "error", "leer", "Die Datei ist leer.", "Füllen oder löschen Sie sie.")
        )
        return None, composer.problems
    document = composer.document
    return Document(name, value, text, document.spots, document.key_spots), composer.problems


class _TooDeepError(Exception):
    """Nothing that nests so deep is read on."""


class _Composer:
    """Collects values, their places and problems; its recursion is bounded by MAX_DEPTH."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.problems: list[Problem] = []
        # PyYAML's stubs type an event only by its base class.
        self.events: Iterator[Any] = yaml.parse(document.text, Loader=yaml.CLoader)

    def run(self) -> Value | None:
        value: Value | None = None
        for event in self.events:
            if not isinstance(event, yaml.DocumentStartEvent):
                continue
            if value is not None:
                todo = "Löschen Sie die Zeile „---“, oder legen Sie eine zweite Datei an."
                self._report(event, "mehrere-dokumente", "In der Datei beginnt ein zweites Dokument.", todo)
                break
            if event.tags:
                self._report(event, "typangabe", "Am Anfang wird eine Typangabe vereinbart.", "Löschen Sie sie.")
            value = self._value(next(self.events), (), recorded=True)
        return value

    def _value(self, event: Any, path: Path, *, recorded: bool) -> Value:  # noqa: ANN401 -- see `events`
        if recorded:
            self.document.spots[path] = _spot(event)
        if len(path) > MAX_DEPTH:
            what = f"Hier sind mehr als {MAX_DEPTH} Ebenen ineinander geschachtelt."
            self._report(event, "zu-tief", what, "Machen Sie die Datei flacher.")
            raise _TooDeepError
        if isinstance(event, yaml.AliasEvent):
            todo = "Schreiben Sie den Inhalt aus. Beginnt ein Text mit *, setzen Sie ihn in Anführungszeichen."
            self._report(event, "verweis", f"Hier steht der Verweis {quote(f'*{event.anchor}')}.", todo)
            return ""
        if event.anchor is not None:
            todo = "Löschen Sie ihn. Beginnt ein Text mit &, setzen Sie ihn in Anführungszeichen."
            self._report(event, "anker", f"Hier steht der Anker {quote(f'&{event.anchor}')}.", todo)
        if event.tag is not None:
            todo = "Löschen Sie sie. Beginnt ein Text mit !, setzen Sie ihn in Anführungszeichen."
            self._report(event, "typangabe", f"Hier steht die Typangabe {quote(event.tag)}.", todo)
        if isinstance(event, yaml.ScalarEvent):
            self._look_for_comment(event)
            return str(event.value)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._items(path, recorded=recorded)
        return self._mapping(path, recorded=recorded)

    def _items(self, path: Path, *, recorded: bool) -> list[Value]:
        items: list[Value] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            items.append(self._value(event, (*path, len(items)), recorded=recorded))
        return items

    def _mapping(self, path: Path, *, recorded: bool) -> dict[str, Value]:
        values: dict[str, Value] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self._value(event, (*path, ""), recorded=False)
            inner = (*path, str(key))
            if isinstance(key, str) and key not in values:
                if recorded:
                    self.document.key_spots[inner] = _spot(event)
                values[key] = self._value(next(self.events), inner, recorded=recorded)
                continue
            if isinstance(key, str):
                first = f" schon in Zeile {self.document.key_spots[inner].line}" if recorded else " schon weiter oben"
                todo = "Löschen Sie eine der beiden Stellen, oder benennen Sie sie um."
                self._report(event, "doppelter-schluessel", f"{quote(key)} steht{first}.", todo)
            else:
                todo = "Beginnt ein Text mit einer Klammer, setzen Sie ihn in Anführungszeichen."
                self._report(event, "schluessel", "Ein Schlüssel kann keine Liste und kein Block sein.", todo)
            self._value(next(self.events), inner, recorded=False)
        return values

    def _look_for_comment(self, event: yaml.ScalarEvent) -> None:
        """`de: Kanal #notruf` silently loses "#notruf": a comment has a space after its #."""
        if not event.style and _COMMENT.match(self.document.text, _spot(event).end):
            what = "Alles nach # ist in YAML ein Kommentar und fehlt im Text."
            todo = "Setzen Sie den ganzen Text in Anführungszeichen; nach dem # eines Kommentars steht ein Leerzeichen."
            self._report(event, "text-abgeschnitten", what, todo)

    def _report(self, event: yaml.Event, code: str, what: str, todo: str) -> None:
        spot = _spot(event)
        self.problems.append(self.document.problem((spot.line, spot.column), code, what, todo))


def _spot(event: Any) -> Spot:  # noqa: ANN401 -- see `_Composer.events`
    start = event.start_mark
    return Spot(start.line + 1, start.column + 1, start.index, event.end_mark.index)

"""What pydantic says about a document, in German that helps: what is wrong there, and what to write instead."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

import pydantic
from pydantic import BaseModel

from bot.documents import shapes
from bot.documents.document import Document
from bot.documents.problems import Path, Problem, quote, suggest

NO_FORMS: Final[Mapping[str, str]] = MappingProxyType({})

# code, what, todo
_Sentence = tuple[str, str, str]
_QUOTES: Final = "Setzen Sie den Text in Anführungszeichen."
_BLOCK: Final = "Schreiben Sie darunter, weiter eingerückt, Zeilen wie „Schlüssel: Wert“."
_SIMPLE: Final[Mapping[str, _Sentence]] = {
    "bool_type": ("kein-schalter", "Hier steht weder „true“ noch „false“.", "Schreiben Sie eines von beiden."),
    "int_type": ("keine-zahl", "Hier steht keine ganze Zahl.", "Schreiben Sie eine Zahl in Ziffern."),
    "date_type": ("kein-datum", "Hier steht kein Datum.", "Schreiben Sie es als Jahr-Monat-Tag, etwa 2027-02-21."),
    "time_delta_type": (
        "keine-spanne",
        "Hier steht keine Zeitspanne.",
        "Schreiben Sie Stunden, Tage oder Wochen: 24h, 3d, 2w.",
    ),
    "string_too_short": ("leer", "Hier fehlt der Wert.", "Ergänzen Sie ihn, oder löschen Sie den Schlüssel."),
}
_LISTS: Final = frozenset({"tuple_type", "list_type", "set_type", "frozen_set_type"})
_BLOCKS: Final = frozenset({"dict_type", "mapping_type", "model_type", "model_attributes_type"})
_BOUNDS: Final = {
    "greater_than_equal": ("ge", "Die Zahl ist zu klein; mindestens {} ist möglich."),
    "less_than_equal": ("le", "Die Zahl ist zu groß; höchstens {} ist möglich."),
    "greater_than": ("gt", "Die Zahl ist zu klein; sie muss größer als {} sein."),
    "less_than": ("lt", "Die Zahl ist zu groß; sie muss kleiner als {} sein."),
}


def explain(
    error: pydantic.ValidationError, document: Document, model: type[BaseModel], *, forms: Mapping[str, str] = NO_FORMS
) -> list[Problem]:
    """Every error, at its place in `document`, which was validated against `model`.

    `forms` says in German what a pattern of the models means ("kleine Buchstaben a–z, …"). A validator of ours raises
    `ValueError(what, todo)` with two German sentences. Nothing longer than a word is quoted.
    """
    problems: dict[tuple[Path, str], Problem] = {}
    unfit: set[Path] = set()
    for detail in error.errors(include_url=False, include_input=False):
        place = shapes.find(model, detail["loc"], document.value)
        if not place.fits:
            unfit.add(place.path)
            continue
        case = _Case(document, place, detail["type"], detail.get("ctx", {}), forms)
        for path, (code, what, todo) in case.sentences():
            at = document.key_position(path) if case.at_key else document.position(path)
            problems.setdefault((path, what), document.problem(at, code, what, todo))
    # What fits one member of a union was explained for that one.
    for path in unfit - {seen[: len(path)] for seen, _what in problems for path in unfit}:
        what, todo = "Der Wert hat hier nicht die richtige Form.", "Sehen Sie im Handbuch oder im Schema nach."
        problems[path, what] = document.problem(document.position(path), "falsche-form", what, todo)
    return sorted(problems.values(), key=lambda problem: problem.order)


@dataclass(frozen=True, slots=True)
class _Case:
    """One error of pydantic and what is needed to speak about it."""

    document: Document
    place: shapes.Place
    type: str
    context: dict[str, Any]
    forms: Mapping[str, str]

    @property
    def at_key(self) -> bool:
        """Whether the key is meant, not its value."""
        return self.place.is_key or self.type in {"missing", "extra_forbidden", "union_tag_not_found"}

    @property
    def value(self) -> object:
        """What was written there."""
        value: Any = self.document.value
        for element in self.place.path:
            try:
                value = value[element]
            except (KeyError, IndexError, TypeError):
                return None
        return value

    def sentences(self) -> Iterator[tuple[Path, _Sentence]]:
        path = self.place.path
        name = quote(path[-1]) if path else "der Datei"
        match self.type:
            case "missing":
                yield path[:-1], ("fehlender-schluessel", f"{_place(path[:-1])} fehlt {name}.", f"Ergänzen Sie {name}.")
            case "extra_forbidden":
                known = shapes.keys(self.place.owner)
                todo = suggest(str(path[-1]), known) or f"Erlaubt sind hier: {', '.join(known)}."
                yield path, ("unbekannter-schluessel", f"Unbekannter Schlüssel {name}.", todo)
            case "union_tag_invalid" | "union_tag_not_found":
                yield self._kind()
            case "too_short" if isinstance(self.value, list | dict) and len(self.value) >= self.context["min_length"]:
                return  # pydantic counts only the valid ones: each of the others has its own problem
            case "string_pattern_mismatch":
                yield path, self._pattern(str(path[-1]) if self.place.is_key else str(self.value))
            case "value_error":
                what, todo = (*self.context["error"].args, "Bitte prüfen Sie die Stelle.")[:2]
                yield path, ("falscher-wert", str(what), str(todo))
            case _:
                yield path, self._value()

    def _kind(self) -> tuple[Path, _Sentence]:
        path, value = self.place.path, self.value
        tags = [next(shapes.names(member)) for member in shapes.union_members(self.place.shape)]
        if not isinstance(value, dict):
            return path, ("block-erwartet", "Hier muss ein Block stehen.", _BLOCK)
        if str(self.context["discriminator"]).endswith("()"):
            todo = f"Sie beginnt mit einem von diesen: {', '.join(tags)}."
            return path, ("unbekannte-bedingung", "Diese Bedingung versteht der Lotse nicht.", todo)
        key = str(self.context["discriminator"]).strip("'")
        kinds = [word for member in shapes.union_members(self.place.shape) for word in _kind_words(member, key)]
        listed = f"Möglich sind: {', '.join(kinds)}."
        if key not in value:
            return path, ("fehlende-art", f"{_place(path)} fehlt {quote(key)}.", listed)
        todo = f"{suggest(str(value[key]), kinds)} {listed}".strip()
        return (*path, key), ("unbekannte-art", f"Die Art {quote(value[key])} gibt es nicht.", todo)

    def _pattern(self, written: str) -> _Sentence:
        if not written:
            return _SIMPLE["string_too_short"]
        for letter in written:
            if letter.isalpha() and not letter.isascii() and not unicodedata.name(letter, "").startswith("LATIN"):
                what = f"In {quote(written)} steht {quote(letter)} aus einer anderen Schrift (U+{ord(letter):04X})."
                return ("fremder-buchstabe", what, "Tippen Sie das Wort neu.")
        form = self.forms.get(self.context["pattern"])
        todo = f"Erlaubt sind: {form}." if form else "Sehen Sie im Handbuch nach, wie es geschrieben wird."
        return ("falsche-form", f"{quote(written)} hat nicht die Form, die hier erwartet wird.", todo)

    def _value(self) -> _Sentence:
        value = self.value
        if self._is_bare_brace() and self.type in {"string_type", *_LISTS}:
            what = "Der Text beginnt mit einer Klammer; YAML hält ihn darum nicht für einen Text."
            return ("klammer-am-anfang", what, _QUOTES)
        if self.type in _SIMPLE:
            return _SIMPLE[self.type]
        if self.type in _BOUNDS:
            key, what = _BOUNDS[self.type]
            return ("zahl-ausserhalb", what.format(self.context[key]), "Ändern Sie die Zahl.")
        if self.type in _LISTS:
            todo = (
                f"Schreiben Sie [{value}]."
                if isinstance(value, str) and re.fullmatch(r"\w{1,30}", value)
                else "Setzen Sie vor jede Zeile „- “."
            )
            return ("liste-erwartet", "Hier muss eine Liste stehen.", todo)
        if self.type in _BLOCKS:
            return self._block()
        return self._measure()

    def _measure(self) -> _Sentence:
        value = self.value
        count = len(value) if isinstance(value, str | list | dict) else 0
        match self.type:
            case "literal_error":
                words = shapes.words(self.place.shape)
                todo = f"{suggest(str(value), words)} Möglich sind: {', '.join(words)}.".strip()
                return ("unbekanntes-wort", f"{quote(value)} gibt es hier nicht.", todo)
            case "string_type":
                what = "Hier muss ein Text stehen, " + ("keine Liste." if isinstance(value, list) else "kein Block.")
                return ("text-erwartet", what, _QUOTES)
            case "string_too_long":
                what = f"Der Text hat {count} Zeichen; höchstens {self.context['max_length']} sind möglich."
                return ("zu-lang", what, "Kürzen Sie ihn, oder machen Sie mehrere daraus.")
            case "too_long":
                what = f"Hier stehen {count} Einträge; höchstens {self.context['max_length']} sind möglich."
                return ("zu-viele", what, "Streichen Sie, oder teilen Sie auf.")
            case "too_short":
                what = f"Hier stehen zu wenige Einträge; mindestens {self.context['min_length']} sind nötig."
                return ("zu-wenige", what, "Ergänzen Sie.")
            case _:
                return ("falscher-wert", "Dieser Wert passt hier nicht.", "Sehen Sie im Handbuch oder im Schema nach.")

    def _block(self) -> _Sentence:
        form = next((self.forms[p] for p in _patterns(shapes.key_shape(self.place.shape)) if p in self.forms), "")
        todo = f"{_BLOCK} Schlüssel sind hier: {form}." if form else _BLOCK
        what = "Hier muss ein Block stehen, " + (
            "keine Liste." if isinstance(self.value, list) else "nicht nur ein Wert."
        )
        return ("block-erwartet", what, todo)

    def _is_bare_brace(self) -> bool:
        """`de: {notruf}` is a mapping to YAML; nobody means one where a text is expected."""
        spot = self.document.spots.get(self.place.path)
        return (
            spot is not None
            and not isinstance(self.value, str)
            and self.document.text[spot.start : spot.start + 1] in ("{", "[")
        )


def _place(path: Path) -> str:
    """Where something is missing: "Bei „frage“", "In „cases“ Nr. 2", "In der Datei"."""
    match path:
        case (*_, str() as around, int() as number):
            return f"In {quote(around)} Nr. {number + 1}"
        case (*_, around):
            return f"Bei {quote(around)}"
        case _:
            return "In der Datei"


def _kind_words(member: shapes.Shape, key: str) -> tuple[str, ...]:
    field = member.model_fields.get(key) if isinstance(member, type) and issubclass(member, BaseModel) else None
    return shapes.words(field.annotation) if field else ()


def _patterns(shape: shapes.Shape) -> Iterator[str]:
    for item in getattr(shape, "__metadata__", ()):
        pattern = getattr(item, "pattern", None)
        if isinstance(pattern, str):
            yield pattern

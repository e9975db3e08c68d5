"""Many files to areas: every file is read and validated, every problem of all of them is kept.

Pure: bytes in, areas and problems out. What needs libraries that a start has no time for (can the number be dialled,
can the hours be read) is `checking`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Final

import pydantic

from bot.alliance.contact import (
    CALENDAR_PATTERN,
    CLOSURE_PATTERN,
    ID_PATTERN,
    KEY_PATTERN,
    LANGUAGE_PATTERN,
    MATRIX_LINK_PATTERN,
    TENANT_PATTERN,
    Area,
    Contact,
)
from bot.documents import Document, Problem, explain, quote, read

# What the patterns of the models mean, for people.
FORMS: Final[Mapping[str, str]] = MappingProxyType(
    {
        ID_PATTERN: "kleine Buchstaben a–z (ae statt ä), Ziffern und _, höchstens 48, vorne ein Buchstabe",
        LANGUAGE_PATTERN: "Sprachkürzel in Kleinbuchstaben wie de, en oder de-simple",
        KEY_PATTERN: "bund, oder der amtliche Schlüssel mit 2, 5 oder 8 Ziffern und führender Null (09761000)",
        TENANT_PATTERN: "der Schlüssel eines Kreises (5 Ziffern), einer Gemeinde (8) oder eines Bezirks (11000000-01)",
        MATRIX_LINK_PATTERN: "ein Link, der mit https://matrix.to/#/ beginnt",
        CLOSURE_PATTERN: "ein Tag (2026-12-24) oder eine Spanne (2026-12-24..2027-01-01)",
        CALENDAR_PATTERN: "bund, die zwei Buchstaben eines Landes wie BY, oder Augsburg",
    }
)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What the files say, by the name of the file without its ending. A file with an error is only in `documents`.

    `sound`: the contacts of such a file in whose form nothing is wrong, for the check to look at all the same.
    """

    areas: Mapping[str, Area]
    documents: Mapping[str, Document]
    problems: tuple[Problem, ...]
    sound: Mapping[str, Mapping[str, Contact]] = field(default_factory=dict)


def load(files: Mapping[str, bytes]) -> Loaded:
    """Read files, given by name (`augsburg.yaml`, `playbooks/alliance/augsburg.yaml`)."""
    areas: dict[str, Area] = {}
    documents: dict[str, Document] = {}
    problems: list[Problem] = []
    sound: dict[str, Mapping[str, Contact]] = {}
    for name, data in sorted(files.items()):
        stem = PurePosixPath(name).stem
        document, area, found = _load_file(name, data)
        if document is not None:
            documents.setdefault(stem, document)
        if area is None and document is not None:
            sound.setdefault(stem, dict(_sound(document)))
        if area is not None and document is not None:
            found += _twins(area, document, areas, documents)
        if area is not None and stem not in areas and not any(problem.severity == "error" for problem in found):
            areas[stem] = area
        problems += found
    return Loaded(areas, documents, tuple(problems), sound)


def _load_file(name: str, data: bytes) -> tuple[Document | None, Area | None, list[Problem]]:
    document, problems = read(data, name)
    if document is None:
        return None, None, problems
    try:
        return document, Area.model_validate(document.value), problems
    except pydantic.ValidationError as error:
        # A refused alias reads as an empty text: what follows from that is not said again.
        said = {(problem.line, problem.column) for problem in problems}
        new = explain(error, document, Area, forms=FORMS)
        problems += [problem for problem in new if (problem.line, problem.column) not in said]
    return document, None, sorted(problems, key=lambda problem: problem.order)


def _sound(document: Document) -> Iterator[tuple[str, Contact]]:
    """The contacts that are well-formed in a file that as a whole is not."""
    body = document.value
    contacts = body.get("contacts") if isinstance(body, Mapping) else None
    for name, one in contacts.items() if isinstance(contacts, Mapping) else ():
        with suppress(pydantic.ValidationError):
            yield str(name), Contact.model_validate(one)


def _twins(
    area: Area, document: Document, areas: Mapping[str, Area], documents: Mapping[str, Document]
) -> list[Problem]:
    """One file per key, and one contact per id over all files: ids stand in links and in the store."""
    problems: list[Problem] = []
    for stem, other in areas.items():
        where = quote(PurePosixPath(documents[stem].name).name)
        if other.key == area.key:
            what = f"Den Schlüssel {quote(area.key)} hat schon {where}."
            todo = "Führen Sie die Dateien zusammen, oder berichtigen Sie den Schlüssel."
            problems.append(document.problem(document.position(("key",)), "doppelte-kommune", what, todo))
        for name in area.contacts.keys() & other.contacts.keys():
            what = f"Einen Kontakt {quote(name)} gibt es schon in {where}."
            at = document.key_position(("contacts", name))
            problems.append(document.problem(at, "doppelte-kennung", what, "Geben Sie ihm eine andere Kennung."))
    return problems

"""Many files to playbooks: every file is read and validated, every problem of all of them is kept.

Pure: bytes in, playbooks and problems out. What the *graph* must fulfil is `checking`; the folder is `bot.shelf`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Final

import pydantic

from bot.documents import Document, Problem, explain, quote, read
from bot.flows.playbook import Playbook
from bot.flows.steps import ID_PATTERN, LANGUAGE_PATTERN

# What the patterns of the models mean, for people.
FORMS: Final[Mapping[str, str]] = MappingProxyType(
    {
        ID_PATTERN: "kleine Buchstaben a–z (ae statt ä), Ziffern und _, höchstens 48, vorne ein Buchstabe",
        LANGUAGE_PATTERN: "Sprachkürzel in Kleinbuchstaben wie de, en oder de-simple",
    }
)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What the files say. A file with an error is in `broken`, not in `playbooks`; its id is its file's name.

    `documents` holds, by id, the places of everything in a playbook.
    """

    playbooks: Mapping[str, Playbook]
    documents: Mapping[str, Document]
    problems: tuple[Problem, ...]
    broken: frozenset[str] = frozenset()


def load(files: Mapping[str, bytes]) -> Loaded:
    """Read files, given by name (`shitstorm.yaml`, `playbooks/shitstorm.yaml`).

    The id of a playbook is the name of its file: so there is one of each, and whoever reads an id knows where to look.
    """
    playbooks: dict[str, Playbook] = {}
    documents: dict[str, Document] = {}
    problems: list[Problem] = []
    for name, data in sorted(files.items()):
        stem = PurePosixPath(name).stem
        document, playbook, found = _load_file(name, data)
        if stem in playbooks:
            what = f"Der Leitfaden {quote(stem)} steht schon in {quote(documents[stem].name)}."
            found.append(Problem(name, 1, 1, "error", "doppelte-kennung", what, "Benennen Sie eine der Dateien um."))
        elif document is not None and playbook is not None:
            playbooks[stem], documents[stem] = playbook, document
        problems += found
    stems = {PurePosixPath(name).stem for name in files}
    return Loaded(playbooks, documents, tuple(problems), frozenset(stems - playbooks.keys()))


def _load_file(name: str, data: bytes) -> tuple[Document | None, Playbook | None, list[Problem]]:
    document, problems = read(data, name)
    if document is None:
        return None, None, problems
    playbook: Playbook | None = None
    try:
        playbook = Playbook.model_validate(document.value)
    except pydantic.ValidationError as error:
        # A refused alias reads as an empty text: what follows from that is not said again.
        said = {(problem.line, problem.column) for problem in problems}
        new = explain(error, document, Playbook, forms=FORMS)
        problems += [problem for problem in new if (problem.line, problem.column) not in said]
    stem = PurePosixPath(name).stem
    if playbook is not None and playbook.id != stem:
        what = f"Die Kennung {quote(playbook.id)} ist nicht der Name der Datei."
        todo = f"Schreiben Sie „id: {stem}“, oder benennen Sie die Datei um."
        problems.append(document.problem(document.position(("id",)), "kennung", what, todo))
    if any(problem.severity == "error" for problem in problems):
        playbook = None
    return document, playbook, sorted(problems, key=lambda problem: problem.order)

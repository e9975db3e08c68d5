"""What `lotse check` prints: every problem of the files that were named, for people, programs and GitHub."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from bot.documents import Problem
from bot.flows.checking import check, translated
from bot.flows.loading import Loaded, load
from bot.shelf import read_folder

Format = Literal["text", "json", "github"]
# The files of an alliance, by the name under which problems are reported, to their problems.
AllianceCheck = Callable[[Mapping[str, bytes], dt.date], list[Problem]]

FINE, FOUND, UNREADABLE = 0, 1, 2

# Folders below a folder of playbooks that hold something else than playbooks.
ALLIANCE: Final = "alliance"


@dataclass(frozen=True, slots=True)
class Report:
    """What was checked and found. `languages`: per playbook and language, texts that are there and should be."""

    problems: tuple[Problem, ...]
    files: int
    languages: Mapping[str, Mapping[str, tuple[int, int]]]

    @property
    def errors(self) -> int:
        """How many problems block."""
        return sum(problem.severity == "error" for problem in self.problems)


class UnreadablePathError(OSError):
    """A path that was named cannot be read; `args[0]` says so in German."""


def run_check(
    paths: Sequence[Path],
    form: Format,
    today: dt.date,
    *,
    check_alliance: AllianceCheck | None = None,
    contact_kinds: frozenset[str] = frozenset(),
) -> tuple[str, int]:
    """Check files or folders; what to print, and the exit code: 0 fine, 1 an error was found, 2 a path can't be read.

    A file is checked together with its neighbours (a playbook calls building blocks), and only its own problems are
    reported. A folder named `alliance`, also inside of a folder of playbooks, is handed to `check_alliance`.
    """
    try:
        report = _gather(paths, today, check_alliance, contact_kinds)
    except UnreadablePathError as error:
        return str(error), UNREADABLE
    return _FORMS[form](report), FOUND if report.errors else FINE


def _gather(
    paths: Sequence[Path], today: dt.date, check_alliance: AllianceCheck | None, contact_kinds: frozenset[str]
) -> Report:
    problems: dict[Problem, None] = {}
    languages: dict[str, Mapping[str, tuple[int, int]]] = {}
    count = 0
    for folder, chosen in _folders(paths):
        files = {_shown(folder / name): data for name, data in _read(folder).items()}
        wanted = {_shown(folder / name) for name in chosen} if chosen else set(files)
        if missing := wanted - files.keys():
            raise UnreadablePathError(f"{min(missing)}: Diese Datei gibt es nicht, oder sie endet nicht auf .yaml.")
        count += len(wanted)
        if folder.name == ALLIANCE:
            found = check_alliance(files, today) if check_alliance else []
        else:
            loaded = load(files)
            found = [*loaded.problems, *check(loaded, today=today, contact_kinds=contact_kinds, whole=not chosen)]
            languages |= _languages(loaded, wanted)
        whole = "." if not chosen else ""
        problems |= dict.fromkeys(problem for problem in found if problem.file in wanted or problem.file == whole)
    return Report(tuple(sorted(problems, key=lambda problem: problem.order)), count, languages)


def _folders(paths: Sequence[Path]) -> Iterator[tuple[Path, set[str]]]:
    """Each folder with the files in it that were named; none: all of it."""
    folders: dict[Path, set[str]] = {}
    for path in paths:
        if path.is_dir():
            folders[path] = set()
            if (path / ALLIANCE).is_dir() and path.name != ALLIANCE:
                folders[path / ALLIANCE] = set()
        elif path.exists() or path.is_symlink():
            chosen = folders.setdefault(path.parent, {path.name})
            if chosen:
                chosen.add(path.name)
        else:
            raise UnreadablePathError(f"{path}: Diesen Pfad gibt es nicht.")
    yield from folders.items()


def _read(folder: Path) -> dict[str, bytes]:
    try:
        return read_folder(folder)
    except OSError as error:
        raise UnreadablePathError(f"{folder}: nicht lesbar ({error.strerror or error}).") from None


def _shown(path: Path) -> str:
    """The path as someone would type it from here."""
    shown = os.path.relpath(path)
    return str(path) if shown.startswith("..") else shown


def _languages(loaded: Loaded, wanted: set[str]) -> dict[str, Mapping[str, tuple[int, int]]]:
    return {name: have for name, have in translated(loaded).items() if loaded.documents[name].name in wanted}


# --- forms ------------------------------------------------------------------------------------------------------------


def _as_text(report: Report) -> str:
    lines = [str(problem) for problem in report.problems]
    warnings = len(report.problems) - report.errors
    found = f"{_count(report.errors, 'Fehler', 'Fehler')}, {_count(warnings, 'Warnung', 'Warnungen')}"
    lines.append(f"{_count(report.files, 'Datei', 'Dateien')} geprüft: {found}.")
    partly = [f"{name}: {_share(have)}" for name, have in report.languages.items() if _share(have)]
    return "\n".join([*lines, *partly])


def _share(have: Mapping[str, tuple[int, int]]) -> str:
    """Languages that are not complete, with how much of them is there."""
    return ", ".join(f"{language} {done} von {of} Texten" for language, (done, of) in have.items() if done < of)


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _as_json(report: Report) -> str:
    rows = [
        {
            "file": problem.file,
            "line": problem.line,
            "column": problem.column,
            "severity": problem.severity,
            "code": problem.code,
            "what": problem.what,
            "todo": problem.todo,
            "example": list(problem.example),
        }
        for problem in report.problems
    ]
    languages = {
        name: {language: {"texts": done, "of": of} for language, (done, of) in have.items()}
        for name, have in report.languages.items()
    }
    whole = {"files": report.files, "errors": report.errors, "problems": rows, "languages": languages}
    return json.dumps(whole, ensure_ascii=False, indent=1)


def _as_github(report: Report) -> str:
    """Workflow commands: GitHub shows each at its line (docs.github.com, "Workflow commands for GitHub Actions")."""
    return "\n".join(_command(problem) for problem in report.problems)


def _command(problem: Problem) -> str:
    message = "\n".join((f"{problem.what} {problem.todo}", *problem.example))
    place = f"file={_property(problem.file)},line={problem.line},col={problem.column},title={_property(problem.code)}"
    return f"::{problem.severity} {place}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


_FORMS: Final[Mapping[Format, Callable[[Report], str]]] = {"text": _as_text, "json": _as_json, "github": _as_github}

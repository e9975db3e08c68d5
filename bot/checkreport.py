"""What `lotse check` prints: every problem of the files that were named, for people, programs and GitHub."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, Literal

from bot.documents import MAX_BYTES, Problem
from bot.flows.checking import check, translated
from bot.flows.checking.local import Locality, check_local
from bot.flows.loading import Loaded, load
from bot.flows.overriding import FOLDER as PLACES
from bot.shelf import place_folders, read_folder
from bot.understanding.checking import check as check_utterances
from bot.understanding.utterances import FOLDER as UTTERANCES
from bot.understanding.utterances import MAX_BYTES as MOST_SPOKEN
from bot.understanding.utterances import load as load_utterances

Format = Literal["text", "json", "github"]
# The files of an alliance, by the name under which problems are reported, and the incidents of the playbooks beside
# them, to their problems.
AllianceCheck = Callable[[Mapping[str, bytes], dt.date, frozenset[str]], list[Problem]]

FINE, FOUND, UNREADABLE = 0, 1, 2

# The folder below a folder of playbooks that holds the alliance.
ALLIANCE: Final = "alliance"
# The municipalities that the files of an alliance know, by key.
Localities = Callable[[Mapping[str, bytes]], Mapping[str, Locality]]


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
    localities: Localities | None = None,
    contact_kinds: frozenset[str] = frozenset(),
) -> tuple[str, int]:
    """Check files or folders; what to print, and the exit code: 0 fine, 1 an error was found, 2 a path can't be read.

    A file is checked together with its neighbours (a playbook calls building blocks), and only its own problems are
    reported. A folder named `alliance`, also inside of a folder of playbooks, is handed to `check_alliance`. What a
    municipality has of its own is checked together with the common files; `localities` knows its name and settings.
    """
    try:
        report = _Gatherer(today, check_alliance, localities, contact_kinds).gather(paths)
    except UnreadablePathError as error:
        return str(error), UNREADABLE
    return _FORMS[form](report), FOUND if report.errors else FINE


@dataclass(slots=True)
class _Gatherer:
    """Checks folder after folder and keeps what was found."""

    today: dt.date
    check_alliance: AllianceCheck | None
    localities: Localities | None
    contact_kinds: frozenset[str]
    problems: dict[Problem, None] = field(default_factory=dict)
    languages: dict[str, Mapping[str, tuple[int, int]]] = field(default_factory=dict)
    count: int = 0
    common: dict[Path, Loaded] = field(default_factory=dict)

    def gather(self, paths: Sequence[Path]) -> Report:
        """Check what was named, each folder once."""
        for folder, chosen in _folders(paths):
            if folder.name == ALLIANCE:
                self._alliance(folder, chosen)
            elif folder.name == UTTERANCES:
                self._utterances(folder, chosen)
            elif folder.parent.name == PLACES:
                self._own(folder.parent.parent, {folder.name: chosen})
            elif folder.name == PLACES:
                self._own(folder.parent, None)
            else:
                self._playbooks(folder, chosen)
        return Report(tuple(sorted(self.problems, key=lambda one: one.order)), self.count, self.languages)

    def _alliance(self, folder: Path, chosen: set[str]) -> None:
        files = _read(folder)
        wanted = _wanted(folder, files, chosen)
        self.count += len(wanted)
        if self.check_alliance:
            beside = self._common(folder.parent).playbooks.values()
            incidents = frozenset(incident for playbook in beside for incident in playbook.incidents)
            self._keep(self.check_alliance(files, self.today, incidents), wanted)

    def _common(self, folder: Path) -> Loaded:
        """The playbooks in a folder, read once."""
        if folder not in self.common:
            self.common[folder] = load(_read(folder))
        return self.common[folder]

    def _playbooks(self, folder: Path, chosen: set[str]) -> None:
        files = _read(folder)
        wanted = _wanted(folder, files, chosen)
        self.count += len(wanted)
        loaded = self._common(folder)
        found = check(loaded, today=self.today, contact_kinds=self.contact_kinds, whole=not chosen)
        self._keep([*loaded.problems, *found], wanted | ({"."} if not chosen else set()))
        names = translated(loaded).items()
        self.languages |= {name: have for name, have in names if loaded.documents[name].name in wanted}
        if not chosen:
            self._own(folder, None, loaded, found)

    def _utterances(self, folder: Path, chosen: set[str]) -> None:
        """How people say it, together with the playbooks beside it; only what is wrong here is reported."""
        files = _read(folder, most=MOST_SPOKEN)
        wanted = _wanted(folder, files, chosen)
        self.count += len(wanted)
        self._keep(check_utterances(load_utterances(files), self._common(folder.parent)), wanted)

    def _own(
        self,
        folder: Path,
        chosen: Mapping[str, set[str]] | None,
        common: Loaded | None = None,
        said: Collection[Problem] = (),
    ) -> None:
        """What municipalities have of their own below a folder of playbooks; `chosen` None: all of them."""
        try:
            folders, misnamed = place_folders(folder)
        except OSError as error:
            raise UnreadablePathError(f"{folder}: nicht lesbar ({error.strerror or error}).") from None
        known = self._known(folder)
        foreign = {key for key, one in known.items() if one.gender != "doppelpunkt" or one.address == "du"}
        keys = sorted(chosen if chosen is not None else folders.keys() | foreign)
        self._keep([replace(one, file=_shown(folder / one.file)) for one in misnamed] if chosen is None else [], None)
        if keys and common is None:
            common = self._common(folder)
            said = check(common, today=self.today, contact_kinds=self.contact_kinds)
        for key in keys:
            files = _read(folder / PLACES / key) if key in folders else {}
            wanted = _wanted(folder / PLACES / key, files, chosen[key] if chosen is not None else set())
            self.count += len(wanted)
            found = self._local(common or load({}), files, known.get(key) or Locality(key, ""), said)
            found += _unknown(key, files) if known and key not in known else []
            self._keep(found, wanted if chosen is not None else None)

    def _local(
        self, common: Loaded, files: Mapping[str, bytes], here: Locality, said: Collection[Problem]
    ) -> list[Problem]:
        own = load(files)
        return check_local(common, own, here, today=self.today, contact_kinds=self.contact_kinds, known=said)

    def _known(self, folder: Path) -> Mapping[str, Locality]:
        alliance = folder / ALLIANCE
        return self.localities(_read(alliance)) if self.localities and alliance.is_dir() else {}

    def _keep(self, found: Iterable[Problem], wanted: Collection[str] | None) -> None:
        """Keep what is about the wanted files; None: all of it."""
        self.problems |= dict.fromkeys(one for one in found if wanted is None or one.file in wanted)


def _wanted(folder: Path, files: Mapping[str, bytes], chosen: set[str]) -> set[str]:
    wanted = {_shown(folder / name) for name in chosen} if chosen else set(files)
    if missing := wanted - files.keys():
        raise UnreadablePathError(f"{min(missing)}: Diese Datei gibt es nicht, oder sie endet nicht auf .yaml.")
    return wanted


def _unknown(key: str, files: Mapping[str, bytes]) -> list[Problem]:
    if not files:
        return []
    what = f"Kein Bündnis kennt den Schlüssel {key}: Diese Fassungen liest niemand."
    todo = f"Legen Sie eine Datei mit „key: {key}“ an, oder benennen Sie den Ordner um."
    return [Problem(min(files), 1, 1, "warning", "ort-unbekannt", what, todo)]


def _folders(paths: Sequence[Path]) -> Iterator[tuple[Path, set[str]]]:
    """Each folder with the files in it that were named; none: all of it."""
    folders: dict[Path, set[str]] = {}
    for path in paths:
        if path.is_dir():
            folders[path] = set()
            for inner in (ALLIANCE, UTTERANCES):
                if (path / inner).is_dir() and path.name != inner:
                    folders[path / inner] = set()
        elif path.exists() or path.is_symlink():
            chosen = folders.setdefault(path.parent, {path.name})
            if chosen:
                chosen.add(path.name)
        else:
            raise UnreadablePathError(f"{path}: Diesen Pfad gibt es nicht.")
    yield from folders.items()


def _read(folder: Path, *, most: int = MAX_BYTES) -> dict[str, bytes]:
    try:
        return {_shown(folder / name): data for name, data in read_folder(folder, most=most).items()}
    except OSError as error:
        raise UnreadablePathError(f"{folder}: nicht lesbar ({error.strerror or error}).") from None


def _shown(path: Path) -> str:
    """The path as someone would type it from here."""
    shown = os.path.relpath(path)
    return str(path) if shown.startswith("..") else shown


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

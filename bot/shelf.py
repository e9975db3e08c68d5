"""The playbooks on disk: read without trusting the folders, checked, and only then put on the shelf.

Owns the last good set. A broken file never replaces a good one: for each playbook the newest closure (the file and all
that it calls) in which nothing is wrong is on the shelf, as a whole. The rest moves on. Whoever holds `library` keeps
it: a refresh makes a new one and swaps it in one assignment. What a municipality has of its own (`orte/<key>/`) is on
it beside the common playbooks, by the same rule.
"""

from __future__ import annotations

import contextlib
import dataclasses
import os
import re
import stat
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Final

from bot.documents import MAX_BYTES, Problem, quote
from bot.flows.loading import Loaded, load
from bot.flows.overriding import FOLDER as PLACES
from bot.flows.overriding import KEY_PATTERN, Local, overlay, touched
from bot.flows.playbook import Linked, MissingFile, link
from bot.flows.program import Program, compile_program

SUFFIXES: Final = (".yaml", ".yml")
# An editor writes a file of 256 KiB in far less; after so many tries the folder is being filled, not edited.
TRIES: Final = 40
PAUSE: Final = 0.05

# What tells a changed file without reading it.
_Stamp = tuple[int, int, int, int]


class UnstableFolderError(OSError):
    """The folder changed each time it was read; nothing in it is used."""


class RefusedFileError(OSError):
    """A name in the folder is no plain file (a link, a device); nothing in the folder is used."""


def read_folder(folder: Path, *, most: int = MAX_BYTES) -> dict[str, bytes]:
    """The YAML files directly in a folder, by name; hidden files and folders are left out.

    Read until two readings are the same, so that a file that is just being written is not taken half. Of a file longer
    than `most` bytes one more than that is returned: enough to be refused for its size.

    Raises:
        RefusedFileError: a name is a symbolic link or no plain file.
        UnstableFolderError: the folder did not come to rest.
        OSError: it cannot be read.
    """
    before: tuple[Mapping[str, _Stamp], dict[str, bytes]] | None = None
    for _ in range(TRIES):
        try:
            stamps = stamp_folder(folder)
            now = (stamps, {name: _read_file(folder / name, most) for name in stamps})
        except FileNotFoundError:
            if not folder.is_dir():
                raise
            before = None
        else:
            if before == now:
                return now[1]
            before = now
        time.sleep(PAUSE)
    raise UnstableFolderError(f"{folder} ändert sich fortwährend; bitte später noch einmal.")


def stamp_folder(folder: Path) -> dict[str, _Stamp]:
    """Device, inode, size and time of change of each YAML file: differs when one was edited, added or removed.

    Raises:
        OSError: the folder cannot be listed.
    """
    stamps: dict[str, _Stamp] = {}
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            if entry.name.startswith(".") or not entry.name.endswith(SUFFIXES):
                continue
            state = entry.stat(follow_symlinks=False)
            stamps[entry.name] = (state.st_dev, state.st_ino, state.st_size, state.st_mtime_ns)
    return stamps


def _read_file(path: Path, most: int) -> bytes:
    refused = (
        f"{quote(path.name)} ist ein Verweis oder keine gewöhnliche Datei; legen Sie die Datei selbst in den Ordner."
    )
    try:
        # O_NONBLOCK: a pipe that carries this name must not hold us.
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK)
    except FileNotFoundError:
        raise
    except OSError:
        if path.is_symlink():
            raise RefusedFileError(refused) from None
        raise
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise RefusedFileError(refused)
        return file.read(most + 1)


def place_folders(folder: Path) -> tuple[dict[str, Path], list[Problem]]:
    """The folders of municipalities below a folder of playbooks, by key, and what is wrong with their names.

    Raises:
        OSError: the folder that holds them cannot be listed.
    """
    parent = folder / PLACES
    if not parent.is_dir():
        return {}, []
    found: dict[str, Path] = {}
    problems: list[Problem] = []
    for path in sorted(parent.iterdir()):
        if path.name.startswith("."):
            continue
        if re.fullmatch(KEY_PATTERN, path.name) and path.is_dir() and not path.is_symlink():
            found[path.name] = path
        else:
            what = f"{quote(path.name)} ist kein Ordner, der wie ein Gemeindeschlüssel heißt."
            todo = f"Legen Sie eigene Fassungen in {PLACES}/<Schlüssel>/, etwa {PLACES}/09761000/."
            problems.append(Problem(f"{PLACES}/{path.name}", 1, 1, "error", "ort-ordner", what, todo))
    return found, problems


@dataclass(frozen=True, slots=True)
class Tree:
    """The files of a folder of playbooks, and those of each municipality below it, each by its name."""

    common: Mapping[str, bytes]
    own: Mapping[str, Mapping[str, bytes]]
    problems: tuple[Problem, ...] = ()


def read_tree(folder: Path) -> Tree:
    """Read the common playbooks and those of the municipalities.

    Raises:
        OSError: as `read_folder`.
    """
    folders, problems = place_folders(folder)
    own = {
        key: {f"{PLACES}/{key}/{name}": data for name, data in read_folder(path).items()}
        for key, path in folders.items()
    }
    return Tree(read_folder(folder), own, tuple(problems))


@dataclass(frozen=True, slots=True)
class Stock:
    """Programs to begin with: the common ones, and what is another one in a municipality, by its key."""

    library: Mapping[str, Program]
    local: Local = field(default_factory=dict)


def read_unchecked(folder: Path) -> Stock:
    """Everything that can be linked, without walking any path: for a terminal that wants to begin.

    Raises:
        OSError: as `read_folder`.
    """
    tree = read_tree(folder)
    common = load(tree.common)
    library: dict[str, Program] = {}
    for name, playbook in common.playbooks.items():
        with contextlib.suppress(MissingFile):
            if playbook.type != "baustein":
                library[name] = compile_program(link(playbook, common.playbooks))
    local = {key: load(files) for key, files in tree.own.items()}
    programs = {
        key: {linked.root.id: compile_program(linked) for linked in touched(overlay(common, own), own)}
        for key, own in local.items()
    }
    return Stock(library, {key: own for key, own in programs.items() if own})


@dataclass(frozen=True, slots=True)
class _Set:
    """What is on the shelf at one moment."""

    library: Mapping[str, Program]
    problems: tuple[Problem, ...] = ()
    local: Local = field(default_factory=dict)


class Shelf:
    """The playbooks that a conversation can begin with, as of the last refresh.

    Building blocks are not on it by themselves, only inside of the playbooks that call them.
    """

    def __init__(
        self,
        folder: Path,
        compile_linked: Callable[[Linked], Program] = compile_program,
        *,
        contact_kinds: frozenset[str] = frozenset(),
    ) -> None:
        """Nothing is read yet: call `refresh`. `contact_kinds` as in `bot.flows.checking.check`."""
        self._folder = folder
        self._compile = compile_linked
        self._contact_kinds = contact_kinds
        self._stamps: dict[str, dict[str, _Stamp]] | None = None
        self._set = _Set(MappingProxyType({}))

    @property
    def library(self) -> Mapping[str, Program]:
        """Playbook id -> its newest good program. A snapshot: it never changes in the hands of its holder."""
        return self._set.library

    @property
    def local(self) -> Local:
        """What is another program in a municipality, by its key; a snapshot as well."""
        return self._set.local

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What was wrong at the last reading, warnings too; the files that are meant may be there in an older form."""
        return self._set.problems

    def refresh(self) -> bool:
        """Look whether a file changed (a directory listing, no reading), and if so, take what is good.

        Returns True when the library is another one now. Never raises for what is wrong in the folder: that is a
        problem, and the shelf stays as it is.
        """
        try:
            folders, _problems = place_folders(self._folder)
            stamps = {key: stamp_folder(path) for key, path in {"": self._folder, **folders}.items()}
            if stamps == self._stamps:
                return False
            tree = read_tree(self._folder)
        except OSError as error:
            self._stamps = None
            self._set = dataclasses.replace(self._set, problems=(_unreadable(self._folder, error),))
            return False
        self._stamps = stamps
        return self._take(tree)

    def _take(self, tree: Tree) -> bool:
        from bot.flows.checking import check  # noqa: PLC0415 - a terminal begins without it

        loaded = load(tree.common)
        problems = (*loaded.problems, *check(loaded, contact_kinds=self._contact_kinds))
        library = self._newest_of_all(loaded, problems)
        local: dict[str, Mapping[str, Program]] = {}
        said = [*tree.problems, *problems]
        for key, files in tree.own.items():
            own = load(files)
            found = self._check_local(key, loaded, own, problems)
            said += found
            if programs := self._newest_of_place(key, loaded, own, (*problems, *found)):
                local[key] = programs
        changed = library is not self._set.library or not _same(local, self._set.local)
        self._set = _Set(library, tuple(said), MappingProxyType(local) if changed else self._set.local)
        return changed

    def _check_local(self, key: str, common: Loaded, own: Loaded, known: Iterable[Problem]) -> list[Problem]:
        from bot.flows.checking.local import Locality, check_local  # noqa: PLC0415 - a terminal begins without it

        return check_local(common, own, Locality(key, ""), contact_kinds=self._contact_kinds, known=tuple(known))

    def _newest_of_place(
        self, key: str, common: Loaded, own: Loaded, problems: tuple[Problem, ...]
    ) -> dict[str, Program]:
        """The programs of one municipality: new where its whole closure is good, else those that were there."""
        old, whole = self._set.local.get(key, {}), overlay(common, own)
        # What was taken back is gone, unless a file is only broken.
        kept = {name for name in old if whole.broken & old[name].linked.files.keys()}
        names = {linked.root.id for linked in touched(whole, own)} | kept
        programs = {name: self._newest(name, whole, problems, old.get(name)) for name in sorted(names)}
        return {name: program for name, program in programs.items() if program is not None}

    def _newest_of_all(self, loaded: Loaded, problems: tuple[Problem, ...]) -> Mapping[str, Program]:
        """The common library; the same object when nothing in it is another one."""
        old = self._set.library
        new: dict[str, Program] = {}
        for name in sorted({*loaded.playbooks, *old, *loaded.broken}):
            program = self._newest(name, loaded, problems, old.get(name))
            if program is not None:
                new[name] = program
        changed = new.keys() != old.keys() or any(program is not old[name] for name, program in new.items())
        return MappingProxyType(new) if changed else old

    def _newest(self, name: str, loaded: Loaded, problems: tuple[Problem, ...], old: Program | None) -> Program | None:
        """The program of one playbook: the new one if its whole closure is good, else the one that was there."""
        playbook = loaded.playbooks.get(name)
        if playbook is None:
            # A broken file keeps its old form; a file that is gone is gone. Without a reception nothing could begin.
            is_reception = old is not None and old.root.type == "empfang"
            return old if name in loaded.broken or is_reception else None
        if playbook.type == "baustein":
            return None
        try:
            linked = link(playbook, loaded.playbooks)
        except MissingFile:
            return old
        bad = {problem.file for problem in problems if problem.severity == "error"}
        if any(loaded.documents[member].name in bad for member in linked.files):
            return old
        # A release changes no revision, but it opens the doors to people.
        same = old is not None and (old.revision, old.linked.released) == (linked.revision, linked.released)
        return old if same else self._compile(linked)


def _same(one: Local, two: Local) -> bool:
    """Whether the very same programs are there."""
    return {key: {**own} for key, own in one.items()} == {key: {**own} for key, own in two.items()}


def _unreadable(folder: Path, error: OSError) -> Problem:
    own = isinstance(error, UnstableFolderError | RefusedFileError)
    what = str(error) if own else f"Der Ordner kann nicht gelesen werden ({error.strerror})."
    todo = "Es gilt weiter, was zuletzt in Ordnung war."
    return Problem(folder.name, 1, 1, "error", "ordner-unlesbar", what, todo)

"""The playbook folder, the alliance below it and the register of municipalities, read, checked, kept as they stand.

Owns: `Worlds` made from files, at the start and whenever a file has changed. What is broken keeps its last good form.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path, PurePosixPath

from bot.alliance.contact import Area
from bot.alliance.kinds import INCIDENTS, KINDS
from bot.alliance.loading import Loaded as LoadedAreas
from bot.alliance.loading import load as load_areas
from bot.documents import Document, Problem
from bot.flows.program import Program
from bot.flows.walking import RECEPTION
from bot.gazetteer import Gazetteer
from bot.journal import log
from bot.settings import Settings, cache_folder
from bot.shelf import Shelf, Stock, read_folder, read_unchecked, stamp_folder
from bot.understanding.meaning import Encoder
from bot.understanding.memory import Memory
from bot.understanding.utterances import FOLDER as UTTERANCES
from bot.understanding.utterances import MAX_BYTES, Spoken
from bot.understanding.utterances import load as load_utterances
from bot.worlds import Worlds


class Files:
    """The folders and what is made of them: `worlds`, kept as the files stand."""

    def __init__(self, settings: Settings, *, checked: bool = True) -> None:
        """Read the files. `checked` False: the check of every path is left to the first refresh; a terminal is faster.

        Raises:
            LookupError: there is no reception; nothing could begin.
        """
        self._folder = settings.playbooks
        self._shelf = Shelf(self._folder, contact_kinds=frozenset(KINDS))
        # Side by side: reading waits for a folder to come to rest.
        with ThreadPoolExecutor(1) as beside:
            alliance = beside.submit(_Alliance, self._folder / "alliance", checked=checked)
            gazetteer = beside.submit(Gazetteer, settings.data_dir)
            sentences = beside.submit(_Sentences, self._folder / UTTERANCES)
            if checked:
                self._shelf.refresh()
            stock = Stock(self._shelf.library, self._shelf.local) if checked else read_unchecked(self._folder)
            self._alliance = alliance.result()
            self._gazetteer = gazetteer.result()
            self._sentences = sentences.result()
        if RECEPTION not in stock.library:
            raise NoReceptionError(self._folder)
        self.worlds = Worlds(
            stock.library,
            self._alliance.areas,
            self._gazetteer.places,
            zone=settings.timezone,
            allow_drafts=settings.allow_drafts,
            local=stock.local,
            spoken=self._sentences.spoken.files,
            encoder=Encoder() if settings.embeddings else None,
            memory=Memory(cache_folder()),
        )

    @property
    def areas(self) -> tuple[Area, ...]:
        """What the files of the alliance say."""
        return self._alliance.areas

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What was wrong at the last reading."""
        return (*self._shelf.problems, *self._alliance.problems, *self._sentences.spoken.problems)

    def refresh(self) -> None:
        """Look for changed files and show what is good."""
        changed = self._shelf.refresh()
        changed |= self._alliance.refresh(incidents=_incidents(self._shelf.library.values()))
        changed |= self._gazetteer.refresh()
        changed |= self._sentences.refresh()
        if changed and RECEPTION in self._shelf.library:
            self.worlds.show(
                self._shelf.library,
                self._alliance.areas,
                self._gazetteer.places,
                self._shelf.local,
                self._sentences.spoken.files,
            )
            self.worlds.prepare()
            log().info("playbooks_changed", count=len(self._shelf.library))


class NoReceptionError(LookupError):
    """There is nothing to begin a talk with."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"{folder}: Hier fehlt {RECEPTION}.yaml, oder die Datei ist fehlerhaft. „lotse check“ zeigt, was zu tun "
            "ist; LOTSE_PLAYBOOKS nennt den Ordner."
        )


class _Alliance:
    """The files of the alliance: the last reading of each in which nothing was wrong. None at all is a fair state.

    A file with a mistake keeps its old form. One that has no old form is there without the contacts that are mistaken:
    better one number less than a town without police.
    """

    def __init__(self, folder: Path, *, checked: bool) -> None:
        """`checked` False: what can be read is taken, as a terminal does that wants to begin."""
        self._folder = folder
        self._stamps: object = None
        self._good: dict[str, Area] = {}
        self._was_checked = False
        self.problems: tuple[Problem, ...] = ()
        self.refresh(checked=checked)

    @property
    def areas(self) -> tuple[Area, ...]:
        """What the files say."""
        return tuple(self._good.values())

    def refresh(self, *, checked: bool = True, incidents: Collection[str] = ()) -> bool:
        """Read again what changed; whether there is something new. `incidents`: what contacts may name, if known."""
        try:
            stamps = stamp_folder(self._folder)
            if stamps == self._stamps:
                return False
            loaded = load_areas(read_folder(self._folder))
        except FileNotFoundError:
            return False
        except OSError as error:
            log().error("alliance_unreadable", exc_info=error)
            return False
        # Unchecked: the next look checks it.
        self._stamps = stamps if checked else None
        self.problems = (*loaded.problems, *(_check(loaded, incidents) if checked else ()))
        errors = [problem for problem in self.problems if problem.severity == "error"]
        if errors:
            log().error("alliance_mistakes", count=len(errors))
        before, self._good = self._good, self._newest(loaded, errors)
        self._was_checked = checked
        return before != self._good

    def _newest(self, loaded: LoadedAreas, errors: list[Problem]) -> dict[str, Area]:
        # What was never checked is no good form.
        old = self._good if self._was_checked else {}
        bad = {PurePosixPath(problem.file).stem for problem in errors}
        newest = {
            stem: old.get(stem) or _sound(area, loaded.documents[stem], errors) if stem in bad else area
            for stem, area in loaded.areas.items()
        }
        # What cannot even be read, or must not be missing.
        keys = {area.key for area in newest.values()}
        kept = {stem: area for stem, area in self._good.items() if stem in bad and area.key not in keys}
        return newest | kept


def _incidents(programs: Iterable[Program]) -> frozenset[str]:
    return frozenset(INCIDENTS).union(*(program.root.incidents for program in programs))


def _check(loaded: LoadedAreas, incidents: Collection[str]) -> list[Problem]:
    from bot.alliance.checking import check  # noqa: PLC0415 - a terminal begins without it

    return check(loaded, incidents=incidents)


def _sound(area: Area, document: Document, errors: Iterable[Problem]) -> Area:
    """The area without the contacts in whose lines there is a mistake."""
    lines = {document.key_position(("contacts", name))[0]: name for name in area.contacts}
    mistaken = {
        max(line for line in lines if line <= problem.line)
        for problem in errors
        if problem.file == document.name and problem.line >= min(lines, default=problem.line + 1)
    }
    contacts = {name: area.contacts[name] for line, name in lines.items() if line not in mistaken}
    return area.model_copy(update={"contacts": contacts})


class _Sentences:
    """How people say it: the last reading of each file in which nothing was wrong. None at all is a fair state."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._stamps: object = None
        self.spoken = Spoken()
        self.refresh()

    def refresh(self) -> bool:
        """Read again what changed; whether there is something new."""
        try:
            stamps = stamp_folder(self._folder)
            if stamps == self._stamps:
                return False
            read = load_utterances(read_folder(self._folder, most=MAX_BYTES))
        except FileNotFoundError:
            return False
        except OSError as error:
            log().error("utterances_unreadable", exc_info=error)
            return False
        kept = {name: one for name, one in self.spoken.files.items() if name in read.broken}
        self._stamps = stamps
        self.spoken = replace(read, files={**read.files, **kept})
        return True

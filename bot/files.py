"""The playbook folder, the alliance below it and the register of municipalities, read, checked, kept as they stand.

Owns: `Worlds` made from files, at the start and whenever a file has changed. What is broken keeps its last good form.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from bot.alliance.contact import Area
from bot.alliance.kinds import KINDS
from bot.alliance.loading import load as load_areas
from bot.documents import Problem
from bot.flows.walking import RECEPTION
from bot.gazetteer import Gazetteer
from bot.journal import log
from bot.settings import Settings
from bot.shelf import Shelf, Stock, read_folder, read_unchecked, stamp_folder
from bot.understanding.utterances import FOLDER as UTTERANCES
from bot.understanding.utterances import Spoken
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
            alliance = beside.submit(_Alliance, self._folder / "alliance")
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
        changed |= self._alliance.refresh()
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
    """The files of the alliance: the last reading in which nothing was wrong. None at all is a fair state."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._stamps: object = None
        self.areas: tuple[Area, ...] = ()
        self.problems: tuple[Problem, ...] = ()
        self.refresh()

    def refresh(self) -> bool:
        """Read again what changed; whether there is something new."""
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
        self._stamps, self.problems = stamps, loaded.problems
        # A broken file keeps its old form, as on the shelf.
        keys = {area.key for area in loaded.areas.values()}
        kept = [area for area in self.areas if area.key not in keys] if loaded.problems else []
        self.areas = (*loaded.areas.values(), *kept)
        return True


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
            read = load_utterances(read_folder(self._folder))
        except FileNotFoundError:
            return False
        except OSError as error:
            log().error("utterances_unreadable", exc_info=error)
            return False
        kept = {name: one for name, one in self.spoken.files.items() if name in read.broken}
        self._stamps = stamps
        self.spoken = replace(read, files={**read.files, **kept})
        return True

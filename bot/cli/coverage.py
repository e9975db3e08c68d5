"""`lotse alliance coverage`: whether somebody is there for every place, incident, audience and minute of a year."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.cli.settings import load_settings

if TYPE_CHECKING:
    from bot.alliance.kinds import KindId
    from bot.files import Files
    from bot.settings import Settings
    from bot.worlds import Worlds

_LOUD = "=" * 72


def run(arguments: argparse.Namespace) -> int:
    """Print the proof. 1: there is a gap; 2: the files cannot be read, or there is nobody in them at all."""
    settings = load_settings(arguments)
    if settings is None:
        return 2
    today = dt.datetime.now(ZoneInfo(settings.timezone)).date()
    first = _day(arguments.start) if arguments.start else today
    if first is None:
        print(f"{arguments.start}: Das ist kein Tag. Beispiel: 2026-12-01", file=sys.stderr)
        return 2
    files = _read(settings)
    if files is None:
        return 2
    from bot.alliance import gaps
    from bot.alliance.coverage import needed_places, prove
    from bot.alliance.minutes import Year
    from bot.cli.alliance_secret import directory_of

    worlds = files.worlds
    keys = needed_places(worlds.places.keys())
    needs, titles = _needs(worlds)
    if not keys or not needs:
        return _cry("Es gibt keinen Ort oder keinen Vorfall, für den jemand zuständig sein könnte.")
    proof = prove(directory_of(settings, worlds), keys, needs, year=Year.starting(first), today=today)
    if arguments.picture:
        from bot.alliance.heatmap import draw

        try:
            arguments.picture.write_text(draw(proof, titles), encoding="utf-8")
        except OSError as error:
            print(f"{arguments.picture}: nicht zu schreiben ({error.strerror}).", file=sys.stderr)
            return 2
    if arguments.json:
        print(json.dumps(gaps.data(proof, worlds.places.name), ensure_ascii=False))
    else:
        print(gaps.describe(proof, worlds.places.name, titles))
    return 1 if proof.gaps else 0


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _read(settings: Settings) -> Files | None:
    """The files, if they are whole and somebody is in them; otherwise as loud as it gets."""
    from bot.alliance.checking import check
    from bot.alliance.loading import load
    from bot.files import Files, NoReceptionError
    from bot.shelf import read_folder

    folder = Path(settings.playbooks) / "alliance"
    try:
        loaded = load(read_folder(folder))
    except OSError as error:
        _cry(f"{folder}: nicht lesbar ({error.strerror or error}).")
        return None
    errors = [problem for problem in (*loaded.problems, *check(loaded)) if problem.severity == "error"]
    if not any(area.contacts for area in loaded.areas.values()):
        _cry(f"{folder}: Hier steht keine einzige Stelle.", *map(str, errors))
        return None
    if errors:
        _cry("Das Verzeichnis hat Fehler; was nicht gelesen werden kann, kann niemandem helfen.", *map(str, errors))
        return None
    try:
        return Files(settings, checked=False)
    except (NoReceptionError, OSError) as error:
        _cry(str(error))
        return None


def _cry(*lines: str) -> int:
    loud = "NIEMAND IST ERREICHBAR: Die Abdeckung lässt sich nicht beweisen."
    print(_LOUD, loud, *lines, _LOUD, sep="\n", file=sys.stderr)
    return 2


def _needs(worlds: Worlds) -> tuple[dict[str, tuple[KindId, ...]], dict[str, str]]:
    """The kinds that each incident requires, and its title, in the order of their ids."""
    from bot.alliance.kinds import KINDS

    needs: dict[str, tuple[KindId, ...]] = {}
    titles: dict[str, str] = {}
    for program in worlds.library.values():
        for incident in program.root.incidents:
            titles[incident] = program.root.title["de"]
            needs[incident] = tuple(kind for kind in KINDS if kind in program.root.needs)
    return dict(sorted(needs.items())), titles

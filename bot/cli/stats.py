"""`lotse stats`: the year of an alliance in numbers that may be published.

Owns: the reports that were made, in the data folder. A year that is over is reported once and the same way for ever:
made again from books in which something has changed since, or for one municipality beside all, it could be subtracted.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import msgspec

from bot.cli.settings import load_settings

if TYPE_CHECKING:
    from bot.cases.report import Report
    from bot.settings import Settings

_FOLDER = "statistik"
_ALL = "alle"
_EITHER = (
    "Für {year} gibt es schon einen Bericht ({other}). Ein zweiter, der sich mit ihm überschneidet, ließe sich\n"
    "davon abziehen; darum bleibt es bei dem einen."
)


def run(arguments: argparse.Namespace) -> int:
    """Print the report. 1: it would overlap with one that was made; 2: wrong use; 3: the books cannot be reached."""
    settings = load_settings(arguments)
    if settings is None:
        return 2
    from bot.cases import chart, report
    from bot.clock import AheadClock

    zone = ZoneInfo(settings.timezone)
    today = AheadClock(settings.data_dir)().astimezone(zone).date()
    year = arguments.year or (today.year - 1 if report.is_over(today.year - 1, today) else today.year)
    made = _make(settings, year, arguments.place, today)
    if isinstance(made, int):
        return made
    for path, text in ((arguments.csv, report.to_csv), (arguments.chart, chart.draw)):
        if path is not None and not _write(path, text(made)):
            return 2
    print(json.dumps(msgspec.to_builtins(made), ensure_ascii=False) if arguments.json else report.describe(made))
    return 0


def _make(settings: Settings, year: int, place: str, today: dt.date) -> Report | int:
    """The report as it was made, or made now; an exit code where there is none."""
    from bot.cases import report
    from bot.files import Files

    worlds = Files(settings, checked=False).worlds
    key, of = _ALL, "alle Kommunen"
    if place:
        from bot.cli.places import pick_place

        found = pick_place(worlds.places, place, tenant=True)
        if found is None:
            return 2
        key, of = found.ags, found.name
    final = report.is_over(year, today)
    folder = settings.data_dir / _FOLDER
    kept = folder / f"{year}-{key}.json"
    if final and kept.exists():
        return msgspec.json.decode(kept.read_bytes(), type=report.Report)
    if final and (other := _overlapping(folder, year, key)):
        print(_EITHER.format(year=year, other=worlds.places.name(other) if other != _ALL else other), file=sys.stderr)
        return 1
    rows = _facts(settings)
    if rows is None:
        return 3
    facts = [_fact(row) for row in rows if not place or row["place"] == key]
    titles = {
        incident: program.root.title["de"] for program in worlds.library.values() for incident in program.root.incidents
    }
    made = report.compute(
        facts, year, (of, titles, None if place else worlds.places.name), (ZoneInfo(settings.timezone), today)
    )
    if final and not _keep(kept, made):
        return 2
    return made


def _overlapping(folder: Path, year: int, key: str) -> str:
    """Whose report of this year there is that this one could be subtracted from; "" none."""
    others = [path.stem.partition("-")[2] for path in sorted(folder.glob(f"{year}-*.json"))]
    return next((other for other in others if _ALL in (key, other)), "")


def _keep(path: Path, made: Report) -> bool:
    path.parent.mkdir(mode=0o700, exist_ok=True)
    return _write(path, msgspec.json.encode(made).decode())


def _write(path: Path, text: str) -> bool:
    try:
        path.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        print(f"{path}: nicht zu schreiben ({error.strerror}).", file=sys.stderr)
        return False
    return True


def _facts(settings: Settings) -> list[dict[str, Any]] | None:
    from bot import caseoffice
    from bot.cli.books import run_errand

    found: list[dict[str, Any]] | None = run_errand(settings, "cases", lambda database, _: caseoffice.listed(database))
    return found


def _fact(row: dict[str, Any]) -> Any:  # noqa: ANN401 - its class is loaded when the command runs
    from bot.cases.report import Fact

    def when(name: str) -> dt.datetime | None:
        return dt.datetime.fromisoformat(row[name]) if row[name] else None

    opened = dt.datetime.fromisoformat(row["opened"])
    return Fact(row["place"], row["incident"], opened, when("first_human"), when("closed"), row["outcome"] or "")

"""`lotse cases`: what cases there are, without content; closing one that nobody looks after any more."""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING, Any

from bot.cli.books import run_errand
from bot.cli.settings import load_settings

if TYPE_CHECKING:
    from bot.keys import KeyRing
    from bot.settings import Settings
    from bot.storage.database import Database

_NONE = "Einen offenen Vorgang mit dieser Nummer gibt es nicht."
_UNKNOWN = "Einen Vorgang mit dieser Nummer gibt es nicht."


def list_all(arguments: argparse.Namespace) -> int:
    """Print every case in a line. 3: the books cannot be reached."""
    settings = load_settings(arguments)
    if settings is None:
        return 2
    from bot import caseoffice

    rows = run_errand(settings, "cases", lambda database, _: caseoffice.listed(database))
    if rows is None:
        return 3
    rows = [row for row in rows if arguments.place in ("", row["place"]) and (arguments.all or row["closed"] is None)]
    if arguments.json:
        print(json.dumps(rows, ensure_ascii=False))
    elif not rows:
        print("Kein Vorgang." if arguments.all else "Kein offener Vorgang. Auch beendete: --all")
    for row in [] if arguments.json else rows:
        opened = _when(row["opened"], settings)
        print(f"{row['number']}  {row['place']:<11}  {row['state']:<15}  {opened}  {_due(row, settings)}".rstrip())
    return 0


def show(arguments: argparse.Namespace) -> int:
    """Print one case with what was done. 1: no such case; 3: the books cannot be reached."""
    settings = load_settings(arguments)
    if settings is None:
        return 2
    from bot import caseoffice
    from bot.flows.casenumber import read_number

    number = read_number(arguments.number)
    if number is None:
        print(_UNKNOWN, file=sys.stderr)
        return 1
    found = run_errand(settings, "case", lambda database, _: caseoffice.shown(database, number) or {}, number=number)
    if found is None:
        return 3
    if not found:
        print(_UNKNOWN, file=sys.stderr)
        return 1
    if arguments.json:
        print(json.dumps(found, ensure_ascii=False))
        return 0
    print(f"Vorgang {found['number']}, {found['place']}: {found['state']}, eröffnet {_when(found['opened'], settings)}")
    for row in found["log"]:
        print(f"{_when(row['at'], settings)}  {row['actor']:<12}  {row['act']:<10}  danach: {row['state']}")
    return 0


def close(arguments: argparse.Namespace) -> int:
    """Close a case unread. 1: none of that number is open; 3: the books cannot be reached."""
    settings = load_settings(arguments)
    if settings is None:
        return 2
    from bot import caseoffice
    from bot.clock import AheadClock
    from bot.flows.casenumber import read_number

    number = read_number(arguments.number)
    if number is None:
        print(_NONE, file=sys.stderr)
        return 1

    def work(database: Database, ring: KeyRing) -> bool:
        from bot.files import Files

        plans = Files(settings, checked=False).worlds
        return caseoffice.close(database, ring, plans, (number, arguments.outcome), AheadClock(settings.data_dir)())

    closed = run_errand(settings, "close_case", work, number=number, outcome=arguments.outcome)
    if closed is None:
        return 3
    print("Geschlossen. Person und Koordination erfahren es." if closed else _NONE)
    return 0 if closed else 1


def _due(row: dict[str, Any], settings: Settings) -> str:
    return f"bis {_when(row['due'], settings)}" if row["due"] else ""


def _when(iso: str, settings: Settings) -> str:
    import datetime as dt
    from zoneinfo import ZoneInfo

    return dt.datetime.fromisoformat(iso).astimezone(ZoneInfo(settings.timezone)).strftime("%d.%m.%Y, %H:%M")

"""`lotse codes`: the codes by which staff of a municipality show that they belong to it."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.cli.books import run_errand, store_by_errand
from bot.cli.places import pick_place
from bot.cli.settings import load_settings

if TYPE_CHECKING:
    from bot.alliance.places import Places
    from bot.keys import KeyRing
    from bot.settings import Settings
    from bot.storage.database import Database

_FORMATS = (".svg", ".png")


def list_all(arguments: argparse.Namespace) -> int:
    """Print every municipality with a code. 3: the books cannot be reached."""
    settings = load_settings(arguments)
    if settings is None:
        return 2
    return _print(settings, _places(settings), None, as_json=arguments.json)


def show(arguments: argparse.Namespace) -> int:
    """Print the codes of one municipality. 1: it has none; 2: no such place; 3: the books cannot be reached."""
    settings = load_settings(arguments)
    if settings is None:
        return 2
    places = _places(settings)
    place = pick_place(places, arguments.place, tenant=True)
    if place is None:
        return 2
    return _print(settings, places, place.ags, as_json=arguments.json)


def rotate(arguments: argparse.Namespace) -> int:
    """Give out a new code. 2: no such place, or no such picture; 3: the books cannot be reached."""
    settings = load_settings(arguments)
    if settings is None:
        return 2
    if arguments.qr is not None and (arguments.qr.suffix not in _FORMATS or settings.link is None):
        print("--qr braucht einen Dateinamen auf .svg oder .png und die Einstellung LOTSE_LINK.", file=sys.stderr)
        return 2
    place = pick_place(_places(settings), arguments.place, tenant=True)
    if place is None:
        return 2
    from bot import staffcode

    code = staffcode.make()
    if not _issue(settings, place.ags, code, arguments.overlap):
        return 3
    print(f"{place.name} ({place.ags}): Dieser Code gilt ab jetzt.\n\n  {staffcode.show(code)}\n")
    if settings.link is not None:
        link = settings.link.replace("{payload}", staffcode.payload(code))
        print(f"Als Link: {link}")
        if arguments.qr is not None:
            _draw(link, arguments.qr)
    old = f"gilt noch {arguments.overlap} Tage" if arguments.overlap else "gilt nicht mehr"
    print(f"Ein früherer Code {old}. Dieser hier wird nicht noch einmal gezeigt.")
    return 0


def _issue(settings: Settings, place: str, code: str, overlap: int) -> bool:
    from bot import staffcodes
    from bot.clock import AheadClock

    def work(database: Database, ring: KeyRing) -> None:
        staffcodes.issue(database, ring, place, code, dt.timedelta(days=overlap), AheadClock(settings.data_dir)())

    return store_by_errand(settings, "code", work, place=place, code=code, overlap=str(overlap))


def _print(settings: Settings, places: Places, only: str | None, *, as_json: bool) -> int:
    rows = _listed(settings)
    if rows is None:
        return 3
    rows = [{"name": places.name(row["place"]), **row} for row in rows if only in (None, row["place"])]
    if as_json:
        print(json.dumps(rows, ensure_ascii=False))
    elif not rows:
        print("Es gibt keinen Code. „lotse codes rotate --place ORT“ gibt einen aus.")
    else:
        for row in rows:
            until = f"gilt noch bis {_when(row['expires'], settings)}" if row["expires"] else "gilt"
            print(f"{row['place']:<11}  {row['name']}: ausgegeben {_when(row['issued'], settings)}, {until}")
    return 1 if only is not None and not rows else 0


def _listed(settings: Settings) -> list[dict[str, Any]] | None:
    from bot import staffcodes
    from bot.clock import AheadClock

    now = AheadClock(settings.data_dir)()
    rows: list[dict[str, Any]] | None = run_errand(
        settings, "codes", lambda database, _: staffcodes.listed(database, now)
    )
    return rows


def _places(settings: Settings) -> Places:
    from bot.files import Files

    return Files(settings, checked=False).worlds.places


def _when(iso: str, settings: Settings) -> str:
    from zoneinfo import ZoneInfo

    return dt.datetime.fromisoformat(iso).astimezone(ZoneInfo(settings.timezone)).strftime("%d.%m.%Y, %H:%M Uhr")


def _draw(link: str, path: Path) -> None:
    import segno

    segno.make(link, error="m", micro=False).save(str(path), scale=8, border=4)
    print(f"Als QR-Code: {path}")

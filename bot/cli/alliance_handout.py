"""`lotse alliance handout`: the handout of a place as PDF."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from pathlib import Path

from bot.cli.places import pick_place
from bot.cli.settings import load_settings


def run(arguments: argparse.Namespace) -> int:
    """Write the PDF. 1: nobody is known there; 2: no such place, or the file cannot be written."""
    settings = load_settings(arguments)
    if settings is None:
        return 2
    from bot.alliance.handout import make_handout
    from bot.files import Files
    from bot.handout import draw

    worlds = Files(settings, checked=False).worlds
    place = pick_place(worlds.places, arguments.place)
    if place is None:
        return 2
    handout = make_handout(
        worlds.directory, ags=place.ags, name=place.name, at=dt.datetime.now(dt.UTC), link=settings.link or ""
    )
    if not handout.entries:
        print(f"Für {place.name} ist niemand eingetragen. „lotse check“ zeigt, was fehlt.", file=sys.stderr)
        return 1
    path: Path = arguments.out or Path(f"aushang-{place.ags}.pdf")
    page = draw(handout)
    try:
        path.write_bytes(page.pdf)
    except OSError as error:
        print(f"{path}: Die Datei kann nicht geschrieben werden ({error.strerror}).", file=sys.stderr)
        return 2
    print(f"{path}: der Aushang für {place.name}, {len(handout.entries) - page.left_out} Anliegen.")
    if page.left_out:
        missing = ", ".join(f"„{entry.subject.title}“" for entry in handout.entries[-page.left_out :])
        print(f"Kein Platz mehr für: {missing}. Kürzere Namen und Sätze bei den Stellen machen Platz.")
    if not handout.link:
        print("Ohne QR-Code: Dafür nennt die Einstellung LOTSE_LINK die Adresse des Lotsen.")
    if handout.is_draft:
        print("Ein Entwurf: Nicht jede Nummer hat schon jemand angerufen. Das steht auf dem Blatt.")
    return 0

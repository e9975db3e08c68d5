"""`lotse keys`: the master keys by their ids, and a new one."""

from __future__ import annotations

import argparse
import sys

from bot.cli.books import open_books_or_explain
from bot.cli.settings import load_settings


def show(arguments: argparse.Namespace) -> int:
    """Print the ids. 2: the key file cannot be read."""
    settings = load_settings(arguments)
    if settings is None:
        return 2
    from bot.keys import KeyRing, KeyRingError

    try:
        ring = KeyRing.open(settings.key_path, create=False)
    except KeyRingError as error:
        print(error, file=sys.stderr)
        return 2
    for key_id in ring.key_ids:
        print(f"{key_id}  in Gebrauch" if key_id == ring.active else key_id)
    return 0


def rotate(arguments: argparse.Namespace) -> int:
    """Wrap everything with a new master key. 3: the books cannot be reached, or a writer is running."""
    settings = load_settings(arguments)
    if settings is None:
        return 2
    with open_books_or_explain(settings) as books:
        if books is None:
            return 3
        from bot.upkeep import rotate as rotate_keys

        ring, count = rotate_keys(*books)
    print(f"{count} Datenschlüssel sind neu verpackt. In Gebrauch: {ring.active}")
    print("Der alte Hauptschlüssel bleibt in der Datei: Sicherungen von früher brauchen ihn.")
    return 0

"""`lotse purge`: forgets now what is due to be forgotten."""

from __future__ import annotations

import argparse
import sys

from bot.cli.books import open_books_or_explain
from bot.cli.settings import load_settings


def run(arguments: argparse.Namespace) -> int:
    """Purge, through the writer when one is running. 3: the books cannot be reached."""
    settings = load_settings(arguments)
    if settings is None:
        return 2
    from bot import errands

    try:
        errands.ask(settings.data_dir, "purge")
    except errands.ErrandFailedError as error:
        print(f"Der laufende Lotse konnte es nicht ({error}). „lotse doctor“ sieht nach.", file=sys.stderr)
        return 3
    except LookupError:
        with open_books_or_explain(settings) as books:
            if books is None:
                return 3
            from bot.clock import AheadClock
            from bot.files import Files
            from bot.upkeep import purge

            purge(*books, AheadClock(settings.data_dir)(), Files(settings, checked=False).worlds)
    print("Was fällig war, ist gelöscht.")
    return 0

"""`lotse invite`: lets somebody coordinate the cases of a municipality, by a code that works once."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from bot.cli.books import open_books_or_explain
from bot.cli.places import pick_place
from bot.cli.settings import load_settings

if TYPE_CHECKING:
    from bot.settings import Settings


def run(arguments: argparse.Namespace) -> int:
    """Give out an invitation. 2: no such place; 3: the books cannot be reached."""
    settings = load_settings(arguments)
    if settings is None:
        return 2
    from bot.files import Files

    place = pick_place(Files(settings, checked=False).worlds.places, arguments.place, tenant=True)
    if place is None:
        return 2
    from bot import invitation

    code = invitation.make()
    if not issue(settings, place.ags, arguments.role, code):
        return 3
    print(f"{place.name} ({place.ags}), {arguments.role}: eine Einladung, für eine Person, drei Tage lang gültig.\n")
    print(f"  {invitation.show(code)}\n")
    if settings.link is not None:
        print(f"Als Link: {settings.link.replace('{payload}', invitation.payload(code))}")
    print("Bitte persönlich weitergeben. Wer sie dem Lotsen schickt, sieht die Vorgänge dieser Kommune.")
    print("Sie wird nicht noch einmal gezeigt.")
    return 0


def issue(settings: Settings, place: str, role: str, code: str) -> bool:
    """Store the invitation, through the writer when one is running; False when that was not possible."""
    from bot import caseoffice, errands
    from bot.clock import AheadClock

    try:
        errands.ask(settings.data_dir, "invite", place=place, role=role, code=code)
    except errands.ErrandFailedError as error:
        print(f"Der laufende Lotse konnte es nicht ({error}). „lotse doctor“ sieht nach.", file=sys.stderr)
        return False
    except LookupError:
        settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        with open_books_or_explain(settings) as books:
            if books is None:
                return False
            caseoffice.invite(*books, code, (place, role), AheadClock(settings.data_dir)())
    return True

"""`lotse invite`: lets somebody coordinate the cases of a municipality, by a code that works once."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from bot.cli.books import store_by_errand
from bot.cli.places import pick_place
from bot.cli.settings import load_settings

if TYPE_CHECKING:
    from bot.keys import KeyRing
    from bot.settings import Settings
    from bot.storage.database import Database


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

    code, group = invitation.make(), bool(arguments.gruppe)
    if not issue(settings, place.ags, arguments.role, code, group=group):
        return 3
    whom = "für eine Gruppe oder einen Raum" if group else "für eine Person"
    word = invitation.GROUP if group else invitation.PERSON
    print(f"{place.name} ({place.ags}), {arguments.role}: eine Einladung, {whom}, drei Tage lang gültig.\n")
    print(f"  {invitation.show(code, word)}\n")
    if settings.link is not None and (not group or "start=" in settings.link):
        # Telegram asks whoever follows the second kind of link for the group.
        link = settings.link.replace("?start=", "?startgroup=") if group else settings.link
        print(f"Als Link: {link.replace('{payload}', invitation.payload(code, word))}")
    if group:
        print(
            "Den Lotsen in die Gruppe oder den Raum aufnehmen und dort schreiben: verbinden CODE, in Telegram mit „/“."
        )
        print("Dort erscheinen dann Nummern von Vorgängen und Fristen, nie Inhalte.")
    else:
        print("Bitte persönlich weitergeben. Wer sie dem Lotsen schickt, sieht die Vorgänge dieser Kommune.")
    print("Sie wird nicht noch einmal gezeigt.")
    return 0


def issue(settings: Settings, place: str, role: str, code: str, *, group: bool = False) -> bool:
    """Store the invitation, through the writer when one is running; False when that was not possible."""
    from bot import caseoffice
    from bot.clock import AheadClock

    def work(database: Database, ring: KeyRing) -> None:
        caseoffice.invite(database, ring, code, (place, role), AheadClock(settings.data_dir)(), group=group)

    more = {"group": "ja"} if group else {}
    return store_by_errand(settings, "invite", work, place=place, role=role, code=code, **more)

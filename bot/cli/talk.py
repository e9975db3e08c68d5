"""`lotse talk`: a conversation in this terminal.

The first words stand on the screen before anything else is loaded, but for a place that was named: whether there is
such a place is said before them. Then this process connects to the writer of the data folder; when there is none it
becomes the writer itself, in a thread of its own, and takes over when another writer goes away in the middle of the
talk.
"""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Final

from bot.adapters.terminal_words import first_words

if TYPE_CHECKING:
    from bot.cli.host import Host
    from bot.settings import Settings

_TOWN: Final = "00000000"
"""Musterstadt, which does not exist: where a coordinator is tried out."""

_SEATS: Final = ("koordination", "vertretung", "ansprechperson")
"""Each role has a seat of its own at the end of the row, so that no person sits there by chance."""


def run(arguments: argparse.Namespace) -> int:
    """Hold a talk; return the exit code."""
    if arguments.place and not _place(arguments):
        return 2
    from bot.adapters.terminal_screen import Plain, Pretty

    live = sys.stdin.isatty() and sys.stdout.isatty()
    screen = Pretty(sys.stdout, arguments.lang) if live else Plain(sys.stdout, arguments.lang)
    screen.first(first_words(arguments.lang))

    from bot.adapters.terminal import MOST_PEOPLE
    from bot.adapters.terminal_talk import Talk, open_lines
    from bot.cli.host import Host
    from bot.cli.settings import load_settings

    settings = load_settings(arguments)
    if settings is None:
        return 2
    host = Host(settings)
    person, place = arguments.person, arguments.place
    try:
        if arguments.role:
            person = person or MOST_PEOPLE - _SEATS.index(arguments.role)
            place = _invitation(host, settings, arguments.role, place or _TOWN)
            if not place:
                return 2
        talk = Talk(host.reach, screen, open_lines(sys.stdout), person=person, language=arguments.lang, place=place)
        return talk.run()
    finally:
        host.close()


def _place(arguments: argparse.Namespace) -> bool:
    """Put the key of the place that was named in its place; False after saying what else it may be."""
    from bot.alliance.loading import load
    from bot.alliance.places import Places
    from bot.cli.places import pick_place
    from bot.cli.settings import load_settings
    from bot.gazetteer import Gazetteer
    from bot.shelf import read_folder

    settings = load_settings(arguments)
    if settings is None:
        return False
    folder = settings.playbooks / "alliance"
    areas = load(read_folder(folder)).areas.values() if folder.is_dir() else ()
    place = pick_place(Places.of(areas, Gazetteer(settings.data_dir).places), arguments.place, tenant=True)
    if place is None:
        return False
    arguments.place = place.ags
    return True


def _invitation(host: Host, settings: Settings, role: str, place: str) -> str:
    """An invitation for this role, to try it here, as a link carries it; empty when it was not to be had."""
    from bot import errands, invitation
    from bot.adapters.terminal_talk import UnreachableError

    code = invitation.make()
    try:
        host.reach().close()
        errands.ask(settings.data_dir, "invite", place=place, role=role, code=code)
    except UnreachableError as error:
        print(error, file=sys.stderr)
        return ""
    except (errands.ErrandFailedError, LookupError):
        print("Diese Kommune kenne ich nicht. Bitte den Schlüssel angeben, etwa --place 09761000.", file=sys.stderr)
        return ""
    return invitation.payload(code)

"""`lotse talk`: a conversation in this terminal.

The first words stand on the screen before anything else is loaded, but for a place that was named: whether there is
such a place is said before them. Then this process connects to the writer of the data folder; when there is none it
becomes the writer itself, in a thread of its own, and takes over when another writer goes away in the middle of the
talk.
"""

from __future__ import annotations

import argparse
import sys

from bot.adapters.terminal_words import first_words


def run(arguments: argparse.Namespace) -> int:
    """Hold a talk; return the exit code."""
    if arguments.place and not _place(arguments):
        return 2
    from bot.adapters.terminal_screen import Plain, Pretty

    live = sys.stdin.isatty() and sys.stdout.isatty()
    screen = Pretty(sys.stdout, arguments.lang) if live else Plain(sys.stdout, arguments.lang)
    screen.first(first_words(arguments.lang))

    from bot.adapters.terminal_talk import Talk, open_lines
    from bot.cli.host import Host
    from bot.cli.settings import load_settings

    settings = load_settings(arguments)
    if settings is None:
        return 2
    host = Host(settings)
    talk = Talk(
        host.reach,
        screen,
        open_lines(sys.stdout),
        person=arguments.person,
        language=arguments.lang,
        place=arguments.place,
    )
    try:
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

"""`lotse talk`: a conversation in this terminal.

The first words stand on the screen before anything else is loaded. Then this process connects to the writer of the data
folder; when there is none it becomes the writer itself, in a thread of its own, and takes over when another writer
goes away in the middle of the talk.
"""

from __future__ import annotations

import argparse
import sys

from bot.adapters.terminal_words import first_words


def run(arguments: argparse.Namespace) -> int:
    """Hold a talk; return the exit code."""
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

"""`lotse release`: a human says that they have read and released a playbook."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from zoneinfo import ZoneInfo

from bot.cli.settings import load_settings


def run(arguments: argparse.Namespace) -> int:
    """Release the files that were named; without any, say which are waiting and change nothing."""
    settings = load_settings(arguments)
    if settings is None:
        return 2
    from bot.release import UNREADABLE, release

    if not arguments.paths:
        from bot.files import Files
        from bot.flows.overriding import FOLDER as PLACES
        from bot.flows.playbook import Linked

        worlds = Files(settings, checked=False).worlds
        files = {name: file for one in worlds.library.values() for name, file in one.linked.files.items()}
        local = {
            f"{PLACES}/{place}/{name}": file
            for place, own in worlds.local.items()
            for one in own.values()
            for name, file in one.linked.files.items()
            if file != files.get(name)
        }
        drafts = sorted(
            name for name, file in {**files, **local}.items() if not Linked(file, {name: file}, "").released
        )
        if not drafts:
            print("Alle Leitfäden sind freigegeben.")
            return 0
        print("Noch nicht freigegeben:", *(f"  {settings.playbooks / name}.yaml" for name in drafts), sep="\n")
        print("Nennen Sie die Dateien, die Sie ganz gelesen haben: lotse release DATEI … --by NAME")
        return 1
    today = dt.datetime.now(ZoneInfo(settings.timezone)).date()
    text, code = release(arguments.paths, arguments.by, today)
    print(text, file=sys.stderr if code == UNREADABLE else sys.stdout)
    return code

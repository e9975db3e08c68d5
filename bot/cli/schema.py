"""`lotse schema`: the schemas beside the playbooks, written anew."""

from __future__ import annotations

import argparse
import sys

from bot.cli.settings import load_settings


def run(arguments: argparse.Namespace) -> int:
    """Write them and say where. 2: the folder cannot be written."""
    settings = load_settings(arguments)
    if settings is None:
        return 2
    from bot.schemas import write_schemas

    try:
        written = write_schemas(settings.playbooks)
    except OSError as error:
        print(f"{settings.playbooks}: nicht beschreibbar ({error.strerror}). Bitte Rechte prüfen.", file=sys.stderr)
        return 2
    for path in written:
        print(path)
    return 0

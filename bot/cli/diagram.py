"""`lotse diagram`: writes the pages with the pictures of the playbooks. `lotse distance`: how far it is to help."""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING

from bot.cli.settings import load_settings

if TYPE_CHECKING:
    from bot.shelf import Tree


def run(arguments: argparse.Namespace) -> int:
    """Write the pages. 2: the playbooks cannot be read."""
    tree = _read(arguments)
    if tree is None:
        return 2
    from bot.guide import MADE, pages

    arguments.to.mkdir(parents=True, exist_ok=True)
    written = pages(tree)
    for old in arguments.to.glob("*.md"):
        # Of a playbook that is gone; a page that somebody wrote by hand is theirs.
        if old.name not in written and MADE in old.read_text(encoding="utf-8", errors="replace"):
            old.unlink()
    for name, text in written.items():
        (arguments.to / name).write_text(text, encoding="utf-8")
    print(f"{len(written)} Seiten in {arguments.to} geschrieben.")
    return 0


def show_distance(arguments: argparse.Namespace) -> int:
    """Print the table. 1: help is too far in some playbook; 2: the playbooks cannot be read."""
    tree = _read(arguments)
    if tree is None:
        return 2
    from bot.flows.checking.distance import distances
    from bot.flows.loading import load
    from bot.guide import distance_table

    loaded = load(tree.common)
    found = distances(loaded)
    if arguments.json:
        rows = {name: {"answers": one.answers, "seconds": one.seconds, "near": one.near} for name, one in found.items()}
        print(json.dumps(rows, ensure_ascii=False))
    else:
        print("\n".join(distance_table(loaded)))
    return 0 if all(one.near for one in found.values()) else 1


def _read(arguments: argparse.Namespace) -> Tree | None:
    settings = load_settings(arguments)
    if settings is None:
        return None
    from bot.shelf import read_tree

    try:
        return read_tree(settings.playbooks)
    except OSError as error:
        print(f"{settings.playbooks}: nicht lesbar ({error.strerror or error}).", file=sys.stderr)
        return None

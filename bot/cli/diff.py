"""`lotse diff`: what an edit of playbooks means, for somebody who reads no YAML."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.flows.differing import Difference
    from bot.flows.playbook import Playbook

    # Key of a municipality, "" for all, -> id -> playbook.
    _Sides = dict[str, dict[str, Playbook]]


def run(arguments: argparse.Namespace) -> int:
    """Compare two folders or two files. 1: something differs; 2: one cannot be read; 3: nor the books, for --people."""
    try:
        old, new = _read(arguments.old), _read(arguments.new)
    except OSError as error:
        print(f"{error.filename or ''}: nicht lesbar ({error.strerror or error}).", file=sys.stderr)
        return 2
    if old is None or new is None:
        return 2
    found = _compare(old, new)
    people: list[str] = []
    if arguments.people:
        counted = _count(arguments, new)
        if counted is None:
            return 3
        people = counted
    if arguments.json:
        changes = [
            {"kind": str(one.kind), "playbook": one.playbook, "step": one.step, "sentence": one.sentence}
            | ({"place": place} if place else {})
            for place, difference in found.items()
            for one in difference.changes
        ]
        print(json.dumps(changes, ensure_ascii=False))
        return 1 if found else 0
    for place, difference in found.items():
        if place:
            print(f"Nur in der Kommune {place}:")
        print("\n".join(difference.lines()))
    if not found:
        print("Kein Unterschied für die Menschen.")
    print("\n".join(people), end="\n" if people else "")
    return 1 if found else 0


def _count(arguments: argparse.Namespace, new: _Sides) -> list[str] | None:
    """Who stands on steps that go; None after saying why that cannot be known."""
    from bot import app
    from bot.cli.host import explain
    from bot.cli.settings import load_settings
    from bot.keys import KeyRing, KeyRingError
    from bot.standing import count_stranded, tell
    from bot.storage.database import Database, DatabaseError

    settings = load_settings(arguments)
    if settings is None:
        return None
    books = app.books_path(settings)
    if books is not None and not books.exists():
        print(f"{settings.data_dir}: Hier liegen noch keine Daten.", file=sys.stderr)
        return None
    try:
        ring = KeyRing.open(settings.key_path, create=False)
        database = Database.open(app.database_url(settings), read_only=books is not None)
        try:
            return tell(count_stranded(database, ring, new))
        finally:
            database.close()
    except (KeyRingError, DatabaseError) as error:
        print(explain(error), file=sys.stderr)
        return None


def _compare(old: _Sides, new: _Sides) -> dict[str, Difference]:
    """What differs, for all ("") and then for each municipality beyond that, by its key."""
    from bot.flows.differing import Difference, differ

    everywhere = differ(old[""], new[""])
    found = {"": everywhere} if everywhere else {}
    for place in sorted((old.keys() | new.keys()) - {""}):
        here = differ(old[""] | old.get(place, {}), new[""] | new.get(place, {}))
        # Whoever reads one municipality's part has read what changes for all.
        only = Difference(tuple(one for one in here.changes if one not in everywhere.changes), here.titles)
        if only:
            found[place] = only
    return found


def _read(path: Path) -> _Sides | None:
    """The playbooks of a folder, common ("") and by municipality, or one file; None when one has an error of form."""
    from bot.flows.loading import load
    from bot.shelf import read_tree

    tree = read_tree(path) if path.is_dir() else None
    files = {"": tree.common, **tree.own} if tree else {"": {path.name: path.read_bytes()}}
    loaded = {place: load(some) for place, some in files.items()}
    errors = [problem for one in loaded.values() for problem in one.problems if problem.severity == "error"]
    for problem in errors:
        print(problem, file=sys.stderr)
    return None if errors else {place: dict(one.playbooks) for place, one in loaded.items()}

"""`lotse diff`: what an edit of playbooks means, for somebody who reads no YAML."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.flows.playbook import Playbook


def run(arguments: argparse.Namespace) -> int:
    """Compare two folders or two files. 1: something differs; 2: one cannot be read."""
    from bot.flows.differing import differ

    try:
        old, new = _read(arguments.old), _read(arguments.new)
    except OSError as error:
        print(f"{error.filename or ''}: nicht lesbar ({error.strerror or error}).", file=sys.stderr)
        return 2
    if old is None or new is None:
        return 2
    difference = differ(old, new)
    if arguments.json:
        changes = [
            {"kind": str(one.kind), "playbook": one.playbook, "step": one.step, "sentence": one.sentence}
            for one in difference.changes
        ]
        print(json.dumps(changes, ensure_ascii=False))
    else:
        print("\n".join(difference.lines()) if difference else "Kein Unterschied für die Menschen.")
    return 1 if difference else 0


def _read(path: Path) -> Mapping[str, Playbook] | None:
    """The playbooks of a folder, or one file; None, with the problems said, when one has an error of form."""
    from bot.flows.loading import load
    from bot.shelf import read_folder

    loaded = load(read_folder(path) if path.is_dir() else {path.name: path.read_bytes()})
    errors = [problem for problem in loaded.problems if problem.severity == "error"]
    for problem in errors:
        print(problem, file=sys.stderr)
    return None if errors else loaded.playbooks

"""Renders the figures of fault runs as the table of docs/guarantees.md.

`python -m tests.faults.report /tmp/sqlite.json /tmp/postgresql.json` puts runs into `docs/figures/faults.json` and
prints the table; without arguments it prints the table of what is there.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import msgspec

from tests.faults.run import Figures

FIGURES: Final = Path(__file__).parents[2] / "docs" / "figures" / "faults.json"

_NAMES: Final = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
_ROWS: Final = (
    ("kills (`kill -9`), of these at a failpoint", "kills"),
    ("messages of people", "messages"),
    ("turns", "turns"),
    ("deliveries", "deliveries"),
    ("messages or deliveries lost", "losses"),
    ("turns, rows or copies beyond what is promised", "doubles"),
    ("out of order", "disorder"),
    ("differences when the inbox is played again", "replay_differences"),
    ("second copies, only on the transport without idempotent sends (at most one for each delivery)", "repeats"),
    ("given up in doubt on that transport, a human alerted", "uncertain_told"),
    ("parked after five deaths in the same turn, person and human told", "parked_told"),
    ("back at work after a kill, median / p99", "recovery"),
    ("duration", "seconds"),
)


def render(runs: Sequence[Figures]) -> str:
    """The table in Markdown, a column for each run."""
    heads = [_NAMES[run.database] for run in runs]
    lines = [f"| | {' | '.join(heads)} |", f"|---|{'---:|' * len(runs)}"]
    lines += [f"| {label} | {' | '.join(_cell(run, name) for run in runs)} |" for label, name in _ROWS]
    return "\n".join(lines) + "\n"


def _cell(run: Figures, name: str) -> str:
    match name:
        case "kills":
            return f"{_number(run.kills)}, {_number(run.at_failpoints)}"
        case "recovery":
            return f"{run.recovery_p50:.0f} / {run.recovery_p99:.0f} ms"
        case "repeats":
            return _number(run.repeats_not_idempotent)
        case "seconds":
            return f"{run.seconds / 60:.0f} min"
        case _:
            return _number(getattr(run, name))


def _number(value: int) -> str:
    return f"{value:,}"


def read(path: Path = FIGURES) -> list[Figures]:
    """The runs that are kept."""
    return msgspec.json.decode(path.read_bytes(), type=list[Figures]) if path.exists() else []


def keep(runs: Sequence[Figures], path: Path = FIGURES) -> None:
    """Keep these; a run on the same database is replaced."""
    by_database = {run.database: run for run in [*read(path), *runs]}
    path.parent.mkdir(parents=True, exist_ok=True)
    ordered = [by_database[name] for name in _NAMES if name in by_database]
    path.write_bytes(msgspec.json.format(msgspec.json.encode(ordered), indent=1) + b"\n")


def main(paths: Sequence[str]) -> None:
    """Keep what is given, print what there is."""
    if paths:
        keep([msgspec.json.decode(Path(path).read_bytes(), type=Figures) for path in paths])
    print(render(read()), end="")  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1:])

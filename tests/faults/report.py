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
    ("Abstürze (kill -9), davon an Failpoints", "kills"),
    ("Nachrichten der Personen", "messages"),
    ("Turns", "turns"),
    ("Zustellungen", "deliveries"),
    ("verlorene Nachrichten oder Zustellungen", "losses"),
    ("doppelte Turns, Zeilen oder Zustellungen über das Versprechen hinaus", "doubles"),
    ("falsche Reihenfolge", "disorder"),
    ("Abweichungen beim Nachspielen (Replay)", "replay_differences"),
    ("zweite Kopien, nur Transport ohne Idempotenz (höchstens eine je Zustellung)", "repeats_not_idempotent"),
    ("im Zweifel aufgegeben, Mensch benachrichtigt", "uncertain_told"),
    ("wieder an der Arbeit nach einem Absturz: Median / p99", "recovery"),
    ("Dauer des Laufs", "seconds"),
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
        case "seconds":
            return f"{run.seconds / 60:.0f} min"
        case _:
            return _number(getattr(run, name))


def _number(value: int) -> str:
    return f"{value:,}".replace(",", ".")


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

"""Renders the figures of benchmarks as the tables of docs/performance.md.

`python -m bench | python -m bench.report` keeps each figure in `docs/figures/performance.json`, in place of the one of
the same name, and prints the tables; with nothing on standard input it prints what is there.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

FIGURES: Final = Path(__file__).parents[1] / "docs" / "figures" / "performance.json"

Figure = Mapping[str, Any]
Figures = Mapping[str, Figure]


class Goal(NamedTuple):
    """One line of the table of goals: what is wanted of one figure. `least`: as much or more, else as much or less."""

    what: str
    figure: str
    key: str
    wanted: float
    unit: str
    least: bool = False

    def is_met(self, measured: float) -> bool:
        """Whether this is as wanted."""
        return measured >= self.wanted if self.least else measured <= self.wanted


GOALS: Final = (
    Goal("engine alone, beside `transitions`", "engine", "ratio", 10, " ×", least=True),
    Goal("engine, state decoded and encoded each turn, beside it", "engine_stored", "ratio", 5, " ×", least=True),
    Goal("engine, p99, crisis scan included", "engine", "p99_us", 100, " µs"),
    Goal("SQLite, one at a time, beside as many raw commits", "sqlite_alone", "ratio", 0.6, " ×", least=True),
    Goal("SQLite, 50 waiting, beside raw one by one", "sqlite_50_waiting", "ratio", 2.5, " ×", least=True),
    Goal("SQLite, one at a time, p99", "sqlite_alone", "p99_ms", 1, " ms"),
    Goal("SQLite, 50 waiting, p99", "sqlite_50_waiting", "p99_ms", 8, " ms"),
    Goal("PostgreSQL, one at a time, beside as many raw commits", "postgres_alone", "ratio", 0.6, " ×", least=True),
    Goal("PostgreSQL, 50 waiting, beside raw on 16 connections", "postgres_50_waiting", "ratio", 2, " ×", least=True),
    Goal("a million idle conversations: median answer time", "idle_conversations", "answer_p50_ratio", 1.5, " ×"),
    Goal("a million idle conversations: on disk, each", "idle_conversations", "bytes_each", 2_048, " B"),
    Goal("100,000 alarms in one minute: p99 of who writes meanwhile", "alarms", "ratio", 2, " ×"),
    Goal("`lotse talk`, first words", "talk", "first_words_s", 0.8, " s"),
    Goal("`lotse talk`, ready to answer", "talk", "ready_s", 1.5, " s"),
    Goal("shipped playbooks loaded", "load_shipped", "seconds", 1, " s"),
    Goal("500 steps at their worst checked", "check_tangled", "seconds", 2, " s"),
)


def render(figures: Figures) -> str:
    """The tables in Markdown; what was not measured is left out."""
    lines = ["| what | measured | wanted | |", "|---|---:|---:|---|"]
    for goal in GOALS:
        if goal.figure in figures:
            value = figures[goal.figure][goal.key]
            missed = "" if goal.is_met(value) else "**missed**"
            wanted = f"{'≥' if goal.least else '≤'} {_number(goal.wanted)}{goal.unit}"
            lines.append(f"| {goal.what} | {_number(value)}{goal.unit} | {wanted} | {missed} |")
    rates = {name: figure for name, figure in figures.items() if "turns_per_s" in figure}
    lines += ["", "| turns of D12 | turns/s | p99 | beside |", "|---|---:|---:|---|"]
    for name, figure in rates.items():
        tail = f"{figure['p99_us']:,.0f} µs" if "p99_us" in figure else f"{figure['p99_ms']:,.2f} ms"
        peer = f"{figure['ratio']:.2f} × `{figure['peer']}`" if figure.get("peer", name) != name else ""
        lines.append(f"| `{name}` | {figure['turns_per_s']:,} | {tail} | {peer} |")
    rest = {name: figure for name, figure in figures.items() if name not in rates}
    lines += ["", "| other figures | |", "|---|---|"]
    lines += [f"| `{name}` | {_said(figure)} |" for name, figure in rest.items()]
    return "\n".join(lines) + "\n"


def _said(figure: Figure) -> str:
    return ", ".join(f"{key.replace('_', ' ')} {_number(value)}" for key, value in figure.items() if key != "figure")


def _number(value: object) -> str:
    if isinstance(value, float):
        return f"{value:,.2f}".rstrip("0").rstrip(".")
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, Mapping):
        return "; ".join(f"`{key}` {_number(its)}" for key, its in value.items())
    return str(value)


def read(path: Path = FIGURES) -> dict[str, Figure]:
    """The figures that are kept, by name."""
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def keep(new: Iterable[Figure], path: Path = FIGURES) -> dict[str, Figure]:
    """Keep these in place of those with the same names."""
    figures = {**read(path), **{str(figure["figure"]): figure for figure in new}}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return figures


def main() -> None:
    """Keep what comes in, print what there is."""
    new = [] if sys.stdin.isatty() else [json.loads(line) for line in sys.stdin if line.strip()]
    print(render(keep(new) if new else read()), end="")


if __name__ == "__main__":
    main()

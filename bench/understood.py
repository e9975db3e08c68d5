"""Renders the figures of `bench.matching` as the tables of docs/matching.md.

`python -m bench matching | python -m bench.understood` keeps each figure in `docs/figures/matching.json` and prints the
tables; with nothing on standard input it prints what is there.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from bench.report import FIGURES as PERFORMANCE
from bench.report import Figures, keep, read

FIGURES: Final = PERFORMANCE.parent / "matching.json"

WAYS: Final = {"matching_light": "light", "matching_embeddings": "with embeddings"}
SETS: Final = {
    "cross_validated": "five-fold",
    "last": "kept apart, not tuned to",
    "apart": "kept apart, looked at since",
    "strangers": "a stranger's, looked at since",
    "oblique": "oblique",
}
KINDS: Final = {**SETS, "kinds": "a stranger's, never looked at"}

CRISES: Final = {
    "matching_light_crises_left_out": "light: five-fold",
    "matching_light_crises_known": "light: four sets, looked at since",
    "matching_light_crisis_fifth": "light: fifth, looked at since",
    "matching_light_crisis_sixth": "light: sixth, looked at since",
    "matching_light_crisis_seventh": "light: seventh, never looked at",
    "matching_light_crisis_eighth": "light: eighth, looked at since",
    "matching_embeddings_crisis_seventh": "with embeddings: seventh, never looked at",
}

WISHES: Final = {
    "matching_light_wishes_first": "first set, looked at since",
    "matching_light_wishes_second": "second, looked at since",
    "matching_light_wishes_third": "third, looked at since",
    "matching_light_wishes_fourth": "fourth, never looked at",
    "matching_light_danger": "acute danger, never looked at",
}


class Part(NamedTuple):
    """One line of the table of goals: what is wanted of a part of a set."""

    what: str
    figure: str
    part: str
    wanted: float
    least: bool = True


class Goal(NamedTuple):
    """One line of the table of goals: what is wanted of a share or of milliseconds."""

    what: str
    figure: str
    key: str
    wanted: float
    least: bool = True


GOALS: Final = (
    *(
        Goal(f"{way}, {SETS[which]}: {what}", f"{name}_{which}", key, wanted)
        for name, way in WAYS.items()
        for which in ("cross_validated", "last", "strangers")
        for what, key, wanted in (("first", "first", 0.75), ("among three", "among_three", 0.9))
    ),
    Goal("light: p99 of a message, ms", "matching_light_latency", "p99_ms", 50, least=False),
    Goal("with embeddings: p99 of a message, ms", "matching_embeddings_latency", "p99_ms", 150, least=False),
)

PARTS: Final = (
    *(
        Part(f"{which}: {what}", name, part, wanted, least)
        for name, which in CRISES.items()
        if "never" in which
        for what, part, wanted, least in (
            ("direct crises (K1)", "label K1", 1.0, True),
            ("all crises", "label crises", 0.95, True),
            ("ordinary sentences called a crisis", "label ordinary", 0.05, False),
        )
    ),
    Part(
        "light: help, cancel, stop, fourth set, never looked at: asked about",
        "matching_light_wishes_fourth",
        "label hilfe, abbrechen, stopp",
        0.95,
    ),
)


def render(figures: Figures) -> str:
    """The tables in Markdown; what was not measured is left out."""
    return (
        "\n".join(
            [
                *_goals(figures),
                *_parts(figures),
                *_kinds(figures),
                *_crises(figures),
                *_wishes(figures),
                *_costs(figures),
                *_confused(figures),
            ]
        )
        + "\n"
    )


def _goals(figures: Figures) -> Iterator[str]:
    yield from ("| goal | measured | wanted | |", "|---|---:|---:|---|")
    for goal in GOALS:
        if goal.figure in figures:
            value = figures[goal.figure][goal.key]
            met = value >= goal.wanted if goal.least else value <= goal.wanted
            shown, wanted = (
                (_percent(value), _percent(goal.wanted)) if goal.least else (f"{value:g}", f"{goal.wanted:g}")
            )
            yield _goal(goal.what, shown, wanted, least=goal.least, met=met)
    for part in PARTS:
        if part.figure in figures:
            _some, found, whole = figures[part.figure]["parts"][part.part]
            met = found >= part.wanted * whole if part.least else found <= part.wanted * whole
            shown = f"{found} of {whole}, {_percent(found / whole)}"
            yield _goal(part.what, shown, _percent(part.wanted), least=part.least, met=met)


def _goal(what: str, shown: str, wanted: str, *, least: bool, met: bool) -> str:
    return f"| {what} | {shown} | {'≥' if least else '≤'} {wanted} | {'' if met else '**missed**'} |"


def _parts(figures: Figures) -> Iterator[str]:
    """Per playbook and per language: first / among three (how many)."""
    columns = [(name, which) for name in WAYS for which in SETS if f"{name}_{which}" in figures]
    yield from ("", f"| | {' | '.join(f'{WAYS[name]}: {SETS[which]}' for name, which in columns)} |")
    yield f"|---|{'---|' * len(columns)}"
    yield f"| all | {' | '.join(_shares(figures[f'{name}_{which}']) for name, which in columns)} |"
    for by in ("label", "language"):
        tables = [figures[f"{name}_{which}_by_{by}"]["parts"] for name, which in columns]
        for part in dict.fromkeys(part for table in tables for part in table):
            said = "no language noted" if part == "?" else part
            yield f"| {said} | {' | '.join(_shares(table[part]) if part in table else '–' for table in tables)} |"


def _kinds(figures: Figures) -> Iterator[str]:
    yield from ("", "| what is no incident | light | with embeddings |", "|---|---:|---:|")
    ways = [figures.get(f"{name}_kinds", {}) for name in WAYS]
    for key in (key for key in ways[0] if key != "figure"):
        which, _, what = key.partition("_")
        said = "ordinary sentences called a crisis" if what == "false_alarms" else f"{what} taken for what it is"
        cells = [f"{way[key][0]} of {way[key][1]}" if key in way else "–" for way in ways]
        yield f"| {said} ({KINDS[which]}) | {' | '.join(cells)} |"


def _crises(figures: Figures) -> Iterator[str]:
    """What the lists find of crises, with what was learned, and with embeddings besides."""
    columns = [(name, said) for name, said in CRISES.items() if name in figures]
    tables = [figures[name]["parts"] for name, _said in columns]
    yield from ("", f"| crises: lists, then with what was learned | {' | '.join(said for _name, said in columns)} |")
    yield f"|---|{'---:|' * len(columns)}"
    for part in dict.fromkeys(part for table in tables for part in table):
        kind, _, what = part.partition(" ")
        said = what if kind == "label" else f"in {what}"
        cells = [f"{row[0]}, {row[1]} of {row[2]}" if (row := table.get(part)) else "–" for table in tables]
        yield f"| {said} | {' | '.join(cells)} |"


def _wishes(figures: Figures) -> Iterator[str]:
    """Obeyed or asked about, as what they are and at all; the last lines are no wishes."""
    columns = [(name, said) for name, said in WISHES.items() if name in figures]
    tables = [figures[name]["parts"] for name, _said in columns]
    yield from ("", f"| wishes: the right one asked about, any, of | {' | '.join(said for _name, said in columns)} |")
    yield f"|---|{'---:|' * len(columns)}"
    for part in dict.fromkeys(part for table in tables for part in table):
        kind, _, what = part.partition(" ")
        said = what if kind == "label" else f"in {what}"
        cells = [f"{row[0]}, {row[1]} of {row[2]}" if (row := table.get(part)) else "–" for table in tables]
        yield f"| {said} | {' | '.join(cells)} |"


def _costs(figures: Figures) -> Iterator[str]:
    yield from ("", "| cost | light | with embeddings, besides |", "|---|---:|---:|")
    light, both = (figures.get(f"{name}_latency", {}) for name in WAYS)
    training, loading = figures.get("matching_light_training", {}), figures.get("matching_embeddings_loading", {})
    yield f"| a message, median and p99 | {_times(light)} | {_times(both)} (all) |"
    yield f"| to load | – | {_number(loading, 'load_s')} s |"
    read_light, read_both = _number(training, "seconds"), _number(loading, "examples_s")
    yield f"| to read {_number(training, 'examples')} examples | {read_light} s | {read_both} s |"
    yield f"| memory | {_number(training, 'mb')} MB | {_number(loading, 'mb')} MB |"


def _confused(figures: Figures) -> Iterator[str]:
    yield from ("", "| meant | offered first (light, five-fold) | sentences |", "|---|---|---:|")
    confused: Sequence[tuple[str, str, int]] = figures.get("matching_light_cross_validated_confused", {}).get(
        "most", ()
    )
    for meant, taken, count in confused:
        yield f"| {meant} | {taken or 'nothing: unclear'} | {count} |"


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"


def _shares(one: Mapping[str, Any]) -> str:
    return f"{100 * one['first']:.0f} / {100 * one['among_three']:.0f} % ({one['of']})"


def _times(one: Mapping[str, Any]) -> str:
    return f"{_number(one, 'p50_ms')} and {_number(one, 'p99_ms')} ms"


def _number(figure: Mapping[str, Any], key: str) -> str:
    return f"{figure[key]:,}" if key in figure else "–"


def main(path: Path = FIGURES) -> None:
    """Keep what comes in, print what there is."""
    new = [] if sys.stdin.isatty() else [json.loads(line) for line in sys.stdin if line.strip()]
    print(render(keep(new, path) if new else read(path)), end="")


if __name__ == "__main__":
    main()

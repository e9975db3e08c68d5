"""What the proof of coverage found, said to the people who keep the files: as German text, as data, as a picture.

Owns the words. Each class of gaps is one sentence with its smallest counterexample; a kind that nobody offers anywhere
is said as such, without an hour.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, Final

from bot.alliance.coverage import Gap, Proof
from bot.alliance.kinds import AUDIENCE_TITLES, AUDIENCES, KINDS

_DAYS = ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So")

MOST_SENTENCES: Final = 100
"""More nobody reads; those that reach furthest come first, and --json has all."""

Names = Callable[[str], str]


def describe(proof: Proof, name: Names, titles: Mapping[str, str]) -> str:
    """All of it, for people. `name`: of a place by its key; `titles`: of incidents by their ids, German."""
    year, roles = proof.year, len(AUDIENCES)
    head = (
        f"Geprüft: {_count(len(proof.places), 'Ort', 'Orte')}, {_count(len(proof.incidents), 'Vorfall', 'Vorfälle')}, "
        f"{roles} Rollen, jede Minute vom {_date(year.first)} bis {_date(year.last)}.\n"
        "110, 112 und Krisentelefone füllen keine Lücke."
    )
    sentences = [f"- {sentence(gap, name, titles)}" for gap in proof.gaps[:MOST_SENTENCES]]
    if len(proof.gaps) > MOST_SENTENCES:
        sentences.append(f"- und {_count(len(proof.gaps) - MOST_SENTENCES, 'weitere', 'weitere')}; alle mit --json")
    found = f"{_count(len(proof.gaps), 'Art von Lücke', 'Arten von Lücken')}:" if proof.gaps else "Keine Lücke."
    return "\n".join([head, "", found, *sentences, "", _sum(proof)])


def sentence(gap: Gap, name: Names, titles: Mapping[str, str]) -> str:
    """One class: the smallest counterexample, and how far it reaches."""
    where = f"{name(gap.place)}, {titles.get(gap.incident, gap.incident)}, {AUDIENCE_TITLES[gap.audience]}"
    kind = KINDS[gap.kind].title
    if gap.never:
        unknown = "; es steht jemand im Verzeichnis, aber ohne Zeiten" if gap.listed else ""
        what = f"{where}: niemand für „{kind}“, das ganze Jahr{unknown}"
    elif gap.until is None:
        what = f"{where}, {_moment(gap.start)}: niemand für „{kind}“; in diesem Jahr nicht mehr"
    else:
        what = f"{where}, {_moment(gap.start)}: niemand für „{kind}“; nächste: {_moment(gap.until)}"
    return f"{what}. {_extent(gap)}"


def data(proof: Proof, name: Names) -> dict[str, Any]:
    """For JSON: strings, numbers, lists and objects only. Times are local, without a zone."""
    return {
        "from": proof.year.first.isoformat(),
        "to": proof.year.last.isoformat(),
        "places": len(proof.places),
        "incidents": list(proof.incidents),
        "audiences": list(AUDIENCES),
        "combinations": proof.total,
        "covered": proof.covered,
        "resting": proof.rests,
        "share": round(proof.share, 6),
        "gaps": [
            {
                "kind": gap.kind,
                "example": {
                    "place": {"ags": gap.place, "name": name(gap.place)},
                    "incident": gap.incident,
                    "audience": gap.audience,
                    "at": gap.start.isoformat(),
                    "next": gap.until.isoformat() if gap.until else None,
                },
                "never": gap.never,
                "listed_without_hours": gap.listed,
                "minutes": gap.minutes,
                "places": gap.places,
                "incidents": list(gap.incidents),
                "audiences": list(gap.audiences),
                "combinations": sum(gap.cells.values()),
                "minutes_by_hour_of_the_week": list(proof.by_hour(gap)),
            }
            for gap in proof.gaps
        ],
    }


def _extent(gap: Gap) -> str:
    roles = (
        "alle Rollen"
        if len(gap.audiences) == len(AUDIENCES)
        else ", ".join(AUDIENCE_TITLES[audience] for audience in gap.audiences)
    )
    hours = f", {round(gap.minutes / 60)} Stunden im Jahr" if not gap.never else ""
    places, incidents = _count(gap.places, "Ort", "Orte"), _count(len(gap.incidents), "Vorfall", "Vorfälle")
    return f"({places}, {incidents}, {roles}{hours})"


def _sum(proof: Proof) -> str:
    rests = (
        f" {proof.rests} davon, weil eine Stelle mit Absicht ruht und sagt, was bis dahin gilt." if proof.rests else ""
    )
    return (
        f"Lückenlos: {proof.covered} von {proof.total} Verbindungen aus Ort, Vorfall, Rolle und geforderter Stelle."
        f"{rests}\nÜber das Jahr ist in {_percent(proof.share)} der geforderten Zeit jemand erreichbar."
    )


def _percent(share: float) -> str:
    """Rounded down: nothing but the whole is called the whole."""
    return f"{int(share * 1000) / 10:.1f}".replace(".", ",") + " %"


def _moment(at: dt.datetime) -> str:
    return f"{_DAYS[at.weekday()]} {at.day}.{at.month}.{at.year}, {at:%H:%M}"


def _date(day: dt.date) -> str:
    return f"{day.day}.{day.month}.{day.year}"


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}".replace(",", ".")

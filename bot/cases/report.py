"""The year of an alliance in numbers that may be published; pure.

Owns what is counted (month, incident, outcome, time until the first human, municipality), what of it is shown
(`suppression`), and its forms: text, CSV (RFC 4180), data. One report covers one calendar year, and is made once: two
reports that overlap could be subtracted from each other. Outcomes are those known a month after the year's end. Days
are local.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

import msgspec

from bot.cases import suppression
from bot.cases.deskwords import OUTCOMES
from bot.cases.suppression import SMALL, Dimension, Group

SETTLED_AFTER: Final = dt.timedelta(days=31)
"""So long after the end of a year outcomes still count into it; then it is reported."""

OPEN: Final = "offen"
"""The outcome of a case that has none: still open, withdrawn, or deleted by the person."""

MONTHS: Final = (
    "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November",
    "Dezember",
)  # fmt: skip

WAITS: Final[Mapping[str, str]] = {
    "stunde": "bis 1 Stunde",
    "tag": "bis 24 Stunden",
    "drei_tage": "bis 3 Tage",
    "spaeter": "länger als 3 Tage",
    "niemand": "niemand hat angenommen",
}
_LIMITS: Final = (
    ("stunde", dt.timedelta(hours=1)),
    ("tag", dt.timedelta(hours=24)),
    ("drei_tage", dt.timedelta(days=3)),
)

_TITLES: Final[Mapping[str, str]] = {
    "monat": "Eröffnet im Monat",
    "vorfall": "Art des Vorfalls",
    "ergebnis": "Ergebnis",
    "wartezeit": "Zeit bis zum ersten Menschen",
    "ort": "Kommune",
}
_HIDDEN: Final = "·"
_CROSSED: Final = ("monat", "vorfall")


class Fact(msgspec.Struct, frozen=True):
    """What is counted of a case. Moments are aware; `human`: when one accepted it first."""

    place: str
    incident: str
    opened: dt.datetime
    human: dt.datetime | None = None
    closed: dt.datetime | None = None
    outcome: str = ""


class Row(msgspec.Struct, frozen=True):
    """How many cases there were of what `title` says."""

    title: str
    count: int


class Table(msgspec.Struct, frozen=True):
    """Cases by one property; the rows are all cases."""

    name: str
    title: str
    rows: tuple[Row, ...]


class Crossed(msgspec.Struct, frozen=True):
    """Cases by two properties. None in a line: not said."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    lines: tuple[tuple[int | None, ...], ...]


class Report(msgspec.Struct, frozen=True):
    """A year. `total` None: fewer than `SMALL`, and nothing else is said. `final`: it may be published."""

    year: int
    of: str
    final: bool
    total: int | None
    tables: tuple[Table, ...] = ()
    crossed: Crossed | None = None


def is_over(year: int, today: dt.date) -> bool:
    """Whether the report of that year can be made."""
    return today > dt.date(year, 12, 31) + SETTLED_AFTER


def compute(
    facts: Iterable[Fact],
    year: int,
    about: tuple[str, Mapping[str, str], Callable[[str], str] | None],
    local: tuple[dt.tzinfo, dt.date],
) -> Report:
    """The report of a year.

    Args:
        facts: all cases; those of other years are left out.
        year: opened in which, by local time.
        about: what the cases are of ("Musterstadt", or all), titles of incidents by their ids, and how a municipality
            is called (None: it is only one).
        local: the zone, and today.
    """
    of, incidents, name_of = about
    zone, today = local
    end = dt.datetime.combine(dt.date(year, 12, 31) + SETTLED_AFTER, dt.time.max, zone)
    counted = [fact for fact in facts if fact.opened.astimezone(zone).year == year]
    final = is_over(year, today)
    if len(counted) < SMALL:
        return Report(year, of, final, None)
    places = sorted({fact.place for fact in counted})
    dimensions = [
        Dimension("monat", MONTHS, ordered=True),
        Dimension("vorfall", tuple(sorted({*incidents, *(fact.incident for fact in counted)}))),
        Dimension("ergebnis", (*OUTCOMES, OPEN)),
        Dimension("wartezeit", tuple(WAITS), ordered=True),
    ]
    if name_of is not None:
        dimensions.append(Dimension("ort", tuple(places)))
    cases = [_case(fact, zone, end, with_place=name_of is not None) for fact in counted]
    groups = suppression.settle(dimensions, cases)
    titles = {
        "monat": _months,
        "vorfall": _joined(lambda one: incidents.get(one, one), "Andere"),
        "ergebnis": _joined(lambda one: OUTCOMES.get(one, "Ohne Ergebnis"), "Anderes"),
        "wartezeit": lambda group: " oder ".join(WAITS[one] for one in group),
        "ort": _joined(name_of or str, "Andere Kommunen"),
    }
    tables = tuple(
        Table(
            one.name,
            _TITLES[one.name],
            tuple(
                Row(titles[one.name](group), count)
                for group, count in zip(
                    groups[one.name], suppression.tally(groups[one.name], place, cases), strict=True
                )
            ),
        )
        for place, one in enumerate(dimensions)
    )
    rows, columns = ((groups[name], place) for place, name in enumerate(_CROSSED))
    grid = suppression.cross(rows, columns, cases)
    hidden = suppression.hide(grid)
    crossed = Crossed(
        tuple(titles["monat"](group) for group in rows[0]),
        tuple(titles["vorfall"](group) for group in columns[0]),
        tuple(
            tuple(None if (row, column) in hidden else value for column, value in enumerate(line))
            for row, line in enumerate(grid)
        ),
    )
    return Report(year, of, final, len(cases), tables, crossed)


def _case(fact: Fact, zone: dt.tzinfo, end: dt.datetime, *, with_place: bool) -> suppression.Case:
    outcome = fact.outcome if fact.closed is not None and fact.closed <= end and fact.outcome in OUTCOMES else OPEN
    wait = "niemand"
    if fact.human is not None and fact.human <= end:
        taken = fact.human - fact.opened
        wait = next((name for name, limit in _LIMITS if taken <= limit), "spaeter")
    month = MONTHS[fact.opened.astimezone(zone).month - 1]
    return (month, fact.incident, outcome, wait, *([fact.place] if with_place else []))


def _months(group: Group) -> str:
    return group[0] if len(group) == 1 else f"{group[0]} bis {group[-1]}"


def _joined(name_of: Callable[[str], str], others: str) -> Callable[[Group], str]:
    """One by its name; several by one word, for who is among them does not matter."""
    return lambda group: name_of(group[0]) if len(group) == 1 else others


# --- forms ------------------------------------------------------------------------------------------------------------


def describe(report: Report) -> str:
    """As people read it."""
    lines = [f"Vorgänge {report.year}, {report.of}"]
    if not report.final:
        lines.append("VORSCHAU, nicht zum Veröffentlichen: Das Jahr ist noch nicht ausgezählt.")
    if report.total is None:
        return "\n".join([*lines, f"Weniger als {SMALL}. Mehr wird nicht gesagt, damit niemand erkannt wird."])
    lines.append(f"Insgesamt: {report.total}")
    for table in report.tables:
        lines += ["", table.title, *(f"  {row.count:>6}  {row.title}" for row in table.rows)]
    if report.crossed is not None:
        lines += ["", f"Monat und Vorfall („{_HIDDEN}“: wird nicht gesagt)"]
        for month, counts in zip(report.crossed.rows, report.crossed.lines, strict=True):
            shown = [
                f"{_HIDDEN if count is None else count} {title}"
                for title, count in zip(report.crossed.columns, counts, strict=True)
                if count != 0
            ]
            lines.append(f"  {month}: {', '.join(shown) or 'keine'}")
    lines += ["", f"Gruppen unter {SMALL} sind zusammengefasst, auch so, dass niemand sie zurückrechnen kann."]
    return "\n".join(lines)


def to_csv(report: Report) -> str:
    """One line a number: table, row, column, count (empty: not said). A cell never begins as a formula does."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(("tabelle", "zeile", "spalte", "anzahl"))
    lines: list[Sequence[object]] = [("insgesamt", str(report.year), "", "" if report.total is None else report.total)]
    lines += [(table.name, row.title, "", row.count) for table in report.tables for row in table.rows]
    if report.crossed is not None:
        lines += [
            ("monat und vorfall", month, title, "" if count is None else count)
            for month, counts in zip(report.crossed.rows, report.crossed.lines, strict=True)
            for title, count in zip(report.crossed.columns, counts, strict=True)
        ]
    for line in lines:
        writer.writerow([_harmless(cell) for cell in line])
    return out.getvalue()


def _harmless(cell: object) -> object:
    """A spreadsheet takes what begins like this for a formula (ASVS 1.2.10)."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell

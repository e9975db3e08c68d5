"""Deadlines that the law sets, and the day by which someone is on the safe side.

Owns which deadlines the Lotse counts, by which statute, and how: the day of the event itself is not counted (§ 187
Abs. 1 BGB; for the criminal complaint § 77b Abs. 2 StGB: "mit Ablauf des Tages"), months and years end on the day of
the same number, or on the last of a month that has no such day (§ 188 Abs. 2 and 3 BGB).

What is shown is never that end but the safe day: the last working day before it. Saturdays, Sundays, every public
holiday of any German land, Christmas Eve and New Year's Eve count as non-working, wherever the person is; that an end
on such a day may move on to the next working day (§ 193 BGB, § 77b Abs. 1 StGB, § 26 Abs. 3 SGB X) is given away on
purpose. Days are local days of the municipality. Statutes as read in August 2026 (Bundesrecht, gesetze-im-internet.de).
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Literal

_SATURDAY = 5
_CHRISTMAS_EVE, _NEW_YEARS_EVE = (12, 24), (12, 31)


@dataclass(frozen=True, slots=True)
class Deadline:
    """One deadline: so many days, months or years after the event; `title` by language, as the thing that ends."""

    id: str
    statute: str
    amount: int
    unit: Literal["day", "month", "year"]
    title: Mapping[str, str]


def _deadline(id_: str, statute: str, amount: int, unit: Literal["day", "month", "year"], *titles: str) -> Deadline:
    return Deadline(
        id_, statute, amount, unit, MappingProxyType(dict(zip(("de", "en", "de-simple"), titles, strict=True)))
    )


DEADLINES: Mapping[str, Deadline] = MappingProxyType(
    {
        deadline.id: deadline
        for deadline in (
            _deadline(
                "strafantrag",
                "§ 77b StGB",
                3,
                "month",
                "Strafantrag",
                "Request for prosecution (Strafantrag)",
                "Strafantrag: Sie sagen der Polizei, dass die Tat verfolgt werden soll",
            ),
            _deadline(
                "agg",
                "§ 15 Abs. 4 AGG",
                2,
                "month",
                "Ansprüche nach dem AGG, schriftlich beim Arbeitgeber",
                "Claims under the equal treatment act (AGG), in writing to the employer",
                "Geld oder Schadenersatz nach dem AGG: Sie schreiben einen Brief an den Arbeitgeber",
            ),
            _deadline(
                "unfallanzeige",
                "§ 193 Abs. 4 SGB VII",
                3,
                "day",
                "Unfallanzeige des Arbeitgebers",
                "The employer's accident report",
                "Unfallanzeige: Ihr Arbeitgeber meldet den Unfall",
            ),
            _deadline(
                "traumaambulanz",
                "§§ 32–34 SGB XIV",
                12,
                "month",
                "Erste Sitzung in der Traumaambulanz",
                "First session at the trauma outpatient clinic",
                "Trauma-Ambulanz: das erste Gespräch dort",
            ),
            _deadline(
                "auskunftssperre",
                "§ 51 Abs. 4 BMG",
                2,
                "year",
                "Verlängerung der Auskunftssperre",
                "Renewal of the block on your address (Auskunftssperre)",
                "Auskunftssperre: Sie beantragen sie noch einmal",
            ),
            _deadline(
                "sgb_xiv",
                "§ 11 Abs. 2 SGB XIV",
                1,
                "year",
                "Antrag auf Soziale Entschädigung, rückwirkend",
                "Application for victims' compensation, retroactive",
                "Soziale Entschädigung: Sie stellen einen Antrag. Dann gibt es auch Geld für die Zeit davor",
            ),
        )
    }
)


def statutory_end(kind: str, event: dt.date) -> dt.date:
    """The last day of the deadline by §§ 187, 188 BGB, whatever day of the week it is.

    Raises:
        KeyError: no deadline of this id.
        OverflowError, ValueError: an event in the year 9998 or later.
    """
    deadline = DEADLINES[kind]
    if deadline.unit == "day":
        return event + dt.timedelta(days=deadline.amount)
    months = deadline.amount * (12 if deadline.unit == "year" else 1)
    year, month = divmod(event.year * 12 + event.month - 1 + months, 12)
    return dt.date(year, month + 1, min(event.day, calendar.monthrange(year, month + 1)[1]))


def safe_day(kind: str, event: dt.date) -> dt.date:
    """The last working day before the statutory end, but not before the event.

    Where no working day lies between the two (three days over Easter), it is the end itself if that is a working day,
    else the day of the event: at once.

    Raises:
        KeyError: no deadline of this id.
        OverflowError, ValueError: an event in the year 9998 or later.
    """
    end = statutory_end(kind, event)
    day = end - dt.timedelta(days=1)
    while day >= event:
        if is_working_day(day):
            return day
        day -= dt.timedelta(days=1)
    return end if is_working_day(end) else event


def is_working_day(day: dt.date) -> bool:
    """Monday to Friday, and no holiday anywhere in Germany."""
    return day.weekday() < _SATURDAY and day not in _days_off(day.year)


def is_day_off(day: dt.date) -> bool:
    """Whether it is a holiday anywhere in Germany, Christmas Eve or New Year's Eve; a Sunday alone is none."""
    return day in _days_off(day.year)


@lru_cache(maxsize=16)
def _days_off(year: int) -> frozenset[dt.date]:
    # Loading the calendars of the world takes a quarter of a second, and most conversations count no deadline.
    from holidays.countries.germany import Germany  # noqa: PLC0415

    found = {dt.date(year, *_CHRISTMAS_EVE), dt.date(year, *_NEW_YEARS_EVE)}
    for land in Germany.subdivisions:
        # „catholic“ are holidays in the Catholic municipalities of a land (Mariä Himmelfahrt in Bavaria).
        found.update(Germany(subdiv=land, years=year, expand=False, categories=("public", "catholic")))
    return frozenset(found)

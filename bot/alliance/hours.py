"""Opening hours: whether somebody is there, and when next.

Owns the meaning of the OSM form (https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification, evaluated by
`opening-hours-py`) with the public holidays of the German lands, which that package does not know: rules for `PH` are
rewritten to the dates of the calendar before they are evaluated. Hours that say nothing about holidays do not hold on
them, unless they hold on all seven days of the week. Times are local time in Germany; questions come as aware
datetimes. The words are `hourwords`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.alliance.daysoff import days_off
from bot.alliance.week import DAYS, Spans, Week, read_week

if TYPE_CHECKING:
    from opening_hours import OpeningHours

ZONE = ZoneInfo("Europe/Berlin")
ALWAYS = "24/7"
# An office that stays closed for longer does not "open again on".
_HORIZON = dt.timedelta(days=60)
_TIMES = re.compile(r"(\d\d:\d\d)-(\d\d:\d\d)")
# OSM names months in English whatever the locale is.
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_SELECTOR = re.compile(rf"(?:{'|'.join(DAYS)}|PH)(?:[,-](?:{'|'.join(DAYS)}|PH))*")


@dataclass(frozen=True, slots=True)
class Timetable:
    """The hours of one contact: OSM form, closures (`2026-12-24`, `2026-12-24..2027-01-01`), holiday calendar.

    Hours that cannot be read are hours that nobody knows: never open, never opening. The check reports them.
    """

    expression: str
    closures: tuple[str, ...] = ()
    calendar: str = "bund"

    @property
    def is_always(self) -> bool:
        """Whether somebody is there at every hour of every day."""
        return self.expression == ALWAYS and not self.closures

    @property
    def can_be_read(self) -> bool:
        """Whether it says anything at all."""
        return self.is_always or read_week(self.expression) is not None or misfit(self.expression) is None

    def is_open(self, at: dt.datetime) -> bool:
        """Whether somebody is there at `at` (aware)."""
        if self.is_always:
            return True
        here = wall(at)
        hours = _compile(self, here.year)
        return hours is not None and hours.is_open(here)

    def opens(self, at: dt.datetime) -> dt.datetime | None:
        """When somebody is next there (local); None when somebody is, when unknown, and when not in the next 60 days.

        An hour that a clock change skips begins when it is over.
        """
        if self.is_always:
            return None
        here = wall(at)
        hours = _compile(self, here.year)
        if hours is None or hours.is_open(here):
            return None
        there = hours.next_change(here)
        while there is not None and there - here <= _HORIZON:
            there = _shown(there)
            if hours.is_open(there):
                return local(there.replace(tzinfo=ZONE, fold=local(at).fold))
            there = hours.next_change(there)
        return None

    def plan(self, first: dt.date, last: dt.date) -> tuple[tuple[Spans, ...], Mapping[dt.date, Spans]] | None:
        """The hours of a week, Monday first, and the days from `first` to `last` that differ; None: no plain week.

        Says the same as `open_spans`, in a hundredth of the time. Plain: no span goes over midnight, and the rule for
        holidays comes last.
        """
        week = _plain(self.expression)
        if week is None:
            return None
        special: dict[dt.date, Spans] = {}
        if week.holidays is not None or not all(week.days):
            special |= dict.fromkeys(_days_off(self.calendar, first, last), week.holidays or ())
        special |= {day: () for closure in self.closures for day in _days_of(closure) if first <= day <= last}
        return week.days, special

    def open_spans(self, first: dt.date, last: dt.date) -> Iterator[tuple[dt.datetime, dt.datetime]]:
        """When somebody is there, from the beginning of `first` to the end of `last`: wall clock, in order, exact."""
        for year in range(first.year, last.year + 1):
            start = dt.datetime.combine(max(first, dt.date(year, 1, 1)), dt.time())
            end = dt.datetime.combine(min(last, dt.date(year, 12, 31)), dt.time()) + dt.timedelta(days=1)
            if self.is_always:
                yield start, end
            elif (written := _write(self, year)) is not None:
                yield from _spans(written, start, end)


def wall(at: dt.datetime) -> dt.datetime:
    """An aware time as the clocks on German walls show it, without a zone: hours are written for these clocks.

    The hour that comes twice in October is the same hour twice.
    """
    return local(at).replace(tzinfo=None, fold=0)


def local(at: dt.datetime) -> dt.datetime:
    """An aware time as German wall time that exists: 02:30 in the gap of a clock change becomes 03:30."""
    return at.astimezone(dt.UTC).astimezone(ZONE)


def _shown(there: dt.datetime) -> dt.datetime:
    """The first minute from there on that clocks on walls show."""
    while wall(there.replace(tzinfo=ZONE)) != there:
        there += dt.timedelta(minutes=1)
    return there


def misfit(expression: str) -> tuple[str, str] | None:
    """What is wrong with an OSM form, and what to do, as two German sentences; None when it can be evaluated."""
    from opening_hours import validate  # noqa: PLC0415 - only the check comes here

    todo = "Schreiben Sie sie etwa so: Mo-Fr 09:00-16:00; PH off (Tage: Mo Tu We Th Fr Sa Su, Feiertage: PH)."
    if not validate(expression):
        return "Diese Öffnungszeiten lassen sich nicht lesen.", todo
    if any("PH" in rest or "SH" in selector + rest for selector, rest in _rules(expression)):
        return "„PH“ steht hier zusammen mit anderem als Wochentagen.", todo
    return None


@lru_cache(maxsize=2_048)
def _compile(table: Timetable, year: int) -> OpeningHours | None:
    """The evaluated form for a year and the one after it; None when it cannot be read."""
    from opening_hours import OpeningHours  # noqa: PLC0415 - a line that is always open needs none

    written = _write(table, year)
    if written is None:
        return None
    # Without a bound the search for an opening that never comes goes on to the year 9999, for ten seconds.
    return OpeningHours(written, auto_country=False, max_interval_days=_HORIZON.days)


def _write(table: Timetable, year: int) -> str | None:
    """The form with the holidays of a year and the one after it as dates, and closures; None when it cannot be read."""
    from opening_hours import validate  # noqa: PLC0415 - a line that is always open needs none

    days = sorted(days_off(table.calendar, year) | days_off(table.calendar, year + 1))
    holidays = ",".join(_date(day) for day in days)
    rules: list[str] = []
    for selector, rest in _rules(table.expression):
        others = ",".join(day for day in selector.split(",") if day != "PH")
        if others or not selector:
            rules.append(f"{others} {rest}".strip())
        if others != selector:
            rules.append(f"{holidays} {rest}")
    if "PH" not in table.expression and not _holds_every_day(table.expression):
        rules.append(f"{holidays} off")
    rules += [f"{_span(closure)} off" for closure in table.closures]
    written = "; ".join(rules)
    return written if validate(written) else None


def _spans(written: str, start: dt.datetime, end: dt.datetime) -> Iterator[tuple[dt.datetime, dt.datetime]]:
    from opening_hours import OpeningHours, State  # noqa: PLC0415 - only the proof of coverage comes here

    for begins, ends, state, _comment in OpeningHours(written, auto_country=False).intervals(start, end):
        if state == State.OPEN:
            yield begins, min(ends, end)


@lru_cache(maxsize=16_384)
def _plain(expression: str) -> Week | None:
    """The week, where it is one of days that end at midnight, with the rule for holidays last; else None."""
    week = read_week(expression)
    is_ordered = "PH" not in expression or "PH" in expression.rpartition(";")[2]
    is_by_day = all(end > start for start, end in _TIMES.findall(expression))
    return week if is_ordered and is_by_day else None


@lru_cache(maxsize=256)
def _days_off(calendar: str, first: dt.date, last: dt.date) -> tuple[dt.date, ...]:
    """The public holidays from the one day to the other."""
    years = range(first.year, last.year + 1)
    return tuple(sorted(day for year in years for day in days_off(calendar, year) if first <= day <= last))


def _holds_every_day(expression: str) -> bool:
    week = read_week(expression)
    return week is not None and all(week.days)


def _rules(expression: str) -> Iterator[tuple[str, str]]:
    """The rules as (weekdays, rest); without weekdays where a rule names none or is of another form."""
    for rule in expression.split(";"):
        selector, _, rest = rule.strip().partition(" ")
        is_plain = bool(rest) and _SELECTOR.fullmatch(selector) is not None
        yield (selector, rest.strip()) if is_plain else ("", rule.strip())


def _date(day: dt.date) -> str:
    return f"{day.year} {_MONTHS[day.month - 1]} {day.day:02}"


def _days_of(closure: str) -> Iterator[dt.date]:
    first, _, last = closure.partition("..")
    start, end = dt.date.fromisoformat(first), dt.date.fromisoformat(last or first)
    return (start + dt.timedelta(days=number) for number in range((end - start).days + 1))


def _span(closure: str) -> str:
    first, _, last = closure.partition("..")
    days = dict.fromkeys((dt.date.fromisoformat(first), dt.date.fromisoformat(last or first)))
    return "-".join(_date(day) for day in days)

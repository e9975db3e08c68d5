"""The minutes of a year, day by day: a number for each day, with a bit for every minute at which somebody is there.

Owns exactness: opening hours change on full minutes, so nothing falls between two bits, and union, gap and count are
operations on whole days. Nearly all weeks of an office are the same, so a year is one week and the days that differ
from it; every set of minutes is written in one way only, so that equal ones are equal. The hour that a clock change
skips has no bits; the one that comes twice has them once, for hours are the same in both.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from bot.alliance.hours import ZONE, Timetable, wall
from bot.alliance.week import Spans

DAY = 24 * 60
HOURS_OF_THE_WEEK = 7 * 24
_HOURS = 24
_WEEKDAYS = 7
_WHOLE_DAY = (1 << DAY) - 1
_ONE_HOUR = (1 << 60) - 1


@dataclass(frozen=True, slots=True)
class Minutes:
    """Some minutes of a year: those of each day of the week, Monday first, and the days (by number) that differ.

    Made by a `Year`, in one way for the same minutes.
    """

    week: tuple[int, ...]
    days: tuple[tuple[int, int], ...]


_Plan = tuple[tuple[int, ...], Mapping[int, int]]
"""A week, and days (by number) that may differ from it; with the minutes that the clock skips."""
_MOST_PLANS = 10_000
"""Held at once: 20 MB."""


@dataclass(frozen=True)
class Year:
    """From the beginning of `first` to the end of `last`. Days are numbered from 0, minutes from the first one's 0."""

    first: dt.date
    last: dt.date

    @classmethod
    def starting(cls, first: dt.date) -> Year:
        """The year that begins on this day."""
        day = dt.date(first.year + 1, first.month, min(first.day, 28)) + dt.timedelta(days=max(first.day - 28, 0))
        return cls(first, day - dt.timedelta(days=1))

    @cached_property
    def every(self) -> Minutes:
        """All minutes that there are."""
        return self.missing(())

    def moment(self, minute: int) -> dt.datetime:
        """The minute with this number, on the wall clock."""
        return dt.datetime.combine(self.first, dt.time()) + dt.timedelta(minutes=minute)

    def open_minutes(self, table: Timetable) -> Minutes:
        """The minutes at which somebody is there."""
        week, days = self._plan(table)
        short = {
            day: there_is & days.get(day, week[(self._monday + day) % _WEEKDAYS])
            for day, there_is in self._short.items()
        }
        return self._written([*week], {**days, **short})

    def missing(self, tables: Collection[Timetable]) -> Minutes:
        """The minutes that there are and at which nobody is there by any of these tables."""
        plans = [self._plan(table) for table in tables]
        week = [_WHOLE_DAY] * _WEEKDAYS
        special = {*self._short}
        for usual, differing in plans:
            week = [left & ~taken for left, taken in zip(week, usual, strict=True)]
            special.update(differing)
        days: dict[int, int] = {}
        for day in special:
            weekday = (self._monday + day) % _WEEKDAYS
            left = self._short.get(day, _WHOLE_DAY)
            for usual, differing in plans:
                left &= ~differing.get(day, usual[weekday])
            days[day] = left
        return self._written(week, days)

    def count(self, some: Minutes) -> int:
        """How many they are."""
        numbers, total = [*self._weekdays], 0
        for day, bits in some.days:
            numbers[(self._monday + day) % _WEEKDAYS] -= 1
            total += bits.bit_count()
        return total + sum(bits.bit_count() * number for bits, number in zip(some.week, numbers, strict=True))

    def first_of(self, some: Minutes) -> int:
        """The number of the first of them; -1 when there are none."""
        days = dict(some.days)
        for day in range(self._length):
            bits = days.get(day, some.week[(self._monday + day) % _WEEKDAYS])
            if bits:
                return day * DAY + _lowest(bits)
        return -1

    def next_without(self, some: Minutes, minute: int) -> int:
        """The number of the first minute after this one that there is and that is none of them; -1: none."""
        days = dict(some.days)
        for day in range(minute // DAY, self._length):
            bits = days.get(day, some.week[(self._monday + day) % _WEEKDAYS])
            others = self._short.get(day, _WHOLE_DAY) & ~bits
            if day == minute // DAY:
                others &= -1 << minute % DAY
            if others:
                return day * DAY + _lowest(others)
        return -1

    def by_hour_of_the_week(self, many: Iterable[Minutes]) -> tuple[int, ...]:
        """How many of all these lie in each hour of the week, Monday 0:00 first."""
        times = Counter[tuple[int, int]]()
        for some in many:
            for weekday, (bits, number) in enumerate(zip(some.week, self._weekdays, strict=True)):
                times[weekday, bits] += number
            for day, bits in some.days:
                weekday = (self._monday + day) % _WEEKDAYS
                times[weekday, some.week[weekday]] -= 1
                times[weekday, bits] += 1
        counts = [0] * HOURS_OF_THE_WEEK
        for (weekday, bits), number in times.items():
            if bits and number:
                for hour, minutes in enumerate(_by_hour(bits), start=weekday * _HOURS):
                    counts[hour] += number * minutes
        return tuple(counts)

    def longest_run(self, some: Minutes) -> int:
        """How many minutes the longest time without a break has; an hour that the clock skips is no break."""
        days = dict(some.days)
        rows = (
            _row(days.get(day, some.week[(self._monday + day) % _WEEKDAYS]), self._short.get(day, _WHOLE_DAY))
            for day in range(self._length)
        )
        return max(map(len, "".join(rows).split("0")))

    # --- plans, and the one way to write minutes

    @cached_property
    def _plan(self) -> Callable[[Timetable], _Plan]:
        """How to see the plan of a table; those of offices that stand in for many are seen once."""
        return lru_cache(maxsize=_MOST_PLANS)(self._see)

    def _see(self, table: Timetable) -> _Plan:
        plan = table.plan(self.first, self.last)
        if plan is None:
            return (0,) * _WEEKDAYS, self._evaluated(table)
        week, special = plan
        days = {(day - self.first).days: _day(spans) for day, spans in special.items()}
        return tuple([_day(spans) for spans in week]), days

    def _evaluated(self, table: Timetable) -> dict[int, int]:
        """Every day of hours that are more than a plain week."""
        begin = self.moment(0)
        days = dict.fromkeys(range(self._length), 0)
        for start, end in table.open_spans(self.first, self.last):
            low, high = ((moment - begin) // dt.timedelta(minutes=1) for moment in (start, end))
            for day, spans in _cut(low, high):
                days[day] |= _day(spans)
        return days

    def _written(self, week: list[int], days: Mapping[int, int]) -> Minutes:
        """In the one way: a day of the week is as most of them are (as the smallest number of several), no day as none.

        With few days that differ the week is that already.
        """
        differing = {day: bits for day, bits in days.items() if bits != week[(self._monday + day) % _WEEKDAYS]}
        if len(differing) * 2 >= min(self._weekdays):
            for weekday, number in enumerate(self._weekdays):
                mine = range((weekday - self._monday) % _WEEKDAYS, self._length, _WEEKDAYS)
                found = {day: differing.pop(day, week[weekday]) for day in mine}
                times = Counter(found.values())
                week[weekday] = min(times, key=lambda bits: (-times[bits], bits)) if number else 0
                differing |= {day: bits for day, bits in found.items() if bits != week[weekday]}
        # What is equal is one object: ten thousand town halls are closed on the same days.
        same = self._same
        pairs = tuple([same.setdefault(pair, pair) for pair in sorted(differing.items())])
        return Minutes(tuple([same.setdefault(bits, bits) for bits in week]), same.setdefault(pairs, pairs))

    @cached_property
    def _same(self) -> dict[Any, Any]:
        """Numbers, days and lists of days that were met."""
        return {}

    @cached_property
    def _length(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    @cached_property
    def _monday(self) -> int:
        """The day of the week on which it begins; Monday is 0."""
        return self.first.weekday()

    @cached_property
    def _weekdays(self) -> tuple[int, ...]:
        """How many Mondays it has, and so on."""
        whole, rest = divmod(self._length, _WEEKDAYS)
        return tuple(whole + ((weekday - self._monday) % _WEEKDAYS < rest) for weekday in range(_WEEKDAYS))

    @cached_property
    def _short(self) -> Mapping[int, int]:
        """The days that lack an hour, and the minutes that they have."""
        return {
            day: sum(1 << minute for minute in range(DAY) if not _is_skipped(begins, minute))
            for day in range(self._length)
            for begins in [self.moment(day * DAY)]
            if _is_short(begins)
        }


def _cut(low: int, high: int) -> Iterator[tuple[int, Spans]]:
    """The days of a span of minutes, and the part of it that lies in each."""
    for day in range(low // DAY, -(-high // DAY)):
        yield day, ((max(low - day * DAY, 0), min(high - day * DAY, DAY)),)


@lru_cache(maxsize=16_384)
def _day(spans: Spans) -> int:
    """The minutes of one day; one object for the same."""
    bits = 0
    for start, end in spans:
        bits |= ((1 << end - start) - 1) << start
    return bits


@lru_cache(maxsize=16_384)
def _by_hour(bits: int) -> tuple[int, ...]:
    """How many minutes of a day lie in each of its hours."""
    return tuple((bits >> hour * 60 & _ONE_HOUR).bit_count() for hour in range(_HOURS))


def _row(bits: int, there_is: int) -> str:
    """The minutes of one day in order: 1 for those that are set, 0 for the others that there are."""
    row = f"{bits:0{DAY}b}"[::-1]
    if there_is == _WHOLE_DAY:
        return row
    return "".join(digit for minute, digit in enumerate(row) if there_is >> minute & 1)


def _lowest(bits: int) -> int:
    """The number of the lowest bit that is set."""
    return (bits & -bits).bit_length() - 1


def _is_short(day: dt.datetime) -> bool:
    """Whether the clocks go forward on this day."""
    after = (day + dt.timedelta(days=1)).replace(tzinfo=ZONE).utcoffset()
    before = day.replace(tzinfo=ZONE).utcoffset()
    return after is not None and before is not None and after > before


def _is_skipped(day: dt.datetime, minute: int) -> bool:
    at = day + dt.timedelta(minutes=minute)
    return wall(at.replace(tzinfo=ZONE)) != at

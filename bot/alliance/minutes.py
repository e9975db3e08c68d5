"""A year as one big number: a bit for every minute on the wall clock, set where somebody is there.

Owns exactness: opening hours change on full minutes, so nothing falls between two bits, and union, gap and count are
one operation on the whole year. The hour that a clock change skips has no bits; the one that comes twice has them once,
for hours are the same in both.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from bot.alliance.hours import ZONE, Timetable, wall
from bot.alliance.week import Spans

DAY = 24 * 60
WEEK = 7 * DAY
HOURS_OF_THE_WEEK = 7 * 24
_DAY_BYTES = DAY // 8
_WEEK_BYTES = WEEK // 8


@dataclass(frozen=True)
class Year:
    """From the beginning of `first` to the end of `last`; bit n is the n-th minute after that beginning."""

    first: dt.date
    last: dt.date

    @classmethod
    def starting(cls, first: dt.date) -> Year:
        """The year that begins on this day."""
        day = dt.date(first.year + 1, first.month, min(first.day, 28)) + dt.timedelta(days=max(first.day - 28, 0))
        return cls(first, day - dt.timedelta(days=1))

    @cached_property
    def every(self) -> int:
        """All minutes that there are."""
        days = (self.last - self.first).days + 1
        bits = (1 << days * DAY) - 1
        for number in range(days):
            begins = self.moment(number * DAY)
            if _is_short(begins):
                bits &= ~sum(1 << number * DAY + minute for minute in range(DAY) if _is_skipped(begins, minute))
        return bits

    def moment(self, bit: int) -> dt.datetime:
        """The minute of a bit, on the wall clock."""
        return dt.datetime.combine(self.first, dt.time()) + dt.timedelta(minutes=bit)

    def open_minutes(self, table: Timetable) -> int:
        """The minutes at which somebody is there."""
        plan = table.plan(self.first, self.last)
        if plan is not None:
            return self._planned(*plan) & self.every
        begin = self.moment(0)
        bits = 0
        for start, end in table.open_spans(self.first, self.last):
            low, high = ((moment - begin) // dt.timedelta(minutes=1) for moment in (start, end))
            bits |= ((1 << high - low) - 1) << low
        return bits & self.every

    def _planned(self, week: tuple[Spans, ...], special: Mapping[dt.date, Spans]) -> int:
        days = (self.last - self.first).days + 1
        today = self.first.weekday()
        data = bytearray(b"".join(_day(spans) for spans in (*week[today:], *week[:today])) * (days // 7 + 1))
        for day, spans in special.items():
            start = (day - self.first).days * _DAY_BYTES
            data[start : start + _DAY_BYTES] = _day(spans)
        return int.from_bytes(data[: days * _DAY_BYTES], "little")

    def by_hour_of_the_week(self, bits: int) -> tuple[int, ...]:
        """How many of the minutes lie in each hour of the week, Monday 0:00 first."""
        aligned = bits << self.first.weekday() * DAY
        weeks = -(-aligned.bit_length() // WEEK)
        data = aligned.to_bytes(weeks * _WEEK_BYTES, "little")
        counts = [0] * HOURS_OF_THE_WEEK
        # Most weeks of a year are the same.
        for week, times in Counter(data[n * _WEEK_BYTES : (n + 1) * _WEEK_BYTES] for n in range(weeks)).items():
            minutes = int.from_bytes(week, "little")
            for hour in range(HOURS_OF_THE_WEEK):
                counts[hour] += times * (minutes >> hour * 60 & (1 << 60) - 1).bit_count()
        return tuple(counts)


@lru_cache(maxsize=4_096)
def _day(spans: Spans) -> bytes:
    """The minutes of one day."""
    bits = 0
    for start, end in spans:
        bits |= ((1 << end - start) - 1) << start
    return bits.to_bytes(_DAY_BYTES, "little")


def first_bit(bits: int) -> int:
    """The number of the lowest bit that is set; -1 when none is."""
    return (bits & -bits).bit_length() - 1


def longest_run(bits: int) -> int:
    """How many minutes the longest time without a break has."""
    return max(map(len, f"{bits:b}".split("0")))


def unite(many: Iterable[int]) -> int:
    """All bits that are set in any."""
    united = 0
    for bits in many:
        united |= bits
    return united


def _is_short(day: dt.datetime) -> bool:
    """Whether the clocks go forward on this day."""
    after = (day + dt.timedelta(days=1)).replace(tzinfo=ZONE).utcoffset()
    before = day.replace(tzinfo=ZONE).utcoffset()
    return after is not None and before is not None and after > before


def _is_skipped(day: dt.datetime, minute: int) -> bool:
    at = day + dt.timedelta(minutes=minute)
    return wall(at.replace(tzinfo=ZONE)) != at

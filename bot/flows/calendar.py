"""When to write to someone again: local wall-clock times that avoid the quiet hours.

A local time in a gap of daylight saving time means the first instant after it; a doubled one the first of both
(guarantees B5; PEP 495).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final
from zoneinfo import ZoneInfo

from bot.flows import moments
from bot.flows.deadlines import is_day_off
from bot.flows.world import Municipality

_A_DAY: Final = dt.timedelta(days=1)


def fire_times(
    spans: Sequence[dt.timedelta], now: dt.datetime, municipality: Municipality, hour: dt.time | None = None
) -> list[dt.datetime]:
    """For each span the instant (UTC) at which to write, at `hour` or the same local time of day unless that is quiet.

    Never on a public holiday of any land, nor on Christmas Eve or New Year's Eve: the next day then.
    """
    zone = ZoneInfo(municipality.zone)
    wanted = []
    for span in spans:
        wall = _local(now, zone) + span
        if hour is not None:
            wall = dt.datetime.combine(wall.date(), hour)
            if instant(_out_of_quiet(wall, municipality), zone) <= now:
                wall += _A_DAY  # an earlier hour of today has gone by
        wanted.append(instant(_after_holidays(_out_of_quiet(wall, municipality)), zone))
    return wanted


def at_hour(day: dt.date, hour: dt.time, municipality: Municipality, *, quiet: bool = False) -> dt.datetime:
    """The instant (UTC) of this local time, moved out of the quiet hours; `quiet`: it may lie in them."""
    wall = dt.datetime.combine(day, hour)
    return instant(wall if quiet else _out_of_quiet(wall, municipality), ZoneInfo(municipality.zone))


def after_holidays(due: dt.datetime, municipality: Municipality) -> dt.datetime:
    """The same, or the same time of the next day that is no holiday."""
    zone = ZoneInfo(municipality.zone)
    return instant(_after_holidays(due.astimezone(zone).replace(tzinfo=None)), zone)


def fire_time(span: dt.timedelta, now: dt.datetime, municipality: Municipality) -> dt.datetime:
    """`now` plus the span on the wall clock, moved to the end of the quiet hours when it falls in them."""
    zone = ZoneInfo(municipality.zone)
    return instant(_out_of_quiet(_local(now, zone) + span, municipality), zone)


def _local(now: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """What the clock on the wall shows, to the minute."""
    return now.astimezone(zone).replace(tzinfo=None, second=0, microsecond=0)


def _after_holidays(wall: dt.datetime) -> dt.datetime:
    while is_day_off(wall.date()):
        wall += _A_DAY
    return wall


def is_quiet(now: dt.datetime, municipality: Municipality) -> bool:
    """Whether nobody is to be written to at this instant."""
    return _is_quiet_hour(now.astimezone(ZoneInfo(municipality.zone)).hour, municipality)


def _is_quiet_hour(hour: int, municipality: Municipality) -> bool:
    begins, ends = municipality.quiet_from, municipality.quiet_to
    return (hour >= begins or hour < ends) if begins > ends else begins <= hour < ends


def _out_of_quiet(wall: dt.datetime, municipality: Municipality) -> dt.datetime:
    begins, ends, hour = municipality.quiet_from, municipality.quiet_to, wall.hour
    over_midnight = begins > ends
    if not _is_quiet_hour(hour, municipality):
        return wall
    day = wall.date() + _A_DAY if over_midnight and hour >= begins else wall.date()
    return dt.datetime.combine(day, dt.time(ends))


def instant(wall: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """The instant (UTC) of a local time; see the module's docstring for gaps and doubled times."""
    first = wall.replace(tzinfo=zone, fold=0)
    back = first.astimezone(dt.UTC).astimezone(zone).replace(tzinfo=None)
    if back == wall:
        return first.astimezone(dt.UTC)
    return _start_of_offset(first.astimezone(dt.UTC), back - wall, zone)


def _start_of_offset(after: dt.datetime, overshoot: dt.timedelta, zone: ZoneInfo) -> dt.datetime:
    """The first whole minute with the offset that holds at `after`, at most `overshoot` before it."""
    offset = after.astimezone(zone).utcoffset()
    low, high = after - overshoot, after
    while high - low > dt.timedelta(minutes=1):
        middle = low + (high - low) / 2
        middle = middle.replace(second=0, microsecond=0)
        if middle.astimezone(zone).utcoffset() == offset:
            high = middle
        else:
            low = middle
    return high


def show_instant(due: str, zone: str, language: str) -> str:
    """An instant (ISO, UTC) as local day and time in words."""
    here = dt.datetime.fromisoformat(due).astimezone(ZoneInfo(zone))
    return moments.show(moments.Moment(here.date(), here.time().replace(second=0, microsecond=0)), language)

"""When to write again, through the clock changes of several zones: the rules beside a search minute by minute."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from hypothesis import example, given
from hypothesis import strategies as st

from bot.flows.calendar import at_hour, fire_times, instant, is_quiet
from bot.flows.deadlines import is_day_off
from bot.flows.world import Municipality

ZONES = (
    "Europe/Berlin", "Europe/London", "America/New_York", "Atlantic/Azores", "Australia/Lord_Howe", "Pacific/Auckland",
    "Africa/Casablanca", "UTC",
)  # fmt: skip
MINUTE = dt.timedelta(minutes=1)

_zones = st.sampled_from(ZONES).map(ZoneInfo)
_walls = st.integers(0, 425 * 24 * 60).map(
    lambda minutes: dt.datetime.combine(dt.date(2026, 12, 1), dt.time()) + minutes * MINUTE
)
_hours = st.times().map(lambda time: time.replace(second=0, microsecond=0))
_spans = st.lists(st.integers(0, 24 * 21).map(lambda hours: dt.timedelta(hours=hours)), min_size=1, max_size=3)


def changes(zone: ZoneInfo) -> list[dt.datetime]:
    """The instants in a year at which the clock of a zone is set."""
    begin = dt.datetime(2027, 1, 1, tzinfo=dt.UTC)
    hours = [begin + dt.timedelta(hours=n) for n in range(366 * 24)]
    offsets = [hour.astimezone(zone).utcoffset() for hour in hours]
    return [hours[n] for n in range(1, len(hours)) if offsets[n] != offsets[n - 1]]


_CHANGES = {zone: changes(ZoneInfo(zone)) for zone in ZONES}


@st.composite
def moments(draw: st.DrawFn) -> tuple[str, dt.datetime]:
    """A zone and an instant of the year, in half of the cases within days before its clock is set."""
    zone = draw(st.sampled_from(ZONES))
    near = _CHANGES[zone]
    if near:
        at, before = draw(st.sampled_from(near)), draw(st.integers(-180, 8 * 24 * 60))
        if before < 4 * 24 * 60:
            return zone, at - before * MINUTE
    return zone, dt.datetime(2026, 12, 1, tzinfo=dt.UTC) + draw(st.integers(0, 400 * 24 * 60)) * MINUTE


def first_at(wall: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """The first minute at which the wall clock shows this or more: what B5 says of a gap and of a doubled time."""
    at = wall.replace(tzinfo=dt.UTC) - dt.timedelta(hours=15)
    while at.astimezone(zone).replace(tzinfo=None) < wall:
        left = wall - at.astimezone(zone).replace(tzinfo=None)
        at += left - dt.timedelta(hours=2) if left > dt.timedelta(hours=3) else MINUTE
    return at


@given(moments(), st.integers(-90, 90))
def test_a_gap_ends_and_the_first_of_two_counts(moment: tuple[str, dt.datetime], minutes: int) -> None:
    """Any wall time, many of them in the nights in which the clock is set."""
    zone = ZoneInfo(moment[0])
    wall = (moment[1] + minutes * MINUTE).astimezone(zone).replace(tzinfo=None) + dt.timedelta(minutes=minutes)
    assert instant(wall, zone) == first_at(wall, zone)


@given(_walls, _zones)
def test_any_wall_time(wall: dt.datetime, zone: ZoneInfo) -> None:
    """The same through the whole year."""
    assert instant(wall, zone) == first_at(wall, zone)


@example(("Europe/Berlin", dt.datetime(2027, 3, 27, 9, tzinfo=dt.UTC)), [dt.timedelta(hours=1)], dt.time(9), 20, 8)
@given(moments(), _spans, st.none() | _hours, st.integers(0, 23), st.integers(0, 23))
def test_every_check_in_has_its_hour(
    moment: tuple[str, dt.datetime], spans: list[dt.timedelta], hour: dt.time | None, begins: int, ends: int
) -> None:
    """Ahead, out of the quiet hours, on no holiday; at the hour that was chosen unless that is quiet, on every day."""
    name, now = moment
    here, zone = Municipality(ags="06611000", zone=name, quiet_from=begins, quiet_to=ends), ZoneInfo(name)
    for span, due in zip(spans, fire_times(spans, now, here, hour), strict=True):
        local = due.astimezone(zone).replace(tzinfo=None)
        assert not is_day_off(local.date())
        if begins != ends:
            assert not is_quiet(due, here)
        wanted = hour
        if wanted is None:
            wanted = now.astimezone(zone).replace(second=0, microsecond=0, tzinfo=None).time()
            wanted = (dt.datetime.combine(local.date(), wanted) + span % dt.timedelta(days=1)).time()
        else:
            assert due > now
        quiet = is_quiet(instant(dt.datetime.combine(local.date(), wanted), zone), here) or (
            begins != ends and _in_quiet(wanted.hour, begins, ends)
        )
        expected = dt.time(ends) if quiet else wanted
        assert due == first_at(dt.datetime.combine(local.date(), expected), zone)
        # No later than the quiet hours, a day that has gone by and the longest row of holidays explain.
        assert due - now <= span + dt.timedelta(days=5, hours=2)


def _in_quiet(hour: int, begins: int, ends: int) -> bool:
    return (hour >= begins or hour < ends) if begins > ends else begins <= hour < ends


@given(st.dates(dt.date(2026, 12, 1), dt.date(2028, 1, 31)), _hours, _zones)
def test_an_hour_that_may_be_quiet(day: dt.date, hour: dt.time, zone: ZoneInfo) -> None:
    """A deadline's end lies where the day ends, whatever the quiet hours are."""
    here = Municipality(ags="06611000", zone=zone.key, quiet_from=20, quiet_to=8)
    assert at_hour(day, hour, here, quiet=True) == first_at(dt.datetime.combine(day, hour), zone)

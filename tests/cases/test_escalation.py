"""When a case must be accepted and who is asked: in opening hours, out of quiet hours, through a year with DST."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.alliance.hours import Timetable
from bot.cases.escalation import (
    LEVELS,
    NUDGE_AFTER,
    PROMISE_NOTICE,
    URGENT_HOURS,
    Plan,
    Role,
    Step,
    accept_by,
    begin,
    first_level,
    look,
    next_look,
    waking,
)
from bot.flows.calendar import instant, is_quiet
from bot.flows.world import Municipality

ZONE = ZoneInfo("Europe/Berlin")
TOWN = Municipality(ags="06611000")
OFFICE = Timetable("Mo-Fr 08:00-18:00; PH off", calendar="HE")
PLAN = Plan(TOWN, 24, OFFICE.open_spans)

_MOMENTS = st.integers(0, 366 * 24 * 60).map(
    lambda minutes: dt.datetime(2026, 12, 1, tzinfo=dt.UTC) + dt.timedelta(minutes=minutes)
)
_PRESENT = st.lists(st.sampled_from(Role), max_size=4)


def at(text: str) -> dt.datetime:
    """A local time."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=ZONE).astimezone(dt.UTC)


def _open_minutes(start: dt.datetime, end: dt.datetime) -> int:
    """Minutes in which the office is open, counted one by one."""
    return sum(OFFICE.is_open(moment) for moment in _minutes(start, end))


def _minutes(start: dt.datetime, end: dt.datetime) -> Iterator[dt.datetime]:
    while start < end:
        yield start
        start += dt.timedelta(minutes=1)


def test_friday_evening_does_not_run_out_on_saturday() -> None:
    """24 opening hours from Friday, 17:00: one hour on Friday, ten on Monday and on Tuesday, three on Wednesday."""
    assert accept_by(PLAN, at("2027-06-04T17:00"), urgent=False) == at("2027-06-09T11:00")


def test_holidays_do_not_count() -> None:
    """Over Christmas and New Year's Eve: nobody is there, so nobody is late."""
    due = accept_by(PLAN, at("2026-12-24T12:00"), urgent=False)
    assert due == at("2026-12-29T16:00")


@settings(max_examples=25, deadline=None)
@given(_MOMENTS)
def test_the_time_to_accept_is_opening_hours(since: dt.datetime) -> None:
    """Counted minute by minute, through a whole year with both clock changes."""
    due = accept_by(PLAN, since, urgent=False)
    assert _open_minutes(since, due) == 24 * 60


@given(_MOMENTS)
def test_urgent_is_around_the_clock(since: dt.datetime) -> None:
    """Two hours are two hours."""
    assert accept_by(PLAN, since, urgent=True) - since == dt.timedelta(hours=URGENT_HOURS)


def test_an_office_that_never_opens() -> None:
    """Hours that cannot be read, or a closure for the whole summer: hours on the clock, instead of never."""
    since = at("2027-06-04T17:00")
    nobody = Plan(TOWN, 24, Timetable("nie").open_spans)
    assert accept_by(nobody, since, urgent=False) == since + dt.timedelta(hours=24)


@given(_MOMENTS, st.integers(0, 23), st.integers(0, 23), st.booleans())
def test_nobody_is_woken(moment: dt.datetime, begins: int, ends: int, urgent: bool) -> None:
    """A coordinator is written to outside the quiet hours, never before, and at once where it is urgent."""
    quiet = Plan(Municipality(ags="06611000", quiet_from=begins, quiet_to=ends))
    due = waking(quiet, moment, urgent=urgent)
    if urgent or not is_quiet(moment, quiet.municipality):
        assert due == moment
    elif begins != ends:
        assert due > moment
        assert not is_quiet(due, quiet.municipality)
        assert due - moment <= dt.timedelta(hours=25)


@given(_PRESENT)
def test_the_first_who_is_there_is_asked(present: list[Role]) -> None:
    """Levels where nobody is are passed over."""
    level = first_level(present)
    assert (level is None) == (not present)
    if level is not None:
        assert LEVELS[level] in present
        assert not any(role in present for role in LEVELS[:level])


@settings(max_examples=60, deadline=None)
@given(_PRESENT, _MOMENTS, st.booleans())
def test_escalation_ends(present: list[Role], now: dt.datetime, urgent: bool) -> None:
    """Looking at each moment that was set: time goes on, each level is asked once, and at last nobody is."""
    level = first_level(present)
    if level is None:
        return
    watch = begin(PLAN, level, now, urgent=urgent)
    asked = [level]
    steps: list[Step] = []
    for _ in range(2_000):
        assert watch.look_at >= now
        now = max(now, watch.look_at)
        step, after = look(PLAN, watch, present, now, urgent=urgent)
        assert after.look_at > now
        assert after.level >= watch.level
        if step is Step.ESCALATE:
            asked.append(after.level)
        elif step is Step.REMIND:
            assert after.accept_by == watch.accept_by
            assert after.look_at <= watch.accept_by
        steps.append(step)
        watch = after
        if step is Step.NOBODY:
            break
    assert steps[-1] is Step.NOBODY
    assert [LEVELS[one] for one in asked] == [role for role in LEVELS if role in present]


@given(_MOMENTS, st.integers(1, 60 * 24 * 14), st.booleans())
def test_a_promise_is_looked_at_when_it_is_due(now: dt.datetime, minutes: int, warned: bool) -> None:
    """Once before, if there is time, and exactly then; the person never hears of it early."""
    promise = now + dt.timedelta(minutes=minutes)
    due = next_look(PLAN, now, promise, warned=warned)
    assert due in {promise, promise - PROMISE_NOTICE}
    assert due > now
    if warned or minutes * 60 <= PROMISE_NOTICE.total_seconds():
        assert due == promise


@given(_MOMENTS)
def test_a_held_case_is_not_forgotten(now: dt.datetime) -> None:
    """Without a promise its holder is asked in a few days, by day."""
    due = next_look(PLAN, now, None, warned=False)
    assert due >= now + NUDGE_AFTER
    assert not is_quiet(due, TOWN)


@given(st.dates(dt.date(2026, 12, 1), dt.date(2027, 12, 1)), st.times())
def test_a_wall_time_is_one_instant(day: dt.date, time: dt.time) -> None:
    """What a coordinator says ("14 Uhr") is one moment on every day of the year, the clock changes too."""
    wall = dt.datetime.combine(day, time.replace(second=0, microsecond=0))
    there = instant(wall, ZONE).astimezone(ZONE).replace(tzinfo=None)
    assert there >= wall
    assert there - wall < dt.timedelta(hours=1)

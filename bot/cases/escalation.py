"""When somebody must have accepted a case, who is asked next, and when coordinators are reminded; pure.

The time to accept is counted in the opening hours of the municipality's coordination: a case that comes in on Friday
evening does not run out on Saturday. Reminders avoid the quiet hours unless the case is urgent. All moments are aware,
UTC; hours of offices are wall-clock time in `zone`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from bot.flows.calendar import fire_time, instant, is_quiet
from bot.flows.world import Municipality


class Role(StrEnum):
    """What a coordinator is to a municipality, in the order in which they are asked."""

    CONTACT = "ansprechperson"
    DEPUTY = "vertretung"
    COORDINATION = "koordination"


LEVELS: Final = tuple(Role)

ACCEPT_HOURS: Final = 24
"""Opening hours until a case must be accepted, where the municipality says nothing."""

URGENT_HOURS: Final = 2
"""The same for an urgent case, counted around the clock: nobody sleeps on a threat."""

REMIND_EVERY: Final = dt.timedelta(hours=4)
"""Between notices that a case waits; urgent ones every hour."""

REMIND_URGENT: Final = dt.timedelta(hours=1)

NUDGE_AFTER: Final = dt.timedelta(days=3)
"""Without anything done, whoever holds a case is asked for the next step."""

PROMISE_NOTICE: Final = dt.timedelta(hours=2)
"""So long before a promise is due its maker is reminded."""

URGENT: Final = frozenset({"bedrohung", "doxxing", "koerperlicher_angriff"})
"""Incidents whose notices do not wait for the morning."""

_HORIZON: Final = dt.timedelta(days=60)

Span = tuple[dt.datetime, dt.datetime]
"""When somebody is there: from, to, wall clock."""


def _always(first: dt.date, last: dt.date) -> Iterable[Span]:
    yield dt.datetime.combine(first, dt.time()), dt.datetime.combine(last + dt.timedelta(days=1), dt.time())


@dataclass(frozen=True)
class Plan:
    """What a municipality has settled for its cases. `spans`: its coordination's opening hours between two days."""

    municipality: Municipality
    accept_hours: int = ACCEPT_HOURS
    spans: Callable[[dt.date, dt.date], Iterable[Span]] = _always


@dataclass(frozen=True)
class Watch:
    """How the clock of a case that waits stands: who is asked, until when, and when it is looked at again."""

    level: int
    accept_by: dt.datetime
    look_at: dt.datetime


class Step(StrEnum):
    """What a look at a waiting case comes to."""

    REMIND = "remind"
    ESCALATE = "escalate"
    NOBODY = "nobody"


def accept_by(plan: Plan, since: dt.datetime, *, urgent: bool) -> dt.datetime:
    """The moment by which the case must be accepted; where the office does not open for weeks, hours on the clock."""
    if urgent:
        return since + dt.timedelta(hours=URGENT_HOURS)
    zone = ZoneInfo(plan.municipality.zone)
    left = dt.timedelta(hours=plan.accept_hours)
    first = since.astimezone(zone).date()
    for begins, ends in plan.spans(first, first + _HORIZON):
        start, end = max(instant(begins, zone), since), instant(ends, zone)
        if end <= start:
            continue
        if end - start >= left:
            return start + left
        left -= end - start
    return since + dt.timedelta(hours=plan.accept_hours)


def first_level(present: Sequence[Role]) -> int | None:
    """Whom a new case goes to: the first level at which somebody is; None when nobody is anywhere."""
    return _next_level(present, -1)


def _next_level(present: Sequence[Role], after: int) -> int | None:
    return next((level for level in range(after + 1, len(LEVELS)) if LEVELS[level] in present), None)


def begin(plan: Plan, level: int, now: dt.datetime, *, urgent: bool) -> Watch:
    """The watch over a case that was reported just now: notices go out as soon as it is not quiet."""
    return Watch(level, accept_by(plan, now, urgent=urgent), waking(plan, now, urgent=urgent))


def look(plan: Plan, watch: Watch, present: Sequence[Role], now: dt.datetime, *, urgent: bool) -> tuple[Step, Watch]:
    """What is to be done about a case that waits, and how its watch stands afterwards.

    Who is asked already stays asked; a higher level comes in addition. When nobody is left to ask, all are reminded
    once a day, and the person is told whom to turn to.
    """
    if now < watch.accept_by:
        pause = REMIND_URGENT if urgent else REMIND_EVERY
        due = waking(plan, now + pause, urgent=urgent)
        return Step.REMIND, Watch(watch.level, watch.accept_by, min(due, watch.accept_by))
    level = _next_level(present, watch.level)
    if level is None:
        return Step.NOBODY, Watch(len(LEVELS), watch.accept_by, waking(plan, now + dt.timedelta(days=1), urgent=urgent))
    until = accept_by(plan, now, urgent=urgent)
    pause = REMIND_URGENT if urgent else REMIND_EVERY
    return Step.ESCALATE, Watch(level, until, min(waking(plan, now + pause, urgent=urgent), until))


def waking(plan: Plan, at: dt.datetime, *, urgent: bool = False) -> dt.datetime:
    """The first moment from `at` on at which a coordinator may be written to."""
    if urgent or not is_quiet(at, plan.municipality):
        return at
    return fire_time(dt.timedelta(), at, plan.municipality)


def next_look(plan: Plan, now: dt.datetime, promise: dt.datetime | None, *, warned: bool) -> dt.datetime:
    """When a case that somebody holds is looked at again: before its promise is due, when it is, else in a few days."""
    if promise is None:
        return waking(plan, now + NUDGE_AFTER)
    soon = promise - PROMISE_NOTICE
    return soon if not warned and soon > now else max(promise, now)

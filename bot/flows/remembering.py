"""At which hour the Lotse writes again, and days that the law sets: counted from the answers, and reminded.

The hour is a whole message ("um 17 Uhr") once check-ins are agreed; it holds for all that come. Deadlines are reminded
only where somebody has agreed to that, and to the conversation being kept so long; twice before the safe day. What it
is about is shown only after a yes: the name of a deadline says too much on a locked screen.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from bot.flows import moments
from bot.flows.asking import Asked, make_asked
from bot.flows.calendar import after_holidays, at_hour, fire_time, show_instant
from bot.flows.deadlines import DEADLINES
from bot.flows.exchange import CancelTimers, Remind, TimerFired
from bot.flows.greeting import resume
from bot.flows.overlay import Overlay, lift
from bot.flows.walking import CHECK_IN_PREFIX, take
from bot.flows.wording import join, phrase, pick

if TYPE_CHECKING:
    from bot.flows.walk import Walk

DEADLINE_PREFIX: Final = "frist:"
"""Begins the name of a deadline's alarm, and what it is about: `frist:strafantrag:2027-02-19`."""

REMINDED: Final = ("strafantrag", "agg", "unfallanzeige")
"""What is due within months. For what takes a year nobody's conversation is kept so long."""

DAYS_BEFORE: Final = (14, 3)
"""Before the safe day; what lies in the past already is left out."""

_MORNING: Final = dt.time(10)
_HALF: Final = 12
_A_DAY: Final = dt.timedelta(days=1)
_HOUR: Final = re.compile(
    r"(?:bitte |please |lieber |besser )*(?:(?:um|gegen|ab|at|around) )?"
    r"(?P<hour>[01]?\d|2[0-4])(?:[:.](?P<minute>[0-5]\d))? ?(?P<word>uhr|h|o'clock|am|pm)"
    r"(?: (?:bitte|please|ist gut|passt|wäre gut|geht))*[.!]?"
)


def follow_up(walk: Walk, dues: list[dt.datetime], playbook: str) -> None:
    """Set the alarms of check-ins that were agreed; over holidays two of them may have become one."""
    dues = sorted(set(dues))
    for due in dues:
        walk.emit(Remind(name=f"{CHECK_IN_PREFIX}{due:%Y%m%d%H%M}", about=playbook, due=due))
    walk.c.check_ins, walk.c.follow = tuple(due.isoformat() for due in dues), playbook


def drop_passed(walk: Walk) -> None:
    """Times that have come are agreed no more."""
    walk.c.check_ins = tuple(agreed(walk))


def postpone(walk: Walk, incoming: TimerFired, due: dt.datetime) -> None:
    """Set an alarm that comes at the wrong moment for a later one; of a check-in that is the time that is agreed now.

    A deadline is still dropped when its day is over.
    """
    if is_deadline(incoming.about):
        day = dt.date.fromisoformat(incoming.about.rpartition(":")[2])
        end = at_hour(day + _A_DAY, dt.time(), walk.world.municipality, quiet=True)
        if due < end:
            useless = int((end - due).total_seconds())
            walk.emit(Remind(name=incoming.name, about=incoming.about, due=due, useless_after=useless))
        return
    if incoming.about in walk.library:
        drop_passed(walk)
        walk.c.check_ins = tuple(sorted({*walk.c.check_ins, due.isoformat()}))
    walk.emit(Remind(name=incoming.name, about=incoming.about, due=due))


def agreed(walk: Walk) -> list[str]:
    """The times at which the Lotse will ask again; one that was missed in an outage is none any more."""
    return [due for due in walk.c.check_ins if dt.datetime.fromisoformat(due) > walk.now]


def show_times(walk: Walk) -> str:
    """When the Lotse will ask again, in words."""
    zone = walk.world.municipality.zone
    return join([show_instant(due, zone, walk.language) for due in agreed(walk)], walk.language)


# --- the hour ---------------------------------------------------------------------------------------------------------


def read_hour(text: str) -> dt.time | None:
    """The hour that a whole message names; None when it is something else."""
    found = _HOUR.fullmatch(" ".join(text.lower().split()))
    if found is None:
        return None
    hour = int(found["hour"])
    if found["word"] == "pm" and hour < _HALF:
        hour += _HALF
    elif found["word"] == "am" and hour == _HALF:
        hour = 0
    return dt.time(hour % 24, int(found["minute"] or 0))


def hear_hour(walk: Walk, text: str, asked: Asked | None) -> bool:
    """Move the check-ins to the hour that was named; False when none was, or an hour is the answer to a question."""
    c = walk.c
    # One that has come by less than a day is about to be asked; what is older was missed.
    waiting = [due for due in c.check_ins if walk.now - dt.datetime.fromisoformat(due) < _A_DAY]
    if not waiting or c.overlay or (asked is not None and asked.expects in {"when", "text", "number"}):
        return False
    if walk.program is not None and walk.program.root.type == "nachfrage":
        return False
    hour = read_hour(text)
    if hour is None:
        return False
    c.hour = f"{hour:%H:%M}"
    here = walk.world.municipality
    zone = ZoneInfo(here.zone)
    dues = []
    for due in waiting:
        day = dt.datetime.fromisoformat(due).astimezone(zone).date()
        moved = after_holidays(at_hour(day, hour, here), here)
        dues.append(moved if moved > walk.now else after_holidays(at_hour(day + _A_DAY, hour, here), here))
    walk.emit(CancelTimers(prefix=CHECK_IN_PREFIX))
    follow_up(walk, dues, c.follow or "checkin")
    walk.say("hour_set", times=show_times(walk))
    if dt.datetime.fromisoformat(c.check_ins[0]).astimezone(zone).time() != hour:
        walk.say("hour_quiet", begins=here.quiet_from, ends=here.quiet_to)
    return True


def chosen_hour(walk: Walk) -> dt.time | None:
    """The hour that the person has chosen, if any."""
    return dt.time.fromisoformat(walk.c.hour) if walk.c.hour else None


# --- deadlines --------------------------------------------------------------------------------------------------------


def countable(walk: Walk) -> list[tuple[str, dt.date]]:
    """The deadlines that this walk has counted, that can be reminded of, and are not yet: kind and safe day."""
    program, found = walk.program, []
    for name, kind in program.deadlines.items() if program is not None else ():
        value = walk.c.answers.get(name)
        if kind in REMINDED and isinstance(value, str) and f"{kind}:{value}" not in walk.c.deadlines:
            day = dt.date.fromisoformat(value)
            if _dues(walk, day):
                found.append((kind, day))
    return found


def _ask_remember(walk: Walk) -> Asked:
    """Whether to remind of them, and what that means for how long the conversation is kept."""
    found = countable(walk)
    which = "\n".join(f"– {_title(kind, walk.language)}" for kind, _ in found)
    until = moments.show_day(max(day for _, day in found), walk.language) if found else ""
    rows = [("!yes", phrase("yes", walk.language), ""), ("!no", phrase("no", walk.language), "")]
    return make_asked((phrase("deadlines_ask", walk.language, which=which, until=until),), rows, "option")


def _act_remember(walk: Walk, act: str) -> None:
    """The check-ins are agreed; with the answer the walk goes on behind them."""
    plan, node = walk.c.overlay_data[0], walk.node()
    if act == "!yes":
        _remember(walk)
        walk.say("deadlines_reminded")
    lift(walk)
    if node is not None:
        take(walk, node, plan)


def _remember(walk: Walk) -> None:
    """Set the alarms, and keep the conversation until the last of the days."""
    for kind, day in countable(walk):
        here = walk.world.municipality
        end = at_hour(day + _A_DAY, dt.time(), here, quiet=True)
        for place, due in enumerate(_dues(walk, day)):
            name = f"{DEADLINE_PREFIX}{kind}:{place}"
            useless = int((end - due).total_seconds())
            walk.emit(Remind(name=name, about=f"{DEADLINE_PREFIX}{kind}:{day}", due=due, useless_after=useless))
        walk.c.deadlines = (*walk.c.deadlines, f"{kind}:{day}")
        walk.c.keep_until = max(walk.c.keep_until, day.isoformat())


def _dues(walk: Walk, day: dt.date) -> list[dt.datetime]:
    """When to remind of this day; what lies in the past already is left out."""
    here, hour = walk.world.municipality, chosen_hour(walk) or _MORNING
    end = at_hour(day, dt.time(), here, quiet=True)
    dues = [after_holidays(at_hour(day - days * _A_DAY, hour, here), here) for days in DAYS_BEFORE]
    return [due for due in dues if walk.now < due < end]


def is_deadline(about: str) -> bool:
    """Whether an alarm is about a deadline that this program counts."""
    return about.startswith(DEADLINE_PREFIX) and about.split(":")[1] in DEADLINES


def _ask_deadline(walk: Walk) -> Asked:
    """Whether it may be shown."""
    rows = [("!show", phrase("deadline_show", walk.language), ""), ("!later", phrase("not_today", walk.language), "")]
    return make_asked((phrase("deadline_ask", walk.language),), rows, "option")


def _act_deadline(walk: Walk, act: str) -> None:
    """Show it, or ask again tomorrow, as long as the day has not passed."""
    _, kind, iso = walk.c.overlay_data[0].split(":")
    day = dt.date.fromisoformat(iso)
    due = fire_time(_A_DAY, walk.now, walk.world.municipality)
    end = at_hour(day + _A_DAY, dt.time(), walk.world.municipality, quiet=True)
    if act == "!show" or due >= end:
        walk.say("deadline_told", title=_title(kind, walk.language), day=moments.show_day(day, walk.language))
        walk.say("deadline_not_here")
    else:
        name, useless = f"{DEADLINE_PREFIX}{kind}:later", int((end - due).total_seconds())
        walk.emit(Remind(name=name, about=walk.c.overlay_data[0], due=due, useless_after=useless))
        walk.say("deadline_later")
    resume(walk)


def show_deadlines(walk: Walk) -> str:
    """What is reminded of, in words; "" nothing, or all of it has passed."""
    shown = []
    for one in walk.c.deadlines:
        kind, _, iso = one.partition(":")
        day = dt.date.fromisoformat(iso)
        if day >= walk.today() and kind in DEADLINES:
            shown.append(f"{_title(kind, walk.language)}: {moments.show_day(day, walk.language)}")
    return "\n".join(shown)


def _title(kind: str, language: str) -> str:
    return pick(DEADLINES[kind].title, language)


REMEMBER: Final = Overlay("deadlines", _ask_remember, _act_remember)
DEADLINE: Final = Overlay("deadline", _ask_deadline, _act_deadline)

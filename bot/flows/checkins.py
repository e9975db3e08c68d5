"""Check-ins beside the playbook that asks: what silence means, and when things are getting worse.

Nobody who is silent is pressed: one gentle repeat after a day, a day later a pause that is announced, and nobody is
told. A check-in that finds another one open is merged into it, unless that one was left half answered long ago: then
the time that was agreed is kept, and it is asked anew. One that is late by more than a day is dropped
(`Remind.useless_after`).
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from bot.flows.calendar import fire_time
from bot.flows.calling import show_contacts
from bot.flows.exchange import Remind, TimerFired
from bot.flows.walking import CHECK_IN_PREFIX, cancel_check_ins, leave

if TYPE_CHECKING:
    from bot.flows.program import Node
    from bot.flows.walk import Walk

SILENCE: Final = ("silence:1", "silence:2")
"""About a TimerFired: nothing was said to a check-in for a day, for two."""

_NAME: Final = f"{CHECK_IN_PREFIX}silence"
_A_DAY: Final = dt.timedelta(days=1)

FALLING: Final = 2
"""So many points less than the time before, of five, is worse enough to name people at once."""

LOW: Final = 2
"""Up to here the playbook itself names people."""

HALF_ANSWERED_FOR: Final = dt.timedelta(hours=12)
"""So long after it began, nobody is in the midst of answering a check-in."""

_HUMANS: Final = ("opferberatung", "krisenhilfe", "koordination")


def is_open(walk: Walk) -> bool:
    """Whether a check-in is being asked."""
    return walk.program is not None and walk.program.root.type == "nachfrage"


def is_merged(walk: Walk) -> bool:
    """Whether a check-in that is due now is one with the one that is open."""
    if not is_open(walk):
        return False
    since = walk.c.check_in_since
    return not (walk.c.trail and since and walk.now - dt.datetime.fromisoformat(since) >= HALF_ANSWERED_FOR)


def note_begin(walk: Walk) -> None:
    """Remember when it was asked."""
    walk.c.check_in_since = walk.now.replace(microsecond=0).isoformat()


def wait_for_answer(walk: Walk, about: str = SILENCE[0]) -> None:
    """Look again in a day whether the check-in that was just asked has been answered."""
    due = fire_time(_A_DAY, walk.now, walk.world.municipality)
    walk.emit(Remind(name=_NAME, about=about, due=due))


def hear_silence(walk: Walk, incoming: TimerFired) -> None:
    """A day has gone by; whoever has answered since is left alone."""
    if not is_open(walk) or walk.c.trail or walk.c.overlay:
        return
    if incoming.about == SILENCE[0]:
        walk.say("check_in_again")
        asked = walk.open_question()
        if asked is not None:
            walk.ask(asked)
        wait_for_answer(walk, SILENCE[1])
        return
    leave(walk)
    cancel_check_ins(walk)
    walk.say("check_in_pause")


def note_mood(walk: Walk, node: Node, value: object) -> None:
    """Remember how it is going; where it fell much, name people at once, whatever the playbook says next."""
    if not is_open(walk) or node.kind != "number" or not isinstance(value, int):
        return
    before, walk.c.mood = walk.c.mood, value
    if before is not None and before - value >= FALLING and value > LOW:
        walk.say("check_in_falling")
        show_contacts(walk, _HUMANS, "", frozenset(), 2)

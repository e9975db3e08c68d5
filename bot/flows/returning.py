"""After a walk: back to what a check-in interrupted, or on to the other thing that was told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.flows.asking import ask_resume, ask_waiting
from bot.flows.greeting import go_on, start_over
from bot.flows.overlay import Overlay, lift
from bot.flows.reading import fold
from bot.flows.walking import begin, leave
from bot.flows.words import answer_words

if TYPE_CHECKING:
    from bot.flows.walk import Walk


def _hear_resume(walk: Walk, text: str) -> bool:
    """A plain yes goes on where it was; a plain no lets it be, and nothing is asked instead."""
    word = fold(text)
    if word in answer_words.YES:
        go_on(walk)
        return True
    if word not in answer_words.NO:
        return False
    leave(walk)
    walk.say("finished")
    return True


def _act_resume(walk: Walk, act: str) -> None:
    if act == "!new":
        start_over(walk)
    else:
        go_on(walk)


def _act_waiting(walk: Walk, act: str) -> None:
    name = walk.c.waiting[0]
    lift(walk)
    walk.c.waiting = walk.c.waiting[1:]
    if act == "!yes":
        begin(walk, name)
    else:
        go_on(walk)


RESUME: Final = Overlay("resume", ask_resume, _act_resume, _hear_resume)
WAITING: Final = Overlay("waiting", ask_waiting, _act_waiting)

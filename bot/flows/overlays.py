"""All of the Lotse's own questions by the name that a conversation keeps, and which question is open.

What one is stands in `overlay`. Words that fit no choice are asked about again, twice; only rows with a `hear` of their
own take them otherwise (a crisis, an addition).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from bot.flows import (
    casequestions,
    detours,
    distress,
    forgetting,
    greeting,
    keeping,
    languages,
    moving,
    remembering,
    returning,
    wishing,
)
from bot.flows.commands import Command
from bot.flows.overlay import Overlay, lay, lift

if TYPE_CHECKING:
    from bot.flows.asking import Asked
    from bot.flows.walk import Walk


def lay_over(walk: Walk, name: str, *data: str) -> None:
    """Ask the question of this name."""
    lay(walk, OVERLAYS[name], *data)


def open_question(walk: Walk) -> Asked | None:
    """The question that is open: the Lotse's own, else the playbook's."""
    return OVERLAYS[walk.c.overlay].ask(walk) if walk.c.overlay else walk.open_question()


def ask_open(walk: Walk) -> None:
    """The question that is open, asked as it stands."""
    asked = open_question(walk)
    if asked is not None:
        walk.ask(asked)


def _uncover(walk: Walk, before: str, data: list[str]) -> None:
    """The question that lay there before lies there again."""
    lift(walk)
    walk.c.overlay, walk.c.overlay_data = before, tuple(data)


def _act_move(walk: Walk, act: str) -> None:
    """What lay there before goes on here, or in the other chat."""
    before, *data = walk.c.overlay_data
    _uncover(walk, before, data)
    if act == "!yes":
        moving.offer(walk)
    elif before:
        ask_open(walk)
    else:
        greeting.go_on(walk)


def uncover_wish(walk: Walk) -> str:
    """Take away the question about a wish; what was kept for a no to it: TOLD or nothing."""
    _wishes, told, before, *data = walk.c.overlay_data
    _uncover(walk, before, data)
    return told


def _act_wish(walk: Walk, act: str) -> Command | None:
    """A yes is obeyed as if it had been said plainly; after a no it goes on with what was told, or where it stood."""
    told = uncover_wish(walk)
    if act != "!no":
        return Command(act[1:])
    if walk.c.overlay:
        ask_open(walk)
    else:
        greeting.go_on_with_told(walk, told=bool(told))
    return None


WISH: Final = Overlay("wish", wishing.ask_wish, _act_wish)
MOVE: Final = Overlay("move", moving.ask_move, _act_move)
_ALL: Final = (
    casequestions.ADDITION,
    casequestions.CASE,
    casequestions.HOW,
    casequestions.MESSAGE,
    casequestions.NAME,
    casequestions.WITHDRAW,
    detours.CHANGE,
    detours.PLACE,
    detours.STUCK,
    distress.AFTER_CRISIS,
    distress.CRISIS,
    distress.WORRY,
    forgetting.DELETE,
    greeting.CONSENT,
    keeping.LOG,
    keeping.PAPER,
    languages.LANGUAGE,
    moving.HERE,
    MOVE,
    remembering.DEADLINE,
    remembering.REMEMBER,
    returning.RESUME,
    returning.WAITING,
    WISH,
)
OVERLAYS: Final[Mapping[str, Overlay]] = {one.name: one for one in _ALL}

"""Ways around the open question of a playbook: leaving it out, changing an answer given before, naming which place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.flows.asking import Asked, ask_step, make_asked
from bot.flows.conversation import DECLINED, UNKNOWN
from bot.flows.greeting import go_on, turn_to_humans
from bot.flows.overlay import Overlay, lift
from bot.flows.steps import CheckIns, OfferCase, Question
from bot.flows.walking import change, go, run, take
from bot.flows.wording import phrase

if TYPE_CHECKING:
    from bot.flows.walk import Walk

# Earlier answers that are offered for a change: the latest ones, as many as fit on a phone.
MAX_CHANGES: Final = 8


def skip(walk: Walk) -> None:
    """Leave the open question out, where it may be."""
    node = walk.node()
    if node is None or not isinstance(node.step, Question):
        go_on(walk)
        return
    if node.kind in {"checklist", "choose_many"}:
        take(walk, node, list(walk.c.picked))
    elif isinstance(node.step, OfferCase):
        walk.record(node, "nein")
        go(walk, node, node.step.declined)
        run(walk)
    elif isinstance(node.step, CheckIns) and (none := _no_plan(node.step)):
        take(walk, node, none)
    elif node.step.unknown or node.step.decline:
        take(walk, node, DECLINED if node.step.decline else UNKNOWN)
    elif node.kind == "choose" and (no := ask_step(walk, node).refusal()) is not None:
        take(walk, node, no[1:])
    else:
        walk.say("cannot_skip")
        go_on(walk)


def _no_plan(step: CheckIns) -> str:
    """The answer with which no check-in is agreed; "" when there is none."""
    return next((name for name, option in step.options.items() if not option.plan), "")


def _ask_stuck(walk: Walk) -> Asked:
    node = walk.node()
    rows = [("!back", phrase("back_to_question", walk.language), ""), ("!human", phrase("human", walk.language), "")]
    if node and isinstance(node.step, Question) and (node.step.unknown or node.step.decline):
        rows.insert(1, ("!skip", phrase("skip", walk.language), ""))
    return make_asked((phrase("unclear_3", walk.language),), rows, "option")


def _act_stuck(walk: Walk, act: str) -> None:
    if act == "!human":
        turn_to_humans(walk)
    elif act == "!skip":
        lift(walk)
        skip(walk)
    else:
        go_on(walk)


def _ask_change(walk: Walk) -> Asked:
    shown = list(enumerate(walk.c.trail))[-MAX_CHANGES:]
    rows = [(f"=visit{index}", walk.line(visit.name, walk.c.answers.get(visit.name)), "") for index, visit in shown]
    rows.append(("!back", phrase("back_to_question", walk.language), ""))
    return make_asked((phrase("change_which", walk.language),), rows, "option")


def _act_change(walk: Walk, act: str) -> None:
    if act != "!back":
        change(walk, int(act.removeprefix("=visit")))
    go_on(walk)


def _ask_place(walk: Walk) -> Asked:
    rows = [(f"={ags}", walk.place_name(ags), "") for ags in walk.c.overlay_data]
    rows.append(("!back", phrase("none_of_these", walk.language), ""))
    question = "which_place" if len(walk.c.overlay_data) > 1 else "this_place"
    node = walk.node()
    return make_asked(
        (phrase(question, walk.language),), rows, "option", confidential=node is not None and node.sensitive
    )


def _act_place(walk: Walk, act: str) -> None:
    node = walk.node()
    if act == "!back" or node is None:
        walk.say("other_place")
        go_on(walk)
        return
    lift(walk)
    walk.say("noted", value=walk.place_name(act[1:]))
    take(walk, node, act[1:])


STUCK: Final = Overlay("stuck", _ask_stuck, _act_stuck)
CHANGE: Final = Overlay("change", _ask_change, _act_change)
PLACE: Final = Overlay("place", _ask_place, _act_place)

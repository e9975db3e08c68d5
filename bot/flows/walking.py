"""Running on from step to step until a question is open or the playbook ends; taking answers; going back."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final, cast

from bot.flows import deadlines
from bot.flows.asking import ask_resume, ask_step, ask_waiting, recognised
from bot.flows.calling import show_contacts
from bot.flows.conditions import day_of
from bot.flows.conversation import DECLINED, UNKNOWN, Frame, Suspended, Value
from bot.flows.exchange import CancelTimers, Finish, Send, Style
from bot.flows.steps import (
    Call,
    ContactStep,
    Deadline,
    End,
    FreeText,
    Message,
    OfferCase,
    OfferPlaybooks,
    Place,
    Question,
    Set,
    Template,
)
from bot.flows.wording import fill, pick

if TYPE_CHECKING:
    from bot.flows.program import Node, Program
    from bot.flows.walk import Walk

# More steps than this without a question is a playbook that the check would refuse.
MAX_STEPS_PER_TURN: Final = 200
# Nobody reads more at once: a turn that wants to say more has lost its way.
MAX_EFFECTS_PER_TURN: Final = 60
# Deeper than any playbook of the programme; a cycle of calls is refused by the check.
MAX_DEPTH: Final = 12

RECEPTION: Final = "empfang"
FALLBACK: Final = "allgemein"
CHECK_IN_PREFIX: Final = "checkin:"


def begin(walk: Walk, name: str) -> None:
    """Begin a playbook at its first step; the answers so far go with the person."""
    program = walk.library[name]
    if refuse(walk, program):
        return
    if not program.linked.released and (walk.program is None or walk.program.linked.released):
        walk.say("draft")
    enter(walk, program)
    run(walk)


def refuse(walk: Walk, program: Program) -> bool:
    """Whether people in need may not see this program, because nobody has released it: they get humans instead."""
    if may_run(walk, program):
        return False
    walk.say("unreleased")
    leave(walk)
    show_contacts(walk, ("koordination", "opferberatung", "krisenhilfe"), program.incident, frozenset(), 3)
    return True


def may_run(walk: Walk, program: Program) -> bool:
    """Whether it is released, or drafts may be shown."""
    return walk.world.drafts or program.linked.released


def enter(walk: Walk, program: Program) -> None:
    """Stand at the first step of a program."""
    c = walk.c
    walk.program = program
    c.revision = program.revision
    c.at = Frame(program.root.id, program.root.first)
    c.stack, c.trail, c.kept, c.already = (), (), {}, ()
    c.token, c.tries, c.picked, c.overlay, c.overlay_data = "", 0, (), "", ()


def leave(walk: Walk) -> None:
    """Stand in no playbook; what was answered is gone with it (a case keeps its own copy)."""
    c = walk.c
    walk.program = None
    c.revision, c.at, c.stack, c.answers, c.trail = "", None, (), {}, ()
    c.token, c.tries, c.picked, c.overlay, c.overlay_data = "", 0, (), "", ()
    c.kept, c.already, c.offered, c.suspended = {}, (), (), None
    c.nearby, c.refused, c.waiting = (), (), ()
    c.sender, c.involved = "", ()


def run(walk: Walk) -> None:
    """Go from step to step until a question is open or the walk ends."""
    for _ in range(MAX_STEPS_PER_TURN):
        node = walk.node()
        if node is None or len(walk.effects) > MAX_EFFECTS_PER_TURN:
            break
        if not (_pass_question(walk, node) if node.name else _RUN[node.kind](walk, node)):
            return
    if walk.simulated is None:
        _give_up(walk)


def go(walk: Walk, node: Node, step: str) -> bool:
    """Stand at another step of the same file; True: run on."""
    walk.c.at = Frame(node.file, step or node.next)
    return True


# --- questions --------------------------------------------------------------------------------------------------------


def _pass_question(walk: Walk, node: Node) -> bool:
    """Ask, unless there is a way past the question."""
    way = _way_past(walk, node) if node.passes or walk.c.kept else None
    if way is not None:
        return go(walk, node, way)
    walk.ask(ask_step(walk, node))
    return False


def _way_past(walk: Walk, node: Node) -> str | None:
    """Where it goes on when the answer is known (`once`), is kept after a change, or may not be asked for here."""
    step, c = cast("Question", node.step), walk.c
    if step.once and c.place and asks_employer(node):
        c.answers = {**c.answers, node.name: c.place}
    if step.once and node.name in c.answers:
        return target(node, c.answers[node.name])
    if node.key in c.kept:
        kept = dict(c.kept)
        value = kept.pop(node.key)
        c.kept = kept
        walk.record(node, value)
        return target(node, value)
    if step.confidential and not walk.world.transport.encrypted:
        walk.say("confidential", link=walk.encrypted_link("confidential_link"))
        c.answers = {**c.answers, node.name: DECLINED}
        return step.decline_go or ""
    if isinstance(step, OfferPlaybooks) and not recognised(walk) and _was_offered(walk):
        # The same list a second time helps nobody who found nothing in it.
        return step.other
    if isinstance(step, OfferCase):
        c.picked = ()
    return None


def _was_offered(walk: Walk) -> bool:
    """Whether a list of playbooks was shown on this walk, and nothing taken from it."""
    program = walk.program
    nodes = (program.node(visit.at.playbook, visit.at.step) for visit in walk.c.trail) if program else ()
    return any(node is not None and node.kind == "offer_playbooks" for node in nodes)


def target(node: Node, value: Value) -> str:
    """Where an answer leads: the option's own way, that of unknown or declined, else on."""
    if isinstance(value, str):
        return node.ways.get(value, node.next)
    if value is UNKNOWN:
        return cast("Question", node.step).unknown_go or node.next
    if value is DECLINED:
        return cast("Question", node.step).decline_go or node.next
    return node.next


def asks_employer(node: Node) -> bool:
    """Whether the step asks for the municipality that the person works for."""
    return node.kind == "place" and cast("Place", node.step).role == "dienststelle"


def take(walk: Walk, node: Node, value: Value, *chosen: str) -> None:
    """Take an answer and run on."""
    walk.settle(*chosen)
    if walk.c.kept:
        _look_back(walk, node)
    is_words = node.kind == "text" and isinstance(value, str)
    walk.record(node, "" if is_words and cast("FreeText", node.step).keep == "nicht" else value)
    if asks_employer(node) and isinstance(value, str) and value != walk.c.place:
        # A code stands for one municipality only.
        walk.c.place, walk.c.staff, walk.c.code = value, False, ""
    go(walk, node, target(node, value))
    run(walk)


# --- going back -------------------------------------------------------------------------------------------------------


def step_back(walk: Walk) -> bool:
    """Stand at the question before; False when there is none."""
    if not walk.c.trail:
        return False
    rewind(walk, len(walk.c.trail) - 1)
    return True


def change(walk: Walk, index: int) -> None:
    """Stand at the answered question `index` of the trail again; later answers are kept where they still fit."""
    later = walk.c.trail[index:]
    answers = walk.c.answers
    values: list[Value] = []
    for visit in reversed(later):
        values.append(answers.get(visit.name))
        answers = _undone(answers, visit.name, visit.before, had=visit.had)
    rewind(walk, index)
    pairs = zip(later, reversed(values), strict=True)
    walk.c.kept = {f"{visit.at.playbook}:{visit.at.step}": value for visit, value in pairs}


def rewind(walk: Walk, index: int) -> None:
    """Take back the answers from `index` on."""
    c = walk.c
    answers = c.answers
    for visit in reversed(c.trail[index:]):
        answers = _undone(answers, visit.name, visit.before, had=visit.had)
    visit = c.trail[index]
    before = c.answers.get(visit.name)
    c.answers, c.at, c.stack, c.trail = answers, visit.at, visit.stack, c.trail[:index]
    c.kept, c.already, c.tries, c.overlay, c.overlay_data = {}, (), 0, "", ()
    c.picked = tuple(before) if isinstance(before, list) else ()


def _undone(answers: dict[str, Value], name: str, before: Value, *, had: bool) -> dict[str, Value]:
    if had:
        return {**answers, name: before}
    return {key: value for key, value in answers.items() if key != name}


def _look_back(walk: Walk, node: Node) -> None:
    """Before a changed answer counts: walk the old way in silence, to know what was said there already."""
    old = walk.c.kept.get(node.key, UNKNOWN)
    rest = {key: value for key, value in walk.c.kept.items() if key != node.key}
    if node.key not in walk.c.kept:
        return
    ghost = copy.copy(walk)
    ghost.c = copy.copy(walk.c)
    ghost.simulated, ghost.effects = set(), []
    ghost.c.kept = rest
    ghost.record(node, old)
    go(ghost, node, target(node, old))
    run(ghost)
    walk.c.kept, walk.c.already = rest, tuple(sorted(ghost.simulated))


# --- steps that ask nothing -------------------------------------------------------------------------------------------


def _said_before(walk: Walk, node: Node) -> bool:
    """Whether this was said on the way before a change; in a silent walk: note that it would be said."""
    if walk.simulated is not None:
        walk.simulated.add(node.key)
        return True
    return bool(walk.c.already) and node.key in walk.c.already and "notruf" not in node.step.tags


def _run_message(walk: Walk, node: Node) -> bool:
    if not _said_before(walk, node):
        style: Style = "emergency" if "notruf" in node.step.tags else "plain"
        for bubble in walk.text(pick(cast("Message", node.step).text, walk.language)):
            walk.send(bubble, style=style)
    return go(walk, node, "")


def _run_branch(walk: Walk, node: Node) -> bool:
    for holds, step in node.cases:
        if holds(walk.c.answers, walk.today):
            return go(walk, node, step)
    return go(walk, node, node.step.else_)  # type: ignore[union-attr]


def _run_set(walk: Walk, node: Node) -> bool:
    answers = dict(walk.c.answers)
    for name, value in cast("Set", node.step).values.items():
        if not isinstance(value, Deadline):
            answers[name] = value
            continue
        day = day_of(answers.get(value.from_))
        if day is not None:
            answers[name] = deadlines.safe_day(value.deadline, day).isoformat()
    walk.c.answers = answers
    return go(walk, node, "")


def _run_call(walk: Walk, node: Node) -> bool:
    callee = cast("Call", node.step).playbook
    if walk.program is None or len(walk.c.stack) >= MAX_DEPTH:
        return _give_up(walk)
    walk.c.stack = (*walk.c.stack, Frame(node.file, node.next))
    walk.c.at = Frame(callee, walk.program.linked.files[callee].first)
    return True


def _give_up(walk: Walk) -> bool:
    """The playbook leads nowhere: say so, with what helps, instead of silence."""
    del walk.effects[MAX_EFFECTS_PER_TURN:]
    walk.say("lost")
    leave(walk)
    return False


def _run_contact(walk: Walk, node: Node) -> bool:
    step = cast("ContactStep", node.step)
    if not _said_before(walk, node):
        for bubble in walk.text(pick(step.text, walk.language)):
            walk.send(bubble)
        left_out = [kinds for holds, kinds in node.without if holds(walk.c.answers, walk.today)]
        incident = step.incident or (walk.program.incident if walk.program else "")
        show_contacts(walk, step.kinds, incident, frozenset().union(*left_out), step.most)
    return go(walk, node, "")


def _run_template(walk: Walk, node: Node) -> bool:
    step = cast("Template", node.step)
    if not _said_before(walk, node):
        for bubble in walk.text(pick(step.text, walk.language)):
            walk.send(bubble)
        body = "\n\n".join(fill(part, walk.gap_value) for part in pick(step.body, walk.language))
        walk.emit(Send(text=body, style="copy"))
    return go(walk, node, "")


def _run_end(walk: Walk, node: Node) -> bool:
    step = cast("End", node.step)
    if step.text and not _said_before(walk, node):
        for bubble in walk.text(pick(step.text, walk.language)):
            walk.send(bubble)
    if walk.c.stack:
        *rest, back = walk.c.stack
        walk.c.stack, walk.c.at = tuple(rest), back
        return True
    if walk.simulated is None:
        _finish(walk, step.outcome)
    return False


def _finish(walk: Walk, outcome: str) -> None:
    """The playbook is over."""
    program = walk.program
    if program is None:
        return
    kind, name = program.root.type, program.root.id
    if kind == "empfang":
        if outcome == FALLBACK and FALLBACK in walk.library:
            begin(walk, FALLBACK)
        else:
            leave(walk)
        return
    walk.emit(Finish(playbook=name, outcome=outcome))
    suspended, waiting = walk.c.suspended, tuple(one for one in walk.c.waiting if one in walk.library and one != name)
    leave(walk)
    walk.c.waiting = waiting
    if suspended is not None:
        restore(walk, suspended)
    elif waiting:
        walk.c.overlay = "waiting"
        walk.ask(ask_waiting(walk))


def restore(walk: Walk, suspended: Suspended) -> None:
    """Back to the walk that a check-in interrupted; its program is looked at from the next turn on."""
    c = walk.c
    c.revision, c.at, c.stack = suspended.revision, suspended.at, suspended.stack
    c.answers, c.trail = suspended.answers, suspended.trail
    c.overlay = "resume"
    walk.ask(ask_resume(walk))


def suspend(walk: Walk) -> Suspended | None:
    """The walk that is open now, to be gone on with later."""
    c = walk.c
    return Suspended(c.revision, c.at, c.stack, c.answers, c.trail) if c.at is not None else None


def cancel_check_ins(walk: Walk) -> None:
    """No check-in comes any more."""
    walk.c.check_ins = ()
    walk.emit(CancelTimers(prefix=CHECK_IN_PREFIX))


_RUN: Final[Mapping[str, Callable[[Walk, Node], bool]]] = {
    "message": _run_message,
    "branch": _run_branch,
    "set": _run_set,
    "call": _run_call,
    "contact": _run_contact,
    "template": _run_template,
    "end": _run_end,
}

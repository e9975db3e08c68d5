"""What the words that always work do (decisions.md, "Words that the bot obeys")."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from bot.flows import moving
from bot.flows.calling import name_humans
from bot.flows.caring import tell_status
from bot.flows.commands import Command, named_language
from bot.flows.detours import skip
from bot.flows.emergency import emergency_text
from bot.flows.exchange import AlertContact, CancelTimers, PaperForm
from bot.flows.greeting import go_on, go_on_or_greet, greet, start_over
from bot.flows.hearing import is_question
from bot.flows.keeping import export, must_choose
from bot.flows.languages import set_language
from bot.flows.overlay import lift
from bot.flows.overlays import ask_open, lay_over
from bot.flows.remembering import agreed, show_deadlines, show_times
from bot.flows.steps import Checklist
from bot.flows.walking import leave, step_back
from bot.flows.wording import join, pick

if TYPE_CHECKING:
    from bot.flows.walk import Walk


def obey(walk: Walk, command: Command, folded: str) -> None:
    """Do what the word says; then go on where the conversation stood, unless the word leaves it.

    `folded`: the whole message, for a language that is named in it.
    """
    language = named_language(folded) if command is Command.SPRACHE else None
    if language is not None and set_language(walk, language):
        go_on_or_greet(walk)
        return
    form = next((form for form in _FORMS if form in folded.split()), None) if command is Command.DATEN else None
    if form is not None and must_choose(walk):
        lay_over(walk, "paper", form)
        return
    if form is not None:
        export(walk, form)
        ask_open(walk)
        return
    _WORDS[command](walk)


def _emergency(walk: Walk) -> None:
    for bubble in emergency_text(walk.language):
        walk.send(bubble, style="emergency", urgent=True)
    ask_open(walk)


def _help(walk: Walk) -> None:
    walk.say("help")
    ask_open(walk)


def _back(walk: Walk) -> None:
    if walk.c.overlay:
        go_on(walk)
    elif step_back(walk):
        walk.say("once_more")
        ask_open(walk)
    else:
        if walk.c.case and walk.c.at is not None:
            walk.say("barrier", number=walk.c.case)
        else:
            walk.say("first_question")
        ask_open(walk)


def _change(walk: Walk) -> None:
    lift(walk)
    if walk.c.trail:
        lay_over(walk, "change")
    elif walk.c.case:
        lay_over(walk, "addition")
    else:
        walk.say("nothing_to_change")
        ask_open(walk)


def _repeat(walk: Walk) -> None:
    if walk.c.overlay or is_question(walk.node()):
        ask_open(walk)
    else:
        walk.say("idle")


def _skip(walk: Walk) -> None:
    if walk.c.overlay == "stuck":
        lift(walk)
        skip(walk)
    elif walk.c.overlay:
        go_on(walk)
    elif is_question(walk.node()):
        skip(walk)
    else:
        walk.say("idle")


def _cancel(walk: Walk) -> None:
    leave(walk)
    walk.say("cancelled")
    if agreed(walk):
        walk.say("check_ins_go_on")


def _new(walk: Walk) -> None:
    if walk.c.greeted:
        start_over(walk)
    else:
        greet(walk)


def _stop(walk: Walk) -> None:
    leave(walk)
    walk.c.muted, walk.c.check_ins, walk.c.deadlines, walk.c.keep_until = True, (), (), ""
    walk.emit(CancelTimers())
    walk.say("stopped")
    if walk.c.case:
        walk.say("stopped_case", number=walk.c.case)


def _human(walk: Walk) -> None:
    walk.emit(AlertContact(reason="asked_for_human"))
    name_humans(walk)
    ask_open(walk)


def _status(walk: Walk) -> None:
    c = walk.c
    if walk.program is not None:
        walk.say("status_open", title=pick(walk.program.root.title, walk.language), count=len(c.trail))
        still_open = _open_items(walk)
        if still_open:
            walk.say("status_list", items=still_open)
    elif not c.case and not agreed(walk):
        walk.say("idle")
    if c.case:
        tell_status(walk)
    if agreed(walk):
        walk.say("status_check_ins", times=show_times(walk))
    _tell_deadlines(walk)
    ask_open(walk)


def _tell_deadlines(walk: Walk) -> None:
    days = show_deadlines(walk)
    if days:
        walk.say("status_deadlines", days=days)
        walk.say("deadline_not_here")


def _case(walk: Walk) -> None:
    if walk.c.case:
        lay_over(walk, "case")
    else:
        walk.say("no_case")
        ask_open(walk)


def _open_items(walk: Walk) -> str:
    """Points of checklists that were shown and are not ticked."""
    labels = []
    for name, value in walk.c.answers.items():
        node = walk.program.questions.get(name) if walk.program else None
        if node is not None and isinstance(node.step, Checklist) and isinstance(value, list):
            labels += [pick(item.label, walk.language) for key, item in node.step.items.items() if key not in value]
    return join(labels, walk.language)


def _delete(walk: Walk) -> None:
    lay_over(walk, "delete")


def _language(walk: Walk) -> None:
    lay_over(walk, "language")


def _named(walk: Walk, name: str) -> bool:
    """Whether an answer says something to a person: a mark that a playbook sets for itself only repeats others."""
    program = walk.program
    return program is None or name in program.questions or name in program.deadlines


def _data(walk: Walk) -> None:
    given = [
        walk.line(name, value) for name, value in walk.c.answers.items() if value not in ("", []) and _named(walk, name)
    ]
    if given:
        walk.say("data_intro")
        walk.send("\n".join(given), style="notice")
    if walk.c.case:
        tell_status(walk)
    if agreed(walk):
        walk.say("status_check_ins", times=show_times(walk))
    _tell_deadlines(walk)
    moving.tell_pending(walk)
    if not given and not walk.c.case:
        walk.say("data_nothing")
    walk.say("data_how", days=walk.world.municipality.retention_days)
    ask_open(walk)


def _log(walk: Walk) -> None:
    lay_over(walk, "log")


def _move(walk: Walk) -> None:
    if walk.c.arriving:
        walk.say("move_coming")
    elif walk.c.overlay in moving.OVERLAYS:
        ask_open(walk)
    elif moving.has_own(walk):
        lay_over(walk, "move", walk.c.overlay, *walk.c.overlay_data)
    else:
        walk.say("move_nothing")
        ask_open(walk)


_FORMS: Final[tuple[PaperForm, ...]] = ("pdf", "json")
_WORDS: Final[Mapping[Command, Callable[[Walk], None]]] = {
    Command.NOTRUF: _emergency,
    Command.HILFE: _help,
    Command.ZURUECK: _back,
    Command.AENDERN: _change,
    Command.WIEDERHOLEN: _repeat,
    Command.UEBERSPRINGEN: _skip,
    Command.ABBRECHEN: _cancel,
    Command.NEU: _new,
    Command.MENSCH: _human,
    Command.STATUS: _status,
    Command.VORGANG: _case,
    Command.LOESCHEN: _delete,
    Command.SPRACHE: _language,
    Command.STOPP: _stop,
    Command.DATEN: _data,
    Command.PROTOKOLL: _log,
    Command.UMZIEHEN: _move,
}

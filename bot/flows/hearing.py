"""What was said or tapped at an open question of a playbook: the answer in it, or that it was not understood."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final, TypeGuard, cast
from zoneinfo import ZoneInfo

from bot.flows import casequestions, detours, moments, remembering
from bot.flows.asking import MAX_OFFERED, NUMBERED, Asked, ask_step, case_names, may_read, recognised
from bot.flows.calendar import fire_times, instant
from bot.flows.casenumber import make_number
from bot.flows.checkins import note_mood
from bot.flows.conditions import day_of
from bot.flows.conversation import DECLINED, UNKNOWN, Value
from bot.flows.exchange import Count, Line, OpenCase, Said, Settle
from bot.flows.overlay import lay
from bot.flows.program import may_tell_danger
from bot.flows.reading import fold, read_number
from bot.flows.remembering import agreed, chosen_hour, countable, follow_up, show_times
from bot.flows.steps import CheckIns, Checklist, OfferCase, OfferPlaybooks, PlanOption, Scale, When
from bot.flows.walking import begin, cancel_check_ins, go, run, take
from bot.flows.wording import join, join_or, phrase

if TYPE_CHECKING:
    from bot.flows.program import Node
    from bot.flows.walk import Walk

# When the evening of a day begins from which a plan counts.
_EVENING: Final = dt.time(18)
# A conversation is kept for 30 days; whoever asked to be asked again is to be asked before that.
_LATEST: Final = dt.timedelta(days=27)
# After so many answers that were not understood, a human and a way around are offered.
MAX_TRIES: Final = 3
# Share of what speaks for any playbook from which the first one is asked about by itself.
CLEAR: Final = 0.6
# A plain no to a question for a day or a place; folded.
REFUSALS: Final = frozenset(
    ("nein", "nein danke", "nee", "noe", "na", "naa", "lieber nicht", "egal", "no", "no thanks", "no thank you", "nope")
)


def hear(walk: Walk, node: Node, asked: Asked, text: str, folded: str) -> None:
    """Take what was typed as the answer to the open question, or ask again, each time with more help.

    `asked`: the question as it stands; `folded`: the text as `reading.fold` gives it.
    """
    if asked.toggles:
        _hear_many(walk, node, asked, text)
        return
    numbered = asked.expects in NUMBERED
    picked = asked.labels.pick(text, folded) if numbered else asked.labels.pick_plainly(text, folded)
    if picked.kind == "option" and picked.index is not None:
        tap(walk, node, asked, asked.acts[picked.index])
    elif picked.kind == "unknown" and "?" in asked.acts:
        tap(walk, node, asked, "?")
    elif "-" in asked.acts and (picked.kind == "declined" or _refuses(asked, folded)):
        tap(walk, node, asked, "-")
    elif picked.kind == "declined" and (no := asked.refusal()) is not None:
        tap(walk, node, asked, no)
    elif numbered:
        ask_again(walk, asked, picked.close if picked.kind == "ambiguous" else ())
    else:
        _hear_open(walk, node, asked, text, folded)


def _refuses(asked: Asked, folded: str) -> bool:
    """Whether somebody plainly says no to a question for a day or a place."""
    return asked.expects in {"when", "place"} and folded in REFUSALS


def _hear_many(walk: Walk, node: Node, asked: Asked, text: str) -> None:
    """Several at once: "1, 3 und 5", "alle", "keine", "fertig"."""
    many = asked.labels.pick_many(text)
    acts = [asked.acts[index] for index in many.indices]
    if isinstance(node.step, OfferCase):
        # Nothing is stored without a clear yes: "fertig", "alles" or half an answer is none.
        acts = ["!no"] if many.kind in {"none", "declined"} else acts
        if many.kind not in {"none", "declined", "options"} or len(acts) == len(asked.acts):
            ask_again(walk, asked)
            return
    elif many.kind == "options" and len(acts) == len(asked.acts):
        acts = [act for act in acts if act.startswith("=") and act[1:] not in walk.c.picked]
    elif many.kind == "none":
        walk.c.picked = ()
        acts = ["!done"]
    elif many.kind == "done":
        acts = ["!done"]
    elif many.kind == "unknown" and "?" in asked.acts:
        acts = ["?"]
    elif many.kind == "declined" and "-" in asked.acts:
        acts = ["-"]
    elif many.kind in {"unknown", "declined"} and isinstance(node.step, Checklist):
        # A list to tick off asks nothing that must be known: whoever cannot say goes on with what is ticked.
        acts = ["!done"]
    elif many.kind != "options":
        ask_again(walk, asked)
        return
    tap_all(walk, node, asked, acts, typed=True)


def _hear_open(walk: Walk, node: Node, asked: Asked, text: str, folded: str) -> None:
    """Questions whose answer is not one of a few."""
    match asked.expects:
        case "text":
            take(walk, node, text)
        case "number":
            _hear_number(walk, node, asked, text)
        case "when":
            _hear_when(walk, node, asked, text)
        case _:
            _hear_place(walk, node, asked, text, folded)


def _hear_number(walk: Walk, node: Node, asked: Asked, text: str) -> None:
    step, number = cast("Scale", node.step), read_number(text)
    if number is None or not step.least <= number <= step.most:
        ask_again(walk, asked)
    else:
        note_mood(walk, node, number)
        take(walk, node, number)


def _hear_when(walk: Walk, node: Node, asked: Asked, text: str) -> None:
    past, zone = cast("When", node.step).past, walk.world.municipality.zone
    moment = moments.read_moment(text, walk.now, zone, walk.language, past=past)
    if moment is None:
        ask_again(walk, asked)
    elif past and moments.lies_ahead(moment, walk.now, zone):
        walk.say("future")
        walk.ask(asked)
    else:
        walk.say("noted", value=moments.show(moment, walk.language))
        take(walk, node, str(moment))


def reads_as_moment(walk: Walk, text: str) -> bool:
    """Whether the words are a day or a time."""
    return moments.read_moment(text, walk.now, walk.world.municipality.zone, walk.language, past=True) is not None


def _hear_place(walk: Walk, node: Node, asked: Asked, text: str, folded: str) -> None:
    found = walk.world.places.find(text)
    if not found:
        ask_again(walk, asked)
    elif len(found) == 1 and found[0].certain:
        # Whoever wrote exactly this need not read it again.
        if folded != fold(found[0].name):
            walk.say("noted", value=found[0].name)
        take(walk, node, found[0].ags)
    else:
        lay(walk, detours.PLACE, *(place.ags for place in found))


def ask_again(walk: Walk, asked: Asked, close: tuple[int, ...] = ()) -> None:
    """Not understood: kindly again, each time differently, and the third time with a human and a way around.

    `close`: the choices between which the answer could not decide.
    """
    walk.c.tries += 1
    if walk.c.tries >= MAX_TRIES:
        walk.emit(Count(name="human_offered"))
        lay(walk, detours.STUCK)
        return
    node = walk.node()
    if is_question(node) and may_tell_danger(node.step):
        walk.say("unclear_danger", style="emergency")
    elif close:
        walk.say("unclear_several", options=join_or([asked.choices[index].label for index in close], walk.language))
    elif walk.c.tries == 1:
        walk.say("unclear_1")
    elif asked.expects in NUMBERED:
        walk.say("unclear_2_options", first=asked.choices[0].label)
    elif asked.expects == "number":
        step = cast("Scale", walk.node().step)  # type: ignore[union-attr]
        walk.say("unclear_2_number", least=step.least, most=step.most)
    elif asked.expects in {"when", "place"}:
        walk.say(f"unclear_2_{asked.expects}")
    walk.ask(asked)


# --- taps -------------------------------------------------------------------------------------------------------------


def tap(walk: Walk, node: Node, asked: Asked, act: str) -> None:
    """Do what choosing `act` means at this question."""
    chosen = asked.label(act)
    if act in {"?", "-"}:
        take(walk, node, UNKNOWN if act == "?" else DECLINED, chosen)
    elif node.kind == "choose":
        take(walk, node, act[1:], chosen)
    elif isinstance(node.step, OfferCase):
        _tap_case(walk, node, node.step, act)
    elif asked.toggles:
        tap_all(walk, node, asked, [act])
    elif isinstance(node.step, CheckIns):
        _agree(walk, node, node.step, act[1:], chosen)
    elif isinstance(node.step, OfferPlaybooks):
        _tap_offer(walk, node, node.step, act, chosen)


def tap_all(walk: Walk, node: Node, asked: Asked, acts: list[str], *, typed: bool = False) -> None:
    """Tick or untick; a word of its own ("fertig") after that ends it."""
    words = [act for act in acts if not act.startswith("=")]
    picked = list(walk.c.picked)
    for act in acts:
        if act.startswith("="):
            picked = [name for name in picked if name != act[1:]] if act[1:] in picked else [*picked, act[1:]]
    order = [act[1:] for act in asked.acts]
    walk.c.picked = tuple(sorted(picked, key=order.index))
    if not words:
        _show_ticks(walk, asked, typed=typed)
    elif words[0] in {"?", "-"} or isinstance(node.step, OfferCase):
        tap(walk, node, asked, words[0])
    else:
        labels = [choice.label for choice, act in zip(asked.choices, asked.acts, strict=True) if act[1:] in picked]
        take(walk, node, list(walk.c.picked), *labels)


def _show_ticks(walk: Walk, asked: Asked, *, typed: bool) -> None:
    """The same question with what is ticked now: a tap edits it in place where the transport can."""
    if walk.world.transport.edits and walk.c.token and not typed:
        walk.emit(Settle(token=walk.c.token, choices=asked.shown(walk.c.picked)))
        return
    if asked.strikes:
        walk.ask(asked)
        return
    picked = walk.c.picked
    ticked = [choice.label for choice, act in zip(asked.choices, asked.acts, strict=True) if act[1:] in picked]
    labels = join(ticked, walk.language)
    said = phrase("ticked", walk.language, labels=labels) if ticked else phrase("nothing_ticked", walk.language)
    walk.ask(asked, said)


def _tap_offer(walk: Walk, node: Node, step: OfferPlaybooks, act: str, chosen: str) -> None:
    walk.settle(chosen)
    if act == "!other":
        walk.emit(Count(name="not_matched"))
        if _offer_next(walk):
            walk.ask(ask_step(walk, node))
            return
        walk.record(node, "other")
        go(walk, node, step.other)
        run(walk)
    elif act.startswith("~") and step.unclear is not None:
        walk.c.offered = tuple(name for name in step.unclear.options[act[1:]].playbooks if name in walk.library)
        walk.ask(ask_step(walk, node))
    else:
        walk.emit(Count(name="matched"))
        walk.c.offered, walk.c.nearby, walk.c.refused = (), (), ()
        begin(walk, act[1:])


def offer(walk: Walk, incoming: Said) -> None:
    """Remember what the words may mean: what is clear is asked about by itself, and what comes next is kept."""
    c = walk.c
    found = [one for one in incoming.offered if one.playbook in walk.library]
    # What was refused comes again only when the new words say it clearly.
    fresh = [one.playbook for one in found if one.playbook not in c.refused or one.score >= CLEAR]
    told = [name for name in incoming.told if name in fresh]
    if len(told) > 1:
        c.offered, c.waiting = (told[0],), tuple(told[1:])
        c.nearby = tuple(name for name in fresh if name not in told)[:MAX_OFFERED]
    elif fresh and found[0].score >= CLEAR:
        c.offered, c.nearby, c.waiting = (fresh[0],), tuple(fresh[1 : 1 + MAX_OFFERED]), ()
    else:
        c.offered, c.nearby, c.waiting = tuple(fresh[:MAX_OFFERED]), (), ()


def hear_correction(walk: Walk, node: Node, text: str, folded: str, incoming: Said) -> bool:
    """At an offer: a plain no is "something else"; other words that clearly mean another playbook are taken at once.

    So are words that say more where several were offered, or none.
    """
    if not isinstance(node.step, OfferPlaybooks) or ask_step(walk, node).labels.pick(text, folded).kind == "option":
        return False
    if folded in REFUSALS:
        tap(walk, node, ask_step(walk, node), "!other")
        return True
    shown, heard = recognised(walk), [one.playbook for one in incoming.offered]
    if len(shown) == 1:
        news = any(one.score >= CLEAR and one.playbook not in shown for one in incoming.offered)
        again: list[str] = []
    else:
        # A list, or none, was a guess: whatever can be heard in further words is better than that.
        news = bool(heard) and set(heard[:MAX_OFFERED]) != set(shown)
        again = heard
    if not news:
        return False
    walk.c.refused = tuple(name for name in dict.fromkeys((*walk.c.refused, *shown)) if name not in again)
    offer(walk, incoming)
    walk.ask(ask_step(walk, node))
    return True


def _offer_next(walk: Walk) -> bool:
    """After a wrong offer: what comes next to it, the other thing that was told first of all."""
    c = walk.c
    shown = recognised(walk)
    c.refused = tuple(dict.fromkeys((*c.refused, *shown)))
    c.offered, c.nearby, c.waiting = (*c.waiting, *c.nearby)[:MAX_OFFERED], (), ()
    return bool(shown) and bool(recognised(walk))


def _tap_case(walk: Walk, node: Node, step: OfferCase, act: str) -> None:
    """`picked` are the lines that are struck."""
    if act.startswith("="):
        tap_all(walk, node, ask_step(walk, node), [act])
        return
    if act == "!more":
        lay(walk, casequestions.HOW)
        return
    names = [name for name in case_names(walk, step) if name not in walk.c.picked]
    walk.settle()
    if act == "!no" or not names:
        if act != "!no":
            walk.say("case_empty")
        _move(walk, node, "nein", step.declined)
        return
    lines = tuple(Line(name, walk.short(name), walk.show(name, walk.c.answers[name])) for name in names)
    if walk.c.sender:
        lines = (Line("name", phrase("name", walk.language), walk.c.sender), *lines)
    number = make_number(walk.seed)
    incident = walk.program.incident if walk.program else ""
    shared = may_read(walk)
    without = walk.c.involved
    walk.emit(
        OpenCase(number=number, incident=incident, place=walk.c.place, lines=lines, shared=shared, without=without)
    )
    walk.c.sender, walk.c.involved = "", ()
    walk.c.case, walk.c.seen, walk.c.human_until = number, None, ""
    walk.say("case_opened_shared" if shared else "case_opened", number=number)
    _move(walk, node, "ja", step.accepted)


def _move(walk: Walk, node: Node, value: Value, step: str) -> None:
    walk.record(node, value)
    if value == "ja":
        # A barrier: what is stored is not rewritten by going back (decisions.md).
        walk.c.trail = ()
    go(walk, node, step)
    run(walk)


def _agree(walk: Walk, node: Node, step: CheckIns, name: str, chosen: str) -> None:
    """Set the alarms of the chosen plan, at hours that are not quiet. An earlier walk's end, never in silence."""
    option: PlanOption = step.options[name]
    had_some = bool(agreed(walk))
    cancel_check_ins(walk)
    hour = chosen_hour(walk)
    times = fire_times(option.plan, _counted_from(walk, step), walk.world.municipality, hour)
    if times and step.from_:
        (latest,) = fire_times([_LATEST], walk.now, walk.world.municipality, hour)
        times = sorted({min(due, latest) for due in times})
    if times:
        walk.c.muted = False
        follow_up(walk, times, step.playbook)
        walk.say("check_ins_agreed", times=show_times(walk))
        if countable(walk):
            lay(walk, remembering.REMEMBER, name)
            return
    elif had_some:
        walk.say("check_ins_ended")
    take(walk, node, name, chosen)


def _counted_from(walk: Walk, step: CheckIns) -> dt.datetime:
    """The instant from which the plan counts: the evening of the day that `from` names, now when that is over."""
    day = day_of(walk.c.answers.get(step.from_)) if step.from_ else None
    if day is None:
        return walk.now
    return max(walk.now, instant(dt.datetime.combine(day, _EVENING), ZoneInfo(walk.world.municipality.zone)))


def is_question(node: Node | None) -> TypeGuard[Node]:
    """Whether this step waits for the person."""
    return node is not None and node.name != ""

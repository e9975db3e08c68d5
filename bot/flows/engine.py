"""The engine: one Incoming in, the new Conversation and its Effects out.

`advance` is a pure function of its arguments. It never raises for anything a person can do; an input that is late or
means nothing here changes nothing and is answered kindly. The same arguments give the same Turn, always, so that a
stored inbox can be replayed (guarantees E).

What is said and tapped is looked at in `listening`; here stands what becomes of everything else that comes in.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from bot.flows import caring, checkins, listening, moving, remembering
from bot.flows.arrival import place_of
from bot.flows.calendar import fire_time, is_quiet
from bot.flows.checkins import SILENCE
from bot.flows.conversation import Conversation
from bot.flows.exchange import (
    EXPIRY,
    HELD,
    Arrived,
    CaseAct,
    CaseNews,
    CodeGiven,
    Effect,
    Incoming,
    InviteGiven,
    MoveAsked,
    MoveGiven,
    MoveNews,
    Pressed,
    Resumed,
    Said,
    Send,
    Settle,
    Started,
    Stopped,
    TimerFired,
    Unreadable,
)
from bot.flows.greeting import begin_again, greet, is_lost
from bot.flows.hearing import is_question
from bot.flows.languages import hear_device
from bot.flows.overlay import lay, lift
from bot.flows.overlays import ask_open
from bot.flows.remembering import is_deadline
from bot.flows.sentences import SENTENCES
from bot.flows.walk import Walk
from bot.flows.walking import asks_employer, enter, may_run, refuse, run, suspend, take

if TYPE_CHECKING:
    from bot.flows.world import World

# What a person does and waits for an answer to.
_FROM_PERSON: Final = (Said, Pressed)
# What a person does at all.
_PERSONAL: Final = (Started, Said, Pressed, Unreadable, CodeGiven, MoveGiven)
# What a person sees, or what is answered by news at once; an answer holds at least one of them.
_HEARD: Final = (Send, Settle, CaseAct)


@dataclass(frozen=True, slots=True)
class Turn:
    """One Incoming handled: the new conversation and what is wanted, in order."""

    conversation: Conversation
    effects: tuple[Effect, ...]


def advance(world: World, conversation: Conversation, incoming: Incoming, now: dt.datetime) -> Turn:
    """Handle one Incoming. `now` is aware; `incoming.seed` names whatever is asked in this turn."""
    walk = Walk(world, conversation, incoming.seed, now, incoming.readers, incoming.desks)
    walk.groups = incoming.groups
    if incoming.lapsed:
        walk.c.staff = False
    if walk.c.held and isinstance(incoming, _PERSONAL):
        caring.release(walk)
    _HANDLERS[type(incoming)](walk, incoming)
    if isinstance(incoming, _FROM_PERSON) and _is_silent(walk.effects):
        # A playbook may end without a word; the Lotse does not.
        walk.say("finished")
    return Turn(walk.c, tuple(walk.effects))


def _is_silent(effects: Iterable[Effect]) -> bool:
    for effect in effects:  # noqa: SIM110 - nearly always the first one ends it, and a generator costs more
        if isinstance(effect, _HEARD):
            return False
    return True


# --- beginning --------------------------------------------------------------------------------------------------------


def _on_started(walk: Walk, incoming: Started) -> None:
    c = walk.c
    hear_device(walk, incoming.language)
    c.place = place_of(walk.world.places, c, incoming)
    _open_chat(walk)


def _open_chat(walk: Walk) -> None:
    """The person is here: what was open is asked again, else it begins."""
    if walk.c.arriving and not walk.c.overlay:
        walk.say("move_coming")
    elif walk.c.overlay or is_question(walk.node()):
        walk.say("welcome_back")
        ask_open(walk)
    elif is_lost(walk):
        begin_again(walk)
    elif caring.human_listens(walk):
        caring.tell_status(walk)
    else:
        greet(walk)


def _on_resumed(walk: Walk, _incoming: Resumed) -> None:
    """Ask again after an outage, but nobody is woken for it."""
    if is_quiet(walk.now, walk.world.municipality):
        return
    if walk.c.overlay or is_question(walk.node()):
        walk.say("ask_again")
        ask_open(walk)


# --- the rest ---------------------------------------------------------------------------------------------------------


def _on_unreadable(walk: Walk, incoming: Unreadable) -> None:
    key = f"unreadable_{incoming.what}"
    walk.say(key if key in SENTENCES else "unreadable")
    ask_open(walk)


def _on_timer(walk: Walk, incoming: TimerFired) -> None:
    c = walk.c
    if c.muted:
        return
    if is_quiet(walk.now, walk.world.municipality):
        # Late after an outage, and now it is night: in the morning then.
        remembering.postpone(walk, incoming, fire_time(dt.timedelta(), walk.now, walk.world.municipality))
        return
    if incoming.about == HELD:
        if caring.release(walk):
            ask_open(walk)
        return
    if incoming.about in SILENCE:
        checkins.hear_silence(walk, incoming)
        return
    if incoming.about == EXPIRY:
        walk.say("expiry", days=incoming.name.rpartition(":")[2])
        return
    if is_deadline(incoming.about):
        lay(walk, remembering.DEADLINE, incoming.about)
        return
    program = walk.library.get(incoming.about)
    if program is None or not may_run(walk, program):
        return
    if checkins.is_merged(walk):
        remembering.drop_passed(walk)
        return
    if caring.human_listens(walk):
        # A human answers now; the Lotse asks when that time is over.
        due = fire_time(dt.datetime.fromisoformat(c.human_until) - walk.now, walk.now, walk.world.municipality)
        remembering.postpone(walk, incoming, due)
        return
    remembering.drop_passed(walk)
    # A check-in that was left half answered days ago gives way; what it has interrupted still waits.
    suspended = c.suspended if checkins.is_open(walk) else suspend(walk)
    walk.program = None
    c.answers = {}
    enter(walk, program)
    c.suspended = suspended
    checkins.note_begin(walk)
    run(walk)
    checkins.wait_for_answer(walk)


def _on_code(walk: Walk, incoming: CodeGiven) -> None:
    """Staff of a municipality, or not: said in one sentence, and it goes on where it was."""
    c = walk.c
    hear_device(walk, incoming.language)
    if incoming.place:
        c.place, c.staff, c.code = incoming.place, True, incoming.code
        walk.say("enrolled", place=walk.place_name(incoming.place))
    else:
        walk.say("code_refused")
    node = walk.node()
    if incoming.opened or not c.greeted:
        _open_chat(walk)
    elif c.staff and c.overlay in {"", "place"} and node is not None and asks_employer(node):
        lift(walk)
        take(walk, node, c.place)
    else:
        ask_open(walk)


def _on_case_news(walk: Walk, incoming: CaseNews) -> None:
    """Something happened to the case; the open question stays the last thing that was said.

    Only after opening a case it has been asked a moment ago.
    """
    if caring.hear_news(walk, incoming) and incoming.what != "reported":
        ask_open(walk)


def _on_invite(walk: Walk, _incoming: InviteGiven) -> None:
    """Whether it holds is known once it is redeemed: that comes as `DeskNews`."""


# --- from one chat to another -----------------------------------------------------------------------------------------


def _on_move_given(walk: Walk, incoming: MoveGiven) -> None:
    """A code to go on here with another chat's conversation."""
    if moving.hear_code(walk, incoming):
        ask_open(walk)


def _on_move_asked(walk: Walk, incoming: MoveAsked) -> None:
    """The code of this chat was given in another one."""
    if not moving.hand_over(walk, incoming):
        ask_open(walk)


def _on_move_news(walk: Walk, incoming: MoveNews) -> None:
    if moving.hear_news(walk, incoming):
        ask_open(walk)


def _on_arrived(walk: Walk, incoming: Arrived) -> None:
    """It goes on here; what no human has released is not shown where people in need may be."""
    moving.take_in(walk, incoming)
    program = walk.program
    if program is not None and refuse(walk, program):
        return
    if walk.c.overlay or is_question(walk.node()):
        ask_open(walk)
    elif is_lost(walk):
        begin_again(walk)
    elif walk.c.case:
        caring.tell_status(walk)


def _on_stopped(walk: Walk, _incoming: Stopped) -> None:
    """Blocked, or left the room: nothing can be said; the bot never writes first again."""
    walk.c.muted = True


_HANDLERS: Final[Mapping[type, Callable[[Walk, Any], None]]] = {
    Started: _on_started,
    Said: listening.listen,
    Pressed: listening.press,
    Unreadable: _on_unreadable,
    CodeGiven: _on_code,
    InviteGiven: _on_invite,
    MoveGiven: _on_move_given,
    MoveAsked: _on_move_asked,
    MoveNews: _on_move_news,
    Arrived: _on_arrived,
    CaseNews: _on_case_news,
    TimerFired: _on_timer,
    Resumed: _on_resumed,
    Stopped: _on_stopped,
}

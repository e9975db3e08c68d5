"""The engine: one Incoming in, the new Conversation and its Effects out.

`advance` is a pure function of its arguments. It never raises for anything a person can do; an input that is late or
means nothing here changes nothing and is answered kindly. The same arguments give the same Turn, always, so that a
stored inbox can be replayed (guarantees E).

Order in which a message is looked at: crisis wording (before everything, after everything), the labels of the open
question, the words that always work, then the open question itself.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from bot.flows import caring, checkins, moving, remembering
from bot.flows.arrival import place_of
from bot.flows.asking import Asked, ask_step
from bot.flows.calendar import fire_time, is_quiet
from bot.flows.checkins import SILENCE
from bot.flows.commanding import obey
from bot.flows.commands import Command, has_little_german, recognise_sentence, recognise_word, smalltalk
from bot.flows.conversation import Conversation
from bot.flows.crisis import VIOLENCE, look
from bot.flows.distress import hear_distress, tell_crisis
from bot.flows.emergency import violence_text
from bot.flows.exchange import (
    EXPIRY,
    HELD,
    Arrived,
    CaseAct,
    CaseNews,
    CodeGiven,
    Count,
    Distress,
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
from bot.flows.greeting import TOLD, go_on, greet
from bot.flows.hearing import MAX_TRIES, hear, hear_correction, is_question, offer, reads_as_moment, tap
from bot.flows.overlay import lay, lift
from bot.flows.overlays import OVERLAYS, ask_open, open_question
from bot.flows.reading import LONGEST_TEXT, fold
from bot.flows.remembering import hear_hour, is_deadline
from bot.flows.sentences import SENTENCES
from bot.flows.walk import Walk
from bot.flows.walking import RECEPTION, asks_employer, enter, leave, may_run, refuse, run, suspend, take
from bot.flows.wording import phrase

if TYPE_CHECKING:
    from bot.flows.program import Node
    from bot.flows.world import World

# What a person does and waits for an answer to.
_FROM_PERSON: Final = (Said, Pressed)
# What a person does at all.
_PERSONAL: Final = (Started, Said, Pressed, Unreadable, CodeGiven, MoveGiven)
# Questions of the Lotse's own that other words pass by: they answer the playbook's question below.
_LIGHT: Final = frozenset(("stuck", "consent"))
# Words that are obeyed while a conversation is on its way here; others would begin one that it replaces.
_WHILE_ARRIVING: Final = frozenset(
    (Command.NOTRUF, Command.HILFE, Command.MENSCH, Command.SPRACHE, Command.LOESCHEN, Command.UMZIEHEN)
)
# Whoever says it is not asked anything once more; the question stays open.
_BYE: Final = "abschied"
# So many words may be the answer to a question with options, and nothing besides.
_FEW_WORDS: Final = 8
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
    if not c.language and incoming.language:
        c.language = incoming.language if incoming.language in SENTENCES["yes"] else "de"
    c.place = place_of(walk.world.places, c, incoming)
    _open_chat(walk)


def _open_chat(walk: Walk) -> None:
    """The person is here: what was open is asked again, else it begins."""
    if walk.c.arriving and not walk.c.overlay:
        walk.say("move_coming")
    elif walk.c.overlay or is_question(walk.node()):
        walk.say("welcome_back")
        ask_open(walk)
    elif _lost(walk):
        _begin_again(walk)
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


def _lost(walk: Walk) -> bool:
    """Whether the conversation stands somewhere that this program cannot find any more."""
    return walk.c.at is not None and walk.node() is None


def _begin_again(walk: Walk) -> None:
    walk.say("outdated")
    _receive(walk)


def _receive(walk: Walk) -> None:
    """Stand at the first question of the reception, without saying its first messages again."""
    program = walk.library[RECEPTION]
    if refuse(walk, program):
        return
    leave(walk)
    enter(walk, program)
    sent = len(walk.effects)
    run(walk)
    del walk.effects[sent:-1]


# --- words ------------------------------------------------------------------------------------------------------------


def _on_said(walk: Walk, incoming: Said) -> None:
    text = incoming.text.strip()
    if not text:
        walk.say("empty")
        ask_open(walk)
        return
    if incoming.cut:
        walk.say("cut", limit=LONGEST_TEXT)
    lost = _lost(walk)
    asked = None if lost else open_question(walk)
    # A number or a label of the open question is that choice, whatever else it sounds like.
    folded = fold(text)
    exact = asked is not None and asked.labels.is_exact(text, folded)
    if not exact and not folded.isdigit():
        guessed: Distress = "" if incoming.distress and _answers(asked, text, folded) else incoming.distress
        if _interrupt(walk, folded, guessed):
            _keep_told(walk, incoming)
            return
        command = _command(walk, folded, asked)
        if command is not None and (command in _WHILE_ARRIVING or not walk.c.arriving):
            obey(walk, command, folded)
            return
    if walk.c.arriving and not walk.c.overlay:
        walk.say("move_coming")
    elif not exact and hear_hour(walk, text, asked):
        ask_open(walk)
    elif _is_closed(walk):
        _send_away(walk)
    elif walk.c.overlay:
        _hear_overlay(walk, text, folded, incoming)
    elif lost:
        _begin_again(walk)
    else:
        _hear_question(walk, asked, text, folded, incoming, exact=exact)


def _answers(asked: Asked | None, text: str, folded: str) -> bool:
    """Whether a few words choose an option of the open question: no guess goes before that, as the lists do."""
    if asked is None or len(folded.split()) > _FEW_WORDS:
        return False
    if asked.toggles:
        return asked.labels.pick_many(text).kind != "unclear"
    return asked.labels.pick(text, folded).kind == "option"


def _keep_told(walk: Walk, incoming: Said) -> None:
    """What happened was told in the words that may be a crisis: after a no it goes on with that, and is not asked."""
    c, node = walk.c, walk.node()
    if c.overlay != "worry" or not (incoming.offered and c.greeted):
        return
    if node is not None and node.kind == "text" and _at_reception(walk):
        offer(walk, incoming)
        c.overlay_data = (*c.overlay_data, TOLD)


def _interrupt(walk: Walk, folded: str, distress: Distress) -> bool:
    """Crisis wording goes before everything; announced violence is answered calmly, and the question stays.

    Where the lists are silent, what was learned counts, more gently.
    """
    found = look(folded)
    if found is None:
        return bool(distress) and hear_distress(walk, distress)
    if found == VIOLENCE:
        walk.emit(Count(name="violence_text_shown"))
        for bubble in violence_text(walk.language):
            walk.send(bubble, style="emergency", urgent=True)
        ask_open(walk)
        return True
    tell_crisis(walk, found)
    return True


def _command(walk: Walk, folded: str, asked: Asked | None) -> Command | None:
    """A command is a whole message. Polite sentences count where no own words are asked for, and at the reception."""
    command = recognise_word(folded)
    own_words = asked is not None and asked.expects == "text" and not _at_reception(walk)
    return command if command is not None or own_words else recognise_sentence(folded)


def _at_reception(walk: Walk) -> bool:
    return walk.program is not None and walk.program.root.type == "empfang"


def _hear_overlay(walk: Walk, text: str, folded: str, incoming: Said) -> None:
    overlay = OVERLAYS[walk.c.overlay]
    asked = overlay.ask(walk)
    picked = asked.labels.pick(text, folded)
    if picked.kind == "option" and picked.index is not None:
        _act_overlay(walk, asked, asked.acts[picked.index])
    elif walk.c.overlay in _LIGHT:
        lift(walk)
        walk.c.greeted = True
        _hear_question(walk, walk.open_question(), text, folded, incoming, exact=False)
    elif not overlay.hear(walk, text):
        _ask_overlay_again(walk, asked, folded)


def _ask_overlay_again(walk: Walk, asked: Asked, folded: str) -> None:
    """A question of the Lotse's own was not understood; after the third time it goes away, and nothing is done."""
    topic = smalltalk(folded)
    if topic is not None:
        walk.say(f"talk_{topic}")
        walk.ask(asked)
        return
    walk.c.tries += 1
    if walk.c.tries >= MAX_TRIES:
        walk.say("nothing_done")
        go_on(walk)
        return
    if walk.c.tries == 1:
        walk.say("unclear_1")
    else:
        walk.say("unclear_2_options", first=asked.choices[0].label)
    walk.ask(asked)


def _act_overlay(walk: Walk, asked: Asked, act: str) -> None:
    walk.settle(asked.label(act))
    OVERLAYS[walk.c.overlay].act(walk, act)


def _hear_question(walk: Walk, asked: Asked | None, text: str, folded: str, incoming: Said, *, exact: bool) -> None:
    node = walk.node()
    if asked is None or node is None:
        _listen(walk, text, folded, incoming)
        return
    topic = None if exact else smalltalk(folded)
    if topic is not None and _may_chat(walk, node, text, folded):
        walk.say(f"talk_{topic}")
        if topic != _BYE:
            ask_open(walk)
        return
    if node.kind == "text" and _at_reception(walk):
        _offer_simple(walk, folded)
        offer(walk, incoming)
    if exact or not hear_correction(walk, node, text, folded, incoming):
        hear(walk, node, asked, text, folded)


def _offer_simple(walk: Walk, folded: str) -> None:
    """Simple words for who says to have little German; the wish itself stays theirs."""
    if walk.language == "de" and has_little_german(folded):
        walk.say("simple_offered")


def _may_chat(walk: Walk, node: Node, text: str, folded: str) -> bool:
    """Whether small talk may be meant: not by a number, not in own words, not by what comes near to an option."""
    if not folded or folded.isdigit():
        return False
    if node.kind == "text":
        return _at_reception(walk)
    if node.kind == "when" and reads_as_moment(walk, text):
        return False  # "Morgen" is a day here, no greeting
    return ask_step(walk, node).labels.pick(text, folded).kind == "unclear"


def _listen(walk: Walk, text: str, folded: str, incoming: Said) -> None:
    """Nothing is open: greet who has not been greeted, and take the words as what happened.

    For a while after a human has answered, they are for that human.
    """
    if caring.human_listens(walk):
        caring.pass_on(walk, text)
        return
    topic = smalltalk(folded)
    if not walk.c.greeted:
        greet(walk)
        if topic is not None or not is_question(walk.node()):
            return
        if walk.c.overlay:
            # What was told is not lost by the question whether to go on here.
            _offer_simple(walk, folded)
            offer(walk, incoming)
            walk.c.overlay_data = (TOLD,)
            return
        walk.effects.pop()
    else:
        if topic is not None:
            walk.say(f"talk_{topic}")
            if topic == "dank":
                walk.say("finished")
            if topic in {"dank", _BYE}:
                return
        _receive(walk)
        if topic is not None or not is_question(walk.node()):
            return
        walk.effects.pop()
    _offer_simple(walk, folded)
    offer(walk, incoming)
    node = walk.node()
    if node is not None and node.kind == "text":
        take(walk, node, text)


# --- a channel that the municipality does not have --------------------------------------------------------------------


def _is_closed(walk: Walk) -> bool:
    """Whether the municipality of this person has the Lotse on other channels only."""
    here, transport = walk.world.municipality, walk.world.transport
    is_theirs = bool(here.channels) and here.ags == walk.c.place
    return is_theirs and transport.real and transport.name not in here.channels


def _send_away(walk: Walk) -> None:
    """Say where the Lotse is instead. Words that always work go on working, and so does another municipality."""
    here, c = walk.world.municipality, walk.c
    link = f": {here.matrix_link}" if here.matrix_link else ""
    where = [phrase(f"channel_{name}", walk.language, link=link) for name in here.channels]
    walk.say("channel_closed", place=here.name, where=" ".join(where))
    leave(walk)
    c.place, c.staff, c.code = "", False, ""


# --- taps -------------------------------------------------------------------------------------------------------------


def _on_pressed(walk: Walk, incoming: Pressed) -> None:
    asked = open_question(walk)
    if walk.c.arriving and asked is None:
        walk.say("move_coming")
    elif _is_closed(walk):
        _send_away(walk)
    elif asked is None or incoming.token != walk.c.token or not 0 <= incoming.option < len(asked.acts):
        walk.say("stale")
        ask_open(walk)
    elif walk.c.overlay:
        _act_overlay(walk, asked, asked.acts[incoming.option])
    else:
        node = walk.node()
        if node is not None:
            tap(walk, node, asked, asked.acts[incoming.option])


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
    if not c.language and incoming.language:
        c.language = incoming.language if incoming.language in SENTENCES["yes"] else "de"
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
    elif _lost(walk):
        _begin_again(walk)
    elif walk.c.case:
        caring.tell_status(walk)


def _on_stopped(walk: Walk, _incoming: Stopped) -> None:
    """Blocked, or left the room: nothing can be said; the bot never writes first again."""
    walk.c.muted = True


_HANDLERS: Final[Mapping[type, Callable[[Walk, Any], None]]] = {
    Started: _on_started,
    Said: _on_said,
    Pressed: _on_pressed,
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

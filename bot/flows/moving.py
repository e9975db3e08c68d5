"""Going on in another chat: a code is given out here, given there, and the conversation follows it.

What leaves is the whole state, once, in the turn that empties the old chat; what arrives is asked on from where it
stood. Between the chats are letters (`bot.work.moving`). Where others can read along, the conversation is fetched only
after the warning and a yes: until then it stays where it is.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

import msgspec

from bot.flows import caring, distress
from bot.flows.asking import Asked, make_asked
from bot.flows.calendar import show_instant
from bot.flows.conversation import DECLINED, Conversation, Moving, decode, encode
from bot.flows.exchange import Arrived, HandOver, MoveAsked, MoveGiven, MoveNews, OfferMove, TakeMove
from bot.flows.greeting import go_on
from bot.flows.languages import hear_device
from bot.flows.overlay import Overlay, lay, lift
from bot.flows.steps import Question
from bot.flows.walking import leave
from bot.flows.wording import phrase

if TYPE_CHECKING:
    from bot.flows.walk import Walk

OVERLAYS: Final = ("move", "move_here")
"""Questions about moving itself: they do not move along."""


def has_own(walk: Walk) -> bool:
    """Whether this chat has a talk of its own, beyond the first question: something that could be lost."""
    c = walk.c
    begun = c.at is not None and (walk.program is None or walk.program.root.type != "empfang")
    in_crisis = c.overlay in distress.CRISES
    return bool(begun or c.case or c.check_ins or c.deadlines or c.suspended or c.trail or c.waiting or in_crisis)


# --- the chat that is left --------------------------------------------------------------------------------------------


def ask_move(walk: Walk) -> Asked:
    """Whether a code is wanted, and what it does."""
    link = "" if walk.world.transport.encrypted else walk.encrypted_link("consent_link")
    rows = [("!yes", phrase("yes", walk.language), ""), ("!no", phrase("no", walk.language), "")]
    return make_asked((phrase("move_ask", walk.language, link=link),), rows, "option")


def tell_pending(walk: Walk) -> None:
    """Say that a code holds, if one does."""
    moving = walk.c.moving
    if moving is not None and dt.datetime.fromisoformat(moving.until) > walk.now:
        walk.say("move_pending", until=_time(walk, moving.until))


def offer(walk: Walk) -> None:
    """Want a code; it comes as news, alone, to be copied."""
    walk.emit(OfferMove())
    walk.say("move_code")


def hear_news(walk: Walk, news: MoveNews) -> bool:
    """The code, here; or, in the other chat, that it did not work. Whether the open question is to be asked again."""
    if news.what == "code" and news.until is not None:
        walk.c.moving = Moving(news.until.isoformat(), walk.c.muted)
        walk.send(news.code, style="copy")
        return False
    if not walk.c.arriving:
        return False
    walk.c.arriving = False
    walk.say(f"move_{news.what}")
    return True


def hand_over(walk: Walk, asked: MoveAsked) -> bool:
    """Give everything to the chat that gave the code, and be empty; False: it stays here, and goes on here."""
    c, transport = walk.c, walk.world.transport
    moving, c.moving = c.moving, None
    if not asked.to or _is_closed(walk, asked):
        walk.say("move_stayed")
        if asked.to:
            walk.emit(HandOver(to=asked.to, refused="closed"))
        return False
    overlay, data = ("", ()) if c.overlay in OVERLAYS else (c.overlay, c.overlay_data)
    muted = moving.muted if moving is not None else c.muted
    state = msgspec.structs.replace(c, overlay=overlay, overlay_data=data, muted=muted, token="")
    walk.say("moved_away")
    if transport.takes_back:
        walk.say("taken_back", hours=transport.takes_back)
    elif transport.redacts:
        walk.say("redacted")
    walk.emit(HandOver(to=asked.to, state=encode(state).decode()))
    walk.program = None
    walk.c = Conversation(language=c.language, muted=True)
    return True


def _is_closed(walk: Walk, asked: MoveAsked) -> bool:
    """Whether the municipality of this person does not have the Lotse on that channel."""
    here = walk.world.municipality
    return bool(here.channels) and here.ags == walk.c.place and asked.real and asked.transport not in here.channels


def _time(walk: Walk, instant: str) -> str:
    return show_instant(instant, walk.world.municipality.zone, walk.language)


# --- the chat that goes on --------------------------------------------------------------------------------------------


def hear_code(walk: Walk, given: MoveGiven) -> bool:
    """A code was given here. Whether the open question is to be asked again."""
    c = walk.c
    hear_device(walk, given.language)
    if c.arriving:
        walk.say("move_coming")
        return False
    if given.here or not given.holds or has_own(walk):
        walk.say("move_here" if given.here else "move_busy" if given.holds else "move_refused")
        return True
    if not walk.world.transport.encrypted:
        walk.say("telegram", link=walk.encrypted_link("telegram_link"))
        lay(walk, HERE)
        return False
    _fetch(walk)
    return False


def _ask_here(walk: Walk) -> Asked:
    """Whether it is to come to a chat in which others can read along."""
    rows = [("!yes", phrase("consent_yes", walk.language), ""), ("!no", phrase("consent_no", walk.language), "")]
    return make_asked((phrase("move_consent", walk.language),), rows, "option")


def _act_here(walk: Walk, act: str) -> None:
    if act == "!yes":
        _fetch(walk)
        return
    walk.say("move_not_here")
    lift(walk)
    if walk.c.at is not None:
        go_on(walk)


def _fetch(walk: Walk) -> None:
    """Let the conversation come; what stood here is the first question at most."""
    leave(walk)
    walk.c.arriving = True
    walk.emit(TakeMove(transport=walk.world.transport.name, real=walk.world.transport.real))
    walk.say("move_coming")


def take_in(walk: Walk, arrived: Arrived) -> None:
    """Be the conversation that arrived, with its alarms; say what was missed. The caller asks what is open."""
    before, c = walk.c, decode(arrived.state.encode())
    c.arriving, c.greeted, c.language = False, True, c.language or before.language
    if before.overlay in distress.CRISES:
        c.overlay, c.overlay_data = before.overlay, before.overlay_data
    walk.c = c
    for alarm in arrived.alarms:
        walk.emit(alarm)
    walk.say("moved_in")
    if arrived.missed:
        walk.say("move_missed")
        walk.effects.extend(arrived.missed)
    caring.release(walk)
    if walk.world.transport.encrypted and _was_spared(walk):
        walk.say("move_confidential")


def _was_spared(walk: Walk) -> bool:
    """Whether a confidential question was passed over on this walk, because others could read along."""
    program, c = walk.program, walk.c
    if program is None:
        return False
    asked = {visit.name for visit in c.trail}
    return any(
        value is DECLINED and name not in asked and node is not None and _is_confidential(node.step)
        for name, value in c.answers.items()
        for node in (program.questions.get(name),)
    )


def _is_confidential(step: object) -> bool:
    return isinstance(step, Question) and step.confidential


HERE: Final = Overlay("move_here", _ask_here, _act_here)

"""A conversation goes on in another chat: what its turns want of the books, and the letters between the two chats.

Nothing of it is ever in both chats or in none. The old chat's turn hands over in one commit: its state and alarms as a
letter to the new chat, its cases, what was still on its way to it; then it is forgotten there. Whoever would write to
the old chat meanwhile waits for that commit, or is waited for (the cases are held), and then finds the new one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot import movecode
from bot.failpoints import reach
from bot.flows.exchange import (
    Arrived,
    CaseNews,
    HandOver,
    Incoming,
    MoveAsked,
    MoveNews,
    Remind,
    TakeMove,
    TimerFired,
)
from bot.keys import DataKey, KeyRing
from bot.storage import care, cases, inbox, letters, moves, outbox, timers
from bot.storage.database import Transaction
from bot.storage.times import moment

if TYPE_CHECKING:
    from bot.work.casework import Cause
    from bot.work.forgetting import Leaver

MOST_MISSED: Final = 20
"""Messages that are said again in the new chat, the latest ones."""


class Gone(Exception):
    """The chat that waited for a conversation is not there any more."""


def offer(tx: Transaction, ring: KeyRing, chat: int, cause: Cause) -> None:
    """Make a code for this conversation; whoever waits for it by an earlier one waits in vain."""
    abandon(tx, ring, chat, cause)
    code = movecode.make()
    until = moves.offer(tx, ring, chat, code, cause.now)
    news = MoveNews(what="code", code=movecode.show(code), until=moment(until))
    _post(tx, ring, (chat, 1), news, cause)


def take(tx: Transaction, ring: KeyRing, chat: int, effect: TakeMove, cause: Cause) -> None:
    """Ask the chat whose code was given in this one for its conversation; one that holds no more is refused."""
    old = moves.take(tx, chat, cause.now)
    if old is None:
        _post(tx, ring, (chat, 0), MoveNews(what="refused"), cause)
    else:
        _post(tx, ring, (old, 0), MoveAsked(to=chat, transport=effect.transport, real=effect.real), cause)


def judge(tx: Transaction, chat: int, asked: MoveAsked) -> MoveAsked:
    """What another chat asked of this one, unless it does not wait for it any more (`to` is 0 then).

    Whatever ends a move tells the chat that waits in the same commit, so nobody is to be told here.
    """
    return asked if moves.is_wanted(tx, chat, asked.to) else MoveAsked()


def refuse(tx: Transaction, ring: KeyRing, chat: int, effect: HandOver, cause: Cause) -> None:
    """This chat keeps its conversation; the other one is told."""
    moves.end(tx, chat)
    _post(tx, ring, (effect.to, 0), MoveNews(what=effect.refused or "refused"), cause)


def abandon(tx: Transaction, ring: KeyRing, chat: int, cause: Cause) -> None:
    """The conversation of this chat will not move; tell whoever waits for it."""
    waiting = moves.waiting_for(tx, chat)
    if waiting is not None:
        _post(tx, ring, (waiting, 0), MoveNews(what="refused"), cause)


def sweep(tx: Transaction, ring: KeyRing, now: int) -> None:
    """Let codes end whose time is over; whoever waits for a conversation that never came is told."""
    for name, waiting in moves.sweep(tx, now):
        letters.post(tx, ring, waiting, letters.event_of(name, waiting, 0), MoveNews(what="refused"), now)


def hand_over(tx: Transaction, ring: KeyRing, leaver: Leaver, effect: HandOver, cause: Cause) -> None:
    """Give everything to the other chat. What is left here is for `forgetting.forget`, in the same commit.

    Raises:
        Gone: the other chat is gone since this turn looked, perhaps in this very commit: the turn is tried alone.
    """
    chat, key = leaver.standing.id, leaver.key
    if not moves.is_wanted(tx, chat, effect.to):
        raise Gone
    care.of_person(tx, chat)  # held: whoever is about to write to this chat about a case has done so, or waits
    behind = inbox.pull(tx, chat, leaver.seq, key, (TimerFired, CaseNews))
    alarms = [*_alarms(tx, chat, key), *(_again(row) for row in behind if isinstance(row.incoming, TimerFired))]
    missed = [one for one in outbox.unheard(tx, chat, key) if not one.token]
    arrived = Arrived(state=effect.state, alarms=tuple(alarms), missed=tuple(missed[-MOST_MISSED:]))
    follow: list[tuple[Incoming, int]] = [(arrived, cause.now)]
    follow += [(row.incoming, cause.now) for row in behind if isinstance(row.incoming, CaseNews)]
    follow += [(news, due) for news, due in letters.of(tx, chat, key) if isinstance(news, CaseNews)]
    for place, (incoming, due) in enumerate(follow):
        letters.post(tx, ring, effect.to, letters.event_of(cause.event, effect.to, place), incoming, due)
    cases.move(tx, chat, effect.to)
    reach("move_inside")


def _alarms(tx: Transaction, chat: int, key: DataKey) -> list[Remind]:
    return [
        Remind(name=alarm.name, about=alarm.about, due=moment(due), useless_after=useless_after)
        for alarm, due, useless_after in timers.of(tx, chat, key)
    ]


def _again(row: inbox.Behind) -> Remind:
    """An alarm that had rung and was not heard yet."""
    fired = row.incoming
    if not isinstance(fired, TimerFired):
        raise TypeError("not an alarm")
    return Remind(name=fired.name, about=fired.about, due=moment(row.received - fired.late * 1000))


def _post(tx: Transaction, ring: KeyRing, to: tuple[int, int], incoming: Incoming, cause: Cause) -> None:
    chat, place = to
    letters.post(tx, ring, chat, letters.event_of(cause.event, chat, place), incoming, cause.now)

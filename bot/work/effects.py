"""What the effects of a turn that are no messages add to its group."""

from __future__ import annotations

from typing import assert_never

from bot.flows.exchange import (
    AddToCase,
    AlertContact,
    CancelTimers,
    CaseAct,
    Count,
    Effect,
    Finish,
    Forget,
    HandOver,
    LeaveDesk,
    ListCases,
    MoveGroup,
    OfferMove,
    OpenCase,
    PairGroup,
    Remind,
    Send,
    Settle,
    ShowCase,
    TakeMove,
)
from bot.keys import DataKey, KeyRing
from bot.storage import outbox, tallies, timers
from bot.storage.tables import AlertReason
from bot.storage.times import stamp
from bot.work import moving
from bot.work.casework import Casework, Cause
from bot.work.group import Change


def note(  # noqa: C901, PLR0912 - one arm an effect
    change: Change,
    casework: Casework,
    keys: tuple[KeyRing, DataKey],
    origin: tuple[bytes, int, int],
    effect: Effect,
    now: int,
) -> None:
    """Add an effect to `change`.

    Args:
        change: of this turn.
        casework: does what is to be done with cases.
        keys: the ring, and the conversation's data key.
        origin: event of the inbox row, place of the effect in the turn, number of the conversation.
        effect: anything but a message, Forget, or HandOver of a state, which the turn itself handles.
        now: milliseconds.
    """
    event, place, number = origin
    ring, key = keys
    identity = outbox.delivery_id(event, place)
    cause = Cause(identity, now)
    match effect:
        case Remind(name=name, about=about, due=due, useless_after=useless_after):
            alarm = timers.timer_id(event, place)
            row = timers.row(ring, key, alarm, number, timers.Alarm(name, about), stamp(due), useless_after)
            change.timers[name] = row
        case CancelTimers(prefix=prefix):
            change.timers = {name: row for name, row in change.timers.items() if not name.startswith(prefix)}
            change.rare.append(lambda tx: timers.cancel(tx, number, key, prefix))
        case OpenCase():
            change.case_work(lambda tx: casework.open(tx, number, effect, cause))
        case AddToCase(number=case, text=text):
            change.case_work(lambda tx: casework.added(tx, number, case, text, (identity, cause)))
        case CaseAct():
            change.case_work(lambda tx: casework.act(tx, number, effect, cause))
        case ShowCase():
            change.case_work(lambda tx: casework.show_person(tx, number, effect, cause))
        case ListCases():
            change.case_work(lambda tx: casework.list_for(tx, number, cause))
        case LeaveDesk():
            change.case_work(lambda tx: casework.leave(tx, number, cause))
        case PairGroup():
            change.case_work(lambda tx: casework.give_code(tx, number, cause))
        case MoveGroup(to=to):
            change.case_work(lambda tx: casework.move_group(tx, number, to, cause))
        case OfferMove():
            change.case_work(lambda tx: moving.offer(tx, ring, number, cause))
        case TakeMove():
            change.case_work(lambda tx: moving.take(tx, ring, number, effect, cause))
        case HandOver():
            change.case_work(lambda tx: moving.refuse(tx, ring, number, effect, cause))
        case AlertContact(reason=reason):
            change.alerts.append((AlertReason(reason), number, None))
        case Count(name=name):
            change.counts.append((name, "", ""))
        case Finish(playbook=playbook, outcome=outcome):
            change.counts.append((tallies.FINISHED, playbook, outcome))
        case Send() | Settle() | Forget():
            raise TypeError("handled by the turn itself")
        case _:
            assert_never(effect)

"""What the effects of a turn that are no messages add to its group."""

from __future__ import annotations

from typing import assert_never

from bot.flows.exchange import (
    AddToCase,
    AlertContact,
    CancelTimers,
    Count,
    Effect,
    Finish,
    Forget,
    OpenCase,
    Remind,
    Send,
    Settle,
)
from bot.keys import DataKey, KeyRing
from bot.storage import cases, outbox, tallies, timers
from bot.storage.tables import AlertReason
from bot.storage.times import stamp
from bot.work.group import Change


def note(change: Change, ring: KeyRing, key: DataKey, origin: tuple[bytes, int, int], effect: Effect, now: int) -> None:
    """Add an effect to `change`.

    Args:
        change: of this turn.
        ring: makes what is needed for a case.
        key: the conversation's data key.
        origin: event of the inbox row, place of the effect in the turn, number of the conversation.
        effect: anything but a message or Forget, which the turn itself handles.
        now: milliseconds.
    """
    event, place, number = origin
    match effect:
        case Remind(name=name, about=about, due=due, useless_after=useless_after):
            identity = timers.timer_id(event, place)
            row = timers.row(ring, key, identity, number, timers.Alarm(name, about), stamp(due), useless_after)
            change.timers[name] = row
        case CancelTimers(prefix=prefix):
            change.timers = {name: row for name, row in change.timers.items() if not name.startswith(prefix)}
            change.rare.append(lambda tx: timers.cancel(tx, number, key, prefix))
        case OpenCase():
            change.rare.append(lambda tx: cases.add(tx, ring, number, effect, now))
        case AddToCase(number=case, text=text):
            change.rare.append(
                lambda tx: cases.append(tx, ring, number, case, (outbox.delivery_id(event, place), text), now)
            )
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

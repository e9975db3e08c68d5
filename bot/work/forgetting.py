"""Forgetting a person: the data key is shredded, the rows are gone, and a tombstone keeps them from coming back.

What remains: keyed hashes of the events against repeats, the tombstone, and of a case its number, dates and place,
belonging to nobody (decisions.md). The receipt still has to go out: it waits under a fresh row with a fresh key, which
goes with its last message.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from bot.failpoints import reach
from bot.flows.exchange import Arrived, Forget, HandOver, MoveAsked, MoveNews, Resumed, Send, TimerFired
from bot.keys import DataKey, KeyRing
from bot.storage import cases, conversations, inbox, outbox, tallies
from bot.storage.conversations import Standing
from bot.storage.database import Transaction
from bot.storage.outbox import MOST_PER_TURN, Takeback
from bot.storage.statements import Row
from bot.storage.tables import AlertReason, DeliveryKind
from bot.storage.times import minute
from bot.work.doors import Door

_OF_THE_GONE: Final = (TimerFired, Resumed, MoveAsked, MoveNews, Arrived)


class Leaver(NamedTuple):
    """Who is forgotten: the inbox row whose turn asked for it, and the conversation with its key."""

    seq: int
    event: bytes
    standing: Standing
    key: DataKey


def forget(
    tx: Transaction, ring: KeyRing, door: Door | None, leaver: Leaver, placed: Sequence[tuple[int, object]], now: int
) -> None:
    """Delete everything about a person, and queue the receipt. What they wrote since is kept: it begins anew.

    Args:
        tx: committed by the caller.
        ring: makes the fresh key.
        door: where the conversation is held, None when its account is switched off.
        leaver: whose.
        placed: the effects of the turn with their places; its messages are the receipt.
        now: milliseconds.
    """
    standing, key = leaver.standing, leaver.key
    chat = standing.chat(key)
    remote_ids = outbox.remotes(tx, standing.id, key)
    numbers = cases.withdraw(tx, standing.id)
    tallies.raise_alerts(tx, [(AlertReason.WITHDRAWN, None, number) for number in numbers], now)
    behind = inbox.pull(tx, standing.id, leaver.seq, key)
    erase(tx, standing.id, standing.index, now)
    conversations.add(tx, ring, standing.account, [(standing.index, chat)], now)
    fresh = conversations.find(tx, [standing.index])[standing.index].standing
    conversations.leave(tx, fresh.id)
    fresh_key = fresh.key(ring)
    queue: list[Row] = []
    for place, effect in placed:
        if isinstance(effect, Send):
            queue.append(_row(leaver, fresh.id, fresh_key, place, effect, now))
        elif isinstance(effect, Forget | HandOver) and remote_ids and door is not None:
            queue.append(_row(leaver, fresh.id, fresh_key, place, Takeback(remote_ids), now))
    outbox.add(tx, queue)
    for row in behind:
        # Alarms and moves were of the conversation that is gone; what a person did is answered.
        if not isinstance(row.incoming, _OF_THE_GONE):
            body = inbox.seal_body(fresh_key, row.event, row.incoming, row.received)
            inbox.add(tx, [(fresh.id, row.event, row.seq, body)], row.received, suspect=row.suspect)
    reach("forget_inside")


def erase(tx: Transaction, number: int, index: bytes, now: int) -> None:
    """Delete a conversation with its key and all that hangs on it; remember only that it is not to come back."""
    inbox.remember(tx, number, now)
    conversations.bury(tx, index, now)
    conversations.delete(tx, [number])


def erase_again(tx: Transaction, number: int, index: bytes, then: int, now: int) -> None:
    """A restore has brought back somebody who was forgotten `then`: it is as if that had happened in these rows."""
    numbers = cases.withdraw(tx, number)
    tallies.raise_alerts(tx, [(AlertReason.WITHDRAWN, None, case) for case in numbers], now)
    erase(tx, number, index, then)


def _row(leaver: Leaver, number: int, key: DataKey, place: int, what: Send | Takeback, now: int) -> Row:
    identity = outbox.delivery_id(leaver.event, place)
    kind = int(DeliveryKind.FORGET if isinstance(what, Takeback) else DeliveryKind.SEND)
    urgent = int(isinstance(what, Send) and what.urgent)
    body = outbox.seal_body(key, identity, what)
    position = leaver.seq * MOST_PER_TURN + place
    return (number, position, identity, kind, outbox.DUE, urgent, 0, 0, now, None, minute(now), None, body)

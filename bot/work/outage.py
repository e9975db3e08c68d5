"""After an outage, open questions are asked once more where the transport forgets what was pressed meanwhile (B2).

An outage is ours (nobody held the account) or the transport's (we were here, it was not): either way it began when the
transport was last heard, and ends when it is heard again.
"""

from __future__ import annotations

from typing import Final

from bot.adapters.base import Watched
from bot.flows.exchange import Resumed
from bot.keys import KeyRing
from bot.storage import inbox, outbox
from bot.storage.database import Transaction
from bot.work.doors import Door

OUTAGE: Final = 120_000
"""Milliseconds. Telegram forgets a press after 150 s."""

MINUTE: Final = 60_000
"""Milliseconds. What stands in the books is so coarse."""

ASKED_WITHIN: Final = 30 * 60_000
"""Milliseconds before the outage: an older question is not worth waking someone for (decisions.md)."""


def ask_again(tx: Transaction, ring: KeyRing, door: Door, left: int | None, heard: int | None, now: int) -> int:
    """Put a Resumed in the inbox of each conversation that had a fresh question open when the outage began.

    `left`, `heard`: when the transport was heard before and after (None: not known). Quiet hours are the engine's to
    keep. Returns how many there were.
    """
    if door.adapter.keeps_presses or left is None or heard is None or heard - left <= OUTAGE:
        return 0
    account, rows = door.account, []
    for question in outbox.open_questions(tx, account.id, left - ASKED_WITHIN, left + MINUTE):
        key = question.standing.key(ring)
        if outbox.question_hash(question.standing.conversation(key).token) != question.hash:
            continue
        event = inbox.event_of(ring, account.name, f"resumed:{question.id.hex()}")
        rows.append((question.standing.id, event, inbox.seal_body(key, event, Resumed(), now)))
    inbox.append(tx, rows, now)
    return len(rows)


def heard_at(door: Door, now: int) -> int | None:
    """When its transport was last heard; None where the adapter does not know."""
    adapter = door.adapter
    return now - int(adapter.health().seconds * 1000) if isinstance(adapter, Watched) else None

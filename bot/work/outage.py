"""After an outage, open questions are asked once more where the transport forgets what was pressed meanwhile (B2)."""

from __future__ import annotations

from typing import Final

from bot.flows.exchange import Resumed
from bot.keys import KeyRing
from bot.storage import inbox, outbox
from bot.storage.accounts import Account
from bot.storage.database import Transaction

OUTAGE: Final = 120_000
"""Milliseconds. Telegram forgets a press after 150 s."""

ASKED_WITHIN: Final = 30 * 60_000
"""Milliseconds before the outage: an older question is not worth waking someone for (decisions.md)."""


def ask_again(tx: Transaction, ring: KeyRing, account: Account, now: int, *, keeps_presses: bool) -> int:
    """Put a Resumed in the inbox of each conversation that had a fresh question open when this account was left alone.

    Quiet hours are the engine's to keep. Returns how many there were.
    """
    left = account.received
    if keeps_presses or left is None or now - left <= OUTAGE:
        return 0
    rows = []
    for question in outbox.open_questions(tx, account.id, left - ASKED_WITHIN):
        key = question.standing.key(ring)
        if outbox.question_hash(question.standing.conversation(key).token) != question.hash:
            continue
        event = inbox.event_of(ring, account.name, f"resumed:{question.id.hex()}")
        rows.append((question.standing.id, event, inbox.seal_body(key, event, Resumed(), now)))
    inbox.append(tx, rows, now)
    return len(rows)

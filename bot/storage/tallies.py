"""What humans look at from outside: alerts without content, and counts without persons."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from bot.storage.database import Transaction
from bot.storage.statements import Statement, insert_each, upsert_each
from bot.storage.tables import AlertReason, alert, counter
from bot.storage.times import day, minute, month

FINISHED = "finished"
"""The counter of playbooks that ended; all other counters are named as in `exchange.Count`."""

_ALERT = insert_each(alert, "reason", "conversation", "number", "day", "made", ignore=True)
_TALLY = ("month", "name", "playbook", "outcome")
_COUNT = upsert_each(counter, _TALLY, (*_TALLY, "n"), lambda new: {"n": counter.c.n + new.n})
_UNTOLD = Statement(
    sa.select(alert.c.id, alert.c.reason, alert.c.number).where(alert.c.told.is_(None)).order_by(alert.c.id)
)

Alert = tuple[AlertReason, int | None, str | None]
"""Reason, conversation, number of a case."""

Tally = tuple[str, str, str]
"""Name, playbook, outcome; the last two empty for a plain count."""


def raise_alerts(tx: Transaction, alerts: Sequence[Alert], now: int) -> None:
    """Note that a human should look; once per conversation, reason and day."""
    tx.each(_ALERT, [(reason, number, case, day(now), minute(now)) for reason, number, case in alerts])


def untold(tx: Transaction) -> list[tuple[int, AlertReason, str | None]]:
    """Alerts that no human was told of yet: number, reason, number of the case if it is about one."""
    return [(row[0], AlertReason(row[1]), row[2]) for row in tx.all(_UNTOLD)]


def count(tx: Transaction, counts: dict[Tally, int], now: int) -> None:
    """Add to the counters of this month."""
    at = month(now)
    # In one order for all, so that two workers do not wait for each other.
    tx.each(_COUNT, [(at, *tally, n) for tally, n in sorted(counts.items())])

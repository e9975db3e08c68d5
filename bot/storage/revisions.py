"""Revisions: playbooks as conversations began with them, so that a conversation ends in the one it began in."""

from __future__ import annotations

import sqlalchemy as sa

from bot.storage.database import Transaction
from bot.storage.statements import Statement, insert_each
from bot.storage.tables import revision
from bot.storage.times import minute

_ADD = insert_each(revision, "revision", "body", "stored", ignore=True)
_LOAD = Statement(sa.select(revision.c.body).where(revision.c.revision == sa.bindparam("name")))
_NAMES = Statement(sa.select(revision.c.revision))


def add(tx: Transaction, name: str, body: bytes, now: int) -> None:
    """Keep a revision; nothing happens when it is there."""
    tx.each(_ADD, [(name, body, minute(now))])


def load(tx: Transaction, name: str) -> bytes | None:
    """A revision as it was kept; None when it is not there."""
    row = tx.one(_LOAD, name=name)
    return None if row is None else bytes(row[0])


def names(tx: Transaction) -> set[str]:
    """Those that are kept."""
    return {row[0] for row in tx.all(_NAMES)}

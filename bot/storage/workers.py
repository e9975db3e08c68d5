"""Workers: a row as long as a process runs; one that is left over says that a process ended uncleanly."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import sqlalchemy as sa

from bot.storage.database import Transaction
from bot.storage.statements import SQLITE, Statement, delete_each, insert_each
from bot.storage.tables import worker

_SESSION_LOCKS: Final = 0x6C70
"""First half of the key of our session locks on workers (PostgreSQL)."""

_ADD = insert_each(worker, "id", "begun", ignore=True)
_ALL = Statement(sa.select(worker.c.id))
_REMOVE = delete_each(worker, "id")
_key: Final[tuple[sa.ColumnElement[int], ...]] = (
    sa.literal_column(str(_SESSION_LOCKS)),
    sa.cast(sa.bindparam("key", type_=sa.BigInteger), sa.Integer),
)
_LOCK = Statement(sa.select(sa.func.pg_try_advisory_lock(*_key)))
_UNLOCK = Statement(sa.select(sa.func.pg_advisory_unlock(*_key)))


def _number(identity: str) -> int:
    return int.from_bytes(bytes.fromhex(identity[:8]), "big", signed=True)


def add(tx: Transaction, identity: str, now: int) -> None:
    """A worker begins, or goes on in a new session. `identity`: 32 hex digits, random."""
    tx.each(_ADD, [(identity, now)])
    if tx.database != SQLITE:
        tx.one(_LOCK, key=_number(identity))


def dead(tx: Transaction, identity: str) -> list[str]:
    """Workers other than this one that have begun, have not ended, and are not there any more."""
    others = [row[0] for row in tx.all(_ALL) if row[0] != identity]
    if tx.database == SQLITE:  # one process writes
        return others
    found = []
    for other in others:
        row = tx.one(_LOCK, key=_number(other))
        if row and row[0]:
            tx.one(_UNLOCK, key=_number(other))
            found.append(other)
    return found


def remove(tx: Transaction, identities: Sequence[str]) -> None:
    """They ended."""
    tx.each(_REMOVE, [(identity,) for identity in identities])

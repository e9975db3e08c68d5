"""Rotation of the master key: every data key is wrapped anew; what the data keys seal stays as it is.

Restartable: which are left is seen from the key id that each wrapped key begins with. Runs beside the bot, a little in
each commit; both keys are in the ring meanwhile.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import sqlalchemy as sa

from bot.failpoints import reach
from bot.keys import ID_BYTES, KeyRing
from bot.storage.database import Transaction
from bot.storage.sealing import ACCOUNT_KEY, CASE_KEY, CONVERSATION_KEY, SECRET_KEY, WrappedColumn
from bot.storage.statements import Row, Statement, update_each
from bot.storage.tables import account, case_record, conversation, secret_contact

MOST_AT_ONCE: Final = 500


class _Wrapped:
    """A table with data keys: what its rows are bound to, and how they are found."""

    def __init__(self, table: sa.Table, column: WrappedColumn, row: str, tenant: str | None = None) -> None:
        columns = [table.c.id, table.c.dek, table.c[row], *([table.c[tenant]] if tenant else [])]
        # Stored form: format version, then the id of the key that wraps it.
        wrapped_with = sa.func.substr(table.c.dek, 2, ID_BYTES)
        self.column = column
        self.left = Statement(
            sa.select(*columns)
            .where(table.c.id > sa.bindparam("after"), table.c.dek.is_not(None), wrapped_with != sa.bindparam("active"))
            .order_by(table.c.id)
            .limit(sa.bindparam("most"))
        )
        # Only if nobody has changed it since: a row that was forgotten meanwhile must not get a key again.
        self.write = update_each(table, ["dek"], ["id", "dek"])


_TABLES: Final = (
    _Wrapped(account, ACCOUNT_KEY, "name"),
    _Wrapped(conversation, CONVERSATION_KEY, "address_index"),
    _Wrapped(case_record, CASE_KEY, "number", "tenant"),
    _Wrapped(secret_contact, SECRET_KEY, "contact", "tenant"),
)


def rotate(tx: Transaction, ring: KeyRing) -> int:
    """Wrap up to `MOST_AT_ONCE` data keys of each table with the active master key.

    Returns:
        How many were not wrapped with it; 0: the rotation is complete, and the old master keys can go.

    Raises:
        UnknownKey: one of them is wrapped with a key that is not in the ring.
        Tampered: one of them was changed or moved.
    """
    active = bytes.fromhex(ring.active)
    found = 0
    for table in _TABLES:
        rows = tx.all(table.left, after=0, active=active, most=MOST_AT_ONCE)
        tx.each(table.write, [_anew(ring, table.column, row) for row in rows])
        found += len(rows)
    reach("rotate_inside")
    return found


def _anew(ring: KeyRing, column: WrappedColumn, row: Sequence[object]) -> Row:
    number, dek, *bound = row
    names = [name if isinstance(name, bytes) else str(name).encode() for name in bound]
    if not isinstance(dek, bytes):
        raise TypeError("a wrapped key is bytes")
    return (ring.rewrap(column.place(*names), dek), number, dek)

"""Transport accounts: how far each has read, and on PostgreSQL who receives and sends on it (`work.leases`)."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

from bot.keys import KeyRing
from bot.storage.database import Transaction
from bot.storage.sealing import ACCOUNT_CURSOR, ACCOUNT_KEY, KEEPSAKE_BODY
from bot.storage.statements import SQLITE, Row, Statement, insert_each
from bot.storage.tables import account, keepsake
from bot.storage.times import minute
from bot.storage.transaction import Count

_FIND = Statement(
    sa.select(account.c.id, account.c.dek, account.c.cursor, account.c.received).where(
        account.c.name == sa.bindparam("name")
    )
)
_ADD = insert_each(account, "name", "dek", ignore=True)
_RECALL = Statement(
    sa.select(keepsake.c.body).where(keepsake.c.account == sa.bindparam("key"), keepsake.c.name == sa.bindparam("word"))
)
_DROP = Statement(
    sa.delete(keepsake).where(keepsake.c.account == sa.bindparam("key"), keepsake.c.name == sa.bindparam("word"))
)
_KEEP = insert_each(keepsake, "account", "name", "body")
_MOVE = Statement(
    sa.update(account)
    .where(account.c.id == sa.bindparam("key"), account.c.term == sa.bindparam("held"))
    .values(cursor=sa.bindparam("new_cursor"), received=sa.bindparam("now"))
)
_TOUCH = Statement(
    sa.update(account)
    .where(account.c.id == sa.bindparam("key"), account.c.term == sa.bindparam("held"))
    .values(received=sa.bindparam("now"))
)


class Account:
    """One account. `received`: when something last came in, to the minute; None before the first time."""

    __slots__ = ("_key", "_noted", "_row", "cursor", "id", "name", "received")

    def __init__(self, tx: Transaction, ring: KeyRing, name: str) -> None:
        """Find it; made when it is not there."""
        row = tx.one(_FIND, name=name)
        if row is None:
            tx.each(_ADD, [(name, ACCOUNT_KEY.make(ring, name.encode()))])
            row = tx.one(_FIND, name=name)
            if row is None:
                raise LookupError("an account that was just added")
        self.id: int = row[0]
        self.name = name
        self._row = name.encode()
        self._noted = -1
        self._read(ring, row)

    def _read(self, ring: KeyRing, row: Row) -> None:
        self._key = ACCOUNT_KEY.unwrap(ring, self._row, row[1])
        self.cursor = None if row[2] is None else ACCOUNT_CURSOR.open(self._key, self._row, row[2]).decode()
        self.received: int | None = row[3]

    def refresh(self, tx: Transaction, ring: KeyRing) -> None:
        """Read again what another process may have changed."""
        row = tx.one(_FIND, name=self.name)
        if row is not None:
            self._read(ring, row)

    def recall(self, tx: Transaction, name: str) -> bytes | None:
        """A secret of this account, as it was last kept; None when it never was."""
        row = tx.one(_RECALL, key=self.id, word=name)
        return None if row is None else KEEPSAKE_BODY.open(self._key, self._keepsake(name), row[0])

    def keep(self, tx: Transaction, name: str, value: bytes) -> None:
        """Keep a secret of this account, in place of what was kept under this word."""
        tx.run(_DROP, key=self.id, word=name)
        tx.each(_KEEP, [(self.id, name, KEEPSAKE_BODY.seal(self._key, self._keepsake(name), value))])

    def _keepsake(self, name: str) -> bytes:
        return self._row + b"/" + name.encode()

    def move(self, tx: Transaction, cursor: str | None, term: int, now: int) -> Count:
        """Note how far was read (None: unchanged); counts 1, or 0 when another process has taken the account over."""
        at = minute(now)
        if cursor is None:
            if at == self._noted and tx.database == SQLITE:
                return lambda: 1  # nothing to note, and nobody else who could have taken the account over
            self._noted = at
            return tx.run(_TOUCH, key=self.id, held=term, now=at)
        sealed = ACCOUNT_CURSOR.seal(self._key, self._row, cursor.encode())
        return tx.run(_MOVE, key=self.id, held=term, new_cursor=sealed, now=at)


# --- who receives and sends on it (PostgreSQL; on SQLite the lock file says it for all)

LEASE_SECONDS: Final = 15
"""After so long without renewal a holder counts as gone even if its session still stands (a stopped process)."""

_SESSION_LOCKS: Final = 0x6C6F
"""First half of the key of our session locks on accounts; the second is the account's number."""

_now = sa.func.extract("epoch", sa.func.clock_timestamp())
_LOCK = Statement(
    sa.select(
        sa.func.pg_try_advisory_lock(
            sa.literal_column(str(_SESSION_LOCKS)), sa.cast(sa.bindparam("key", type_=sa.BigInteger), sa.Integer)
        )
    )
)
_TAKE = Statement(
    sa.update(account)
    .where(
        account.c.id == sa.bindparam("key"),
        sa.or_(sa.bindparam("locked", type_=sa.Boolean), account.c.expires.is_(None), account.c.expires < _now),
    )
    .values(holder=sa.bindparam("worker"), term=account.c.term + sa.literal_column("1"), expires=_now + LEASE_SECONDS)
    .returning(account.c.term)
)
_RENEW = Statement(
    sa.update(account)
    .where(
        account.c.id == sa.bindparam("key"),
        account.c.holder == sa.bindparam("worker"),
        account.c.term == sa.bindparam("held"),
    )
    .values(expires=_now + LEASE_SECONDS)
)


def lock(tx: Transaction, number: int) -> bool:
    """Take the session lock of an account; False while another living session has it."""
    row = tx.one(_LOCK, key=number)
    return bool(row and row[0])


def take(tx: Transaction, number: int, worker: str, *, locked: bool) -> int | None:
    """Become the holder, if the last one's session is gone (`locked`) or its lease ran out; the new term, else None.

    The database's clock is the judge.
    """
    row = tx.one(_TAKE, key=number, worker=worker, locked=locked)
    return None if row is None else int(row[0])


def renew(tx: Transaction, number: int, worker: str, term: int) -> bool:
    """Hold on for another `LEASE_SECONDS`; False when another has taken over."""
    return tx.run(_RENEW, key=number, worker=worker, held=term)() == 1

"""All rows of a database, out and in again: what a backup is made of. The same for both databases.

Read as one moment sees them, while the ledger goes on writing. Written into an empty database only, in the form that
the tables had then; `migrations.migrate` brings them to today's. Because the rows do not say which database they come
from, this is also the way from SQLite to PostgreSQL and back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

import msgspec
import sqlalchemy as sa

from bot.storage import conversations, outbox
from bot.storage.database import Database, Transaction
from bot.storage.inbox import BLOCK
from bot.storage.migrations import migrate, stored_version
from bot.storage.outbox import MOST_PER_TURN
from bot.storage.statements import POSTGRESQL, Lookup, Row, Statement
from bot.storage.tables import account, conversation, delivery, inbox, metadata, number, numbers, tombstone, worker

TOGETHER: Final = 500
"""Rows in one part."""

LEFT_OUT: Final = frozenset((worker.name,))
"""Processes that lived then are of no use."""


class Part(msgspec.Struct, frozen=True):
    """Some rows of a table, all with the same columns; values are numbers, text, bytes or None."""

    table: str
    columns: tuple[str, ...]
    rows: list[Row]

    def __repr__(self) -> str:
        return f"Part({self.table}, {len(self.rows)})"


class NotEmpty(Exception):
    """There are rows in the database that was to be written to."""


def read(database: Database) -> Iterator[Part]:
    """All rows, parents first, as one moment sees them; the tables are those of `migrations.HEAD`.

    Raises:
        Unavailable: at the moment it cannot be read.
    """
    with database.snapshot() as connection:
        for table in metadata.sorted_tables:
            if table.name in LEFT_OUT:
                continue
            columns = tuple(str(column.name) for column in table.columns)
            found = connection.execute(sa.select(table), execution_options={"yield_per": TOGETHER})
            for rows in found.partitions(TOGETHER):
                yield Part(str(table.name), columns, [tuple(row) for row in rows])


def write(database: Database, version: str, parts: Iterable[Part]) -> dict[str, int]:
    """Put these rows into an empty database, and bring it to today's form; returns how many of each table.

    Raises:
        NotEmpty: it has tables already.
        NewerTables: the rows come from a newer release.
        Broken: the rows do not fit.
    """
    if stored_version(database) is not None:
        raise NotEmpty
    migrate(database, version)
    counts: dict[str, int] = {}
    with database.core() as connection:
        reflected = sa.MetaData()
        for part in parts:
            table = reflected.tables.get(part.table)
            if table is None:
                table = sa.Table(part.table, reflected, autoload_with=connection, resolve_fks=False)
            rows: list[dict[str, Any]] = [dict(zip(part.columns, row, strict=True)) for row in part.rows]
            if rows:
                connection.execute(sa.insert(table), rows)
            counts[part.table] = counts.get(part.table, 0) + len(rows)
        _count_on(connection, database.kind)
    migrate(database)
    return counts


def _count_on(connection: sa.Connection, kind: str) -> None:
    """Numbers that are given out from here on are above all that were; nobody holds an account."""
    connection.execute(sa.update(account).values(holder=None, expires=None, term=0))
    tops = (sa.func.max(inbox.c.seq), sa.func.max(delivery.c.position) / MOST_PER_TURN)
    last = max(int(connection.execute(sa.select(top)).scalar() or 0) for top in tops)
    following = last // BLOCK + 1
    if kind != POSTGRESQL:
        connection.execute(sa.delete(number).where(number.c.name == "inbox"))
        connection.execute(sa.insert(number).values(name="inbox", next=following * BLOCK + 1))
        return
    connection.execute(sa.select(sa.func.setval(numbers.name, following)))
    present = set(sa.inspect(connection).get_table_names())
    for table in metadata.sorted_tables:
        key = table.c.get("id") if table.name in present else None
        if key is not None and isinstance(key.type, sa.BigInteger):
            top = sa.select(sa.func.coalesce(sa.func.max(key), 0) + 1).scalar_subquery()
            connection.execute(
                sa.select(sa.func.setval(sa.func.pg_get_serial_sequence(table.name, "id"), top, sa.false()))
            )


# --- after a restore ------------------------------------------------------------------------------------------------

_BURIED_SINCE = Statement(
    sa.select(tombstone.c.address_index, tombstone.c.at).where(tombstone.c.at >= sa.bindparam("since"))
)
_OF_CHAT = Lookup(
    sa.select(conversation.c.id, conversation.c.address_index, conversation.c.begun), conversation.c.address_index
)


def buried(tx: Transaction, since: int) -> list[tuple[bytes, int]]:
    """Chats that were forgotten since then: blind index, when."""
    return [(bytes(index), at) for index, at in tx.all(_BURIED_SINCE, since=since)]


def bury(tx: Transaction, stones: Iterable[tuple[bytes, int]]) -> list[tuple[int, bytes, int]]:
    """Put up the tombstones that are not there yet.

    Returns:
        The conversations that lie under them: number, blind index, when they were forgotten. What a backup knows of
        such a chat is from before.
    """
    known = dict(buried(tx, 0))
    fresh: dict[bytes, int] = {}
    for index, at in stones:
        if max(known.get(index, -1), fresh.get(index, -1)) < at:
            fresh[index] = at
            conversations.bury(tx, index, at)
    found = tx.look_up(_OF_CHAT, list(fresh))
    return [
        (number, bytes(index), fresh[bytes(index)]) for number, index, begun in found if begun <= fresh[bytes(index)]
    ]


def doubt(tx: Transaction, now: int) -> int:
    """Whether what was due then has been sent since is not known: it is not sent again; says how many those are."""
    return outbox.doubt_all(tx, now)

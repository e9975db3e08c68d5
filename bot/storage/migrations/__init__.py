"""Brings the tables to the form that this program knows.

Every change of `bot.storage.tables` has a file in `versions/`. The tables say which one was the last; when that is
`HEAD`, Alembic is not even imported: a start costs one query. Each migration is one transaction, on SQLite too, so
that one that was killed half-way is as if it had not begun, and the next start goes on from there. Forward only.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import sqlalchemy as sa

from bot.storage.database import Broken, Database
from bot.storage.statements import POSTGRESQL, Statement

HEAD: Final = "0008"
"""The newest file in `versions/`; a test compares."""

# Any number that no other program takes for its session lock in the same database.
_LOCK: Final = 0x6C6F747365

_version = sa.table("alembic_version", sa.column("version_num"))
_STORED = Statement(sa.select(_version.c.version_num))


class NewerTables(Exception):
    """The database was written by a newer release of this program."""

    def __init__(self, version: str) -> None:
        super().__init__(
            f"Die Datenbank hat Stand {version}, dieses Programm kennt nur {HEAD}. Bitte das Programm aktualisieren; "
            "zurück geht es nur mit einer Sicherung."
        )


def stored_version(database: Database) -> str | None:
    """Which migration was the last; None in an empty database."""
    try:
        with database.transaction() as tx:
            row = tx.one(_STORED)
    except Broken:
        return None
    return None if row is None else str(row[0])


def migrate(database: Database, to: str = HEAD) -> None:
    """Bring the tables to `HEAD`, or to an earlier form; at once when they are.

    Raises:
        NewerTables: they are beyond `HEAD`, or are wanted so.
        Unavailable: the database takes nothing at the moment.
    """
    stored = stored_version(database)
    newest = max(to, stored or to)
    if newest > HEAD:
        raise NewerTables(newest)
    if stored is None or stored < to:
        _upgrade(database, to)


def _upgrade(database: Database, to: str) -> None:
    from alembic import command  # noqa: PLC0415 - half a second that most starts need not spend
    from alembic.config import Config  # noqa: PLC0415 - the same

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("path_separator", "os")
    config.attributes["database"] = database
    with database.migrating() as connection:
        config.attributes["connection"] = connection
        if database.kind == POSTGRESQL:
            # Two replicas that start together: the second waits, then finds nothing to do.
            connection.execute(sa.select(sa.func.pg_advisory_lock(_LOCK)))
            connection.commit()
        try:
            command.upgrade(config, to)
        finally:
            if database.kind == POSTGRESQL:
                connection.rollback()
                connection.execute(sa.select(sa.func.pg_advisory_unlock(_LOCK)))
                connection.commit()

"""Databases with empty tables, quickly: the migrations run once for each kind, not once for each test."""

from __future__ import annotations

import shutil
from pathlib import Path

import sqlalchemy as sa

from bot.storage.database import Database
from bot.storage.migrations import migrate
from bot.storage.tables import metadata
from tests.postgres import PostgresServer


def _migrated(url: str) -> str:
    database = Database.open(url)
    migrate(database)
    database.close()
    return url


class Fresh:
    """Gives out addresses. On PostgreSQL it is the same database each time, emptied: for one test after the other."""

    def __init__(self, folder: Path) -> None:
        self._template = folder / "template.db"
        self._postgres: str | None = None

    def sqlite(self, path: Path) -> str:
        """A file of its own."""
        if not self._template.exists():
            _migrated(f"sqlite:///{self._template}")
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        shutil.copy(self._template, path)
        path.chmod(0o600)
        return f"sqlite:///{path}"

    def postgres(self, server: PostgresServer) -> str:
        """The shared one."""
        if self._postgres is None:
            self._postgres = _migrated(server.make_database())
        engine = sa.create_engine(self._postgres)
        names = ", ".join(table.name for table in metadata.sorted_tables)
        with engine.begin() as connection:
            connection.exec_driver_sql(f"TRUNCATE {names} RESTART IDENTITY CASCADE")
        engine.dispose()
        return self._postgres

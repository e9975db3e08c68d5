"""Empty databases for rigs: migrated once, then copied, so that a rig begins in milliseconds."""

from __future__ import annotations

import itertools
import shutil
from pathlib import Path
from typing import Final, Protocol

import psycopg

from bot.storage.database import Database
from bot.storage.migrations import migrate
from tests.postgres import PostgresServer


class Databases(Protocol):
    """Makes databases of one kind."""

    @property
    def kind(self) -> str:
        """`sqlite` or `postgresql`."""

    def bare(self, folder: Path) -> str:
        """The address of one without any table."""

    def migrated(self, folder: Path) -> str:
        """The address of one with all tables, empty."""


def _migrate(address: str) -> None:
    database = Database.open(address)
    try:
        migrate(database)
    finally:
        database.close()


class SqliteDatabases:
    """Files in the folder of the rig; `template`: a folder to keep the migrated one in."""

    kind: Final = "sqlite"

    def __init__(self, template: Path) -> None:
        self._template = template / "lotse.db"
        _migrate(f"sqlite:///{self._template}")

    def bare(self, folder: Path) -> str:
        """A file that is not there yet."""
        folder.mkdir(parents=True, exist_ok=True)
        return f"sqlite:///{folder / 'lotse.db'}"

    def migrated(self, folder: Path) -> str:
        """A copy of the template, which was closed cleanly and has no WAL."""
        address = self.bare(folder)
        shutil.copy(self._template, folder / "lotse.db")
        return address


class PostgresDatabases:
    """Databases of a server that the tests have started."""

    kind: Final = "postgresql"

    def __init__(self, server: PostgresServer) -> None:
        self.server = server
        self._template = server.make_database()
        self._numbers = itertools.count(1)
        _migrate(self._template)

    def bare(self, folder: Path) -> str:
        """A new one."""
        del folder
        return self.server.make_database()

    def migrated(self, folder: Path) -> str:
        """A copy of the template."""
        del folder
        template = self._template.split("@/")[1].split("?")[0]
        name = f"{template}_{next(self._numbers)}"
        with psycopg.connect(self.server.url("postgres", "postgresql"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}".encode())
        return self.server.url(name)

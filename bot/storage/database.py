"""Opens the database, and runs transactions on its one writing connection.

SQLite: exactly one process writes (a lock file held by `flock`), on exactly one connection: SQLite before 3.51.3 can
damage a database in WAL mode when two connections write and checkpoint at the same instant
(https://sqlite.org/wal.html, "The WAL-Reset Bug"). WAL with `synchronous=FULL`: a commit is on the disk before it
returns. The checkpoint is kept off the commit path: `checkpoint` is called in idle moments.

PostgreSQL: one session for the ledger, whose session locks say that this process lives, and a pool for the rest.

Errors carry no SQL parameters and no text of the database: see `bot.storage.errors`.
"""

from __future__ import annotations

import errno
import fcntl
import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final, Self

import sqlalchemy as sa
from sqlalchemy.engine import URL, make_url
from sqlalchemy.pool import QueuePool

from bot.storage.errors import Broken, Conflict, DatabaseError, Unavailable, translated
from bot.storage.statements import POSTGRESQL, SQLITE
from bot.storage.transaction import PostgresqlTransaction, SqliteTransaction, Transaction

__all__ = ["Broken", "Conflict", "Database", "DatabaseError", "DatabaseHeld", "Transaction", "Unavailable"]

BUSY_SECONDS: Final = 5.0
"""How long SQLite waits for a lock before it says so; the ledger then waits and tries again."""

SQLITE_VERSION: Final = sqlite3.sqlite_version
"""Of the library that this Python is linked with, for `lotse doctor`."""

MOST_LEFT: Final = 16 << 20
"""Bytes of WAL that a process may leave without being brought in by the next one before it begins."""

SQLITE_SETTINGS: Final = {
    "journal_mode": "WAL",
    "synchronous": "FULL",
    "foreign_keys": "ON",
    "busy_timeout": str(int(BUSY_SECONDS * 1000)),
    "secure_delete": "ON",
    "trusted_schema": "OFF",
    "wal_autocheckpoint": "0",  # `checkpoint` is called in idle moments instead
    "temp_store": "MEMORY",  # no temporary files to forget about
    "cache_size": "-8192",  # 8 MiB: the inner pages of the indexes of a million conversations
}

_POSTGRESQL_SETTINGS: Final[dict[str, Any]] = {
    "connect_timeout": 5,
    # A dead network is noticed within about ten seconds.
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "options": "-c synchronous_commit=on -c idle_in_transaction_session_timeout=60000",
}


class DatabaseHeld(Exception):
    """Another process writes to this database."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path}: Ein anderer Lotse schreibt schon in diese Datenbank. Bitte über ihn gehen (`lotse talk` tut das "
            "von selbst) oder ihn beenden."
        )


class Database:
    """The ledger's database. One thread at a time; others wait (`guard`)."""

    def __init__(self, url: URL, *, read_only: bool = False) -> None:
        self.kind = SQLITE if url.get_backend_name() == SQLITE else POSTGRESQL
        self.read_only = read_only
        self.guard: Final = threading.RLock()
        self.sessions = 0
        """How often a writing session was opened: whoever holds something by session looks whether it changed."""
        self._url = url
        self._lock: int | None = None
        self.counters: Final[dict[str, int]] = {}
        """Last numbers given out in this session; on SQLite nobody else gives out any."""
        self._session: Any = None
        self._shared: sa.Connection | None = None
        self._transaction = SqliteTransaction if self.kind == SQLITE else PostgresqlTransaction
        self.engine = self._make_sqlite() if self.kind == SQLITE else self._make_postgresql()

    @classmethod
    def open(cls, url: str, *, read_only: bool = False) -> Self:
        """Open, lock for writing unless `read_only`, and connect. The tables are `migrations.migrate`'s.

        Raises:
            DatabaseHeld: another process writes to it.
            Unavailable: it cannot be opened.
        """
        database = cls(make_url(url), read_only=read_only)
        try:
            database._hold()
            with database.guard:
                database.connect()
            database._tidy()
        except BaseException:
            database.close()
            raise
        return database

    @property
    def path(self) -> Path | None:
        """The file of SQLite; None in memory and on PostgreSQL."""
        name = self._url.database
        return Path(name) if self.kind == SQLITE and name and name != ":memory:" else None

    @property
    def connected(self) -> bool:
        """Whether the writing session stands; if not, the next transaction opens another, with none of its locks."""
        return self._session is not None

    def __repr__(self) -> str:
        return f"Database({self.kind})"

    # --- opening

    def _make_sqlite(self) -> sa.Engine:
        url = self._url
        if self.path is not None and self.read_only:
            url = url.set(database=f"file:{self.path}", query={"mode": "ro", "uri": "true"})
        engine = sa.create_engine(
            url,
            hide_parameters=True,
            poolclass=QueuePool,
            pool_size=1,
            max_overflow=0,
            connect_args={"check_same_thread": False, "timeout": BUSY_SECONDS, "cached_statements": 256},
        )

        @sa.event.listens_for(engine, "connect")
        def connect(connection: sqlite3.Connection, _record: object) -> None:
            # Python's own transaction handling does not begin for SELECT and DDL.
            connection.isolation_level = None
            for name, value in SQLITE_SETTINGS.items():
                if not (self.read_only and name in {"journal_mode", "secure_delete", "wal_autocheckpoint"}):
                    connection.execute(f"PRAGMA {name}={value}")

        @sa.event.listens_for(engine, "begin")
        def begin(connection: sa.Connection) -> None:
            connection.exec_driver_sql("BEGIN" if self.read_only else "BEGIN IMMEDIATE")

        return engine

    def _make_postgresql(self) -> sa.Engine:
        return sa.create_engine(
            self._url,
            hide_parameters=True,
            pool_size=1,
            max_overflow=1,
            pool_pre_ping=True,
            connect_args=_POSTGRESQL_SETTINGS,
        )

    def _hold(self) -> None:
        """Take the lock file and see to the rights of folder and files."""
        if self.path is None or self.read_only:
            return
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._lock = os.open(
                self.path.with_name(f"{self.path.name}.lock"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600
            )
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            # SQLite gives the WAL the rights of the database.
            os.close(os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
            self.path.chmod(0o600)
        except BlockingIOError:
            raise DatabaseHeld(self.path) from None
        except OSError as error:  # read-only, full, not ours: as when SQLite itself finds it so
            raise Unavailable(errno.errorcode.get(error.errno or 0, "EIO")) from None

    def connect(self) -> Any:  # noqa: ANN401 - either driver's connection
        """The driver's connection, opened when there is none; for `Transaction` only."""
        if self._session is None:
            try:
                if self.kind == SQLITE:
                    self._shared = self.engine.connect()
                    self._session = self._shared.connection.driver_connection
                else:
                    arguments, named = self.engine.dialect.create_connect_args(self._url)
                    # Not from the pool: nobody else is to get it back, with its locks.
                    self._session = self.engine.dialect.loaded_dbapi.connect(
                        *arguments, **named, **_POSTGRESQL_SETTINGS, autocommit=True
                    )
            except sa.exc.DBAPIError as error:
                raise translated(error.orig or error) from None
            except Exception as error:  # noqa: BLE001 - every driver has its own
                raise translated(error) from None
            self.sessions += 1
        return self._session

    def close(self) -> None:
        """Close the connections and let go of the lock."""
        with self.guard:
            self._drop_session()
            self.engine.dispose()
            if self._lock is not None:
                os.close(self._lock)
                self._lock = None

    def _drop_session(self) -> None:
        self.counters.clear()
        session, self._session = self._session, None
        shared, self._shared = self._shared, None
        if shared is not None:
            shared.close()
        elif session is not None:
            session.close()

    # --- transactions

    def transaction(self) -> Transaction:
        """A transaction of the ledger, on the writing connection."""
        return self._transaction(self)

    def abandon(self) -> None:
        """Roll back what was begun; a lost session is opened anew next time. For `Transaction` only."""
        session = self._session
        if session is None:
            return
        try:
            if self.kind == SQLITE:
                if session.in_transaction:
                    session.execute("ROLLBACK")
            elif session.closed:
                self._drop_session()
            else:
                session.execute("ROLLBACK")
        except Exception:  # noqa: BLE001 - whatever it was, a fresh session is the cure
            self._drop_session()

    @contextmanager
    def core(self) -> Iterator[sa.Connection]:
        """A transaction in SQLAlchemy Core, for what is rare: migrations, reports, commands.

        Raises:
            Unavailable, Conflict, Broken: nothing was written.
        """
        with self.guard:
            try:
                if self.kind == SQLITE:
                    self.connect()
                    assert self._shared is not None  # noqa: S101 - SQLite's session is this connection's
                    with self._shared.begin():
                        yield self._shared
                else:
                    with self.engine.begin() as connection:
                        yield connection
            except sa.exc.DBAPIError as error:
                raise translated(error.orig or error) from None

    @contextmanager
    def snapshot(self) -> Iterator[sa.Connection]:
        """A connection that sees the rows as they stand now, however long it looks; others go on writing.

        On SQLite of a database that is `read_only`: the writing connection has better things to do.

        Raises:
            Unavailable: it cannot be read at the moment.
        """
        if self.kind == SQLITE:
            with self.core() as connection:
                yield connection
            return
        try:
            with self.engine.connect().execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            ) as connection:
                yield connection
        except sa.exc.DBAPIError as error:
            raise translated(error.orig or error) from None

    @contextmanager
    def migrating(self) -> Iterator[sa.Connection]:
        """A connection of SQLAlchemy without a transaction, for migrations: each of them begins its own."""
        with self.guard:
            try:
                if self.kind == SQLITE:
                    self.connect()
                    assert self._shared is not None  # noqa: S101 - SQLite's session is this connection's
                    yield self._shared
                else:
                    with self.engine.connect() as connection:
                        yield connection
            except sa.exc.DBAPIError as error:
                raise translated(error.orig or error) from None

    # --- upkeep

    def _tidy(self) -> None:
        """Bring in what a process has left that was killed again and again before it could rest."""
        if self.path is None or self.read_only:
            return
        log = self.path.with_name(f"{self.path.name}-wal")
        if log.exists() and log.stat().st_size >= MOST_LEFT:
            with suppress(Unavailable):  # a full disk is told of when something is written
                self.checkpoint(truncate=True)

    @property
    def changes(self) -> int:
        """Rows changed since this session began: a measure of how much the WAL has grown. 0 on PostgreSQL."""
        session = self._session
        return session.total_changes if self.kind == SQLITE and session is not None else 0

    def checkpoint(self, *, truncate: bool = False) -> None:
        """Bring the WAL into the database; with `truncate` empty it, so that nothing forgotten is left in it.

        Raises:
            Unavailable: not possible at the moment.
        """
        if self.kind != SQLITE or self.read_only:
            return
        with self.guard:
            try:
                self.connect().execute(f"PRAGMA wal_checkpoint({'TRUNCATE' if truncate else 'PASSIVE'})").fetchall()
            except sqlite3.Error as error:
                raise translated(error) from None

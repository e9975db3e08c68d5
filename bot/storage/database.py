"""Opens the database, and runs transactions on its one writing connection.

SQLite: exactly one process writes (a lock file held by `flock`), on exactly one connection: SQLite before 3.51.3 can
damage a database in WAL mode when two connections write and checkpoint at the same instant
(https://sqlite.org/wal.html, "The WAL-Reset Bug"). WAL with `synchronous=FULL`: a commit is on the disk before it
returns. The checkpoint is kept off the commit path: `checkpoint` is called in idle moments.

PostgreSQL: one session for the ledger, whose session locks say that this process lives, and a pool for the rest.

Errors carry no SQL parameters and no text of the database: `Unavailable`, `Conflict`, `Broken`.
"""

from __future__ import annotations

import errno
import fcntl
import os
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

import sqlalchemy as sa
from sqlalchemy.engine import URL, make_url
from sqlalchemy.pool import QueuePool

from bot.storage.statements import POSTGRESQL, SQLITE, Each, Lookup, Row, Statement

BUSY_SECONDS: Final = 5.0
"""How long SQLite waits for a lock before it says so; the ledger then waits and tries again."""

SQLITE_VERSION: Final = sqlite3.sqlite_version
"""Of the library that this Python is linked with, for `lotse doctor`."""

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

# Result codes of SQLite that pass by themselves or by an operator's hand (https://sqlite.org/rescode.html).
_PASSING: Final = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_INTERRUPT,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PROTOCOL,
        sqlite3.SQLITE_NOTADB,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_AUTH,
    }
)

# SQLSTATE classes of PostgreSQL: connection, transaction rollback (deadlock), resources, operator intervention, system.
_PASSING_CLASSES: Final = frozenset({"08", "25", "40", "53", "57", "58"})


class DatabaseError(Exception):
    """Something went wrong in the database. `code`: its result code, never its words."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Unavailable(DatabaseError):
    """It takes nothing at the moment: locked, full, read-only, gone. Nothing of the transaction counts; try again.

    When a connection is lost during the commit itself, whether it counts is not known: every writer of the ledger may
    be run again.
    """


class Conflict(DatabaseError):
    """A constraint was violated."""


class Broken(DatabaseError):
    """The statement does not fit the tables: a mistake in the program, or tables of another version."""


class DatabaseHeld(Exception):
    """Another process writes to this database."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path}: Ein anderer Lotse schreibt schon in diese Datenbank. Bitte über ihn gehen (`lotse talk` tut das "
            "von selbst) oder ihn beenden."
        )


class Transaction:
    """One transaction on the writing connection: `with database.transaction() as tx`. Commits at the end of the block.

    Raises, at the end of the block or inside:
        Unavailable, Conflict, Broken: nothing was written.
    """

    __slots__ = ("_database", "_execute", "_executemany", "counters", "database")

    def __init__(self, database: Database) -> None:
        self._database = database
        self.counters = database.counters
        self.database = database.kind

    def __enter__(self) -> Self:
        self._database.guard.acquire()
        try:
            self._execute, self._executemany = self._database.begin()
        except BaseException:
            self._database.guard.release()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        try:
            if error is None:
                try:
                    self._execute("COMMIT")
                except Exception as failure:  # noqa: BLE001 - every driver has its own
                    self._database.abandon()
                    raise _translated(failure) from None
            else:
                self._database.abandon()
                translated = _translated(error)
                if translated is not error:
                    raise translated from None
        finally:
            self._database.guard.release()

    def all(self, statement: Statement, **values: object) -> list[Row]:
        """All rows of a query."""
        sql, names, constants = statement.compiled(self.database)
        bound = {**constants, **values} if constants else values
        rows: list[Row] = self._execute(sql, [bound[name] for name in names]).fetchall()
        return rows

    def one(self, statement: Statement, **values: object) -> Row | None:
        """The first row of a query, None when there is none."""
        rows = self.all(statement, **values)
        return rows[0] if rows else None

    def run(self, statement: Statement, **values: object) -> int:
        """Change rows; says how many were changed."""
        sql, names, constants = statement.compiled(self.database)
        bound = {**constants, **values} if constants else values
        changed: int = self._execute(sql, [bound[name] for name in names]).rowcount
        return changed

    def each(self, statement: Each, rows: Sequence[Row]) -> int:
        """Run the statement for each row; says how many rows of the table were changed."""
        if not rows:
            return 0
        sql, order = statement.compiled(self.database)
        if order is not None:
            rows = [tuple(row[place] for place in order) for row in rows]
        if self.database == SQLITE:
            changed: int = self._executemany(sql, rows).rowcount
        else:
            changed = self._execute(sql, [list(column) for column in zip(*rows, strict=True)]).rowcount
        return changed

    def look_up(self, lookup: Lookup, keys: Sequence[object]) -> list[Row]:
        """The rows with these keys, in no order."""
        if not keys:
            return []
        sql = lookup.compiled(self.database)
        if self.database == SQLITE:
            execute = self._execute
            return [row for key in keys for row in execute(sql, (key,))]
        rows: list[Row] = self._execute(sql, (list(keys),)).fetchall()
        return rows


def _translated(error: BaseException) -> BaseException:
    """What a driver raised, without its words; anything else as it is."""
    if isinstance(error, sqlite3.Error):
        code: int = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
        name = getattr(error, "sqlite_errorname", type(error).__name__)
        if code & 0xFF in _PASSING:
            return Unavailable(name)
        return Conflict(name) if isinstance(error, sqlite3.IntegrityError) else Broken(name)
    if type(error).__module__.startswith("psycopg"):
        state = str(getattr(error, "sqlstate", None) or "")
        names = {kind.__name__ for kind in type(error).__mro__}
        if state[:2] in _PASSING_CLASSES or (not state and names & {"OperationalError", "InterfaceError"}):
            return Unavailable(state or type(error).__name__)
        return (Conflict if "IntegrityError" in names else Broken)(state or type(error).__name__)
    return error


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
                database._connect()
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

    def _connect(self) -> Any:  # noqa: ANN401 - either driver's connection
        """The driver's connection, opened when there is none."""
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
                raise _translated(error.orig or error) from None
            except Exception as error:  # noqa: BLE001 - every driver has its own
                raise _translated(error) from None
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
        return Transaction(self)

    def begin(self) -> tuple[Any, Any]:
        """Begin on the writing connection; for `Transaction` only."""
        try:
            session = self._connect()
            if self.kind == SQLITE:
                session.execute("BEGIN" if self.read_only else "BEGIN IMMEDIATE")
                return session.execute, session.executemany
            cursor = session.cursor(binary=True)
            cursor.execute("BEGIN")
        except DatabaseError:
            raise
        except Exception as error:  # noqa: BLE001 - every driver has its own
            self.abandon()
            raise _translated(error) from None
        return cursor.execute, cursor.executemany

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
                    self._connect()
                    assert self._shared is not None  # noqa: S101 - SQLite's session is this connection's
                    with self._shared.begin():
                        yield self._shared
                else:
                    with self.engine.begin() as connection:
                        yield connection
            except sa.exc.DBAPIError as error:
                raise _translated(error.orig or error) from None

    @contextmanager
    def migrating(self) -> Iterator[sa.Connection]:
        """A connection of SQLAlchemy without a transaction, for migrations: each of them begins its own."""
        with self.guard:
            try:
                if self.kind == SQLITE:
                    self._connect()
                    assert self._shared is not None  # noqa: S101 - SQLite's session is this connection's
                    yield self._shared
                else:
                    with self.engine.connect() as connection:
                        yield connection
            except sa.exc.DBAPIError as error:
                raise _translated(error.orig or error) from None

    # --- upkeep

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
                self._connect().execute(f"PRAGMA wal_checkpoint({'TRUNCATE' if truncate else 'PASSIVE'})").fetchall()
            except sqlite3.Error as error:
                raise _translated(error) from None

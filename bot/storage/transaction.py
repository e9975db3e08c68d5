"""Transactions of the ledger on the writing connection, one class for each database.

Both run the statements of `bot.storage.statements`. What only changes rows says how many when it is asked (`Count`):
SQLite knows at once; PostgreSQL gets such statements without being waited for, and answers them together with the next
query or the commit, so that a turn costs three round trips and not one for each statement.
"""

from __future__ import annotations

import contextlib
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any, ClassVar, Self

from bot.storage.errors import translated
from bot.storage.statements import ARRAYS, POSTGRESQL, ROW, SQLITE, Each, Lookup, Row, Statement

if TYPE_CHECKING:
    from bot.storage.database import Database

Session = Any
"""The connection of either driver."""

Cursor = Any
"""The cursor of either driver."""

Count = Callable[[], int]
"""How many rows were changed; may wait for the database."""


def _none() -> int:
    return 0


class Transaction(ABC):
    """One transaction: `with database.transaction() as tx`. Commits at the end of the block.

    Raises, at the end of the block or inside:
        Unavailable, Conflict, Broken: nothing was written.
    """

    __slots__ = ("_database", "counters")

    database: ClassVar[str]

    def __init__(self, database: Database) -> None:
        self._database = database
        self.counters = database.counters

    def __enter__(self) -> Self:
        self._database.guard.acquire()
        try:
            self._begin(self._database.connect())
        except BaseException as error:  # noqa: BLE001 - it is raised again, without its words
            self._failed(error)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if error is None:
            try:
                self._commit()
            except BaseException as failure:  # noqa: BLE001 - it is raised again, without its words
                self._failed(failure)
            self._database.guard.release()
        else:
            self._failed(error)

    def _failed(self, error: BaseException) -> None:
        """Roll back, and raise what it was without the driver's words."""
        try:
            self._abandon()
            self._database.abandon()
        finally:
            self._database.guard.release()
        found = translated(error)
        if found is error:
            raise error
        raise found from None

    @abstractmethod
    def _begin(self, session: Session) -> None:
        """Begin."""

    @abstractmethod
    def _commit(self) -> None:
        """Commit."""

    @abstractmethod
    def _abandon(self) -> None:
        """Let go of what the transaction holds besides the session."""

    @abstractmethod
    def _run(self, sql: str, values: Sequence[object]) -> Cursor:
        """Execute."""

    def all(self, statement: Statement, **values: object) -> list[Row]:
        """All rows of a query."""
        sql, names, constants = statement.compiled(self.database)
        bound = {**constants, **values} if constants else values
        rows: list[Row] = self._run(sql, [bound[name] for name in names]).fetchall()
        return rows

    def one(self, statement: Statement, **values: object) -> Row | None:
        """The first row of a query, None when there is none."""
        rows = self.all(statement, **values)
        return rows[0] if rows else None

    def run(self, statement: Statement, **values: object) -> Count:
        """Change rows."""
        sql, names, constants = statement.compiled(self.database)
        bound = {**constants, **values} if constants else values
        return self._counted(self._run(sql, [bound[name] for name in names]))

    @abstractmethod
    def _counted(self, cursor: Cursor) -> Count:
        """How many rows that statement has changed."""

    @abstractmethod
    def each(self, statement: Each, rows: Sequence[Row]) -> Count:
        """Run the statement for each row."""

    @abstractmethod
    def look_up(self, lookup: Lookup, keys: Sequence[object]) -> list[Row]:
        """The rows with these keys, in no order."""


class SqliteTransaction(Transaction):
    """On SQLite: the write lock is taken at the beginning."""

    __slots__ = ("_execute", "_executemany")

    database = SQLITE

    def _begin(self, session: Session) -> None:
        self._execute, self._executemany = session.execute, session.executemany
        self._execute("BEGIN" if self._database.read_only else "BEGIN IMMEDIATE")

    def _commit(self) -> None:
        self._execute("COMMIT")

    def _abandon(self) -> None:
        pass

    def _run(self, sql: str, values: Sequence[object]) -> Cursor:
        return self._execute(sql, values)

    def _counted(self, cursor: Cursor) -> Count:
        changed: int = cursor.rowcount
        return lambda: changed

    def each(self, statement: Each, rows: Sequence[Row]) -> Count:
        """Run the statement for each row, inside the library."""
        if not rows:
            return _none
        sql, order = statement.compiled(SQLITE)
        if order is not None:
            rows = [tuple(row[place] for place in order) for row in rows]
        changed: int = self._executemany(sql, rows).rowcount
        return lambda: changed

    def look_up(self, lookup: Lookup, keys: Sequence[object]) -> list[Row]:
        """Seek each key."""
        sql, execute = lookup.compiled(SQLITE), self._execute
        return [row for key in keys for row in execute(sql, (key,))]


class PostgresqlTransaction(Transaction):
    """On PostgreSQL: in pipeline mode, so that statements are sent without waiting for the answers to those before."""

    __slots__ = ("_context", "_pipeline", "_session")

    database = POSTGRESQL

    def _begin(self, session: Session) -> None:
        self._session = session
        self._context: Any = session.pipeline()
        self._pipeline = self._context.__enter__()
        self._run("BEGIN", ())

    def _commit(self) -> None:
        self._run("COMMIT", ())
        context, self._context = self._context, None
        context.__exit__(None, None, None)

    def _abandon(self) -> None:
        context, self._context = getattr(self, "_context", None), None
        if context is not None:
            # What is left in it fails as the first did.
            with contextlib.suppress(Exception):
                context.__exit__(None, None, None)

    def _run(self, sql: str, values: Sequence[object]) -> Cursor:
        # A cursor of its own: the answers to several statements are on their way at once.
        return self._session.cursor(binary=True).execute(sql, values)

    def _counted(self, cursor: Cursor) -> Count:
        def count() -> int:
            if cursor.rowcount < 0:
                self._pipeline.sync()
            changed: int = cursor.rowcount
            return changed

        return count

    def each(self, statement: Each, rows: Sequence[Row]) -> Count:
        """Send all rows as arrays, in one statement; a single row as it is."""
        if not rows:
            return _none
        alone = len(rows) == 1
        sql, order = statement.compiled(POSTGRESQL, ROW if alone else ARRAYS)
        if order is not None:
            rows = [tuple(row[place] for place in order) for row in rows]
        values = rows[0] if alone else [list(column) for column in zip(*rows, strict=True)]
        return self._counted(self._run(sql, values))

    def look_up(self, lookup: Lookup, keys: Sequence[object]) -> list[Row]:
        """Compare with an array."""
        if not keys:
            return []
        form, values = (ROW, keys) if len(keys) == 1 else (ARRAYS, (list(keys),))
        rows: list[Row] = self._run(lookup.compiled(POSTGRESQL, form), values).fetchall()
        return rows

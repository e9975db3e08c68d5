"""What can go wrong in the database: errors that carry no SQL parameters and none of the drivers' words."""

from __future__ import annotations

import sqlite3
from typing import Final

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


def translated(error: BaseException) -> BaseException:
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

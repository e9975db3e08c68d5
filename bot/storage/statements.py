"""SQL written once in SQLAlchemy Core, run by the driver.

Core's own execution costs 15 to 40 us a statement, more than SQLite needs for it (docs/performance.md); so each
statement is compiled at its first use for each database and then handed to the driver as text. Three shapes:

* `Statement`: one execution with named parameters.
* `Each`: the same statement for many rows. SQLite runs it row by row inside the library (`executemany`); PostgreSQL
  gets the rows as arrays in one statement (`unnest`), which costs it one round trip.
* `Lookup`: rows by a list of keys; SQLite seeks each key, PostgreSQL compares with an array.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.sql.compiler import SQLCompiler

Row = tuple[Any, ...]

POSTGRESQL: Final = "postgresql"
SQLITE: Final = "sqlite"

_dialects: Final[dict[str, Dialect]] = {
    SQLITE: sqlite.dialect(),
    POSTGRESQL: PGDialect_psycopg(paramstyle="format"),  # type: ignore[no-untyped-call]
}


def literal(value: int) -> sa.ColumnElement[int]:
    """A number in the SQL itself: SQLite uses a partial index only where the query repeats its condition."""
    return sa.literal_column(str(int(value)), sa.Integer)


class Statement:
    """One statement with named parameters (`sa.bindparam`)."""

    def __init__(self, clause: sa.Executable) -> None:
        self._clause = clause
        self._compiled: dict[str, tuple[str, tuple[str, ...], dict[str, Any]]] = {}

    def compiled(self, database: str) -> tuple[str, tuple[str, ...], dict[str, Any]]:
        """The SQL, the names of its parameters in order, and the values of those that are constant."""
        found = self._compiled.get(database)
        if found is None:
            found = self._compiled[database] = _compile(self._clause, database)
        return found


class Each:
    """A statement for many rows; a row is a tuple in the order of `columns`."""

    def __init__(self, columns: Sequence[str], by_row: sa.Executable, by_array: sa.Executable) -> None:
        self.columns = tuple(columns)
        self._clauses = {SQLITE: by_row, POSTGRESQL: by_array}
        self._compiled: dict[str, tuple[str, tuple[int, ...] | None]] = {}

    def compiled(self, database: str) -> tuple[str, tuple[int, ...] | None]:
        """The SQL, and the order in which it wants a row's values (None: as they come)."""
        found = self._compiled.get(database)
        if found is None:
            sql, names, constants = _compile(self._clauses[database], database)
            if constants:
                raise TypeError("a statement for many rows takes all its values from the rows")
            order = tuple(self.columns.index(name) for name in names)
            found = self._compiled[database] = (sql, None if order == tuple(range(len(self.columns))) else order)
        return found


class Lookup:
    """Rows by many keys."""

    def __init__(self, clause: sa.Select[Any], key: sa.Column[Any]) -> None:
        one = clause.where(key == sa.bindparam("key", type_=key.type))
        many = clause.where(key == sa.func.any(sa.bindparam("key", type_=postgresql.ARRAY(key.type))))
        self._clauses = {SQLITE: one, POSTGRESQL: many}
        self._compiled: dict[str, str] = {}

    def compiled(self, database: str) -> str:
        """The SQL; its only parameter is the key, on PostgreSQL the list of keys."""
        found = self._compiled.get(database)
        if found is None:
            sql, names, constants = _compile(self._clauses[database], database)
            if constants or names != ("key",):
                raise TypeError("a lookup takes its key and nothing else")
            found = self._compiled[database] = sql
        return found


def insert_each(table: sa.Table, *columns: str, ignore: bool = False) -> Each:
    """Insert many rows; with `ignore`, those that a constraint calls repeats are left out."""
    on_sqlite = sqlite.insert(table).values({name: sa.bindparam(name) for name in columns})
    on_postgresql = postgresql.insert(table).from_select(columns, sa.select(*_given(table, columns)))
    if ignore:
        return Each(columns, on_sqlite.on_conflict_do_nothing(), on_postgresql.on_conflict_do_nothing())
    return Each(columns, on_sqlite, on_postgresql)


def insert_each_unless(there: sa.Column[Any], table: sa.Table, *columns: str) -> Each:
    """As `insert_each(ignore=True)`, but rows whose value already stands in another table are left out as well.

    A row ends with that value, once more if it is one of the columns.
    """
    names = (*columns, "unless")
    types = [*(table.c[name].type for name in columns), there.type]
    one = [sa.bindparam(name, type_=type_) for name, type_ in zip(names, types, strict=True)]
    many = _arrays(types, names)
    by_row = sqlite.insert(table).from_select(columns, sa.select(*one[:-1]).where(~sa.exists().where(there == one[-1])))
    by_array = postgresql.insert(table).from_select(
        columns, sa.select(*many[:-1]).where(~sa.exists().where(there == many[-1]))
    )
    return Each(names, by_row.on_conflict_do_nothing(), by_array.on_conflict_do_nothing())


def upsert_each(
    table: sa.Table,
    keys: Sequence[str],
    columns: Sequence[str],
    change: Callable[[Any], dict[str, Any]] | None = None,
) -> Each:
    """Insert many rows of `columns`; where their `keys` are there already, `change(new)` replaces the old.

    Without `change`, all columns but the keys are replaced.
    """
    on_sqlite = sqlite.insert(table).values({name: sa.bindparam(name) for name in columns})
    on_postgresql = postgresql.insert(table).from_select(columns, sa.select(*_given(table, columns)))

    def changes(new: Any) -> dict[str, Any]:  # noqa: ANN401 - the two dialects share no type
        return change(new) if change else {name: new[name] for name in columns if name not in keys}

    return Each(
        columns,
        on_sqlite.on_conflict_do_update(index_elements=list(keys), set_=changes(on_sqlite.excluded)),
        on_postgresql.on_conflict_do_update(index_elements=list(keys), set_=changes(on_postgresql.excluded)),
    )


def update_each(
    table: sa.Table, changes: Sequence[str], keys: Sequence[str], *conditions: sa.ColumnElement[bool], bump: str = ""
) -> Each:
    """Set `changes` in the rows with these `keys` that meet `conditions`; `bump` names a column to count up.

    The count of rows that it gives says whether all were found.
    """
    columns = (*changes, *keys)
    # A column may be both set and looked for; SQLAlchemy keeps the plain names for itself.
    binds = (*(f"new_{name}" for name in changes), *(f"key_{name}" for name in keys))
    counted = {bump: table.c[bump] + literal(1)} if bump else {}

    def update(values: Mapping[str, sa.ColumnElement[Any]]) -> sa.Update:
        new = {table.c[name]: values[f"new_{name}"] for name in changes}
        found = (table.c[name] == values[f"key_{name}"] for name in keys)
        return sa.update(table).values({**new, **counted}).where(*found, *conditions)

    by_row = update({bind: sa.bindparam(bind) for bind in binds})
    by_array = update(dict(zip(binds, _given(table, columns, binds), strict=True)))
    return Each(binds, by_row, by_array)


def delete_each(table: sa.Table, *keys: str) -> Each:
    """Delete the rows with these keys."""
    by_row = sa.delete(table).where(*(table.c[key] == sa.bindparam(key) for key in keys))
    given = _given(table, keys)
    by_array = sa.delete(table).where(*(table.c[key] == value for key, value in zip(keys, given, strict=True)))
    return Each(keys, by_row, by_array)


def _given(table: sa.Table, columns: Sequence[str], binds: Sequence[str] = ()) -> list[sa.ColumnElement[Any]]:
    """The rows as PostgreSQL gets them, named as the columns or as `binds`."""
    return _arrays([table.c[column].type for column in columns], binds or columns)


def _arrays(types: Sequence[Any], names: Sequence[str]) -> list[sa.ColumnElement[Any]]:
    """One array per column, side by side."""
    arrays = [sa.bindparam(name, type_=postgresql.ARRAY(type_)) for name, type_ in zip(names, types, strict=True)]
    shapes = [sa.column(name, type_) for name, type_ in zip(names, types, strict=True)]
    return list(sa.func.unnest(*arrays).table_valued(*shapes, name="given").render_derived().c)


def _compile(clause: sa.Executable, database: str) -> tuple[str, tuple[str, ...], dict[str, Any]]:
    compiled = clause.compile(dialect=_dialects[database])  # type: ignore[attr-defined]
    if not isinstance(compiled, SQLCompiler):
        raise TypeError("not a statement")
    names = tuple(compiled.positiontup or ())
    constants = {name: value for name, value in compiled.params.items() if value is not None and name in names}
    return str(compiled), names, constants

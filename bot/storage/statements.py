"""SQL written once in SQLAlchemy Core, run by the driver.

Core's own execution costs 15 to 40 us a statement, more than SQLite needs for it (docs/performance.md); so each
statement is compiled at its first use for each database and then handed to the driver as text. Three shapes:

* `Statement`: one execution with named parameters.
* `Each`: the same statement for many rows. SQLite runs it row by row inside the library (`executemany`); PostgreSQL
  gets the rows as arrays in one statement (`unnest`), which costs it one round trip. A single row goes as it is: making
  thirteen arrays of one value each takes longer than all else that is done for it.
* `Lookup`: rows by a list of keys; SQLite seeks each key, PostgreSQL compares with an array where there are several.
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


ROW: Final = "row"
"""The form of an `Each` that takes one row at a time."""

ARRAYS: Final = "arrays"
"""The form that takes all rows as one array for each column."""

Form = tuple[str, tuple[int, ...] | None]
"""SQL, and the order in which it wants a row's values (None: as they come)."""


class Each:
    """A statement for many rows; a row is a tuple in the order of `columns`.

    `by_row`: for each database; `by_array`: for PostgreSQL.
    """

    def __init__(self, columns: Sequence[str], by_row: Mapping[str, sa.Executable], by_array: sa.Executable) -> None:
        self.columns = tuple(columns)
        self._clauses = {(database, ROW): clause for database, clause in by_row.items()} | {
            (POSTGRESQL, ARRAYS): by_array
        }
        self._compiled: dict[tuple[str, str], Form] = {}

    def compiled(self, database: str, form: str = ROW) -> Form:
        """The SQL, and the order in which it wants a row's values (None: as they come)."""
        found = self._compiled.get((database, form))
        if found is None:
            sql, names, constants = _compile(self._clauses[database, form], database)
            if constants:
                raise TypeError("a statement for many rows takes all its values from the rows")
            order = tuple(self.columns.index(name) for name in names)
            if form == ARRAYS:
                sql = _in_binary(sql)
            found = (sql, None if order == tuple(range(len(self.columns))) else order)
            self._compiled[database, form] = found
        return found


class Lookup:
    """Rows by many keys."""

    def __init__(self, clause: sa.Select[Any], key: sa.Column[Any]) -> None:
        one = clause.where(key == sa.bindparam("key", type_=key.type))
        many = clause.where(key == sa.func.any(sa.bindparam("key", type_=postgresql.ARRAY(key.type))))
        self._clauses = {ROW: one, ARRAYS: many}
        self._compiled: dict[tuple[str, str], str] = {}

    def compiled(self, database: str, form: str = ROW) -> str:
        """The SQL; its only parameter is the key, in the form `ARRAYS` (PostgreSQL) the list of keys."""
        found = self._compiled.get((database, form))
        if found is None:
            sql, names, constants = _compile(self._clauses[form], database)
            if constants or names != ("key",):
                raise TypeError("a lookup takes its key and nothing else")
            found = self._compiled[database, form] = _in_binary(sql) if form == ARRAYS else sql
        return found


def insert_each(table: sa.Table, *columns: str, ignore: bool = False) -> Each:
    """Insert many rows; with `ignore`, those that a constraint calls repeats are left out."""
    by_row = _insert_row(table, columns)
    by_array = postgresql.insert(table).from_select(columns, sa.select(*_given(table, columns)))
    if ignore:
        return Each(
            columns,
            {database: clause.on_conflict_do_nothing() for database, clause in by_row.items()},
            by_array.on_conflict_do_nothing(),
        )
    return Each(columns, by_row, by_array)


def insert_each_unless(there: sa.Column[Any], table: sa.Table, *columns: str) -> Each:
    """As `insert_each(ignore=True)`, but rows whose value already stands in another table are left out as well.

    A row ends with that value, once more if it is one of the columns.
    """
    names = (*columns, "unless")
    types = [*(table.c[name].type for name in columns), there.type]
    one = [sa.bindparam(name, type_=type_) for name, type_ in zip(names, types, strict=True)]
    many = _arrays(types, names)

    def insert(into: Any, values: Sequence[sa.ColumnElement[Any]]) -> sa.Executable:  # noqa: ANN401 - see `upsert_each`
        select = sa.select(*values[:-1]).where(~sa.exists().where(there == values[-1]))
        clause: sa.Executable = into.from_select(columns, select).on_conflict_do_nothing()
        return clause

    by_row = {SQLITE: insert(sqlite.insert(table), one), POSTGRESQL: insert(postgresql.insert(table), one)}
    return Each(names, by_row, insert(postgresql.insert(table), many))


def upsert_each(
    table: sa.Table,
    keys: Sequence[str],
    columns: Sequence[str],
    change: Callable[[Any], dict[str, Any]] | None = None,
) -> Each:
    """Insert many rows of `columns`; where their `keys` are there already, `change(new)` replaces the old.

    Without `change`, all columns but the keys are replaced.
    """

    def replacing(clause: Any) -> sa.Executable:  # noqa: ANN401 - the two dialects share no type
        new = clause.excluded
        changes = change(new) if change else {name: new[name] for name in columns if name not in keys}
        replaced: sa.Executable = clause.on_conflict_do_update(index_elements=list(keys), set_=changes)
        return replaced

    by_row = {database: replacing(clause) for database, clause in _insert_row(table, columns).items()}
    by_array = postgresql.insert(table).from_select(columns, sa.select(*_given(table, columns)))
    return Each(columns, by_row, replacing(by_array))


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
    return Each(binds, {SQLITE: by_row, POSTGRESQL: by_row}, by_array)


def delete_each(table: sa.Table, *keys: str) -> Each:
    """Delete the rows with these keys."""
    by_row = sa.delete(table).where(*(table.c[key] == sa.bindparam(key) for key in keys))
    given = _given(table, keys)
    by_array = sa.delete(table).where(*(table.c[key] == value for key, value in zip(keys, given, strict=True)))
    return Each(keys, {SQLITE: by_row, POSTGRESQL: by_row}, by_array)


def _insert_row(table: sa.Table, columns: Sequence[str]) -> dict[str, Any]:
    """The insertion of one row, in each dialect."""
    values: dict[str, sa.BindParameter[Any]] = {name: sa.bindparam(name) for name in columns}
    return {SQLITE: sqlite.insert(table).values(values), POSTGRESQL: postgresql.insert(table).values(values)}


def _given(table: sa.Table, columns: Sequence[str], binds: Sequence[str] = ()) -> list[sa.ColumnElement[Any]]:
    """The rows as PostgreSQL gets them, named as the columns or as `binds`."""
    return _arrays([table.c[column].type for column in columns], binds or columns)


def _arrays(types: Sequence[Any], names: Sequence[str]) -> list[sa.ColumnElement[Any]]:
    """One array per column, side by side."""
    arrays = [sa.bindparam(name, type_=postgresql.ARRAY(type_)) for name, type_ in zip(names, types, strict=True)]
    shapes = [sa.column(name, type_) for name, type_ in zip(names, types, strict=True)]
    return list(sa.func.unnest(*arrays).table_valued(*shapes, name="given").render_derived().c)


def _in_binary(sql: str) -> str:
    """Have arrays sent in binary: psycopg escapes every sealed value for a text else, a third of our processor time."""
    return sql.replace("%s::", "%b::")


def _compile(clause: sa.Executable, database: str) -> tuple[str, tuple[str, ...], dict[str, Any]]:
    compiled = clause.compile(dialect=_dialects[database])  # type: ignore[attr-defined]
    if not isinstance(compiled, SQLCompiler):
        raise TypeError("not a statement")
    names = tuple(compiled.positiontup or ())
    constants = {name: value for name, value in compiled.params.items() if value is not None and name in names}
    return str(compiled), names, constants

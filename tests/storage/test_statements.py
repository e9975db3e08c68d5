"""Statements: written once, compiled for both databases, and in the order that costs nothing."""

from __future__ import annotations

import sqlite3

import pytest
import sqlalchemy as sa

from bot.storage import (
    accounts,
    cases,
    conversations,
    inbox,
    outbox,
    revisions,
    rotation,
    tallies,
    timers,
    vault,
    workers,
)
from bot.storage.statements import ARRAYS, POSTGRESQL, ROW, SQLITE, Each, Lookup, Statement
from bot.storage.tables import metadata

MODULES = (accounts, cases, conversations, inbox, outbox, revisions, rotation, tallies, timers, vault, workers)
EACH = [
    (f"{module.__name__}.{name}", value)
    for module in MODULES
    for name, value in vars(module).items()
    if isinstance(value, Each)
]
ALL = [
    (f"{module.__name__}.{name}", value)
    for module in MODULES
    for name, value in vars(module).items()
    if isinstance(value, Each | Lookup | Statement)
]
ONLY_POSTGRESQL = {"_DUE_OF", "_LOCK", "_UNLOCK", "_TAKE", "_RENEW"}


@pytest.mark.parametrize(("name", "statement"), EACH)
@pytest.mark.parametrize(("database", "form"), [(SQLITE, ROW), (POSTGRESQL, ROW), (POSTGRESQL, ARRAYS)])
def test_rows_are_taken_as_they_come(name: str, statement: Each, database: str, form: str) -> None:
    """A row's values stand in the order of the SQL, so that no row has to be put together anew."""
    _, order = statement.compiled(database, form)
    assert order is None, f"{name}: {order}"


@pytest.mark.parametrize(("name", "statement"), ALL)
def test_no_query_reads_a_whole_table(name: str, statement: Each | Lookup | Statement) -> None:
    """Each statement finds its rows by an index, or in a table or index that holds only what is open."""
    if name.rpartition(".")[2] in ONLY_POSTGRESQL and name != "bot.storage.inbox._LOCK":
        pytest.skip("PostgreSQL only")
    connection = sqlite3.connect(":memory:")
    engine = sa.create_engine("sqlite://", creator=lambda: connection)
    metadata.create_all(engine)
    compiled = statement.compiled(SQLITE)
    sql = compiled if isinstance(compiled, str) else compiled[0]
    plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}", [None] * sql.count("?"))]
    small = ("alert", "worker", "revision", "counter", "case_record", "account", "secret_contact", "CONSTANT")
    open_only = (
        "ix_inbox_undone",
        "ix_inbox_held",
        "ix_delivery_due",
        "uq_delivery_sending",
        "ix_conversation_leaving",
    )
    scans = [
        step
        for step in plan
        if step.startswith("SCAN")
        and not any(word in step for word in (*small, *open_only))
        and "sqlite_sequence" not in step
    ]
    allowed = {"bot.storage.outbox._QUESTIONS", "bot.storage.outbox._DOUBT_ALL"}  # after an outage, a restore
    assert not scans or name in allowed, f"{name}: {scans}"
    connection.close()

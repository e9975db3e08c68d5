"""The tables: in step with the code, and nothing of a person in clear."""

from __future__ import annotations

from enum import IntEnum, StrEnum
from typing import get_args, get_type_hints

import pytest
import sqlalchemy as sa

from bot.cases.escalation import Role
from bot.cases.procedure import State
from bot.flows.exchange import AlertContact
from bot.storage import inbox, outbox, tables
from bot.storage.database import Conflict, Database
from bot.storage.tables import AlertReason, CaseState, DeliveryKind, DeliveryState, InboxState, metadata

CONSTRAINTS: list[tuple[str, str, type[IntEnum | StrEnum]]] = [
    ("inbox", "state", InboxState),
    ("delivery", "state", DeliveryState),
    ("delivery", "kind", DeliveryKind),
    ("case_record", "state", CaseState),
    ("case_care", "state", State),
    ("coordinator", "role", Role),
    ("pairing", "role", Role),
    ("alert", "reason", AlertReason),
]


@pytest.mark.parametrize(("table", "column", "states"), CONSTRAINTS)
def test_states_are_constrained(database: Database, table: str, column: str, states: type[IntEnum | StrEnum]) -> None:
    """The database takes the states of the code and no others."""
    constraint = next(
        found
        for found in metadata.tables[table].constraints
        if isinstance(found, sa.CheckConstraint) and column in str(found.sqltext).split()
    )
    last = max(states) if issubclass(states, IntEnum) else None
    bad = last + 1 if last is not None else "irgendwas"
    with database.core() as connection:
        for good in states:
            assert (
                connection.execute(sa.select(sa.literal(1)).where(_holds(constraint, column, good.value))).scalar() == 1
            )
        assert connection.execute(sa.select(sa.literal(1)).where(_holds(constraint, column, bad))).scalar() is None


def _holds(constraint: sa.CheckConstraint, column: str, value: object) -> sa.TextClause:
    literal = f"'{value}'" if isinstance(value, str) else str(value)
    return sa.text(str(constraint.sqltext).replace(column, literal, 1))


def test_plain_numbers_are_the_enums() -> None:
    """The numbers that the statements use are those of the enums."""
    for module, states in ((inbox, InboxState), (outbox, DeliveryState)):
        assert all(getattr(module, state.name) == state for state in states)


def test_every_alert_of_the_engine_has_a_reason() -> None:
    """What the engine may say is what the table takes."""
    assert set(get_args(get_type_hints(AlertContact)["reason"])) <= set(AlertReason)


def test_one_on_its_way_in_each_lane(database: Database) -> None:
    """The unique partial index refuses a second delivery that is being sent in the same lane of a chat."""
    with database.core() as connection:
        connection.execute(sa.insert(tables.account).values(id=1, name="a", dek=b""))
        connection.execute(
            sa.insert(tables.conversation).values(
                id=1,
                account=1,
                address_index=b"i",
                index_version=1,
                dek=b"",
                address=b"",
                version=0,
                begun=0,
                noticed=0,
                leaving=0,
            )
        )

    def send(position: int, urgent: int) -> None:
        with database.core() as connection:
            connection.execute(
                sa.insert(tables.delivery).values(
                    position=position,
                    id=b"d",
                    conversation=1,
                    kind=0,
                    state=1,
                    urgent=urgent,
                    attempt=1,
                    doubts=0,
                    due=0,
                    made=0,
                )
            )

    send(1, 0)
    send(2, 1)
    with pytest.raises(Conflict):
        send(3, 0)


def test_every_column_is_accounted_for() -> None:
    """A new column must be sealed, a hash, or on this list of what may stand in clear (guarantees, G)."""
    clear = {
        "account": {"id", "name", "received", "holder", "term", "expires"},
        "keepsake": {"account", "name"},
        "worker": {"id", "begun"},
        "conversation": {
            "id", "account", "index_version", "version", "revision", "begun", "expires", "noticed", "leaving",
        },
        "inbox": {"seq", "conversation", "state", "attempt", "retry", "received", "lag", "settled"},
        "seen": {"day"},
        "delivery": {
            "position", "conversation", "kind", "state", "urgent", "attempt", "doubts", "due", "worker", "made",
            "settled",
        },
        "staff_code": {"index_version", "tenant", "issued", "expires"},
        "code_try": {"at"},
        "secret_contact": {"id", "tenant", "contact", "changed"},
        "timer": {"conversation", "due", "useless_after"},
        "revision": {"revision", "body", "stored"},
        "case_record": {"id", "number", "conversation", "tenant", "incident", "state", "opened"},
        "case_note": {"record", "added", "kind", "place"},
        "case_care": {
            "record", "state", "level", "urgent", "holder", "due", "warned", "look", "human", "closed", "outcome",
            "barred", "told",
        },
        "case_audit": {"record", "at", "actor", "coordinator", "act", "state", "place"},
        "case_exclusion": {"record", "coordinator"},
        "coordinator": {"conversation", "tenant", "role", "joined"},
        "pairing": {"conversation", "tenant", "role", "joined"},
        "invitation": {"index_version", "tenant", "role", "issued", "expires"},
        "move": {"conversation", "index_version", "issued", "expires", "taker", "taken"},
        "letter": {"seq", "conversation", "due"},
        "alert": {"id", "reason", "conversation", "number", "day", "made", "told"},
        "counter": {"month", "name", "playbook", "outcome", "n"},
        "tombstone": {"at"},
        "number": {"name", "next"},
    }  # fmt: skip
    hidden = {
        "account": {"dek", "cursor"},
        "keepsake": {"body"},
        "conversation": {"address_index", "dek", "address", "state"},
        "inbox": {"event", "world", "body"},
        "seen": {"event"},
        "delivery": {"id", "question", "body", "remote"},
        "timer": {"id", "name_index", "body"},
        "case_record": {"dek", "lines"},
        "case_note": {"id", "body"},
        "case_audit": {"id"},
        "invitation": {"code_index"},
        "move": {"code_index"},
        "letter": {"event", "body"},
        "staff_code": {"code_index"},
        "secret_contact": {"dek", "ways"},
        "code_try": {"member_index", "event"},
        "tombstone": {"address_index"},
    }
    for name, table in metadata.tables.items():
        assert {column.name for column in table.c} == clear[name] | hidden.get(name, set()), name
        assert all(isinstance(table.c[column].type, sa.LargeBinary) for column in hidden.get(name, ())), name

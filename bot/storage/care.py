"""What humans do with a case: its state, who holds it, its clock, and who did what with it when.

Everything here is without content; that is in `cases`. A row is held until the end of the transaction in which it was
found (SQLite has one writer; on PostgreSQL it is locked, and whose it is with it): what was read is still so when it is
written.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from bot.cases.procedure import Act, Actor, State
from bot.storage.database import Transaction
from bot.storage.statements import POSTGRESQL, Statement, insert_each, update_each
from bot.storage.tables import case_audit, case_care, case_exclusion, case_record, coordinator
from bot.storage.times import minute

_r, _k = case_record.c, case_care.c

_COLUMNS = (
    _r.id, _r.number, _r.conversation, _r.tenant, _r.incident, _r.opened, _k.state, _k.level, _k.urgent, _k.holder,
    _k.due, _k.warned, _k.look, _k.human, _k.closed, _k.outcome, _k.barred, _k.told,
)  # fmt: skip
_cares = sa.select(*_COLUMNS).select_from(sa.join(case_record, case_care, _r.id == _k.record))
_over = [sa.literal_column(f"'{state}'", sa.String) for state in (State.CLOSED, State.WITHDRAWN)]


def _both(clause: sa.Select[tuple[object, ...]]) -> dict[str, Statement]:
    """The query as it is, and as one that holds what it finds."""
    return {"": Statement(clause), POSTGRESQL: Statement(clause.with_for_update(of=[case_care, case_record]))}


_FIND = _both(_cares.where(_r.number == sa.bindparam("number")))
_DUE = Statement(_cares.where(_k.look <= sa.bindparam("now")).order_by(_k.look, _r.id).limit(sa.bindparam("most")))
_DUE_HELD = Statement(
    _cares.where(_k.look <= sa.bindparam("now"))
    .order_by(_k.look, _r.id)
    .limit(sa.bindparam("most"))
    .with_for_update(of=[case_care, case_record], skip_locked=True)
)
_OPEN = Statement(_cares.where(_r.tenant == sa.bindparam("of"), _k.state.not_in(_over)).order_by(_r.opened, _r.id))
_ALL = Statement(_cares.order_by(_r.opened, _r.id))
_OF = _both(_cares.where(_r.conversation == sa.bindparam("chat")).order_by(_r.id))
_HELD_BY = _both(_cares.where(_k.holder == sa.bindparam("chat")).order_by(_r.id))
_NUMBER = Statement(sa.select(_r.id).where(_r.number == sa.bindparam("number")))
_ADD = insert_each(case_care, "record", "state", "level", "urgent", "due", "warned", "look", "barred")
_WRITE = update_each(
    case_care,
    ["state", "level", "holder", "due", "warned", "look", "human", "closed", "outcome", "told"],
    ["record"],
)
_AUDIT = insert_each(case_audit, "id", "record", "at", "actor", "coordinator", "act", "state", "place", ignore=True)
_AUDITED = Statement(
    sa.select(case_audit.c.at, case_audit.c.actor, case_audit.c.act, case_audit.c.state)
    .where(case_audit.c.record == sa.bindparam("record"))
    .order_by(case_audit.c.place)
)
_ACTED = Statement(
    sa.select(case_audit.c.coordinator)
    .distinct()
    .where(case_audit.c.record == sa.bindparam("record"), case_audit.c.coordinator.is_not(None))
)
_DONE = Statement(
    sa.select(sa.func.count()).select_from(case_audit).where(case_audit.c.record == sa.bindparam("record"))
)
_EXCLUDE = insert_each(case_exclusion, "record", "coordinator", ignore=True)
_EXCLUDED = Statement(sa.select(case_exclusion.c.coordinator).where(case_exclusion.c.record == sa.bindparam("record")))
_IN_ROLES = Statement(
    sa.select(coordinator.c.conversation, coordinator.c.role).where(coordinator.c.tenant == sa.bindparam("of"))
)


@dataclass
class Care:
    """A case as humans deal with it. Moments in milliseconds; `chat` is the person's, None once it is gone.

    `told`: whether groups know its number.
    """

    record: int
    number: str
    chat: int | None
    tenant: str
    incident: str
    opened: int
    state: State
    level: int
    urgent: bool
    holder: int | None
    due: int | None
    warned: bool
    look: int | None
    human: int | None
    closed: int | None
    outcome: str | None
    barred: str
    told: bool


def _care(row: Sequence[object]) -> Care:
    care = Care(*row)  # type: ignore[arg-type]  # as the columns are
    care.state, care.urgent, care.warned = State(care.state), bool(care.urgent), bool(care.warned)
    care.told = bool(care.told)
    return care


def _held(tx: Transaction, statements: dict[str, Statement]) -> Statement:
    return statements.get(tx.database, statements[""])


def add(
    tx: Transaction,
    number: str,
    state: State,
    level: int,
    clock: tuple[bool, int | None, int | None],
    without: Sequence[str] = (),
) -> None:
    """Begin to care for a case.

    `clock`: whether it is urgent, until when it must be accepted, when it is looked at. `without`: roles that are
    involved.
    """
    row = tx.one(_NUMBER, number=number)
    if row is not None:
        urgent, due, look = clock
        tx.each(_ADD, [(row[0], state.value, level, int(urgent), due, 0, look, " ".join(without))])


def find(tx: Transaction, number: str) -> Care | None:
    """The case with this number, held; None when nobody cares for one of that number."""
    row = tx.one(_held(tx, _FIND), number=number)
    return None if row is None else _care(row)


def due(tx: Transaction, now: int, most: int) -> list[Care]:
    """Cases whose clock wants a look, held; on PostgreSQL those that no other worker has."""
    return [_care(row) for row in tx.all(_DUE_HELD if tx.database == POSTGRESQL else _DUE, now=now, most=most)]


def open_in(tx: Transaction, tenant: str) -> list[Care]:
    """What is open in exactly this municipality, the oldest first."""
    return [_care(row) for row in tx.all(_OPEN, of=tenant)]


def everything(tx: Transaction) -> list[Care]:
    """Every case that was ever cared for, the oldest first."""
    return [_care(row) for row in tx.all(_ALL)]


def of_person(tx: Transaction, chat: int) -> list[Care]:
    """The cases of this person, held."""
    return [_care(row) for row in tx.all(_held(tx, _OF), chat=chat)]


def held_by(tx: Transaction, chat: int) -> list[Care]:
    """The cases that this coordinator holds, themselves held."""
    return [_care(row) for row in tx.all(_held(tx, _HELD_BY), chat=chat)]


def write(tx: Transaction, care: Care) -> None:
    """Store how it stands now."""
    row = (
        care.state.value, care.level, care.holder, care.due, int(care.warned), care.look, care.human, care.closed,
        care.outcome, int(care.told), care.record,
    )  # fmt: skip
    tx.each(_WRITE, [row])


def note(tx: Transaction, care: Care, identity: bytes, done: tuple[Actor, int | None, Act], now: int) -> None:
    """Remember who did what; `done`: who, the chat of a coordinator, and what."""
    actor, coordinator, act = done
    (place,) = tx.one(_DONE, record=care.record) or (0,)
    row = (identity, care.record, minute(now), actor.value, coordinator, act.value, care.state.value, place)
    tx.each(_AUDIT, [row])


def audited(tx: Transaction, care: Care) -> list[tuple[int, str, str, str]]:
    """What was done with it: when, by whom, what, and the state then."""
    return [tuple(row) for row in tx.all(_AUDITED, record=care.record)]


def acted(tx: Transaction, care: Care) -> frozenset[int]:
    """The chats of the coordinators who did anything with it."""
    return frozenset(row[0] for row in tx.all(_ACTED, record=care.record))


def exclude(tx: Transaction, care: Care, coordinator: int) -> None:
    """This coordinator is involved and never sees the case again."""
    tx.each(_EXCLUDE, [(care.record, coordinator)])


def excluded(tx: Transaction, care: Care) -> frozenset[int]:
    """Who is involved: whoever has stepped back, and whoever has, now, one of the roles that the person has named."""
    chats = {row[0] for row in tx.all(_EXCLUDED, record=care.record)}
    if care.barred:
        roles = care.barred.split()
        chats |= {chat for chat, role in tx.all(_IN_ROLES, of=care.tenant) if role in roles}
    return frozenset(chats)

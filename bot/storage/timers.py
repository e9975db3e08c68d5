"""Timers: alarms that a turn set; a conversation has one of each name."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import NamedTuple

import msgspec
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from bot.keys import DataKey, KeyRing
from bot.storage.conversations import COLUMNS, Standing
from bot.storage.database import Transaction
from bot.storage.sealing import TIMER_BODY
from bot.storage.statements import POSTGRESQL, Row, Statement, delete_each, upsert_each
from bot.storage.tables import conversation, timer

_t = timer.c

_SET = upsert_each(
    timer, ["conversation", "name_index"], ["id", "conversation", "name_index", "due", "useless_after", "body"]
)
_OF = Statement(sa.select(_t.id, _t.body).where(_t.conversation == sa.bindparam("number")))
_SET_OF = Statement(
    sa.select(_t.id, _t.body, _t.due, _t.useless_after)
    .where(_t.conversation == sa.bindparam("number"))
    .order_by(_t.due, _t.id)
)
_DELETE = delete_each(timer, "id")
_due = (
    sa.select(_t.id, _t.due, _t.useless_after, _t.body, *COLUMNS)
    .select_from(sa.join(timer, conversation, _t.conversation == conversation.c.id))
    .where(_t.due <= sa.bindparam("now"))
    .order_by(_t.due, _t.id)
    .limit(sa.bindparam("most"))
)
_DUE = Statement(_due)
_accounts = sa.bindparam("accounts", type_=postgresql.ARRAY(sa.BigInteger))
_DUE_OF = Statement(_due.where(conversation.c.account == sa.func.any(_accounts)))
_DUE_ON = Statement(_due.where(conversation.c.account == sa.bindparam("account")))
_NEXT = Statement(sa.select(sa.func.min(_t.due)))


class Alarm(msgspec.Struct, frozen=True, array_like=True):
    """What a timer says when it fires."""

    name: str
    about: str

    def __repr__(self) -> str:
        return "Alarm()"


_alarm = msgspec.json.Decoder(Alarm)


class Due(NamedTuple):
    """A timer whose time has come. `due`: milliseconds; `useless_after`: seconds from then."""

    id: bytes
    due: int
    useless_after: int
    body: bytes
    standing: Standing

    def open_body(self, key: DataKey) -> Alarm:
        """What it says."""
        return _alarm.decode(TIMER_BODY.open(key, self.id, self.body))


def timer_id(event: bytes, place: int) -> bytes:
    """Never the same twice, and the same in a replay: hangs on the event whose turn set it, and its place there."""
    return hashlib.sha256(b"timer|" + event + place.to_bytes(2, "big")).digest()[:16]


def row(ring: KeyRing, key: DataKey, identity: bytes, number: int, alarm: Alarm, due: int, useless_after: int) -> Row:
    """A timer of conversation `number` as it is stored."""
    index = ring.blind_index("timer", f"{number}|{alarm.name}")
    body = TIMER_BODY.seal(key, identity, msgspec.json.encode(alarm))
    return (identity, number, index, due, useless_after, body)


def put(tx: Transaction, rows: Sequence[Row]) -> None:
    """Set timers; one of the same name is replaced."""
    tx.each(_SET, rows)


def of(tx: Transaction, number: int, key: DataKey) -> list[tuple[Alarm, int, int]]:
    """The alarms of a conversation: what each says, when it is due, after how many seconds it is of no use."""
    return [
        (_alarm.decode(TIMER_BODY.open(key, identity, body)), due, useless_after)
        for identity, body, due, useless_after in tx.all(_SET_OF, number=number)
    ]


def cancel(tx: Transaction, number: int, key: DataKey, prefix: str) -> None:
    """Delete the timers of a conversation whose names begin with `prefix`."""
    found = [
        (identity,)
        for identity, body in tx.all(_OF, number=number)
        if not prefix or _alarm.decode(TIMER_BODY.open(key, identity, body)).name.startswith(prefix)
    ]
    tx.each(_DELETE, found)


def due(tx: Transaction, now: int, most: int, accounts: Sequence[int], *, some: bool = False) -> list[Due]:
    """The first timers whose time has come, in order.

    On PostgreSQL those of the `accounts` that this worker holds; on SQLite, where it holds all, only if `some` of them
    are meant.
    """
    if tx.database == POSTGRESQL:
        rows = tx.all(_DUE_OF, now=now, most=most, accounts=list(accounts))
    elif some:
        found = [row for account in accounts for row in tx.all(_DUE_ON, now=now, most=most, account=account)]
        rows = sorted(found, key=lambda row: (row[1], row[0]))[:most]
    else:
        rows = tx.all(_DUE, now=now, most=most)
    return [Due(row[0], row[1], row[2], row[3], Standing(row[4:])) for row in rows]


def remove(tx: Transaction, identities: Sequence[bytes]) -> None:
    """Delete them: they fired."""
    tx.each(_DELETE, [(identity,) for identity in identities])


def next_due(tx: Transaction) -> int | None:
    """When the next one is due."""
    found = tx.one(_NEXT)
    return None if found is None else found[0]

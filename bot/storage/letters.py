"""Letters: what one chat's turn means for another, written in the same commit; they become inbox rows like alarms.

A letter lies here until the worker that holds the other chat's account puts it in that inbox, so that the numbers of a
chat only go up there. Its event is made from the event that caused it: written again it is the same letter.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Final, NamedTuple

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from bot.flows.exchange import Incoming, decode_incoming, encode
from bot.keys import DataKey, KeyRing
from bot.storage.conversations import COLUMNS, Standing
from bot.storage.database import Transaction
from bot.storage.sealing import LETTER_BODY
from bot.storage.statements import POSTGRESQL, Statement, delete_each, insert_each
from bot.storage.tables import conversation, letter

MOST_AT_ONCE: Final = 32

_l = letter.c
_STANDING = Statement(sa.select(*COLUMNS).where(conversation.c.id == sa.bindparam("number")))
_ADD = insert_each(letter, "conversation", "event", "due", "body", ignore=True)
_DELETE = delete_each(letter, "seq")
_OF = Statement(sa.select(_l.event, _l.body, _l.due).where(_l.conversation == sa.bindparam("number")).order_by(_l.seq))
_due = (
    sa.select(_l.seq, _l.event, _l.body, *COLUMNS)
    .select_from(sa.join(letter, conversation, _l.conversation == conversation.c.id))
    .where(_l.due <= sa.bindparam("now"))
    .order_by(_l.seq)
    .limit(sa.bindparam("most"))
)
_DUE = Statement(_due)
_DUE_OF = Statement(
    _due.where(conversation.c.account == sa.func.any(sa.bindparam("accounts", type_=postgresql.ARRAY(sa.BigInteger))))
)


class Letter(NamedTuple):
    """A letter whose time has come."""

    seq: int
    event: bytes
    body: bytes
    standing: Standing

    def open_body(self, key: DataKey) -> Incoming:
        """What it says."""
        return decode_incoming(LETTER_BODY.open(key, self.event, self.body))


def event_of(cause: bytes, to: int, place: int) -> bytes:
    """The letter's event: the same for the same cause, chat and place among the letters of that cause."""
    return hashlib.sha256(b"letter|%b|%d|%d" % (cause, to, place)).digest()


def post(tx: Transaction, ring: KeyRing, to: int, event: bytes, incoming: Incoming, due: int) -> None:
    """Write a letter to the chat with this number, not to be opened before `due`; none where the chat is gone."""
    row = tx.one(_STANDING, number=to)
    if row is not None:
        key = Standing(row).key(ring)
        tx.each(_ADD, [(to, event, due, LETTER_BODY.seal(key, event, encode(incoming)))])


def due(tx: Transaction, now: int, accounts: Sequence[int]) -> list[Letter]:
    """The first letters that may be opened, in order; on PostgreSQL those to the `accounts` that this worker holds."""
    if tx.database == POSTGRESQL:
        rows = tx.all(_DUE_OF, now=now, most=MOST_AT_ONCE, accounts=list(accounts))
    else:
        rows = tx.all(_DUE, now=now, most=MOST_AT_ONCE)
    return [Letter(row[0], row[1], row[2], Standing(row[3:])) for row in rows]


def of(tx: Transaction, number: int, key: DataKey) -> list[tuple[Incoming, int]]:
    """What lies here for this chat, in order, each with when it may be opened."""
    return [
        (decode_incoming(LETTER_BODY.open(key, event, body)), due) for event, body, due in tx.all(_OF, number=number)
    ]


def remove(tx: Transaction, seqs: Sequence[int]) -> None:
    """Delete them: they are in the inbox."""
    tx.each(_DELETE, [(seq,) for seq in seqs])

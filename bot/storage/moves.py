"""Codes with which a conversation may go on in another chat, by their blind index; one for each conversation.

The row is the one place that says whether a move may still happen: it names the chat that has asked for the
conversation, and goes with the move, with either chat, or when its time is over. Tries are counted with those of the
staff codes (`codes`).
"""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

from bot.keys import INDEX_VERSION, KeyRing
from bot.storage.conversations import COLUMNS, Standing
from bot.storage.database import Transaction
from bot.storage.statements import Statement, literal, upsert_each
from bot.storage.tables import conversation, move
from bot.storage.times import minute

HOLDS_FOR: Final = 30 * 60_000
"""Milliseconds that a code holds, and again so many that the chat which gave it waits for the conversation."""

_m = move.c
_open = (_m.taken == literal(0)) & (_m.expires > sa.bindparam("now"))

_OFFER = upsert_each(
    move,
    ["conversation"],
    ["conversation", "code_index", "index_version", "issued", "expires", "taker", "taken"],
)
_REPLACED = Statement(sa.select(_m.taker).where(_m.conversation == sa.bindparam("chat"), _m.taken == literal(1)))
_OF_CODE = Statement(
    sa.select(*COLUMNS)
    .select_from(sa.join(move, conversation, _m.conversation == conversation.c.id))
    .where(_m.code_index == sa.bindparam("code"), _open)
)
_LET_GO = Statement(
    sa.update(move).where(_m.taker == sa.bindparam("chat"), _m.taken == literal(0)).values(taker=sa.null())
)
_CLAIM = Statement(
    sa.update(move).where(_m.code_index == sa.bindparam("code"), _open).values(taker=sa.bindparam("chat"))
)
_TAKE = Statement(
    sa.update(move)
    .where(_m.taker == sa.bindparam("chat"), _open)
    .values(taken=literal(1), expires=sa.bindparam("until"))
    .returning(_m.conversation)
)
_WANTED = Statement(
    sa.select(_m.conversation).where(
        _m.conversation == sa.bindparam("chat"), _m.taker == sa.bindparam("to"), _m.taken == literal(1)
    )
)
_END = Statement(sa.delete(move).where(_m.conversation == sa.bindparam("chat")))
_EXPIRED = Statement(
    sa.delete(move).where(_m.expires <= sa.bindparam("now")).returning(_m.code_index, _m.taker, _m.taken)
)


def offer(tx: Transaction, ring: KeyRing, chat: int, code: str, now: int) -> int:
    """Let this code stand for the conversation, in place of an earlier one; returns until when."""
    until = now + HOLDS_FOR
    tx.each(_OFFER, [(chat, _index(ring, code), INDEX_VERSION, minute(now), until, None, 0)])
    return until


def waiting_for(tx: Transaction, chat: int) -> int | None:
    """The chat that has asked for this conversation and does not have it yet."""
    row = tx.one(_REPLACED, chat=chat)
    return None if row is None else row[0]


def find(tx: Transaction, ring: KeyRing, code: str, now: int) -> Standing | None:
    """The conversation that the code stands for; None when it stands for none, whatever the reason."""
    row = tx.one(_OF_CODE, code=_index(ring, code), now=now)
    return None if row is None else Standing(row)


def claim(tx: Transaction, ring: KeyRing, code: str, chat: int, now: int) -> None:
    """The code was given in this chat, and no other one is meant by it from now on."""
    tx.run(_LET_GO, chat=chat)
    tx.run(_CLAIM, code=_index(ring, code), chat=chat, now=now)


def take(tx: Transaction, chat: int, now: int) -> int | None:
    """Use up the code that was given in this chat; the conversation that it stood for, None when it holds no more."""
    row = tx.one(_TAKE, chat=chat, now=now, until=now + HOLDS_FOR)
    return None if row is None else int(row[0])


def is_wanted(tx: Transaction, chat: int, to: int) -> bool:
    """Whether that chat still waits for this conversation."""
    return tx.one(_WANTED, chat=chat, to=to) is not None


def end(tx: Transaction, chat: int) -> None:
    """The conversation has moved, or will not."""
    tx.run(_END, chat=chat)


def sweep(tx: Transaction, now: int) -> list[tuple[bytes, int]]:
    """Delete codes whose time is over; says which chats wait in vain, each with what its letter can be named by."""
    return [(bytes(code), taker) for code, taker, taken in tx.all(_EXPIRED, now=now) if taken and taker is not None]


def _index(ring: KeyRing, code: str) -> bytes:
    return ring.blind_index("move", code)

"""Codes of municipalities by their blind index, and who tried how often.

A code stands for its municipality until it expires; one of each municipality has no end yet. The code itself is not
here, only its keyed hash. Tries are kept by the keyed hash of the chat, also past its deletion, for as long as they
count.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import sqlalchemy as sa

from bot.keys import INDEX_VERSION, KeyRing
from bot.storage.database import Transaction
from bot.storage.statements import Statement, insert_each
from bot.storage.tables import code_try, staff_code

MOST_TRIES: Final = 5
TRIES_FOR: Final = 600_000
"""Milliseconds in which a chat has so many tries (guarantees F)."""

_c = staff_code.c
_holds = sa.or_(_c.expires.is_(None), _c.expires > sa.bindparam("now"))
_TENANT = Statement(sa.select(_c.tenant).where(_c.code_index == sa.bindparam("code"), _holds))
_LISTED = Statement(
    sa.select(_c.tenant, _c.issued, _c.expires)
    .where(_holds)
    .order_by(_c.tenant, _c.expires.is_not(None), _c.issued.desc())
)
# Those that end later than the overlap says end with it: with an overlap of nothing all of them end at once.
_at = sa.bindparam("at", type_=_c.expires.type)
_END = Statement(
    sa.update(staff_code)
    .where(_c.tenant == sa.bindparam("of"), sa.or_(_c.expires.is_(None), _c.expires > _at))
    .values(expires=_at)
)
_ISSUE = insert_each(staff_code, "code_index", "index_version", "tenant", "issued", "expires")
_EXPIRED = Statement(sa.delete(staff_code).where(_c.expires <= sa.bindparam("now")))

_t = code_try.c
_TRIES = Statement(
    sa.select(sa.func.count())
    .select_from(code_try)
    .where(_t.member_index == sa.bindparam("member"), _t.at > sa.bindparam("since"))
)
_TRY = insert_each(code_try, "member_index", "event", "at", ignore=True)
_OLD = Statement(sa.delete(code_try).where(_t.at <= sa.bindparam("since")))


class Issued(NamedTuple):
    """A code that holds. `issued`, `expires`: milliseconds; None: until another one replaces it."""

    tenant: str
    issued: int
    expires: int | None


def issue(tx: Transaction, ring: KeyRing, tenant: str, code: str, now: int, overlap: int) -> None:
    """Let this code stand for the municipality from now on; the others of it end after `overlap` milliseconds."""
    tx.run(_END, of=tenant, at=now + overlap)
    tx.each(_ISSUE, [(_index(ring, code), INDEX_VERSION, tenant, now, None)])


def listed(tx: Transaction, now: int) -> list[Issued]:
    """The codes that hold, by municipality, the one in use before those that end."""
    return [Issued(*row) for row in tx.all(_LISTED, now=now)]


def tenant_of(tx: Transaction, ring: KeyRing, code: str, now: int) -> str:
    """The municipality that the code stands for; empty when it stands for none, or for none any more."""
    row = tx.one(_TENANT, code=_index(ring, code), now=now)
    return "" if row is None else str(row[0])


def name_of(ring: KeyRing, code: str) -> str:
    """What a conversation keeps of a code: its keyed hash, hex."""
    return _index(ring, code).hex()


def holds(tx: Transaction, name: str, tenant: str, now: int) -> bool:
    """Whether the code with this name still stands for this municipality."""
    row = tx.one(_TENANT, code=bytes.fromhex(name), now=now) if name else None
    return row is not None and row[0] == tenant


def tries(tx: Transaction, ring: KeyRing, chat: bytes, now: int) -> int:
    """How often this chat (its blind index) tried lately."""
    row = tx.one(_TRIES, member=_member(ring, chat), since=now - TRIES_FOR)
    return 0 if row is None else int(row[0])


def note_try(tx: Transaction, ring: KeyRing, chat: bytes, event: bytes, now: int) -> None:
    """This event of the chat was a try; noted twice it counts once."""
    tx.each(_TRY, [(_member(ring, chat), event, now)])


def sweep(tx: Transaction, now: int) -> None:
    """Delete codes that ended, and tries that count no more."""
    tx.run(_EXPIRED, now=now)
    tx.run(_OLD, since=now - TRIES_FOR)


def _index(ring: KeyRing, code: str) -> bytes:
    return ring.blind_index("staff_code", code)


def _member(ring: KeyRing, chat: bytes) -> bytes:
    return ring.blind_index("code_try", chat.hex())

"""Coordinators: which chats see the cases of which municipality, and the invitations by which they came.

An invitation is kept as its keyed hash, works once and for 72 hours. Tries are counted with those of the staff codes
(`codes`): whoever guesses the one has used up tries for the other.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import sqlalchemy as sa

from bot.keys import INDEX_VERSION, KeyRing
from bot.storage.database import Transaction
from bot.storage.statements import Statement, insert_each, upsert_each
from bot.storage.tables import account, conversation, coordinator, invitation
from bot.storage.times import minute

HOLDS_FOR: Final = 72 * 3_600_000
"""Milliseconds that an invitation holds (guarantees F)."""

_c, _i = coordinator.c, invitation.c
_chats = sa.join(coordinator, conversation, _c.conversation == conversation.c.id).join(
    account, conversation.c.account == account.c.id
)
_PRESENT = Statement(
    sa.select(_c.conversation, _c.role, account.c.name)
    .select_from(_chats)
    .where(_c.tenant == sa.bindparam("of"))
    .order_by(_c.joined, _c.conversation)
)
_ON = Statement(
    sa.select(conversation.c.address_index, _c.conversation)
    .select_from(_chats)
    .where(account.c.name == sa.bindparam("account"))
    .order_by(_c.conversation)
)
_TENANT = Statement(sa.select(_c.tenant, _c.role).where(_c.conversation == sa.bindparam("chat")))
_COUNTS = Statement(sa.select(_c.tenant, sa.func.count()).group_by(_c.tenant))
_ROLES = Statement(sa.select(_c.tenant, _c.role).distinct())
_JOIN = upsert_each(coordinator, ["conversation"], ["conversation", "tenant", "role", "joined"])
_LEAVE = Statement(sa.delete(coordinator).where(_c.conversation == sa.bindparam("chat")))
_INVITE = insert_each(invitation, "code_index", "index_version", "tenant", "role", "issued", "expires")
_TAKE = Statement(
    sa.delete(invitation)
    .where(_i.code_index == sa.bindparam("code"), _i.expires > sa.bindparam("now"))
    .returning(_i.tenant, _i.role)
)
_SPOIL = Statement(sa.delete(invitation).where(_i.code_index == sa.bindparam("code")))
_EXPIRED = Statement(sa.delete(invitation).where(_i.expires <= sa.bindparam("now")))
_LISTED = Statement(sa.select(_i.tenant, _i.role, _i.issued, _i.expires).where(_i.expires > sa.bindparam("now")))


class Present(NamedTuple):
    """A coordinator: the number of the chat, the role, and the account that the chat is on."""

    chat: int
    role: str
    account: str


def present(tx: Transaction, tenant: str) -> list[Present]:
    """The coordinators of exactly this municipality, in the order in which they joined."""
    return [Present(*row) for row in tx.all(_PRESENT, of=tenant)]


def on(tx: Transaction, account: str) -> dict[bytes, int]:
    """The coordinators on this account, of any municipality: numbers of their chats by blind index."""
    return {row[0]: row[1] for row in tx.all(_ON, account=account)}


def join(tx: Transaction, chat: int, tenant: str, role: str, now: int) -> None:
    """This chat coordinates for the municipality from now on."""
    tx.each(_JOIN, [(chat, tenant, role, minute(now))])


def place_of(tx: Transaction, chat: int) -> tuple[str, str] | None:
    """Municipality and role of this chat; None when it coordinates for none."""
    row = tx.one(_TENANT, chat=chat)
    return None if row is None else (row[0], row[1])


def counts(tx: Transaction) -> dict[str, int]:
    """How many coordinators each municipality has."""
    return {row[0]: row[1] for row in tx.all(_COUNTS)}


def roles(tx: Transaction) -> dict[str, set[str]]:
    """In which roles each municipality has coordinators."""
    found: dict[str, set[str]] = {}
    for tenant, role in tx.all(_ROLES):
        found.setdefault(tenant, set()).add(role)
    return found


def leave(tx: Transaction, chat: int) -> None:
    """This chat coordinates no more."""
    tx.run(_LEAVE, chat=chat)


def invite(tx: Transaction, ring: KeyRing, code: str, tenant: str, role: str, now: int) -> None:
    """Let this code be used once, within 72 hours."""
    tx.each(_INVITE, [(_index(ring, code), INDEX_VERSION, tenant, role, minute(now), now + HOLDS_FOR)])


def redeem(tx: Transaction, ring: KeyRing, code: str, chat: int, now: int) -> tuple[str, str] | None:
    """Let the chat join by this code; None when it holds for nothing, whatever the reason. It is used up then."""
    row = tx.one(_TAKE, code=_index(ring, code), now=now)
    if row is None:
        return None
    join(tx, chat, row[0], row[1], now)
    return row[0], row[1]


def spoil(tx: Transaction, ring: KeyRing, code: str) -> None:
    """An invitation that several people have seen holds no more."""
    tx.run(_SPOIL, code=_index(ring, code))


def invitations(tx: Transaction, now: int) -> list[tuple[str, str, int, int]]:
    """Invitations that nobody has used yet: municipality, role, when they were given out and end."""
    return [tuple(row) for row in tx.all(_LISTED, now=now)]


def sweep(tx: Transaction, now: int) -> None:
    """Delete invitations that ended."""
    tx.run(_EXPIRED, now=now)


def _index(ring: KeyRing, code: str) -> bytes:
    return ring.blind_index("invitation", code)

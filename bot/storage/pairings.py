"""Groups and rooms that get the notices of a municipality, and the codes by which they came.

A group is no coordinator: it is told, it can do nothing, and it is counted nowhere (`desks`). Its codes lie among the
invitations, hashed under a key of their own: one for a group lets nobody join alone, and the other way round.
"""

from __future__ import annotations

from typing import NamedTuple

import sqlalchemy as sa

from bot.keys import INDEX_VERSION, KeyRing
from bot.storage.database import Transaction
from bot.storage.desks import HOLDS_FOR
from bot.storage.statements import Statement, insert_each, upsert_each
from bot.storage.tables import account, conversation, invitation, pairing
from bot.storage.times import minute

_p, _i = pairing.c, invitation.c
_PRESENT = Statement(
    sa.select(_p.conversation, _p.role).where(_p.tenant == sa.bindparam("of")).order_by(_p.joined, _p.conversation)
)
_PLACE = Statement(sa.select(_p.tenant, _p.role).where(_p.conversation == sa.bindparam("chat")))
_ACCOUNT = Statement(
    sa.select(account.c.id, account.c.name)
    .select_from(sa.join(conversation, account, conversation.c.account == account.c.id))
    .where(conversation.c.id == sa.bindparam("chat"))
)
_LISTED = Statement(
    sa.select(_p.tenant, _p.role, account.c.name)
    .select_from(
        sa.join(pairing, conversation, _p.conversation == conversation.c.id).join(
            account, conversation.c.account == account.c.id
        )
    )
    .order_by(_p.tenant, _p.joined, _p.conversation)
)
_ROLES = Statement(sa.select(_p.tenant, _p.role).distinct())
_PAIR = upsert_each(pairing, ["conversation"], ["conversation", "tenant", "role", "joined"])
_PART = Statement(sa.delete(pairing).where(_p.conversation == sa.bindparam("chat")))
_INVITE = insert_each(invitation, "code_index", "index_version", "tenant", "role", "issued", "expires")
_TAKE = Statement(
    sa.delete(invitation)
    .where(_i.code_index == sa.bindparam("code"), _i.expires > sa.bindparam("now"))
    .returning(_i.tenant, _i.role)
)


class Group(NamedTuple):
    """A group: the number of its chat, and the role with which it is told."""

    chat: int
    role: str


def present(tx: Transaction, tenant: str) -> list[Group]:
    """The groups of exactly this municipality, in the order in which they came."""
    return [Group(*row) for row in tx.all(_PRESENT, of=tenant)]


def listed(tx: Transaction) -> list[tuple[str, str, str]]:
    """All groups: municipality, role, account."""
    return [tuple(row) for row in tx.all(_LISTED)]


def roles(tx: Transaction) -> dict[str, set[str]]:
    """With which roles each municipality has groups."""
    found: dict[str, set[str]] = {}
    for tenant, role in tx.all(_ROLES):
        found.setdefault(tenant, set()).add(role)
    return found


def place_of(tx: Transaction, chat: int) -> tuple[str, str] | None:
    """Municipality and role of this group; None when the chat gets no notices."""
    row = tx.one(_PLACE, chat=chat)
    return None if row is None else (row[0], row[1])


def account_of(tx: Transaction, chat: int) -> tuple[int, str] | None:
    """Number and name of the account that a chat is on; None when there is no such chat any more."""
    row = tx.one(_ACCOUNT, chat=chat)
    return None if row is None else (row[0], row[1])


def pair(tx: Transaction, chat: int, tenant: str, role: str, now: int) -> None:
    """This chat gets the municipality's notices from now on."""
    tx.each(_PAIR, [(chat, tenant, role, minute(now))])


def part(tx: Transaction, chat: int) -> None:
    """This chat gets no notices any more."""
    tx.run(_PART, chat=chat)


def invite(tx: Transaction, ring: KeyRing, code: str, given: tuple[str, str], now: int) -> None:
    """Let a group use this code once, within 72 hours; `given`: municipality and role."""
    place, role = given
    tx.each(_INVITE, [(_index(ring, code), INDEX_VERSION, place, role, minute(now), now + HOLDS_FOR)])


def redeem(tx: Transaction, ring: KeyRing, code: str, chat: int, now: int) -> tuple[str, str] | None:
    """Pair the group by this code; None when it holds for nothing, whatever the reason. It is used up then."""
    row = tx.one(_TAKE, code=_index(ring, code), now=now)
    if row is None:
        return None
    pair(tx, chat, row[0], row[1], now)
    return row[0], row[1]


def _index(ring: KeyRing, code: str) -> bytes:
    return ring.blind_index("pairing", code)

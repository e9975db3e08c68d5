"""Conversations: one row for each chat, found by the blind index of its address."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import sqlalchemy as sa

from bot.flows.conversation import EMPTY, Conversation, decode
from bot.keys import INDEX_VERSION, DataKey, KeyRing
from bot.storage.database import Transaction
from bot.storage.sealing import CONVERSATION_ADDRESS, CONVERSATION_KEY, CONVERSATION_STATE
from bot.storage.statements import (
    POSTGRESQL,
    Lookup,
    Row,
    Statement,
    delete_each,
    insert_each,
    literal,
    update_each,
    upsert_each,
)
from bot.storage.tables import DeliveryState, InboxState, conversation, coordinator, delivery, inbox, pairing, tombstone
from bot.storage.times import minute
from bot.storage.transaction import Count

_c = conversation.c

_ADD = insert_each(
    conversation,
    "account", "address_index", "index_version", "dek", "address", "version", "begun", "noticed", "leaving",
    ignore=True,
)  # fmt: skip
_WRITE = update_each(conversation, ["state", "revision"], ["id", "version"], bump="version")
# SQLite rewrites the entry of an index whenever its column is set, whatever to: a page more in every commit.
_WRITE_DATED = update_each(
    conversation, ["state", "revision", "expires", "noticed", "leaving"], ["id", "version"], bump="version"
)
_LEAVE = Statement(sa.update(conversation).where(_c.id == sa.bindparam("number")).values(leaving=literal(1)))
_undone = sa.exists().where(inbox.c.conversation == _c.id, inbox.c.state < literal(InboxState.DONE))
_urgency = sa.select(sa.func.max(delivery.c.urgent)).where(delivery.c.conversation == _c.id)
# Word by word as in the partial indexes, which are small and hold all that is asked for.
_due = _urgency.where(delivery.c.state == literal(DeliveryState.DUE)).scalar_subquery()
_sending = _urgency.where(delivery.c.state == literal(DeliveryState.SENDING)).scalar_subquery()
_LEFT = Statement(sa.select(_c.id).where(_c.leaving == literal(1), _due.is_(None), _sending.is_(None), ~_undone))
_DELETE = delete_each(conversation, "id")
_STALE = Statement(
    sa.select(_c.id, _c.address_index, _c.dek, _c.noticed, _c.expires)
    .where(
        _c.expires <= sa.bindparam("now"),
        ~_undone,
        # Who looks after the cases of others does not expire by having nothing to do.
        ~sa.exists().where(coordinator.c.conversation == _c.id),
        ~sa.exists().where(pairing.c.conversation == _c.id),
    )
    .order_by(_c.expires)
    .limit(sa.bindparam("most"))
)
_NOTICE = update_each(conversation, ["expires", "noticed"], ["id"])
_BURY = upsert_each(tombstone, ["address_index"], ["address_index", "at"])
_BURIED = Lookup(sa.select(tombstone.c.address_index, tombstone.c.at), tombstone.c.address_index)

COLUMNS: Final = (
    _c.id, _c.account, _c.address_index, _c.dek, _c.address, _c.state, _c.version, _c.expires, _c.noticed, _c.leaving,
)  # fmt: skip
"""What `Standing` is made from, in this order."""


_WALKING = Statement(
    sa.select(*COLUMNS)
    .where(_c.id > sa.bindparam("after"), _c.revision.is_not(None))
    .order_by(_c.id)
    .limit(sa.bindparam("most"))
)

OPEN_URGENCY: Final = sa.case((_due.is_(None), _sending), (_sending.is_(None), _due), else_=_due + _sending)
"""The urgency of the most urgent delivery of a conversation that is not out yet; above 0 is urgent, NULL is none."""

_arrive = sa.select(OPEN_URGENCY, _undone, *COLUMNS)
_ARRIVE = Lookup(_arrive, _c.address_index)
_ARRIVE_LOCKED = Lookup(_arrive.with_for_update(skip_locked=True, of=conversation), _c.address_index)


class Standing:
    """A conversation's row as a turn finds it."""

    __slots__ = ("_address", "_dek", "_state", "account", "expires", "id", "index", "leaving", "noticed", "version")

    def __init__(self, row: Row) -> None:
        (
            self.id, self.account, self.index, self._dek, self._address, self._state, self.version, self.expires,
            self.noticed, self.leaving,
        ) = row  # fmt: skip

    def key(self, ring: KeyRing) -> DataKey:
        """Its data key."""
        return CONVERSATION_KEY.unwrap(ring, self.index, self._dek)

    def chat(self, key: DataKey) -> str:
        """Its address on the transport."""
        return CONVERSATION_ADDRESS.open(key, self.index, self._address).decode()

    def conversation(self, key: DataKey) -> Conversation:
        """Where the person stands."""
        if self._state is None:
            return EMPTY
        return decode(CONVERSATION_STATE.open(key, self.index, self._state))

    def language(self, key: DataKey) -> str:
        """The person's language; empty when it cannot be read, for a text that must go out all the same."""
        try:
            return self.conversation(key).language
        except Exception:  # noqa: BLE001 - the state may be what is broken
            return ""


def index_of(ring: KeyRing, account: str, chat: str) -> bytes:
    """The blind index of a chat: how a conversation is found."""
    return ring.blind_index("address", f"{account}|{chat}")


class Present(NamedTuple):
    """A conversation as an arrival finds it.

    `open`: None when nothing of this chat is on its way out, else 1 if something urgent is, else 0. `busy`: something
    is undone, or another worker holds it: what arrives has to wait.
    """

    open: int | None
    busy: bool
    standing: Standing


def find(tx: Transaction, indexes: Sequence[bytes]) -> dict[bytes, Present]:
    """The conversations with these blind indexes, held until the end of the transaction where `busy` is not said.

    Those that are not there are left out.
    """
    found: dict[bytes, Present] = {}
    if tx.database == POSTGRESQL:
        # What another worker commits while this one waits for nothing is not seen by the rest of the row; the version
        # tells when it is written (every turn counts it up).
        _present(found, tx.look_up(_ARRIVE_LOCKED, indexes), held=False)
        if len(found) < len(indexes):
            _present(found, tx.look_up(_ARRIVE, [index for index in indexes if index not in found]), held=True)
    else:
        _present(found, tx.look_up(_ARRIVE, indexes), held=False)
    return found


def _present(found: dict[bytes, Present], rows: Sequence[Row], *, held: bool) -> None:
    for row in rows:
        standing = Standing(row[2:])
        found[standing.index] = Present(row[0], held or bool(row[1]), standing)


def add(tx: Transaction, ring: KeyRing, account: int, chats: Sequence[tuple[bytes, str]], now: int) -> None:
    """Begin conversations for these chats (blind index, address), unless they are there; each gets a data key."""
    rows: list[Row] = []
    for index, chat in chats:
        dek = CONVERSATION_KEY.make(ring, index)
        address = CONVERSATION_ADDRESS.seal(CONVERSATION_KEY.unwrap(ring, index, dek), index, chat.encode())
        rows.append((account, index, INDEX_VERSION, dek, address, 0, minute(now), 0, 0))
    tx.each(_ADD, rows)


def walking(tx: Transaction, after: int, most: int) -> list[Standing]:
    """Conversations in the middle of a playbook, with numbers above `after`, in order."""
    return [Standing(row) for row in tx.all(_WALKING, after=after, most=most)]


def write(tx: Transaction, rows: Sequence[Row]) -> Count:
    """New states: rows of (sealed state, revision, number, version that was read).

    Counts fewer when another worker was faster with one of them; the transaction must then be given up.
    """
    return tx.each(_WRITE, rows)


def write_dated(tx: Transaction, rows: Sequence[Row]) -> Count:
    """The same with when they expire: rows of (sealed state, revision, expires, noticed, leaving, number, version)."""
    return tx.each(_WRITE_DATED, rows)


def buried(tx: Transaction, indexes: Sequence[bytes]) -> dict[bytes, int]:
    """When these chats were forgotten; those that never were are left out."""
    return dict(tx.look_up(_BURIED, indexes))


def left(tx: Transaction) -> list[int]:
    """Conversations that were forgotten and have nothing left to send, nor anything new to handle."""
    return [row[0] for row in tx.all(_LEFT)]


def leave(tx: Transaction, number: int) -> None:
    """This conversation was forgotten; the row goes with its last message."""
    tx.run(_LEAVE, number=number)


def bury(tx: Transaction, index: bytes, now: int) -> None:
    """Remember that this chat was forgotten."""
    tx.each(_BURY, [(index, minute(now))])


def delete(tx: Transaction, numbers: Sequence[int]) -> None:
    """Delete conversations with all that hangs on them: inbox, deliveries, timers."""
    tx.each(_DELETE, [(number,) for number in numbers])


def stale(tx: Transaction, now: int, most: int) -> list[tuple[int, bytes, bytes, int, int]]:
    """Conversations whose time is over: number, blind index, wrapped key, whether that was announced, since when."""
    return [tuple(row) for row in tx.all(_STALE, now=now, most=most)]


def notice(tx: Transaction, rows: Sequence[tuple[int, int, int]]) -> None:
    """Note that the end was announced: rows of (when it will be, 1, number)."""
    tx.each(_NOTICE, rows)


def seal_state(key: DataKey, index: bytes, encoded: bytes) -> bytes:
    """The state as it is stored."""
    return CONVERSATION_STATE.seal(key, index, encoded)

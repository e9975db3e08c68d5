"""The tables as the auditor reads them: own SQL, own opening of sealed columns, nothing of `bot.storage` or `bot.work`.

Everything is read in one snapshot. A value that cannot be opened is `None` and its place is on `Records.unreadable`.
"""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Self

import psycopg

from bot.keys import DataKey, KeyRing, KeyRingError

WAITING, RESTING, SUSPECT, DONE, PARKED = range(5)
DUE, SENDING, SENT, UNCERTAIN, REFUSED, EXPIRED = range(6)
SEND, SETTLE, TAKEBACK = range(3)

PLACES: Final = 256
"""Deliveries of one turn stand at `seq * PLACES + place`."""


@dataclass(frozen=True)
class InboxRow:
    """What came in. `received`: exact, milliseconds; `plain`: JSON of the Incoming, None when it cannot be opened."""

    seq: int
    event: bytes
    conversation: int
    state: int
    attempt: int
    lag: int | None
    world: bytes | None
    received: int
    plain: bytes | None


@dataclass(frozen=True)
class DeliveryRow:
    """What goes out. `plain`: JSON of the effect; None when it was emptied (`emptied`) or cannot be opened."""

    position: int
    id: bytes
    conversation: int
    kind: int
    state: int
    urgent: int
    question: bytes | None
    emptied: bool
    plain: bytes | None


@dataclass(frozen=True)
class TimerRow:
    """An alarm."""

    id: bytes
    conversation: int
    due: int
    useless_after: int
    plain: bytes | None


@dataclass(frozen=True)
class Chat:
    """A conversation. `state`: its JSON, None when it has none yet."""

    id: int
    account: int
    index: bytes
    address: str
    state: bytes | None
    leaving: bool
    key: DataKey
    dek: bytes


@dataclass
class Records:
    """All that stands in the tables."""

    accounts: dict[str, tuple[int, str | None]] = field(default_factory=dict)
    """Number and cursor of each account."""
    chats: dict[int, Chat] = field(default_factory=dict)
    inbox: list[InboxRow] = field(default_factory=list)
    deliveries: list[DeliveryRow] = field(default_factory=list)
    timers: list[TimerRow] = field(default_factory=list)
    seen: set[bytes] = field(default_factory=set)
    tombstones: dict[bytes, int] = field(default_factory=dict)
    alerts: set[tuple[str, int | None]] = field(default_factory=set)
    given_up: int = 0
    """Alerts that a message is in doubt, of conversations that are forgotten by now."""
    cases: dict[str, tuple[int | None, str, str, str]] = field(default_factory=dict)
    """Number -> conversation, tenant, incident, state."""
    notes: set[bytes] = field(default_factory=set)
    counts: dict[tuple[str, str, str], int] = field(default_factory=dict)
    revisions: dict[str, bytes] = field(default_factory=dict)
    unreadable: list[str] = field(default_factory=list)

    @classmethod
    def read(cls, database: str, ring: KeyRing) -> Self:
        """Read it all, beside the bot."""
        with contextlib.closing(connect(database)) as connection:
            return cls()._filled(connection, ring)

    def _filled(self, connection: Any, ring: KeyRing) -> Self:  # noqa: ANN401 - either driver's connection
        def rows(sql: str) -> list[tuple[Any, ...]]:
            return [tuple(row) for row in connection.execute(sql).fetchall()]

        for number, name, dek, cursor in rows("SELECT id, name, dek, cursor FROM account"):
            key = self._key(ring, f"account {name}", b"account|dek|%b||" % name.encode(), dek)
            opened = self._open(key, f"account {name}", b"account|cursor|%b||" % name.encode(), cursor)
            self.accounts[name] = (number, None if opened is None else opened.decode())
        for number, account, index, dek, address, state, leaving in rows(
            "SELECT id, account, address_index, dek, address, state, leaving FROM conversation"
        ):
            where = f"conversation {number}"
            found = self._key(ring, where, b"conversation|dek|%b||" % bytes(index), dek)
            if found is None:
                continue
            chat = self._open(found, where, b"conversation|address|%b||" % bytes(index), address) or b""
            plain = self._open(found, where, b"conversation|state|%b||" % bytes(index), state)
            self.chats[number] = Chat(
                number, account, bytes(index), chat.decode(), plain, bool(leaving), found, bytes(dek)
            )
        self._fill_queues(rows)
        self.seen = {bytes(row[0]) for row in rows("SELECT event FROM seen")}
        self.tombstones = {bytes(row[0]): row[1] for row in rows("SELECT address_index, at FROM tombstone")}
        self.alerts = {(row[0], row[1]) for row in rows("SELECT reason, conversation FROM alert")}
        self.given_up = rows("SELECT count(*) FROM alert WHERE reason = 'uncertain' AND conversation IS NULL")[0][0]
        self.cases = {
            row[0]: tuple(row[1:])
            for row in rows("SELECT number, conversation, tenant, incident, state FROM case_record")
        }
        self.notes = {bytes(row[0]) for row in rows("SELECT id FROM case_note")}
        for name, playbook, outcome, n in rows("SELECT name, playbook, outcome, n FROM counter"):
            self.counts[name, playbook, outcome] = self.counts.get((name, playbook, outcome), 0) + n
        self.revisions = {row[0]: bytes(row[1]) for row in rows("SELECT revision, body FROM revision")}
        return self

    def _fill_queues(self, rows: Any) -> None:  # noqa: ANN401 - a local function
        for seq, event, number, state, attempt, lag, world, body in rows(
            "SELECT seq, event, conversation, state, attempt, lag, world, body FROM inbox ORDER BY seq"
        ):
            plain = self._open(self._of(number), f"inbox {seq}", b"inbox|body|%b||" % bytes(event), body)
            received, text = (0, None) if plain is None else (int.from_bytes(plain[:8], "big"), plain[8:])
            self.inbox.append(InboxRow(seq, bytes(event), number, state, attempt, lag, _bytes(world), received, text))
        for position, identity, number, kind, state, urgent, question, body in rows(
            "SELECT position, id, conversation, kind, state, urgent, question, body FROM delivery ORDER BY position"
        ):
            place = b"delivery|body|%b||" % bytes(identity)
            plain = self._open(self._of(number), f"delivery {position}", place, body)
            self.deliveries.append(
                DeliveryRow(
                    position, bytes(identity), number, kind, state, urgent, _bytes(question), body is None, plain
                )
            )
        for identity, number, due, useless_after, body in rows(
            "SELECT id, conversation, due, useless_after, body FROM timer"
        ):
            plain = self._open(self._of(number), f"timer {identity.hex()}", b"timer|body|%b||" % bytes(identity), body)
            self.timers.append(TimerRow(bytes(identity), number, due, useless_after, plain))

    def _of(self, number: int) -> DataKey | None:
        chat = self.chats.get(number)
        return None if chat is None else chat.key

    def _key(self, ring: KeyRing, where: str, place: bytes, wrapped: bytes | None) -> DataKey | None:
        try:
            return ring.data_key(place, bytes(wrapped or b""))
        except KeyRingError:
            self.unreadable.append(where)
            return None

    def _open(self, key: DataKey | None, where: str, place: bytes, sealed: bytes | None) -> bytes | None:
        if sealed is None:
            return None
        try:
            if key is not None:
                return key.open(place, bytes(sealed))
        except KeyRingError:
            pass
        self.unreadable.append(where)
        return None


def _bytes(value: Any) -> bytes | None:  # noqa: ANN401 - what a driver gives
    return None if value is None else bytes(value)


def delivery_id(event: bytes, place: int) -> bytes:
    """uuid5(event, place): RFC 9562, 5.5. Python's own is five times slower, and an audit asks for many."""
    digest = hashlib.sha1(event + b"%d" % place, usedforsecurity=False).digest()
    return digest[:6] + bytes((digest[6] & 0x0F | 0x50, digest[7], digest[8] & 0x3F | 0x80)) + digest[9:16]


def connect(database: str) -> Any:  # noqa: ANN401 - either driver's connection
    """One look at everything, beside the bot."""
    if database.startswith("sqlite"):
        path = Path(database.removeprefix("sqlite:///"))
        connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=10, isolation_level=None)
        connection.execute("BEGIN")
        return connection
    opened = psycopg.connect(database.replace("+psycopg", ""), connect_timeout=5)
    opened.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
    return opened


def rows_of(records: Records) -> dict[int, list[InboxRow]]:
    """The inbox of each conversation, in order."""
    found: dict[int, list[InboxRow]] = {number: [] for number in records.chats}
    for row in records.inbox:
        found.setdefault(row.conversation, []).append(row)
    return found

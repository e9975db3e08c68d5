"""The inbox: what came in, each event once, in the order of its arrival for each conversation."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from typing import Final, NamedTuple

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite

from bot.flows.exchange import Incoming, decode_incoming, encode
from bot.keys import DataKey, KeyRing, KeyRingError
from bot.storage.conversations import COLUMNS, OPEN_URGENCY, Standing
from bot.storage.database import Transaction
from bot.storage.sealing import INBOX_BODY
from bot.storage.statements import (
    POSTGRESQL,
    SQLITE,
    Lookup,
    Row,
    Statement,
    delete_each,
    insert_each,
    insert_each_unless,
    literal,
    update_each,
)
from bot.storage.tables import InboxState, conversation, inbox, number, numbers, seen
from bot.storage.times import day, minute
from bot.storage.transaction import Count

# Plain numbers: the drivers take longer over an IntEnum.
WAITING: Final = int(InboxState.WAITING)
RESTING: Final = int(InboxState.RESTING)
SUSPECT: Final = int(InboxState.SUSPECT)
DONE: Final = int(InboxState.DONE)
PARKED: Final = int(InboxState.PARKED)

_i = inbox.c
_other = inbox.alias("other")
# Word by word as in the partial indexes.
_undone = _i.state < literal(DONE)
_held = sa.and_(_i.state > literal(WAITING), _undone)
_other_held = sa.and_(_other.c.state > literal(WAITING), _other.c.state < literal(DONE))

BLOCK: Final = 1_000_000
"""Numbers that a worker takes at once; what it does not use is never used. There are 2^55.

Only the holder of an account puts rows in its conversations, so that the numbers of a conversation go up: a new holder
takes a new block.
"""

_NEXT_BLOCK = Statement(
    sqlite.insert(number)
    .values(name=sa.literal_column("'inbox'"), next=literal(1 + BLOCK))
    .on_conflict_do_update(index_elements=["name"], set_={"next": number.c.next + literal(BLOCK)})
    .returning(number.c.next)
)
_NEXT_BLOCKS = {
    SQLITE: _NEXT_BLOCK,
    POSTGRESQL: Statement(sa.select(numbers.next_value() * literal(BLOCK) + literal(1))),
}

_PUT = insert_each_unless(
    seen.c.event,
    inbox,
    "conversation", "event", "seq", "state", "attempt", "retry", "received", "lag", "world", "settled", "body",
)  # fmt: skip
_ADD = insert_each_unless(seen.c.event, inbox, "conversation", "event", "seq", "state", "attempt", "received", "body")

_older = inbox.alias("older")
_older_undone = sa.exists().where(
    _older.c.conversation == _other.c.conversation,
    _older.c.state < literal(DONE),
    _older.c.seq < _other.c.seq,
)

_WAITING = Statement(
    sa.select(_i.conversation)
    .where(
        _undone,
        _i.state == literal(WAITING),
        _i.conversation > sa.bindparam("after"),
        # What holds a conversation up is its oldest undone row. One further back holds nothing up: a question that is
        # asked again after an unclean end stands between what was undone then and what came in since.
        _i.conversation.not_in(sa.select(_other.c.conversation).where(_other_held, ~_older_undone)),
    )
    .group_by(_i.conversation)
    .order_by(_i.conversation)
    .limit(sa.bindparam("most"))
)
_LOCK = Lookup(sa.select(conversation.c.id).with_for_update(skip_locked=True), conversation.c.id)

_ROW = (_i.seq, _i.event, _i.state, _i.attempt, _i.body, OPEN_URGENCY, *COLUMNS)
_rows = sa.select(*_ROW).select_from(sa.join(conversation, inbox, _i.conversation == conversation.c.id))
_oldest = (
    sa.select(sa.func.min(_other.c.seq))
    .where(_other.c.conversation == conversation.c.id, _other.c.state < literal(DONE))
    .scalar_subquery()
)
_TAKE = Lookup(_rows.where(_i.seq == _oldest), conversation.c.id)
_ONE = Statement(_rows.where(_i.conversation == sa.bindparam("number"), _i.event == sa.bindparam("key")))
_SUSPECT = Statement(
    sa.select(_i.conversation, _i.event)
    .where(
        _held,
        _i.state == literal(SUSPECT),
        # Nothing older of this conversation is undone.
        ~sa.exists().where(
            _other.c.conversation == _i.conversation, _other.c.state < literal(DONE), _other.c.seq < _i.seq
        ),
    )
    .order_by(_i.seq)
    .limit(literal(1))
)

_DONE = update_each(inbox, ["state", "attempt", "lag", "world", "settled"], ["conversation", "event", "state"])
_BODY = update_each(inbox, ["body"], ["conversation", "event"])
_REST = update_each(inbox, ["state", "attempt", "retry"], ["conversation", "event", "state"])
_COUNT = Statement(
    sa.update(inbox)
    .where(_i.conversation == sa.bindparam("number"), _i.event == sa.bindparam("key"), _i.state == literal(SUSPECT))
    .values(attempt=_i.attempt + literal(1))
)
_SUSPECT_ALL = Statement(sa.update(inbox).where(_undone, _i.state == literal(WAITING)).values(state=literal(SUSPECT)))
_SUSPECT_EACH = update_each(inbox, ["state"], ["conversation", "event", "state"])
_WAKE = Statement(
    sa.update(inbox)
    .where(_held, _i.state == literal(RESTING), _i.retry <= sa.bindparam("now"))
    .values(state=literal(SUSPECT))
)
_NEXT = Statement(sa.select(sa.func.min(_i.retry)).where(_held, _i.state == literal(RESTING)))

_BEHIND = Statement(
    sa.select(_i.seq, _i.event, _i.state, _i.body)
    .where(_undone, _i.conversation == sa.bindparam("number"), _i.seq > sa.bindparam("after"))
    .order_by(_i.seq)
)
_EVENTS = Statement(sa.select(_i.event).where(_i.conversation == sa.bindparam("number")))
_REMEMBER = insert_each(seen, "event", "day", ignore=True)
_OLDEST = Statement(
    sa.select(_i.conversation, _i.event, _i.settled)
    .where(sa.tuple_(_i.conversation, _i.event) > sa.tuple_(sa.bindparam("number"), sa.bindparam("after")))
    .order_by(_i.conversation, _i.event)
    .limit(sa.bindparam("most"))
)
_DELETE = delete_each(inbox, "conversation", "event")
_SEEN_BEFORE = Statement(
    sa.select(seen.c.event).where(seen.c.day < sa.bindparam("before")).order_by(seen.c.day).limit(sa.bindparam("most"))
)
_UNSEE = delete_each(seen, "event")


Place = tuple[int, bytes]
"""A row of the inbox: its conversation and its event."""

START: Final[Place] = (0, b"")


class Taken(NamedTuple):
    """An inbox row that is about to be handled, with where its conversation stands.

    `state`: None when it is not in the table yet. `open`: None when nothing of this chat is on its way out, else 1 if
    something urgent is, else 0.
    """

    seq: int
    event: bytes
    state: int | None
    attempt: int
    body: bytes
    open: int | None
    standing: Standing

    def open_body(self, key: DataKey) -> tuple[Incoming, int]:
        """What came in, and exactly when."""
        plain = INBOX_BODY.open(key, self.event, self.body)
        return decode_incoming(plain[8:]), int.from_bytes(plain[:8], "big")


def event_of(ring: KeyRing, account: str, event_key: str) -> bytes:
    """The inbox row's name: keyed hash of account and event key, the same wherever the event comes up again."""
    return ring.blind_index("event", f"{account}|{event_key}")


def seal_body(key: DataKey, event: bytes, incoming: Incoming, received: int) -> bytes:
    """The body as it is stored: the exact time of its arrival, then what came in."""
    return INBOX_BODY.seal(key, event, received.to_bytes(8, "big") + encode(incoming))


def reserve(tx: Transaction, count: int) -> list[int]:
    """Numbers for the next `count` rows, above all that were given out before."""
    last, end = tx.counters.get("inbox", 0), tx.counters.get("inbox_end", 0)
    if last + count >= end:
        row = tx.one(_NEXT_BLOCKS[tx.database])
        end = 0 if row is None else row[0]
        last = end - BLOCK - 1
        tx.counters["inbox_end"] = end
    tx.counters["inbox"] = last + count
    return list(range(last + 1, last + count + 1))


def put(tx: Transaction, rows: Sequence[Row]) -> Count:
    """Put handled events in.

    Rows of (conversation, event, seq, state, attempt, when to retry, received, lag, world, settled, sealed body, event
    again). Counts fewer when one was there before; the transaction must then be given up.
    """
    return tx.each(_PUT, rows)


def add(
    tx: Transaction, rows: Sequence[tuple[int, bytes, int, bytes]], received: int, *, suspect: bool = False
) -> None:
    """Put events (conversation, event, seq, sealed body) in, but not those that were there before."""
    at, state = minute(received), SUSPECT if suspect else WAITING
    tx.each(_ADD, [(to, event, seq, state, 0, at, body, event) for to, event, seq, body in rows])


def append(tx: Transaction, rows: Sequence[tuple[int, bytes, bytes]], received: int) -> None:
    """Put events (conversation, event, sealed body) in behind all that is there."""
    seqs = reserve(tx, len(rows)) if rows else []
    placed = [(to, event, seq, body) for seq, (to, event, body) in zip(seqs, rows, strict=True)]
    add(tx, placed, received)


def waiting(tx: Transaction, after: int, most: int) -> list[int]:
    """Conversations with numbers above `after` that have something to handle and nothing that holds them up."""
    return [row[0] for row in tx.all(_WAITING, after=after, most=most)]


def take(tx: Transaction, conversations: Sequence[int]) -> list[Taken]:
    """The oldest undone row of each of these conversations that no other worker holds, if it waits."""
    if tx.database == POSTGRESQL:
        # First the locks, then a fresh look: what another worker committed in between is seen.
        conversations = [row[0] for row in tx.look_up(_LOCK, conversations)]
    return [taken for row in tx.look_up(_TAKE, conversations) if (taken := _taken(row)).state == WAITING]


def _taken(row: Row) -> Taken:
    return Taken(row[0], row[1], row[2], row[3], row[4], row[5], Standing(row[6:]))


def suspect(tx: Transaction) -> Place | None:
    """The oldest row that is to be taken alone."""
    row = tx.one(_SUSPECT)
    return None if row is None else (row[0], row[1])


def take_suspect(tx: Transaction, place: Place) -> Taken | None:
    """That row; None when another worker has it."""
    number, event = place
    if tx.database == POSTGRESQL and not tx.look_up(_LOCK, [number]):
        return None
    found = [taken for row in tx.all(_ONE, number=number, key=event) if (taken := _taken(row)).state == SUSPECT]
    return found[0] if found else None


def count_attempt(tx: Transaction, place: Place) -> None:
    """Count the try of a suspect before it is made: it may take the process with it."""
    tx.run(_COUNT, number=place[0], key=place[1])


def finish(tx: Transaction, rows: Sequence[Row]) -> Count:
    """Done or parked: rows of (state, attempt, lag, world, settled, conversation, event, state before).

    Counts fewer when another worker was faster with one of them; the transaction must then be given up.
    """
    return tx.each(_DONE, rows)


def rest(tx: Transaction, rows: Sequence[Row]) -> None:
    """Not now: rows of (state, attempt, when to retry, conversation, event, state before)."""
    tx.each(_REST, rows)


def rewrite(tx: Transaction, rows: Sequence[tuple[bytes, int, bytes]]) -> None:
    """Store what the turn really saw (sealed body, conversation, event), for the replay."""
    tx.each(_BODY, rows)


def suspect_all(tx: Transaction) -> int:
    """After an unclean end: whatever waited then may be what ended it."""
    return tx.run(_SUSPECT_ALL)()


def suspect_these(tx: Transaction, places: Sequence[Place]) -> None:
    """One of these could not be written with the others: they are to be taken alone."""
    tx.each(_SUSPECT_EACH, [(SUSPECT, to, event, WAITING) for to, event in places])


def wake(tx: Transaction, now: int) -> int:
    """Rows whose rest is over are suspects."""
    return tx.run(_WAKE, now=now)()


def next_retry(tx: Transaction) -> int | None:
    """When the next row's rest is over."""
    row = tx.one(_NEXT)
    return None if row is None else row[0]


class Behind(NamedTuple):
    """A row that waits behind another one of its conversation, opened. `received`: exactly when, milliseconds."""

    seq: int
    event: bytes
    suspect: bool
    incoming: Incoming
    received: int


def pull(tx: Transaction, number: int, after: int, key: DataKey, kinds: tuple[type, ...] = (object,)) -> list[Behind]:
    """Take out what waits in a conversation behind that row, of these kinds: it is about to go, they are not.

    One that cannot be opened stays, and goes with the conversation: it must not keep a person from being forgotten.
    """
    found = []
    for seq, event, state, body in tx.all(_BEHIND, number=number, after=after):
        with contextlib.suppress(KeyRingError):
            plain = INBOX_BODY.open(key, event, body)
            incoming, received = decode_incoming(plain[8:]), int.from_bytes(plain[:8], "big")
            if isinstance(incoming, kinds):
                found.append(Behind(seq, event, state == SUSPECT, incoming, received))
    tx.each(_DELETE, [(number, row.event) for row in found])
    return found


def remember(tx: Transaction, number: int, now: int) -> None:
    """Keep only the names of this conversation's events, against repeats; its rows are about to go."""
    at = day(now)
    tx.each(_REMEMBER, [(row[0], at) for row in tx.all(_EVENTS, number=number)])


def empty(tx: Transaction, after: Place, before: int, most: int, now: int) -> tuple[Place, int]:
    """Of the rows behind `after`, delete those that were settled before that moment, keeping only their names.

    Returns:
        The last row looked at, `START` when that was the last of all; and how many were deleted.
    """
    rows = tx.all(_OLDEST, number=after[0], after=after[1], most=most)
    old = [(to, event) for to, event, settled in rows if settled is not None and settled < before]
    at = day(now)
    tx.each(_REMEMBER, [(event, at) for _, event in old])
    tx.each(_DELETE, old)
    return ((rows[-1][0], rows[-1][1]) if len(rows) == most else START), len(old)


def forget_events(tx: Transaction, before: int, most: int) -> int:
    """Forget the names of events that were put away before that day."""
    rows = [(row[0],) for row in tx.all(_SEEN_BEFORE, before=before, most=most)]
    tx.each(_UNSEE, rows)
    return len(rows)

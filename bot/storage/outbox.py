"""The outbox: what goes out, once decided never changed, in order for each chat.

A chat has two lanes, urgent and ordinary; in each at most one delivery is on its way (a unique partial index sees to
that), and the ordinary lane waits while something urgent is open.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from operator import itemgetter
from typing import Final, NamedTuple

import msgspec
import sqlalchemy as sa

from bot.flows.exchange import Effect, Send, Settle, decode_effect, encode
from bot.keys import DataKey, KeyRingError
from bot.storage.conversations import COLUMNS, Standing
from bot.storage.database import Transaction
from bot.storage.sealing import DELIVERY_BODY, DELIVERY_REMOTE, SealedColumn
from bot.storage.statements import Lookup, Row, Statement, delete_each, insert_each, literal, update_each
from bot.storage.tables import DeliveryKind, DeliveryState, conversation, delivery
from bot.storage.transaction import Count

MOST_PER_TURN: Final = 256
"""Places within a turn: `position` = inbox seq x this + place. An engine turn shows far fewer messages."""

_d = delivery.c
# Plain numbers: the drivers take longer over an IntEnum.
DUE: Final = int(DeliveryState.DUE)
SENDING: Final = int(DeliveryState.SENDING)
SENT: Final = int(DeliveryState.SENT)
UNCERTAIN: Final = int(DeliveryState.UNCERTAIN)
REFUSED: Final = int(DeliveryState.REFUSED)
EXPIRED: Final = int(DeliveryState.EXPIRED)

# Word by word as in the partial indexes.
_due = _d.state == literal(DUE)
_sending = _d.state == literal(SENDING)

_ADD = insert_each(
    delivery,
    "conversation", "position", "id", "kind", "state", "urgent", "attempt", "doubts", "due", "worker", "made",
    "question", "body",
)  # fmt: skip
_CLAIM = update_each(delivery, ["state", "attempt", "worker"], ["conversation", "position", "state"])
_HEARD = update_each(
    delivery,
    ["state", "doubts", "due", "worker", "settled", "remote"],
    ["conversation", "position", "state", "worker"],
)
_HEARD_IN_LINE = update_each(
    delivery,
    ["state", "doubts", "due", "worker", "settled", "remote"],
    ["conversation", "position", "state", "attempt"],
)
_GIVE_UP = update_each(delivery, ["state", "settled"], ["conversation", "position", "state"])
_QUEUED = Lookup(
    sa.select(
        _d.position, _d.id, _d.kind, _d.state, _d.urgent, _d.attempt, _d.doubts, _d.due, _d.made, _d.body, *COLUMNS
    )
    .select_from(sa.join(delivery, conversation, _d.conversation == conversation.c.id))
    .where(_d.state < literal(SENT)),
    _d.conversation,
)
_DUE = Statement(
    sa.select(_d.conversation)
    .where(_due, _d.due <= sa.bindparam("now"))
    .group_by(_d.conversation)
    .limit(sa.bindparam("most"))
)
_NEXT = Statement(sa.select(sa.func.min(_d.due)).where(_due, _d.due > sa.bindparam("now")))
_HELD = Statement(
    sa.select(_d.position, _d.attempt, _d.doubts, _d.worker, conversation.c.id, conversation.c.account, _d.due)
    .select_from(sa.join(delivery, conversation, _d.conversation == conversation.c.id))
    .where(_d.state == literal(SENDING))
)
_QUESTION = Statement(
    sa.select(_d.id, _d.body, _d.remote)
    .where(_d.conversation == sa.bindparam("number"), _d.question == sa.bindparam("hash"))
    .order_by(_d.position.desc())
    .limit(1)
)
_REMOTES = Statement(
    sa.select(_d.id, _d.remote)
    .where(_d.conversation == sa.bindparam("number"), _d.remote.is_not(None))
    .order_by(_d.position)
)
_UNHEARD = Statement(
    sa.select(_d.id, _d.body)
    .where(
        _d.conversation == sa.bindparam("number"),
        _d.kind == literal(DeliveryKind.SEND),
        _d.state != literal(SENT),
        _d.body.is_not(None),
    )
    .order_by(_d.position)
)
_later = delivery.alias("later")
# Whether it is the last question of its conversation.
_last_question = _d.question.is_not(None) & ~sa.exists().where(
    _later.c.conversation == _d.conversation, _later.c.question.is_not(None), _later.c.position > _d.position
)
_QUESTIONS = Statement(
    sa.select(_d.id, _d.question, *COLUMNS)
    .select_from(sa.join(delivery, conversation, _d.conversation == conversation.c.id))
    .where(
        conversation.c.account == sa.bindparam("account"),
        _d.made.between(sa.bindparam("since"), sa.bindparam("until")),
        _last_question,
    )
)
_OLDEST = Statement(
    sa.select(_d.conversation, _d.position, _d.settled, _d.body.is_not(None), _last_question)
    .where(sa.tuple_(_d.conversation, _d.position) > sa.tuple_(sa.bindparam("number"), sa.bindparam("after")))
    .order_by(_d.conversation, _d.position)
    .limit(sa.bindparam("most"))
)
_EMPTY = update_each(delivery, ["body"], ["conversation", "position"])
_DELETE = delete_each(delivery, "conversation", "position")
_EXPIRE = Statement(
    sa.select(_d.conversation, _d.position).where(_due, _d.made < sa.bindparam("before")).limit(sa.bindparam("most"))
)
_DOUBT_ALL = Statement(
    sa.update(delivery)
    .where(_due | _sending)
    .values(state=literal(UNCERTAIN), settled=sa.bindparam("now"), worker=sa.null())
)


def delivery_id(event: bytes, place: int) -> bytes:
    """The id under which the transport may see it more than once: uuid5(inbox id, place) (RFC 9562), 16 bytes.

    It hangs on the event, not on a row number: after a restore the same event gets the same id, and no other does.
    """
    digest = bytearray(hashlib.sha1(event + str(place).encode(), usedforsecurity=False).digest()[:16])
    digest[6] = digest[6] & 0x0F | 0x50
    digest[8] = digest[8] & 0x3F | 0x80
    return bytes(digest)


_position = itemgetter(0)


def question_hash(token: str) -> bytes | None:
    """How the delivery of a question is found when it is settled; None for what is no question."""
    return hashlib.sha256(token.encode()).digest()[:8] if token else None


Place = tuple[int, int]
"""A row of the outbox: its conversation and its position."""

START: Final[Place] = (0, 0)


class Takeback(msgspec.Struct, frozen=True):
    """What is left to do on the transport when a person was forgotten: these messages of ours."""

    remote_ids: list[str]

    def __repr__(self) -> str:
        return "Takeback()"


_takeback = msgspec.json.Decoder(Takeback)


class Queued(NamedTuple):
    """A delivery that is not out yet, with its conversation."""

    position: int
    id: bytes
    kind: int
    state: int
    urgent: int
    attempt: int
    doubts: int
    due: int
    made: int
    body: bytes
    standing: Standing

    def open_body(self, key: DataKey) -> Send | Settle | Takeback:
        """What is to be sent."""
        plain = DELIVERY_BODY.open(key, self.id, self.body)
        if self.kind == DeliveryKind.FORGET:
            return _takeback.decode(plain)
        effect: Effect = decode_effect(plain)
        if not isinstance(effect, Send | Settle):
            raise TypeError("a delivery that is no message")
        return effect


class Held(NamedTuple):
    """A delivery that some worker is sending, or was sending when it died."""

    position: int
    attempt: int
    doubts: int
    worker: str | None
    conversation: int
    account: int
    due: int


def seal_body(key: DataKey, identity: bytes, what: Send | Settle | Takeback) -> bytes:
    """The body as it is stored."""
    plain = msgspec.json.encode(what) if isinstance(what, Takeback) else encode(what)
    return DELIVERY_BODY.seal(key, identity, plain)


def seal_remote(key: DataKey, identity: bytes, remote_id: str) -> bytes | None:
    """The transport's name of it as it is stored; None when it has none."""
    return DELIVERY_REMOTE.seal(key, identity, remote_id.encode()) if remote_id else None


def add(tx: Transaction, rows: Sequence[Row]) -> None:
    """Put deliveries in.

    Rows of (conversation, position, id, kind, state, urgent, attempt, doubts, due, worker, made, question hash, sealed
    body).
    """
    tx.each(_ADD, rows)


def claim(tx: Transaction, rows: Sequence[Row]) -> Count:
    """Take due ones: rows of (sending, attempt, worker, conversation, position, due)."""
    return tx.each(_CLAIM, rows)


def hear(tx: Transaction, rows: Sequence[Row]) -> None:
    """What came of them.

    Rows of (state, doubts, due, worker, settled, sealed remote id, conversation, position, sending, worker). Those
    that were taken away from the worker in the meantime are left alone.
    """
    tx.each(_HEARD, rows)


def hear_in_line(tx: Transaction, rows: Sequence[Row]) -> None:
    """What came of them before they counted as being sent.

    Rows of (state, doubts, due, worker, settled, sealed remote id, conversation, position, due, tries so far). Those
    that somebody has tried in the meantime are left alone.
    """
    tx.each(_HEARD_IN_LINE, rows)


def queued(tx: Transaction, conversations: Sequence[int]) -> dict[int, list[Queued]]:
    """What is not out yet in these conversations, in order."""
    found: dict[int, list[Queued]] = {}
    for row in tx.look_up(_QUEUED, conversations):
        standing = Standing(row[10:])
        queued = Queued(row[0], row[1], row[2], row[3], row[4], row[5], row[6], row[7], row[8], row[9], standing)
        found.setdefault(standing.id, []).append(queued)
    for waiting in found.values():
        waiting.sort(key=_position)
    return found


def due(tx: Transaction, now: int, most: int) -> list[int]:
    """Conversations with something whose time has come."""
    return [row[0] for row in tx.all(_DUE, now=now, most=most)]


def next_due(tx: Transaction, now: int) -> int | None:
    """When the next one's time comes that has not come yet."""
    row = tx.one(_NEXT, now=now)
    return None if row is None else row[0]


def held(tx: Transaction) -> list[Held]:
    """All that some worker is sending."""
    return [Held(*row) for row in tx.all(_HELD)]


def question(tx: Transaction, number: int, hashed: bytes, key: DataKey) -> tuple[str, Send | None] | None:
    """The question that this token belongs to: the transport's name of it ("" none), and its text unless emptied.

    One that cannot be read any more is none: nothing is changed on it, and nothing else waits for it.
    """
    row = tx.one(_QUESTION, number=number, hash=hashed)
    if row is None:
        return None
    identity, body, remote = row
    try:
        remote_id = "" if remote is None else DELIVERY_REMOTE.open(key, identity, remote).decode()
        effect = None if body is None else decode_effect(DELIVERY_BODY.open(key, identity, body))
    except KeyRingError:
        return None
    return remote_id, effect if isinstance(effect, Send) else None


def unheard(tx: Transaction, number: int, key: DataKey) -> list[Send]:
    """What was to be said to this conversation and is not known to have arrived, in order, as far as it can be read."""
    opened = [decode_effect(body) for body in _open(key, DELIVERY_BODY, tx.all(_UNHEARD, number=number))]
    return [effect for effect in opened if isinstance(effect, Send)]


def remotes(tx: Transaction, number: int, key: DataKey) -> list[str]:
    """The transport's names of what was sent to this conversation, oldest first, as far as they can be read."""
    return [name.decode() for name in _open(key, DELIVERY_REMOTE, tx.all(_REMOTES, number=number))]


def _open(key: DataKey, column: SealedColumn, rows: Iterable[Row]) -> Iterator[bytes]:
    """Nobody must be kept from being forgotten, or from moving, by a row that cannot be read."""
    for identity, sealed in rows:
        with suppress(KeyRingError):
            yield column.open(key, identity, sealed)


def too_old(tx: Transaction, before: int, most: int) -> list[Place]:
    """Due since before that moment."""
    return [(row[0], row[1]) for row in tx.all(_EXPIRE, before=before, most=most)]


def doubt_all(tx: Transaction, now: int) -> int:
    """After a restore: whether what was due then was sent since is not known (decisions.md)."""
    return tx.run(_DOUBT_ALL, now=now)()


def give_up(tx: Transaction, places: Sequence[Place], settled: int) -> None:
    """They are not tried again."""
    tx.each(_GIVE_UP, [(EXPIRED, settled, number, position, DUE) for number, position in places])


def empty(tx: Transaction, after: Place, emptied: int, deleted: int, most: int) -> tuple[Place, int]:
    """Of the rows behind `after`, empty the bodies of those settled before `emptied`, delete those before `deleted`.

    The last question of a conversation stays without its body.

    Returns:
        The last row looked at, `START` when that was the last of all; and how many were emptied or deleted.
    """
    rows = tx.all(_OLDEST, number=after[0], after=after[1], most=most)
    gone = [(row[0], row[1]) for row in rows if row[2] is not None and row[2] < deleted and not row[4]]
    bare = [(None, row[0], row[1]) for row in rows if row[2] is not None and row[2] < emptied and row[3]]
    tx.each(_EMPTY, bare)
    tx.each(_DELETE, gone)
    return ((rows[-1][0], rows[-1][1]) if len(rows) == most else START), len(gone) + len(bare)


class Question(NamedTuple):
    """A question that was sent, with its conversation."""

    id: bytes
    hash: bytes
    standing: Standing


def open_questions(tx: Transaction, account: int, since: int, until: int) -> list[Question]:
    """The last question of each conversation of this account, if it was asked between these moments."""
    rows = tx.all(_QUESTIONS, account=account, since=since, until=until)
    return [Question(row[0], row[1], Standing(row[2:])) for row in rows]

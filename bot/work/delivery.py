"""D1 and D3: which messages may go out now, and what became of them.

Per chat in order, one on its way in each lane. The claim is committed before the adapter is asked to send; what the
adapter answers is committed before the next one of that chat is claimed (in the same commit).

On a transport with a pace a message first stands in line, which the books do not show: it is due as before, and only
this process knows that it has handed it out. `begin` is its claim, when its turn has come.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from typing import Final, NamedTuple, assert_never

from bot.adapters.base import NotSent, Original, Outcome, Refused, Sent, Unknown
from bot.failpoints import reach
from bot.flows.exchange import Send, Settle, Started
from bot.journal import log
from bot.keys import DataKey, KeyRing
from bot.storage import outbox, tallies
from bot.storage.database import Transaction
from bot.storage.outbox import Queued, Takeback
from bot.storage.statements import Row
from bot.storage.tables import AlertReason, DeliveryKind
from bot.storage.times import minute
from bot.storage.transaction import Count
from bot.work.doors import Door, Doors
from bot.work.worlds import StaticAnswer

FIRST_RETRY: Final = 1_000
LONGEST_RETRY: Final = 60_000
"""Milliseconds. Doubles from the first to the longest while a transport is away: back within a minute of its return."""

SECOND_COPY_AFTER: Final = 10_000
"""Milliseconds until a message that may or may not have arrived is sent once more (guarantees, C)."""

SAME_ID_FOR: Final = 12 * 3_600_000
"""Milliseconds that a transport is trusted to remember a delivery id; Synapse purges its own after 24 h."""

MOST_RESCUES: Final = 12
"""A delivery during which the process ended so often is what ends it, and is not tried again. Not fewer: where sends
are idempotent nothing is lost by trying, and a machine that is restarted again and again is no fault of the message."""

EXPIRES_AFTER: Final = 3 * 86_400_000
"""Milliseconds. Advice that is three days late is no advice; a human is told."""

MOST_CLAIMS: Final = 200


class Overtaken(Exception):
    """Another worker was faster; nothing is to be committed, and a fresh look will find what is left."""


class Parcel(NamedTuple):
    """A delivery that was handed out: what the adapter gets, and what is needed to note its answer.

    `begun`: it is committed as being sent. Not so while it stands in line at a transport with a pace.
    """

    position: int
    id: bytes
    conversation: int
    door: Door
    chat: str
    what: Send | Settle | Takeback
    original: Original | None
    key: DataKey
    attempt: int
    doubts: int
    made: int
    begun: bool

    def __repr__(self) -> str:
        return f"Parcel({self.id.hex()})"


_Opened = tuple[DataKey, str, Send | Settle | Takeback]
"""The conversation's key, the address, and what is to be sent there."""


class Delivery:
    """Claims and settles deliveries for one worker. `in_flight`: positions of what it has handed out."""

    def __init__(
        self, ring: KeyRing, doors: Doors, worker: str, in_flight: Container[int], static_answer: StaticAnswer
    ) -> None:
        self._ring = ring
        self._static_answer = static_answer
        self._doors = doors
        self._worker = worker
        self._in_flight = in_flight
        self.behind: set[int] = set()
        """Conversations in which something waits for what is on its way. What other workers have queued meanwhile is
        found by `claim_due`, a second later."""

    def settle(self, tx: Transaction, answers: Sequence[tuple[Parcel, Outcome]], now: int) -> list[Parcel]:
        """Note what became of these, and claim what may follow in their chats."""
        rows: list[Row] = []
        in_line: list[Row] = []
        alerts: list[tallies.Alert] = []
        for parcel, outcome in answers:
            state, doubts, due, remote = _judge(parcel, outcome, now)
            settled = None if state == outbox.DUE else minute(now)
            row = (state, doubts, due, None, settled, remote, parcel.conversation, parcel.position)
            if parcel.begun:
                rows.append((*row, outbox.SENDING, self._worker))
            else:
                in_line.append((*row, outbox.DUE, parcel.attempt - 1))
            if state == outbox.REFUSED:
                alerts.append((AlertReason.REFUSED, parcel.conversation, None))
            elif state == outbox.UNCERTAIN:
                alerts.append((AlertReason.UNCERTAIN, parcel.conversation, None))
        outbox.hear(tx, rows)
        outbox.hear_in_line(tx, in_line)
        tallies.raise_alerts(tx, alerts, now)
        reach("d3_inside")
        followed = dict.fromkeys(parcel.conversation for parcel, _ in answers)
        return self.claim(tx, [number for number in followed if number in self.behind], now)

    def claim_due(self, tx: Transaction, now: int) -> list[Parcel]:
        """Claim what waited for its time to come."""
        return self.claim(tx, outbox.due(tx, now, MOST_CLAIMS), now)

    def claim(self, tx: Transaction, conversations: Iterable[int], now: int) -> list[Parcel]:
        """Claim what may go out in these conversations now; where there is a pace, it is only to stand in line."""
        parcels: list[Parcel] = []
        lost: list[outbox.Place] = []
        for number, waiting in outbox.queued(tx, list(conversations)).items():
            door = self._doors.by_account.get(waiting[0].standing.account)
            ready = _next(waiting, now, self._in_flight) if door is not None and door.held else []
            for queued in ready:
                parcel = self._parcel(tx, queued)
                if parcel is None:
                    lost.append((number, queued.position))
                else:
                    parcels.append(parcel)
            if len(waiting) > len(ready):
                self.behind.add(number)
            else:
                self.behind.discard(number)
        outbox.give_up(tx, lost, minute(now))
        tallies.raise_alerts(tx, [(AlertReason.PARKED, number, None) for number, _ in lost], now)
        self._claim(tx, [parcel for parcel in parcels if parcel.begun])
        return parcels

    def begin(self, tx: Transaction, parcels: Sequence[Parcel]) -> list[Parcel]:
        """Claim these, whose turn has come.

        Returns:
            Those that go on the wire now. The others are gone, expired, or another worker's, since they stood in line.

        Raises:
            Overtaken: another worker was faster; nothing is to be committed.
        """
        found = outbox.queued(tx, list(dict.fromkeys(parcel.conversation for parcel in parcels)))
        due = {
            (number, queued.position, queued.attempt + 1)
            for number, waiting in found.items()
            for queued in waiting
            if queued.state == outbox.DUE
        }
        begun = [
            parcel._replace(begun=True)
            for parcel in parcels
            if parcel.door.held and (parcel.conversation, parcel.position, parcel.attempt) in due
        ]
        if self._claim(tx, begun)() != len(begun):
            raise Overtaken
        return begun

    def _claim(self, tx: Transaction, parcels: Sequence[Parcel]) -> Count:
        count = outbox.claim(
            tx,
            [
                (outbox.SENDING, parcel.attempt, self._worker, parcel.conversation, parcel.position, outbox.DUE)
                for parcel in parcels
            ],
        )
        if parcels:
            reach("d1_inside")
        return count

    def _parcel(self, tx: Transaction, queued: Queued) -> Parcel | None:
        """None: it cannot be read, nor can anything be said in its place."""
        opened = self._opened(queued)
        if opened is None:
            return None
        key, chat, what = opened
        number, door = queued.standing.id, self._doors.by_account[queued.standing.account]
        original = original_of(tx, number, key, what)
        return Parcel(
            queued.position, queued.id, number, door, chat, what, original, key,
            queued.attempt + 1, queued.doubts, queued.made, not door.paced,
        )  # fmt: skip

    def _opened(self, queued: Queued) -> _Opened | None:
        standing = queued.standing
        try:
            key = standing.key(self._ring)
            return key, standing.chat(key), self._content(queued, key)
        except Exception as error:  # noqa: BLE001 - whatever is wrong with it must not keep others waiting
            log().error("delivery_lost", delivery=queued.id.hex(), exc_info=error)
            return None

    def _content(self, queued: Queued, key: DataKey) -> Send | Settle | Takeback:
        try:
            return queued.open_body(key)
        except Exception as error:
            instead = self._static_answer("lost", Started(), queued.standing.language(key))
            if queued.kind != DeliveryKind.SEND or instead is None:
                raise
            log().error("delivery_unreadable", delivery=queued.id.hex(), exc_info=error)
            return instead

    def rescue(self, tx: Transaction, accounts: Iterable[int], mine: Iterable[int], now: int) -> int:
        """Free what dead workers were sending on these accounts, and what this one claimed but never handed over.

        Args:
            tx: committed by the caller.
            accounts: of which this process is now the only holder.
            mine: positions that this process is really sending.
            now: milliseconds.

        Returns:
            How many were freed.
        """
        accounts, mine = set(accounts), set(mine)
        rows = []
        alerts: list[tallies.Alert] = []
        for held in outbox.held(tx):
            if held.account not in accounts or held.position in mine:
                continue
            door = self._doors.by_account[held.account]
            if held.worker == self._worker:
                state, doubts, due = outbox.DUE, held.doubts, now
            elif held.doubts + 1 >= (MOST_RESCUES if door.idempotent else 2):
                state, doubts, due = outbox.UNCERTAIN, held.doubts + 1, held.due
                alerts.append((AlertReason.UNCERTAIN, held.conversation, None))
            else:
                state, doubts = outbox.DUE, held.doubts + 1
                due = now if door.idempotent else now + SECOND_COPY_AFTER
            settled = None if state == outbox.DUE else minute(now)
            rows.append(
                (state, doubts, due, None, settled, None, held.conversation, held.position, outbox.SENDING, held.worker)
            )
        outbox.hear(tx, rows)
        tallies.raise_alerts(tx, alerts, now)
        reach("rescue_inside")
        return len(rows)

    def expire(self, tx: Transaction, now: int) -> int:
        """Give up what could not be sent for days."""
        found = outbox.too_old(tx, now - EXPIRES_AFTER, MOST_CLAIMS)
        outbox.give_up(tx, found, minute(now))
        tallies.raise_alerts(tx, [(AlertReason.EXPIRED, number, None) for number, _ in found], now)
        return len(found)


def original_of(tx: Transaction, number: int, key: DataKey, what: Send | Settle | Takeback) -> Original | None:
    """The question that a Settle is about; None for anything else, or when there is nothing to edit."""
    if not isinstance(what, Settle):
        return None
    hashed = outbox.question_hash(what.token)
    found = None if hashed is None else outbox.question(tx, number, hashed, key)
    return None if found is None or not found[0] else Original(*found)


def _judge(parcel: Parcel, outcome: Outcome, now: int) -> tuple[int, int, int, bytes | None]:
    """What an answer means: state, doubts, when to try again, sealed remote id."""
    match outcome:
        case Sent(remote_id=remote_id):
            return outbox.SENT, parcel.doubts, now, outbox.seal_remote(parcel.key, parcel.id, remote_id)
        case NotSent(after=after):
            return outbox.DUE, parcel.doubts, now + max(int(after * 1000), _backoff(parcel.attempt, after)), None
        case Unknown():
            if parcel.door.idempotent and now - parcel.made < SAME_ID_FOR:
                return outbox.DUE, parcel.doubts, now + _backoff(parcel.attempt, 0), None
            if parcel.doubts == 0:
                return outbox.DUE, 1, now + SECOND_COPY_AFTER, None
            return outbox.UNCERTAIN, parcel.doubts, now, None
        case Refused():
            return outbox.REFUSED, parcel.doubts, now, None
        case _:
            assert_never(outcome)


def _backoff(attempt: int, told: float) -> int:
    """Milliseconds to wait after the n-th try, when the transport has not told."""
    return 0 if told > 0 else min(FIRST_RETRY << min(attempt - 1, 16), LONGEST_RETRY)


def _next(waiting: Sequence[Queued], now: int, in_flight: Container[int]) -> list[Queued]:
    """Which of a chat's open deliveries, oldest first, may go out now: at most one urgent, at most one ordinary."""
    found = []
    urgent = [queued for queued in waiting if queued.urgent]
    lane = urgent or waiting
    if not any(queued.state == outbox.SENDING or queued.position in in_flight for queued in lane):
        found.append(lane[0])
    return [queued for queued in found if queued.due <= now]

"""The judge: compares what people and transports say with what stands in the tables (guarantees, E).

It shares no code with the ledger: own SQL, own computing of ids, the engine only to replay. Call `audit` when the bot
is at rest: everything was fetched, handled, sent. What an earlier audit has seen may be gone by retention in a later
one; each audit goes on where the last one ended.
"""

from __future__ import annotations

import hashlib
import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import msgspec

from bot.fallback import answer
from bot.flows.conversation import EMPTY, Conversation, decode
from bot.flows.exchange import (
    Incoming,
    Resumed,
    Said,
    Send,
    Settle,
    TimerFired,
    Transport,
    decode_effect,
    decode_incoming,
)
from bot.flows.reading import clean
from bot.keys import KeyRing
from tests.faults.book import Book, Copy, Written
from tests.faults.records import (
    DONE,
    DUE,
    EXPIRED,
    PARKED,
    PLACES,
    REFUSED,
    SEND,
    SENDING,
    SENT,
    SETTLE,
    TAKEBACK,
    UNCERTAIN,
    Chat,
    DeliveryRow,
    InboxRow,
    Records,
    rows_of,
)
from tests.faults.replay import Expected, Replayer, Walked, delivery_id, timer_event, timer_id

LOSSES: Final = frozenset(
    {"lost", "undone", "parked", "unsent", "missing-copy", "missing-delivery", "swallowed", "cursor", "unreadable"}
)
DOUBLES: Final = frozenset({"double-copy", "strange-row", "strange-delivery", "strange-copy", "double-turn"})
DISORDER: Final = frozenset({"disorder-in", "disorder-out"})
REPLAY: Final = frozenset(
    {"state", "delivery", "world", "revision", "timer", "case", "count", "half-turn", "content", "wrong-copy", "untold"}
)

_ALERTS: Final = {UNCERTAIN: "uncertain", REFUSED: "refused", EXPIRED: "expired"}
_DAY: Final = 86_400_000
_FIRST: Final = range(24)
"""Places in a turn in which alarms are set, and messages that follow from one."""


@dataclass(frozen=True)
class Finding:
    """Something that is not as promised. `rule`: one of the sets above; `where`: no word that a person wrote."""

    rule: str
    where: str


@dataclass
class Totals:
    """What an audit has looked at. `uncertain`: given up in doubt, a human alerted; of these `unseen` never arrived.

    `static`: emergency texts that went out while nothing could be written.
    """

    messages: int = 0
    turns: int = 0
    deliveries: int = 0
    copies: int = 0
    repeats: int = 0
    uncertain: int = 0
    unseen: int = 0
    forgotten: int = 0
    static: int = 0


@dataclass
class _Side:
    """One account: its book, its conversations, and the event of everything that was written."""

    book: Book
    transport: Transport
    chats: dict[str, Chat] = field(default_factory=dict)
    written: dict[bytes, Written] = field(default_factory=dict)
    copies: dict[bytes, list[Copy]] = field(default_factory=dict)


class Auditor:
    """Audits one database again and again. `poison`: texts whose rows may be parked."""

    def __init__(self, database: str, keys: Path, poison: frozenset[str] = frozenset()) -> None:
        self.totals = Totals()
        self._database = database
        self._keys = keys
        self._poison = poison
        self._walked: dict[tuple[int, bytes], Walked] = {}
        """By number and wrapped key: after a forgetting SQLite may give the number again."""
        self._known: set[bytes] = set()
        """Events that an earlier audit has seen in the inbox, done."""
        self._counts: Counter[tuple[str, str, str]] = Counter()
        self._findings: list[Finding] = []
        self.records = Records()
        self._derived: dict[tuple[str, str], set[bytes]] = {}
        self._answered: dict[tuple[str, str], int] = {}
        self._now = 0
        self._ring: KeyRing

    def audit(self, books: Sequence[Book], now: int) -> list[Finding]:
        """Compare; empty when all is as promised. `now`: milliseconds by the clock of the run."""
        self._now = now
        self._findings = []
        self._derived = {}
        self._answered = {}
        self._ring = KeyRing.open(self._keys, create=False)
        records = self.records = Records.read(self._database, self._ring)
        self.totals = Totals()
        for where in records.unreadable:
            self._find("unreadable", where)
        replayer = Replayer(self._ring, records.revisions, self._find)
        inbox = rows_of(records)
        deliveries: dict[int, list[DeliveryRow]] = {}
        for delivery in records.deliveries:
            deliveries.setdefault(delivery.conversation, []).append(delivery)
        for book in books:
            side = self._side(book)
            self._judge_inbox(side, inbox)
            for chat in side.chats.values():
                mine = deliveries.get(chat.id, [])
                self._judge_chat(side, chat, inbox[chat.id], mine, replayer)
            self._judge_copies(side, deliveries)
            self.totals.copies += len(book.copies)
        self._counts += replayer.counts
        self._judge_counts()
        self.totals.turns = sum(row.state == DONE for row in records.inbox)
        self.totals.deliveries = len(records.deliveries)
        self.totals.forgotten = len(records.tombstones)
        self._known |= {row.event for row in records.inbox if row.state >= DONE}
        return self._findings

    def _find(self, rule: str, where: str) -> None:
        self._findings.append(Finding(rule, where))

    def _side(self, book: Book) -> _Side:
        transport = Transport(name=book.account, encrypted=book.idempotent, edits=book.edits, real=False)
        side = _Side(book, transport)
        number, cursor = self.records.accounts.get(book.account, (-1, None))
        for chat in self.records.chats.values():
            if chat.account == number:
                expected = self._ring.blind_index("address", f"{book.account}|{chat.address}")
                if expected != chat.index:
                    self._find("unreadable", f"conversation {chat.id}: its address is another's")
                side.chats[chat.address] = chat
        for written in book.written:
            side.written[self._ring.blind_index("event", f"{book.account}|{written.key}")] = written
        static = {
            uuid.uuid5(uuid.NAMESPACE_OID, f"static|{book.account}|{written.key}").bytes for written in book.written
        }
        for copy in book.copies:
            if bytes.fromhex(copy.delivery.replace("-", "")) in static:
                # The emergency text that went out while the books could not be written; they know nothing of it.
                self.totals.static += 1
                continue
            side.copies.setdefault(bytes.fromhex(copy.delivery.replace("-", "")), []).append(copy)
        if int(cursor or 0) < book.acknowledged:
            self._find("cursor", f"{book.account}: acknowledged {book.acknowledged}, noted {cursor}")
        return side

    # --- in

    def _judge_inbox(self, side: _Side, inbox: dict[int, list[InboxRow]]) -> None:
        by_event = {row.event: row for rows in inbox.values() for row in rows}
        self.totals.messages += len(side.book.written)
        for event, written in side.written.items():
            where = f"{side.book.account} {written.key}"
            row = by_event.get(event)
            chat = side.chats.get(written.chat)
            if row is None:
                self._judge_absent(side, event, written, where)
            elif chat is None or row.conversation != chat.id:
                self._find("content", f"{where}: in another's conversation")
            elif row.plain is not None and not _same(decode_incoming(row.plain), written):
                self._find("content", where)
        for chat in side.chats.values():
            last = 0
            for row in inbox[chat.id]:
                written_row = side.written.get(row.event)
                if written_row is not None:
                    if written_row.number < last:
                        self._find("disorder-in", f"{side.book.account} {written_row.key}")
                    last = max(last, written_row.number)

    def _judge_absent(self, side: _Side, event: bytes, written: Written, where: str) -> None:
        """A message without an inbox row: its row is gone by retention or forgetting, or it was lost."""
        if event in self._known:
            return
        index = self._ring.blind_index("address", f"{side.book.account}|{written.chat}")
        buried = self.records.tombstones.get(index)
        if buried is not None and written.at < buried:
            return
        if buried is None or event not in self.records.seen:
            self._find("lost", where)
        elif written.number > self._last_answered(side, written.chat):
            # Everything that a person can do is answered; this one went with the conversation before its turn.
            self._find("swallowed", where)

    def _last_answered(self, side: _Side, chat: str) -> int:
        """The last message of a forgotten chat that anything was sent for: at the latest the one that asked for it."""
        known = self._answered.get((side.book.account, chat))
        if known is None:
            known = self._answered[side.book.account, chat] = max(
                (
                    written.number
                    for event, written in side.written.items()
                    if written.chat == chat
                    and event in self.records.seen
                    and any(delivery_id(event, place) in side.copies for place in range(PLACES))
                ),
                default=0,
            )
        return known

    # --- turns

    def _judge_chat(
        self, side: _Side, chat: Chat, rows: list[InboxRow], deliveries: list[DeliveryRow], replayer: Replayer
    ) -> None:
        walked = self._walked.setdefault((chat.id, chat.dek), Walked())
        before = len(walked.deliveries)
        self._judge_rows(side, chat, rows, walked, replayer)
        state: Conversation = EMPTY if chat.state is None else decode(chat.state)
        if state != decode(walked.state):
            self._find("state", f"conversation {chat.id}")
        self._judge_timers(chat, walked)
        self._judge_cases(chat, walked)
        expected = {one.id: one for one in walked.deliveries[before:]}
        self._judge_deliveries(side, chat, rows, deliveries, walked, expected)

    def _judge_rows(self, side: _Side, chat: Chat, rows: list[InboxRow], walked: Walked, replayer: Replayer) -> None:
        replayer.walk(walked, rows, side.transport)
        for row in rows:
            where = f"inbox {row.seq}"
            incoming = None if row.plain is None else decode_incoming(row.plain)
            if row.state < DONE:
                self._find("undone", where)
            if row.state == PARKED:
                if not (isinstance(incoming, Said) and incoming.text in self._poison):
                    self._find("parked", where)
                if ("parked", chat.id) not in self.records.alerts:
                    self._find("untold", f"{where}: parked")
            if row.event not in side.written and not self._explained(side, chat, row, incoming, walked):
                self._find("strange-row", where)

    def _explained(self, side: _Side, chat: Chat, row: InboxRow, incoming: Incoming | None, walked: Walked) -> bool:
        """Whether a row that nobody wrote comes from a timer, an outage, or the end of a conversation's time."""
        index = self._ring.blind_index
        if row.event in self._known:
            return True
        match incoming:
            case TimerFired(name=name, about=about):
                alarm = walked.ever_set.get(row.event)
                if alarm is not None:
                    if row.received < alarm.due:
                        self._find("timer", f"inbox {row.seq}: it came too early")
                    return (alarm.name, alarm.about) == (name, about)
                days = range(row.received // _DAY - 2, row.received // _DAY + 60)
                return any(index("event", f"|expiry:{chat.index.hex()}:{day}") == row.event for day in days)
            case Resumed():
                return any(
                    index("event", f"{side.book.account}|resumed:{identity.hex()}") == row.event
                    for identity in [one.id for one in walked.deliveries if isinstance(one.effect, Send)]
                )
            case _:
                return False

    def _judge_timers(self, chat: Chat, walked: Walked) -> None:
        there = {row.id: row for row in self.records.timers if row.conversation == chat.id}
        fired = {row.event for row in self.records.inbox if row.conversation == chat.id}
        for alarm in walked.timers.values():
            row = there.pop(alarm.id, None)
            if row is None:
                # It may have fired: then its row waits, which is a finding of its own. Or nobody was there for so long
                # that it was of no use any more.
                useless = alarm.due + alarm.useless_after * 1000 < self._now
                if not useless and timer_event(self._ring, alarm.id) not in fired:
                    self._find("timer", f"conversation {chat.id}: one is missing")
            elif (row.due, row.useless_after) != (alarm.due, alarm.useless_after) or (
                row.plain is not None and msgspec.json.decode(row.plain) != [alarm.name, alarm.about]
            ):
                self._find("timer", f"conversation {chat.id}: one differs")
        if there:
            self._find("timer", f"conversation {chat.id}: one too many")

    def _judge_cases(self, chat: Chat, walked: Walked) -> None:
        there = {number: row[1:3] for number, row in self.records.cases.items() if row[0] == chat.id}
        if there != walked.cases:
            self._find("case", f"conversation {chat.id}")
        if not walked.notes <= self.records.notes:
            self._find("case", f"conversation {chat.id}: a note is missing")
        for reason in walked.alerts:
            if (reason, chat.id) not in self.records.alerts:
                self._find("untold", f"conversation {chat.id}: {reason}")

    def _judge_counts(self) -> None:
        stored = self.records.counts
        for tally, count in self._counts.items():
            # The counts of those who were forgotten stay, and nobody can say any more that they were theirs.
            if stored.get(tally, 0) < count or (not self.records.tombstones and stored.get(tally, 0) != count):
                self._find("count", f"{tally[0]}: {stored.get(tally, 0)} for {count}")
        if not self.records.tombstones and set(stored) - set(self._counts):
            self._find("count", "one that nothing explains")

    # --- out

    def _judge_deliveries(
        self,
        side: _Side,
        chat: Chat,
        rows: list[InboxRow],
        deliveries: list[DeliveryRow],
        walked: Walked,
        expected: dict[bytes, Expected],
    ) -> None:
        for row in rows:
            if row.state == PARKED and row.plain is not None and row.event not in self._known:
                sorry = answer("parked", decode_incoming(row.plain), "")
                if sorry is not None:
                    place = PLACES - 1
                    identity = delivery_id(row.event, place)
                    expected[identity] = Expected(row.seq * PLACES + place, identity, sorry)
        parked = {delivery_id(row.event, PLACES - 1) for row in rows if row.state == PARKED}
        there: dict[bytes, DeliveryRow] = {}
        for delivery in deliveries:
            where = f"delivery {delivery.position}"
            if delivery.id in there:
                self._find("double-turn", where)
            there[delivery.id] = delivery
            wanted = expected.pop(delivery.id, None)
            if wanted is None:
                if delivery.id not in walked.audited and not self._is_receipt(side, chat, delivery):
                    self._find("strange-delivery", where)
            elif wanted.position != delivery.position or (
                delivery.plain is not None
                and delivery.id not in parked
                and decode_effect(delivery.plain) != wanted.effect
            ):
                self._find("delivery", where)
            self._judge_outcome(side, chat, delivery, where)
        for wanted in expected.values():
            self._find("missing-delivery", f"delivery {wanted.position}")
        walked.audited |= {delivery.id for delivery in deliveries if delivery.state >= SENT}

    def _is_receipt(self, side: _Side, chat: Chat, delivery: DeliveryRow) -> bool:
        """Whether it is what is left of a conversation that was forgotten."""
        place = delivery.position % PLACES
        return chat.index in self.records.tombstones and any(
            delivery_id(event, place) == delivery.id
            for event, written in side.written.items()
            if written.chat == chat.address and event in self.records.seen
        )

    def _judge_outcome(self, side: _Side, chat: Chat, delivery: DeliveryRow, where: str) -> None:
        copies = side.copies.get(delivery.id, [])
        most = 1 if side.book.idempotent else 2
        if len(copies) > most:
            self._find("double-copy", f"{where}: {len(copies)} times")
        self.totals.repeats += max(0, len(copies) - 1)
        if delivery.state in {DUE, SENDING}:
            self._find("unsent", where)
        elif delivery.state == SENT and not copies and self._must_show(delivery):
            self._find("missing-copy", where)
        elif delivery.state in _ALERTS and (_ALERTS[delivery.state], chat.id) not in self.records.alerts:
            self._find("untold", f"{where}: {_ALERTS[delivery.state]}")
        if delivery.state == UNCERTAIN:
            self.totals.uncertain += 1
            self.totals.unseen += not copies
        for copy in copies:
            if copy.chat != chat.address:
                self._find("wrong-copy", f"{where}: in another's chat")
            elif delivery.plain is not None and delivery.kind != TAKEBACK:
                shown = msgspec.convert(copy.body, Send | Settle)
                if shown != decode_effect(delivery.plain):
                    self._find("wrong-copy", where)

    def _must_show(self, delivery: DeliveryRow) -> bool:
        """A message must; the edit of a question that was never sent changes nothing; taking back shows nothing."""
        if delivery.kind != SETTLE or delivery.plain is None:
            return delivery.kind == SEND
        effect = decode_effect(delivery.plain)
        assert isinstance(effect, Settle)
        question = hashlib.sha256(effect.token.encode()).digest()[:8]
        return any(
            one.question == question and one.state == SENT and one.position < delivery.position
            for one in self.records.deliveries
            if one.conversation == delivery.conversation
        )

    def _judge_copies(self, side: _Side, deliveries: dict[int, list[DeliveryRow]]) -> None:
        for address, chat in side.chats.items():
            places = {one.id: one for one in deliveries.get(chat.id, [])}
            lanes = {0: 0, 1: 0}
            for copy in side.book.copies:
                delivery = places.get(bytes.fromhex(copy.delivery.replace("-", "")))
                if copy.chat == address and delivery is not None:
                    if delivery.position < lanes[delivery.urgent]:
                        self._find("disorder-out", f"delivery {delivery.position}")
                    lanes[delivery.urgent] = max(lanes[delivery.urgent], delivery.position)
        known = {one.id for rows in deliveries.values() for one in rows}
        for walked in self._walked.values():
            known |= walked.audited
        for identity, copies in side.copies.items():
            if identity not in known and not self._was_forgotten(side, identity, copies[0]):
                self._find("strange-copy", f"{side.book.account} copy {copies[0].order}")

    def _was_forgotten(self, side: _Side, identity: bytes, copy: Copy) -> bool:
        """Whether it was sent to somebody who was forgotten since, in answer to something that came in."""
        index = self._ring.blind_index("address", f"{side.book.account}|{copy.chat}")
        if index not in self.records.tombstones:
            return False
        events = [event for event, written in side.written.items() if written.chat == copy.chat]
        # Alarms and questions that were asked again are events as well, and hang on the first ones.
        return identity in self._derive((side.book.account, copy.chat), events) or identity in self._derive_later(
            side, (side.book.account, copy.chat), events
        )

    def _derive(self, chat: tuple[str, str], events: Sequence[bytes]) -> set[bytes]:
        """The ids of all that may have been sent in answer to these events."""
        if chat not in self._derived:
            self._derived[chat] = {delivery_id(event, place) for event in events for place in range(PLACES)}
        return self._derived[chat]

    def _derive_later(self, side: _Side, chat: tuple[str, str], events: Sequence[bytes]) -> set[bytes]:
        """The ids of all that may have been sent when alarms came and questions were asked again."""
        later = (chat[0], f"{chat[1]} later")
        if later not in self._derived:
            sent = self._derived[chat] & side.copies.keys()
            again = [self._ring.blind_index("event", f"{chat[0]}|resumed:{one.hex()}") for one in sent]
            alarms = [
                timer_event(self._ring, timer_id(event, place)) for event in (*events, *again) for place in _FIRST
            ]
            self._derived[later] = {delivery_id(event, place) for event in (*again, *alarms) for place in _FIRST}
        return self._derived[later]


def _same(stored: Incoming, written: Written) -> bool:
    """Whether what is stored is what was written; what matching found in it may have been added."""
    original = msgspec.convert(written.thing, Incoming)
    if isinstance(original, Said) and isinstance(stored, Said):
        return stored.text in {original.text, clean(original.text).text}
    return msgspec.structs.replace(stored, seed="") == original

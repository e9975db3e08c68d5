"""The judge's look at what went out: every message of every turn, once, in order, and nothing else."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Final

import msgspec

from bot.fallback import answer
from bot.flows.exchange import Send, Settle, decode_effect, decode_incoming
from bot.keys import KeyRing
from tests.faults.book import Copy
from tests.faults.findings import Side, Totals
from tests.faults.records import (
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
    delivery_id,
)
from tests.faults.replay import Expected, Report, Walked, timer_event, timer_id

_ALERTS: Final = {UNCERTAIN: "uncertain", REFUSED: "refused", EXPIRED: "expired"}
_FIRST: Final = range(24)
"""Places in a turn in which alarms are set, and messages that follow from one."""


class Outgoing:
    """Judges deliveries and copies for one audit."""

    def __init__(self, records: Records, ring: KeyRing, totals: Totals, report: Report) -> None:
        self._ring = ring
        self._find = report
        self._totals = totals
        self._records = records
        self._derived: dict[tuple[str, str], set[bytes]] = {}
        self._seen: set[bytes] | None = None
        self._of: dict[int, list[DeliveryRow]] = {}
        for delivery in records.deliveries:
            self._of.setdefault(delivery.conversation, []).append(delivery)

    def judge_chat(
        self,
        side: Side,
        chat: Chat,
        parked_rows: Sequence[InboxRow],
        walked: Walked,
        expected: dict[bytes, Expected],
    ) -> None:
        """Compare the deliveries of a conversation with those that its turns must have left, and with what arrived.

        `parked_rows`: those of which the person had to be told that they cannot be handled.
        """
        deliveries = self._of.get(chat.id, [])
        for row in parked_rows:
            if row.plain is not None:
                sorry = answer("parked", decode_incoming(row.plain), "")
                if sorry is not None:
                    place = PLACES - 1
                    identity = delivery_id(row.event, place)
                    expected[identity] = Expected(row.seq * PLACES + place, identity, sorry)
        parked = {
            delivery_id(row.event, PLACES - 1)
            for row in self._records.inbox
            if row.conversation == chat.id and row.state == PARKED
        }
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

    def _is_receipt(self, side: Side, chat: Chat, delivery: DeliveryRow) -> bool:
        """Whether it is what is left of a conversation that was forgotten, or has moved to another chat."""
        place = delivery.position % PLACES
        return chat.index in self._records.tombstones and any(
            delivery_id(event, place) == delivery.id
            for event in self._records.seen
            if (written := side.written.get(event)) is None or written.chat == chat.address
        )

    def _judge_outcome(self, side: Side, chat: Chat, delivery: DeliveryRow, where: str) -> None:
        copies = side.copies.get(delivery.id, [])
        most = 1 if side.book.idempotent else 2
        if len(copies) > most:
            self._find("double-copy", f"{where}: {len(copies)} times")
        self._totals.repeats += max(0, len(copies) - 1)
        if delivery.state in {DUE, SENDING}:
            self._find("unsent", where)
        elif delivery.state == SENT and not copies and self._must_show(side, delivery):
            self._find("missing-copy", where)
        elif delivery.state in _ALERTS and (_ALERTS[delivery.state], chat.id) not in self._records.alerts:
            self._find("untold", f"{where}: {_ALERTS[delivery.state]}")
        if delivery.state == UNCERTAIN:
            self._totals.uncertain += 1
            self._totals.unseen += not copies
        for copy in copies:
            if copy.chat != chat.address:
                self._find("wrong-copy", f"{where}: in another's chat")
            elif delivery.plain is not None and delivery.kind != TAKEBACK:
                shown = msgspec.convert(copy.body, Send | Settle)
                if shown != decode_effect(delivery.plain):
                    self._find("wrong-copy", where)

    def _must_show(self, side: Side, delivery: DeliveryRow) -> bool:
        """A message must; the edit of a question that was never sent changes nothing; taking back shows nothing."""
        if delivery.kind != SETTLE or delivery.plain is None or not side.book.edits_show:
            return delivery.kind == SEND
        effect = decode_effect(delivery.plain)
        assert isinstance(effect, Settle)
        question = hashlib.sha256(effect.token.encode()).digest()[:8]
        return any(
            one.question == question and one.state == SENT and one.position < delivery.position
            for one in self._of[delivery.conversation]
        )

    def judge_copies(self, side: Side, known: set[bytes]) -> None:
        """Look at the order of each chat, and for copies that nothing explains; `known`: ids of earlier audits."""
        for address, chat in side.chats.items():
            places = {one.id: one for one in self._of.get(chat.id, [])}
            lanes = {0: 0, 1: 0}
            for copy in side.book.copies:
                delivery = places.get(bytes.fromhex(copy.delivery.replace("-", "")))
                if copy.chat == address and delivery is not None:
                    if delivery.position < lanes[delivery.urgent]:
                        self._find("disorder-out", f"delivery {delivery.position}")
                    lanes[delivery.urgent] = max(lanes[delivery.urgent], delivery.position)
        known = known | {one.id for one in self._records.deliveries}
        for identity, copies in side.copies.items():
            if identity not in known and not self._was_forgotten(side, identity, copies[0]):
                self._find("strange-copy", f"{side.book.account} copy {copies[0].order}")

    def _was_forgotten(self, side: Side, identity: bytes, copy: Copy) -> bool:
        """Whether it was sent to somebody who was forgotten since, in answer to something that came in."""
        index = self._ring.blind_index("address", f"{side.book.account}|{copy.chat}")
        if index not in self._records.tombstones:
            return False
        events = [event for event, written in side.written.items() if written.chat == copy.chat]
        # Alarms and questions that were asked again are events as well, and hang on the first ones.
        return (
            identity in self._derive((side.book.account, copy.chat), events)
            or identity in self._derive_later(side, (side.book.account, copy.chat), events)
            # A letter from another chat: of the row nothing is left but its event.
            or identity in self._derive_seen()
        )

    def _derive_seen(self) -> set[bytes]:
        """The ids of what may have been sent in answer to any event of which only the name is left."""
        if self._seen is None:
            self._seen = {delivery_id(event, place) for event in self._records.seen for place in _FIRST}
        return self._seen

    def _derive(self, chat: tuple[str, str], events: Sequence[bytes]) -> set[bytes]:
        """The ids of all that may have been sent in answer to these events."""
        if chat not in self._derived:
            self._derived[chat] = {delivery_id(event, place) for event in events for place in range(PLACES)}
        return self._derived[chat]

    def _derive_later(self, side: Side, chat: tuple[str, str], events: Sequence[bytes]) -> set[bytes]:
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

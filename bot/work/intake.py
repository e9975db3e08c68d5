"""I2: what came in and the cursor, in one commit; only then may the adapter ask for more.

What finds its conversation at rest is handled in the same commit (`Turns.run_now`): it is put in the inbox as done.
The rest waits in the inbox: a second message of the same chat, one whose conversation another worker holds, and
everything that comes first after an unclean end, because it may be what ended the process.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from bot.adapters.base import Arrival
from bot.failpoints import reach
from bot.flows.exchange import Incoming, Unreadable
from bot.keys import DataKey, KeyRing
from bot.storage import conversations, inbox
from bot.storage.conversations import Present
from bot.storage.database import Transaction
from bot.storage.times import stamp
from bot.work.doors import Door
from bot.work.group import Group

MOST_FRESH: Final = 10_000
"""What came in and is still to be handled stays in memory up to so many rows; beyond, it is read back."""


class LeaseLost(Exception):
    """Another process has taken this account over: what came in here is its to receive."""


class Ready(NamedTuple):
    """An arrival whose turn can be run in the transaction that takes it in."""

    seq: int
    event: bytes
    chat: str
    incoming: Incoming
    key: DataKey
    present: Present


class Intake:
    """Writes the inbox. `fresh`: what it wrote and is still to be handled, so that the turn need not open it again."""

    def __init__(self, ring: KeyRing) -> None:
        self._ring = ring
        self.fresh: dict[bytes, tuple[Incoming, int]] = {}

    def accept(
        self, tx: Transaction, group: Group, door: Door, arrivals: Sequence[Arrival], cursor: str | None, room: int
    ) -> list[Ready]:
        """Take these in, each event once however often it comes; conversations begin where there are none.

        Args:
            tx: committed by the caller; after that the adapter may be told.
            group: gets what is to be checked before the commit.
            door: where they came in.
            arrivals: in the order in which they are to be handled.
            cursor: how far the adapter has read, None: unchanged.
            room: how many may be handled in this transaction.

        Returns:
            Those that are not in the inbox yet because they can be handled now.
        """
        reach("i2_before")
        ready = self._sort(tx, door, arrivals, group.now, 0 if door.careful else room) if arrivals else []
        group.check(door.account.move(tx, cursor, door.term, group.now), 1, LeaseLost)
        reach("i2_inside")
        return ready

    def _sort(self, tx: Transaction, door: Door, arrivals: Sequence[Arrival], now: int, room: int) -> list[Ready]:
        ring, account = self._ring, door.name
        indexes = [conversations.index_of(ring, account, arrival.chat) for arrival in arrivals]
        wanted = list(dict.fromkeys(indexes))
        present = conversations.find(tx, wanted)
        buried: dict[bytes, int] = {}
        if len(present) < len(wanted):
            buried = self._begin(tx, door, arrivals, indexes, present, now)
        ready: list[Ready] = []
        waiting = []
        begun: set[bytes] = set()
        seqs = inbox.reserve(tx, len(arrivals))
        for seq, arrival, index in zip(seqs, arrivals, indexes, strict=True):
            found = present.get(index)
            if found is None or (index in buried and stamp(arrival.at) < buried[index]):
                continue
            event = inbox.event_of(ring, account, arrival.event_key)
            key = found.standing.key(ring)
            if len(ready) < room and not found.busy and index not in begun:
                ready.append(Ready(seq, event, arrival.chat, arrival.incoming, key, found))
            else:
                waiting.append((found.standing.id, event, seq, self._body(key, event, arrival.incoming, now)))
            begun.add(index)
        if waiting:
            inbox.add(tx, waiting, now, suspect=door.careful)
        return ready

    def _begin(
        self,
        tx: Transaction,
        door: Door,
        arrivals: Sequence[Arrival],
        indexes: Sequence[bytes],
        present: dict[bytes, Present],
        now: int,
    ) -> dict[bytes, int]:
        """Begin conversations for chats that have none; says which chats were forgotten, and when."""
        chats: dict[bytes, str] = {}
        buried = conversations.buried(tx, [index for index in dict.fromkeys(indexes) if index not in present])
        for arrival, index in zip(arrivals, indexes, strict=True):
            # A chat that was forgotten may begin again, but its history must not: that is older than the forgetting.
            if index not in present and (index not in buried or stamp(arrival.at) >= buried[index]):
                chats[index] = arrival.chat
        conversations.add(tx, self._ring, door.account.id, list(chats.items()), now)
        present.update(conversations.find(tx, list(chats)))
        return buried

    def _body(self, key: DataKey, event: bytes, incoming: Incoming, now: int) -> bytes:
        incoming, body = seal(key, event, incoming, now)
        if len(self.fresh) > MOST_FRESH:
            self.fresh.clear()
        self.fresh[event] = (incoming, now)
        return body


def seal(key: DataKey, event: bytes, incoming: Incoming, now: int) -> tuple[Incoming, bytes]:
    """The sealed body; what is no text that can be stored, whatever the adapter thought, is told so and not lost."""
    try:
        return incoming, inbox.seal_body(key, event, incoming, now)
    except (UnicodeEncodeError, ValueError):
        incoming = Unreadable(what="other")
        return incoming, inbox.seal_body(key, event, incoming, now)

"""What is kept how long, and the sweeping of what is not.

Bodies go 24 h after they are settled, rows a day later, event names 30 days later; a conversation is told before its
time is over, and then forgotten. Each sweep does a little in one commit and says whether there is more.
"""

from __future__ import annotations

from typing import Final

from bot.failpoints import reach
from bot.flows.exchange import EXPIRY, TimerFired
from bot.keys import KeyRing
from bot.storage import cases, codes, conversations, desks, inbox, outbox
from bot.storage.database import Transaction
from bot.storage.sealing import CONVERSATION_KEY
from bot.storage.times import DAY, day
from bot.work import forgetting, moving
from bot.work.casework import Casework, Cause
from bot.work.intake import Intake
from bot.work.turns import NOTICE_DAYS

BODIES_FOR: Final = DAY
"""Milliseconds that the body of a settled inbox row or delivery is kept (guarantees, G)."""

DELIVERIES_FOR: Final = 2 * DAY
"""Milliseconds that a settled delivery is known by the transport's name for it: messages can be taken back on Telegram
for 48 h. The last question of a chat is known longer, so that it can be settled whenever it is answered."""

EVENTS_FOR_DAYS: Final = 30

MOST_AT_ONCE: Final = 200
"""Rows in one commit: nobody who writes meanwhile is to notice."""


class Sweeper:
    """Remembers how far it has swept. `sweep` is called again until it says that all is done."""

    def __init__(self, ring: KeyRing, intake: Intake, casework: Casework) -> None:
        self._ring = ring
        self._casework = casework
        self._intake = intake
        self._inbox = inbox.START
        self._outbox = outbox.START
        self.forgot = False
        """Something was deleted since the WAL was last emptied."""

    def sweep(self, tx: Transaction, now: int) -> bool:
        """Do a little; False when nothing is left to do for the time being."""
        more = self._empty_inbox(tx, now) or self._empty_outbox(tx, now)
        more = self._end_conversations(tx, now) or more
        codes.sweep(tx, now)
        desks.sweep(tx, now)
        moving.sweep(tx, self._ring, now)
        more = inbox.forget_events(tx, day(now) - EVENTS_FOR_DAYS, MOST_AT_ONCE) == MOST_AT_ONCE or more
        reach("retention_inside")
        return more

    def _empty_inbox(self, tx: Transaction, now: int) -> bool:
        self._inbox, emptied = inbox.empty(tx, self._inbox, now - BODIES_FOR, MOST_AT_ONCE, now)
        self.forgot |= emptied > 0
        return self._inbox != inbox.START

    def _empty_outbox(self, tx: Transaction, now: int) -> bool:
        self._outbox, emptied = outbox.empty(tx, self._outbox, now - BODIES_FOR, now - DELIVERIES_FOR, MOST_AT_ONCE)
        self.forgot |= emptied > 0
        return self._outbox != outbox.START

    def _end_conversations(self, tx: Transaction, now: int) -> bool:
        left = conversations.left(tx)
        conversations.delete(tx, left)
        found = conversations.stale(tx, now, MOST_AT_ONCE)
        told = []
        for number, index, dek, noticed, expires in found:
            if noticed:
                # Nobody but the person could reach the case, and only from here.
                self._casework.forget(tx, number, Cause(index, now))
                cases.withdraw(tx, number)
                forgetting.erase(tx, number, index, now)
                self._ring.forget_open_keys()
                continue
            key = CONVERSATION_KEY.unwrap(self._ring, index, dek)
            event = inbox.event_of(self._ring, "", f"{EXPIRY}:{index.hex()}:{day(expires)}")
            incoming = TimerFired(name=f"{EXPIRY}:{NOTICE_DAYS}", about=EXPIRY)
            inbox.append(tx, [(number, event, inbox.seal_body(key, event, incoming, now))], now)
            told.append(((day(now) + NOTICE_DAYS) * DAY, 1, number))
        conversations.notice(tx, told)
        self.forgot |= bool(left) or len(told) < len(found)
        return len(found) == MOST_AT_ONCE

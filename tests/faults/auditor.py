"""The judge: compares what people and transports say with what stands in the tables (guarantees, E).

It shares no code with the ledger: own SQL, own computing of ids, the engine only to replay. Call `audit` when the bot
is at rest: everything was fetched, handled, sent. What an earlier audit has seen may be gone by retention in a later
one; each audit goes on where the last one ended.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import msgspec

from bot import invitation, movecode
from bot.flows.conversation import EMPTY, Conversation, decode
from bot.flows.exchange import (
    Arrived,
    CaseNews,
    DeskNews,
    Incoming,
    InviteGiven,
    MoveAsked,
    MoveGiven,
    MoveNews,
    Resumed,
    Said,
    Send,
    TimerFired,
    Transport,
    decode_incoming,
)
from bot.flows.reading import clean
from bot.flows.sentences import SENTENCES
from bot.keys import KeyRing
from tests.faults.book import Book, Copy, Written
from tests.faults.casebook import Casebook
from tests.faults.findings import Finding, Side, Totals
from tests.faults.outgoing import Outgoing
from tests.faults.records import DONE, PARKED, PLACES, Chat, InboxRow, Records, delivery_id, rows_of
from tests.faults.replay import Replayer, Walked, timer_event

FAREWELLS: Final = frozenset(SENTENCES["moved_away"].values())

TRIES: Final = 5
"""After so many tries a row is parked, its person told, a human alerted."""

_DAY: Final = 86_400_000


class Auditor:
    """Audits one database again and again. `poison`: texts whose rows may be parked."""

    def __init__(self, database: str, keys: Path, poison: frozenset[str] = frozenset()) -> None:
        self.totals = Totals()
        self.may_park = False
        """Whether innocent rows may be parked: where a run kills the bot in the midst of a turn again and again, one
        that was being tried alone in five of these deaths cannot be told from poison."""
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
        """What stood in the tables at the last audit."""
        self._answered: dict[tuple[str, str], int] = {}
        self._doubted: dict[str, str] = {}
        self._letters: list[tuple[InboxRow, Incoming]] = []
        self._now = 0
        self._ring: KeyRing
        self.casebook = Casebook(self._find)

    def audit(self, books: Sequence[Book], now: int) -> list[Finding]:
        """Compare; empty when all is as promised. `now`: milliseconds by the clock of the run."""
        self._now = now
        self._findings = []
        self._answered, self._doubted, self._letters = {}, {}, []
        self._ring = KeyRing.open(self._keys, create=False)
        records = self.records = Records.read(self._database, self._ring)
        self.totals = Totals()
        for where in records.unreadable:
            self._find("unreadable", where)
        replayer = Replayer(self._ring, records.revisions, self._find, self.casebook.asked)
        inbox = rows_of(records)
        outgoing = Outgoing(records, self._ring, self.totals, self._find)
        for book in books:
            side = self._side(book)
            self._judge_inbox(side, inbox)
            for chat in side.chats.values():
                self._judge_chat(side, chat, inbox[chat.id], replayer, outgoing)
            outgoing.judge_copies(side, {one for walked in self._walked.values() for one in walked.audited})
            self.totals.copies += len(book.copies)
            self.totals.moves += len({copy.delivery for copy in book.copies if copy.body.get("text") in FAREWELLS})
        for row, letter in self._letters:
            if not self.casebook.explains(self._ring, row, letter, self.records.seen):
                self._find("strange-row", f"inbox {row.seq}: a letter")
        self.casebook.judge(self._database, self._ring, records.inbox, now)
        if len(self._doubted) > records.given_up:
            for where in self._doubted.values():
                self._find("swallowed", where)
        self._counts += replayer.counts
        self._judge_counts()
        self.totals.turns = sum(row.state == DONE for row in records.inbox)
        self.totals.deliveries = len(records.deliveries)
        self.totals.forgotten = len(records.tombstones)
        self._known |= {row.event for row in records.inbox if row.state >= DONE}
        return self._findings

    def _find(self, rule: str, where: str) -> None:
        self._findings.append(Finding(rule, where))

    def _side(self, book: Book) -> Side:
        transport = Transport(
            name=book.account,
            encrypted=book.idempotent,
            edits=book.edits,
            real=False,
            takes_back=book.takes_back,
            redacts=book.redacts,
            files=book.files,
        )
        side = Side(book, transport)
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
        if book.acknowledged and int(cursor or 0) < book.acknowledged:
            self._find("cursor", f"{book.account}: acknowledged {book.acknowledged}, noted {cursor}")
        return side

    # --- in

    def _judge_inbox(self, side: Side, inbox: dict[int, list[InboxRow]]) -> None:
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

    def _judge_absent(self, side: Side, event: bytes, written: Written, where: str) -> None:
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
            # Everything that a person can do is answered; this one went with the conversation before its turn. Or what
            # answered it never arrived: where sends are not idempotent it may be given up in doubt, and a human knows.
            if side.book.idempotent:
                self._find("swallowed", where)
            else:
                self._doubted.setdefault(written.chat, where)

    def _last_answered(self, side: Side, chat: str) -> int:
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
            # What was not out yet when a conversation moved is said in the other chat; here the farewell answers it.
            farewells = [copy.written for copies in side.copies.values() for copy in copies if _is_farewell(copy, chat)]
            known = self._answered[side.book.account, chat] = max([known, *farewells])
        return known

    # --- turns

    def _judge_chat(self, side: Side, chat: Chat, rows: list[InboxRow], replayer: Replayer, outgoing: Outgoing) -> None:
        walked = self._walked.setdefault((chat.id, chat.dek), Walked())
        before = len(walked.deliveries)
        self._judge_rows(side, chat, rows, walked, replayer)
        state: Conversation = EMPTY if chat.state is None else decode(chat.state)
        if state != decode(walked.state):
            self._find("state", f"conversation {chat.id}")
        self._judge_timers(chat, walked)
        self._judge_cases(chat, walked)
        expected = {one.id: one for one in walked.deliveries[before:]}
        parked = [row for row in rows if row.state == PARKED and row.event not in self._known]
        outgoing.judge_chat(side, chat, parked, walked, expected)

    def _judge_rows(self, side: Side, chat: Chat, rows: list[InboxRow], walked: Walked, replayer: Replayer) -> None:
        replayer.walk(walked, rows, side.transport)
        for row in rows:
            where = f"inbox {row.seq}"
            incoming = None if row.plain is None else decode_incoming(row.plain)
            if row.state < DONE:
                self._find("undone", where)
            if row.state == PARKED:
                self.totals.parked += 1
                poisoned = isinstance(incoming, Said) and incoming.text in self._poison
                if not poisoned and not (self.may_park and row.attempt >= TRIES):
                    self._find("parked", where)
                if ("parked", chat.id) not in self.records.alerts:
                    self._find("untold", f"{where}: parked")
            if row.event not in side.written and not self._explained(side, chat, row, incoming, walked):
                self._find("strange-row", where)

    def _explained(self, side: Side, chat: Chat, row: InboxRow, incoming: Incoming | None, walked: Walked) -> bool:
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
            case CaseNews() | DeskNews() | MoveAsked() | MoveNews() | Arrived():
                self._letters.append((row, incoming))  # what it comes from may be in a chat that is replayed later
                return True
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
        # Those of a conversation that came from another chat were opened in a chat that is gone.
        brought = walked.arrived and walked.cases.items() <= there.items()
        if there != walked.cases and not brought:
            self._find("case", f"conversation {chat.id}")
        if not {note for note, number in walked.notes.items() if number in there} <= self.records.notes:
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


def _is_farewell(copy: Copy, chat: str) -> bool:
    return copy.chat == chat and copy.body.get("text") in FAREWELLS


def _same(stored: Incoming, written: Written) -> bool:
    """Whether what is stored is what was written; what matching found in it may have been added."""
    original = msgspec.convert(written.thing, Incoming)
    if isinstance(original, Said) and isinstance(stored, InviteGiven):
        return bool(invitation.read(original.text))  # the code itself is not kept
    if isinstance(original, Said) and isinstance(stored, MoveGiven):
        return bool(movecode.read(original.text))
    if isinstance(original, Said) and isinstance(stored, Said):
        return stored.text in {original.text, clean(original.text).text}
    return bool(msgspec.structs.replace(stored, seed="", readers=0, desks=()) == original)

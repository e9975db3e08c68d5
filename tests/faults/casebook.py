"""The auditor for cases: every act once, every letter once, one holder at a time, each clock as the last look left it.

Own SQL and own hashing, as in `records`. A letter's event is SHA-256 over "letter|", its cause, the chat and its place
among the letters of that cause; a cause is the identity of an effect, the event of a row, or a look of the clock. What
an act must leave is taken from the procedure's table by hand (`_LEADS_TO`), not from `bot.cases`.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from bot.flows.exchange import Arrived, CaseNews, DeskNews, Incoming, MoveAsked, MoveNews, decode_incoming
from bot.keys import KeyRing
from tests.faults.records import DONE, InboxRow, connect, delivery_id

Report = Callable[[str, str], object]

MOST_LETTERS: Final = 8
"""Of one cause, in all: those to the person, and to as many coordinators as there are in a run."""

MOST_EFFECTS: Final = 16
"""Of a turn that does something with a case."""

MOST_AT_A_FAREWELL: Final = 64
"""The same when somebody is forgotten: to each coordinator about each of their cases."""

HELD: Final = frozenset({"angenommen", "in_klaerung", "massnahmen"})

_LEADS_TO: Final[Mapping[str, str]] = {
    "accept": "angenommen",
    "clarify": "in_klaerung",
    "agree": "massnahmen",
    "hand_over": "gemeldet",
    "step_back": "gemeldet",
    "close": "abgeschlossen",
    "reopen": "gemeldet",
    "withdraw": "zurueckgezogen",
}
"""Where an act leads; the others leave a case where it is."""

_TELLS: Final = frozenset({"accept", "answer", "promise", "clarify", "agree", "hand_over", "step_back", "close"})
"""Acts of a coordinator of which the person hears."""

_BY_CLOCK: Final = frozenset(
    {"notice", "reminder", "escalated", "nobody", "promise_soon", "promise_broken", "nudge", "escalate", "erased",
     "hand_over", "refused"}
)  # fmt: skip
"""What a look of the clock tells somebody, and that a conversation does not come."""


class Care(NamedTuple):
    """A case as it stands. `holder`, `chat`: conversations of who accepted it and of the person, None when gone."""

    record: int
    state: str
    holder: int | None
    look: int | None
    chat: int | None


@dataclass
class Act:
    """A CaseAct that a replayed turn asked for."""

    identity: bytes
    chat: int
    number: str
    act: str


@dataclass
class Asked:
    """What replayed turns have asked of cases: acts since the last audit, causes over all audits."""

    acts: list[Act] = field(default_factory=list)
    causes: set[bytes] = field(default_factory=set)
    """Identities and events that letters may come from."""


@dataclass
class Totals:
    """What was looked at."""

    cases: int = 0
    acts: int = 0
    letters: int = 0
    refused: int = 0


class Casebook:
    """Judges the cases of one database again and again."""

    def __init__(self, report: Report) -> None:
        self.totals = Totals()
        self.asked = Asked()
        self._report = report
        self._heard: dict[bytes, str] = {}
        """Letters that became inbox rows, by their event in the inbox; over all audits."""
        self._moved: set[int] = set()
        """Chats into which a conversation came from another one; what that one has heard is its."""
        self._letters: dict[int, tuple[set[bytes], set[bytes]]] = {}

    def judge(self, database: str, ring: KeyRing, rows: Sequence[InboxRow], now: int) -> None:
        """Compare what was asked for with what stands in the tables. Call it at rest, after the replay."""
        with contextlib.closing(connect(database)) as connection:

            def read(sql: str) -> list[tuple[Any, ...]]:
                return [tuple(row) for row in connection.execute(sql).fetchall()]

            cares = {
                row[0]: Care(*row[1:])
                for row in read(
                    "SELECT r.number, r.id, k.state, k.holder, k.look, r.conversation FROM case_care k "
                    "JOIN case_record r ON r.id = k.record"
                )
            }
            audits = read("SELECT id, record, actor, act, state, place FROM case_audit ORDER BY record, place")
            letters = read("SELECT event, due FROM letter")
        self.totals.cases = len(cares)
        self._judge_audits(cares, audits)
        self._judge_acts(ring, cares, {bytes(row[0]): row for row in audits}, rows)
        for event, due in letters:
            if due <= now:
                self._report("undone", f"letter {bytes(event).hex()[:16]}")
        for number, care in cares.items():
            if care.look is not None and care.look <= now:
                self._report("undone", f"case {number}: nobody has looked at it")

    def explains(self, ring: KeyRing, row: InboxRow, incoming: Incoming, forgotten: Iterable[bytes]) -> bool:
        """Whether this row is a letter. `forgotten`: events of rows that are gone, whose chats cannot be replayed."""
        what = _what(incoming)
        if not what:
            return False
        if not (
            row.event in self._heard
            or row.event in self._known(ring, row.conversation)
            or what in _BY_CLOCK
            or self._from(ring, row, forgotten, MOST_AT_A_FAREWELL)
            or self._from(ring, row, _effects_of(forgotten), MOST_LETTERS)
        ):
            return False
        self._heard[row.event] = what
        if what == "arrived":
            self._moved.add(row.conversation)
        self.totals.letters = len(self._heard)
        return True

    def _known(self, ring: KeyRing, chat: int) -> set[bytes]:
        """Every letter that what was asked for may have sent to this chat."""
        known, done = self._letters.setdefault(chat, (set(), set()))
        fresh = self.asked.causes - done
        known |= {letter_event(ring, cause, chat, place) for cause in fresh for place in range(MOST_LETTERS)}
        done |= fresh
        return known

    def _from(self, ring: KeyRing, row: InboxRow, causes: Iterable[bytes], most: int) -> bool:
        wanted = row.event
        return any(
            letter_event(ring, cause, row.conversation, place) == wanted for cause in causes for place in range(most)
        )

    # --- what stands there

    def _judge_audits(self, cares: Mapping[str, Care], audits: Iterable[tuple[Any, ...]]) -> None:
        """The trail of each case is a walk: it ends where the case stands, and nobody accepts what is held."""
        trails: dict[int, list[tuple[str, str, str]]] = {}
        places: dict[int, list[int]] = {}
        for _, record, actor, act, state, place in audits:
            trails.setdefault(record, []).append((actor, act, state))
            places.setdefault(record, []).append(place)
        for number, (record, state, holder, _, _) in cares.items():
            trail, before = trails.get(record, []), ""
            if places.get(record, []) != list(range(len(trail))):
                self._report("case", f"case {number}: its trail has a gap")
            for _, act, after in trail:
                wanted = _LEADS_TO.get(act, before)
                if before and after != wanted:
                    self._report("case", f"case {number}: {act} led to {after}")
                if act == "accept" and before in HELD:
                    self._report("double-turn", f"case {number}: accepted twice")
                before = after
            if trail and before != state:
                self._report("case", f"case {number}: {state}, but the trail says {before}")
            if (holder is not None) != (state in HELD):
                self._report("case", f"case {number}: {state}, held: {holder is not None}")

    # --- what was asked for

    def _judge_acts(
        self,
        ring: KeyRing,
        cares: Mapping[str, Care],
        audits: Mapping[bytes, tuple[Any, ...]],
        rows: Sequence[InboxRow],
    ) -> None:
        """Each act was done, and stands in the trail; or it was refused. Whoever acted has heard which, once."""
        said = {row.event: row for row in rows if row.state == DONE and row.plain is not None}
        there = {row.conversation for row in rows}
        # What an earlier audit has judged may be gone by retention since.
        fresh, self.asked.acts = self.asked.acts, []
        for one in fresh:
            care = cares.get(one.number)
            identity = b"" if care is None else audit_id(one.identity, care.record)
            answers = [
                decode_incoming(said[event].plain or b"")
                for place in range(MOST_LETTERS)
                if (event := letter_event(ring, one.identity, one.chat, place)) in said
            ]
            no = [news for news in answers if _says_no(news)]
            if identity in audits:
                self.totals.acts += 1
                if no:
                    self._report("case", f"case {one.number}: {one.act} is done and refused")
                if care is not None and one.act in _TELLS and care.chat not in {None, one.chat, *self._moved}:
                    told = {letter_event(ring, one.identity, care.chat or 0, place) for place in range(MOST_LETTERS)}
                    if not told & set(self._heard):
                        self._report("lost", f"case {one.number}: the person does not know of {one.act}")
            elif no:
                self.totals.refused += 1
                if len(no) > 1:
                    self._report("double-turn", f"case {one.number}: {one.act} refused twice")
            elif one.chat in there:
                self._report("lost", f"case {one.number}: {one.act} was neither done nor refused")


def letter_event(ring: KeyRing, cause: bytes, to: int, place: int) -> bytes:
    """The event of an inbox row that was a letter."""
    inner = hashlib.sha256(b"letter|%b|%d|%d" % (cause, to, place)).hexdigest()
    return ring.blind_index("event", f"|letter:{inner}")


def audit_id(cause: bytes, record: int) -> bytes:
    """The id of a line of a case's trail."""
    return hashlib.sha256(b"case_audit|%b|%d" % (cause, record)).digest()[:16]


def _effects_of(events: Iterable[bytes]) -> Iterator[bytes]:
    """What turns that can't be replayed any more may have wanted."""
    return (delivery_id(event, place) for event in events for place in range(MOST_EFFECTS))


def _what(incoming: Incoming) -> str:
    """What a letter is; "" it is none."""
    match incoming:
        case DeskNews(what=what) | CaseNews(what=what) | MoveNews(what=what):
            return what
        case Arrived():
            return "arrived"
        case MoveAsked():
            return "asked"
        case _:
            return ""


def _says_no(news: Incoming) -> bool:
    return (isinstance(news, DeskNews) and news.what == "refused") or (
        isinstance(news, CaseNews) and news.what == "not_done"
    )

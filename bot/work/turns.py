"""T1 to T3: rows go through the engine; what follows from a group of them is one commit.

A turn is computed before anything of it is written, so that one that raises touches nobody else: its row rests and is
tried again alone. A row that takes the process with it is found after the restart: all rows that were undone then are
suspects, and a suspect is taken alone, with the try counted and committed first. After five tries a row is parked.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final, NamedTuple

import msgspec

from bot.failpoints import reach
from bot.flows import conversation as states
from bot.flows.arrival import revision_of
from bot.flows.conversation import Conversation
from bot.flows.exchange import (
    CodeGiven,
    Forget,
    GroupSaid,
    HandOver,
    Incoming,
    InviteGiven,
    MoveAsked,
    MoveGiven,
    Pressed,
    Said,
    Send,
    Settle,
    Started,
    Transport,
    Unreadable,
)
from bot.flows.world import World
from bot.journal import log
from bot.keys import DataKey, KeyRing
from bot.storage import codes, conversations, inbox, moves, outbox, revisions
from bot.storage.conversations import Standing
from bot.storage.database import DatabaseError, Transaction
from bot.storage.inbox import Place, Taken
from bot.storage.outbox import MOST_PER_TURN
from bot.storage.statements import SQLITE, Row
from bot.storage.tables import AlertReason, DeliveryKind
from bot.storage.times import DAY, day, minute, stamp
from bot.work import enrolment, moving
from bot.work.casework import Casework, Cause
from bot.work.delivery import Parcel, original_of
from bot.work.doors import Door, Doors
from bot.work.effects import note
from bot.work.forgetting import Leaver, forget
from bot.work.group import Change, Group
from bot.work.intake import Intake, Ready, seal
from bot.work.worlds import Advance, StaticAnswer, WorldSource

MOST_TOGETHER: Final = 100
"""Conversations that share a commit: the gain flattens there, and a commit stays below 10 ms."""

MOST_TRIES: Final = 5
FIRST_REST: Final = 2_000
"""Milliseconds after the first failed try; doubles with each."""

NOTICE_DAYS: Final = 3
"""How long before it is forgotten a conversation is told so."""

_MOST_WORLDS: Final = 256
_STRANGE: Final = Transport(name="none", encrypted=False, real=True)
_MESSAGES: Final = (Send, Settle)
_PERSONAL: Final = (Started, Said, Pressed, Unreadable, CodeGiven, InviteGiven, MoveGiven)
_SEND: Final = int(DeliveryKind.SEND)
_SETTLE: Final = int(DeliveryKind.SETTLE)


class _Row(NamedTuple):
    """An inbox row. `state`: None when it is not in the table yet; `attempt`: tries before this one."""

    seq: int
    event: bytes
    state: int | None
    attempt: int
    open: int | None
    standing: Standing


class _Case(NamedTuple):
    """What came in, opened."""

    key: DataKey
    incoming: Incoming
    received: int
    chat: str


class _Mail:
    """The messages of one turn: rows of the outbox, and which of them go out at once."""

    __slots__ = ("behind", "deliveries", "parcels")

    def __init__(self) -> None:
        self.deliveries: list[Row] = []
        self.parcels: list[Parcel] = []
        self.behind = False


class Turns:
    """Runs turns for one worker, inside transactions of the caller."""

    def __init__(
        self,
        casework: Casework,
        advance: Advance,
        worlds: WorldSource,
        static_answer: StaticAnswer,
        doors: Doors,
        intake: Intake,
        worker: str,
    ) -> None:
        self.attempted: list[Place] = []
        """Rows of the group that is being run."""
        self._ring: KeyRing = casework.ring
        self._advance = advance
        self._worlds = worlds
        self._static_answer = static_answer
        self._doors = doors
        self._fresh = intake.fresh
        self._casework = casework
        self._worker = worker
        self._kept: set[str] = set()
        self._fingerprints: dict[int, tuple[World, bytes]] = {}

    # --- taking

    def run_now(self, tx: Transaction, group: Group, ready: Sequence[Ready]) -> None:
        """Run what has just come in and found its conversation at rest."""
        now = group.now
        for seq, event, chat, incoming, key, (open_, _, standing) in ready:
            self._try(tx, group, _Row(seq, event, None, 0, open_, standing), _Case(key, incoming, now, chat))
        reach("t2_after")

    def run_waiting(self, tx: Transaction, group: Group, after: int) -> int:
        """Run the oldest undone row of up to `MOST_TOGETHER` conversations with numbers above `after`.

        Returns:
            The number to go on from; 0 when the end was reached.
        """
        numbers = inbox.waiting(tx, after, MOST_TOGETHER)
        taken = inbox.take(tx, numbers)
        reach("t1_taken")
        self.attempted[:] = [(row.standing.id, row.event) for row in taken]
        for row in taken:
            self._run(tx, group, row, row.attempt)
        reach("t2_after")
        return numbers[-1] if len(numbers) == MOST_TOGETHER else 0

    def run_suspect(self, tx: Transaction, group: Group, place: Place) -> None:
        """Run this suspect alone; its try is counted already."""
        taken = inbox.take_suspect(tx, place)
        if taken is not None:
            self._run(tx, group, taken, taken.attempt - 1)
            reach("t2_after")

    def give_up(self, tx: Transaction, group: Group, place: Place) -> None:
        """A suspect whose turn cannot even be written: it rests, or is parked."""
        taken = inbox.take_suspect(tx, place)
        if taken is not None:
            row = _Row(taken.seq, taken.event, taken.state, taken.attempt - 1, taken.open, taken.standing)
            self._failed(group, row, self._opened(taken, row))

    def _run(self, tx: Transaction, group: Group, taken: Taken, attempt: int) -> None:
        row = _Row(taken.seq, taken.event, taken.state, attempt, taken.open, taken.standing)
        case = self._opened(taken, row)
        if attempt >= MOST_TRIES:
            self._park(group, row, case)
        elif case is None:
            self._failed(group, row, None)
        else:
            self._try(tx, group, row, case)

    def _opened(self, taken: Taken, row: _Row) -> _Case | None:
        try:
            key = row.standing.key(self._ring)
            fresh = self._fresh.pop(row.event) if row.event in self._fresh else None
            incoming, received = fresh or taken.open_body(key)
            return _Case(key, incoming, received, row.standing.chat(key))
        except Exception as error:  # noqa: BLE001 - whatever is wrong with it is its own affair
            log().error("row_unreadable", inbox=row.seq, attempt=row.attempt + 1, exc_info=error)
            return None

    # --- one turn

    def _try(self, tx: Transaction, group: Group, row: _Row, case: _Case) -> None:
        try:
            self._turn(tx, group, row, case)
        except DatabaseError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever a turn raises is its own affair
            log().error("turn_failed", inbox=row.seq, attempt=row.attempt + 1, exc_info=error)
            self._failed(group, row, case)

    def _turn(self, tx: Transaction, group: Group, row: _Row, case: _Case) -> None:
        seq, event, state, attempt, _, standing = row
        key, incoming, received, _ = case
        now = group.now
        before = standing.conversation(key)
        enriched, change = self._judge(tx, row, incoming, before, now)
        door = self._doors.by_account.get(standing.account)
        if before.staff and enrolment.has_lapsed(tx, before, now):
            enriched = msgspec.structs.replace(enriched, lapsed=True)
        world = self._world(tx, before, enriched, _STRANGE if door is None else door.transport)
        reach("t2_before")
        seeded = msgspec.structs.replace(enriched, seed=self._ring.seed(event, attempt + 1))
        turned = self._advance(world, before, seeded, group.moment)
        effects = turned.effects
        if len(effects) >= MOST_PER_TURN:
            raise ValueError("too many effects in one turn")
        mail = _Mail()
        for place, effect in enumerate(effects):
            if isinstance(effect, _MESSAGES):
                self._queue(tx, row, case, door, (place, effect), mail, now)
            elif isinstance(effect, Forget) or (isinstance(effect, HandOver) and effect.state):
                self._forget(group, row, key, door, [*enumerate(effects)])
                return
            else:
                change = change or Change()
                note(change, self._casework, (self._ring, key), (event, place, standing.id), effect, now)
        new_state, dated = self._state_row(tx, group, row, case, (before, turned.conversation), world)
        fingerprint = self._fingerprint(world)
        at = minute(now)
        if state is None:
            _, body = seal(key, event, enriched, received)
            group.new.append(
                (standing.id, event, seq, inbox.DONE, attempt + 1, None, minute(received), now - received,
                 fingerprint, at, body, event)
            )  # fmt: skip
        else:
            if enriched is not incoming:
                group.bodies.append((inbox.seal_body(key, event, enriched, received), standing.id, event))
            group.finished.append((inbox.DONE, attempt + 1, now - received, fingerprint, at, standing.id, event, state))
        # From here on nothing raises: the turn is whole.
        if new_state is not None:
            (group.dated if dated else group.states).append(new_state)
        group.deliveries += mail.deliveries
        group.parcels += mail.parcels
        if mail.behind:
            group.behind.append(standing.id)
        if change is not None:
            group.add(change)
        group.handled += 1

    def _judge(
        self, tx: Transaction, row: _Row, incoming: Incoming, before: Conversation, now: int
    ) -> tuple[Incoming, Change | None]:
        """What came in, with what is known outside of it; and what is to be noted if it was a code."""
        index = row.standing.index
        if isinstance(incoming, MoveAsked):
            return moving.judge(tx, row.standing.id, incoming), None
        judged = enrolment.judge(tx, self._ring, index, row.standing.id, incoming, now)
        enriched = self._worlds.enrich(judged, before)
        readers = self._casework.readers.get(before.place, 0)
        if readers and isinstance(enriched, _PERSONAL) and enriched.readers != readers:
            desks = self._casework.desks.get(before.place, ())
            groups = self._casework.groups.get(before.place, ())
            enriched = msgspec.structs.replace(enriched, readers=readers, desks=desks, groups=groups)
        if judged is incoming:
            return enriched, None
        change = Change()
        change.rare.append(lambda tx: codes.note_try(tx, self._ring, index, row.event, now))
        if isinstance(judged, InviteGiven):
            code = enrolment.invitation_in(tx, self._ring, index, incoming, now)
            cause, for_group = Cause(row.event, now), enrolment.is_for_group(incoming)
            change.case_work(lambda tx: self._casework.redeem(tx, row.standing.id, code, cause, for_group=for_group))
        elif isinstance(incoming, GroupSaid) and isinstance(judged, GroupSaid) and judged.what == "pair":
            closed = incoming.public or (before.group is not None and before.group.place != "")
            given = enrolment.pairing_in(tx, self._ring, index, incoming, now)
            cause = Cause(row.event, now)
            change.case_work(lambda tx: self._casework.pair(tx, row.standing.id, given, cause, closed=closed))
        elif isinstance(judged, MoveGiven) and judged.holds:
            code = enrolment.move_in(incoming)
            change.rare.append(lambda tx: moves.claim(tx, self._ring, code, row.standing.id, now))
        return enriched, change

    def _world(self, tx: Transaction, conversation: Conversation, incoming: Incoming, transport: Transport) -> World:
        revision = revision_of(conversation, incoming)
        if revision and not self._worlds.knows(revision):
            body = revisions.load(tx, revision)
            if body is not None:
                self._worlds.restore(body)
        return self._worlds.world_for(transport, self._worlds.place_of(conversation, incoming), revision)

    def _fingerprint(self, world: World) -> bytes:
        known = self._fingerprints.get(id(world))
        if known is None:
            if len(self._fingerprints) >= _MOST_WORLDS:
                self._fingerprints.clear()
            # The world itself is kept beside it, so that its id is not given to another one.
            known = self._fingerprints[id(world)] = (world, bytes.fromhex(world.fingerprint))
        return known[1]

    def _state_row(
        self,
        tx: Transaction,
        group: Group,
        row: _Row,
        case: _Case,
        states_: tuple[Conversation, Conversation],
        world: World,
    ) -> tuple[Row | None, bool]:
        """The conversation's new row, and whether it has new dates; None when nothing is to be written."""
        before, after = states_
        standing, revision = row.standing, after.revision
        if revision and revision not in self._kept:
            group.revisions[revision] = self._worlds.stored(revision)
        expires, noticed = standing.expires, standing.noticed
        if expires is None or isinstance(case.incoming, _PERSONAL):
            days = max(world.municipality.retention_days - NOTICE_DAYS, 1)
            expires, noticed = (day(group.now) + days) * DAY, 0
        if after.keep_until:
            # Agreed to: so that the last day that is reminded of is not forgotten before it comes.
            expires = max(expires, stamp(dt.datetime.fromisoformat(f"{after.keep_until}T00:00+00:00")) + DAY)
        dated = expires != standing.expires or noticed != standing.noticed or bool(standing.leaving)
        if after is before and not dated and tx.database == SQLITE:
            return None, False  # elsewhere each turn counts the version up: other workers look at it
        sealed = conversations.seal_state(case.key, standing.index, states.encode(after))
        if dated:
            return (sealed, revision or None, expires, noticed, 0, standing.id, standing.version), True
        return (sealed, revision or None, standing.id, standing.version), False

    def kept(self, group: Group) -> None:
        """The group is committed: its revisions need not be written again."""
        self._kept.update(group.revisions)

    def _queue(
        self,
        tx: Transaction,
        row: _Row,
        case: _Case,
        door: Door | None,
        placed: tuple[int, Send | Settle],
        mail: _Mail,
        now: int,
    ) -> None:
        """Add a message to the outbox; the first of a free lane is claimed at once, in the same commit."""
        place, effect = placed
        standing, key = row.standing, case.key
        kind, urgent, question = _SEND, 0, None
        if isinstance(effect, Send):
            urgent, question = int(effect.urgent), outbox.question_hash(effect.token)
        elif door is not None and door.transport.edits:
            kind = _SETTLE
        else:
            return
        identity = outbox.delivery_id(row.event, place)
        position = row.seq * MOST_PER_TURN + place
        made = minute(now)
        # `open` is how the lanes were before this turn. The first ordinary message may go when both were empty, the
        # first urgent one when nothing urgent was there; what comes after them in this turn waits for them.
        if urgent:
            free = not row.open and not any(other[5] for other in mail.deliveries)
        else:
            free = row.open is None and not mail.deliveries
        state, tried, worker = outbox.DUE, 0, None
        if not (free and door is not None and door.held):
            mail.behind = True
        else:
            if not door.paced:
                state, tried, worker = outbox.SENDING, 1, self._worker
            original = original_of(tx, standing.id, key, effect) if kind == _SETTLE else None
            mail.parcels.append(
                Parcel(
                    position, identity, standing.id, door, case.chat, effect, original, key, 1, 0, made, not door.paced
                )
            )
        body = outbox.seal_body(key, identity, effect)
        mail.deliveries.append(
            (standing.id, position, identity, kind, state, urgent, tried, 0, now, worker, made, question, body)
        )

    def _forget(
        self, group: Group, row: _Row, key: DataKey, door: Door | None, placed: Sequence[tuple[int, object]]
    ) -> None:
        """Forgetting leaves nothing else of the turn to do, but for its messages: they are the receipt."""
        ring, now = self._ring, group.now
        leaver = Leaver(row.seq, row.event, row.standing, key)
        if row.state is None:
            # It goes with the rest at once, but was there: its number is used up, and a repeat of it is known.
            at = minute(now)
            group.new.append(
                (row.standing.id, row.event, row.seq, inbox.DONE, 1, None, at, None, None, at, None, row.event)
            )
        casework, cause = self._casework, Cause(row.event, now)
        leaves = next((effect for _, effect in placed if isinstance(effect, HandOver)), None)
        if leaves is None:
            group.rare.append(lambda tx: casework.forget(tx, row.standing.id, cause))
        else:
            group.rare.append(lambda tx: moving.hand_over(tx, ring, leaver, leaves, cause))
        group.rare.append(lambda tx: forget(tx, ring, door, leaver, placed, now))
        group.forgotten.append(row.standing.id)
        group.restless = True
        group.handled += 1

    # --- what cannot be handled

    def _failed(self, group: Group, row: _Row, case: _Case | None) -> None:
        """A try that raised: the row rests and is tried again alone, or is parked."""
        reach("t3_failed")
        tries = row.attempt + 1
        if tries >= MOST_TRIES and row.state is not None:
            self._park(group, row, case)
            return
        retry = group.now + (FIRST_REST << row.attempt)
        if row.state is not None:
            group.rested.append((inbox.RESTING, tries, retry, row.standing.id, row.event, row.state))
        elif case is not None:
            _, body = seal(case.key, row.event, case.incoming, case.received)
            group.new.append(
                (row.standing.id, row.event, row.seq, inbox.RESTING, tries, retry, minute(case.received), None, None,
                 None, body, row.event)
            )  # fmt: skip
        group.restless = True
        group.handled += 1

    def _park(self, group: Group, row: _Row, case: _Case | None) -> None:
        """The row is not tried again; the person is told, a human is alerted, and what came after it goes on."""
        log().error("turn_parked", inbox=row.seq, attempt=MOST_TRIES)
        at = minute(group.now)
        group.finished.append((inbox.PARKED, MOST_TRIES, None, None, at, row.standing.id, row.event, row.state))
        group.alerts.append((AlertReason.PARKED, row.standing.id, None))
        group.restless = True
        group.handled += 1
        if case is None:
            return
        try:
            answer = self._static_answer("parked", case.incoming, row.standing.language(case.key))
            if answer is None:
                return
            place = MOST_PER_TURN - 1
            identity = outbox.delivery_id(row.event, place)
            body = outbox.seal_body(case.key, identity, answer)
        except Exception as error:  # noqa: BLE001 - the human who is alerted has to do
            log().error("parked_untold", inbox=row.seq, exc_info=error)
            return
        position = row.seq * MOST_PER_TURN + place
        group.deliveries.append(
            (row.standing.id, position, identity, _SEND, outbox.DUE, int(answer.urgent), 0, 0, group.now, None, at,
             None, body)
        )  # fmt: skip

"""Feeds an inbox through the engine again: what must stand in the tables if every turn was one turn."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

import msgspec

from bot.cases.advancing import advance
from bot.flows.arrival import revision_of
from bot.flows.conversation import EMPTY, Conversation, decode, encode
from bot.flows.exchange import (
    AddToCase,
    AlertContact,
    Arrived,
    CancelTimers,
    CaseAct,
    CaseNews,
    Count,
    Finish,
    Forget,
    GroupSaid,
    HandOver,
    InviteGiven,
    LeaveDesk,
    ListCases,
    MoveGroup,
    OfferMove,
    OpenCase,
    PairGroup,
    Remind,
    Send,
    Settle,
    ShowCase,
    TakeMove,
    TimerFired,
    Transport,
    decode_incoming,
)
from bot.flows.world import World
from bot.keys import KeyRing
from tests.faults.casebook import Act, Asked
from tests.faults.records import DONE, PLACES, InboxRow, delivery_id
from tests.faults.stage import stage

_EPOCH: Final = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)

Report = Callable[[str, str], object]
"""Rule and place of something that is not as it must be."""


@dataclass(frozen=True)
class Expected:
    """A delivery that a turn must have left."""

    position: int
    id: bytes
    effect: Send | Settle


@dataclass
class Alarm:
    """A timer that is set: its id, when it is due (ms), after how many seconds it is useless, and what it says."""

    id: bytes
    due: int
    useless_after: int
    name: str
    about: str


@dataclass
class Walked:
    """Where the replay of one conversation stands; kept from audit to audit."""

    seq: int = 0
    state: bytes = field(default_factory=lambda: encode(EMPTY))
    timers: dict[str, Alarm] = field(default_factory=dict)
    ever_set: dict[bytes, Alarm] = field(default_factory=dict)
    """By the event under which it comes in."""
    cases: dict[str, tuple[str, str]] = field(default_factory=dict)
    notes: dict[bytes, str] = field(default_factory=dict)
    """Additions, by their id: to which case."""
    tokens: set[str] = field(default_factory=set)
    alerts: set[str] = field(default_factory=set)
    deliveries: list[Expected] = field(default_factory=list)
    arrived: bool = False
    """A conversation came here from another chat, with its cases."""
    audited: set[bytes] = field(default_factory=set)
    """Deliveries that an earlier audit has seen settled; their rows may be gone by now."""


def timer_id(event: bytes, place: int) -> bytes:
    """First half of SHA-256 over "timer|", the event and the place as two bytes."""
    return hashlib.sha256(b"timer|" + event + place.to_bytes(2, "big")).digest()[:16]


def timer_event(ring: KeyRing, identity: bytes) -> bytes:
    """The event under which a timer comes in."""
    return ring.blind_index("event", f"|timer:{identity.hex()}")


class Replayer:
    """Walks conversations again. `counts`: all counters that the turns have asked for."""

    def __init__(self, ring: KeyRing, revisions: dict[str, bytes], report: Report, asked: Asked) -> None:
        self._ring = ring
        self._asked = asked
        self._revisions = revisions
        self._report = report
        self.counts: Counter[tuple[str, str, str]] = Counter()
        self._fingerprints: dict[int, tuple[World, bytes]] = {}

    def walk(self, walked: Walked, rows: Sequence[InboxRow], transport: Transport) -> None:
        """Go on with these rows of one conversation, in order."""
        for row in rows:
            if row.seq > walked.seq:
                walked.seq = row.seq
                if row.state == DONE and row.plain is not None:
                    self._turn(walked, row, transport)

    def _turn(self, walked: Walked, row: InboxRow, transport: Transport) -> None:
        where = f"inbox {row.seq}"
        if row.lag is None or row.world is None:
            self._report("half-turn", f"{where}: done, but not when and in which world")
            return
        assert row.plain is not None
        before: Conversation = decode(walked.state)
        worlds = stage()
        revision = revision_of(before, decode_incoming(row.plain))
        if revision and not worlds.knows(revision):
            body = self._revisions.get(revision)
            if body is None:
                self._report("revision", f"{where}: its playbook is not kept")
                return
            worlds.restore(body)
        seed = self._ring.seed(row.event, row.attempt)
        incoming = msgspec.structs.replace(decode_incoming(row.plain), seed=seed)
        world = worlds.world_for(transport, worlds.place_of(before, incoming), revision)
        if self._fingerprint(world) != row.world:
            self._report("world", where)
        if isinstance(incoming, TimerFired):
            walked.timers = {name: one for name, one in walked.timers.items() if one.id != self._fired(walked, row)}
        if isinstance(incoming, CaseNews) and incoming.what in {"withdraw", "erased"}:
            walked.cases.pop(incoming.number, None)
        if isinstance(incoming, Arrived):
            walked.arrived = True
        if isinstance(incoming, InviteGiven | GroupSaid):
            self._asked.causes.add(row.event)
        now = _EPOCH + dt.timedelta(milliseconds=row.received + row.lag)
        turn = advance(world, before, incoming, now)
        walked.state = encode(turn.conversation)
        for place, effect in enumerate(turn.effects):
            self._note(walked, row, place, effect, transport)

    def _fingerprint(self, world: World) -> bytes:
        """Computed once for each world; the world is kept, so that its id is not given to another one."""
        known = self._fingerprints.get(id(world))
        if known is None:
            known = self._fingerprints[id(world)] = (world, bytes.fromhex(world.fingerprint))
        return known[1]

    def _fired(self, walked: Walked, row: InboxRow) -> bytes | None:
        alarm = walked.ever_set.get(row.event)
        return None if alarm is None else alarm.id

    def _note(self, walked: Walked, row: InboxRow, place: int, effect: object, transport: Transport) -> None:
        match effect:
            case Settle() if not transport.edits:
                pass
            case Send() | Settle():
                identity = delivery_id(row.event, place)
                walked.deliveries.append(Expected(row.seq * PLACES + place, identity, effect))
            case Remind(name=name, about=about, due=due, useless_after=useless_after):
                identity = timer_id(row.event, place)
                alarm = Alarm(identity, (due - _EPOCH) // dt.timedelta(milliseconds=1), useless_after, name, about)
                walked.timers[name] = alarm
                walked.ever_set[timer_event(self._ring, identity)] = alarm
            case CancelTimers(prefix=prefix):
                walked.timers = {name: one for name, one in walked.timers.items() if not name.startswith(prefix)}
            case OfferMove() | TakeMove() | HandOver(state=""):
                self._asked.causes.add(delivery_id(row.event, place))
            case (
                OpenCase()
                | AddToCase()
                | CaseAct()
                | ShowCase()
                | ListCases()
                | LeaveDesk()
                | PairGroup()
                | MoveGroup()
            ):
                self._note_case(walked, row, delivery_id(row.event, place), effect)
            case AlertContact(reason=reason):
                walked.alerts.add(reason)
            case Count(name=name):
                self.counts[name, "", ""] += 1
            case Finish(playbook=playbook, outcome=outcome):
                self.counts["finished", playbook, outcome] += 1
            case Forget() | HandOver():
                self._report("half-turn", f"inbox {row.seq}: asked to be empty, and is still there")
            case _:
                message = f"an effect that the auditor does not know: {type(effect).__name__}"
                raise TypeError(message)

    def _note_case(self, walked: Walked, row: InboxRow, identity: bytes, effect: object) -> None:
        self._asked.causes.add(identity)
        match effect:
            case OpenCase(number=number, place=tenant, incident=incident):
                walked.cases[number] = (tenant, incident)
            case AddToCase(number=number) if number in walked.cases:
                walked.notes[identity] = number
            case CaseAct(number=number, act=act):
                self._asked.acts.append(Act(identity, row.conversation, number, act))
            case _:
                pass

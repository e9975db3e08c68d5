"""The ledger with D12 in it, ready to be measured: sealed columns, inbox, outbox, durable commits, either database."""

from __future__ import annotations

import contextlib
import datetime as dt
import itertools
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import msgspec

from bench.dialogue import ANSWERS, NOW, make_program, make_world
from bot.adapters.base import Arrival, Deliver, Original, Outcome, Sent
from bot.cases.escalation import ACCEPT_HOURS, Plan
from bot.fallback import answer
from bot.flows.conversation import Conversation
from bot.flows.engine import Turn, advance
from bot.flows.exchange import Incoming, Said, Send, Settle, Started, Transport
from bot.flows.playbook import dump
from bot.flows.walk import Walk
from bot.flows.walking import enter, run
from bot.flows.world import Municipality, World
from bot.keys import KeyRing
from bot.storage.database import Database
from bot.storage.migrations import migrate
from bot.work.delivery import Parcel
from bot.work.ledger import Ledger, Received

TRANSPORT: Final = Transport(name="bench")
SENT: Final = Sent("1")


class Door:
    """An adapter that takes everything at once; nothing here waits for a network."""

    name: Final = "bench"
    transport: Final = TRANSPORT
    idempotent: Final = True
    keeps_presses: Final = True

    async def receive(self, cursor: str | None, deliver: Deliver) -> None:
        """Nothing: the measurement hands arrivals to the ledger itself."""

    async def send(self, chat: str, delivery_id: str, effect: Send | Settle, original: Original | None) -> Outcome:
        """Take it."""
        return SENT

    async def forget(self, chat: str, remote_ids: Sequence[str]) -> Outcome:
        """Take it back."""
        return SENT


class Worlds:
    """One world: D12."""

    def __init__(self) -> None:
        """Compile it."""
        self.program: Final = make_program()
        self.world: Final = make_world(self.program)

    def world_for(self, transport: Transport, place: str, revision: str) -> World:
        """The one."""
        return self.world

    def plan_for(self, tenant: str) -> Plan:
        """What nobody has settled."""
        return Plan(Municipality(ags=tenant), accept_hours=ACCEPT_HOURS)

    def place_of(self, conversation: Conversation, incoming: Incoming) -> str:
        """Where it was."""
        del incoming
        return conversation.place

    def mailed(self) -> Mapping[str, tuple[str, ...]]:
        """Nobody is told by mail."""
        return {}

    def enrich(self, incoming: Incoming, conversation: Conversation) -> Incoming:
        """Nothing to add."""
        return incoming

    def knows(self, revision: str) -> bool:
        """It does."""
        return revision == self.program.revision

    def stored(self, revision: str) -> bytes:
        """The revision as it is kept."""
        return dump(self.program.linked)

    def restore(self, body: bytes) -> None:
        """Nothing: it is at hand."""


def begin(world: World, conversation: Conversation, incoming: Incoming, now: dt.datetime) -> Turn:
    """The engine, with D12 instead of the reception at the first message."""
    if not isinstance(incoming, Started):
        return advance(world, conversation, incoming, now)
    walk = Walk(world, conversation, incoming.seed, now)
    program = world.running
    if program is not None:
        walk.c.greeted = True
        enter(walk, program)
        run(walk)
    return Turn(walk.c, tuple(walk.effects))


class Books:
    """A ledger and people who go through D12, one round after the other, each round in new chats."""

    def __init__(self, url: str, keys: Path) -> None:
        """Open an empty database."""
        self.database: Final = Database.open(url)
        migrate(self.database)
        self.ledger: Final = Ledger(
            self.database, KeyRing.open(keys), {"bench": Door()}, begin, Worlds(), lambda: NOW, answer
        )
        self.ledger.attend()
        (self.door,) = self.ledger.doors.by_name.values()
        self._keys: Final = itertools.count()

    def arrivals(self, people: int, *, since: int) -> Iterator[list[Arrival]]:
        """What `people` people say in the turns of D12, a list a turn; `since` numbers their chats."""
        turns: list[Incoming] = [Started(), *(Said(text=text) for text in ANSWERS)]
        for incoming in turns:
            yield [
                Arrival(event_key=str(next(self._keys)), chat=f"chat-{since + person}", incoming=incoming, at=NOW)
                for person in range(people)
            ]

    def fresh(self, arrival: Arrival) -> Received:
        """The same thing said again, as a new event."""
        return Received(self.door, [msgspec.structs.replace(arrival, event_key=str(next(self._keys)))])

    def receive(self, arrivals: Sequence[Arrival], sent: Sequence[Parcel] = ()) -> list[Parcel]:
        """I2, T3 and D1, and D3 of what was sent meanwhile: one commit."""
        parcels = self.take_in([Received(self.door, arrivals)], sent)
        if len(parcels) < len(arrivals):
            raise RuntimeError("a turn of the benchmark was not answered at once")
        return parcels

    def take_in(self, received: Sequence[Received], sent: Sequence[Parcel]) -> list[Parcel]:
        """One commit; says what may be sent next."""
        (taken,) = self.ledger.take_in(received, [(parcel, SENT) for parcel in sent])
        return taken.step.parcels

    def settle(self, parcels: Sequence[Parcel]) -> None:
        """D3: one commit, and a further one for each message of the same turn that waited its turn."""
        waiting = list(parcels)
        while waiting:
            waiting = self.take_in([], waiting)


@contextlib.contextmanager
def open_books(url: str | None = None) -> Iterator[Books]:
    """Books in a temporary SQLite file, or at `url`."""
    with tempfile.TemporaryDirectory(prefix="lotse-bench-") as folder:
        books = Books(url or f"sqlite:///{folder}/lotse.db", Path(folder) / "lotse.keys")
        try:
            yield books
        finally:
            books.database.close()

"""What the ledger needs from outside to run a turn: the engine itself, its worlds, and two texts.

The ledger imports none of them; `app` hands them in, tests hand in small ones of their own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Literal, Protocol

from bot.cases.escalation import Plan
from bot.flows.conversation import Conversation
from bot.flows.exchange import Effect, Incoming, Send, Transport
from bot.flows.world import World


class Turned(Protocol):
    """What a turn came to (`bot.flows.engine.Turn`)."""

    @property
    def conversation(self) -> Conversation:
        """Where the person stands now."""

    @property
    def effects(self) -> Sequence[Effect]:
        """What is to be done, in order."""


class Advance(Protocol):
    """The engine: pure, so that feeding the inbox through it again gives the same state and the same deliveries."""

    def __call__(self, world: World, conversation: Conversation, incoming: Incoming, now: dt.datetime, /) -> Turned:
        """One turn."""


class WorldSource(Protocol):
    """Makes worlds, and knows the playbooks. Called in the ledger's thread only."""

    def world_for(self, transport: Transport, place: str, revision: str) -> World:
        """The world for a conversation at `place` (AGS, "" unknown) in `revision` ("" in none).

        The same object as long as nothing in it has changed: its fingerprint is computed once for each.
        """

    def place_of(self, conversation: Conversation, incoming: Incoming) -> str:
        """For which place (AGS, "" unknown) the world of this turn is made: also one that only comes with it."""

    def enrich(self, incoming: Incoming, conversation: Conversation) -> Incoming:
        """What came in, with what matching found in it (`Said.offered`); the same object when that is nothing."""

    def plan_for(self, tenant: str) -> Plan:
        """What exactly this municipality has settled for its cases."""

    def mailed(self) -> Mapping[str, tuple[str, ...]]:
        """Mail addresses that are told of the cases of a municipality, by its key."""

    def knows(self, revision: str) -> bool:
        """Whether the program of this revision is at hand."""

    def stored(self, revision: str) -> bytes:
        """The revision as `playbook.dump` writes it; the ledger keeps it as soon as a conversation begins with it.

        Raises:
            LookupError: the revision is not known.
        """

    def restore(self, body: bytes) -> None:
        """Take back a revision that the ledger kept; afterwards `knows` says yes."""


Occasion = Literal["unwritable", "parked", "lost"]


class StaticAnswer(Protocol):
    """The few texts that go out without an engine."""

    def __call__(self, occasion: Occasion, incoming: Incoming, language: str, /) -> Send | None:
        """A text, or None when there is nobody to read it.

        `unwritable`: the database takes nothing at the moment; the emergency text when `incoming` was written by a
        person. `parked`: this message could not be handled and never will be; `language` may be "".
        `lost`: a message of ours cannot be read any more and this one goes out in its place.
        """

"""The door to a transport: what the ledger asks of it, and what it may ask of the ledger.

Owns the words both sides use. An adapter imports this module and `bot.flows.exchange`, nothing else of the bot. It
keeps no queue and no memory of its own that matters: what it received is safe once `deliver` has returned, what it is
to send comes back under the same delivery id until it has said how that ended.

`Arrival` and the outcomes are msgspec structs: immutable; what a person wrote and whom they are stays out of `repr`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Literal, Protocol, runtime_checkable

import msgspec

from bot.flows.exchange import Incoming, Send, Settle, Transport


class Arrival(msgspec.Struct, frozen=True):
    """One thing that came in.

    `event_key`: the transport's own name of the event, never used twice on this account (a Matrix event id; Telegram's
    update id together with the message's date, for update ids start again at random). `chat`: where the answer goes; a
    person is a chat. `at`: when it was written, UTC, as the transport says.
    """

    event_key: str
    chat: str
    incoming: Incoming
    at: dt.datetime

    def __repr__(self) -> str:
        return f"Arrival({type(self.incoming).__name__})"


class Sent(msgspec.Struct, frozen=True, tag="sent"):
    """The transport has it. `remote_id`: its name there, needed to edit or redact it; empty when it has none."""

    remote_id: str = ""

    def __repr__(self) -> str:
        return "Sent()"


class NotSent(msgspec.Struct, frozen=True, tag="not_sent"):
    """Certainly not sent (no connection, told to wait). Try again after so many seconds; 0: the ledger backs off."""

    after: float = 0.0


class Unknown(msgspec.Struct, frozen=True, tag="unknown"):
    """It may have been sent or not (read timeout, connection lost after the request, broken answer)."""


class Refused(msgspec.Struct, frozen=True, tag="refused"):
    """It will never be sent: the person blocked the bot or left, the chat is gone, the transport calls it invalid."""

    reason: Literal["blocked", "gone", "invalid"]


Outcome = Sent | NotSent | Unknown | Refused


class Original(msgspec.Struct, frozen=True):
    """The question a Settle is about. `send` is None once its text was emptied: then just take the choices away."""

    remote_id: str
    send: Send | None

    def __repr__(self) -> str:
        return "Original()"


Deliver = Callable[[Sequence[Arrival], str | None], Awaitable[None]]
"""`await deliver(arrivals, cursor)`: returns when both are committed, and only then may more be asked for. The cursor
is the adapter's own note of how far it has read (None: unchanged). It does not raise for trouble with the database; it
waits until that is over. An empty sequence with a cursor is fine."""


class Adapter(Protocol):
    """A transport under one account. One process at a time receives and sends on it; the ledger sees to that."""

    @property
    def name(self) -> str:
        """Name of the account, a plain word that may stand in clear: "terminal", "telegram", "matrix"."""

    @property
    def transport(self) -> Transport:
        """What conversations on it can do."""

    @property
    def idempotent(self) -> bool:
        """Whether a delivery sent twice under the same id shows once (Matrix: yes; Telegram: no)."""

    @property
    def keeps_presses(self) -> bool:
        """Whether a press waits as long as a message does; if not, an open question is asked again after an outage."""

    async def receive(self, cursor: str | None, deliver: Deliver) -> None:
        """Receive from `cursor` (None: never received yet) until cancelled.

        When it raises, the ledger calls it again, later each time, with the last committed cursor. It returns only when
        nothing will ever come again (the terminal's input has ended).
        """

    async def send(self, chat: str, delivery_id: str, effect: Send | Settle, original: Original | None) -> Outcome:
        """Send or edit one message; `delivery_id` is a UUID, the same at each try. `original` comes with a Settle only.

        Per chat one at a time and in order, `urgent` ones excepted. Not cancelled while it runs: set a time limit
        inside. What it raises counts as `Unknown`. If the process dies meanwhile it may have been sent: what can be
        waited for before, a `Paced` adapter waits for there.
        """

    async def forget(self, chat: str, remote_ids: Sequence[str]) -> Outcome:
        """Take back these messages of ours where the transport can, and what else of ours there is up to them."""


class Health(msgspec.Struct, frozen=True):
    """How receiving stands: a plain word ("ok", "offline"), and the seconds since the transport last answered."""

    ok: bool
    word: str
    seconds: float


@runtime_checkable
class Watched(Protocol):
    """An adapter that knows how its connection stands."""

    def health(self) -> Health:
        """How it stands now."""


@runtime_checkable
class Closing(Protocol):
    """An adapter with connections to let go of at the end."""

    async def close(self) -> None:
        """Let go of them; nothing is received or sent any more."""


@runtime_checkable
class Paced(Protocol):
    """An adapter whose transport takes only so much: it waits before a delivery counts as being sent, not after it.

    Whoever finds "sending" after a crash cannot know whether it went out; what only stood in line has certainly not.
    """

    async def line_up(
        self, chat: str, delivery_id: str, effect: Send | Settle, original: Original | None
    ) -> NotSent | None:
        """Wait until it may go, and keep its place: `send` with the same id then goes on the wire without waiting.

        Nothing of it goes out here. NotSent: that would take too long, it is to come again after so many seconds.
        """


@runtime_checkable
class Posted(Protocol):
    """An adapter whose transport posts to us over HTTP."""

    @property
    def path(self) -> str:
        """Where, "/telegram"; empty: it does not, with these settings."""

    async def take(self, headers: Mapping[str, str], body: bytes) -> int:
        """One post; returns the HTTP status, 200 only when what came is committed. Header names in small letters."""


class Keepsakes(Protocol):
    """Where an adapter keeps a few secrets of its account, sealed, in the ledger's database. Needs a running ledger."""

    async def read(self, name: str) -> bytes | None:
        """What was kept under this word; None when nothing was."""

    async def write(self, name: str, value: bytes) -> None:
        """Keep it; on the disk when this returns."""

    def key(self, purpose: str) -> bytes:
        """A key of 32 bytes for a library of the adapter's, the same for the life of the installation."""

"""What an audit can find, what it has looked at, and one account as it looks at it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from bot.flows.exchange import Transport
from tests.faults.book import Book, Copy, Written
from tests.faults.records import Chat

LOSSES: Final = frozenset(
    {"lost", "undone", "parked", "unsent", "missing-copy", "missing-delivery", "swallowed", "cursor", "unreadable"}
)
DOUBLES: Final = frozenset({"double-copy", "strange-row", "strange-delivery", "strange-copy", "double-turn"})
DISORDER: Final = frozenset({"disorder-in", "disorder-out"})
REPLAY: Final = frozenset(
    {"state", "delivery", "world", "revision", "timer", "case", "count", "half-turn", "content", "wrong-copy", "untold"}
)


@dataclass(frozen=True)
class Finding:
    """Something that is not as promised. `rule`: one of the sets above; `where`: no word that a person wrote."""

    rule: str
    where: str


@dataclass
class Totals:
    """What an audit has looked at. `uncertain`: given up in doubt, a human alerted; of these `unseen` never arrived.

    `static`: emergency texts that went out while nothing could be written.
    """

    messages: int = 0
    turns: int = 0
    deliveries: int = 0
    copies: int = 0
    repeats: int = 0
    uncertain: int = 0
    unseen: int = 0
    forgotten: int = 0
    static: int = 0
    parked: int = 0
    moves: int = 0


@dataclass
class Side:
    """One account: its book, its conversations, and the event of everything that was written."""

    book: Book
    transport: Transport
    chats: dict[str, Chat] = field(default_factory=dict)
    written: dict[bytes, Written] = field(default_factory=dict)
    copies: dict[bytes, list[Copy]] = field(default_factory=dict)

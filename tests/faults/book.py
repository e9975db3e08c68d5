"""What a transport knows: every message that people wrote, and every copy of ours that arrived, in order.

Owns: the memory of a transport outside of the bot. It imports nothing of the bot, so that what it says is evidence.
Moments are milliseconds since 1970, UTC, by the clock of the run.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Self

import msgspec


class Written(msgspec.Struct):
    """Something a person did. `number`: the transport's own counting; `thing`: an Incoming as plain JSON."""

    number: int
    key: str
    chat: str
    thing: dict[str, Any]
    at: int


class Copy(msgspec.Struct):
    """Something of ours that arrived: a message, or the edit of one. `body`: the effect as plain JSON."""

    order: int
    chat: str
    delivery: str
    body: dict[str, Any]
    remote: str
    written: int = 0
    """How much people had written on this transport by then."""


class Book(msgspec.Struct):
    """The book of one account. `idempotent`: a delivery that comes again under the same id is not shown again.

    `acknowledged`: up to which number the bot has asked for more; the transport has forgotten these. `asked`: how often
    each delivery was asked for. `refusing`: chats that refuse everything from now on.
    """

    account: str
    idempotent: bool
    edits: bool
    written: list[Written] = []
    copies: list[Copy] = []
    takebacks: list[tuple[str, list[str]]] = []
    acknowledged: int = 0
    asked: dict[str, int] = {}
    refusing: set[str] = set()
    takes_back: int = 0
    redacts: bool = False
    files: bool = False
    edits_show: bool = True
    """Whether the edit of a question always shows; not where nothing changes that can be seen."""

    def write(self, chat: str, thing: dict[str, Any], at: int) -> Written:
        """A person does something."""
        number = len(self.written) + 1
        written = Written(number, f"e{number}", chat, thing, at)
        self.written.append(written)
        return written

    def show(self, chat: str, delivery: str, body: dict[str, Any]) -> Copy | None:
        """A message of ours arrives; None when it is not shown because it was shown before."""
        seen = self.asked.get(delivery, 0)
        self.asked[delivery] = seen + 1
        if seen and self.idempotent:
            return None
        copy = Copy(len(self.copies) + 1, chat, delivery, body, f"r{len(self.copies) + 1}", len(self.written))
        self.copies.append(copy)
        return copy

    def remote(self, delivery: str) -> str:
        """The name under which a delivery is shown."""
        return next((copy.remote for copy in reversed(self.copies) if copy.delivery == delivery), "")

    def save(self, path: Path) -> None:
        """Keep it."""
        path.write_bytes(msgspec.json.encode(self))

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read it again."""
        return msgspec.json.decode(path.read_bytes(), type=cls)

    def clone(self) -> Self:
        """A copy to lie in."""
        return msgspec.json.decode(msgspec.json.encode(self), type=type(self))

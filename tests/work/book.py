"""A transport that keeps its own book, on disk, so that it outlives a bot that is killed.

What people wrote is delivered at least once, until it is acknowledged; what the bot sends is accepted, refused, lost,
accepted without an answer, or answered late, as the plan of faults says. With `idempotent`, a delivery id shows once
however often it is sent (as on Matrix); otherwise each send shows (as on Telegram).

A book is a folder: `said.jsonl` (what people wrote, one line each; the line's number is the cursor), `sent.jsonl` (each
send that was accepted), `acked` (up to which line the bot has acknowledged).
"""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import os
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, Literal

import msgspec

from bot.adapters.base import Arrival, Deliver, NotSent, Original, Outcome, Refused, Sent, Unknown
from bot.flows.exchange import Incoming, Pressed, Said, Send, Settle, Started, Transport, decode_incoming, encode

Fault = Literal["", "swallowed", "late", "lost", "unreached", "blocked", "broken"]
"""What happens to a send: "" accepted and answered; swallowed: accepted, no answer (Unknown); late: accepted, but the
answer takes a while; lost: not accepted, no answer (Unknown); unreached: not accepted, and that is known; blocked:
refused; broken: the adapter itself raises."""

POLL_SECONDS: Final = 0.002
PAGE: Final = 100
"""Most events in one delivery."""


class Line(msgspec.Struct, frozen=True):
    """A send that was accepted: which chat, under which id, what."""

    chat: str
    id: str
    kind: str
    text: str
    token: str = ""
    remote_id: str = ""


def _append(path: Path, line: bytes) -> None:
    """Add a line in one write, so that a kill leaves whole lines."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(descriptor, line + b"\n")
    finally:
        os.close(descriptor)


def _lines(path: Path) -> list[bytes]:
    return path.read_bytes().splitlines() if path.exists() else []


class Book:
    """The transport's own side: what people see and do."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self._said = folder / "said.jsonl"
        self._sent = folder / "sent.jsonl"
        self._acked = folder / "acked"
        self._count = len(_lines(self._said))

    def put(self, chat: str, incoming: Incoming, key: str | None = None, at: dt.datetime | None = None) -> str:
        """Something happens in a chat; says under which key. The same key twice is the same event once more."""
        self._count += 1
        key = key or f"event-{self._count}"
        moment = (at or dt.datetime(2027, 2, 1, 10, tzinfo=dt.UTC)).isoformat()
        _append(self._said, json.dumps([key, chat, encode(incoming).decode(), moment]).encode())
        return key

    def say(self, chat: str, text: str) -> str:
        """Somebody writes."""
        return self.put(chat, Said(text=text))

    def start(self, chat: str) -> str:
        """Somebody opens the chat."""
        return self.put(chat, Started())

    def press(self, chat: str, token: str, option: int) -> str:
        """Somebody presses."""
        return self.put(chat, Pressed(token=token, option=option))

    def said(self) -> list[Arrival]:
        """All that people did, in order."""
        found = []
        for line in _lines(self._said):
            key, chat, body, at = json.loads(line)
            found.append(Arrival(key, chat, decode_incoming(body.encode()), dt.datetime.fromisoformat(at)))
        return found

    def sends(self) -> list[Line]:
        """Each send that was accepted, in order, repeats too."""
        decoder = msgspec.json.Decoder(Line)
        return [decoder.decode(line) for line in _lines(self._sent)]

    def shown(self, chat: str, *, idempotent: bool = True) -> list[str]:
        """The messages that stand in a chat now, in order."""
        texts: dict[str, str] = {}
        for number, line in enumerate(self.sends()):
            if line.chat != chat:
                continue
            if line.kind == "forget":
                gone = set(json.loads(line.text))
                texts = {key: text for key, text in texts.items() if key not in gone}
            elif line.kind == "send":
                texts.setdefault(line.remote_id if idempotent else f"{number}", line.text)
        return list(texts.values())

    def copies(self) -> Counter[str]:
        """How often each delivery id was accepted."""
        return Counter(line.id for line in self.sends() if line.kind != "forget")

    def token(self, chat: str) -> str:
        """The token of the last question in a chat."""
        return next(line.token for line in reversed(self.sends()) if line.chat == chat and line.token)

    @property
    def acknowledged(self) -> int:
        """Up to which line the bot has acknowledged."""
        return int(self._acked.read_text()) if self._acked.exists() else 0

    def acknowledge(self, line: int) -> None:
        """The bot has taken what came before that line. Whole or not at all: it may be killed in the midst of it."""
        new = self._acked.with_suffix(".new")
        new.write_text(str(line))
        new.replace(self._acked)

    def accept(self, line: Line) -> None:
        """A send is accepted."""
        _append(self._sent, msgspec.json.encode(line))


class BookAdapter:
    """The door to a book. `plan`: the fault of the n-th send (from 0)."""

    def __init__(
        self,
        book: Book,
        *,
        name: str = "book",
        idempotent: bool = True,
        keeps_presses: bool = True,
        edits: bool = False,
        plan: Callable[[int], Fault] = lambda _: "",
        ends: bool = False,
    ) -> None:
        self.book = book
        self.name = name
        self.transport = Transport(name=name, edits=edits)
        self.idempotent = idempotent
        self.keeps_presses = keeps_presses
        self.sends = 0
        self.deliveries = 0
        self.page = PAGE
        self.repeat = 0
        """How many lines before the cursor are delivered again each time: at least once, not exactly once."""
        self.closed: set[str] = set()
        """Chats that let nothing in."""
        self._plan = plan
        self._ends = ends

    async def receive(self, cursor: str | None, deliver: Deliver) -> None:
        """Deliver what people do, page by page, each only after the one before it is committed."""
        at = int(cursor or 0)
        self.book.acknowledge(at)
        while True:
            said = self.book.said()
            if at >= len(said):
                if self._ends:
                    return
                await asyncio.sleep(POLL_SECONDS)
                continue
            page = said[max(at - self.repeat, 0) : at + self.page]
            at = min(at + self.page, len(said))
            self.deliveries += 1
            await deliver(page, str(at))
            self.book.acknowledge(at)

    async def send(self, chat: str, delivery_id: str, effect: Send | Settle, original: Original | None) -> Outcome:
        """Accept or not, as the plan says."""
        fault = "blocked" if chat in self.closed else self._plan(self.sends)
        self.sends += 1
        if fault == "late":
            await asyncio.sleep(POLL_SECONDS * 10)
        if fault == "broken":
            raise RuntimeError(f"adapter at {chat}")
        if fault == "blocked":
            return Refused("blocked")
        if fault == "unreached":
            return NotSent(0.01)
        if fault == "lost":
            return Unknown()
        remote_id = f"remote-{delivery_id}" if self.idempotent else f"remote-{len(self.book.sends())}"
        if isinstance(effect, Settle):
            about = original.remote_id if original else ""
            line = Line(chat, delivery_id, "settle", "|".join(effect.chosen), remote_id=about)
        else:
            line = Line(chat, delivery_id, "send", effect.text, effect.token, remote_id)
        self.book.accept(line)
        return Unknown() if fault == "swallowed" else Sent(remote_id)

    async def forget(self, chat: str, remote_ids: Sequence[str]) -> Outcome:
        """Take messages back."""
        self.book.accept(Line(chat, "", "forget", json.dumps(list(remote_ids))))
        return Sent()


class PacedBookAdapter(BookAdapter):
    """One whose transport takes only so much. `gate`: closed, everybody stands in line; open at first.

    `line`: the deliveries that have asked for their turn, in order. `later`: seconds after which they are to come
    again instead of waiting, as long as it is not 0.
    """

    def __init__(self, book: Book, *, name: str = "book", idempotent: bool = False) -> None:
        super().__init__(book, name=name, idempotent=idempotent)
        self.gate = asyncio.Event()
        self.gate.set()
        self.line: list[str] = []
        self.later = 0.0

    async def line_up(
        self, chat: str, delivery_id: str, effect: Send | Settle, original: Original | None
    ) -> NotSent | None:
        """Wait."""
        del chat, effect, original
        self.line.append(delivery_id)
        if self.later:
            return NotSent(self.later)
        await self.gate.wait()
        return None

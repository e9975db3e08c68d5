"""The transport's side of the wire: it lives in the test's process, and so outlives every kill of the bot.

It keeps messages until they are acknowledged and gives them again until then, and now and then an acknowledged one
once more. What it is asked to send it may accept without answering, answer late or twice, refuse to take, or lose the
question. What really arrived stands in the book.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import msgspec

from tests.faults.book import Book, Copy, Written

MOST_AT_ONCE: Final = 50
LONG_POLL: Final = 5.0
LATE: Final = 0.6
"""Seconds: longer than the door waits."""


@dataclass(frozen=True)
class Manners:
    """How badly the transport behaves: the chance of each, per question asked of it."""

    answer_lost: float = 0.0
    question_lost: float = 0.0
    not_taken: float = 0.0
    told_to_wait: float = 0.0
    answer_late: float = 0.0
    answer_twice: float = 0.0
    message_again: float = 0.0


GOOD: Final = Manners()
BAD: Final = Manners(
    answer_lost=0.01, question_lost=0.01, not_taken=0.02, told_to_wait=0.02, answer_late=0.01, answer_twice=0.03,
    message_again=0.05,
)  # fmt: skip


class Post:
    """One account of a transport, on a Unix socket."""

    def __init__(
        self,
        book: Book,
        path: Path,
        dice: random.Random,
        manners: Manners,
        arrived: Callable[[Copy], object],
        clock: Callable[[], int],
    ) -> None:
        self.book = book
        self.path = path
        self.manners = manners
        self.heard_at = 0.0
        """When the bot last did something that it can only do after a commit (monotonic seconds)."""
        self.asked_at = 0.0
        """When it last asked for messages."""
        self._dice = dice
        self._arrived = arrived
        self._clock = clock
        self._news = asyncio.Event()
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    # --- people

    def address(self, number: int) -> str:
        """The chat of a person."""
        return f"c{number}"

    def write(self, chat: str, thing: dict[str, Any]) -> Written:
        """A person does something; it is kept until the bot has acknowledged it."""
        written = self.book.write(chat, thing, self._clock())
        self._news.set()
        return written

    @property
    def unread(self) -> int:
        """How many messages the bot has not acknowledged."""
        return len(self.book.written) - self.book.acknowledged

    # --- the wire

    async def begin(self) -> None:
        """Take connections."""
        self._server = await asyncio.start_unix_server(self._connected, self.path, limit=2**20)

    async def end(self) -> None:
        """Take none any more."""
        if self._server is not None:
            self._server.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        mine: set[asyncio.Task[None]] = set()
        try:
            while True:
                line = await reader.readline()
                if not line.endswith(b"\n"):
                    break
                task = asyncio.create_task(self._answer(msgspec.json.decode(line), writer))
                for tasks in (mine, self._tasks):
                    tasks.add(task)
                    task.add_done_callback(tasks.discard)
        except (OSError, asyncio.CancelledError):
            pass
        finally:
            for task in list(mine):
                task.cancel()
            writer.close()

    async def _answer(self, asked: dict[str, Any], writer: asyncio.StreamWriter) -> None:
        number = asked["n"]
        match asked["do"]:
            case "fetch":
                answers = [await self._fetch(asked["after"])]
            case "send":
                answers = await self._send(asked)
            case _:
                self.book.takebacks.append((asked["chat"], asked["ids"]))
                answers = [{"outcome": "sent", "remote": ""}]
        with contextlib.suppress(OSError):
            for answer in answers:
                writer.write(msgspec.json.encode({"n": number, **answer}) + b"\n")
            await writer.drain()

    async def _fetch(self, after: int) -> dict[str, Any]:
        self.asked_at = time.monotonic()
        if after > self.book.acknowledged:
            self.heard_at = time.monotonic()
            self.book.acknowledged = after
        if after >= len(self.book.written):
            self._news.clear()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._news.wait(), LONG_POLL)
        found = self.book.written[after : after + MOST_AT_ONCE]
        if found and after and self._dice.random() < self.manners.message_again:
            found = [self._dice.choice(self.book.written[max(0, after - 100) : after]), *found]
        return {"items": found, "last": max((one.number for one in found), default=after)}

    async def _send(self, asked: dict[str, Any]) -> list[dict[str, Any]]:
        self.heard_at = time.monotonic()
        manners, roll = self.manners, self._dice.random()
        if asked["chat"] in self.book.refusing:
            return [{"outcome": "refused"}]
        if (roll := roll - manners.not_taken) < 0:
            return [{"outcome": "not_sent", "after": 0.0}]
        if (roll := roll - manners.told_to_wait) < 0:
            return [{"outcome": "not_sent", "after": 0.5}]
        if (roll := roll - manners.question_lost) < 0:
            return []
        copy = self.book.show(asked["chat"], asked["id"], asked["body"])
        if copy is not None:
            self._arrived(copy)
        answer = {"outcome": "sent", "remote": copy.remote if copy is not None else self.book.remote(asked["id"])}
        if (roll := roll - manners.answer_lost) < 0:
            return []
        if (roll := roll - manners.answer_late) < 0:
            await asyncio.sleep(LATE)
        return [answer, answer] if roll - manners.answer_twice < 0 else [answer]

"""Ten thousand check-ins that are due at nine, under a transport's limits, while people write.

The door takes what Telegram does: 25 messages a second in all, one a second in a chat (`bot.adapters.telegram_pace`).
Somebody writes every fifth of a second, each in a chat of their own; measured is the time from the message to the
transport having its answer, beside the same people on a ledger with nothing due.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import itertools
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from bench.books import SENT, Worlds
from bench.dialogue import NOW
from bot.adapters.base import Arrival, Deliver, NotSent, Original, Outcome
from bot.adapters.telegram_pace import Pace
from bot.fallback import answer
from bot.flows.conversation import Conversation
from bot.flows.engine import Turn
from bot.flows.exchange import Incoming, Remind, Said, Send, Settle, TimerFired, Transport
from bot.flows.world import World
from bot.keys import KeyRing
from bot.storage.database import Database
from bot.storage.migrations import migrate
from bot.work.service import Service

DUE: Final = 10_000
WRITE_EVERY: Final = 0.2
IDLE_FOR: Final = 60.0
LONGEST_PAUSE: Final = 10.0
LAST_WITHIN: Final = 10.0
"""Seconds that the last answers have."""
AHEAD: Final = dt.timedelta(hours=23)


class Limited:
    """A transport that takes so many messages a second."""

    name: Final = "bench"
    transport: Final = Transport(name="bench", limited=True)
    idempotent: Final = True
    keeps_presses: Final = True

    def __init__(self) -> None:
        self.pace = Pace()
        self.limited = False
        self.sent: list[tuple[str, str]] = []
        self.answered: dict[str, float] = {}
        self.ready = asyncio.Event()
        self.deliver: Deliver

    async def receive(self, cursor: str | None, deliver: Deliver) -> None:
        """People write by calling `deliver`."""
        self.deliver = deliver
        self.ready.set()
        await asyncio.Event().wait()

    async def send(self, chat: str, delivery_id: str, effect: Send | Settle, original: Original | None) -> Outcome:
        """Take it when its time has come."""
        if self.limited:
            pause = self.pace.reserve(chat, time.monotonic(), LONGEST_PAUSE)
            if pause > LONGEST_PAUSE:
                return NotSent(after=pause)
            await asyncio.sleep(pause)
        if isinstance(effect, Send):
            self.sent.append((chat, effect.text))
            if effect.text.startswith("antwort "):
                self.answered[effect.text] = time.perf_counter()
        return SENT

    async def forget(self, chat: str, remote_ids: Sequence[str]) -> Outcome:
        """Take it back."""
        return SENT


def turn(world: World, conversation: Conversation, incoming: Incoming, now: dt.datetime) -> Turn:
    """A check-in is one message, and so is an answer; the engine's own time is measured elsewhere."""
    match incoming:
        case Said(text=text) if text.startswith("frag "):
            due = NOW + AHEAD + dt.timedelta(milliseconds=int(text.split()[1]) * 6)
            return Turn(conversation, (Remind(name="checkin", about=text, due=due),))
        case Said(text=text):
            return Turn(conversation, (Send(text=f"antwort {text}"),))
        case TimerFired(about=about):
            return Turn(conversation, (Send(text=about),))
        case _:
            return Turn(conversation, ())


async def write(door: Limited, number: int) -> tuple[str, float]:
    """Somebody writes; the name of the answer, and when it was written."""
    text, at = f"w{number}", time.perf_counter()
    arrival = Arrival(event_key=text, chat=f"writer-{number % 500}", incoming=Said(text=text), at=NOW)
    await door.deliver([arrival], None)
    return f"antwort {text}", at


async def people(door: Limited, numbers: Iterator[int], over: asyncio.Event) -> list[float]:
    """Milliseconds until the answers, of somebody who writes every so often."""
    written: list[tuple[str, float]] = []
    while not over.is_set():
        written.append(await write(door, next(numbers)))
        await asyncio.sleep(WRITE_EVERY)
    await asyncio.sleep(LAST_WITHIN)
    return sorted((door.answered[name] - at) * 1000 for name, at in written)


async def run() -> Iterator[dict[str, object]]:
    """The idle time first, then nine o'clock."""
    with tempfile.TemporaryDirectory(prefix="lotse-bench-") as folder:
        database = Database.open(f"sqlite:///{folder}/lotse.db")
        migrate(database)
        clock = [NOW]
        door = Limited()
        service = Service(
            database, KeyRing.open(Path(folder) / "keys"), {"bench": door}, turn, Worlds(), lambda: clock[0], answer
        )
        stop, numbers = asyncio.Event(), itertools.count()
        running = asyncio.create_task(service.run(stop))
        await door.ready.wait()
        for start in range(0, DUE, 100):
            batch = [
                Arrival(event_key=f"f{n}", chat=f"chat-{n}", incoming=Said(text=f"frag {n}"), at=NOW)
                for n in range(start, start + 100)
            ]
            await door.deliver(batch, None)
        door.limited = True
        over = asyncio.Event()
        asyncio.get_running_loop().call_later(IDLE_FOR, over.set)
        idle = await people(door, numbers, over)
        clock[0] = NOW + AHEAD + dt.timedelta(minutes=1)
        began, over = time.perf_counter(), asyncio.Event()
        service.poke()
        writing = asyncio.create_task(people(door, numbers, over))
        while (done := sum(text.startswith("frag ") for _, text in door.sent)) < DUE:  # noqa: ASYNC110 - counted rarely
            await asyncio.sleep(0.5)
        seconds = time.perf_counter() - began
        over.set()
        busy = await writing
        stop.set()
        await running
        database.close()
    order = [int(text.split()[1]) for _, text in door.sent if text.startswith("frag ")]
    far = max(abs(place - number) for place, number in enumerate(order))
    common = {"due": DUE, "delivered": done, "once": len(set(order)) == done}
    return iter(
        [
            {
                "figure": "checkins_at_nine", **common, "seconds": round(seconds, 1),
                "per_second": round((done + len(busy)) / seconds, 1), "places_out_of_order": far,
                "answers": len(busy), "answer_p50_ms": round(busy[len(busy) // 2], 1),
                "answer_p99_ms": round(busy[int(len(busy) * 0.99)], 1), "answer_most_ms": round(busy[-1], 1),
                "idle_answers": len(idle), "idle_p50_ms": round(idle[len(idle) // 2], 1),
                "idle_p99_ms": round(idle[int(len(idle) * 0.99)], 1),
            }
        ]
    )  # fmt: skip


def measure() -> Iterator[dict[str, object]]:
    """One figure; seven minutes."""
    return asyncio.run(run())

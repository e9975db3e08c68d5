"""Matrix: how long a person waits for an answer, and how many messages a second are answered, beside a bare echo bot.

The peer is what matrix-nio's own examples are: `sync_forever`, a callback, `room_send`; it keeps nothing and may lose
what comes while it is down. Both talk with the same Synapse and the same kind of client, in turns; the homeserver is
the same program on the same two cores, and most of the time is its.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

from tests.matrix.person import Person, make_person
from tests.synapse import SynapseServer, find_synapse

ROOT = Path(__file__).parents[1]
ROUNDS = 3
MESSAGES = 25
ROOMS = 6
SECONDS = 10.0
WORD = "danke"
"""Small talk: one short answer, after everything that any message goes through."""


def measure() -> Iterator[dict[str, object]]:
    """Answer time in one room, and answers a second in several."""
    program = find_synapse()
    if program is None:
        raise SystemExit("no Synapse was found; `make .venv-synapse/synapse.stamp` brings one")
    with (
        tempfile.TemporaryDirectory(prefix="lotse-bench-") as folder,
        SynapseServer(program, Path(folder) / "synapse") as server,
    ):
        yield asyncio.run(_measure(server, Path(folder)))


async def _measure(server: SynapseServer, folder: Path) -> dict[str, object]:
    waits: dict[str, list[float]] = {"lotse": [], "echo": []}
    rates: dict[str, list[float]] = {"lotse": [], "echo": []}
    async with _bot(server, folder, "lotse") as ours, _bot(server, folder, "echo") as peer:
        rooms = {"lotse": await _people(server, folder, ours), "echo": await _people(server, folder, peer)}
        try:
            for _ in range(ROUNDS):
                for name, people in rooms.items():
                    waits[name] += [await _answer(people[0]) for _ in range(MESSAGES)]
            for _ in range(ROUNDS):
                for name, people in rooms.items():
                    rates[name].append(await _rate(people))
        finally:
            for people in rooms.values():
                for person in people:
                    await person.close()
    found: dict[str, object] = {"figure": "matrix", "messages": ROUNDS * MESSAGES, "rooms": ROOMS}
    for name in ("lotse", "echo"):
        ordered = sorted(waits[name])
        found |= {
            f"{name}_p50_ms": round(ordered[len(ordered) // 2], 1),
            f"{name}_p99_ms": round(ordered[int(len(ordered) * 0.99)], 1),
            f"{name}_per_second": round(max(rates[name]), 1),
        }
    return found | {"load": round(os.getloadavg()[0], 1)}


@contextlib.asynccontextmanager
async def _bot(server: SynapseServer, folder: Path, kind: str) -> AsyncIterator[str]:
    """A bot as a process of its own; gives its account."""
    user, password = await asyncio.to_thread(server.register, kind)
    home = folder / kind
    home.mkdir()
    environment = {
        **os.environ,
        "LOTSE_MATRIX_HOMESERVER": server.url,
        "LOTSE_MATRIX_USER": user,
        "LOTSE_MATRIX_PASSWORD": password,
        "LOTSE_ALLOW_DRAFTS": "1",
        "LOTSE_DATA_DIR": str(home),
    }
    arguments = ["bot", "run"] if kind == "lotse" else ["bench.matrix_echo"]
    with (home / "log").open("wb") as log:
        process = subprocess.Popen(  # noqa: ASYNC220 - it lives beside us
            [sys.executable, "-m", *arguments], env=environment, cwd=ROOT, stdout=log, stderr=log
        )
    try:
        yield user
    finally:
        process.terminate()
        await asyncio.to_thread(process.wait)


async def _people(server: SynapseServer, folder: Path, bot: str) -> list[Person]:
    """People in rooms, who have heard the bot once."""
    people = []
    for number in range(ROOMS):
        account = await asyncio.to_thread(server.register)
        person = await make_person(server.url, account, folder / f"{bot[1:5]}{number}", bot)
        await person.open()
        await person.until(lambda person=person: person.bot_joined, 90)  # type: ignore[misc]
        people.append(person)
        await person.quiet()
        await _answer(person)
        await person.quiet()
    return people


async def _answer(person: Person) -> float:
    """Milliseconds from a message to the first thing that comes after it."""
    before = len(person.from_bot)
    begun = time.perf_counter()
    await person.say(WORD)
    await person.until(lambda: len(person.from_bot) > before)
    return (time.perf_counter() - begun) * 1000


async def _rate(people: list[Person]) -> float:
    """Messages answered in a second, each person waiting for the answer to the last one."""
    end = time.perf_counter() + SECONDS

    async def talk(person: Person) -> int:
        count = 0
        while time.perf_counter() < end:
            await _answer(person)
            count += 1
        return count

    counts = await asyncio.gather(*(talk(person) for person in people))
    return sum(counts) / SECONDS

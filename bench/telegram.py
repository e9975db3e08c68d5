"""People on Telegram: answer times, updates a second, and memory over time, of the bot as it runs for everybody.

The bot is a process of its own (`lotse run`, the shipped playbooks, SQLite); the people and the Bot API are the
emulator of the tests in this one. Each person opens the chat and goes on as people do: presses one of the buttons or
writes, waits for the answer, waits a while, answers again. An answer counts from the moment the update is there to be
fetched to the first message (or edit) that follows; the emulator's own work is in it, a network is not.

`python -m bench.telegram --people 500 --minutes 30` is the soak run of docs/performance.md; `python -m bench telegram`
measures the other figures in about two minutes. Telegram's own limits hold (25 messages a second in all), except where
the rate is measured that the bot itself could hold.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tests.emulators.telegram import TOKEN, BotApi

WORDS: Final = {
    "de": ("unser infoabend ist eskaliert", "im netz beschimpfen mich hunderte", "vor meinem haus ist eine demo", "neu",
           "ein bürger hat mir gedroht", "weiß nicht", "gestern abend", "danke", "hilfe", "Musterstadt", "3", "weiter"),
    "en": ("somebody threatened me on the phone", "a crowd is outside my house", "new", "yesterday evening", "no idea",
           "my car was scratched", "thanks", "help", "2", "yes"),
}  # fmt: skip
LANGUAGES: Final = ("de", "de", "en")
QUIET: Final = 0.4
"""Seconds after which an answer is taken to be complete."""

PATIENCE: Final = 60.0
"""Seconds after which an answer is missing."""

UNLIMITED: Final = (
    "import sys; from bot.adapters import telegram_pace as pace;"
    "pace.CHAT_EVERY = pace.OVERALL_EVERY = 0.0;"
    "from bot.cli import main; sys.exit(main(['run']))"
)
PAGE: Final = os.sysconf("SC_PAGE_SIZE")


@dataclass
class Tally:
    """What was seen. Seconds; `memory` in MiB, one a sample; `missing`: answers that did not come."""

    answers: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)
    updates: int = 0
    missing: int = 0
    seconds: float = 0.0
    violations: int = 0

    def quantile(self, share: float) -> float:
        """Milliseconds in which this share of the answers came."""
        return round(sorted(self.answers)[int((len(self.answers) - 1) * share)] * 1e3, 1)


class Someone:
    """One person: reads, waits, and presses or writes. `answered`: something has arrived, or was changed."""

    def __init__(self, server: BotApi, number: int, tally: Tally, wait: tuple[float, float]) -> None:
        """Nobody has said anything yet; `wait`: seconds between an answer and the next message, from and to."""
        self.chance = random.Random(number)
        self.language = self.chance.choice(LANGUAGES)
        self.person = server.person(number, self.language)
        self.tally = tally
        self.wait = wait
        self.answered = asyncio.Event()

    async def go_on(self, until: float) -> None:
        """Talk until that moment (monotonic)."""
        await asyncio.sleep(self.chance.uniform(0, self.wait[1]))
        self._act(first=True)
        while True:
            began = time.perf_counter()
            try:
                async with asyncio.timeout(PATIENCE):
                    await self.answered.wait()
                self.tally.answers.append(time.perf_counter() - began)
            except TimeoutError:
                self.tally.missing += 1
            await self._read()
            await asyncio.sleep(self.chance.uniform(*self.wait))
            if time.monotonic() >= until:
                return
            self._act()

    async def _read(self) -> None:
        """Until nothing more comes."""
        with contextlib.suppress(TimeoutError):
            while True:
                self.answered.clear()
                async with asyncio.timeout(QUIET):
                    await self.answered.wait()

    def _act(self, *, first: bool = False) -> None:
        self.answered.clear()
        self.tally.updates += 1
        question = None if first else self.person.question
        if first:
            self.person.start()
        elif question is not None and question is self.person.shown[-1] and self.chance.random() < 0.8:
            self.person.press(self.chance.randrange(len(question.buttons)) + 1)
        else:
            self.person.say(self.chance.choice(WORDS[self.language]))


@contextlib.asynccontextmanager
async def running(server: BotApi, folder: Path, *, limits: bool) -> AsyncIterator[int]:
    """The bot in a process of its own; gives its number."""
    given = {
        "LOTSE_TELEGRAM_TOKEN": TOKEN, "LOTSE_TELEGRAM_BASE_URL": server.url, "LOTSE_ALLOW_DRAFTS": "1",
        "LOTSE_DATA_DIR": str(folder),
    }  # fmt: skip
    command = ["-m", "bot", "run"] if limits else ["-c", UNLIMITED]
    log = (folder.parent / "bot.log").open("wb")
    process = await asyncio.create_subprocess_exec(
        sys.executable, *command, env={**os.environ, **given}, stdout=log, stderr=log
    )
    try:
        first = server.person(0)
        first.start()
        await first.hears(1, within=120)
        yield process.pid
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
        await process.wait()
        log.close()


def resident(process: int) -> float:
    """MiB that the process holds in memory (`/proc/PID/statm`, Linux)."""
    return int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1]) * PAGE / 2**20


async def talk(people: int, seconds: float, wait: tuple[float, float], *, limits: bool = True) -> Tally:
    """Have so many people talk for so long."""
    tally = Tally()
    with tempfile.TemporaryDirectory(prefix="lotse-bench-") as folder:
        async with BotApi(limits=limits) as server, running(server, Path(folder) / "daten", limits=limits) as process:
            everybody = {number: Someone(server, number, tally, wait) for number in range(1, people + 1)}

            server.listen(lambda chat, *_: everybody[chat.id].answered.set() if chat.id in everybody else None)
            began = time.monotonic()
            talking = [asyncio.create_task(one.go_on(began + seconds)) for one in everybody.values()]
            sampling = asyncio.create_task(_sample(process, tally, seconds))
            await asyncio.gather(*talking)
            sampling.cancel()
            tally.seconds = time.monotonic() - began
            tally.violations = len(server.violations)
    return tally


async def _sample(process: int, tally: Tally, seconds: float) -> None:
    while True:
        tally.memory.append(resident(process))
        await asyncio.sleep(max(seconds / 120, 1))


def measure() -> Iterator[dict[str, object]]:
    """Twenty people at their own pace; then two hundred who answer at once, without Telegram's limits."""
    calm = asyncio.run(talk(20, 40, (1.0, 3.0)))
    yield _figure("telegram_answers", 20, calm)
    rush = asyncio.run(talk(200, 30, (0.0, 0.2), limits=False))
    yield _figure("telegram_rush", 200, rush)


def _figure(name: str, people: int, tally: Tally) -> dict[str, object]:
    settled = tally.memory[len(tally.memory) // 4 :]
    half = len(settled) // 2
    return {
        "figure": name,
        "people": people,
        "minutes": round(tally.seconds / 60, 1),
        "updates": tally.updates,
        "updates_per_s": round(tally.updates / tally.seconds, 1),
        "answer_p50_ms": tally.quantile(0.5),
        "answer_p99_ms": tally.quantile(0.99),
        "unanswered": tally.missing,
        "violations": tally.violations,
        "memory_mib": round(settled[-1]),
        "memory_growth_mib": round(statistics.median(settled[half:]) - statistics.median(settled[:half]), 1),
    }


def main(arguments: Sequence[str]) -> None:
    """A run of any length."""
    parser = argparse.ArgumentParser(prog="python -m bench.telegram")
    parser.add_argument("--people", type=int, default=500)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--wait", type=float, nargs=2, default=(60.0, 120.0), help="seconds between two messages")
    given = parser.parse_args(arguments)
    tally = asyncio.run(talk(given.people, given.minutes * 60, tuple(given.wait)))
    print(json.dumps(_figure("telegram_soak", given.people, tally)), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])

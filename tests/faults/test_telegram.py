"""Telegram is away, slow, or answers 429 for a while: everybody is answered once, in order, and nobody is left waiting.

The whole service with the shipped playbooks against the emulator; the clock of both is moved by hand.
"""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.adapters.telegram import Telegram
from bot.cases.advancing import advance
from bot.fallback import answer
from bot.keys import KeyRing
from bot.storage.database import Database
from bot.storage.migrations import migrate
from bot.work.service import Service
from tests.emulators.telegram import TOKEN, BotApi
from tests.emulators.telegram_chats import Person
from tests.faults.stage import stage

STORM = 40
"""Calls that are told to wait."""

MORNING = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)


class Lotse:
    """A living service. `server`: the other side."""

    def __init__(self, server: BotApi, adapter: Telegram, service: Service, path: Path) -> None:
        self.server = server
        self.service = service
        self._adapter = adapter
        self._path = path

    async def come_back(self) -> None:
        """The server is back; wait until the bot has noticed, and for what it does about it."""
        await self.server.up()
        async with asyncio.timeout(90):
            while self._adapter.health().seconds > 60:  # noqa: ASYNC110 - the adapter tells nobody
                await asyncio.sleep(0.1)
        await self.rest()
        await self.pass_time(180)
        await self.rest()

    async def rest(self, within: float = 60) -> None:
        """Wait until nothing is waiting on either side."""
        async with asyncio.timeout(within):
            while self.server.queue:  # noqa: ASYNC110 - the queue has no event for being empty
                await asyncio.sleep(0.01)
            await self.service.settle()

    async def pass_time(self, seconds: float, step: float = 30) -> None:
        """Half a minute at a time, or another step."""
        while seconds > 0:
            self.server.move(min(seconds, step))
            seconds -= step
            self.service.poke()
            await asyncio.sleep(0.05)

    def count(self, sql: str) -> int:
        """What a query counts."""
        with contextlib.closing(sqlite3.connect(self._path)) as connection:
            return int(connection.execute(sql).fetchone()[0])

    def judge(self, people: list[Person]) -> None:
        """Everything that came in is handled; everything that went out was shown as often as it was sent, in order."""
        assert self.count("select count(*) from inbox where state < 3") == 0
        assert self.count("select count(*) from delivery where state < 2") == 0
        shown = sum(len(person.shown) for person in people)
        assert shown == self.count("select count(*) from delivery where kind = 0 and state = 2")
        assert self.server.violations == []


@asynccontextmanager
async def living(folder: Path, server: BotApi) -> AsyncIterator[Lotse]:
    """The bot, begun and at rest."""

    def now() -> dt.datetime:
        return dt.datetime.fromtimestamp(server.now(), dt.UTC)

    database = Database.open(f"sqlite:///{folder / 'lotse.db'}")
    adapter = Telegram(TOKEN, server.url, now)
    migrate(database)
    service = Service(
        database, KeyRing.open(folder / "lotse.keys"), {adapter.name: adapter}, advance, stage(), now, answer
    )
    stop = asyncio.Event()
    running = asyncio.create_task(service.run(stop))
    try:
        yield Lotse(server, adapter, service, folder / "lotse.db")
    finally:
        stop.set()
        await running
        await adapter.close()
        database.close()


@asynccontextmanager
async def talking(folder: Path, people: int) -> AsyncIterator[tuple[Lotse, list[Person]]]:
    """So many people who have been asked whether they are safe."""
    async with BotApi(limits=False) as server:
        server.clock = MORNING.timestamp
        async with living(folder, server) as lotse:
            everybody = [server.person(number) for number in range(1, people + 1)]
            for person in everybody:
                person.start("00000000")
                await lotse.rest()
                person.say("vor meinem haus ist eine demo angekündigt")
                await lotse.rest()
                assert len(person.buttons) == 6
            yield lotse, everybody


Meanwhile = Callable[[Lotse, list[Person]], Awaitable[None]]


@pytest.mark.parametrize(("minutes", "again"), [(10, True), (1, False)])
async def test_the_bot_api_is_away(tmp_path: Path, minutes: int, again: bool) -> None:
    """What people wrote meanwhile is answered once; who pressed into the void is asked once more."""
    async with talking(tmp_path, 3) as (lotse, (anna, bert, cleo)):
        await lotse.server.down()
        anna.say("nein, gerade nicht")
        bert.press("Nein, gerade nicht")
        await lotse.pass_time(minutes * 60)
        await lotse.come_back()
        lotse.judge([anna, bert, cleo])
        # Telegram has forgotten the press after 150 s.
        assert (lotse.server.dropped == 1) is again
        for person in (bert, cleo):
            asked = [one.text for one in person.shown if "in Gefahr?" in one.text]
            lost = again or person is cleo
            assert len(asked) == 1 + again if lost else len(asked) == 1
        assert len([one for one in anna.shown if one.text.startswith("Gut. Das kann sich ändern")]) == 1
        bert.say("3")
        await lotse.rest()
        lotse.judge([anna, bert, cleo])


async def test_away_for_more_than_a_day(tmp_path: Path) -> None:
    """Telegram throws away what is older than 24 hours: the question comes once more, the next words are heard."""
    async with talking(tmp_path, 1) as (lotse, (anna,)):
        await lotse.server.down()
        anna.say("nein")
        await lotse.pass_time(25 * 3600, 1800)
        await lotse.come_back()
        assert lotse.server.dropped == 1
        assert len([one for one in anna.shown if "in Gefahr?" in one.text]) == 2
        anna.say("nein, gerade nicht")
        await lotse.rest()
        assert any(one.text.startswith("Gut. Das kann sich ändern") for one in anna.shown)
        lotse.judge([anna])


async def test_a_storm_of_429(tmp_path: Path) -> None:
    """Seven of ten calls are told to wait: nothing is lost, nothing comes twice, and each chat keeps its order."""
    async with talking(tmp_path, 5) as (lotse, people):
        lotse.server.chances = {"wait": 0.7}
        for words in ("nein, gerade nicht", "ja", "notruf", "hilfe"):
            for person in people:
                person.say(words)
        async with asyncio.timeout(90):
            while sum(call.fault == "wait" for call in lotse.server.calls) < STORM:
                await lotse.pass_time(2, 2)
        lotse.server.chances = {}
        async with asyncio.timeout(90):
            while lotse.server.queue or lotse.count("select count(*) from delivery where state < 2"):
                await lotse.pass_time(30)
        await lotse.rest()
        lotse.judge(people)
        first = [one.text for one in people[0].shown]
        assert all([one.text for one in person.shown] == first for person in people)

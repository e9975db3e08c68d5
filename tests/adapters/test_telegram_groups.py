"""A whole case with a group beside it, on Telegram's emulator: link, notices, a supergroup, being put out."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot import invitation
from bot.adapters import telegram_pace
from bot.adapters.telegram import Telegram
from bot.keys import KeyRing
from bot.storage import conversations, desks, pairings
from bot.storage.database import Database
from bot.storage.migrations import migrate
from bot.storage.times import stamp
from bot.work.service import Service
from tests.emulators.telegram import TOKEN, BotApi
from tests.work.small import Worlds, static_answer
from tests.work.test_casework import TOWN
from tests.work.test_groups import advance_groups

NOON = dt.datetime(2027, 2, 1, 12, tzinfo=dt.UTC)
PERSON, DESK, GROUP = 7, 8, -500


class Bot:
    """The whole service behind the real adapter, on SQLite; persons and desks talk with the small engine."""

    def __init__(self, server: BotApi, folder: Path) -> None:
        self.server = server
        self.database = Database.open(f"sqlite:///{folder / 'lotse.db'}")
        migrate(self.database)
        self.ring = KeyRing.open(folder / "lotse.keys")
        self.adapter = Telegram(TOKEN, server.url, self.now)
        adapters = {self.adapter.name: self.adapter}
        self.service = Service(self.database, self.ring, adapters, advance_groups, Worlds(), self.now, static_answer)

    def now(self) -> dt.datetime:
        """By the server's clock."""
        return dt.datetime.fromtimestamp(self.server.now(), dt.UTC)

    async def invite(self, *, group: bool) -> str:
        """A code, as a link carries it."""
        code, at = invitation.make(), stamp(self.now())

        def give(database: Database) -> None:
            with database.transaction() as tx:
                if group:
                    pairings.invite(tx, self.ring, code, (TOWN, "koordination"), at)
                else:
                    desks.invite(tx, self.ring, code, TOWN, "koordination", at)

        await self.service.ask(give)
        return invitation.payload(code, invitation.GROUP if group else invitation.PERSON)

    async def settle(self) -> None:
        """Until everything that came is answered."""
        async with asyncio.timeout(30):
            while self.server.queue:  # noqa: ASYNC110 - the queue has no event for being empty
                await asyncio.sleep(0.01)
            self.service.poke()
            await self.service.settle()

    async def wait(self, **by: float) -> None:
        """Time passes."""
        self.server.move(dt.timedelta(**by).total_seconds())
        await self.settle()


@contextlib.asynccontextmanager
async def living(folder: Path) -> AsyncIterator[Bot]:
    """It runs while the context holds; every call that was none fails the test."""
    async with BotApi(limits=False) as server:
        server.clock = NOON.timestamp
        bot, stop = Bot(server, folder), asyncio.Event()
        running = asyncio.create_task(bot.service.run(stop))
        try:
            yield bot
        finally:
            stop.set()
            await running
            await bot.adapter.close()
            bot.database.close()
        assert server.violations == []


async def test_a_case_with_a_group_beside_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Paired by the link; told when it begins and when it is taken; followed to the supergroup; put out: told once."""
    # The pace is measured elsewhere; here the clock of the run stands still between two steps.
    for name in ("CHAT_EVERY", "GROUP_EVERY"):
        monkeypatch.setattr(telegram_pace, name, 0.0)
    async with living(tmp_path) as bot:
        person, desk, group = bot.server.person(PERSON), bot.server.person(DESK), bot.server.group(GROUP)
        desk.start(await bot.invite(group=False))
        group.open_link(await bot.invite(group=True))
        await bot.settle()
        assert [text.split(".")[0] for text in group.shown] == ["Ich rede nur unter vier Augen", "Verbunden"]
        assert desk.last == "desk group_joined"
        person.say("geteilt")
        await bot.settle()
        number = person.shown[0].text.removeprefix("Nummer ")
        assert group.shown[2].startswith(f"Neuer Vorgang {number}. Bis ")
        assert bot.server.groups[GROUP].chat.messages[-1].keyboard == []
        group.say(f"/annehmen {number}")
        group.say(f"/annehmen@LotseProbeBot {number}")
        await bot.settle()
        assert [text.split(".")[0] for text in group.shown[3:]] == ["Bitte im privaten Chat mit mir"]
        there = group.upgrade(-1005, told=False)
        desk.say(f"tu accept {number}")
        await bot.settle()
        assert there.shown == [
            f"Den Vorgang {number} hat jemand angenommen (Koordination). Sie müssen nichts mehr tun."
        ]
        await _moved(bot, there.id)
        person.say(f"tu withdraw {number}")
        await bot.settle()
        assert there.shown[1].startswith(f"Der Vorgang {number} ist zurückgezogen")
        there.kick()
        await bot.settle()
        assert desk.last == "desk group_left"
        person.say("geteilt")
        await bot.settle()
        assert len(there.shown) == 2


async def _moved(bot: Bot, to: int) -> None:
    """Until the pairing is that of the other chat: what sending has found comes in with the next look."""
    index = conversations.index_of(bot.ring, "telegram", str(to))

    def is_there(database: Database) -> bool:
        with database.transaction() as tx:
            found = conversations.find(tx, [index]).get(index)
            return found is not None and pairings.place_of(tx, found.standing.id) is not None

    bot.server.person(9).start()
    async with asyncio.timeout(10):
        while not await bot.service.ask(is_there):  # noqa: ASYNC110 - rows ring no bell
            await asyncio.sleep(0.05)


async def test_a_group_without_a_code_is_left(tmp_path: Path) -> None:
    """Told once, and gone after a quarter of an hour; what its members said was never fetched."""
    async with living(tmp_path) as bot:
        group = bot.server.group(GROUP)
        group.add()
        group.say("Frau X wird bedroht")
        group.say("/hilfe")
        await bot.settle()
        assert len(group.shown) == 1
        assert bot.server.called("leaveChat") == []
        await bot.wait(minutes=16)
        await bot.settle()
        assert group.chat.blocked
        assert len(group.shown) == 1
        assert len(bot.server.called("leaveChat")) == 1

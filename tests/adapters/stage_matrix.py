"""Matrix's stage: a real Synapse, people with real clients (matrix-nio), and a bad network when it is wanted."""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any, Final, Self

from bot.adapters import matrix_writing as writing
from bot.adapters.matrix import Matrix
from bot.adapters.matrix_device import Access
from bot.flows.exchange import File
from tests.adapters.contract import Ability
from tests.matrix.desk import Books
from tests.matrix.person import ENCRYPTION, Person, Seen, make_person, preset
from tests.matrix.proxy import Proxy
from tests.synapse import SynapseServer

_FILE: Final = {"url": "mxc://lotse.test/x", "body": "datei"}
_ODD: Final[dict[str, tuple[str, dict[str, Any]]]] = {
    "voice": ("m.room.message", {"msgtype": "m.audio", **_FILE}),
    "photo": ("m.room.message", {"msgtype": "m.image", **_FILE}),
    "video": ("m.room.message", {"msgtype": "m.video", **_FILE}),
    "file": ("m.room.message", {"msgtype": "m.file", **_FILE}),
    "location": ("m.room.message", {"msgtype": "m.location", "body": "hier", "geo_uri": "geo:1,2"}),
    "sticker": ("m.sticker", {"body": "winkt", "url": "mxc://lotse.test/y", "info": {}}),
    "poll": ("org.matrix.msc3381.poll.start", {"org.matrix.msc3381.poll.start": {"question": {}}}),
    "other": ("m.room.message", {"msgtype": "de.unbekannt", "body": "?"}),
    "broken": ("m.room.message", {"msgtype": "m.text", "body": ["kein Text"]}),
}
_LINE: Final = re.compile(r"^(?:\d+\.|–) (?:☐ )?", re.MULTILINE)


class MatrixStage:
    """See `contract.Stage`."""

    can: frozenset[Ability] = frozenset({"press", "edit", "take_back", "block", "lose", "reconnect", "file"})
    odd: Sequence[str] = (*_ODD, "edit")

    def __init__(self, folder: Path, server: SynapseServer) -> None:
        self._folder = folder
        self._server = server
        self._proxy = Proxy(server.url)
        self._books = Books()
        self._people: dict[int, Person] = {}

    async def __aenter__(self) -> Self:
        """An account for the bot, behind a network that can be cut."""
        await self._proxy.__aenter__()
        user, password = await asyncio.to_thread(self._server.register)
        self._access = Access(homeserver=self._proxy.url, user=user, password=password)
        return self

    async def __aexit__(self, *_: object) -> None:
        """Everybody goes."""
        for person in self._people.values():
            await person.close()
        await self._proxy.__aexit__()

    @contextlib.asynccontextmanager
    async def life(self) -> AsyncIterator[Matrix]:
        """A new adapter with the keys of the last one."""
        adapter = Matrix(self._access, self._folder / "matrix", self._books)
        try:
            yield adapter
        finally:
            if adapter._closing is not None:
                adapter._closing.cancel()
                await asyncio.gather(adapter._closing, return_exceptions=True)
            await adapter.device.close()

    async def open(self, person: int, payload: str = "", language: str = "de") -> None:
        """Begin a direct chat; Matrix carries neither link nor language."""
        account = await asyncio.to_thread(self._server.register)
        somebody = await make_person(self._server.url, account, self._folder / f"p{person}", self._access.user)
        self._people[person] = somebody
        kind = preset("trusted_private_chat")
        made = await somebody.client.room_create(
            is_direct=True, preset=kind, invite=[somebody.bot], initial_state=[ENCRYPTION]
        )
        somebody.room = made.room_id

    async def say(self, person: int, text: str) -> None:
        """Write."""
        await (await self._ready(person)).say(text)

    async def send_odd(self, person: int, kind: str) -> None:
        """Send something that is no text."""
        somebody = await self._ready(person)
        if kind == "edit":
            mine = next(one for one in reversed(somebody.seen) if one.sender == somebody.user)
            new = {"m.new_content": {"msgtype": "m.text", "body": "anders"}}
            await somebody.say("* anders", **new, **{"m.relates_to": {"rel_type": "m.replace", "event_id": mine.id}})
        else:
            await somebody.send(*_ODD[kind])

    async def press(self, person: int, label: str) -> None:
        """React with the digit of a choice of the last question."""
        somebody = await self._ready(person)
        option = (await self.choices(person)).index(label)
        await somebody.react(self._question(somebody).id, writing.keycap(option + 1))

    async def shown(self, person: int) -> list[str]:
        """What stands in the chat, without the lines of the choices."""
        somebody = self._people[person]
        await somebody._sync_once(0)
        assert somebody.sealed == []
        assert all(one.encrypted for one in somebody.from_bot)
        return [_words(one) for one in somebody.bubbles if one.content["msgtype"] != "m.file"]

    async def files(self, person: int) -> list[File]:
        """The files: fetched as the homeserver has them, then decrypted."""
        somebody = self._people[person]
        await somebody._sync_once(0)
        return [await somebody.open_file(one) for one in somebody.bubbles if one.content["msgtype"] == "m.file"]

    async def choices(self, person: int) -> list[str]:
        """The numbered lines of the last question."""
        somebody = self._people[person]
        await somebody._sync_once(0)
        bubble = somebody.bubbles[-1]
        lines = [line for line in bubble.body.splitlines() if _LINE.match(line)]
        return [_LINE.sub("", line) for line in lines]

    async def block(self, person: int) -> None:
        """Leave."""
        await self._people[person].client.room_leave(self._people[person].room)

    def lose_answer(self) -> None:
        """The connection ends when the message is there."""
        self._proxy.plan("swallow")

    async def cut(self) -> None:
        """There is no way to the homeserver."""
        await self._proxy.down()

    # --- people

    async def _ready(self, person: int) -> Person:
        """Whoever writes has seen that the bot is in the room, and so knows its device."""
        somebody = self._people[person]
        while not somebody.bot_joined:
            await somebody._sync_once(500)
        return somebody

    def _question(self, somebody: Person) -> Seen:
        return next(one for one in reversed(somebody.heard) if writing.QUESTION in one.content)


def _words(one: Seen) -> str:
    """The text without its numbered choices."""
    count = one.content.get(writing.QUESTION, {}).get("options", 0)
    return one.body if not count else "\n".join(one.body.splitlines()[:-count]).rstrip("\n")

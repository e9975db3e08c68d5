"""Telegram's stage: the emulator."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import AsyncIterator, Sequence
from typing import Self

from bot.adapters.telegram import Telegram
from bot.flows.exchange import File
from tests.adapters.contract import Ability
from tests.emulators.telegram import TOKEN, BotApi
from tests.emulators.telegram_chats import KINDS


class TelegramStage:
    """See `contract.Stage`."""

    can: frozenset[Ability] = frozenset({"press", "edit", "take_back", "block", "lose", "reconnect", "link", "file"})
    odd: Sequence[str] = (*KINDS, "edit", "unheard_of", "broken")

    def __init__(self) -> None:
        self.server = BotApi(limits=False)

    async def __aenter__(self) -> Self:
        """Open the server."""
        await self.server.__aenter__()
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close it; a call that was none is a mistake of the adapter."""
        await self.server.__aexit__()
        assert self.server.violations == []

    @contextlib.asynccontextmanager
    async def life(self) -> AsyncIterator[Telegram]:
        """A new adapter."""
        adapter = Telegram(TOKEN, self.server.url, lambda: dt.datetime.fromtimestamp(self.server.now(), dt.UTC))
        try:
            yield adapter
        finally:
            await adapter.close()

    async def open(self, person: int, payload: str = "", language: str = "de") -> None:
        """Press START."""
        self.server.person(person, language).start(payload)

    async def say(self, person: int, text: str) -> None:
        """Write."""
        self.server.person(person).say(text)

    async def send_odd(self, person: int, kind: str) -> None:
        """Send something that is no text."""
        somebody = self.server.person(person)
        body = {"message_id": 99, "date": 1, "chat": {"id": person, "type": "private"}, "from": {"id": person}}
        match kind:
            case "edit":
                somebody.edit(1, "anders")
            case "unheard_of":
                self.server.post_raw({"message": {**body, "hologram": {"file_id": "x"}}})
            case "broken":
                self.server.post_raw({"message": {**body, "date": "gestern", "text": 5}})
            case _:
                somebody.send(kind)

    async def press(self, person: int, label: str) -> None:
        """Tap."""
        self.server.person(person).press(label)

    async def shown(self, person: int) -> list[str]:
        """What stands in the chat."""
        return [one.text for one in self.server.person(person).shown]

    async def files(self, person: int) -> list[File]:
        """The documents."""
        shown = self.server.person(person).shown
        return [File(one.file.name, one.file.media, one.file.data) for one in shown if one.file is not None]

    async def choices(self, person: int) -> list[str]:
        """The buttons."""
        return self.server.person(person).buttons

    async def block(self, person: int) -> None:
        """Block."""
        self.server.person(person).block()

    def lose_answer(self) -> None:
        """The connection ends when the message is there."""
        self.server.plan("sendMessage", "drop_after")

    async def cut(self) -> None:
        """The server is away."""
        await self.server.down()

"""Groups as their members see them: what the bot says there, and what of the members' words it gets to see.

Privacy mode is on, as Telegram has it for every new bot: of what people write in a group a bot sees commands only, and
none that name another bot.
"""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING, Any, Final

from tests.emulators.telegram_chats import Shown

if TYPE_CHECKING:
    from tests.emulators.telegram import BotApi

_COMMAND: Final = re.compile(r"/(\w{1,32})(?:@(\w+))?(?=\s|$)")


class Group:
    """A group, or a supergroup; `username`: it is public."""

    def __init__(self, server: BotApi, number: int, kind: str, username: str) -> None:
        self.id = number
        self.username = username
        self._server = server
        self.chat = server.chat(number, kind)
        self.chat.blocked = True
        self.news = asyncio.Event()

    # --- doing

    def add(self, by: int = 7) -> None:
        """Somebody takes the bot in."""
        self.chat.blocked = False
        self.member("left", "member", by)

    def open_link(self, payload: str, by: int = 7) -> None:
        """Somebody follows a link with `startgroup` and picks this group."""
        self.add(by)
        self.say(f"/start@{self._server.me['username']} {payload}", by)

    def say(self, text: str, by: int = 7) -> None:
        """A member writes; the bot gets to see commands for it, or for nobody in particular."""
        number = self.chat.next_id()
        self.chat.messages.append(Shown(number, True, text, text, self._server.now()))
        found = _COMMAND.match(text)
        if found is None or (found[2] or self._server.me["username"]) != self._server.me["username"]:
            return
        entities = [{"type": "bot_command", "offset": 0, "length": found.end()}]
        self._server.post("message", self._message(by, number, text=text, entities=entities), self.chat)

    def promote(self, by: int = 7) -> None:
        """The bot becomes an administrator there."""
        self.member("member", "administrator", by)

    def kick(self, by: int = 7) -> None:
        """Somebody puts the bot out."""
        self.chat.blocked = True
        self.member("member", "kicked", by)

    def upgrade(self, number: int, *, told: bool = True) -> Group:
        """It becomes a supergroup, which is another chat. `told`: the bot gets the updates that say so."""
        there = self._server.group(number, "supergroup")
        there.chat.blocked = False
        self.chat.moved_to = number
        if told:
            self.member("member", "left", 7)
            last = self.chat.next_id()
            self._server.post("message", self._message(7, last, migrate_to_chat_id=number), self.chat)
            self._server.post("message", there._message(7, 1, migrate_from_chat_id=self.id), there.chat)
        return there

    def member(self, old: str, new: str, by: int) -> None:
        """The bot's standing there changes."""
        bot = self._server.me
        sides = {}
        for name, status in (("old_chat_member", old), ("new_chat_member", new)):
            sides[name] = {"user": bot, "status": status} | ({"until_date": 0} if status == "kicked" else {})
        user = bot if by == bot["id"] else {"id": by, "is_bot": False, "first_name": "P"}
        body = {"chat": self._body(), "from": user, "date": int(self._server.now()), **sides}
        self._server.post("my_chat_member", body, self.chat)

    # --- seeing

    @property
    def shown(self) -> list[str]:
        """What the bot has said there."""
        return [one.text for one in self.chat.messages if not one.mine and not one.deleted]

    async def shows(self, count: int, within: float = 10.0) -> list[str]:
        """Wait until the bot has said so much in all.

        Raises:
            TimeoutError: it has said less.
        """
        async with asyncio.timeout(within):
            while len(self.shown) < count:
                self.news.clear()
                await self.news.wait()
        return self.shown

    # --- as JSON

    def _body(self) -> dict[str, Any]:
        body: dict[str, Any] = {"id": self.id, "type": self.chat.type, "title": "G"}
        return body | ({"username": self.username} if self.username else {})

    def _message(self, by: int, number: int, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
        user = {"id": by, "is_bot": False, "first_name": "P"}
        return {"message_id": number, "from": user, "chat": self._body(), "date": int(self._server.now()), **more}

"""What people see: chats with messages, buttons, edits and deletions, and the people who tap and type in them.

Owns: the state of each chat as its person's phone shows it, and everything a person can do there. What a person does
becomes an update in the server's queue. Moments are Unix seconds by the server's clock.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from tests.emulators.telegram import BotApi
    from tests.emulators.telegram_http import Uploaded

KINDS: Final[Mapping[str, Any]] = {
    "voice": {"file_id": "f", "file_unique_id": "u", "duration": 3},
    "audio": {"file_id": "f", "file_unique_id": "u", "duration": 3},
    "photo": [{"file_id": "f", "file_unique_id": "u", "width": 9, "height": 9}],
    "video": {"file_id": "f", "file_unique_id": "u", "width": 9, "height": 9, "duration": 3},
    "video_note": {"file_id": "f", "file_unique_id": "u", "length": 9, "duration": 3},
    "sticker": {
        "file_id": "f", "file_unique_id": "u", "type": "regular", "width": 9, "height": 9, "is_animated": False,
        "is_video": False,
    },
    "location": {"latitude": 49.3, "longitude": 11.0},
    "contact": {"phone_number": "+49 911 1", "first_name": "K"},
    "document": {"file_id": "f", "file_unique_id": "u", "file_name": "a.pdf"},
    "poll": {
        "id": "1", "question": "?", "options": [], "total_voter_count": 0, "is_closed": False, "is_anonymous": True,
        "type": "regular", "allows_multiple_answers": False, "allows_revoting": False, "members_only": False,
    },
    "dice": {"emoji": "🎲", "value": 3},
}  # fmt: skip
"""What people send besides words, as Telegram describes it."""


@dataclass
class Shown:
    """One message on the screen. `text`: without markup; `raw`: as it was sent; `keyboard`: rows of (label, data)."""

    id: int
    mine: bool
    text: str
    raw: str
    at: float
    keyboard: list[list[tuple[str, str]]] = field(default_factory=list)
    edits: int = 0
    deleted: bool = False
    file: Uploaded | None = None
    """What the text stands below."""

    @property
    def buttons(self) -> list[str]:
        """Its labels, in order."""
        return [label for row in self.keyboard for label, _ in row]


@dataclass
class Chat:
    """One chat. `type`: private, group, supergroup. `ids` count messages of both sides, as in Telegram."""

    id: int
    type: str = "private"
    messages: list[Shown] = field(default_factory=list)
    blocked: bool = False
    known: bool = False
    """Whether the person has written: a bot cannot begin."""
    deactivated: bool = False
    moved_to: int | None = None
    typing: int = 0
    sent_at: list[float] = field(default_factory=list)
    minute: list[float] = field(default_factory=list)
    """When the bot wrote in the last minute; of groups."""

    def next_id(self) -> int:
        """The number of the next message."""
        return len(self.messages) + 1

    def find(self, message: int) -> Shown | None:
        """A message that is still there."""
        return next((one for one in self.messages if one.id == message and not one.deleted), None)

    def show(self, width: int = 60) -> str:
        """The chat as text: the person's words to the right, buttons in brackets."""
        lines: list[str] = []
        for one in self.messages:
            if one.deleted:
                continue
            if one.file is not None:
                lines.append(f"📄 {one.file.name}")
            lines += [f"{line:>{width}}" if one.mine else line for line in one.text.split("\n")]
            lines += ["  ".join(f"[ {label} ]" for label, _ in row) for row in one.keyboard]
            lines.append("")
        return "\n".join(lines)


class Person:
    """Somebody with a phone, in the private chat with the bot."""

    def __init__(self, server: BotApi, number: int, language: str) -> None:
        self.id = number
        self.language = language
        self._server = server
        self.chat = server.chat(number)
        self.news = asyncio.Event()
        self.heard: list[Shown] = []
        """Every message of the bot in the order of arrival, deleted ones too."""
        self.alerts: list[str] = []
        self.answered: list[str] = []
        """Presses whose button has stopped turning."""

    # --- doing

    def say(self, text: str) -> int:
        """Write; returns the message's number."""
        body: dict[str, Any] = {"text": text}
        if text.startswith("/"):
            length = len(text.split(maxsplit=1)[0]) if text.split() else 1
            body["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
        return self._send(body, text)

    def start(self, payload: str = "") -> int:
        """Press START, or open a link with a payload; somebody who had blocked the bot unblocks it so."""
        if self.chat.blocked:
            self.unblock()
        return self.say(f"/start {payload}".strip())

    def send(self, kind: str, **more: Any) -> int:  # noqa: ANN401 - JSON
        """Send something that is no text."""
        return self._send({kind: KINDS[kind], **more}, f"({kind})")

    def forward(self, text: str) -> int:
        """Forward a message of somebody who hides their account."""
        origin = {"type": "hidden_user", "date": int(self._server.now()), "sender_user_name": "N"}
        return self._send({"text": text, "forward_origin": origin}, text)

    def edit(self, message: int, text: str) -> None:
        """Change one of one's messages."""
        body = {**self._body(message, {"text": text}), "edit_date": int(self._server.now())}
        self._server.post("edited_message", body, self.chat)

    def press(self, label: str | int, message: Shown | None = None) -> str:
        """Tap a button, by its label or its number from 1, on the last message with buttons; returns the press's id."""
        shown = message or self.question
        assert shown is not None, "there is nothing to press"
        if isinstance(label, int):
            data = [data for row in shown.keyboard for _, data in row][label - 1]
        else:
            data = next(data for row in shown.keyboard for face, data in row if face in {label, f"☑ {label}"})
        return self.press_data(data, shown)

    def press_data(self, data: str, shown: Shown) -> str:
        """Tap something that carries `data`."""
        number = self._server.next_press()
        message = {"message_id": shown.id, "date": int(shown.at), "chat": self._chat_body(), "text": shown.text}
        body = {"id": number, "from": self._user(), "chat_instance": str(self.id), "data": data, "message": message}
        self._server.post("callback_query", body, self.chat)
        return number

    def block(self) -> None:
        """Block the bot."""
        self.chat.blocked = True
        self._member("kicked")

    def unblock(self) -> None:
        """Unblock it."""
        self.chat.blocked = False
        self._member("member")

    # --- seeing

    @property
    def shown(self) -> list[Shown]:
        """The bot's messages that stand in the chat now."""
        return [one for one in self.chat.messages if not one.mine and not one.deleted]

    @property
    def question(self) -> Shown | None:
        """The last message that has buttons."""
        return next((one for one in reversed(self.shown) if one.keyboard), None)

    @property
    def buttons(self) -> list[str]:
        """The labels below it."""
        return [] if self.question is None else self.question.buttons

    @property
    def last(self) -> str:
        """The bot's last words."""
        return self.shown[-1].text if self.shown else ""

    async def hears(self, count: int = 1, within: float = 10.0) -> list[Shown]:
        """Wait until so many messages have come since the last time; returns all of them that have.

        Raises:
            TimeoutError: fewer came.
        """
        async with asyncio.timeout(within):
            while len(self.heard) < count:
                self.news.clear()
                await self.news.wait()
        found, self.heard[:] = list(self.heard), []
        return found

    async def hears_all(self, quiet: float = 0.4, within: float = 10.0) -> list[Shown]:
        """Wait for at least one message, and until no more come for `quiet` seconds."""
        found = await self.hears(1, within)
        while True:
            try:
                found += await self.hears(1, quiet)
            except TimeoutError:
                return found

    # --- as JSON

    def _send(self, body: Mapping[str, Any], text: str) -> int:
        self.chat.known = True
        message = self.chat.next_id()
        self.chat.messages.append(Shown(message, True, text, text, self._server.now()))
        self._server.post("message", self._body(message, body), self.chat)
        return message

    def _body(self, message: int, body: Mapping[str, Any]) -> dict[str, Any]:
        date = int(self._server.now())
        return {"message_id": message, "from": self._user(), "chat": self._chat_body(), "date": date, **body}

    def _user(self) -> dict[str, Any]:
        user: dict[str, Any] = {"id": self.id, "is_bot": False, "first_name": "P"}
        return user | ({"language_code": self.language} if self.language else {})

    def _chat_body(self) -> dict[str, Any]:
        return {"id": self.chat.id, "type": "private", "first_name": "P"}

    def _member(self, status: str) -> None:
        bot = self._server.me
        old = "member" if status == "kicked" else "kicked"
        sides = {
            name: {"user": bot, "status": one, **({"until_date": 0} if one == "kicked" else {})}
            for name, one in (("old_chat_member", old), ("new_chat_member", status))
        }
        body = {"chat": self._chat_body(), "from": self._user(), "date": int(self._server.now()), **sides}
        self._server.post("my_chat_member", body, self.chat)

"""The methods of the Bot API that the emulator knows, each with the errors that Telegram has for it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from tests.emulators import telegram_html
from tests.emulators.telegram_chats import Chat, Shown
from tests.emulators.telegram_http import Uploaded

if TYPE_CHECKING:
    from tests.emulators.telegram import BotApi

LONGEST_TEXT: Final = 4096
LONGEST_CAPTION: Final = 1024
LARGEST_FILE: Final = 50 << 20
LONGEST_DATA: Final = 64
MOST_BUTTONS: Final = 100
MOST_IN_ROW: Final = 8
DELETE_WITHIN: Final = 48 * 3600
PRESS_KEPT: Final = 150
CHAT_BURST: Final = 5
OVERALL: Final = 30
GROUP_MINUTE: Final = 20
"""Messages at once in a chat, then one a second; messages a second in all; and messages a minute in a group."""

Parameters = Mapping[str, Any]


class Refusal(Exception):
    """An answer with ok: false."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


class Methods:
    """What each method does. One method of Telegram is one method here, by its name in small letters."""

    def __init__(self, server: BotApi) -> None:
        self._server = server
        self._commands: dict[str, list[Any]] = {}
        self._descriptions: dict[tuple[str, str], str] = {}
        self._polls = 0
        self._all_sent: list[float] = []

    def find(self, name: str) -> Callable[[Parameters], Awaitable[Any]] | None:
        """The method of that name."""
        found: Callable[[Parameters], Awaitable[Any]] | None = getattr(self, f"do_{name.lower()}", None)
        return found

    # --- receiving

    async def do_getupdates(self, given: Parameters) -> Any:  # noqa: ANN401 - JSON
        """Confirm what lies below the offset, wait, give what lies above; an earlier poll that still waits gets 409."""
        server = self._server
        if server.webhook:
            raise Refusal(409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to "
                          "delete the webhook first")  # fmt: skip
        self._polls += 1
        mine = self._polls
        if "allowed_updates" in given:
            server.allowed = set(given["allowed_updates"])
        server.confirm(given.get("offset"))
        end = asyncio.get_running_loop().time() + min(int(given.get("timeout", 0)), 50)
        while not (found := server.pending(int(given.get("limit", 100)))):
            left = end - asyncio.get_running_loop().time()
            if left <= 0:
                break
            server.news.clear()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(server.news.wait(), min(left, 1.0))
            if self._polls != mine:
                raise Refusal(409, "Conflict: terminated by other getUpdates request; make sure that only one bot "
                              "instance is running")  # fmt: skip
        return found

    async def do_setwebhook(self, given: Parameters) -> Any:  # noqa: ANN401 - JSON
        """Post updates to an address."""
        if given["url"] and not given["url"].startswith("https://"):
            raise Refusal(400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
        if given.get("drop_pending_updates"):
            self._server.violations.append("setWebhook: drop_pending_updates throws away what people wrote")
        self._server.webhook = given["url"]
        self._server.secret = given.get("secret_token", "")
        self._server.allowed = set(given.get("allowed_updates", self._server.allowed))
        self._server.news.set()
        return True

    async def do_deletewebhook(self, given: Parameters) -> Any:  # noqa: ANN401 - JSON
        """Stop posting."""
        if given.get("drop_pending_updates"):
            self._server.violations.append("deleteWebhook: drop_pending_updates throws away what people wrote")
        self._server.webhook = ""
        return True

    async def do_getwebhookinfo(self, _given: Parameters) -> Any:  # noqa: ANN401 - JSON
        """Where updates are posted."""
        waiting = len(self._server.queue)
        info: dict[str, Any] = {
            "url": self._server.webhook, "has_custom_certificate": False, "pending_update_count": waiting,
        }  # fmt: skip
        return info | ({"allowed_updates": sorted(self._server.allowed)} if self._server.allowed else {})

    # --- itself

    async def do_getme(self, _given: Parameters) -> Any:  # noqa: ANN401 - JSON
        """Who the bot is."""
        return self._server.me | {
            "can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": False,
        }  # fmt: skip

    async def do_setmycommands(self, given: Parameters) -> Any:  # noqa: ANN401 - JSON
        """Keep commands, judged as Telegram does."""
        for one in given["commands"]:
            name = one["command"]
            if not (1 <= len(name) <= 32 and name.isascii() and name.replace("_", "a").isalnum() and name.islower()):
                raise Refusal(400, "Bad Request: BOT_COMMAND_INVALID")
            if not 1 <= len(one["description"]) <= 256:
                raise Refusal(400, "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID")
        self._commands[given.get("language_code", "")] = given["commands"]
        return True

    async def do_getmycommands(self, given: Parameters) -> Any:  # noqa: ANN401 - JSON
        """Give them back."""
        return self._commands.get(given.get("language_code", ""), [])

    async def do_setmydescription(self, given: Parameters) -> Any:  # noqa: ANN401 - JSON
        """Keep the description."""
        return self._describe("description", given, 512)

    async def do_getmydescription(self, given: Parameters) -> Any:  # noqa: ANN401 - JSON
        """Give it back."""
        return {"description": self._descriptions.get(("description", given.get("language_code", "")), "")}

    async def do_setmyshortdescription(self, given: Parameters) -> Any:  # noqa: ANN401 - JSON
        """Keep the short one."""
        return self._describe("short_description", given, 120)

    async def do_getmyshortdescription(self, given: Parameters) -> Any:  # noqa: ANN401 - JSON
        """Give it back."""
        return {"short_description": self._descriptions.get(("short_description", given.get("language_code", "")), "")}

    def _describe(self, what: str, given: Parameters, longest: int) -> bool:
        text = given.get(what, "")
        if len(text) > longest:
            raise Refusal(400, f"Bad Request: {what} is too long")
        self._descriptions[what, given.get("language_code", "")] = text
        return True

    # --- messages

    async def do_sendmessage(self, given: Parameters) -> Any:  # noqa: ANN401 - JSON
        """Show a message."""
        chat = self._open(given["chat_id"])
        text = self._text(given)
        keyboard = self._keyboard(given.get("reply_markup"))
        self._limit(chat)
        shown = Shown(chat.next_id(), False, text, given["text"], self._server.now(), keyboard)
        chat.messages.append(shown)
        self._server.arrived(chat, shown)
        return self._message(chat, shown)

    async def do_senddocument(self, given: Parameters) -> Any:  # noqa: ANN401 - JSON
        """Show a file, and words below it."""
        chat = self._open(given["chat_id"])
        file, caption = given["document"], given.get("caption", "")
        if not isinstance(file, Uploaded):
            raise Refusal(400, "Bad Request: wrong file identifier/HTTP URL specified")
        if len(file.data) > LARGEST_FILE:
            raise Refusal(413, "Request Entity Too Large")
        text = self._text({**given, "text": caption}, LONGEST_CAPTION) if caption else ""
        keyboard = self._keyboard(given.get("reply_markup"))
        self._limit(chat)
        shown = Shown(chat.next_id(), False, text, caption, self._server.now(), keyboard, file=file)
        chat.messages.append(shown)
        self._server.arrived(chat, shown)
        return self._message(chat, shown)

    async def do_editmessagetext(self, given: Parameters) -> Any:  # noqa: ANN401 - JSON
        """Change a message; without reply_markup its buttons go."""
        chat, shown = self._own(given)
        text = self._text(given)
        keyboard = self._keyboard(given.get("reply_markup"))
        if (text, given["text"], keyboard) == (shown.text, shown.raw, shown.keyboard):
            raise _not_modified()
        shown.text, shown.raw, shown.keyboard = text, given["text"], keyboard
        shown.edits += 1
        self._server.edited(chat, shown)
        return self._message(chat, shown)

    async def do_editmessagereplymarkup(self, given: Parameters) -> Any:  # noqa: ANN401 - JSON
        """Change the buttons of a message."""
        chat, shown = self._own(given)
        keyboard = self._keyboard(given.get("reply_markup"))
        if keyboard == shown.keyboard:
            raise _not_modified()
        shown.keyboard = keyboard
        shown.edits += 1
        self._server.edited(chat, shown)
        return self._message(chat, shown)

    async def do_deletemessage(self, given: Parameters) -> Any:  # noqa: ANN401 - JSON
        """Take one back within 48 hours."""
        chat = self._open(given["chat_id"])
        shown = chat.find(given["message_id"])
        if shown is None:
            raise Refusal(400, "Bad Request: message to delete not found")
        if self._server.now() - shown.at > DELETE_WITHIN:
            raise Refusal(400, "Bad Request: message can't be deleted for everyone")
        shown.deleted = True
        return True

    async def do_deletemessages(self, given: Parameters) -> Any:  # noqa: ANN401 - JSON
        """Take several back; those that are not there are passed over."""
        chat = self._open(given["chat_id"])
        if not 1 <= len(given["message_ids"]) <= 100:
            raise Refusal(400, "Bad Request: too many message identifiers specified")
        found = [shown for number in given["message_ids"] if (shown := chat.find(number)) is not None]
        if any(self._server.now() - shown.at > DELETE_WITHIN for shown in found):
            raise Refusal(400, "Bad Request: message can't be deleted for everyone")
        for shown in found:
            shown.deleted = True
        return True

    async def do_leavechat(self, given: Parameters) -> Any:  # noqa: ANN401 - JSON
        """Go from a group."""
        chat = self._open(given["chat_id"])
        if chat.type == "private":
            raise Refusal(400, "Bad Request: chat member status can't be changed in private chats")
        chat.blocked = True
        self._server.group(chat.id).member("member", "left", self._server.me["id"])
        return True

    async def do_sendchataction(self, given: Parameters) -> Any:  # noqa: ANN401 - JSON
        """Show that more follows."""
        self._open(given["chat_id"]).typing += 1
        return True

    async def do_answercallbackquery(self, given: Parameters) -> Any:  # noqa: ANN401 - JSON
        """Let a button stop turning."""
        asked = self._server.presses.get(given["callback_query_id"])
        if asked is None or self._server.now() - asked[0] > PRESS_KEPT:
            raise Refusal(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
        person = self._server.people.get(asked[1])
        if person is not None:
            person.answered.append(given["callback_query_id"])
        return True

    # --- judging

    def _open(self, number: int | str) -> Chat:
        chat = self._server.chats.get(int(number))
        if chat is None:
            raise Refusal(400, "Bad Request: chat not found")
        if chat.moved_to is not None:
            raise Refusal(400, "Bad Request: group chat was upgraded to a supergroup chat",
                          migrate_to_chat_id=chat.moved_to)  # fmt: skip
        if chat.deactivated:
            raise Refusal(403, "Forbidden: user is deactivated")
        if chat.blocked and chat.type != "private":
            raise Refusal(403, f"Forbidden: bot was kicked from the {chat.type} chat")
        if chat.blocked:
            raise Refusal(403, "Forbidden: bot was blocked by the user")
        if not chat.known:
            raise Refusal(403, "Forbidden: bot can't initiate conversation with a user")
        return chat

    def _own(self, given: Parameters) -> tuple[Chat, Shown]:
        chat = self._open(given["chat_id"])
        shown = chat.find(given["message_id"])
        if shown is None:
            raise Refusal(400, "Bad Request: message to edit not found")
        if shown.mine:
            raise Refusal(400, "Bad Request: message can't be edited")
        return chat, shown

    def _text(self, given: Parameters, longest: int = LONGEST_TEXT) -> str:
        mode = given.get("parse_mode", "")
        if mode not in {"", "HTML"}:
            raise Refusal(400, "Bad Request: unsupported parse_mode")
        text, problems = telegram_html.read(given["text"]) if mode else (given["text"], [])
        if problems:
            raise Refusal(400, f"Bad Request: {problems[0]}")
        if not text.strip():
            raise Refusal(400, "Bad Request: message text is empty")
        if len(text) > longest:
            raise Refusal(400, "Bad Request: message is too long")
        return text.strip()

    def _keyboard(self, markup: Any) -> list[list[tuple[str, str]]]:  # noqa: ANN401 - JSON
        if markup is None:
            return []
        rows = markup["inline_keyboard"]
        for row in rows:
            for button in row:
                if not button["text"].strip():
                    raise Refusal(400, "Bad Request: inline keyboard button text can't be empty")
                if not 1 <= len(button.get("callback_data", "").encode()) <= LONGEST_DATA:
                    raise Refusal(400, "Bad Request: BUTTON_DATA_INVALID")
        if any(len(row) > MOST_IN_ROW for row in rows) or sum(map(len, rows)) > MOST_BUTTONS:
            raise Refusal(400, "Bad Request: reply markup is too long")
        return [[(button["text"], button["callback_data"]) for button in row] for row in rows]

    def _limit(self, chat: Chat) -> None:
        """429 where a chat, or all together, get more than Telegram takes."""
        if not self._server.limits:
            return
        now = self._server.now()
        if chat.type != "private":
            chat.minute[:] = [one for one in chat.minute if now - one < 60.0]
            if len(chat.minute) >= GROUP_MINUTE:
                left = int(60.0 - (now - chat.minute[0])) + 1
                raise Refusal(429, f"Too Many Requests: retry after {left}", retry_after=left)
            chat.minute.append(now)
        level, at = chat.sent_at or (0.0, now)
        level = max(0.0, level - (now - at))
        if level + 1 > CHAT_BURST:
            raise Refusal(429, "Too Many Requests: retry after 2", retry_after=2)
        self._all_sent = [one for one in self._all_sent if now - one < 1.0]
        if len(self._all_sent) >= OVERALL:
            raise Refusal(429, "Too Many Requests: retry after 1", retry_after=1)
        chat.sent_at[:] = [level + 1, now]
        self._all_sent.append(now)

    def _message(self, chat: Chat, shown: Shown) -> dict[str, Any]:
        body: dict[str, Any] = {
            "message_id": shown.id,
            "from": self._server.me,
            "chat": {"id": chat.id, "type": chat.type},
            "date": int(shown.at),
        }
        if shown.file is None:
            body["text"] = shown.text
        else:
            body["document"] = {
                "file_id": f"f{shown.id}", "file_unique_id": f"u{shown.id}", "file_name": shown.file.name,
                "mime_type": shown.file.media, "file_size": len(shown.file.data),
            }  # fmt: skip
            body |= {"caption": shown.text} if shown.text else {}
        if shown.keyboard:
            rows = [[{"text": label, "callback_data": data} for label, data in row] for row in shown.keyboard]
            body["reply_markup"] = {"inline_keyboard": rows}
        return body


def _not_modified() -> Refusal:
    return Refusal(
        400,
        "Bad Request: message is not modified: specified new message content and reply markup are exactly the same "
        "as a current content and reply markup of the message",
    )

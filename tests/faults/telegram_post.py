"""Telegram as the other end in fault runs: the emulator, and the book of what people did and what arrived.

What arrived is what the emulator shows; which delivery it is stands in the mark that the call carried. A message whose
text is not that of its delivery is entered as it is shown, so that the judge finds it.
"""

from __future__ import annotations

import base64
import random
import time
from collections.abc import Callable
from typing import Any, Final

import msgspec

from tests.emulators.telegram import BotApi
from tests.emulators.telegram_chats import Chat, Person, Shown
from tests.emulators.telegram_http import Fault
from tests.faults.book import Book, Copy, Written
from tests.faults.post import Manners

TELEGRAM: Final = "telegram"
_FIRST_CHAT: Final = 1000
_FOR_EVER: Final = 1e9
_CALLS: Final = frozenset(
    {"sendmessage", "senddocument", "editmessagetext", "editmessagereplymarkup", "deletemessages"}
)


class TelegramPost:
    """As `tests.faults.post.Post`, with a Bot API server behind it."""

    def __init__(
        self, seed: int, manners: Manners, arrived: Callable[[Copy], object], clock: Callable[[], int]
    ) -> None:
        self.book = Book(account=TELEGRAM, idempotent=False, edits=True, takes_back=48, files=True, edits_show=False)
        self.server = BotApi(limits=False, seed=seed, numbers_from=1)
        self.server.clock = lambda: clock() / 1000
        # How long Telegram keeps a press is a test of its own (test_telegram.py): here every one must be answered.
        self.server.press_kept = _FOR_EVER
        self.manners = manners
        self.heard_at = 0.0
        self.asked_at = 0.0
        self._arrived = arrived
        self._clock = clock
        self._dice = random.Random(seed)
        self.server.listen(self._show)
        self.server.asked = self._asked

    @property
    def manners(self) -> Manners:
        """How badly it behaves."""
        return self._manners

    @manners.setter
    def manners(self, manners: Manners) -> None:
        self._manners = manners
        sending: dict[Fault, float] = {
            "drop_after": manners.answer_lost, "drop_before": manners.question_lost, "e500": manners.not_taken / 2,
            "wait": manners.told_to_wait, "late": manners.answer_late, "broken": manners.answer_lost / 2,
            "e502_after": manners.answer_lost / 2,
        }  # fmt: skip
        self.server.chances = sending
        self.server.poll_chances = {"drop_after": manners.message_again, "broken": manners.answer_lost}

    async def begin(self) -> None:
        """Listen."""
        await self.server.__aenter__()

    async def end(self) -> None:
        """End."""
        await self.server.__aexit__()
        assert self.server.violations == [], self.server.violations[:5]

    @property
    def unread(self) -> int:
        """How many updates wait."""
        return len(self.server.queue)

    def address(self, number: int) -> str:
        """The chat of a person."""
        return str(_FIRST_CHAT + number)

    # --- people

    def write(self, chat: str, thing: dict[str, Any]) -> Written:
        """A person does something on the phone."""
        person = self.server.person(int(chat), thing.get("language", ""))
        at = self._clock()
        before = self.server.posted
        key = self._do(person, thing)
        assert self.server.posted == before + 1
        number = self.server.posted
        written = Written(number, f"{number}:{key}", chat, thing, at)
        self.book.written.append(written)
        return written

    def _do(self, person: Person, thing: dict[str, Any]) -> str:
        """The rest of the key under which it comes in."""
        match thing["t"]:
            case "started":
                person.language = thing.get("language", "")
                person.start(thing.get("payload", ""))
            case "said":
                person.say(thing["text"])
            case "pressed":
                shown = Shown(1, False, "", "", self.server.now())
                return person.press_data(f"{thing['token']}:{thing['option']}", shown)
            case "unreadable":
                person.send(thing["what"])
            case other:
                raise AssertionError(other)
        # As the message carries it: the clock of a run may pass a second in between.
        return str(self.server.queue[-1].body["message"]["date"])

    # --- what arrives

    def _asked(self, method: str) -> None:
        if method == "getupdates":
            self.asked_at = time.monotonic()
        elif method in _CALLS:
            self.heard_at = time.monotonic()

    def _show(self, chat: Chat, shown: Shown, edited: bool) -> None:
        delivery, _, packed = self.server.tag.partition(" ")
        body: dict[str, Any] = msgspec.json.decode(base64.b64decode(packed))
        if not edited and not shown.text.startswith(body["text"].strip()):
            body = {**body, "text": shown.text}
        self.book.asked[delivery] = self.book.asked.get(delivery, 0) + 1
        copy = Copy(len(self.book.copies) + 1, str(chat.id), delivery, body, str(shown.id))
        self.book.copies.append(copy)
        self._arrived(copy)
        confirmed = self.server.confirmed
        self.book.acknowledged = max(confirmed[-1] if confirmed else 0, self.book.acknowledged)

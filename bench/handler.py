"""D12 in python-telegram-bot's ConversationHandler, as its examples would have it: the peer of the whole walk.

Every update goes through `Application.process_update`, every answer through `Bot.send_message` to a request that is
answered at once: what is measured is the machinery, not a network. "Pickled" writes the conversations with
`PicklePersistence` after each update, which survives a restart but no power cut (it asks for no fsync).
"""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import tempfile
import time
import warnings
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any, Final

from telegram import Bot, Chat, Message, MessageEntity, Update, User
from telegram.ext import (
    Application,
    CommandHandler,
    ConversationHandler,
    ExtBot,
    MessageHandler,
    PersistenceInput,
    PicklePersistence,
    filters,
)
from telegram.request import BaseRequest
from telegram.warnings import PTBUserWarning

from bench.dialogue import ANSWERS, OPTIONS

PEOPLE: Final = 50
TEXTS: Final = ("/start", *ANSWERS[:-1], "ja")
STEPS: Final = len(ANSWERS)
SENT: Final = json.dumps(
    {"ok": True, "result": {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}, "text": "x"}}
).encode()
ME: Final = json.dumps({"ok": True, "result": {"id": 1, "is_bot": True, "first_name": "b", "username": "b"}}).encode()


class Instant(BaseRequest):
    """A network without a network."""

    @property
    def read_timeout(self) -> float | None:
        """None: nothing is waited for."""
        return None

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(self, url: str, *_arguments: Any, **_named: Any) -> tuple[int, bytes]:  # noqa: ANN401
        """Say yes at once."""
        return 200, ME if url.endswith("getMe") else SENT


def _step(number: int) -> Callable[[Update, Any], Coroutine[Any, Any, int]]:
    """The callback of a state: note the answer, pick the next question, send it with its options."""

    async def answer(update: Update, context: Any) -> int:  # noqa: ANN401 - generic over six types
        message = update.message
        assert message is not None  # noqa: S101 - the handler's filter
        context.user_data[f"s{number}"] = message.text
        following = number + 1
        urgent = context.user_data.get("s1") == "ja" and context.user_data.get("s2") == "2"
        text = "Die eilige Frage?" if urgent and following in {3, 6, 9} else "Die nächste Frage?"
        options = OPTIONS.get(f"s{following}", ())
        await message.reply_text("\n".join((text, *(f"{place} {label}" for place, label in enumerate(options, 1)))))
        return following if following < STEPS else ConversationHandler.END

    return answer


async def _begin(update: Update, _context: Any) -> int:  # noqa: ANN401 - generic over six types
    assert update.message is not None  # noqa: S101 - the handler's filter
    await update.message.reply_text("\n".join(("Worum geht es?", *OPTIONS["s0"])))
    return 0


def _application(pickle: Path | None) -> Application[Any, Any, Any, Any, Any, Any]:
    bot = ExtBot("1:x", request=Instant(), get_updates_request=Instant())
    builder = Application.builder().bot(bot).updater(None)
    if pickle is not None:
        # Only what a dialogue needs; written when `update_persistence` is called.
        kept = PersistenceInput(bot_data=False, chat_data=False, callback_data=False)
        builder = builder.persistence(PicklePersistence(pickle, store_data=kept, update_interval=10**6))
    application = builder.build()
    states: dict[object, list[Any]] = {
        number: [MessageHandler(filters.TEXT & ~filters.COMMAND, _step(number))] for number in range(STEPS)
    }
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", PTBUserWarning)
        application.add_handler(
            ConversationHandler(
                [CommandHandler("start", _begin)],
                states,
                [],
                name="d12",
                persistent=pickle is not None,
            )
        )
    return application


def _update(bot: Bot, number: int, person: int, text: str) -> Update:
    entities = [MessageEntity(MessageEntity.BOT_COMMAND, 0, len(text))] if text.startswith("/") else []
    message = Message(
        number,
        dt.datetime.now(dt.UTC),
        Chat(person, Chat.PRIVATE),
        User(person, "p", is_bot=False),
        text=text,
        entities=entities,
    )
    message.set_bot(bot)
    update = Update(number, message)
    update.set_bot(bot)
    return update


async def _run(times: list[float], pickle: Path | None) -> None:
    application = _application(pickle)
    await application.initialize()
    clock, number = time.perf_counter, 0
    for text in TEXTS:
        for person in range(1, PEOPLE + 1):
            number += 1
            update = _update(application.bot, number, person, text)
            began = clock()
            await application.process_update(update)
            if pickle is not None:
                await application.update_persistence()
            times.append(clock() - began)
    await application.shutdown()


def run_in_memory(times: list[float]) -> None:
    """PEOPLE people side by side through D12; one entry of `times` (seconds) a turn."""
    asyncio.run(_run(times, None))


def run_pickled(times: list[float]) -> None:
    """The same, kept on the disk after each turn."""
    with tempfile.TemporaryDirectory(prefix="lotse-handler-") as folder:
        asyncio.run(_run(times, Path(folder) / "d12.pickle"))

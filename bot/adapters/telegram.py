"""Telegram as a transport.

Owns: one bot account. Receiving is in `telegram_receiving`, what updates mean in `telegram_reading`, how messages look
in `telegram_writing`, how fast they go in `telegram_pace`, what failures mean in `telegram_outcomes`.

A remote id is "message@second,message@second": a long text is several messages there, and how old each is decides
whether it can be taken back. The second is Telegram's, Unix time.
"""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import hashlib
import hmac
import logging
import math
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from typing import Any, Final
from urllib.parse import urlsplit

from telegram import LinkPreviewOptions
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError

from bot.adapters.base import Deliver, Health, NotSent, Original, Outcome, Refused, Sent
from bot.adapters.telegram_line import WHOLE, open_line
from bot.adapters.telegram_menu import hang_up
from bot.adapters.telegram_outcomes import is_unchanged, judge, wait_of
from bot.adapters.telegram_pace import Pace
from bot.adapters.telegram_receiving import Backoff, Receiver, Watch, trouble_of
from bot.adapters.telegram_writing import Piece, compose, settled
from bot.flows.exchange import Send, Settle, Transport

LONGEST_PAUSE: Final = 2.0
"""Seconds that a message waits here for its turn; what has to wait longer goes back to the outbox, where it is safe."""

TYPING_FROM: Final = 0.6
"""Seconds of waiting from which on the chat shows that more follows."""

TAKEN_BACK_FOR: Final = dt.timedelta(hours=48) - dt.timedelta(minutes=1)
"""How old a message may be that a bot can delete (https://core.telegram.org/bots/api#deletemessage)."""

MOST_DELETED: Final = 100
MOST_BESIDE: Final = 16
"""Messages that one call deletes; calls at a time that nobody waits for."""

MOST_UNFINISHED: Final = 1_000
"""Long texts of which some messages are out and others are not: remembered while this process lives. As many places
are kept for what has waited for its turn and is not sent yet; without one it waits again."""

_NO_PREVIEW: Final = LinkPreviewOptions(is_disabled=True)
_log: Final = logging.getLogger("bot.adapters.telegram")


class Telegram:
    """The adapter; see `bot.adapters.base.Adapter`.

    `webhook`: the public address to which Telegram posts; None: we ask. `clock`: aware UTC.
    """

    name: Final = "telegram"
    transport: Final = Transport(
        name="telegram", encrypted=False, edits=True, real=True, takes_back=48, files=True, limited=True
    )
    idempotent: Final = False
    keeps_presses: Final = False

    def __init__(self, token: str, base_url: str, clock: Callable[[], dt.datetime], webhook: str | None = None) -> None:
        self._bot, self._requests = open_line(token, base_url)
        self._clock = clock
        self._webhook = webhook
        # The same in every process, and known to nobody who does not know the token.
        self._secret = hmac.new(token.encode(), b"webhook", hashlib.sha256).hexdigest()
        self._watch = Watch(clock)
        self._receiver = Receiver(self._bot, self._watch, clock, self._answer_press)
        self._pace = Pace()
        self._unfinished: OrderedDict[str, list[str]] = OrderedDict()
        self._placed: OrderedDict[str, None] = OrderedDict()
        self._beside: set[asyncio.Task[None]] = set()
        self._room = asyncio.Semaphore(MOST_BESIDE)

    @property
    def path(self) -> str:
        """Where posts come in; empty when we ask ourselves."""
        return "" if self._webhook is None else urlsplit(self._webhook).path or "/"

    def health(self) -> Health:
        """How the connection stands."""
        return self._watch.health()

    async def receive(self, cursor: str | None, deliver: Deliver) -> None:
        """Receive until cancelled."""
        menu = asyncio.create_task(self._hang_up())
        try:
            if self._webhook is None:
                await self._receiver.poll(cursor, deliver)
            else:
                await self._receiver.wait(self._webhook, self._secret, deliver)
        finally:
            menu.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await menu

    async def take(self, headers: Mapping[str, str], body: bytes) -> int:
        """A post to the webhook."""
        return await self._receiver.take(headers, body)

    async def close(self) -> None:
        """Let go of the connections."""
        for task in list(self._beside):
            task.cancel()
        await asyncio.gather(*self._beside, return_exceptions=True)
        for request in self._requests:
            await request.shutdown()

    # --- sending

    async def line_up(
        self, chat: str, delivery_id: str, effect: Send | Settle, original: Original | None
    ) -> NotSent | None:
        """Wait until the first of its messages may go."""
        if isinstance(effect, Settle) and not _can_show(original):
            return None
        too_long = await self._wait(chat, effect, LONGEST_PAUSE)
        if too_long is None:
            self._placed[delivery_id] = None
            _trim(self._placed)
        return too_long

    async def send(self, chat: str, delivery_id: str, effect: Send | Settle, original: Original | None) -> Outcome:
        """Send a message, or edit the question that was answered."""
        placed = delivery_id in self._placed
        self._placed.pop(delivery_id, None)
        if isinstance(effect, Settle):
            return await self._settle(chat, effect, original, placed=placed)
        sent = self._unfinished.pop(delivery_id, [])
        for piece in compose(effect)[len(sent) :]:
            too_long = None if placed else await self._wait(chat, effect, math.inf if sent else LONGEST_PAUSE)
            if too_long is not None:
                return too_long
            placed = False
            outcome = await self._put(chat, piece)
            if not isinstance(outcome, Sent):
                if sent:
                    self._remember(delivery_id, sent)
                return outcome
            sent.append(outcome.remote_id)
        return Sent(",".join(sent))

    async def _put(self, chat: str, piece: Piece) -> Outcome:
        """One message; what a server does not take as it is goes plain, so that nobody is left without an answer."""
        outcome = await self._call(chat, lambda to: self._message(to, piece))
        if outcome == Refused("invalid"):
            _log.error("telegram_message_invalid")
            plain = Piece(piece.plain, piece.plain, None, piece.file)
            outcome = await self._call(chat, lambda to: self._message(to, plain, parse_mode=None))
        return outcome

    async def _message(self, chat: int, piece: Piece, parse_mode: str | None = ParseMode.HTML) -> str:
        if piece.file is not None:
            message = await self._bot.send_document(
                chat, piece.file.data, caption=piece.html or None, parse_mode=parse_mode, filename=piece.file.name,
                reply_markup=piece.keyboard, disable_content_type_detection=True,
            )  # fmt: skip
        else:
            message = await self._bot.send_message(
                chat, piece.html, parse_mode=parse_mode, reply_markup=piece.keyboard, link_preview_options=_NO_PREVIEW
            )
        return f"{message.message_id}@{int(message.date.timestamp())}"

    async def _settle(self, chat: str, effect: Settle, original: Original | None, *, placed: bool) -> Outcome:
        """Show in the question what was chosen, or what is ticked by now. What cannot be changed any more stays."""
        if original is None or not _can_show(original):
            return Sent()
        message = int(original.remote_id.split(",")[-1].partition("@")[0])
        too_long = None if placed else await self._wait(chat, effect, LONGEST_PAUSE)
        if too_long is not None:
            return too_long
        return await self._call(chat, lambda to: self._edit(to, message, effect, original.send))

    async def _edit(self, chat: int, message: int, effect: Settle, question: Send | None) -> str:
        try:
            if question is not None and effect.choices:
                piece = compose(question, effect.choices)[-1]
                await self._bot.edit_message_text(
                    piece.html, chat, message, parse_mode=ParseMode.HTML, reply_markup=piece.keyboard,
                    link_preview_options=_NO_PREVIEW,
                )  # fmt: skip
                return ""
            text = None if question is None else settled(question, effect.chosen)
            if text is None:
                await self._bot.edit_message_reply_markup(chat, message, reply_markup=None)
            else:
                await self._bot.edit_message_text(
                    text, chat, message, parse_mode=ParseMode.HTML, link_preview_options=_NO_PREVIEW
                )
        except BadRequest as error:
            if not is_unchanged(error):
                raise
        return ""

    async def forget(self, chat: str, remote_ids: Sequence[str]) -> Outcome:
        """Take back what is younger than 48 hours; of the rest the person was told. A group is left instead."""
        if chat.startswith("-"):
            return await self._leave(chat)
        oldest = (self._clock() - TAKEN_BACK_FOR).timestamp()
        split = (one.partition("@") for remote in remote_ids for one in remote.split(","))
        young = [int(number) for number, _, second in split if number and float(second or oldest) >= oldest]
        for start in range(0, len(young), MOST_DELETED):
            some = young[start : start + MOST_DELETED]
            outcome = await self._call(chat, lambda to, some=some: self._delete(to, some))  # type: ignore[misc]
            if not isinstance(outcome, Sent):
                return outcome
        return Sent()

    async def _leave(self, chat: str) -> Outcome:
        """Go from a group; one that is another chat by now is not this one any more."""

        async def go(group: int) -> str:
            with contextlib.suppress(BadRequest, ChatMigrated, Forbidden):
                await self._bot.leave_chat(group)
            return ""

        return await self._call(chat, go)

    async def _delete(self, chat: int, messages: Sequence[int]) -> str:
        try:
            await self._bot.delete_messages(chat, messages)
        except BadRequest:
            # One that cannot be deleted may keep all of them from it.
            for message in messages:
                with contextlib.suppress(BadRequest):
                    await self._bot.delete_message(chat, message)
        return ""

    async def _call(self, chat: str, call: Callable[[int], Awaitable[str]]) -> Outcome:
        """Make a call within its time and say what became of it."""
        try:
            async with asyncio.timeout(WHOLE):
                try:
                    return Sent(await call(int(chat)))
                except ChatMigrated as moved:
                    self._receiver.note_moved(int(chat), moved.new_chat_id)
                    return Sent(await call(moved.new_chat_id))
        except RetryAfter as error:
            self._pace.hold(chat, wait_of(error), _seconds())
            return NotSent(after=wait_of(error))
        except (TelegramError, OSError, ValueError, KeyError, TypeError) as error:
            outcome = judge(error)
            _log.warning("telegram_call_failed", exc_info=error)
            return outcome

    def _remember(self, delivery_id: str, sent: list[str]) -> None:
        self._unfinished[delivery_id] = sent
        _trim(self._unfinished)

    # --- beside

    async def _wait(self, chat: str, effect: Send | Settle, most: float) -> NotSent | None:
        """Wait until one message may go; NotSent without waiting when that would take longer than `most` seconds."""
        edit = isinstance(effect, Settle)
        urgent = isinstance(effect, Send) and effect.urgent
        pause = self._pace.reserve(chat, _seconds(), most, urgent=urgent, edit=edit)
        if pause > most:
            return NotSent(after=pause)
        if pause >= TYPING_FROM and not edit:
            self._aside(self._bot.send_chat_action(int(chat), ChatAction.TYPING))
        if pause > 0:
            await asyncio.sleep(pause)
        return None

    def _answer_press(self, press: str) -> None:
        """Let the button stop turning; a late answer is an error that means nothing."""
        self._aside(self._bot.answer_callback_query(press))

    def _aside(self, call: Coroutine[Any, Any, object]) -> None:
        task = asyncio.create_task(self._quietly(call))
        self._beside.add(task)
        task.add_done_callback(self._beside.discard)

    async def _quietly(self, call: Coroutine[Any, Any, object]) -> None:
        try:
            async with self._room, asyncio.timeout(WHOLE):
                await call
        except (TelegramError, OSError, ValueError, KeyError, TypeError):
            pass  # it was a courtesy
        finally:
            call.close()

    async def _hang_up(self) -> None:
        backoff = Backoff()
        while True:
            try:
                await hang_up(self._bot)
            except (TelegramError, OSError, ValueError, KeyError, TypeError) as error:
                await asyncio.sleep(max(backoff.wait(trouble_of(error)[1]), 1.0))
            else:
                return


def _can_show(original: Original | None) -> bool:
    """Whether an answer can be shown in its question. Without buttons it stands below it in the person's own words."""
    return bool(original is not None and original.remote_id and (original.send is None or original.send.choices))


def _trim(kept: OrderedDict[str, Any]) -> None:
    while len(kept) > MOST_UNFINISHED:
        kept.popitem(last=False)


def _seconds() -> float:
    return asyncio.get_running_loop().time()

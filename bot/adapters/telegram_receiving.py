"""Receiving: the bot's own polling loop, or a webhook; either way nothing is confirmed before it is committed.

Owns: the offset, the back-off, and what is known of the connection (`Watch`). Polling: the next getUpdates confirms
what came before, and it is asked only when `deliver` has returned. Webhook: the answer 200 is given only then. A server
that cannot be reached, a wrong token or a second poller end nothing: it is tried again, later each time, and said.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import hmac
import json
import logging
import random
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from telegram.error import BadRequest, Conflict, InvalidToken, RetryAfter, TelegramError

from bot.adapters.base import Arrival, Deliver, Health
from bot.adapters.telegram_line import POLL_SECONDS, WANTED, WHOLE, Line
from bot.adapters.telegram_outcomes import wait_of
from bot.adapters.telegram_reading import last_number, moved, read
from bot.flows.exchange import GroupLeft, GroupMoved

FIRST_RETRY: Final = 0.5
LONGEST_RETRY: Final = 20.0
"""Seconds. Doubles; back within so many seconds of the server's return."""

CONFLICT_RETRY: Final = 5.0
REFUSED_RETRY: Final = 30.0
"""Seconds after a second poller, and after a token that was refused: asking faster helps nobody."""

SILENT_AFTER: Final = POLL_SECONDS + WHOLE + LONGEST_RETRY + 20.0
"""Seconds without a successful poll after which it is no longer in order."""

LOOK_EVERY: Final = 30.0
"""Seconds between looks whether the webhook still stands; well below what counts as an outage."""

LARGEST_POST: Final = 1 << 20
"""Bytes of one update; Telegram's largest have some tens of KB."""

SECRET_HEADER: Final = "x-telegram-bot-api-secret-token"  # noqa: S105 - where it stands

TROUBLES: Final = {
    "offline": "telegram_offline",
    "slowed": "telegram_slowed",
    "second_poller": "telegram_second_poller",
    "token_refused": "telegram_token_refused",
    "call_refused": "telegram_call_refused",
    "webhook_in_the_way": "telegram_webhook_in_the_way",
}
"""What may be wrong with the connection, and what the journal calls it: words of ours, never the server's."""

_log: Final = logging.getLogger("bot.adapters.telegram")


class Watch:
    """What is known of the connection. `trouble`: a plain word, "" when there is none."""

    def __init__(self, clock: Callable[[], dt.datetime]) -> None:
        self._clock = clock
        self._since = clock()
        self.trouble = "starting"

    def good(self) -> None:
        """The server has answered."""
        if self.trouble not in {"", "starting"}:
            _log.info("telegram_back")
        self._since, self.trouble = self._clock(), ""

    def bad(self, trouble: str) -> None:
        """It has not; said once, until it changes."""
        if trouble != self.trouble:
            _log.warning(TROUBLES[trouble])
        self.trouble = trouble

    def health(self) -> Health:
        """How it stands, by the clock of the bot."""
        seconds = max((self._clock() - self._since).total_seconds(), 0.0)
        fine = seconds <= SILENT_AFTER and self.trouble in {"", "starting", "offline"}
        return Health(ok=fine, word=self.trouble or ("ok" if fine else "silent"), seconds=seconds)


def trouble_of(error: Exception) -> tuple[str, float | None]:
    """What to call it, and how long to wait (None: back off)."""
    match error:
        case RetryAfter():
            return "slowed", wait_of(error)
        case Conflict():
            return "second_poller", CONFLICT_RETRY
        case InvalidToken():
            return "token_refused", REFUSED_RETRY
        case BadRequest():
            return "call_refused", REFUSED_RETRY
        case _:
            return "offline", None


class Backoff:
    """Seconds to wait, longer each time, never in step with others."""

    def __init__(self) -> None:
        self._next = FIRST_RETRY

    def reset(self) -> None:
        """It worked."""
        self._next = FIRST_RETRY

    def wait(self, told: float | None) -> float:
        """How long now."""
        if told is not None:
            return told
        seconds, self._next = self._next, min(self._next * 2, LONGEST_RETRY)
        return seconds * random.uniform(0.75, 1.0)  # noqa: S311 - no secret


class Receiver:
    """Receives on one account. `pressed`: is told of each press, so that the button stops turning."""

    def __init__(
        self,
        line: Line,
        watch: Watch,
        clock: Callable[[], dt.datetime],
        pressed: Callable[[str], None],
    ) -> None:
        self._line = line
        self._watch = watch
        self._clock = clock
        self._pressed = pressed
        self._deliver: Deliver | None = None
        self._secret = ""
        self._moved: dict[int, int] = {}

    def note_moved(self, old: int, new: int) -> None:
        """Sending has found that a group is another chat now. What is lost with the process is found again so."""
        self._moved[old] = new

    def _take_moved(self) -> list[Arrival]:
        found, self._moved = self._moved, {}
        at = int(self._clock().timestamp())
        return [moved(old, new, at) for old, new in found.items()]

    # --- polling

    async def poll(self, cursor: str | None, deliver: Deliver) -> None:
        """Ask for updates until cancelled. The cursor is the number of the last update that is committed."""
        backoff = Backoff()
        last = None if cursor is None else int(cursor)
        first = True
        while True:
            try:
                # The first time without waiting: what came while we were away is there, and whether all is well shows.
                updates = await self._line.fetch(None if last is None else last + 1, 0 if first else POLL_SECONDS)
            except (TelegramError, OSError, ValueError, KeyError, TypeError) as error:
                await self._mend(error, backoff)
                continue
            first = False
            self._watch.good()
            backoff.reset()
            if found := self._take_moved():
                await deliver(found, None)
            if updates:
                reached = last_number(updates)
                await deliver(self._arrivals(updates), None if reached is None else str(reached))
                if reached is None:
                    # Not one of them can be confirmed: they would come again at once, for ever.
                    _log.error("telegram_updates_without_number")
                    await asyncio.sleep(backoff.wait(None))
                else:
                    last = reached

    async def _mend(self, error: Exception, backoff: Backoff) -> None:
        trouble, told = trouble_of(error)
        if isinstance(error, Conflict) and "webhook" in error.message.lower():
            trouble, told = "webhook_in_the_way", None
            try:
                # Never with what is waiting: people wrote it while we were away.
                await self._line.delete_webhook(drop_pending_updates=False)
            except (TelegramError, OSError) as again:
                trouble, told = trouble_of(again)
        self._watch.bad(trouble)
        await asyncio.sleep(backoff.wait(told))

    def _arrivals(self, updates: Sequence[Mapping[str, Any]]) -> list[Arrival]:
        arrivals: list[Arrival] = []
        for update in updates:
            found = read(update, self._clock())
            if found.press:
                self._pressed(found.press)
            if found.broken:
                _log.error("telegram_update_unreadable")
            arrivals += found.arrivals
        # A group that has become another chat was left by nobody, whatever is reported of the old one.
        gone = {one.chat for one in arrivals if isinstance(one.incoming, GroupMoved)}
        return [one for one in arrivals if one.chat not in gone or not isinstance(one.incoming, GroupLeft)]

    # --- webhook

    async def wait(self, url: str, secret: str, deliver: Deliver) -> None:
        """Have updates posted to `url` until cancelled; see that it stays so."""
        backoff = Backoff()
        self._deliver, self._secret = deliver, secret
        try:
            while True:
                try:
                    await self._stand(url, secret)
                except (TelegramError, OSError, ValueError) as error:
                    trouble, told = trouble_of(error)
                    self._watch.bad(trouble)
                    await asyncio.sleep(backoff.wait(told))
                else:
                    self._watch.good()
                    backoff.reset()
                    if found := self._take_moved():
                        await deliver(found, None)
                    await asyncio.sleep(LOOK_EVERY)
        finally:
            self._deliver = None

    async def _stand(self, url: str, secret: str) -> None:
        info = await self._line.get_webhook_info()
        if info.url != url or set(info.allowed_updates) != set(WANTED) or self._watch.trouble == "starting":
            # Again at each start: whether the server knows the secret cannot be asked.
            await self._line.set_webhook(url, secret_token=secret, allowed_updates=WANTED, drop_pending_updates=False)

    async def take(self, headers: Mapping[str, str], body: bytes) -> int:
        """One post to the webhook; returns the HTTP status. 200 means: committed."""
        if not self._secret or not hmac.compare_digest(headers.get(SECRET_HEADER, "").encode(), self._secret.encode()):
            return 403
        if len(body) > LARGEST_POST:
            return 413
        deliver = self._deliver
        if deliver is None:
            return 503  # another process receives; Telegram asks again
        try:
            update = json.loads(body)
        except ValueError:
            return 400
        if not isinstance(update, dict):
            return 400
        self._watch.good()
        await deliver(self._arrivals([update]), None)
        return 200

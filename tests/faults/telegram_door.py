"""The real adapter for Telegram, with one thing added for the judge: each call carries its delivery in a header.

Telegram knows no delivery ids, so the emulator could not say which message is which. The header is no part of the API;
the adapter itself does not know of it.
"""

from __future__ import annotations

import base64
import datetime as dt
from collections.abc import Callable
from contextvars import ContextVar
from typing import Final

import httpx
import msgspec

from bot.adapters.base import Original, Outcome
from bot.adapters.telegram import Telegram
from bot.flows.exchange import Send, Settle, Transport
from tests.emulators.telegram import TOKEN

TAG: Final[ContextVar[str]] = ContextVar("tag", default="")


class TaggedTelegram(Telegram):
    """See above. On trial: drafts are shown."""

    transport: Transport = Transport(  # type: ignore[misc]
        name="telegram", encrypted=False, edits=True, real=False, takes_back=48, files=True
    )

    def __init__(self, url: str, clock: Callable[[], dt.datetime]) -> None:
        super().__init__(TOKEN, url, clock)
        client = self._requests[1]._client
        client.event_hooks = {**client.event_hooks, "request": [_tag]}

    async def send(self, chat: str, delivery_id: str, effect: Send | Settle, original: Original | None) -> Outcome:
        """Send with the mark."""
        bare = msgspec.structs.replace(effect, file=None) if isinstance(effect, Send) else effect
        body = base64.b64encode(msgspec.json.encode(bare)).decode()
        TAG.set(f"{delivery_id} {body}")
        return await super().send(chat, delivery_id, effect, original)


async def _tag(request: httpx.Request) -> None:
    if TAG.get():
        request.headers["x-tag"] = TAG.get()

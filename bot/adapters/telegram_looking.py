"""A look at the other end for `lotse doctor`: who the bot is, and how much waits. It takes and changes nothing."""

from __future__ import annotations

import asyncio
from typing import Final, NamedTuple

from telegram.error import TelegramError

from bot.adapters.telegram_line import open_line
from bot.adapters.telegram_receiving import trouble_of

PATIENCE: Final = 8.0
"""Seconds for both questions."""


class Seen(NamedTuple):
    """What was seen. `trouble`: as in `telegram_receiving.TROUBLES`, "" none; `waiting`: updates nobody fetched yet."""

    name: str = ""
    waiting: int = 0
    webhook: bool = False
    trouble: str = ""


async def look(token: str, base_url: str) -> Seen:
    """Ask getMe and getWebhookInfo."""
    bot, requests = open_line(token, base_url)
    try:
        async with asyncio.timeout(PATIENCE):
            me = await bot.get_me()
            info = await bot.get_webhook_info()
            return Seen(me.username or "", info.pending_update_count, bool(info.url))
    except (TelegramError, OSError, ValueError, KeyError, TypeError) as error:
        return Seen(trouble=trouble_of(error)[0])
    finally:
        for request in requests:
            await request.shutdown()

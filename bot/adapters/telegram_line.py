"""The line to a Bot API server: python-telegram-bot's `Bot`, with limits on time and size that it lacks.

Owns: how long a call may take and how much an answer may hold. `Line.fetch` gives updates as plain JSON, so that one
that does not parse stands in the way of no other. Neither token nor bodies are logged (`bot.journal` silences the
libraries below warnings).
"""

from __future__ import annotations

import asyncio
import ssl
import warnings
from collections.abc import AsyncIterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final, cast

import httpx
from telegram import Bot
from telegram.error import InvalidToken
from telegram.request import HTTPXRequest
from telegram.warnings import PTBDeprecationWarning

POLL_SECONDS: Final = 25
"""How long the server may hold a getUpdates open. Below what proxies on the way cut off (usually 30 s or more)."""

CONNECT: Final = 5.0
ANSWER: Final = 15.0
WHOLE: Final = 25.0
"""Seconds to reach the server, between two parts of an answer, and for a whole call, however slowly it drips."""

LARGEST_ANSWER: Final = 1 << 20
LARGEST_UPDATES: Final = 32 << 20
"""Bytes of an answer that are read: 100 updates have a few hundred KB; more is no answer of a Bot API server."""

CONNECTIONS: Final = 64
IDLE: Final = 20.0
"""Seconds that an unused connection is kept. Shorter than servers do: a connection that they close while a message is
written to it leaves open whether it was sent."""

MOST_UPDATES: Final = 100
# The library warns about the type of a field of its own whenever it is told to wait.
warnings.filterwarnings("ignore", message=".*`?retry_after`?", category=PTBDeprecationWarning)

WANTED: Final = ("message", "edited_message", "callback_query", "my_chat_member")


class _Bounded(httpx.AsyncByteStream):
    """A body that ends with an error instead of never."""

    def __init__(self, stream: httpx.AsyncByteStream, most: int) -> None:
        self._stream = stream
        self._most = most

    async def __aiter__(self) -> AsyncIterator[bytes]:
        left = self._most
        async for part in self._stream:
            left -= len(part)
            if left < 0:
                raise httpx.ReadError("the answer does not end")
            yield part

    async def aclose(self) -> None:
        await self._stream.aclose()


@lru_cache(maxsize=1)
def _trust() -> ssl.SSLContext:
    """Read the certificates once: that takes longer than everything else at the start."""
    return httpx.create_ssl_context()


def _request(most: int, connections: int) -> HTTPXRequest:
    async def bound(response: httpx.Response) -> None:
        if response.headers.get("content-encoding", "identity") != "identity":
            raise httpx.DecodingError("packed, though asked not to: a small body could become a large one")
        response.stream = _Bounded(cast("httpx.AsyncByteStream", response.stream), most)

    return HTTPXRequest(
        connection_pool_size=connections,
        connect_timeout=CONNECT,
        read_timeout=ANSWER,
        write_timeout=ANSWER,
        pool_timeout=CONNECT,
        httpx_kwargs={
            "event_hooks": {"response": [bound]},
            "verify": _trust(),
            "headers": {"Accept-Encoding": "identity"},
            "limits": httpx.Limits(max_connections=connections, keepalive_expiry=IDLE),
        },
    )


class Line(Bot):
    """A Bot that also gives updates as they came."""

    async def fetch(self, offset: int | None, seconds: int) -> Sequence[Mapping[str, Any]]:
        """The updates from `offset` on (None: from the oldest), waiting so many seconds for one.

        Raises:
            TelegramError, TimeoutError, ValueError: there is no answer, or it is none.
        """
        asked: dict[str, Any] = {"timeout": seconds, "limit": MOST_UPDATES, "allowed_updates": list(WANTED)}
        if offset is not None:
            asked["offset"] = offset
        async with asyncio.timeout(seconds + WHOLE):
            found = await self._post("getUpdates", asked, read_timeout=seconds + ANSWER)
        if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
            raise ValueError("no list of updates")
        return cast("Sequence[Mapping[str, Any]]", found)


def open_line(token: str, base_url: str) -> tuple[Line, tuple[HTTPXRequest, HTTPXRequest]]:
    """Return a bot on that server (no call is made), and what is to be shut down after use.

    Raises:
        InvalidToken: it is empty.
    """
    if not token:
        raise InvalidToken
    polling, calling = _request(LARGEST_UPDATES, 4), _request(LARGEST_ANSWER, CONNECTIONS)
    bot = Line(
        token,
        # The token is appended as it is.
        base_url=f"{base_url}/bot",
        base_file_url=f"{base_url}/file/bot",
        request=calling,
        get_updates_request=polling,
    )
    return bot, (polling, calling)

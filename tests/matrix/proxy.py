"""Stands between the bot and the homeserver, and does to requests and answers what networks do.

It forwards everything and remembers what was asked. A fault is planned for the next requests whose path matches, or has
a chance at every one that sends.
"""

from __future__ import annotations

import asyncio
import random
import re
import socket
from collections.abc import Callable, Mapping
from typing import Final, Literal, Self

import aiohttp
from aiohttp import web

Fault = Literal["swallow", "drop", "wait", "e500", "e502_after", "broken", "late", "hold"]
"""`swallow`: done, and the connection ends before the answer; `drop`: it ends before the request is passed on; `wait`:
429; `e500`: not passed on; `e502_after`: done, answered with 502; `broken`: done, half an answer; `late`: the answer
takes a while; `hold`: done, the answer is kept until `release`."""

SENDS: Final = re.compile(r"/rooms/[^/]+/(send|redact)/")
LATE: Final = 0.6
WAIT_MS: Final = 500

_HOP: Final = frozenset({"connection", "content-length", "content-encoding", "transfer-encoding", "keep-alive", "date"})


class Proxy:
    """One homeserver seen through a bad network. `asked`: method and path of every request, without its query."""

    def __init__(self, target: str, seed: int = 1) -> None:
        self.target = target
        self.asked: list[tuple[str, str]] = []
        self.chances: Mapping[Fault, float] = {}
        self.poll_chances: Mapping[Fault, float] = {}
        """The same for requests that ask for news."""
        self.listen: Callable[[str, str], object] = lambda _method, _path: None
        self.port = 0
        self._dice = random.Random(seed)
        self._plans: list[list[object]] = []
        self._held = asyncio.Event()
        self._released = asyncio.Event()
        self._runner: web.AppRunner | None = None
        self._session: aiohttp.ClientSession | None = None

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"

    async def __aenter__(self) -> Self:
        """Take connections."""
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=0), timeout=aiohttp.ClientTimeout(total=None), auto_decompress=False
        )
        await self.up()
        return self

    async def __aexit__(self, *_: object) -> None:
        """Take none any more."""
        self._released.set()
        await self.down()
        if self._session is not None:
            await self._session.close()

    async def up(self) -> None:
        """Take connections, on the same port as before."""
        app = web.Application(client_max_size=2**24)
        app.router.add_route("*", "/{tail:.*}", self._pass)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        found = socket.socket()
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind(("127.0.0.1", self.port))
        self.port = found.getsockname()[1]
        await web.SockSite(self._runner, found).start()

    async def down(self) -> None:
        """There is no way to the homeserver any more: connections are refused, open ones end."""
        if self._runner is not None:
            runner, self._runner = self._runner, None
            await runner.cleanup()

    def plan(self, fault: Fault, path: str = SENDS.pattern, times: int = 1) -> None:
        """Do this to the next requests whose path matches."""
        self._plans.append([re.compile(path), fault, times])

    async def held(self) -> None:
        """Wait until an answer is being held."""
        async with asyncio.timeout(20):
            await self._held.wait()

    def release(self) -> None:
        """Let the held answer go."""
        self._released.set()

    def count(self, path: str) -> int:
        """How many requests there were whose path matches."""
        return sum(re.search(path, one) is not None for _, one in self.asked)

    def _fault(self, path: str) -> Fault | None:
        for plan in self._plans:
            pattern, fault, times = plan
            if isinstance(pattern, re.Pattern) and isinstance(times, int) and times and pattern.search(path):
                plan[2] = times - 1
                return fault  # type: ignore[return-value]
        chances = self.chances if SENDS.search(path) else self.poll_chances if path.endswith("/sync") else {}
        roll = self._dice.random()
        for name, chance in chances.items():
            roll -= chance
            if roll < 0:
                return name
        return None

    async def _pass(self, request: web.Request) -> web.StreamResponse:
        path = request.rel_url.raw_path
        self.asked.append((request.method, path))
        fault = self._fault(path)
        body = await request.read()
        match fault:
            case "drop":
                return _cut(request)
            case "wait":
                limited = {"errcode": "M_LIMIT_EXCEEDED", "error": "Too Many Requests", "retry_after_ms": WAIT_MS}
                return web.json_response(limited, status=429)
            case "e500":
                return web.json_response({"errcode": "M_UNKNOWN", "error": "Internal server error"}, status=500)
            case _:
                pass
        self.listen(request.method, path)
        assert self._session is not None
        headers = {name: value for name, value in request.headers.items() if name.lower() not in _HOP}
        try:
            async with self._session.request(
                request.method, self.target + request.raw_path, data=body or None, headers=headers
            ) as answer:
                said = await answer.read()
        except (aiohttp.ClientError, OSError):
            return _cut(request)
        if fault == "swallow":
            return _cut(request)
        if fault == "hold":
            self._held.set()
            await self._released.wait()
        if fault == "late":
            await asyncio.sleep(LATE)
        if fault == "e502_after":
            return web.Response(status=502, text="Bad Gateway")
        kept = {name: value for name, value in answer.headers.items() if name.lower() not in _HOP}
        if "content-encoding" in answer.headers:
            kept["Content-Encoding"] = answer.headers["content-encoding"]
        return web.Response(
            status=answer.status, body=said[: len(said) // 2] if fault == "broken" else said, headers=kept
        )


def _cut(request: web.Request) -> web.Response:
    """End the connection without a word."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=503)

"""The adapter of the test transport: asks the post through a Unix socket."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import msgspec

from bot.adapters.base import Arrival, Deliver, NotSent, Original, Outcome, Refused, Sent, Unknown
from bot.flows.exchange import Send, Settle, Transport, decode_incoming

PATIENCE: Final = 0.4
"""Seconds to wait for an answer to a send."""

_EPOCH: Final = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


class Door:
    """One account; see `bot.adapters.base.Adapter`."""

    keeps_presses = False

    def __init__(self, name: str, path: Path, *, idempotent: bool, edits: bool) -> None:
        self.name: Final = name
        self.transport: Final = Transport(name=name, encrypted=idempotent, edits=edits, real=False)
        self.idempotent: Final = idempotent
        self._path = path
        self._writer: asyncio.StreamWriter | None = None
        self._reading: asyncio.Task[None] | None = None
        self._connecting = asyncio.Lock()
        self._waiting: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._n = 0

    async def receive(self, cursor: str | None, deliver: Deliver) -> None:
        """Ask for what comes after the cursor, again and again; asking acknowledges what came before."""
        after = int(cursor or 0)
        while True:
            answer = await self._ask({"do": "fetch", "after": after})
            arrivals = [_arrival(item) for item in answer["items"]]
            if arrivals:
                await deliver(arrivals, str(answer["last"]))
            after = answer["last"]

    async def send(self, chat: str, delivery_id: str, effect: Send | Settle, original: Original | None) -> Outcome:
        """Ask for one message to be shown."""
        del original
        body = msgspec.to_builtins(effect)
        return await self._deliver({"do": "send", "chat": chat, "id": delivery_id, "body": body})

    async def forget(self, chat: str, remote_ids: Sequence[str]) -> Outcome:
        """Ask for messages to be taken back."""
        return await self._deliver({"do": "forget", "chat": chat, "ids": list(remote_ids)})

    async def _deliver(self, asked: dict[str, Any]) -> Outcome:
        try:
            await self._connect()
        except OSError:
            return NotSent()
        try:
            answer = await asyncio.wait_for(self._ask(asked), PATIENCE)
        except (OSError, TimeoutError):
            return Unknown()
        match answer["outcome"]:
            case "sent":
                return Sent(answer["remote"])
            case "not_sent":
                return NotSent(answer["after"])
            case _:
                return Refused("blocked")

    # --- the wire

    async def _connect(self) -> asyncio.StreamWriter:
        async with self._connecting:
            if self._writer is None:
                reader, self._writer = await asyncio.open_unix_connection(self._path, limit=2**20)
                self._reading = asyncio.create_task(self._read(reader, self._writer))
            return self._writer

    async def _read(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while (line := await reader.readline()).endswith(b"\n"):
                answer = msgspec.json.decode(line)
                future = self._waiting.pop(answer["n"], None)
                if future is not None and not future.done():
                    future.set_result(answer)
        self._writer = None
        writer.close()
        for future in self._waiting.values():
            if not future.done():
                future.set_exception(ConnectionResetError())
        self._waiting.clear()

    async def _ask(self, asked: dict[str, Any]) -> dict[str, Any]:
        writer = await self._connect()
        self._n += 1
        number = self._n
        future: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        self._waiting[number] = future
        try:
            writer.write(msgspec.json.encode({"n": number, **asked}) + b"\n")
            return await future
        finally:
            self._waiting.pop(number, None)


def _arrival(item: dict[str, Any]) -> Arrival:
    incoming = decode_incoming(msgspec.json.encode(item["thing"]))
    return Arrival(item["key"], item["chat"], incoming, _EPOCH + dt.timedelta(milliseconds=item["at"]))

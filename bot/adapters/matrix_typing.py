"""Lets the person see that an answer is being written, when it takes longer than a moment.

Owns the typing notices: one when nothing was sent for a while after something came in, and its end with the answer. All
of it may be left out when the process ends or the homeserver has no time for it.
"""

from __future__ import annotations

import asyncio
import contextlib
from typing import Final

from bot.adapters import matrix_wire as wire
from bot.adapters.matrix_device import Device

AFTER: Final = 0.7
"""Seconds without an answer after which it is shown: most answers come sooner and need no request of their own."""

FOR_MS: Final = 20_000
"""Milliseconds after which the homeserver ends it by itself."""


class Typing:
    """Of one device."""

    def __init__(self, device: Device) -> None:
        self._device = device
        self._begun: dict[str, asyncio.Task[None]] = {}
        self._shown: set[str] = set()

    def begin(self, room: str) -> None:
        """Something came in that will be answered."""
        if room not in self._begun:
            task = self._begun[room] = asyncio.create_task(self._show(room))
            task.add_done_callback(lambda _: self._begun.pop(room, None))

    async def end(self, room: str) -> None:
        """The answer is on its way."""
        waiting = self._begun.get(room)
        if waiting is not None and room not in self._shown:
            waiting.cancel()
        if room in self._shown:
            self._shown.discard(room)
            await self._say(room, {"typing": False})

    async def _show(self, room: str) -> None:
        await asyncio.sleep(AFTER)
        self._shown.add(room)
        await self._say(room, {"typing": True, "timeout": FOR_MS})

    async def _say(self, room: str, what: dict[str, object]) -> None:
        client = self._device.client
        if client is not None:
            with contextlib.suppress(wire.NotReachedError, wire.UnheardError, wire.TokenLostError):
                await wire.ask(client, "PUT", wire.path("rooms", room, "typing", self._device.access.user), what)

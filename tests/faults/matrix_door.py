"""The real adapter for Matrix, with one thing added for the judge: each message carries its delivery, encrypted.

The judge needs to know which event is which delivery without asking the bot. The homeserver knows the transaction id,
which must be the same; people's clients find the mark when they decrypt. The adapter itself does not know of it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from contextvars import ContextVar
from pathlib import Path
from typing import Any, Final

import msgspec

from bot.adapters.base import Arrival, Deliver, Keepsakes, Original, Outcome
from bot.adapters.matrix import Matrix
from bot.adapters.matrix_device import Access
from bot.flows.exchange import Send, Settle, Transport

FIELD: Final = "test.lotse.delivery"
_MARK: Final[ContextVar[Mapping[str, Any] | None]] = ContextVar("mark", default=None)


class MarkedMatrix(Matrix):
    """See above. On trial: drafts are shown. What comes in has the time of the run."""

    transport: Transport = msgspec.structs.replace(Matrix.transport, real=False)  # type: ignore[misc]

    def __init__(self, access: Access, folder: Path, keepsakes: Keepsakes, clock: Callable[[], dt.datetime]) -> None:
        super().__init__(access, folder, keepsakes)
        self._run_clock = clock
        plain = self._sender.send

        async def send(room: str, txn: str, content: Mapping[str, Any], **more: Any) -> Outcome:  # noqa: ANN401
            mark = _MARK.get()
            if mark is not None and mark["delivery"] == txn:
                content = {**content, FIELD: mark}
            return await plain(room, txn, content, **more)

        self._sender.send = send  # type: ignore[method-assign]

    async def receive(self, cursor: str | None, deliver: Deliver) -> None:
        """Receive; the clock of a run and the machine's differ by the same span until a run jumps."""

        async def take(arrivals: Sequence[Arrival], cursor: str | None) -> None:
            ahead = self._run_clock() - dt.datetime.now(dt.UTC)
            await deliver([msgspec.structs.replace(one, at=one.at + ahead) for one in arrivals], cursor)

        await super().receive(cursor, take)

    async def send(self, chat: str, delivery_id: str, effect: Send | Settle, original: Original | None) -> Outcome:
        """Send with the mark."""
        bare = msgspec.structs.replace(effect, file=None) if isinstance(effect, Send) else effect
        _MARK.set({"delivery": delivery_id, "effect": msgspec.to_builtins(bare)})
        return await super().send(chat, delivery_id, effect, original)

"""Sends one event into an encrypted room: the room's key to each device first, then the event, once.

Per room one at a time. Every step has its own time limit and none is cancelled: nio's own way of sharing a room key
leaves the room shut when it is cut off half-way, and calls a key shared that never arrived. Here a key counts as shared
when the homeserver has taken it for every device; what was interrupted is taken up again by the next send. A send that
stands still all the same shuts no room: after a while the next one goes past it, under the same transaction id.
"""

from __future__ import annotations

import asyncio
import logging
import uuid
from collections.abc import Mapping
from typing import Any, Final

from nio import JoinedMembersError, KeysClaimError
from nio.exceptions import EncryptionError, LocalProtocolError, OlmTrustError

from bot.adapters import matrix_wire as wire
from bot.adapters.base import NotSent, Outcome, Unknown
from bot.adapters.matrix_device import Device, raise_for

SOON: Final = 2.0
"""Seconds after which something is tried again that will be mended by then: a lost token, a room not yet known."""

STANDS_STILL: Final = 45.0
"""Seconds after which a send is taken to stand still. Its requests have half a minute each and take far less."""

_ENCRYPTED: Final = "m.room.encrypted"
_log: Final = logging.getLogger("bot.adapters.matrix")


class Sender:
    """Sends for one device."""

    def __init__(self, device: Device) -> None:
        self._device = device
        self._locks: dict[str, asyncio.Lock] = {}
        self.idle = asyncio.Event()
        """Set while nothing is being sent."""
        self.idle.set()
        self._busy = 0
        self._running: set[asyncio.Task[Outcome]] = set()

    async def send(
        self, room: str, txn: str, content: Mapping[str, Any], *, kind: str = "m.room.message", clear: bool = False
    ) -> Outcome:
        """Send one event under this transaction id. `clear`: not encrypted (reactions, words about the room)."""
        task = asyncio.create_task(self._send_in_turn(room, txn, content, kind, clear=clear))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        try:
            done, _ = await asyncio.wait({task}, timeout=STANDS_STILL)
        except asyncio.CancelledError:
            task.cancel()  # the process ends
            raise
        if done:
            return task.result()
        # Never cancelled (see above); whoever comes next does not wait for it, and the same id is the same event.
        self._locks.pop(room, None)
        _log.error("matrix_send_stands_still")
        return Unknown()

    async def _send_in_turn(
        self, room: str, txn: str, content: Mapping[str, Any], kind: str, *, clear: bool
    ) -> Outcome:
        self._busy += 1
        self.idle.clear()
        try:
            async with self._locks.setdefault(room, asyncio.Lock()):
                return await self._send(room, txn, content, kind, clear=clear)
        except wire.NotReachedError:
            return NotSent()
        except wire.TokenLostError:
            return NotSent(after=SOON)  # the receiving side logs in again
        except wire.UnheardError:
            return Unknown()
        except wire.RefusedError as refused:
            return wire.outcome_of(refused.answer)
        finally:
            self._busy -= 1
            if not self._busy:
                self.idle.set()

    async def _send(self, room: str, txn: str, content: Mapping[str, Any], kind: str, *, clear: bool) -> Outcome:
        client = self._device.client
        if client is None or room not in client.rooms:
            return NotSent(after=SOON)
        if not clear:
            try:
                await self._share(room)
                kind, content = client.encrypt(room, kind, dict(content))
            except (EncryptionError, LocalProtocolError, OlmTrustError, OSError, TimeoutError):
                return NotSent(after=SOON)  # nothing has left: without the keys there is no message
        answer = await wire.ask(client, "PUT", wire.path("rooms", room, "send", kind, txn), content)
        return wire.outcome_of(answer)

    async def redact(self, room: str, event: str, txn: str) -> Outcome:
        """Take the words out of an event."""
        client = self._device.client
        if client is None:
            return NotSent(after=SOON)
        try:
            answer = await wire.ask(client, "PUT", wire.path("rooms", room, "redact", event, txn), {})
        except wire.NotReachedError:
            return NotSent()
        except wire.TokenLostError:
            return NotSent(after=SOON)
        except wire.UnheardError:
            return Unknown()
        return wire.outcome_of(answer)

    async def _share(self, room_id: str) -> None:
        """See to it that every device of the room's members has the key that the next event is encrypted with."""
        client = self._device.client
        room = client.rooms[room_id]
        if not room.members_synced:
            members = await client.joined_members(room_id)
            if isinstance(members, JoinedMembersError):
                raise_for(members)
        await self._device.tend_keys()
        if not client.olm.should_share_group_session(room_id):
            return
        missing = client.get_missing_sessions(room_id)
        if missing:
            claimed = await client.keys_claim(missing)
            if isinstance(claimed, KeysClaimError):
                raise_for(claimed)
        # Unverified devices get the key too: nobody verifies theirs with a bot, and a silent Lotse helps nobody.
        letters = client.olm.share_group_session_parallel(room_id, list(room.users), ignore_unverified_devices=True)
        for devices, messages in letters:
            where = wire.path("sendToDevice", _ENCRYPTED, str(uuid.uuid4()))
            await wire.demand(client, "PUT", where, messages)
            client.olm.outbound_group_sessions[room_id].users_shared_with.update(devices)
        client.olm.outbound_group_sessions[room_id].shared = True

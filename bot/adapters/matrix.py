"""Matrix as a transport: one account, one device, every chat a direct and encrypted room.

Owns the walk of what people write into the inbox and of the answers back. Receiving: the sync token is committed in one
step with what came in (`matrix_cursor`), so nothing is lost and nothing comes twice. Sending: the transaction id is the
delivery's id, so a message that is sent again is the same event. What a room must be for that: `matrix_rooms`.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Collection, Coroutine, Sequence
from pathlib import Path
from typing import Any, Final

from bot.adapters import matrix_cursor as cursors
from bot.adapters import matrix_files as files
from bot.adapters import matrix_rooms as rooms
from bot.adapters import matrix_sync as syncing
from bot.adapters import matrix_wire as wire
from bot.adapters import matrix_words as words
from bot.adapters import matrix_writing as writing
from bot.adapters.base import Deliver, Keepsakes, NotSent, Original, Outcome, Refused, Sent
from bot.adapters.matrix_cursor import Cursor
from bot.adapters.matrix_device import Access, Device, KeysLostError
from bot.adapters.matrix_events import Event
from bot.adapters.matrix_reading import ASK_AGAIN_AFTER, Reading, transaction
from bot.adapters.matrix_sending import Sender
from bot.adapters.matrix_typing import Typing
from bot.flows.exchange import Send, Settle, Transport

COMMIT_EVERY: Final = 60.0
"""Seconds after which a token is committed though nothing came in."""

FIRST_PAUSE: Final = 0.25
LONGEST_PAUSE: Final = 30.0
"""Seconds between tries while the homeserver is away; doubles from the first to the longest."""

IDLE_FOR: Final = 1.0
"""Seconds without anything being sent after which the device is put down when this process is to receive no more."""

AGAIN: Final = 1.0
"""Seconds after which taking back goes on when something came between."""

WARN_EVERY: Final = 30.0
"""Seconds within which a room that is not private hears the numbers once."""

TAPS: Final = 9
"""Reactions offered at most: beyond this a question is answered by typing."""


class Matrix:
    """The adapter. `servers`: from which invitations are accepted; `taps`: offer reactions to tap."""

    name: Final = "matrix"
    transport: Final = Transport(name="matrix", encrypted=True, edits=True, real=True, redacts=True, files=True)
    idempotent: Final = True
    keeps_presses: Final = True

    def __init__(
        self, access: Access, folder: Path, keepsakes: Keepsakes, *, servers: Collection[str] = (), taps: bool = False
    ) -> None:
        self.device = Device(access, folder, keepsakes)
        self._servers = frozenset(servers) or frozenset({access.server})
        self._taps = taps
        self._sender = Sender(self.device)
        self._typing = Typing(self.device)
        self._cursor = cursors.START
        self._committed_at = 0.0
        self._closing: asyncio.Task[None] | None = None
        self._beside: set[asyncio.Task[Any]] = set()
        self._warned: dict[str, float] = {}
        self._asked: dict[str, tuple[str, str]] = {}
        """Of each room the last question: event and token. Only so that a tap need not be looked up."""
        self._groups: set[str] = set()
        """Rooms that are no direct chats."""

    # --- receiving ------------------------------------------------------------------------------------------------

    async def receive(self, cursor: str | None, deliver: Deliver) -> None:
        """Receive until cancelled; the homeserver may come and go meanwhile."""
        if self._closing is not None:
            self._closing.cancel()
            await asyncio.gather(self._closing, return_exceptions=True)
            self._closing = None
        if not self.device.is_open:
            await self.device.open()
        self._cursor = cursors.read(cursor)
        self._groups = set(self._cursor.groups)
        try:
            await self._receive(deliver)
        except asyncio.CancelledError:
            # Answers to what was received are still on their way: they need the device a little longer.
            self._closing = asyncio.create_task(self._close_when_idle())
            raise

    async def _receive(self, deliver: Deliver) -> None:
        full, pause = True, FIRST_PAUSE
        while True:
            try:
                if self.device.session.announce and not full:
                    await self._announce()
                await self._round(deliver, full=full)
                full, pause = False, FIRST_PAUSE
            except wire.TokenLostError as lost:
                await self.device.replace_token(soft=lost.soft)
                full = True
            except KeysLostError:
                await self.device.renew()
                full = True
            except (wire.NotReachedError, wire.UnheardError):
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)

    async def _close_when_idle(self) -> None:
        try:
            await asyncio.sleep(IDLE_FOR)
            await self._sender.idle.wait()
        finally:
            await self.device.close()

    async def close(self) -> None:
        """Let go of the connection and the keys: somebody else may take them over."""
        for task in (self._closing, *self._beside):
            if task is not None:
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)
        self._closing = None
        await self.device.close()

    async def _round(self, deliver: Deliver, *, full: bool) -> None:
        """One sync and what follows from it, up to the commit."""
        cursor = self._cursor
        news = await syncing.sync(self.device, cursor.token, wait=self._patience(cursor, full=full), full=full)
        await self.device.tend_keys()
        reading = Reading(self.device, self._sender, cursor, self._asked, self._groups)
        for room_id, events in news.left.items():
            reading.left(room_id, events)
        for room_id, events in news.rooms.items():
            await reading.room(room_id, events)
        await reading.retry(all_of_them=full or news.keys)
        self._groups = reading.groups  # what is said there may be said before this round is over
        welcome = [room for room, state in news.invites.items() if await self._welcome(room, state)]
        invited = await self._enter([*cursor.invited, *welcome])
        groups = tuple(sorted(self._groups))
        done = Cursor(news.token, tuple(reading.waiting.values()), tuple(invited), reading.threads, groups)
        open_now = (done.waiting, done.invited, done.groups)
        open_before = (cursor.waiting, cursor.invited, cursor.groups)
        now = time.monotonic()
        if reading.arrivals or open_now != open_before or not cursor.token or now > self._committed_at + COMMIT_EVERY:
            await deliver(reading.arrivals, cursors.write(done))
            self._committed_at = now
            for room_id in reading.read:
                self._typing.begin(room_id)
        self._cursor = done
        self._beside_begin(self._after(reading))

    def _patience(self, cursor: Cursor, *, full: bool) -> float:
        """How long a sync may wait: not beyond the moment at which something else is to be done."""
        if full or not cursor.token:
            return 0.0
        if cursor.invited:
            return 1.0
        first = min((one.since for one in cursor.waiting), default=None)
        if first is None:
            return syncing.LONG_POLL
        return min(max(first + ASK_AGAIN_AFTER - time.time(), 0.0), syncing.LONG_POLL)

    async def _welcome(self, room_id: str, state: Sequence[Any]) -> bool:
        """Whether to enter; who may not invite us is told no."""
        kind = rooms.welcome(state, self.device.access.user, self._servers)
        if kind is not None:
            if kind == "group":
                self._groups.add(room_id)
            else:
                self._groups.discard(room_id)
            return True
        await rooms.leave(self.device.client, room_id)
        return False

    async def _enter(self, invited: Sequence[str]) -> list[str]:
        """Enter these rooms; returns those that it is to be tried again with."""
        later = []
        for room_id in invited:
            try:
                await rooms.enter(self.device.client, room_id)
            except (wire.NotReachedError, wire.UnheardError):
                later.append(room_id)
        return later

    async def _after(self, reading: Reading) -> None:
        """What may be left out when the process ends: read receipts, and leaving rooms in which nobody is left."""
        client = self.device.client
        with contextlib.suppress(wire.NotReachedError, wire.UnheardError, wire.TokenLostError):
            for room_id, event_id in reading.read.items():
                await wire.ask(client, "POST", wire.path("rooms", room_id, "receipt", "m.read", event_id), {})
            for room_id in reading.empty:
                await rooms.leave(client, room_id)

    async def _announce(self) -> None:
        """Tell everybody that this is a new device; in each room once, however often it is tried."""
        for room_id, room in list(self.device.client.rooms.items()):
            if rooms.exposed(room) is None and not rooms.alone(room):
                name = f"new-device|{self.device.session.device}|{room_id}"
                outcome = await self._sender.send(room_id, transaction(name), writing.notice(words.NEW_DEVICE))
                if not isinstance(outcome, Sent) and not isinstance(outcome, Refused):
                    raise wire.NotReachedError
        await self.device.announced()

    def _beside_begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._beside.add(task)
        task.add_done_callback(self._beside.discard)

    # --- sending --------------------------------------------------------------------------------------------------

    async def send(self, chat: str, delivery_id: str, effect: Send | Settle, original: Original | None) -> Outcome:
        """Send or edit one message."""
        client = self.device.client
        room = None if client is None else client.rooms.get(chat)
        if room is None:
            return NotSent(after=1.0) if client is None or not self._cursor.token else await self._unknown(chat)
        if rooms.alone(room):
            return Refused("gone")
        if chat in self._groups:
            return await self._notify(chat, room, delivery_id, effect)
        reason = rooms.exposed(room)
        if reason is not None and isinstance(effect, Send) and effect.urgent:
            return await self._warn(chat, delivery_id, writing.notice(words.notice(reason)), clear=not room.encrypted)
        if reason is not None:
            return NotSent(after=LONGEST_PAUSE)  # until it is private again; what is too late then is dropped
        outcome = await (
            self._write(chat, delivery_id, effect)
            if isinstance(effect, Send)
            else self._change(chat, delivery_id, effect, original)
        )
        self._beside_begin(self._typing.end(chat))
        return outcome

    async def _notify(
        self,
        chat: str,
        room: Any,  # noqa: ANN401 - nio's MatrixRoom
        delivery_id: str,
        effect: Send | Settle,
    ) -> Outcome:
        """Say in a group what has no content: encrypted where the room is."""
        if isinstance(effect, Settle):
            return Sent()
        outcome: Outcome = Sent()
        for number, content in enumerate(pieces := writing.write(effect)):
            name = delivery_id if number == len(pieces) - 1 else transaction(f"{delivery_id}|{number}")
            outcome = await self._sender.send(chat, name, content, clear=not room.encrypted)
            if not isinstance(outcome, Sent):
                break
        return outcome

    async def _warn(self, chat: str, delivery_id: str, said: dict[str, Any], *, clear: bool) -> Outcome:
        """Help comes everywhere, and nothing of why: the numbers, in words that are the same for everybody.

        An emergency text has several messages; these words come once for all of them.
        """
        if time.monotonic() - self._warned.get(chat, -WARN_EVERY) < WARN_EVERY:
            return Sent()
        outcome = await self._sender.send(chat, delivery_id, said, clear=clear)
        if isinstance(outcome, Sent):
            self._warned[chat] = time.monotonic()
        return outcome

    async def _unknown(self, chat: str) -> Outcome:
        """A room that no sync has named: just entered, or left."""
        try:
            answer = await wire.ask(self.device.client, "GET", wire.path("rooms", chat, "joined_members"))
        except (wire.NotReachedError, wire.UnheardError, wire.TokenLostError):
            return NotSent()
        return NotSent(after=1.0) if answer.ok else wire.outcome_of(answer)

    async def _write(self, chat: str, delivery_id: str, send: Send) -> Outcome:
        contents = writing.write(send)
        if send.file is not None:
            try:
                contents.append(await files.put(self.device.client, send.file))
            except wire.RefusedError as no:
                return wire.outcome_of(no.answer)
            except (wire.NotReachedError, wire.UnheardError, wire.TokenLostError):
                return NotSent()
        *first, last = contents
        for number, content in enumerate(first):
            outcome = await self._sender.send(chat, transaction(f"{delivery_id}|{number}"), self._placed(chat, content))
            if not isinstance(outcome, Sent):
                return outcome
        outcome = await self._sender.send(chat, delivery_id, self._placed(chat, last))
        if isinstance(outcome, Sent) and send.token:
            self._asked[chat] = (outcome.remote_id, send.token)
            if self._taps and not send.confidential and send.expects in {"option", "options"}:
                self._beside_begin(self._offer(chat, delivery_id, outcome.remote_id, len(send.choices)))
        return outcome

    async def _change(self, chat: str, delivery_id: str, settle: Settle, original: Original | None) -> Outcome:
        """Show in the question what was answered, or what is ticked now."""
        if original is None or original.send is None:
            return Sent()
        content = writing.edit(original.remote_id, writing.rewrite(original.send, settle))
        return await self._sender.send(chat, delivery_id, content)

    def _placed(self, chat: str, content: dict[str, Any]) -> dict[str, Any]:
        """In the thread in which the person writes."""
        root = self._cursor.threads.get(chat)
        return writing.in_thread(content, root) if root else content

    async def _offer(self, chat: str, delivery_id: str, question: str, options: int) -> None:
        """React with the numbers, so that a tap is enough. Who taps shows the homeserver which number it was."""
        for number in range(1, min(options, TAPS) + 1):
            relation = {"rel_type": "m.annotation", "event_id": question, "key": writing.keycap(number)}
            name = transaction(f"{delivery_id}|tap|{number}")
            outcome = await self._sender.send(chat, name, {"m.relates_to": relation}, kind="m.reaction", clear=True)
            if not isinstance(outcome, Sent):
                return  # typing the number is as good

    # --- forgetting -----------------------------------------------------------------------------------------------

    async def forget(self, chat: str, remote_ids: Sequence[str]) -> Outcome:
        """Redact our messages up to the last of these, and the person's where we may. A group is left instead."""
        if self.device.client is None:
            return NotSent(after=1.0)
        try:
            if chat in self._groups:
                await rooms.leave(self.device.client, chat)
                return Sent()
            return await self._redact(chat, set(remote_ids))
        except (wire.NotReachedError, wire.UnheardError, wire.TokenLostError):
            return NotSent(after=AGAIN)  # what was redacted stays so: the next try goes on from there
        except wire.RefusedError as no:
            return wire.outcome_of(no.answer)

    async def _redact(self, chat: str, remote_ids: set[str]) -> Outcome:
        """From the newest back: what the person said last, before we took our leave, and all up to the beginning.

        What they wrote after our last word is not old: it may not even have been read yet.
        """
        before, within, left = "", not remote_ids, False
        last_words: list[Event] = []
        # Whether we may is the server's to say: since version 12 of rooms it does not stand in their power levels.
        others = [True]
        while True:
            page, before = await syncing.history(self.device, chat, before)
            for event in page:
                due: list[Event] = []
                if not within and event.id in remote_ids:
                    within, due = True, last_words
                mine = event.sender == self.device.access.user
                if event.state_key is None and event.content and event.type != "m.room.redaction":
                    if within:
                        due = [*due, event]
                    elif mine:
                        left = True
                        last_words.clear()
                    elif left:
                        last_words.append(event)
                outcome = await self._redact_all(chat, due, others)
                if outcome is not None:
                    return outcome
            if not before or not page:
                return Sent()

    async def _redact_all(self, chat: str, events: Sequence[Event], others: list[bool]) -> Outcome | None:
        """Take the words out of these; what went wrong, None when nothing did. `others`: whether theirs are tried."""
        for event in events:
            mine = event.sender == self.device.access.user
            if not mine and not others[0]:
                continue
            outcome = await self._sender.redact(chat, event.id, transaction(f"redact|{event.id}"))
            if isinstance(outcome, Refused):
                others[0] = others[0] and mine
            elif isinstance(outcome, NotSent):
                return NotSent(after=max(outcome.after, AGAIN))
            elif not isinstance(outcome, Sent):
                return NotSent(after=AGAIN)  # to redact it again is harmless
        return None

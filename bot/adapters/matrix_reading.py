"""Makes arrivals of what happened in the rooms: what people wrote, who came and went, what cannot be decrypted yet.

Owns the judgement of one round of reading. Nothing personal is taken in from a room that others can read along in; it
is told so instead, once for each event, however often the event is read.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from bot.adapters import matrix_rooms as rooms
from bot.adapters import matrix_sync as syncing
from bot.adapters import matrix_wire as wire
from bot.adapters import matrix_words as words
from bot.adapters import matrix_writing as writing
from bot.adapters.base import Arrival, Refused, Sent
from bot.adapters.base_groups import heard
from bot.adapters.matrix_cursor import Cursor, Waiting
from bot.adapters.matrix_device import Device
from bot.adapters.matrix_events import Event, Tap, mapping, meaning, text
from bot.adapters.matrix_sending import Sender
from bot.flows.exchange import GroupLeft, GroupSaid, Incoming, Pressed, Said, Started, Stopped, Unreadable

ASK_AGAIN_AFTER: Final = 60.0
"""Seconds that a message which cannot be decrypted waits for its key; then the person is asked to send it again."""


class Reading:
    """What one round makes of the events of its rooms.

    `asked`: of each room the last question, event and token; only so that a tap need not be looked up. What comes of
    it: `arrivals`; `read`: the last event of each room that was taken in; `empty`: rooms in which nobody else is left;
    `waiting` and `threads` for the next cursor. `groups`: rooms that are no direct chats; what is found out is added.
    """

    def __init__(
        self,
        device: Device,
        sender: Sender,
        cursor: Cursor,
        asked: Mapping[str, tuple[str, str]],
        groups: Collection[str],
    ) -> None:
        self.arrivals: list[Arrival] = []
        self.read: dict[str, str] = {}
        self.empty: list[str] = []
        self.waiting = {one.event: one for one in cursor.waiting}
        self.threads = dict(cursor.threads)
        self.groups = set(groups)
        self._device = device
        self._sender = sender
        self._asked = asked
        self._me = device.access.user
        self._old = set(self.waiting)

    def left(self, room_id: str, events: Sequence[Event]) -> None:
        """We are out of this room: nothing can be sent there, and the library must not believe otherwise."""
        self._device.client.rooms.pop(room_id, None)
        self.threads.pop(room_id, None)
        self.waiting = {name: one for name, one in self.waiting.items() if one.room != room_id}
        for event in reversed(events):
            if event.type == "m.room.member" and event.state_key == self._me:
                if event.sender != self._me:
                    self._take(room_id, event, GroupLeft() if room_id in self.groups else Stopped())
                self.groups.discard(room_id)
                return

    async def room(self, room_id: str, events: Sequence[Event]) -> None:
        """What happened in a room that we are in."""
        room = self._device.client.rooms[room_id]
        if not events:
            return
        exposed = rooms.exposed(room)
        invited = next((one for one in events if syncing.is_invitation(one, self._me)), None)
        began = invited or next((one for one in events if self._is_entry(one)), None)
        if invited is not None and rooms.kind_of(invited.content) == "group":
            self.groups.add(room_id)
        if room_id in self.groups:
            self._group(room_id, room, events, began)
            return
        if began is not None and exposed == "unencrypted" and await rooms.encrypt(self._device.client, room_id):
            return  # the event that says so comes with the next sync, and begins the talk
        for event in events:
            if event is began and exposed is None and not rooms.alone(room):
                self._take(room_id, event, Started())
            elif event.state_key is not None:
                await self._state(room_id, room, event, exposed, began)
            elif event.sender != self._me:
                await self._message(room_id, event, exposed)
        if rooms.alone(room):
            self.empty.append(room_id)

    def _group(
        self,
        room_id: str,
        room: Any,  # noqa: ANN401 - nio's MatrixRoom
        events: Sequence[Event],
        began: Event | None,
    ) -> None:
        """What happened in a room that is no direct chat: a few words, and who is left."""
        public = rooms.is_public(room)
        for event in events:
            if event is began:
                self._take(room_id, event, GroupSaid(what="added", public=public))
            elif event.state_key is not None:
                gone = event.type == "m.room.member" and event.content.get("membership") in {"leave", "ban"}
                if gone and event.state_key != self._me and rooms.alone(room):
                    self._take(room_id, event, GroupLeft())
                elif public and event.type in {"m.room.join_rules", "m.room.history_visibility"} and began is None:
                    self._take(room_id, event, GroupSaid(what="added", public=True))
            elif syncing.sealed(event):
                self.waiting.setdefault(event.id, Waiting(room_id, event.id, time.time()))
            elif event.sender != self._me:
                self._hear_in_group(room_id, event, public=public)
        if rooms.alone(room):
            self.empty.append(room_id)

    def _hear_in_group(self, room_id: str, event: Event, *, public: bool) -> None:
        """Take in the words that are meant for us; everything else stays with those who said it."""
        what = meaning(event)
        said = heard(what.text, only_commands=False, public=public) if isinstance(what, Said) else None
        if said is not None:
            self.arrivals.append(Arrival(event_key=event.id, chat=room_id, incoming=said, at=event.at))

    def _is_entry(self, event: Event) -> bool:
        if event.type != "m.room.member" or event.state_key != self._me:
            return False
        return event.content.get("membership") == "join" and event.sender == self._me

    async def _state(
        self,
        room_id: str,
        room: Any,  # noqa: ANN401 - nio's MatrixRoom
        event: Event,
        exposed: words.Reason | None,
        began: Event | None,
    ) -> None:
        """The room has changed."""
        if event.type == "m.room.member" and event.state_key != self._me:
            gone = event.content.get("membership") in {"leave", "ban"}
            if gone and rooms.alone(room):
                self._take(room_id, event, Stopped())
                return
            if gone and exposed is None and began is None:
                self._take(room_id, event, Started())  # it is just the two of us again
        if event.type == "m.room.encryption" and exposed is None and event.sender == self._me:
            await self._tell(room_id, words.ENCRYPTED_NOW, event, clear=False)
            self._take(room_id, event, Started())
        elif event.type == "m.room.encryption" and exposed is None and began is None:
            self._take(room_id, event, Started())
        changes = event.type in {"m.room.join_rules", "m.room.history_visibility", "m.room.member"}
        if exposed is not None and (event is began or (changes and began is None)) and not rooms.alone(room):
            await self._say(room_id, exposed, event)

    async def _message(self, room_id: str, event: Event, exposed: words.Reason | None) -> None:
        what = meaning(event)
        if what is None:
            return
        if exposed is not None:
            if not isinstance(what, Tap):
                await self._say(room_id, exposed, event)
            return
        if isinstance(what, Tap):
            self._take(room_id, event, await self._pressed(room_id, what))
        elif syncing.sealed(event):
            self.waiting.setdefault(event.id, Waiting(room_id, event.id, time.time()))
        elif not event.secret:
            await self._say(room_id, "clear", event)
        else:
            self._hear(room_id, event, what)

    def _hear(self, room_id: str, event: Event, what: Incoming) -> None:
        if event.thread:
            self.threads[room_id] = event.thread
        else:
            self.threads.pop(room_id, None)
        self._take(room_id, event, what)

    async def retry(self, *, all_of_them: bool) -> None:
        """Try again to decrypt what waits; after a minute the person is asked, once in a room."""
        asked: set[str] = set()
        now = time.time()
        # With the first of a room all of it: who is asked once more must not be asked again a moment later.
        late = {one.room for one in self.waiting.values() if now >= one.since + ASK_AGAIN_AFTER}
        for one in list(self.waiting.values()):
            overdue = one.room in late
            if not overdue and not (all_of_them and one.event in self._old):
                continue
            event = await syncing.fetch(self._device, one.room, one.event)
            if event is not None and syncing.sealed(event) and not overdue:
                continue
            del self.waiting[one.event]
            if event is None:
                continue
            if one.room in self.groups:
                room = self._device.client.rooms.get(one.room)
                if event.sender != self._me and not syncing.sealed(event) and room is not None:
                    self._hear_in_group(one.room, event, public=rooms.is_public(room))
                continue
            what: Incoming | Tap | None = meaning(event)
            if syncing.sealed(event):
                if one.room not in asked:
                    self._take(one.room, event, Unreadable(what="undecryptable"))
                asked.add(one.room)
            elif what is not None and not isinstance(what, Tap):
                self._hear(one.room, event, what)

    async def _say(self, room_id: str, reason: words.Reason, event: Event) -> None:
        room = self._device.client.rooms[room_id]
        await self._tell(room_id, words.notice(reason), event, clear=not room.encrypted)

    async def _tell(self, room_id: str, said: str, cause: Event, *, clear: bool) -> None:
        """Say something about the room because of an event.

        Raises:
            NotReachedError: it could not be said; the event is to be read again.
        """
        name = transaction(f"notice|{cause.id}")
        outcome = await self._sender.send(room_id, name, writing.notice(said), clear=clear)
        if not isinstance(outcome, Sent | Refused):
            raise wire.NotReachedError

    async def _pressed(self, room_id: str, tap: Tap) -> Incoming:
        """The option that a reaction stands for: the question's token is in its event."""
        event_id, token = self._asked.get(room_id, ("", ""))
        if event_id != tap.target:
            asked = await syncing.fetch(self._device, room_id, tap.target)
            token = ""
            if asked is not None and asked.sender == self._me:
                token = text(mapping(asked.content.get(writing.QUESTION)).get("token"))
        return Pressed(token=token, option=tap.option)

    def _take(self, room_id: str, event: Event, incoming: Incoming) -> None:
        self.arrivals.append(Arrival(event_key=event.id, chat=room_id, incoming=incoming, at=event.at))
        if event.state_key is None:
            self.read[room_id] = event.id


def transaction(name: str) -> str:
    """A transaction id of our own that no delivery has, the same for the same name."""
    return str(uuid.uuid5(uuid.NAMESPACE_OID, f"lotse-matrix|{name}"))

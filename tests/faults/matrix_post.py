"""Matrix as the other end in fault runs: a real Synapse behind a bad network, people with real clients, and the book.

What people did is known by the event ids that Synapse gave; what arrived is what their clients could decrypt. At the
end Synapse's own tables are read: every event of the bot must have been shown, encrypted, under the transaction id of
its delivery.
"""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import aiohttp
from nio import RoomSendResponse

from bot.adapters import matrix_wire as wire
from bot.adapters import matrix_writing as writing
from tests.faults.book import Book, Copy, Written
from tests.faults.findings import Finding
from tests.faults.matrix_door import FIELD
from tests.faults.people import FORGET
from tests.faults.post import Manners
from tests.matrix.person import ENCRYPTION, Person, Seen, make_person, preset
from tests.matrix.proxy import SENDS, Proxy
from tests.synapse import SynapseServer

MATRIX: Final = "matrix"

_MEDIA: Final = {"voice": "m.audio", "photo": "m.image"}
_AGAIN: Final = 0.25


class _Chat:
    """One person's room. `forgetting`: they have asked to be forgotten, once or more."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.queue: asyncio.Queue[tuple[Written, str, dict[str, Any]]] = asyncio.Queue()
        self.questions: dict[str, str] = {}
        self.reacted: set[tuple[str, str]] = set()
        self.invited = False
        self.forgetting = False


class MatrixPost:
    """As `tests.faults.post.Post`, with a homeserver behind it. `people`: how many rooms are made."""

    def __init__(
        self,
        server: SynapseServer,
        folder: Path,
        people: int,
        manners: Manners,
        arrived: Callable[[Copy], object],
        clock: Callable[[], int],
        absent: Callable[[list[Written]], int],
    ) -> None:
        self.book = Book(account=MATRIX, idempotent=True, edits=True, redacts=True, files=True)
        self.proxy = Proxy(server.url)
        self.server = server
        self.user = self.password = ""
        self.heard_at = 0.0
        self.asked_at = 0.0
        self.answer_times: list[float] = []
        """Milliseconds from a message to the first thing that came after it in its chat."""
        self._folder = folder
        self._people = people
        self._arrived = arrived
        self._clock = clock
        self._absent = absent
        self._chats: dict[str, _Chat] = {}
        self._by_event: dict[str, Written] = {}
        self._shown: set[str] = set()
        self._stray: list[Finding] = []
        self._asked: dict[str, float] = {}
        self._tasks: list[asyncio.Task[None]] = []
        self.manners = manners
        self.proxy.listen = self._note

    @property
    def manners(self) -> Manners:
        """How badly the network behaves."""
        return self._manners

    @manners.setter
    def manners(self, manners: Manners) -> None:
        self._manners = manners
        self.proxy.chances = {
            "swallow": manners.answer_lost, "drop": manners.question_lost, "e500": manners.not_taken / 2,
            "wait": manners.told_to_wait, "late": manners.answer_late, "broken": manners.answer_lost / 2,
            "e502_after": manners.answer_lost / 2,
        }  # fmt: skip
        self.proxy.poll_chances = {"swallow": manners.message_again, "broken": manners.answer_lost}

    async def begin(self) -> None:
        """An account for the bot; people with rooms to which it is not invited yet."""
        await self.proxy.__aenter__()
        self.user, self.password = await asyncio.to_thread(self.server.register)
        for number in range(self._people):
            account = await asyncio.to_thread(self.server.register)
            person = await make_person(self.server.url, account, self._folder / f"person{number}", self.user)
            kind = preset("trusted_private_chat")
            made = await person.client.room_create(is_direct=True, preset=kind, initial_state=[ENCRYPTION])
            person.room = made.room_id
            await person.client.room_put_state(
                person.room, "m.room.power_levels", {"users_default": 100}
            )  # as an invitation when it is made would give
            chat = self._chats[person.room] = _Chat(person)
            person.listen = lambda seen, chat=chat: self._hear(chat, seen)  # type: ignore[misc]
            await person.begin()
            self._tasks.append(asyncio.create_task(self._send_all(chat)))

    async def end(self) -> None:
        """Everybody goes."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for chat in self._chats.values():
            await chat.person.close()
        await self.proxy.__aexit__()

    def address(self, number: int) -> str:
        """The room of a person."""
        return list(self._chats)[number]

    @property
    def unread(self) -> int:
        """What people did that the bot has not taken in."""
        return self._absent(self.book.written)

    def _note(self, _method: str, path: str) -> None:
        if path.endswith("/sync"):
            self.asked_at = time.monotonic()
        elif SENDS.search(path):
            self.heard_at = time.monotonic()

    # --- people

    def write(self, chat: str, thing: dict[str, Any]) -> Written:
        """A person does something; their client sends it when it can, in order."""
        room = self._chats[chat]
        thing, kind, content = self._how(room, thing)
        written = Written(len(self.book.written) + 1, "", chat, thing, self._clock())
        self.book.written.append(written)
        room.queue.put_nowait((written, kind, content))
        return written

    def _how(self, room: _Chat, thing: dict[str, Any]) -> tuple[dict[str, Any], str, dict[str, Any]]:
        """What it is on Matrix, and the event."""
        match thing["t"]:
            case "started" if not room.invited:
                room.invited = True
                return {"t": "started"}, "m.room.member", {"membership": "invite", "is_direct": True}
            case "started":
                return self._said("hallo")
            case "pressed":
                return self._pressed(room, thing)
            case "unreadable":
                return thing, *_odd(thing["what"])
            case _:
                room.forgetting = room.forgetting or thing["text"] == FORGET
                return self._said(thing["text"])

    def _said(self, text: str) -> tuple[dict[str, Any], str, dict[str, Any]]:
        return {"t": "said", "text": text}, "m.room.message", {"msgtype": "m.text", "body": text}

    def _pressed(self, room: _Chat, thing: dict[str, Any]) -> tuple[dict[str, Any], str, dict[str, Any]]:
        """A reaction where that is possible, else the number: once a digit, and never on what may be taken back."""
        event, key = room.questions.get(thing["token"], ""), writing.keycap(thing["option"] + 1)
        # A reaction to what is empty by the time it is read says nothing of the question that it was.
        if not event or thing["option"] > 8 or (event, key) in room.reacted or room.forgetting:
            return self._said(str(thing["option"] + 1))
        room.reacted.add((event, key))
        return thing, "m.reaction", {"m.relates_to": {"rel_type": "m.annotation", "event_id": event, "key": key}}

    async def _send_all(self, chat: _Chat) -> None:
        while True:
            written, kind, content = await chat.queue.get()
            if kind != "m.room.member":
                while not chat.person.bot_joined:  # noqa: ASYNC110 - its client sees it when it comes
                    await asyncio.sleep(0.02)
            txn = str(uuid.uuid4())
            while True:
                try:
                    event = await self._send(chat.person, kind, content, txn)
                except (aiohttp.ClientError, OSError, TimeoutError, wire.NotReachedError, wire.UnheardError):
                    event = ""
                if event:
                    break
                await asyncio.sleep(_AGAIN)
            written.key = event
            self._by_event[event] = written
            self._asked.setdefault(chat.person.room, time.monotonic())
            self._set_time(chat, event)

    async def _send(self, person: Person, kind: str, content: dict[str, Any], txn: str) -> str:
        if kind == "m.room.member":
            where = wire.path("rooms", person.room, "state", kind, self.user)
            return str((await wire.demand(person.client, "PUT", where, content))["event_id"])
        answer = await person.client.room_send(person.room, kind, content, tx_id=txn, ignore_unverified_devices=True)
        return str(answer.event_id) if isinstance(answer, RoomSendResponse) else ""

    def _set_time(self, chat: _Chat, event: str) -> None:
        """The time of an event is the homeserver's; known when its writer sees it come back."""
        seen = next((one for one in reversed(chat.person.seen) if one.id == event), None)
        written = self._by_event.get(event)
        if seen is not None and written is not None:
            written.at = int(seen.source["origin_server_ts"]) + self._clock() - int(time.time() * 1000)

    # --- what arrives

    def _hear(self, chat: _Chat, seen: Seen) -> None:
        self._set_time(chat, seen.id)
        if seen.sender != self.user or seen.type != "m.room.message" or seen.id in self._shown:
            return
        self._shown.add(seen.id)
        begun = self._asked.pop(chat.person.room, None)
        if begun is not None:
            self.answer_times.append((time.monotonic() - begun) * 1000)
        mark = seen.content.get(FIELD)
        if mark is None:
            return  # the adapter's own words, about rooms and devices
        body = dict(mark["effect"])
        edited = seen.content.get("m.relates_to", {}).get("rel_type") == "m.replace"
        if not edited and (not seen.body.startswith(body["text"].strip()) or not _offers(seen.body, body)):
            body["text"] = seen.body
        if not seen.encrypted:
            self._stray.append(Finding("content", f"{seen.id}: in clear"))
        delivery = str(mark["delivery"])
        self.book.asked[delivery] = self.book.asked.get(delivery, 0) + 1
        copy = Copy(len(self.book.copies) + 1, chat.person.room, delivery, body, seen.id)
        self.book.copies.append(copy)
        if body.get("token") and not edited:
            chat.questions[body["token"]] = seen.id
        self._arrived(copy)

    # --- Synapse's own books

    async def caught_up(self) -> None:
        """Until every client has seen all that Synapse has of its room."""
        async with asyncio.timeout(30):
            while self._missing():  # noqa: ASYNC110 - another process's tables have no event
                await asyncio.sleep(0.05)

    def _missing(self) -> list[str]:
        return [event for event, _, _ in self._of_bot() if event not in self._shown]

    def _of_bot(self) -> list[tuple[str, str, str]]:
        """The bot's messages: event, type, transaction id."""
        path = self.server.folder / "homeserver.db"
        with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=20)) as rows:
            found = rows.execute(
                "SELECT e.event_id, e.type, coalesce(t.txn_id, '') FROM events e "
                "LEFT JOIN event_txn_id_device_id t ON t.event_id = e.event_id "
                "WHERE e.sender = ? AND e.type IN ('m.room.encrypted', 'm.room.message')",
                (self.user,),
            )
            return [(str(event), str(kind), str(txn)) for event, kind, txn in found.fetchall()]

    def judge(self) -> list[Finding]:
        """What in Synapse's tables is not as promised."""
        found = list(self._stray)
        deliveries = {copy.remote: copy.delivery for copy in self.book.copies}
        for event, kind, txn in self._of_bot():
            if kind != "m.room.encrypted":
                found.append(Finding("content", f"{event}: in clear"))
            if event not in self._shown:
                found.append(Finding("missing-copy", f"{event}: nobody could read it"))
            elif event in deliveries and txn and deliveries[event] != txn:  # gone with a device that was logged out
                found.append(Finding("strange-copy", f"{event}: sent under another id"))
        return found


def _odd(what: str) -> tuple[str, dict[str, Any]]:
    match what:
        case "sticker":
            return "m.sticker", {"body": "winkt", "url": "mxc://lotse.test/y", "info": {}}
        case "location":
            return "m.room.message", {"msgtype": "m.location", "body": "hier", "geo_uri": "geo:1,2"}
        case _:
            return "m.room.message", {"msgtype": _MEDIA[what], "body": "datei", "url": "mxc://lotse.test/x"}


def _offers(shown: str, effect: dict[str, Any]) -> bool:
    return all(choice[0] in shown for choice in effect.get("choices", ()))

"""Plays a talk on Matrix: a person with a real client, a real homeserver, the real adapter and the whole service.

What must arrive is what the pure engine says for this transport (`Player`): each message once, in order, whole, with
its numbered choices. Half-way the bot is ended and begun again on the same books. Place and language, which a link says
elsewhere, the test puts in when the chat begins: Matrix carries neither.
"""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import re
import sqlite3
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, NamedTuple, Protocol

import msgspec

from bot.adapters import matrix_writing as writing
from bot.adapters.base import Arrival, Deliver, Original, Outcome, Sent
from bot.adapters.matrix import Matrix
from bot.adapters.matrix_device import Access
from bot.adapters.terminal_record import read_span
from bot.fallback import answer
from bot.flows.engine import advance
from bot.flows.exchange import Send, Settle, Started, Transport
from bot.keepsakes import Keepsakes
from bot.keys import KeyRing
from bot.storage.database import Database
from bot.storage.migrations import migrate
from bot.work.service import Service
from bot.work.worlds import WorldSource
from tests.matrix.nodeperson import NodePerson
from tests.matrix.person import Person
from tests.transcripts.script import TRANSPORTS, Entry, Talk

WITHIN: Final = 40.0
LONGEST: Final = 8000

_NOT_HERE: Final = frozenset({"undecryptable", "group", "contact"})
_KINDS: Final = {"voice": "m.audio", "photo": "m.image", "video": "m.video", "file": "m.file", "other": "de.unbekannt"}


def fits(talk: Talk) -> str:
    """Why a talk cannot be held on Matrix; empty when it can."""
    if not talk.alone:
        return "that takes more than one room"
    for entry in talk.entries:
        if entry.kind == "person" and not 0 < len(entry.value.strip()) <= LONGEST:
            return "nobody sends that"
        if entry.kind == "open":
            return "a room is opened once"
        if entry.kind == "press" and int(entry.value) > 10:
            return "there is no digit for it"
        if entry.kind == "unreadable" and entry.value in _NOT_HERE:
            return "that is tested in tests/matrix"
    return "" if talk.opened else "a room begins by being opened"


def on_matrix(talk: Talk) -> Talk:
    """The same talk there."""
    return replace(talk, transport=TRANSPORTS["matrix"])


class Bubble(NamedTuple):
    """A message of the bot as a client shows it when it arrives. `options`: how many digits are open for it."""

    event: str
    body: str
    options: int


class Hand(Protocol):
    """Somebody's client, whatever it is made of."""

    @property
    def room(self) -> str:
        """The chat with the bot."""

    @property
    def bubbles(self) -> list[Bubble]:
        """What the bot has written, edits apart; not its files."""

    @property
    def events(self) -> set[str]:
        """Everything of the room that the client has seen and could read."""

    @property
    def unreadable(self) -> int:
        """How much it could not read."""

    async def enter(self) -> None:
        """Begin a direct chat and wait until the bot is in it."""

    async def say(self, text: str, **more: Any) -> str:  # noqa: ANN401 - further fields of the content
        """Write; returns the name of the event, as the others do."""

    async def send(self, kind: str, content: dict[str, Any]) -> str:
        """Send anything else."""

    async def react(self, event: str, key: str) -> str:
        """Tap."""

    async def redact(self, event: str) -> None:
        """Take something of one's own back."""

    async def until(self, met: Callable[[], object], within: float = WITHIN) -> None:
        """Wait until something holds."""


class NioHand:
    """An ordinary client: matrix-nio."""

    def __init__(self, person: Person) -> None:
        self._person = person
        self.enter, self.say, self.send = person.enter, person.say, person.send
        self.react, self.until = person.react, person.until

    @property
    def room(self) -> str:
        """See `Hand`."""
        return self._person.room

    @property
    def bubbles(self) -> list[Bubble]:
        """See `Hand`."""
        return [
            Bubble(one.id, one.body, _options(one.content))
            for one in self._person.heard
            if one.content.get("msgtype") != "m.file"
        ]

    @property
    def events(self) -> set[str]:
        """See `Hand`."""
        return {one.id for one in self._person.seen}

    @property
    def unreadable(self) -> int:
        """See `Hand`."""
        return len(self._person.sealed)

    async def redact(self, event: str) -> None:
        """See `Hand`."""
        await self._person.client.room_redact(self._person.room, event)


class NodeHand:
    """Element's engine: matrix-js-sdk."""

    def __init__(self, person: NodePerson) -> None:
        self._person = person
        self.enter, self.until = person.enter, person.until

    @property
    def room(self) -> str:
        """See `Hand`."""
        return self._person.room

    @property
    def bubbles(self) -> list[Bubble]:
        """See `Hand`."""
        return [
            Bubble(one["id"], str(one["content"].get("body", "")), _options(one["content"]))
            for one in self._person.seen
            if one["sender"] == self._person.bot
            and one["type"] == "m.room.message"
            and one["content"].get("m.relates_to", {}).get("rel_type") != "m.replace"
            and one["content"].get("msgtype") != "m.file"
        ]

    @property
    def events(self) -> set[str]:
        """See `Hand`."""
        return {one["id"] for one in self._person.seen if not one["failed"]}

    @property
    def unreadable(self) -> int:
        """See `Hand`."""
        return len(self._person.unreadable)

    async def say(self, text: str, **more: Any) -> str:  # noqa: ANN401 - further fields of the content
        """See `Hand`."""
        return await self.send("m.room.message", {"msgtype": "m.text", "body": text, **more})

    async def send(self, kind: str, content: dict[str, Any]) -> str:
        """See `Hand`."""
        return str((await self._person.ask("send", type=kind, content=content))["event"])

    async def react(self, event: str, key: str) -> str:
        """See `Hand`."""
        return str((await self._person.ask("react", event=event, key=key))["event"])

    async def redact(self, event: str) -> None:
        """See `Hand`."""
        await self._person.ask("redact", event=event)


def _options(content: dict[str, Any]) -> int:
    return int(content.get(writing.QUESTION, {}).get("options", 0))


class _OnTrial(Matrix):
    """The adapter in the time of a talk. `taken`: what was committed, by event; `sent`: what the homeserver has."""

    transport: Transport = TRANSPORTS["matrix"]  # type: ignore[misc]

    def __init__(self, access: Access, folder: Path, keepsakes: Keepsakes, now: Callable[[], dt.datetime]) -> None:
        super().__init__(access, folder, keepsakes)
        self.taken: set[str] = set()
        self.began = False
        self.sent: set[str] = set()
        self.opening = Started()
        self._now_there = now

    async def receive(self, cursor: str | None, deliver: Deliver) -> None:
        """Receive, with the times of the talk."""

        async def take(arrivals: Sequence[Arrival], cursor: str | None) -> None:
            theirs = [
                msgspec.structs.replace(one, at=self._now_there(), incoming=self._opened(one)) for one in arrivals
            ]
            await deliver(theirs, cursor)
            self.taken |= {one.event_key for one in arrivals}
            self.began = self.began or any(isinstance(one.incoming, Started) for one in arrivals)

        await super().receive(cursor, take)

    def _opened(self, arrival: Arrival) -> Any:  # noqa: ANN401 - an Incoming
        return self.opening if isinstance(arrival.incoming, Started) else arrival.incoming

    async def send(self, chat: str, delivery_id: str, effect: Send | Settle, original: Original | None) -> Outcome:
        """Send, and note the event."""
        outcome = await super().send(chat, delivery_id, effect, original)
        if isinstance(outcome, Sent) and outcome.remote_id:
            self.sent.add(outcome.remote_id)
        return outcome


class Room:
    """One person's room through one talk. `seen`: what arrived after each entry, as it was when it arrived."""

    def __init__(self, talk: Talk, worlds: WorldSource, folder: Path, access: Access, hand: Hand) -> None:
        self.talk = talk
        self.seen: list[list[Bubble]] = []
        self._worlds = worlds
        self._folder = folder
        self._access = access
        self._hand = hand
        self._now = talk.at.astimezone(dt.UTC)
        self._known = 0
        self._taps: dict[tuple[str, str], str] = {}
        self._sent: set[str] = set()
        self._mine = ""

    async def talk_through(self) -> None:
        """Hold the talk in two halves."""
        others = self.talk.own
        opening = [Entry("open", self.talk.place, 0, 0, 0)]
        middle = len(others) // 2
        await self._live([*opening, *others[:middle]])
        await self._live(others[middle:])

    @contextlib.asynccontextmanager
    async def _running(self) -> AsyncIterator[tuple[Service, _OnTrial]]:
        database = Database.open(f"sqlite:///{self._folder / 'lotse.db'}")
        try:
            migrate(database)
            ring = KeyRing.open(self._folder / "lotse.keys")
            keepsakes = Keepsakes("matrix", ring)
            adapter = _OnTrial(self._access, self._folder / "matrix", keepsakes, lambda: self._now)
            adapter.opening = Started(language=self.talk.language, payload=self.talk.place)
            adapter.sent = self._sent
            service = Service(database, ring, {adapter.name: adapter}, advance, self._worlds, lambda: self._now, answer)
            keepsakes.service = service
            stop = asyncio.Event()
            running = asyncio.create_task(service.run(stop))
            try:
                yield service, adapter
            finally:
                stop.set()
                await running
                if adapter._closing is not None:
                    adapter._closing.cancel()
                    await asyncio.gather(adapter._closing, return_exceptions=True)
                await adapter.device.close()
        finally:
            database.close()

    async def _live(self, entries: Sequence[Entry]) -> None:
        async with self._running() as (service, adapter):
            for entry in entries:
                await self._enter(entry, service, adapter)
                await self._settle(service, adapter)
                bubbles = self._hand.bubbles
                self.seen.append(bubbles[self._known :])
                self._known = len(bubbles)

    async def _enter(self, entry: Entry, service: Service, adapter: _OnTrial) -> None:
        match entry.kind:
            case "open":
                await self._hand.enter()
                await self._hand.until(lambda: adapter.began)
                return
            case "person":
                event = self._mine = await self._hand.say(entry.value)
            case "press":
                event = await self._press(writing.keycap(int(entry.value)))
            case "unreadable":
                event = await self._send_odd(entry.value)
            case _:
                await self._wait(read_span(entry.value) or 0, service)
                return
        await self._hand.until(lambda: event in adapter.taken)

    async def _press(self, key: str) -> str:
        asked = next((one for one in reversed(self._hand.bubbles) if one.options), None)
        target = asked.event if asked is not None else self._mine
        if (target, key) in self._taps:  # as people do: once more is first taking it back
            await self._hand.redact(self._taps[target, key])
        event = self._taps[target, key] = await self._hand.react(target, key)
        return event

    async def _send_odd(self, what: str) -> str:
        match what:
            case "edit":
                relation = {"rel_type": "m.replace", "event_id": self._mine}
                new = {"msgtype": "m.text", "body": "anders"}
                return await self._hand.say("* anders", **{"m.new_content": new, "m.relates_to": relation})
            case "sticker":
                return await self._hand.send("m.sticker", {"body": "winkt", "url": "mxc://lotse.test/y", "info": {}})
            case "location":
                place = {"msgtype": "m.location", "body": "hier", "geo_uri": "geo:1,2"}
                return await self._hand.send("m.room.message", place)
            case _:
                content = {"msgtype": _KINDS[what], "body": "datei", "url": "mxc://lotse.test/x"}
                return await self._hand.send("m.room.message", content)

    async def _wait(self, seconds: float, service: Service) -> None:
        """In hours, so that what falls due on the way comes at its time."""
        while seconds > 0:
            step = min(seconds, 3600.0)
            self._now += dt.timedelta(seconds=step)
            seconds -= step
            service.poke()
            await service.settle()

    async def _settle(self, service: Service, adapter: _OnTrial) -> None:
        """Until everything is sent and the person's client has it."""
        async with asyncio.timeout(WITHIN):
            await service.settle()
            while _unsent(self._folder / "lotse.db"):
                # The clock of a talk stands still between two entries; what was told to wait would wait for ever.
                self._now += dt.timedelta(seconds=1)
                await asyncio.sleep(0.05)
                service.poke()
                await service.settle()
        await self._hand.until(lambda: adapter.sent <= self._hand.events)


def _unsent(path: Path) -> int:
    """How many messages are still to go out, read beside the service."""
    with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=5)) as rows:
        return int(rows.execute("SELECT count(*) FROM delivery WHERE state < 2").fetchone()[0])


def differences(said: Sequence[Sequence[Send]], seen: Sequence[Sequence[Bubble]]) -> list[str]:
    """Where what arrived is not what the engine says."""
    found = []
    for place, (wanted, got) in enumerate(zip(said, seen, strict=True)):
        bodies = [_bare(one.body) for one in got]
        texts = [_bare(_whole(one)) for one in wanted]
        if bodies != texts:
            found.append(f"after entry {place}: {texts} != {bodies}")
    return found


def _whole(send: Send) -> str:
    """A message with its choices, as a person reads them."""
    numbered = send.expects in {"", "option", "options"}
    lines = []
    for number, choice in enumerate(send.choices, 1):
        label = f"{choice.label} ({choice.hint})" if choice.hint else choice.label
        lines.append(f"{number}. {label}" if numbered else f"– {label}")
    return "\n\n".join([send.text, "\n".join(lines)]) if lines else send.text


def _bare(text: str) -> str:
    """Case numbers come from the key: here from one that was made for this test; boxes stand in lists only."""
    text = re.sub(r"[☐☑] ", "", text.strip())
    return re.sub(r"\b\d{4} \d{4}\b", "0000 0000", text)

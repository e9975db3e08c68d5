"""Plays a talk through the whole service: inbox, engine, outbox on SQLite in a folder of its own.

The adapter is the smallest there can be; database, keys, clock and loops are the real ones. Half-way the service is
ended and begun again on the same books.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import re
import uuid
from collections.abc import Sequence
from pathlib import Path

from bot import invitation, movecode, staffcode
from bot.adapters.base import Arrival, Deliver, Original, Outcome, Sent
from bot.adapters.base_groups import heard
from bot.adapters.terminal_record import read_span
from bot.adapters.terminal_screen import lines_of
from bot.cases.advancing import advance
from bot.fallback import answer
from bot.flows import exchange
from bot.flows.exchange import GroupLeft, GroupSaid, Incoming, Pressed, Said, Send, Settle, Started, Transport
from bot.keys import KeyRing
from bot.storage import desks
from bot.storage.database import Database
from bot.storage.migrations import migrate
from bot.storage.times import stamp
from bot.work.service import Service
from bot.work.worlds import WorldSource
from tests.transcripts.script import Entry, Talk

CHAT = "chat"
DESK = "desk"
GROUP = "group"
THERE = "there"
"""The person's other chat."""
NUMBER = "0000 0000"
"""Case numbers come from the key, which is another one each time; this stands for the case of the talk."""
MOVE = movecode.show("0" * staffcode.LENGTH)
"""The same for the code with which the person goes on in the other chat."""
PAIR = "GRUPPE-CODE"
"""And this for the code by which a group gets notices."""
_MADE = {
    NUMBER: re.compile(r"\b\d{4} \d{4}\b"),
    MOVE: re.compile(r"UMZUG(?:-[0-9A-Z]{5}){6}"),
    PAIR: re.compile(r"\bGRUPPE(?:-[0-9A-Z]+){3,9}"),
}
"""What is made by chance, by what stands for it."""


class Stub:
    """An adapter that hands over what it is told to and remembers what was sent."""

    idempotent = False
    keeps_presses = False

    def __init__(self, transport: Transport) -> None:
        self.name = transport.name
        self.transport = transport
        self.sent: dict[str, Send] = {}
        self.to_desk: dict[str, Send] = {}
        self.to_group: dict[str, Send] = {}
        self.to_there: dict[str, Send] = {}
        self._deliver: asyncio.Future[Deliver] = asyncio.get_running_loop().create_future()

    async def receive(self, _cursor: str | None, deliver: Deliver) -> None:
        """Take the ledger's hand and wait."""
        self._deliver.set_result(deliver)
        await asyncio.Event().wait()

    async def hand_over(self, incoming: Incoming, at: dt.datetime, chat: str = CHAT) -> None:
        """Let something come in."""
        arrival = Arrival(event_key=str(uuid.uuid4()), chat=chat, incoming=incoming, at=at)
        await (await self._deliver)([arrival], None)

    async def send(self, chat: str, delivery_id: str, effect: Send | Settle, _original: Original | None) -> Outcome:
        """Remember it; each delivery once."""
        if isinstance(effect, Send):
            sent = {CHAT: self.sent, DESK: self.to_desk, GROUP: self.to_group, THERE: self.to_there}[chat]
            assert delivery_id not in sent, "a delivery was sent twice"
            sent[delivery_id] = effect
        return Sent(remote_id=delivery_id)

    async def forget(self, _chat: str, _remote_ids: Sequence[str]) -> Outcome:
        """Nothing to take back."""
        return Sent()


class Performer:
    """One talk, held with the whole service.

    `heard` as with `Player`, `to_desk` the same for the coordinator, `to_group` for a group, `to_there` for the
    person's other chat.
    """

    def __init__(self, talk: Talk, worlds: WorldSource, folder: Path) -> None:
        self.talk = talk
        self.heard: list[list[str]] = []
        self.to_desk: list[list[str]] = []
        self.to_group: list[list[str]] = []
        self.to_there: list[list[str]] = []
        self._worlds = worlds
        self._folder = folder
        self._now = talk.at.astimezone(dt.UTC)
        self._token = ""
        self._token_there = ""
        self._made = {name: name for name in _MADE}
        self._joined = False

    async def perform(self) -> list[list[str]]:
        """Hold the talk in two halves; return what came back."""
        others = self.talk.own
        middle = len(others) // 2
        opening = [Entry("open", self.talk.place, 0, 0, 0)] if self.talk.opened else []
        if not opening:
            self.heard.append([])
            self.to_desk.append([])
            self.to_group.append([])
            self.to_there.append([])
        await self._run([*opening, *others[:middle]])
        await self._run(others[middle:])
        return self.heard

    async def _run(self, entries: Sequence[Entry]) -> None:
        database = Database.open(f"sqlite:///{self._folder / 'lotse.db'}")
        try:
            migrate(database)
            ring = KeyRing.open(self._folder / "lotse.keys")
            stub = Stub(self.talk.transport)
            there = stub
            if self.talk.there is not None and self.talk.there.name != stub.name:
                there = Stub(self.talk.there)
            adapters = {one.name: one for one in (stub, there)}
            service = Service(database, ring, adapters, advance, self._worlds, lambda: self._now, answer)
            stop = asyncio.Event()
            running = asyncio.create_task(service.run(stop))
            try:
                if self.talk.desk and not self._joined:
                    await self._join(stub, service, ring)
                for entry in entries:
                    await self._enter(entry, stub, there, service)
                    self._hear(stub, there)
            finally:
                stop.set()
                await running
        finally:
            database.close()

    async def _join(self, stub: Stub, service: Service, ring: KeyRing) -> None:
        """The coordinator comes in by an invitation; what that says is not part of the talk."""
        code, at = invitation.make(), stamp(self._now)

        def invite(database: Database) -> None:
            with database.transaction() as tx:
                desks.invite(tx, ring, code, self.talk.place, self.talk.desk, at)

        await service.ask(invite)
        await stub.hand_over(Started(payload=invitation.payload(code)), self._now, DESK)
        await service.settle()
        assert stub.to_desk, "the coordinator could not come in"
        stub.to_desk.clear()
        self._joined = True

    async def _enter(self, entry: Entry, stub: Stub, there: Stub, service: Service) -> None:
        match entry.kind:
            case "person":
                await stub.hand_over(Said(text=self._real(entry.value)), self._now)
            case "dort":
                await there.hand_over(Said(text=self._real(entry.value)), self._now, THERE)
            case "dort_press":
                await there.hand_over(Pressed(token=self._token_there, option=int(entry.value) - 1), self._now, THERE)
            case "koordination":
                await stub.hand_over(Said(text=self._real(entry.value)), self._now, DESK)
            case "gruppe":
                incoming = self._in_group(self._real(entry.value))
                if incoming is not None:
                    await stub.hand_over(incoming, self._now, GROUP)
            case "press":
                await stub.hand_over(Pressed(token=self._token, option=int(entry.value) - 1), self._now)
            case "open":
                await stub.hand_over(Started(language=self.talk.language, payload=entry.value), self._now)
            case "unreadable":
                body = f'{{"t":"unreadable","what":"{entry.value}"}}'
                await stub.hand_over(exchange.decode_incoming(body.encode()), self._now)
            case "after":
                # In hours, so that what falls due on the way comes at its time and not all at the end.
                until = self._now + dt.timedelta(seconds=read_span(entry.value) or 0)
                while self._now < until:
                    self._now = min(self._now + dt.timedelta(hours=1), until)
                    service.poke()
                    await service.settle()
            case _:
                raise AssertionError(entry.kind)
        await service.settle()

    @staticmethod
    def _in_group(text: str) -> Incoming | None:
        """What an adapter makes of it: "+" takes the Lotse in, "-" puts it out; most of what is said is not for it."""
        match text:
            case "+":
                return GroupSaid(what="added")
            case "-":
                return GroupLeft()
            case _:
                return heard(text, only_commands=False)

    def _hear(self, stub: Stub, there: Stub) -> None:
        sides = (
            (stub.sent, self.heard),
            (stub.to_desk, self.to_desk),
            (stub.to_group, self.to_group),
            (there.to_there, self.to_there),
        )
        for sent, side in sides:
            lines: list[str] = []
            for send in sent.values():
                lines += lines_of(send.text, send.choices, send.expects)
                if sent is stub.sent:
                    self._token = send.token or self._token
                elif sent is there.to_there:
                    self._token_there = send.token or self._token_there
            sent.clear()
            side.append(lines if self.talk.alone else [self._name(line) for line in lines])

    def _real(self, text: str) -> str:
        """What was really made, where the talk has what stands for it."""
        for name, made in self._made.items():
            text = text.replace(name, made)
        return text

    def _name(self, line: str) -> str:
        for name, form in _MADE.items():
            for found in form.findall(line):
                self._made[name] = found
            line = form.sub(name, line)
        return line

"""Plays a talk on Telegram: a person with a phone, the emulator, the real adapter and the whole service on SQLite.

What must arrive is what the pure engine says for this transport (`Player`): each message once, in order, whole, with
its buttons. Half-way the bot is ended and begun again on the same books.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from bot.adapters.telegram import Telegram
from bot.adapters.terminal_record import read_span
from bot.fallback import answer
from bot.flows.engine import advance
from bot.flows.exchange import Effect, Send
from bot.keys import KeyRing
from bot.storage.database import Database
from bot.storage.migrations import migrate
from bot.work.service import Service
from bot.work.worlds import WorldSource
from tests.emulators.telegram import TOKEN, BotApi
from tests.emulators.telegram_chats import Chat, Shown
from tests.transcripts.player import Player
from tests.transcripts.script import TRANSPORTS, Entry, Talk

PERSON: Final = 700
LONGEST: Final = 4096
WIDEST: Final = 40
_PAYLOAD: Final = re.compile(r"[A-Za-z0-9_-]{0,64}")
_KINDS: Final = {"file": "document", "other": "dice"}
_NOT_HERE: Final = frozenset({"undecryptable", "group"})


def fits(talk: Talk) -> str:
    """Why a talk cannot be held on Telegram; empty when it can."""
    if not talk.alone:
        return "that takes more than one phone"
    for entry in talk.entries:
        if entry.kind == "person" and not 0 < len(entry.value.strip()) <= LONGEST:
            return "Telegram sends no empty message, and none of that length"
        if entry.kind == "person" and entry.value.startswith("/start"):
            return "that is opening the chat there"
        if entry.kind == "open" and not _PAYLOAD.fullmatch(entry.value):
            return "no link can carry that"
        if entry.kind == "unreadable" and entry.value in _NOT_HERE:
            return "that does not happen in a private chat there"
    return "" if _PAYLOAD.fullmatch(talk.place) else "no link can carry that place"


def on_telegram(talk: Talk) -> Talk:
    """The same talk there."""
    return replace(talk, transport=TRANSPORTS["telegram"])


class Engine(Player):
    """The pure engine. `said`: the messages after each own entry of the person."""

    def __init__(self, talk: Talk, worlds: WorldSource) -> None:
        super().__init__(talk, worlds)
        self.said: list[list[Send]] = [[]]

    def _enter(self, entry: Entry) -> None:
        self.said.append([])
        super()._enter(entry)

    def _do(self, effect: Effect) -> None:
        if isinstance(effect, Send):
            self.said[-1].append(effect)
        super()._do(effect)


class Phone:
    """One person's phone through one talk. `seen`: what arrived after each entry, as it was when it arrived."""

    def __init__(self, talk: Talk, worlds: WorldSource, folder: Path, server: BotApi) -> None:
        self.talk = talk
        self.seen: list[list[tuple[str, list[str]]]] = []
        self._worlds = worlds
        self._folder = folder
        self._server = server
        server.clock = talk.at.timestamp
        self._person = server.person(PERSON, talk.language)
        self._arrived: list[tuple[str, list[str]]] = []
        self._question: Shown | None = None
        self._data: list[str] = []
        server.listen(self._hear)

    def _hear(self, _chat: Chat, shown: Shown, edited: bool) -> None:
        if shown.keyboard:
            self._question = shown
            self._data = [data for row in shown.keyboard for _, data in row]
        if not edited:
            self._arrived.append((shown.text, shown.buttons))

    async def talk_through(self) -> None:
        """Hold the talk in two halves."""
        others = [entry for entry in self.talk.entries if entry.kind != "lotse"]
        opening = [Entry("open", self.talk.place, 0, 0, 0)] if self.talk.opened else []
        if not opening:
            self.seen.append([])
        middle = len(others) // 2
        # Where time passes around the restart, the new life takes it for an outage and asks its question again.
        while 0 < middle < len(others) and "after" in {others[middle - 1].kind, others[middle].kind}:
            middle += 1
        await self._live([*opening, *others[:middle]])
        await self._live(others[middle:])

    def _now(self) -> dt.datetime:
        return dt.datetime.fromtimestamp(self._server.now(), dt.UTC)

    async def _live(self, entries: Sequence[Entry]) -> None:
        database = Database.open(f"sqlite:///{self._folder / 'lotse.db'}")
        adapter = Telegram(TOKEN, self._server.url, self._now)
        try:
            migrate(database)
            ring = KeyRing.open(self._folder / "lotse.keys")
            service = Service(database, ring, {adapter.name: adapter}, advance, self._worlds, self._now, answer)
            stop = asyncio.Event()
            running = asyncio.create_task(service.run(stop))
            try:
                for entry in entries:
                    await self._enter(entry, service)
                    self.seen.append(list(self._arrived))
                    self._arrived.clear()
            finally:
                stop.set()
                await running
        finally:
            await adapter.close()
            database.close()

    async def _enter(self, entry: Entry, service: Service) -> None:
        person = self._person
        match entry.kind:
            case "person":
                person.say(entry.value)
            case "open":
                person.start(entry.value)
            case "press":
                if self._question is None:
                    person.press_data("0:0", Shown(1, False, "", "", self._server.now()))
                else:
                    person.press_data(self._data_of(int(entry.value) - 1), self._question)
            case "unreadable" if entry.value == "edit":
                mine = next(one for one in reversed(person.chat.messages) if one.mine)
                person.edit(mine.id, "anders")
            case "unreadable":
                person.send(_KINDS.get(entry.value, entry.value))
            case _:
                await self._wait(read_span(entry.value) or 0, service)
        await self._settle(service)

    def _data_of(self, option: int) -> str:
        return f"{self._data[0].partition(':')[0]}:{option}"

    async def _wait(self, seconds: float, service: Service) -> None:
        """In hours, so that what falls due on the way comes at its time."""
        while seconds > 0:
            step = min(seconds, 3600.0)
            self._server.move(step)
            seconds -= step
            service.poke()
            await service.settle()

    async def _settle(self, service: Service) -> None:
        async with asyncio.timeout(20):
            while self._server.queue:  # noqa: ASYNC110 - the queue has no event for being empty
                await asyncio.sleep(0.002)
            await service.settle()


def differences(said: Sequence[Sequence[Send]], seen: Sequence[Sequence[tuple[str, list[str]]]]) -> list[str]:
    """Where what arrived is not what the engine says."""
    found = []
    for place, (wanted, got) in enumerate(zip(said, seen, strict=True)):
        if len(wanted) != len(got):
            found.append(f"after entry {place}: {[one.text for one in wanted]} != {[text for text, _ in got]}")
            continue
        for send, (text, buttons) in zip(wanted, got, strict=True):
            labels = [choice.label for choice in send.choices]
            # Too long for a button: in the text, with its number on the button.
            faces = [label if len(label) <= WIDEST else str(n) for n, label in enumerate(labels, 1)]
            plain = [button.removeprefix("☑ ") for button in buttons]
            more = [*set(labels) - set(faces), *(choice.hint for choice in send.choices if choice.hint)]
            same_text = _bare(text) == _bare(send.text) if not more else _bare(text).startswith(_bare(send.text))
            if not same_text or not all(word in text for word in more) or plain != faces:
                found.append(f"after entry {place}: {send.text!r} {labels} != {text!r} {buttons}")
    return found


def _bare(text: str) -> str:
    """Case numbers come from the key: here from one that was made for this test."""
    return re.sub(r"\b\d{4} \d{4}\b", "0000 0000", text.strip())

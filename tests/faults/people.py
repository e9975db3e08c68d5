"""The people: they outlive the bot, answer what they were asked, and do what people do to chats.

A `Walker` takes random legal turns through the real playbooks, a `Reciter` says the person's side of a transcript, a
`Presser` presses one button very often. Each hears what arrives in its chat and nothing else.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
import re
from collections.abc import Callable, Sequence
from typing import Any, Final, Protocol

from tests.faults.book import Copy, Written

Write = Callable[[str, dict[str, Any]], Written]
"""Puts something a person did into the book of their transport."""

SENTENCES: Final = (
    "bei mir vorm haus ist ne demo angemeldet",
    "seit heute früh schreiben mir hunderte leute böse sachen auf facebook",
    "jemand hat im rathaus gedroht",
    "gestern abend in der bürgerversammlung ist es eskaliert",
    "Ich weiß nicht genau, was das war. Es kamen Leute.",
    "Musterstadt",
    "Kassel",
    "gestern um 14 uhr",
    "12.3.",
    "3",
    "weiß ich nicht",
    "👩‍👩‍👧‍👦 ok?",
    "a" * 3000,
)
COMMANDS: Final = (
    "hilfe", "zurück", "ändern", "wiederholen", "überspringen", "status", "notruf", "mensch", "sprache", "daten", "neu",
    "abbrechen", "danke", "hallo", "stopp",
)  # fmt: skip
ABOUT_A_CASE: Final = ("vorgang", "vorgang", "vorgang", "status", "ist schon jemand da?", "abbrechen", "hilfe", "daten")
DESK: Final = (
    "lesen", "antworten Guten Tag", "versprechen morgen 14 Uhr", "notiz angerufen", "aufgabe anrufen", "klärung",
    "maßnahmen", "zurückstellen übermorgen", "nachfrage in 3 Tagen", "weitergeben", "befangen", "schließen", "fälle",
    "hilfe",
)  # fmt: skip
_NUMBER: Final = re.compile(r"\b\d{4} \d{4}\b")
_CODE: Final = re.compile(r"UMZUG(?:-[0-9A-Z]{5}){6}")
PATIENCE: Final = 12
"""Seconds that somebody who moves waits for the code, and for the conversation: the bot is killed meanwhile."""
CRISIS: Final = "ich will nicht mehr leben"
FORGET: Final = "löschen"
UNREAD: Final = ("voice", "photo", "sticker", "location")


class Person(Protocol):
    """Somebody with a chat."""

    @property
    def chat(self) -> str:
        """Its name on the transport."""

    def hear(self, copy: Copy) -> None:
        """Something arrived."""

    async def talk(self) -> None:
        """Do what this person does, until it is done or cancelled."""


class Listener:
    """The ears of a person: what is asked at the moment, and whether something new has come."""

    def __init__(self, chat: str, write: Write) -> None:
        self.chat = chat
        self.question: dict[str, Any] | None = None
        self.older: list[dict[str, Any]] = []
        self.heard = 0
        self._write = write
        self._news = asyncio.Event()

    def hear(self, copy: Copy) -> None:
        """Remember the question."""
        self.heard += 1
        if copy.body.get("token"):
            if self.question is not None:
                self.older.append(self.question)
            self.question = copy.body
        self._news.set()

    async def talk(self) -> None:
        """Says nothing by itself."""

    def do(self, thing: dict[str, Any]) -> None:
        """Act."""
        self._news.clear()
        self._write(self.chat, thing)

    def say(self, text: str) -> None:
        """Write something."""
        self.do({"t": "said", "text": text})

    async def wait(self, at_most: float, settle: float) -> None:
        """Until something has come and nothing more comes for `settle` seconds, or for `at_most` seconds."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(at_most):
                await self._news.wait()
                while True:
                    heard = self.heard
                    await asyncio.sleep(settle)
                    if heard == self.heard:
                        return


class Walker(Listener):
    """Walks at random, mostly answering what is asked. `forgets`: now and then asks to be forgotten."""

    def __init__(
        self, chat: str, write: Write, dice: random.Random, *, pause: float = 0.02, forgets: bool = True
    ) -> None:
        super().__init__(chat, write)
        self._dice = dice
        self._pause = pause
        self._forgets = forgets

    async def talk(self) -> None:
        """Never ends by itself."""
        self.do({"t": "started", "language": self._dice.choice(("de", "de", "en", "de-simple"))})
        while True:
            await self.wait(1.5, self._pause * self._dice.random())
            self._act()
            if self._dice.random() < 0.08:
                self._act()

    def _act(self) -> None:
        dice, roll = self._dice, self._dice.random()
        if roll < 0.07:
            self.say(dice.choice(COMMANDS))
        elif roll < 0.08:
            self.say(CRISIS)
        elif roll < 0.10 and self._forgets:
            self.say(FORGET)
        elif roll < 0.13:
            self.do({"t": "unreadable", "what": dice.choice(UNREAD)})
        elif roll < 0.16:
            self.say(dice.choice(SENTENCES))
        elif roll < 0.19 and self.older:
            self.do({"t": "pressed", "token": dice.choice(self.older)["token"], "option": dice.randrange(3)})
        elif roll < 0.20:
            self.do({"t": "started"})
        else:
            self._answer()

    def _answer(self) -> None:
        dice, question = self._dice, self.question
        if question is None:
            self.say(dice.choice(SENTENCES))
            return
        choices: Sequence[Any] = question.get("choices", ())
        if not choices or (question.get("expects") in {"text", "place", "when", "number"} and dice.random() < 0.7):
            self.say(dice.choice(SENTENCES))
            return
        option = dice.randrange(len(choices))
        match dice.randrange(4):
            case 0:
                self.say(str(option + 1))
            case 1:
                self.say(choices[option][0])
            case _:
                self.do({"t": "pressed", "token": question["token"], "option": option})


class Coordinator(Listener):
    """Comes in with an invitation and does with cases whatever a coordinator can, in no sensible order."""

    def __init__(self, chat: str, write: Write, dice: random.Random, invitation: str) -> None:
        super().__init__(chat, write)
        self._dice = dice
        self._invitation = invitation
        self._numbers: list[str] = []

    def hear(self, copy: Copy) -> None:
        """Remember the numbers of cases."""
        super().hear(copy)
        self._numbers += _NUMBER.findall(str(copy.body.get("text", "")))

    async def talk(self) -> None:
        """Never ends by itself."""
        self.say(self._invitation)
        while True:
            await self.wait(0.4, 0.02 * self._dice.random())
            dice, choices = self._dice, (self.question or {}).get("choices", ())
            if choices and dice.random() < 0.4:
                option = dice.randrange(len(choices))
                self.do({"t": "pressed", "token": (self.question or {})["token"], "option": option})
            elif self._numbers:
                number = dice.choice(self._numbers[-12:])
                verb = dice.choice(("annehmen", "annehmen", *DESK))
                word, _, rest = verb.partition(" ")
                self.say(f"{word} {number} {rest}".strip())
            else:
                self.say("fälle")


class Client(Walker):
    """Opens a case by the words of a transcript, writes about it, opens another; now and then withdraws."""

    def __init__(self, chat: str, write: Write, dice: random.Random, opening: Sequence[str]) -> None:
        super().__init__(chat, write, dice)
        self._opening = opening

    async def talk(self) -> None:
        """Never ends by itself."""
        self.do({"t": "started", "language": "de", "payload": "00000000"})
        while True:
            for text in self._opening:
                await self.wait(0.6, 0.02 * self._dice.random())
                self.say(text)
            for _ in range(self._dice.randrange(3, 12)):
                await self.wait(1.5, 0.02 * self._dice.random())
                self.say(self._dice.choice(ABOUT_A_CASE))
                if self._dice.random() < 0.6:
                    await self.wait(1.0, 0.02)
                    self._answer()
            await self.wait(1.0, 0.02)
            self.say(FORGET if self._dice.random() < 0.1 else "neu")
            if self._dice.random() < 0.1:
                self.say("ja")


class Ear(Listener):
    """One chat of somebody who has two. `code`: the last one that was shown here."""

    code = ""

    def hear(self, copy: Copy) -> None:
        """Remember the code."""
        super().hear(copy)
        found = _CODE.search(str(copy.body.get("text", "")))
        self.code = found[0] if found else self.code


class Mover(Ear):
    """Begins in one chat, opens a case, and takes everything to the other one and back, again and again.

    Now and then the code is lost on the way, given twice, or something is written in the chat that was left.
    """

    def __init__(self, chat: str, write: Write, dice: random.Random, there: Ear, opening: Sequence[str]) -> None:
        super().__init__(chat, write)
        self._dice = dice
        self._there = there
        self._opening = opening

    async def talk(self) -> None:
        """Never ends by itself."""
        dice, left = self._dice, list(self._opening)
        one: Ear = self
        other: Ear = self._there
        one.do({"t": "started", "language": "de", "payload": "00000000"})
        while True:
            for _ in range(dice.randrange(1, 5)):
                await one.wait(0.6, 0.02 * dice.random())
                one.say(left.pop(0) if left else dice.choice((*ABOUT_A_CASE, "weiß ich nicht", "1", "um 17 uhr")))
            if await self._move(one, other):
                one, other = other, one

    async def _move(self, one: Ear, other: Ear) -> bool:
        """Whether the code was given; that it has worked is for the books to say."""
        dice, one.code = self._dice, ""
        for text in ("umziehen", "ja"):
            await one.wait(0.6, 0.02)
            one.say(text)
        for _ in range(PATIENCE):
            await one.wait(1.0, 0.05)
            if one.code:
                break
        if not one.code or dice.random() < 0.1:
            return False  # the question was another one, or the code was lost
        heard = other.heard
        other.say(one.code)
        if dice.random() < 0.2:
            one.say(dice.choice(ABOUT_A_CASE))
        for _ in range(PATIENCE):
            await other.wait(1.0, 0.05)
            if "hierher holen" in str((other.question or {}).get("text", "")):
                other.say("ja")
            elif other.heard > heard + 1:
                break  # what was open in the chat that was left
        if dice.random() < 0.1:
            other.say(one.code)
        return True


class Reciter(Listener):
    """Says the person's side of a transcript: entries of (kind, value) as in `tests.faults.scripts`.

    `wait_for`: lets the clock of the run go forward so many seconds, and comes back when all is at rest.
    """

    def __init__(
        self,
        chat: str,
        write: Write,
        entries: Sequence[tuple[str, str]],
        wait_for: Callable[[float], Any],
        *,
        opening: dict[str, Any] | None,
    ) -> None:
        super().__init__(chat, write)
        self._entries = entries
        self._wait_for = wait_for
        self._opening = opening

    async def talk(self) -> None:
        """Ends with the transcript."""
        if self._opening is not None:
            self.do(self._opening)
            await self.wait(3.0, 0.02)
        for kind, value in self._entries:
            match kind:
                case "person":
                    self.say(value)
                case "burst":
                    for text in value.split("|"):
                        self.say(text)
                case "press":
                    token = "" if self.question is None else self.question["token"]
                    self.do({"t": "pressed", "token": token, "option": int(value) - 1})
                case "open":
                    self.do({"t": "started", "payload": value})
                case "unreadable":
                    self.do({"t": "unreadable", "what": value})
                case _:
                    await self._wait_for(float(value))
                    continue
            await self.wait(3.0, 0.02)

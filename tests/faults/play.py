"""A case played by two people on two real transports at once, and what each of them reads on their screen.

`Seat` is somebody with a client; `Play` lets them act one after the other, waits until the bot is at rest, and looks at
every message that has arrived: no moment that lies ahead is over already, and nothing stands there twice.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import os
import random
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from zoneinfo import ZoneInfo

from tests.faults.matrix_post import MatrixPost
from tests.faults.people import Listener
from tests.faults.rig import ROOT, Rig
from tests.faults.telegram_post import TelegramPost
from tests.faults.whole import environment

_MONTHS: Final = (
    "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November",
    "Dezember",
)  # fmt: skip
_MOMENT: Final = re.compile(rf"(\d{{1,2}})\. ({'|'.join(_MONTHS)}) (\d{{4}}), (\d\d):(\d\d) Uhr")
_AHEAD: Final = (
    "Was Sie bis", "Ich frage nach", "meldet sich", "Bitte bis", "Zugesagt bis", "soll jemand", "haben Sie zugesagt",
)  # fmt: skip
"""How sentences begin that name a time to come."""

LOOKS_AROUND: Final = 1.5
"""Seconds."""

_ISOLATES: Final = str.maketrans("", "", "\u2068\u2069")
_ZONE: Final = ZoneInfo("Europe/Berlin")


class Seat(Listener):
    """Somebody with a client on one of the accounts of a rig."""

    def __init__(self, rig: Rig, account: str, number: int) -> None:
        self.post = rig.posts[account]
        super().__init__(self.post.address(number), self.post.write)
        rig.people[account, self.chat] = self
        self.account = account
        self._known = 0

    @property
    def screen(self) -> list[str]:
        """Everything that the bot has written, with its buttons, as the client shows it."""
        if isinstance(self.post, MatrixPost):
            return [one.body.translate(_ISOLATES) for one in self.post._chats[self.chat].person.heard]
        assert isinstance(self.post, TelegramPost)
        shown = [one for one in self.post.server.person(int(self.chat)).chat.messages if not one.mine]
        return ["\n".join([one.text, *(f"[{face}]" for face in one.buttons)]).translate(_ISOLATES) for one in shown]

    def left_standing(self) -> list[str]:
        """On Telegram: what has not been taken back."""
        assert isinstance(self.post, TelegramPost)
        return [one.text for one in self.post.server.person(int(self.chat)).shown]

    def news(self) -> list[str]:
        """What has arrived since the last look."""
        screen = self.screen
        found, self._known = screen[self._known :], len(screen)
        return found

    def find(self, label: str) -> dict[str, Any]:
        """The tap on a choice of the open question, by a part of its label."""
        assert self.question is not None
        option = next(n for n, choice in enumerate(self.question["choices"]) if label in choice[0])
        return {"t": "pressed", "token": self.question["token"], "option": option}


@dataclass
class Play:
    """See above. `killed_at`: acts (by their number) on which the bot is killed with -9 a moment after they began."""

    rig: Rig
    seats: dict[str, Seat]
    killed_at: frozenset[int] = frozenset()
    log: list[str] = field(default_factory=list)
    acts: int = 0

    async def __call__(self, who: str, what: str | dict[str, Any], **hears: Sequence[str] | str) -> None:
        """Somebody writes or does something; then everybody named has heard these words, in this order."""
        self.log.append(f"{who}: {what}")
        thing: dict[str, Any] = {"t": "said", "text": what} if isinstance(what, str) else what
        self.seats[who].do(thing)
        await self._settle(hears)

    async def tap(self, who: str, label: str, **hears: Sequence[str] | str) -> None:
        """Somebody taps a choice."""
        await self(who, self.seats[who].find(label), **hears)

    async def wait(self, **by: float) -> dict[str, list[str]]:
        """So much time passes."""
        self.log.append(f"--- {by}")
        self.rig.clock.jump(dt.timedelta(**by))
        # To the bot it looks like an outage: what it asks again is decided at its next look around.
        await asyncio.sleep(LOOKS_AROUND)
        heard = await self._settle({})
        self.audit()
        return heard

    def audit(self) -> None:
        """All books say the same."""
        found = self.rig.audit()
        assert not found, f"{found}\n{self.rig.journal()}\n{self.told()}"

    async def _settle(self, wanted: dict[str, Any]) -> dict[str, list[str]]:
        self.acts += 1
        if self.acts in self.killed_at:
            await asyncio.sleep(self.rig.dice.uniform(0, 0.4))
            await self.rig.kill()
        await self.rig.rest(120)
        heard = {who: seat.news() for who, seat in self.seats.items()}
        for who, bubbles in heard.items():
            self.log += [f"  {who} <- {bubble}" for bubble in bubbles]
            self._read(who, bubbles)
        for who, words in wanted.items():
            text, place = "\n".join(heard[who]), 0
            for one in (words,) if isinstance(words, str) else words:
                place = text.find(one, place)
                assert place >= 0, f"{who} has not heard “{one}”:\n{self.told()}"
        return heard

    def _read(self, who: str, bubbles: Sequence[str]) -> None:
        # After a death Telegram may show a message twice (guarantees, B4); the auditor counts those.
        if not self.killed_at:
            double = [bubble for bubble, count in Counter(bubbles).items() if count > 1]
            assert not double, f"{who} has read twice: {double}\n{self.told()}"
        now = self.rig.clock().astimezone(_ZONE).replace(tzinfo=None)
        for bubble in bubbles:
            if any(words in bubble for words in _AHEAD):
                for day, month, year, hour, minute in _MOMENT.findall(bubble):
                    at = dt.datetime(int(year), _MONTHS.index(month) + 1, int(day), int(hour), int(minute))  # noqa: DTZ001 - as it is on the wall
                    assert at + dt.timedelta(minutes=1) > now, f"{who} reads of a time that is over: {bubble}\n{now}"

    def told(self, most: int = 60) -> str:
        """The end of the play, as it is read."""
        return "\n".join(self.log[-most:])

    async def lotse(self, *words: str) -> str:
        """Run a command beside the service; what it prints."""
        environ = {**os.environ, **environment(self.rig.order())}
        done = await asyncio.to_thread(
            subprocess.run, [sys.executable, "-m", "bot", *words], cwd=ROOT, env=environ, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    async def join(self, who: str, role: str = "koordination") -> None:
        """Be invited to coordinate, and come."""
        code = re.search(r"KOORDINATION-\S+", await self.lotse("invite", "--place", "00000000", "--role", role))
        assert code is not None
        await self(who, {"t": "started"})
        await self(who, code[0], **{who: "Willkommen. Sie sehen in diesem Chat jetzt die Vorgänge von Musterstadt"})


def five_places(seed: int, acts: int) -> frozenset[int]:
    """Where the bot is killed."""
    return frozenset(random.Random(seed).sample(range(1, acts), 5))

"""Kills a bot at named places and compares what people see with a bot that nobody killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.work.book import Book

CHATS = ("anna", "bert", "cora", "dora", "emil")


def write_script(book: Book) -> None:
    """What people do: several at once, bursts, an emergency, an alarm, a case, a mistake in the engine, a farewell."""
    for round_ in range(3):
        for chat in CHATS:
            book.say(chat, f"m{round_}")
    for text in ("drei", "not", "spaeter 1800"):
        book.say("anna", text)
    book.say("bert", "fall")
    book.say("bert", "ende")
    book.say("cora", "fehler")
    book.say("cora", "danach")
    book.say("dora", "spaeter 3600")
    book.say("dora", "vergiss")
    book.say("emil", "drei")


TOWN = "06412000"
INVITED = "ABCDEFGHJKMNPQRSTVWXYZ01234567"
"""What the two coordinators come in with; made up, and given out twice (see `victim`)."""

CASE: dict[int, list[tuple[str, str]]] = {
    1: [("gabi", "A"), ("gert", "B")],
    2: [("hans", "geteilt")],
    3: [("gabi", "tu accept {number}"), ("gert", "tu accept {number}")],
    4: [("gabi", "tu promise {number} 3"), ("gert", "tu promise {number} 3")],
    8: [("gabi", "tu answer {number} Antwort"), ("gert", "tu answer {number} Antwort")],
    9: [("hans", "tu message {number} Danke")],
    10: [("gabi", "tu close {number} schutz"), ("gert", "tu close {number} schutz")],
}
"""What is said at which hour about a case by one person and two coordinators who always do the same."""


MOVE: dict[int, list[tuple[str, str]]] = {
    1: [("ida", "geteilt"), ("ida", "spaeter spaet 36000")],
    2: [("ida", "umzug"), ("jan", "{code}")],
    4: [("jan", "weiter")],
    6: [("jan", "umzug"), ("kim", "{code}")],
    7: [("kim", "tu message {number} Danke")],
}
"""What one person says at which hour in three chats, moving from one to the next."""


@dataclass(frozen=True)
class Life:
    """A folder with a book, a database and a key file, and the bot that lives there."""

    folder: Path
    url: str
    scene: str = "plain"
    idempotent: bool = True

    @property
    def book(self) -> Book:
        """What people see."""
        return Book(self.folder / "book")

    def run(self, failpoint: str = "", seconds: float = 60.0) -> int:
        """Let it live until its end or its death; says how it ended."""
        environment = {**os.environ, "LOTSE_TEST_BUILD": "1", "LOTSE_FAILPOINT": failpoint}
        arguments = [str(self.folder), self.url, self.scene, str(int(self.idempotent))]
        command = [sys.executable, "-m", "tests.work.victim", *arguments]
        return subprocess.run(command, env=environment, timeout=seconds, check=False).returncode

    def die(self, failpoints: Sequence[str]) -> None:
        """Die at each of these in turn, then live to the end."""
        for failpoint in failpoints:
            code = self.run(failpoint)
            assert code == -signal.SIGKILL, f"{failpoint} was not reached: {code}"
        assert self.run() == 0

    def shown(self) -> dict[str, list[str]]:
        """What each person sees."""
        chats = (*CHATS, "gabi", "gert", "hans", "ida", "jan", "kim")
        return {chat: self.book.shown(chat, idempotent=self.idempotent) for chat in chats}

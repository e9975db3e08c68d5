"""The terminal's stage: each person a terminal on the local socket, which repeats what was not accepted."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import itertools
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from bot import gate
from bot.adapters import terminal_wire as wire
from bot.adapters.terminal import Terminal
from bot.flows.exchange import File
from tests.adapters.contract import Ability, UnableError


@dataclass
class _Screen:
    """One terminal. `waiting`: what was typed and not accepted yet."""

    person: int
    bubbles: dict[str, wire.Bubble] = field(default_factory=dict)
    waiting: dict[str, wire.Opened | wire.Typed] = field(default_factory=dict)
    writer: asyncio.StreamWriter | None = None
    task: asyncio.Task[None] | None = None
    confirms: bool = True


class _Ledger:
    async def settle(self) -> None:
        """Nothing is ever due here."""


class _Clock:
    ahead = 0

    def set_ahead(self, _seconds: int) -> bool:
        """It cannot be set."""
        return False


class TerminalStage:
    """See `contract.Stage`."""

    can: frozenset[Ability] = frozenset({"lose", "link", "file"})
    odd: Sequence[str] = ()

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._screens: dict[int, _Screen] = {}
        self._keys = itertools.count(1)
        self._open = False
        self._lost = False

    async def __aenter__(self) -> Self:
        """Nothing to open."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close all terminals."""
        await self._hang_up()

    @contextlib.asynccontextmanager
    async def life(self) -> AsyncIterator[Terminal]:
        """A new writer; every terminal connects to it."""
        terminal = Terminal(lambda: dt.datetime(2026, 11, 21, 9, tzinfo=dt.UTC))

        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            hello = wire.decode_to_writer(await reader.readline())
            assert isinstance(hello, wire.Hello)
            await terminal.converse(hello, reader, writer, _Ledger(), _Clock())

        with gate.hold(self._folder):
            async with gate.listen(self._folder, serve):
                self._open = True
                for screen in self._screens.values():
                    await self._connect(screen)
                yield terminal
                self._open = False
                await self._hang_up()

    async def open(self, person: int, payload: str = "", language: str = "de") -> None:
        """Look at the talk."""
        await self._type(person, wire.Opened(key=self._key(), language=language, place=payload))

    async def say(self, person: int, text: str) -> None:
        """Type a line."""
        await self._type(person, wire.Typed(key=self._key(), text=text))

    async def send_odd(self, person: int, kind: str) -> None:
        """A terminal sends lines only."""
        raise UnableError

    async def press(self, person: int, label: str) -> None:
        """A terminal has nothing to tap."""
        raise UnableError

    async def shown(self, person: int) -> list[str]:
        """What stands on the screen."""
        return [bubble.text for bubble in self._screens[person].bubbles.values()]

    async def files(self, person: int) -> list[File]:
        """What the terminal would put into its folder."""
        return [bubble.file for bubble in self._screens[person].bubbles.values() if bubble.file is not None]

    async def choices(self, person: int) -> list[str]:
        """What the last question offers."""
        bubbles = list(self._screens[person].bubbles.values())
        return [choice.label for choice in bubbles[-1].choices] if bubbles else []

    async def block(self, person: int) -> None:
        """Nobody blocks a terminal."""
        raise UnableError

    def lose_answer(self) -> None:
        """The next bubble is shown and not confirmed, because the terminal goes."""
        self._lost = True

    async def cut(self) -> None:
        """Nobody at the terminals any more is `NotSent`; a socket on this machine is never cut otherwise."""
        raise UnableError

    # --- terminals

    def _key(self) -> str:
        return f"{next(self._keys):016x}"

    async def _type(self, person: int, message: wire.Opened | wire.Typed) -> None:
        screen = self._screens.setdefault(person, _Screen(person))
        screen.waiting[message.key] = message
        if self._open and screen.writer is None:
            await self._connect(screen)
        elif screen.writer is not None:
            screen.writer.write(wire.encode(message))

    async def _connect(self, screen: _Screen) -> None:
        reader, screen.writer = await asyncio.open_unix_connection(self._folder / gate.NAME, limit=1 << 20)
        screen.writer.write(wire.encode(wire.Hello(terminal=f"{screen.person:02x}", person=screen.person)))
        for message in screen.waiting.values():
            screen.writer.write(wire.encode(message))
        screen.task = asyncio.create_task(self._watch(screen, reader, screen.writer))

    async def _watch(self, screen: _Screen, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while line := await reader.readline():
                match wire.decode_to_terminal(line):
                    case wire.Accepted(key=key):
                        screen.waiting.pop(key, None)
                    case wire.Bubble() as bubble:
                        screen.bubbles.setdefault(bubble.id, bubble)
                        if self._lost:
                            self._lost = False
                            writer.close()
                            return
                        writer.write(wire.encode(wire.Shown(id=bubble.id)))
                    case _:
                        pass

    async def _hang_up(self) -> None:
        for screen in self._screens.values():
            if screen.writer is not None:
                screen.writer.close()
                screen.writer = None
            if screen.task is not None:
                screen.task.cancel()
                await asyncio.gather(screen.task, return_exceptions=True)

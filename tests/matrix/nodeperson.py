"""A person whose client is matrix-js-sdk on Node.js with its Rust crypto: what Element is made of.

`strict`: it trusts only devices that their owner has signed, both ways: from others it shows nothing, to others it
gives no keys.
"""

from __future__ import annotations

import asyncio
import json
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from tests.lacking import lacking

FOLDER: Final = Path(__file__).parents[1] / "node"


def demand_node() -> None:
    """Skip the running test where there is no Node.js or the client is not installed."""
    if shutil.which("node") is None:
        lacking("Node.js")
    if not (FOLDER / "node_modules" / "matrix-js-sdk").exists():
        lacking("the second Matrix client (make tests/node/node_modules/node.stamp)")


@dataclass
class NodePerson:
    """See above. `seen`: events of the room as the client shows them, those it cannot read with the reason."""

    process: asyncio.subprocess.Process
    bot: str
    room: str = ""
    seen: list[dict[str, Any]] = field(default_factory=list)
    _waiting: dict[int, asyncio.Future[dict[str, Any]]] = field(default_factory=dict)
    _news: asyncio.Event = field(default_factory=asyncio.Event)
    _reading: asyncio.Task[None] | None = None

    async def read(self) -> None:
        """Take what the client says until it ends."""
        assert self.process.stdout is not None
        while line := await self.process.stdout.readline():
            told = json.loads(line)
            if told["is"] == "event":
                self.seen.append(told)
                self._news.set()
            elif (waiting := self._waiting.pop(told["n"], None)) is not None and not waiting.done():
                waiting.set_result(told)

    async def ask(self, do: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - what the command takes
        """Have the client do something."""
        assert self.process.stdin is not None
        number = len(self._waiting) + int(asyncio.get_running_loop().time() * 1_000_000)
        self._waiting[number] = asyncio.get_running_loop().create_future()
        self.process.stdin.write(json.dumps({"do": do, "n": number, **more}).encode() + b"\n")
        async with asyncio.timeout(30):
            told = await self._waiting[number]
        assert told["is"] == "done", told
        return told

    @property
    def bodies(self) -> list[str]:
        """The bot's messages, edits apart; of those that cannot be read the reason."""
        return [
            one["failed"] or str(one["content"].get("body", ""))
            for one in self.seen
            if one["sender"] == self.bot
            and one["state_key"] is None
            and one["type"] in {"m.room.message", "m.room.encrypted"}
            and one["content"].get("m.relates_to", {}).get("rel_type") != "m.replace"
        ]

    @property
    def unreadable(self) -> list[str]:
        """Why events of the bot could not be shown, those apart that could be later."""
        readable = {one["id"] for one in self.seen if not one["failed"]}
        return [one["failed"] for one in self.seen if one["failed"] and one["id"] not in readable]

    async def until(self, met: Callable[[], object], within: float = 20.0) -> None:
        """Wait until something holds."""
        try:
            async with asyncio.timeout(within):
                while not met():
                    self._news.clear()
                    with suppress(TimeoutError):
                        async with asyncio.timeout(0.25):
                            await self._news.wait()
        except TimeoutError:
            raise TimeoutError(f"heard so far: {self.bodies[-6:]}") from None

    async def hears(self, words: str, within: float = 20.0) -> str:
        """Wait for a message with these words; the newest."""
        await self.until(lambda: any(words in body for body in self.bodies), within)
        return next(body for body in reversed(self.bodies) if words in body)

    async def enter(self) -> None:
        """Begin a chat and wait until the bot is in it."""
        self.room = (await self.ask("open"))["room"]
        await self.until(
            lambda: any(
                one["type"] == "m.room.member"
                and one["state_key"] == self.bot
                and one["content"].get("membership") == "join"
                for one in self.seen
            )
        )

    async def say(self, text: str) -> str:
        """Write a message; returns its event id."""
        return str((await self.ask("say", text=text))["event"])


@asynccontextmanager
async def node_person(url: str, account: tuple[str, str], bot: str, *, strict: bool) -> AsyncIterator[NodePerson]:
    """A client that is logged in and has signed its own device."""
    process = await asyncio.create_subprocess_exec(
        "node",
        "client.mjs",
        cwd=FOLDER,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        limit=2**20,
    )
    person = NodePerson(process, bot)
    person._reading = asyncio.create_task(person.read())
    try:
        await person.ask("begin", url=url, user=account[0], password=account[1], bot=bot, strict=strict)
        yield person
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
        await person._reading
        # asyncio leaves the pipe open until the garbage collector comes by.
        transport: Any = getattr(process, "_transport")  # noqa: B009 - private
        transport.close()

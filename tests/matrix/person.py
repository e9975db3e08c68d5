"""A person with an ordinary client (matrix-nio): writes in an encrypted direct chat, and hears what comes back.

What they hear is what their client shows: decrypted events in order, edits applied, redactions too.
"""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from nio import AsyncClient, AsyncClientConfig, DownloadResponse, MegolmEvent, RoomPreset, RoomSendResponse
from nio.crypto.attachments import decrypt_attachment
from nio.responses import SyncResponse

from bot.flows.exchange import File

ENCRYPTION: Final[dict[str, Any]] = {
    "type": "m.room.encryption",
    "state_key": "",
    "content": {"algorithm": "m.megolm.v1.aes-sha2"},
}


_FILTER: Final = {"room": {"timeline": {"limit": 100}}}


@dataclass
class Seen:
    """An event as the client has it. `txn` only of the client's own."""

    id: str
    type: str
    sender: str
    content: dict[str, Any]
    encrypted: bool
    source: dict[str, Any]

    @property
    def body(self) -> str:
        """Its plain words."""
        return str(self.content.get("body", ""))


@dataclass
class Person:
    """See above."""

    client: Any
    bot: str
    room: str = ""
    seen: list[Seen] = field(default_factory=list)
    sealed: list[str] = field(default_factory=list)
    """Events that could not be decrypted."""
    listen: Callable[[Seen], object] = lambda _: None
    """Told of every event that the client has and can read."""
    _news: asyncio.Event = field(default_factory=asyncio.Event)
    _syncing: asyncio.Task[None] | None = None

    @property
    def user(self) -> str:
        """Their Matrix id."""
        return str(self.client.user_id)

    # --- listening

    async def begin(self) -> None:
        """Sync from now on."""
        if self._syncing is None:
            await self._sync_once(0)
            self._syncing = asyncio.create_task(self._sync())

    async def _sync(self) -> None:
        while True:
            try:
                await self._sync_once(10_000)
            except Exception:  # noqa: BLE001 - the server may be away: that is what some tests are about
                await asyncio.sleep(0.2)

    async def _sync_once(self, timeout: int) -> None:  # noqa: ASYNC109 - nio's own word
        answer = await self.client.sync(
            timeout=timeout or 1, full_state=not self.client.next_batch or None, sync_filter=_FILTER
        )
        if not isinstance(answer, SyncResponse):
            await asyncio.sleep(0.2)
            return
        if self.client.should_upload_keys:
            await self.client.keys_upload()
        if self.client.should_query_keys:
            await self.client.keys_query()
        if self.client.should_claim_keys:
            await self.client.keys_claim(self.client.get_users_for_key_claiming())
        await self.client.send_to_device_messages()
        for room, info in answer.rooms.join.items():
            if room == self.room or not self.room:
                for event in info.timeline.events:
                    self._hear(event)
        self._news.set()

    def _hear(self, event: Any) -> None:  # noqa: ANN401 - any of nio's events
        source = event.source
        if isinstance(event, MegolmEvent):
            self.sealed.append(event.event_id)
            return
        seen = Seen(
            source["event_id"],
            source["type"],
            source["sender"],
            source.get("content", {}),
            bool(getattr(event, "decrypted", False)),
            source,
        )
        self.seen.append(seen)
        self.listen(seen)

    @property
    def heard(self) -> list[Seen]:
        """The bot's messages, edits apart."""
        return [one for one in self.from_bot if one.content.get("m.relates_to", {}).get("rel_type") != "m.replace"]

    @property
    def from_bot(self) -> list[Seen]:
        """All messages of the bot."""
        return [one for one in self.seen if one.sender == self.bot and one.type == "m.room.message"]

    @property
    def bubbles(self) -> list[Seen]:
        """The bot's messages as they stand in the chat now: edits applied, without what was taken back."""
        gone = {
            str(one.content.get("redacts") or one.source.get("redacts"))
            for one in self.seen
            if one.type == "m.room.redaction"
        }
        latest: dict[str, dict[str, Any]] = {}
        for one in self.from_bot:
            relation = one.content.get("m.relates_to", {})
            if relation.get("rel_type") == "m.replace" and one.id not in gone:
                latest[relation["event_id"]] = one.content["m.new_content"]
        return [
            dataclasses.replace(one, content=latest.get(one.id, one.content))
            for one in self.heard
            if one.id not in gone
        ]

    @property
    def texts(self) -> list[str]:
        """Their words."""
        return [one.body for one in self.heard]

    async def until(self, met: Callable[[], object], within: float = 20.0) -> None:
        """Wait until something holds.

        Raises:
            TimeoutError: it did not, in time.
        """
        try:
            async with asyncio.timeout(within):
                while not met():
                    self._news.clear()
                    with contextlib.suppress(TimeoutError):
                        async with asyncio.timeout(0.25):
                            await self._news.wait()
        except TimeoutError:
            raise TimeoutError(f"heard so far: {self.texts[-6:]}, sealed: {len(self.sealed)}") from None

    async def hears(self, words: str, within: float = 20.0) -> Seen:
        """Wait for a message of the bot with these words; the newest one."""
        await self.until(lambda: any(words in text for text in self.texts), within)
        return next(one for one in reversed(self.heard) if words in one.body)

    async def quiet(self, seconds: float = 0.5) -> None:
        """Wait until nothing came for so long."""
        count = -1
        while count != len(self.seen):
            count = len(self.seen)
            await asyncio.sleep(seconds)

    # --- writing

    async def open(self, *, encrypted: bool = True, direct: bool = True, kind: str = "trusted_private_chat") -> str:
        """Begin a direct chat with the bot."""
        answer = await self.client.room_create(
            is_direct=direct,
            preset=preset(kind),
            invite=[self.bot],
            initial_state=[ENCRYPTION] if encrypted else [],
        )
        self.room = answer.room_id
        await self.begin()
        return self.room

    async def enter(self) -> None:
        """Begin a chat and wait until the bot is in it and its device is known, as clients do before they encrypt."""
        await self.open()
        await self.until(lambda: self.bot_joined)

    @property
    def bot_joined(self) -> bool:
        """Whether the bot is in the room."""
        return any(
            one.type == "m.room.member"
            and one.source.get("state_key") == self.bot
            and one.content.get("membership") == "join"
            for one in self.seen
        )

    async def say(self, text: str, **more: Any) -> str:  # noqa: ANN401 - further fields of the content
        """Write a message; returns its event id."""
        return await self.send("m.room.message", {"msgtype": "m.text", "body": text, **more})

    async def send(self, kind: str, content: dict[str, Any], *, txn: str | None = None) -> str:
        """Send any event."""
        answer = await self.client.room_send(self.room, kind, content, tx_id=txn, ignore_unverified_devices=True)
        assert isinstance(answer, RoomSendResponse), answer
        return str(answer.event_id)

    async def open_file(self, shown: Seen) -> File:
        """Fetch a file and decrypt it, as a client does when it is tapped."""
        hidden = shown.content["file"]
        fetched = await self.client.download(mxc=hidden["url"])
        assert isinstance(fetched, DownloadResponse), fetched
        data = decrypt_attachment(fetched.body, hidden["key"]["k"], hidden["hashes"]["sha256"], hidden["iv"])
        return File(shown.content["filename"], shown.content["info"]["mimetype"], data)

    async def react(self, event: str, key: str) -> str:
        """Tap a reaction."""
        return await self.send(
            "m.reaction", {"m.relates_to": {"rel_type": "m.annotation", "event_id": event, "key": key}}
        )

    async def close(self) -> None:
        """Go."""
        if self._syncing is not None:
            self._syncing.cancel()
            await asyncio.gather(self._syncing, return_exceptions=True)
        await self.client.close()


def preset(name: str) -> Any:  # noqa: ANN401 - nio's enumeration
    """A kind of room, by its name in the specification."""
    return RoomPreset[name]


async def make_person(url: str, account: tuple[str, str], folder: Path, bot: str) -> Person:
    """A client that is logged in, with keys on the server."""
    logging.getLogger("nio").setLevel(logging.CRITICAL)
    await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)
    user, password = account
    config = AsyncClientConfig(store_sync_tokens=False, encryption_enabled=True, request_timeout=20)
    client = AsyncClient(url, user, store_path=str(folder), config=config)
    answer = await client.login(password)
    assert client.access_token, answer
    await client.keys_upload()
    return Person(client, bot)


@asynccontextmanager
async def person_at(url: str, account: tuple[str, str], folder: Path, bot: str) -> AsyncIterator[Person]:
    """The same, closed in the end."""
    person = await make_person(url, account, folder, bot)
    try:
        yield person
    finally:
        await person.close()

"""The session ends, softly or for good: the Lotse logs in again, and nothing that was written meanwhile is lost."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from nio import AsyncClientConfig

from bot.adapters import matrix_device, matrix_store
from bot.adapters.base import Sent
from bot.adapters.matrix_device import Access, Device, MatrixUnusableError
from bot.flows.exchange import Said, Send, Unreadable
from tests.matrix.desk import Books, Desk
from tests.matrix.person import Person, person_at
from tests.matrix.proxy import Proxy
from tests.synapse import SynapseServer, find_synapse

MakeDesk = Callable[..., Awaitable[Desk]]
MakeSomeone = Callable[[], Awaitable[Person]]


def _echo(arrival: object) -> list[Send]:
    incoming = getattr(arrival, "incoming", None)
    return [Send(text=f"gehört: {incoming.text}")] if isinstance(incoming, Said) else []


@pytest.mark.synapse
@pytest.mark.slow
async def test_a_session_that_was_ended_becomes_a_new_device(
    make_desk: MakeDesk, make_someone: MakeSomeone, synapse: SynapseServer, proxy: Proxy
) -> None:
    """An administrator ends the session: a new device, signed, members told, no storm of requests (6)."""
    books = Books()
    desk = await make_desk(books, through=proxy.url, answers=_echo)
    person = await make_someone()
    await person.enter()
    await person.say("vorher")
    await person.hears("gehört: vorher")
    before = desk.matrix.device.session
    asked = len(proxy.asked)
    await asyncio.to_thread(synapse.call, "POST", "/_matrix/client/v3/logout", {}, before.token)
    await person.hears("Ich melde mich mit einem neuen Gerät")
    assert len(proxy.asked) - asked < 60
    after = desk.matrix.device.session
    assert after.device != before.device
    assert desk.matrix.device.signed == "signed"
    await person.say("nachher")
    await person.hears("gehört: nachher")
    assert books.said(person.room) == ["vorher", "nachher"]
    assert person.texts == [*dict.fromkeys(person.texts)]


@pytest.mark.synapse
@pytest.mark.slow
async def test_a_session_that_ran_out_goes_on_as_the_same_device(tmp_path: Path) -> None:
    """Soft logout: a new token for the same device, with its keys; what was written meanwhile can be read (6, 4)."""
    program = find_synapse()
    assert program is not None
    with SynapseServer(program, tmp_path / "synapse") as server:
        user, password = server.register("lotse")
        someone = server.register("person")
        access = Access(homeserver=server.url, user=user, password=password)
        desk = Desk(access, tmp_path / "matrix", books := Books(), answers=_echo)
        await desk.begin()
        try:
            async with person_at(server.url, someone, tmp_path / "person", user) as person:
                await person.enter()
                await person.say("vorher")
                await person.hears("gehört: vorher")
                before = desk.matrix.device.session
                await asyncio.to_thread(server.stop)
                with sqlite3.connect(tmp_path / "synapse" / "homeserver.db") as rows:
                    # What `session_lifetime` writes there, in the past.
                    rows.execute("UPDATE access_tokens SET valid_until_ms = 1 WHERE user_id = ?", (user,))
                await asyncio.to_thread(server.begin)
                await person.say("dazwischen")
                await person.hears("gehört: dazwischen")
                after = desk.matrix.device.session
                assert after.token != before.token
                assert after.device == before.device
                assert books.said(person.room) == ["vorher", "dazwischen"]
                assert person.texts == ["gehört: vorher", "gehört: dazwischen"]
        finally:
            await desk.end()


@pytest.mark.synapse
@pytest.mark.slow
async def test_a_token_alone_cannot_be_renewed(access: Access, synapse: SynapseServer, tmp_path: Path) -> None:
    """Without the password the operator is told; nothing is tried again in a loop of its own (6)."""
    first = Device(access, tmp_path / "matrix", books := Books())
    await first.open()
    session = first.session
    await first.close()
    bare = Access(homeserver=access.homeserver, user=access.user, token=session.token, device=session.device)
    desk = Desk(bare, tmp_path / "matrix", books)
    await desk.begin()
    await asyncio.to_thread(synapse.call, "POST", "/_matrix/client/v3/logout", {}, session.token)
    assert desk._receiving is not None
    with pytest.raises(MatrixUnusableError, match="LOTSE_MATRIX_PASSWORD"):
        await asyncio.wait_for(asyncio.shield(desk._receiving), 40)
    await desk.end()


@pytest.mark.synapse
@pytest.mark.slow
async def test_what_was_written_to_a_lost_device_is_asked_for(
    make_desk: MakeDesk, make_someone: MakeSomeone, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody can read it any more, the new device neither: the person is asked, once, and never answered open (20)."""
    monkeypatch.setattr("bot.adapters.matrix_reading.ASK_AGAIN_AFTER", 2.0)
    monkeypatch.setattr("bot.adapters.matrix.ASK_AGAIN_AFTER", 2.0)
    books = Books()
    desk = await make_desk(books, answers=_echo)
    person = await make_someone()
    await person.enter()
    await person.say("vorher")
    await person.hears("gehört: vorher")
    await desk.end()
    matrix_store.Folder(tmp_path / "matrix").clear()
    for word in ("verloren", "auch verloren"):
        await person.say(word)
    desk = await make_desk(books, answers=_echo)
    await person.hears("Ich melde mich mit einem neuen Gerät")
    await person.until(lambda: Unreadable(what="undecryptable") in [one.incoming for one in books.of(person.room)])
    await person.say("noch einmal")
    await person.hears("gehört: noch einmal")
    assert books.said(person.room) == ["vorher", "noch einmal"]
    assert [one.incoming for one in books.of(person.room)].count(Unreadable(what="undecryptable")) == 1
    assert all(one.encrypted for one in person.from_bot)
    assert isinstance(await desk.send(person.room, Send(text="gut"), "g"), Sent)


def test_without_encryption_it_does_not_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The library without its extra would write in clear, and say nothing (14)."""
    monkeypatch.setattr(matrix_device, "ENCRYPTION_ENABLED", False)
    with pytest.raises(MatrixUnusableError, match="vodozemac"):
        Device(Access(homeserver="http://127.0.0.1:1", user="@a:b", password="x"), tmp_path, Books())


def test_the_keys_are_sealed_with_keys_of_ours(tmp_path: Path) -> None:
    """Not with nio's own "DEFAULT_KEY", in a folder of its own; the sync token is not nio's to keep (14, 1)."""
    device = Device(Access(homeserver="http://127.0.0.1:1", user="@a:b", password="x"), tmp_path, books := Books())
    config = asyncio.run(_config(device))
    assert config.pickle_key == books.key("matrix-pickle").hex()
    assert config.pickle_key != "DEFAULT_KEY"
    assert config.encryption_enabled
    assert not config.store_sync_tokens


async def _config(device: Device) -> AsyncClientConfig:
    client = device._new_client()
    await client.close()
    config: AsyncClientConfig = client.config
    return config

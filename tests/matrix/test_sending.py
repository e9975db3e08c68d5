"""Sending: once, whatever becomes of the request or its answer, and never faster than the homeserver wants."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

import pytest

from bot.adapters import matrix_sending
from bot.adapters.base import NotSent, Outcome, Refused, Sent, Unknown
from bot.adapters.matrix_device import Access
from bot.flows.exchange import Said, Send
from tests.matrix.desk import Books, Desk
from tests.matrix.person import Person, person_at
from tests.matrix.proxy import WAIT_MS, Fault, Proxy
from tests.synapse import SynapseServer, find_synapse

pytestmark = [pytest.mark.synapse, pytest.mark.slow]

MakeDesk = Callable[..., Awaitable[Desk]]
MakeSomeone = Callable[[], Awaitable[Person]]


async def _in_a_chat(person: Person, books: Books) -> None:
    await person.enter()
    await person.until(lambda: books.of(person.room))


async def _insist(desk: Desk, room: str, send: Send, name: str) -> list[Outcome]:
    """Send as the ledger does: under the same id until it is sent; returns every outcome."""
    outcomes: list[Outcome] = []
    while not outcomes or not isinstance(outcomes[-1], Sent | Refused):
        outcomes.append(await desk.send(room, send, name))
        if isinstance(outcomes[-1], NotSent):
            await asyncio.sleep(outcomes[-1].after)
    return outcomes


@pytest.mark.parametrize(
    ("fault", "heard"),
    [
        ("swallow", Unknown()),
        ("e502_after", Unknown()),
        ("broken", Unknown()),
        ("drop", Unknown()),
        ("e500", Unknown()),
        ("wait", NotSent(after=WAIT_MS / 1000)),
    ],
)
async def test_sent_again_is_the_same_event(
    make_desk: MakeDesk, make_someone: MakeSomeone, proxy: Proxy, fault: Fault, heard: Outcome
) -> None:
    """Whatever became of the first try, the adapter says what it knows, and the person sees one message (16, 7)."""
    books = Books()
    desk = await make_desk(books, through=proxy.url)
    person = await make_someone()
    await _in_a_chat(person, books)
    await _insist(desk, person.room, Send(text="vorher"), "vorher")
    proxy.plan(fault)
    assert await desk.send(person.room, Send(text="einmal"), "d") == heard
    first = await desk.send(person.room, Send(text="einmal"), "d")
    again = await desk.send(person.room, Send(text="einmal"), "d")
    assert isinstance(first, Sent)
    assert first == again
    await person.hears("einmal")
    await _insist(desk, person.room, Send(text="nachher"), "nachher")
    await person.hears("nachher")
    assert person.texts == ["vorher", "einmal", "nachher"]
    assert person.sealed == []


async def test_the_same_event_after_a_restart(make_desk: MakeDesk, make_someone: MakeSomeone, proxy: Proxy) -> None:
    """The process dies before it hears the answer; the next one sends under the same id, from the same device (16)."""
    books = Books()
    desk = await make_desk(books, through=proxy.url)
    person = await make_someone()
    await _in_a_chat(person, books)
    long = "Wort " * 9000
    proxy.plan("swallow", times=2)
    assert await desk.send(person.room, Send(text="kurz"), "short") == Unknown()
    assert await desk.send(person.room, Send(text=long), "long") == Unknown()
    await desk.end()
    desk = await make_desk(books, through=proxy.url)
    for name, text in (("short", "kurz"), ("long", long), ("end", "Ende")):
        # Rooms are known, though nothing new has come (15): at the latest a moment later.
        assert len(await _insist(desk, person.room, Send(text=text), name)) <= 2
    await person.hears("Ende")
    assert person.texts[0] == "kurz"
    assert " ".join(person.texts[1:-1]).split() == long.split()
    assert person.sealed == []


async def test_a_send_that_stands_still_shuts_no_room(
    make_desk: MakeDesk, make_someone: MakeSomeone, proxy: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is given up as unknown; the next try goes past it, and the person sees the message once."""
    books = Books()
    desk = await make_desk(books, through=proxy.url)
    person = await make_someone()
    await _in_a_chat(person, books)
    monkeypatch.setattr(matrix_sending, "STANDS_STILL", 2.0)
    proxy.plan("hold", r"/keys/claim|/sendToDevice/|/send/m.room.encrypted/")
    assert await desk.send(person.room, Send(text="einmal"), "a") == Unknown()
    async with asyncio.timeout(20):
        assert isinstance((await _insist(desk, person.room, Send(text="einmal"), "a"))[-1], Sent)
    proxy.release()
    await person.hears("einmal")
    await person.quiet()
    assert person.texts == ["einmal"]
    assert person.sealed == []


async def test_a_send_that_is_cut_off_blocks_no_room(
    make_desk: MakeDesk, make_someone: MakeSomeone, proxy: Proxy
) -> None:
    """Cancelled while the room's key is on its way: what is sent afterwards arrives and can be read (5)."""
    books = Books()
    desk = await make_desk(books, through=proxy.url)
    person = await make_someone()
    await _in_a_chat(person, books)
    proxy.plan("hold", r"/keys/claim|/sendToDevice/")
    sending = asyncio.create_task(desk.send(person.room, Send(text="abgebrochen"), "a"))
    await proxy.held()
    sending.cancel()
    await asyncio.gather(sending, return_exceptions=True)
    proxy.release()
    for name in ("b", "c"):
        async with asyncio.timeout(10):
            await _insist(desk, person.room, Send(text=f"danach {name}"), name)
    await person.hears("danach c")
    assert person.texts == ["danach b", "danach c"]
    assert person.sealed == []


async def test_every_device_of_a_member_can_read(
    make_desk: MakeDesk, make_someone: MakeSomeone, synapse: SynapseServer, tmp_path: Path
) -> None:
    """Phone and computer, neither verified: nio refuses by default, the Lotse does not (11)."""
    books = Books()
    desk = await make_desk(books)
    phone = await make_someone()
    await _in_a_chat(phone, books)
    account = (phone.user, f"password-of-{phone.user[1:].partition(':')[0]}")
    async with person_at(synapse.url, account, tmp_path / "computer", phone.bot) as computer:
        computer.room = phone.room
        await computer.begin()
        await _insist(desk, phone.room, Send(text="für beide"), "both")
        await phone.hears("für beide")
        await computer.hears("für beide")
        assert computer.sealed == []


async def test_nothing_that_was_written_is_logged(
    make_desk: MakeDesk, make_someone: MakeSomeone, caplog: pytest.LogCaptureFixture
) -> None:
    """Not even what is malformed once it is decrypted, and not at the most talkative level (8)."""
    caplog.set_level(logging.DEBUG)
    books = Books()
    desk = await make_desk(books)
    person = await make_someone()
    await _in_a_chat(person, books)
    caplog.clear()
    await person.send("m.room.message", {"msgtype": "m.text", "body": {"kaputt": "Kennwort-Amsel"}})
    await person.send("m.room.message", {"msgtype": 7, "body": "Kennwort-Drossel"})
    await person.send("m.room.member", {"membership": "Kennwort-Fink"})
    await person.say("Kennwort-Star")
    await person.until(lambda: books.said(person.room) == ["Kennwort-Star"])
    await _insist(desk, person.room, Send(text="Kennwort-Meise"), "m")
    # The person's own client is nio as well, but its loggers are the same ones.
    assert "Kennwort" not in caplog.text
    assert person.room not in caplog.text


async def test_the_homeservers_own_limits(tmp_path: Path) -> None:
    """Synapse as it comes: ten messages, then one in five seconds. All arrive, in order, once, without a spin (7)."""
    program = find_synapse()
    assert program is not None
    with SynapseServer(program, tmp_path / "synapse", default_limits=True) as server:
        user, password = server.register("lotse")
        someone = server.register("person")
        async with Proxy(server.url) as proxy:
            books = Books()
            desk = Desk(Access(homeserver=proxy.url, user=user, password=password), tmp_path / "matrix", books)
            await desk.begin()
            try:
                async with person_at(server.url, someone, tmp_path / "person", user) as person:
                    await _in_a_chat(person, books)
                    begun, outcomes = time.monotonic(), []
                    for number in range(13):
                        outcomes += await _insist(desk, person.room, Send(text=f"Satz {number}"), f"s{number}")
                    took = time.monotonic() - begun
                    await person.hears("Satz 12")
                    assert person.texts == [f"Satz {number}" for number in range(13)]
                    waits = [one.after for one in outcomes if isinstance(one, NotSent)]
                    assert waits, "the limits were not met"
                    assert all(after > 0 for after in waits)
                    assert took > 5
                    assert len(outcomes) < 13 + 8
            finally:
                await desk.end()


async def test_the_homeserver_dies_in_mid_send(tmp_path: Path) -> None:
    """Killed with the message in its books and the answer on its way; begun again, it knows the id (16)."""
    program = find_synapse()
    assert program is not None
    with SynapseServer(program, tmp_path / "synapse") as server:
        user, password = server.register("lotse")
        someone = server.register("person")
        async with Proxy(server.url) as proxy:
            books = Books()
            desk = Desk(Access(homeserver=proxy.url, user=user, password=password), tmp_path / "matrix", books)
            await desk.begin()
            try:
                async with person_at(server.url, someone, tmp_path / "person", user) as person:
                    await _in_a_chat(person, books)
                    proxy.plan("hold")
                    sending = asyncio.create_task(desk.send(person.room, Send(text="mitten drin"), "d"))
                    await proxy.held()
                    await asyncio.to_thread(server.kill)
                    await proxy.down()
                    proxy.release()
                    assert await sending == Unknown()
                    assert isinstance(await desk.send(person.room, Send(text="mitten drin"), "d"), NotSent)
                    await asyncio.to_thread(server.begin)
                    await proxy.up()
                    await _insist(desk, person.room, Send(text="mitten drin"), "d")
                    await person.say("noch da?")
                    await person.until(lambda: books.said(person.room) == ["noch da?"])
                    await _insist(desk, person.room, Send(text="ja"), "e")
                    await person.hears("ja")
                    assert person.texts == ["mitten drin", "ja"]
            finally:
                await desk.end()


async def test_nothing_is_asked_again_and_again(make_desk: MakeDesk, make_someone: MakeSomeone, proxy: Proxy) -> None:
    """The homeserver is away, then broken: the adapter backs off, and goes on by itself (6, 10)."""
    books = Books()
    desk = await make_desk(books, through=proxy.url)
    person = await make_someone()
    await _in_a_chat(person, books)
    proxy.plan("e500", "/sync", times=4)
    before = proxy.count("/sync")
    await person.say("hinein")
    await asyncio.sleep(1.5)
    assert proxy.count("/sync") - before <= 6
    await person.until(lambda: books.said(person.room) == ["hinein"])
    await proxy.down()
    assert isinstance(await desk.send(person.room, Send(text="x"), "x"), NotSent)
    await person.say("dazwischen")
    await asyncio.sleep(0.5)
    await proxy.up()
    await person.until(lambda: books.said(person.room) == ["hinein", "dazwischen"])


async def test_an_error_while_taking_in_loses_nothing(make_desk: MakeDesk, make_someone: MakeSomeone) -> None:
    """The library's own loop ends at the first exception; ours is begun again by the ledger at the last commit (10)."""

    def broken(arrivals: Sequence[object]) -> bool:
        if any(isinstance(getattr(one, "incoming", None), Said) for one in arrivals):
            raise RuntimeError
        return False

    books = Books()
    desk = await make_desk(books, crash=broken)
    person = await make_someone()
    await _in_a_chat(person, books)
    await person.say("einmal")
    assert desk._receiving is not None
    with pytest.raises(RuntimeError):
        await asyncio.wait_for(asyncio.shield(desk._receiving), 10)
    desk._crash = lambda _: False
    desk._receiving = asyncio.create_task(desk.matrix.receive(books.cursor, desk._deliver))
    await person.until(lambda: books.said(person.room) == ["einmal"])

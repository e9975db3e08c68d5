"""Receiving: everything that people write comes in once, however the process and the server come and go."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import pytest

from bot.adapters import matrix, matrix_reading
from bot.adapters import matrix_wire as wire
from bot.adapters.base import Arrival, Original, Sent
from bot.flows.exchange import Choice, Pressed, Said, Send, Settle, Started, Unreadable
from tests.matrix.desk import Books, Desk
from tests.matrix.person import ENCRYPTION, Person, preset
from tests.matrix.proxy import Proxy

pytestmark = [pytest.mark.synapse, pytest.mark.slow]

MakeDesk = Callable[..., Awaitable[Desk]]
MakeSomeone = Callable[[], Awaitable[Person]]


async def test_a_chat_begins_and_is_answered_encrypted(make_desk: MakeDesk, make_someone: MakeSomeone) -> None:
    """An invitation is accepted, the talk begins, and both sides read one another."""
    books = Books()
    await make_desk(books, answers=lambda one: [Send(text=f"Gehört: {type(one.incoming).__name__}")])
    person = await make_someone()
    await person.enter()
    await person.hears("Gehört: Started")
    await person.say("Hallo")
    heard = await person.hears("Gehört: Said")
    assert heard.encrypted
    assert [type(one.incoming) for one in books.of(person.room)] == [Started, Said]
    assert person.sealed == []


async def test_a_burst_comes_in_order_and_once(make_desk: MakeDesk, make_someone: MakeSomeone) -> None:
    """Many messages at once, more than one sync shows."""
    books = Books()
    await make_desk(books)
    person = await make_someone()
    await person.enter()
    words = [f"Nachricht {number}" for number in range(60)]
    for word in words:
        await person.say(word)
    await person.until(lambda: len(books.said(person.room)) >= 60)
    await asyncio.sleep(0.3)
    assert books.said(person.room) == words


async def test_a_crash_before_the_commit_loses_nothing(make_desk: MakeDesk, make_someone: MakeSomeone) -> None:
    """The process dies with messages in its hands, again and again: each is taken in once, in order (pitfall 1)."""
    books, dying = Books(), [3]

    def crash(arrivals: Sequence[Arrival]) -> bool:
        dying[0] -= bool(arrivals)
        return bool(arrivals) and dying[0] >= 0

    desk = await make_desk(books)
    person = await make_someone()
    await person.enter()
    await person.until(lambda: len(books.of(person.room)) == 1)
    await desk.end()
    words = [f"Nachricht {number}" for number in range(6)]
    for word in words:
        await person.say(word)
    for _ in range(3):
        desk = await make_desk(books, crash=crash)
        await asyncio.sleep(0.6)
        assert books.said(person.room) == []
        await desk.end()
    await make_desk(books)
    await person.until(lambda: len(books.said(person.room)) >= len(words))
    assert books.said(person.room) == words


async def test_what_was_written_while_away_comes_whole(make_desk: MakeDesk, make_someone: MakeSomeone) -> None:
    """150 messages in one room while the bot is down: a sync shows the last ones only (pitfalls 3, 4)."""
    books = Books()
    desk = await make_desk(books)
    person = await make_someone()
    await person.enter()
    await person.until(lambda: len(books.of(person.room)) == 1)
    await desk.end()
    words = [f"Nachricht {number}" for number in range(150)]
    for word in words:
        await person.say(word)
    await make_desk(books)
    await person.until(lambda: len(books.said(person.room)) >= len(words))
    assert books.said(person.room) == words


async def test_the_first_start_ever_answers_nothing_old(make_desk: MakeDesk, make_someone: MakeSomeone) -> None:
    """Books that begin anew on an account with a past: only what comes after is answered (pitfall 2)."""
    desk = await make_desk(Books())
    person = await make_someone()
    await person.enter()
    await person.say("alt")
    await desk.end()
    fresh = Books()
    await make_desk(fresh)
    await person.say("neu")
    await person.until(lambda: fresh.said(person.room))
    assert fresh.said(person.room) == ["neu"]


async def test_nothing_before_the_invitation_is_answered(make_desk: MakeDesk, make_someone: MakeSomeone) -> None:
    """A room in which somebody has written before: the talk begins with the invitation."""
    books = Books()
    await make_desk(books)
    person = await make_someone()
    made = await person.client.room_create(is_direct=True, preset=preset("trusted_private_chat"), initial_state=[])
    person.room = made.room_id
    await person.begin()
    await person.say("davor")
    await person.client.room_put_state(person.room, "m.room.encryption", ENCRYPTION["content"])
    invitation = {"membership": "invite", "is_direct": True}
    await person.client.room_put_state(person.room, "m.room.member", invitation, state_key=person.bot)
    await person.until(lambda: books.of(person.room))
    await person.until(lambda: person.bot_joined)
    await person.say("danach")
    await person.until(lambda: books.said(person.room))
    assert [type(one.incoming) for one in books.of(person.room)] == [Started, Said]
    assert books.said(person.room) == ["danach"]


async def test_odd_things_are_not_met_with_silence(make_desk: MakeDesk, make_someone: MakeSomeone) -> None:
    """Voice, pictures, stickers, polls, places, edits, replies, threads, malformed events (pitfalls 9, 19)."""
    books = Books()
    desk = await make_desk(books)
    person = await make_someone()
    await person.enter()
    first = await person.say("hallo")
    file = {"url": "mxc://lotse.test/x", "body": "bild.png"}
    for kind in ("m.image", "m.audio", "m.video", "m.file"):
        await person.send("m.room.message", {"msgtype": kind, **file})
    await person.send("m.room.message", {"msgtype": "m.location", "body": "hier", "geo_uri": "geo:1,2"})
    await person.send("m.sticker", {"body": "winkt", "url": "mxc://lotse.test/y", "info": {}})
    await person.send("org.matrix.msc3381.poll.start", {"org.matrix.msc3381.poll.start": {"question": {}}})
    await person.send("m.room.message", {"msgtype": "m.text", "body": 7})
    await person.send("m.room.message", {"msgtype": "de.unbekannt", "body": "?"})
    edit = {"rel_type": "m.replace", "event_id": first}
    await person.say("* hallo du", **{"m.new_content": {"msgtype": "m.text", "body": "hallo du"}, "m.relates_to": edit})
    await person.say(
        f"> <{person.bot}> Frage\n\nmeine Antwort", **{"m.relates_to": {"m.in_reply_to": {"event_id": first}}}
    )
    await person.send("m.room.message", {"msgtype": "m.notice", "body": "ich bin ein Programm"})
    await person.client.room_redact(person.room, first)
    await person.react(first, "❤️")
    await person.say("im Faden", **{"m.relates_to": {"rel_type": "m.thread", "event_id": first}})
    await person.until(lambda: "im Faden" in books.said(person.room))
    got = [one.incoming for one in books.of(person.room)]
    assert [one.what for one in got if isinstance(one, Unreadable)] == [
        "photo", "voice", "video", "file", "location", "sticker", "poll", "other", "other", "edit",
    ]  # fmt: skip
    assert books.said(person.room) == ["hallo", "meine Antwort", "im Faden"]
    assert isinstance(await desk.send(person.room, Send(text="auch im Faden")), Sent)
    answer = await person.hears("auch im Faden")
    assert answer.content["m.relates_to"]["event_id"] == first


async def test_what_cannot_be_decrypted_is_asked_for_once(
    make_desk: MakeDesk, make_someone: MakeSomeone, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is kept over a restart, and after a minute the person is asked to send it again (pitfall 12)."""
    monkeypatch.setattr(matrix_reading, "ASK_AGAIN_AFTER", 3.0)
    monkeypatch.setattr(matrix, "ASK_AGAIN_AFTER", 3.0)
    books = Books()
    desk = await make_desk(books)
    person = await make_someone()
    await person.enter()
    await person.until(lambda: books.of(person.room))
    sealed = {
        "algorithm": "m.megolm.v1.aes-sha2",
        "ciphertext": "AwgAEnACgAkLmt6qF84IK++J7UDH2Za1YVchHyprqTqsg",
        "device_id": "X",
        "sender_key": "xcIDNBZ3vEiCrqBEnyEmgJJoGFO2UqjeYPmb8kYFZVA",
        "session_id": "IkwqWxT2zy3DI1E/zM2Wq+CE8tr3eEpsxsVGjGrMPdw",
    }
    client = person.client
    for number in range(2):
        await wire.ask(client, "PUT", wire.path("rooms", person.room, "send", "m.room.encrypted", f"t{number}"), sealed)
    await asyncio.sleep(0.5)
    assert [type(one.incoming) for one in books.of(person.room)] == [Started]
    await desk.end()
    await make_desk(books)
    await person.until(lambda: len(books.of(person.room)) == 2)
    await asyncio.sleep(1.0)
    assert [one.incoming for one in books.of(person.room)][1:] == [Unreadable(what="undecryptable")]


async def test_a_message_in_clear_is_not_taken_in(make_desk: MakeDesk, make_someone: MakeSomeone) -> None:
    """An app that does not encrypt in an encrypted room: told so, encrypted; nothing is stored (pitfall 18)."""
    books = Books()
    await make_desk(books)
    person = await make_someone()
    await person.enter()
    await person.until(lambda: books.of(person.room))
    content = {"msgtype": "m.text", "body": "offen"}
    await wire.ask(person.client, "PUT", wire.path("rooms", person.room, "send", "m.room.message", "t1"), content)
    notice = await person.hears("Ihre Nachricht kam unverschlüsselt an")
    assert notice.encrypted
    assert books.said(person.room) == []


async def test_a_tap_on_a_digit_is_an_answer(make_desk: MakeDesk, make_someone: MakeSomeone) -> None:
    """A reaction with a digit presses that option, also after a restart; other reactions are just that."""
    books = Books()
    question = Send(text="Ja?", choices=(Choice("Ja"), Choice("Nein")), token="ab" * 12, expects="option")
    desk = await make_desk(books, answers=lambda one: [question] if isinstance(one.incoming, Started) else [])
    person = await make_someone()
    await person.enter()
    asked = await person.hears("Ja?")
    await person.react(asked.id, "2️⃣")
    await person.react(asked.id, "👍")
    await person.until(lambda: len(books.of(person.room)) == 2)
    await desk.end()
    await make_desk(books)
    await person.react(asked.id, "1️⃣")
    await person.until(lambda: len(books.of(person.room)) == 3)
    pressed = [one.incoming for one in books.of(person.room)][1:]
    assert pressed == [Pressed(token="ab" * 12, option=1), Pressed(token="ab" * 12, option=0)]


async def test_only_harmless_questions_get_digits(make_desk: MakeDesk, make_someone: MakeSomeone) -> None:
    """Reactions are not encrypted: none for what is confidential, none for what is typed, and only when set."""
    books = Books()
    desk = await make_desk(books, taps=True)
    person = await make_someone()
    await person.enter()
    await person.until(lambda: books.of(person.room))
    choices, token = (Choice("Ja"), Choice("Nein")), "ab" * 12
    secret = Send(text="Gefahr?", choices=choices, token=token, expects="option", confidential=True)
    typed = Send(text="Wann?", choices=choices, token=token, expects="when")
    plain = Send(text="Mehr?", choices=choices, token=token, expects="option")
    for send in (secret, typed, plain):
        assert isinstance(await desk.send(person.room, send), Sent)
    asked = (await person.hears("Mehr?")).id

    def reactions() -> list[tuple[str, str]]:
        found = [one.content["m.relates_to"] for one in person.seen if one.type == "m.reaction"]
        return [(one["event_id"], one["key"]) for one in found]

    await person.until(lambda: len(reactions()) == 2)
    await person.quiet()
    assert reactions() == [(asked, "1️⃣"), (asked, "2️⃣")]


async def test_the_person_sees_that_they_are_heard(
    make_desk: MakeDesk, make_someone: MakeSomeone, proxy: Proxy
) -> None:
    """A read receipt when it is safe; a sign of writing when the answer takes its time, which ends with it."""
    books = Books()
    desk = await make_desk(books, through=proxy.url)
    person = await make_someone()
    await person.enter()
    event = await person.say("hallo")
    await person.until(lambda: books.said(person.room))
    await person.until(lambda: proxy.count("/receipt/m.read/") == 1)
    await person.until(lambda: proxy.count("/typing/") == 1)
    assert any(event.strip("$") in path.replace("%24", "") for _, path in proxy.asked if "/receipt/" in path)
    assert isinstance(await desk.send(person.room, Send(text="da")), Sent)
    await person.until(lambda: proxy.count("/typing/") == 2)
    await person.say("schnell")
    await person.until(lambda: len(books.said(person.room)) == 2)
    question = Send(text="Was davon?", choices=(Choice("Dies"), Choice("Das")), token="ab" * 12, expects="options")
    asked = await desk.send(person.room, question)
    assert isinstance(asked, Sent)
    await asyncio.sleep(1.2)
    assert proxy.count("/typing/") == 2
    # A tick is answered by a change of the question alone.
    await person.react((await person.hears("Was davon?")).id, "1️⃣")
    await person.until(lambda: any(isinstance(one.incoming, Pressed) for one in books.of(person.room)))
    ticked = Settle(token=question.token, choices=(Choice("Dies", ticked=True), Choice("Das")))
    original = Original(asked.remote_id, question)
    assert isinstance(await desk.send(person.room, ticked, original=original), Sent)
    await asyncio.sleep(1.2)
    assert proxy.count("/typing/") == 2

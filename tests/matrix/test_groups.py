"""Rooms that are no direct chats: entered, heard for a few words only, told without content, left when nobody pairs."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import pytest

from bot.adapters.base import Arrival, Refused, Sent
from bot.flows.exchange import GroupLeft, GroupSaid, Incoming, Send, Started
from tests.matrix.desk import Books, Desk
from tests.matrix.person import Person

pytestmark = [pytest.mark.synapse, pytest.mark.slow]

MakeDesk = Callable[..., Awaitable[Desk]]
MakeSomeone = Callable[[], Awaitable[Person]]

CODE = "GRUPPE-ABCDE-FGHJK-23456-789AB"


def _came(books: Books, person: Person) -> list[Incoming]:
    return [one.incoming for one in books.of(person.room)]


def _answer(arrival: Arrival) -> Sequence[Send]:
    return [Send(text=f"gehört: {arrival.incoming.what}")] if isinstance(arrival.incoming, GroupSaid) else []


async def _room(person: Person, *others: Person, encrypted: bool = True, kind: str = "trusted_private_chat") -> None:
    """A room of several with the bot in it."""
    await person.open(direct=False, encrypted=encrypted, kind=kind)
    for other in others:
        await person.client.room_invite(person.room, other.user)
        await other.client.join(person.room)
        other.room = person.room
        await other.begin()
    await person.until(lambda: person.bot_joined)


@pytest.mark.parametrize("encrypted", [True, False], ids=["encrypted", "clear"])
async def test_a_few_words_and_nothing_else(make_desk: MakeDesk, make_someone: MakeSomeone, encrypted: bool) -> None:
    """Two members talk with each other; of that nothing is taken in. Their words for the bot are, and are answered."""
    books = Books()
    await make_desk(books, answers=_answer)
    person, other = await make_someone(), await make_someone()
    await _room(person, other, encrypted=encrypted)
    await person.hears("gehört: added")
    await person.say("Frau X wird bedroht, wer kann annehmen?")
    await other.say("Ich kann sie anrufen. Danke, hilfe kommt")
    await person.say(f"verbinden {CODE}")
    await person.hears("gehört: pair")
    await other.say("annehmen 4812 9037")
    await other.say("abmelden")
    await other.hears("gehört: part")
    assert _came(books, person) == [
        GroupSaid(what="added"), GroupSaid(what="pair", text=CODE), GroupSaid(what="act"), GroupSaid(what="part"),
    ]  # fmt: skip
    assert {one.encrypted for one in person.from_bot} == {encrypted}


async def test_a_room_of_two_is_a_room(make_desk: MakeDesk, make_someone: MakeSomeone) -> None:
    """Whoever invites into a room has not begun a private chat, though nobody else is there; also after a restart."""
    books = Books()
    desk = await make_desk(books, answers=_answer)
    person = await make_someone()
    await _room(person)
    await person.hears("gehört: added")
    await person.say("mein Geheimnis")
    await desk.end()
    await person.say("noch eines")
    desk = await make_desk(books, answers=_answer)
    await person.say("hilfe")
    await person.hears("gehört: help")
    assert _came(books, person) == [GroupSaid(what="added"), GroupSaid(what="help")]
    assert Started() not in _came(books, person)


async def test_a_public_room_is_known_as_one(make_desk: MakeDesk, make_someone: MakeSomeone) -> None:
    """From the first moment, or when it becomes one."""
    books = Books()
    await make_desk(books)
    person = await make_someone()
    await _room(person)
    await person.until(lambda: len(_came(books, person)) == 1)
    await person.client.room_put_state(person.room, "m.room.join_rules", {"join_rule": "public"})
    await person.until(lambda: _came(books, person)[1:] == [GroupSaid(what="added", public=True)])


async def test_being_put_out_and_going(make_desk: MakeDesk, make_someone: MakeSomeone) -> None:
    """Put out, or nobody left: told once. To forget a room is to leave it: what its members wrote stays theirs."""
    books = Books()
    desk = await make_desk(books, answers=_answer)
    first, second, third, friend = [await make_someone() for _ in range(4)]
    for one in (first, second):
        await _room(one, kind="private_chat")
        await one.hears("gehört: added")
    await _room(third, friend)
    await third.hears("gehört: added")
    await first.client.room_kick(first.room, first.bot)
    await first.until(lambda: GroupLeft() in _came(books, first))
    await second.client.room_leave(second.room)
    await second.until(lambda: GroupLeft() in _came(books, second))
    await friend.say("unser Gespräch")
    await third.until(lambda: any(one.body == "unser Gespräch" for one in third.seen))
    sent = third.from_bot[0].id
    assert await desk.matrix.forget(third.room, [sent]) == Sent()
    await third.until(lambda: _gone(third))
    assert any(one.body == "unser Gespräch" for one in third.seen)
    assert GroupLeft() not in _came(books, third)
    for one in (first, second, third):
        outcome = await desk.send(one.room, Send(text="noch da?"))
        for _ in range(40):
            if isinstance(outcome, Refused):
                break
            await asyncio.sleep(0.25)
            outcome = await desk.send(one.room, Send(text="noch da?"))
        assert isinstance(outcome, Refused)
        assert outcome.reason != "invalid"


def _gone(person: Person) -> bool:
    return any(
        one.type == "m.room.member"
        and one.source.get("state_key") == person.bot
        and one.content["membership"] == "leave"
        for one in person.seen
    )


async def test_a_direct_chat_does_not_become_a_group(make_desk: MakeDesk, make_someone: MakeSomeone) -> None:
    """Somebody else comes into a private chat: told, silent, and a code is not taken there."""
    books = Books()
    await make_desk(books)
    person, other = await make_someone(), await make_someone()
    await person.enter()
    await person.until(lambda: _came(books, person) == [Started()])
    await person.client.room_invite(person.room, other.user)
    await person.hears("Hier ist noch jemand im Raum")
    await person.say(f"verbinden {CODE}")
    await person.until(lambda: len([text for text in person.texts if "noch jemand" in text]) == 2)
    assert _came(books, person) == [Started()]

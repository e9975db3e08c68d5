"""Rooms: who may invite, and what happens where others can read along."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from bot.adapters.base import NotSent, Refused, Sent
from bot.flows.exchange import Said, Send, Started, Stopped
from tests.matrix.desk import Books, Desk
from tests.matrix.person import ENCRYPTION, Person

pytestmark = [pytest.mark.synapse, pytest.mark.slow]

MakeDesk = Callable[..., Awaitable[Desk]]
MakeSomeone = Callable[[], Awaitable[Person]]


def _kinds(books: Books, person: Person) -> list[type]:
    return [type(one.incoming) for one in books.of(person.room)]


async def _left(person: Person, bot: str) -> bool:
    members = await person.client.joined_members(person.room)
    return bot not in {member.user_id for member in members.members}


async def test_strangers_are_declined(make_desk: MakeDesk, make_someone: MakeSomeone) -> None:
    """Invitations of other servers than those allowed, into direct chats and into rooms."""
    books = Books()
    desk = await make_desk(books, servers=["elsewhere.example"])
    for direct in (True, False):
        stranger = await make_someone()
        await stranger.open(direct=direct)
        await stranger.until(lambda stranger=stranger: _declined(stranger))  # type: ignore[misc]
    await desk.end()
    assert books.inbox == {}


def _declined(person: Person) -> bool:
    return any(
        one.type == "m.room.member"
        and one.source.get("state_key") == person.bot
        and one.content["membership"] == "leave"
        for one in person.seen
    )


async def test_encryption_is_turned_on_where_we_may(make_desk: MakeDesk, make_someone: MakeSomeone) -> None:
    """A chat that somebody began without it: the Lotse turns it on, says so, and begins."""
    books = Books()
    await make_desk(books, answers=lambda one: [Send(text=f"gehört: {type(one.incoming).__name__}")])
    person = await make_someone()
    await person.open(encrypted=False)
    await person.hears("Ich habe die Verschlüsselung dieses Chats eingeschaltet")
    await person.hears("gehört: Started")
    assert all(one.encrypted for one in person.from_bot)
    await person.say("hallo")
    await person.hears("gehört: Said")
    assert _kinds(books, person) == [Started, Said]


async def test_without_encryption_nothing_personal(make_desk: MakeDesk, make_someone: MakeSomeone) -> None:
    """Where we may not turn it on: told so, in clear, with the emergency numbers; nothing is taken in or sent."""
    books = Books()
    desk = await make_desk(books)
    person = await make_someone()
    await person.open(encrypted=False, kind="private_chat")
    notice = await person.hears("Dieser Raum ist nicht verschlüsselt")
    assert "110" in notice.body
    assert notice.content["msgtype"] == "m.notice"
    await person.say("mein Geheimnis")
    await person.until(lambda: len(person.heard) == 2)
    assert books.of(person.room) == []
    assert isinstance(await desk.send(person.room, Send(text="persönlich")), NotSent)
    await person.client.room_put_state(person.room, "m.room.encryption", ENCRYPTION["content"])
    await person.until(lambda: _kinds(books, person) == [Started])


async def test_a_third_member_ends_the_privacy(make_desk: MakeDesk, make_someone: MakeSomeone) -> None:
    """Somebody else is invited: told once, silence, what waits to be sent waits; two again: it goes on."""
    books = Books()
    desk = await make_desk(books)
    person, other = await make_someone(), await make_someone()
    await person.enter()
    await person.until(lambda: _kinds(books, person) == [Started])
    await person.client.room_invite(person.room, other.user)
    await person.hears("Hier ist noch jemand im Raum")
    await person.say("vertraulich")
    await person.until(lambda: len([text for text in person.texts if "noch jemand" in text]) == 2)
    assert _kinds(books, person) == [Started]
    assert isinstance(await desk.send(person.room, Send(text="persönlich")), NotSent)
    await person.client.room_kick(person.room, other.user)
    await person.until(lambda: _kinds(books, person) == [Started, Started])
    assert isinstance(await desk.send(person.room, Send(text="persönlich")), Sent)
    await person.hears("persönlich")


async def test_urgent_help_comes_everywhere(make_desk: MakeDesk, make_someone: MakeSomeone) -> None:
    """What cannot wait is said where others read along, too: the numbers, and nothing of why."""
    books = Books()
    desk = await make_desk(books)
    open_room, group, other = await make_someone(), await make_someone(), await make_someone()
    await open_room.open(encrypted=False, kind="private_chat")
    await open_room.hears("Dieser Raum ist nicht verschlüsselt")
    await group.enter()
    await group.until(lambda: _kinds(books, group) == [Started])
    await group.client.room_invite(group.room, other.user)
    await group.hears("Hier ist noch jemand im Raum")
    for person in (open_room, group):
        before = len(person.heard)
        urgent = Send(text="Sie haben geschrieben, dass Sie nicht mehr können.", style="emergency", urgent=True)
        for bubble in range(3):
            assert isinstance(await desk.send(person.room, urgent, f"urgent {person.room} {bubble}"), Sent)
        await person.until(lambda person=person, before=before: len(person.heard) > before)  # type: ignore[misc]
        assert "110" in person.heard[-1].body
        assert "112" in person.heard[-1].body
        assert not any("nicht mehr" in text for text in person.texts)
        await person.quiet()
        assert len(person.heard) == before + 1
    assert group.heard[-1].encrypted


async def test_a_room_that_is_opened_to_all(make_desk: MakeDesk, make_someone: MakeSomeone) -> None:
    """Public: nothing personal from then on."""
    books = Books()
    desk = await make_desk(books)
    person = await make_someone()
    await person.enter()
    await person.client.room_put_state(person.room, "m.room.join_rules", {"join_rule": "public"})
    await person.hears("Diesen Raum können andere betreten")
    assert isinstance(await desk.send(person.room, Send(text="persönlich")), NotSent)


async def test_whoever_leaves_is_not_written_to(make_desk: MakeDesk, make_someone: MakeSomeone) -> None:
    """The person leaves: Stopped, the Lotse leaves too, and sending is refused for good."""
    books = Books()
    desk = await make_desk(books)
    person = await make_someone()
    await person.enter()
    await person.until(lambda: _kinds(books, person) == [Started])
    await person.client.room_leave(person.room)
    await person.until(lambda: _kinds(books, person) == [Started, Stopped])
    outcome = await desk.send(person.room, Send(text="noch da?"))
    for _ in range(20):
        if isinstance(outcome, Refused):
            break
        await asyncio.sleep(0.25)
        outcome = await desk.send(person.room, Send(text="noch da?"))
    assert outcome == Refused("gone")

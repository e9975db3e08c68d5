"""Receiving: everything that people write comes in once, however the process and the server come and go."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from bot.flows.exchange import Said, Send, Started
from tests.matrix.desk import Books, Desk
from tests.matrix.person import Person

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

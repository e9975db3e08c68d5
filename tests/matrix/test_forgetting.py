"""Forgetting: what of a chat can be taken back is taken back, ours always, theirs where we may."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from bot.adapters import matrix_wire as wire
from bot.adapters.base import Sent
from bot.flows.exchange import Choice, Send
from tests.matrix.desk import Books, Desk
from tests.matrix.person import Person
from tests.matrix.proxy import Proxy

pytestmark = [pytest.mark.synapse, pytest.mark.slow]

MakeDesk = Callable[..., Awaitable[Desk]]
MakeSomeone = Callable[[], Awaitable[Person]]


async def _left(person: Person) -> list[tuple[str, bool]]:
    """What Synapse still has of the messages and reactions of the room, oldest first: sender, and whether words."""
    where = wire.path("rooms", person.room, "messages", dir="f", limit="200")
    page = await wire.demand(person.client, "GET", where)
    return [
        (one["sender"], bool(one["content"]))
        for one in page["chunk"]
        if "state_key" not in one and one["type"] != "m.room.redaction"
    ]


@pytest.mark.parametrize(("kind", "theirs"), [("trusted_private_chat", True), ("private_chat", False)])
async def test_a_chat_is_taken_back(
    make_desk: MakeDesk, make_someone: MakeSomeone, proxy: Proxy, kind: str, theirs: bool
) -> None:
    """All up to what was said last, also when the network fails in the midst of it; what came later stays (17)."""
    books = Books()
    desk = await make_desk(books, through=proxy.url, taps=True)
    person = await make_someone()
    await person.open(kind=kind)
    await person.until(lambda: person.bot_joined)
    await person.until(lambda: books.of(person.room))
    sent = []
    question = Send(text="Ja?", choices=(Choice("Ja"), Choice("Nein")), token="ab" * 12, expects="option")
    for number in range(3):
        await person.say(f"Satz {number}")
        sent.append(await desk.send(person.room, Send(text=f"Antwort {number}") if number else question, f"a{number}"))
    await person.react((await person.hears("Ja?")).id, "1️⃣")
    await person.until(lambda: len(books.of(person.room)) == 5)
    assert isinstance(await desk.send(person.room, Send(text="bleibt"), "later"), Sent)
    remotes = [one.remote_id for one in sent if isinstance(one, Sent)]
    proxy.plan("swallow", "/redact/")
    proxy.plan("wait", "/redact/")
    outcomes = [await desk.matrix.forget(person.room, remotes) for _ in range(4)]
    assert isinstance(outcomes[-1], Sent)
    assert not isinstance(outcomes[0], Sent)
    left = await _left(person)
    ours = [words for sender, words in left if sender == person.bot]
    assert ours == [False] * (len(ours) - 1) + [True]
    assert {words for sender, words in left if sender == person.user} <= {not theirs, False}
    if not theirs:
        assert (person.user, True) in left

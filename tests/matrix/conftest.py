"""What the tests on Matrix share: an account for the bot, people, desks."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from bot.adapters.matrix_device import Access
from tests.matrix.desk import Books, Desk
from tests.matrix.person import Person, make_person
from tests.matrix.proxy import Proxy
from tests.synapse import SynapseServer

_names = itertools.count(1)


@pytest.fixture
def access(synapse: SynapseServer) -> Access:
    """A fresh account for the bot."""
    user, password = synapse.register(f"lotse{next(_names)}")
    return Access(homeserver=synapse.url, user=user, password=password)


@pytest.fixture
async def make_desk(access: Access, tmp_path: Path) -> AsyncIterator[Callable[..., Awaitable[Desk]]]:
    """Begins lives of the bot's adapter, all on the same folder; they end with the test.

    `through`: the address by which they reach the homeserver, its own by default.
    """
    desks: list[Desk] = []

    async def make(books: Books, through: str = "", **more: Any) -> Desk:  # noqa: ANN401 - settings of the desk
        reached = msgspec.structs.replace(access, homeserver=through or access.homeserver)
        desk = Desk(reached, tmp_path / "matrix", books, **more)
        desks.append(desk)
        await desk.begin()
        return desk

    yield make
    for desk in desks:
        await desk.end()


@pytest.fixture
async def make_someone(
    synapse: SynapseServer, access: Access, tmp_path: Path
) -> AsyncIterator[Callable[[], Awaitable[Person]]]:
    """Makes people with ordinary clients."""
    people: list[Person] = []

    async def make() -> Person:
        account = synapse.register()
        person = await make_person(synapse.url, account, tmp_path / account[0].replace(":", "_"), access.user)
        people.append(person)
        return person

    yield make
    for person in people:
        await person.close()


@pytest.fixture
async def proxy(synapse: SynapseServer) -> AsyncIterator[Proxy]:
    """A bad network before the homeserver."""
    async with Proxy(synapse.url) as proxy:
        yield proxy

"""Talks of the transcripts on Matrix: what the engine says is what a real client shows, whole and in order."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.adapters.matrix_device import Access
from tests.faults.stage import stage
from tests.matrix.nodeperson import demand_node, node_person
from tests.matrix.person import person_at
from tests.synapse import SynapseServer
from tests.transcripts.coverage import FOLDER
from tests.transcripts.phone import Engine
from tests.transcripts.room import Hand, NioHand, NodeHand, Room, differences, fits, on_matrix
from tests.transcripts.script import Talk, read_talks

pytestmark = pytest.mark.synapse

PLAIN = {"krise", "matrix"}
"""The files that are played in the plain ring; the rest is for the slow ones."""

WHOLE = ("demo_laeuft", "bedrohung", "shitstorm")
"""Of each of these a talk that goes from the first word to the last."""


def _talks() -> list[object]:
    found: list[object] = []
    for path in sorted(FOLDER.glob("*.yaml")):
        mark = pytest.mark.slow if path.stem in PLAIN else pytest.mark.faults
        found += [pytest.param(talk, id=talk.name, marks=mark) for talk in read_talks(path) if not fits(talk)]
    return found


def _whole(name: str) -> Talk:
    """The longest talk of a file."""
    return max((talk for talk in read_talks(FOLDER / f"{name}.yaml") if not fits(talk)), key=lambda talk: len(talk.own))


async def _hold(talk: Talk, folder: Path, access: Access, hand: Hand, *, whole: bool = False) -> None:
    talk = on_matrix(talk)
    engine = Engine(talk, stage())
    engine.play()
    assert engine.finished or not whole, "this talk does not come to the end of its playbook"
    room = Room(talk, stage(), folder, access, hand)
    await room.talk_through()
    assert differences(engine.said, room.seen) == []
    assert hand.unreadable == 0


def _account(synapse: SynapseServer) -> Access:
    user, password = synapse.register()
    return Access(homeserver=synapse.url, user=user, password=password)


@pytest.mark.parametrize("talk", _talks())
async def test_the_client_shows_what_the_engine_says(talk: Talk, synapse: SynapseServer, tmp_path: Path) -> None:
    """Through sync, inbox, engine, outbox, encryption and homeserver; the bot is ended and begun again half-way."""
    access = _account(synapse)
    async with person_at(synapse.url, synapse.register(), tmp_path / "person", access.user) as person:
        await _hold(talk, tmp_path, access, NioHand(person))


@pytest.mark.slow
@pytest.mark.parametrize("name", WHOLE)
async def test_a_whole_playbook_with_nio(name: str, synapse: SynapseServer, tmp_path: Path) -> None:
    """From the first word to the last, with an ordinary client."""
    access = _account(synapse)
    async with person_at(synapse.url, synapse.register(), tmp_path / "person", access.user) as person:
        await _hold(_whole(name), tmp_path, access, NioHand(person), whole=True)


@pytest.mark.slow
@pytest.mark.node
@pytest.mark.parametrize("name", WHOLE)
async def test_a_whole_playbook_with_a_strict_client(name: str, synapse: SynapseServer, tmp_path: Path) -> None:
    """The same with Element's engine, in the mode in which devices that nobody has signed do not exist."""
    demand_node()
    access = _account(synapse)
    async with node_person(synapse.url, synapse.register(), access.user, strict=True) as person:
        await _hold(_whole(name), tmp_path, access, NodeHand(person), whole=True)
        trust = await person.ask("trust")
        assert [one["signed"] for one in trust["devices"]] == [True]


def test_most_talks_can_be_held_on_matrix() -> None:
    """What cannot says why."""
    left_out = [talk.name for path in sorted(FOLDER.glob("*.yaml")) for talk in read_talks(path) if fits(talk)]
    assert len(left_out) <= 70, left_out

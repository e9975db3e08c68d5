"""The real adapter for Matrix under kills of the bot, Synapse, the session and the keys. Synapse is the witness."""

from __future__ import annotations

import asyncio
import dataclasses
import random
import shutil
import signal
import sqlite3
from pathlib import Path

import pytest

from tests.faults.databases import Databases
from tests.faults.matrix_post import MATRIX, MatrixPost
from tests.faults.post import BAD
from tests.faults.rig import Nursery, Rig
from tests.faults.run import ON_MATRIX_PEOPLE, Figures, Runner, background
from tests.faults.test_failpoints import AFTER_A_DEATH, FITTING, ON_THE_WAY
from tests.matrix.proxy import SENDS
from tests.synapse import SynapseServer

pytestmark = [pytest.mark.synapse, pytest.mark.timeout(300)]

IN_CI = 12
AT_LENGTH = 300

FIRST = {"i2_before", "i2_after", "t3_after", "d1_after", "d2_before", "d2_after", "d3_inside", "forget_after"}
"""Where it dies between Matrix and the books; the other failpoints are for the slow ring."""

ON_MATRIX = [name for name in ON_THE_WAY if name not in {"t3_failed", "c2_inside", "c2_after"}]
"""Talks with alarms name their place by a link, which Matrix has not; an alarm does not know its transport."""


def _rig(databases: Databases, nursery: Nursery, folder: Path, synapse: SynapseServer) -> Rig:
    return Rig(folder, nursery, databases.migrated(folder), accounts=((MATRIX, True),), synapse=synapse)


def _post(rig: Rig) -> MatrixPost:
    post = rig.posts[MATRIX]
    assert isinstance(post, MatrixPost)
    return post


@pytest.mark.parametrize(
    "failpoint", [pytest.param(name, marks=[] if name in FIRST else pytest.mark.slow) for name in ON_MATRIX]
)
async def test_dying_there_loses_nothing(
    sqlite_databases: Databases, nursery: Nursery, tmp_path: Path, synapse: SynapseServer, failpoint: str
) -> None:
    """Each failpoint with a talk that comes by it; the next life goes on with the same device."""
    talk = FITTING.get(failpoint, "talk")
    async with _rig(sqlite_databases, nursery, tmp_path, synapse) as rig:
        if failpoint in AFTER_A_DEATH:
            first = await rig.begin("t1_taken:1" if failpoint.startswith("t0") else "d2_before:1")
            rig.recite("burst", MATRIX, "c1")
            await asyncio.wait_for(first.ended.wait(), 60)
            rig.died()
        life = await rig.begin(f"{failpoint}:1")
        rig.recite(talk, MATRIX)
        async with background(rig.keep_alive()), background(rig.watch()):
            await rig.talked()
            await rig.rest()
        assert life.killed, "the talk does not come by the failpoint"
        assert rig.audit() == [], rig.journal()
        assert _post(rig).book.copies


async def test_killed_at_random(
    sqlite_databases: Databases, nursery: Nursery, tmp_path: Path, synapse: SynapseServer
) -> None:
    """A dozen times while people talk through a bad network: every message answered exactly once."""
    figures = Figures("sqlite", seed=random.randrange(10**6), transport=MATRIX)
    await Runner(nursery, tmp_path, sqlite_databases, figures, ((MATRIX, True),), 3, synapse=synapse).run(IN_CI)
    assert figures.findings == []
    assert figures.turns > IN_CI


@pytest.mark.slow
@pytest.mark.timeout(3600)
async def test_killed_at_random_for_long(
    sqlite_databases: Databases, nursery: Nursery, tmp_path: Path, synapse: SynapseServer
) -> None:
    """Three hundred times, Synapse as well every half minute."""
    figures = Figures("sqlite", seed=random.randrange(10**6), transport=MATRIX)
    runner = Runner(nursery, tmp_path, sqlite_databases, figures, ((MATRIX, True),), ON_MATRIX_PEOPLE, synapse=synapse)
    await runner.run(AT_LENGTH)
    assert figures.findings == []


async def test_synapse_dies_in_mid_send(
    sqlite_databases: Databases, nursery: Nursery, tmp_path: Path, synapse: SynapseServer
) -> None:
    """Killed with a message in its books whose answer is on its way, again and again: one event each."""
    async with _rig(sqlite_databases, nursery, tmp_path, synapse) as rig, background(rig.keep_alive()):
        rig.invite_walkers(2, pause=0.3)
        await rig.at_work(30, since=0.0)
        for _ in range(3):
            _post(rig).proxy.plan("hold", SENDS.pattern)
            await _post(rig).proxy.held()
            await asyncio.to_thread(synapse.kill)
            _post(rig).proxy.release()
            await asyncio.to_thread(synapse.begin)
            await asyncio.sleep(1.0)
        await rig.hush()
        await rig.rest(120)
        assert rig.audit() == [], rig.journal()


async def test_answers_that_are_swallowed(
    sqlite_databases: Databases, nursery: Nursery, tmp_path: Path, synapse: SynapseServer
) -> None:
    """Every third answer to a send is lost on the way: each message once all the same."""
    async with _rig(sqlite_databases, nursery, tmp_path, synapse) as rig, background(rig.keep_alive()):
        _post(rig).manners = dataclasses.replace(BAD, answer_lost=0.3)
        rig.recite("talk", MATRIX)
        rig.recite("burst", MATRIX, "c1")
        await rig.talked()
        _post(rig).manners = BAD
        await rig.rest(120)
        assert rig.audit() == [], rig.journal()
        assert _post(rig).proxy.count(SENDS.pattern) > len(_post(rig).book.copies)


async def test_a_hundred_and_fifty_while_down(
    sqlite_databases: Databases, nursery: Nursery, tmp_path: Path, synapse: SynapseServer
) -> None:
    """In one room while the bot is away: all are taken in, in order, and answered."""
    async with _rig(sqlite_databases, nursery, tmp_path, synapse) as rig:
        await rig.begin()
        rig.recite("talk", MATRIX)
        await rig.talked()
        await rig.rest()
        await rig.end(signal.SIGKILL)
        room = _post(rig).address(0)
        for number in range(150):
            _post(rig).write(room, {"t": "said", "text": f"Satz {number}" if number % 10 else "hilfe"})
        while any(not one.key for one in _post(rig).book.written):  # noqa: ASYNC110 - the clients send one by one
            await asyncio.sleep(0.1)
        await rig.begin()
        await rig.rest(180)
        assert rig.audit() == [], rig.journal()
        assert rig.auditor.totals.turns > 150


async def test_the_session_runs_out(
    sqlite_databases: Databases, nursery: Nursery, tmp_path: Path, synapse: SynapseServer
) -> None:
    """While people talk, twice: the same device logs in again, nobody notices."""
    async with _rig(sqlite_databases, nursery, tmp_path, synapse) as rig, background(rig.keep_alive()):
        rig.invite_walkers(2, pause=0.3)
        await rig.at_work(30, since=0.0)
        for _ in range(2):
            await asyncio.sleep(2.0)
            await asyncio.to_thread(synapse.stop)
            with sqlite3.connect(synapse.folder / "homeserver.db") as rows:
                rows.execute("UPDATE access_tokens SET valid_until_ms = 1 WHERE user_id = ?", (_post(rig).user,))
            await asyncio.to_thread(synapse.begin)
        await asyncio.sleep(3.0)
        await rig.hush()
        await rig.rest(120)
        assert rig.audit() == [], rig.journal()


async def test_the_keys_are_lost(
    sqlite_databases: Databases, nursery: Nursery, tmp_path: Path, synapse: SynapseServer
) -> None:
    """The folder is gone after a kill: a new device that its account has signed; the talks go on, each answer once."""
    async with _rig(sqlite_databases, nursery, tmp_path, synapse) as rig:
        await rig.begin()
        rig.recite("talk", MATRIX)
        await rig.talked()
        await rig.rest()
        await rig.end(signal.SIGKILL)
        shutil.rmtree(tmp_path / "matrix")
        await rig.begin()
        person = next(iter(_post(rig)._chats.values())).person
        await person.hears("Ich melde mich mit einem neuen Gerät", 60)
        rig.recite("burst", MATRIX)
        await rig.talked()
        await rig.rest()
        assert rig.audit() == [], rig.journal()
        assert len([text for text in person.texts if "neuen Gerät" in text]) == 1


async def test_the_judge_sees_through_lies(
    sqlite_databases: Databases, nursery: Nursery, tmp_path: Path, synapse: SynapseServer
) -> None:
    """A message that nobody could read, one under another id, one that came twice, one that never came."""
    async with _rig(sqlite_databases, nursery, tmp_path, synapse) as rig, background(rig.keep_alive()):
        rig.recite("talk", MATRIX)
        await rig.talked()
        await rig.rest()
        assert rig.audit() == [], rig.journal()
        post = _post(rig)
        copy = next(one for one in post.book.copies if "text" in one.body)

        def rules() -> set[str]:
            return {one.rule for one in rig.audit()}

        post._shown.discard(copy.remote)
        assert "missing-copy" in rules()
        post._shown.add(copy.remote)
        honest, copy.delivery = copy.delivery, "00000000-0000-0000-0000-000000000000"
        assert {"strange-copy", "missing-copy"} <= rules()
        copy.delivery = honest
        post.book.copies.append(dataclasses.replace(copy) if dataclasses.is_dataclass(copy) else copy)
        assert "double-copy" in rules()
        post.book.copies.pop()
        post.write(copy.chat, {"t": "said", "text": "nie angekommen"}).key = "$nie"
        assert rules()

"""Kills at random moments, and PostgreSQL's own."""

from __future__ import annotations

import asyncio
import random
import time
from pathlib import Path

import pytest

from tests.faults.databases import Databases, PostgresDatabases
from tests.faults.post import BAD
from tests.faults.rig import Nursery, Rig
from tests.faults.run import Figures, Runner, background
from tests.postgres import PostgresServer, find_programs

IN_CI = 60
AT_LENGTH = 1500


async def test_killed_at_random(databases: Databases, nursery: Nursery, tmp_path: Path) -> None:
    """Sixty times: nothing lost, doubled, out of order, or different when it is played again."""
    figures = Figures(databases.kind, seed=random.randrange(10**6))
    await Runner(nursery, tmp_path, databases, figures).run(IN_CI)
    assert figures.findings == []
    assert figures.turns > IN_CI


@pytest.mark.slow
@pytest.mark.timeout(1800)
async def test_killed_at_random_for_long(databases: Databases, nursery: Nursery, tmp_path: Path) -> None:
    """Fifteen hundred times."""
    figures = Figures(databases.kind, seed=random.randrange(10**6))
    await Runner(nursery, tmp_path, databases, figures).run(AT_LENGTH)
    assert figures.findings == []


@pytest.fixture
def own_server() -> PostgresServer:
    """A PostgreSQL that this test may kill, with its commits on the disk."""
    programs = find_programs()
    assert programs is not None
    return PostgresServer(programs)


async def _shake(rig: Rig, server: PostgresServer, times: int, shortest: float, longest: float) -> None:
    for turn in range(times):
        await asyncio.sleep(rig.dice.uniform(shortest, longest))
        await asyncio.to_thread(server.kill if turn % 2 else server.stop)
        await asyncio.to_thread(server.start)


@pytest.mark.postgres
async def test_postgresql_is_killed_under_it(nursery: Nursery, tmp_path: Path, own_server: PostgresServer) -> None:
    """Stopped and killed every second or two: no half turn, and the bot goes on by itself within ten seconds."""
    with own_server as server:
        address = PostgresDatabases(server).migrated(tmp_path)
        async with Rig(tmp_path, nursery, address, manners=BAD) as rig, background(rig.keep_alive()):
            rig.invite_walkers(10)
            await _shake(rig, server, 6, 0.8, 2.0)
            back = time.monotonic()
            await rig.at_work(10, since=back)
            await rig.hush()
            await rig.rest()
            assert rig.audit() == [], rig.journal()


@pytest.mark.slow
@pytest.mark.postgres
@pytest.mark.timeout(900)
async def test_postgresql_restarts_for_long(nursery: Nursery, tmp_path: Path, own_server: PostgresServer) -> None:
    """Every 5 to 20 s for some minutes, while the bot is killed as well."""
    with own_server as server:
        address = PostgresDatabases(server).migrated(tmp_path)
        async with Rig(tmp_path, nursery, address, manners=BAD) as rig, background(rig.keep_alive()):
            rig.invite_walkers(14)

            async def kill() -> None:
                while True:
                    await asyncio.sleep(rig.dice.uniform(1, 6))
                    await rig.kill()

            async with background(kill()):
                await _shake(rig, server, 25, 5, 20)
            await rig.hush()
            await rig.rest()
            assert rig.audit() == [], rig.journal()

"""Two replicas on one PostgreSQL: they never hold one conversation, and either may die or be stopped."""

from __future__ import annotations

import asyncio
import signal
from pathlib import Path

import pytest

from tests.faults.databases import Databases
from tests.faults.post import BAD
from tests.faults.rig import Nursery, Rig
from tests.faults.run import background

pytestmark = pytest.mark.postgres


async def test_two_workers_never_hold_one_conversation(
    postgres_databases: Databases, nursery: Nursery, tmp_path: Path
) -> None:
    """Both live, one then the other is killed, and in the end every book agrees: no turn twice, no order broken."""
    rig = Rig(tmp_path, nursery, postgres_databases.migrated(tmp_path), manners=BAD)
    async with rig, background(rig.keep_alive(2)):
        rig.invite_walkers(12)
        for _ in range(12):
            await asyncio.sleep(rig.dice.uniform(0.2, 0.6))
            await rig.kill()
        await rig.hush()
        await rig.rest()
        assert rig.audit() == [], rig.journal()


async def test_a_stopped_holder_that_wakes_up_commits_nothing(
    postgres_databases: Databases, nursery: Nursery, tmp_path: Path
) -> None:
    """SIGSTOP past the lease, another takes over, SIGCONT: the term has moved on."""
    async with Rig(tmp_path, nursery, postgres_databases.migrated(tmp_path)) as rig:
        zombie = await rig.begin()
        rig.invite_walkers(6)
        await asyncio.sleep(1)
        rig.nursery.ask({"pid": zombie.pid, "signal": int(signal.SIGSTOP)})
        await rig.begin()
        await asyncio.sleep(17)
        rig.nursery.ask({"pid": zombie.pid, "signal": int(signal.SIGCONT)})
        await asyncio.sleep(3)
        await rig.hush()
        await rig.rest()
        assert rig.audit() == [], rig.journal()

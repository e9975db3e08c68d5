"""People who move between two transports, with their cases, while the bot is killed; the books and the chats agree."""

from __future__ import annotations

import asyncio
import random
import signal
from pathlib import Path

import pytest

from tests.faults.databases import Databases
from tests.faults.rig import Nursery, Rig
from tests.faults.run import Figures, Runner

IN_CI, MOST = 40, 160


async def test_an_honest_run_has_no_finding(databases: Databases, nursery: Nursery, tmp_path: Path) -> None:
    """Nobody is killed; conversations have moved, and cases with them."""
    async with Rig(tmp_path, nursery, database=databases.migrated(tmp_path), seed=random.randrange(10**6)) as rig:
        rig.invite_town_hall(2, 1)
        rig.invite_movers(4)
        await rig.begin()
        await asyncio.sleep(20)
        await rig.hush()
        await rig.rest()
        assert await asyncio.to_thread(rig.audit) == []
        assert rig.auditor.totals.moves > 1
        await rig.end(signal.SIGTERM)


@pytest.mark.timeout(600)
async def test_killed_in_the_midst_of_moving(databases: Databases, nursery: Nursery, tmp_path: Path) -> None:
    """Forty times, and on until somebody has moved: in one chat, with everything, once.

    On PostgreSQL they seldom leave time for a whole move; there `tests/work/test_kills` kills in the midst of one.
    """
    figures = Figures(databases.kind, seed=random.randrange(10**6))
    runner = Runner(nursery, tmp_path, databases, figures, people=1, desks=2, movers=6)
    for kills in range(IN_CI, MOST + 1, IN_CI):
        await runner.run(kills)
        if figures.moves or figures.findings or databases.kind != "sqlite":
            break
    assert figures.findings == []
    assert figures.moves > 0 or databases.kind != "sqlite"

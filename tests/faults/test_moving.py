"""People who move between two transports, with their cases, while the bot is killed; the books and the chats agree."""

from __future__ import annotations

import asyncio
import random
import signal
from pathlib import Path

from tests.faults.databases import Databases
from tests.faults.rig import Nursery, Rig
from tests.faults.run import Figures, Runner

IN_CI = 40


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


async def test_killed_in_the_midst_of_moving(databases: Databases, nursery: Nursery, tmp_path: Path) -> None:
    """Forty times: in one chat, with everything, once."""
    figures = Figures(databases.kind, seed=random.randrange(10**6))
    await Runner(nursery, tmp_path, databases, figures, people=2, desks=2, movers=4).run(IN_CI)
    assert figures.findings == []
    assert figures.moves > 0

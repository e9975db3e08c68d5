"""People who block the bot or leave while it answers: never silently lost, and nobody else waits for them."""

from __future__ import annotations

import asyncio
from pathlib import Path

from tests.faults.databases import Databases
from tests.faults.records import REFUSED
from tests.faults.rig import Nursery, Rig
from tests.faults.run import background


async def test_refused_in_the_midst_of_talking(databases: Databases, nursery: Nursery, tmp_path: Path) -> None:
    """What they refuse is marked so, a human is alerted; a kill in between changes nothing."""
    async with Rig(tmp_path, nursery, databases.migrated(tmp_path)) as rig, background(rig.keep_alive()):
        rig.invite_walkers(6, forgets=False)
        await rig.at_work(10, since=0)
        await asyncio.sleep(0.5)
        for post in rig.posts.values():
            post.book.refusing.update(("c0", "c1"))
        await asyncio.sleep(0.5)
        await rig.kill()
        await asyncio.sleep(1)
        await rig.hush()
        await rig.rest()
        assert rig.audit() == [], rig.journal()
        records = rig.auditor.records
        gone = {one.conversation for one in records.deliveries if one.state == REFUSED}
        assert {records.chats[number].address for number in gone} <= {"c0", "c1"}
        assert gone
        assert all(("refused", number) in records.alerts for number in gone)

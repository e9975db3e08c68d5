"""Away for longer than a transport remembers a press: the open question is asked once more, and nobody is stuck."""

from __future__ import annotations

import asyncio
import datetime as dt
import signal
from pathlib import Path

import pytest

from tests.faults.databases import Databases
from tests.faults.people import Listener
from tests.faults.rig import Nursery, Rig

UNDONE = 15
"""So many that new messages come in before all of these are done, one by one."""


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL], ids=["clean", "unclean"])
async def test_back_after_ten_minutes(
    databases: Databases, nursery: Nursery, tmp_path: Path, how: signal.Signals
) -> None:
    """After an unclean end, what was written meanwhile is taken one by one, behind the question that is asked again."""
    accounts = (("telegramlike", False),)
    async with Rig(tmp_path, nursery, databases.migrated(tmp_path), accounts=accounts, speed=1) as rig:
        person = Listener("c0", rig.writes_to("telegramlike"))
        rig.people["telegramlike", "c0"] = person
        await rig.begin()
        person.say("bei mir vorm haus ist ne demo angemeldet")
        await rig.rest()
        question = person.question
        assert question is not None
        await rig.end(how)
        rig.clock.jump(dt.timedelta(minutes=10))
        person.do({"t": "pressed", "token": question["token"], "option": 2})
        person.say("hilfe")
        await rig.begin()
        await rig.rest(20)
        assert rig.audit() == [], rig.journal()
        asked = [row for row in rig.auditor.records.inbox if row.plain and b'"resumed"' in row.plain]
        assert len(asked) == 1


async def test_nobody_is_stuck_behind_it(databases: Databases, nursery: Nursery, tmp_path: Path) -> None:
    """What was undone at the death, the question that is asked again, what came in since: all of it is answered."""
    accounts = (("telegramlike", False),)
    async with Rig(tmp_path, nursery, databases.migrated(tmp_path), accounts=accounts, speed=1) as rig:
        person = Listener("c0", rig.writes_to("telegramlike"))
        rig.people["telegramlike", "c0"] = person
        first = await rig.begin()
        person.say("bei mir vorm haus ist ne demo angemeldet")
        await rig.rest()
        await rig.strike(first, signal.SIGTERM)
        for _ in range(UNDONE):
            person.say("hilfe")
        second = await rig.begin("i2_after:1")
        await asyncio.wait_for(second.ended.wait(), 20)
        rig.clock.jump(dt.timedelta(minutes=10))
        person.say("ich will nicht mehr leben")
        person.say("hilfe")
        await rig.begin()
        await rig.rest(20)
        assert rig.audit() == [], rig.journal()

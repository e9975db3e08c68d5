"""Clocks that are set forward and back, and the two nights in which local time jumps."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.faults.databases import Databases
from tests.faults.rig import Nursery, Rig
from tests.faults.run import background
from tests.faults.scripts import with_timers

HOUR = dt.timedelta(hours=1)

NIGHTS = {
    "winter ends": dt.datetime(2027, 3, 27, 10, 0, tzinfo=dt.UTC),
    "summer ends": dt.datetime(2027, 10, 30, 10, 0, tzinfo=dt.UTC),
    "year ends": dt.datetime(2027, 12, 31, 10, 0, tzinfo=dt.UTC),
}


@pytest.mark.parametrize("night", NIGHTS)
async def test_alarms_over_the_night(databases: Databases, nursery: Nursery, tmp_path: Path, night: str) -> None:
    """What was agreed before the night comes once after it, not a second early, and survives a kill in between."""
    begin = NIGHTS[night]
    rig = Rig(tmp_path, nursery, databases.migrated(tmp_path), begins=begin, accounts=(("matrixlike", True),))
    async with rig, background(rig.keep_alive()):
        for number, talk in enumerate(with_timers()[:3]):
            rig.recite(talk, chat=f"c{number}")
            await rig.talked()
            await rig.kill()
        await rig.rest()
        assert rig.audit() == [], rig.journal()
        fired = [row for row in rig.auditor.records.inbox if row.plain and b'"timer"' in row.plain]
        assert fired


@pytest.mark.parametrize("by", [HOUR, -HOUR], ids=["forward", "back"])
async def test_the_clock_is_set(databases: Databases, nursery: Nursery, tmp_path: Path, by: dt.timedelta) -> None:
    """By an hour, while people talk and alarms wait; and back again."""
    async with Rig(tmp_path, nursery, databases.migrated(tmp_path)) as rig, background(rig.keep_alive()):
        rig.recite(with_timers()[0])
        rig.invite_walkers(6)
        for step in (by, -by, by):
            await rig.at_work(10, since=0)
            rig.clock.jump(step)
            await rig.kill()
        await rig.hush()
        rig.clock.jump(2 * HOUR)  # what is to be tried again was dated by the clock as it stood
        await rig.rest()
        assert rig.audit() == [], rig.journal()
        rig.clock.jump(dt.timedelta(days=2))
        await rig.rest()
        assert rig.audit() == [], rig.journal()

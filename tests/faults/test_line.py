"""Killed while messages stand in line for Telegram's pace: none of them has been on the wire, so each is sent once.

The real adapter against the emulator, which answers everything here: what nobody is in doubt about must not be doubled.
"""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections import Counter
from pathlib import Path

import pytest

from tests.faults.databases import Databases
from tests.faults.rig import Nursery, Rig
from tests.faults.run import background
from tests.faults.telegram_post import TELEGRAM

PEOPLE = 8
"""So many who write whenever they are answered: more than a chat takes in a second, each."""


def _rig(databases: Databases, nursery: Nursery, folder: Path) -> Rig:
    return Rig(folder, nursery, databases.migrated(folder), accounts=((TELEGRAM, False),))


async def _end(rig: Rig) -> None:
    async with background(rig.keep_alive()):
        await asyncio.sleep(1)
        await rig.hush()
        await rig.rest()


def _judge(rig: Rig) -> None:
    """Nothing lost, nothing given up, and nothing twice."""
    assert rig.audit() == [], rig.journal()
    assert rig.auditor.totals.repeats == rig.auditor.totals.uncertain == 0
    assert rig.auditor.totals.deliveries > 20


@pytest.mark.parametrize("failpoint", ["d1_before:1", "d1_inside:1"])
async def test_dying_before_the_claim(databases: Databases, nursery: Nursery, tmp_path: Path, failpoint: str) -> None:
    """The first one's turn has come, and the claim is not committed."""
    async with _rig(databases, nursery, tmp_path) as rig:
        life = await rig.begin(failpoint)
        rig.invite_walkers(PEOPLE, forgets=False)
        await asyncio.wait_for(life.ended.wait(), 30)
        assert life.killed
        await _end(rig)
        _judge(rig)


async def test_killed_while_they_wait(sqlite_databases: Databases, nursery: Nursery, tmp_path: Path) -> None:
    """Three times in a row, with messages due in line and none on the wire: they stay due, untried, and go out once."""
    async with _rig(sqlite_databases, nursery, tmp_path) as rig:
        await rig.begin()
        rig.invite_walkers(PEOPLE, forgets=False)
        found: Counter[tuple[int, int]] = Counter()
        for _ in range(3):
            found += await _wait_for_a_line(rig)
            await rig.kill()
            await rig.begin()
        await _end(rig)
        _judge(rig)
    assert found[0, 0] >= 3
    assert rig.kills == 3


async def _wait_for_a_line(rig: Rig) -> Counter[tuple[int, int]]:
    """Until a moment in which something waits and nothing is being sent; how many open ones stand how."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        await asyncio.sleep(0.05)
        with sqlite3.connect(f"file:{rig.folder / 'lotse.db'}?mode=ro", uri=True, timeout=5) as connection:
            rows = connection.execute("select state, attempt, count(*) from delivery where state < 2 group by 1, 2")
            found = Counter({(state, attempt): count for state, attempt, count in rows})
        if found[0, 0] and not any(state == 1 for state, _ in found):
            return found
    message = "nothing ever waited"
    raise AssertionError(message)

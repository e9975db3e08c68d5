"""Every failpoint that a running service can pass: it dies there, another life goes on, and the books agree."""

from __future__ import annotations

import asyncio
import datetime as dt
import signal
import zlib
from pathlib import Path
from typing import Final

import pytest

from bot.failpoints import NAMES
from tests.faults.databases import Databases
from tests.faults.poison import RAISES
from tests.faults.rig import Nursery, Rig
from tests.faults.run import background
from tests.faults.scripts import MADE, talks, with_timers

OTHERS: Final = {
    *("rotate_inside", "rotate_after", "migrate_inside", "retention_inside"),
    *("look_inside", "letter_inside", "letter_after", "move_inside", "d1_before"),
}
"""Not on the way of a message: the last two tests here see to migrations and retention, `tests/work` to rotation, to
cases with two sides and to moves; `test_line` to the line that only a transport with a pace has."""

ON_THE_WAY: Final = [name for name in NAMES if name not in OTHERS]

FITTING: Final = {
    "t1_taken": "burst",
    "d1_inside": "burst",
    "t3_failed": "poison",
    "c2_inside": "timers",
    "c2_after": "timers",
    "forget_inside": "forget",
    "forget_after": "forget",
}
"""The talk that comes by a failpoint; "talk" does for the others."""

AFTER_A_DEATH: Final = {"t0_inside", "t0_after", "rescue_inside", "rescue_after"}
"""Passed only by a life that comes after an unclean end."""

WHILE_SENDING: Final = {"d1_inside", "d1_after", "d2_before", "d2_after", "d3_inside", "d3_after", "rescue_inside"}
"""Where it makes a difference whether a delivery that is sent twice shows once."""


async def _die(rig: Rig, failpoint: str, nth: int, talk: str) -> bool:
    """One person talks, the first life ends at the failpoint, others go on; whether it ended there."""
    account = rig.accounts[0][0]
    if failpoint in AFTER_A_DEATH:
        first = await rig.begin("t1_taken:1" if failpoint.startswith("t0") else "d2_before:1")
        rig.recite("burst", account, "c1")
        await asyncio.wait_for(first.ended.wait(), 30)
        rig.died()
    life = await rig.begin(f"{failpoint}:{nth}")
    rig.recite(talk, account)
    async with background(rig.keep_alive()), background(rig.watch()):
        await rig.talked()
        await rig.rest()
    if life.killed:
        rig.died()
    return life.killed


def _rig(databases: Databases, nursery: Nursery, folder: Path, talk: str, *, idempotent: bool = True) -> Rig:
    accounts = (("matrixlike", True),) if idempotent else (("telegramlike", False),)
    poisoned = talk == "poison"
    return Rig(
        folder, nursery, databases.migrated(folder), accounts=accounts, engine="poisoned" if poisoned else "",
        poison=frozenset({RAISES}) if poisoned else frozenset(),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("failpoint", "idempotent"),
    [*((name, True) for name in ON_THE_WAY), *((name, False) for name in ON_THE_WAY if name in WHILE_SENDING)],
)
async def test_dying_there_loses_nothing(
    databases: Databases, nursery: Nursery, tmp_path: Path, failpoint: str, idempotent: bool
) -> None:
    """Each failpoint with a talk that comes by it."""
    talk = FITTING.get(failpoint, "talk")
    name = with_timers()[0] if talk == "timers" else talk
    async with _rig(databases, nursery, tmp_path, talk, idempotent=idempotent) as rig:
        assert await _die(rig, failpoint, 1, name), "the talk does not come by the failpoint"
        assert rig.audit() == [], rig.journal()


@pytest.mark.slow
@pytest.mark.parametrize("talk", [*MADE, *talks()])
@pytest.mark.parametrize("failpoint", ON_THE_WAY)
async def test_the_whole_product(
    databases: Databases, nursery: Nursery, tmp_path: Path, failpoint: str, talk: str
) -> None:
    """Every failpoint with every talk, at one of its first passes.

    Where the talk does not come by so often nothing has died, and all is well too.
    """
    nth = 1 + zlib.crc32(f"{failpoint} {talk}".encode()) % 4
    async with _rig(databases, nursery, tmp_path, talk) as rig:
        await _die(rig, failpoint, nth, talk)
        assert rig.audit() == [], rig.journal()


async def test_dying_in_a_migration(databases: Databases, nursery: Nursery, tmp_path: Path) -> None:
    """The next start finds tables as if it had not begun, makes them, and works."""
    async with Rig(tmp_path, nursery, databases.bare(tmp_path)) as rig:
        for _ in range(2):
            life = await rig.begin("migrate_inside:1")
            await asyncio.wait_for(life.ended.wait(), 30)
            assert life.killed
        await rig.begin()
        rig.recite("talk")
        await rig.talked()
        await rig.rest()
        assert rig.audit() == [], rig.journal()


async def test_dying_while_forgetting_what_is_old(databases: Databases, nursery: Nursery, tmp_path: Path) -> None:
    """Bodies that are due to go, go; what is not due stays, and everything goes on."""
    async with Rig(tmp_path, nursery, databases.migrated(tmp_path), sweep_seconds=0.01) as rig:
        await rig.begin()
        rig.recite("talk")
        await rig.talked()
        await rig.rest()
        assert rig.audit() == []
        await rig.end(signal.SIGTERM)
        rig.clock.jump(dt.timedelta(hours=60))
        for _ in range(2):
            life = await rig.begin("retention_inside:1")
            await asyncio.wait_for(life.ended.wait(), 30)
            assert life.killed
        await rig.begin()
        rig.recite("talk", chat="c1")
        await rig.talked()
        await rig.rest()
        while rig.auditor.totals.turns >= 20:
            await asyncio.sleep(0.1)
            assert rig.audit() == [], rig.journal()

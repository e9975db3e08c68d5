"""Disks that are full or read-only, and a database that another process holds: wait, say so, go on by oneself."""

from __future__ import annotations

import asyncio
import contextlib
import resource
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.databases import Databases
from tests.faults.life import TRY_AGAIN
from tests.faults.people import Listener
from tests.faults.rig import Life, Nursery, Rig
from tests.faults.run import background

ONE = (("matrixlike", True),)
STATIC_AFTER = 2.0
"""Seconds after which somebody who writes is given the emergency text while nothing can be written."""


async def _talk_before(rig: Rig) -> None:
    rig.recite("talk")
    await rig.talked()
    await rig.rest()


async def _write_in_vain(rig: Rig, seconds: float) -> None:
    """Nothing is acknowledged while it lasts, and who writes is told where help is."""
    post = rig.posts["matrixlike"]
    known, copies = post.book.acknowledged, len(post.book.copies)
    listener = Listener("c7", rig.writes_to("matrixlike"))
    rig.people["matrixlike", "c7"] = listener
    listener.say("hallo")
    await asyncio.sleep(max(seconds, STATIC_AFTER + 1.5))
    assert post.book.acknowledged == known, "acknowledged what it could not write"
    assert len(post.book.copies) > copies, "nobody was told"
    assert len(rig.lives) == 1, "the bot gave up"


async def _goes_on(rig: Rig) -> None:
    rig.recite("burst", chat="c9")
    await rig.talked()
    await rig.rest()
    assert rig.audit() == [], rig.journal()
    assert rig.auditor.totals.static > 0


def _limit_files(life: Life, most: int) -> None:
    _, hard = resource.prlimit(life.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(life.pid, resource.RLIMIT_FSIZE, (most, hard))


async def test_a_file_that_may_not_grow(sqlite_databases: Databases, nursery: Nursery, tmp_path: Path) -> None:
    """As a full disk or quota, without being root: what is written fails in the midst, later it works again."""
    async with Rig(tmp_path, nursery, sqlite_databases.migrated(tmp_path), accounts=ONE) as rig:
        life = await rig.begin()
        await _talk_before(rig)
        _limit_files(life, 4096)
        await _write_in_vain(rig, 4)
        _limit_files(life, resource.RLIM_INFINITY)
        await _goes_on(rig)


async def test_killed_on_a_full_disk(sqlite_databases: Databases, nursery: Nursery, tmp_path: Path) -> None:
    """What was half written is not there after the restart."""
    async with Rig(tmp_path, nursery, sqlite_databases.migrated(tmp_path), accounts=ONE) as rig:
        life = await rig.begin()
        await _talk_before(rig)
        _limit_files(life, (tmp_path / "lotse.db-wal").stat().st_size + 5000)
        rig.recite("talk", chat="c3")
        await asyncio.sleep(1.5)
        await rig.kill()
        await rig.begin()
        await rig.talked()
        await rig.rest()
        assert rig.audit() == [], rig.journal()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own, of 3 MiB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "none", folder], check=False, capture_output=True)
    if made.returncode:
        pytest.skip("this account may not mount a file system")
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)


async def _remount(folder: Path, how: str) -> None:
    process = await asyncio.create_subprocess_exec("mount", "-o", f"remount,{how}", folder)
    assert await process.wait() == 0


async def test_a_full_disk(sqlite_databases: Databases, nursery: Nursery, small_disk: Path, tmp_path: Path) -> None:
    """Filled to the last byte, then freed again."""
    address = sqlite_databases.migrated(small_disk)
    async with Rig(tmp_path / "rig", nursery, address, accounts=ONE) as rig:
        await rig.begin()
        await _talk_before(rig)
        filler = small_disk / "filler"
        with contextlib.suppress(OSError), filler.open("wb", buffering=0) as file:
            while True:
                file.write(b"\0" * 512)
        await _write_in_vain(rig, 4)
        filler.unlink()
        await _goes_on(rig)


async def test_a_read_only_disk(
    sqlite_databases: Databases, nursery: Nursery, small_disk: Path, tmp_path: Path
) -> None:
    """As a kernel makes it after an error of the disk: no start succeeds, until one does."""
    address = sqlite_databases.migrated(small_disk)
    async with Rig(tmp_path / "rig", nursery, address, accounts=ONE) as rig:
        await rig.begin()
        await _talk_before(rig)
        await rig.end()
        await _remount(small_disk, "ro")
        post = rig.posts["matrixlike"]
        known = post.book.acknowledged
        async with background(rig.keep_alive()):
            post.write("c7", {"t": "said", "text": "hallo"})
            await asyncio.sleep(2)
            assert post.book.acknowledged == known
            await _remount(small_disk, "rw")
            rig.recite("burst", chat="c9")
            await rig.talked()
            await rig.rest()
        assert rig.audit() == [], rig.journal()
        assert set(rig.codes) <= {0, TRY_AGAIN}, rig.journal()


@pytest.mark.parametrize("seconds", [8, pytest.param(30, marks=pytest.mark.slow)])
async def test_locked_by_another_process(
    sqlite_databases: Databases, nursery: Nursery, tmp_path: Path, seconds: int
) -> None:
    """Longer than SQLite itself waits."""
    async with Rig(tmp_path, nursery, sqlite_databases.migrated(tmp_path), accounts=ONE) as rig:
        await rig.begin()
        await _talk_before(rig)
        with contextlib.closing(sqlite3.connect(tmp_path / "lotse.db", isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            await _write_in_vain(rig, seconds)
            other.execute("ROLLBACK")
        await _goes_on(rig)

"""Cases through kills, and the judge of cases judged: every lie about an act, a letter or a holder is caught."""

from __future__ import annotations

import asyncio
import contextlib
import random
import shutil
import signal
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.keys import KeyRing
from tests.faults.databases import Databases
from tests.faults.post import GOOD
from tests.faults.records import Records
from tests.faults.rig import Nursery, Rig
from tests.faults.run import Figures, Runner
from tests.faults.test_auditor import Scene

IN_CI = 40


async def test_killed_in_the_midst_of_cases(databases: Databases, nursery: Nursery, tmp_path: Path) -> None:
    """Forty times, while people open cases and coordinators do with them what they like: each act and letter once."""
    figures = Figures(databases.kind, seed=random.randrange(10**6))
    await Runner(nursery, tmp_path, databases, figures, people=6, desks=3).run(IN_CI)
    assert figures.findings == []
    assert figures.letters > 0


async def _record(folder: Path, nursery: Nursery) -> None:
    async with Rig(folder, nursery, seed=5, manners=GOOD) as rig:
        rig.invite_town_hall(3, 4)
        await rig.begin()
        for _ in range(20):
            await asyncio.sleep(3)
            if len(_acts(folder)) > 20:
                break
        await rig.hush()
        await rig.rest()
        await rig.end(signal.SIGTERM)
        for name, post in rig.posts.items():
            post.book.save(folder / f"{name}.book")


def _acts(folder: Path) -> list[tuple[str, ...]]:
    with contextlib.closing(sqlite3.connect(folder / "lotse.db")) as database:
        return database.execute("select act from case_audit where act in ('accept', 'answer', 'note')").fetchall()


@pytest.fixture(scope="module")
def honest(tmp_path_factory: pytest.TempPathFactory, nursery: Nursery) -> Path:
    """A run with cases in which nothing went wrong."""
    folder = tmp_path_factory.mktemp("cases")
    asyncio.run(_record(folder, nursery))
    return folder


@pytest.fixture
def scene(honest: Path, tmp_path: Path) -> Iterator[Scene]:
    """A copy of it to tamper with."""
    from tests.faults.book import Book

    for name in ("lotse.db", "keys", "matrixlike.book", "telegramlike.book"):
        shutil.copy(honest / name, tmp_path / name)
    books = [Book.read(tmp_path / f"{name}.book") for name in ("matrixlike", "telegramlike")]
    ring = KeyRing.open(tmp_path / "keys", create=False)
    with contextlib.closing(sqlite3.connect(tmp_path / "lotse.db")) as database:
        yield Scene(tmp_path, books, Records.read(f"sqlite:///{tmp_path / 'lotse.db'}", ring), database, ring)


def test_an_honest_run_has_no_finding(scene: Scene) -> None:
    """And there was something to look at."""
    assert scene.rules() == set()
    assert len(_acts(scene.folder)) > 5


_ACCEPTED = "act = 'accept' and rowid = (select max(rowid) from case_audit where act = 'accept')"


def _forget_an_act(scene: Scene) -> None:
    scene.run(f"delete from case_audit where {_ACCEPTED}")  # noqa: S608 - our own words


def _accept_twice(scene: Scene) -> None:
    scene.copy("case_audit", _ACCEPTED, id=b"x" * 16, place="place + 1000")
    scene.run("update case_audit set place = place + 1 where id != ? and place < 0 or id = ?", b"y", b"x" * 16)


def _change_the_state(scene: Scene) -> None:
    scene.run("update case_care set state = 'abgeschlossen', holder = null where state = 'angenommen'")


def _hold_without_accepting(scene: Scene) -> None:
    scene.run(
        "update case_care set holder = (select conversation from coordinator limit 1) where record = "
        "(select record from case_care where holder is null limit 1)"
    )


def _leave_a_letter(scene: Scene) -> None:
    scene.run(
        "insert into letter (conversation, event, due, body) "
        "select conversation, randomblob(32), 0, zeroblob(300) from coordinator limit 1"
    )


def _look_away(scene: Scene) -> None:
    scene.run("update case_care set look = 1 where record = (select min(record) from case_care)")


@pytest.mark.parametrize(
    ("lie", "rules"),
    [
        (_forget_an_act, {"case", "lost"}),
        (_accept_twice, {"case", "double-turn"}),
        (_change_the_state, {"case"}),
        (_hold_without_accepting, {"case"}),
        (_leave_a_letter, {"undone"}),
        (_look_away, {"undone"}),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_every_lie_is_caught(scene: Scene, lie: Callable[[Scene], None], rules: set[str]) -> None:
    """By one of its names."""
    lie(scene)
    assert scene.rules() & rules

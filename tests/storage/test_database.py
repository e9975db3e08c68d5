"""The database: how it is opened, and what its errors say."""

from __future__ import annotations

import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.storage.database import MOST_LEFT, SQLITE_SETTINGS, Broken, Conflict, Database, DatabaseHeld, Unavailable
from bot.storage.migrations import migrate
from bot.storage.statements import Statement, insert_each
from bot.storage.tables import account, worker

_ADD = insert_each(worker, "id", "begun")
_ALL = Statement(sa.select(worker.c.id))
_SECRET = "WINTERGARTEN"
_HOLDER = """
import sys, time
from bot.storage.database import Database
database = Database.open(sys.argv[1])
print("held", flush=True)
time.sleep(60)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the database is."""
    return tmp_path / "data" / "lotse.db"


@pytest.fixture
def sqlite(path: Path) -> object:
    """A database in SQLite with its tables."""
    database = Database.open(f"sqlite:///{path}")
    migrate(database)
    yield database
    database.close()


def test_settings_of_sqlite(sqlite: Database) -> None:
    """As guarantees C demands."""
    with sqlite.core() as connection:
        for name, value in SQLITE_SETTINGS.items():
            found = str(connection.exec_driver_sql(f"PRAGMA {name}").scalar()).upper()
            expected = {"ON": "1", "OFF": "0", "FULL": "2", "MEMORY": "2"}.get(value, value.upper())
            assert found == expected, name


def test_rights(sqlite: Database, path: Path) -> None:
    """Files 0600, the folder 0700, the WAL and the lock too."""
    with sqlite.transaction() as tx:
        tx.each(_ADD, [("a", 1)])
    for file in path.parent.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file.name
    assert {file.name for file in path.parent.iterdir()} >= {"lotse.db", "lotse.db-wal", "lotse.db.lock"}
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_one_process_writes(sqlite: Database, path: Path) -> None:
    """A second one is told so; others may read."""
    with pytest.raises(DatabaseHeld, match="Bitte"):
        Database.open(f"sqlite:///{path}")
    script = (
        "import sys; from bot.storage.database import Database, DatabaseHeld\n"
        "try: Database.open(sys.argv[1])\n"
        "except DatabaseHeld: sys.exit(7)"
    )
    assert subprocess.run([sys.executable, "-c", script, f"sqlite:///{path}"], check=False).returncode == 7
    with sqlite.transaction() as tx:
        tx.each(_ADD, [("a", 1)])
    reader = Database.open(f"sqlite:///{path}", read_only=True)
    with reader.transaction() as tx:
        assert tx.all(_ALL) == [("a",)]
    with pytest.raises(Unavailable), reader.transaction() as tx:
        tx.each(_ADD, [("b", 1)])
    reader.close()


def test_the_lock_goes_with_its_holder(path: Path) -> None:
    """Closed or killed: the next may write."""
    Database.open(f"sqlite:///{path}").close()
    holder = subprocess.Popen([sys.executable, "-c", _HOLDER, f"sqlite:///{path}"], stdout=subprocess.PIPE)
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"held\n"
    with pytest.raises(DatabaseHeld):
        Database.open(f"sqlite:///{path}")
    holder.kill()
    holder.communicate()
    Database.open(f"sqlite:///{path}").close()


def test_a_transaction_is_all_or_nothing(database: Database) -> None:
    """What raises leaves nothing behind."""

    def fail() -> None:
        with database.transaction() as tx:
            tx.each(_ADD, [("a", 1)])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with database.transaction() as tx:
        assert tx.all(_ALL) == []


def test_errors_carry_no_values(database: Database) -> None:
    """Neither a violated constraint nor a wrong statement repeats what was to be written."""
    with pytest.raises(Conflict) as conflict, database.transaction() as tx:
        tx.each(_ADD, [(_SECRET, 1), (_SECRET, 2)])
    with pytest.raises(Broken) as broken, database.transaction() as tx:
        tx.all(Statement(sa.select(sa.literal(_SECRET)).select_from(sa.table("nirgends"))))
    with pytest.raises(Conflict) as core, database.core() as connection:
        connection.execute(sa.insert(account).values(name=_SECRET, dek=None))
    for caught in (conflict, broken, core):
        error: BaseException | None = caught.value
        assert error is not None
        assert _SECRET not in str(error) + repr(error)
        assert error.__cause__ is None
        assert error.__suppress_context__
    with database.transaction() as tx:
        assert tx.all(_ALL) == []


def test_a_locked_database_is_unavailable(sqlite: Database, path: Path) -> None:
    """It says so after a while, and works again when the other one is done."""
    with sqlite.core() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout=20")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(Unavailable), sqlite.transaction() as tx:
        tx.all(_ALL)
    other.execute("ROLLBACK")
    other.close()
    with sqlite.transaction() as tx:
        assert tx.all(_ALL) == []


def test_a_full_disk_is_unavailable(sqlite: Database) -> None:
    """Nothing of the transaction counts; with room again it works."""
    with sqlite.core() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
    rows = [(f"{number:032}", number) for number in range(20_000)]
    with pytest.raises(Unavailable, match="SQLITE_FULL"), sqlite.transaction() as tx:
        tx.each(_ADD, rows)
    with sqlite.core() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count=1000000")
    with sqlite.transaction() as tx:
        assert tx.all(_ALL) == []
        assert tx.each(_ADD, rows[:10])() == 10


@pytest.mark.postgres
def test_a_lost_session_is_opened_anew(postgres_url: str) -> None:
    """After the server ended it, the transaction does not count, and the next one works."""
    database = Database.open(postgres_url)
    migrate(database)
    first = database.sessions

    def lose() -> None:
        with database.transaction() as tx:
            pid = tx.one(Statement(sa.select(sa.func.pg_backend_pid())))
            assert pid is not None
            with database.engine.connect() as other:
                other.execute(sa.select(sa.func.pg_terminate_backend(pid[0])))
            tx.each(_ADD, [("a", 1)])

    with pytest.raises(Unavailable):
        lose()
    with database.transaction() as tx:
        assert tx.all(_ALL) == []
    assert database.sessions == first + 1
    database.close()


def test_the_wal_is_emptied(sqlite: Database, path: Path) -> None:
    """A truncating checkpoint leaves nothing in it."""
    with sqlite.transaction() as tx:
        tx.each(_ADD, [("a", 1)])
    wal = path.with_name("lotse.db-wal")
    assert wal.stat().st_size > 0
    sqlite.checkpoint(truncate=True)
    assert wal.stat().st_size == 0


def test_a_process_that_is_killed_again_and_again_does_not_fill_the_disk(path: Path) -> None:
    """What it left is brought in by the next one once it is much, and nothing of it is missing."""
    write = f"""
import os
from bot.storage.database import MOST_LEFT, Database
from bot.storage.migrations import migrate
from tests.storage.test_database import _ADD
database = Database.open("sqlite:///{path}")
migrate(database)
for number in range(18):
    with database.transaction() as tx:
        tx.each(_ADD, [(str(number) + "x" * (MOST_LEFT // 16), number)])
os._exit(9)
"""
    subprocess.run([sys.executable, "-c", write], check=False, env={"PYTHONPATH": ":".join(sys.path)})
    wal = path.with_name("lotse.db-wal")
    assert wal.stat().st_size > MOST_LEFT
    database = Database.open(f"sqlite:///{path}")
    assert wal.stat().st_size == 0
    with database.transaction() as tx:
        assert len(tx.all(_ALL)) == 18
    database.close()

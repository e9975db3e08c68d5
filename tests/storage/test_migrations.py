"""Migrations: forward, restartable, in step with the tables, and out of the way when there is nothing to do."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from bot.storage import care as care_books
from bot.storage import desks, migrations, pairings
from bot.storage.database import Database
from bot.storage.migrations import HEAD, NewerTables, migrate, stored_version
from bot.storage.tables import metadata

_MIGRATE = (
    "import sys; from bot.storage.database import Database; from bot.storage.migrations import migrate\n"
    "database = Database.open(sys.argv[1]); migrate(database); database.close()\n"
    "print('alembic' in sys.modules)"
)


def _migrate_elsewhere(url: str, failpoint: str = "") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "LOTSE_TEST_BUILD": "1", "LOTSE_FAILPOINT": failpoint}
    return subprocess.run(
        [sys.executable, "-c", _MIGRATE, url], env=environment, capture_output=True, text=True, check=False
    )


def test_head_is_the_newest_file() -> None:
    """What the fast path compares with is what the folder holds, in one line without branches."""
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    config.set_main_option("path_separator", "os")
    script = ScriptDirectory.from_config(config)
    assert script.get_heads() == [HEAD]
    assert sorted(revision.revision for revision in script.walk_revisions()) == sorted(
        file.name.partition("_")[0] for file in (Path(migrations.__file__).parent / "versions").glob("*.py")
    )


def test_tables_are_in_step(url: str) -> None:
    """What the migrations make is what `tables` says, on both databases."""
    database = Database.open(url)
    assert stored_version(database) is None
    migrate(database)
    assert stored_version(database) == HEAD
    with database.migrating() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, metadata) == []
    database.close()


def test_nothing_to_do_costs_nothing(url: str) -> None:
    """The second start does not even import Alembic."""
    assert _migrate_elsewhere(url).stdout == "True\n"
    assert _migrate_elsewhere(url).stdout == "False\n"


def test_half_done_is_begun_again(url: str) -> None:
    """Killed inside a migration: as if it had not begun, and the next start goes on."""
    assert _migrate_elsewhere(url, "migrate_inside:1").returncode == -signal.SIGKILL
    database = Database.open(url)
    assert stored_version(database) is None
    migrate(database)
    assert stored_version(database) == HEAD
    database.close()


def test_newer_tables_are_refused(url: str) -> None:
    """There is no way back; the sentence says what to do."""
    database = Database.open(url)
    migrate(database)
    with database.core() as connection:
        connection.exec_driver_sql("update alembic_version set version_num = '9999'")
    with pytest.raises(NewerTables, match="aktualisieren"):
        migrate(database)
    database.close()


@pytest.mark.postgres
def test_two_replicas_migrate_together(postgres_url: str) -> None:
    """The second waits for the first and finds nothing to do."""
    command = [sys.executable, "-c", _MIGRATE, postgres_url]
    both = [subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) for _ in range(2)]
    assert [process.communicate(timeout=60)[1] for process in both] == [b"", b""]
    assert [process.returncode for process in both] == [0, 0]


def test_books_from_before_groups(url: str) -> None:
    """What stood in a database of release 0006 stands there afterwards; its cases are known to no group."""
    database = Database.open(url)
    migrate(database, "0006")
    rows = [
        "insert into account (id, name, dek) values (1, 'book', '00')",
        (
            "insert into conversation (id, account, address_index, index_version, dek, address, version, begun, "
            "noticed, leaving) values (1, 1, '01', 1, '00', '00', 0, 0, 0, 0)"
        ),
        "insert into coordinator (conversation, tenant, role, joined) values (1, '06412000', 'koordination', 0)",
        (
            "insert into case_record (id, number, tenant, incident, state, opened) values (1, '4812 9037', "
            "'06412000', 'demo', 'gespeichert', 0)"
        ),
        "insert into case_care (record, state, level, urgent, warned, barred) values (1, 'gemeldet', 2, 0, 1, '')",
    ]
    with database.core() as connection:
        for row in rows:
            connection.exec_driver_sql(row)
    migrate(database)
    with database.transaction() as tx:
        (care,) = care_books.open_in(tx, "06412000")
        assert (care.number, care.told, care.warned) == ("4812 9037", False, True)
        assert desks.counts(tx) == {"06412000": 1}
        assert pairings.listed(tx) == []
        pairings.pair(tx, 1, "06412000", "vertretung", 60_000)
        assert pairings.listed(tx) == [("06412000", "vertretung", "book")]
        care.told = True
        care_books.write(tx, care)
    with database.transaction() as tx:
        assert care_books.open_in(tx, "06412000")[0].told is True
    database.close()

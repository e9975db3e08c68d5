"""The protected store of secret contacts: sealed, bound to its place, shredded when dropped; on both databases."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.alliance.vault import Vault
from bot.keys import KeyRing, Tampered
from bot.storage import vault
from bot.storage.database import Database
from bot.storage.rotation import rotate
from bot.storage.tables import secret_contact
from bot.vault import Reader

TOWN, OTHER = "00000000", "09761000"
NOW = 1_800_000_000_000
CANARY = "030 23125 777"


@pytest.fixture
def ring(tmp_path: Path) -> KeyRing:
    """A key ring of its own."""
    return KeyRing.open(tmp_path / "keys" / "lotse.keys")


def put(database: Database, ring: KeyRing, tenant: str, contact: str, **ways: str) -> None:
    """Hold these ways."""
    with database.transaction() as tx:
        vault.put(tx, ring, tenant, contact, ways, NOW)


def held(database: Database, ring: KeyRing) -> dict[tuple[str, str], dict[str, str]]:
    """All that is held."""
    with database.transaction() as tx:
        return {(one.tenant, one.contact): one.ways for one in vault.load(tx, ring)}


def editions(database: Database) -> list[str]:
    """What tells a change."""
    with database.transaction() as tx:
        return vault.editions(tx)


def test_what_is_put_is_held(database: Database, ring: KeyRing) -> None:
    """Of two municipalities, replaced whole, gone when nothing is left; each change is another edition."""
    seen = [editions(database)]
    for tenant, contact, ways in (
        (TOWN, "schutz", {"phone": CANARY}),
        (OTHER, "schutz", {"mail": "a@b.example"}),
        (TOWN, "schutz", {"phone": CANARY}),
        (TOWN, "schutz", {"phone": "030 23125 778", "web": "x.example"}),
    ):
        put(database, ring, tenant, contact, **ways)
        assert held(database, ring)[tenant, contact] == ways
        seen.append(editions(database))
    put(database, ring, TOWN, "schutz")
    assert held(database, ring) == {(OTHER, "schutz"): {"mail": "a@b.example"}}
    seen.append(editions(database))
    assert len({tuple(one) for one in seen}) == len(seen)


def test_nothing_of_it_stands_in_clear(database: Database, ring: KeyRing) -> None:
    """Neither the value nor which ways there are, and all contacts look as long as one another."""
    put(database, ring, TOWN, "a", phone=CANARY)
    put(database, ring, TOWN, "b", phone=CANARY, mail="schutz@musterstadt.example", address="Musterplatz 1")
    with database.core() as connection:
        rows = [tuple(row) for row in connection.exec_driver_sql("select * from secret_contact")]
    shown = b"|".join(value if isinstance(value, bytes) else str(value).encode() for row in rows for value in row)
    for word in (CANARY, "23125", "phone", "mail", "Musterplatz"):
        assert word.encode() not in shown
    assert len({len(bytes(row[4])) for row in rows}) == 1


def test_a_row_that_was_moved_opens_nowhere_else(database: Database, ring: KeyRing) -> None:
    """Whoever can write to the database cannot show one town's number to the staff of another."""
    put(database, ring, TOWN, "schutz", phone=CANARY)
    with database.core() as connection:
        connection.execute(sa.update(secret_contact).values(tenant=OTHER))
    with pytest.raises(Tampered):
        held(database, ring)


def test_rotation_wraps_its_keys_too(database: Database, ring: KeyRing) -> None:
    """With the new master key alone it opens, and it is the same edition: nothing that is shown has changed."""
    put(database, ring, TOWN, "schutz", phone=CANARY)
    before = editions(database)
    fresh = ring.add_master_key()
    with database.transaction() as tx:
        assert rotate(tx, fresh) == 1
    with database.transaction() as tx:
        assert rotate(tx, fresh) == 0
    assert held(database, fresh) == {(TOWN, "schutz"): {"phone": CANARY}}
    assert editions(database) == before


def test_a_worker_sees_what_another_one_changed(database: Database, ring: KeyRing) -> None:
    """Read when something changed and only then; what cannot be opened leaves what was read before."""
    seen: list[Vault] = []
    reader = Reader(ring, seen.append)
    reader.refresh(database)
    assert seen == [{}]
    put(database, ring, TOWN, "schutz", phone=CANARY)
    reader.refresh(database)
    reader.refresh(database)
    assert [len(held) for held in seen] == [0, 1]
    assert seen[-1][TOWN, "schutz"].ways[0].value == CANARY
    put(database, ring, TOWN, "schutz", phone="030 23125 778")
    reader.refresh(database)
    assert seen[-1][TOWN, "schutz"].ways[0].value == "030 23125 778"
    with database.core() as connection:
        connection.execute(sa.update(secret_contact).values(tenant=OTHER, ways=b"kaputt"))
    reader.refresh(database)
    assert len(seen) == 3

"""A backup: whole or refused, the same for both databases, and what a restore makes of what happened since."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pyrage
import pytest

from bot import backup
from bot.backup import BackupError
from bot.flows.exchange import Said
from bot.keys import KeyRing
from bot.storage import copying
from bot.storage.database import Database
from bot.storage.migrations import HEAD, NewerTables
from bot.storage.tables import metadata
from bot.tombstones import Tombstones
from bot.upkeep import Revived, revive
from tests.postgres import PostgresServer
from tests.work.book import Book, BookAdapter
from tests.work.conftest import Bench
from tests.work.small import Clock, Worlds
from tests.work.test_canary import WORDS

NOW = dt.datetime(2027, 2, 1, 12, tzinfo=dt.UTC)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty database without tables, of either kind."""
    if request.param == "postgresql":
        server: PostgresServer = request.getfixturevalue("postgres")
        opened = Database.open(server.make_database())
    else:
        opened = Database.open(f"sqlite:///{tmp_path / 'target' / 'lotse.db'}")
    yield opened
    opened.close()


def talk(bench: Bench) -> None:
    """Three people: a case, an alarm, and a message that could not be sent."""
    for text in ("hallo", "fall", "spaeter 600", "drei"):
        bench.book.say("anna", text)
    bench.book.say("bert", "hallo")
    bench.work()
    bench.adapter._plan = lambda _: "unreached"
    bench.book.say("cleo", "hallo")
    parcels = bench.take_in().parcels
    bench.send(parcels)
    bench.adapter._plan = lambda _: ""


def make(bench: Bench, path: Path, *recipients: pyrage.x25519.Recipient) -> dict[str, int]:
    """Back it up."""
    return backup.make(bench.database, bench.ring, path, recipients, NOW)


def put_back(
    bench: Bench, path: Path, target: Database, tmp_path: Path, *, stones: Tombstones | None = None
) -> Revived:
    """Restore it into another database."""
    with backup.open_file(path, bench.ring, None, tmp_path) as (head, parts):
        return revive(target, head.version, parts, stones.read() if stones else (), NOW)


def rows(database: Database) -> dict[str, list[tuple[object, ...]]]:
    """Everything that a backup holds, but what a restore changes on purpose."""
    left_out = {"holder", "expires", "term"}
    found: dict[str, list[tuple[object, ...]]] = {}
    for part in copying.read(database):
        keep = [place for place, name in enumerate(part.columns) if part.table != "account" or name not in left_out]
        found.setdefault(part.table, []).extend(tuple(row[place] for place in keep) for row in part.rows)
    return {name: sorted(some, key=repr) for name, some in found.items()}


def test_what_comes_back_is_what_went_in(bench: Bench, target: Database, tmp_path: Path) -> None:
    """From either database into either: the same rows; only what was due is doubtful, and numbers go on above."""
    talk(bench)
    counts = make(bench, tmp_path / "a.lotse")
    revived = put_back(bench, tmp_path / "a.lotse", target, tmp_path)
    before, after = rows(bench.database), rows(target)
    assert revived.rows == {name: number for name, number in counts.items() if number}
    assert (revived.forgotten, revived.doubtful) == (0, 1)
    changed = {"delivery", "number"}
    assert {name: some for name, some in after.items() if name not in changed} == {
        name: some for name, some in before.items() if name not in changed
    }
    assert len(after["delivery"]) == len(before["delivery"])


def test_people_go_on_where_they_were(bench: Bench, target: Database, tmp_path: Path) -> None:
    """The restored books answer, in order, with new numbers; an event from before is not answered again."""
    talk(bench)
    make(bench, tmp_path / "a.lotse")
    put_back(bench, tmp_path / "a.lotse", target, tmp_path)
    book = Book(tmp_path / "again")
    revived = Bench(target, bench.ring, BookAdapter(book), bench.clock, bench.worlds)
    first = bench.book.said()[0]
    book.put(first.chat, first.incoming, key=first.event_key)
    book.put("anna", Said(text="wieder da"), key="new, of anna")
    book.put("cleo", Said(text="hallo"), key="new, of cleo")
    revived.work()
    assert book.shown("anna") == ["5: wieder da"]
    assert book.shown("cleo") == ["2: hallo"]
    seqs = [row[0] for row in revived.rows("select seq from inbox order by received, seq")]
    assert len(seqs) == len(set(seqs))


def test_who_was_forgotten_since_stays_forgotten(bench: Bench, target: Database, tmp_path: Path) -> None:
    """The tombstone lies outside; key, answers and the case's words go again, in the same minute too."""
    talk(bench)
    make(bench, tmp_path / "a.lotse")
    bench.book.say("anna", "vergiss")
    bench.work()
    stones = Tombstones(tmp_path)
    assert stones.take(bench.database) == 1
    assert stones.take(bench.database) == 0
    revived = put_back(bench, tmp_path / "a.lotse", target, tmp_path, stones=stones)
    assert revived.forgotten == 1
    with target.core() as connection:
        assert connection.exec_driver_sql("select count(*) from conversation").scalar() == 2
        states = connection.exec_driver_sql("select state, lines, dek, conversation from case_record").all()
    assert [tuple(row) for row in states] == [("zurueckgezogen", None, None, None)]


def test_who_came_back_after_being_forgotten_is_kept(bench: Bench, target: Database, tmp_path: Path) -> None:
    """A tombstone that the backup knew is about what was before it."""
    bench.book.say("anna", "hallo")
    bench.book.say("anna", "vergiss")
    bench.work()
    bench.ledger.sweep()
    bench.book.say("anna", "ich bin wieder da")
    bench.work()
    stones = Tombstones(tmp_path)
    stones.take(bench.database)
    make(bench, tmp_path / "a.lotse")
    assert put_back(bench, tmp_path / "a.lotse", target, tmp_path, stones=stones).forgotten == 0


@pytest.mark.parametrize("place", [0, 30, 200, -200, -33, -1])
def test_a_changed_byte_is_noticed(bench: Bench, tmp_path: Path, place: int) -> None:
    """Wherever it is, before a row is read."""
    talk(bench)
    path = tmp_path / "a.lotse"
    make(bench, path)
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.write_bytes(data)
    with pytest.raises(BackupError), backup.open_file(path, bench.ring, None, tmp_path):
        pass


@pytest.mark.parametrize("left", [0, 10, 24, 30, 500, -40, -32, -1])
def test_a_cut_file_is_noticed(bench: Bench, tmp_path: Path, left: int) -> None:
    """Wherever it ends."""
    talk(bench)
    path = tmp_path / "a.lotse"
    make(bench, path)
    path.write_bytes(path.read_bytes()[:left])
    with pytest.raises(BackupError), backup.open_file(path, bench.ring, None, tmp_path):
        pass


def test_keys_of_another_installation_open_nothing(bench: Bench, tmp_path: Path) -> None:
    """Restoring what nobody could read would only look like success."""
    talk(bench)
    make(bench, tmp_path / "a.lotse")
    other = KeyRing.open(tmp_path / "other.keys")
    with (
        pytest.raises(BackupError, match="anderen Schlüsseln"),
        backup.open_file(tmp_path / "a.lotse", other, None, tmp_path),
    ):
        pass


def test_an_encrypted_one_needs_its_key(bench: Bench, tmp_path: Path) -> None:
    """With age: refused without a key and with a wrong one; opened with the right one; nothing readable in the file."""
    talk(bench)
    mine, wrong = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()
    path, key = tmp_path / "a.lotse.age", tmp_path / "key.txt"
    make(bench, path, mine.to_public())
    assert b"conversation" not in path.read_bytes()
    with pytest.raises(BackupError, match="--identity"), backup.open_file(path, bench.ring, None, tmp_path):
        pass
    key.write_text(f"# made by hand\n{wrong}\n")
    with pytest.raises(BackupError, match="öffnet"), backup.open_file(path, bench.ring, key, tmp_path):
        pass
    key.write_text(f"{mine}\n")
    with backup.open_file(path, bench.ring, key, tmp_path) as (head, parts):
        assert head.version == HEAD
        assert {part.table for part in parts} >= {"conversation", "inbox", "delivery"}


def test_a_full_disk_leaves_no_half_backup(bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Encrypted or not: what fails on the way leaves nothing, and the old one of that name stays."""
    talk(bench)
    path = tmp_path / "a.lotse"
    path.write_bytes(b"the old one")

    def fail(_database: Database) -> Iterator[copying.Part]:
        yield copying.Part("account", (), [])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(copying, "read", fail)
    for recipients in ((), (pyrage.x25519.Identity.generate().to_public(),)):
        with pytest.raises(OSError, match="No space"):
            make(bench, path, *recipients)
    assert path.read_bytes() == b"the old one"
    assert [one.name for one in tmp_path.glob("*.lotse*")] == ["a.lotse"]
    assert not list(tmp_path.glob(".a.lotse*"))


def test_only_into_an_empty_database(bench: Bench, tmp_path: Path) -> None:
    """Rows are never mixed with others."""
    talk(bench)
    make(bench, tmp_path / "a.lotse")
    with pytest.raises(copying.NotEmpty):
        put_back(bench, tmp_path / "a.lotse", bench.database, tmp_path)


def test_from_a_newer_release(target: Database) -> None:
    """Refused with a cure; nothing was made."""
    with pytest.raises(NewerTables):
        copying.write(target, "9999", [])


def test_from_the_first_release(target: Database) -> None:
    """Rows of the first form are put into tables of the first form, which are then brought to today's."""
    account = copying.Part("account", ("id", "name", "dek", "term"), [(7, "telegram", b"dek", 3)])
    assert copying.write(target, "0001", [account]) == {"account": 1}
    with target.core() as connection:
        assert connection.exec_driver_sql("select id, name, term from account").all() == [(7, "telegram", 0)]
        connection.execute(metadata.tables["account"].insert().values(name="matrix", dek=b"dek"))
        assert connection.exec_driver_sql("select max(id) from account").scalar() == 8


def test_nothing_that_people_wrote_is_in_it(database: Database, ring: KeyRing, tmp_path: Path, clock: Clock) -> None:
    """Names, words and addresses are sealed there too."""
    book = Book(tmp_path / "book")
    bench = Bench(database, ring, BookAdapter(book), clock, Worlds())
    for word in WORDS:
        book.say(f"!{word}:example.org", f"mein Name ist {word}")
    bench.work()
    make(bench, tmp_path / "a.lotse")
    data = (tmp_path / "a.lotse").read_bytes()
    assert [word for word in WORDS if word.encode() in data] == []


def test_a_cut_line_of_the_tombstones_is_left_out_and_written_again(bench: Bench, tmp_path: Path) -> None:
    """A crash in the middle of a line costs nothing: the row is in the database."""
    for name in ("anna", "bert"):
        bench.book.say(name, "hallo")
        bench.book.say(name, "vergiss")
    bench.work()
    assert Tombstones(tmp_path).take(bench.database) == 2
    whole = Tombstones(tmp_path).read()
    path = tmp_path / "tombstones"
    path.write_bytes(path.read_bytes()[:-20])
    assert len(Tombstones(tmp_path).read()) == 1
    assert Tombstones(tmp_path).take(bench.database) == 1
    assert sorted(Tombstones(tmp_path).read()) == sorted(whole)

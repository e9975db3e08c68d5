"""Several processes on one PostgreSQL: turns are shared, an account is one process's, the dead are replaced."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.adapters.base import Arrival, Sent
from bot.flows.exchange import Said
from bot.keys import KeyRing
from bot.storage.database import Database, Unavailable
from bot.storage.migrations import migrate
from bot.work.doors import Door
from bot.work.intake import LeaseLost
from bot.work.ledger import Ledger, Received
from tests.work.book import Book, BookAdapter
from tests.work.small import Clock, Worlds, advance, static_answer

pytestmark = pytest.mark.postgres


class Replica:
    """One process's ledger, worked by hand."""

    def __init__(self, url: str, ring: KeyRing, folder: Path, clock: Clock) -> None:
        self.database = Database.open(url)
        migrate(self.database)
        adapter = BookAdapter(Book(folder))
        self.ledger = Ledger(self.database, ring, {"book": adapter}, advance, Worlds(), clock, static_answer)
        self.ledger.attend()

    @property
    def holds(self) -> bool:
        """Whether it receives and sends."""
        return self.ledger.doors.by_name["book"].held

    def receive(self, *texts: str, chat: str = "anna") -> list[Exception]:
        """Take these in; says what could not be."""
        now = dt.datetime(2027, 2, 1, 10, tzinfo=dt.UTC)
        arrivals = [Arrival(f"{chat}-{text}", chat, Said(text=text), now) for text in texts]
        door = self.ledger.doors.by_name["book"]
        door.careful = False
        taken = self.ledger.take_in([Received(door, arrivals, texts[-1])], [])
        return [one.failed for one in taken if one.failed is not None]

    def take_over(self) -> Sequence[Door]:
        """Look until the server has noticed that the other one is gone; says what was taken over."""
        end = time.monotonic() + 20
        while not self.holds and time.monotonic() < end:
            self.ledger._leases._kept = float("-inf")
            changed = self.ledger.attend()
            if changed:
                return changed
            time.sleep(0.05)
        return ()

    def count(self, sql: str) -> int:
        """What a query counts."""
        with self.database.engine.connect() as connection:
            return int(connection.execute(sa.text(sql)).scalar() or 0)


@pytest.fixture
def replicas(postgres_url: str, ring: KeyRing, tmp_path: Path, clock: Clock) -> Iterator[tuple[Replica, Replica]]:
    """Two of them."""
    both = Replica(postgres_url, ring, tmp_path / "one", clock), Replica(postgres_url, ring, tmp_path / "two", clock)
    yield both
    for replica in both:
        replica.database.close()


def test_one_holds_an_account(replicas: tuple[Replica, Replica]) -> None:
    """The other takes over as soon as the first one's session is gone, with the cursor where it was."""
    one, two = replicas
    assert (one.holds, two.holds) == (True, False)
    assert one.receive("hallo") == []
    one.database.close()
    assert [door.name for door in two.take_over()] == ["book"]
    assert two.holds
    assert two.ledger.doors.by_name["book"].account.cursor == "hallo"


def test_what_the_dead_one_was_sending_is_rescued(replicas: tuple[Replica, Replica]) -> None:
    """At once, with the account; and what waited undone is then looked at one by one."""
    one, two = replicas
    one.receive("hallo")
    one.receive("eins", "zwei", chat="bert")
    assert one.count("select count(*) from delivery where state = 1") == 2
    one.database.close()
    two.take_over()
    step = two.ledger.tend()
    assert sorted(parcel.chat for parcel in step.parcels) == ["anna", "bert"]
    assert two.count("select count(*) from worker") == 2  # noticed as dead only by a process that starts


def test_a_sleeper_is_refused(replicas: tuple[Replica, Replica]) -> None:
    """A holder that was stopped past its lease wakes up: what it received is not committed, and it knows why."""
    one, two = replicas
    with two.database.engine.begin() as connection:
        connection.execute(sa.text("update account set expires = 0"))
    two.ledger._leases._kept = float("-inf")
    two.ledger.attend()
    assert two.holds
    failed = one.receive("zu spät")
    assert [type(error) for error in failed] == [LeaseLost]
    assert not one.holds
    assert one.count("select count(*) from inbox") == 0
    assert two.receive("gut") == []


def test_a_conversation_is_one_workers(replicas: tuple[Replica, Replica]) -> None:
    """While one worker holds a conversation the other passes over it, and takes the next."""
    one, two = replicas
    one.receive("a", "b", "c")
    one.receive("a", "b", "c", chat="bert")
    with one.database.transaction() as tx:
        tx._run("select id from conversation where id = 1 for update", ()).fetchall()
        assert two.ledger.run_waiting().handled == 1
        assert two.ledger.run_waiting().handled == 1
        assert two.ledger.run_waiting().handled == 0
    assert two.ledger.run_waiting().handled == 1
    assert one.ledger.run_waiting().handled == 1
    assert one.count("select count(*) from inbox where state < 3") == 0
    assert one.count("select max(version) from conversation") == 3


def test_turns_of_the_other_are_sent_by_the_holder(replicas: tuple[Replica, Replica]) -> None:
    """A turn of a process that does not hold the account queues its messages for the one that does, in order."""
    one, two = replicas
    one.receive("hallo", "zwei", "drei")
    while two.ledger.run_waiting().handled:
        pass
    parcels = list(one.ledger.in_flight.values())
    sent = []
    while parcels:
        sent += [parcel.what.text for parcel in parcels]  # type: ignore[union-attr]
        (taken,) = one.ledger.take_in([], [(parcel, Sent("x")) for parcel in parcels])
        parcels = taken.step.parcels or one.ledger.tend().parcels
    assert sent == ["1: hallo", "2: zwei", "3.0", "3.1", "3.2"]


def test_a_lost_session_is_taken_up_again(replicas: tuple[Replica, Replica], postgres_url: str) -> None:
    """After the server ended the session: locks and lease are taken again, nothing in flight is claimed twice."""
    one, _ = replicas
    one.receive("hallo")
    with one.database.engine.begin() as connection:
        connection.execute(
            sa.text(
                "select pg_terminate_backend(pid) from pg_stat_activity"
                " where datname = current_database() and pid <> pg_backend_pid()"
            )
        )
    with pytest.raises(Unavailable):
        one.receive("verloren")
    assert not one.database.connected
    one.ledger.attend()
    assert one.holds
    assert one.ledger.tend().parcels == []
    assert one.count("select count(*) from delivery where state = 1") == 1

"""Contacts who are in no chat: told by real mail, through the outbox, in step with the files; on both databases."""

from __future__ import annotations

import asyncio
import datetime as dt
import re
from collections.abc import Iterator

import pytest
from aiosmtpd.controller import Controller

from bot.adapters.base import Adapter, Outcome
from bot.adapters.mail import Mail
from bot.cases.advancing import advance as real_advance
from bot.flows.conversation import Conversation
from bot.flows.exchange import DeskNews, Incoming
from bot.flows.world import World
from bot.keys import KeyRing
from bot.storage.database import Database
from bot.storage.outbox import Takeback
from bot.work.delivery import Parcel
from bot.work.ledger import Ledger
from bot.work.worlds import Turned
from tests.adapters.test_mail import Office, free_port
from tests.work.book import BookAdapter
from tests.work.conftest import Bench
from tests.work.small import Clock, Worlds, advance, static_answer
from tests.work.test_casework import TOWN, heard, invite, open_case, say, state

OTHER = "09761000"


class Post(Bench):
    """A bench with a second door: mail."""

    def __init__(
        self, database: Database, ring: KeyRing, adapter: BookAdapter, clock: Clock, worlds: Worlds, mail: Mail
    ) -> None:
        self.mail = mail
        self.database, self.ring, self.adapter, self.clock, self.worlds = database, ring, adapter, clock, worlds
        self.book = adapter.book
        adapters: dict[str, Adapter] = {adapter.name: adapter, mail.name: mail}
        self.ledger = Ledger(database, ring, adapters, _advance, worlds, clock, static_answer)
        self.ledger.attend()
        self._read = 0

    def send(self, parcels: list[Parcel]) -> list[Parcel]:
        """Send these and note the answers; each goes through the door of its own."""

        async def answers() -> list[tuple[Parcel, Outcome]]:
            found: list[tuple[Parcel, Outcome]] = []
            for parcel in parcels:
                assert not isinstance(parcel.what, Takeback)
                identity = parcel.id.hex()
                found.append(
                    (parcel, await parcel.door.adapter.send(parcel.chat, identity, parcel.what, parcel.original))
                )
            return found

        (taken,) = self.ledger.take_in([], asyncio.run(answers()))
        return taken.step.parcels


def _advance(world: World, conversation: Conversation, incoming: Incoming, now: dt.datetime) -> Turned:
    """The small engine for chats; the real desk for mail."""
    if world.transport.one_way and isinstance(incoming, DeskNews):
        return real_advance(world, conversation, incoming, now)
    return advance(world, conversation, incoming, now)


@pytest.fixture
def office() -> Office:
    """What the mail server does."""
    return Office()


@pytest.fixture
def post(
    database: Database, ring: KeyRing, adapter: BookAdapter, clock: Clock, worlds: Worlds, office: Office
) -> Iterator[Post]:
    """A bench with mail; one address is told of the cases of the town."""
    port = free_port()
    controller = Controller(office, hostname="127.0.0.1", port=port)
    controller.start()
    worlds.by_mail = {TOWN: ("amt@stadt.example",)}
    yield Post(database, ring, adapter, clock, worlds, Mail(f"smtp://127.0.0.1:{port}", "lotse@stadt.example"))
    controller.stop()


def subjects(office: Office) -> list[str]:
    """What was mailed."""
    return [re.sub(r"\d{4} ?\d{4}|[0-9a-f]{8}", "N", str(mail["Subject"])) for mail in office.taken]


def test_told_by_mail_what_to_do_and_no_more(post: Post, office: Office) -> None:
    """The address hears that it is one; of a case the number, and when it need do nothing more. Never a word of it."""
    post.work()
    assert subjects(office) == ["KommA-Lotse: Hinweise an diese Adresse"]
    number = open_case(post)
    assert state(post, number) == "gemeldet"
    assert subjects(office)[1:] == ["Vorgang N: bitte annehmen"]
    say(post, "ute", invite(post))
    say(post, "ute", f"tu accept {number}")
    assert subjects(office)[2:] == ["Vorgang N: angenommen"]
    texts = [mail.get_content() for mail in office.taken]
    assert number in texts[1]
    assert "GEHEIM" not in "".join(texts)
    assert "demo" not in "".join(texts)
    assert {str(mail["To"]) for mail in office.taken} == {"amt@stadt.example"}


def test_reminders_are_not_mailed(post: Post, office: Office) -> None:
    """While it waits there is one mail, not one every few hours; when the time is over there is another."""
    post.work()
    open_case(post)
    for _ in range(3):
        post.clock.forward(hours=1)
        post.work()
    assert subjects(office)[1:] == ["Vorgang N: bitte annehmen"]
    post.clock.forward(hours=2)
    post.work()
    assert subjects(office)[2:] == ["Vorgang N: überfällig"]


def test_a_mail_contact_can_take_nothing_over(post: Post) -> None:
    """Whoever holds a case cannot hand it to somebody who cannot answer."""
    say(post, "ute", invite(post))
    number = open_case(post)
    say(post, "ute", f"tu accept {number}")
    say(post, "ute", f"tu hand_over {number}")
    assert heard(post, "ute")[-1] == "desk refused hand_over alone"


def test_addresses_follow_the_files(post: Post, office: Office) -> None:
    """A new one is told so, one that is gone hears nothing any more, and is kept nowhere."""
    post.work()
    post.worlds.by_mail = {TOWN: ("neu@stadt.example",), OTHER: ("amt@stadt.example",)}
    post.clock.forward(minutes=2)
    post.work()
    assert len(office.taken) == 3
    open_case(post)
    assert [str(mail["To"]) for mail in office.taken[3:]] == ["neu@stadt.example"]
    post.worlds.by_mail = {}
    post.clock.forward(minutes=2)
    post.work()
    assert post.rows("select count(*) from coordinator") == [(0,)]
    assert post.rows("select count(*) from conversation") == [(1,)]


def test_a_server_that_is_away_delays_and_loses_nothing(post: Post, office: Office) -> None:
    """It is tried again until the server is back; a chat hears nothing of it."""
    post.work()
    office.answers["DATA"] = "451 not now"
    number = open_case(post)
    assert subjects(office)[1:] == []
    assert heard(post, "anna") == ["case reported"]
    del office.answers["DATA"]
    post.clock.forward(minutes=6)
    post.work()
    assert subjects(office)[1:] == ["Vorgang N: bitte annehmen"]
    assert number in office.taken[1].get_content()


def test_an_address_that_is_wrong_alerts(post: Post, office: Office) -> None:
    """The operator sees that somebody could not be reached, as on any transport; others are told all the same."""
    office.answers["RCPT"] = "550 unknown"
    say(post, "ute", invite(post))
    open_case(post)
    assert heard(post, "ute")[-1] == "desk notice"
    assert {row[0] for row in post.rows("select reason from alert")} == {"refused"}


def test_no_address_stands_in_clear(post: Post) -> None:
    """Whoever reads the database learns that somebody is told by mail, not who."""
    open_case(post)
    with post.database.core() as connection:
        for table in ("conversation", "inbox", "delivery", "letter", "coordinator"):
            for row in connection.exec_driver_sql(f"select * from {table}"):  # noqa: S608 - names of our tables
                assert not any("stadt.example" in str(value) for value in row)

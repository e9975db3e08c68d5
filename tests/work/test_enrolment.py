"""Staff show that they belong to a municipality: by a code that holds, five tries in ten minutes, one answer else."""

from __future__ import annotations

import datetime as dt
from functools import partial

import msgspec
import pytest
from typing_extensions import override

from bot import staffcode, staffcodes
from bot.flows.conversation import Conversation
from bot.flows.exchange import CodeGiven, Incoming, Said, Started, TimerFired, decode_incoming
from bot.flows.world import World
from bot.storage import codes
from bot.storage.sealing import CONVERSATION_KEY, INBOX_BODY
from bot.storage.times import stamp
from bot.upkeep import purge
from tests.work import small
from tests.work.conftest import Bench

TOWN, OTHER = "00000000", "09761000"
WEEKS = dt.timedelta(days=14)


class Listener:
    """The small engine, with what it was given."""

    def __init__(self) -> None:
        self.heard: list[Incoming] = []

    def __call__(self, world: World, conversation: Conversation, incoming: Incoming, now: dt.datetime) -> small.Turn:
        """Remember and answer."""
        self.heard.append(incoming)
        return small.advance(world, conversation, incoming, now)

    @property
    def place(self) -> str | None:
        """What the last code stood for; None: there was none."""
        last = self.heard[-1]
        return last.place if isinstance(last, CodeGiven) else None


@pytest.fixture
def listener(bench: Bench) -> Listener:
    """Listens to what the ledger gives the engine."""
    listener = Listener()
    bench.ledger._turns._advance = listener
    return listener


def issue(bench: Bench, place: str = TOWN, overlap: dt.timedelta = WEEKS) -> str:
    """A new code of a municipality."""
    code = staffcode.make()
    staffcodes.issue(bench.database, bench.ring, place, code, overlap, bench.clock())
    return code


def give(bench: Bench, listener: Listener, code: str, chat: str = "anna") -> str | None:
    """Somebody writes a code; what it stands for."""
    bench.book.say(chat, f"mein Code: {staffcode.show(code)}")
    bench.work()
    return listener.place


def test_a_code_stands_for_its_municipality(bench: Bench, listener: Listener) -> None:
    """In a message or in a link; the engine hears the place, and a code that was never given out has none."""
    code, other = issue(bench), issue(bench, OTHER)
    assert give(bench, listener, code) == TOWN
    assert give(bench, listener, other) == OTHER
    assert give(bench, listener, staffcode.make()) == ""
    bench.book.put("bert", Started(payload=staffcode.payload(code), language="en"))
    bench.work()
    given = listener.heard[-1]
    assert isinstance(given, CodeGiven)
    assert (given.place, given.opened, given.language) == (TOWN, True, "en")


def test_rotation_overlaps(bench: Bench, listener: Listener) -> None:
    """The old code holds for the stated time, not longer; without overlap it ends at once, and all before it."""
    old = issue(bench)
    new = issue(bench)
    assert give(bench, listener, old) == give(bench, listener, new) == TOWN
    bench.clock.forward(days=13, hours=23)
    assert give(bench, listener, old) == TOWN
    bench.clock.forward(hours=2)
    assert give(bench, listener, old) == ""
    assert give(bench, listener, new) == TOWN
    newest = issue(bench, overlap=dt.timedelta())
    assert give(bench, listener, new, "bert") == ""
    assert give(bench, listener, newest, "bert") == TOWN


class Clerk(Listener):
    """The real engine's part in it: whoever gave a code is staff, until the ledger says that it has lapsed."""

    @override
    def __call__(self, world: World, conversation: Conversation, incoming: Incoming, now: dt.datetime) -> small.Turn:
        turn = super().__call__(world, conversation, incoming, now)
        state = turn.conversation
        if isinstance(incoming, CodeGiven) and incoming.place:
            state = msgspec.structs.replace(state, place=incoming.place, staff=True, code=incoming.code)
        if incoming.lapsed:
            state = msgspec.structs.replace(state, staff=False)
        return small.Turn(state, turn.effects)

    @property
    def lapsed(self) -> bool:
        """What it was told last."""
        return self.heard[-1].lapsed


@pytest.fixture
def clerk(bench: Bench) -> Clerk:
    """Listens, and remembers who is staff."""
    clerk = Clerk()
    bench.ledger._turns._advance = clerk
    return clerk


def say(bench: Bench, chat: str = "anna", text: str = "hallo") -> None:
    """Somebody writes something."""
    bench.book.say(chat, text)
    bench.work()


def test_staff_by_a_code_that_ended_is_staff_no_more(bench: Bench, clerk: Clerk) -> None:
    """Within the overlap they are, after it they are not, to the minute; who gave the new code stays."""
    old = issue(bench)
    give(bench, clerk, old)
    new = issue(bench)
    give(bench, clerk, new, "bert")
    for forward, anna in (({"days": 13, "hours": 23, "minutes": 59}, False), ({"minutes": 1}, True)):
        bench.clock.forward(**forward)
        say(bench)
        assert clerk.lapsed is anna
        say(bench, "bert")
        assert not clerk.lapsed
    say(bench)
    assert not clerk.lapsed, "they are no staff any more: nothing is left to end"
    give(bench, clerk, new)
    say(bench)
    assert not clerk.lapsed


def test_without_overlap_it_ends_with_the_next_word(bench: Bench, clerk: Clerk) -> None:
    """Also at an alarm, and also when the code itself was swept away; staff of another town stay."""
    give(bench, clerk, issue(bench))
    give(bench, clerk, issue(bench, OTHER), "bert")
    say(bench, text="spaeter 60")
    issue(bench, overlap=dt.timedelta())
    bench.clock.forward(seconds=61)
    purge(bench.database, bench.ring, bench.clock(), bench.worlds)
    bench.work()
    assert isinstance(clerk.heard[-1], TimerFired)
    assert clerk.lapsed
    say(bench, "bert")
    assert not clerk.lapsed


def test_the_inbox_keeps_that_it_ended(bench: Bench, clerk: Clerk) -> None:
    """The same row replayed is the same turn."""
    give(bench, clerk, issue(bench))
    issue(bench, overlap=dt.timedelta())
    say(bench, text="und nun")
    ((index, dek),) = bench.rows("select address_index, dek from conversation")
    key = CONVERSATION_KEY.unwrap(bench.ring, bytes(index), bytes(dek))
    kept = [
        decode_incoming(INBOX_BODY.open(key, bytes(event), bytes(body))[8:])
        for event, body in bench.rows("select event, body from inbox order by seq")
    ]
    assert [one.lapsed for one in kept] == [False, True]


def test_what_is_listed(bench: Bench) -> None:
    """Which municipalities have codes, since when and until when; never the codes."""
    issue(bench)
    issue(bench, OTHER)
    issue(bench)
    listed = staffcodes.listed(bench.database, bench.clock())
    assert [(row["place"], row["expires"] is None) for row in listed] == [(TOWN, True), (TOWN, False), (OTHER, True)]
    assert {len(row) for row in listed} == {3}


def test_five_tries_in_ten_minutes(bench: Bench, listener: Listener) -> None:
    """The sixth is refused even when it is right; another chat is not held up; later it works again."""
    code = issue(bench)
    for _ in range(codes.MOST_TRIES):
        assert give(bench, listener, staffcode.make()) == ""
    assert give(bench, listener, code) == ""
    assert give(bench, listener, code, "bert") == TOWN
    bench.clock.forward(minutes=11)
    assert give(bench, listener, code) == TOWN


def test_deleting_does_not_give_new_tries(bench: Bench, listener: Listener) -> None:
    """Whoever has everything deleted is the same chat for these ten minutes; afterwards nothing of it is left."""
    code = issue(bench)
    for _ in range(codes.MOST_TRIES):
        give(bench, listener, staffcode.make())
    bench.book.say("anna", "vergiss")
    bench.work()
    assert give(bench, listener, code) == ""
    bench.clock.forward(minutes=11)
    purge(bench.database, bench.ring, bench.clock(), bench.worlds)
    assert bench.rows("select count(*) from code_try") == [(0,)]


def test_the_code_is_nowhere(bench: Bench, listener: Listener) -> None:
    """Neither in the tables of codes nor in the inbox, which keeps what the code stood for."""
    code = issue(bench)
    give(bench, listener, code)
    ((index, dek),) = bench.rows("select address_index, dek from conversation")
    ((event, body),) = bench.rows("select event, body from inbox")
    key = CONVERSATION_KEY.unwrap(bench.ring, bytes(index), bytes(dek))
    kept = INBOX_BODY.open(key, bytes(event), bytes(body))
    assert decode_incoming(kept[8:]) == CodeGiven(place=TOWN, code=bench.ring.blind_index("staff_code", code).hex())
    ((hashed,),) = bench.rows("select code_index from staff_code")
    assert bytes(hashed) == bench.ring.blind_index("staff_code", code)


def test_a_repeated_event_is_one_try(bench: Bench) -> None:
    """A row that is tried again does not use up the tries."""
    count = partial(codes.tries, ring=bench.ring, chat=b"x" * 16, now=stamp(bench.clock()))
    for event in (b"1" * 16, b"1" * 16, b"2" * 16):
        with bench.database.transaction() as tx:
            codes.note_try(tx, bench.ring, b"x" * 16, event, stamp(bench.clock()))
    with bench.database.transaction() as tx:
        assert count(tx) == 2


def test_ordinary_words_are_no_try(bench: Bench, listener: Listener) -> None:
    """What is no code reaches the engine as it was written."""
    bench.book.say("anna", "der lotse hilft")
    bench.work()
    assert isinstance(listener.heard[-1], Said)
    assert bench.rows("select count(*) from code_try") == [(0,)]


def test_ended_codes_go(bench: Bench) -> None:
    """A code that has ended is deleted by the sweeping; the one that holds stays."""
    issue(bench)
    issue(bench)
    bench.clock.forward(days=15)
    purge(bench.database, bench.ring, bench.clock(), bench.worlds)
    assert bench.rows("select count(*) from staff_code") == [(1,)]

"""Groups that get notices: paired by a code, told like coordinators, counted nowhere; on both databases."""

from __future__ import annotations

import datetime as dt
import re

import msgspec
import pytest

from bot import invitation
from bot.cases.advancing import advance as real_advance
from bot.cases.groupwords import SENTENCES
from bot.flows.conversation import Conversation
from bot.flows.exchange import (
    DeskNews,
    GroupLeft,
    GroupMoved,
    GroupSaid,
    GroupWord,
    Incoming,
    Said,
    decode_incoming,
)
from bot.flows.world import World
from bot.storage import codes, conversations, pairings
from bot.storage.sealing import INBOX_BODY
from bot.storage.times import stamp
from bot.upkeep import purge
from bot.work.worlds import Turned
from tests.work.conftest import Bench
from tests.work.small import Turn, advance
from tests.work.test_casework import OTHER, TOWN, heard, invite, join, open_case, say, state

GROUP = "-500"


def advance_groups(world: World, conversation: Conversation, incoming: Incoming, now: dt.datetime) -> Turned:
    """The small engine for chats; the real one for groups."""
    groups = isinstance(incoming, GroupSaid | GroupLeft | GroupMoved) or conversation.group is not None
    if groups or (isinstance(incoming, DeskNews) and incoming.what == "moved"):
        return real_advance(world, conversation, incoming, now)
    return advance(world, conversation, incoming, now)


@pytest.fixture
def bench(bench: Bench) -> Bench:
    """With groups."""
    bench.ledger._turns._advance = advance_groups
    return bench


def code_for(bench: Bench, place: str = TOWN, role: str = "koordination") -> str:
    """A code, as it is written in a group."""
    code = invitation.make()
    with bench.database.transaction() as tx:
        pairings.invite(tx, bench.ring, code, (place, role), stamp(bench.clock()))
    return invitation.show(code, invitation.GROUP)


def put(bench: Bench, incoming: Incoming, chat: str = GROUP) -> None:
    """Something happens in the group, and all that follows is done."""
    bench.book.put(chat, incoming, at=bench.clock())
    bench.work()


def word(bench: Bench, what: GroupWord, text: str = "", chat: str = GROUP, *, public: bool = False) -> None:
    """Somebody uses a word there."""
    put(bench, GroupSaid(what=what, text=text, public=public), chat)


def pair(bench: Bench, chat: str = GROUP, role: str = "koordination", place: str = TOWN) -> None:
    """The group gets notices."""
    word(bench, "pair", code_for(bench, place, role), chat)


def shown(bench: Bench, chat: str = GROUP) -> list[str]:
    """What stands in the group, by the name of the sentence."""
    shapes = {key: re.sub(r"\\\{\w+\\\}", ".*?", re.escape(text)) for key, text in SENTENCES.items()}
    texts = [line.text for line in bench.book.sends() if line.chat == chat and line.kind == "send"]
    return [next(key for key, shape in shapes.items() if re.fullmatch(shape, text, re.DOTALL)) for text in texts]


def test_a_group_is_told_and_no_more(bench: Bench) -> None:
    """From its code to the end of a case: what to do and by when, once each, and it never says what it is about."""
    join(bench, "ute", role="vertretung")
    pair(bench, role="vertretung")
    number = open_case(bench)
    bench.clock.forward(hours=5)
    bench.work()
    say(bench, "ute", f"tu accept {number}")
    say(bench, "ute", f"tu promise {number} 5")
    bench.clock.forward(hours=4)
    bench.work()
    say(bench, "anna", f"tu withdraw {number}")
    assert shown(bench) == ["joined", "notice", "nobody", "taken", "promise_soon", "withdrawn"]
    texts = "".join(line.text for line in bench.book.sends() if line.chat == GROUP)
    assert texts.count(number) >= 5
    assert "(Vertretung)" in texts
    assert "GEHEIM" not in texts
    assert "demo" not in texts
    assert not any(line.token for line in bench.book.sends() if line.chat == GROUP)


def test_reminders_stop_when_somebody_acts(bench: Bench) -> None:
    """As at a desk: as often, and not again afterwards."""
    join(bench, "ute")
    pair(bench)
    bench.worlds.accept_hours = 12
    number = open_case(bench)
    for _ in range(2):
        bench.clock.forward(hours=4, minutes=1)
        bench.work()
    reminded = heard(bench, "ute").count("desk reminder")
    assert shown(bench)[1:] == ["notice", *["reminder"] * reminded]
    assert reminded == 2
    say(bench, "ute", f"tu accept {number}")
    bench.clock.forward(hours=9)
    bench.work()
    assert shown(bench)[4:] == ["taken"]


def test_a_group_is_nobody(bench: Bench) -> None:
    """It reads nothing, so it is no reader; it cannot accept, so nobody waits for it; only groups are as nobody."""
    pair(bench)
    assert bench.ledger._casework.readers == {}
    number = open_case(bench)
    assert state(bench, number) == "gespeichert"
    assert heard(bench, "anna") == []
    assert shown(bench) == ["joined"]
    join(bench, "ute", role="ansprechperson")
    assert bench.ledger._casework.readers == {TOWN: 1}
    say(bench, "ute", f"tu accept {number}")
    say(bench, "ute", f"tu hand_over {number}")
    assert heard(bench, "ute")[-1] == "desk refused hand_over alone"
    say(bench, "anna", f"tu withdraw {number}")
    assert shown(bench) == ["joined"], "what was not announced does not end there either"


def test_the_role_of_a_group_can_be_named(bench: Bench) -> None:
    """Whoever is involved may be in a group though nobody coordinates with that role; it ends with the group."""
    came: list[Incoming] = []

    def listen(world: World, conversation: Conversation, incoming: Incoming, now: dt.datetime) -> Turned:
        came.append(incoming)
        turn = advance_groups(world, conversation, incoming, now)
        if isinstance(incoming, Said):
            return Turn(msgspec.structs.replace(turn.conversation, place=TOWN), tuple(turn.effects))
        return turn

    bench.ledger._turns._advance = listen
    join(bench, "ute", role="ansprechperson")
    pair(bench, role="vertretung")
    for text in ("hallo", "noch da"):
        say(bench, "anna", text)
    assert (came[-1].readers, came[-1].desks, came[-1].groups) == (1, ("ansprechperson",), ("vertretung",))
    word(bench, "part")
    say(bench, "anna", "und jetzt")
    assert (came[-1].readers, came[-1].groups) == (1, ())


def test_a_group_of_a_later_role_is_told_later(bench: Bench) -> None:
    """Asked in order: a group of the coordination hears of it when that is its turn."""
    join(bench, "ute", role="ansprechperson")
    join(bench, "veli", role="koordination")
    pair(bench, role="koordination")
    open_case(bench)
    assert shown(bench) == ["joined"]
    bench.clock.forward(hours=4, minutes=1)
    bench.work()
    assert shown(bench)[1:] == ["escalated"]


@pytest.mark.parametrize("how", ["named", "stepped back"])
def test_nothing_of_a_case_from_which_anybody_is_kept(bench: Bench, how: str) -> None:
    """Who is in a group is not known: the one who is involved may be."""
    join(bench, "ute", role="ansprechperson")
    join(bench, "veli", role="vertretung")
    for chat, role in (("-1", "ansprechperson"), ("-2", "vertretung")):
        pair(bench, chat, role)
    if how == "named":
        say(bench, "anna", "geteilt ohne ansprechperson")
    else:
        number = open_case(bench)
        say(bench, "ute", f"tu step_back {number}")
    (number,) = [row[0] for row in bench.rows("select number from case_record")]
    before = ["joined"] if how == "named" else ["joined", "notice"]
    assert heard(bench, "veli")[-1] == "desk notice"
    bench.clock.forward(hours=5)
    bench.work()
    say(bench, "veli", f"tu accept {number}")
    assert heard(bench, "veli")[-1] == "desk done accept"
    say(bench, "anna", f"tu withdraw {number}")
    assert (shown(bench, "-1"), shown(bench, "-2")) == (before, ["joined"])


def test_a_group_is_told_once_how_it_goes_and_then_left(bench: Bench) -> None:
    """Refused kindly, once; after a quarter of an hour without a code the Lotse goes, and nothing is left of it."""
    for what in ("added", "help", "act", "part", "help"):
        word(bench, what)
    assert shown(bench) == ["refused"]
    word(bench, "emergency")
    word(bench, "emergency")
    assert shown(bench) == ["refused", "emergency", "emergency"]
    bench.clock.forward(minutes=16)
    bench.work()
    assert [line.kind for line in bench.book.sends()][-1] == "forget"
    bench.ledger.sweep()
    assert bench.rows("select count(*) from conversation") == [(0,)]
    word(bench, "added")
    assert shown(bench)[3:] == ["refused"]


def test_no_act_is_done_in_a_group(bench: Bench) -> None:
    """Answered once until the next notice; the case stands where it stood."""
    join(bench, "ute")
    pair(bench)
    number = open_case(bench)
    for _ in range(3):
        word(bench, "act")
    assert shown(bench)[2:] == ["act"]
    assert state(bench, number) == "gemeldet"
    open_case(bench, "bert")
    word(bench, "act")
    assert shown(bench)[3:] == ["notice", "act"]


def test_a_code_works_once_for_three_days_and_for_a_group_only(bench: Bench) -> None:
    """Used, ended, made up: the same answer. In a private chat it is none, and is not used up by that."""
    join(bench, "ute")
    code = code_for(bench)
    say(bench, "anna", f"hier {code}")
    say(bench, "ute", f"hier {code}")
    assert heard(bench, "anna")[-1] == heard(bench, "ute")[-1] == "desk group_only"
    word(bench, "pair", code)
    word(bench, "pair", code, "-2")
    late = code_for(bench)
    bench.clock.forward(hours=73)
    word(bench, "pair", late, "-3")
    word(bench, "pair", invitation.show(invitation.make(), invitation.GROUP), "-4")
    assert shown(bench) == ["joined"]
    assert [shown(bench, chat) for chat in ("-2", "-3", "-4")] == [["code_refused"]] * 3
    assert bench.rows("select count(*) from pairing") == [(1,)]
    assert bench.rows("select count(*) from coordinator") == [(1,)]


def test_codes_are_not_to_be_guessed(bench: Bench) -> None:
    """After five tries even a right one is refused, for ten minutes, and it is not used up by that."""
    right = code_for(bench)
    for _ in range(codes.MOST_TRIES):
        word(bench, "pair", invitation.show(invitation.make(), invitation.GROUP))
    word(bench, "pair", right)
    assert shown(bench) == ["code_refused"] * 6
    bench.clock.forward(minutes=11)
    word(bench, "pair", right)
    assert shown(bench)[-1] == "joined"


def test_an_invitation_that_was_shown_to_a_group_holds_no_more(bench: Bench) -> None:
    """Several people know it now; and it does not pair the group."""
    code = invite(bench).removeprefix("hier: ")
    word(bench, "pair", code)
    assert shown(bench) == ["code_refused"]
    say(bench, "ute", f"hier: {code}")
    assert heard(bench, "ute") == ["desk invitation_refused"]


def test_nothing_that_was_written_in_a_group_is_kept(bench: Bench) -> None:
    """What stood behind a word is emptied before it is stored, once it is known that it is a code or none."""
    word(bench, "pair", "unsere Kollegin Kanarienvogel")
    word(bench, "pair", code_for(bench))
    word(bench, "pair", code_for(bench))
    assert shown(bench) == ["refused", "joined", "already"]
    said = _stored(bench)
    assert len(said) == 3
    assert all(one.text == "" for one in said)


def _stored(bench: Bench) -> list[GroupSaid]:
    """What the inbox has of the group."""
    index = conversations.index_of(bench.ring, bench.adapter.name, GROUP)
    with bench.database.transaction() as tx:
        key = conversations.find(tx, [index])[index].standing.key(bench.ring)
    rows = bench.rows("select event, body from inbox where body is not null order by seq")
    opened = [decode_incoming(INBOX_BODY.open(key, bytes(event), bytes(body))[8:]) for event, body in rows]
    return [one for one in opened if isinstance(one, GroupSaid)]


def test_a_public_group_is_not_paired(bench: Bench) -> None:
    """Whoever finds it could read when a town has a case; the code stays good for a closed one."""
    code = code_for(bench)
    word(bench, "added", public=True)
    word(bench, "pair", code, public=True)
    assert shown(bench) == ["public"]
    word(bench, "pair", code, "-2")
    assert shown(bench, "-2") == ["joined"]
    word(bench, "help", chat="-2", public=True)
    assert shown(bench, "-2") == ["joined", "public"]
    assert bench.rows("select count(*) from pairing") == [(0,)]


def test_a_coordinator_asks_for_a_code(bench: Bench) -> None:
    """For her own town and role; a person who is none gets none."""
    join(bench, "ute", role="vertretung")
    say(bench, "ute", "gruppe")
    say(bench, "anna", "gruppe")
    assert heard(bench, "anna") == []
    code = heard(bench, "ute")[-1].removeprefix("desk group_code ")
    word(bench, "pair", code)
    assert bench.rows("select tenant, role from pairing") == [(TOWN, "vertretung")]
    assert heard(bench, "ute")[-1] == "desk group_joined"


@pytest.mark.parametrize("how", ["part", "kicked"])
def test_it_ends_when_a_member_or_the_transport_ends_it(bench: Bench, how: str) -> None:
    """The coordinators of the place hear it once; of another town nobody does."""
    join(bench, "ute")
    join(bench, "fremd", OTHER)
    pair(bench)
    if how == "part":
        word(bench, "part")
        assert shown(bench)[-1] == "left"
        word(bench, "part")
    else:
        put(bench, GroupLeft())
        put(bench, GroupLeft())
    assert heard(bench, "ute").count("desk group_left") == 1
    assert "desk group_left" not in heard(bench, "fremd")
    open_case(bench)
    assert "notice" not in shown(bench)
    assert bench.rows("select count(*) from pairing") == [(0,)]


def test_one_that_cannot_be_written_to_gets_no_more(bench: Bench) -> None:
    """The update that says so was lost: the refusal says it, once, and the group may come back by a new code."""
    join(bench, "ute")
    pair(bench)
    bench.adapter.closed.add(GROUP)
    open_case(bench)
    assert shown(bench) == ["joined"]
    assert heard(bench, "ute")[-2:] == ["desk notice", "desk group_left"]
    bench.adapter.closed.clear()
    open_case(bench, "bert")
    assert shown(bench) == ["joined"]
    assert heard(bench, "ute").count("desk group_left") == 1
    pair(bench)
    assert shown(bench) == ["joined", "joined"]


def test_a_group_that_moves_is_followed(bench: Bench) -> None:
    """The transport gives it another address: notices go there, nobody hears that it left, and its word counts."""
    join(bench, "ute")
    pair(bench)
    put(bench, GroupMoved(to="-1005"))
    open_case(bench)
    assert (shown(bench), shown(bench, "-1005")) == (["joined"], ["notice"])
    assert "desk group_left" not in heard(bench, "ute")
    put(bench, GroupLeft())
    word(bench, "added", chat="-1005")
    word(bench, "part", chat="-1005")
    assert shown(bench, "-1005") == ["notice", "left"]
    assert heard(bench, "ute").count("desk group_left") == 1


def test_nobody_is_woken(bench: Bench) -> None:
    """What is not urgent waits for the morning: that somebody has taken it, too."""
    join(bench, "ute")
    pair(bench)
    number = open_case(bench)
    bench.clock.forward(hours=17, minutes=10)  # ten past three
    bench.work()
    known = len(shown(bench))
    say(bench, "ute", f"tu accept {number}")
    assert shown(bench)[known:] == []
    bench.clock.forward(hours=1)
    bench.work()
    assert shown(bench)[-1] == "taken"


def test_a_group_does_not_expire(bench: Bench) -> None:
    """Months without a case: it is told of the next one."""
    join(bench, "ute")
    pair(bench)
    for _ in range(4):
        bench.clock.forward(days=30)
        purge(bench.database, bench.ring, bench.clock(), bench.worlds)
        bench.work()
    open_case(bench)
    assert shown(bench) == ["joined", "notice"]


def test_another_town_hears_nothing(bench: Bench) -> None:
    """Tenant is equality."""
    join(bench, "ute")
    pair(bench, place=OTHER)
    number = open_case(bench)
    say(bench, "ute", f"tu accept {number}")
    assert shown(bench) == ["joined"]

"""Cases in the books: one accepts, everybody is told, the clock asks the next one; on both databases."""

from __future__ import annotations

import pytest

from bot import invitation
from bot.adapters.base import Sent
from bot.cases.escalation import NUDGE_AFTER
from bot.storage import codes, desks
from bot.storage.times import stamp
from bot.upkeep import purge
from tests.work.conftest import Bench

TOWN, OTHER = "06412000", "09761000"


def invite(bench: Bench, place: str = TOWN, role: str = "koordination") -> str:
    """An invitation, as its holder writes it."""
    code = invitation.make()
    with bench.database.transaction() as tx:
        desks.invite(tx, bench.ring, code, place, role, stamp(bench.clock()))
    return f"hier: {invitation.show(code)}"


def say(bench: Bench, chat: str, text: str) -> None:
    """Somebody writes, and all that follows from it is done."""
    bench.book.say(chat, text)
    bench.work()


def join(bench: Bench, chat: str, place: str = TOWN, role: str = "koordination") -> None:
    """A coordinator comes in."""
    say(bench, chat, invite(bench, place, role))


def heard(bench: Bench, chat: str) -> list[str]:
    """What that chat was sent about cases, in order."""
    texts = [line.text for line in bench.book.sends() if line.chat == chat and line.kind == "send"]
    return [text for text in texts if text.startswith(("desk", "case"))]


def open_case(bench: Bench, chat: str = "anna") -> str:
    """A person opens a case that coordinators are told of; its number."""
    say(bench, chat, "geteilt")
    (number,) = [row[0] for row in bench.rows("select number from case_record order by id desc limit 1")]
    return str(number)


def state(bench: Bench, number: str) -> str:
    """Where a case stands."""
    rows = dict(bench.rows("select r.number, k.state from case_care k join case_record r on r.id = k.record"))
    return str(rows[number])


def test_from_the_first_word_to_the_end(bench: Bench) -> None:
    """Told, accepted, read, answered, closed; each step reaches the other side in its order."""
    join(bench, "ute")
    number = open_case(bench)
    assert state(bench, number) == "gemeldet"
    assert heard(bench, "anna") == ["case reported"]
    assert heard(bench, "ute") == ["desk joined koordination", "desk notice"]
    say(bench, "ute", f"tu accept {number}")
    say(bench, "ute", f"tu read {number}")
    say(bench, "ute", f"tu answer {number} Guten Tag")
    say(bench, "anna", f"tu message {number} Danke")
    say(bench, "ute", f"tu close {number} geklaert")
    assert heard(bench, "anna")[1:] == ["case accept", "case answer Guten Tag", "case close geklaert"]
    assert heard(bench, "ute")[2:] == [
        "desk done accept", "desk shown GEHEIM", "desk done read", "desk done answer", "desk message",
        "desk done close",
    ]  # fmt: skip
    assert state(bench, number) == "abgeschlossen"
    acts = [row[0] for row in bench.rows("select act from case_audit order by place")]
    assert acts == ["accept", "read", "answer", "message", "close"]


def test_exactly_one_accepts(bench: Bench) -> None:
    """Two accept in the same commit: one has it, the other is told; the third need not do anything."""
    for chat in ("ute", "veli", "wim"):
        join(bench, chat)
    number = open_case(bench)
    bench.book.say("ute", f"tu accept {number}")
    bench.book.say("veli", f"tu accept {number}")
    bench.work()
    won = [chat for chat in ("ute", "veli") if "desk done accept" in heard(bench, chat)]
    assert len(won) == 1
    (lost,) = {"ute", "veli"} - set(won)
    assert heard(bench, lost)[-2:] in (
        ["desk taken", "desk refused accept taken"],
        ["desk refused accept taken", "desk taken"],
    )
    assert heard(bench, "wim")[-1] == "desk taken"
    assert heard(bench, "anna").count("case accept") == 1


def test_nobody_is_told_where_nobody_is(bench: Bench) -> None:
    """Without a coordinator the case is stored; whoever joins later finds it in the list, and may accept."""
    join(bench, "fremd", OTHER)
    number = open_case(bench)
    assert state(bench, number) == "gespeichert"
    assert heard(bench, "anna") == []
    join(bench, "ute")
    assert heard(bench, "ute") == [f"desk joined koordination {number}"]
    say(bench, "ute", f"tu accept {number}")
    assert heard(bench, "anna") == ["case accept"]


def test_a_case_of_another_town_does_not_exist(bench: Bench) -> None:
    """Tenant is equality: any act is answered as if there were no such number, and the list is empty."""
    join(bench, "ute")
    join(bench, "fremd", OTHER)
    number = open_case(bench)
    for act in ("accept", "read", "close", "answer"):
        say(bench, "fremd", f"tu {act} {number}")
        assert heard(bench, "fremd")[-1] == f"desk refused {act} unknown"
        say(bench, "fremd", f"tu {act} 99999999")
        assert heard(bench, "fremd")[-1] == f"desk refused {act} unknown"
    say(bench, "fremd", "liste")
    assert heard(bench, "fremd")[-1] == "desk listed"
    say(bench, "bert", f"tu withdraw {number}")
    assert heard(bench, "bert") == ["case not_done"]
    assert state(bench, number) == "gemeldet"


def test_only_who_holds_it_reads_it(bench: Bench) -> None:
    """Before accepting nobody reads, and afterwards nobody else."""
    join(bench, "ute")
    join(bench, "veli")
    number = open_case(bench)
    say(bench, "ute", f"tu read {number}")
    assert heard(bench, "ute")[-1] == "desk refused read not_yours"
    say(bench, "ute", f"tu accept {number}")
    say(bench, "veli", f"tu read {number}")
    assert heard(bench, "veli")[-1] == "desk refused read not_yours"
    assert not any("GEHEIM" in line for chat in ("ute", "veli") for line in heard(bench, chat))


def test_who_is_involved_never_sees_it_again(bench: Bench) -> None:
    """Stepping back leaves no trace of the case in the list, and no notice comes any more; others are asked."""
    join(bench, "ute")
    join(bench, "veli")
    number = open_case(bench)
    say(bench, "ute", f"tu step_back {number}")
    assert heard(bench, "anna")[-1] == "case step_back"
    say(bench, "ute", "liste")
    assert heard(bench, "ute")[-1] == "desk listed"
    say(bench, "ute", f"tu accept {number}")
    assert heard(bench, "ute")[-1] == "desk refused accept unknown"
    before = len(heard(bench, "ute"))
    bench.clock.forward(hours=30)
    bench.work()
    assert len(heard(bench, "ute")) == before
    say(bench, "veli", f"tu accept {number}")
    assert heard(bench, "veli")[-1] == "desk done accept"


def test_escalation(bench: Bench) -> None:
    """First the contact, then the deputy, then the coordination; the person hears each step, and at last of others."""
    join(bench, "ute", role="ansprechperson")
    join(bench, "veli", role="vertretung")
    join(bench, "wim", role="koordination")
    open_case(bench)
    assert [heard(bench, chat)[1:] for chat in ("ute", "veli", "wim")] == [["desk notice"], [], []]
    bench.clock.forward(hours=4)
    bench.work()
    assert heard(bench, "veli")[1:] == ["desk escalated"]
    assert heard(bench, "wim")[1:] == []
    bench.clock.forward(hours=4)
    bench.work()
    assert heard(bench, "wim")[1:] == ["desk escalated"]
    bench.clock.forward(hours=4)
    bench.work()
    assert heard(bench, "anna") == ["case reported", "case escalate", "case escalate", "case nobody"]
    bench.clock.forward(days=1, hours=1)
    bench.work()
    assert heard(bench, "anna")[-1] == "case nobody"
    assert heard(bench, "wim")[-1] == "desk nobody"


def test_notices_end_when_somebody_acts(bench: Bench) -> None:
    """Once accepted there are no more of them, but a question for the next step after days without one."""
    join(bench, "ute")
    number = open_case(bench)
    say(bench, "ute", f"tu accept {number}")
    count = len(heard(bench, "ute"))
    bench.clock.forward(hours=40)
    bench.work()
    assert len(heard(bench, "ute")) == count
    bench.clock.forward(seconds=NUDGE_AFTER.total_seconds())
    bench.work()
    assert heard(bench, "ute")[count:] == ["desk nudge"]


def test_a_promise_that_breaks(bench: Bench) -> None:
    """Its maker is reminded before; the person hears first that it broke, and once; an answer in time keeps it."""
    join(bench, "ute")
    number = open_case(bench)
    say(bench, "ute", f"tu accept {number}")
    say(bench, "ute", f"tu promise {number} 5")
    assert heard(bench, "anna")[-1] == "case promise"
    bench.clock.forward(hours=3)
    bench.work()
    assert heard(bench, "ute")[-1] == "desk promise_soon"
    bench.clock.forward(hours=2)
    bench.work()
    assert heard(bench, "anna")[-1] == "case promise_broken"
    assert heard(bench, "ute")[-1] == "desk promise_broken"
    seqs = dict(bench.rows("select state, count(*) from inbox group by state"))
    assert set(seqs) == {3}
    say(bench, "ute", f"tu promise {number} 5")
    say(bench, "ute", f"tu answer {number} da")
    bench.clock.forward(hours=9)
    bench.work()
    assert heard(bench, "anna").count("case promise_broken") == 1


def test_withdrawing_shreds(bench: Bench) -> None:
    """What the case says is gone with its key; the holder hears that it was withdrawn, and nothing else."""
    join(bench, "ute")
    number = open_case(bench)
    say(bench, "ute", f"tu accept {number}")
    say(bench, "anna", f"tu withdraw {number}")
    assert heard(bench, "anna")[-1] == "case withdraw"
    assert heard(bench, "ute")[-1] == "desk withdrawn"
    assert bench.rows("select dek, lines, conversation, state from case_record") == [
        (None, None, None, "zurueckgezogen")
    ]
    assert bench.rows("select count(*) from case_note") == [(0,)]
    say(bench, "ute", f"tu read {number}")
    assert heard(bench, "ute")[-1] == "desk refused read over"


def test_forgetting_withdraws(bench: Bench) -> None:
    """`löschen` of the person withdraws; that of the coordinator frees what was held, and the person is told."""
    join(bench, "ute")
    number = open_case(bench)
    say(bench, "ute", f"tu accept {number}")
    join(bench, "veli")
    say(bench, "ute", "vergiss")
    assert state(bench, number) == "gemeldet"
    assert heard(bench, "anna")[-1] == "case hand_over"
    assert heard(bench, "veli")[-1] == "desk notice"
    say(bench, "anna", "vergiss")
    assert state(bench, number) == "zurueckgezogen"
    assert heard(bench, "veli")[-1] == "desk withdrawn"


def test_nobody_else_is_said_to_be_asked(bench: Bench) -> None:
    """The only coordinator cannot hand over; stepping back or leaving, the person is told that nobody is left."""
    join(bench, "ute")
    number = open_case(bench)
    say(bench, "ute", f"tu accept {number}")
    say(bench, "ute", f"tu hand_over {number}")
    assert heard(bench, "ute")[-1] == "desk refused hand_over alone"
    say(bench, "ute", f"tu step_back {number}")
    assert heard(bench, "anna")[-1] == "case nobody"
    join(bench, "veli")
    assert heard(bench, "veli")[-1] == f"desk joined koordination {number}"
    say(bench, "veli", f"tu accept {number}")
    say(bench, "veli", "gehen")
    assert heard(bench, "anna")[-1] == "case nobody"


def test_leaving_frees(bench: Bench) -> None:
    """Whoever leaves sees nothing any more, and what they held waits for others."""
    join(bench, "ute")
    join(bench, "veli")
    number = open_case(bench)
    say(bench, "ute", f"tu accept {number}")
    say(bench, "ute", "gehen")
    assert heard(bench, "veli")[-1] == "desk notice"
    say(bench, "ute", f"tu accept {number}")
    assert heard(bench, "ute")[-1] == "case not_done"


def test_what_is_closed_is_shredded_in_time(bench: Bench) -> None:
    """After the municipality's term, and the person is told; until then it can be opened again."""
    join(bench, "ute")
    number = open_case(bench)
    say(bench, "ute", f"tu accept {number}")
    say(bench, "ute", f"tu close {number} schutz")
    say(bench, "anna", f"tu reopen {number}")
    assert heard(bench, "anna")[-1] == "case reopen"
    say(bench, "ute", f"tu accept {number}")
    say(bench, "ute", f"tu close {number} schutz")
    bench.clock.forward(days=29)
    bench.work()
    assert bench.rows("select dek is null from case_record") in ([(0,)], [(False,)])
    bench.clock.forward(days=2)
    bench.work()
    assert heard(bench, "anna")[-1] == "case erased"
    assert bench.rows("select dek, lines from case_record") == [(None, None)]


def test_an_invitation_works_once_and_for_three_days(bench: Bench) -> None:
    """Used, ended and made up: the same answer; and the code is nowhere."""
    code = invite(bench)
    say(bench, "ute", code)
    say(bench, "veli", code)
    late = invite(bench)
    bench.clock.forward(hours=73)
    say(bench, "wim", late)
    say(bench, "xaver", f"hier: {invitation.show(invitation.make())}")
    refused = ["desk invitation_refused"]
    assert [heard(bench, chat) for chat in ("veli", "wim", "xaver")] == [refused] * 3
    assert bench.rows("select count(*) from coordinator") == [(1,)]
    purge(bench.database, bench.ring, bench.clock(), bench.worlds)
    assert bench.rows("select count(*) from invitation") == [(0,)]


def test_invitations_are_not_to_be_guessed(bench: Bench) -> None:
    """After five tries even a right one is refused, for ten minutes, and it is not used up by that."""
    right = invite(bench)
    for _ in range(codes.MOST_TRIES):
        say(bench, "ute", f"hier: {invitation.show(invitation.make())}")
    say(bench, "ute", right)
    assert heard(bench, "ute")[-1] == "desk invitation_refused"
    bench.clock.forward(minutes=11)
    say(bench, "ute", right)
    assert heard(bench, "ute")[-1] == "desk joined koordination"


def test_a_coordinator_does_not_expire(bench: Bench) -> None:
    """A chat that has had nothing to do for months still coordinates; one of a person is forgotten."""
    join(bench, "ute")
    say(bench, "anna", "hallo")
    for _ in range(4):
        bench.clock.forward(days=30)
        purge(bench.database, bench.ring, bench.clock(), bench.worlds)
        bench.work()
    open_case(bench, "bert")
    assert heard(bench, "ute")[-1] == "desk notice"


@pytest.mark.parametrize("chat", ["anna", "ute"])
def test_letters_come_once(bench: Bench, chat: str) -> None:
    """What is posted becomes one inbox row and goes; nothing is left behind."""
    join(bench, "ute")
    open_case(bench)
    assert bench.rows("select count(*) from letter") == [(0,)]
    assert heard(bench, chat).count("case reported" if chat == "anna" else "desk notice") == 1


def test_what_a_case_says_is_sealed(bench: Bench) -> None:
    """No table holds it in clear, not even on its way to the coordinator."""
    join(bench, "ute")
    number = open_case(bench)
    say(bench, "ute", f"tu accept {number}")
    bench.book.say("ute", f"tu read {number}")
    step = bench.take_in()
    for table in ("letter", "inbox", "delivery", "case_note", "case_record"):
        for row in bench.rows("select * from " + table):  # noqa: S608 - names from the line above
            assert not any(isinstance(value, bytes) and b"GEHEIM" in value for value in row)
    list(bench.ledger.take_in([], [(parcel, Sent()) for parcel in step.parcels]))
    bench.work()
    assert "desk shown GEHEIM" in heard(bench, "ute")


def test_whoever_the_person_names_never_sees_it(bench: Bench) -> None:
    """Named by role: no notice, no line, no act, and not after leaving and joining again either; others are asked."""
    join(bench, "ute", role="ansprechperson")
    join(bench, "veli", role="vertretung")
    say(bench, "anna", "geteilt ohne ansprechperson")
    (number,) = [row[0] for row in bench.rows("select number from case_record")]
    assert heard(bench, "veli")[-1] == "desk notice"
    assert heard(bench, "ute") == ["desk joined ansprechperson"]
    for act in ("accept", "read", "step_back"):
        say(bench, "ute", f"tu {act} {number}")
        assert heard(bench, "ute")[-1] == f"desk refused {act} unknown"
    say(bench, "ute", "gehen")
    join(bench, "ute", role="ansprechperson")
    assert heard(bench, "ute")[-1] == "desk joined ansprechperson"
    bench.clock.forward(hours=5)
    bench.work()
    assert heard(bench, "ute")[-1] == "desk joined ansprechperson"
    assert "desk nobody" in heard(bench, "veli")


def test_nobody_is_told_when_all_are_involved(bench: Bench) -> None:
    """Then it is stored, as where nobody is connected; somebody who joins in another role finds it."""
    join(bench, "ute", role="koordination")
    say(bench, "anna", "geteilt ohne koordination")
    (number,) = [row[0] for row in bench.rows("select number from case_record")]
    assert state(bench, number) == "gespeichert"
    assert heard(bench, "ute") == ["desk joined koordination"]
    join(bench, "veli", role="vertretung")
    assert heard(bench, "veli") == [f"desk joined vertretung {number}"]


def test_what_a_case_says_is_the_persons_to_have(bench: Bench) -> None:
    """Its lines and notes come to whoever opened it; to anybody else as if there were no such number."""
    join(bench, "ute")
    number = open_case(bench)
    say(bench, "anna", f"tu message {number} Nachtrag")
    say(bench, "anna", f"zeig {number}")
    assert heard(bench, "anna")[-1] == "case contents pdf GEHEIM nachricht=Nachtrag"
    for chat in ("bert", "ute"):
        say(bench, chat, f"zeig {number}")
        assert heard(bench, chat)[-1] == "case contents pdf"

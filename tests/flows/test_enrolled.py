"""What a code changes in a talk: the place is known, internal contacts are named there and nowhere else."""

from __future__ import annotations

from typing import Any

import pytest
from typing_extensions import override

from bot.flows.exchange import CodeGiven, Offered, Said, Started
from tests.flows.worlds import Card, Cards, Talk, library_of, read, world_of

TOWN, KASSEL = "00000000", "06611000"
RECEPTION = """
id: empfang
type: empfang
title: {de: Empfang}
review_by: 2027-02-21
steps:
  was: {kind: text, text: {de: Was ist passiert?}, purpose: {de: Zum Finden.}, keep: nicht}
  angebot: {kind: offer_playbooks, text: {de: Was trifft zu?}, other: ende}
  ende: {kind: end, outcome: beendet}
"""
WALK = """
id: weg
title: {de: Ein Weg}
menu: 1
review_by: 2027-02-21
steps:
  amt: {kind: place, role: dienststelle, once: true, text: {de: Wo arbeiten Sie?}}
  tatort: {kind: place, role: ort, text: {de: Wo war es?}}
  wer: {kind: contact, text: {de: Diese Stellen helfen.}, kinds: [polizei]}
  stimmung: {kind: number, text: {de: Wie geht es Ihnen?}}
  ende: {kind: end, text: {de: Alles Gute.}}
"""


class Asked(Cards):
    """Cards that remember for whose eyes they were asked."""

    def __init__(self) -> None:
        self.staff: list[str] = []

    @override
    def responsible(self, **asked: Any) -> tuple[Card, ...]:
        """As the cards."""
        self.staff.append(asked["staff"])
        return super().responsible(**asked)


@pytest.fixture
def asked() -> Asked:
    """A directory that remembers."""
    return Asked()


@pytest.fixture
def talk(asked: Asked) -> Talk:
    """A talk at its first question."""
    talk = Talk(world_of(library_of({file.id: file for file in map(read, (RECEPTION, WALK))}), directory=asked))
    talk.do(Started())
    return talk


def walk(talk: Talk, *words: str) -> None:
    """Go into the playbook and answer."""
    talk.do(Said(text="etwas war", offered=(Offered("weg", 0.9),)))
    for word in ("1", *words):
        talk.do(Said(text=word))


def test_a_code_makes_staff_of_its_place(talk: Talk, asked: Asked) -> None:
    """The question where one works is not asked any more, and internal contacts are shown."""
    turn = talk.do(CodeGiven(place=TOWN))
    assert "beschäftigt bei: Musterstadt" in talk.texts()[0]
    assert talk.question().text.startswith("Was ist passiert?")
    assert (turn.conversation.place, turn.conversation.staff) == (TOWN, True)
    walk(talk, "Musterstadt")
    assert asked.staff == [TOWN]


def test_without_a_code_only_what_is_public(talk: Talk, asked: Asked) -> None:
    """Naming a place proves nothing; a code that does not hold changes nothing and the question stays."""
    before = talk.state
    talk.do(CodeGiven())
    assert talk.texts()[0].startswith("Dieser Code gilt nicht")
    assert talk.question().text.startswith("Was ist passiert?")
    assert (talk.state.place, talk.state.staff) == (before.place, before.staff)
    walk(talk, "Musterstadt", "Musterstadt")
    assert asked.staff == [""]


def test_elsewhere_they_are_staff_of_their_own_town(talk: Talk, asked: Asked) -> None:
    """It happened in another town: the directory is told whose staff they are."""
    talk.do(CodeGiven(place=TOWN))
    walk(talk, "06611000")
    assert asked.staff == [TOWN]


def test_a_code_that_ended_makes_no_staff(talk: Talk, asked: Asked) -> None:
    """From the next turn on only what is public is named; it is said once, beside the contacts; a new code mends it."""
    talk.do(CodeGiven(place=TOWN, code="ab"))
    talk.do(Said(text="etwas war", offered=(Offered("weg", 0.9),), lapsed=True))
    assert not any("gilt nicht mehr" in text for text in talk.texts())
    for word in ("1", "Musterstadt"):
        talk.do(Said(text=word))
    assert asked.staff == [""]
    assert sum("gilt nicht mehr" in text for text in talk.texts()) == 1
    assert talk.state.place == TOWN
    talk.do(Said(text="mensch"))
    assert not any("gilt nicht mehr" in text for text in talk.texts())
    talk.do(CodeGiven(place=TOWN, code="cd", lapsed=True))
    assert (talk.state.staff, talk.state.code) == (True, "cd")
    talk.do(Said(text="mensch"))
    assert asked.staff[-1] == TOWN


def test_the_open_question_for_the_employer_is_answered_by_it(talk: Talk) -> None:
    """Whoever is asked where they work may give the code instead, also while several places are offered."""
    walk(talk)
    assert talk.question().text == "Wo arbeiten Sie?"
    talk.do(Said(text="Kassel"))
    assert talk.state.overlay == "place"
    talk.do(CodeGiven(place=TOWN))
    assert talk.question().text == "Wo war es?"
    assert talk.state.answers["amt"] == TOWN


def test_another_employer_ends_it(talk: Talk, asked: Asked) -> None:
    """The code was for one municipality: whoever says that they work for another is not staff there."""
    walk(talk, "Musterstadt")
    talk.do(CodeGiven(place=TOWN))
    for word in ("ändern", "1", "06611000"):
        talk.do(Said(text=word))
    assert (talk.state.place, talk.state.staff) == (KASSEL, False)


def test_a_link_of_another_town_changes_nothing(talk: Talk) -> None:
    """The poster of the next town, scanned by staff of this one."""
    talk.do(CodeGiven(place=TOWN))
    talk.do(Started(payload=KASSEL))
    assert (talk.state.place, talk.state.staff) == (TOWN, True)


@pytest.mark.parametrize(("payload", "place"), [(KASSEL, KASSEL), ("Musterstadt", TOWN), ("Kassel", ""), ("../x", "")])
def test_a_link_names_a_place(talk: Talk, payload: str, place: str) -> None:
    """By key or by a name that is one place's only; the person is no staff by it."""
    talk.do(Started(payload=payload))
    assert (talk.state.place, talk.state.staff) == (place, False)


def test_a_code_in_the_link_begins_the_talk(asked: Asked) -> None:
    """Whoever opens the chat by such a link is greeted as ever, in the language that the link says."""
    talk = Talk(world_of(library_of({file.id: file for file in map(read, (RECEPTION, WALK))}), directory=asked))
    talk.do(CodeGiven(place=TOWN, opened=True, language="en"))
    assert talk.texts()[0].startswith("Thank you. You now count as staff")
    assert talk.question().text.startswith("Was ist passiert?")
    assert talk.state.staff


def test_deleting_ends_it(talk: Talk) -> None:
    """After löschen nothing of it is left."""
    talk.do(CodeGiven(place=TOWN))
    talk.do(Said(text="löschen"))
    talk.do(Said(text="1"))
    assert (talk.state.place, talk.state.staff) == ("", False)

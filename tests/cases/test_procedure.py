"""The table of the procedure: every arrow has its sentences, nobody does what is not theirs, every case can end."""

from __future__ import annotations

import typing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cases import deskwords
from bot.cases.procedure import ARROWS, OUTCOMES, Act, Actor, Refusal, State, is_held, is_open, judge
from bot.flows.exchange import CaseAct, CaseWord, DeskNews, DeskWhat, News
from bot.flows.sentences import SENTENCES

_STATES = st.sampled_from(State)
_ACTS = st.sampled_from(Act)
_ACTORS = st.sampled_from(Actor)
# Said by another sentence: what is shown, and what the clock alone does.
_SILENT = {Act.READ, Act.ESCALATE}


def test_every_act_has_an_arrow() -> None:
    """The table is whole, and what chats may want is in it."""
    assert set(ARROWS) == set(Act)
    assert set(typing.get_args(CaseWord)) == {act.value for act in Act} - {"escalate"}


def test_every_arrow_has_its_sentence() -> None:
    """For the person in every language, for the coordinator in German."""
    for what in set(typing.get_args(News)) - {"contents"}:  # a paper, no sentence
        assert set(SENTENCES[f"case_{what}"]) - {"de-du"} == {"de", "en", "de-simple"}
    for act, arrow in ARROWS.items():
        if arrow.to is not None and act is not Act.ACCEPT:
            assert f"case_{act.value}" in SENTENCES, act
        if arrow.actors & {Actor.HOLDER, Actor.DESK} and act not in _SILENT:
            assert f"done_{act.value}" in deskwords.SENTENCES, act
    for reason in Refusal:
        assert f"refused_{reason.value}" in deskwords.SENTENCES
    for outcome in OUTCOMES:
        assert f"outcome_{outcome}" in SENTENCES
    assert set(OUTCOMES) == set(deskwords.OUTCOMES)
    assert {state.value for state in State} == set(deskwords.STATES)
    others = {"joined", "listed", "shown", "done", "refused", "invitation_refused", "moved", "unpaired"}
    assert set(typing.get_args(DeskWhat)) - others <= set(deskwords.SENTENCES)


def test_every_state_has_its_status() -> None:
    """`status` has plain words for each state that a person's case can have."""
    for state in set(State) - {State.STORED, State.WITHDRAWN}:
        assert f"status_{state.value}" in SENTENCES


@given(_STATES, _ACTS, _ACTORS)
def test_only_arrows_lead_anywhere(state: State, act: Act, actor: Actor) -> None:
    """Whatever is not in the table is refused with a reason; nothing raises."""
    there = judge(state, act, actor)
    arrow = ARROWS[act]
    if state in arrow.states and actor in arrow.actors:
        assert there == (arrow.to or state)
    else:
        assert isinstance(there, Refusal)


@given(_ACTS, _ACTORS)
def test_withdrawn_is_the_end(act: Act, actor: Actor) -> None:
    """Nobody does anything with a case that was withdrawn."""
    assert isinstance(judge(State.WITHDRAWN, act, actor), Refusal)


@given(_STATES, st.lists(st.tuples(_ACTS, _ACTORS), max_size=30))
def test_content_is_for_the_holder(state: State, acts: list[tuple[Act, Actor]]) -> None:
    """Along any way, reading is possible only in a state that somebody holds, and only for who holds it."""
    for act, actor in acts:
        there = judge(state, act, actor)
        if act is Act.READ and not isinstance(there, Refusal):
            assert is_held(state)
            assert actor is Actor.HOLDER
        state = state if isinstance(there, Refusal) else there


@pytest.mark.parametrize("state", [state for state in State if is_open(state)])
def test_every_open_case_can_be_withdrawn_and_accepted_or_is_held(state: State) -> None:
    """A person gets out at any time; a case that waits can be accepted by any coordinator."""
    assert judge(state, Act.WITHDRAW, Actor.PERSON) is State.WITHDRAWN
    assert is_held(state) or judge(state, Act.ACCEPT, Actor.DESK) is State.ACCEPTED


def test_accepting_twice_is_told_apart() -> None:
    """Whoever was slower hears that it is taken, not that it is forbidden."""
    assert judge(State.ACCEPTED, Act.ACCEPT, Actor.DESK) is Refusal.TAKEN
    assert judge(State.ACCEPTED, Act.READ, Actor.DESK) is Refusal.NOT_YOURS


def test_what_crosses_the_wall_is_content_free() -> None:
    """Only what is shown to the holder, and what is written to the person, can carry words of a case."""
    assert "text" not in DeskNews.__struct_fields__
    assert {"lines", "notes"} <= set(DeskNews.__struct_fields__)
    assert "text" in CaseAct.__struct_fields__

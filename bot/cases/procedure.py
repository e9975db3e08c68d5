"""The clearing procedure as one table: which act leads from where to where, and who may do it.

Owns the states of a case, the acts and their arrows; the sentence of each arrow for the person is
`bot.flows.sentences` (`case_<act>`), for the coordinator `bot.cases.deskwords` (`done_<act>`). What an act means for
other chats is `bot.work.casework`. `gespeichert` is a case that nobody was told of: no coordinator was connected when
the person agreed to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class State(StrEnum):
    """Where a case stands."""

    STORED = "gespeichert"
    REPORTED = "gemeldet"
    ACCEPTED = "angenommen"
    CLEARING = "in_klaerung"
    AGREED = "massnahmen"
    CLOSED = "abgeschlossen"
    WITHDRAWN = "zurueckgezogen"


class Actor(StrEnum):
    """Who acts. `HOLDER` is the coordinator who has accepted the case; `DESK` any other one of the municipality."""

    PERSON = "person"
    HOLDER = "zustaendig"
    DESK = "koordination"
    CLOCK = "uhr"
    OFFICE = "verwaltung"


class Act(StrEnum):
    """What is done with a case."""

    ACCEPT = "accept"
    READ = "read"
    ANSWER = "answer"
    NOTE = "note"
    TASK = "task"
    PROMISE = "promise"
    CHECK_IN = "check_in"
    SNOOZE = "snooze"
    CLARIFY = "clarify"
    AGREE = "agree"
    HAND_OVER = "hand_over"
    STEP_BACK = "step_back"
    CLOSE = "close"
    MESSAGE = "message"
    REOPEN = "reopen"
    WITHDRAW = "withdraw"
    ESCALATE = "escalate"


@dataclass(frozen=True, slots=True)
class Arrow:
    """From which states, by whom, where to (None: the state stays)."""

    states: frozenset[State]
    actors: frozenset[Actor]
    to: State | None = None


_WAITING: Final = frozenset({State.STORED, State.REPORTED})
_HELD: Final = frozenset({State.ACCEPTED, State.CLEARING, State.AGREED})
_OPEN: Final = _WAITING | _HELD
_HOLDER: Final = frozenset({Actor.HOLDER})
_PERSON: Final = frozenset({Actor.PERSON})

ARROWS: Final[Mapping[Act, Arrow]] = MappingProxyType(
    {
        Act.ACCEPT: Arrow(_WAITING, frozenset({Actor.DESK}), State.ACCEPTED),
        Act.READ: Arrow(_HELD, _HOLDER),
        Act.ANSWER: Arrow(_HELD, _HOLDER),
        Act.NOTE: Arrow(_HELD, _HOLDER),
        Act.TASK: Arrow(_HELD, _HOLDER),
        Act.PROMISE: Arrow(_HELD, _HOLDER),
        Act.CHECK_IN: Arrow(_HELD, _HOLDER),
        Act.SNOOZE: Arrow(_HELD, _HOLDER),
        Act.CLARIFY: Arrow(frozenset({State.ACCEPTED, State.AGREED}), _HOLDER, State.CLEARING),
        Act.AGREE: Arrow(frozenset({State.ACCEPTED, State.CLEARING}), _HOLDER, State.AGREED),
        Act.HAND_OVER: Arrow(_HELD, _HOLDER, State.REPORTED),
        # Whoever is involved steps back before having read a word, or after; either way it is another's.
        Act.STEP_BACK: Arrow(_OPEN, frozenset({Actor.HOLDER, Actor.DESK}), State.REPORTED),
        Act.CLOSE: Arrow(_OPEN, frozenset({Actor.HOLDER, Actor.OFFICE}), State.CLOSED),
        Act.MESSAGE: Arrow(_OPEN, _PERSON),
        Act.REOPEN: Arrow(frozenset({State.CLOSED}), _PERSON, State.REPORTED),
        Act.WITHDRAW: Arrow(_OPEN | {State.CLOSED}, _PERSON, State.WITHDRAWN),
        Act.ESCALATE: Arrow(frozenset({State.REPORTED}), frozenset({Actor.CLOCK})),
    }
)

OUTCOMES: Final = ("geklaert", "schutz", "weitergeleitet", "beendet", "kein_kontakt")
"""How a case was closed, for the alliance's report: settled, protective measures, passed on, at the person's wish, no
contact."""


class Refusal(StrEnum):
    """Why an act was not done; the desk has a sentence for each."""

    UNKNOWN = "unknown"
    TAKEN = "taken"
    NOT_YOURS = "not_yours"
    OVER = "over"
    NOT_NOW = "not_now"
    ALONE = "alone"


def judge(state: State, act: Act, actor: Actor) -> State | Refusal:
    """Where the act leads; or why it may not be done. The state itself where nothing moves."""
    arrow = ARROWS[act]
    if actor in arrow.actors and state in arrow.states:
        return state if arrow.to is None else arrow.to
    if state in {State.CLOSED, State.WITHDRAWN}:
        return Refusal.OVER
    if act is Act.ACCEPT and state in _HELD:
        return Refusal.TAKEN
    if actor not in arrow.actors:
        return Refusal.NOT_YOURS
    return Refusal.NOT_NOW


def is_open(state: State) -> bool:
    """Whether somebody has still to do something about it, or may."""
    return state in _OPEN


def is_held(state: State) -> bool:
    """Whether a human has taken it on."""
    return state in _HELD

"""Plays a talk against the pure engine; between every two turns the conversation is written out and read back.

So each transcript is a restart test as well: whatever the conversation does not carry is gone at the next turn.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from typing import assert_never

import msgspec

from bot.adapters.terminal_record import read_span
from bot.adapters.terminal_screen import lines_of
from bot.cases.advancing import advance
from bot.flows import exchange
from bot.flows.conversation import EMPTY, decode, encode
from bot.flows.exchange import (
    AddToCase,
    AlertContact,
    CancelTimers,
    CaseAct,
    Count,
    Effect,
    Finish,
    Forget,
    HandOver,
    Incoming,
    LeaveDesk,
    ListCases,
    MoveGroup,
    OfferMove,
    OpenCase,
    PairGroup,
    Pressed,
    Remind,
    Said,
    Send,
    Settle,
    ShowCase,
    Started,
    TakeMove,
    TimerFired,
)
from bot.flows.reading import clean
from bot.work.worlds import WorldSource
from tests.transcripts.script import Entry, Talk


@dataclass
class _Alarm:
    about: str
    due: dt.datetime
    useless_after: int


class Player:
    """One person with one talk. `heard`: what came back, one list before the first and one after each own entry."""

    def __init__(self, talk: Talk, worlds: WorldSource) -> None:
        self.talk = talk
        self.heard: list[list[str]] = [[]]
        self.turns = 0
        self.finished: list[str] = []
        self._worlds = worlds
        self._state = encode(EMPTY)
        self._now = talk.at.astimezone(dt.UTC)
        self._alarms: dict[str, _Alarm] = {}
        self._token = ""
        self._recalled: set[str] = set()

    def play(self) -> list[list[str]]:
        """Play all entries; return `heard`."""
        if self.talk.opened:
            self._turn(Started(language=self.talk.language, payload=self.talk.place))
        for entry in self.talk.entries:
            if entry.kind != "lotse":
                self.heard.append([])
                self._enter(entry)
        return self.heard

    def _enter(self, entry: Entry) -> None:
        match entry.kind:
            case "person":
                cleaned = clean(entry.value)
                self._turn(Said(text=cleaned.text, cut=cleaned.cut))
            case "press":
                self._turn(Pressed(token=self._token, option=int(entry.value) - 1))
            case "open":
                self._turn(Started(language=self.talk.language, payload=entry.value))
            case "unreadable":
                # Through the decoder, which knows what there is.
                self._turn(exchange.decode_incoming(f'{{"t":"unreadable","what":"{entry.value}"}}'.encode()))
            case "after":
                self._wait(dt.timedelta(seconds=read_span(entry.value) or 0))
            case _:
                raise AssertionError(entry.kind)

    def _wait(self, span: dt.timedelta) -> None:
        """Let the clock go forward; what falls due on the way comes at its time, in order."""
        until = self._now + span
        while due := sorted((alarm.due, name) for name, alarm in self._alarms.items() if alarm.due <= until):
            self._now, name = max(self._now, due[0][0]), due[0][1]
            alarm = self._alarms.pop(name)
            self._turn(TimerFired(name=name, about=alarm.about))
        self._now = until

    def _turn(self, incoming: Incoming) -> None:
        self.turns += 1
        seed = hashlib.sha256(f"{self.talk.name}:{self.turns}".encode()).hexdigest()[:24]
        conversation = decode(self._state)
        incoming = self._worlds.enrich(_with_seed(incoming, seed), conversation)
        assert exchange.decode_incoming(exchange.encode(incoming)) == incoming
        self._recall(conversation.revision)
        place = self._worlds.place_of(conversation, incoming)
        world = self._worlds.world_for(self.talk.transport, place, conversation.revision)
        turn = advance(world, conversation, incoming, self._now)
        again = advance(world, decode(self._state), incoming, self._now)
        assert turn == again, "a turn that cannot be replayed"
        self._state = encode(turn.conversation)
        assert decode(self._state) == turn.conversation, "a conversation that does not survive its JSON"
        for effect in turn.effects:
            assert exchange.decode_effect(exchange.encode(effect)) == effect
            self._do(effect)

    def _recall(self, revision: str) -> None:
        """Do with revisions what the ledger does: keep them as bytes, give them back when they are gone."""
        if revision and revision not in self._recalled:
            self._recalled.add(revision)
            self._worlds.restore(self._worlds.stored(revision))

    def _do(self, effect: Effect) -> None:
        match effect:
            case Send(text=text, choices=choices, expects=expects, token=token):
                self.heard[-1] += lines_of(text, choices, expects)
                self._token = token or self._token
            case Remind(name=name, about=about, due=due, useless_after=useless_after):
                assert due.tzinfo is not None, "a reminder without a time zone"
                self._alarms[name] = _Alarm(about, due, useless_after)
            case CancelTimers(prefix=prefix):
                self._alarms = {name: alarm for name, alarm in self._alarms.items() if not name.startswith(prefix)}
            case Forget():
                self._state = encode(EMPTY)
                self._alarms = {}
            case Finish(playbook=playbook, outcome=outcome):
                self.finished.append(f"{playbook}:{outcome}")
            case Settle() | AlertContact() | Count():
                pass
            case (
                OpenCase()
                | AddToCase()
                | CaseAct()
                | ShowCase()
                | ListCases()
                | LeaveDesk()
                | PairGroup()
                | MoveGroup()
            ):
                pass  # what comes back from these, the books decide: see `Performer`
            case OfferMove() | TakeMove() | HandOver():
                pass  # so do they here
            case _:
                assert_never(effect)


def _with_seed(incoming: Incoming, seed: str) -> Incoming:
    return msgspec.structs.replace(incoming, seed=seed)

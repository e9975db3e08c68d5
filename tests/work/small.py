"""A small engine, its world, and what else the ledger is handed in: enough to see what the ledger does with it.

The engine's words, each a whole message: `zahl` answers with one question, `drei` with three messages, `not` with an
urgent one, `papier` with a file, `spaeter 60` sets an alarm in 60 s, `nichts` changes nothing, `fehler` raises,
`toeten` takes the process with it, `fall` opens a case, `geteilt` one that coordinators are told of (`geteilt ohne
ROLE`: all but those), `tu ACT NUMBER` does something with one, `zeig NUMBER` wants to see what it says, `liste` lists,
`frist` is reminded of a deadline on 10 April 2027, `gehen` leaves the desk, `gruppe` wants a code for a group, `dazu`
adds to it, `vergiss` forgets, `ende` finishes, `mensch` alerts, `umzug` wants a code to go on in another chat (given
there, the conversation follows). Anything else is counted and echoed.
"""

from __future__ import annotations

import datetime as dt
import os
import signal
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

import msgspec

from bot.cases.escalation import Plan
from bot.flows.conversation import Conversation, decode, encode
from bot.flows.exchange import (
    AddToCase,
    AlertContact,
    Arrived,
    CancelTimers,
    CaseAct,
    CaseNews,
    CaseWord,
    Choice,
    Count,
    DeskNews,
    Effect,
    Entry,
    Finish,
    Forget,
    HandOver,
    Incoming,
    LeaveDesk,
    Line,
    ListCases,
    MoveAsked,
    MoveGiven,
    MoveNews,
    OfferMove,
    OpenCase,
    PairGroup,
    Paper,
    Pressed,
    Remind,
    Resumed,
    Said,
    Send,
    Settle,
    ShowCase,
    Started,
    TakeMove,
    TimerFired,
    Transport,
)
from bot.flows.world import FoundContact, FoundPlace, Municipality, World

REVISION = "00112233445566778899aabbccddeeff"


@dataclass(frozen=True)
class Turn:
    """What the small engine answers."""

    conversation: Conversation
    effects: tuple[Effect, ...]


def _ask(incoming: Incoming, text: str) -> Send:
    return Send(text=text, token=incoming.seed, expects="option", choices=(Choice("ja"), Choice("nein")))


def advance(world: World, conversation: Conversation, incoming: Incoming, now: dt.datetime) -> Turn:
    """Pure but for `toeten`: the same going in gives the same coming out."""
    match incoming:
        case Said(text="fehler"):
            raise ValueError("KANARIENVOGEL-IN-DER-AUSNAHME")
        case Said(text="toeten"):
            os.kill(os.getpid(), signal.SIGKILL)
        case Said(text="frist"):
            return Turn(msgspec.structs.replace(conversation, keep_until="2027-04-10"), (Send(text="Gut"),))
        case Said(text="nichts"):
            return Turn(conversation, ())
        case Said(text="vergiss"):
            return Turn(Conversation(), (Forget(), Send(text="Alles ist gelöscht.")))
        case MoveAsked(to=to) if to:
            whole = encode(conversation).decode()
            return Turn(Conversation(), (HandOver(to=to, state=whole), Send(text="Es geht woanders weiter.")))
        case Arrived(state=whole, alarms=alarms, missed=missed):
            moved = decode(whole.encode())
            return Turn(moved, (*alarms, *missed, _ask(incoming, f"da: {moved.kept.get('n', 0)}")))
        case Pressed(token=token) if token != conversation.token:
            return Turn(conversation, (Send(text="Das ist schon beantwortet."),))
        case _:
            pass
    before = conversation.kept.get("n")
    heard = (before if isinstance(before, int) else 0) + 1
    state = msgspec.structs.replace(conversation, kept={"n": heard}, token=incoming.seed, revision=REVISION)
    return Turn(state, tuple(_effects(conversation, incoming, heard, now)))


def _effects(  # noqa: C901, PLR0911, PLR0912 - one arm a word
    conversation: Conversation, incoming: Incoming, heard: int, now: dt.datetime
) -> Sequence[Effect]:
    match incoming:
        case Said(text="drei"):
            return [Send(text=f"{heard}.{part}") for part in range(3)]
        case Said(text="papier"):
            paper = Paper("p", "pdf", "Titel", "heute", (Entry("Was?", "GEHEIM"),), "", "00")
            return [Send(text="Das Papier.", paper=paper)]
        case Said(text="not"):
            return [Send(text="110", style="emergency", urgent=True), Send(text="Sind Sie in Sicherheit?")]
        case Said(text="fall"):
            number = incoming.seed[:8]
            return [OpenCase(number=number, incident="demo", place="06412000", lines=(Line("was", "Was?", "GEHEIM"),))]
        case Said(text="geteilt"):
            number = incoming.seed[:8]
            lines = (Line("was", "Was?", "GEHEIM"),)
            opened = OpenCase(number=number, incident="demo", place="06412000", lines=lines, shared=True)
            return [opened, Send(text=f"Nummer {number}")]
        case Said(text=text) if text.startswith("geteilt ohne "):
            number = incoming.seed[:8]
            lines = (Line("was", "Was?", "GEHEIM"),)
            without = tuple(text.split(" ")[2:])
            return [
                OpenCase(number=number, incident="demo", place="06412000", lines=lines, shared=True, without=without)
            ]
        case Said(text=text) if text.startswith("tu "):
            _, act, number, *rest = text.split(" ")
            due = now + dt.timedelta(hours=int(rest[0])) if rest and rest[0].isdigit() else None
            return [CaseAct(number=number, act=cast("CaseWord", act), text=" ".join(rest), due=due)]
        case Said(text=text) if text.startswith("zeig "):
            return [ShowCase(number=text.split(" ")[1])]
        case Said(text="liste"):
            return [ListCases()]
        case Said(text="gehen"):
            return [LeaveDesk()]
        case Said(text="gruppe"):
            return [PairGroup()]
        case DeskNews(what=what, about=about, reason=reason, lines=lines, rows=rows):
            shown = [one.value for one in lines] + [row.number for row in rows]
            return [Send(text=" ".join(word for word in ("desk", what, about, reason, *shown) if word))]
        case CaseNews(what=what, text=text, lines=lines, notes=notes):
            said = [one.value for one in lines] + [f"{one.kind}={one.text}" for one in notes]
            return [Send(text=" ".join(["case", what, text, *said]).strip())]
        case Said(text="umzug"):
            return [OfferMove()]
        case MoveGiven(holds=holds, here=here):
            return [TakeMove()] if holds and not here else [Send(text="move hier" if here else "move gilt nicht")]
        case MoveAsked():
            return [Send(text="move bleibt")]
        case MoveNews(what=what, code=code):
            return [Send(text=f"move {code or what}")]
        case Said(text="dazu"):
            return [AddToCase(number=str(conversation.case), text="NACHTRAG")]
        case Said(text="ende"):
            return [Count(name="matched"), Finish(playbook="demo", outcome="fertig"), CancelTimers(), Send(text="Ende")]
        case Said(text="mensch"):
            return [AlertContact(reason="asked_for_human")]
        case Said(text=text) if text.startswith("spaeter "):
            name, _, seconds = text.removeprefix("spaeter ").rpartition(" ")
            due = now + dt.timedelta(seconds=int(seconds))
            return [Remind(name=name or "wecker", about="demo", due=due, useless_after=3600), Send(text="Gut")]
        case Said(text=text) if text.startswith("absagen"):
            return [CancelTimers(prefix=text.removeprefix("absagen").strip())]
        case Said(text=text):
            settle = [Settle(token=conversation.token, chosen=(text,))] if conversation.token else []
            return [*settle, _ask(incoming, f"{heard}: {text}")]
        case Pressed(option=option):
            return [
                Settle(token=conversation.token, chosen=(str(option),)),
                _ask(incoming, f"{heard}: gedrückt {option}"),
            ]
        case TimerFired(name=name, late=late):
            return [Send(text=f"{heard}: {name} {late}")]
        case Resumed():
            return [_ask(incoming, f"{heard}: noch einmal")]
        case _:
            return [Send(text=f"{heard}: hallo")]


class Nobody:
    """An empty directory and an empty list of places."""

    fingerprint = "00" * 16

    def responsible(self, **_: object) -> tuple[FoundContact, ...]:
        """No one."""
        return ()

    def find(self, words: str) -> tuple[FoundPlace, ...]:
        """Nowhere."""
        return ()

    def name(self, ags: str) -> str:
        """The key itself."""
        return ags


class Worlds:
    """One world for each transport; knows one revision, and those that it was given back."""

    def __init__(self, known: Mapping[str, bytes] | None = None) -> None:
        self.known = dict({REVISION: b"{}"} if known is None else known)
        self.restored: list[bytes] = []
        self.by_mail: dict[str, tuple[str, ...]] = {}
        self.accept_hours = 4
        self._worlds: dict[str, World] = {}

    def world_for(self, transport: Transport, place: str, revision: str) -> World:
        """The same one each time."""
        known = self._worlds.get(transport.name)
        if known is None:
            known = World(library={}, directory=Nobody(), places=Nobody(), transport=transport)
            self._worlds[transport.name] = known
        return known

    def place_of(self, conversation: Conversation, incoming: Incoming) -> str:
        """Where it was."""
        return conversation.place

    def enrich(self, incoming: Incoming, conversation: Conversation) -> Incoming:
        """Nothing to add."""
        return incoming

    def plan_for(self, tenant: str) -> Plan:
        """Four hours, around the clock, never quiet but from three to four at night."""
        return Plan(Municipality(ags=tenant, zone="UTC", quiet_from=3, quiet_to=4), accept_hours=self.accept_hours)

    def mailed(self) -> Mapping[str, tuple[str, ...]]:
        """Who is told by mail."""
        return self.by_mail

    def knows(self, revision: str) -> bool:
        """Whether it was given."""
        return revision in self.known

    def stored(self, revision: str) -> bytes:
        """The body of a revision."""
        return self.known[revision]

    def restore(self, body: bytes) -> None:
        """Take it back."""
        self.restored.append(body)
        self.known[REVISION] = body


def static_answer(occasion: str, incoming: Incoming, language: str) -> Send | None:
    """The texts without an engine."""
    if not isinstance(incoming, Said | Started):
        return None
    if occasion in {"parked", "lost"}:
        return Send(text="Das ging leider nicht.")
    return Send(text="110 und 112", urgent=True)


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.now = dt.datetime(2027, 2, 1, 10, 0, 0, 123000, tzinfo=dt.UTC)

    def __call__(self) -> dt.datetime:
        """The time."""
        return self.now

    def forward(self, **by: float) -> None:
        """Move it."""
        self.now += dt.timedelta(**by)

"""An exercise: the same flows on a store of their own, with a faster clock, ÜBUNG on every message, and a report.

Owns: how the exercise differs from the real thing, and nothing else: the clock, the mark, the made-up case, what is
counted in the end. The store is a folder inside the data folder; it is deleted when the exercise ends, and what an
exercise that died has left is deleted when the next one begins. No transport but the terminal is on.
"""

from __future__ import annotations

import datetime as dt
import secrets
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

import msgspec

from bot import invitation
from bot.adapters.base import Adapter, Deliver, Original, Outcome
from bot.cases.escalation import LEVELS
from bot.clock import real_time
from bot.flows.casenumber import make_number
from bot.flows.exchange import Line, OpenCase, Send, Settle, Transport
from bot.keys import KeyRing
from bot.storage import care as books
from bot.storage import conversations, desks
from bot.storage.accounts import Account
from bot.storage.database import Database
from bot.storage.times import moment, stamp
from bot.work.casework import Casework, Cause
from bot.work.pairing import Plans

FOLDER: Final = "uebung"
MARK: Final = "ÜBUNG"

FASTEST: Final = 1440
"""A day in a minute."""

_PERSON: Final = "999"
"""The chat of the made-up person: a seat at which no terminal sits."""

ROLE_NAMES: Final[Mapping[str, str]] = {
    "ansprechperson": "Ansprechperson",
    "vertretung": "Vertretung",
    "koordination": "Koordination",
}


class FastClock:
    """Goes `speed` times as fast as the real one, from the moment it is made; a terminal cannot set it."""

    ahead: Final = 0

    def __init__(self, speed: int) -> None:
        self.began: Final = real_time()
        self.speed: Final = speed
        self.jumped: Callable[[], object] = lambda: None

    def __call__(self) -> dt.datetime:
        """Return the time of the exercise, UTC."""
        return self.began + (real_time() - self.began) * self.speed

    def set_ahead(self, seconds: int) -> bool:  # noqa: ARG002 - it cannot be set
        """Refuse."""
        return False


class Marked:
    """A door through which nothing goes without the mark."""

    def __init__(self, adapter: Adapter) -> None:
        self._adapter = adapter
        self.name: Final = adapter.name
        self.transport: Final[Transport] = adapter.transport
        self.idempotent: Final = adapter.idempotent
        self.keeps_presses: Final = adapter.keeps_presses

    async def receive(self, cursor: str | None, deliver: Deliver) -> None:
        """As the adapter."""
        await self._adapter.receive(cursor, deliver)

    async def send(self, chat: str, delivery_id: str, effect: Send | Settle, original: Original | None) -> Outcome:
        """As the adapter, marked."""
        if isinstance(effect, Send):
            effect = msgspec.structs.replace(effect, text=f"{MARK} · {effect.text}")
        return await self._adapter.send(chat, delivery_id, effect, original)

    async def forget(self, chat: str, remote_ids: Sequence[str]) -> Outcome:
        """As the adapter."""
        return await self._adapter.forget(chat, remote_ids)


def prepare(data_dir: Path) -> Path:
    """The folder of the exercise, empty: what an earlier one has left there is deleted."""
    folder = data_dir / FOLDER
    purge(folder)
    folder.mkdir(mode=0o700, parents=True)
    return folder


def purge(folder: Path) -> None:
    """Delete the store of an exercise, if there is one."""
    if folder.name == FOLDER and folder.exists():
        shutil.rmtree(folder)


def invite(database: Database, ring: KeyRing, place: str, now: dt.datetime) -> dict[str, str]:
    """Invitations, one for each role, by role; they hold as long as the exercise."""
    codes = {role: invitation.make() for role in LEVELS}
    with database.transaction() as tx:
        for role, code in codes.items():
            desks.invite(tx, ring, code, place, role.value, stamp(now))
    return {role.value: code for role, code in codes.items()}


def open_case(database: Database, ring: KeyRing, plans: Plans, about: tuple[str, str], now: dt.datetime) -> bool:
    """Open the made-up case as soon as somebody coordinates; whether it stands open now. `about`: incident, place."""
    incident, place = about
    with database.transaction() as tx:
        if books.everything(tx):
            return True
        if not desks.present(tx, place):
            return False
        index = conversations.index_of(ring, "terminal", _PERSON)
        conversations.add(tx, ring, Account(tx, ring, "terminal").id, [(index, _PERSON)], stamp(now))
        chat = conversations.find(tx, [index])[index].standing.id
        lines = (Line("uebung", MARK, "Ein erfundener Fall. Handeln Sie wie im Ernst."),)
        number = make_number(secrets.token_hex(12))
        effect = OpenCase(number=number, incident=incident, place=place, lines=lines, shared=True)
        Casework(ring, plans).open(tx, chat, effect, Cause(secrets.token_bytes(16), stamp(now)))
    return True


# --- the report -------------------------------------------------------------------------------------------------------


class Desk(msgspec.Struct, frozen=True):
    """How one role did: how many joined, how many of them did anything with a case that they were asked about."""

    role: str
    joined: int
    asked: bool
    acted: int


class Course(msgspec.Struct, frozen=True):
    """How one case went. Minutes by the clock of the exercise; `human` None: nobody accepted it."""

    number: str
    human: float | None
    escalations: int
    state: str
    outcome: str


class Report(msgspec.Struct, frozen=True):
    """What an exercise has shown. `absent`: what the alliance's file requires and nobody answered for, in words."""

    place: str
    incident: str
    speed: int
    minutes: float
    cases: tuple[Course, ...]
    desks: tuple[Desk, ...]
    absent: tuple[str, ...] = ()


def report(
    database: Database, about: tuple[str, str], clock: FastClock, absent: Iterable[str] = (), name: str = ""
) -> Report:
    """Count what happened; `about`: incident, place; `name`: of the place."""
    incident, place = about
    with database.transaction() as tx:
        cares = books.everything(tx)
        trails = {care.record: books.audited(tx, care) for care in cares}
        acted = {care.record: books.acted(tx, care) for care in cares}
        present = desks.present(tx, place)
    courses = tuple(
        Course(
            care.number,
            None if care.human is None else round((care.human - care.opened) / 60_000, 1),
            sum(act == "escalate" for _, _, act, _ in trails[care.record]),
            care.state.value,
            care.outcome or "",
        )
        for care in cares
    )
    reached = max((care.level for care in cares), default=-1)
    doers = {chat for chats in acted.values() for chat in chats}
    roles = tuple(
        Desk(
            role.value,
            sum(one.role == role for one in present),
            level <= reached,
            sum(one.role == role and one.chat in doers for one in present),
        )
        for level, role in enumerate(LEVELS)
    )
    minutes = round((moment(stamp(clock())) - clock.began).total_seconds() / 60, 1)
    return Report(name or place, incident, clock.speed, minutes, courses, roles, tuple(absent))


def describe(found: Report) -> str:
    """The report as people read it."""
    lines = [
        f"{MARK}: {found.incident}, {found.place}",
        f"Dauer: {_minutes(found.minutes)} Übungszeit, {found.speed}-fach beschleunigt.",
        "",
    ]
    if not found.cases:
        lines.append("Es gab keinen Vorgang: Niemand hat sich zum Begleiten angemeldet.")
    for case in found.cases:
        human = "niemand hat angenommen" if case.human is None else f"nach {_minutes(case.human)}"
        again = f", {case.escalations}-mal weitergefragt" if case.escalations else ""
        lines.append(f"Vorgang {case.number}: erster Mensch {human}{again}; zuletzt: {case.state}")
    lines.append("")
    for desk in found.desks:
        name = ROLE_NAMES[desk.role]
        if not desk.joined:
            lines.append(f"{name}: nicht erreichbar, niemand angemeldet.")
        elif not desk.asked:
            lines.append(f"{name}: nicht gefragt.")
        elif not desk.acted:
            lines.append(f"{name}: gefragt, keine Reaktion ({desk.joined} angemeldet).")
        else:
            lines.append(f"{name}: {desk.acted} von {desk.joined} haben gehandelt.")
    if found.absent:
        lines += ["", "Laut Verzeichnis gerade nicht erreichbar:", *(f"  {one}" for one in found.absent)]
    return "\n".join(lines)


def _minutes(minutes: float) -> str:
    hours, rest = divmod(round(minutes), 60)
    return f"{hours} Std. {rest} Min." if hours else f"{rest} Min."

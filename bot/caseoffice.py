"""What operators do with cases and coordinators: invite, see what there is without content, close."""

from __future__ import annotations

import datetime as dt
import secrets
from collections import Counter
from typing import Any, Final

from bot.keys import KeyRing
from bot.storage import care as books
from bot.storage import desks, pairings
from bot.storage.care import Care
from bot.storage.database import Database
from bot.storage.times import moment, stamp
from bot.work.casework import Casework, Cause
from bot.work.pairing import Plans

ROLES: Final = ("ansprechperson", "vertretung", "koordination")


def invite(
    database: Database, ring: KeyRing, code: str, given: tuple[str, str], now: dt.datetime, *, group: bool = False
) -> None:
    """Let this code be used once, within 72 hours, to coordinate; `given`: for which municipality (key), in which role.

    `group`: it lets a group or room get notices instead.

    Raises:
        DatabaseError: nothing was written.
    """
    place, role = given
    with database.transaction() as tx:
        if group:
            pairings.invite(tx, ring, code, (place, role), stamp(now))
        else:
            desks.invite(tx, ring, code, place, role, stamp(now))


def connected(database: Database) -> list[tuple[str, int, int]]:
    """Of each municipality that has any: its key, how many chats coordinate, how many groups get notices."""
    with database.transaction() as tx:
        chats = desks.counts(tx)
        groups = Counter(place for place, _, _ in pairings.listed(tx))
    return [(place, chats.get(place, 0), groups[place]) for place in sorted({*chats, *groups})]


def listed(database: Database) -> list[dict[str, Any]]:
    """Every case without content: `number`, `place`, `incident`, `state`, times (ISO, UTC, or None), `outcome`."""
    with database.transaction() as tx:
        return [_row(care) for care in books.everything(tx)]


def shown(database: Database, number: str) -> dict[str, Any] | None:
    """One case without content, with what was done with it (`log`: when, who, what, the state then); None: no such."""
    with database.transaction() as tx:
        care = books.find(tx, number)
        if care is None:
            return None
        log = [
            {"at": moment(at).isoformat(), "actor": actor, "act": act, "state": state}
            for at, actor, act, state in books.audited(tx, care)
        ]
    return {**_row(care), "log": log}


def close(database: Database, ring: KeyRing, plans: Plans, case: tuple[str, str], now: dt.datetime) -> bool:
    """Close a case (number, outcome) unread; False when none of that number is open.

    Raises:
        DatabaseError: nothing was written.
    """
    number, outcome = case
    with database.transaction() as tx:
        casework = Casework(ring, plans)
        return casework.close_from_office(tx, number, outcome, Cause(secrets.token_bytes(16), stamp(now)))


def _row(care: Care) -> dict[str, Any]:
    def when(at: int | None) -> str | None:
        return None if at is None else moment(at).isoformat()

    return {
        "number": care.number,
        "place": care.tenant,
        "incident": care.incident,
        "state": care.state.value,
        "opened": when(care.opened),
        "urgent": care.urgent,
        "due": when(care.due),
        "first_human": when(care.human),
        "closed": when(care.closed),
        "outcome": care.outcome,
    }

"""What operators do with the codes of municipalities: give out a new one, see which hold."""

from __future__ import annotations

import datetime as dt
from typing import Any

from bot.keys import KeyRing
from bot.storage import codes
from bot.storage.database import Database
from bot.storage.times import moment, stamp


def issue(database: Database, ring: KeyRing, tenant: str, code: str, overlap: dt.timedelta, now: dt.datetime) -> None:
    """Let this code stand for the municipality (its key); those before it go on for `overlap`.

    Raises:
        DatabaseError: nothing was written.
    """
    with database.transaction() as tx:
        codes.issue(tx, ring, tenant, code, stamp(now), int(overlap.total_seconds() * 1_000))


def listed(database: Database, now: dt.datetime) -> list[dict[str, Any]]:
    """The codes that hold, as data: `place`, `issued`, `expires` (ISO, UTC; None: until it is replaced)."""
    with database.transaction() as tx:
        found = codes.listed(tx, stamp(now))
    return [
        {
            "place": one.tenant,
            "issued": moment(one.issued).isoformat(),
            "expires": None if one.expires is None else moment(one.expires).isoformat(),
        }
        for one in found
    ]

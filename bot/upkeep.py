"""What operators do to the books: forget now what is due, change the master key, put back a backup."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Final, NamedTuple

from bot.keys import KeyRing
from bot.storage import copying, rotation
from bot.storage.copying import Part
from bot.storage.database import Database
from bot.storage.times import stamp
from bot.tombstones import Stone
from bot.work import forgetting
from bot.work.casework import Casework
from bot.work.intake import Intake
from bot.work.pairing import Plans
from bot.work.retention import Sweeper

MOST_SWEEPS: Final = 100_000
"""20 million rows: more than any of these databases has, so that a mistake cannot go round for ever."""


def purge(database: Database, ring: KeyRing, now: dt.datetime, plans: Plans) -> int:
    """Sweep until nothing is left that is due, and empty the WAL; return how many sweeps that took.

    `plans`: for cases that are free again because who held them is forgotten.

    Raises:
        DatabaseError: the sweep at hand was not written.
    """
    sweeper = Sweeper(ring, Intake(ring), Casework(ring, plans))
    for sweeps in range(1, MOST_SWEEPS):
        with database.transaction() as tx:
            more = sweeper.sweep(tx, stamp(now))
        if not more:
            database.checkpoint(truncate=True)
            return sweeps
    return MOST_SWEEPS


def rotate(database: Database, ring: KeyRing) -> tuple[KeyRing, int]:
    """Wrap all data keys with a new master key; return the new ring, and how many keys were wrapped anew.

    When an earlier run was killed half-way, its key is taken, so that a run that is repeated comes to an end. The old
    master keys stay in the file: backups from before need them.

    Raises:
        KeyRingError: a key is missing or was changed.
        DatabaseError: the batch at hand was not written; another run goes on with the rest.
    """
    left = _wrap_all(database, ring)
    if left:
        return ring, left
    fresh = ring.add_master_key()
    return fresh, _wrap_all(database, fresh)


def _wrap_all(database: Database, ring: KeyRing) -> int:
    wrapped = 0
    while True:
        with database.transaction() as tx:
            count = rotation.rotate(tx, ring)
        if not count:
            return wrapped
        wrapped += count


class Revived(NamedTuple):
    """What a restore has put back.

    `forgotten`: chats that the backup knew and that were forgotten since: they are gone again. `doubtful`: messages
    that were waiting to be sent then; nobody knows whether they have been.
    """

    rows: dict[str, int]
    forgotten: int
    doubtful: int


def revive(
    database: Database, version: str, parts: Iterable[Part], stones: Iterable[Stone], now: dt.datetime
) -> Revived:
    """Put the rows of a backup into an empty database, as they may stand today.

    Args:
        database: empty.
        version: which form the tables had.
        parts: the rows.
        stones: who was forgotten since, from everywhere that knows of any.
        now: aware.

    Raises:
        NotEmpty, NewerTables, DatabaseError: the database is not to be used; begin again with an empty one.
    """
    rows = copying.write(database, version, parts)
    with database.transaction() as tx:
        found = copying.bury(tx, stones)
        for number, index, then in found:
            forgetting.erase_again(tx, number, index, then, stamp(now))
        doubtful = copying.doubt(tx, stamp(now))
    database.checkpoint(truncate=True)
    return Revived(rows, len(found), doubtful)

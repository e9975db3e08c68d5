"""Who receives and sends on an account: one process at a time.

On SQLite the lock file has settled it: whoever writes holds every account. On PostgreSQL a holder has the session lock
of the account, which the server frees at once when the process dies, and a lease with a term: a process that was
stopped and wakes up again finds that the term has moved on, and nothing that it received since is committed.
"""

from __future__ import annotations

import time
from typing import Final, NamedTuple

from bot.storage import accounts
from bot.storage.database import Transaction
from bot.storage.statements import SQLITE
from bot.work.doors import Door, Doors

RENEW_SECONDS: Final = 5.0
"""A third of the lease: two renewals may fail. Later than that this process distrusts itself and renews first."""


class Change(NamedTuple):
    """A door that was taken (its new term) or lost (None); counts once the transaction is committed."""

    door: Door
    term: int | None


class Leases:
    """The leases of one worker."""

    def __init__(self, doors: Doors, worker: str) -> None:
        self._doors = doors
        self._worker = worker
        self._locked: set[str] = set()
        self._kept = float("-inf")

    @property
    def stale(self) -> bool:
        """Whether it is time to renew; this process's own clock is good enough to distrust it."""
        return time.monotonic() - self._kept > RENEW_SECONDS

    def lose_session(self) -> None:
        """The session is gone, and its locks with it: nothing is held until it is taken again."""
        self._locked.clear()
        self._kept = float("-inf")
        for door in self._doors.by_name.values():
            door.held = False

    def keep(self, tx: Transaction) -> list[Change]:
        """Renew what is held and take what is free; `apply` what it says once `tx` is committed."""
        return [change for door in self._doors.by_name.values() if (change := self._keep_one(tx, door)) is not None]

    def _keep_one(self, tx: Transaction, door: Door) -> Change | None:
        if tx.database == SQLITE:
            return None if door.held else Change(door, 0)
        number = door.account.id
        if door.name not in self._locked and accounts.lock(tx, number):
            self._locked.add(door.name)
        if door.held:
            return None if accounts.renew(tx, number, self._worker, door.term) else Change(door, None)
        term = accounts.take(tx, number, self._worker, locked=door.name in self._locked)
        return None if term is None else Change(door, term)

    def apply(self, changes: list[Change]) -> None:
        """The transaction is committed."""
        self._kept = time.monotonic()
        for door, term in changes:
            door.held = term is not None
            door.term = door.term if term is None else term

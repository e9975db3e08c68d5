"""Lets adapters keep a few secrets in the ledger's database, sealed like everything else there.

Adapters know neither keys nor database; what they are given here is theirs alone: each account has its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.keys import KeyRing
from bot.storage.accounts import Account
from bot.storage.database import Database
from bot.work.service import Service


def peek(database: Database, ring: KeyRing, account: str, names: Sequence[str]) -> list[bytes | None]:
    """What an account has kept under these words, looked at beside the ledger; None for what is not there.

    Raises:
        DatabaseError: the database cannot be read, or knows no such account.
    """
    with database.transaction() as tx:
        kept = Account(tx, ring, account)
        return [kept.recall(tx, name) for name in names]


class Keepsakes:
    """The keepsakes of one account; see `bot.adapters.base.Keepsakes`. Works once `service` is set and runs."""

    def __init__(self, account: str, ring: KeyRing) -> None:
        self.service: Service | None = None
        self._account: Final = account
        self._ring: Final = ring

    async def read(self, name: str) -> bytes | None:
        """What was kept under this word."""

        def read(database: Database) -> bytes | None:
            with database.transaction() as tx:
                return Account(tx, self._ring, self._account).recall(tx, name)

        return await self._running.ask(read)

    async def write(self, name: str, value: bytes) -> None:
        """Keep it."""

        def write(database: Database) -> None:
            with database.transaction() as tx:
                Account(tx, self._ring, self._account).keep(tx, name, value)

        await self._running.ask(write)

    def key(self, purpose: str) -> bytes:
        """A key for a library of the adapter's."""
        return self._ring.derive(purpose)

    @property
    def _running(self) -> Service:
        if self.service is None:
            raise RuntimeError("keepsakes that were opened before the ledger runs")
        return self.service

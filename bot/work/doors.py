"""Doors: an adapter with what the ledger knows of its account."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.adapters.base import Adapter, Paced
from bot.flows.exchange import Transport
from bot.keys import KeyRing
from bot.storage.accounts import Account
from bot.storage.database import Transaction


class Door:
    """One adapter and its account. `held`: this process receives and sends on it, since lease `term`."""

    def __init__(self, adapter: Adapter, account: Account) -> None:
        self.adapter: Final = adapter
        self.name: Final = account.name
        self.transport: Final[Transport] = adapter.transport
        self.idempotent: Final = adapter.idempotent
        self.paced: Final = isinstance(adapter, Paced)
        self.account = account
        self.held = False
        self.term = 0
        self.careful = False
        """After an unclean end: what comes first may be what ended the process, and is taken alone."""
        self.heard: int | None = None
        """When its transport was last heard, as it was last noted here; milliseconds."""


class Doors:
    """All doors of this process, by name and by account number."""

    def __init__(self, adapters: Mapping[str, Adapter], tx: Transaction, ring: KeyRing) -> None:
        self.by_name: Final = {name: Door(adapter, Account(tx, ring, name)) for name, adapter in adapters.items()}
        self.by_account: Final = {door.account.id: door for door in self.by_name.values()}

    def held_accounts(self) -> list[int]:
        """Numbers of the accounts on which this process receives and sends."""
        return [number for number, door in self.by_account.items() if door.held]

    def held(self, account: int) -> bool:
        """Whether this process may send on that account."""
        door = self.by_account.get(account)
        return door is not None and door.held

"""The protected store of secret contacts: what operators do with it, and how the running Lotse comes to know it.

Owns the way of a value from the tables to the worlds. Nothing here prints, logs or raises one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from bot.alliance.contact import Way
from bot.alliance.vault import Secret, Vault, vault_of
from bot.journal import log
from bot.keys import KeyRing, KeyRingError
from bot.storage import vault
from bot.storage.database import Database, Transaction
from bot.storage.times import moment, stamp


def keep(database: Database, ring: KeyRing, place: tuple[str, str], way: tuple[str, str], now: dt.datetime) -> None:
    """Hold a way: `place` is municipality (key) and contact (id), `way` channel and value; it replaces that channel's.

    Raises:
        DatabaseError: nothing was written.
        KeyRingError: what is held already cannot be opened.
    """
    channel, value = way
    with database.transaction() as tx:
        held = _held(tx, ring, place)
        vault.put(tx, ring, *place, {**held, channel: value}, stamp(now))


def drop(database: Database, ring: KeyRing, place: tuple[str, str], channel: str, now: dt.datetime) -> bool:
    """Hold this way no more ("" all ways of the contact); False when it was not held.

    Raises:
        DatabaseError: nothing was written.
        KeyRingError: what is held already cannot be opened.
    """
    with database.transaction() as tx:
        held = _held(tx, ring, place)
        left = {name: value for name, value in held.items() if channel not in ("", name)}
        if left == held:
            return False
        vault.put(tx, ring, *place, left, stamp(now))
    database.checkpoint(truncate=True)
    return True


def listed(database: Database, ring: KeyRing) -> list[dict[str, Any]]:
    """What is held, as data: `place`, `contact`, `ways` (channels, never values), `changed` (ISO, UTC)."""
    with database.transaction() as tx:
        found = vault.load(tx, ring)
    return [
        {
            "place": one.tenant,
            "contact": one.contact,
            "ways": sorted(one.ways),
            "changed": moment(one.changed).isoformat(),
        }
        for one in found
    ]


def read(database: Database, ring: KeyRing) -> Vault:
    """All of it, for those who may see it.

    Raises:
        KeyRingError: a master key is missing, or something was changed.
    """
    with database.transaction() as tx:
        found = vault.load(tx, ring)
    return vault_of(Secret(one.tenant, one.contact, one.edition, _ways(one.ways)) for one in found)


class Reader:
    """Keeps the worlds in step with the store. `reveal` takes what is held now."""

    def __init__(self, ring: KeyRing, reveal: Callable[[Vault], None]) -> None:
        self._ring = ring
        self._reveal = reveal
        self._editions: list[str] | None = None

    def refresh(self, database: Database) -> None:
        """Read again if something was changed since. What cannot be opened leaves what was read before."""
        with database.transaction() as tx:
            editions = vault.editions(tx)
        if editions == self._editions:
            return
        self._editions = editions
        try:
            held = read(database, self._ring)
        except KeyRingError as error:
            log().error("secret_contacts_unreadable", exc_info=error)
        else:
            self._reveal(held)


def _held(tx: Transaction, ring: KeyRing, place: tuple[str, str]) -> dict[str, str]:
    return next((one.ways for one in vault.load(tx, ring) if (one.tenant, one.contact) == place), {})


def _ways(ways: dict[str, str]) -> tuple[Way, ...]:
    return tuple(Way.model_validate({channel: value}) for channel, value in ways.items())

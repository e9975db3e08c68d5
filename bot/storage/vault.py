"""Ways to reach secret contacts, under a data key of their own each, bound to the municipality and the contact.

Which contacts there are stands in clear, as it does in the municipality's file; how many ways one has, and which, does
not. What is replaced or dropped takes its data key with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import blake2b
from typing import NamedTuple

import msgspec
import sqlalchemy as sa

from bot.keys import KeyRing
from bot.storage.database import Transaction
from bot.storage.sealing import SECRET_KEY, SECRET_WAYS
from bot.storage.statements import Statement, insert_each
from bot.storage.tables import secret_contact
from bot.storage.times import minute

_c = secret_contact.c
_ALL = Statement(sa.select(_c.tenant, _c.contact, _c.dek, _c.ways, _c.changed).order_by(_c.tenant, _c.contact))
_ADD = insert_each(secret_contact, "tenant", "contact", "dek", "ways", "changed")
_DROP = Statement(sa.delete(secret_contact).where(_c.tenant == sa.bindparam("of"), _c.contact == sa.bindparam("named")))
_SEALED = Statement(sa.select(_c.ways).order_by(_c.tenant, _c.contact))

_ways = msgspec.json.Decoder(dict[str, str])


class Stored(NamedTuple):
    """What is held of one contact: `ways` by channel; `edition` names the sealed form; `changed` in milliseconds."""

    tenant: str
    contact: str
    edition: str
    ways: dict[str, str]
    changed: int


def load(tx: Transaction, ring: KeyRing) -> list[Stored]:
    """Everything that is held, by municipality and contact.

    Raises:
        UnknownKey: a master key is missing.
        Tampered: a row was changed or moved.
    """
    return [_open(ring, *row) for row in tx.all(_ALL)]


def put(tx: Transaction, ring: KeyRing, tenant: str, contact: str, ways: Mapping[str, str], now: int) -> None:
    """Hold these ways and no others of this contact; none: nothing is held of it any more."""
    tx.run(_DROP, of=tenant, named=contact)
    if not ways:
        return
    row, place = contact.encode(), tenant.encode()
    dek = SECRET_KEY.make(ring, row, place)
    sealed = SECRET_WAYS.seal(SECRET_KEY.unwrap(ring, row, dek, place), row, msgspec.json.encode(dict(ways)), place)
    tx.each(_ADD, [(tenant, contact, dek, sealed, minute(now))])


def editions(tx: Transaction) -> list[str]:
    """The editions of all that is held: another list when something was changed. Opens nothing."""
    return [_edition(sealed) for (sealed,) in tx.all(_SEALED)]


def _open(ring: KeyRing, tenant: str, contact: str, dek: bytes, sealed: bytes, changed: int) -> Stored:
    row, place = contact.encode(), tenant.encode()
    plain = SECRET_WAYS.open(SECRET_KEY.unwrap(ring, row, dek, place), row, sealed, place)
    return Stored(tenant, contact, _edition(sealed), _ways.decode(plain), changed)


def _edition(sealed: bytes) -> str:
    return blake2b(sealed, digest_size=16).hexdigest()

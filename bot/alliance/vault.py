"""What the protected store holds of a secret contact: ways to reach it that stand in no file.

Owns the shape of it in memory. Where it lies is `bot.storage.vault`; who may see it is `entry.may_see`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bot.alliance.contact import Way


@dataclass(frozen=True, slots=True)
class Secret:
    """The ways of one contact. `key` of its area (`bund` of the federation), `contact`: its id there.

    `edition` names this content without telling anything of it (a hash of the sealed form): it goes into fingerprints,
    which lie in clear beside each turn, where a hash of a telephone number would be the number.
    """

    key: str
    contact: str
    edition: str
    ways: tuple[Way, ...] = field(repr=False)


Vault = Mapping[tuple[str, str], Secret]
"""Secrets by the key of the area and the id of the contact."""


def vault_of(secrets: Iterable[Secret]) -> Vault:
    """All of them, each where it is looked for."""
    return {(secret.key, secret.contact): secret for secret in secrets}

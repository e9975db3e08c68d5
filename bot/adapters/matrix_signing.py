"""Cross-signing: the three keys by which other clients know that a device is really the Lotse's.

Clients that trust signed devices only would otherwise hold back their room keys, and the Lotse would be deaf. The keys
are made once and used for ever; what is kept of them are their 32-byte seeds, which the caller seals. Spec: Matrix
1.15, client-server API, "Cross-signing" and "Signing JSON"; signatures are Ed25519 (RFC 8032) over canonical JSON.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from typing import Any, Final, Self

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

ROLES: Final = ("master", "self_signing", "user_signing")


class Seeds(msgspec.Struct, frozen=True):
    """The private halves, 32 bytes each. Whoever has them can pass for the Lotse."""

    master: bytes
    self_signing: bytes
    user_signing: bytes

    def __repr__(self) -> str:
        return "Seeds()"

    @classmethod
    def fresh(cls) -> Self:
        """New ones."""
        return cls(*(Ed25519PrivateKey.generate().private_bytes_raw() for _ in ROLES))


def encode(seeds: Seeds) -> bytes:
    """As they are kept."""
    return msgspec.msgpack.encode(seeds)


def decode(kept: bytes) -> Seeds:
    """Out of what was kept.

    Raises:
        msgspec.MsgspecError: it is something else.
    """
    return msgspec.msgpack.decode(kept, type=Seeds)


class Signer:
    """Signs with the keys of one account."""

    def __init__(self, user: str, seeds: Seeds) -> None:
        self._user = user
        self._keys = {
            role: Ed25519PrivateKey.from_private_bytes(seed)
            for role, seed in zip(ROLES, (seeds.master, seeds.self_signing, seeds.user_signing), strict=True)
        }

    def public(self, role: str) -> str:
        """The public half of a key, unpadded base64: what people compare."""
        raw = self._keys[role].public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        return _base64(raw)

    @property
    def fingerprint(self) -> str:
        """The public master key in groups of four."""
        public = self.public("master")
        return " ".join(public[place : place + 4] for place in range(0, len(public), 4))

    def keys(self) -> dict[str, Any]:
        """The three public keys as they are uploaded, the second and third signed by the first."""
        found: dict[str, Any] = {}
        for role in ROLES:
            public = self.public(role)
            key = {"user_id": self._user, "usage": [role], "keys": {f"ed25519:{public}": public}}
            found[f"{role}_key"] = key if role == "master" else self._signed(key, "master")
        return found

    def sign_device(self, device: Mapping[str, Any]) -> dict[str, Any]:
        """The keys of a device with the self-signing key's signature beside those it has."""
        return self._signed(device, "self_signing")

    def has_signed(self, device: Mapping[str, Any]) -> bool:
        """Whether these keys of a device carry our signature."""
        found = device.get("signatures", {}).get(self._user, {}).get(f"ed25519:{self.public('self_signing')}")
        return bool(found == self._signature(device, "self_signing"))

    def has_our_keys(self, known: Mapping[str, Any]) -> bool:
        """Whether what `keys/query` says of this account are our three keys."""
        for role in ROLES:
            keys = known.get(f"{role}_keys", {}).get(self._user, {}).get("keys", {})
            if self.public(role) not in keys.values():
                return False
        return True

    def _signed(self, thing: Mapping[str, Any], role: str) -> dict[str, Any]:
        signatures = {user: dict(found) for user, found in thing.get("signatures", {}).items()}
        signatures.setdefault(self._user, {})[f"ed25519:{self.public(role)}"] = self._signature(thing, role)
        return {**thing, "signatures": signatures}

    def _signature(self, thing: Mapping[str, Any], role: str) -> str:
        bare = {name: value for name, value in thing.items() if name not in {"signatures", "unsigned"}}
        return _base64(self._keys[role].sign(canonical(bare)))


def canonical(thing: Mapping[str, Any]) -> bytes:
    """Canonical JSON: keys sorted, nothing between, UTF-8."""
    return json.dumps(thing, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def _base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode().rstrip("=")

"""The key ring: master keys in a file, a data key for each conversation and case, blind indexes, seeds.

Owns: every use of cryptography in the bot (Matrix cross-signing excepted).

* A **master key** (AES-256) lies in the key file, which only its owner may read. It wraps data keys and nothing else.
* A **data key** (AES-256) belongs to one conversation, case or account. It stands wrapped beside what it seals;
  deleting it makes all of that unreadable. Rotation wraps the data keys anew and leaves what they seal.
* **Sub-keys** for one purpose each come from the file's `base` secret (HKDF, RFC 5869): blind indexes (HMAC-SHA-256,
  truncated to 128 bits), seeds, keys of libraries. `base` does not rotate: every index would change.

Stored form of everything sealed (NIST SP 800-38D, 96-bit random nonces; far fewer than 2^32 values per key):
`format version (1) | key id (4) | nonce (12) | ciphertext | tag (16)`, associated data
`table|column|row id|tenant|format version|key id`, plaintext padded (ISO/IEC 7816-4) to a multiple of a step, because
lengths talk. The key id of a wrapped data key names a master key; that of a sealed value names its data key.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import os
import secrets
import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from os import urandom
from pathlib import Path
from typing import Final, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

FORMAT: Final = 1
FILE_FORMAT: Final = 1
KEY_BYTES: Final = 32
ID_BYTES: Final = 4
NONCE_BYTES: Final = 12
INDEX_BYTES: Final = 16
"""128 bits: no two of 10^9 chats share an index (chance 10^-21)."""
INDEX_VERSION: Final = 1
"""Stored beside a blind index, so that another way to compute it can be told from this one."""

MOST_OPEN_KEYS: Final = 4096
"""Data keys kept unwrapped: about 1 MB, more than write to the bot within a minute."""

_VERSION: Final = bytes([FORMAT])
_HEAD: Final = 1 + ID_BYTES + NONCE_BYTES
_TAG_BYTES: Final = 16


class KeyRingError(Exception):
    """Something about keys that a human must mend; the sentence says what and how. Never quotes a key."""


class KeyFileError(KeyRingError):
    """The key file cannot be used."""


class UnknownKey(KeyRingError):
    """Sealed with a key that is not in the ring. `key_id`: 8 hex digits."""

    def __init__(self, key_id: str) -> None:
        super().__init__(
            f"Der Schlüssel {key_id} fehlt im Schlüsselbund. Bitte die Schlüsseldatei einsetzen, "
            "mit der diese Daten geschrieben wurden."
        )
        self.key_id = key_id


class Tampered(KeyRingError):
    """A sealed value was changed, cut, or stands in a place it was not sealed for."""

    def __init__(self) -> None:
        super().__init__(
            "Ein versiegelter Wert lässt sich nicht öffnen: er wurde verändert oder steht am falschen Ort. "
            "Bitte die Datenbank mit einer Sicherung vergleichen (`lotse doctor`)."
        )


def make_mac(key: bytes) -> Callable[[bytes], bytes]:
    """HMAC-SHA-256 (RFC 2104) under one key, with both pads hashed once: half the time of `hmac.digest`."""
    block = (key if len(key) <= hashlib.sha256().block_size else hashlib.sha256(key).digest()).ljust(64, b"\0")
    inner_start = hashlib.sha256(bytes(byte ^ 0x36 for byte in block))
    outer_start = hashlib.sha256(bytes(byte ^ 0x5C for byte in block))

    def mac(message: bytes) -> bytes:
        inner = inner_start.copy()
        inner.update(message)
        outer = outer_start.copy()
        outer.update(inner.digest())
        return outer.digest()

    return mac


def sealed_with(sealed: bytes) -> str:
    """The id of the key with which this was sealed or wrapped, 8 hex digits.

    Raises:
        Tampered: too short, or a format that this program does not know.
    """
    if len(sealed) < _HEAD + _TAG_BYTES or sealed[:1] != _VERSION:
        raise Tampered
    return sealed[1 : 1 + ID_BYTES].hex()


class DataKey:
    """Seals and opens what belongs to one conversation, case or account."""

    __slots__ = ("_decrypt", "_encrypt", "_head")

    def __init__(self, key_id: bytes, key: bytes) -> None:
        cipher = AESGCM(key)
        self._encrypt, self._decrypt = cipher.encrypt, cipher.decrypt
        self._head = _VERSION + key_id

    def seal(self, place: bytes, plain: bytes, step: int) -> bytes:
        """The sealed form of `plain` for `place` (`table|column|row id|tenant|`), padded to a multiple of `step`."""
        head, nonce = self._head, urandom(NONCE_BYTES)
        padded = plain + b"\x80" + bytes(-(len(plain) + 1) % step)
        return head + nonce + self._encrypt(nonce, padded, place + head)

    def open(self, place: bytes, sealed: bytes) -> bytes:
        """What was sealed for `place`.

        Raises:
            Tampered: changed, cut, or moved from another place.
            UnknownKey: sealed with another data key.
        """
        head = self._head
        if sealed[: 1 + ID_BYTES] != head:
            raise UnknownKey(sealed_with(sealed))
        try:
            padded = self._decrypt(sealed[1 + ID_BYTES : _HEAD], sealed[_HEAD:], place + head).rstrip(b"\0")
        except (InvalidTag, ValueError):  # the latter: too short to hold a nonce
            raise Tampered from None
        if not padded.endswith(b"\x80"):
            raise Tampered
        return padded[:-1]


@dataclass(frozen=True)
class _Content:
    """What the key file says."""

    base: bytes = field(repr=False)
    active: str
    keys: Mapping[str, bytes] = field(repr=False)

    @classmethod
    def fresh(cls) -> Self:
        key_id = secrets.token_hex(ID_BYTES)
        return cls(secrets.token_bytes(KEY_BYTES), key_id, {key_id: secrets.token_bytes(KEY_BYTES)})

    def dump(self) -> bytes:
        keys = {key_id: base64.b64encode(key).decode() for key_id, key in self.keys.items()}
        body = {
            "format": FILE_FORMAT,
            "active": self.active,
            "base": base64.b64encode(self.base).decode(),
            "keys": keys,
        }
        return json.dumps(body, indent=1).encode() + b"\n"

    @classmethod
    def parse(cls, data: bytes, path: Path) -> Self:
        cure = f"{path}: Die Schlüsseldatei ist beschädigt. Bitte die gesicherte Kopie zurücklegen."
        try:
            body = json.loads(data)
            known = body["format"] == FILE_FORMAT
            keys = {str(key_id): base64.b64decode(key, validate=True) for key_id, key in body["keys"].items()}
            content = cls(base64.b64decode(body["base"], validate=True), str(body["active"]), keys)
            ids = [bytes.fromhex(key_id) for key_id in keys]
        except (ValueError, KeyError, TypeError, AttributeError, binascii.Error):
            raise KeyFileError(cure) from None
        if not known:
            raise KeyFileError(
                f"{path}: Das Format der Schlüsseldatei ist neuer als dieses Programm. Bitte aktualisieren."
            )
        sizes = {len(content.base), *map(len, keys.values())}
        if content.active not in keys or sizes != {KEY_BYTES} or any(len(key_id) != ID_BYTES for key_id in ids):
            raise KeyFileError(cure)
        return content


def _read_private(path: Path) -> bytes:
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise KeyFileError(f"{path}: Das ist keine gewöhnliche Datei. Bitte den Pfad der Schlüsseldatei prüfen.")
        # Secrets that a container is given belong to root; a link to them is fine, what it points to is looked at.
        if status.st_uid not in {os.geteuid(), 0} or stat.S_IMODE(status.st_mode) & 0o077:
            raise KeyFileError(
                f"{path}: Auch andere Konten können die Schlüssel lesen. Abhilfe: chmod 600 {path.name}, "
                "und die Datei gehört dem Konto, unter dem der Lotse läuft."
            )
        return file.read()


def _write_private(path: Path, data: bytes, *, fresh: bool) -> None:
    """Write beside and put in place at once, so that a kill leaves the old file or the new one.

    Raises:
        FileExistsError: `fresh`, and another process was faster.
    """
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(descriptor)
        if fresh:
            os.link(draft, path)
        else:
            draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


class KeyRing:
    """The keys of one installation. Immutable; `add_master_key` and `drop_master_key` give a new ring and file."""

    def __init__(self, path: Path, content: _Content) -> None:
        self._path = path
        self._content = content
        self._masters = {bytes.fromhex(key_id): AESGCM(key) for key_id, key in content.keys.items()}
        self._active = bytes.fromhex(content.active)
        self._macs: dict[str, Callable[[bytes], bytes]] = {}
        self._seed = make_mac(self.derive("seed"))
        self._opened = lru_cache(maxsize=MOST_OPEN_KEYS)(self._unwrap)

    def __repr__(self) -> str:
        return f"KeyRing(active={self._content.active})"

    @classmethod
    def open(cls, path: Path, *, create: bool = True) -> Self:
        """The ring in the file at `path`; made there, readable for its owner only, when there is none.

        Raises:
            KeyFileError: missing (`create` is False), readable for others, or damaged.
        """
        try:
            return cls(path, _Content.parse(_read_private(path), path))
        except FileNotFoundError:
            if not create:
                raise KeyFileError(
                    f"{path}: Die Schlüsseldatei fehlt. Bitte die gesicherte Kopie zurücklegen; ohne sie bleiben die "
                    "Daten unlesbar."
                ) from None
        except OSError as error:
            raise KeyFileError(
                f"{path}: Die Schlüsseldatei ist nicht lesbar ({error.strerror}). Bitte Rechte prüfen."
            ) from None
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            _write_private(path, _Content.fresh().dump(), fresh=True)
        except FileExistsError:
            pass
        except OSError as error:
            raise KeyFileError(f"{path}: Die Schlüsseldatei kann nicht angelegt werden ({error.strerror}).") from None
        return cls(path, _Content.parse(_read_private(path), path))

    # --- master keys

    @property
    def active(self) -> str:
        """The id of the master key that wraps new data keys, 8 hex digits."""
        return self._content.active

    @property
    def key_ids(self) -> tuple[str, ...]:
        """The ids of all master keys, oldest first."""
        return tuple(self._content.keys)

    def add_master_key(self) -> KeyRing:
        """A ring with one more master key, which is the active one; the file has it too. First step of a rotation."""
        key_id = secrets.token_hex(ID_BYTES)
        keys = {**self._content.keys, key_id: secrets.token_bytes(KEY_BYTES)}
        return self._rewritten(replace(self._content, active=key_id, keys=keys))

    def drop_master_key(self, key_id: str) -> KeyRing:
        """A ring without that master key. Backups from before the rotation need it: keep the old file with them.

        Raises:
            KeyRingError: it is the active one.
            UnknownKey: it is not in the ring.
        """
        if key_id == self._content.active:
            raise KeyRingError(f"Der Schlüssel {key_id} ist in Gebrauch. Erst mit `lotse keys rotate` ablösen.")
        if key_id not in self._content.keys:
            raise UnknownKey(key_id)
        keys = {other: key for other, key in self._content.keys.items() if other != key_id}
        return self._rewritten(replace(self._content, keys=keys))

    def _rewritten(self, content: _Content) -> KeyRing:
        _write_private(self._path, content.dump(), fresh=False)
        return KeyRing(self._path, content)

    # --- data keys

    def make_data_key(self, place: bytes) -> bytes:
        """A new data key, wrapped for `place` (`table|column|row id|tenant|`)."""
        return self._wrap(place, urandom(ID_BYTES + KEY_BYTES))

    def _wrap(self, place: bytes, plain: bytes) -> bytes:
        head, nonce = _VERSION + self._active, urandom(NONCE_BYTES)
        return head + nonce + self._masters[self._active].encrypt(nonce, plain, place + head)

    def _unwrap_plain(self, place: bytes, wrapped: bytes) -> bytes:
        key_id = sealed_with(wrapped)
        master = self._masters.get(bytes.fromhex(key_id))
        if master is None:
            raise UnknownKey(key_id)
        try:
            return master.decrypt(wrapped[1 + ID_BYTES : _HEAD], wrapped[_HEAD:], place + wrapped[: 1 + ID_BYTES])
        except InvalidTag:
            raise Tampered from None

    def data_key(self, place: bytes, wrapped: bytes) -> DataKey:
        """The data key that was wrapped for `place`; the last used ones are kept unwrapped.

        Raises:
            Tampered: changed, cut, or moved from another place.
            UnknownKey: wrapped with a master key that is not in the ring.
        """
        return self._opened(place, wrapped)

    def _unwrap(self, place: bytes, wrapped: bytes) -> DataKey:
        plain = self._unwrap_plain(place, wrapped)
        return DataKey(plain[:ID_BYTES], plain[ID_BYTES:])

    def rewrap(self, place: bytes, wrapped: bytes) -> bytes:
        """The same data key, wrapped with the active master key.

        Raises:
            Tampered, UnknownKey: as for `data_key`.
        """
        return self._wrap(place, self._unwrap_plain(place, wrapped))

    def forget_open_keys(self) -> None:
        """Let go of all unwrapped data keys: one of them was shredded."""
        self._opened.cache_clear()

    # --- sub-keys

    def derive(self, purpose: str) -> bytes:
        """The 32-byte sub-key for `purpose` ("matrix-pickle"): the same for the life of the installation."""
        return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=f"lotse/{purpose}".encode()).derive(
            self._content.base
        )

    def blind_index(self, purpose: str, canonical: str) -> bytes:
        """Finds a row without saying whose it is: 16 bytes, the same for the same words.

        Shows equality, so it is for ids only, never for names, places or free text.
        """
        mac = self._macs.get(purpose)
        if mac is None:
            mac = self._macs.setdefault(purpose, make_mac(self.derive(f"index/{INDEX_VERSION}/{purpose}")))
        return mac(canonical.encode("utf-8", "surrogatepass"))[:INDEX_BYTES]

    def seed(self, inbox_id: bytes, attempt: int) -> str:
        """24 hex digits for question tokens and case numbers of this try of this inbox row; can be computed again."""
        return self._seed(inbox_id + attempt.to_bytes(2, "big"))[:12].hex()

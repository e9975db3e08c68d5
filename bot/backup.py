"""A backup as a file: all rows of the database, whole and unchanged or not at all.

Owns the file's form: a line that says what it is; frames (length, 4 bytes, big-endian; then msgpack) of which the
first is the `Head` and the others are `copying.Part`s; a frame of length zero; HMAC-SHA-256 over all before it, under
a key of the key ring. So one that was cut, changed, or written with other keys is refused before a row is looked at.

What is sealed in the database is sealed in the file; for the rest (times, states, sizes) it can be encrypted to a
public key with age (https://age-encryption.org/v1), of which the machine need not hold the other half. The key file is
not in it, nor the tombstones of later (`tombstones`), nor the store of the Matrix device.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hmac
import os
import tempfile
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, Final

import msgspec
import pyrage

from bot.keys import KeyRing
from bot.storage import copying
from bot.storage.copying import Part
from bot.storage.database import Database
from bot.storage.migrations import HEAD

FIRST_LINE: Final = b"KommA-Lotse Sicherung 1\n"
AGE_LINE: Final = b"age-encryption.org/v1\n"
SUFFIX: Final = ".lotse"
LARGEST_FRAME: Final = 1 << 28
"""Bytes; a part of 500 rows is a thousandth of it. More is no frame of ours."""

_LENGTH_BYTES: Final = 4
_MAC_BYTES: Final = 32


class BackupError(Exception):
    """A backup that cannot be made or used; the German sentence says what to do."""


class Head(msgspec.Struct, frozen=True):
    """When it was made (milliseconds since 1970) and which form the tables had."""

    made: int
    version: str


_encode = msgspec.msgpack.Encoder().encode
_head = msgspec.msgpack.Decoder(Head)
_part = msgspec.msgpack.Decoder(Part)


def name_of(now: dt.datetime, *, encrypted: bool) -> str:
    """What a backup is called; sorted by name they are sorted by time."""
    return f"lotse-{now:%Y%m%dT%H%M%S}{SUFFIX}{'.age' if encrypted else ''}"


def read_recipients(words: Sequence[str]) -> list[pyrage.x25519.Recipient]:
    """Public keys to encrypt to.

    Raises:
        BackupError: one of them is none.
    """
    try:
        return [pyrage.x25519.Recipient.from_str(word.strip()) for word in words]
    except pyrage.RecipientError:
        raise BackupError(
            "Das ist kein öffentlicher Schlüssel von age. Er beginnt mit age1; „age-keygen“ macht ein Paar."
        ) from None


def make(
    database: Database, ring: KeyRing, path: Path, recipients: Sequence[pyrage.x25519.Recipient], now: dt.datetime
) -> dict[str, int]:
    """Write a backup to `path`, readable for its owner only; it is there whole or not at all.

    Args:
        database: opened read-only on SQLite; the ledger may go on writing.
        ring: of this installation.
        path: where to; a file of that name is replaced.
        recipients: who can read it; none: whoever has the file.
        now: aware.

    Returns:
        How many rows of each table.

    Raises:
        Unavailable: the database cannot be read at the moment.
        OSError: the file cannot be written.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            if recipients:
                with _encrypting(file, recipients) as plain:
                    counts = _write(plain, database, ring, now)
            else:
                counts = _write(file, database, ring, now)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return counts


@contextlib.contextmanager
def _encrypting(file: BinaryIO, recipients: Sequence[pyrage.x25519.Recipient]) -> Iterator[BinaryIO]:
    """What is written here arrives encrypted in the file; nothing of it lies on the disk in clear meanwhile."""
    receiving, sending = os.pipe()
    failures: list[BaseException] = []

    def encrypt() -> None:
        try:
            with os.fdopen(receiving, "rb") as plain:
                pyrage.encrypt_io(plain, file, list(recipients))
        except BaseException as error:  # noqa: BLE001 - it is raised where the rows come from
            failures.append(error)

    worker = threading.Thread(target=encrypt, name="age")
    worker.start()
    try:
        with os.fdopen(sending, "wb") as plain:
            yield plain
    finally:
        worker.join()
    if failures:
        raise failures[0]


def _write(file: BinaryIO, database: Database, ring: KeyRing, now: dt.datetime) -> dict[str, int]:
    mac = _mac(ring)
    counts: dict[str, int] = {}

    def put(data: bytes) -> None:
        mac.update(data)
        file.write(data)

    def put_frame(body: bytes) -> None:
        put(len(body).to_bytes(_LENGTH_BYTES, "big"))
        put(body)

    put(FIRST_LINE)
    put_frame(_encode(Head(int(now.timestamp() * 1000), HEAD)))
    for part in copying.read(database):
        put_frame(_encode(part))
        counts[part.table] = counts.get(part.table, 0) + len(part.rows)
    put_frame(b"")
    file.write(mac.digest())
    return counts


def _mac(ring: KeyRing) -> hmac.HMAC:
    return hmac.new(ring.derive("backup"), digestmod="sha256")


# --- keeping ---------------------------------------------------------------------------------------------------------

NOTE: Final = "letzte-sicherung"
"""In the data folder: when the last backup was made, for `lotse doctor`."""


def note(folder: Path, now: dt.datetime) -> None:
    """Remember when a backup was made."""
    (folder / NOTE).write_text(f"{now:%Y-%m-%dT%H:%M}Z\n", encoding="ascii")
    (folder / NOTE).chmod(0o600)


def last(folder: Path) -> dt.datetime | None:
    """When the last backup of this data folder was made; None when none is known of."""
    try:
        return dt.datetime.fromisoformat((folder / NOTE).read_text(encoding="ascii").strip())
    except (OSError, ValueError):
        return None


def drop_old(path: Path, days: int, now: dt.datetime) -> int:
    """Delete backups beside this one that are older than so many days, by their names; returns how many."""
    oldest = name_of(now - dt.timedelta(days=days), encrypted=False)
    gone = 0
    for other in path.parent.glob(f"lotse-????????T??????{SUFFIX}*"):
        if other.name < oldest and other != path:
            other.unlink()
            gone += 1
    return gone


# --- reading ----------------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def open_file(path: Path, ring: KeyRing, identity: Path | None, scratch: Path) -> Iterator[tuple[Head, Iterator[Part]]]:
    """What is in a backup, after all of it was looked at and found whole.

    Args:
        path: the file.
        ring: of the installation that made it.
        identity: file with the secret key of age, for one that is encrypted.
        scratch: a private folder on the disk that is to have the data: decrypted, it lies there while the context
            holds, in a file without a name.

    Raises:
        BackupError: no backup, not whole, of other keys, or encrypted and there is no key for it.
        OSError: the file cannot be read.
    """
    with contextlib.ExitStack() as stack:
        file: BinaryIO = stack.enter_context(path.open("rb"))
        if file.read(len(AGE_LINE)) == AGE_LINE:
            file.seek(0)
            file = stack.enter_context(_decrypted(file, identity, scratch))
        file.seek(0)
        _prove(file, ring)
        file.seek(len(FIRST_LINE))
        frames = _frames(file)
        try:
            yield _head.decode(next(frames)), (_part.decode(frame) for frame in frames)
        except msgspec.MsgspecError:
            raise BackupError(_NOT_OURS) from None


_NOT_OURS: Final = "Das ist keine Sicherung, die dieses Programm versteht. Ist es die richtige Datei?"
_NOT_WHOLE: Final = (
    "Diese Sicherung ist nicht vollständig, wurde verändert oder stammt von einem Lotsen mit anderen Schlüsseln. "
    "Bitte eine andere nehmen, oder die Schlüsseldatei von damals einsetzen (LOTSE_KEY_FILE)."
)


@contextlib.contextmanager
def _decrypted(file: BinaryIO, identity: Path | None, scratch: Path) -> Iterator[BinaryIO]:
    if identity is None:
        raise BackupError(
            "Diese Sicherung ist mit age verschlüsselt. Bitte mit --identity die Datei nennen, in der der geheime "
            "Schlüssel steht."
        )
    lines = (line.strip() for line in identity.read_text(encoding="utf-8").splitlines())
    try:
        keys = [pyrage.x25519.Identity.from_str(line) for line in lines if line and not line.startswith("#")]
    except pyrage.IdentityError:
        raise BackupError(f"{identity}: Darin steht kein geheimer Schlüssel von age (AGE-SECRET-KEY-…).") from None
    with tempfile.TemporaryFile(dir=scratch) as plain:
        try:
            pyrage.decrypt_io(file, plain, keys)
        except pyrage.DecryptError:
            raise BackupError(
                "Dieser Schlüssel öffnet die Sicherung nicht, oder sie ist beschädigt. Bitte den Schlüssel prüfen."
            ) from None
        yield plain


def _prove(file: BinaryIO, ring: KeyRing) -> None:
    """Read it all once.

    Raises:
        BackupError: it is not what was written.
    """
    if file.read(len(FIRST_LINE)) != FIRST_LINE:
        raise BackupError(_NOT_OURS)
    mac = _mac(ring)
    mac.update(FIRST_LINE)
    for frame in _frames(file):
        mac.update(len(frame).to_bytes(_LENGTH_BYTES, "big"))
        mac.update(frame)
    mac.update(bytes(_LENGTH_BYTES))
    if not hmac.compare_digest(mac.digest(), file.read(_MAC_BYTES + 1)):
        raise BackupError(_NOT_WHOLE)


def _frames(file: BinaryIO) -> Iterator[bytes]:
    """The frames up to the empty one."""
    while True:
        length = file.read(_LENGTH_BYTES)
        size = int.from_bytes(length, "big")
        if len(length) < _LENGTH_BYTES or size > LARGEST_FRAME:
            raise BackupError(_NOT_WHOLE)
        if not size:
            return
        frame = file.read(size)
        if len(frame) < size:
            raise BackupError(_NOT_WHOLE)
        yield frame

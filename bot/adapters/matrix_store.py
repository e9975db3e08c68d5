"""Where the keys of the device lie: a folder of its own, for one process, encrypted as a whole.

nio's own store names persons and rooms in clear and encrypts the keys only. Here the file itself is encrypted with
SQLCipher (AES-256 by page) under a key of the installation, so that nobody who finds it learns who writes to the Lotse.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from nio.store import SqliteStore
from peewee import SqliteDatabase
from sqlcipher3 import dbapi2

FILE: Final = "device.db"
STAMP: Final = "stamp"
LOCK: Final = "lock"

_PATIENCE: Final = 10.0
"""Seconds to wait for the file; nobody else has it, but a killed predecessor may still be dying."""


class StoreHeldError(Exception):
    """Another process has the device's keys."""

    def __init__(self) -> None:
        super().__init__(
            "Die Schlüssel des Matrix-Geräts benutzt gerade ein anderer Prozess. Zwei zugleich würden sie unbrauchbar "
            "machen. Bitte den anderen zuerst beenden."
        )


class _Sealed(SqliteDatabase):  # type: ignore[misc] # peewee ships no types
    """A SQLite file that is encrypted as a whole. `key`: 32 bytes, used as they are."""

    def __init__(self, path: str, key: bytes, **more: Any) -> None:  # noqa: ANN401 - peewee's own settings
        super().__init__(path, **more)
        self._key = key

    def _connect(self) -> Any:  # noqa: ANN401 - a DB-API connection
        # autocommit, as peewee wants it of every SQLite
        connection = dbapi2.connect(self.database, timeout=_PATIENCE, isolation_level=None)
        try:
            connection.execute(f"PRAGMA key = \"x'{self._key.hex()}'\"")
            self._add_conn_hooks(connection)
        except BaseException:
            connection.close()
            raise
        return connection


def store_class(key: bytes) -> type[Any]:
    """The store of nio over a file encrypted with `key`."""

    class Store(SqliteStore):  # type: ignore[misc] # nio ships no types
        """As nio's, but for the file."""

        def _create_database(self) -> Any:  # noqa: ANN401 - what nio expects
            # FULL: a key that was acknowledged to the homeserver is nowhere else.
            pragmas = {"foreign_keys": 1, "secure_delete": 1, "journal_mode": "wal", "synchronous": "full"}
            return _Sealed(self.database_path, key, pragmas=pragmas)

    return Store


class Folder:
    """The folder of one account's device."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Be the only process that uses it.

        Raises:
            StoreHeldError: another one does.
        """
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.path.chmod(0o700)
        descriptor = os.open(self.path / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            raise StoreHeldError from None
        try:
            yield
        finally:
            os.close(descriptor)

    @property
    def exists(self) -> bool:
        """Whether there are keys."""
        return (self.path / FILE).exists()

    @property
    def stamp(self) -> str:
        """What was last written by `mark`; "" for nothing. An old copy of the folder has an old one."""
        with contextlib.suppress(OSError, UnicodeDecodeError):
            return (self.path / STAMP).read_text(encoding="ascii")
        return ""

    def mark(self, stamp: str) -> None:
        """Write a stamp, so that an old copy can be told from this one."""
        draft = self.path / f"{STAMP}.new"
        draft.write_text(stamp, encoding="ascii")
        draft.chmod(0o600)
        draft.replace(self.path / STAMP)

    def clear(self) -> None:
        """Delete the keys: the device they belong to is no more."""
        for name in (FILE, f"{FILE}-wal", f"{FILE}-shm", STAMP):
            (self.path / name).unlink(missing_ok=True)


def fresh_stamp() -> str:
    """One that nobody has."""
    return secrets.token_hex(16)

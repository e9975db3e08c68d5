"""Tombstones outside the database: which chats were forgotten, so that a restored backup does not bring them back.

Owns `tombstones` in the data folder: one line for each, blind index in hex and milliseconds, appended. It says nothing
about anybody without the key file. Copy it more often than the backup is made: it is small and only grows.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from bot.storage import copying
from bot.storage.database import Database

FILE: Final = "tombstones"
_INDEX_BYTES: Final = 16

Stone = tuple[bytes, int]
"""Blind index of a chat, and when it was forgotten (milliseconds since 1970)."""


class Tombstones:
    """The file of one data folder."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE
        self._since = 0
        self._known: set[Stone] = set()

    def read(self) -> list[Stone]:
        """All of them; a line that was cut by a crash is left out: its row is in the database."""
        try:
            lines = self._path.read_text(encoding="ascii").splitlines()
        except FileNotFoundError:
            return []
        return [stone for line in lines if (stone := _parse(line)) is not None]

    def take(self, database: Database) -> int:
        """Append what the database has and the file has not; return how many that were.

        Raises:
            Unavailable: the database cannot be read at the moment.
            OSError: the file cannot be written.
        """
        if not self._since:
            self._known = set(self.read())
        with database.transaction() as tx:
            found = copying.buried(tx, self._since)
        fresh = sorted({*found} - self._known, key=lambda stone: stone[1])
        self._append(fresh)
        if found:
            # Those of the last minute are looked at again: it may not be over.
            self._since = max(at for _, at in found)
            self._known = {stone for stone in found if stone[1] == self._since}
        return len(fresh)

    def _append(self, stones: Iterable[Stone]) -> None:
        lines = "".join(f"{index.hex()} {at}\n" for index, at in stones).encode()
        if not lines:
            return
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        with os.fdopen(descriptor, "r+b") as file:
            size = file.seek(0, os.SEEK_END)
            if size:
                file.seek(-1, os.SEEK_END)
                if file.read(1) != b"\n":  # a crash has cut the last line
                    lines = b"\n" + lines
            file.write(lines)
            file.flush()
            os.fsync(file.fileno())


def _parse(line: str) -> Stone | None:
    index, _, at = line.partition(" ")
    if len(index) != 2 * _INDEX_BYTES or not at.isdecimal():
        return None
    try:
        return bytes.fromhex(index), int(at)
    except ValueError:
        return None

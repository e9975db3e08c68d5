"""The register of municipalities in the data folder: read at the start, looked at while running, replaced whole.

Owns the file and how it is replaced: a new one is complete on the disk before it takes the old one's place, so that a
kill or a full disk leaves the old one. What it says is `bot.alliance.register`.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Final

from bot.alliance.places import Place
from bot.alliance.register import Register, dump, restore
from bot.journal import log

FILE: Final = "gemeinden.json"

_Stamp = tuple[int, int, int, int]


def load(folder: Path) -> Register | None:
    """The register of this data folder; None when there is none.

    Raises:
        OSError: it cannot be read.
        ValueError: it is damaged.
    """
    try:
        body = (folder / FILE).read_bytes()
    except FileNotFoundError:
        return None
    return restore(body)


def keep(folder: Path, register: Register) -> bool:
    """Put the register in the place of the one that is there; False when that says the same.

    Raises:
        OSError: it cannot be written; the old one is as it was.
    """
    path, body = folder / FILE, dump(register)
    if path.exists() and path.read_bytes() == body:
        return False
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{FILE}.{secrets.token_hex(4)}")
    try:
        with draft.open("xb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
    return True


class Gazetteer:
    """What the file says, kept as it stands. A file that is damaged or goes away leaves what was read before."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._stamp: _Stamp | None = None
        self.places: tuple[Place, ...] = ()
        self.refresh()

    def refresh(self) -> bool:
        """Read again when the file was replaced; whether there is something new."""
        try:
            state = (self._folder / FILE).stat()
            stamp = (state.st_dev, state.st_ino, state.st_size, state.st_mtime_ns)
            if stamp == self._stamp:
                return False
            register = load(self._folder)
        except FileNotFoundError:
            return False
        except (OSError, ValueError) as error:
            log().error("register_unreadable", exc_info=error)
            return False
        self._stamp = stamp
        if register is None:
            return False
        self.places = register.places
        return True

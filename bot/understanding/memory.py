"""What was learned from the examples, kept on disk so that the next start need not learn it again.

Owns: the files in a folder of caches, each named after everything that it was learned from: the examples and this very
code. Numbers only; nothing of any person, and nothing that a backup needs. A file that is missing, broken, or cannot be
written costs some seconds of learning, never more.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import os
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from bot.flows import reading
from bot.understanding.linear import Separation
from bot.understanding.phrasing import restore

MOST_KEPT: Final = 16
"""Files that are left in the folder, the latest ones: four for each state of the examples."""

_SUFFIX: Final = ".learned"
_CHECK: Final = 32
_FAST: Final = 1


class Memory:
    """Separations by what they were learned from; from any thread. Without a folder everything is learned anew."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder: Final = folder

    def recall(self, name: str, examples: Iterable[tuple[str, str]], learn: Callable[[], Separation]) -> Separation:
        """Return what `learn` learns from these examples, from the folder where it is there."""
        if self._folder is None:
            return learn()
        told = hashlib.sha256(f"{name}\0{_code()}".encode())
        for label, text in examples:
            told.update(f"\0{label}\0{text}".encode())
        path = self._folder / f"{told.hexdigest()}{_SUFFIX}"
        with contextlib.suppress(OSError, ValueError, zlib.error):
            data = path.read_bytes()
            body = zlib.decompress(data[_CHECK:])
            if hashlib.sha256(body).digest() == data[:_CHECK]:
                return restore(body)
        learned = learn()
        with contextlib.suppress(OSError):
            self._keep(path, learned.dump())
        return learned

    def _keep(self, path: Path, body: bytes) -> None:
        folder = path.parent
        for one in (folder.parent, folder):
            one.mkdir(mode=0o700, exist_ok=True)
        half = path.with_suffix(f".{os.getpid()}")
        half.write_bytes(hashlib.sha256(body).digest() + zlib.compress(body, _FAST))
        half.replace(path)
        # What a killed process has left half written goes with the old ones.
        kept = sorted(folder.iterdir(), key=lambda one: one.stat().st_mtime, reverse=True)
        for old in kept[MOST_KEPT:]:
            old.unlink(missing_ok=True)


@functools.cache
def _code() -> str:
    """What the code that learns is: another one learns something else from the same examples."""
    told = hashlib.sha256()
    for path in (*sorted(Path(__file__).parent.glob("*.py")), Path(reading.__file__)):
        told.update(path.read_bytes())
    return told.hexdigest()

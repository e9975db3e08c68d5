"""The clock of a run: shared by all processes, faster than the real one, and free to jump.

It lies in a small file that every process maps: the machine's monotonic clock, where the run's clock stood then, and
how fast it goes. Only the test's own process writes it.
"""

from __future__ import annotations

import datetime as dt
import mmap
import struct
import time
from pathlib import Path
from typing import Final

_FORM: Final = struct.Struct("<qdd")
_EPOCH: Final = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)

BEGIN: Final = dt.datetime(2027, 2, 1, 10, 0, tzinfo=dt.UTC)


class RunClock:
    """Tells the time of the run, aware, in UTC."""

    def __init__(self, path: Path) -> None:
        with path.open("r+b") as file:
            self._map = mmap.mmap(file.fileno(), _FORM.size)

    @classmethod
    def make(cls, path: Path, begin: dt.datetime = BEGIN, speed: float = 1.0) -> RunClock:
        """Begin at that moment."""
        path.write_bytes(b"\0" * _FORM.size)
        clock = cls(path)
        clock._set((begin - _EPOCH) / dt.timedelta(seconds=1), speed)
        return clock

    def __call__(self) -> dt.datetime:
        """The time."""
        return _EPOCH + dt.timedelta(milliseconds=self.milliseconds)

    @property
    def milliseconds(self) -> int:
        """The time, since 1970."""
        mark, stood, speed = _FORM.unpack(self._map[:])
        return int(stood * 1000 + (time.monotonic_ns() - mark) / 1e6 * speed)

    def jump(self, by: dt.timedelta) -> None:
        """Set it forward or back."""
        _, _, speed = _FORM.unpack(self._map[:])
        self._set(self.milliseconds / 1000 + by / dt.timedelta(seconds=1), speed)

    def _set(self, stands: float, speed: float) -> None:
        self._map[:] = _FORM.pack(time.monotonic_ns(), stands, speed)

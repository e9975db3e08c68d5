"""What time it is: the real time, or a clock that a terminal may set forward so that check-ins come.

Owns: the lead of that clock, kept in the data folder. It is kept because the books would otherwise hold times that lie
in the future once the process has ended; every terminal says the lead when it opens.
"""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Final

FILE: Final = "lotse.ahead"


def real_time() -> dt.datetime:
    """Return the time, UTC."""
    return dt.datetime.now(dt.UTC)


class RealClock:
    """The real time, for a service that others rely on. It never jumps."""

    ahead: Final = 0
    jumped: Callable[[], object] = staticmethod(lambda: None)

    def __call__(self) -> dt.datetime:
        """Return the time, UTC."""
        return real_time()

    def set_ahead(self, seconds: int) -> bool:  # noqa: ARG002 - it cannot be set
        """Refuse."""
        return False


class AheadClock:
    """A clock that goes `ahead` seconds before the real time. `jumped` is called when it was set, from that thread."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE
        self.jumped: Callable[[], object] = lambda: None
        self._ahead = self._read()

    def __call__(self) -> dt.datetime:
        """Return the time of this clock, UTC."""
        return real_time() + dt.timedelta(seconds=self._ahead)

    @property
    def ahead(self) -> int:
        """Seconds before the real time."""
        return self._ahead

    def set_ahead(self, seconds: int) -> bool:
        """Set and keep the lead; False when it cannot be kept."""
        try:
            if seconds:
                draft = self._path.with_suffix(".new")
                draft.touch(0o600)
                draft.write_text(f"{seconds}\n", encoding="ascii")
                draft.replace(self._path)
            else:
                self._path.unlink(missing_ok=True)
        except OSError:
            return False
        self._ahead = seconds
        self.jumped()
        return True

    def _read(self) -> int:
        with contextlib.suppress(OSError, ValueError):
            return max(int(self._path.read_text(encoding="ascii")), 0)
        return 0

"""What takes a while to learn: made once, in the background or by the first who cannot do without it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Final, Generic, TypeVar

Made = TypeVar("Made")


class Late(Generic[Made]):
    """From any thread. `until`: what serves until this one is made, so that nobody waits where there was one before."""

    def __init__(self, make: Callable[[], Made], until: Late[Made] | None = None) -> None:
        self._make: Final = make
        self._guard: Final = threading.Lock()
        self._until = until
        self._made: list[Made] = []

    @property
    def is_ready(self) -> bool:
        """Whether nobody has to wait."""
        until = self._until
        return bool(self._made) or (until is not None and until.is_ready)

    def make(self) -> Made:
        """Return it, made now if it was not yet; whoever asks meanwhile waits for it."""
        with self._guard:
            if not self._made:
                self._made.append(self._make())
                self._until = None
            return self._made[0]

    def get(self) -> Made:
        """Return it, or what serves until then; made now only where there is neither."""
        until = self._until
        return until.get() if not self._made and until is not None and until.is_ready else self.make()

"""What takes a while to learn: made once, in the background or by the first who cannot do without it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Final, Generic, TypeVar

Made = TypeVar("Made")


class Late(Generic[Made]):
    """From any thread; whoever asks while it is being made waits for it."""

    def __init__(self, make: Callable[[], Made]) -> None:
        self._make: Final = make
        self._guard: Final = threading.Lock()
        self._made: Made | None = None

    @property
    def is_made(self) -> bool:
        """Whether nobody has to wait."""
        return self._made is not None

    def get(self) -> Made:
        """Return it, made now if it was not yet."""
        with self._guard:
            if self._made is None:
                self._made = self._make()
            return self._made

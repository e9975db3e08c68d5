"""A question of the Lotse's own, which lies over the playbook's: what makes one, laying it over, lifting it again.

The conversation keeps the name and the data of the one that lies there (`Conversation.overlay`). Each row stands beside
what it is about, at the end of that file; `overlays` gathers them all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.flows.asking import Asked
    from bot.flows.commands import Command
    from bot.flows.walk import Walk


@dataclass(frozen=True, slots=True)
class Overlay:
    """`ask` makes the question, `act` does what was chosen, `hear` takes other words (False: ask again).

    What `act` returns is obeyed next.
    """

    name: str
    ask: Callable[[Walk], Asked]
    act: Callable[[Walk, str], Command | None]
    hear: Callable[[Walk, str], bool] = lambda _walk, _text: False


def lay(walk: Walk, overlay: Overlay, *data: str) -> None:
    """Ask a question of the Lotse's own."""
    walk.c.overlay, walk.c.overlay_data, walk.c.tries = overlay.name, data, 0
    walk.ask(overlay.ask(walk))


def lift(walk: Walk) -> None:
    """Take the overlay away."""
    walk.c.overlay, walk.c.overlay_data, walk.c.tries = "", (), 0

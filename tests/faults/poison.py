"""Engines with a fault: the real one, but for a message that makes it raise, or takes the process with it."""

from __future__ import annotations

import datetime as dt
import os
import signal
from collections.abc import Mapping
from typing import Final

from bot.flows.conversation import Conversation
from bot.flows.exchange import Incoming, Said
from bot.flows.world import World
from bot.work.worlds import Advance, Turned

RAISES: Final = "gift: wirft"
KILLS: Final = "gift: tötet"


class Poisoned(Exception):
    """What the poisoned engine raises."""


def engines(real: Advance) -> Mapping[str, Advance]:
    """The engines by the name that an order gives."""

    def poisoned(world: World, conversation: Conversation, incoming: Incoming, now: dt.datetime, /) -> Turned:
        if isinstance(incoming, Said):
            if incoming.text == RAISES:
                raise Poisoned
            if incoming.text == KILLS:
                os.kill(os.getpid(), signal.SIGKILL)
        return real(world, conversation, incoming, now)

    return {"": real, "poisoned": poisoned}

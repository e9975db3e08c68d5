"""Named places where a test build kills itself: `LOTSE_TEST_BUILD=1 LOTSE_FAILPOINT=t3_inside:2`.

At the n-th pass of the named place the process sends itself SIGKILL, as the machine or the kernel might (guarantees,
section D). Without both variables `reach` is a comparison. The environment is read here and not in `settings`, because
no operator is to set this.
"""

from __future__ import annotations

import os
import signal
from typing import Final

NAMES: Final = (
    "i2_before",  # received, nothing written
    "i2_inside",  # rows and cursor written, not committed
    "i2_after",  # committed, the adapter does not know yet
    "t0_inside",  # the try of a suspect counted, not committed
    "t0_after",  # counted, not tried
    "t1_taken",  # rows taken, nothing computed
    "t2_before",  # about to compute a turn: one pass for each row
    "t2_after",  # computed, nothing written
    "t3_inside",  # turns written, not committed
    "t3_after",  # committed, nothing sent
    "t3_failed",  # a turn raised: written down, not committed
    "d1_before",  # its turn at a transport with a pace has come, nothing is written
    "d1_inside",  # claimed, not committed
    "d1_after",  # claimed, not handed to the adapter
    "d2_before",  # the adapter is asked to send
    "d2_after",  # the adapter has answered, nobody knows
    "d3_inside",  # the answer written, not committed
    "d3_after",  # committed
    "c2_inside",  # timer turned into an inbox row, not committed
    "c2_after",  # committed
    "look_inside",  # a case's clock has asked or told somebody, not committed
    "letter_inside",  # a letter turned into an inbox row of the other chat, not committed
    "letter_after",  # committed
    "move_inside",  # a conversation given to another chat, not committed
    "forget_inside",  # a person's rows deleted, not committed
    "forget_after",  # forgotten, the receipt not sent
    "rescue_inside",  # what a dead worker held is freed, not committed
    "rescue_after",  # committed
    "retention_inside",  # old bodies emptied, not committed
    "rotate_inside",  # some data keys wrapped anew, not committed
    "rotate_after",  # some committed, more to do
    "migrate_inside",  # a migration written, not committed
)


def _armed() -> tuple[str, int] | None:
    setting = os.environ.get("LOTSE_FAILPOINT", "")
    if not setting or os.environ.get("LOTSE_TEST_BUILD") != "1":
        return None
    name, _, nth = setting.partition(":")
    if name not in NAMES:
        raise ValueError(f"no such failpoint: {name}")
    return name, int(nth or "1")


_target = _armed()
_passes = 0


def reach(name: str) -> None:
    """Die here when this is the place and the pass that the test has named."""
    if _target is None:
        return
    _count(name)


def _count(name: str) -> None:
    global _passes  # noqa: PLW0603 - one target per process
    if _target is not None and name == _target[0]:
        _passes += 1
        if _passes == _target[1]:
            os.kill(os.getpid(), signal.SIGKILL)

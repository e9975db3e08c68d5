"""The clock that wakes the ledger: it ticks, and a start that comes too late begins nothing."""

from __future__ import annotations

import threading

from bot.work.clock import Ticker


def _schedulers() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name.startswith("APScheduler")]


def test_it_ticks_until_it_is_stopped() -> None:
    """From a thread of its own; none is left afterwards."""
    ticked = threading.Event()
    ticker = Ticker(ticked.set, 0.01)
    ticker.start()
    assert ticked.wait(10)
    ticker.stop()
    assert _schedulers() == []


def test_stopped_while_it_loads() -> None:
    """A talk that ends before the scheduler is loaded: the start that is still on its way begins nothing."""
    ticker = Ticker(lambda: None)
    ticker.stop()
    ticker.start()
    assert _schedulers() == []

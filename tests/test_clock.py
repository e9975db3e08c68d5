"""The clock that a terminal may set forward, and the one that it may not."""

import datetime as dt
from pathlib import Path

import pytest

from bot.clock import FILE, AheadClock, RealClock

DAY = 86_400


def test_the_lead_is_kept(tmp_path: Path) -> None:
    """Who comes after a killed process has its time, and whoever waits for alarms is told of the jump."""
    clock = AheadClock(tmp_path)
    jumps: list[int] = []
    clock.jumped = lambda: jumps.append(clock.ahead)
    assert clock.ahead == 0
    assert clock.set_ahead(DAY)
    again = AheadClock(tmp_path)
    assert again.ahead == DAY
    assert again() - dt.datetime.now(dt.UTC) > dt.timedelta(seconds=DAY - 60)
    assert clock.set_ahead(0)
    assert AheadClock(tmp_path).ahead == 0
    assert jumps == [DAY, 0]


@pytest.mark.parametrize("content", ["", "morgen", "-5", "\xff"])
def test_a_broken_file_means_the_real_time(tmp_path: Path, content: str) -> None:
    """A lead that cannot be read is none."""
    (tmp_path / FILE).write_text(content, encoding="latin-1")
    assert AheadClock(tmp_path).ahead == 0


def test_a_lead_that_cannot_be_kept_is_refused(tmp_path: Path) -> None:
    """The folder is gone: the clock stays where it is."""
    clock = AheadClock(tmp_path / "weg")
    assert not clock.set_ahead(DAY)
    assert clock.ahead == 0


def test_the_real_clock_cannot_be_set() -> None:
    """A service for others goes by the real time."""
    clock = RealClock()
    assert not clock.set_ahead(DAY)
    assert abs(clock() - dt.datetime.now(dt.UTC)) < dt.timedelta(seconds=60)

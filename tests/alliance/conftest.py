"""The shipped directory, loaded once, and the smallest one that can be made."""

import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.alliance.directory import Directory
from bot.alliance.loading import Loaded, load
from bot.alliance.places import Places

SHIPPED = Path(__file__).resolve().parents[2] / "playbooks" / "alliance"
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture(scope="session")
def shipped() -> Loaded:
    """What the shipped files say."""
    return load({path.name: path.read_bytes() for path in sorted(SHIPPED.glob("*.yaml"))})


@pytest.fixture(scope="session")
def directory(shipped: Loaded) -> Directory:
    """The shipped directory."""
    return Directory(shipped.areas.values())


@pytest.fixture(scope="session")
def places(shipped: Loaded) -> Places:
    """The shipped places."""
    return Places.of(shipped.areas.values())


def at(text: str) -> dt.datetime:
    """Wall time in Germany as an aware time."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=BERLIN)

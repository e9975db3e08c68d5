"""Moments as the tables hold them: milliseconds since 1970, UTC."""

from __future__ import annotations

import datetime as dt
from typing import Final

MINUTE: Final = 60_000
DAY: Final = 86_400_000

_EPOCH: Final = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_TICK: Final = dt.timedelta(milliseconds=1)


def stamp(moment: dt.datetime) -> int:
    """Milliseconds since 1970; `moment` is aware, of any zone. Exact, unlike a float's."""
    return (moment - _EPOCH) // _TICK


def moment(milliseconds: int) -> dt.datetime:
    """The aware datetime in UTC."""
    return _EPOCH + milliseconds * _TICK


def minute(milliseconds: int) -> int:
    """Rounded down to the minute: when a person did something is known no better than that."""
    return milliseconds - milliseconds % MINUTE


def day(milliseconds: int) -> int:
    """Days since 1970, UTC."""
    return milliseconds // DAY


def month(milliseconds: int) -> str:
    """As "2027-02", UTC."""
    return moment(milliseconds).strftime("%Y-%m")

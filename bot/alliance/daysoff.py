"""Public holidays, by land: when an office with weekday hours is closed.

Owns the calendars that a contact may name: a land's two letters, `Augsburg` (with 8 August), and `bund`, the days that
are holidays in every land. Days are local days in Germany. Source: package `holidays`, loaded when first needed.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

# The first two digits of the official municipality key (Destatis).
_LANDS = {
    "01": "SH", "02": "HH", "03": "NI", "04": "HB", "05": "NW", "06": "HE", "07": "RP", "08": "BW", "09": "BY",
    "10": "SL", "11": "BE", "12": "BB", "13": "MV", "14": "SN", "15": "ST", "16": "TH",
}  # fmt: skip
_AUGSBURG = "09761000"


def calendar_of(key: str) -> str:
    """The calendar that holds at a municipality key of any length; `bund` where no land is known."""
    return "Augsburg" if key == _AUGSBURG else _LANDS.get(key[:2], "bund")


@lru_cache(maxsize=256)
def days_off(calendar: str, year: int) -> frozenset[dt.date]:
    """The public holidays of one year.

    Raises:
        KeyError: no such calendar.
    """
    # Loading the calendars of the world takes a quarter of a second, and a line that is always open needs none.
    from holidays.countries.germany import Germany  # noqa: PLC0415

    if calendar == "bund":
        lands = [frozenset(Germany(subdiv=land, years=year, expand=False)) for land in _LANDS.values()]
        return frozenset.intersection(*lands)
    if calendar not in Germany.subdivisions:
        raise KeyError(calendar)
    return frozenset(Germany(subdiv=calendar, years=year, expand=False))

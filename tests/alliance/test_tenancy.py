"""Whose cases somebody may see."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.alliance.contact import Area
from bot.alliance.tenancy import caretakers, may_see

DAY = dt.date(2026, 12, 1)
WISMAR = Area.model_validate(
    {
        "key": "13074087",
        "name": {"de": "Wismar"},
        "delegates": [
            {"to": "13074", "since": "2026-12-01", "until": "2027-11-30", "document": "Vereinbarung"},
            {"to": "13075", "since": "2026-01-01", "document": "liegt nicht dort"},
        ],
    }
)
GREIFSWALD = Area.model_validate({"key": "13075039", "name": {"de": "Greifswald"}})
MITTE = Area.model_validate(
    {
        "key": "11000000-01",
        "name": {"de": "Mitte"},
        "delegates": [{"to": "11000000", "since": "2026-01-01", "document": "Vereinbarung"}],
    }
)
AREAS = (WISMAR, GREIFSWALD, MITTE)


@pytest.mark.parametrize(
    ("coordinator", "tenant", "day", "sees"),
    [
        ("13074087", "13074087", DAY, True),
        ("13074", "13074087", DAY, True),
        ("13074", "13074087", DAY - dt.timedelta(days=1), False),
        ("13074", "13074087", dt.date(2027, 11, 30), True),
        ("13074", "13074087", dt.date(2027, 12, 1), False),
        ("13074087", "13074", DAY, False),  # not downwards
        ("13075", "13074087", DAY, False),  # not to a neighbour, whatever the file says
        ("13075", "13075039", DAY, False),  # a prefix gives no right
        ("13", "13074087", DAY, False),
        ("", "13074087", DAY, False),
        ("", "", DAY, False),
        ("11000000", "11000000-01", DAY, True),
        ("11", "11000000-01", DAY, False),
        ("11000000-02", "11000000-01", DAY, False),
        ("09761000", "09761000", DAY, True),  # without a file of its own
    ],
)
def test_by_equality_or_in_writing(coordinator: str, tenant: str, day: dt.date, sees: bool) -> None:
    """The own municipality, and what another has given over in writing, as long as that holds."""
    assert may_see(AREAS, coordinator, tenant, day) is sees


def test_it_is_always_its_own() -> None:
    """Giving over the care takes it from nobody."""
    assert caretakers(AREAS, "13074087", DAY) == {"13074087", "13074"}

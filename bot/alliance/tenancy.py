"""Whose cases somebody may see: those of the own municipality, and those that another has given over in writing.

Tenant is the municipality key by equality: a district does not see what happens in its municipalities unless their
file says so (`delegates`). Delegation goes up only, to the district or city that the municipality lies in, and is not
passed on. Days are local.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from bot.alliance.contact import Area
from bot.alliance.entry import prefixes


def caretakers(areas: Iterable[Area], tenant: str, today: dt.date) -> frozenset[str]:
    """The keys whose coordinators may see the cases of `tenant` today; it is always one of them."""
    delegations = (delegation for area in areas if area.prefix == tenant for delegation in area.delegates)
    given = {
        delegation.to
        for delegation in delegations
        if delegation.to in prefixes(tenant)[1:]
        and delegation.since <= today
        and (delegation.until is None or today <= delegation.until)
    }
    return frozenset({tenant, *given})


def may_see(areas: Iterable[Area], coordinator: str, tenant: str, today: dt.date) -> bool:
    """Whether somebody who coordinates for `coordinator` (key) may see a case of `tenant` (key)."""
    return bool(tenant) and coordinator in caretakers(areas, tenant, today)

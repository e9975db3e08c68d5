"""Contacts as the directory holds them: with the area they stand in and their hours; which may be shown, and to whom.

Owns the rules about one contact. Who is chosen among many is `directory`, who is missing is `coverage`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import assert_never

from bot.alliance.contact import Area, Contact, Visibility, Way
from bot.alliance.daysoff import calendar_of
from bot.alliance.hours import Timetable
from bot.alliance.kinds import CRISIS
from bot.alliance.phones import is_crisis_line, is_emergency
from bot.alliance.vault import Vault

# A call older than this lets a contact sink below the others of its kind; older than that it vanishes.
SINKS_AFTER = dt.timedelta(days=90)
VANISHES_AFTER = dt.timedelta(days=180)

_DISTRICT_DIGITS = 5


@dataclass(frozen=True, slots=True)
class Entry:
    """A contact, where it stands, the ways that are shown, and their hours."""

    id: str
    contact: Contact
    area: Area
    ways: tuple[Way, ...] = field(repr=False)
    tables: tuple[Timetable, ...]

    def age(self, today: dt.date) -> dt.timedelta:
        """How long ago a human called; zero when nobody has yet, so that drafts are ranked by place and hour only."""
        called = self.contact.geprueft_am
        return max(today - called, dt.timedelta(0)) if called else dt.timedelta(0)

    def may_be_shown(self, today: dt.date, *, staff: str) -> bool:
        """Whether it is fresh enough, and for these eyes; `staff`: where the person is enrolled ("" nowhere)."""
        return self.is_fresh(today) and may_see(self.contact.visibility, self.area.prefix, staff)

    def is_fresh(self, today: dt.date) -> bool:
        """Whether the last call is recent enough."""
        return self.age(today) <= VANISHES_AFTER

    def is_for_audience(self, audience: str) -> bool:
        """Whether it is there for these people; "" is for everyone."""
        return not audience or not self.contact.audiences or audience in self.contact.audiences

    def is_for(self, incident: str, audience: str) -> bool:
        """Whether it is there for this incident and these people; "" fits every contact."""
        named = self.contact.incidents
        return self.is_for_audience(audience) and (not incident or not named or incident in named)

    def is_open(self, at: dt.datetime) -> bool:
        """Whether somebody is there."""
        return any(table.is_open(at) for table in self.tables)

    def ways_at(self, at: dt.datetime) -> tuple[Way, ...]:
        """The ways that are shown, those first on which somebody is there by hours of their own or the contact's."""
        calendar = _calendar(self.contact, self.area)

        def is_there(way: Way) -> bool:
            hours = way.hours or self.contact.hours
            return bool(hours) and any(
                table.is_open(at) for table in _tables((hours,), self.contact.closures, calendar)
            )

        return tuple(sorted(self.ways, key=lambda way: not is_there(way)))

    def can_stand_in_for(self, other: Entry) -> bool:
        """Whether it may take the place of one that is closed: a crisis line only that of another."""
        return self.contact.kind != CRISIS or other.contact.kind == CRISIS

    def opens(self, at: dt.datetime) -> dt.datetime | None:
        """When somebody is next there; None when somebody is, and when it is unknown."""
        return min((there for table in self.tables if (there := table.opens(at))), default=None)


def may_see(visibility: Visibility, prefix: str, staff: str) -> bool:
    """Whether staff of the municipality `staff` ("" of none) may see what an area (its key, "" the federation) keeps.

    `staff` contacts are for the staff of this area and of those that lie in it. So are `secret` ones of a land or of
    the federation; those of a district or a municipality are for its own staff alone.
    """
    match visibility:
        case "public":
            return True
        case "staff":
            return bool(staff) and prefix in prefixes(staff)
        case "secret":
            is_tenant = len(prefix) >= _DISTRICT_DIGITS
            return bool(staff) and (prefix == staff if is_tenant else prefix in prefixes(staff))
    assert_never(visibility)


def enter(areas: Iterable[Area], vault: Vault = MappingProxyType({})) -> Iterator[Entry]:
    """The contacts that may ever be shown: documented, with a way to reach them.

    A secret one names no way in its file: it is among them when the vault holds one.
    """
    for area in areas:
        for name, contact in area.contacts.items():
            ways = _ways(name, contact, area, vault)
            if contact.mark != "unbestaetigt" and ways:
                yield Entry(name, contact, area, ways, _timetables(contact, area, ways))


def _ways(name: str, contact: Contact, area: Area, vault: Vault) -> tuple[Way, ...]:
    if contact.visibility == "secret":
        secret = vault.get((area.key, name))
        return secret.ways if secret else ()
    return shown_ways(contact)


def shown_ways(contact: Contact) -> tuple[Way, ...]:
    """The ways that are documented."""
    return tuple(way for way in contact.reach if way.mark != "unbestaetigt")


def _timetables(contact: Contact, area: Area, ways: Iterable[Way]) -> tuple[Timetable, ...]:
    """The hours of these ways: their own, and the contact's for those that have none.

    110, 112 and crisis lines, which the Lotse names anyhow, do not make another contact reachable.
    """
    hours = dict.fromkeys(way.hours or contact.hours for way in ways if _is_its_own(way, contact))
    return _tables(tuple(hour for hour in hours if hour), contact.closures, _calendar(contact, area))


def _calendar(contact: Contact, area: Area) -> str:
    return contact.holidays or area.holidays or calendar_of(area.prefix)


@lru_cache(maxsize=10_000)
def _tables(hours: tuple[str, ...], closures: tuple[str, ...], calendar: str) -> tuple[Timetable, ...]:
    """One object for all who have the same hours: most town halls have."""
    return tuple(Timetable(expression, closures, calendar) for expression in hours)


def _is_its_own(way: Way, contact: Contact) -> bool:
    if way.phone is None:
        return True
    return not is_emergency(way.phone) and (contact.kind == CRISIS or not is_crisis_line(way.phone))


def prefixes(key: str) -> tuple[str, ...]:
    """The keys that answer for a place, nearest first: itself, its municipality, district, land, the federation."""
    return tuple(dict.fromkeys(key[:length] for length in (11, 8, 5, 2, 0) if len(key) >= length))

"""The proof that somebody can be reached: for every place, incident, audience and minute of a year.

Owns what counts. An incident requires kinds of contacts (its playbook's `needs`). A kind is covered at a minute when a
contact of that kind, named for this incident and audience at this place or one above it, is there; or whoever stands in
for it is (its deputies, whom it hands over to); or it is closed on purpose and says what holds until then (`rests`).
110, 112 and crisis lines cover nothing but crisis help itself. What a person without hours offers covers nothing.

Exact, and fast by classes: whatever two places have in common for a kind is looked at once, and a year of one set of
timetables is one number (`minutes`). All three places of a person are taken to be the same. Visibility is that of
staff; whether a call is too old is judged on the day of the proof, as if the directory were kept as it is then.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from typing import Final

from bot.alliance.contact import Visibility
from bot.alliance.directory import Directory, stand_ins
from bot.alliance.entry import Entry, may_see, prefixes
from bot.alliance.hours import Timetable
from bot.alliance.kinds import AUDIENCES, KINDS, Audience, KindId
from bot.alliance.minutes import Year, first_bit, unite

_NOBODY: Final = frozenset[tuple[Visibility, str]]()

MOST_YEARS: Final = 1_000
"""Years of timetables held at once: 65 MB."""


@dataclass(frozen=True, slots=True)
class _Offer:
    """What one contact, or one who stands in for it, gives; no names mean all. `rests`: closed on purpose.

    `hidden`: by whose eyes it may be seen, where those are not all who work there (visibility, key of the area).
    """

    incidents: frozenset[str]
    audiences: frozenset[str]
    tables: frozenset[Timetable]
    rests: bool
    hidden: frozenset[tuple[Visibility, str]] = frozenset()

    def is_seen_at(self, place: str) -> bool:
        """Whether staff of this place are shown it."""
        return all(may_see(visibility, prefix, place) for visibility, prefix in self.hidden)

    def holds(self, incident: str, audience: str) -> bool:
        """Whether it is for them."""
        return (not self.incidents or incident in self.incidents) and (not self.audiences or audience in self.audiences)


@dataclass(frozen=True, slots=True)
class Gap:
    """One class of gaps: a kind, and the minutes at which nobody of it is there, wherever these are the same.

    `place`, `incident`, `audience`, `start`: the smallest counterexample; `until`: when somebody is there again (None:
    not within the year); both on the wall clock. `never`: nobody is there at any time of the year; `listed`: somebody
    is named all the same, without hours. `minutes`: how many of the year; `tables`: the hours that leave them. `places`
    counts them, `cells` the combinations of place, incident and audience for which this holds, by incident.
    """

    kind: KindId
    place: str
    incident: str
    audience: Audience
    start: dt.datetime
    until: dt.datetime | None
    minutes: int
    tables: frozenset[Timetable]
    places: int
    incidents: tuple[str, ...]
    audiences: tuple[Audience, ...]
    cells: Mapping[str, int]
    never: bool
    listed: bool


@dataclass(frozen=True, slots=True)
class Proof:
    """What was asked and found. `asked`: combinations of place, incident, audience and kind, by incident.

    `rests`: those of them that are covered at some time only because somebody rests on purpose. `gaps`: most
    combinations first.
    """

    year: Year
    places: tuple[str, ...]
    incidents: tuple[str, ...]
    asked: Mapping[str, int]
    rests: int
    gaps: tuple[Gap, ...]

    @property
    def total(self) -> int:
        """All combinations."""
        return sum(self.asked.values())

    @property
    def covered(self) -> int:
        """Combinations without a gap at any minute."""
        return self.total - sum(sum(gap.cells.values()) for gap in self.gaps)

    def by_hour(self, gap: Gap) -> tuple[int, ...]:
        """How many of its minutes lie in each hour of the week, Monday 0:00 first."""
        there = unite(self.year.open_minutes(table) for table in gap.tables)
        return self.year.by_hour_of_the_week(self.year.every & ~there)

    @property
    def share(self) -> float:
        """The share of all minutes of all combinations at which somebody is there; 0 to 1."""
        whole = self.year.every.bit_count() * self.total
        missing = sum(gap.minutes * sum(gap.cells.values()) for gap in self.gaps)
        return 1 - missing / whole if whole else 0.0


@dataclass(frozen=True, slots=True)
class _Missing:
    """The minutes that a set of timetables leaves, without holding all of them."""

    digest: bytes
    start: int
    again: int
    minutes: int
    tables: frozenset[Timetable]


@dataclass(slots=True)
class _Class:
    """A class of gaps while it grows."""

    missing: _Missing
    listed: bool
    smallest: tuple[int, int, int] = (sys.maxsize, 0, 0)
    places: set[int] = field(default_factory=set)
    audiences: set[Audience] = field(default_factory=set)
    cells: dict[str, int] = field(default_factory=dict)

    def add(self, members: list[int], incident: str, audience: Audience, smallest: tuple[int, int, int]) -> None:
        """Take in the places (by number) that miss this incident and audience; `smallest` by place, incident, role."""
        self.smallest = min(self.smallest, smallest)
        self.places.update(members)
        self.audiences.add(audience)
        self.cells[incident] = self.cells.get(incident, 0) + len(members)


def prove(
    directory: Directory,
    places: Sequence[str],
    needs: Mapping[str, Sequence[KindId]],
    *,
    year: Year,
    today: dt.date,
) -> Proof:
    """Prove it for these places (keys) and incidents (with the kinds that each requires).

    `today` (local): calls that are too old on this day do not count.
    """
    return _Prover(directory, places, needs, year, today).prove()


class _Prover:
    """One proof: what areas offer, the years of timetables that were met, and the gaps so far."""

    def __init__(
        self,
        directory: Directory,
        places: Sequence[str],
        needs: Mapping[str, Sequence[KindId]],
        year: Year,
        today: dt.date,
    ) -> None:
        self._places = tuple(places)
        self._needs = needs
        self._order = {incident: number for number, incident in enumerate(needs)}
        self._year = year
        self._all = year.every.bit_count()
        self._areas = _offers(directory, today)
        self._missed: dict[frozenset[Timetable], _Missing] = {}
        # A year is 64 KB; tables of one kind come one after the other.
        self._open = lru_cache(maxsize=MOST_YEARS)(year.open_minutes)
        self._gaps: dict[tuple[KindId, bytes, bool], _Class] = {}
        self._rests = 0

    def prove(self) -> Proof:
        kinds = tuple(dict.fromkeys(kind for needed in self._needs.values() for kind in needed))
        for kind in kinds:
            for offers, members in self._classes(kind).items():
                self._look(kind, offers, members)
        asked = {
            incident: len(self._places) * sum(len(KINDS[kind].audiences) for kind in dict.fromkeys(needed))
            for incident, needed in self._needs.items()
        }
        gaps = [self._finish(kind, grown) for (kind, *_), grown in self._gaps.items()]
        gaps.sort(key=lambda gap: (-sum(gap.cells.values()), gap.kind, gap.place))
        return Proof(self._year, self._places, tuple(self._needs), asked, self._rests, tuple(gaps))

    def _classes(self, kind: KindId) -> dict[frozenset[_Offer], list[int]]:
        """The places (by their number) that have the same offers of a kind, their own and those from above."""
        by_chain: dict[tuple[str, ...], list[int]] = {}
        for number, place in enumerate(self._places):
            chain = tuple(prefix for prefix in prefixes(place) if kind in self._areas.get(prefix, {}))
            by_chain.setdefault(chain, []).append(number)
        classes: dict[frozenset[_Offer], list[int]] = {}
        for chain, members in by_chain.items():
            offers = frozenset[_Offer]().union(*(self._areas[prefix][kind] for prefix in chain))
            if not any(offer.hidden for offer in offers):
                classes.setdefault(offers, []).extend(members)
                continue
            for number in members:
                seen = frozenset(offer for offer in offers if offer.is_seen_at(self._places[number]))
                classes.setdefault(seen, []).append(number)
        return classes

    def _look(self, kind: KindId, offers: frozenset[_Offer], members: list[int]) -> None:
        """Find the gaps of one class of places; incidents and audiences that no offer names are alike."""
        named = {name for offer in offers for name in (*offer.incidents, *offer.audiences)}
        seen: dict[tuple[str, str], tuple[_Missing, bool, bool]] = {}
        for incident, needed in self._needs.items():
            if kind not in needed:
                continue
            for audience in KINDS[kind].audiences:
                alike = (incident if incident in named else "", audience if audience in named else "")
                if alike not in seen:
                    holding = [offer for offer in offers if offer.holds(incident, audience)]
                    seen[alike] = (*self._missing(holding), bool(holding))
                missing, rests, listed = seen[alike]
                self._rests += rests * len(members)
                if missing.minutes and not rests:
                    grown = self._grow(kind, missing, listed=listed)
                    smallest = (min(members), self._order[incident], AUDIENCES.index(audience))
                    grown.add(members, incident, audience, smallest)

    def _missing(self, offers: list[_Offer]) -> tuple[_Missing, bool]:
        """The minutes at which nobody is there, and whether somebody rests in them on purpose."""
        tables = frozenset(table for offer in offers for table in offer.tables)
        missing = self._missed.get(tables)
        if missing is None:
            missing = self._missed[tables] = self._look_at(tables)
        return missing, missing.minutes > 0 and any(offer.rests for offer in offers)

    def _look_at(self, tables: frozenset[Timetable]) -> _Missing:
        every = self._year.every
        gap = every & ~unite(self._open(table) for table in tables)
        start = first_bit(gap)
        again = first_bit(every & ~gap & -(1 << start)) if gap else -1
        digest = blake2b(gap.to_bytes(every.bit_length() // 8 + 1, "little"), digest_size=16).digest()
        return _Missing(digest, start, again, gap.bit_count(), tables)

    def _grow(self, kind: KindId, missing: _Missing, *, listed: bool) -> _Class:
        never = missing.minutes == self._all
        key = (kind, missing.digest, listed and never)
        return self._gaps.setdefault(key, _Class(missing, listed and never))

    def _finish(self, kind: KindId, grown: _Class) -> Gap:
        year, missing = self._year, grown.missing
        place, incident, audience = grown.smallest
        return Gap(
            kind=kind,
            place=self._places[place],
            incident=tuple(self._needs)[incident],
            audience=AUDIENCES[audience],
            start=year.moment(missing.start),
            until=year.moment(missing.again) if missing.again >= 0 else None,
            minutes=missing.minutes,
            tables=missing.tables,
            places=len(grown.places),
            incidents=tuple(name for name in self._needs if name in grown.cells),
            audiences=tuple(name for name in AUDIENCES if name in grown.audiences),
            cells=grown.cells,
            never=missing.minutes == self._all,
            listed=grown.listed,
        )


def _offers(directory: Directory, today: dt.date) -> dict[str, dict[KindId, frozenset[_Offer]]]:
    """What each area (by key) offers of each kind."""
    found: dict[str, dict[KindId, set[_Offer]]] = {}
    # What is equal is one object: ten thousand town halls offer a few hundred different things.
    same: dict[_Offer, _Offer] = {}
    sets: dict[frozenset[_Offer], frozenset[_Offer]] = {}
    for entry in directory.entries.values():
        if entry.is_fresh(today):
            kinds = found.setdefault(entry.area.prefix, {})
            offers = kinds.setdefault(entry.contact.kind, set())
            offers.update(same.setdefault(offer, offer) for offer in _offers_of(entry, directory, today))
    return {
        key: {kind: sets.setdefault(one, one) for kind, offers in kinds.items() for one in [frozenset(offers)]}
        for key, kinds in found.items()
    }


def _offers_of(entry: Entry, directory: Directory, today: dt.date) -> Iterator[_Offer]:
    contact = entry.contact
    incidents, audiences = frozenset(contact.incidents), frozenset[str](contact.audiences)
    rests = contact.handover is not None and contact.handover.rests is not None
    yield _Offer(incidents, audiences, frozenset(entry.tables), rests, _hidden(entry, entry))
    for name in stand_ins(entry):
        other = directory.entries.get(name)
        if other is None or not other.can_stand_in_for(entry) or not other.is_fresh(today):
            continue
        theirs = frozenset[str](other.contact.audiences)
        both = audiences & theirs if audiences and theirs else audiences | theirs
        if both or not (audiences and theirs):
            yield _Offer(incidents, both, frozenset(other.tables), rests=False, hidden=_hidden(entry, other))


def _hidden(*entries: Entry) -> frozenset[tuple[Visibility, str]]:
    """Whose eyes these need, where staff of the places below the first of them do not have them anyhow."""
    if all(entry.contact.visibility == "public" for entry in entries):
        return _NOBODY
    area = entries[0].area.prefix
    return frozenset(
        (entry.contact.visibility, entry.area.prefix)
        for entry in entries
        if entry.contact.visibility == "secret"
        or (entry.contact.visibility == "staff" and entry.area.prefix not in prefixes(area))
    )


def needed_places(keys: Iterable[str]) -> tuple[str, ...]:
    """The places of which somebody can be an employee: districts, municipalities, boroughs; in the order of keys."""
    return tuple(sorted(key for key in keys if len(key) >= 5))  # noqa: PLR2004 - a district has five digits

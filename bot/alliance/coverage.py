"""The proof that somebody can be reached: for every place, incident, audience and minute of a year.

Owns what counts. An incident requires kinds of contacts (its playbook's `needs`). A kind is covered at a minute when a
contact of that kind, named for this incident and audience at this place or one above it, is there; or whoever stands in
for it is (its deputies, whom it hands over to); or it is closed on purpose and says what holds until then (`rests`).
110, 112 and crisis lines cover nothing but crisis help itself. What a person without hours offers covers nothing.

Exact, and fast by classes: whatever two places have in common for a kind is looked at once, incidents and audiences
that no contact of theirs names are one, and a year is a week and the days that differ from it (`minutes`). All three
places of a person are taken to be the same. Visibility is that of staff; whether a call is too old is judged on the day
of the proof, as if the directory were kept as it is then.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, NamedTuple, TypeVar

from bot.alliance.contact import Visibility
from bot.alliance.directory import Directory, stand_ins
from bot.alliance.entry import Entry, may_see, prefixes
from bot.alliance.hours import ALWAYS, Timetable
from bot.alliance.kinds import AUDIENCES, KINDS, Audience, KindId
from bot.alliance.minutes import Minutes, Year

_Name = TypeVar("_Name", bound=str)
_NOBODY: Final = frozenset[tuple[Visibility, str]]()


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
    is named all the same, without hours. `missing`: the minutes, `minutes`: how many of the year. `places` counts them,
    `cells` the combinations of place, incident and audience for which this holds, by incident.
    """

    kind: KindId
    place: str
    incident: str
    audience: Audience
    start: dt.datetime
    until: dt.datetime | None
    minutes: int
    missing: Minutes
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
        return self.year.by_hour_of_the_week([gap.missing])

    @property
    def share(self) -> float:
        """The share of all minutes of all combinations at which somebody is there; 0 to 1."""
        whole = self.year.count(self.year.every) * self.total
        missing = sum(gap.minutes * sum(gap.cells.values()) for gap in self.gaps)
        return 1 - missing / whole if whole else 0.0


class _Group(NamedTuple):
    """Incidents and audiences that are alike to the contacts of a class of places."""

    incidents: tuple[str, ...]
    audiences: tuple[Audience, ...]


_Found = list[tuple[list[int], _Group]]
"""Which places (by number) miss which incidents and audiences."""


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
    """One proof; the contacts by kind, and of each place the areas above it that have any."""

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
        self._directory = directory
        self._today = today
        self._entries: dict[KindId, list[Entry]] = {}
        for entry in directory.entries.values():
            if entry.is_fresh(today):
                self._entries.setdefault(entry.contact.kind, []).append(entry)
        known = {entry.area.prefix for entries in self._entries.values() for entry in entries}
        self._chains = [tuple([key for key in prefixes(place) if key in known]) for place in self._places]
        self._none = year.missing([Timetable(ALWAYS)])
        self._cells: dict[tuple[tuple[str, int], ...], Mapping[str, int]] = {}
        self._rests = 0

    def prove(self) -> Proof:
        kinds = tuple(dict.fromkeys(kind for needed in self._needs.values() for kind in needed))
        gaps = [gap for kind in kinds for gap in self._gaps(kind)]
        asked = {
            incident: len(self._places) * sum(len(KINDS[kind].audiences) for kind in dict.fromkeys(needed))
            for incident, needed in self._needs.items()
        }
        gaps.sort(key=lambda gap: (-sum(gap.cells.values()), gap.kind, gap.place))
        return Proof(self._year, self._places, tuple(self._needs), asked, self._rests, tuple(gaps))

    def _gaps(self, kind: KindId) -> Iterator[Gap]:
        """Find the classes of gaps of one kind."""
        grown: dict[tuple[Minutes, bool], _Found] = {}
        missed: dict[frozenset[Timetable], Minutes] = {}
        groups = _Groups(kind, tuple(incident for incident, needed in self._needs.items() if kind in needed))
        for offers, members in self._classes(kind).items():
            for group in groups.of(offers):
                holding = [offer for offer in offers if offer.holds(group.incidents[0], group.audiences[0])]
                tables = frozenset([table for offer in holding for table in offer.tables])
                if tables not in missed:
                    missed[tables] = self._year.missing(tables)
                missing = missed[tables]
                if missing == self._none:
                    continue
                if any(offer.rests for offer in holding):
                    self._rests += len(members) * len(group.incidents) * len(group.audiences)
                    continue
                listed = bool(holding) and missing == self._year.every
                grown.setdefault((missing, listed), []).append((members, group))
        for (missing, listed), found in grown.items():
            yield self._finish(kind, missing, found, listed=listed)

    def _classes(self, kind: KindId) -> dict[frozenset[_Offer], list[int]]:
        """The places (by their number) that have the same offers of a kind, their own and those from above."""
        areas = self._offers(kind)
        by_chain: dict[tuple[str, ...], list[int]] = {}
        for number, keys in enumerate(self._chains):
            chain = tuple([key for key in keys if key in areas])
            by_chain.setdefault(chain, []).append(number)
        classes: dict[frozenset[_Offer], list[int]] = {}
        for chain, members in by_chain.items():
            offers = frozenset[_Offer]().union(*(areas[key] for key in chain))
            if not any(offer.hidden for offer in offers):
                classes.setdefault(offers, []).extend(members)
                continue
            for number in members:
                seen = frozenset(offer for offer in offers if offer.is_seen_at(self._places[number]))
                classes.setdefault(seen, []).append(number)
        return classes

    def _offers(self, kind: KindId) -> dict[str, set[_Offer]]:
        """What each area (by key) offers of a kind."""
        found: dict[str, set[_Offer]] = {}
        for entry in self._entries.get(kind, ()):
            found.setdefault(entry.area.prefix, set()).update(_offers_of(entry, self._directory.entries, self._today))
        return found

    def _finish(self, kind: KindId, missing: Minutes, found: _Found, *, listed: bool) -> Gap:
        year = self._year
        number, incident, role, _ = min(
            (min(members), self._order[group.incidents[0]], AUDIENCES.index(group.audiences[0]), n)
            for n, (members, group) in enumerate(found)
        )
        counts: dict[str, int] = {}
        for members, group in found:
            for name in group.incidents:
                counts[name] = counts.get(name, 0) + len(members) * len(group.audiences)
        incidents = tuple(name for name in self._needs if name in counts)
        # Ten thousand town halls have the same extent: one place, one audience.
        cells = tuple((name, counts[name]) for name in incidents)
        roles = {audience for _, group in found for audience in group.audiences}
        start = year.first_of(missing)
        again = year.next_without(missing, start)
        return Gap(
            kind=kind,
            place=self._places[number],
            incident=tuple(self._needs)[incident],
            audience=AUDIENCES[role],
            start=year.moment(start),
            until=year.moment(again) if again >= 0 else None,
            minutes=year.count(missing),
            missing=missing,
            places=len({member for members, _ in found for member in members}),
            incidents=incidents,
            audiences=tuple(name for name in AUDIENCES if name in roles),
            cells=self._cells.setdefault(cells, MappingProxyType(dict(cells))),
            never=missing == year.every,
            listed=listed,
        )


class _Groups:
    """How the incidents that need a kind, and its audiences, fall into groups that are alike to some contacts."""

    def __init__(self, kind: KindId, incidents: tuple[str, ...]) -> None:
        self._incidents = incidents
        self._audiences = KINDS[kind].audiences
        self._known: dict[frozenset[str], tuple[_Group, ...]] = {}

    def of(self, offers: Iterable[_Offer]) -> tuple[_Group, ...]:
        """The groups for these; each in the order of its incidents and audiences."""
        named = frozenset([name for offer in offers for name in (*offer.incidents, *offer.audiences)])
        known = self._known.get(named)
        if known is None:
            known = self._known[named] = tuple(
                _Group(incidents, audiences)
                for incidents in _apart(self._incidents, named)
                for audiences in _apart(self._audiences, named)
            )
        return known


def _apart(names: tuple[_Name, ...], named: frozenset[str]) -> Iterator[tuple[_Name, ...]]:
    """Each that is named for itself, and all the others together."""
    yield from ((name,) for name in names if name in named)
    others = tuple(name for name in names if name not in named)
    if others:
        yield others


def _offers_of(entry: Entry, entries: Mapping[str, Entry], today: dt.date) -> Iterator[_Offer]:
    contact = entry.contact
    incidents, audiences = frozenset(contact.incidents), frozenset[str](contact.audiences)
    rests = contact.handover is not None and contact.handover.rests is not None
    yield _Offer(incidents, audiences, frozenset(entry.tables), rests, _hidden(entry))
    for name in stand_ins(entry):
        other = entries.get(name)
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

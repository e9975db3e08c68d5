"""Who is responsible: from every contact of every area to at most three, the reachable first.

Owns the choice. It is a pure function of its arguments:

1. Only what may be shown: staff-only entries to staff of that area, nothing that is `unbestaetigt`, nothing that a
   human last called more than 180 days ago, nothing that is excluded, by kind or by id (a superior who is part of the
   problem, an office that is accused).
2. Only what fits: the incident, the audience, and the place. Each kind follows one of the person's three places; a
   contact fits when its area's key is a prefix of that place's key (`11000000-01`, `11000000`, `11000`, `11`, "").
3. Where a contact is closed, the first of its deputies who is there stands in for it, else the one it hands over to
   (never a crisis line); where it is excluded, the one that it names for this. A stand-in is as near as the one whose
   place it takes.
4. Per kind one first: whoever is reachable before who is not, called within 90 days (or never) before older, the
   longest prefix before shorter ones. These are put in order: reachable first, then as the kinds were asked for.
5. What room is left is filled by the others of these kinds, ranked in the same way, so that a line of the land that is
   open day and night is named beside a town hall that is closed; but not by a deputy who is away while the one for whom
   it stands in is there.
6. Somebody always remains. If there is nobody, the general lines of victim and crisis help are named, even where these
   are excluded: nobody there is part of the problem. They are named as well where all that is left are stand-ins for
   excluded ones, none of whom is there.

`at` is an aware datetime; opening hours and the age of a check are local to Germany.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from bot.alliance.contact import Area
from bot.alliance.entry import SINKS_AFTER, Entry, enter, prefixes
from bot.alliance.hours import local
from bot.alliance.kinds import FOLLOWS, GENERAL, Follows
from bot.alliance.showing import Found, show
from bot.alliance.vault import Vault


@dataclass(frozen=True, slots=True)
class _Asked:
    """What was asked; `today` is the local date."""

    places: Mapping[str, str]
    incident: str
    audience: str
    at: dt.datetime
    today: dt.date
    without: frozenset[str]
    staff: str

    def may_name(self, entry: Entry) -> bool:
        """Whether it may be named at all, wherever it stands and whatever it is for."""
        return (
            entry.id not in self.without
            and entry.contact.kind not in self.without
            and entry.may_be_shown(self.today, staff=self.staff)
            and entry.is_for_audience(self.audience)
        )


@dataclass(frozen=True, slots=True)
class _Ranked:
    """An entry seen at one moment, perhaps in the place of another that is closed or (`out`) excluded."""

    entry: Entry
    is_open: bool
    is_stale: bool
    stands_for: Entry | None = None
    out: bool = False

    @property
    def within_kind(self) -> tuple[bool, bool, int, bool]:
        """Smaller is better."""
        place = (self.stands_for or self.entry).area.prefix
        return not self.is_open, self.is_stale, -len(place), self.stands_for is not None


class Directory:
    """Every contact that is known; immutable."""

    def __init__(self, areas: Iterable[Area], vault: Vault = MappingProxyType({})) -> None:
        areas = tuple(areas)
        self._by_id: dict[str, Entry] = {}
        # (kind, which place it follows, key of the area) -> its entries.
        self._by_place: dict[tuple[str, Follows, str], list[Entry]] = {}
        for entry in enter(areas, vault):
            self._by_id[entry.id] = entry
            self._by_place.setdefault((entry.contact.kind, entry.contact.place, entry.area.prefix), []).append(entry)
        self._fingerprint = _hash(areas, self._by_id.values(), vault)

    @property
    def fingerprint(self) -> str:
        """Hash of its content: 32 hex digits, the same for the same files in any order. Tells nothing of a secret."""
        return self._fingerprint

    @property
    def entries(self) -> Mapping[str, Entry]:
        """Every contact that may ever be shown, by id."""
        return MappingProxyType(self._by_id)

    def responsible(  # noqa: PLR0913 - the engine's protocol; each is one thing that decides
        self,
        *,
        places: Mapping[str, str],
        incident: str,
        kinds: Sequence[str],
        audience: str,
        at: dt.datetime,
        language: str,
        without: frozenset[str] = frozenset(),
        staff: str = "",
        most: int = 3,
    ) -> tuple[Found, ...]:
        """At most `most` contacts, the reachable first; none only when the directory knows no general line either.

        `places`: `dienststelle`, `ort`, `wohnort` -> municipality key ("" unknown; the second and third default to
        the first). An `incident` or `audience` of "" fits every contact. `without`: kinds and ids of contacts.
        `staff`: the municipality (key) for which the person is enrolled, "" none.
        """
        asked = _Asked(places, incident, audience, at, local(at).date(), without, staff)
        found = self._choose(tuple(dict.fromkeys(kinds)), asked, most)
        general = replace(asked, incident="")
        if found and all(one.out and not one.is_open for one in found):
            named = {one.entry.id for one in found}
            there = [one for one in self._choose(GENERAL, general, most) if one.is_open and one.entry.id not in named]
            found = [*there[: most - len(found)], *found]
        found = found or self._choose(GENERAL, general, most)
        found = found or self._choose(GENERAL, replace(general, without=frozenset()), most)
        return tuple(
            show(one.entry, at, language, is_open=one.is_open, stands_for=one.stands_for, out=one.out) for one in found
        )

    def _choose(self, kinds: Sequence[str], asked: _Asked, most: int) -> list[_Ranked]:
        first: dict[str, _Ranked] = {}
        others: dict[str, _Ranked] = {}
        for kind in kinds:
            fitting = sorted(self._fitting(kind, asked), key=lambda ranked: ranked.within_kind)
            for number, ranked in enumerate(fitting):
                # Whoever serves two kinds is named once.
                (first if number == 0 else others).setdefault(ranked.entry.id, ranked)
        # Sorting keeps the order of the kinds among equals.
        chosen = sorted(first.values(), key=_order)[:most]
        # Whoever only stands in for somebody who is there, and is not there, tells nobody anything.
        idle = {name for one in chosen if one.is_open for name in stand_ins(one.entry)}
        left = [one for name, one in others.items() if name not in first and (one.is_open or name not in idle)]
        chosen += sorted(left, key=lambda ranked: ranked.within_kind)[: most - len(chosen)]
        return sorted(chosen, key=lambda ranked: not ranked.is_open)

    def _fitting(self, kind: str, asked: _Asked) -> Iterator[_Ranked]:
        """Everybody of a kind who may be named, and whoever stands in for those who are closed or excluded."""
        for follows in FOLLOWS:
            for prefix in prefixes(_place(asked.places, follows)):
                for entry in self._by_place.get((kind, follows, prefix), ()):
                    if entry.is_for(asked.incident, asked.audience):
                        yield from self._seen(entry, asked)

    def _seen(self, entry: Entry, asked: _Asked) -> Iterator[_Ranked]:
        if entry.id in asked.without or entry.contact.kind in asked.without:
            instead = self._by_id.get(entry.contact.if_involved or "")
            if instead and asked.may_name(instead):
                yield _rank(instead, asked, stands_for=entry, out=True)
        elif asked.may_name(entry):
            ranked = _rank(entry, asked)
            yield ranked
            if not ranked.is_open and (stand_in := self._stand_in(entry, asked)):
                yield stand_in

    def _stand_in(self, entry: Entry, asked: _Asked) -> _Ranked | None:
        """The first who is there of those that the contact names for when it is closed."""
        for name in stand_ins(entry):
            other = self._by_id.get(name)
            if other and other.can_stand_in_for(entry) and asked.may_name(other) and other.is_open(asked.at):
                return _rank(other, asked, stands_for=entry)
        return None


def stand_ins(entry: Entry) -> tuple[str, ...]:
    """The ids of those who stand in while it is closed, in order: its deputies, then whom it hands over to."""
    handover = entry.contact.handover
    return (*entry.contact.deputies, *([handover.to] if handover and handover.to else []))


def _rank(entry: Entry, asked: _Asked, *, stands_for: Entry | None = None, out: bool = False) -> _Ranked:
    return _Ranked(entry, entry.is_open(asked.at), entry.age(asked.today) > SINKS_AFTER, stands_for, out)


def _order(ranked: _Ranked) -> tuple[bool, bool]:
    return not ranked.is_open, ranked.is_stale


def _place(places: Mapping[str, str], follows: str) -> str:
    return next((places[name] for name in (follows, *FOLLOWS) if places.get(name)), "")


def _hash(areas: Iterable[Area], entries: Iterable[Entry], vault: Vault) -> str:
    # Area by area: the text of a whole country would be a quarter of a gigabyte.
    bodies = sorted((area.key, _digest(area.model_dump(mode="json", exclude_defaults=True))) for area in areas)
    secret = [(one.area.key, one.id) for one in entries if one.contact.visibility == "secret"]
    editions = sorted((*where, vault[where].edition) for where in secret)
    return _digest([bodies, editions])


def _digest(body: object) -> str:
    text = json.dumps(body, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:32]

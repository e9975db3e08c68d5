"""Who is responsible: from every contact of every area to at most three, the reachable first.

Owns the choice. It is a pure function of its arguments:

1. Only what may be shown: no secret entries, staff-only ones to staff only, nothing that is `unbestaetigt`, nothing
   that a human last called more than 180 days ago, no kind that is excluded (a superior who is part of the problem).
2. Only what fits: the incident, the audience, and the place. Each kind follows one of the person's three places; a
   contact fits when its area's key is a prefix of that place's key (`11000000-01`, `11000000`, `11000`, `11`, "").
3. Per kind one first: whoever is reachable before who is not, called within 90 days (or never) before older, the
   longest prefix before shorter ones. These are put in order: reachable first, then as the kinds were asked for.
4. What room is left is filled by the others of these kinds, ranked in the same way, so that a line of the land that is
   open day and night is named beside a town hall that is closed.
5. Somebody always remains: if nobody does, the general lines of victim and crisis help are named, even where these
   are excluded: nobody there is part of the problem.

`at` is an aware datetime; opening hours and the age of a check are local to Germany.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.alliance.contact import Area, Contact, Mark, Way, pick
from bot.alliance.daysoff import calendar_of
from bot.alliance.hours import Timetable, local
from bot.alliance.hourwords import describe, describe_opening
from bot.alliance.kinds import FOLLOWS, GENERAL, Follows, KindId
from bot.alliance.tongues import speaks

# A call older than this lets a contact sink below the others of its kind; older than that it vanishes.
SINKS_AFTER = dt.timedelta(days=90)
VANISHES_AFTER = dt.timedelta(days=180)


@dataclass(frozen=True, slots=True)
class Found:
    """A contact as the person sees it, in one language; fulfils `bot.flows.world.FoundContact`.

    `kind`, `key` (of the area, empty for the federation), `area` (its name) and `mark` say why it was chosen.
    """

    id: str
    name: str
    purpose: str
    reach: tuple[str, ...]
    hours: str
    open_now: bool
    opens: str
    checked: bool
    kind: KindId
    key: str
    area: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class _Entry:
    """A contact, where it stands, and its hours."""

    id: str
    contact: Contact
    area: Area
    tables: tuple[Timetable, ...]


@dataclass(frozen=True, slots=True)
class _Ranked:
    """An entry seen at one moment; smaller is better."""

    entry: _Entry
    is_open: bool
    is_stale: bool

    @property
    def within_kind(self) -> tuple[bool, bool, int]:
        return not self.is_open, self.is_stale, -len(self.entry.area.prefix)


class Directory:
    """Every contact that is known; immutable."""

    def __init__(self, areas: Iterable[Area]) -> None:
        self._areas = tuple(areas)
        # (kind, which place it follows, key of the area) -> the entries that may ever be shown.
        self._by_place: dict[tuple[str, Follows, str], list[_Entry]] = {}
        for area in self._areas:
            for name, contact in area.contacts.items():
                if contact.visibility == "secret" or contact.mark == "unbestaetigt" or not _ways(contact):
                    continue
                entry = _Entry(name, contact, area, tuple(_tables(contact, area)))
                self._by_place.setdefault((contact.kind, contact.place, area.prefix), []).append(entry)
        body = [area.model_dump(mode="json", exclude_defaults=True) for area in self._areas]
        text = json.dumps(sorted(body, key=lambda area: str(area["key"])), sort_keys=True, ensure_ascii=False)
        self._fingerprint = hashlib.sha256(text.encode()).hexdigest()[:32]

    @property
    def fingerprint(self) -> str:
        """Hash of its content: 32 hex digits, the same for the same files in any order."""
        return self._fingerprint

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
        staff: bool = False,
        most: int = 3,
    ) -> tuple[Found, ...]:
        """At most `most` contacts, the reachable first; none only when the directory knows no general line either.

        `places`: `dienststelle`, `ort`, `wohnort` -> municipality key ("" unknown; the second and third default to
        the first). An `incident` or `audience` of "" fits every contact.
        """
        wanted = [kind for kind in dict.fromkeys(kinds) if kind not in without]
        found = self._choose(wanted, places, incident, audience, at, staff=staff, most=most)
        for general in ([kind for kind in GENERAL if kind not in without], GENERAL):
            found = found or self._choose(general, places, "", audience, at, staff=staff, most=most)
        return tuple(_show(ranked, at, language) for ranked in found)

    def _choose(
        self,
        kinds: Sequence[str],
        places: Mapping[str, str],
        incident: str,
        audience: str,
        at: dt.datetime,
        *,
        staff: bool,
        most: int,
    ) -> list[_Ranked]:
        first: list[_Ranked] = []
        others: list[_Ranked] = []
        today = local(at).date()
        spots = [(follows, prefix) for follows in FOLLOWS for prefix in prefixes(_place(places, follows))]
        for kind in kinds:
            fitting = [
                _Ranked(entry, any(table.is_open(at) for table in entry.tables), _age(entry, today) > SINKS_AFTER)
                for spot in spots
                for entry in self._by_place.get((kind, *spot), ())
                if _may_be_shown(entry, today, staff=staff) and _is_for(entry.contact, incident, audience)
            ]
            fitting.sort(key=lambda ranked: ranked.within_kind)
            first += fitting[:1]
            others += fitting[1:]
        # Sorting keeps the order of the kinds among equals.
        chosen = sorted(first, key=_order)[:most]
        chosen += sorted(others, key=lambda ranked: ranked.within_kind)[: most - len(chosen)]
        return sorted(chosen, key=lambda ranked: not ranked.is_open)


def prefixes(key: str) -> tuple[str, ...]:
    """The keys that answer for a place, nearest first: itself, its municipality, district, land, the federation."""
    return tuple(dict.fromkeys(key[:length] for length in (11, 8, 5, 2, 0) if len(key) >= length))


def _place(places: Mapping[str, str], follows: str) -> str:
    return next((places[name] for name in (follows, *FOLLOWS) if places.get(name)), "")


def _tables(contact: Contact, area: Area) -> Iterable[Timetable]:
    calendar = contact.holidays or area.holidays or calendar_of(area.prefix)
    hours = [contact.hours, *(way.hours for way in _ways(contact))]
    return (Timetable(expression, contact.closures, calendar) for expression in dict.fromkeys(hours) if expression)


def _ways(contact: Contact) -> list[Way]:
    """The ways that may be shown."""
    return [way for way in contact.reach if way.mark != "unbestaetigt"]


def _age(entry: _Entry, today: dt.date) -> dt.timedelta:
    """How long ago a human called; zero when nobody has yet, so that drafts are ranked by place and hour only."""
    called = entry.contact.geprueft_am
    return max(today - called, dt.timedelta(0)) if called else dt.timedelta(0)


def _may_be_shown(entry: _Entry, today: dt.date, *, staff: bool) -> bool:
    return (staff or entry.contact.visibility == "public") and _age(entry, today) <= VANISHES_AFTER


def _is_for(contact: Contact, incident: str, audience: str) -> bool:
    return (not incident or not contact.incidents or incident in contact.incidents) and (
        not audience or not contact.audiences or audience in contact.audiences
    )


def _order(ranked: _Ranked) -> tuple[bool, bool]:
    return not ranked.is_open, ranked.is_stale


def _show(ranked: _Ranked, at: dt.datetime, language: str) -> Found:
    contact, area = ranked.entry.contact, ranked.entry.area
    here = local(at)
    openings = () if ranked.is_open else (table.opens(at) for table in ranked.entry.tables)
    opens = min((there for there in openings if there), default=None)
    hours = pick(contact.hours_text, language) or (describe(contact.hours, language) if contact.hours else "")
    said = [pick(contact.purpose, language), pick(contact.not_for, language), speaks(contact.languages, language)]
    return Found(
        id=ranked.entry.id,
        name=pick(contact.name, language),
        purpose=" ".join(words for words in said if words),
        reach=tuple(_line(way, language) for way in _ways(contact)),
        hours=hours,
        open_now=ranked.is_open,
        opens=describe_opening(opens, here, language) if opens else "",
        checked=contact.geprueft_am is not None and contact.geprueft_am <= here.date(),
        kind=contact.kind,
        key=area.prefix,
        area=pick(area.name, language),
        mark=contact.mark,
    )


def _line(way: Way, language: str) -> str:
    """A way as one line: the value, and in brackets what it is for and when."""
    aside = [pick(way.note, language), describe(way.hours, language) if way.hours else ""]
    said = ": ".join(words for words in aside if words)
    return f"{way.value} ({said})" if said else way.value

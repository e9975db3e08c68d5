"""Finding a municipality by what people call it: "Augsburg", "Ausgburg", "Görlitz Kreis", "86150", "09761000".

Owns the search over all places that are known: those of the shipped files, and the official register once it is
imported (`register`). What is compared with what is `placenames`.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import Final, Self

import msgspec

from bot.alliance.contact import Area, pick
from bot.alliance.placenames import DISTRICT_WORDS, TOWN_WORDS, core, form, stems, tokens

# More are no help on a phone.
MAX_HITS: Final = 5
# Percent likeness (Indel distance): „Ausgburg“ 88, „Göritz“ 92, „Hamburg“ to „Augsburg“ 67.
_ALIKE: Final = 80
_AS_ALIKE: Final = 6
# Fewer letters begin too many names.
_SHORTEST_START: Final = 3
# A sentence has few words that name a place; a longer text is no answer to this question.
_MOST_WORDS: Final = 40

_LAND: Final = 2
_DISTRICT: Final = 5
_MUNICIPALITY: Final = 8
_DIGITS: Final = re.compile(r"\d[\d\s./-]*")
_POSTCODE: Final = re.compile(r"(?<!\d)\d{5}(?!\d)")
# Land, Regierungsbezirk, Kreis (5), Gemeindeverband (4), Gemeinde (3): the Regionalschlüssel (ARS).
_REGIONAL_KEY: Final = 12
# Postcodes of one town share their first digits; with fewer it may be the next town.
_SHARED: Final = (4, 3)


class Place(msgspec.Struct, frozen=True, array_like=True, omit_defaults=True):
    """A place that answers to its names; fulfils `bot.flows.world.FoundPlace`. `ags` is a key of 2, 5, 8 or 8-2.

    `postcode` is that of its town hall; `spread`: it has others, too. `people`: how many live there, 0 unknown.
    `certain`: the words that were looked for name it; they are not only like its name, or part of more.
    """

    ags: str
    name: str
    aliases: tuple[str, ...] = ()
    postcode: str = ""
    spread: bool = False
    people: int = 0
    certain: bool = True


class Places:
    """Every place that is known; immutable. Fulfils `bot.flows.world.Places`."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._by_key: Mapping[str, Place] = MappingProxyType({place.ags: place for place in places})

    @classmethod
    def of(cls, areas: Iterable[Area], register: Iterable[Place] = (), *, language: str = "de") -> Self:
        """The places of the files, before those of the register; the federation is none.

        A place that stands in both has the name of its file and answers to those of both.
        """
        listed = {place.ags: place for place in register}
        own = [_joined(area, listed.pop(area.prefix, None), language) for area in areas if area.prefix]
        return cls([*own, *listed.values()])

    @cached_property
    def fingerprint(self) -> str:
        """Hash of all that is known: 32 hex digits."""
        return hashlib.sha256(msgspec.json.encode([*self._by_key.values()])).hexdigest()[:32]

    def __len__(self) -> int:
        return len(self._by_key)

    def prepare(self) -> None:
        """Make what the first search would wait for."""
        _ = self._index, self.fingerprint

    def name(self, ags: str) -> str:
        """Its name; the key itself when unknown."""
        place = self._by_key.get(ags)
        return place.name if place else ags

    def keys(self) -> tuple[str, ...]:
        """The keys of all of them."""
        return tuple(self._by_key)

    def find(self, words: str) -> tuple[Place, ...]:
        """What the words may mean, best first, at most five: by number, by name, by a name within, by likeness.

        One hit that is `certain` needs no question back.
        """
        if _DIGITS.fullmatch(words.strip()):
            return self._by_number(words.strip())[:MAX_HITS]
        said = tokens(words)[:_MOST_WORDS]
        asked = tuple(token for token in core(words)[:_MOST_WORDS] if not token.isdigit())
        named = self._index.named("".join(asked)) if asked else []
        found = named or self._within(asked) or self._beginning("".join(asked)) or self._alike("".join(asked))
        for postcode in _POSTCODE.findall(words):
            near = self._by_postcode(postcode)
            both = [place for place in found if place in near]
            found, named = both or found or near, both or named
        found = [*{place.ags: place for place in found}.values()]
        meant = _meant(found, said)
        best = _ranked(meant or found)[:MAX_HITS]
        return tuple(best if named and meant else _doubtful(best))

    def named(self, words: str) -> tuple[Place, ...]:
        """As `find`, for people who know the names: whoever writes "Augsburg" means no Landkreis.

        Whoever writes "Halle" may mean three towns, though only one of them is called nothing else.
        """
        found = self.find(words)
        written = tuple(place for place in found if place.name.casefold() == words.strip().casefold())
        others = [place for place in found if place not in written and len(place.ags) > _DISTRICT]
        return written if len(written) == 1 and not others else found

    @cached_property
    def _index(self) -> _Index:
        return _Index(self._by_key.values())

    def _by_number(self, digits: str) -> tuple[Place, ...]:
        """By official key, whole or without its leading zero, or by postcode."""
        number = re.sub(r"[\s./]", "", digits)
        if len(number) == _REGIONAL_KEY and number.isdigit():
            number = number[:_DISTRICT] + number[-3:]
        keys = [number, f"0{number}"] if len(number) > _DISTRICT - 2 else [number]
        # A town that is its own district: 09761 is Augsburg, too.
        keys += [f"{key}000" for key in keys if len(key) == _DISTRICT and key not in self._by_key]
        found = [self._by_key[key] for key in keys if key in self._by_key]
        if number.isdigit():
            found += self._by_postcode(number) or self._by_postcode(f"0{number}")
        return tuple(dict.fromkeys(found))

    def _by_postcode(self, postcode: str) -> list[Place]:
        """Who has it; else the towns with several that lie in the same area."""
        if len(postcode) != len("86150"):
            return []
        exact = self._index.by_postcode.get(postcode)
        if exact:
            return _ranked(exact)
        for digits in _SHARED:
            near = self._index.by_area.get(postcode[:digits])
            if near:
                return _doubtful(_ranked(near))
        return []

    def _within(self, asked: tuple[str, ...]) -> list[Place]:
        """Places whose name stands in the words, in the district or land that does; else the longest name's."""
        spans = [
            (start, end, found)
            for start in range(len(asked))
            for end in range(start + 1, min(start + 6, len(asked)) + 1)
            if (found := self._index.named("".join(asked[start:end])))
        ]
        for start, end, found in sorted(spans, key=lambda span: span[0] - span[1]):
            regions = {
                place.ags
                for other, last, places in spans
                if last <= start or other >= end
                for place in places
                if len(place.ags) <= _DISTRICT
            }
            lying = [place for place in found if {place.ags[:_LAND], place.ags[:_DISTRICT]} - {place.ags} & regions]
            if lying:
                return lying
        longest = max((end - start for start, end, _ in spans), default=0)
        return [place for start, end, found in spans if end - start == longest for place in found]

    def _beginning(self, start: str) -> list[Place]:
        """Places whose name begins so."""
        if len(start) < _SHORTEST_START:
            return []
        names = self._index.names
        # "~" comes after every letter and digit.
        some = names[bisect_left(names, start) : bisect_left(names, f"{start}~")]
        return [place for name in some for place in self._index.named(name)]

    def _alike(self, asked: str) -> list[Place]:
        if not asked:
            return []
        from rapidfuzz import fuzz, process  # noqa: PLC0415 - most people spell their town right

        hits = process.extract(asked, self._index.names, scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=MAX_HITS)
        return [
            place for name, score, _ in hits if score >= hits[0][1] - _AS_ALIKE for place in self._index.named(name)
        ]


class _Index:
    """The places by all that they can be found by."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._by_name: dict[str, list[Place]] = {}
        self.by_postcode: dict[str, list[Place]] = {}
        self.by_area: dict[str, list[Place]] = {}
        """Towns with several postcodes, by the first digits of the one that is known."""
        for place in places:
            names = (place.name, *place.aliases)
            for written in dict.fromkeys([*map(form, names), *(short for name in names for short in stems(name))]):
                self._by_name.setdefault(written, []).append(place)
            if place.postcode:
                self.by_postcode.setdefault(place.postcode, []).append(place)
            if place.spread:
                for digits in _SHARED:
                    self.by_area.setdefault(place.postcode[:digits], []).append(place)
        self.names = sorted(self._by_name)

    def named(self, name: str) -> list[Place]:
        """Those whose name this is; of a city state the city, where both are known."""
        found = self._by_name.get(name, [])
        cities = {place.ags[:_LAND] for place in found if len(place.ags) == _MUNICIPALITY}
        return [place for place in found if place.ags not in cities]


def _joined(area: Area, listed: Place | None, language: str) -> Place:
    """The place of a file, with what the register knows of it."""
    name = pick(area.name, language)
    if listed is None:
        return Place(area.prefix, name, area.aliases)
    aliases = tuple(dict.fromkeys((*area.aliases, listed.name, *listed.aliases)))
    return Place(area.prefix, name, aliases, listed.postcode, listed.spread, listed.people)


def _ranked(places: Iterable[Place]) -> list[Place]:
    """Where more people live first; otherwise as they came."""
    return sorted(places, key=lambda place: -place.people)


def _doubtful(places: Iterable[Place]) -> list[Place]:
    return [msgspec.structs.replace(place, certain=False) for place in places]


def _meant(found: list[Place], said: tuple[str, ...]) -> list[Place]:
    """Only districts, or only towns, when the words say so."""
    for words, is_district in ((DISTRICT_WORDS, True), (TOWN_WORDS, False)):
        if words.intersection(said):
            return [place for place in found if (len(place.ags) == _DISTRICT) is is_district]
    return found

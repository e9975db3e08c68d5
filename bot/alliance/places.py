"""Finding a municipality by what people call it: "Augsburg", "Ausgburg", "Görlitz Kreis", "berlin mitte", "09761000".

Owns the search over all places that are known: those of the shipped files, later the official register. Names are
compared without accents, case, and words that only say what kind of place it is; those words decide between a town and
the district of the same name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Self

from bot.alliance.contact import Area, pick

# More are no help on a phone.
MAX_HITS = 5
# Percent likeness (Indel distance): „Ausgburg“ 88, „Göritz“ 92, „Hamburg“ to „Augsburg“ 67.
_ALIKE = 80
_AS_ALIKE = 6

_DISTRICT_WORDS = frozenset({"kreis", "landkreis", "lkr", "lk", "landratsamt", "county", "district"})
_TOWN_WORDS = frozenset({"stadt", "kreisfreie", "hansestadt", "universitaetsstadt", "landeshauptstadt", "city", "town"})
_OTHER_WORDS = frozenset(
    {
        "in", "bei", "der", "die", "das", "dem", "von", "zu", "aus", "im", "am", "ich", "wir", "arbeite", "arbeiten",
        "bin", "komme", "wohne", "lebe", "gemeinde", "bezirk", "bezirksamt", "rathaus", "stadtverwaltung", "verwaltung",
        "the", "of", "i", "work", "live", "for", "at", "kommune", "es", "ist", "war", "und", "borough",
    }
)  # fmt: skip
_DISTRICT_DIGITS = 5


@dataclass(frozen=True, slots=True)
class Place:
    """A place that answers to its names; fulfils `bot.flows.world.FoundPlace`. `ags` is a key of 2, 5, 8 or 8-2."""

    ags: str
    name: str
    aliases: tuple[str, ...] = ()


class Places:
    """Every place that is known; immutable. Fulfils `bot.flows.world.Places`."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._by_key: Mapping[str, Place] = MappingProxyType({place.ags: place for place in places})
        self._by_name: dict[str, list[Place]] = {}
        for place in self._by_key.values():
            for name in dict.fromkeys("".join(_core(words)) for words in (place.name, *place.aliases)):
                if name:
                    self._by_name.setdefault(name, []).append(place)

    @classmethod
    def of(cls, areas: Iterable[Area], *, language: str = "de") -> Self:
        """The places of the shipped files; the federation is none."""
        return cls(Place(area.prefix, pick(area.name, language), area.aliases) for area in areas if area.prefix)

    def name(self, ags: str) -> str:
        """Its name; the key itself when unknown."""
        place = self._by_key.get(ags)
        return place.name if place else ags

    def keys(self) -> tuple[str, ...]:
        """The keys of all of them."""
        return tuple(self._by_key)

    def find(self, words: str) -> tuple[Place, ...]:
        """What the words may mean, best first, at most five: by key, by name, by a name within, by likeness."""
        place = self._by_key.get(words.strip()) or self._by_key.get(f"0{words.strip()}")
        if place:
            return (place,)
        said = _tokens(words)
        core = _core(words)
        if not core:
            return ()
        found = self._by_name.get("".join(core)) or self._within(core) or self._alike("".join(core))
        return _meant(list(dict.fromkeys(found)), said)[:MAX_HITS]

    def _within(self, core: tuple[str, ...]) -> list[Place]:
        """Places whose name stands in the words, or that the words begin; the longest name first."""
        phrases = {
            "".join(core[start:end]): end - start
            for start in range(len(core))
            for end in range(start + 1, len(core) + 1)
        }
        named = sorted((phrase for phrase in phrases if phrase in self._by_name), key=phrases.__getitem__, reverse=True)
        if named:
            return [
                place for phrase in named if phrases[phrase] == phrases[named[0]] for place in self._by_name[phrase]
            ]
        start = "".join(core)
        return [
            place
            for name, places in self._by_name.items()
            if len(start) > 2 and name.startswith(start)  # noqa: PLR2004
            for place in places
        ]

    def _alike(self, core: str) -> list[Place]:
        from rapidfuzz import fuzz, process  # noqa: PLC0415 - most people spell their town right

        names = list(self._by_name)
        hits = process.extract(core, names, scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=MAX_HITS)
        return [place for name, score, _ in hits if score >= hits[0][1] - _AS_ALIKE for place in self._by_name[name]]


def _tokens(words: str) -> tuple[str, ...]:
    text = words.casefold()
    for umlaut, letters in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")):
        text = text.replace(umlaut, letters)
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return tuple(re.findall(r"[a-z0-9]+", plain))


def _core(words: str) -> tuple[str, ...]:
    """The words that name the place; all of them where nothing else is left („Kreis“, „Stadt“)."""
    tokens = _tokens(words)
    return tuple(t for t in tokens if t not in _DISTRICT_WORDS | _TOWN_WORDS | _OTHER_WORDS)


def _meant(found: list[Place], said: tuple[str, ...]) -> tuple[Place, ...]:
    """Only districts, or only towns, when the words say so and there are such."""
    for words, is_district in ((_DISTRICT_WORDS, True), (_TOWN_WORDS, False)):
        if words.intersection(said):
            right = [place for place in found if (len(place.ags) == _DISTRICT_DIGITS) is is_district]
            return tuple(right or found)
    return tuple(found)

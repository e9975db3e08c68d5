"""One file before and after an edit, as places that the ways through both can be compared on."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from bot.flows.checking.files import File, targets_of
from bot.flows.checking.graph import falls_on
from bot.flows.checking.lengths import components
from bot.flows.checking.liveness import Liveness
from bot.flows.checking.symbols import Table
from bot.flows.checking.terrain import Place, Terrain, survey
from bot.flows.steps import TAGS, Call, ContactStep, Question

TAG_BITS: Final = {tag: 1 << number for number, tag in enumerate(TAGS)}


def tag_bits(tags: Iterable[str]) -> int:
    """Tags as bits."""
    return union(TAG_BITS[tag] for tag in tags)


def union(parts: Iterable[int]) -> int:
    """All bits that are in some part."""
    bits = 0
    for part in parts:
        bits |= part
    return bits


def numbers_in(bits: int) -> list[int]:
    """The numbers of the bits that are set."""
    return [number for number in range(bits.bit_length()) if bits >> number & 1]


@dataclass(frozen=True, slots=True)
class Numbers:
    """The steps of one version as numbers; a step that is in both versions has one. From `kept` on they are gone."""

    of: Mapping[str, int]
    kept: int


@dataclass(frozen=True)
class Version:
    """One version of the file.

    By place (its index in `terrain`), own places only: `numbers`: the step; `ranks`: how far along, so that both
    versions keep step; `tags`: what passing it counts as, as bits; `reach`: the steps that can still come, as bits.
    """

    file: File
    terrain: Terrain
    live: Liveness
    numbers: Mapping[int, int]
    ranks: Mapping[int, float]
    tags: Mapping[int, int]
    reach: Mapping[int, int]

    @classmethod
    def of(
        cls, file: File, closure: Mapping[str, File], table: Table, numbers: Numbers, tags: Mapping[str, int]
    ) -> Version:
        """Prepare one version. `closure`: the file and all it calls; `tags`: of each called file, as bits."""
        terrain = survey(closure, table)
        own = [place for place in terrain.places if place.file is file]
        numbered = {place.index: numbers.of[place.name] for place in own}
        passed = {place.index: tag_bits(place.step.tags) | _inherent(place, tags) for place in own}
        return cls(
            file,
            terrain,
            Liveness(terrain, table),
            numbered,
            _ranks(own, numbers),
            passed,
            _reach(own, terrain, numbered),
        )

    @property
    def first(self) -> int:
        """Where it begins."""
        return self.terrain.first[self.file.id]

    @cached_property
    def questions(self) -> Mapping[int, Place]:
        """Its questions, by number."""
        places = ((number, self.terrain.places[index]) for index, number in self.numbers.items())
        return {number: place for number, place in places if isinstance(place.step, Question)}


def _inherent(place: Place, tags: Mapping[str, int]) -> int:
    match place.step:
        case ContactStep():
            return TAG_BITS["person"]
        case Call():
            return tags.get(place.step.playbook, 0)
        case _:
            return 0


def _ranks(own: Sequence[Place], numbers: Numbers) -> dict[int, float]:
    """The place in the new file; of a step that is gone or stood elsewhere, right behind the step before it."""
    order = [numbers.of[place.name] for place in own]
    stayed = _longest_rise([number for number in order if number < numbers.kept])
    ranks: dict[int, float] = {}
    last = -0.5
    for place, number in zip(own, order, strict=True):
        last = number if number in stayed else math.floor(last) + 0.5
        ranks[place.index] = last
    return ranks


def _longest_rise(numbers: Sequence[int]) -> set[int]:
    """The most of these different numbers that stand in rising order (patience sorting)."""
    tops: list[int] = []
    before: dict[int, int | None] = {}
    for number in numbers:
        pile = bisect_left(tops, number)
        before[number] = tops[pile - 1] if pile else None
        tops[pile : pile + 1] = [number]
    found: set[int] = set()
    top: int | None = tops[-1] if tops else None
    while top is not None:
        found.add(top)
        top = before[top]
    return found


def _reach(own: Sequence[Place], terrain: Terrain, numbers: Mapping[int, int]) -> dict[int, int]:
    local = {place.index: number for number, place in enumerate(own)}
    leads: list[list[int]] = []
    for place in own:
        named = [
            (path[-1], terrain.index[place.file.id, target]) for path, target in targets_of(place.name, place.step)
        ]
        after = [place.next] if falls_on(place.step) and place.next >= 0 else []
        leads.append([local[target] for target in (*(target for key, target in named if key != "next"), *after)])
    found = [0] * len(own)
    for part in components(leads):
        bits = union(1 << numbers[own[node].index] for node in part)
        bits |= union(found[target] for node in part for target in leads[node])
        for node in part:
            found[node] = bits
    return {place.index: found[number] for number, place in enumerate(own)}

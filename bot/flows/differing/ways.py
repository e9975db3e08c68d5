"""The ways through one file before and after an edit, walked together by the same person.

A *person* is somebody who answers the same question in the same way, before and after. The walk stands in both files at
once; a question that both ask is answered once. What is known of the answers are the masks of `checking.symbols`, over
one table for both files. A *way* is what such a person meets: the steps before, the steps after. Ways that differ in
nothing else are one, so a node of the graph is a pair of places with all that may be known there.

A call is one step here (a block has a difference of its own); answers that other files ask for may be anything, but the
same before and after.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from bot.flows.checking.files import File, targets_of
from bot.flows.checking.graph import falls_on
from bot.flows.checking.lengths import components
from bot.flows.checking.liveness import Liveness
from bot.flows.checking.symbols import TICKED, UNSET, UNTICKED, Given, Masks, Table, replace
from bot.flows.checking.tables import tags_of, target_of
from bot.flows.checking.terrain import Place, Terrain, survey
from bot.flows.conversation import DECLINED, UNKNOWN, Value
from bot.flows.steps import (
    TAGS,
    AnyStep,
    Branch,
    Call,
    CheckIns,
    Choose,
    ContactStep,
    Deadline,
    End,
    OfferCase,
    OfferPlaybooks,
    Question,
    Scale,
    Set,
)

# More different standings than this are not told apart any more: "viele".
MAX_PLACES: Final = 12_000

# Where a version stands when it is done, and when it has no such way.
DONE, ABSENT = -1, -2

TAG_BITS: Final = {tag: 1 << number for number, tag in enumerate(TAGS)}

# Answers that one version has heard and the other has still to meet: version, question, number of the answer.
Pending = tuple[tuple[int, int, int], ...]
Known = tuple[Masks, Pending]


class Answered(NamedTuple):
    """An answer on a way. `question`: number of the step."""

    question: int
    value: Value


class Edge(NamedTuple):
    """A move of one version or both: tags and steps (as bits) that each meets, and what may have been answered."""

    to: int
    tags: tuple[int, int]
    seen: tuple[int, int]
    answered: tuple[Answered, ...]


@dataclass
class Graph:
    """All pairs of places that one person can stand at; the first node is the start.

    `complete` False: there are too many, the rest is missing.
    """

    nodes: list[tuple[int, int]] = field(default_factory=list)
    edges: list[list[Edge]] = field(default_factory=list)
    complete: bool = True


@dataclass(frozen=True, slots=True)
class Numbers:
    """The steps of one version as numbers; what is in both versions has one. From `kept` on they are gone."""

    of: Mapping[str, int]
    kept: int


@dataclass(frozen=True)
class Version:
    """One version of the file, as places. `numbers`: the step of each own place as a number that both versions share.

    `ranks`: how far along a place is, so that the versions keep step; `tags`: what passing a place counts as; `reach`:
    the steps that can still come, as bits.
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
        """Prepare one version. `tags`: of each called file, as bits."""
        terrain = survey(closure, table)
        own = [place for place in terrain.places if place.file is file]
        numbered = {place.index: numbers.of[place.name] for place in own}
        bits = {place.index: tag_bits(place.step.tags) | _inherent(place, tags) for place in own}
        return cls(file, terrain, Liveness(terrain, table), numbered, _ranks(own, numbers), bits, _reach(own, terrain, numbered))

    @property
    def first(self) -> int:
        """Where it begins."""
        return self.terrain.first[self.file.id]

    @property
    def questions(self) -> dict[int, Place]:
        """Its questions by number."""
        places = self.terrain.places
        return {number: places[index] for index, number in self.numbers.items() if isinstance(places[index].step, Question)}


def tag_bits(tags: Iterable[str]) -> int:
    """Tags as bits."""
    return sum(TAG_BITS[tag] for tag in set(tags))


def _inherent(place: Place, tags: Mapping[str, int]) -> int:
    match place.step:
        case ContactStep():
            return TAG_BITS["person"]
        case Call():
            return tags.get(place.step.playbook, 0)
        case _:
            return 0


def _ranks(own: Sequence[Place], numbers: Numbers) -> dict[int, float]:
    """The place in the new file; of a step that is gone, right behind the step that stood before it."""
    ranks: dict[int, float] = {}
    last = -0.5
    for place in own:
        number = numbers.of[place.name]
        last = number if number < numbers.kept else int(last) + 0.5
        ranks[place.index] = last
    return ranks


def _reach(own: Sequence[Place], terrain: Terrain, numbers: Mapping[int, int]) -> dict[int, int]:
    local = {place.index: number for number, place in enumerate(own)}
    leads: list[list[int]] = []
    for place in own:
        named = [terrain.index[place.file.id, target] for path, target in targets_of(place.name, place.step) if path[-1] != "next"]
        after = [place.next] if falls_on(place.step) and place.next >= 0 else []
        leads.append([local[target] for target in (*named, *after)])
    found = [0] * len(own)
    for part in components(leads):
        bits = 0
        for node in part:
            bits |= 1 << numbers[own[node].index]
            for target in leads[node]:
                bits |= found[target]
        for node in part:
            found[node] = bits
    return {place.index: found[number] for number, place in enumerate(own)}


def walk_both(old: Version, new: Version, table: Table, masks: Masks, only: Mapping[int, int] | None = None) -> Graph:
    """Walk all ways of both versions from their first steps. `only`: by slot, the answers that are looked at."""
    walker = _Walker((old, new), table, only or {})
    start = (old.first, new.first)
    return _Search(walker).run(start, frozenset(((table.keep(masks, walker.alive(start)), ()),)))


class _Step(NamedTuple):
    """What tells one edge from another."""

    to: tuple[int, int]
    tags: tuple[int, int]
    seen: tuple[int, int]


_Move = tuple[_Step, Known, Sequence[Answered]]
_Group = tuple[frozenset[Known], tuple[Answered, ...]]


class _Search:
    """Finds the graph. Where only one thing can happen there is no node: the edge goes on to where there is a choice."""

    def __init__(self, walker: _Walker) -> None:
        self._walker = walker
        self._graph = Graph()
        self._ids: dict[tuple[tuple[int, int], frozenset[Known]], int] = {}
        self._waiting: list[tuple[int, dict[_Step, _Group]]] = []
        self._work = 0

    def run(self, start: tuple[int, int], known: frozenset[Known]) -> Graph:
        """The graph from here."""
        self._node(start, known, self._expand(start, known))
        while self._waiting:
            number, groups = self._waiting.pop()
            for step, (after, answered) in groups.items():
                if self._work > MAX_PLACES:
                    self._graph.complete = False
                    return self._graph
                to, tags, seen = self._follow(step, after)
                self._graph.edges[number].append(Edge(to, tags, seen, answered))
        return self._graph

    def _follow(self, step: _Step, known: frozenset[Known]) -> tuple[int, tuple[int, int], tuple[int, int]]:
        """Go on to the next choice: its node, and what was met on the way."""
        tags, seen, passed = step.tags, step.seen, set[tuple[tuple[int, int], frozenset[Known]]]()
        while True:
            key = (step.to, known)
            if key in self._ids:
                return self._ids[key], tags, seen
            groups = self._expand(step.to, known)
            if len(groups) != 1 or key in passed:
                return self._node(step.to, known, groups), tags, seen
            passed.add(key)
            ((step, (known, answered)),) = groups.items()
            if answered:
                return self._node(*key, groups), tags, seen
            tags = (tags[0] | step.tags[0], tags[1] | step.tags[1])
            seen = (seen[0] | step.seen[0], seen[1] | step.seen[1])

    def _node(self, places: tuple[int, int], known: frozenset[Known], groups: dict[_Step, _Group]) -> int:
        number = self._ids[places, known] = len(self._graph.nodes)
        self._graph.nodes.append(places)
        self._graph.edges.append([])
        self._waiting.append((number, groups))
        return number

    def _expand(self, places: tuple[int, int], known: frozenset[Known]) -> dict[_Step, _Group]:
        """What can happen next, by what tells one way from another."""
        found: dict[_Step, tuple[set[Known], dict[Answered, None]]] = {}
        for masks, pending in known:
            self._work += 1
            for step, after, answered in self._walker.moves(places, masks, pending):
                group = found.setdefault(step, (set(), {}))
                group[0].add(after)
                group[1].update(dict.fromkeys(answered))
        return {step: (frozenset(after), tuple(answered)) for step, (after, answered) in found.items()}


class _Walker:
    """What can happen next to a person who stands in both versions."""

    def __init__(self, versions: tuple[Version, Version], table: Table, only: Mapping[int, int]) -> None:
        self._versions = versions
        self._table = table
        self._only = only
        self._questions = tuple(version.questions for version in versions)
        self._givens: dict[int, list[Given]] = {}
        for questions in self._questions:
            for number, place in questions.items():
                known = self._givens.setdefault(number, [])
                keys = {given.key for given in known}
                known += [given for given in place.givens if given.key not in keys]
        self._alive: dict[tuple[int, int], int] = {}

    def alive(self, places: tuple[int, int]) -> int:
        """The watchers that are alive in either version."""
        if places not in self._alive:
            sides = zip(self._versions, places, strict=True)
            self._alive[places] = _either(version.live.alive(place, ()) for version, place in sides if place >= 0)
        return self._alive[places]

    def moves(self, places: tuple[int, int], masks: Masks, pending: Pending) -> Iterator[_Move]:
        """The version that lags behind moves on; at the same step both do."""
        open_ = [side for side in (0, 1) if places[side] >= 0]
        if not open_:
            return
        ranks = [self._versions[side].ranks[places[side]] for side in open_]
        side = open_[ranks.index(min(ranks))]
        place = self._place(side, places[side])
        sides = self._beside(side, places)
        if isinstance(place.step, Question):
            yield from self._asked(sides, self._versions[side].numbers[place.index], places, masks, pending)
        else:
            yield from self._silent(sides, places, masks, pending)

    def _beside(self, side: int, places: tuple[int, int]) -> tuple[int, ...]:
        """Which versions move on: both, where they stand at the same step and can take it together."""
        if min(places) < 0:
            return (side,)
        numbers = [version.numbers[index] for version, index in zip(self._versions, places, strict=True)]
        steps = [self._place(number, index).step for number, index in enumerate(places)]
        return (0, 1) if numbers[0] == numbers[1] and _go_together(*steps) else (side,)

    def _place(self, side: int, index: int) -> Place:
        return self._versions[side].terrain.places[index]

    def _to(
        self,
        places: tuple[int, int],
        targets: Mapping[int, int],
        tags: Mapping[int, int],
        known: Known,
        before: Masks,
        answered: Sequence[Answered] = (),
    ) -> _Move:
        to = (targets.get(0, places[0]), targets.get(1, places[1]))
        seen = [0, 0]
        for side in targets:
            if places[side] >= 0:
                seen[side] = 1 << self._versions[side].numbers[places[side]]
        masks = self._table.keep(known[0], self.alive(to), before, self.alive(places))
        left = tuple(one for one in known[1] if to[one[0]] >= 0 and self._versions[one[0]].reach[to[one[0]]] >> one[1] & 1)
        return _Step(to, (tags.get(0, 0), tags.get(1, 0)), (seen[0], seen[1])), (masks, left), answered

    # --- steps that ask nothing ---

    def _silent(self, sides: tuple[int, ...], places: tuple[int, int], masks: Masks, pending: Pending) -> Iterator[_Move]:
        tags = {side: self._versions[side].tags[places[side]] for side in sides}
        targets = {side: self._targets(side, self._place(side, places[side])) for side in sides}
        for arm, known in self._arms(self._place(sides[0], places[sides[0]]).step, masks):
            yield self._to(places, {side: targets[side][arm] for side in sides}, tags, (known, pending), masks)

    def _targets(self, side: int, place: Place) -> Sequence[int]:
        """Where each arm of a step leads."""
        step, terrain = place.step, self._versions[side].terrain
        if isinstance(step, Branch):
            return [*(terrain.at(place, case.go) for case in step.cases), terrain.at(place, step.else_)]
        return [DONE if isinstance(step, End) else place.next]

    def _arms(self, step: AnyStep, masks: Masks) -> Iterator[tuple[int, Masks]]:
        """Which arm is taken with what is known then."""
        if isinstance(step, Set):
            masks = self._noted(step, masks)
        if not isinstance(step, Branch):
            yield 0, masks
            return
        left = [masks]
        for arm, case in enumerate(step.cases):
            pairs = [self._table.split(case.if_, known) for known in left]
            yield from ((arm, known) for holds, _fails in pairs for known in holds)
            left = [known for _holds, fails in pairs for known in fails]
        yield from ((len(step.cases), known) for known in left)
        self._table.unasked.clear()

    def _noted(self, step: Set, masks: Masks) -> Masks:
        for name, value in step.values.items():
            slot = self._table.by_name.get(name)
            if slot is not None:
                every = self._table.slots[slot].every
                masks = replace(masks, slot, every if isinstance(value, Deadline) else self._table.mask(slot, Given(value)))
        return masks

    # --- questions ---

    def _asked(
        self, sides: tuple[int, ...], question: int, places: tuple[int, int], masks: Masks, pending: Pending
    ) -> Iterator[_Move]:
        """The answers to one question, asked by one version or by both; those that lead the same way together."""
        met = {side: self._place(side, places[side]) for side in sides}
        given_before = [given for side, asked, given in pending if (side, asked) == (sides[0], question) and len(sides) == 1]
        rest = tuple(one for one in pending if one[1] != question or (len(sides) == 1 and one[0] != sides[0]))
        later = 1 - sides[0]
        shared = len(sides) == 1 and not given_before and self._comes(later, places[later], question)
        groups: dict[tuple[object, ...], tuple[list[Known], dict[int, int], dict[int, int], list[Answered]]] = {}
        for number, given in enumerate(self._givens[question]):
            if (given_before and number not in given_before) or not self._may_be(met.values(), given, masks):
                continue
            has = {side: _takes(place.step, given) for side, place in met.items()}
            if not any(has.values()) and not (shared and _takes(self._questions[later][question].step, given)):
                if not given_before:
                    continue
            targets = {side: self._target(side, place, given) if has[side] else ABSENT for side, place in met.items()}
            tags = {side: self._tags(side, place, given) if has[side] else 0 for side, place in met.items()}
            heard = tuple(sorted((*rest, (later, question, number)))) if shared else rest
            after = masks
            for place in met.values():
                after = self._answer(after, place, given)
            key = (*targets.items(), *tags.items(), heard, isinstance(given.value, list))
            known = groups.setdefault(key, ([], targets, tags, []))
            known[0].append((after, heard))
            if _has_name(met.values(), given):
                known[3].append(Answered(question, given.value))
        for known_all, targets, tags, answered in groups.values():
            both = tuple(_either(parts) for parts in zip(*(known[0] for known in known_all), strict=True))
            yield self._to(places, targets, tags, (both, known_all[0][1]), masks, answered)

    def _comes(self, side: int, index: int, question: int) -> bool:
        """Whether the other version may still ask this."""
        return index >= 0 and question in self._questions[side] and bool(self._versions[side].reach[index] >> question & 1)

    def _may_be(self, places: Iterable[Place], given: Given, masks: Masks) -> bool:
        """Whether this can be the answer of the people we look at, and fits what they answered before."""
        for place in places:
            slot = place.slot
            if slot < 0 or given.key not in self._table.slots[slot].of:
                continue
            mask = self._table.mask(slot, given)
            if not mask & self._only.get(slot, mask):
                return False
            known = masks[slot]
            if isinstance(place.step, Question) and place.step.once and known and not known & UNSET and not known & mask:
                return False
        return True

    def _answer(self, masks: Masks, place: Place, given: Given) -> Masks:
        if place.slot >= 0:
            slot = self._table.slots[place.slot]
            mask = self._table.mask(place.slot, given) if given.key in slot.of else slot.every & ~UNSET
            masks = replace(masks, place.slot, mask)
        for slot_ in place.ticks:
            masks = replace(masks, slot_, UNTICKED | TICKED if isinstance(given.value, list) else UNTICKED)
        return masks

    def _target(self, side: int, place: Place, given: Given) -> int:
        step, terrain = place.step, self._versions[side].terrain
        if isinstance(step, OfferCase):
            return terrain.at(place, step.accepted if given.value == "ja" else step.declined)
        if isinstance(step, OfferPlaybooks):
            return terrain.at(place, step.other)
        return terrain.at(place, target_of(step, given.value)) if isinstance(step, Question) else DONE

    def _tags(self, side: int, place: Place, given: Given) -> int:
        own = self._versions[side].tags[place.index]
        return own | tag_bits(tags_of(place.step, given.value)) if isinstance(place.step, Question) else own


def _go_together(one: AnyStep, two: AnyStep) -> bool:
    """Whether two forms of a step are answered, or decide, at once."""
    if isinstance(one, Question) or isinstance(two, Question):
        return isinstance(one, Question) and isinstance(two, Question)
    if isinstance(one, Branch) and isinstance(two, Branch):
        return [case.if_ for case in one.cases] == [case.if_ for case in two.cases]
    if isinstance(one, Set) or isinstance(two, Set):
        return one == two
    return not isinstance(one, Branch) and not isinstance(two, Branch)


def _takes(step: object, given: Given) -> bool:
    """Whether this can be answered here."""
    if not isinstance(step, Question):
        return False
    if given.value is UNKNOWN:
        return step.unknown
    if given.value is DECLINED:
        return step.decline or step.confidential
    match step:
        case Choose() | CheckIns():
            return given.value in step.options
        case Scale():
            return isinstance(given.value, int) and step.least <= given.value <= step.most
        case _:
            return True


def _has_name(places: Iterable[Place], given: Given) -> bool:
    """Whether one can speak of this answer: it is chosen, not written or ticked."""
    value = given.value
    return value is UNKNOWN or value is DECLINED or any(isinstance(place.step, Choose | CheckIns | OfferCase) for place in places)


def _either(parts: Iterable[int]) -> int:
    bits = 0
    for part in parts:
        bits |= part
    return bits

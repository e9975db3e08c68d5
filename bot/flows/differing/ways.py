"""The ways through one file before and after an edit, walked together by the same person.

A *person* is somebody who answers the same question in the same way, before and after. The walk stands in both versions
at once; a question that both ask is answered once. A *way* is what such a person meets: the steps before, the steps
after. Ways that differ in nothing else are one, so a node of the graph is a pair of places with all that may be known
there (`knowing`).

A call is one step here (a block has a difference of its own); answers that other files ask for may be anything, but the
same before and after.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from bot.flows.checking.symbols import Given
from bot.flows.checking.tables import tags_of, target_of
from bot.flows.checking.terrain import Place
from bot.flows.conversation import DECLINED, UNKNOWN, Value
from bot.flows.differing.knowing import Heard, Knowledge, Known, merge
from bot.flows.differing.versions import Version, tag_bits
from bot.flows.steps import (
    AnyStep,
    Branch,
    CheckIns,
    Choose,
    End,
    OfferCase,
    OfferPlaybooks,
    Question,
    Scale,
    Set,
)

# More different standings than this are not told apart any more: "viele".
MAX_STANDINGS: Final = 10_000

# Where a version stands when it is done, and when it has no such way.
DONE, ABSENT = -1, -2

# A place in each version.
Places = tuple[int, int]


class Answered(NamedTuple):
    """An answer on a way. `question`: number of the step."""

    question: int
    value: Value


class Edge(NamedTuple):
    """What happens between two nodes: tags and steps (as bits) that each version meets, what may have been answered."""

    to: int
    tags: tuple[int, int]
    seen: tuple[int, int]
    answered: tuple[Answered, ...]


@dataclass
class Graph:
    """All pairs of places at which there is a choice, or an end; the first node is the start.

    `complete` False: there are too many, the rest is missing. `work`: how many standings were looked at.
    """

    nodes: list[Places] = field(default_factory=list)
    edges: list[list[Edge]] = field(default_factory=list)
    complete: bool = True
    work: int = 0


def walk_both(versions: tuple[Version, Version], knowledge: Knowledge, start: Known, only: Mapping[int, int]) -> Graph:
    """Walk all ways of both versions from their first steps. `only`: by slot, the answers that are looked at."""
    walker = _Walker(versions, knowledge, only)
    places = (versions[0].first, versions[1].first)
    return _Search(walker).run(places, frozenset((knowledge.keep(start, walker.alive(places)),)))


# --- one move ---------------------------------------------------------------------------------------------------------


class _Step(NamedTuple):
    """What tells one edge from another."""

    to: Places
    tags: tuple[int, int]
    seen: tuple[int, int]


_Move = tuple[_Step, Known, Sequence[Answered]]


class _Walker:
    """What can happen next to a person who stands in both versions."""

    def __init__(self, versions: tuple[Version, Version], knowledge: Knowledge, only: Mapping[int, int]) -> None:
        self._versions = versions
        self._knowledge = knowledge
        self._only = only
        self._givens: dict[int, list[Given]] = {}
        for version in versions:
            for number, place in version.questions.items():
                known = self._givens.setdefault(number, [])
                keys = {given.key for given in known}
                known += [given for given in place.givens if given.key not in keys]
        self._alive: dict[Places, tuple[int, int]] = {}

    def alive(self, places: Places) -> tuple[int, int]:
        """What will look at answers in each version."""
        if places not in self._alive:
            old, new = self._versions
            self._alive[places] = (
                old.live.alive(places[0], ()) if places[0] >= 0 else 0,
                new.live.alive(places[1], ()) if places[1] >= 0 else 0,
            )
        return self._alive[places]

    def moves(self, places: Places, known: Known) -> Iterator[_Move]:
        """The version that lags behind moves on; at the same step both do."""
        standing = [side for side in (0, 1) if places[side] >= 0]
        if not standing:
            return
        ranks = [self._versions[side].ranks[places[side]] for side in standing]
        side = standing[ranks.index(min(ranks))]
        place = self._place(side, places)
        sides = self._beside(side, places)
        if isinstance(place.step, Question):
            yield from self._asked(sides, places, known)
        else:
            yield from self._silent(sides, places, known)

    def _beside(self, side: int, places: Places) -> tuple[int, ...]:
        if min(places) < 0:
            return (side,)
        numbers = [version.numbers[index] for version, index in zip(self._versions, places, strict=True)]
        together = numbers[0] == numbers[1] and _go_together(self._place(0, places).step, self._place(1, places).step)
        return (0, 1) if together else (side,)

    def _place(self, side: int, places: Places) -> Place:
        return self._versions[side].terrain.places[places[side]]

    def _to(
        self,
        places: Places,
        targets: Mapping[int, int],
        tags: Mapping[int, int],
        known: Known,
        before: Known,
        answered: Sequence[Answered] = (),
    ) -> _Move:
        to = (targets.get(0, places[0]), targets.get(1, places[1]))
        seen = [1 << self._versions[side].numbers[places[side]] if side in targets else 0 for side in (0, 1)]
        if known.heard:
            left = tuple(one for one in known.heard if self._comes(one.side, to, one.question))
            if any(one.bound for one in known.heard if one not in left):
                to = (ABSENT, ABSENT)
            known = known._replace(heard=left)
        alive_before = self.alive(places)
        kept = self._knowledge.keep(known, self.alive(to), before.masks, alive_before[0] | alive_before[1])
        return _Step(to, (tags.get(0, 0), tags.get(1, 0)), (seen[0], seen[1])), kept, answered

    def _comes(self, side: int, places: Places, question: int) -> bool:
        """Whether a version may still ask this."""
        version, index = self._versions[side], places[side]
        return index >= 0 and question in version.questions and bool(version.reach[index] >> question & 1)

    # --- steps that ask nothing ---

    def _silent(self, sides: tuple[int, ...], places: Places, known: Known) -> Iterator[_Move]:
        tags = {side: self._versions[side].tags[places[side]] for side in sides}
        for targets, after in self._arms(sides, places, known):
            yield self._to(places, targets, tags, after, known)

    def _arms(self, sides: tuple[int, ...], places: Places, known: Known) -> Iterator[tuple[dict[int, int], Known]]:
        if not sides:
            yield {}, known
            return
        side, *others = sides
        place = self._place(side, places)
        for target, after in self._ways(side, place, known):
            for targets, final in self._arms(tuple(others), places, after):
                yield {side: target, **targets}, final

    def _ways(self, side: int, place: Place, known: Known) -> Iterator[tuple[int, Known]]:
        step, terrain = place.step, self._versions[side].terrain
        match step:
            case Branch():
                left = [known]
                for case in step.cases:
                    pairs = [self._knowledge.split(side, case.if_, one) for one in left]
                    yield from ((terrain.at(place, case.go), one) for holds, _fails in pairs for one in holds)
                    left = [one for _holds, fails in pairs for one in fails]
                yield from ((terrain.at(place, step.else_), one) for one in left)
            case End():
                yield DONE, known
            case Set():
                yield place.next, self._knowledge.note(side, step, known)
            case _:
                yield place.next, known

    # --- questions ---

    def _asked(self, sides: tuple[int, ...], places: Places, known: Known) -> Iterator[_Move]:
        """The answers to a question that one version asks, or both; those that lead the same way together."""
        met = {side: self._place(side, places) for side in sides}
        question = self._versions[sides[0]].numbers[places[sides[0]]]
        later = 1 - sides[0]
        before = [one.given for one in known.heard if len(sides) == 1 and one[:2] == (sides[0], question)]
        shared = len(sides) == 1 and not before and self._comes(later, places, question)
        told = tuple(one for one in known.heard if one.question != question or (len(sides) == 1 and one.side == later))
        groups: dict[tuple[object, ...], list[tuple[Known, Given]]] = {}
        ways: dict[tuple[object, ...], tuple[dict[int, int], dict[int, int]]] = {}
        for number in before or range(len(self._givens[question])):
            given = self._givens[question][number]
            takes = {side: _takes(place.step, given) for side, place in met.items()}
            other = shared and _takes(self._versions[later].questions[question].step, given)
            if not self._may_be(met, given, known) or not (before or other or any(takes.values())):
                continue
            targets = {side: self._target(side, place, given) if takes[side] else ABSENT for side, place in met.items()}
            tags = {side: self._tags(side, place, given) if takes[side] else 0 for side, place in met.items()}
            bound = not any(takes.values())
            heard = tuple(sorted((*told, Heard(later, question, number, bound)))) if shared else told
            key = (*targets.items(), *tags.items(), heard, isinstance(given.value, list))
            after = known._replace(heard=heard)
            for side, place in met.items():
                after = self._knowledge.answer([side], place, given, after)
            groups.setdefault(key, []).append((after, given))
            ways[key] = targets, tags
        for key, parts in groups.items():
            answered = [Answered(question, given.value) for _known, given in parts if _is_chosen(met, given)]
            yield self._to(places, *ways[key], merge([one for one, _given in parts]), known, answered)

    def _may_be(self, met: Mapping[int, Place], given: Given, known: Known) -> bool:
        """Whether this can be the answer of the people we look at, and fits what they answered before."""
        table = self._knowledge.table
        for side, place in met.items():
            slot = place.slot
            if (
                slot in self._only
                and given.key in table.slots[slot].of
                and not table.mask(slot, given) & self._only[slot]
            ):
                return False
            if (
                isinstance(place.step, Question)
                and place.step.once
                and not self._knowledge.may_answer(side, place, given, known)
            ):
                return False
        return True

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
    """Whether two forms of a step are answered, or passed, at once."""
    return isinstance(one, Question) == isinstance(two, Question) and isinstance(one, Branch) == isinstance(two, Branch)


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
            return isinstance(given.value, str) and given.value in step.options
        case Scale():
            return isinstance(given.value, int) and step.least <= given.value <= step.most
        case _:
            return True


def _is_chosen(met: Mapping[int, Place], given: Given) -> bool:
    """Whether one can speak of this answer: it is chosen, not written or ticked."""
    value = given.value
    chosen = any(isinstance(place.step, Choose | CheckIns | OfferCase) for place in met.values())
    return value is UNKNOWN or value is DECLINED or chosen


# --- all moves --------------------------------------------------------------------------------------------------------

_Group = tuple[frozenset[Known], tuple[Answered, ...]]
_Key = tuple[Places, frozenset[Known]]


class _Search:
    """Finds the graph. Where only one thing can happen is no node: the edge goes on to where there is a choice."""

    def __init__(self, walker: _Walker) -> None:
        self._walker = walker
        self._graph = Graph()
        self._ids: dict[_Key, int] = {}
        self._waiting: list[tuple[int, dict[_Step, _Group]]] = []

    def run(self, start: Places, known: frozenset[Known]) -> Graph:
        """The graph from here."""
        self._node((start, known), self._expand(start, known))
        while self._waiting:
            number, groups = self._waiting.pop()
            for step, (after, answered) in groups.items():
                if self._graph.work > MAX_STANDINGS:
                    self._graph.complete = False
                    return self._graph
                to, tags, seen = self._follow(step, after)
                self._graph.edges[number].append(Edge(to, tags, seen, answered))
        return self._graph

    def _follow(self, step: _Step, known: frozenset[Known]) -> tuple[int, tuple[int, int], tuple[int, int]]:
        """Go on to the next choice: its node, and what was met on the way."""
        tags, seen, passed = step.tags, step.seen, set[_Key]()
        while True:
            key = (step.to, known)
            if key in self._ids:
                return self._ids[key], tags, seen
            groups = self._expand(step.to, known)
            if len(groups) != 1 or key in passed:
                return self._node(key, groups), tags, seen
            passed.add(key)
            ((step, (known, answered)),) = groups.items()
            if answered:
                return self._node(key, groups), tags, seen
            tags = (tags[0] | step.tags[0], tags[1] | step.tags[1])
            seen = (seen[0] | step.seen[0], seen[1] | step.seen[1])

    def _node(self, key: _Key, groups: dict[_Step, _Group]) -> int:
        number = self._ids[key] = len(self._graph.nodes)
        self._graph.nodes.append(key[0])
        self._graph.edges.append([])
        self._waiting.append((number, groups))
        return number

    def _expand(self, places: Places, known: frozenset[Known]) -> dict[_Step, _Group]:
        """What can happen next, by what tells one way from another."""
        found: dict[_Step, tuple[set[Known], dict[Answered, None]]] = {}
        for one in known:
            self._graph.work += 1
            for step, after, answered in self._walker.moves(places, one):
                group = found.setdefault(step, (set(), {}))
                group[0].add(after)
                group[1].update(dict.fromkeys(answered))
        return {step: (frozenset(after), tuple(answered)) for step, (after, answered) in found.items()}

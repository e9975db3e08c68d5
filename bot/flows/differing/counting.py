"""How many ways there are, what they lose and win, and what may be seen on them: sums and unions over the graph.

Ways are counted on the graph without the edges that close a circle: going back to a question is no way of its own.
Numbers are exact however large they are.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from bot.flows.checking.lengths import components
from bot.flows.conversation import Value
from bot.flows.differing.ways import ABSENT, DONE, Answered, Edge, Graph

_BOTH: Final = (DONE, DONE)
_FRESH: Final = (ABSENT, DONE)
_GONE: Final = (DONE, ABSENT)


@dataclass(frozen=True, slots=True)
class Count:
    """Some ways: `number` of them, of `all`; `example`: answers on the shortest of them, where there was a choice."""

    number: int
    all: int
    example: tuple[tuple[Answered, ...], ...] = ()


class Counter:
    """Counts on one graph."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._order, self._edges = _without_circles(graph)

    def fresh(self) -> Count:
        """Ways that only the new version has."""
        return self._ends(_FRESH)

    def gone(self) -> Count:
        """Ways that only the old version has."""
        return self._ends(_GONE)

    def lost(self, tag: int) -> Count:
        """Ways of both versions that pass the tag (a bit) in the old version only."""
        return self._tagged(tag, (True, False))

    def won(self, tag: int) -> Count:
        """Ways of both versions that pass the tag in the new version only."""
        return self._tagged(tag, (False, True))

    def always(self) -> tuple[int, int]:
        """The steps, as bits, that every way of both versions passes: in the old version, in the new one."""
        known: list[tuple[int, int] | None] = [None] * len(self._graph.nodes)
        for node in self._order:
            if self._graph.nodes[node] == _BOTH:
                known[node] = (0, 0)
            for edge in self._edges[node]:
                after = known[edge.to]
                if after is None:
                    continue
                one, two = after[0] | edge.seen[0], after[1] | edge.seen[1]
                met = known[node]
                known[node] = (one, two) if met is None else (met[0] & one, met[1] & two)
        return known[0] or (0, 0)

    def missed(self) -> tuple[int, int]:
        """The steps, as bits, that some way of both versions passes in one of them only: lost, won."""
        size = len(self._graph.nodes)
        # By version: what some way from here on never meets there; and meets only in the other.
        free, only = ([[0] * size, [0] * size] for _ in range(2))
        for node in self._order:
            if self._graph.nodes[node] == _BOTH:
                free[0][node] = free[1][node] = -1
            for edge in self._edges[node]:
                for side in (0, 1):
                    clear, other = ~edge.seen[side], edge.seen[1 - side]
                    free[side][node] |= free[side][edge.to] & clear
                    only[side][node] |= (only[side][edge.to] | (other & free[side][edge.to])) & clear
        return only[1][0], only[0][0]

    # --- counting ---

    def _ends(self, end: tuple[int, int]) -> Count:
        counts, every = [0] * len(self._graph.nodes), [0] * len(self._graph.nodes)
        for node in self._order:
            place = self._graph.nodes[node]
            counts[node] = (place == end) + sum(counts[edge.to] for edge in self._edges[node])
            every[node] = (place in (_BOTH, end)) + sum(every[edge.to] for edge in self._edges[node])
        return Count(counts[0], every[0], self._path(0, (False, False), end) if counts[0] else ())

    def _tagged(self, tag: int, wanted: tuple[bool, bool]) -> Count:
        counts: list[dict[tuple[bool, bool], int]] = [{} for _ in self._graph.nodes]
        for node in self._order:
            if self._graph.nodes[node] == _BOTH:
                counts[node][False, False] = 1
            for edge in self._edges[node]:
                one, two = bool(edge.tags[0] & tag), bool(edge.tags[1] & tag)
                for (old, new), number in counts[edge.to].items():
                    key = (old or one, new or two)
                    counts[node][key] = counts[node].get(key, 0) + number
        number = counts[0].get(wanted, 0)
        return Count(number, sum(counts[0].values()), self._path(tag, wanted, _BOTH) if number else ())

    # --- examples ---

    def _path(self, tag: int, wanted: tuple[bool, bool], end: tuple[int, int]) -> tuple[tuple[Answered, ...], ...]:
        """The answers on the shortest way to `end` with these tags, as far as it takes until the versions part."""
        start = (0, False, False)
        came: dict[tuple[int, bool, bool], tuple[tuple[int, bool, bool], Edge] | None] = {start: None}
        waiting = deque([start])
        while waiting:
            state = waiting.popleft()
            node, one, two = state
            if self._graph.nodes[node] == end and (one, two) == wanted:
                return tuple(self._choices(came, state))
            for edge in self._edges[node]:
                after = (edge.to, one or bool(edge.tags[0] & tag), two or bool(edge.tags[1] & tag))
                if after not in came:
                    came[after] = state, edge
                    waiting.append(after)
        return ()

    def _choices(
        self,
        came: dict[tuple[int, bool, bool], tuple[tuple[int, bool, bool], Edge] | None],
        state: tuple[int, bool, bool],
    ) -> list[tuple[Answered, ...]]:
        found: list[tuple[Answered, ...]] = []
        parted = False
        while (step := came[state]) is not None:
            before, edge = step
            parted |= before[1:] != state[1:] or self._is_one_sided(state[0]) != self._is_one_sided(before[0])
            if parted and edge.answered and len(self._edges[before[0]]) > 1:
                found.append(edge.answered)
            state = before
        return found[::-1]

    def _is_one_sided(self, node: int) -> bool:
        return ABSENT in self._graph.nodes[node]


def _without_circles(graph: Graph) -> tuple[list[int], list[list[Edge]]]:
    """The nodes, each after all that it leads to, and the edges without those that lead back to where one came from."""
    edges: list[list[Edge]] = [[] for _ in graph.nodes]
    order: list[int] = []
    state = [0] * len(graph.nodes)  # 1: on the way here, 2: done
    work: list[tuple[int, Iterator[Edge]]] = [(0, iter(graph.edges[0]))]
    state[0] = 1
    while work:
        node, rest = work[-1]
        for edge in rest:
            if state[edge.to] == 1:
                continue
            edges[node].append(edge)
            if state[edge.to] == 0:
                state[edge.to] = 1
                work.append((edge.to, iter(graph.edges[edge.to])))
                break
        else:
            work.pop()
            state[node] = 2
            order.append(node)
    return order, edges


# --- what may be seen -------------------------------------------------------------------------------------------------


class Sight(NamedTuple):
    """What people with one answer may see after they gave it, and at all: steps as bits, in the old and new version."""

    old: int = 0
    new: int = 0
    all_old: int = 0
    all_new: int = 0

    @property
    def lost(self) -> int:
        """What they saw and see nowhere any more."""
        return self.old & ~self.all_new

    @property
    def won(self) -> int:
        """What they see and saw nowhere before."""
        return self.new & ~self.all_old


class Sights:
    """What may be seen on ways with one answer: for each version the steps as bits."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        ahead = [[edge.to for edge in edges] for edges in graph.edges]
        self._after = _gather(components(ahead), [[(edge.to, edge.seen) for edge in edges] for edges in graph.edges])
        back: list[list[tuple[int, tuple[int, int]]]] = [[] for _ in graph.nodes]
        for node, edges in enumerate(graph.edges):
            for edge in edges:
                back[edge.to].append((node, edge.seen))
        self._before = _gather(components(ahead)[::-1], back)

    @property
    def every(self) -> tuple[int, int]:
        """What may be seen at all."""
        return self._after[0]

    def after(self, question: int) -> dict[Value, Sight]:
        """What is seen by those who gave each answer to a question."""
        found: dict[Value, Sight] = {}
        for node, edges in enumerate(self._graph.edges):
            for edge in edges:
                after = tuple(edge.seen[side] | self._after[edge.to][side] for side in (0, 1))
                every = tuple(after[side] | self._before[node][side] for side in (0, 1))
                for answered in edge.answered:
                    if answered.question == question:
                        met = found.get(answered.value, Sight())
                        both = zip(met, (*after, *every), strict=True)
                        found[answered.value] = Sight(*(one | two for one, two in both))
        return found


def _gather(
    parts: Iterable[list[int]], leads: Sequence[Sequence[tuple[int, tuple[int, int]]]]
) -> list[tuple[int, int]]:
    """For each node what is seen on all edges that can follow. `parts`: components, the last ones first."""
    found: list[tuple[int, int]] = [(0, 0)] * len(leads)
    for part in parts:
        one = two = 0
        for node in part:
            for target, seen in leads[node]:
                one |= seen[0] | found[target][0]
                two |= seen[1] | found[target][1]
        for node in part:
            found[node] = (one, two)
    return found

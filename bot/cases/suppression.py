"""What of a table may be published so that nobody can reckon back to a few people; pure.

Owns the rule and how it is kept. The rule (`SMALL` is five): of no combination of two properties that fits one to four
cases (a month and an incident, an incident and an outcome …) can anybody who solves the published numbers say that
there was a case at all, nor that there were fewer than five. Zero cases are nobody's, and may be seen.

How: groups that are too small on their own are put together, and the finer numbers are then nowhere to be had
(`settle`); within the one table that is published crossed, small cells are hidden, and with them as many larger ones as
it takes (`hide`). Both are checked against the exact bounds that an attacker has. With the sums of rows and columns
known, a table with hidden cells is a transportation problem: what a cell can grow or shrink by is a maximal flow, and
whole numbers reach it.
"""

from __future__ import annotations

import itertools
from collections import Counter, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

SMALL: Final = 5
"""Fewer than so many cases are a few people."""

Case = tuple[str, ...]
"""One case: its category in each dimension, in their order."""

Group = tuple[str, ...]
"""Categories that are counted together."""

Grid = Sequence[Sequence[int]]
Cell = tuple[int, int]


@dataclass(frozen=True)
class Dimension:
    """A property by which cases are counted. `ordered`: neighbours are put together, else the small ones among them."""

    name: str
    categories: tuple[str, ...]
    ordered: bool = False


Groups = dict[str, tuple[Group, ...]]
"""By name of the dimension."""


def settle(dimensions: Sequence[Dimension], cases: Sequence[Case]) -> Groups:
    """Which categories are counted together, so that the sums by each dimension say nothing about a few."""
    groups: dict[str, list[Group]] = {one.name: [(category,) for category in one.categories] for one in dimensions}
    for place, one in enumerate(dimensions):
        if not one.ordered:
            _gather(groups[one.name], Counter(case[place] for case in cases))
    while (found := _offence(dimensions, groups, cases)) is not None:
        place, index = found
        counts = Counter(case[place] for case in cases)
        _merge(dimensions[place], groups[dimensions[place].name], index, counts)
    return {name: tuple(found) for name, found in groups.items()}


def tally(groups: Sequence[Group], place: int, cases: Sequence[Case]) -> list[int]:
    """How many cases each group has; `place`: of the dimension."""
    counts = Counter(case[place] for case in cases)
    return [_size(group, counts) for group in groups]


def cross(rows: tuple[Sequence[Group], int], columns: tuple[Sequence[Group], int], cases: Sequence[Case]) -> Grid:
    """How many cases each pair of groups has; rows and columns: groups, and place of the dimension."""
    counts = Counter((case[rows[1]], case[columns[1]]) for case in cases)
    return [[sum(counts[pair] for pair in itertools.product(row, column)) for column in columns[0]] for row in rows[0]]


def hide(grid: Grid) -> frozenset[Cell]:
    """The cells that must not be seen when the others, and all sums of rows and columns, are."""
    cells = [(row, column) for row, line in enumerate(grid) for column, _ in enumerate(line)]
    hidden = {cell for cell in cells if 0 < _at(grid, cell) < SMALL}
    few = sorted(hidden)
    while True:
        bare = next((cell for cell in few if not _is_safe(grid, hidden, cell)), None)
        if bare is None:
            return frozenset(hidden)
        more = [cell for cell in cells if cell not in hidden and (cell[0] == bare[0] or cell[1] == bare[1])]
        # Where its own line is hidden whole, the way round through other lines is too narrow.
        more = more or [cell for cell in cells if cell not in hidden]
        if not more:
            return frozenset(cells)  # as much as can be hidden here: `settle` has seen to the sums
        hidden.add(min(more, key=lambda cell: (_at(grid, cell) == 0, _at(grid, cell), cell)))


def bounds(grid: Grid, hidden: set[Cell] | frozenset[Cell], cell: Cell) -> tuple[int, int]:
    """The least and the most that this hidden cell can be, for all that is known of the others."""
    value = _at(grid, cell)
    others = hidden - {cell}
    more = _flow(grid, others, cell, taking=True)
    less = _flow(grid, others, cell, taking=False)
    return value - min(value, less), value + more


# --- groups -----------------------------------------------------------------------------------------------------------


def _gather(groups: list[Group], counts: Mapping[str, int]) -> None:
    """Put the small ones together at the end; who is among them is not seen, not even by being the only one."""
    rest = [group for group in groups if _size(group, counts) < SMALL]
    if rest:
        groups[:] = [group for group in groups if group not in rest] + [tuple(itertools.chain(*rest))]


def _offence(
    dimensions: Sequence[Dimension], groups: Mapping[str, Sequence[Group]], cases: Sequence[Case]
) -> tuple[int, int] | None:
    """A group that says too much: the place of its dimension, and its own; None when all is well."""
    sizes = [tally(groups[one.name], place, cases) for place, one in enumerate(dimensions)]
    for place, counts in enumerate(sizes):
        few = next((index for index, count in enumerate(counts) if 0 < count < SMALL), None)
        if few is not None and len(counts) > 1:
            return place, few
    for first, second in itertools.combinations(range(len(dimensions)), 2):
        grid = cross((groups[dimensions[first].name], first), (groups[dimensions[second].name], second), cases)
        for row, column in _leaning(grid, sizes[first], sizes[second], len(cases)):
            candidates = [
                (sizes[place][index], place, index)
                for place, index in ((first, row), (second, column))
                if len(sizes[place]) > 1
            ]
            if candidates:
                return min(candidates)[1:]
    return None


def _leaning(grid: Grid, rows: Sequence[int], columns: Sequence[int], total: int) -> Iterator[Cell]:
    """Cells with a few cases of which the sums alone say that there is one."""
    for row, line in enumerate(grid):
        for column, value in enumerate(line):
            if 0 < value < SMALL and rows[row] + columns[column] > total:
                yield row, column


def _merge(dimension: Dimension, groups: list[Group], index: int, counts: Mapping[str, int]) -> None:
    """Put this group together with the smaller neighbour, or with the others that are put together already."""
    if dimension.ordered:
        beside = [other for other in (index - 1, index + 1) if 0 <= other < len(groups)]
        other = min(beside, key=lambda near: _size(groups[near], counts))
        low, high = sorted((index, other))
        groups[low : high + 1] = [groups[low] + groups[high]]
        return
    others = [group for place, group in enumerate(groups) if place != index]
    rest = [group for group in others if len(group) > 1] or [min(others, key=lambda group: _size(group, counts))]
    if len(groups[index]) > 1:
        rest = [min(others, key=lambda group: _size(group, counts))]
    groups[:] = [group for group in others if group not in rest] + [(*itertools.chain(*rest), *groups[index])]


def _size(group: Group, counts: Mapping[str, int]) -> int:
    return sum(counts.get(category, 0) for category in group)


# --- cells ------------------------------------------------------------------------------------------------------------


def _at(grid: Grid, cell: Cell) -> int:
    return grid[cell[0]][cell[1]]


def _is_safe(grid: Grid, hidden: set[Cell], cell: Cell) -> bool:
    least, most = bounds(grid, hidden, cell)
    return least == 0 and most >= SMALL


def _flow(grid: Grid, hidden: set[Cell] | frozenset[Cell], cell: Cell, *, taking: bool) -> int:
    """How much can be moved round: `taking` from the other hidden cells of its row (it grows), else to them.

    Rows and columns are nodes; a hidden cell is an arc in both ways, for it can grow without end and shrink to zero.
    """
    source, sink = ("row", cell[0]), ("column", cell[1])
    room: dict[tuple[str, int], dict[tuple[str, int], int]] = {source: {}, sink: {}}
    endless = sum(map(sum, grid)) + 1
    for row, column in hidden:
        here, there, value = ("row", row), ("column", column), grid[row][column]
        # Along a path from the row: a cell of this row shrinks, the next one of that column grows, and so on.
        onward, back = (value, endless) if taking else (endless, value)
        room.setdefault(here, {})[there] = onward
        room.setdefault(there, {})[here] = back
    moved = 0
    while (path := _path(room, source, sink)) is not None:
        least = min(room[start][end] for start, end in itertools.pairwise(path))
        for start, end in itertools.pairwise(path):
            room[start][end] -= least
            room[end][start] += least
        moved += least
        if moved >= endless:
            return endless
    return moved


def _path(
    room: Mapping[tuple[str, int], Mapping[tuple[str, int], int]], source: tuple[str, int], sink: tuple[str, int]
) -> list[tuple[str, int]] | None:
    before: dict[tuple[str, int], tuple[str, int] | None] = {source: None}
    queue = deque([source])
    while queue:
        node = queue.popleft()
        for other, free in room[node].items():
            if free > 0 and other not in before:
                before[other] = node
                if other == sink:
                    path = [other]
                    while (previous := before[path[-1]]) is not None:
                        path.append(previous)
                    return path[::-1]
                queue.append(other)
    return None

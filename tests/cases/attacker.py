"""Somebody who solves what was published: exact bounds of any hidden number, by linear programming over fractions.

Shares nothing with `bot.cases.suppression`: it knows the published sums only, as equations over the finest cells.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from fractions import Fraction

ZERO, ONE = Fraction(0), Fraction(1)

Box = tuple[frozenset[str], ...]
"""Of each dimension the categories over which a number was summed up."""

Fact = tuple[Box, int]
"""A number that was published."""


class Attacker:
    """Knows `facts` about how many cases lie in which boxes of a table with these `categories`."""

    def __init__(self, categories: Sequence[Sequence[str]], facts: Iterable[Fact]) -> None:
        self._cells = list(itertools.product(*categories))
        self._rows: list[list[Fraction]] = []
        self._basis: list[int] = []
        for box, count in facts:
            self._rows.append([ONE if self._lies(cell, box) else ZERO for cell in self._cells] + [Fraction(count)])
        self._begin()

    @staticmethod
    def _lies(cell: Sequence[str], box: Box) -> bool:
        return all(one in part for one, part in zip(cell, box, strict=True))

    def bounds(self, box: Box) -> tuple[Fraction, Fraction]:
        """The least and the most that there can be in this box."""
        costs = [ONE if self._lies(cell, box) else ZERO for cell in self._cells]
        return self._least(costs), -self._least([-cost for cost in costs])

    def _begin(self) -> None:
        """A first corner of what is possible: with helping variables that are then driven to zero."""
        width, height = len(self._cells), len(self._rows)
        for index, row in enumerate(self._rows):
            row[-1:-1] = [ONE if index == other else ZERO for other in range(height)]
        self._basis = [width + index for index in range(height)]
        assert self._least([ZERO] * width + [ONE] * height) == 0, "what was published contradicts itself"
        for index in range(height):
            if self._basis[index] >= width:
                entering = next((column for column in range(width) if self._rows[index][column] != 0), None)
                if entering is not None:
                    self._pivot(index, entering)
        kept = [index for index in range(height) if self._basis[index] < width]
        self._rows = [[*self._rows[index][:width], self._rows[index][-1]] for index in kept]
        self._basis = [self._basis[index] for index in kept]

    def _least(self, costs: Sequence[Fraction]) -> Fraction:
        """Minimise by the simplex method with Bland's rule, which ends."""
        while True:
            prices = [costs[column] for column in self._basis]
            entering = next(
                (
                    column
                    for column in range(len(costs))
                    if column not in self._basis
                    and costs[column] < sum(p * row[column] for p, row in zip(prices, self._rows, strict=True))
                ),
                None,
            )
            if entering is None:
                return sum((p * row[-1] for p, row in zip(prices, self._rows, strict=True)), ZERO)
            ratios = [
                (row[-1] / row[entering], self._basis[index], index)
                for index, row in enumerate(self._rows)
                if row[entering] > 0
            ]
            self._pivot(min(ratios)[2], entering)

    def _pivot(self, index: int, column: int) -> None:
        pivot = self._rows[index][column]
        self._rows[index] = [value / pivot for value in self._rows[index]]
        for other, row in enumerate(self._rows):
            if other != index and row[column] != 0:
                factor = row[column]
                self._rows[other] = [a - factor * b for a, b in zip(row, self._rows[index], strict=True)]
        self._basis[index] = column

"""Which part of the old file is which of the new one: by its id, else by what it says.

A part that only got another id is recognised, so that nobody reads of a loss that is none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final, TypeVar

from rapidfuzz.fuzz import ratio

from bot.flows.differing.naming import german
from bot.flows.steps import AnyStep, Item, Option
from bot.flows.wording import pick

T = TypeVar("T")

# As alike as this (0 to 100) two texts are one text that was edited.
ALIKE: Final = 75.0
# With more than so many new and gone parts there is no telling what became of which; only equal ones are paired.
MOST_COMPARED: Final = 60


@dataclass(frozen=True)
class Pairs:
    """Ids: `both` in the order of the new file as (old, new), `gone` only in the old one, `new` only in the new one."""

    both: tuple[tuple[str, str], ...]
    gone: tuple[str, ...]
    new: tuple[str, ...]

    @cached_property
    def forward(self) -> Mapping[str, str]:
        """Old id to new id."""
        return dict(self.both)

    @cached_property
    def back(self) -> Mapping[str, str]:
        """New id to old id."""
        return {new: old for old, new in self.both}


def pair(old: Mapping[str, T], new: Mapping[str, T], likeness: Callable[[T, T], float]) -> Pairs:
    """Pair by id, then the most alike of what is left; `likeness`: 0 to 100, and 100 for what says the same."""
    back = {name: name for name in new if name in old}
    gone = [name for name in old if name not in new]
    fresh = [name for name in new if name not in old]
    least = ALIKE if max(len(gone), len(fresh)) <= MOST_COMPARED else 100.0
    found = [
        (-score, gone.index(one), fresh.index(two), one, two)
        for one in gone
        for two in fresh
        if (score := likeness(old[one], new[two])) >= least
    ]
    for *_, one, two in sorted(found):
        if one in gone and two in fresh:
            back[two] = one
            gone.remove(one)
            fresh.remove(two)
    return Pairs(tuple((back[name], name) for name in new if name in back), tuple(gone), tuple(fresh))


def pair_steps(old: Mapping[str, AnyStep], new: Mapping[str, AnyStep]) -> Pairs:
    """Steps of one kind with much the same text; those without a text only when they say exactly the same."""
    return pair(old, new, _like_steps)


def pair_parts(old: Mapping[str, Option | Item], new: Mapping[str, Option | Item]) -> Pairs:
    """Options or points by their German labels."""
    return pair(old, new, lambda one, two: ratio(pick(one.label, "de"), pick(two.label, "de"), score_cutoff=ALIKE))


def _like_steps(one: AnyStep, two: AnyStep) -> float:
    if one.kind != two.kind:
        return 0.0
    text = " ".join(german(getattr(one, "text", None)))
    if not text:
        return 100.0 if one == two else 0.0
    return ratio(text, " ".join(german(getattr(two, "text", None))), score_cutoff=ALIKE)

"""What is known of one person's answers while both versions of a file are walked at once.

A person has one answer to a question, whichever version asks it: `masks` (as in `checking.symbols`) hold what it can
be. Whether it *was* asked is another matter in each version: what a version has not asked, it does not know.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from bot.flows.checking.symbols import TICKED, UNSET, UNTICKED, Given, Masks, Table, replace
from bot.flows.checking.terrain import Place
from bot.flows.steps import Condition, Deadline, Set


class Heard(NamedTuple):
    """An answer that the version `side` has still to hear. `given`: its number among all answers to the question.

    `bound`: only this version can take it; where it never asks, nobody gives that answer.
    """

    side: int
    question: int
    given: int
    bound: bool


class Known(NamedTuple):
    """What is known; each pair is of the old and the new version.

    `asked`: slots that were asked, as bits. `noted`: slots that a `set` step filled, with their masks. `heard`: answers
    given in one version that the other has still to hear.
    """

    masks: Masks
    asked: tuple[int, int] = (0, 0)
    noted: tuple[tuple[tuple[int, int], ...], tuple[tuple[int, int], ...]] = ((), ())
    heard: tuple[Heard, ...] = ()


class Knowledge:
    """The rules by which knowledge grows. `foreign`: slots that other files ask for too, as bits."""

    def __init__(self, table: Table, foreign: int) -> None:
        self.table = table
        self.foreign = foreign
        self._slots: dict[int, int] = {}

    def start(self) -> Known:
        """Nothing was asked here; elsewhere anything may have been."""
        return Known(
            tuple(
                slot.every if self.foreign >> number & 1 else slot.every & ~UNSET
                for number, slot in enumerate(self.table.slots)
            )
        )

    # --- looking ---

    def seen(self, side: int, known: Known) -> Masks:
        """What one version knows."""
        asked, noted = known.asked[side], dict(known.noted[side])
        return tuple(
            noted[slot]
            if slot in noted
            else (mask & ~UNSET if asked >> slot & 1 else mask if self.foreign >> slot & 1 else UNSET)
            for slot, mask in enumerate(known.masks)
        )

    def split(self, side: int, condition: Condition, known: Known) -> tuple[list[Known], list[Known]]:
        """What is known where a condition holds in one version, and where it does not."""
        before = self.seen(side, known)
        holds, fails = self.table.split(condition, before)
        self.table.unasked.clear()
        return [self._learn(side, known, before, one) for one in holds], [
            self._learn(side, known, before, one) for one in fails
        ]

    def _learn(self, side: int, known: Known, before: Masks, after: Masks) -> Known:
        if after is before:
            return known
        noted, masks = dict(known.noted[side]), list(known.masks)
        for slot, (old, new) in enumerate(zip(before, after, strict=True)):
            if old == new:
                continue
            if slot in noted:
                noted[slot] = new
            elif known.asked[side] >> slot & 1:
                # The other version may not have asked: that stays open.
                masks[slot] = new | (masks[slot] & UNSET)
            elif self.foreign >> slot & 1:
                masks[slot] = new
        return known._replace(masks=tuple(masks), noted=_put(known.noted, side, tuple(sorted(noted.items()))))

    def may_answer(self, side: int, place: Place, given: Given, known: Known) -> bool:
        """Whether a question that is passed when it was answered before can have this answer."""
        slot = place.slot
        if slot < 0 or given.key not in self.table.slots[slot].of:
            return True
        mask = known.masks[slot]
        is_known = known.asked[side] >> slot & 1 or (self.foreign >> slot & 1 and mask and not mask & UNSET)
        return not is_known or bool(mask & self.table.mask(slot, given))

    # --- learning ---

    def answer(self, sides: Iterable[int], place: Place, given: Given, known: Known) -> Known:
        """The person answers."""
        slots = [slot for slot in (place.slot, *place.ticks) if slot >= 0]
        if not slots:
            return known
        masks = known.masks
        for slot in slots:
            # Whether it was asked elsewhere stays open for the version that does not ask it here.
            elsewhere = masks[slot] & UNSET if self.foreign >> slot & 1 else 0
            masks = replace(masks, slot, self._answered(slot, place, given) | elsewhere)
        asked, noted = known.asked, known.noted
        for side in sides:
            asked = _put(asked, side, asked[side] | sum(1 << slot for slot in slots))
            if noted[side]:
                noted = _put(noted, side, tuple(one for one in noted[side] if one[0] not in slots))
        return known._replace(masks=masks, asked=asked, noted=noted)

    def _answered(self, slot: int, place: Place, given: Given) -> int:
        if slot != place.slot:
            return UNTICKED | TICKED if isinstance(given.value, list) else UNTICKED
        its = self.table.slots[slot]
        return self.table.mask(slot, given) if given.key in its.of else its.every & ~UNSET

    def note(self, side: int, step: Set, known: Known) -> Known:
        """A `set` step fills answers without asking; a deadline only where its day is known, so it may be open."""
        noted = dict(known.noted[side])
        for name, value in step.values.items():
            slot = self.table.by_name.get(name)
            if slot is not None:
                every = self.table.slots[slot].every
                noted[slot] = every if isinstance(value, Deadline) else self.table.mask(slot, Given(value))
        return known._replace(noted=_put(known.noted, side, tuple(sorted(noted.items()))))

    # --- forgetting ---

    def keep(self, known: Known, alive: tuple[int, int], before: Masks = (), alive_before: int = 0) -> Known:
        """Only what the watchers of either version can still look at, so that ways that differ in nothing else meet."""
        masks = self.table.keep(known.masks, alive[0] | alive[1], before, alive_before)
        slots = (self._watched(alive[0]), self._watched(alive[1]))
        noted = known.noted
        if noted != ((), ()):
            noted = (
                tuple(one for one in noted[0] if slots[0] >> one[0] & 1),
                tuple(one for one in noted[1] if slots[1] >> one[0] & 1),
            )
        return Known(masks, (known.asked[0] & slots[0], known.asked[1] & slots[1]), noted, known.heard)

    def _watched(self, alive: int) -> int:
        slots = self._slots.get(alive)
        if slots is None:
            found = {watcher.slot for number, watcher in enumerate(self.table.watchers) if alive >> number & 1}
            slots = self._slots[alive] = sum(1 << slot for slot in found)
        return slots


def merge(together: Iterator[Known] | list[Known]) -> Known:
    """One of several answers was given: what can be known is known of any of them; all else is the same."""
    first, *rest = together
    if not rest:
        return first
    masks = list(first.masks)
    for other in rest:
        masks = [one | two for one, two in zip(masks, other.masks, strict=True)]
    return first._replace(masks=tuple(masks))


def _put(pair: tuple, side: int, value: object) -> tuple:  # type: ignore[type-arg]
    return (value, pair[1]) if side == 0 else (pair[0], value)

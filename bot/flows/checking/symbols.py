"""Answers as sets of possibilities: what the walk over all paths knows of an answer without trying each value.

The values of an answer fall into *classes*: two values are in one class when no condition, no blank and no `once`
question of the files can tell them apart. What is known on a path is a bit mask over classes; bit 0 is "not asked". A
mask is cut in two only when a branch asks (lazy splitting), so that a hundred questions that nobody asks about later
cost nothing. Each ticked option of a `choose_many` or `checklist` that a condition asks about is a slot of its own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from bot.flows.conversation import DECLINED, UNKNOWN, Value
from bot.flows.steps import AllOf, AnyOf, Condition, Not, Test

# Masks of all slots; 0 where nothing later depends on the slot.
Masks = tuple[int, ...]
UNSET: Final = 1  # the mask of class 0
# Of the slot of an option: it was offered and is not ticked, it is ticked.
UNTICKED: Final = 0b010
TICKED: Final = 0b100
# The day on which answers are looked at that are no days; only distances matter.
SOME_DAY: Final = dt.date(2026, 6, 15)


@dataclass(frozen=True, slots=True)
class Given:
    """One way in which an answer can be given. `today` is the day on which it is looked at."""

    value: Value
    today: dt.date = SOME_DAY

    def current(self) -> dt.date:
        """That day, as a condition asks for it."""
        return self.today

    @property
    def shows(self) -> bool:
        """Whether a blank with this answer shows something."""
        return self.value is not UNKNOWN and self.value is not DECLINED and self.value not in ("", [])

    @property
    def key(self) -> tuple[str, str, dt.date]:
        """Equal only for the same value on the same day (`False` is not `0`)."""
        return (type(self.value).__name__, str(self.value), self.today)


@dataclass(slots=True)
class Slot:
    """What can be known of one answer.

    `of` finds the class of a way to answer, `examples` one way for each class (none for class 0, "not asked"); `empty`
    is the mask of those of which a blank shows nothing.
    """

    name: str
    classes: dict[tuple[object, ...], int] = field(default_factory=dict)
    of: dict[tuple[str, str, dt.date], int] = field(default_factory=dict)
    examples: list[Given | None] = field(default_factory=lambda: [None])
    empty: int = 0

    @property
    def every(self) -> int:
        """The mask of all classes."""
        return (1 << len(self.examples)) - 1


@dataclass(frozen=True, slots=True)
class Watcher:
    """Something that looks at a slot later. `labels`: for each class what it sees; equal ones need no telling apart."""

    slot: int
    labels: tuple[object, ...]


@dataclass(slots=True)
class Table:
    """The slots of one closure.

    `truth`: for each comparison (by its `id`) its slot and the classes for which it holds. `tests`: the comparisons of
    each answer. `watchers`: all that looks at slots, `watch` finds one by what it is. `unasked` collects comparisons
    that were met where nobody had asked yet. `wholes`: for the slot of an option the slot of its answer, and the class
    there of those who tick something.
    """

    slots: list[Slot] = field(default_factory=list)
    by_name: dict[str, int] = field(default_factory=dict)
    ticks: dict[tuple[str, str], int] = field(default_factory=dict)
    truth: dict[int, tuple[int, int]] = field(default_factory=dict)
    tests: dict[str, list[Test]] = field(default_factory=dict)
    watchers: list[Watcher] = field(default_factory=list)
    watch: dict[tuple[str, int], int] = field(default_factory=dict)
    unasked: list[Test] = field(default_factory=list)
    wholes: dict[int, tuple[int, int]] = field(default_factory=dict)
    _kept: dict[tuple[int, int, int], int] = field(default_factory=dict)
    _watching: list[int] = field(default_factory=list)
    _slots: dict[int, tuple[int, ...]] = field(default_factory=dict)

    def add_watcher(self, key: tuple[str, int], slot: int, labels: Iterable[object]) -> None:
        """Note that something looks at a slot."""
        self.watch[key] = len(self.watchers)
        self.watchers.append(Watcher(slot, tuple(labels)))

    def watching(self, slot: int) -> int:
        """The watchers of a slot, as bits."""
        if not self._watching:
            self._watching = [0] * len(self.slots)
            for number, watcher in enumerate(self.watchers):
                self._watching[watcher.slot] |= 1 << number
        return self._watching[slot]

    def keep(self, masks: Masks, live: int, before: Masks = (), alive_before: int = 0) -> Masks:
        """Only what the watchers in `live` can still tell apart, so that paths that differ in nothing else meet.

        `before` was kept under `alive_before`: then only what differs from it is looked at.
        """
        if not before:
            slots: Iterable[int] = range(len(masks))
        elif masks is before:
            slots = self._slots_of(live ^ alive_before)
        else:
            changed = [slot for slot, (new, old) in enumerate(zip(masks, before, strict=True)) if new != old]
            slots = {*changed, *self._slots_of(live ^ alive_before)}
        kept: list[int] | None = None
        for slot in slots:
            mask = self._saturate(slot, masks[slot], live & self.watching(slot))
            if mask != masks[slot]:
                kept = list(masks) if kept is None else kept
                kept[slot] = mask
        return masks if kept is None else tuple(kept)

    def _slots_of(self, watchers: int) -> tuple[int, ...]:
        """The slots of watchers given as bits."""
        slots = self._slots.get(watchers)
        if slots is None:
            numbers = {watcher.slot for number, watcher in enumerate(self.watchers) if watchers >> number & 1}
            slots = self._slots[watchers] = tuple(sorted(numbers))
        return slots

    def _saturate(self, slot: int, mask: int, watching: int) -> int:
        if not watching or mask in (0, UNSET):
            return mask if watching else 0
        key = (slot, mask, watching)
        kept = self._kept.get(key)
        if kept is None:
            seers = [watcher for number, watcher in enumerate(self.watchers) if watching >> number & 1]
            seen = [
                (number == 0, *(seer.labels[number] for seer in seers))
                for number in range(len(self.slots[slot].examples))
            ]
            met = {sight for number, sight in enumerate(seen) if mask >> number & 1}
            kept = self._kept[key] = sum(1 << number for number, sight in enumerate(seen) if sight in met)
        return kept

    @property
    def nothing(self) -> Masks:
        """At the beginning nothing was asked."""
        return (UNSET,) * len(self.slots)

    def mask(self, slot: int, given: Given) -> int:
        """The class of an answer."""
        return 1 << self.slots[slot].of[given.key]

    def split(self, condition: Condition, masks: Masks) -> tuple[list[Masks], list[Masks]]:
        """What is known where the condition holds, and where it does not."""
        match condition:
            case Test():
                return self._split_test(condition, masks)
            case Not():
                holds, fails = self.split(condition.not_, masks)
                return fails, holds
            case AnyOf():
                holds, fails = [], [masks]
                for part in condition.any_:
                    pairs = [self.split(part, known) for known in fails]
                    holds += [known for yes, _no in pairs for known in yes]
                    fails = [known for _yes, no in pairs for known in no]
                return holds, fails
            case AllOf():
                holds, fails = [masks], []
                for part in condition.all_:
                    pairs = [self.split(part, known) for known in holds]
                    holds = [known for yes, _no in pairs for known in yes]
                    fails += [known for _yes, no in pairs for known in no]
                return holds, fails

    def _split_test(self, test: Test, masks: Masks) -> tuple[list[Masks], list[Masks]]:
        if id(test) not in self.truth:
            return [masks], [masks]
        slot, truth = self.truth[id(test)]
        known = masks[slot]
        if known == UNSET and test.known is None:
            self.unasked.append(test)
        yes, no = known & truth, known & ~truth
        if not yes or not no:
            return ([masks], []) if yes else ([], [masks])
        return [self._not_nothing(replace(masks, slot, yes), slot)], [replace(masks, slot, no)]

    def _not_nothing(self, masks: Masks, slot: int) -> Masks:
        """Where one option is ticked, the answer is not "nothing of it"."""
        whole, something = self.wholes.get(slot, (0, 0))
        return replace(masks, whole, masks[whole] & something) if masks[whole] & something else masks


def replace(masks: Masks, slot: int, mask: int) -> Masks:
    """The same with one slot changed."""
    return (*masks[:slot], mask, *masks[slot + 1 :])

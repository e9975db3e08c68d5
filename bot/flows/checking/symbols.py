"""Answers as sets of possibilities: what the walk over all paths knows of an answer without trying each value.

The values of an answer fall into *classes*: two values are in one class when no condition, no blank and no `once`
question of the files can tell them apart. What is known on a path is a bit mask over classes; bit 0 is "not asked". A
mask is cut in two only when a branch asks (lazy splitting), so that a hundred questions that nobody asks about later
cost nothing. Each ticked option of a `choose_many` or `checklist` that a condition asks about is a slot of its own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from bot.flows.checking.files import File, answer_of, conditions_of, options_of, step_words, tests_of
from bot.flows.conditions import compile_condition
from bot.flows.conversation import DECLINED, UNKNOWN, Value
from bot.flows.steps import (
    All,
    Any_,
    AnyStep,
    CheckIns,
    Checklist,
    Choose,
    ChooseMany,
    Condition,
    Deadline,
    FreeText,
    Not,
    OfferCase,
    OfferPlaybooks,
    Question,
    Scale,
    Set,
    Test,
    When,
)
from bot.flows.wording import BLANK, RESERVED

# Masks of all slots; 0 where nothing later depends on the slot.
Masks = tuple[int, ...]
UNSET: Final = 1  # the mask of class 0
# Of the slot of an option: it was offered and is not ticked, it is ticked.
UNTICKED: Final = 0b010
TICKED: Final = 0b100
# A day on which a condition with dates is tried; only distances matter.
_SOME_DAY: Final = dt.date(2026, 6, 15)


@dataclass(frozen=True, slots=True)
class Given:
    """One way in which an answer can be given. `today` is the day on which it is looked at."""

    value: Value
    today: dt.date = _SOME_DAY

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
    """What can be known of one answer. Masks: `unset`, `empty` (asked, but a blank shows nothing), `every`."""

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
    that were met where nobody had asked yet.
    """

    slots: list[Slot] = field(default_factory=list)
    by_name: dict[str, int] = field(default_factory=dict)
    ticks: dict[tuple[str, str], int] = field(default_factory=dict)
    truth: dict[int, tuple[int, int]] = field(default_factory=dict)
    tests: dict[str, list[Test]] = field(default_factory=dict)
    watchers: list[Watcher] = field(default_factory=list)
    watch: dict[tuple[str, int], int] = field(default_factory=dict)
    unasked: list[Test] = field(default_factory=list)
    _kept: dict[tuple[int, int, int], int] = field(default_factory=dict)
    _watching: list[int] = field(default_factory=list)

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

    def keep(self, masks: Masks, live: int) -> Masks:
        """Only what the watchers in `live` can still tell apart, so that paths that differ in nothing else meet."""
        return tuple(
            self._saturate(slot, mask, live & self.watching(slot)) if mask else 0 for slot, mask in enumerate(masks)
        )

    def _saturate(self, slot: int, mask: int, watching: int) -> int:
        if not watching or mask == UNSET:
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

    def givens(self, step: Question, name: str) -> tuple[Given, ...]:
        """The ways to answer a question that can make a difference."""
        return tuple(_answers(step, self.tests.get(name, [])))

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
            case All():
                return self._split_all(condition.all_, masks)
            case Any_():
                fails, holds = self._split_all([Not.model_construct(not_=part) for part in condition.any_], masks)
                return holds, fails

    def _split_all(self, parts: Iterable[Condition], masks: Masks) -> tuple[list[Masks], list[Masks]]:
        holds, fails = [masks], []
        for part in parts:
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
        return [replace(masks, slot, yes)], [replace(masks, slot, no)]


def replace(masks: Masks, slot: int, mask: int) -> Masks:
    """The same with one slot changed."""
    return (*masks[:slot], mask, *masks[slot + 1 :])


# --- building a table -------------------------------------------------------------------------------------------------


def build_table(closure: Iterable[File]) -> Table:
    """The slots that the conditions, blanks and `once` questions of these files need."""
    steps = [(name, step) for file in closure for name, step in file.playbook.steps.items()]
    table = Table()
    ticked: dict[tuple[str, str], list[Test]] = {}
    blanks: set[str] = set()
    once: dict[str, list[Question]] = {}
    for name, step in steps:
        blanks |= blanks_of(name, step)
        if isinstance(step, Set):
            # A deadline is noted only where its day is known: that is told apart as for a blank.
            blanks |= {value.from_ for value in step.values.values() if isinstance(value, Deadline)}
        if isinstance(step, Question) and step.once:
            once.setdefault(answer_of(name, step), []).append(step)
        for path, condition in conditions_of(name, step):
            for _path, test in tests_of(path, condition):
                table.tests.setdefault(test.answer, []).append(test)
                if test.has is not None:
                    ticked.setdefault((test.answer, test.has), []).append(test)
    givens = _givens(steps, table)
    for name in sorted({*table.tests, *(blanks - set(RESERVED)), *once}):
        tests = [test for test in table.tests.get(name, []) if test.has is None]
        slot = _fill(Slot(name), givens.get(name, []), tests, once.get(name, []), shown=name in blanks)
        table.by_name[name] = number = len(table.slots)
        table.slots.append(slot)
        table.add_watcher(("blank", number), number, (given is not None and given.shows for given in slot.examples))
        for test in tests:
            table.truth[id(test)] = number, (truth := _truth(slot, test))
            table.add_watcher(("test", id(test)), number, (truth >> place & 1 for place in range(len(slot.examples))))
        for question in once.get(name, []):
            ways = [None if given is None else _way(question, given) for given in slot.examples]
            table.add_watcher(("once", id(question)), number, ways)
    for (name, option), tests in ticked.items():
        table.ticks[name, option] = number = len(table.slots)
        table.slots.append(Slot(f"{name}/{option}", examples=[None, Given("nein"), Given("ja")]))
        for test in tests:
            table.truth[id(test)] = number, TICKED
            table.add_watcher(("test", id(test)), number, (False, False, True))
    return table


def blanks_of(name: str, step: AnyStep) -> set[str]:
    """The blanks that must be filled when this step is shown (a text to copy may have open ones)."""
    texts = [words.texts for words in step_words(name, step) if words.role in ("text", "purpose")]
    return {
        blank for text in texts for bubbles in text.values() for bubble in bubbles for blank in BLANK.findall(bubble)
    }


def target_of(step: Question, value: Value) -> str:
    """Where an answer leads; "" means on. As in `bot.flows.walking`."""
    if value is UNKNOWN:
        return step.unknown_go or ""
    if value is DECLINED:
        return step.decline_go or ""
    option = options_of(step).get(value) if isinstance(value, str) else None  # type: ignore[arg-type]
    return (option.go if option else None) or ""


def tags_of(step: Question, value: Value) -> frozenset[str]:
    """The tags of the option that was chosen."""
    option = options_of(step).get(value) if isinstance(value, str) else None  # type: ignore[arg-type]
    return frozenset(option.tags) if option else frozenset()


def _way(step: Question, given: Given) -> tuple[str, frozenset[str]]:
    """What an answer changes when its question is passed in silence."""
    return target_of(step, given.value), tags_of(step, given.value)


def _fill(slot: Slot, givens: Iterable[Given], tests: list[Test], once: list[Question], *, shown: bool) -> Slot:
    compiled = [compile_condition(test) for test in tests]
    for given in givens:
        judged = tuple(holds({slot.name: given.value}, given.today) for holds in compiled)
        ways = tuple(_way(question, given) for question in once)
        signature = (judged, ways, shown and given.shows)
        number = slot.classes.setdefault(signature, len(slot.examples))
        if number == len(slot.examples):
            slot.examples.append(given)
            slot.empty |= 0 if given.shows else 1 << number
        slot.of.setdefault(given.key, number)
    return slot


def _truth(slot: Slot, test: Test) -> int:
    """The classes for which a comparison holds."""
    holds = compile_condition(test)
    truth = UNSET if holds({}, _SOME_DAY) else 0
    for number, given in enumerate(slot.examples):
        if given is not None and holds({slot.name: given.value}, given.today):
            truth |= 1 << number
    return truth


def _givens(steps: Iterable[tuple[str, AnyStep]], table: Table) -> dict[str, list[Given]]:
    found: dict[str, list[Given]] = {}
    for name, step in steps:
        if isinstance(step, Set):
            for saved, value in step.values.items():
                days = _days(table.tests.get(saved, []))
                found.setdefault(saved, []).extend(days if isinstance(value, Deadline) else [Given(value)])
        elif isinstance(step, Question):
            saved = answer_of(name, step)
            found.setdefault(saved, []).extend(table.givens(step, saved))
    return found


def _answers(step: Question, tests: list[Test]) -> Iterator[Given]:
    match step:
        case Choose() | CheckIns():
            yield from (Given(option) for option in step.options)
        case ChooseMany() | Checklist():
            yield Given(["x"])
            yield Given([])
        case FreeText():
            yield Given("" if step.keep == "nicht" else "x")
        case Scale():
            yield from (Given(number) for number in _numbers(step.least, step.most, tests))
        case When():
            yield from _days(tests)
        case OfferCase():
            yield from (Given("ja"), Given("nein"))
        case OfferPlaybooks():
            yield Given("other")
        case _:
            named = {
                word for test in tests for word in (test.is_, test.is_not, *(test.in_ or ()), *(test.not_in or ()))
            }
            yield from (Given(word) for word in ("x", *sorted(word for word in named if word)))
    if step.unknown:
        yield Given(UNKNOWN)
    if step.decline or step.confidential:
        yield Given(DECLINED)


def _numbers(least: int, most: int, tests: list[Test]) -> list[int]:
    """The ends of the scale and both sides of each threshold."""
    bounds = [bound for test in tests for bound in (test.at_least, test.at_most) if bound is not None]
    near = {least, most, *(bound + step for bound in bounds for step in (-1, 0, 1))}
    return sorted(number for number in near if least <= number <= most)


def _days(tests: list[Test]) -> Iterator[Given]:
    """Days on both sides of each fixed date, seen from days on both sides of each span after them."""
    dates = [date for test in tests for date in (test.before, test.after) if date is not None] or [_SOME_DAY]
    spans = [test.within.days for test in tests if test.within is not None] or [0]
    for day in sorted({date + dt.timedelta(days=step) for date in dates for step in (-1, 0, 1)}):
        for age in sorted({-1, 0, *(span + step for span in spans for step in (0, 1))}):
            yield Given(day.isoformat(), day + dt.timedelta(days=age))

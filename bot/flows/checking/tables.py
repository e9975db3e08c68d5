"""Which answers must be told apart: the slots and classes that the files of a closure need."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from bot.flows.checking.files import File, answer_of, blanks_of, conditions_of, options_of, tests_of
from bot.flows.checking.symbols import SOME_DAY, TICKED, UNSET, Given, Slot, Table
from bot.flows.conditions import compile_condition
from bot.flows.conversation import DECLINED, UNKNOWN, Value
from bot.flows.steps import (
    AnyStep,
    CheckIns,
    Checklist,
    Choose,
    ChooseMany,
    Deadline,
    FreeText,
    OfferCase,
    OfferPlaybooks,
    Question,
    Scale,
    Set,
    Test,
    When,
)
from bot.flows.wording import RESERVED


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
        whole = table.by_name[name]
        table.wholes[number] = whole, 1 << table.slots[whole].of.get(Given(["x"]).key, 0) & ~UNSET
        table.slots.append(Slot(f"{name}/{option}", examples=[None, Given("nein"), Given("ja")]))
        for test in tests:
            table.truth[id(test)] = number, TICKED
            table.add_watcher(("test", id(test)), number, (False, False, True))
    return table


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
        judged = tuple(holds({slot.name: given.value}, given.current) for holds in compiled)
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
    truth = UNSET if holds({}, lambda: SOME_DAY) else 0
    for number, given in enumerate(slot.examples):
        if given is not None and holds({slot.name: given.value}, given.current):
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
            found.setdefault(saved, []).extend(ways_to_answer(step, table.tests.get(saved, [])))
    return found


def ways_to_answer(step: Question, tests: list[Test]) -> Iterator[Given]:
    """The answers to a question that can make a difference to these comparisons, unknown and declined among them."""
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
    dates = [date for test in tests for date in (test.before, test.after) if date is not None] or [SOME_DAY]
    spans = [test.within.days for test in tests if test.within is not None] or [0]
    for day in sorted({date + dt.timedelta(days=step) for date in dates for step in (-1, 0, 1)}):
        for age in sorted({-1, 0, *(span + step for span in spans for step in (0, 1))}):
            yield Given(day.isoformat(), day + dt.timedelta(days=age))

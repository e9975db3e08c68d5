"""Conditions of a playbook as functions: built once when a playbook is compiled, called in every turn."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import assert_never

from bot.flows.conversation import DECLINED, UNKNOWN, Value
from bot.flows.steps import AllOf, AnyOf, Condition, Not, Test

# The local date of today, worked out only by who needs it.
Today = Callable[[], dt.date]
# Whether it holds, given the answers so far.
Holds = Callable[[Mapping[str, Value], Today], bool]


def compile_condition(condition: Condition) -> Holds:
    """The condition as a function of the answers."""
    match condition:
        case AllOf():
            return _hold_all([compile_condition(part) for part in condition.all_])
        case AnyOf():
            return _hold_any([compile_condition(part) for part in condition.any_])
        case Not():
            inner = compile_condition(condition.not_)
            return lambda answers, today: not inner(answers, today)
        case Test():
            return _compile_test(condition)
        case _:
            assert_never(condition)


def _hold_all(parts: list[Holds]) -> Holds:
    def holds(answers: Mapping[str, Value], today: Today) -> bool:
        for part in parts:  # noqa: SIM110 - a generator for `all` costs as much as the tests themselves
            if not part(answers, today):
                return False
        return True

    return holds


def _hold_any(parts: list[Holds]) -> Holds:
    def holds(answers: Mapping[str, Value], today: Today) -> bool:
        for part in parts:  # noqa: SIM110 - as above
            if part(answers, today):
                return True
        return False

    return holds


def _compile_test(test: Test) -> Holds:
    name, missing, judge = test.answer, _when_missing(test), _judge(test)

    def holds(answers: Mapping[str, Value], today: Today) -> bool:
        value = answers.get(name, UNKNOWN)
        if value is UNKNOWN or value is DECLINED:
            return missing
        return judge(value, today)

    return holds


def _when_missing(test: Test) -> bool:
    """A missing answer is not known, is not this, and is not one of these; every other comparison fails."""
    return test.known is False or test.is_not is not None or test.not_in is not None


def _judge(test: Test) -> Callable[[Value, Today], bool]:
    if test.known is not None:
        wanted = test.known
        return lambda _value, _today: wanted
    if (said := test.is_) is not None:
        return lambda value, _today: value == said
    if (other := test.is_not) is not None:
        return lambda value, _today: value != other
    if test.in_ is not None:
        members = frozenset(test.in_)
        return lambda value, _today: isinstance(value, str) and value in members
    if test.not_in is not None:
        others = frozenset(test.not_in)
        return lambda value, _today: not (isinstance(value, str) and value in others)
    if test.has is not None:
        return lambda value, _today: isinstance(value, list) and test.has in value
    return _judge_order(test)


def _judge_order(test: Test) -> Callable[[Value, Today], bool]:
    least, most = test.at_least, test.at_most
    if least is not None:
        return lambda value, _today: isinstance(value, int) and value >= least
    if most is not None:
        return lambda value, _today: isinstance(value, int) and value <= most
    before, after, span = test.before, test.after, test.within
    if before is not None:
        return lambda value, _today: (day := day_of(value)) is not None and day < before
    if after is not None:
        return lambda value, _today: (day := day_of(value)) is not None and day > after
    if span is not None:
        return lambda value, today: (day := day_of(value)) is not None and dt.timedelta() <= today() - day <= span
    return lambda _value, _today: False


def day_of(value: Value) -> dt.date | None:
    """The day of an answer of kind `when` ("2026-11-21", "2026-11-21T18:30", "2026-11-21/abend")."""
    if not isinstance(value, str):
        return None
    try:
        return dt.date.fromisoformat(value[:10])
    except ValueError:
        return None

"""Every path of a small closure, walked with real answers instead of sets of possibilities.

Slow and plain on purpose: no slots, no classes, no liveness, no merging. Conditions are judged by the engine's own
`compile_condition`. What the walk over all paths finds must be exactly what is found here.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections import deque
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from bot.flows.checking.files import File, answer_of, blanks_of, conditions_of, tests_of
from bot.flows.checking.graph import following
from bot.flows.checking.invariants import PERSON, Invariants
from bot.flows.checking.symbols import Given, Table
from bot.flows.checking.tables import target_of
from bot.flows.checking.terrain import Place
from bot.flows.conditions import compile_condition
from bot.flows.conversation import DECLINED, UNKNOWN, Value
from bot.flows.steps import (
    AnyStep,
    Branch,
    Call,
    Checklist,
    Choose,
    ChooseMany,
    ContactStep,
    End,
    Question,
    Scale,
    Set,
)

TODAY = dt.date(2026, 6, 15)
Answers = tuple[tuple[str, Any], ...]


class Standing(NamedTuple):
    """Where a walk stands, with everything that was ever answered."""

    file: str
    step: str
    stack: tuple[tuple[str, str], ...]
    answers: Answers
    flags: int


class Seen(NamedTuple):
    """What was found: findings by code, step and detail; comparisons met too early; arms of branches taken."""

    findings: set[tuple[str, str, str, str]]
    unasked: set[int]
    arms: set[tuple[str, str, int]]


def walk_all(root: File, closure: Mapping[str, File]) -> Seen:
    """Walk every path of `root` from the beginning."""
    seen = Seen(set(), set(), set())
    rules = Invariants(root, Table())
    first = Standing(root.id, root.playbook.first, (), (), rules.start)
    known, waiting = {first}, deque([first])
    while waiting:
        for standing in _moves(waiting.popleft(), closure, rules, seen):
            if standing not in known:
                known.add(standing)
                waiting.append(standing)
    return seen


def _moves(at: Standing, closure: Mapping[str, File], rules: Invariants, seen: Seen) -> Iterator[Standing]:
    file = closure[at.file]
    step = file.playbook.steps[at.step]
    place = Place(0, file, at.step, step, -1)
    answers: dict[str, Value] = {name: _thaw(value) for name, value in at.answers}
    after = following(file.playbook)[at.step]
    for blank in blanks_of(at.step, step):
        if blank not in answers:
            seen.findings.add(("luecke-offen", at.file, at.step, blank))
        elif not Given(answers[blank]).shows:
            seen.findings.add(("luecke-leer", at.file, at.step, blank))
    flags = at.flags
    if isinstance(step, Question) and step.once and answer_of(at.step, step) in answers:
        given = Given(answers[answer_of(at.step, step)])
        target = target_of(step, given.value) or after
        yield at._replace(step=target, flags=rules.choose(place, given, flags))
        return
    if isinstance(step, Question) and step.confidential:
        new = {**answers, answer_of(at.step, step): DECLINED}
        told = rules.choose(place, Given(DECLINED), flags)
        yield at._replace(step=step.decline_go or after, answers=_freeze(new), flags=told)
    ends = isinstance(step, End) and not at.stack
    flags, found = rules.enter(place, flags, ends=ends)
    seen.findings.update((finding.code, at.file, at.step, "") for finding in found)
    at = at._replace(flags=flags)
    if isinstance(step, Question):
        flags, found = rules.ask(place, flags)
        seen.findings.update((finding.code, at.file, at.step, "") for finding in found)
        for value in _values(step):
            given = Given(value)
            new = {**answers, answer_of(at.step, step): value}
            yield at._replace(
                step=target_of(step, value) or after, answers=_freeze(new), flags=rules.choose(place, given, flags)
            )
    else:
        yield from _plain(at, step, after, answers, closure, rules, seen)


def _plain(
    at: Standing,
    step: AnyStep,
    after: str,
    answers: dict[str, Value],
    closure: Mapping[str, File],
    rules: Invariants,
    seen: Seen,
) -> Iterator[Standing]:
    match step:
        case Branch():
            seen.arms.add((at.file, at.step, -1))
            for number, case in enumerate(step.cases):
                _note_unasked(at, case.if_, answers, seen)
                if compile_condition(case.if_)(answers, lambda: TODAY):
                    seen.arms.add((at.file, at.step, number))
                    yield at._replace(step=case.go)
                    return
            yield at._replace(step=step.else_)
        case Set():
            yield at._replace(step=after, answers=_freeze({**answers, **step.values}))
        case Call():
            callee = closure[step.playbook].playbook
            yield at._replace(file=callee.id, step=callee.first, stack=(*at.stack, (at.file, after)))
        case End():
            if at.stack:
                file, name = at.stack[-1]
                yield at._replace(file=file, step=name, stack=at.stack[:-1])
            else:
                seen.findings.update((finding.code, at.file, at.step, "") for finding in rules.over(at.flags))
        case ContactStep():
            left = set(step.kinds)
            for part in step.without:
                _note_unasked(at, part.if_, answers, seen)
                if compile_condition(part.if_)(answers, lambda: TODAY):
                    left -= set(part.kinds)
            yield at._replace(step=after, flags=at.flags | PERSON if left else at.flags)
        case _:
            yield at._replace(step=after)


def _note_unasked(at: Standing, condition: Any, answers: dict[str, Value], seen: Seen) -> None:  # noqa: ANN401
    """Comparisons in the order in which they are read, until the outcome is known."""
    for _path, test in tests_of((), condition):
        if test.answer not in answers and test.known is None:
            seen.unasked.add(id(test))


def _values(step: Question) -> Iterator[Value]:
    match step:
        case Choose():
            yield from step.options
        case ChooseMany():
            for count in range(len(step.options) + 1):
                yield from (list(ticked) for ticked in itertools.combinations(step.options, count))
        case Checklist():
            yield ["x"]
        case Scale():
            yield from range(step.least, step.most + 1)
        case _:
            yield "x"
    if step.unknown:
        yield UNKNOWN
    if step.decline:
        yield DECLINED


def _freeze(answers: Mapping[str, Any]) -> Answers:
    return tuple(sorted((name, tuple(value) if isinstance(value, list) else value) for name, value in answers.items()))


def _thaw(value: Any) -> Value:  # noqa: ANN401 - what `_freeze` made
    return list(value) if isinstance(value, tuple) else value


def conditions(closure: Mapping[str, File]) -> dict[int, tuple[str, str]]:
    """The steps of all comparisons, by their ids."""
    return {
        id(test): (file.id, name)
        for file in closure.values()
        for name, step in file.playbook.steps.items()
        for path, condition in conditions_of(name, step)
        for _path, test in tests_of(path, condition)
    }

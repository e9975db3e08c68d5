"""Every person there can be, sent through a small file before and after an edit: what the walk of both must agree with.

Files only lead forward and ask for each answer once, so that a person is one value for each answer.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from bot.flows.conditions import compile_condition
from bot.flows.conversation import DECLINED, UNKNOWN, Value
from bot.flows.playbook import Playbook
from bot.flows.steps import Branch, Choose, ContactStep, End, Message, Set

WORDS = ("x", "y", "z")
TAGS = ("gefahr", "notruf", "beweise", "melden")
STEPS = ("s0", "s1", "s2", "s3", "s4", "s5")
# Asked by another file; here it is known or not, as it comes.
FOREIGN = "f"
UNASKED = "nie gefragt"
TODAY = dt.date(2026, 6, 15)


def _text(words: str) -> dict[str, str]:
    return {"de": words}


@st.composite
def _condition(draw: st.DrawFn, depth: int = 1) -> dict[str, Any]:
    kind: str = draw(st.sampled_from(("test", "test", "all", "any", "not") if depth else ("test",)))
    if kind == "not":
        return {"not": draw(_condition(0))}
    if kind in ("all", "any"):
        return {kind: draw(st.lists(_condition(0), min_size=1, max_size=2))}
    answer = draw(st.sampled_from((*STEPS, FOREIGN, "n")))
    how = draw(st.sampled_from(("is", "is", "is_not", "in", "known")))
    word: Any = draw(st.sampled_from(WORDS))
    return {"answer": answer, how: [word, "y"] if how == "in" else "true" if how == "known" else word}


@st.composite
def _step(draw: st.DrawFn, name: str, later: tuple[str, ...]) -> dict[str, Any]:
    tags = draw(st.lists(st.sampled_from(TAGS), max_size=1))
    to = st.sampled_from(later)
    kind = draw(st.sampled_from(("choose", "choose", "branch", "message", "contact", "set")))
    step: dict[str, Any] = {"kind": kind, "tags": tags}
    if kind == "choose":
        options: dict[str, dict[str, Any]] = {
            word: {"label": _text(word)} for word in draw(st.sampled_from((("x", "y"), ("x", "y", "z"), ("y", "z"))))
        }
        for option in options.values():
            if draw(st.booleans()):
                option |= {"go": draw(to)}
            if draw(st.integers(0, 3)) == 0:
                option |= {"tags": [draw(st.sampled_from(TAGS))]}
        step |= {"text": _text(f"{name}?"), "options": options, "once": draw(st.sampled_from(("true", "false")))}
        step["unknown"] = draw(st.sampled_from(("true", "false")))
        step["decline"] = "false"
    elif kind == "branch":
        cases = draw(st.lists(_condition(), min_size=1, max_size=2))
        step |= {"cases": [{"if": one, "go": draw(to)} for one in cases], "else": draw(to)}
    elif kind == "contact":
        step |= {"text": _text(name), "kinds": ["polizei"]}
    elif kind == "set":
        step |= {"values": {"n": draw(st.sampled_from(WORDS))}}
    else:
        step |= {"text": _text(name)}
    return {**step, "next": draw(to)} if kind != "branch" and draw(st.booleans()) else step


@st.composite
def _file(draw: st.DrawFn, like: dict[str, Any] | None = None) -> dict[str, Any]:
    ids = (*STEPS[: draw(st.integers(2, 6))], "ende")
    steps: dict[str, Any] = {}
    for number, name in enumerate(ids[:-1]):
        old = (like or {}).get(name)
        later = ids[number + 1 :]
        keeps = old is not None and all(target in later for target in _targets(old)) and draw(st.integers(0, 2)) > 0
        steps[name] = old if keeps else draw(_step(name, later))
    return {**steps, "ende": {"kind": "end"}}


def _targets(step: Mapping[str, Any]) -> Iterator[str]:
    yield from (part["go"] for part in (*step.get("options", {}).values(), *step.get("cases", ())) if "go" in part)
    yield from (step[key] for key in ("next", "else") if key in step)


@st.composite
def edits(draw: st.DrawFn) -> tuple[dict[str, Playbook], dict[str, Playbook]]:
    """A file before and after an edit, beside a reception that asks for one more answer."""
    old = draw(_file())
    new = draw(_file(old))
    options = {word: {"label": _text(word)} for word in WORDS}
    asks = {"f": {"kind": "choose", "text": _text("f?"), "options": options}, "ende": {"kind": "end"}}
    reception = _playbook("empfang", "empfang", asks)
    return (
        {"empfang": reception, "weg": _playbook("weg", "nachfrage", old)},
        {"empfang": reception, "weg": _playbook("weg", "nachfrage", new)},
    )


def _playbook(name: str, kind: str, steps: dict[str, Any]) -> Playbook:
    return Playbook.model_validate(
        {"id": name, "type": kind, "title": _text(name), "review_by": "2030-01-01", "steps": steps}
    )


@dataclass(frozen=True)
class Way:
    """What one person meets in one version: steps and tags in their order, and which questions they answered.

    `lacks`: the question that does not take their answer; "": they get through.
    """

    met: tuple[tuple[str, frozenset[str]], ...]
    asked: frozenset[str]
    lacks: str = ""

    @property
    def there(self) -> bool:
        """Whether there is such a way."""
        return not self.lacks

    @property
    def steps(self) -> frozenset[str]:
        """The steps."""
        return frozenset(step for step, _tags in self.met)

    @property
    def tags(self) -> frozenset[str]:
        """All tags."""
        return frozenset(tag for _step, tags in self.met for tag in tags)


def everybody(old: Playbook, new: Playbook) -> Iterator[tuple[dict[str, Value], Way, Way]]:
    """All people with their ways; nobody gives an answer that no version takes."""
    for person in _people(old, new):
        one, two = go(old, person), go(new, person)
        if not (one.lacks and one.lacks not in two.asked) and not (two.lacks and two.lacks not in one.asked):
            yield person, one, two


def _people(old: Playbook, new: Playbook) -> Iterator[dict[str, Value]]:
    """One value for each answer that either version asks for."""
    values: dict[str, list[Value]] = {FOREIGN: [UNASKED, *WORDS, UNKNOWN, DECLINED]}
    for playbook in (old, new):
        for name, step in playbook.steps.items():
            if isinstance(step, Choose):
                known = values.setdefault(name, [])
                more: list[Value] = [*step.options, *([UNKNOWN] if step.unknown else [])]
                known += [value for value in more if value not in known]
    for row in itertools.product(*values.values()):
        yield dict(zip(values, row, strict=True))


def go(playbook: Playbook, person: Mapping[str, Value]) -> Way:
    """Send a person through."""
    ids = list(playbook.steps)
    answers: dict[str, Value] = {FOREIGN: person[FOREIGN]} if person[FOREIGN] != UNASKED else {}
    met: list[tuple[str, frozenset[str]]] = []
    asked: set[str] = set()
    at = ids[0]
    while True:
        step = playbook.steps[at]
        tags, after = set(step.tags), step.next or ids[min(ids.index(at) + 1, len(ids) - 1)]
        match step:
            case End():
                return Way((*met, (at, frozenset(tags))), frozenset(asked))
            case Branch():
                holds = (case.go for case in step.cases if compile_condition(case.if_)(answers, lambda: TODAY))
                after = next(holds, step.else_)
            case Set():
                answers |= {name: str(value) for name, value in step.values.items()}
            case ContactStep():
                tags.add("person")
            case Choose():
                value = person[at]
                if not (value in step.options if isinstance(value, str) else step.unknown):
                    return Way((*met, (at, frozenset())), frozenset(asked), at)
                asked.add(at)
                answers[at] = value
                if isinstance(value, str):
                    tags |= set(step.options[value].tags)
                    after = step.options[value].go or after
            case _:
                assert isinstance(step, Message)
        met.append((at, frozenset(tags)))
        at = after

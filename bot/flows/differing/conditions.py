"""Conditions as German words: `„Lage“ ist „Es läuft“ und „Stufe“ ist mindestens 3`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bot.flows.checking.files import answer_of, options_of
from bot.flows.differing.naming import asked, day, german, label, quoted, span
from bot.flows.playbook import Playbook
from bot.flows.steps import AllOf, AnyOf, Checklist, Condition, Not, Question, Test
from bot.flows.wording import phrase, pick


@dataclass(frozen=True, slots=True)
class Answers:
    """How answers are called. `names`: by answer; `labels`: by answer and option; `values`: the options of each."""

    names: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[tuple[str, str], str] = field(default_factory=dict)
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, files: Iterable[Playbook]) -> Answers:
        """Look in all files; the first that asks gives the name."""
        names: dict[str, str] = {}
        labels: dict[tuple[str, str], str] = {}
        values: dict[str, tuple[str, ...]] = {}
        for playbook in files:
            for name, step in playbook.steps.items():
                if not isinstance(step, Question):
                    continue
                answer = answer_of(name, step)
                names.setdefault(answer, quoted(pick(step.short, "de") if step.short else asked(german(step.text))))
                parts = step.items if isinstance(step, Checklist) else options_of(step)
                values.setdefault(answer, tuple(parts))
                for key, part in parts.items():
                    labels.setdefault((answer, key), label(part.label))
        return cls(names, labels, values)

    def name(self, answer: str) -> str:
        """An answer by its question's short form, else by its id."""
        return self.names.get(answer, quoted(answer))

    def is_clear(self, label: str) -> bool:
        """Whether an answer is known by its label alone: no plain yes or no, and not an answer to several questions."""
        asked_by = {answer for (answer, _option), its in self.labels.items() if its == label}
        return len(asked_by) == 1 and label not in ("„Ja“", "„Nein“")

    def value(self, answer: str, value: object) -> str:
        """What was answered."""
        if value is None:
            return quoted(phrase("unknown", "de"))
        if value is False:
            return quoted(phrase("declined", "de"))
        return self.labels.get((answer, str(value)), quoted(str(value)))


def say(condition: Condition, answers: Answers, *, inner: bool = False) -> str:
    """The condition in words. `inner`: it stands in another one, so several parts get brackets."""
    match condition:
        case AllOf():
            parts = " und ".join(say(part, answers, inner=True) for part in condition.all_)
            return f"({parts})" if inner and len(condition.all_) > 1 else parts
        case AnyOf():
            parts = " oder ".join(say(part, answers, inner=True) for part in condition.any_)
            return f"({parts})" if inner and len(condition.any_) > 1 else parts
        case Not():
            return f"nicht ({say(condition.not_, answers)})"
        case Test():
            words = f"{answers.name(condition.answer)} {_compared(condition, answers)}"
            return f"({words})" if inner and len(condition.in_ or ()) > 1 else words


def _compared(test: Test, answers: Answers) -> str:
    def said(value: str) -> str:
        return answers.value(test.answer, value)

    # Exactly one comparison is there (`Test`).
    compared = next((key, value) for key, value in test if key != "answer" and value is not None)
    match compared:
        case ("is_" | "is_not" as key, str(value)):
            return f"ist {'nicht ' if key == 'is_not' else ''}{said(value)}"
        case ("in_", tuple(values)):
            return f"ist {' oder '.join(map(said, values))}"
        case ("not_in", tuple(values)):
            return (
                f"ist weder {' noch '.join(map(said, values))}" if len(values) > 1 else f"ist nicht {said(values[0])}"
            )
        case ("has", str(value)):
            return f"enthält {said(value)}"
        case ("at_least" | "at_most" as key, value):
            return f"ist {'mindestens' if key == 'at_least' else 'höchstens'} {value}"
        case ("before" | "after" as key, dt.date() as value):
            return f"liegt {'vor' if key == 'before' else 'nach'} dem {day(value)}"
        case ("within", dt.timedelta() as value):
            return f"liegt höchstens {span(value)} zurück"
        case _:
            return "ist bekannt" if test.known else "ist nicht bekannt"

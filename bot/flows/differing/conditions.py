"""Conditions as German words: `„Lage“ ist „Es läuft“ und „Stufe“ ist mindestens 3`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bot.flows.checking.files import answer_of, options_of
from bot.flows.differing.naming import asked, day, german, label, quoted, span
from bot.flows.playbook import Playbook
from bot.flows.steps import All, Any_, Checklist, Condition, Not, Question, Test
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
        case All():
            parts = " und ".join(say(part, answers, inner=True) for part in condition.all_)
            return f"({parts})" if inner and len(condition.all_) > 1 else parts
        case Any_():
            parts = " oder ".join(say(part, answers, inner=True) for part in condition.any_)
            return f"({parts})" if inner and len(condition.any_) > 1 else parts
        case Not():
            return f"nicht ({say(condition.not_, answers)})"
        case Test():
            return f"{answers.name(condition.answer)} {_compared(condition, answers)}"


def _compared(test: Test, answers: Answers) -> str:
    def said(value: str) -> str:
        return answers.value(test.answer, value)

    # Exactly one comparison is there (`Test`).
    words = {
        "is_": lambda: f"ist {said(str(test.is_))}",
        "is_not": lambda: f"ist nicht {said(str(test.is_not))}",
        "in_": lambda: f"ist {_either(map(said, test.in_ or ()))}",
        "not_in": lambda: f"ist nicht {_either(map(said, test.not_in or ()))}",
        "has": lambda: f"enthält {said(str(test.has))}",
        "at_least": lambda: f"ist mindestens {test.at_least}",
        "at_most": lambda: f"ist höchstens {test.at_most}",
        "before": lambda: f"liegt vor dem {day(test.before)}" if test.before else "",
        "after": lambda: f"liegt nach dem {day(test.after)}" if test.after else "",
        "within": lambda: f"liegt höchstens {span(test.within)} zurück" if test.within else "",
        "known": lambda: "ist bekannt" if test.known else "ist nicht bekannt",
    }
    return next(words[key]() for key, value in test if key in words and value is not None)


def _either(values: Iterable[str]) -> str:
    return " oder ".join(values)

"""A playbook as a picture: a flowchart in Mermaid's text form (mermaid.js.org, "Flowcharts"), in German.

Pure. What a step is shows in its shape: a question is a hexagon, a branch a diamond, a list of people a stadium,
another file a box with double sides, an end a rounded box. Words are cut so that a picture stays one; what is said in
full stands in the file.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, cast

from bot.flows.checking.files import options_of
from bot.flows.checking.graph import falls_on, following
from bot.flows.differing.conditions import Answers, say
from bot.flows.playbook import Playbook
from bot.flows.steps import (
    AnyStep,
    Branch,
    Call,
    CheckIns,
    Checklist,
    ContactStep,
    End,
    FreeText,
    OfferCase,
    OfferPlaybooks,
    Question,
    Set,
    Template,
)
from bot.flows.wording import phrase, pick

WIDTH: Final = 30
MOST_IN_STEP: Final = 84
MOST_ON_ARROW: Final = 56
# So many answers that lead the same way are named.
MOST_NAMED: Final = 3

_SHAPES: Final[Mapping[type[AnyStep], tuple[str, str]]] = {
    Branch: ("{", "}"),
    Call: ("[[", "]]"),
    ContactStep: ("([", "])"),
    Template: ("[/", "/]"),
    Set: (">", "]"),
    End: ("(", ")"),
}
_QUESTION: Final = ("{{", "}}")
_PLAIN: Final = ("[", "]")
# Colours that can be told apart in grey and by colour-blind readers; the shape says it too.
_CLASSES: Final[Mapping[str, str]] = {
    "notruf": "fill:#ffd9d6,stroke:#a8201a,stroke-width:3px,color:#000",
    "frage": "fill:#dcebff,stroke:#1f4e8c,color:#000",
    "mensch": "fill:#dff3df,stroke:#2d6a2d,color:#000",
    "ende": "fill:#eeeeee,stroke:#444444,color:#000",
}


def draw(playbook: Playbook, answers: Answers) -> str:
    """The flowchart, every step and every arrow; ends with a line end. `answers`: how answers are called."""
    drawer = _Drawer(playbook, answers)
    lines = ["flowchart TD", *drawer.boxes(), *drawer.arrows(), *drawer.classes()]
    return "\n    ".join(lines) + "\n"


class _Drawer:
    """Draws one file."""

    def __init__(self, playbook: Playbook, answers: Answers) -> None:
        self._steps = playbook.steps
        self._after = following(playbook)
        self._answers = answers

    def boxes(self) -> Iterator[str]:
        """One line for each step."""
        for name, step in self._steps.items():
            left, right = _SHAPES.get(type(step), _QUESTION if isinstance(step, Question) else _PLAIN)
            yield f'{_node(name)}{left}"{_wrapped(_said(step), MOST_IN_STEP)}"{right}'

    def arrows(self) -> Iterator[str]:
        """One line for each place that a step leads to, with all that leads there."""
        for name, step in self._steps.items():
            ways: dict[str, list[str]] = {}
            for target, words in self._ways(name, step):
                ways.setdefault(target, []).append(words)
            for target, labels in ways.items():
                words = _listed(labels) if len(ways) > 1 or isinstance(step, Branch) else ""
                label = f'|"{_wrapped(words, MOST_ON_ARROW)}"|' if words else ""
                yield f"{_node(name)} -->{label} {_node(target)}"

    def classes(self) -> Iterator[str]:
        """Colours, and which boxes have them."""
        members: dict[str, list[str]] = {}
        for name, step in self._steps.items():
            if kind := _class_of(step):
                members.setdefault(kind, []).append(_node(name))
        for kind in (kind for kind in _CLASSES if kind in members):
            yield f"classDef {kind} {_CLASSES[kind]}"
            yield f"class {','.join(members[kind])} {kind}"

    def _ways(self, name: str, step: AnyStep) -> Iterator[tuple[str, str]]:
        if isinstance(step, Branch):
            yield from ((case.go, say(case.if_, self._answers)) for case in step.cases)
            yield step.else_, "sonst"
        elif isinstance(step, Question):
            yield from self._answered(name, step)
        elif falls_on(step):
            yield self._after[name], ""

    def _answered(self, name: str, step: Question) -> Iterator[tuple[str, str]]:
        after, options = self._after[name], options_of(cast("AnyStep", step))
        for option in options.values():
            yield option.go or after, pick(option.label, "de")
        if isinstance(step, OfferCase):
            yield step.accepted, "Ja"
            yield step.declined, "Nein"
        elif isinstance(step, OfferPlaybooks):
            yield step.other, phrase("something_else", "de")
        elif not options:
            yield after, "beantwortet"
        if step.unknown:
            yield step.unknown_go or after, phrase("unknown", "de")
        if step.decline or step.confidential:
            yield step.decline_go or after, phrase("declined", "de")


def _said(step: AnyStep) -> str:
    """What a box says."""
    match step:
        case Branch():
            return "Welcher Weg"
        case Call():
            return step.playbook
        case Set():
            return f"notiert: {', '.join(step.values)}"
        case CheckIns() | OfferCase() | FreeText() | Checklist() | Question():
            return (pick(step.short, "de") + ": " if step.short else "") + pick(step.text, "de")[-1]
        case End():
            return pick(step.text, "de")[0] if step.text else "Ende"
        case _:
            return pick(step.text, "de")[0]


def _class_of(step: AnyStep) -> str:
    if "notruf" in step.tags:
        return "notruf"
    if isinstance(step, Question):
        return "frage"
    if isinstance(step, ContactStep) or "person" in step.tags:
        return "mensch"
    return "ende" if isinstance(step, End) else ""


def _node(name: str) -> str:
    """A name that is no word of Mermaid's own ("end", "class")."""
    return f"s_{name}"


def _listed(labels: Iterable[str]) -> str:
    names = [label for label in dict.fromkeys(labels) if label]
    more = f" und {len(names) - MOST_NAMED} weitere" if len(names) > MOST_NAMED else ""
    return ", ".join(names[:MOST_NAMED]) + more


def _wrapped(text: str, most: int) -> str:
    """Words that Mermaid shows as they are, cut to a length and broken into lines."""
    plain = textwrap.shorten(" ".join(text.split()), most, placeholder=" …")
    lines = textwrap.wrap(plain, WIDTH, break_long_words=False) or [plain]
    return "<br/>".join(line.replace("&", "#amp;").replace("<", "#lt;").replace('"', "#quot;") for line in lines)

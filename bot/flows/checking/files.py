"""A playbook beside the file it was read from, so that whatever is wrong with it has a line and a column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from bot.documents import Document, Path, Problem, Severity
from bot.flows.playbook import Playbook
from bot.flows.steps import (
    AllOf,
    AnyOf,
    AnyStep,
    Branch,
    CheckIns,
    Checklist,
    Choose,
    ChooseMany,
    Condition,
    ContactStep,
    FreeText,
    Item,
    Not,
    OfferCase,
    OfferPlaybooks,
    Option,
    Question,
    Template,
    Test,
)
from bot.flows.wording import BLANK

# What stands in quotation marks is somebody else's.
QUOTED: Final = re.compile('„[^“”]*[“”]|“[^”]*”|»[^«]*«|"[^"]*"|‚[^‘]*‘')

Role = Literal["text", "purpose", "body", "label", "hint", "short", "title", "offer"]


@dataclass(frozen=True, slots=True)
class File:
    """One playbook and its document."""

    playbook: Playbook
    document: Document

    @property
    def id(self) -> str:
        """The playbook's id."""
        return self.playbook.id

    def problem(  # noqa: PLR0913 - a problem has so many parts
        self,
        path: Path,
        code: str,
        what: str,
        todo: str,
        *,
        severity: Severity = "error",
        key: bool = False,
        words: str = "",
        example: tuple[str, ...] = (),
    ) -> Problem:
        """A problem at the value at `path`: at its `key`, or where `words` stand in it."""
        document = self.document
        at = document.key_position(path) if key else document.locate(path, words) if words else document.position(path)
        return document.problem(at, code, what, todo, severity, example)

    def line(self, path: Path) -> int:
        """The line on which `path` is named."""
        return self.document.key_position(path)[0]


@dataclass(frozen=True, slots=True)
class Words:
    """One text in all languages: bubbles, or one line. `path` leads to it, `step` is "" for the file's own."""

    path: Path
    role: Role
    texts: Mapping[str, tuple[str, ...]]
    step: str = ""

    def place(self, file: File, language: str, bubble: int = 0) -> Path:
        """Where one bubble is written: text that is no list has no positions of its own inside."""
        inner = (*self.path, language, bubble)
        return inner if inner in file.document.spots else inner[:-1]


def words_of(file: File) -> Iterator[Words]:
    """Every text of a file that a person may read."""
    playbook = file.playbook
    yield Words(("title",), "title", _lines(playbook.title))
    if playbook.offer:
        yield Words(("offer",), "offer", _lines(playbook.offer))
    for name, step in playbook.steps.items():
        yield from step_words(name, step)


def step_words(name: str, step: AnyStep) -> Iterator[Words]:
    """Every text of one step."""
    at: Path = ("steps", name)
    text = getattr(step, "text", None)
    if text is not None:
        yield Words((*at, "text"), "text", text, name)
    if isinstance(step, FreeText):
        yield Words((*at, "purpose"), "purpose", step.purpose, name)
    if isinstance(step, Template):
        yield Words((*at, "body"), "body", step.body, name)
    if isinstance(step, Question) and step.short:
        yield Words((*at, "short"), "short", _lines(step.short), name)
    if isinstance(step, OfferPlaybooks) and step.unclear:
        yield Words((*at, "unclear", "text"), "text", step.unclear.text, name)
        for key, area in step.unclear.options.items():
            yield Words((*at, "unclear", "options", key, "label"), "label", _lines(area.label), name)
    kind = "items" if isinstance(step, Checklist) else "options"
    parts: Mapping[str, Option | Item] = step.items if isinstance(step, Checklist) else options_of(step)
    for key, part in parts.items():
        yield Words((*at, kind, key, "label"), "label", _lines(part.label), name)
        if part.hint:
            yield Words((*at, kind, key, "hint"), "hint", _lines(part.hint), name)


def options_of(step: AnyStep) -> Mapping[str, Option]:
    """The options of a step that has some."""
    return step.options if isinstance(step, Choose | ChooseMany | CheckIns) else {}


def targets_of(name: str, step: AnyStep) -> Iterator[tuple[Path, str]]:
    """Every step that is named in this one, with the place where it is named; not the silent "the following"."""
    at: Path = ("steps", name)
    named: list[tuple[Path, str | None]] = [((*at, "next"), step.next)]
    if isinstance(step, Question):
        named += [((*at, "unknown_go"), step.unknown_go), ((*at, "decline_go"), step.decline_go)]
    named += [((*at, "options", key, "go"), option.go) for key, option in options_of(step).items()]
    if isinstance(step, Branch):
        named += [((*at, "cases", index, "go"), case.go) for index, case in enumerate(step.cases)]
        named.append(((*at, "else"), step.else_))
    if isinstance(step, OfferCase):
        named += [((*at, "accepted"), step.accepted), ((*at, "declined"), step.declined)]
    if isinstance(step, OfferPlaybooks):
        named.append(((*at, "other"), step.other))
    return ((path, target) for path, target in named if target is not None)


def conditions_of(name: str, step: AnyStep) -> Iterator[tuple[Path, Condition]]:
    """Every condition of a step."""
    at: Path = ("steps", name)
    if isinstance(step, Branch):
        yield from (((*at, "cases", index, "if"), case.if_) for index, case in enumerate(step.cases))
    if isinstance(step, ContactStep):
        yield from (((*at, "without", index, "if"), part.if_) for index, part in enumerate(step.without))


def tests_of(path: Path, condition: Condition) -> Iterator[tuple[Path, Test]]:
    """Every single comparison in a condition, in the order in which it is read."""
    match condition:
        case Test():
            yield path, condition
        case Not():
            yield from tests_of((*path, "not"), condition.not_)
        case AllOf():
            for index, part in enumerate(condition.all_):
                yield from tests_of((*path, "all", index), part)
        case AnyOf():
            for index, part in enumerate(condition.any_):
                yield from tests_of((*path, "any", index), part)


def answer_of(name: str, step: AnyStep) -> str:
    """The answer that a question saves; empty for other steps."""
    return (step.save or name) if isinstance(step, Question) else ""


def blanks_of(name: str, step: AnyStep) -> set[str]:
    """The blanks that must be filled when this step is shown (a text to copy may have open ones)."""
    texts = [words.texts for words in step_words(name, step) if words.role in ("text", "purpose")]
    return {
        blank for text in texts for bubbles in text.values() for bubble in bubbles for blank in BLANK.findall(bubble)
    }


def _lines(line: Mapping[str, str]) -> Mapping[str, tuple[str, ...]]:
    return {language: (text,) for language, text in line.items()}

"""The steps of a closure as numbered places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from bot.flows.checking.files import File, answer_of, blanks_of
from bot.flows.checking.graph import following
from bot.flows.checking.promises import promised_by
from bot.flows.checking.symbols import Given, Table
from bot.flows.checking.tables import ways_to_answer
from bot.flows.steps import AnyStep, Question


@dataclass(frozen=True, slots=True)
class Place:
    """One step. `next`: where it goes on, -1 for nowhere; `blanks`: slots that its texts show.

    `promises`: flags of what must have been agreed on before its texts are shown, with the words that promise it.
    Of a question: `answer` is what it saves, `slot` where (-1: nobody looks at it), `ticks` the slots of its options,
    `givens` the ways to answer it.
    """

    index: int
    file: File
    name: str
    step: AnyStep
    next: int
    blanks: tuple[int, ...] = ()
    answer: str = ""
    slot: int = -1
    ticks: tuple[int, ...] = ()
    givens: tuple[Given, ...] = ()
    promises: Mapping[int, str] = field(default_factory=dict)

    @property
    def path(self) -> tuple[str, str]:
        """Where it stands in its file."""
        return ("steps", self.name)


@dataclass(frozen=True, slots=True)
class Terrain:
    """All steps that run together. `index` finds one by file and step, `first` is where each file begins."""

    places: tuple[Place, ...]
    index: Mapping[tuple[str, str], int]
    first: Mapping[str, int]

    def at(self, place: Place, name: str) -> int:
        """The place that a step means by `name`; "" is its own next."""
        return self.index[place.file.id, name] if name else place.next


def survey(closure: Mapping[str, File], table: Table) -> Terrain:
    """Number the steps of the files; expects that every target and every called file is there."""
    index: dict[tuple[str, str], int] = {}
    for file in closure.values():
        for name in file.playbook.steps:
            index[file.id, name] = len(index)
    places: list[Place] = []
    for file in closure.values():
        after = following(file.playbook)
        for name, step in file.playbook.steps.items():
            goes_on = index[file.id, after[name]] if after[name] else -1
            blanks = tuple(table.by_name[blank] for blank in sorted(blanks_of(name, step)) if blank in table.by_name)
            place = Place(len(places), file, name, step, goes_on, blanks, promises=promised_by(step))
            places.append(_question(place, step, table) if isinstance(step, Question) else place)
    first = {file.id: index[file.id, file.playbook.first] for file in closure.values()}
    return Terrain(tuple(places), index, first)


def _question(place: Place, step: Question, table: Table) -> Place:
    answer = answer_of(place.name, place.step)
    ticks = tuple(slot for (name, _option), slot in table.ticks.items() if name == answer)
    slot = table.by_name.get(answer, -1)
    return replace(
        place, answer=answer, slot=slot, ticks=ticks, givens=tuple(ways_to_answer(step, table.tests.get(answer, [])))
    )

"""How far it is to help: the answers and the reading before the first useful instruction, on the worst way there.

An instruction is useful when it can be acted on at once: somebody to call, a list to work through, a text to send, what
to do with evidence, or a sentence that begins with what to do ("Bleiben Sie drinnen."). The emergency numbers count for
those who said that they are in danger; for everybody else they are what every page says.

Reading is counted in German, at 179 words a minute: what young adults read aloud (Trauzettel-Klosinski and Dietz,
Standardized Assessment of Reading Performance: The New International Reading Speed Texts IReST, Invest. Ophthalmol.
Vis. Sci. 53 (2012) 5452). In silence one reads faster, about 238 (Brysbaert, J. Mem. Lang. 109 (2019) 104047); the
slower figure is taken because whoever needs help is shaken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from bot.flows.checking import closure_of
from bot.flows.checking.files import File, options_of
from bot.flows.checking.invariants import DANGER
from bot.flows.checking.lengths import components
from bot.flows.checking.tables import build_table
from bot.flows.checking.terrain import Place
from bot.flows.checking.walks import Exploration, explore
from bot.flows.loading import Loaded
from bot.flows.steps import AnyStep, Checklist, ContactStep, OfferPlaybooks, Question, Template

WORDS_A_MINUTE: Final = 179
MOST_ANSWERS: Final = 3
MOST_SECONDS: Final = 60

_LANGUAGE: Final = "de"
_TAGS: Final = frozenset(("beweise", "melden", "person"))
_WORD: Final = re.compile(r"\w+(?:[-·:’'/]\w+)*")
# A sentence that begins with what to do, also behind a number or a bullet.
_DO: Final = re.compile(r"(?:^|[.:!]\s+|\n)(?:\d\.\s+|[•–-]\s+)?(?:Bitte )?[A-ZÄÖÜ][a-zäöüß]+en Sie\b(?![^.\n]*\?)")


@dataclass(frozen=True, slots=True)
class Distance:
    """The worst way to the first instruction of a playbook.

    `answers`, `seconds`: counted apart, each on its worst way. `asked`: the questions on the way with most answers, by
    the names of their answers; `first`: the step that instructs there, as file and step.
    """

    answers: int
    seconds: int
    asked: tuple[str, ...]
    first: tuple[str, str]

    @property
    def near(self) -> bool:
        """Whether it is as near as it must be."""
        return self.answers <= MOST_ANSWERS and self.seconds <= MOST_SECONDS


def distances(loaded: Loaded) -> dict[str, Distance]:
    """The distance in each playbook that people are led to and in the check-in, by id; expects a clean check.

    From the first step on, as for somebody of whom nothing is known: with the question about safety.
    """
    files = {name: File(playbook, loaded.documents[name]) for name, playbook in loaded.playbooks.items()}
    roots = [file for file in files.values() if file.playbook.type in ("vorfall", "nachfrage")]
    return {root.id: distance(root, closure_of(root, files)) for root in roots}


def distance(root: File, closure: Mapping[str, File]) -> Distance:
    """The distance in one playbook that runs with these files."""
    run = explore(root, closure, (), build_table(closure.values()))
    most_answers = _Farthest(run, first=0)
    most_seconds = _Farthest(run, first=1)
    last = run.place(most_answers.end)
    return Distance(
        answers=most_answers.cost[0],
        seconds=round(most_seconds.cost[1]),
        asked=tuple(most_answers.asked()),
        first=(last.file.id, last.name),
    )


def before_a_playbook(loaded: Loaded) -> tuple[int, int]:
    """The answers and seconds that the reception takes on its shortest way to a playbook, the safety question apart.

    That question is asked there or in the playbook, once.
    """
    files = {name: File(playbook, loaded.documents[name]) for name, playbook in loaded.playbooks.items()}
    steps = [
        step for file in files.values() if file.playbook.type == "empfang" for step in file.playbook.steps.values()
    ]
    first = next(number for number, step in enumerate(steps) if isinstance(step, OfferPlaybooks))
    way = steps[: first + 1]
    return sum(isinstance(step, Question) for step in way), round(sum(map(_reading, way)))


def instructs(place: Place, *, danger: bool) -> bool:
    """Whether a step is a useful instruction for whoever reads it."""
    step = place.step
    if danger and "notruf" in step.tags:
        return True
    if isinstance(step, ContactStep | Checklist | Template) or _TAGS.intersection(step.tags):
        return True
    return not isinstance(step, Question) and any(_DO.search(bubble) for bubble in _german(step))


def _german(step: AnyStep) -> tuple[str, ...]:
    texts: Mapping[str, tuple[str, ...]] = getattr(step, "text", None) or {}
    return texts.get(_LANGUAGE, ())


def _reading(step: AnyStep) -> float:
    """Seconds for everything that a step shows."""
    shown = [*_german(step)]
    for option in options_of(step).values():
        shown += [option.label.get(_LANGUAGE, ""), option.hint.get(_LANGUAGE, "") if option.hint else ""]
    return 60 * sum(len(_WORD.findall(text)) for text in shown) / WORDS_A_MINUTE


class _Farthest:
    """The way to a first instruction that costs most; in a circle each state is passed once.

    A cost is answers and seconds; `first` says which of them counts before the other.
    """

    def __init__(self, run: Exploration, first: int) -> None:
        self._run = run
        self._first = first
        self._leads = [self._on(state) for state in range(len(run.walked.states))]
        self._best: dict[int, tuple[int, float]] = {0: (0, 0.0)}
        self._came: dict[int, tuple[int, bool]] = {}
        for part in reversed(components([[to for to, _asked in on] for on in self._leads])):
            # Once is enough outside of circles; inside, each round can settle one state more.
            for state in part * len(part):
                self._go_on(state)
        ends = (state for state in self._best if not self._leads[state])
        self.end = max(ends, key=lambda state: self._rank(self._best[state]))
        self.cost = self._best[self.end]

    def _go_on(self, state: int) -> None:
        if state not in self._best:
            return
        answers, seconds = self._best[state]
        step = self._run.place(state).step
        for to, asked in self._leads[state]:
            reading = _reading(step) if asked or not isinstance(step, Question) else 0.0
            cost = (answers + asked, seconds + reading)
            farther = to not in self._best or self._rank(cost) > self._rank(self._best[to])
            if farther and to not in self._way(state):
                self._best[to], self._came[to] = cost, (state, asked)

    def _rank(self, cost: tuple[int, float]) -> tuple[float, float]:
        return cost[self._first], cost[1 - self._first]

    def asked(self) -> Iterator[str]:
        """The answers that are given on the way, in their order."""
        for state in reversed(self._way(self.end)[:-1]):
            before, asked = self._came[state]
            if asked:
                yield self._run.place(before).answer

    def _on(self, state: int) -> list[tuple[int, bool]]:
        """Where it goes on; nowhere from an instruction."""
        danger = bool(self._run.walked.states[state].flags & DANGER)
        return [] if instructs(self._run.place(state), danger=danger) else self._run.walked.leads[state]

    def _way(self, state: int) -> list[int]:
        """Back from a state to the beginning."""
        way = [state]
        while way[-1] in self._came:
            way.append(self._came[way[-1]][0])
        return way

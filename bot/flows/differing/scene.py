"""One file before and after an edit, as it is spoken about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from bot.flows.checking.files import conditions_of, tests_of
from bot.flows.differing.changes import Change, Kind
from bot.flows.differing.conditions import Answers
from bot.flows.differing.naming import Thing, capital, listed, thing
from bot.flows.differing.pairing import Pairs, pair_steps
from bot.flows.differing.routes import Routes
from bot.flows.differing.texts import Texts
from bot.flows.playbook import Playbook
from bot.flows.steps import AnyStep, Branch

# A branch is called after fewer answers than this.
MOST: Final = 3


@dataclass(frozen=True, slots=True)
class Side:
    """One version. `titles`: of all playbooks, by id; `answers`: of all playbooks."""

    playbook: Playbook
    routes: Routes
    titles: Mapping[str, str]
    answers: Answers

    @classmethod
    def of(cls, files: Mapping[str, Playbook], name: str, titles: Mapping[str, str]) -> Side:
        """One file among others."""
        return cls(files[name], Routes.of(files[name]), titles, Answers.of(files.values()))

    def thing(self, name: str) -> Thing:
        """What to call a step; "" is the end of the file."""
        step = self.playbook.steps.get(name)
        if step is None:
            return Thing("n", "Ende")
        if isinstance(step, Branch):
            tests = (test for path, condition in conditions_of(name, step) for _path, test in tests_of(path, condition))
            names = list(dict.fromkeys(self.answers.name(test.answer) for test in tests))
            return Thing(
                "f", "Verzweigung nach", listed(names if len(names) < MOST else [*names[: MOST - 1], "anderem"])
            )
        return thing(name, step, self.titles)


@dataclass(frozen=True, slots=True)
class Scene:
    """Both versions, which step is which, and what was noticed about texts on the way."""

    old: Side
    new: Side
    pairs: Pairs
    texts: Texts
    places: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, old: Side, new: Side) -> Scene:
        """Pair the steps of both versions."""
        pairs = pair_steps(old.playbook.steps, new.playbook.steps)
        places = {name: number for number, name in enumerate(new.playbook.steps)}
        return cls(old, new, pairs, Texts(new.playbook.id), places)

    def step(self, name: str) -> AnyStep:
        """A step of the new version."""
        return self.new.playbook.steps[name]

    def change(self, kind: Kind, step: str, sentence: str) -> Change:
        """Say something about a step."""
        return Change(kind, self.new.playbook.id, capital(sentence), step, self.places.get(step, 0))

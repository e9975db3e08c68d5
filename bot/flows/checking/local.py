"""What is wrong with the files that one municipality has of its own, together with the common ones.

A mistake of an override may show in a common file that runs with it (a condition on an answer that is asked no more):
it is said there, with the municipality's name. What is wrong everywhere is not said again.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from bot.documents import Problem, quote, suggest
from bot.flows.checking import check
from bot.flows.checking.files import File
from bot.flows.checking.gender import GenderStyle, check_gender_style
from bot.flows.loading import Loaded
from bot.flows.overriding import overlay


@dataclass(frozen=True, slots=True)
class Locality:
    """A municipality as far as the check asks: its key (AGS), its name, and the forms of gender that it uses."""

    key: str
    name: str
    gender: GenderStyle = "doppelpunkt"

    def __str__(self) -> str:
        """For a sentence."""
        return f"{self.name} ({self.key})" if self.name else self.key


def check_local(
    common: Loaded,
    own: Loaded,
    here: Locality,
    *,
    today: dt.date | None = None,
    contact_kinds: frozenset[str] = frozenset(),
    known: Collection[Problem] = (),
) -> list[Problem]:
    """Every problem that only this municipality has, `own.problems` among them; `known`: those of the common files."""
    whole = overlay(common, own)
    problems = [*own.problems, *_misplaced(common, own)]
    if own.playbooks:
        found = check(whole, today=today, contact_kinds=contact_kinds, whole=False, own=frozenset(own.playbooks))
        said = {(problem.order, problem.what) for problem in known}
        names = {document.name for document in own.documents.values()}
        for problem in found:
            if problem.file in names:
                problems.append(problem)
            elif (problem.order, problem.what) not in said:
                problems.append(dataclasses.replace(problem, what=f"In {here}: {problem.what}"))
    for name, playbook in whole.playbooks.items():
        problems += check_gender_style(File(playbook, whole.documents[name]), here.gender, str(here))
    return sorted(problems, key=lambda problem: problem.order)


def _misplaced(common: Loaded, own: Loaded) -> Iterator[Problem]:
    for name, playbook in own.playbooks.items():
        file = File(playbook, own.documents[name])
        there = common.playbooks.get(name)
        if there is None and name not in common.broken:
            what = f"Es gibt keine gemeinsame Datei „{name}.yaml“, an deren Stelle diese treten könnte."
            todo = suggest(name, common.playbooks) or "Legen Sie die Datei in den gemeinsamen Ordner."
            yield file.problem(("id",), "ersetzt-nichts", what, todo)
        elif there is not None and there.type != playbook.type:
            what = f"Die gemeinsame Datei hat „type: {there.type}“, diese {quote(f'type: {playbook.type}')}."
            yield file.problem(("type",), "anderer-typ", what, "Übernehmen Sie den Typ der gemeinsamen Datei.")

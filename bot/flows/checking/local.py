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
from bot.flows.address import DU
from bot.flows.checking import check, closure_of
from bot.flows.checking.files import File
from bot.flows.checking.gender import GenderStyle, check_gender_style
from bot.flows.checking.texts import without_du
from bot.flows.loading import Loaded
from bot.flows.overriding import overlay


@dataclass(frozen=True, slots=True)
class Locality:
    """A municipality as far as the check asks: its key (AGS), its name, the forms of gender that it uses, Sie or Du."""

    key: str
    name: str
    gender: GenderStyle = "doppelpunkt"
    address: str = "sie"

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
    if here.address == "du":
        problems += _check_du(whole, here)
    for name, playbook in whole.playbooks.items():
        problems += check_gender_style(File(playbook, whole.documents[name]), here.gender, str(here))
    return sorted(problems, key=lambda problem: problem.order)


def _check_du(whole: Loaded, here: Locality) -> Iterator[Problem]:
    """How many playbooks are said in Du where a municipality wants that; without the reception it begins with Sie."""
    files = {name: File(playbook, whole.documents[name]) for name, playbook in whole.playbooks.items()}
    roots = [file for file in files.values() if file.playbook.type != "baustein"]
    lacking = [file for file in roots if any(without_du(part)[0] for part in closure_of(file, files).values())]
    if not lacking:
        return
    first = next((file for file in lacking if file.playbook.type == "empfang"), lacking[0])
    missing = {part.id: len(found) for part in closure_of(first, files).values() if (found := without_du(part)[0])}
    where = ", ".join(f"{name} {count}" for name, count in missing.items())
    what = f"In {here} gilt Du, aber nur {len(roots) - len(lacking)} von {len(roots)} Leitfäden sind ganz in Du."
    todo = f"Die anderen sagen Sie. Für „{first.id}“ fehlen Texte „{DU}“: {where}."
    yield first.problem(("id",), "du-fehlt", what, todo, severity="warning")


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

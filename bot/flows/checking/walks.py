"""The walk over all paths of one file, as problems: each finding at its line, with the shortest chat that shows it."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from bot.documents import Path, Problem, quote
from bot.flows.checking.chats import asks, chat, says
from bot.flows.checking.files import File, conditions_of, step_words, tests_of
from bot.flows.checking.invariants import DANGER, SAFE, Invariants
from bot.flows.checking.lengths import longest, silent_circles
from bot.flows.checking.pace import longest_monologue
from bot.flows.checking.paths import MAX_STATES, Walked, starts_of, walk
from bot.flows.checking.symbols import Table
from bot.flows.checking.tables import build_table, tags_of
from bot.flows.checking.terrain import Place, Terrain, survey
from bot.flows.steps import Question

# An arm of a branch: file, step, number of the case.
Arm = tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class Walks:
    """What a walk found.

    `arms`: the cases that some path takes, and -1 for each branch that some path meets; None when not every path was
    looked at.
    """

    problems: tuple[Problem, ...]
    arms: frozenset[Arm] | None


@dataclass(frozen=True, slots=True)
class Exploration:
    """One walk and what is needed to speak about it."""

    root: File
    terrain: Terrain
    table: Table
    walked: Walked

    @property
    def with_conditions(self) -> bool:
        """Whether answers were followed; else every branch was taken both ways."""
        return bool(self.table.slots)

    def place(self, state: int) -> Place:
        """Where a state stands."""
        return self.terrain.places[self.walked.states[state].place]

    def chat(self, state: int, witness: tuple[int, int] | None = None) -> tuple[str, ...]:
        """The shortest way to a state, on which `witness` (slot, mask) holds at the end."""
        trail = self.walked.trail(state)
        after = ", nach dem Empfang" if self.root.playbook.type == "vorfall" and trail[0][0].flags & SAFE else ""
        return (f"So kommt es dazu ({self.root.id}{after}):", *chat(trail, self.terrain, self.table, witness))


def walk_paths(root: File, closure: Mapping[str, File], prefilled: Collection[str]) -> Walks:
    """Walk every path of `root` through `closure`, in which every target and every call is known to be there.

    `prefilled`: answers that the reception may have asked before.
    """
    run = explore(root, closure, prefilled, build_table(closure.values()))
    problems = list(_findings(run)) + list(_unasked(run))
    if run.walked.complete:
        circles = list(_circles(run))
        paces = [] if circles else list(_pace(run))
        return Walks((*problems, *circles, *_lengths(run), *paces), _arms(run))
    what = (
        f"Mehr als {MAX_STATES} verschiedene Lagen sind möglich; nicht jeder Weg wurde mit seinen Bedingungen geprüft."
    )
    todo = "Fragen Sie später nach weniger Antworten, oder teilen Sie den Leitfaden."
    problems.append(root.problem(("id",), "zu-verzweigt", what, todo, severity="warning", key=True))
    # Without conditions there are more ways than people can go: what is found there only may be wrong.
    coarse = explore(root, closure, (), Table())
    seen = {(problem.code, problem.line) for problem in problems}
    maybe = [dataclasses.replace(problem, severity="warning") for problem in (*_findings(coarse), *_lengths(coarse))]
    return Walks((*problems, *(problem for problem in maybe if (problem.code, problem.line) not in seen)), None)


def explore(root: File, closure: Mapping[str, File], prefilled: Collection[str], table: Table) -> Exploration:
    """Walk every path; arguments as for `walk_paths`, `table` of what conditions look at."""
    terrain = survey(closure, table)
    rules = Invariants(root, table, terrain.places)
    return Exploration(root, terrain, table, walk(terrain, table, rules, starts_of(table, rules, prefilled)))


def _findings(run: Exploration) -> Iterator[Problem]:
    for (code, place, _detail), (state, finding) in run.walked.findings.items():
        where = run.terrain.places[place]
        if code == "gefahr-ohne-notruf":
            file, path = _origin(run, state)
        else:
            file, path = where.file, finding.path
        words = finding.words
        if words:
            path = _text_with(where, words) or path
        what = finding.what if run.with_conditions else f"{finding.what} (Ohne Rücksicht auf Bedingungen.)"
        yield file.problem(
            path,
            code,
            what,
            finding.todo,
            severity=finding.severity,
            key=not words,
            words=words,
            example=run.chat(state, finding.witness),
        )


def _origin(run: Exploration, state: int) -> tuple[File, Path]:
    """The answer that said that someone is in danger."""
    for before, move in reversed(run.walked.trail(state)):
        place = run.terrain.places[before.place]
        if move is None or not isinstance(place.step, Question) or not move.to.flags & DANGER:
            continue
        for given in move.givens:
            if "gefahr" in tags_of(place.step, given.value):
                return place.file, (*place.path, "options", str(given.value))
    place = run.place(state)
    return place.file, place.path


def _text_with(place: Place, words: str) -> Path | None:
    """The first bubble in which `words` stand."""
    for text in step_words(place.name, place.step):
        for language, bubbles in text.texts.items():
            for index, bubble in enumerate(bubbles):
                if words in bubble and text.role != "body":
                    return text.place(place.file, language, index)
    return None


def _unasked(run: Exploration) -> Iterator[Problem]:
    """Conditions that look at an answer which nobody had asked for on some way there."""
    asked = {place.answer for place in run.terrain.places if place.answer}
    for place in run.terrain.places:
        for path, condition in conditions_of(place.name, place.step):
            for at, test in tests_of(path, condition):
                found = run.walked.unasked.get(id(test))
                if found is None or test.answer not in asked or run.root.playbook.type == "baustein":
                    continue
                what = f"Auf einem Weg wurde {quote(test.answer)} hier noch nicht gefragt; die Antwort fehlt dann."
                todo = "Ist das gewollt, prüfen Sie vorher „known: true“."
                yield place.file.problem(
                    (*at, "answer"),
                    "nicht-immer-gefragt",
                    what,
                    todo,
                    severity="warning",
                    example=run.chat(found[0]),
                )


def _circles(run: Exploration) -> Iterator[Problem]:
    for circle in silent_circles(run.walked):
        places = list(dict.fromkeys(run.walked.states[state].place for state in circle))
        names = [run.terrain.places[place].name for place in places]
        where = run.place(circle[0])
        what = f"Hier dreht sich das Gespräch im Kreis, ohne zu fragen: {', '.join(names[:8])}."
        todo = "Führen Sie aus dem Kreis hinaus, oder stellen Sie darin eine Frage."
        yield where.file.problem(where.path, "schleife-ohne-frage", what, todo, key=True, example=run.chat(circle[0]))


def _lengths(run: Exploration) -> Iterator[Problem]:
    questions = longest(run.walked)
    most = run.root.playbook.limits.questions
    if len(questions) <= most:
        return
    path: Path = ("limits", "questions") if ("limits", "questions") in run.root.document.spots else ("id",)
    what = f"Ein Weg stellt {len(questions)} Fragen; erlaubt sind {most}."
    todo = "Streichen oder verzweigen Sie Fragen, oder erhöhen Sie „limits: questions“."
    places = [run.terrain.places[place] for place in questions]
    lines = [f"{number}. {asks(place)}" for number, place in enumerate(places, 1)]
    yield run.root.problem(path, "zu-viele-fragen", what, todo, example=("Die Fragen auf diesem Weg:", *lines))


def _pace(run: Exploration) -> Iterator[Problem]:
    said, places = longest_monologue(run.walked, run.terrain)
    most = run.root.playbook.limits.messages
    if said <= most:
        return
    path: Path = ("limits", "messages") if ("limits", "messages") in run.root.document.spots else ("id",)
    what = f"Auf einem Weg kommen {said} Nachrichten hintereinander; erlaubt sind {most}."
    todo = "Kürzen Sie, oder fragen Sie dazwischen etwas, und sei es, ob es weitergehen soll."
    lines = [line for place in places for line in says(place)]
    example = ("Ohne Frage dazwischen:", *lines)
    yield run.root.problem(path, "zu-viel-am-stueck", what, todo, severity="warning", example=example)


def _arms(run: Exploration) -> frozenset[Arm]:
    places = run.terrain.places
    return frozenset((places[place].file.id, places[place].name, number) for place, number in run.walked.arms)

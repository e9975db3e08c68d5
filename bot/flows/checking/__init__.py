"""What is wrong with playbooks before anybody meets them: every problem of every file, at its line.

Pure. Rooms: `graph` (steps and calls), `answers` (who saves what, who asks for it later), `texts` (languages, lengths,
blanks), `style`, `gender` and `legibility` (what the words say, and how hard they are), `papers` (sources, release,
tags), `walks` and below (every path, with invariants). Two severities: errors block, warnings may pass.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping

from bot.documents import Problem, quote
from bot.flows.address import DU
from bot.flows.checking.answers import Answer, answers_of, check_names, check_uses, gather
from bot.flows.checking.files import File
from bot.flows.checking.gender import check_gender
from bot.flows.checking.graph import check_calls, check_graph, check_reception
from bot.flows.checking.legibility import check_legibility
from bot.flows.checking.papers import check_contacts, check_papers, check_tags, check_utterances
from bot.flows.checking.style import check_style
from bot.flows.checking.texts import check_texts, coverage
from bot.flows.checking.walks import Walks, walk_paths
from bot.flows.deadlines import DEADLINES
from bot.flows.loading import Loaded
from bot.flows.steps import Branch

__all__ = ["check", "closure_of", "languages_of", "translated"]

# These mistakes make a walk impossible or meaningless.
_BLOCKING = frozenset(
    (
        "ziel-fehlt",
        "ende-fehlt",
        "baustein-fehlt",
        "kein-baustein",
        "ruf-kreis",
        "antwort-widerspruch",
        "angebot-ausserhalb",
    )
)


def check(
    loaded: Loaded,
    *,
    today: dt.date | None = None,
    contact_kinds: frozenset[str] = frozenset(),
    whole: bool = True,
    own: frozenset[str] | None = None,
) -> list[Problem]:
    """Every problem that reading did not find already, in the order of files and lines.

    `today` judges review dates; without it nothing is said about them. `contact_kinds`: those that a directory knows;
    empty: not looked at. `whole`: these are all files of a folder, so that one of them must be the reception. `own`:
    only these files are new here (`local`); they and the walks that pass through them are looked at.
    """
    files = {name: File(playbook, loaded.documents[name]) for name, playbook in loaded.playbooks.items()}
    languages = languages_of(files.values())
    problems = [*check_calls(files, loaded.broken), *check_utterances(files)]
    problems += check_reception(files, loaded.broken) if whole else []
    closures = {name: closure_of(file, files) for name, file in files.items()}
    known = {name: _known(file, files, closures) for name, file in files.items()}
    # What runs together, and what of it is new here or runs with something that is.
    together = {name: _with_reception(files[name], closure, files, closures) for name, closure in closures.items()}
    met = {name for name, members in together.items() if own is None or own & members.keys()}
    beside = {member for name in met for member in together[name]}
    for name, file in files.items():
        if name in beside:
            complete = not _touches(file, closures[name], loaded.broken)
            problems += check_uses(file, known[name], DEADLINES, complete=complete)
            # Said elsewhere already where the file is a common one, but no walk may go where it leads nowhere.
            problems += check_graph(file)
        if own is not None and name not in own:
            continue
        problems += check_texts(file, languages, known[name])
        problems += check_style(file)
        problems += check_gender(file)
        problems += check_legibility(file)
        problems += check_papers(file, today)
        problems += check_tags(file)
        problems += check_contacts(file, contact_kinds) if contact_kinds else []
    for name in met:
        problems += check_names(together[name].values())
    problems += _walk_all(files, closures, loaded.broken, problems, met)
    return _once(problems)


def languages_of(files: Iterable[File]) -> tuple[str, ...]:
    """Every language that a title has, German first. Du is none: only what says Sie has that form (`address`)."""
    found = {language for file in files for language in file.playbook.title if language != DU}
    return tuple(sorted(found, key=lambda language: (language != "de", language)))


def translated(loaded: Loaded) -> dict[str, dict[str, tuple[int, int]]]:
    """For each playbook and language: how many texts are there, and how many there should be."""
    files = [File(playbook, loaded.documents[name]) for name, playbook in loaded.playbooks.items()]
    return {file.id: coverage(file, languages_of(files)) for file in files}


# --- which files run together -----------------------------------------------------------------------------------------


def closure_of(root: File, files: Mapping[str, File]) -> dict[str, File]:
    """The file and every file that it calls, directly or through others."""
    found: dict[str, File] = {}
    waiting = [root]
    while waiting:
        file = waiting.pop()
        if file.id not in found:
            found[file.id] = file
            waiting += [files[name] for name in file.playbook.calls() if name in files]
    return found


def _with_reception(
    root: File, closure: Mapping[str, File], files: Mapping[str, File], closures: Mapping[str, Mapping[str, File]]
) -> dict[str, File]:
    """A `vorfall` goes on with the answers that the reception asked."""
    if root.playbook.type != "vorfall":
        return dict(closure)
    receptions = [closures[file.id] for file in files.values() if file.playbook.type == "empfang"]
    return {**closure, **{name: file for reception in receptions for name, file in reception.items()}}


def _known(file: File, files: Mapping[str, File], closures: Mapping[str, Mapping[str, File]]) -> dict[str, Answer]:
    """Every answer that may have been saved when this file runs, whoever called it."""
    together: dict[str, File] = {}
    for name, closure in closures.items():
        if file.id in closure:
            together |= _with_reception(files[name], closure, files, closures)
    return gather(answers_of({file.id: file, **together}.values()))


def _touches(file: File, closure: Mapping[str, File], broken: frozenset[str]) -> bool:
    """Whether a broken file may run together with this one: what it asks is not known."""
    calls = {called for member in closure.values() for called in member.playbook.calls()}
    return bool(broken) and (file.playbook.type in ("baustein", "vorfall") or bool(calls & broken))


# --- every path -------------------------------------------------------------------------------------------------------


def _walk_all(
    files: Mapping[str, File],
    closures: Mapping[str, Mapping[str, File]],
    broken: frozenset[str],
    problems: list[Problem],
    met: Collection[str],
) -> Iterator[Problem]:
    bad = {problem.file for problem in problems if problem.code in _BLOCKING}
    called = {name for file in files.values() for name in file.playbook.calls()}
    walks: dict[str, Walks] = {}
    receptions = [closures[file.id] for file in files.values() if file.playbook.type == "empfang"]
    asked_before = {answer.name for reception in receptions for answer in answers_of(reception.values())}
    for name, closure in closures.items():
        if name not in met:
            continue
        calls = {called for file in closure.values() for called in file.playbook.calls()}
        if calls & broken or calls - files.keys() or any(file.document.name in bad for file in closure.values()):
            continue
        walks[name] = walk_paths(files[name], closure, asked_before)
    yield from _clearest(files, walks)
    roots = {name for name, file in files.items() if file.playbook.type != "baustein" or name not in called}
    if broken or roots - walks.keys() or not any(file.playbook.type == "empfang" for file in files.values()):
        return
    yield from _untaken(files, [walks[name] for name in roots])


def _clearest(files: Mapping[str, File], walks: Mapping[str, Walks]) -> Iterator[Problem]:
    """One problem for each code and place; better shown in a whole conversation than in a building block alone."""
    best: dict[tuple[str, int, int, str], tuple[tuple[bool, int], Problem]] = {}
    for name, walk in walks.items():
        for problem in walk.problems:
            rank = (files[name].playbook.type == "baustein", len(problem.example))
            if problem.order not in best or rank < best[problem.order][0]:
                best[problem.order] = rank, problem
    yield from (problem for _rank, problem in best.values())


def _untaken(files: Mapping[str, File], walks: list[Walks]) -> Iterator[Problem]:
    """Cases of branches that no path of any playbook takes."""
    if any(walk.arms is None for walk in walks):
        return
    taken = {arm for walk in walks for arm in walk.arms or ()}
    for file in files.values():
        for name, step in file.playbook.steps.items():
            met = isinstance(step, Branch) and (file.id, name, -1) in taken
            for number in range(len(step.cases) if isinstance(step, Branch) and met else 0):
                if (file.id, name, number) not in taken:
                    what = f"Dieser Fall von {quote(name)} trifft auf keinem Weg zu."
                    todo = "Prüfen Sie die Bedingung und die Fälle darüber."
                    path = ("steps", name, "cases", number, "if")
                    yield file.problem(path, "fall-nie", what, todo, severity="warning", key=True)


def _once(problems: Iterable[Problem]) -> list[Problem]:
    """The same is said once."""
    first: dict[tuple[tuple[str, int, int, str], str], Problem] = {}
    for problem in problems:
        first.setdefault((problem.order, problem.what), problem)
    return sorted(first.values(), key=lambda problem: problem.order)

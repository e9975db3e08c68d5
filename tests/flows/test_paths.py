"""The walk over all paths: sound and complete against brute force, fast at its worst, and told as a chat."""

from __future__ import annotations

from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from bot.documents import Document, Problem
from bot.flows.checking import check
from bot.flows.checking.files import File
from bot.flows.checking.invariants import Invariants
from bot.flows.checking.lengths import components
from bot.flows.checking.paths import starts_of, walk
from bot.flows.checking.tables import build_table
from bot.flows.checking.terrain import survey
from bot.flows.loading import load
from bot.flows.playbook import Playbook
from tests.flows import worst
from tests.flows.bruteforce import walk_all
from tests.flows.mistakes import mistakes

# --- against brute force ----------------------------------------------------------------------------------------------

STEPS = ("s0", "s1", "s2", "s3", "s4", "s5")
ANSWERS = ("a", "b", "c")
WORDS = ("x", "y")


def _text(words: str) -> dict[str, str]:
    return {"de": words}


@st.composite
def conditions(draw: st.DrawFn, depth: int = 2) -> dict[str, Any]:
    """A condition on one of the three answers."""
    kind = draw(st.sampled_from(("test", "all", "any", "not") if depth else ("test",)))
    if kind == "not":
        return {"not": draw(conditions(depth - 1))}
    if kind in ("all", "any"):
        return {kind: draw(st.lists(conditions(depth - 1), min_size=1, max_size=2))}
    answer = draw(st.sampled_from(ANSWERS))
    if draw(st.integers(0, 3)) == 0:
        return {"answer": answer, "known": draw(st.sampled_from(("true", "false")))}
    if answer == "c":
        return {"answer": answer, "has": draw(st.sampled_from(WORDS))}
    if answer == "b":
        return {
            "answer": answer,
            draw(st.sampled_from(("at_least", "at_most"))): draw(st.sampled_from(("1", "2", "3"))),
        }
    word = draw(st.sampled_from(WORDS))
    key = draw(st.sampled_from(("is", "is_not", "in", "not_in")))
    return {"answer": answer, key: [word] if key in ("in", "not_in") else word}


@st.composite
def questions(draw: st.DrawFn, ids: tuple[str, ...]) -> dict[str, Any]:
    """A question for one of the three answers: a choice, a number or several choices."""
    answer = draw(st.sampled_from(ANSWERS))
    step: dict[str, Any] = {"save": answer, "text": _text("?"), "tags": draw(_tags("gefahr", "einwilligung"))}
    step["once"] = draw(st.sampled_from(("true", "false")))
    step["decline"] = "false"
    step["confidential"] = draw(st.sampled_from(("false", "false", "true")))
    if draw(st.booleans()):
        step["unknown_go"] = draw(st.sampled_from(ids))
    options: dict[str, dict[str, Any]] = {word: {"label": _text(word)} for word in WORDS}
    if answer == "a":
        for word in WORDS:
            options[word]["tags"] = draw(_tags("gefahr", "einwilligung", "beweise"))
            if draw(st.booleans()):
                options[word]["go"] = draw(st.sampled_from(ids))
        return {**step, "kind": "choose", "options": options}
    if answer == "b":
        return {**step, "kind": "number", "least": "1", "most": "3"}
    return {**step, "kind": "choose_many", "options": options}


def _tags(*tags: str) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(tags), max_size=1)


@st.composite
def steps(draw: st.DrawFn, ids: tuple[str, ...], *, calls: bool) -> dict[str, Any]:
    """Any step; its targets are among `ids`."""
    kinds = ("question", "question", "branch", "branch", "message", "contact", "set", *(("call",) if calls else ()))
    kind = draw(st.sampled_from(kinds))
    if kind == "question":
        step = draw(questions(ids))
    elif kind == "branch":
        cases = draw(st.lists(conditions(), min_size=1, max_size=2))
        step = {"kind": "branch", "cases": [{"if": case, "go": draw(st.sampled_from(ids))} for case in cases]}
        return {**step, "else": draw(st.sampled_from(ids))}
    elif kind == "message":
        text = draw(st.sampled_from(("Gut.", "110", "{a}", "{b} {c}")))
        step = {"kind": "message", "text": _text(text)}
        step["tags"] = draw(_tags("notruf", "beweise", "melden", "loeschen", "person"))
    elif kind == "contact":
        without = [{"kinds": ["polizei"], "if": draw(conditions(1))}] if draw(st.booleans()) else []
        step = {"kind": "contact", "text": _text("Dort."), "kinds": ["polizei"], "without": without}
    elif kind == "set":
        step = {"kind": "set", "values": {"a": draw(st.sampled_from(WORDS))}}
    else:
        step = {"kind": "call", "playbook": "block"}
    return {**step, "next": draw(st.sampled_from(ids))} if draw(st.booleans()) else step


@st.composite
def closures(draw: st.DrawFn) -> dict[str, File]:
    """A playbook of at most six steps and a building block of at most four."""
    files: dict[str, File] = {}
    kind = draw(st.sampled_from(("vorfall", "nachfrage")))
    for name, type_, most in (("root", kind, 6), ("block", "baustein", 4)):
        ids = (*STEPS[: draw(st.integers(1, most))], "ende")
        body: dict[str, Any] = {step: draw(steps(ids, calls=name == "root")) for step in ids[:-1]}
        body["ende"] = {"kind": "end", "tags": draw(_tags("abschluss"))}
        raw = {"id": name, "type": type_, "title": {"de": name}, "review_by": "2030-01-01", "steps": body}
        files[name] = File(Playbook.model_validate(raw), Document(name))
    return files


@settings(max_examples=150)
@given(closures())
def test_walk_finds_what_brute_force_finds(closure: dict[str, File]) -> None:
    """Merging states loses no finding and invents none: same findings, same arms of branches, for any small closure."""
    table = build_table(closure.values())
    terrain = survey(closure, table)
    rules = Invariants(closure["root"], table)
    # Brute force begins with nothing; so the start after the reception is left out.
    walked = walk(terrain, table, rules, list(starts_of(table, rules, ()))[:1])
    wanted = walk_all(closure["root"], closure)
    assert walked.complete
    places = terrain.places
    found = {(code, places[place].file.id, places[place].name, detail) for code, place, detail in walked.findings}
    assert found == wanted.findings
    assert {(places[place].file.id, places[place].name, number) for place, number in walked.arms} == wanted.arms
    assert set(walked.unasked) <= wanted.unasked


@pytest.mark.slow
@settings(max_examples=400)
@given(closures())
def test_walk_finds_what_brute_force_finds_long(closure: dict[str, File]) -> None:
    """The same for many more closures."""
    test_walk_finds_what_brute_force_finds.hypothesis.inner_test(closure)  # type: ignore[attr-defined]


# --- at its worst -----------------------------------------------------------------------------------------------------


def test_too_many_states_are_said() -> None:
    """Where not every path can be walked with its conditions, the check says so instead of saying nothing."""
    problems = check(load({"schwer.yaml": worst.tangled()}))
    assert "zu-verzweigt" in {problem.code for problem in problems}


# --- circles and lengths ----------------------------------------------------------------------------------------------


def test_components_of_a_known_graph() -> None:
    """Two circles and a way between them."""
    found = components([[1], [2], [0, 3], [4], [3], []])
    assert sorted(sorted(part) for part in found) == [[0, 1, 2], [3, 4], [5]]
    assert [sorted(part) for part in found].index([3, 4]) < [sorted(part) for part in found].index([0, 1, 2])


def test_components_of_a_long_chain_need_no_recursion() -> None:
    """A chain far longer than Python's stack."""
    assert len(components([[number + 1] for number in range(20_000)] + [[]])) == 20_001


def _lengths(steps: str, most: int = 1) -> list[Problem]:
    head = f"id: lang\ntype: nachfrage\ntitle: {{de: x}}\nreview_by: 2030-01-01\nlimits: {{questions: {most}}}"
    text = f"{head}\nsteps:\n{steps}"
    return [problem for problem in check(load({"lang.yaml": text.encode()})) if problem.code == "zu-viele-fragen"]


_ASK = "kind: choose, text: {de: '%s?'}, options: {a: {label: {de: A}%s}, b: {label: {de: B}}}"


def test_question_that_is_asked_again_counts_once() -> None:
    """Who says "not yet" ten times was still asked one question."""
    again = f"  eins: {{{_ASK % ('Eins', ', go: eins')}}}\n  ende: {{kind: end}}\n"
    assert _lengths(again) == []


def test_longest_way_counts_not_the_shortest() -> None:
    """One way asks three questions, the other one."""
    steps = f"  eins: {{{_ASK % ('Eins', ', go: ende')}}}\n"
    steps += f"  zwei: {{{_ASK % ('Zwei', '')}}}\n  drei: {{{_ASK % ('Drei', '')}}}\n  ende: {{kind: end}}\n"
    assert _lengths(steps, 3) == []
    (problem,) = _lengths(steps, 2)
    assert problem.example == ("Die Fragen auf diesem Weg:", "1. Eins?", "2. Zwei?", "3. Drei?")


# --- as a chat --------------------------------------------------------------------------------------------------------

CHATS = {
    "danger without 110": """\
So kommt es dazu (vorfall):
Lotse: Sind Sie in Gefahr?
Person: Ja
Lotse: Sind Sie jetzt sicher?""",
    "end without a human": """\
So kommt es dazu (nachfrage):
Lotse: Wie geht es Ihnen?
Person: 3
Lotse: Alles Gute.""",
    "case without consent": """\
So kommt es dazu (vorfall):
Lotse: Sind Sie in Gefahr?
Person: Nein
Lotse: Was ist die Lage?
Person: Es läuft
… (4 Zeilen)
Lotse: Wann war das?
Person: (ein Tag)
Lotse: Wo war das?
Person: (ein Ort)
Lotse: Das hilft später.
Person: (kreuzt an, was passt)
Lotse: Jetzt können Sie melden.
Lotse: Diese Stellen helfen.
Lotse: (nennt: polizei, vorgesetzte)
Lotse: Ein Text für Sie.
Lotse: Soll ich einen Vorgang anlegen?
Person: Weiß ich nicht
Lotse: Das steht darin.""",
    "reporting before evidence": """\
So kommt es dazu (vorfall):
Lotse: Sind Sie in Gefahr?
Person: Nein
Lotse: Was ist die Lage?
Person: Es läuft
Lotse: Wie schwer ist es?
Person: 3
Lotse: Was davon?
Person: (kreuzt an, was passt)
Lotse: Wann war das?
Person: (ein Tag)
Lotse: Wo war das?
Person: (ein Ort)
Lotse: Das hilft später.
Person: (kreuzt an, was passt)
Lotse: Jetzt können Sie melden.""",
    "another question before safety": """\
So kommt es dazu (vorfall):
Lotse: Was ist die Lage?""",
    "more questions than promised": """\
Die Fragen auf diesem Weg:
1. Sind Sie in Gefahr?
2. Sind Sie jetzt sicher?
3. Was ist die Lage?
4. Erzählen Sie kurz.
5. Wie schwer ist es?
6. Was davon?
7. Wann war das?
8. Wo war das?
9. Das hilft später.
10. Soll ich einen Vorgang anlegen?
11. Das steht darin.
12. Darf ich nachfragen?""",
    "blank that may be unknown": """\
So kommt es dazu (vorfall):
Lotse: Sind Sie in Gefahr?
Person: Nein
Lotse: Was ist die Lage?
Person: Vorbei
Lotse: Erzählen Sie kurz.
Person: (eigene Worte)
Lotse: Wie schwer ist es?
Person: Weiß ich nicht
Lotse: Was davon?
Person: (kreuzt an, was passt)
Lotse: Wann war das?
Person: (ein Tag)
Lotse: Wo war das?
Person: (ein Ort)
Lotse: Sie sagten: …""",
}


@pytest.mark.parametrize("what", CHATS)
def test_shortest_bad_path_is_a_chat(what: str) -> None:
    """The counterexample is printed as a chat, with answers that really lead there."""
    mistake = next(mistake for mistake in mistakes() if mistake.what == what)
    problems = check(load(mistake.files))
    (found,) = [problem for problem in problems if problem.code == mistake.code and problem.line == mistake.line]
    assert "\n".join(found.example) == CHATS[what]

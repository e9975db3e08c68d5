"""Answers: who saves them, of which kind they are, and whether what asks for them later can be right."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from bot.documents import Path, Problem, quote, suggest
from bot.flows.checking.files import File, answer_of, conditions_of, options_of, tests_of, words_of
from bot.flows.steps import (
    CheckIns,
    Checklist,
    Deadline,
    FreeText,
    OfferCase,
    OfferPlaybooks,
    Question,
    Scale,
    Set,
    Test,
)
from bot.flows.wording import BLANK, RESERVED

# Which comparisons make sense for which kind of answer. `known` fits all of them.
_WORDS: Final = ("is", "is_not", "in", "not_in")
_FITTING: Final[Mapping[str, tuple[str, ...]]] = {
    "choose": _WORDS,
    "check_ins": _WORDS,
    "offer_case": _WORDS,
    "offer_playbooks": _WORDS,
    "place": _WORDS,
    "set": _WORDS,
    "choose_many": ("has",),
    "checklist": ("has",),
    "number": ("at_least", "at_most"),
    "when": ("before", "after", "within"),
    "deadline": ("before", "after", "within"),
    "text": (),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer and the first step that saves it. `values`: the words that it can be, None when it can be anything."""

    name: str
    kind: str
    file: File
    step: str
    values: frozenset[str] | None = None
    least: int | None = None
    most: int | None = None
    kept: bool = True

    @property
    def where(self) -> str:
        """Its place, for a sentence."""
        return f"{self.file.document.name}:{self.file.line(('steps', self.step))}"


def answers_of(files: Iterable[File]) -> Iterator[Answer]:
    """Everything that the steps of these files save."""
    for file in files:
        for name, step in file.playbook.steps.items():
            if isinstance(step, Set):
                for saved, value in step.values.items():
                    if isinstance(value, Deadline):
                        yield Answer(saved, "deadline", file, name)
                    else:
                        yield Answer(saved, "set", file, name, frozenset({value}))
            elif isinstance(step, Question):
                yield _question(file, name, step)


def _question(file: File, name: str, step: Question) -> Answer:
    kind: str = getattr(step, "kind", "")
    answer = Answer(answer_of(name, step), kind, file, name)  # type: ignore[arg-type]
    match step:
        case Checklist():
            return dataclasses.replace(answer, values=frozenset(step.items))
        case OfferCase():
            return dataclasses.replace(answer, values=frozenset({"ja", "nein"}))
        case OfferPlaybooks():
            return dataclasses.replace(answer, values=frozenset({"other"}))
        case Scale():
            return dataclasses.replace(answer, least=step.least, most=step.most)
        case FreeText():
            return dataclasses.replace(answer, kept=step.keep != "nicht")
        case _:
            options = options_of(step)  # type: ignore[arg-type]
            return dataclasses.replace(answer, values=frozenset(options)) if options else answer


def gather(answers: Iterable[Answer]) -> dict[str, Answer]:
    """One answer for each name; words that `set` steps add belong to it."""
    table: dict[str, Answer] = {}
    for answer in answers:
        known = table.setdefault(answer.name, answer)
        kept = answer if known.kind == "set" else known
        both = None if known.values is None or answer.values is None else known.values | answer.values
        table[answer.name] = kept if both is None else dataclasses.replace(kept, values=both)
    return table


# --- one name, one meaning --------------------------------------------------------------------------------------------


def check_names(closure: Iterable[File]) -> Iterator[Problem]:
    """Whether each answer means the same wherever it is saved in the files that run together."""
    first: dict[str, Answer] = {}
    for answer in answers_of(closure):
        path: Path = ("steps", answer.step)
        if answer.name in RESERVED:
            what = f"{quote(answer.name)} ist eine Lücke, die der Lotse selbst füllt."
            yield answer.file.problem(path, "name-vergeben", what, "Nehmen Sie einen anderen Namen.", key=True)
        known = first.setdefault(answer.name, answer)
        if known is answer:
            continue
        if {known.kind, answer.kind} in ({"set"}, {"set", "choose"}, {"set", "check_ins"}, {"deadline"}):
            if "set" in (known.kind, answer.kind) and known.kind != answer.kind:
                yield from _check_set(known, answer)
        elif known.kind != answer.kind:
            what = (
                f"Die Antwort {quote(answer.name)} hat hier die Art {answer.kind}, in {known.where} aber {known.kind}."
            )
            todo = "Geben Sie einer von beiden mit „save“ einen eigenen Namen."
            yield answer.file.problem(path, "antwort-widerspruch", what, todo, key=True)
        elif known.values != answer.values or (known.least, known.most) != (answer.least, answer.most):
            what = f"Die Antwort {quote(answer.name)} kann hier anderes sein als in {known.where}."
            todo = "Gleichen Sie die Antworten an, oder geben Sie einer mit „save“ einen eigenen Namen."
            yield answer.file.problem(path, "antwort-widerspruch", what, todo, key=True)


def _check_set(one: Answer, other: Answer) -> Iterator[Problem]:
    word, question = (one, other) if one.kind == "set" else (other, one)
    for value in (word.values or frozenset()) - (question.values or frozenset()):
        what = f"{quote(value)} ist keine Antwort auf {quote(word.name)} ({question.where})."
        todo = suggest(value, question.values or ()) or "Nehmen Sie eine der Antworten."
        path: Path = ("steps", word.step, "values", word.name)
        yield word.file.problem(path, "wert-unbekannt", what, todo)


# --- uses -------------------------------------------------------------------------------------------------------------


def check_uses(
    file: File, known: Mapping[str, Answer], deadlines: Collection[str], *, complete: bool
) -> Iterator[Problem]:
    """Whether what this file asks of earlier answers can be right.

    `known`: all that may have been saved before; unless that is `complete`, nothing is said about what is missing.
    """
    missing = ("antwort-nie-gefragt", "luecke-ohne-antwort")
    yield from (found for found in _check_uses(file, known, deadlines) if complete or found.code not in missing)


def _check_uses(file: File, known: Mapping[str, Answer], deadlines: Collection[str]) -> Iterator[Problem]:
    for name, step in file.playbook.steps.items():
        for path, condition in conditions_of(name, step):
            for place, test in tests_of(path, condition):
                yield from _check_test(file, place, test, known)
        if isinstance(step, Set):
            for saved, value in step.values.items():
                if isinstance(value, Deadline):
                    yield from _check_deadline(file, ("steps", name, "values", saved), value, known, deadlines)
        if isinstance(step, CheckIns) and step.from_:
            yield from _check_day(file, ("steps", name), step.from_, known, "gezählt wird")
        if isinstance(step, OfferCase):
            yield from _check_lines(file, name, step, known)
        if isinstance(step, Scale) and step.least >= step.most:
            what = "„least“ ist nicht kleiner als „most“."
            yield file.problem(("steps", name), "zahl-ausserhalb", what, "Tauschen Sie die Zahlen.", key=True)
    yield from _check_blanks(file, known)


def _check_test(file: File, path: Path, test: Test, known: Mapping[str, Answer]) -> Iterator[Problem]:
    answer = known.get(test.answer)
    if answer is None:
        what = f"Nach {quote(test.answer)} wird auf keinem Weg gefragt."
        todo = suggest(test.answer, known) or "Fragen Sie vorher danach, oder streichen Sie die Bedingung."
        yield file.problem((*path, "answer"), "antwort-nie-gefragt", what, todo)
        return
    key = next(key for key in type(test).model_fields if key != "answer" and getattr(test, key) is not None)
    word = key.rstrip("_")
    at = (*path, word)
    if word != "known" and word not in _FITTING[answer.kind]:
        fitting = ", ".join((*_FITTING[answer.kind], "known"))
        what = f"„{word}“ passt nicht zu {quote(test.answer)}: Das ist eine Antwort der Art {answer.kind}."
        yield file.problem(at, "vergleich-passt-nicht", what, f"Hier passt: {fitting}.", key=True)
        return
    written = getattr(test, key)
    words = written if isinstance(written, tuple) else (written,)
    for index, value in enumerate(words):
        if answer.values is not None and isinstance(value, str) and value not in answer.values:
            what = f"{quote(value)} ist keine Antwort auf {quote(test.answer)} ({answer.where})."
            todo = suggest(value, answer.values) or f"Möglich sind: {', '.join(sorted(answer.values))}."
            place = (*at, index) if isinstance(written, tuple) else at
            yield file.problem(place, "wert-unbekannt", what, todo)
    yield from _check_bounds(file, at, test, answer)


def _check_bounds(file: File, at: Path, test: Test, answer: Answer) -> Iterator[Problem]:
    least, most = answer.least, answer.most
    if least is None or most is None:
        return
    if test.at_least is not None and least < test.at_least <= most:
        return
    if test.at_most is not None and least <= test.at_most < most:
        return
    if test.at_least is None and test.at_most is None:
        return
    what = f"Die Antwort auf {quote(test.answer)} liegt zwischen {least} und {most}; der Vergleich ändert nichts."
    yield file.problem(at, "immer-gleich", what, "Ändern Sie die Zahl.", severity="warning")


def _check_deadline(
    file: File, path: Path, deadline: Deadline, known: Mapping[str, Answer], deadlines: Collection[str]
) -> Iterator[Problem]:
    if deadlines and deadline.deadline not in deadlines:
        todo = suggest(deadline.deadline, deadlines) or f"Möglich sind: {', '.join(sorted(deadlines))}."
        what = f"Die Frist {quote(deadline.deadline)} kennt der Lotse nicht."
        yield file.problem((*path, "deadline"), "frist-unbekannt", what, todo)
    yield from _check_day(file, path, deadline.from_, known, "eine Frist zählt")


def _check_day(file: File, path: Path, name: str, known: Mapping[str, Answer], counts: str) -> Iterator[Problem]:
    source = known.get(name)
    if source is None:
        todo = suggest(name, known) or "Fragen Sie vorher mit „kind: when“ danach."
        what = f"Nach {quote(name)} wird auf keinem Weg gefragt."
        yield file.problem((*path, "from"), "antwort-nie-gefragt", what, todo)
    elif source.kind != "when":
        what = f"{quote(name)} ist kein Tag ({source.where}); {counts} ab einem Tag."
        yield file.problem((*path, "from"), "vergleich-passt-nicht", what, "Nehmen Sie eine Frage „kind: when“.")


def _check_lines(file: File, name: str, step: OfferCase, known: Mapping[str, Answer]) -> Iterator[Problem]:
    for index, included in enumerate(step.include):
        path = ("steps", name, "include", index)
        answer = known.get(included)
        if answer is None:
            todo = suggest(included, known) or "Streichen Sie es, oder fragen Sie vorher danach."
            what = f"Nach {quote(included)} wird auf keinem Weg gefragt."
            yield file.problem(path, "antwort-nie-gefragt", what, todo)
            continue
        if not answer.kept:
            what = f"Was die Person zu {quote(included)} schreibt, wird nicht behalten ({answer.where})."
            todo = "Streichen Sie es hier, oder ändern Sie dort „keep“."
            yield file.problem(path, "nicht-behalten", what, todo)
        source = answer.file.playbook.steps[answer.step]
        if isinstance(source, Question) and source.short is None:
            what = f"Die Frage {quote(included)} hat kein „short“; im Vorgang stünde nur ihre Kennung ({answer.where})."
            yield file.problem(path, "kurzform-fehlt", what, "Ergänzen Sie dort „short“ in allen Sprachen.")


def _check_blanks(file: File, known: Mapping[str, Answer]) -> Iterator[Problem]:
    for words in words_of(file):
        for language, bubbles in words.texts.items():
            for index, bubble in enumerate(bubbles):
                for blank in BLANK.findall(bubble):
                    yield from _check_blank(
                        file, words.place(file, language, index), blank, words.role == "body", known
                    )


def _check_blank(file: File, path: Path, blank: str, is_body: bool, known: Mapping[str, Answer]) -> Iterator[Problem]:  # noqa: FBT001 - of a private function
    words = f"{{{blank}}}"
    if blank in RESERVED:
        return
    answer = known.get(blank)
    if answer is None:
        near = suggest(blank, (*known, *RESERVED))
        if not is_body:
            what, todo = f"Die Lücke {quote(words)} füllt kein Schritt.", near or "Fragen Sie vorher danach."
            yield file.problem(path, "luecke-ohne-antwort", what, todo, words=words)
        elif near:
            what = f"Die Lücke {quote(words)} füllt kein Schritt; sie bleibt ein Strich zum Ausfüllen."
            yield file.problem(path, "luecke-ohne-antwort", what, near, words=words, severity="warning")
    elif not answer.kept:
        what = (
            f"Was die Person zu {quote(blank)} schreibt, wird nicht behalten ({answer.where}); die Lücke bliebe leer."
        )
        yield file.problem(
            path, "nicht-behalten", what, "Streichen Sie die Lücke, oder ändern Sie „keep“.", words=words
        )

"""Texts as such: every language is there, nothing is too long for a phone, blanks and plain text are as they must be.

What the words *say* is `style`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Final

from bot.documents import Problem, Severity, quote
from bot.flows.address import DU, says_sie
from bot.flows.checking.answers import Answer
from bot.flows.checking.files import QUOTED, File, Words, options_of, words_of
from bot.flows.emergency import emergency_text
from bot.flows.reading import fold
from bot.flows.steps import MAX_LABEL, Checklist, Option, Question
from bot.flows.wording import BLANK

# What ships; a text without one of these is a mistake. Further languages may grow file by file.
SHIPPED: Final = ("de", "en", "de-simple")
# Telegram Bot API, sendMessage: 1-4096 characters after entities. A longer text would be cut in two.
MAX_FILLED: Final = 4_096
# sprache.md 1: one idea each. Static emergency texts are exempt (decisions.md).
LONG_BUBBLE: Final = 500
# Two buttons beside each other on a small phone.
LONG_LABEL: Final = 24
LONG_HINT: Final = 72
# The longest that we expect in a blank of this kind, in code points.
_FILLED: Final[Mapping[str, int]] = {"text": 400, "when": 40, "deadline": 20, "place": 60, "number": 9}

_BRACE: Final = re.compile(r"[{}]")
_URL: Final = re.compile(r"\b(?:https?://|www\.)\S+")
_QUESTION_MARK: Final = re.compile("[?\uff1f\u061f\u037e]")
# "Schreiben Sie auf: Wer war da? Wann war es?" asks nobody here.
_REPORTED: Final = re.compile(r":\s+[^.?!]*\?(?:\s+[^.?!]*\?)*")
_CONDITION: Final = re.compile(r"\?(?=\s+(?:Dann|Then)\b)")
_SIMPLE_CONDITION: Final = re.compile(r"\?(?=\s+\S)")
_NUMBER: Final = re.compile(r"(?<![\w§])(?:0800(?: \d+)+|116 ?\d{3}|110|112|0\d{2,}(?:[ /-]\d+)+)(?!\w)")
_MARKUP: Final = re.compile(
    r"\*\*|(?<!_)__(?!_)|`|^#{1,6} |\]\(|</?[a-zA-Z][^>\n]*>|&(?:[a-z]{2,8}|#\d+);|^\s*[*+] |^>|~~|\|\|",
    re.MULTILINE,
)


def check_texts(file: File, languages: Collection[str], known: Mapping[str, Answer]) -> Iterator[Problem]:
    """`languages`: all that any file has; `known`: the answers that may fill blanks."""
    for words in words_of(file):
        yield from _check_languages(file, words)
        for language, bubbles in words.texts.items():
            for index, bubble in enumerate(bubbles):
                yield from _check_bubble(file, words, language, index, bubble)
                yield from _check_length(file, words, language, index, bubble, known)
        yield from _check_translation(file, words)
        yield from _check_question(file, words)
    yield from _check_labels(file)
    yield from _check_coverage(file, languages)
    yield from _check_du(file)


def coverage(file: File, languages: Collection[str]) -> dict[str, tuple[int, int]]:
    """For each language: how many of the file's texts have it, and how many texts there are."""
    texts = [words.texts for words in words_of(file)]
    return {language: (sum(language in text for text in texts), len(texts)) for language in languages}


def without_du(file: File) -> tuple[list[Words], int]:
    """The texts that say Sie and cannot be said in Du, and how many say Sie at all; texts to copy say it to others."""
    formal = [
        words
        for words in words_of(file)
        if words.role != "body" and "de" in words.texts and says_sie(words.texts["de"])
    ]
    return [words for words in formal if DU not in words.texts], len(formal)


def _check_du(file: File) -> Iterator[Problem]:
    """Half a file in Du is of no use: nobody is called both in one talk."""
    missing, of = without_du(file)
    begun = [words for words in words_of(file) if DU in words.texts]
    if begun and missing:
        what = f"In Du sind {of - len(missing)} von {of} Texten, die Sie sagen; dieser ist der erste ohne „{DU}“."
        todo = "Ergänzen Sie die Texte; bis dahin sagt der ganze Leitfaden überall Sie."
        yield file.problem(missing[0].path, "du-lueckenhaft", what, todo, severity="warning", key=True)
    for words in begun:
        if says_sie(words.texts[DU]) and words.texts[DU] != words.texts.get("de"):
            what = "Dieser Text ist für Menschen, die geduzt werden, und sagt Sie."
            todo = "Schreiben Sie ihn um; meint „Sie“ hier andere, nehmen Sie für beide Formen denselben Text."
            yield file.problem((*words.path, DU), "du-mit-sie", what, todo, severity="warning")


def _check_languages(file: File, words: Words) -> Iterator[Problem]:
    missing = [language for language in SHIPPED if language not in words.texts]
    if missing:
        what = f"Bei {quote(words.path[-1])} fehlt der Text in: {', '.join(missing)}."
        yield file.problem(words.path, "uebersetzung-fehlt", what, "Ergänzen Sie ihn.", key=True)


def _check_coverage(file: File, languages: Collection[str]) -> Iterator[Problem]:
    for language, (have, of) in coverage(file, [name for name in languages if name not in (*SHIPPED, DU)]).items():
        if have < of:
            first = next(words for words in words_of(file) if language not in words.texts)
            what = f"Die Sprache {quote(language)} hat {have} von {of} Texten; dieser ist der erste ohne sie."
            todo = "Wer sie wählt, liest hier Deutsch. Ergänzen Sie die Texte."
            yield file.problem(first.path, "sprache-lueckenhaft", what, todo, severity="warning", key=True)


def _check_bubble(file: File, words: Words, language: str, index: int, bubble: str) -> Iterator[Problem]:
    place = words.place(file, language, index)
    if found := _BRACE.search(BLANK.sub("", bubble)):
        what = f"Hier steht eine Klammer {quote(found[0])}, die keine Lücke ist."
        todo = "Lücken schreiben Sie {name}: kleine Buchstaben a–z, Ziffern und _, ohne Leerzeichen."
        yield file.problem(place, "luecke-kaputt", what, todo, words=found[0])
    if found := _MARKUP.search(_URL.sub("", bubble)):
        what = f"{quote(found[0])} ist eine Auszeichnung; der Lotse zeigt nur reinen Text."
        todo = "Löschen Sie sie. Aufzählungen beginnen mit „- “ oder „1. “."
        yield file.problem(place, "auszeichnung", what, todo, words=found[0])


def _check_length(
    file: File, words: Words, language: str, index: int, bubble: str, known: Mapping[str, Answer]
) -> Iterator[Problem]:
    place = words.place(file, language, index)
    if words.role == "label" and len(bubble) > LONG_LABEL:
        severity: Severity = "error" if len(bubble) > MAX_LABEL else "warning"
        what = f"Die Beschriftung hat {len(bubble)} Zeichen; ab {LONG_LABEL} schneiden kleine Telefone sie ab."
        todo = f"Kürzen Sie sie; höchstens {MAX_LABEL} sind erlaubt. Einzelheiten gehören in „hint“."
        yield file.problem(place, "beschriftung-lang", what, todo, severity=severity)
    if words.role == "hint" and len(bubble) > LONG_HINT:
        what = f"Der Hinweis hat {len(bubble)} Zeichen; mehr als {LONG_HINT} liest dort niemand."
        yield file.problem(place, "hinweis-lang", what, "Kürzen Sie ihn.", severity="warning")
    if words.role not in ("text", "purpose", "body"):
        return
    filled = filled_length(bubble, language, known)
    shown = filled_length(bubble.replace("{notruf}", ""), language, known)
    if filled > MAX_FILLED:
        what = f"Mit gefüllten Lücken hat der Text bis zu {filled} Zeichen; Telegram nimmt {MAX_FILLED}."
        yield file.problem(place, "text-zu-lang", what, "Teilen Sie ihn in mehrere Nachrichten.")
    elif shown > LONG_BUBBLE and words.role == "text" and not _is_emergency(file, words.step):
        what = f"Die Nachricht hat bis zu {shown} Zeichen; ab {LONG_BUBBLE} liest sie in der Not niemand zu Ende."
        yield file.problem(place, "text-lang", what, "Teilen Sie sie: eine Sache je Nachricht.", severity="warning")


def filled_length(bubble: str, language: str, known: Mapping[str, Answer]) -> int:
    """How long a bubble may become when its blanks are filled."""
    return len(BLANK.sub("", bubble)) + sum(_blank_length(name, language, known) for name in BLANK.findall(bubble))


def _blank_length(name: str, language: str, known: Mapping[str, Answer]) -> int:
    if name == "notruf":
        return len("\n".join(emergency_text(language)))
    answer = known.get(name)
    if answer is None:
        return 60
    step = answer.file.playbook.steps[answer.step]
    parts = step.items if isinstance(step, Checklist) else options_of(step)
    labels = [max(map(len, part.label.values())) for part in parts.values()]
    if answer.kind in ("choose_many", "checklist"):
        return sum(labels) + 5 * len(labels)
    return max(labels, default=_FILLED.get(answer.kind, 60))


def _check_translation(file: File, words: Words) -> Iterator[Problem]:
    """Blanks and telephone numbers of the German text are in the others too: what is lost there is lost in silence."""
    german = "\n".join(words.texts.get("de", ()))
    needed = {*BLANK.findall(german)}
    numbers = {found.replace(" ", "") for found in _NUMBER.findall(german)}
    for language, bubbles in words.texts.items():
        text = "\n".join(bubbles)
        for blank in sorted(needed - set(BLANK.findall(text))):
            what = f"Die Lücke „{{{blank}}}“ des deutschen Textes fehlt hier."
            place = words.place(file, language)
            yield file.problem(place, "luecke-fehlt", what, "Ergänzen Sie sie.", severity="warning")
        for number in sorted(numbers - {found.replace(" ", "") for found in _NUMBER.findall(text)}):
            what = f"Die Nummer {number} des deutschen Textes fehlt hier."
            place = words.place(file, language)
            yield file.problem(place, "nummer-fehlt", what, "Ergänzen Sie sie.", severity="warning")


def _check_question(file: File, words: Words) -> Iterator[Problem]:
    step = file.playbook.steps.get(words.step)
    if words.role != "text":
        return
    if not isinstance(step, Question):
        yield from _check_unanswered(file, words)
        return
    for language, bubbles in words.texts.items():
        plain = [_URL.sub("", bubble) for bubble in bubbles]
        marks = sum(len(_QUESTION_MARK.findall(bubble)) for bubble in plain)
        place = words.place(file, language, len(bubbles) - 1)
        if marks > 1:
            what = f"Hier stehen {marks} Fragen auf einmal."
            yield file.problem(place, "mehrere-fragen", what, "Stellen Sie eine Frage je Nachricht.")
        elif marks == 1 and not _QUESTION_MARK.search(plain[-1].rstrip()[-2:]):
            what = "Die Frage steht nicht am Ende der Nachricht."
            todo = "Stellen Sie sie ans Ende: Das Letzte wird beantwortet."
            yield file.problem(place, "frage-nicht-am-ende", what, todo, severity="warning")


def _check_unanswered(file: File, words: Words) -> Iterator[Problem]:
    """A step that takes no answer must not ask: whoever answers would be answering the next question.

    What looks like one may be a condition ("Brennt es? Dann 112."), in `de-simple` the usual way to say "wenn", or
    words for somebody else behind a colon.
    """
    for language, bubbles in words.texts.items():
        for index, bubble in enumerate(bubbles):
            plain = _REPORTED.sub("", QUOTED.sub("", _URL.sub("", bubble)))
            conditions = _CONDITION if language != "de-simple" else _SIMPLE_CONDITION
            if _QUESTION_MARK.search(conditions.sub("", plain)):
                what = "Hier steht eine Frage, aber der Schritt nimmt keine Antwort."
                todo = "Stellen Sie die Frage mit „choose“, oder sagen Sie es als Satz („Wenn …“)."
                yield file.problem(words.place(file, language, index), "frage-ohne-antwort", what, todo)


def _check_labels(file: File) -> Iterator[Problem]:
    """Options that read the same cannot be told apart when they are typed."""
    for name, step in file.playbook.steps.items():
        parts = step.items if isinstance(step, Checklist) else options_of(step)
        kind = "items" if isinstance(step, Checklist) else "options"
        seen: dict[tuple[str, str], str] = {}
        for key, part in parts.items():
            for language, label in part.label.items():
                first = seen.setdefault((language, label.casefold()), key)
                if first != key:
                    path = ("steps", name, kind, key, "label", language)
                    what = f"{quote(key)} heißt genau wie {quote(first)}: {quote(label)}."
                    yield file.problem(path, "beschriftung-doppelt", what, "Geben Sie beiden eigene Wörter.")
        yield from _check_aliases(file, name, options_of(step))


def _check_aliases(file: File, name: str, options: Mapping[str, Option]) -> Iterator[Problem]:
    """What people also say must lead to one answer, or nobody knows which was meant."""
    labels = {fold(label): key for key, option in options.items() for label in option.label.values()}
    for key, option in options.items():
        for place, alias in enumerate(option.also):
            first = labels.setdefault(fold(alias), key)
            if first != key:
                path = ("steps", name, "options", key, "also", place)
                what = f"{quote(alias)} steht hier bei {quote(key)} und meint schon {quote(first)}."
                yield file.problem(path, "wort-doppelt", what, "Löschen Sie es bei einer der beiden.")


def _is_emergency(file: File, step: str) -> bool:
    found = file.playbook.steps.get(step)
    return found is not None and "notruf" in found.tags

"""What the words say: calm, one thing at a time, no blame, no promise that nobody keeps, no slur.

Which words, and why, is `wordrules`; how hard they are to read, `legibility`; forms of gender, `gender`. What stands in
quotation marks is quoted, so blame is not looked for there ("„Das gehört zum Job“ stimmt nicht").
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from bot.documents import Problem, Severity, quote
from bot.flows.checking.files import QUOTED, File, Words, words_of
from bot.flows.checking.slurs import SLURS
from bot.flows.checking.wordrules import RULES
from bot.flows.reading import fold
from bot.flows.steps import Question

_WHY: Final = re.compile(
    r"(?<!\w)(?:warum|weshalb|wieso|weswegen|aus welchem grund|why|how come|what made you|for what reason)(?!\w)"
    r"[^.?!\n]*\?",
    re.IGNORECASE,
)
_EXCLAMATION: Final = re.compile(r"(?<!REspect)[!¡]")
_EMOJI: Final = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\u2b50-\u2b55\ufe0f]")
_SHOUTED: Final = re.compile(r"(?<!\w)(?!WEISSE[RNS]?\b)[A-ZÄÖÜ]{6,}(?!\w)")
# Letters that German endings add to a word.
_ENDINGS: Final = ("", "e", "en", "er", "es", "s", "n", "in", "innen", "haft", "isch")


def check_style(file: File) -> Iterator[Problem]:
    """Every text that a person may read. A template's body is the person's own voice: only slurs are looked for."""
    for words in words_of(file):
        for language, bubbles in words.texts.items():
            for index, bubble in enumerate(bubbles):
                yield from _check_slurs(file, words, language, index, bubble)
                if words.role != "body":
                    yield from _check_rules(file, words, language, index, bubble)
                    yield from _check_signs(file, words, language, index, bubble)


def _check_rules(file: File, words: Words, language: str, index: int, bubble: str) -> Iterator[Problem]:
    place = words.place(file, language, index)
    unquoted = QUOTED.sub("", bubble)
    for rule in RULES:
        found = rule.search(bubble if rule.quoted else unquoted) if language in rule.languages else None
        if found:
            what = rule.what.format(" ".join(found[0].split()))
            yield file.problem(place, rule.code, what, rule.todo, words=found[0], severity=rule.severity)
    if found := _WHY.search(unquoted):
        asked = isinstance(file.playbook.steps.get(words.step), Question) and words.role == "text"
        what = "Eine Warum-Frage klingt wie ein Vorwurf."
        todo = "Fragen Sie, was war oder was hilft." if asked else "Sagen Sie es ohne Frage."
        severity: Severity = "error" if asked else "warning"
        yield file.problem(place, "warum-frage", what, todo, words=found[0], severity=severity)


def _check_signs(file: File, words: Words, language: str, index: int, bubble: str) -> Iterator[Problem]:
    place = words.place(file, language, index)
    if found := _EXCLAMATION.search(bubble):
        what, todo = "Ein Ausrufezeichen macht laut, was ruhig sein soll.", "Setzen Sie einen Punkt."
        yield file.problem(place, "ausrufezeichen", what, todo, words=found[0])
    if found := _EMOJI.search(bubble):
        what, todo = f"{quote(found[0])} gehört nicht in eine ernste Nachricht.", "Löschen Sie es."
        yield file.problem(place, "emoji", what, todo, words=found[0])
    if found := _SHOUTED.search(bubble):
        what, todo = f"{quote(found[0])} in Großbuchstaben klingt wie Schreien.", "Schreiben Sie es klein."
        yield file.problem(place, "grossbuchstaben", what, todo, words=found[0], severity="warning")


def _check_slurs(file: File, words: Words, language: str, index: int, bubble: str) -> Iterator[Problem]:
    for word in fold(bubble).split():
        if _is_slur(word):
            what = "Hier steht eine Beleidigung; der Lotse wiederholt keine."
            todo = "Schreiben Sie „die Beleidigung“."
            yield file.problem(words.place(file, language, index), "beleidigung", what, todo)
            return


@lru_cache(maxsize=8192)
def _is_slur(word: str) -> bool:
    stems = {word.removesuffix(ending) for ending in _ENDINGS}
    return any(hashlib.sha256(stem.encode()).hexdigest()[:16] in SLURS for stem in stems)

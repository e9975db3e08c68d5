"""Forms of gender: which are not ours, and which a municipality does not want (`gender` in its file).

Source: shared page `sprache.md` 2. The colon is the usual form; some authorities may not use it (in Bavaria those of
the state, § 22 Abs. 5 AGO). Nothing is rewritten by machine, because people release texts as they stand: the check says
where a municipality would meet a form that it does not use, and a neutral word fits all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, Literal, get_args

from bot.documents import Problem, quote
from bot.flows.checking.files import File, Words, words_of
from bot.flows.wording import BLANK

GenderStyle = Literal["doppelpunkt", "paarform", "neutral"]
STYLES: Final[tuple[GenderStyle, ...]] = get_args(GenderStyle)

_FOREIGN: Final = re.compile(r"\w+(?:\*|_|/-?)(?:in|innen|r|n|e)\b|(?!LinkedIn)\b\w*[a-zäöüß]In(?:nen)?\b")
_COLON: Final = re.compile(r"\w+:(?:in|innen|r|n|e|m)\b")
_PAIR: Final = re.compile(r"\b[A-ZÄÖÜ]\w+innen (?:und|oder) [A-ZÄÖÜ]\w+\b|\b[A-ZÄÖÜ]\w+(?<!ter)in oder [A-ZÄÖÜ]\w+\b")


def check_gender(file: File) -> Iterator[Problem]:
    """Forms that no municipality uses, and the colon where it cannot be read."""
    for words, language, index, text in _german(file):
        place = words.place(file, language, index)
        if found := _FOREIGN.search(text):
            todo = "Schreiben Sie ein neutrales Wort oder den Doppelpunkt: „Kolleg:innen“."
            what = f"{quote(found[0])} ist nicht unsere Schreibweise."
            yield file.problem(place, "genderform", what, todo, words=found[0])
        if language == "de-simple" and (found := _COLON.search(text)):
            todo = "Schreiben Sie „Frauen und Männer“ oder ein neutrales Wort."
            what = f"{quote(found[0])} ist in einfacher Sprache schwer zu lesen."
            yield file.problem(place, "genderform-einfach", what, todo, words=found[0])


def check_gender_style(file: File, style: GenderStyle, place_name: str) -> Iterator[Problem]:
    """Forms that this municipality does not use."""
    for words, language, index, text in _german(file):
        found = _COLON.search(text) if style != "doppelpunkt" and language == "de" else None
        found = found or (_PAIR.search(text) if style == "neutral" and language == "de" else None)
        if found:
            what = f"{place_name} schreibt „gender: {style}“; hier steht {quote(found[0])}."
            todo = "Schreiben Sie neutral, das passt für alle, oder legen Sie für diese Kommune eine eigene Fassung an."
            place = words.place(file, language, index)
            yield file.problem(place, "gender-stil", what, todo, words=found[0], severity="warning")


def _german(file: File) -> Iterator[tuple[Words, str, int, str]]:
    for words in words_of(file):
        for language, bubbles in words.texts.items():
            for index, bubble in enumerate(bubbles if language.startswith("de") else ()):
                yield words, language, index, BLANK.sub("", bubble)

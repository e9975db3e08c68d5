"""How hard a German text is to read: words in a sentence, and the level of the whole.

The level is the first Wiener Sachtextformel (Bamberger and Vanecek, Lesen – Verstehen – Lernen – Schreiben, 1984):
about the school year that a reader needs, 4 very easy to 15 very hard. The limits are ours, measured on what ships:
plain German as for anybody who finished school, and for `de-simple` what DIN 8581-1 and the level B1 ask for as far
as a formula can tell; no formula measures B1, so that a human still reads aloud (docs/decisions/0011).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from bot.documents import Problem, quote
from bot.flows.checking.files import File, Words, words_of

# Most words of a sentence. sprache.md 3: below 12 to 15; `de-simple` 12 (programme).
LONGEST_SENTENCE: Final[Mapping[str, int]] = MappingProxyType({"de": 25, "de-simple": 12})
# The highest level of a text.
HARDEST: Final[Mapping[str, float]] = MappingProxyType({"de": 10.0, "de-simple": 6.0})
# The level of a few words says nothing.
ENOUGH_WORDS: Final = 20

_SENTENCE: Final = re.compile(r"(?<=[.?!:])\s+|\n+")
_WORD: Final = re.compile(r"[^\W\d_]+(?:[-·’'][^\W\d_]+)*")
# A syllable has one nucleus: a long or double vowel, a diphthong, or a single vowel.
_NUCLEUS: Final = re.compile("aa|ee|ie|oo|ai|au|äu|ei|eu|oi|ui|[aeiouyäöüáéíóúàèê]")
_LONG_LETTERS: Final = 7
_MANY_SYLLABLES: Final = 3


def check_legibility(file: File) -> Iterator[Problem]:
    """Sentences that are too long, and texts that are too hard."""
    for words in words_of(file):
        if words.role in ("text", "purpose"):
            for language, bubbles in words.texts.items():
                if language in HARDEST:
                    yield from _check_sentences(file, words, language, bubbles)
                    yield from _check_level(file, words, language, bubbles)


def _check_sentences(file: File, words: Words, language: str, bubbles: tuple[str, ...]) -> Iterator[Problem]:
    most = LONGEST_SENTENCE[language]
    for index, bubble in enumerate(bubbles):
        for sentence in _SENTENCE.split(bubble):
            count = len(_WORD.findall(sentence))
            if count > most:
                what = f"Dieser Satz hat {count} Wörter: {quote(sentence)}."
                todo = f"Machen Sie zwei daraus; mehr als {most} Wörter verliert man."
                place = words.place(file, language, index)
                yield file.problem(place, "satz-lang", what, todo, words=sentence[:30], severity="warning")


def _check_level(file: File, words: Words, language: str, bubbles: tuple[str, ...]) -> Iterator[Problem]:
    level, most = reading_level("\n".join(bubbles)), HARDEST[language]
    if level is not None and level > most:
        what = f"Der Text ist zu schwer zu lesen (Wiener Sachtextformel {level:.0f}, höchstens {most:.0f})."
        todo = "Kürzere Sätze, kürzere Wörter, Verben statt Hauptwörter."
        yield file.problem((*words.path, language), "schwer-zu-lesen", what, todo, severity="warning")


def reading_level(text: str) -> float | None:
    """The first Wiener Sachtextformel; None for too few words.

    Its parts: the share in per cent of words with three syllables and more, of words with more than six letters and of
    words with one syllable, and the mean number of words of a sentence.
    """
    found = _WORD.findall(text)
    if len(found) < ENOUGH_WORDS:
        return None
    sentences = sum(1 for sentence in _SENTENCE.split(text) if _WORD.search(sentence))
    counts = [syllables(word) for word in found]
    many = 100 * sum(count >= _MANY_SYLLABLES for count in counts) / len(found)
    long = 100 * sum(len(word) >= _LONG_LETTERS for word in found) / len(found)
    one = 100 * sum(count == 1 for count in counts) / len(found)
    return 0.1935 * many + 0.1672 * len(found) / max(1, sentences) + 0.1297 * long - 0.0327 * one - 0.875


def syllables(word: str) -> int:
    """The syllables of a German word: its vowels, long ones and diphthongs once."""
    return max(1, len(_NUCLEUS.findall(word.lower())))

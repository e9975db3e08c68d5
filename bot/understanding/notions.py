"""Words that mean the same in several languages, of which one word may mean several: how they are written and found.

Notation: a name and a colon, then beginnings of words, languages parted by "|". A word that must be whole ends with
"$": short ones begin too many others. Beginnings of five letters and more are also found inside compounds. They are
written as people type them and folded when they are read.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from typing import Final

from bot.flows.reading import fold
from bot.understanding.features import spell
from bot.understanding.glossary import LEAST, LEAST_INSIDE

MOST_KEPT: Final = 30_000
"""Words whose notions are kept at hand."""


class Glossary:
    """The notions of one text in this notation; read when the first word is looked up. From any thread.

    `after`: words that mean something only after one of these.
    """

    def __init__(self, text: str, after: Mapping[str, frozenset[str]] | None = None) -> None:
        self._text: Final = text
        self._after: Final = after or {}
        self.find = functools.lru_cache(MOST_KEPT)(self._find)

    @functools.cached_property
    def notions(self) -> Mapping[str, tuple[str, ...]]:
        """Which notions each beginning of a word stands for."""
        found: dict[str, dict[str, None]] = {}
        for notion in re.split(r"\n(?=\S)", self._text.strip()):
            name, _, words = notion.partition(":")
            for word in words.replace("|", " ").split():
                whole = "$" if word.endswith("$") else ""
                for part in fold(word.rstrip("$")).split():
                    found.setdefault(spell(part) + whole, {})[name] = None
        return {word: tuple(names) for word, names in found.items()}

    @functools.cached_property
    def _longest(self) -> int:
        return max(map(len, self.notions))

    def _find(self, word: str) -> tuple[str, ...]:
        """Return what a word, as `features.spell` gives it, stands for: whole, by its beginning, by what is inside."""
        known, longest = self.notions, self._longest
        found = dict.fromkeys(known.get(f"{word}$", ()))
        least = LEAST
        for start in range(max(1, len(word) - LEAST_INSIDE + 1)):
            for end in range(min(len(word), start + longest), start + least - 1, -1):
                if (names := known.get(word[start:end])) is not None:
                    found.update(dict.fromkeys(names))
                    break
            least = LEAST_INSIDE
        return tuple(found)

    def find_in_turn(self, words: Sequence[str]) -> list[tuple[str, ...]]:
        """Return what each of a text's words stands for, in their order."""
        after = self._after
        return [
            () if word in after and before not in after[word] else self.find(word)
            for before, word in zip(("", *words), words, strict=False)
        ]

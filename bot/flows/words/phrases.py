"""Whole messages that mean one fixed thing, said politely or not: "bitte stopp", "wie gehts", "zeig mir alle Nummern".

Owns: the small notation of such phrases and how a message is compared with them. What the phrases are is data of the
modules that use it.

Notation: one pattern a line, a row of words that must all occur, in any order; `a|b` is one of them. A line that begins
with `?` lists words that may occur besides. A message means a phrase when everything in it is explained: every word
is a filler or belongs to a pattern whose words all occur. So a command inside a sentence about something else is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from bot.flows.reading import fold

LONGEST_PHRASE: Final = 16
"""Words: a longer message tells a story, it gives no command."""


class _Pattern(NamedTuple):
    meaning: str
    rank: int
    required: tuple[frozenset[str], ...]
    explains: frozenset[str]


class PhraseBook:
    """Phrases by meaning, compiled once.

    When two are said at once, the one that explains more words wins, then the one whose meaning stands first.
    """

    def __init__(self, phrases: Mapping[str, str], fillers: Iterable[str]) -> None:
        self._fillers = frozenset(map(fold, fillers))
        self._by_word: dict[str, list[_Pattern]] = {}
        for rank, (meaning, lines) in enumerate(phrases.items()):
            written: list[tuple[list[str], list[str]]] = []
            for line in filter(None, map(str.strip, lines.splitlines())):
                if line.startswith("?"):
                    written[-1][1].extend(line[1:].split())
                else:
                    written.append((line.split(), []))
            for required, optional in written:
                self._add(meaning, rank, required, optional)

    def _add(self, meaning: str, rank: int, required: Iterable[str], optional: Iterable[str]) -> None:
        groups = tuple(frozenset(map(fold, token.split("|"))) for token in required)
        explains = frozenset(map(fold, optional)).union(*groups)
        pattern = _Pattern(meaning, rank, groups, explains)
        for word in min(groups, key=len):
            self._by_word.setdefault(word, []).append(pattern)

    def find(self, words: Sequence[str]) -> str | None:
        """Return the meaning of the whole message, else `None`."""
        # Nearly every message ends here: it is a story, or holds no word that a phrase begins to be looked for with.
        if len(words) > LONGEST_PHRASE or self._by_word.keys().isdisjoint(words):
            return None
        said = frozenset(words)
        best: tuple[int, int, str] | None = None
        unexplained = said - self._fillers
        for word in said & self._by_word.keys():
            for pattern in self._by_word[word]:
                if all(not said.isdisjoint(group) for group in pattern.required):
                    unexplained -= pattern.explains
                    found = (-len(said & pattern.explains), pattern.rank, pattern.meaning)
                    best = found if best is None else min(best, found)
        return best[2] if best is not None and not unexplained else None

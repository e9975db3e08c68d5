"""Whole messages that mean one fixed thing, said politely or not: "bitte stopp", "wie gehts", "zeig mir alle Nummern".

Owns: the small notation of such phrases and how a message is compared with them. What the phrases are is data of the
modules that use it.

A pattern is a row of words. Plain words must all occur, in any order; `a|b` is one of them; `?word` may occur. A
message means a phrase when everything in it is explained: every word is a filler or belongs to a pattern whose
required words all occur. So a command inside a sentence about something else is no command.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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
    """Phrases by meaning, compiled once. The order of the meanings settles which wins when two are said at once."""

    def __init__(self, phrases: Mapping[str, Iterable[str]], fillers: Iterable[str]) -> None:
        self._fillers = frozenset(map(fold, fillers))
        self._by_word: dict[str, list[_Pattern]] = {}
        for rank, (meaning, patterns) in enumerate(phrases.items()):
            for written in patterns:
                self._add(meaning, rank, written)

    def _add(self, meaning: str, rank: int, written: str) -> None:
        required: list[frozenset[str]] = []
        optional: set[str] = set()
        for token in written.split():
            spelled = frozenset(map(fold, token.removeprefix("?").split("|")))
            if token.startswith("?"):
                optional |= spelled
            else:
                required.append(spelled)
        pattern = _Pattern(meaning, rank, tuple(required), frozenset(optional).union(*required))
        rarest = min(required, key=len)
        for word in rarest:
            self._by_word.setdefault(word, []).append(pattern)

    def find(self, words: tuple[str, ...]) -> str | None:
        """Return the meaning of the whole message, else `None`."""
        if not words or len(words) > LONGEST_PHRASE:
            return None
        said = frozenset(words)
        best: _Pattern | None = None
        unexplained = said - self._fillers
        for word in said & self._by_word.keys():
            for pattern in self._by_word[word]:
                if all(not said.isdisjoint(group) for group in pattern.required):
                    unexplained -= pattern.explains
                    if best is None or pattern.rank < best.rank:
                        best = pattern
        return best.meaning if best is not None and not unexplained else None

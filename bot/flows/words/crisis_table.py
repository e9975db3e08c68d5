"""A table of phrases that are found in a text in spite of typos, in microseconds.

Owns: the notation in which `crisis_words` writes phrases, and the machine that finds them. Every word of a text
becomes one sign; words that no phrase knows become a dot; a phrase is a small regular expression over these signs.
Only phrases whose telling word occurs are tried, so that an ordinary message costs little more than its look-ups.

Notation of a line:
    word            this word; `a|b` one of them; `<name>` a word of the group; `stem*` in a group begins with it
    ?word  !word    the word may occur here; it must not follow here
    +word           the telling word of the phrase, where it is not the first that is not `frequent`
    _  _3           up to one, up to three words of any kind in between
    ~3  =3          the same, but none of the group `halt`, none of the group `ort`
    {name}          one of the sequences of that name
    ^  $            the beginning, the end of the message

Typos: words of seven letters and more are compared by Damerau distance (one, from nine letters on two); words of five
and six, and words that are no telling ones, are forgiven a slip (a swapped, missing or doubled letter); shorter ones
must be right.
Source of the idea: the spelling variants that `sprache.md`, section 6, asks for.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from rapidfuzz.distance import OSA

from bot.flows.reading import fold

SHORTEST_SLIP: Final = 5
"""Letters from which a swapped, missing or doubled letter is forgiven."""

SHORTEST_TYPO: Final = 7
"""Letters from which one typo of any kind is forgiven."""

SHORTEST_TWO_TYPOS: Final = 9
"""Letters from which two typos are forgiven."""

SHORTEST_STEM: Final = 6
"""Letters from which a slip in the stem of a compound is forgiven."""

_EDGE: Final = 3
"""Letters at the beginning or the end of a long word that are right, so that it is compared with few others."""

_HALT: Final = "<halt>"
_PLACE: Final = "<ort>"
_UNKNOWN: Final = "."
_FIRST_SIGN: Final = 0x4E00  # far from everything that a regular expression reads as its own


class Rule(NamedTuple):
    """One phrase: what it means (`None`: harmless), its pattern over signs, and the signs of its telling word.

    `needs`: for every word that must occur, its signs; where one has none in a text, the pattern is not tried.
    """

    meaning: str | None
    pattern: str
    keys: frozenset[str]
    needs: tuple[frozenset[str], ...]


class Vocabulary(NamedTuple):
    """The words that phrases are made of: groups by name, sequences by name, and what is no typo of them.

    `frequent` names groups and words that occur in every message, so that no phrase is tried because of them;
    `exact` names groups whose words, like words that stand in a phrase themselves, are forgiven slips only.
    """

    groups: Mapping[str, str]
    sequences: Mapping[str, str]
    frequent: frozenset[str]
    exact: frozenset[str]
    not_typos: str


class PhraseTable:
    """Phrases in the order in which they are tried. A harmless one blanks what it covers for those behind it."""

    def __init__(
        self,
        phrases: Iterable[tuple[str | None, str]],
        vocabulary: Vocabulary,
        *,
        joined: Sequence[tuple[str, str]] = (),
        split: Sequence[tuple[str, str]] = (),
        last: Iterable[tuple[str | None, str]] = (),
    ) -> None:
        """Compile `phrases` (meaning and lines).

        `joined`: phrases written without spaces, found inside a word, and their meaning; `split`: stems that are found
        inside a word or parted by spaces as well; `last`: phrases that are tried where none of all these is found.
        """
        self._vocabulary = vocabulary
        self._joined = tuple((fold(stem), meaning) for stem, meaning in joined)
        self._split = tuple((fold(stem), meaning) for stem, meaning in split)
        self._sequences = {
            name: [line.split() for line in lines.splitlines() if line.strip()]
            for name, lines in vocabulary.sequences.items()
        }
        written, behind = _lines(phrases), _lines(last)
        self._behind = len(written)
        written += behind
        self._signs: dict[str, str] = {}
        self._stems: dict[str, str] = {}
        self._forgiven: list[str] = []
        self._slipped: list[str] = []
        self._elements = self._spell(written)
        self._rules = tuple(self._rule(meaning, tokens) for meaning, tokens in written)
        self._searches: list[re.Pattern[str] | None] = [None] * len(self._rules)
        self._tried: dict[str, list[int]] = {}
        for place, rule in enumerate(self._rules):
            for sign in rule.keys:
                self._tried.setdefault(sign, []).append(place)
        self._stems_by_head: dict[str, list[str]] = {}
        self._heads: dict[tuple[str, int], list[tuple[str, int]]] = {}
        self._tails: dict[tuple[str, int], list[tuple[str, int]]] = {}
        self._forgive()

    # --- compiling ---------------------------------------------------------------------------------------------------

    def _spell(self, written: Iterable[tuple[str | None, list[str]]]) -> dict[str, str]:
        """Give every word a sign - words of the same elements share one - and return the signs of each element."""
        names = {name for _, tokens in written for name in self._names(tokens)} | {_HALT, _PLACE}
        members: dict[str, set[str]] = {}
        for name in names:
            listed = self._vocabulary.groups[name[1:-1]] if name[0] == "<" else name
            for word in listed.split():
                plain = fold(word) + ("*" if word.endswith("*") else "")
                members.setdefault(plain, set()).add(name)
        _add_stems(members)
        kinds: dict[frozenset[str], str] = {}
        elements = dict.fromkeys(names, "")
        for word, within in sorted(members.items()):
            kind = frozenset(within)
            if kind not in kinds:
                kinds[kind] = chr(_FIRST_SIGN + len(kinds))
                for name in kind:
                    elements[name] += kinds[kind]
            if word.endswith("*"):
                self._stems[word[:-1]] = kinds[kind]
            self._signs[word.rstrip("*")] = kinds[kind]
            if any(name[0] == "<" and name not in self._vocabulary.exact for name in within):
                self._forgiven.append(word.rstrip("*"))
            elif len(word) >= SHORTEST_TYPO:
                self._slipped.append(word.rstrip("*"))
        return elements

    def _names(self, tokens: Iterable[str]) -> Iterator[str]:
        for token in tokens:
            bare = token.lstrip("?!+")
            if bare[0] == "{":
                for line in self._sequences[bare[1:-1]]:
                    yield from self._names(line)
            elif bare[0] not in "_~=^$":
                yield from bare.split("|")

    def _rule(self, meaning: str | None, tokens: list[str]) -> Rule:
        keys = self._keys(tokens)
        if not keys:
            raise ValueError(f"this phrase has no telling word: {' '.join(tokens)}")
        return Rule(meaning, "".join(map(self._pattern, tokens)), keys, tuple(self._needs(tokens)))

    def _needs(self, tokens: Iterable[str]) -> Iterator[frozenset[str]]:
        for token in tokens:
            if token[0] == "{":
                first = [next(self._needs(line)) for line in self._sequences[token[1:-1]]]
                yield frozenset().union(*first)
            elif token[0] not in "?!_~=^$":
                yield frozenset("".join(self._elements[name] for name in token.removeprefix("+").split("|")))

    def _keys(self, tokens: Sequence[str]) -> frozenset[str]:
        """Return the signs of the telling word: the marked one, else the first that is not in every message."""
        plain = [token.split("|") for token in tokens if token[0] not in "?!_~=^${+"]
        marked = [token[1:].split("|") for token in tokens if token[0] == "+"]
        for names in marked + [names for names in plain if not self._vocabulary.frequent.intersection(names)]:
            return frozenset(sign for name in names for sign in self._elements[name])
        for token in tokens:
            if token[0] == "{":
                found = [self._keys(line) for line in self._sequences[token[1:-1]]]
                if all(found):
                    return frozenset().union(*found)
        return frozenset()

    def _pattern(self, token: str) -> str:
        head, rest = token[0], token[1:]
        if head in "^$":
            return head
        if head in "_~=":
            inside = {"_": ".", "~": f"[^{self._elements[_HALT]}]", "=": f"[^{self._elements[_PLACE]}]"}[head]
            return f"{inside}{{0,{rest or 1}}}"
        if head == "+":
            return self._pattern(rest)
        if head == "?":
            return f"(?:{self._pattern(rest)})?"
        if head == "!":
            return f"(?!{self._pattern(rest)})"
        if head == "{":
            return "(?:" + "|".join("".join(map(self._pattern, line)) for line in self._sequences[rest[:-1]]) + ")"
        return "[" + "".join(self._elements[name] for name in token.split("|")) + "]"

    def _forgive(self) -> None:
        """List the slips of short words, and the ends by which long ones are found again."""
        known = dict.fromkeys(map(fold, self._vocabulary.not_typos.split()), _UNKNOWN) | self._signs
        for stem, sign in tuple(self._stems.items()):
            if len(stem) >= SHORTEST_STEM:
                self._stems |= {slip: sign for slip in _slips(stem) if slip not in self._stems}
        for stem in sorted(self._stems, key=lambda stem: (-len(stem), stem)):  # the longest first
            self._stems_by_head.setdefault(stem[:_EDGE], []).append(stem)
        for word in sorted(word for word in set(self._forgiven) if len(word) >= SHORTEST_TYPO):
            allowed = 2 if len(word) >= SHORTEST_TWO_TYPOS else 1
            for length in range(len(word) - allowed, len(word) + allowed + 1):
                self._heads.setdefault((word[:_EDGE], length), []).append((word, allowed))
                self._tails.setdefault((word[-_EDGE:], length), []).append((word, allowed))
        short = [word for word in self._forgiven if len(word) < SHORTEST_TYPO]
        for word in (*short, *self._slipped):
            if len(word) >= SHORTEST_SLIP:
                for slip in _slips(word):
                    known.setdefault(slip, self._signs[word])
        self._signs = known

    def _compile(self, place: int) -> re.Pattern[str]:
        search = self._searches[place] = re.compile(self._rules[place].pattern)
        return search

    def prepare(self) -> None:
        """Compile every pattern now instead of when it is first tried (some 100 ms)."""
        for place in range(len(self._rules)):
            self._compile(place)

    # --- finding -----------------------------------------------------------------------------------------------------

    def scan(self, folded: str) -> str | None:
        """Return what the first phrase that the text holds means, else `None`."""
        known = self._signs.get
        signs = [
            known(word) or (self._near(word) if len(word) > SHORTEST_SLIP else _UNKNOWN) for word in folded.split()
        ]
        if self._tried.keys().isdisjoint(signs):
            return self._hidden(folded)
        line, present = "".join(signs), set(signs)
        tried = sorted({place for sign in present if sign in self._tried for place in self._tried[sign]})
        border = bisect.bisect_left(tried, self._behind)
        return (
            self._search(tried[:border], present, line)
            or self._hidden(folded)
            or self._search(tried[border:], present, line)
        )

    def _search(self, places: Iterable[int], present: set[str], line: str) -> str | None:
        """Return what the first of these phrases that stands in the line means."""
        for place in places:
            rule = self._rules[place]
            for need in rule.needs:
                if present.isdisjoint(need):
                    break
            else:
                search = self._searches[place] or self._compile(place)
                if rule.meaning is None:
                    line = search.sub(_blank, line)
                elif search.search(line):
                    return rule.meaning
        return None

    def _hidden(self, folded: str) -> str | None:
        """Find what stands inside a word, or is parted by spaces."""
        for stem, meaning in self._joined:
            if stem in folded:
                return meaning
        together = folded.replace(" ", "")
        for stem, meaning in self._split:
            if stem in together and together.count(stem) > f" {folded}".count(f" {stem}"):
                return meaning
        return None

    def _near(self, word: str) -> str:
        """Return the sign of the phrase word that `word` is a typo or a compound of, else the dot."""
        if word[-1] == word[-2]:
            word = word.rstrip(word[-1]) + word[-1]
            if word in self._signs:
                return self._signs[word]
        head = word[:_EDGE]
        for stem in self._stems_by_head.get(head, ()):
            if word.startswith(stem):
                return self._stems[stem]
        length = len(word)
        nearest, closest = "", 3
        for known, allowed in (*self._heads.get((head, length), ()), *self._tails.get((word[-_EDGE:], length), ())):
            distance = OSA.distance(word, known, score_cutoff=allowed)
            if distance <= allowed and distance < closest:
                nearest, closest = known, distance
        return self._signs[nearest] if nearest else _UNKNOWN


def _lines(phrases: Iterable[tuple[str | None, str]]) -> list[tuple[str | None, list[str]]]:
    return [(meaning, line.split()) for meaning, lines in phrases for line in lines.splitlines() if line.strip()]


def _add_stems(members: Mapping[str, set[str]]) -> None:
    """A word that some phrase names by itself still belongs to the groups in whose stems it begins."""
    stems = [plain for plain in members if plain.endswith("*") and len(plain) > _EDGE]
    for word, within in members.items():
        for stem in stems:
            if word.startswith(stem[:-1]):
                within.update(members[stem])


def _blank(found: re.Match[str]) -> str:
    return _UNKNOWN * len(found[0])


def _slips(word: str) -> Iterator[str]:
    """Every swap of neighbours, every missing and every doubled letter."""
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]
        yield word[: place + 1] + word[place:]
        if place:
            yield word[: place - 1] + word[place] + word[place - 1] + word[place + 1 :]

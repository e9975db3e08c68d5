"""Which of the offered options an answer means.

Owns: reading one choice or several by number, label, id, first words, label with typos, the words that it shares with
one label or hint and with no other, yes and no in many words, and "weiß ich nicht" and "möchte ich nicht sagen", which
are answers too; the words themselves are `words.answer_words`. `Labels` is made once per question (when a playbook is
linked); `pick` and `pick_many` then cost about a microsecond for a number or a label. Nothing raises for any text; an
option is never guessed: what fits two options is `ambiguous`, what fits none is `unclear`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from rapidfuzz import fuzz

from bot.flows.reading import fold, read_number
from bot.flows.words import answer_words

SURE: Final = 84.0
"""Likeness (0-100, rapidfuzz) from which a label with typos is taken: one wrong letter in six."""

MARGIN: Final = 6.0
"""How much more alike the best label must be than the next one, otherwise both are offered."""

SHORTEST_PREFIX: Final = 3
"""Letters of a beginning that may stand for its label."""

SHORTEST_TYPO: Final = 4
"""Letters that an answer needs before typos in it are forgiven."""

LONGEST_ANSWER: Final = 200
"""Letters beyond which a message is no longer compared with labels letter by letter."""

MOST_SHARED: Final = 8
"""Words of an answer that are looked for in the labels one by one; who says more tells a story."""

LONGEST_BEFORE_YES: Final = 4
"""Words of an answer whose last one may be its yes or no."""

TELLING: Final = 4
"""Letters that an answer must share with a label, in words that say something."""

MOST_PARTS: Final = 50
"""Parts of an answer to a question with several choices that are read."""


@dataclass(frozen=True, slots=True)
class Picked:
    """What an answer means: `index` of the option (0-based), or why there is none.

    `unknown` is "I do not know", `declined` "I would rather not say". `close` names the options that an ambiguous or
    unclear answer comes near to, best first.
    """

    kind: Literal["option", "unknown", "declined", "unclear", "ambiguous"]
    index: int | None = None
    close: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class PickedMany:
    """What an answer with several choices means: `indices` in the order of the options (0-based).

    `none` is "none of them", `done` is "finished" without a choice. With `unclear`, `indices` holds what was
    understood, so that the rest can be asked for.
    """

    kind: Literal["options", "none", "done", "unknown", "declined", "unclear"]
    indices: tuple[int, ...] = ()


UNKNOWN: Final = Picked("unknown")
DECLINED: Final = Picked("declined")
UNCLEAR: Final = Picked("unclear")


class Labels:
    """The options of one question, prepared for comparing. `ids` are their stable names, typed or spoken as well.

    `hints` are what stands below the labels: examples, parted by commas, that a person may answer with. `also` is what
    people say for them and nobody is shown; it is no label: crisis wording in it is still looked for first.
    Not `numbered`: a number is no option's number but an answer of its own (a scale, own words), so none is read here.
    """

    __slots__ = (
        "_aliases",
        "_also",
        "_by_id",
        "_exact",
        "_folded",
        "_hints",
        "_no",
        "_numbered",
        "_options",
        "_words",
        "_yes",
        "count",
    )

    def __init__(
        self,
        labels: Sequence[str],
        *,
        ids: Sequence[str] = (),
        hints: Sequence[str] = (),
        also: Sequence[Sequence[str]] = (),
        numbered: bool = True,
    ) -> None:
        self.count: Final = len(labels)
        self._numbered: Final = numbered
        self._options: Final = tuple(Picked("option", index) for index in range(len(labels)))
        self._folded: Final = tuple(map(fold, labels))
        self._by_id: Final = tuple(map(fold, ids))
        self._words: Final = tuple(frozenset(folded.split()) for folded in self._folded)
        self._hints: Final = tuple(_examples(hint) for hint in hints)
        self._also: Final = tuple(_examples(",".join(names)) for names in also)
        self._aliases: Final = {fold(name): self._options[place] for place, names in enumerate(also) for name in names}
        self._exact: Final = self._exact_answers(labels)
        self._yes: Final = self._where(answer_words.YES)
        self._no: Final = self._where(answer_words.NO)

    def _exact_answers(self, labels: Sequence[str]) -> dict[str, Picked]:
        """Map everything that names exactly one option; a label said twice names none."""
        named: dict[str, Picked] = {}
        spoilt: set[str] = set()
        for picked, label, folded in zip(self._options, labels, self._folded, strict=True):
            for name in {label, folded}:
                if name in named:
                    spoilt.add(name)
                named[name] = picked
        for name in spoilt:
            del named[name]
        for picked, name in zip(self._options, self._by_id, strict=False):
            named.setdefault(name, picked)
        for place, picked in enumerate(self._options if self._numbered else (), start=1):
            named.setdefault(str(place), picked)
            named.setdefault(f"{place}.", picked)
            if place <= len(answer_words.ORDINALS):
                for ordinal in answer_words.ORDINALS[place - 1]:
                    named.setdefault(ordinal, picked)
        if self._options and self._numbered:
            for last in answer_words.LAST:
                named.setdefault(last, self._options[-1])
        named.pop("", None)
        return named

    def _where(self, said: frozenset[str]) -> tuple[int, ...]:
        """Which options begin with yes (or no)."""
        return tuple(
            index
            for index, folded in enumerate(self._folded)
            if folded.split(" ", 1)[0] in said or (index < len(self._by_id) and self._by_id[index] in said)
        )

    def is_exact(self, text: str, folded: str) -> bool:
        """Whether the answer is an option's number, label or id to the letter (small and capital letters aside)."""
        return text in self._exact or (len(text) <= LONGEST_ANSWER and folded in self._exact)

    def pick_plainly(self, text: str, folded: str) -> Picked:
        """The same without forgiving anything, where own words are asked for: they must not be taken for a label."""
        if len(text) > LONGEST_ANSWER:
            return UNCLEAR
        if (exact := self._exact.get(text)) is not None:
            return exact
        if (exact := self._exact.get(folded)) is not None:
            return exact
        if folded in answer_words.UNKNOWN:
            return UNKNOWN
        return DECLINED if folded in answer_words.DECLINED else UNCLEAR

    def pick(self, text: str, folded: str | None = None) -> Picked:
        """Return which option the answer means; `folded` is the text as `fold` gives it, where that is known."""
        if (exact := self._exact.get(text)) is not None:
            return exact
        folded = fold(text) if folded is None else folded
        if (exact := self._exact.get(folded)) is not None:
            return exact
        if self._numbered and (number := read_number(text)) is not None:
            return self._options[number - 1] if 1 <= number <= self.count else UNCLEAR
        if not folded:
            return self._by_sign(text)
        bare = _bare(folded)
        if (exact := self._exact.get(bare)) is not None:
            return exact
        found = (
            self._by_alias(folded, bare)
            or self._by_beginning(bare)
            or self._by_meaning(folded, bare)
            or self._by_words(bare)
            or self._by_likeness(bare)
        )
        if found.kind != "unclear":
            return found
        return (
            self._by_shared_words(bare)
            or self._by_hint(bare)
            or self._by_last_word(bare)
            or self._by_first_clause(text)
            or found
        )

    def _by_sign(self, text: str) -> Picked:
        if "\U0001f44d" in text or "\u2705" in text:
            return self._only(self._yes)
        if "\U0001f44e" in text or "\u274c" in text:
            return self._only(self._no)
        return UNCLEAR

    def _by_beginning(self, bare: str) -> Picked | None:
        """Take a label by its first word or by three letters of its beginning, if no other begins so."""
        found = tuple(
            index
            for index, folded in enumerate(self._folded)
            if folded.startswith(bare) and (len(bare) >= SHORTEST_PREFIX or folded.startswith(bare + " "))
        )
        return self._only(found) if found else None

    def _by_meaning(self, folded: str, bare: str) -> Picked | None:
        if bare in answer_words.UNKNOWN or folded in answer_words.UNKNOWN:
            return (
                self._among(answer_words.UNKNOWN - answer_words.UNSURE) or self._among(answer_words.UNSURE) or UNKNOWN
            )
        if bare in answer_words.DECLINED or folded in answer_words.DECLINED:
            return self._among(answer_words.DECLINED) or DECLINED
        if bare in answer_words.NOT_NOW or folded in answer_words.NOT_NOW:
            return self._only(self._no)
        first = bare.split(" ", 1)[0]
        yes, no = first in answer_words.YES and self._yes, first in answer_words.NO and self._no
        if not (yes or no):
            return None
        rest = bare[len(first) + 1 :]
        if rest.split(" ", 1)[0] in (answer_words.NO if yes else answer_words.YES):
            return Picked("ambiguous", close=self._yes + self._no)
        candidates = yes or no or ()
        if len(candidates) > 1 and rest:
            found = self._by_likeness(bare)
            if found.kind == "unclear":
                found = self._by_shared_words(bare) or found
            return found if found.kind != "unclear" else Picked("ambiguous", close=candidates)
        other = self._by_likeness(rest) if rest else UNCLEAR
        if other.kind == "option" and other.index not in candidates:
            return Picked("ambiguous", close=(*candidates, *((other.index,) if other.index is not None else ())))
        return self._only(candidates)

    def _by_words(self, bare: str) -> Picked | None:
        """Take the one label that holds all that was said ("vorbei" for "Nein, vorbei")."""
        said = frozenset(bare.split()) - answer_words.LEADS
        if not said or (len(said) == 1 and max(map(len, said)) < SHORTEST_TYPO):
            return None
        holding = [
            picked
            for picked, words in zip(self._options, self._words, strict=True)
            # "speichern" is not "Nein, nichts speichern".
            if said <= words and (_denies(said) or (words - answer_words.NO).isdisjoint(answer_words.DENYING))
        ]
        return holding[0] if len(holding) == 1 else None

    def _by_shared_words(self, bare: str) -> Picked | None:
        """Take the label that shares telling words, also with typos, and twice as much of them as the next one.

        Who says "nicht" means no label without it, and the other way round.
        """
        said = bare.split()
        telling = [word for word in said if word not in answer_words.SMALL and word not in answer_words.DENYING]
        if not telling or len(said) > MOST_SHARED:
            return None
        denies = _denies(said)
        shared = [
            0
            if _denies(words) is not denies
            else sum(len(word) for word in telling if _stands_in(word, words - answer_words.SMALL))
            for words in self._words
        ]
        best, second = [*sorted(shared, reverse=True), 0, 0][:2]
        if best < TELLING or best < 2 * second:
            return None
        return self._options[shared.index(best)]

    def _by_hint(self, bare: str) -> Picked | None:
        """Take the option whose hint gives what was said as an example, if no other does."""
        found = _holding(self._hints, bare)
        return self._options[found[0]] if len(found) == 1 else None

    def _by_alias(self, folded: str, bare: str) -> Picked | None:
        """Take the option for which people say so, wherever in the answer it stands; of two, the person is asked."""
        whole = self._aliases.get(folded) or self._aliases.get(bare)
        if whole is not None:
            return whole
        found = _holding(self._also, bare) if self._also else ()
        return self._only(found) if found else None

    def _by_last_word(self, bare: str) -> Picked | None:
        """Take a yes or no that comes last: "frau und kinder ja"."""
        said = bare.split()
        if not 1 < len(said) <= LONGEST_BEFORE_YES:
            return None
        yes, no = said[-1] in answer_words.LAST_YES, said[-1] in answer_words.LAST_NO
        if yes is no or _denies(said[:-1]) or not (answer_words.YES | answer_words.NO).isdisjoint(said[:-1]):
            return None
        found = self._only(self._yes if yes else self._no)
        return found if found.kind == "option" else None

    def _by_first_clause(self, text: str) -> Picked | None:
        """Take what is said before the first comma, where the rest only explains: "Weiß noch nicht, erst mal sehen"."""
        parts = _CLAUSE.split(text, maxsplit=1)
        if len(parts) == 1 or len(text) > LONGEST_ANSWER:
            return None
        folded = fold(parts[0])
        found = self._exact.get(folded) or self._by_meaning(folded, _bare(folded))
        return found if found is not None and found.kind != "ambiguous" else None

    def _among(self, phrases: frozenset[str]) -> Picked | None:
        """Find the option that says "I do not know" (or "rather not") itself."""
        for picked, folded in zip(self._options, self._folded, strict=True):
            if folded in phrases or _bare(folded) in phrases:
                return picked
        return None

    def _by_likeness(self, bare: str) -> Picked:
        if not SHORTEST_TYPO <= len(bare) <= LONGEST_ANSWER:
            return UNCLEAR
        ranked = sorted(((_likeness(bare, folded), -i) for i, folded in enumerate(self._folded)), reverse=True)
        near = tuple(-i for score, i in ranked if score >= SURE)
        if not near:
            close = tuple(-i for score, i in ranked if score >= SURE - 3 * MARGIN)
            return Picked("unclear", close=close[:3])
        if len(ranked) > 1 and ranked[0][0] - ranked[1][0] < MARGIN and ranked[1][0] >= SURE - MARGIN:
            return Picked("ambiguous", close=(-ranked[0][1], -ranked[1][1]))
        return self._options[near[0]]

    def _only(self, found: Sequence[int]) -> Picked:
        if not found:
            return UNCLEAR
        return self._options[found[0]] if len(found) == 1 else Picked("ambiguous", close=tuple(found))

    def pick_many(self, text: str) -> PickedMany:
        """Return which options an answer with several choices means ("1, 3 und 5", "alle außer 2", "keine")."""
        if (exact := self._exact.get(text)) is not None and exact.index is not None:
            return PickedMany("options", (exact.index,))
        folded = fold(text)
        for said in (folded, _bare(folded)):
            if (exact := self._exact.get(said)) is not None and exact.index is not None:
                return PickedMany("options", (exact.index,))
            if said in answer_words.NONE:
                return PickedMany("none")
            if said in answer_words.DONE:
                return PickedMany("done")
            if said in answer_words.ALL:
                return PickedMany("options", tuple(range(self.count)))
        if (but := _ALL_BUT.match(text)) is not None:
            left_out, complete = self._in_parts(text[but.end() :])
            kept = tuple(index for index in range(self.count) if index not in left_out)
            return PickedMany("options", kept) if complete else PickedMany("unclear")
        whole = self.pick(text)
        if whole.kind in ("unknown", "declined"):
            return PickedMany("unknown" if whole.kind == "unknown" else "declined")
        found, complete = self._in_parts(text)
        return PickedMany("options" if complete else "unclear", tuple(sorted(found)))

    def _in_parts(self, text: str) -> tuple[set[int], bool]:
        """Return the options that the parts of an enumeration mean, and whether every part means one."""
        spelled = _RANGE.sub(_spell_range, text)
        if all(part.isdigit() for part in fold(spelled).split()):
            spelled = ", ".join(fold(spelled).split())
        parts = _SPLIT.split(spelled)  # parts at even places, what was between them at odd ones
        found: set[int] = set()
        complete = len(parts) <= 2 * MOST_PARTS
        place = 0
        while place < min(len(parts), 2 * MOST_PARTS):
            index, after = self._longest(parts, place)
            if index is not None:
                found.add(index)
            elif fold(parts[place]):
                complete = False
            place = after
        return found, complete and bool(found)

    def _longest(self, parts: Sequence[str], place: int) -> tuple[int | None, int]:
        """Read one option from `place` on, over commas and "und" that belong to its label; return the next place."""
        for end in range(min(place + 2 * _LONGEST_LABEL - 1, len(parts)), place, -2):
            picked = self.pick("".join(parts[place:end]).strip()) if end - place == 1 else self._whole(parts[place:end])
            if picked.index is not None:
                return picked.index, end + 1
        return None, place + 2

    def _whole(self, parts: Sequence[str]) -> Picked:
        return self._exact.get(fold("".join(parts)), UNCLEAR)


def pick(text: str, labels: Sequence[str], *, ids: Sequence[str] = ()) -> Picked:
    """Return which of `labels` the answer means; for a question asked more than once, keep a `Labels`."""
    return Labels(labels, ids=ids).pick(text)


def pick_many(text: str, labels: Sequence[str], *, ids: Sequence[str] = ()) -> PickedMany:
    """Return which of `labels` an answer with several choices means."""
    return Labels(labels, ids=ids).pick_many(text)


def _likeness(said: str, label: str) -> float:
    """Compare letters; an answer that holds the whole label, or nearly all of its words, counts nearly as well."""
    plain = fuzz.ratio(said, label)
    if len(label) < SHORTEST_TYPO:
        return plain
    return max(plain, 0.97 * fuzz.token_sort_ratio(said, label), 0.9 * _held(said, label))


def _held(said: str, label: str) -> float:
    """How much of the label's words the answer holds, 0-100, and 0 when it says much more than the label."""
    wanted, given = set(label.split()), set(said.split())
    if len(given) > 3 * len(wanted) + 2:
        return 0.0
    return 100.0 * sum(len(word) for word in wanted & given) / sum(map(len, wanted))


def _holding(examples: Sequence[Sequence[frozenset[str]]], bare: str) -> list[int]:
    """Which places give what was said as an example; "nicht gut" is none for "gut"."""
    said = frozenset(bare.split())
    if len(said) > MOST_SHARED:
        return []
    denies = _denies(said)
    return [
        place
        for place, some in enumerate(examples)
        if any(
            _denies(words) is denies and all(_stands_in(word, said) for word in words - answer_words.SMALL)
            for words in some
        )
    ]


def _examples(hint: str) -> tuple[frozenset[str], ...]:
    """Read the examples of a hint: "Bürgermeister:in, Landrät:in", "Stadt oder Landkreis"."""
    parts = (frozenset(fold(part).split()) for part in _EXAMPLES.split(hint))
    return tuple(part for part in parts if part - answer_words.SMALL)


def _denies(words: Iterable[str]) -> bool:
    return not answer_words.DENYING.isdisjoint(words)


def _stands_in(word: str, words: Iterable[str]) -> bool:
    """Whether the word, also with a typo, is one of these."""
    if word in words:
        return True
    if len(word) < SHORTEST_TYPO:
        return False
    return any(len(other) >= SHORTEST_TYPO and fuzz.ratio(word, other) >= SURE for other in words)


def _bare(folded: str) -> str:
    """Drop the politeness around an answer: "ich nehme bitte die zweite" is "zweite"."""
    parts = folded.split()
    while len(parts) > 1 and parts[0] in answer_words.LEADS:
        del parts[0]
    while len(parts) > 1 and parts[-1] in answer_words.TAILS:
        del parts[-1]
    return " ".join(parts)


def _spell_range(found: re.Match[str]) -> str:
    first, last = int(found[1]), int(found[2])
    if not first <= last < first + MOST_PARTS:
        return found[0]
    return ", ".join(map(str, range(first, last + 1)))


_LONGEST_LABEL: Final = 4
"""Parts that a label itself may consist of ("Kinder, Familie und Schule")."""

_SPLIT: Final = re.compile(r"([,;+&/\n]|(?i:\b(?:und|and|sowie|plus|oder|or)\b))")
_EXAMPLES: Final = re.compile(r",|\b(?:oder|or)\b")
_CLAUSE: Final = re.compile(r"[,.;:!?\u2013\u2014]|\s-\s|\b(?:aber|but)\b", re.IGNORECASE)
_RANGE: Final = re.compile(r"\b(\d{1,2})\s*(?:-|\u2013|bis|to)\s*(\d{1,2})\b")
_ALL_BUT: Final = re.compile(r"\s*(?i:alle[ns]?|all)\s+(?i:au(?:ß|ss)er|bis auf|ohne|except|but)\b")

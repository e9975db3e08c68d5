"""A message in someone's own words, and what it may mean: a crisis, a command, small talk, or playbooks to offer.

Owns: the order in which that is asked (crisis first, then commands, small talk, playbooks) and the likeness of a
message to what coordinators wrote as examples. A playbook is offered, never assumed: candidates come with scores
between 0 and 1, and a message that tells too little is `unclear`, as is announced violence (shared page
`szenarien.md`, part C): it is answered calmly and never sorted into a playbook.

Method: words and their pieces of four letters - so that typos, dialect and compounds still meet - are weighted by how
well they tell the playbooks apart (tf-idf over playbooks; Salton & Buckley, "Term-weighting approaches in automatic
text retrieval", 1988) and compared by cosine. All languages together, since a person mixes them too. Deterministic,
no model, no network.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from bot.flows.commands import Command, recognise, smalltalk
from bot.flows.crisis import scan, scan_violence
from bot.flows.reading import fold

GRAM: Final = 4
"""Letters of the pieces in which words are compared; a word's edges count as letters. 3 and 5 did no better."""

KEYWORD_WEIGHT: Final = 5
"""A keyword counts as if it stood in so many more examples."""

TELLING: Final = 0.26
"""A message is offered playbooks when it tells this share of what a typical example of theirs tells."""

CONTRAST: Final = 4
"""Power by which likeness becomes a share: the best candidate stands out, near ones stay near."""

LONGEST_LOOK: Final = 120
"""Different words of a message that are compared; a longer story has said it by then."""

_SAMPLE: Final = 24
"""Examples from which the typical one is worked out."""

_FUNCTION_WORDS: Final = frozenset(
    fold(
        "ich du er sie es wir ihr mich mir mein meine meinen meinem meiner dich dir uns unser unsere der die das den"
        " dem des"
        " ein eine einen einem einer und oder aber auch noch nur schon so da hier ja nein nicht kein keine ist sind"
        " war waren"
        " wird werden wurde hat habe haben hatte kann können soll darf muss will zu zum zur in im an am auf aus bei"
        " beim mit"
        " nach von vom vor für über um was wer wie wo wann warum dass ob wenn als mal doch denn man jemand etwas"
        " jetzt heute"
        " gestern immer wieder sehr gut a an the is are were be been to of on at for with and or but not my me we"
        " our you"
        " your it this that they them do does did have has had can how who when should there here if no bin bist"
        " sein gibt"
        " geht gerade grad bitte danke hallo de ned net i s"
    ).split()
)
"""Words that stand in every message and tell nothing, in German and English."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a playbook is found by: whole messages and single words that speak for it, in all its languages."""

    id: str
    incident_ids: tuple[str, ...]
    utterances: tuple[str, ...]
    keywords: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A playbook that may be meant, and its share of what speaks for any (0 to 1)."""

    id: str
    score: float


@dataclass(frozen=True, slots=True)
class Match:
    """What a message may mean. `candidates`, best first, come with `playbook` and, as a hint, with `unclear`."""

    kind: Literal["playbook", "crisis", "command", "smalltalk", "unclear"]
    candidates: tuple[Candidate, ...] = ()
    command: Command | None = None
    smalltalk: str | None = None


class Matcher:
    """Compares messages with the examples of all playbooks. Made once; matching changes nothing."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._entries: Final = tuple(entries)
        self._keywords: Final = frozenset(fold(word) for entry in self._entries for word in entry.keywords)
        counted = [_count(entry) for entry in self._entries]
        spread = Counter(feature for counts in counted for feature in counts)
        self._rarity: Final = {
            feature: math.log((len(counted) + 1) / (within + 0.5)) for feature, within in spread.items()
        }
        self._weights: Final[dict[str, list[tuple[int, float]]]] = {feature: [] for feature in spread}
        for place, counts in enumerate(counted):
            weights = {feature: math.log1p(count) * self._rarity[feature] for feature, count in counts.items()}
            length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
            for feature, weight in weights.items():
                self._weights[feature].append((place, weight / length))
        self._least: Final = TELLING * self._typical()

    def _typical(self) -> float:
        """How much the middle one of the examples tells of its playbook."""
        examples = [text for entry in self._entries for text in entry.utterances]
        sample = examples[:: max(1, len(examples) // _SAMPLE)]
        told = sorted(max(self._tell(fold(text).split())[0], default=0.0) for text in sample)
        return told[len(told) // 2] if told else 0.0

    def match(self, text: str, top: int = 3) -> Match:
        """Return what the message may mean, with at most `top` playbooks."""
        folded = fold(text)
        if scan(folded) is not None:
            return Match("crisis")
        if (command := recognise(folded)) is not None:
            return Match("command", command=command)
        if (topic := smalltalk(folded)) is not None:
            return Match("smalltalk", smalltalk=topic)
        if scan_violence(folded):
            return Match("unclear")
        words = list(dict.fromkeys(folded.split()))[:LONGEST_LOOK]
        told, length = self._tell(words)
        if not told or not length or not max(told):
            return Match("unclear")
        shares = [weight**CONTRAST for weight in told]
        whole = sum(shares)
        ranked = sorted(range(len(told)), key=lambda place: (-told[place], self._entries[place].id))
        candidates = tuple(
            Candidate(self._entries[place].id, round(shares[place] / whole, 4)) for place in ranked[:top] if told[place]
        )
        enough = max(told) >= self._least or not self._keywords.isdisjoint(words)
        return Match("playbook" if enough else "unclear", candidates)

    def _tell(self, words: Sequence[str]) -> tuple[list[float], float]:
        """How much the words speak for each playbook, and the length of their vector."""
        seen: Counter[str] = Counter()
        for word in words:
            seen.update(feature for feature in _features(word) if feature in self._rarity)
        told = [0.0] * len(self._entries)
        length = 0.0
        for feature, count in seen.items():
            weight = self._rarity[feature] * (1 + math.log(count))
            length += weight * weight
            for place, share in self._weights[feature]:
                told[place] += weight * share
        return told, length


def _count(entry: Entry) -> Counter[str]:
    """Count in how many examples of a playbook each feature occurs."""
    words: Counter[str] = Counter()
    for text in entry.utterances:
        words.update(set(fold(text).split()))
    for text in entry.keywords:
        for word in fold(text).split():
            words[word] += KEYWORD_WEIGHT
    counts: Counter[str] = Counter()
    for word, times in words.items():
        for feature in _features(word):
            counts[feature] += times
    return counts


def _features(word: str) -> set[str]:
    """A word and its pieces, edges included; nothing for a word that tells nothing."""
    if word in _FUNCTION_WORDS:
        return set()
    edged = f"^{word}$"
    return {edged, *[edged[start : start + GRAM] for start in range(len(edged) - GRAM + 1)]}

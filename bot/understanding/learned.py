"""What was learned from examples: which label a new text most likely has.

Two ways, mixed: multinomial naive Bayes over weighted features (Rennie et al., "Tackling the poor assumptions of naive
Bayes text classifiers", 2003: weighting by rarity and length before counting) knows what is typical of a label;
the nearest examples (cosine) know what was said just so. Plain Python and deterministic: trained in a fraction of a
second, so an example that a coordinator adds counts at the next reload. Figures: docs/matching.md.
"""

from __future__ import annotations

import heapq
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from bot.understanding.features import NOTION, find_features

SMOOTHING: Final = 0.05
"""Weight that every feature has in every label unseen."""

EMPHASIS: Final = 2.5
"""Weight of what words mean beside their letters."""

NEIGHBOURS: Final = 15
"""Nearest examples that have a say."""

CLOSENESS: Final = 3
"""Power of their likeness: near ones say more."""

SAY: Final = 0.5
"""Weight of the neighbours beside the Bayes part."""

UNLIKELY: Final = 0.003
"""Share of a label that no neighbour has."""

CALM: Final = 0.35
"""Power on the likelihoods, so that shares tell how sure they are; naive Bayes counts every feature as news."""

See = Callable[[str], Sequence[str]]


class Likely(NamedTuple):
    """What a text may be: the share of every label (they sum up to 1), and its likeness to the nearest example."""

    shares: dict[str, float]
    nearest: float


class Learned:
    """Trained once, from (label, folded text) pairs; judging changes nothing.

    `emphasis`: weight of notions; at 0 only letters count. `see`: what a text is compared by.
    """

    def __init__(
        self, examples: Iterable[tuple[str, str]], *, emphasis: float = EMPHASIS, see: See = find_features
    ) -> None:
        self._see: Final = see
        pairs = [(label, see(text)) for label, text in examples]
        pairs = [(label, features) for label, features in pairs if features]
        self._labels: Final = tuple(sorted({label for label, _features in pairs}))
        spread = Counter(feature for _label, features in pairs for feature in features)
        self._strength: Final = {
            feature: (1 + math.log((1 + len(pairs)) / (1 + n))) * (emphasis if feature.startswith(NOTION) else 1.0)
            for feature, n in spread.items()
        }
        self._of: list[int] = []
        # In which examples a feature is; what it weighs there hangs on it and on the length of the example.
        self._postings: defaultdict[str, list[int]] = defaultdict(list)
        self._shortness: list[float] = []
        weights: list[defaultdict[str, float]] = [defaultdict(float) for _label in self._labels]
        places = {label: place for place, label in enumerate(self._labels)}
        for number, (label, features) in enumerate(pairs):
            self._of.append(places[label])
            self._shortness.append(1 / self._measure(features))
            for feature, weight in self._weigh(features):
                self._postings[feature].append(number)
                weights[places[label]][feature] += weight
        self._typical: Final = self._compare(weights)
        counts = Counter(self._of)
        # How many examples somebody wrote says little about how often it happens.
        self._prior: Final = [0.5 * math.log(counts[place] / len(pairs)) for place in range(len(self._labels))]

    def _measure(self, features: Sequence[str]) -> float:
        """The length of a text, as a vector of what is known of its features."""
        return math.sqrt(sum(self._strength.get(feature, 0.0) ** 2 for feature in features)) or 1.0

    def _weigh(self, features: Sequence[str]) -> list[tuple[str, float]]:
        strength, length = self._strength, self._measure(features)
        return [(feature, strength[feature] / length) for feature in features if feature in strength]

    def _compare(self, weights: Sequence[dict[str, float]]) -> dict[str, list[tuple[int, float]]]:
        """Per feature and label that has it: how much more it speaks for the label than an unseen one."""
        size = SMOOTHING * len(self._strength)
        self._unseen = [math.log(SMOOTHING / (sum(one.values()) + size)) for one in weights]
        typical: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
        for place, one in enumerate(weights):
            for feature, weight in one.items():
                typical[feature].append((place, math.log((weight + SMOOTHING) / SMOOTHING)))
        return typical

    def find_nearest(self, folded: str, *, besides: str) -> tuple[str, float]:
        """Return the label of the example that is most alike a text, of other labels than `besides`, and how alike."""
        near = self._compare_all(self._weigh(self._see(folded)))
        others = [(-likeness, number) for number, likeness in near.items() if self._labels[self._of[number]] != besides]
        if not others:
            return "", 0.0
        likeness, number = min(others)
        return self._labels[self._of[number]], -likeness

    def find_alike(self, folded: str, *, least: float) -> list[str]:
        """Return the labels of all examples that are at least so much alike a text, in the order of the examples."""
        near = self._compare_all(self._weigh(self._see(folded)))
        return [self._labels[self._of[number]] for number in sorted(near) if near[number] >= least]

    def _compare_all(self, weighed: Iterable[tuple[str, float]]) -> Mapping[int, float]:
        """How alike each example is that has anything of it (cosine)."""
        near: defaultdict[int, float] = defaultdict(float)
        for feature, weight in weighed:
            shared = weight * self._strength[feature]
            for number in self._postings[feature]:
                near[number] += shared
        shortness = self._shortness
        return {number: shared * shortness[number] for number, shared in near.items()}

    def judge(self, folded: str) -> Likely:
        """Return what a folded text may be; no shares when nothing of it is known."""
        weighed = self._weigh(self._see(folded))
        if not weighed:
            return Likely({}, 0.0)
        mass = sum(weight for _feature, weight in weighed)
        told = [prior + mass * unseen for prior, unseen in zip(self._prior, self._unseen, strict=True)]
        for feature, weight in weighed:
            for place, speaks in self._typical[feature]:
                told[place] += weight * speaks
        near = self._compare_all(weighed)
        # Of examples that are equally near the earlier one counts: the order never hangs on chance.
        best = heapq.nsmallest(NEIGHBOURS, near.items(), key=lambda one: (-one[1], one[0]))
        votes: defaultdict[int, float] = defaultdict(float)
        for number, likeness in best:
            votes[self._of[number]] += likeness**CLOSENESS
        whole = sum(votes.values()) or 1.0
        mixed = [logged + SAY * math.log(votes[place] / whole + UNLIKELY) for place, logged in enumerate(told)]
        top = max(mixed)
        shares = [math.exp((one - top) * CALM) for one in mixed]
        total = sum(shares)
        return Likely(
            {label: share / total for label, share in zip(self._labels, shares, strict=True)}, min(1.0, best[0][1])
        )

"""Two kinds of texts, separated linearly: how strongly what is in a text speaks for one of them.

A support vector machine with squared hinge loss, trained one example at a time in its dual (Hsieh et al., "A dual
coordinate descent method for large-scale linear SVM", 2008). Plain Python and deterministic: the order of the examples
in each round is fixed by their numbers.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from operator import itemgetter, mul
from typing import Final

COST: Final = 2.0
"""How much a mistake in an example costs beside large weights."""

ROUNDS: Final = 10
"""How often each example is looked at. After five the result still hangs on how many examples there are: forty more
moved all of it by a tenth; after ten it stands."""

_CLEAR: Final = 0.5
"""How far beyond what is wanted an example must lie to be left alone in the next round."""

_LEAPS: Final = (0.618034, 0.414214, 0.732051)
"""From one example to the next, as a share of all, by round: like ones stand together and must not come together."""

_LEAST_STEP: Final = 1e-4

Pick = Callable[[Sequence[float]], Sequence[float]]


class Separation:
    """Trained once, from what is in each example and whether it is meant; judging changes nothing.

    `emphasis`: the weight of features whose name begins with one of `emphasised`, beside the others.
    """

    def __init__(
        self, examples: Iterable[tuple[Sequence[str], bool]], *, emphasised: tuple[str, ...] = (), emphasis: float = 1.0
    ) -> None:
        pairs = [(features, meant) for features, meant in examples if features]
        spread = Counter(feature for features, _meant in pairs for feature in features)
        self._places: Final = {feature: place for place, feature in enumerate(spread)}
        self._scale: Final = [
            (1 + math.log((1 + len(pairs)) / (1 + count))) * (emphasis if feature.startswith(emphasised) else 1.0)
            for feature, count in spread.items()
        ]
        self._weights: Final = [0.0] * len(spread)
        self._bias = 0.0
        # What is in no example: it says nothing, and the rest says less beside it.
        self._unknown: Final = (1 + math.log(1 + len(pairs))) ** 2
        self._train(pairs)

    def judge(self, features: Sequence[str]) -> float:
        """Return how strongly this speaks for what is meant: above 0 rather so than not."""
        places = [place for feature in features if (place := self._places.get(feature)) is not None]
        scale, weights = self._scale, self._weights
        unknown = self._unknown * (len(features) - len(places))
        length = math.sqrt(unknown + sum(scale[place] ** 2 for place in places)) or 1.0
        return self._bias + sum(scale[place] * weights[place] for place in places) / length

    def _train(self, pairs: Sequence[tuple[Sequence[str], bool]]) -> None:
        rows = [self._row(features) for features, _meant in pairs]
        sides = [1.0 if meant else -1.0 for _features, meant in pairs]
        shares, rests = [0.0] * len(rows), [False] * len(rows)
        weights, slack, count = self._weights, 0.5 / COST, len(rows)
        for turn in range(ROUNDS):
            stride = _choose_stride(count, _LEAPS[turn % len(_LEAPS)])
            for number in range(count):
                at = (number * stride + turn) % count
                if rests[at]:
                    rests[at] = False
                    continue
                places, pick, values = rows[at]
                side, share = sides[at], shares[at]
                told = self._bias + sum(map(mul, pick(weights), values))
                lacking = side * told - 1 + slack * share
                if share == 0.0 and lacking >= 0.0:
                    rests[at] = lacking > _CLEAR
                    continue
                # A row has length 1, and the bias counts as one feature more.
                new = max(share - lacking / (2.0 + slack), 0.0)
                step = (new - share) * side
                if abs(step) < _LEAST_STEP:
                    continue
                shares[at] = new
                self._bias += step
                for place, value in zip(places, values, strict=True):
                    weights[place] += step * value

    def _row(self, features: Sequence[str]) -> tuple[list[int], Pick, list[float]]:
        """The places of an example's features, how they are picked out, and their values, of length 1 together."""
        places = [self._places[feature] for feature in features]
        length = math.sqrt(sum(self._scale[place] ** 2 for place in places))
        pick: Pick = itemgetter(*places) if len(places) > 1 else itemgetter(slice(places[0], places[0] + 1))
        return places, pick, [self._scale[place] / length for place in places]


def _choose_stride(count: int, leap: float) -> int:
    """The step, about this share of all, with which every example is met once."""
    stride = max(1, int(count * leap))
    while math.gcd(stride, count) != 1:
        stride += 1
    return stride

"""Two kinds of texts, separated linearly: how strongly what is in a text speaks for one of them.

A support vector machine with squared hinge loss, trained one example at a time in its dual (Hsieh et al., "A dual
coordinate descent method for large-scale linear SVM", 2008). Features are kept by a short hash of their names
(Weinberger et al., "Feature hashing for large scale multitask learning", 2009): of 300,000 features one in seven shares
its place with another, which changes no figure, and all of them take eight megabytes instead of seventy. Plain Python
and deterministic: the order of the examples in each round is fixed by their numbers.
"""

from __future__ import annotations

import math
import struct
import time
from array import array
from collections.abc import Callable, Iterable, Sequence
from operator import itemgetter, mul
from typing import Final, NamedTuple
from zlib import crc32

COST: Final = 2.0
"""How much a mistake in an example costs beside large weights."""

ROUNDS: Final = 12
"""How often each example is looked at. After eight the result still hung on their order: seven fewer of 34,000 moved
all of it by a twentieth, as much as a threshold is worth; after twelve by two thousandths."""

PLACES: Final = 1 << 20
"""Places that features are kept at."""

EMPHASISED: Final = 1 << 17
"""So many of these, the first ones, for features that are emphasised: some thousands."""

_CLEAR: Final = 0.5
"""How far beyond what is wanted an example must lie to be left alone in the next rounds, each time in one more."""

_LEAPS: Final = (0.618034, 0.414214, 0.732051)
"""From one example to the next, as a share of all, by round: like ones stand together and must not come together."""

_LEAST_STEP: Final = 1e-4
_TURNS: Final = 32
"""Examples after which others get their turn: whoever is answered meanwhile must not wait for the interpreter."""
_HEAD: Final = struct.Struct("<dd")

Pick = Callable[[Sequence[float]], Sequence[float]]


class _Row(NamedTuple):
    """An example: where its features are kept, how these are picked out, and their values, of length 1 together."""

    places: Sequence[int]
    pick: Pick
    values: Sequence[float]


class Separation:
    """What was learned; judging changes nothing. `learn` makes one, `restore` one from what another has dumped."""

    def __init__(
        self, emphasised: tuple[str, ...], unknown: float, bias: float, scale: array[float], weights: array[float]
    ) -> None:
        self._emphasised: Final = emphasised
        self._unknown: Final = unknown
        self._bias: Final = bias
        self._scale: Final = scale
        self._weights: Final = weights

    @classmethod
    def learn(
        cls, examples: Iterable[tuple[Sequence[str], bool]], *, emphasised: tuple[str, ...] = (), emphasis: float = 1.0
    ) -> Separation:
        """Learn from what is in each example and whether it is meant.

        `emphasis`: the weight of features whose name begins with one of `emphasised`, beside the others.
        """
        looked = [(_place(features, emphasised), meant) for features, meant in examples if features]
        spread = [0] * PLACES
        for places, _meant in looked:
            for place in places:
                spread[place] += 1
        # By how rare they are; what is in no example says nothing, and the rest says less beside it.
        scale = [1 + math.log((1 + len(looked)) / (1 + count)) if count else 0.0 for count in spread]
        scale[:EMPHASISED] = [emphasis * one for one in scale[:EMPHASISED]]
        unknown = (1 + math.log(1 + len(looked))) ** 2
        rows = [_weigh(places, scale) for places, _meant in looked]
        weights, bias = _train(rows, [1.0 if meant else -1.0 for _places, meant in looked])
        return cls(emphasised, unknown, bias, array("f", scale), array("f", weights))

    def judge(self, features: Sequence[str]) -> float:
        """Return how strongly this speaks for what is meant: above 0 rather so than not."""
        told = square = 0.0
        for place in _place(features, self._emphasised):
            value = self._scale[place]
            square += value * value or self._unknown
            told += value * self._weights[place]
        return self._bias + told / (math.sqrt(square) or 1.0)

    def dump(self) -> bytes:
        """Return it as bytes, for `restore`."""
        return _HEAD.pack(self._unknown, self._bias) + self._scale.tobytes() + self._weights.tobytes()

    @classmethod
    def restore(cls, body: bytes, *, emphasised: tuple[str, ...] = ()) -> Separation:
        """Return what was dumped, on a machine of the same kind.

        Raises:
            ValueError: these are no such bytes.
        """
        half = PLACES * array("f").itemsize
        if len(body) != _HEAD.size + 2 * half:
            message = f"{len(body)} bytes are no separation"
            raise ValueError(message)
        unknown, bias = _HEAD.unpack_from(body)
        scale, weights = array("f", body[_HEAD.size : -half]), array("f", body[-half:])
        return cls(emphasised, unknown, bias, scale, weights)


def _place(features: Sequence[str], emphasised: tuple[str, ...]) -> list[int]:
    return [
        crc32(feature.encode()) % EMPHASISED
        if feature.startswith(emphasised)
        else EMPHASISED + crc32(feature.encode()) % (PLACES - EMPHASISED)
        for feature in features
    ]


def _weigh(places: Sequence[int], scale: Sequence[float]) -> _Row:
    values = [scale[place] for place in places]
    length = math.sqrt(sum(value * value for value in values))
    pick: Pick = itemgetter(*places) if len(places) > 1 else itemgetter(slice(places[0], places[0] + 1))
    return _Row(places, pick, [value / length for value in values])


def _train(rows: Sequence[_Row], sides: Sequence[float]) -> tuple[list[float], float]:
    """The weight of each place, and what is added to all: `sides` are 1 for what is meant and -1 for what is not."""
    weights, bias, slack, count = [0.0] * PLACES, 0.0, 0.5 / COST, len(rows)
    shares, clear, rests_until = [0.0] * count, [0] * count, [0] * count
    for turn in range(ROUNDS):
        stride = _choose_stride(count, _LEAPS[turn % len(_LEAPS)])
        for number in range(count):
            if not number % _TURNS:
                time.sleep(0)
            at = (number * stride + turn) % count
            if rests_until[at] > turn:
                continue
            (places, pick, values), side, share = rows[at], sides[at], shares[at]
            lacking = side * (bias + sum(map(mul, pick(weights), values))) - 1 + slack * share
            if share == 0.0 and lacking >= 0.0:
                if lacking > _CLEAR:
                    clear[at] += 1
                    rests_until[at] = turn + 1 + clear[at]
                continue
            clear[at] = 0
            # A row has length 1, and the bias counts as one feature more.
            new = max(share - lacking / (2.0 + slack), 0.0)
            step = (new - share) * side
            if abs(step) < _LEAST_STEP:
                continue
            shares[at] = new
            bias += step
            for place, value in zip(places, values, strict=True):
                weights[place] += step * value
    return weights, bias


def _choose_stride(count: int, leap: float) -> int:
    """The step, about this share of all, with which every example is met once."""
    stride = max(1, int(count * leap))
    while math.gcd(stride, count) != 1:
        stride += 1
    return stride

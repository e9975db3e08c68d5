"""What was learned of how people in distress write, beside the word lists of the engine and never instead of them.

Owns: whether words that the lists do not know may still speak of a crisis, of whoever writes them or of somebody else.
Learned from `playbooks/utterances/krise.yaml`, `krise_andere.yaml` and `keine_krise.yaml`, and from the examples of all
playbooks, which are none. It decides nothing: the engine asks gently where it hears something (decision 0043).
Deterministic, plain Python. Figures: docs/matching.md.
"""

from __future__ import annotations

import itertools
import re
import threading
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from bot.flows.exchange import Distress
from bot.flows.reading import fold
from bot.understanding.distress_glossary import find_in_turn
from bot.understanding.features import GRAM, spell
from bot.understanding.linear import Separation
from bot.understanding.meaning import Encoder, Leaning
from bot.understanding.utterances import NEITHER, NO_PLAYBOOKS, OTHERS, SELF, Utterances

FROM: Final = -0.16
"""How strongly words must speak for a crisis; chosen by what was left out (docs/matching.md)."""

DOUBTED: Final = -0.45
"""How strongly they must speak for it to be looked at by their meaning too, where embeddings are switched on."""

FROM_BOTH: Final = -0.3
"""How strongly letters and meaning together must speak for it there."""

ALONE: Final = 0.3
"""So much more strongly one sentence of a longer message must speak for it than the whole."""

FEWEST: Final = 2
"""Words of a message below which nothing is heard: "weg" answers a question, and the lists know what is plain."""

EMPHASIS: Final = 1.5
"""Weight of what words mean beside their letters."""

STEM: Final = 5
"""Letters of the beginnings of words that are looked at two by two."""

NEAR: Final = 3
"""How far apart two words are looked at together."""

MOST_WORDS: Final = 120
MOST_PAIRED: Final = 14
MOST_PARTS: Final = 12
"""Different words, notions of a text looked at two by two, sentences of a message."""

LONGEST_HEAD: Final = 1_500
LONGEST_TAIL: Final = 700
"""Code points at the beginning and at the end of a message that are looked at."""

MEANT: Final = 300
"""Code points whose meaning is looked at."""

_ENDS: Final = re.compile(r"[.!?;\n…؟]+\s*")
_SHORTEST_PART: Final = 3
_NOTION: Final = "="
_ORDERED: Final = "~"


class _Trained(NamedTuple):
    whether: Separation
    whose: Separation
    leaning: Leaning | None = None


class Concern:
    """Trained by the first message, or by `prepare`; judging changes nothing, from any thread.

    `examples`: (label, text) pairs; every label but SELF and OTHERS is none. Without examples of a crisis nothing is
    ever heard. `encoder`: tells what whole sentences mean, once `prepare` has read the examples with it.
    """

    def __init__(self, examples: Iterable[tuple[str, str]] = (), *, encoder: Encoder | None = None) -> None:
        self.examples: Final = tuple(examples)
        self._encoder: Final = encoder
        self._learns: Final = any(label in {SELF, OTHERS} for label, _text in self.examples)
        self._guard: Final = threading.Lock()
        self._trained: _Trained | None = None

    @property
    def is_ready(self) -> bool:
        """Whether it hears at once; else the first who asks waits until it is trained."""
        return not self._learns or self._trained is not None

    def prepare(self) -> None:
        """Train now, so that no message waits for it."""
        if not self._learns:
            return
        trained = self._train()
        if self._encoder is None or trained.leaning is not None or not self._encoder.is_installed():
            return
        examples = [(text, label in {SELF, OTHERS}) for label, text in self.examples]
        self._trained = trained._replace(leaning=Leaning(self._encoder, examples))

    def _train(self) -> _Trained:
        with self._guard:
            if self._trained is None:
                seen = [(label, find_features(fold(text))) for label, text in self.examples]
                crises = [(label, features) for label, features in seen if label in {SELF, OTHERS}]
                self._trained = _Trained(
                    _separate((features, label in {SELF, OTHERS}) for label, features in seen),
                    _separate((features, label == OTHERS) for label, features in crises),
                )
            return self._trained

    def hear(self, text: str) -> Distress:
        """Return of whose crisis a text may speak, "" where nothing speaks for any."""
        if not self._learns or len(fold(text).split()) < FEWEST:
            return ""
        strength, features = self._weigh(text)
        if strength < FROM and not self._is_meant(text, strength):
            return ""
        return "others" if self._train().whose.judge(features) > 0 else "self"

    def _is_meant(self, text: str, strength: float) -> bool:
        leaning = self._train().leaning
        return leaning is not None and strength >= DOUBTED and strength + leaning.judge(text[:MEANT]) >= FROM_BOTH

    def weigh(self, text: str) -> float:
        """Return how strongly a text speaks for a crisis: its strongest sentence, or all of it."""
        return self._weigh(text)[0]

    def _weigh(self, text: str) -> tuple[float, tuple[str, ...]]:
        whether = self._train().whether
        looked = [find_features(part) for part in _part(text)]
        strengths = [whether.judge(features) - (ALONE if place else 0.0) for place, features in enumerate(looked)]
        strongest = max(strengths)
        return strongest, looked[strengths.index(strongest)]


def gather(files: Mapping[str, Utterances], ordinary: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the examples: what the files say of crises and of what tells nothing, and the sentences of playbooks."""
    for label in NO_PLAYBOOKS:
        if label in files:
            for text in files[label].sentences:
                yield label, text
    for text in dict.fromkeys(ordinary):
        yield NEITHER, text


def _separate(examples: Iterable[tuple[tuple[str, ...], bool]]) -> Separation:
    return Separation(examples, emphasised=(_NOTION, _ORDERED), emphasis=EMPHASIS)


def _part(text: str) -> Iterator[str]:
    """All of a message, and its sentences, folded: one sentence in a long story is heard as well."""
    if len(text) > LONGEST_HEAD + LONGEST_TAIL:
        text = f"{text[:LONGEST_HEAD]}\n{text[-LONGEST_TAIL:]}"
    yield fold(text)
    parts = [part for part in _ENDS.split(text) if len(part.split()) >= _SHORTEST_PART]
    if len(parts) > 1:
        most = MOST_PARTS // 2
        yield from map(fold, parts if len(parts) <= MOST_PARTS else parts[:most] + parts[-most:])


def find_features(folded: str) -> tuple[str, ...]:
    """Return what a folded text is judged by, each once: words, runs of letters, neighbours, and what they mean."""
    words = [spell(word) for word in folded.split()[:MOST_WORDS]]
    features: dict[str, None] = {}
    for word in dict.fromkeys(words):
        edged = f"^{word}$"
        features[edged] = None
        features.update((edged[start : start + GRAM], None) for start in range(len(edged) - GRAM + 1))
    stems = ["<", *(word[:STEM] for word in words), ">"]
    meant = find_in_turn(words)
    for apart in range(1, NEAR + 1):
        features.update((f"{one} {other}", None) for one, other in zip(stems, stems[apart:], strict=False))
        if apart < NEAR:
            for some, others in zip(meant, meant[apart:], strict=False):
                features.update((f"{_ORDERED}{one}>{other}", None) for one in some for other in others)
    found = list(dict.fromkeys(itertools.chain.from_iterable(meant)))[:MOST_PAIRED]
    features.update((f"{_NOTION}{one}", None) for one in found)
    features.update((f"{_NOTION}{one}+{other}", None) for one, other in itertools.combinations(sorted(found), 2))
    return tuple(features)

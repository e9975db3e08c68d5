"""What was learned of how people in distress write, beside the word lists of the engine and never instead of them.

Owns: whether words that the lists do not know may still speak of a crisis, of whoever writes them or of somebody else.
Learned from `playbooks/utterances/krise.yaml`, `krise_andere.yaml` and `keine_krise.yaml`, and from the examples of all
playbooks, which are none. It decides nothing: the engine asks gently where it hears something (decision 0043).
Deterministic, plain Python. Figures: docs/matching.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from bot.flows.exchange import Distress
from bot.flows.reading import fold
from bot.understanding.distress_glossary import GLOSSARY
from bot.understanding.late import Late
from bot.understanding.linear import Separation
from bot.understanding.meaning import Encoder, Leaning
from bot.understanding.memory import Memory
from bot.understanding.phrasing import find_traits, separate
from bot.understanding.utterances import NEITHER, NO_PLAYBOOKS, OTHERS, SELF, Utterances

FROM: Final = -0.27
"""How strongly words must speak for a crisis; chosen by what was left out (docs/matching.md)."""

DOUBTED: Final = -0.47
"""How strongly they must speak for it to be looked at by their meaning too, where embeddings are switched on."""

FROM_BOTH: Final = -0.32
"""How strongly letters and meaning together must speak for it there."""

ALONE: Final = 0.3
"""So much more strongly one sentence of a longer message must speak for it than the whole."""

FEWEST: Final = 2
"""Words of a message below which nothing is heard: "weg" answers a question, and the lists know what is plain."""

MOST_PARTS: Final = 12
"""Sentences of a message that are looked at."""

LONGEST_HEAD: Final = 1_500
LONGEST_TAIL: Final = 700
"""Code points at the beginning and at the end of a message that are looked at."""

MEANT: Final = 300
"""Code points whose meaning is looked at."""

NEVER: Final = -1.0
"""How strongly anything speaks for a crisis where nothing was learned of crises."""

_ENDS: Final = re.compile(r"[.!?;\n…؟]+\s*")
_SHORTEST_PART: Final = 3


class _Trained(NamedTuple):
    whether: Separation
    whose: Separation


class Concern:
    """Trained by the first message, or by `prepare`; judging changes nothing, from any thread.

    `examples`: (label, text) pairs; every label but SELF and OTHERS is none. Without examples of a crisis nothing is
    ever heard. `encoder`: tells what whole sentences mean, once `prepare` has read the examples with it. `until`: what
    hears until this one has learned, so that an edit leaves nobody unheard for seconds. `memory`: where what was
    learned from the same examples may be found.
    """

    def __init__(
        self,
        examples: Iterable[tuple[str, str]] = (),
        *,
        encoder: Encoder | None = None,
        until: Concern | None = None,
        memory: Memory | None = None,
    ) -> None:
        self.examples: Final = tuple(examples)
        self._encoder: Final = encoder
        self._memory: Final = memory or Memory()
        self.trained: Final[Late[_Trained | None]] = Late(self._train, until.trained if until else None)
        self._leaning: Leaning | None = None
        if not any(label in {SELF, OTHERS} for label, _text in self.examples):
            self.trained.make()

    @property
    def is_ready(self) -> bool:
        """Whether it hears at once; else the first who asks waits until it is trained."""
        return self.trained.is_ready

    def prepare(self) -> None:
        """Train now, so that no message waits for it."""
        if self.trained.make() is None or self._encoder is None or self._leaning is not None:
            return
        if self._encoder.is_installed():
            examples = [(text, label in {SELF, OTHERS}) for label, text in self.examples]
            self._leaning = Leaning(self._encoder, examples)

    def _train(self) -> _Trained | None:
        crises = [(label, text) for label, text in self.examples if label in {SELF, OTHERS}]
        if not crises:
            return None
        return _Trained(
            self._memory.recall("whether", self.examples, lambda: _separate(self.examples, (SELF, OTHERS))),
            self._memory.recall("whose", crises, lambda: _separate(crises, (OTHERS,))),
        )

    def hear(self, text: str) -> Distress:
        """Return of whose crisis a text may speak, "" where nothing speaks for any."""
        trained = self.trained.get()
        if trained is None or len(fold(text).split()) < FEWEST:
            return ""
        strength, features = _weigh(trained, text)
        if strength < FROM and not self._is_meant(text, strength):
            return ""
        return "others" if trained.whose.judge(features) > 0 else "self"

    def _is_meant(self, text: str, strength: float) -> bool:
        leaning = self._leaning
        return leaning is not None and strength >= DOUBTED and strength + leaning.judge(text[:MEANT]) >= FROM_BOTH

    def weigh(self, text: str) -> float:
        """Return how strongly a text speaks for a crisis: its strongest sentence, or all of it."""
        trained = self.trained.get()
        return NEVER if trained is None else _weigh(trained, text)[0]


def gather(files: Mapping[str, Utterances], ordinary: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the examples: what the files say of crises and of what tells nothing, and the sentences of playbooks."""
    for label in NO_PLAYBOOKS:
        if label in files:
            for text in files[label].sentences:
                yield label, text
    for text in dict.fromkeys(ordinary):
        yield NEITHER, text


def _part(text: str) -> Iterator[str]:
    """All of a message, and its sentences, folded: one sentence in a long story is heard as well."""
    if len(text) > LONGEST_HEAD + LONGEST_TAIL:
        text = f"{text[:LONGEST_HEAD]}\n{text[-LONGEST_TAIL:]}"
    yield fold(text)
    parts = [part for part in _ENDS.split(text) if len(part.split()) >= _SHORTEST_PART]
    if len(parts) > 1:
        most = MOST_PARTS // 2
        yield from map(fold, parts if len(parts) <= MOST_PARTS else parts[:most] + parts[-most:])


def _weigh(trained: _Trained, text: str) -> tuple[float, tuple[str, ...]]:
    """How strongly the strongest part of a text, or all of it, speaks for a crisis; and by what."""
    looked = [_see(part) for part in _part(text)]
    strengths = [trained.whether.judge(features) - (ALONE if place else 0.0) for place, features in enumerate(looked)]
    strongest = max(strengths)
    return strongest, looked[strengths.index(strongest)]


def _separate(examples: Iterable[tuple[str, str]], meant: tuple[str, ...]) -> Separation:
    return separate((_see(fold(text)), label in meant) for label, text in examples)


def _see(folded: str) -> tuple[str, ...]:
    return find_traits(folded, GLOSSARY)

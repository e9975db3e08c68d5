"""What was learned of what people say to the Lotse itself, beside the words that it knows: wishes, and small talk.

Owns: whether words that the lists do not know are said to the Lotse and not of what happened, and which command or
which topic they may mean. Learned from `playbooks/utterances/wunsch_*.yaml` and `plauderei_*.yaml`, one file for each,
and from all other examples, which are neither. It decides nothing: the engine asks whether a wish is meant
(decision 0047), and answers small talk without a step being taken (decision 0048). Deterministic, plain Python.
Figures: docs/matching.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from bot.flows.commands import Command
from bot.flows.reading import fold
from bot.understanding.aside_glossary import GLOSSARY
from bot.understanding.late import Late
from bot.understanding.learned import Learned
from bot.understanding.linear import Separation
from bot.understanding.memory import Memory
from bot.understanding.phrasing import find_traits, separate
from bot.understanding.utterances import CHAT, CHATS, NO_WISH, UNCLEAR, WISH, WISHES

SAY: Final = 0.7
"""Weight of the share of the likeliest: words that may be any of them are seldom one."""

AGAINST: Final = 1.0
"""Weight of the share of what is none of them though it sounds so."""

CLEAR: Final = 0.45
"""Share from which one stands by itself."""

MOST: Final = 3
"""Commands that are asked about at once."""

FEWEST: Final = 2
MOST_WORDS: Final = 25
"""Words of a message that may be one: a single one is known to the lists, and a longer one tells a story."""

NEVER: Final = -1.0
"""How strongly anything speaks for one where nothing was learned of any."""

_OWN: Final = frozenset((*WISHES, *CHATS, NO_WISH, UNCLEAR))
_NONE: Final = ""


class Kind(NamedTuple):
    """Of what kind: its files, and labels, which are called what comes after `prefix`.

    `close`: labels of what is none of them though it sounds so.
    `least`: how strongly words must speak for one, and for single ones less strongly; chosen by sets kept apart
    (docs/matching.md).
    """

    prefix: str
    labels: tuple[str, ...]
    close: tuple[str, ...]
    least: float
    least_of: Mapping[str, float] = MappingProxyType({})


# Whoever is in danger has no time to say it twice.
WISHING: Final = Kind(WISH, WISHES, (NO_WISH, UNCLEAR), -0.35, MappingProxyType({Command.NOTRUF: -0.5}))
CHATTING: Final = Kind(CHAT, CHATS, (), 0.1)


class _Trained(NamedTuple):
    whether: Separation
    which: Learned


class Asides:
    """All of a kind. Trained by the first message, or by `prepare`; judging changes nothing, from any thread.

    `examples`: (label, text) pairs, the same that `concern` learns from; labels of another kind are none of this.
    Without examples of this kind nothing is ever heard. `until` and `memory` as there.
    """

    def __init__(
        self,
        kind: Kind,
        examples: Iterable[tuple[str, str]] = (),
        *,
        until: Asides | None = None,
        memory: Memory | None = None,
    ) -> None:
        self.kind: Final = kind
        self.examples: Final = tuple(examples)
        self._memory: Final = memory or Memory()
        self.trained: Final[Late[_Trained | None]] = Late(self._train, until.trained if until else None)
        if not any(label in kind.labels for label, _text in self.examples):
            self.trained.make()

    @property
    def is_ready(self) -> bool:
        """Whether it hears at once; else the first who asks waits until it is trained."""
        return self.trained.is_ready

    def prepare(self) -> None:
        """Train now, so that no message waits for it."""
        self.trained.make()

    def _train(self) -> _Trained | None:
        prefix, labels, close = self.kind.prefix, self.kind.labels, self.kind.close
        if not any(label in labels for label, _text in self.examples):
            return None
        some = tuple(_thin(self.examples))
        whether = self._memory.recall(prefix, some, lambda: _separate(some, labels))
        which = (
            (label.removeprefix(prefix) if label in labels else _NONE, fold(text))
            for label, text in self.examples
            if label in labels or label in close
        )
        return _Trained(whether, Learned(which, see=_see))

    def hear(self, text: str) -> tuple[tuple[str, float], ...]:
        """Return what a text may be and its share (0 to 1), the likeliest first; nothing where it is none."""
        trained, folded = self.trained.get(), fold(text)
        if trained is None or not FEWEST <= len(folded.split()) <= MOST_WORDS:
            return ()
        shares = trained.which.judge(folded).shares
        none = shares.pop(_NONE, 0.0)
        whole = sum(shares.values())
        if not whole:
            return ()
        shares = {name: share / whole for name, share in shares.items()}
        ranked = sorted(shares, key=lambda name: (-shares[name], name))[:MOST]
        strength = trained.whether.judge(_see(folded)) + SAY * shares[ranked[0]] - AGAINST * none
        if strength < self.kind.least_of.get(ranked[0], self.kind.least):
            return ()
        if shares[ranked[0]] >= CLEAR:
            ranked = ranked[:1]
        return tuple((name, round(shares[name], 4)) for name in ranked)

    def weigh(self, text: str) -> float:
        """Return how strongly a text speaks for any of this kind."""
        trained = self.trained.get()
        return NEVER if trained is None else trained.whether.judge(_see(fold(text)))


def _thin(examples: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Every second of what others teach: as much is learned of it, in less time, and these weigh more beside it."""
    others = 0
    for label, text in examples:
        if label not in _OWN:
            others += 1
            if others % 2:
                continue
        yield label, text


def _separate(examples: Iterable[tuple[str, str]], meant: tuple[str, ...]) -> Separation:
    return separate((_see(fold(text)), label in meant) for label, text in examples)


def _see(folded: str) -> tuple[str, ...]:
    return find_traits(folded, GLOSSARY)

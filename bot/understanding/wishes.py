"""What was learned of how people ask something of the conversation itself, beside the words that the bot obeys.

Owns: which commands words may mean that the lists do not know. Learned from `playbooks/utterances/wunsch_*.yaml`, one
file per command, and from all other examples, which are none. It decides nothing: the engine asks whether it is meant
(decision 0047). Deterministic, plain Python. Figures: docs/matching.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from bot.flows.commands import Command
from bot.flows.reading import fold
from bot.understanding.late import Late
from bot.understanding.learned import Learned
from bot.understanding.linear import Separation
from bot.understanding.memory import Memory
from bot.understanding.phrasing import find_traits, separate
from bot.understanding.utterances import CHAT, NO_WISH, UNCLEAR, WISH, WISHES
from bot.understanding.wish_glossary import GLOSSARY

FROM: Final = -0.14
"""How strongly words must speak for a wish, and for one of them; chosen by sets kept apart (docs/matching.md)."""

SAY: Final = 0.2
"""Weight of the share of the likeliest command: words that may be any of them are seldom one."""

CLEAR: Final = 0.5
"""Share of a command from which it is asked about by itself."""

MOST: Final = 3
"""Commands that are asked about at once."""

FEWEST: Final = 2
MOST_WORDS: Final = 25
"""Words of a message that may be a wish: a single one is known to the lists, and a longer one tells a story."""

NEVER: Final = -1.0
"""How strongly anything speaks for a wish where nothing was learned of wishes."""

_OWN: Final = frozenset((*WISHES, NO_WISH, CHAT, UNCLEAR))


class _Trained(NamedTuple):
    whether: Separation
    which: Learned


class Wishes:
    """Trained by the first message, or by `prepare`; judging changes nothing, from any thread.

    `examples`: (label, text) pairs, the same that `concern` learns from; every label but those of WISHES is none.
    Without examples of wishes nothing is ever heard. `until` and `memory` as there.
    """

    def __init__(
        self,
        examples: Iterable[tuple[str, str]] = (),
        *,
        until: Wishes | None = None,
        memory: Memory | None = None,
    ) -> None:
        self.examples: Final = tuple(examples)
        self._memory: Final = memory or Memory()
        self.trained: Final[Late[_Trained | None]] = Late(self._train, until.trained if until else None)
        if not any(label in WISHES for label, _text in self.examples):
            self.trained.make()

    @property
    def is_ready(self) -> bool:
        """Whether it hears at once; else the first who asks waits until it is trained."""
        return self.trained.is_ready

    def prepare(self) -> None:
        """Train now, so that no message waits for it."""
        self.trained.make()

    def _train(self) -> _Trained | None:
        meant = [(label.removeprefix(WISH), fold(text)) for label, text in self.examples if label in WISHES]
        if not meant:
            return None
        some = tuple(_thin(self.examples))
        return _Trained(self._memory.recall("wish", some, lambda: _separate(some)), Learned(meant, see=_see))

    def hear(self, text: str) -> tuple[tuple[Command, float], ...]:
        """Return the commands that a text may ask for and their shares (0 to 1), the likeliest first; none: no wish."""
        trained, folded = self.trained.get(), fold(text)
        if trained is None or not FEWEST <= len(folded.split()) <= MOST_WORDS:
            return ()
        shares = trained.which.judge(folded).shares
        ranked = sorted(shares, key=lambda label: (-shares[label], label))[:MOST]
        if not ranked or trained.whether.judge(_see(folded)) + SAY * shares[ranked[0]] < FROM:
            return ()
        if shares[ranked[0]] >= CLEAR:
            ranked = ranked[:1]
        return tuple((Command(label), round(shares[label], 4)) for label in ranked)

    def weigh(self, text: str) -> float:
        """Return how strongly a text speaks for any wish."""
        trained = self.trained.get()
        return NEVER if trained is None else trained.whether.judge(_see(fold(text)))


def _thin(examples: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Every second of what others teach: as much is learned of it, in less time, and wishes weigh more beside it."""
    others = 0
    for label, text in examples:
        if label not in _OWN:
            others += 1
            if others % 2:
                continue
        yield label, text


def _separate(examples: Iterable[tuple[str, str]]) -> Separation:
    return separate((_see(fold(text)), label in WISHES) for label, text in examples)


def _see(folded: str) -> tuple[str, ...]:
    return find_traits(folded, GLOSSARY)

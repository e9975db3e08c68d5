"""How a sentence is put: what is looked at where it matters who does what, and not only what is spoken of.

Owns: words, runs of letters inside them, neighbours, notions of a glossary alone, two by two and in their order; and
the linear separation of such examples. For distress and wishes; playbooks are told apart by `features` and `learned`.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from typing import Final

from bot.understanding.features import GRAM, MOST_WORDS, NOTION, spell
from bot.understanding.linear import Separation
from bot.understanding.notions import Glossary

EMPHASIS: Final = 1.5
"""Weight of what words mean beside their letters."""

STEM: Final = 5
"""Letters of the beginnings of words that are looked at two by two."""

NEAR: Final = 3
"""How far apart two words are looked at together."""

MOST_PAIRED: Final = 14
"""Different notions of a text that are looked at two by two."""

_ORDERED: Final = "~"
_EMPHASISED: Final = (NOTION, _ORDERED)


def find_traits(folded: str, glossary: Glossary) -> tuple[str, ...]:
    """Return what a folded text is judged by, each once: words, runs of letters, neighbours, and what they mean."""
    words = [spell(word) for word in folded.split()[:MOST_WORDS]]
    traits: dict[str, None] = {}
    for word in dict.fromkeys(words):
        edged = f"^{word}$"
        traits[edged] = None
        traits.update((edged[start : start + GRAM], None) for start in range(len(edged) - GRAM + 1))
    stems = ["<", *(word[:STEM] for word in words), ">"]
    meant = glossary.find_in_turn(words)
    for apart in range(1, NEAR + 1):
        traits.update((f"{one} {other}", None) for one, other in zip(stems, stems[apart:], strict=False))
        if apart < NEAR:
            for some, others in zip(meant, meant[apart:], strict=False):
                traits.update((f"{_ORDERED}{one}>{other}", None) for one in some for other in others)
    found = list(dict.fromkeys(itertools.chain.from_iterable(meant)))[:MOST_PAIRED]
    traits.update((f"{NOTION}{one}", None) for one in found)
    traits.update((f"{NOTION}{one}+{other}", None) for one, other in itertools.combinations(sorted(found), 2))
    return tuple(traits)


def separate(examples: Iterable[tuple[tuple[str, ...], bool]]) -> Separation:
    """Learn from traits which of two kinds an example is."""
    return Separation.learn(examples, emphasised=_EMPHASISED, emphasis=EMPHASIS)


def restore(body: bytes) -> Separation:
    """Return what was learned so and dumped.

    Raises:
        ValueError: these are no such bytes.
    """
    return Separation.restore(body, emphasised=_EMPHASISED)

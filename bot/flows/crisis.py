"""Does a message speak of suicide or self-harm, or announce violence against others?

Owns: the recognition that comes before every other rule, without network, consent or state (shared page
`sprache.md`, section 6). The phrases are data (`crisis_words`), `crisis_table` finds them. Shown once too often is
meant: this is a list of words, no judgement of a person, and it never decides anything but which text is shown.
"""

from __future__ import annotations

import enum
import functools
from typing import Final

from bot.flows.reading import fold
from bot.flows.words import crisis_phrases, crisis_words
from bot.flows.words.crisis_lookalikes import LOOKALIKES
from bot.flows.words.crisis_table import PhraseTable, Vocabulary

SHORTEST_MESSAGE: Final = 3
"""Letters below which nothing is looked for: the number of an option costs nothing."""


class Crisis(enum.StrEnum):
    """The classes of `sprache.md`: said directly, said indirectly, about somebody else."""

    DIRECT = "K1"
    INDIRECT = "K2"
    OTHERS = "K3"


def scan(folded: str) -> Crisis | None:
    """Return the class of crisis that a folded text speaks of, else `None`. `folded` comes from `reading.fold`."""
    if len(folded) < SHORTEST_MESSAGE or folded.isdecimal():
        return None
    found = _crisis_table().scan(folded)
    return None if found is None else Crisis(found)


def scan_text(text: str) -> Crisis | None:
    """Return the class of crisis that a text as it was typed speaks of, else `None`."""
    return scan(fold(text))


def scan_violence(folded: str) -> bool:
    """Whether the writer announces violence against somebody else ("ich bring den um")."""
    if len(folded) < SHORTEST_MESSAGE or folded.isdecimal():
        return False
    return _violence_table().scan(folded) is not None


def prepare() -> None:
    """Build the tables now, so that no message waits for it; else the first message does (some 30 ms)."""
    _crisis_table().prepare()
    _violence_table().prepare()


@functools.cache
def _crisis_table() -> PhraseTable:
    return PhraseTable(crisis_phrases.PHRASES, _VOCABULARY, joined=crisis_words.JOINED, split=crisis_words.SPLIT)


@functools.cache
def _violence_table() -> PhraseTable:
    return PhraseTable(crisis_phrases.VIOLENCE, _VOCABULARY)


_VOCABULARY: Final = Vocabulary(
    crisis_words.GROUPS,
    crisis_words.SEQUENCES,
    crisis_words.FREQUENT,
    crisis_words.EXACT,
    LOOKALIKES,
)

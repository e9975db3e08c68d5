"""Does a message speak of suicide or self-harm, or announce violence against others?

Owns: the recognition that comes before every other rule, without network, consent or state (shared page
`sprache.md`, section 6). The phrases are data (`crisis_words`), `crisis_table` finds them. Shown once too often is
meant: this is a list of words, no judgement of a person, and it never decides anything but which text is shown.
"""

from __future__ import annotations

import enum
import functools
from typing import Final, Literal

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


VIOLENCE: Final = "violence"
"""What `look` returns where no crisis is spoken of, but violence against somebody else is announced."""


def look(folded: str) -> Crisis | Literal["violence"] | None:
    """Return what must be answered before everything else, else `None`. `folded` comes from `reading.fold`."""
    if len(folded) < SHORTEST_MESSAGE or folded.isdecimal():
        return None
    found = _table().scan(folded)
    if found is None:
        return None
    return VIOLENCE if found == VIOLENCE else Crisis(found)


def scan(folded: str) -> Crisis | None:
    """Return the class of crisis that a folded text speaks of, else `None`."""
    found = look(folded)
    return found if isinstance(found, Crisis) else None


def scan_text(text: str) -> Crisis | None:
    """Return the class of crisis that a text as it was typed speaks of, else `None`."""
    return scan(fold(text))


def scan_violence(folded: str) -> bool:
    """Whether the writer announces violence against somebody else ("ich bring den um"), and speaks of no crisis."""
    return look(folded) == VIOLENCE


def prepare() -> None:
    """Build the table now, so that no message waits for it; else the first message does (some 30 ms)."""
    _table().prepare()


@functools.cache
def _table() -> PhraseTable:
    """One table for both: every word is looked up once, and a crisis comes before an announcement."""
    return PhraseTable(
        crisis_phrases.PHRASES,
        _VOCABULARY,
        joined=crisis_words.JOINED,
        split=crisis_words.SPLIT,
        last=crisis_phrases.VIOLENCE,
    )


_VOCABULARY: Final = Vocabulary(
    crisis_words.GROUPS,
    crisis_words.SEQUENCES,
    crisis_words.FREQUENT,
    crisis_words.EXACT,
    LOOKALIKES,
)

"""What people write for the name of a place, brought to one form: "Görlitz Kreis", "goerlitz", "Neustadt a.d.Saale".

Owns the folding of names and of what is typed: without case, accents and punctuation, without words that only say what
kind of place it is, that join a name ("an der", "a.d.") or that people put around it ("ich arbeite in").
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

DISTRICT_WORDS: Final = frozenset({"kreis", "landkreis", "lkr", "lk", "landratsamt", "county", "district"})
TOWN_WORDS: Final = frozenset(
    {"stadt", "kreisfreie", "hansestadt", "universitaetsstadt", "landeshauptstadt", "city", "town"}
)
_OTHER_WORDS: Final = frozenset(
    {
        "in", "bei", "der", "die", "das", "dem", "von", "zu", "aus", "im", "am", "an", "auf", "ob", "vor", "unter",
        "ich", "wir", "arbeite", "arbeiten", "bin", "komme", "wohne", "lebe", "gemeinde", "samtgemeinde",
        "verbandsgemeinde", "bezirk", "bezirksamt", "rathaus", "stadtverwaltung", "verwaltung", "kommune", "es", "ist",
        "war", "und", "the", "of", "i", "work", "live", "for", "at", "borough",
        # The register's short forms of the same: Neustadt a.d.Waldnaab, Au i.d.Hallertau, Burg b.Magdeburg.
        "a", "b", "d", "o", "u", "v",
    }
)  # fmt: skip
_NOISE: Final = DISTRICT_WORDS | TOWN_WORDS | _OTHER_WORDS
# One word for what is written in two ways.
_SAME: Final = {"sankt": "st", "opf": "oberpfalz"}

_UMLAUTS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_WORD: Final = re.compile(r"[a-z0-9]+")
# What makes one Frankfurt, Halle or Neustadt different from the others; people leave it out.
_ADDITION: Final = re.compile(r"\s*(?:[(/,]|\s(?:a|am|an|auf|b|bei|d|i|im|in|o|ob|u|unter|v|vor)[. ]).*", re.IGNORECASE)
_SPA: Final = re.compile(r"^(?:ostseebad|nordseebad|seebad|bad|markt)\s+(?=\S)", re.IGNORECASE)


def tokens(words: str) -> tuple[str, ...]:
    """The words, each folded to a–z and 0–9."""
    text = words.casefold().translate(_UMLAUTS)
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return tuple(_WORD.findall(text))


def core(words: str) -> tuple[str, ...]:
    """The words that name the place; none where nothing but kinds and fillers is said („Kreis“)."""
    return tuple(_SAME.get(token, token) for token in tokens(words) if token not in _NOISE)


def form(name: str) -> str:
    """A name as the search compares it: its core in one word, all of it where it has no other."""
    return "".join(core(name) or tokens(name))


def stems(name: str) -> tuple[str, ...]:
    """The forms of the name without what tells it from others of its kind; none when it has nothing like that.

    "Halle (Saale)" and "Halle (Westf.)" are "halle", "Bad Homburg v.d.Höhe" is "badhomburg" and "homburg".
    """
    short = _ADDITION.sub("", name)
    bare = _SPA.sub("", short)
    return tuple(form(part) for part in dict.fromkeys((short, bare)) if part and part != name)

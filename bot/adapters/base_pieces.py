"""Long texts in pieces that a transport takes, cut where a reader would: at a paragraph, a line, a sentence, a word.

Never inside what is shown as one sign: a letter with its marks, an emoji with its joiners and skin tones, a flag.

Source: Unicode Standard Annex 29, the rules for extended grapheme clusters that matter here (GB9, GB9a, GB11, GB12).
"""

from __future__ import annotations

import unicodedata
from typing import Final

_JOINER: Final = "\u200d"
_CUTS: Final = ("\n\n", "\n", ". ", "! ", "? ", " ")
_LONGEST_SIGN: Final = 128
"""Code points of one sign: a longer one is no sign but an attempt, and is cut through."""


def units(text: str) -> int:
    """Its length in UTF-16 units."""
    return len(text) + sum(sign > "\uffff" for sign in text)


def split(text: str, longest: int) -> list[str]:
    """Return the text in pieces of at most `longest` UTF-16 units, at least one, without blanks at the cuts."""
    pieces = []
    while units(text) > longest:
        end = _fit(text, longest)
        end = _nice_cut(text, end)
        pieces.append(text[:end].rstrip())
        text = text[end:].lstrip()
    if text or not pieces:
        pieces.append(text)
    return [piece for piece in pieces if piece] or [""]


def _fit(text: str, longest: int) -> int:
    """How many code points fit."""
    count = 0
    for index, sign in enumerate(text):
        count += 2 if sign > "\uffff" else 1
        if count > longest:
            return index
    return len(text)


def _nice_cut(text: str, end: int) -> int:
    """The best place to cut at or before `end`, but not in the first half: rather a worse cut than a short piece."""
    for mark in _CUTS:
        found = text.rfind(mark, end // 2, end)
        if found >= 0:
            return found + len(mark)
    return _border(text, end)


def _border(text: str, end: int) -> int:
    """The last border between two signs at or before `end`."""
    for place in range(end, max(end - _LONGEST_SIGN, 1), -1):
        if _is_border(text, place):
            return place
    return end


def _is_border(text: str, place: int) -> bool:
    after, before = text[place : place + 1], text[place - 1]
    if not after:
        return True
    if before == _JOINER or _extends(after):
        return False
    if _is_flag(after) and _is_flag(before):
        # Flags are pairs: a border only after an even number of halves.
        start = place
        while start > 0 and _is_flag(text[start - 1]):
            start -= 1
        return (place - start) % 2 == 0
    return True


def _extends(sign: str) -> bool:
    return (
        sign == _JOINER
        or unicodedata.category(sign)[0] == "M"
        or "\U0001f3fb" <= sign <= "\U0001f3ff"
        or "\U000e0020" <= sign <= "\U000e007f"
    )


def _is_flag(sign: str) -> bool:
    return "\U0001f1e6" <= sign <= "\U0001f1ff"

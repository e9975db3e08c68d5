"""Invitations to coordinate, and codes by which a group gets notices: how they are made, written and recognised.

150 random bits, written as staff codes are (`bot.staffcode`) but with a word of their own, so that none is taken for
another: `KOORDINATION-7K3QX-…` for somebody, `GRUPPE-7K3QX-…` for a group; in a link without the dashes.
"""

from __future__ import annotations

import re
from typing import Final

from bot import staffcode

PERSON: Final = "KOORDINATION"
GROUP: Final = "GRUPPE"
_PART: Final = 5


def _shape(word: str) -> re.Pattern[str]:
    return re.compile(rf"\b{word}((?:\s*-\s*[0-9A-Z]{{1,8}}){{3,9}}|[0-9A-Z]{{16,48}})(?![0-9A-Z])")


_SHAPES: Final = {word: _shape(word) for word in (PERSON, GROUP)}
_LOOKALIKES: Final = str.maketrans("OIL", "011")


def make() -> str:
    """A new one."""
    return staffcode.make()


def show(code: str, word: str = PERSON) -> str:
    """As people copy and type it. `word`: whom it is for."""
    return "-".join((word, *(code[start : start + _PART] for start in range(0, len(code), _PART))))


def payload(code: str, word: str = PERSON) -> str:
    """As a link carries it: letters and digits only."""
    return word + code


def read(text: str, word: str = PERSON) -> str:
    """The code in a message or in what a link carried; empty when there is none for those that `word` says."""
    found = _SHAPES[word].search(text.upper())
    return "".join(re.findall(r"[0-9A-Z]", found[1])).translate(_LOOKALIKES) if found else ""

"""The code by which staff of a municipality show that they belong to it: how it is made, written and recognised.

150 random bits in Crockford's base 32 (no I, L, O, U), so that it survives being read aloud and typed:
`LOTSE-7K3QX-…`, in a link without the dashes (RFC 4648 has no such alphabet; crockford.com/base32.html). Whoever sees
it knows nothing of the municipality. Which codes hold is `bot.storage.codes`. Codes for other things are written in the
same way with another word in front, so that none is taken for another (`bot.invitation`, `bot.movecode`).
"""

from __future__ import annotations

import functools
import re
import secrets
from typing import Final

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH: Final = 30
"""Letters, five bits each: 150 bits; 128 are asked for (OWASP ASVS 5, 11.5.1)."""
_GROUP: Final = 5
_WORD: Final = "LOTSE"
_LOOKALIKES: Final = str.maketrans("OIL", "011")


def make() -> str:
    """A new code."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def show(code: str, word: str = _WORD) -> str:
    """The code as people copy and type it."""
    return "-".join((word, *(code[start : start + _GROUP] for start in range(0, len(code), _GROUP))))


def payload(code: str, word: str = _WORD) -> str:
    """The code as a link carries it: letters and digits only."""
    return word + code


def read(text: str, word: str = _WORD) -> str:
    """The code behind this word in a message or in what a link carried; empty when there is none."""
    found = _shape(word).search(text.upper())
    return "".join(re.findall(r"[0-9A-Z]", found[1])).translate(_LOOKALIKES) if found else ""


@functools.cache
def _shape(word: str) -> re.Pattern[str]:
    """Anything like it is a try, whole or not: a letter that was left out is answered like any other wrong code."""
    return re.compile(rf"\b{word}((?:\s*-\s*[0-9A-Z]{{1,8}}){{3,9}}|[0-9A-Z]{{16,48}})(?![0-9A-Z])")

"""The code by which staff of a municipality show that they belong to it: how it is made, written and recognised.

150 random bits in Crockford's base 32 (no I, L, O, U), so that it survives being read aloud and typed:
`LOTSE-7K3QX-…`, in a link without the dashes (RFC 4648 has no such alphabet; crockford.com/base32.html). Whoever sees
it knows nothing of the municipality. Which codes hold is `bot.storage.codes`.
"""

from __future__ import annotations

import re
import secrets
from typing import Final

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH: Final = 30
"""Letters, five bits each: 150 bits; 128 are asked for (OWASP ASVS 5, 11.5.1)."""
_GROUP: Final = 5
_PREFIX: Final = "LOTSE"

# Anything of this shape is a try, whole or not: a letter that was left out is answered like any other wrong code.
_SHAPE: Final = re.compile(rf"\b{_PREFIX}((?:\s*-\s*[0-9A-Z]{{1,8}}){{3,9}}|[0-9A-Z]{{16,48}})(?![0-9A-Z])")
_LOOKALIKES: Final = str.maketrans("OIL", "011")


def make() -> str:
    """A new code."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def show(code: str) -> str:
    """The code as people copy and type it."""
    return "-".join((_PREFIX, *(code[start : start + _GROUP] for start in range(0, len(code), _GROUP))))


def payload(code: str) -> str:
    """The code as a link carries it: letters and digits only."""
    return _PREFIX + code


def read(text: str) -> str:
    """The code in a message or in what a link carried; empty when there is none."""
    found = _SHAPE.search(text.upper())
    return "".join(re.findall(r"[0-9A-Z]", found[1])).translate(_LOOKALIKES) if found else ""

"""Codes with which a person takes a conversation to another chat: how they are made, written and recognised.

150 random bits, written as staff codes are (`bot.staffcode`) but with a word of their own: `UMZUG-7K3QX-…`, in a link
without the dashes. Which of them hold, and for which conversation, is `bot.storage.moves`.
"""

from __future__ import annotations

import re
from typing import Final

from bot import staffcode

PREFIX: Final = "UMZUG"
_GROUP: Final = 5

_SHAPE: Final = re.compile(rf"\b{PREFIX}((?:\s*-\s*[0-9A-Z]{{1,8}}){{3,9}}|[0-9A-Z]{{16,48}})(?![0-9A-Z])")
_LOOKALIKES: Final = str.maketrans("OIL", "011")


def make() -> str:
    """A new one."""
    return staffcode.make()


def show(code: str) -> str:
    """As people copy and type it."""
    return "-".join((PREFIX, *(code[start : start + _GROUP] for start in range(0, len(code), _GROUP))))


def payload(code: str) -> str:
    """As a link carries it: letters and digits only."""
    return PREFIX + code


def read(text: str) -> str:
    """The code in a message or in what a link carried; empty when there is none."""
    found = _SHAPE.search(text.upper())
    return "".join(re.findall(r"[0-9A-Z]", found[1])).translate(_LOOKALIKES) if found else ""

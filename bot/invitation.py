"""Invitations to coordinate, and codes by which a group gets notices: staff codes with words of their own.

`KOORDINATION-7K3QX-…` for somebody, `GRUPPE-7K3QX-…` for a group; which of them hold is `bot.storage.desks` and
`bot.storage.pairings`.
"""

from __future__ import annotations

from typing import Final

from bot import staffcode

PERSON: Final = "KOORDINATION"
GROUP: Final = "GRUPPE"


def make() -> str:
    """A new one."""
    return staffcode.make()


def show(code: str, word: str = PERSON) -> str:
    """As people copy and type it. `word`: whom it is for."""
    return staffcode.show(code, word)


def payload(code: str, word: str = PERSON) -> str:
    """As a link carries it."""
    return staffcode.payload(code, word)


def read(text: str, word: str = PERSON) -> str:
    """The code in a message or in what a link carried; empty when there is none for those that `word` says."""
    return staffcode.read(text, word)

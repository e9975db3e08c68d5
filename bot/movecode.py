"""Codes with which a person takes a conversation to another chat: staff codes with a word of their own.

`UMZUG-7K3QX-…`. Which of them hold, and for which conversation, is `bot.storage.moves`.
"""

from __future__ import annotations

from typing import Final

from bot import staffcode

_WORD: Final = "UMZUG"


def make() -> str:
    """A new one."""
    return staffcode.make()


def show(code: str) -> str:
    """As people copy and type it."""
    return staffcode.show(code, _WORD)


def payload(code: str) -> str:
    """As a link carries it."""
    return staffcode.payload(code, _WORD)


def read(text: str) -> str:
    """The code in a message or in what a link carried; empty when there is none."""
    return staffcode.read(text, _WORD)

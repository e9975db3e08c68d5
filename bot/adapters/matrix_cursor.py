"""How far the account was read: the sync token, and what of the past is still open.

It is committed with what came in, so that after a crash nothing open is forgotten and nothing done comes again.
"""

from __future__ import annotations

from typing import Final

import msgspec


class Waiting(msgspec.Struct, frozen=True, array_like=True):
    """An event that cannot be decrypted yet. `since`: when it was first seen, seconds since 1970."""

    room: str
    event: str
    since: float

    def __repr__(self) -> str:
        return "Waiting()"


class Cursor(msgspec.Struct, frozen=True, omit_defaults=True):
    """`token`: of the last sync, "" before the first; `invited`: rooms still to be entered.

    `threads`: for rooms in which the person last wrote in a thread, the event at its root. `groups`: rooms that are no
    direct chats, whoever is in them.
    """

    token: str = ""
    waiting: tuple[Waiting, ...] = ()
    invited: tuple[str, ...] = ()
    threads: dict[str, str] = {}
    groups: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return "Cursor()"


START: Final = Cursor()
_decoder: Final = msgspec.json.Decoder(Cursor)


def read(cursor: str | None) -> Cursor:
    """The cursor as it was committed; the start when there is none or it is not of this version."""
    if cursor is None:
        return START
    try:
        return _decoder.decode(cursor)
    except msgspec.MsgspecError:
        return START


def write(cursor: Cursor) -> str:
    """As it is committed."""
    return msgspec.json.encode(cursor).decode()

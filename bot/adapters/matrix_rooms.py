"""Rooms: which invitation is accepted, and whether what is said in a room stays between two.

Owns the rule of privacy: an encrypted room, nobody in it but one person and the Lotse, not open to others. Everywhere
else nothing personal is said or taken in.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, Final

from bot.adapters import matrix_wire as wire
from bot.adapters.matrix_events import mapping, text
from bot.adapters.matrix_words import Reason

ALGORITHM: Final = "m.megolm.v1.aes-sha2"
_TWO: Final = 2


def welcome(invite: Sequence[Any], me: str, servers: Collection[str]) -> bool:
    """Whether to accept: a direct chat, by somebody of a server that is allowed. `invite`: the stripped state."""
    for event in invite:
        if getattr(event, "state_key", None) == me and getattr(event, "membership", None) == "invite":
            content = mapping(event.content)
            return content.get("is_direct") is True and server_of(text(event.sender)) in servers
    return False


def server_of(user: str) -> str:
    """The server in a Matrix id."""
    return user.partition(":")[2]


def exposed(room: Any) -> Reason | None:  # noqa: ANN401 - nio's MatrixRoom
    """Why nothing personal may be said in this room; None when it may."""
    if room.join_rule == "public" or room.history_visibility == "world_readable":
        return "public"
    if len(room.users) > _TWO:  # with those who are invited: they could read what was said before they came
        return "group"
    return None if room.encrypted else "unencrypted"


def alone(room: Any) -> bool:  # noqa: ANN401 - nio's MatrixRoom
    """Whether nobody else is there, nor expected."""
    return len(room.users) < _TWO


async def encrypt(client: Any, room_id: str) -> bool:  # noqa: ANN401 - nio's client
    """Turn the encryption of a room on; False where we may not."""
    where = wire.path("rooms", room_id, "state", "m.room.encryption", "")
    answer = await wire.ask(client, "PUT", where, {"algorithm": ALGORITHM})
    return answer.ok


async def enter(client: Any, room_id: str) -> bool:  # noqa: ANN401 - nio's client
    """Accept an invitation; False when it does not stand any more.

    Raises:
        NotReachedError, UnheardError, TokenLostError: ask again.
    """
    try:
        await wire.demand(client, "POST", wire.path("join", room_id), {})
    except wire.RefusedError:
        return False
    return True


async def leave(client: Any, room_id: str, reason: str = "") -> None:  # noqa: ANN401 - nio's client
    """Leave a room or decline an invitation; what the server says to it does not matter.

    Raises:
        NotReachedError, UnheardError, TokenLostError: ask again.
    """
    await wire.ask(client, "POST", wire.path("rooms", room_id, "leave"), {"reason": reason} if reason else {})

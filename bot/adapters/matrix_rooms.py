"""Rooms: which invitation is accepted, and whether what is said in a room stays between two.

Owns the rule of privacy: an encrypted room, nobody in it but one person and the Lotse, not open to others. Everywhere
else nothing personal is said or taken in. A room to which the Lotse was invited otherwise than to a direct chat is a
group, whoever is in it: there only notices without content are said, and only a few words are heard.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final, Literal

from bot.adapters import matrix_wire as wire
from bot.adapters.matrix_events import mapping, text
from bot.adapters.matrix_words import Reason

ALGORITHM: Final = "m.megolm.v1.aes-sha2"
_TWO: Final = 2

Kind = Literal["direct", "group"]


def welcome(invite: Sequence[Any], me: str, servers: Collection[str]) -> Kind | None:
    """What it is that somebody of a server that is allowed invites to; None: decline. `invite`: the stripped state."""
    for event in invite:
        if getattr(event, "state_key", None) == me and getattr(event, "membership", None) == "invite":
            if server_of(text(event.sender)) not in servers:
                return None
            return kind_of(mapping(event.content))
    return None


def kind_of(invitation: Mapping[str, Any]) -> Kind:
    """What the content of an invitation says that the room is."""
    return "direct" if invitation.get("is_direct") is True else "group"


def server_of(user: str) -> str:
    """The server in a Matrix id."""
    return user.partition(":")[2]


def exposed(room: Any) -> Reason | None:  # noqa: ANN401 - nio's MatrixRoom
    """Why nothing personal may be said in this room; None when it may."""
    if is_public(room):
        return "public"
    if len(room.users) > _TWO:  # with those who are invited: they could read what was said before they came
        return "group"
    return None if room.encrypted else "unencrypted"


def is_public(room: Any) -> bool:  # noqa: ANN401 - nio's MatrixRoom
    """Whether anybody may come in or read along."""
    return bool(room.join_rule == "public" or room.history_visibility == "world_readable")


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

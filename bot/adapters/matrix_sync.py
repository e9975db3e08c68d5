"""Reads the account on from where it was read: one sync, gaps filled, everything in order.

nio applies a sync to what it knows of rooms and keys; what came in is returned here and remembered nowhere. The same
sync may be asked for again after a crash: its events have the same names then.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import aiohttp
import msgspec
from nio import RoomGetEventError, RoomMessagesError, SyncError
from nio.api import MessageDirection
from nio.exceptions import EncryptionError

from bot.adapters import matrix_wire as wire
from bot.adapters.matrix_device import Device, raise_for
from bot.adapters.matrix_events import Event, event_of

TIMELINE: Final = 50
"""Events per room and sync; what is beyond is fetched as a gap."""

PAGE: Final = 100
"""Events per page of a gap: more than Synapse gives at once anyway."""

LONG_POLL: Final = 30.0
"""Seconds that a sync waits for news."""

_NOTHING: Final = {"limit": 0, "types": []}
_FILTER: Final = {
    "presence": _NOTHING,
    "account_data": _NOTHING,
    "room": {
        "ephemeral": _NOTHING,
        "account_data": _NOTHING,
        "timeline": {"limit": TIMELINE},
        "state": {"lazy_load_members": False},
    },
}


class Round(msgspec.Struct, frozen=True):
    """What one sync brought. `left`: rooms that we are out of, with the events that say so.

    `keys`: something was sent to this device alone: what could not be decrypted may be readable now.
    """

    token: str
    rooms: Mapping[str, Sequence[Event]]
    invites: Mapping[str, Sequence[Any]]
    left: Mapping[str, Sequence[Event]]
    keys: bool

    def __repr__(self) -> str:
        return "Round()"


async def sync(device: Device, since: str, *, wait: float, full: bool) -> Round:
    """Ask for what is new since that token ("": from now on, with what there is).

    Args:
        device: an open one.
        since: token of the last sync that was committed.
        wait: seconds that the server may wait for news.
        full: with the whole state of every room; nio remembers none beyond the end of the process.

    Raises:
        NotReachedError, UnheardError, TokenLostError: ask again, or log in.
    """
    client = device.client
    # nio ignores an answer that ends where it believes to be: after a failure here the same one must count again, and
    # the first one of this process even if nothing is new, for it says which rooms there are.
    client.next_batch = "" if full else since
    try:
        answer = await client.sync(
            timeout=max(1, int(wait * 1000)), sync_filter=_FILTER, since=since or None, full_state=full or None
        )
    except (aiohttp.ClientError, OSError, TimeoutError) as error:
        raise wire.NotReachedError from error  # asking again is always right
    if isinstance(answer, SyncError):
        raise_for(answer)
    rooms = {}
    for room_id, info in answer.rooms.join.items():
        events = [read(event) for event in info.timeline.events]
        if info.timeline.limited:
            events = [*await _fill(device, room_id, info.timeline.prev_batch, since), *events]
        # After an outage the pages may overlap.
        rooms[room_id] = _from_invitation(list({event.id: event for event in events}.values()), device, since)
    left = {room_id: [read(event) for event in info.timeline.events] for room_id, info in answer.rooms.leave.items()}
    invites = {room_id: info.invite_state for room_id, info in answer.rooms.invite.items()}
    return Round(answer.next_batch, rooms, invites, left, bool(answer.to_device_events))


async def _fill(device: Device, room_id: str, before: str | None, since: str) -> list[Event]:
    """What was written between the last sync and the timeline of this one, oldest first."""
    pages: list[list[Event]] = []
    while before:
        try:
            page = await device.client.room_messages(
                room_id, start=before, end=since or None, direction=MessageDirection.back, limit=PAGE
            )
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            raise wire.NotReachedError from error
        if isinstance(page, RoomMessagesError):
            raise_for(page)
        events = [read(event) for event in page.chunk]
        pages.append(events)
        oldest = events[-1] if events else None
        if oldest is None or page.end == before or _is_too_old(oldest, device, since):
            break
        if any(is_invitation(event, device.access.user) for event in events):
            break
        before = page.end
    return [event for page in reversed(pages) for event in reversed(page)]


def _from_invitation(events: list[Event], device: Device, since: str) -> list[Event]:
    """Without what is older than our invitation, or, at the first sync ever, than this device."""
    for place in range(len(events) - 1, -1, -1):
        if is_invitation(events[place], device.access.user):
            return events[place:]
    return [event for event in events if not _is_too_old(event, device, since)]


def _is_too_old(event: Event, device: Device, since: str) -> bool:
    return not since and event.at.timestamp() * 1000 < device.session.born


def is_invitation(event: Event, user: str) -> bool:
    """Whether it invites this user."""
    return event.type == "m.room.member" and event.state_key == user and event.content.get("membership") == "invite"


def read(event: Any) -> Event:  # noqa: ANN401 - any of nio's events
    """One of nio's events as ours."""
    return event_of(event.source, secret=bool(getattr(event, "decrypted", False)))


async def fetch(device: Device, room_id: str, event_id: str) -> Event | None:
    """An event by its name, decrypted if that is possible now; None when the room has it no more.

    Raises:
        NotReachedError, UnheardError, TokenLostError: ask again.
    """
    try:
        found = await device.client.room_get_event(room_id, event_id)
    except (aiohttp.ClientError, OSError, TimeoutError) as error:
        raise wire.NotReachedError from error
    except EncryptionError:  # still not
        return await _fetch_sealed(device, room_id, event_id)
    if isinstance(found, RoomGetEventError):
        if found.status_code in {"M_NOT_FOUND", "M_FORBIDDEN"}:
            return None
        raise_for(found)
    return read(found.event)


async def _fetch_sealed(device: Device, room_id: str, event_id: str) -> Event | None:
    answer = await wire.ask(device.client, "GET", wire.path("rooms", room_id, "event", event_id))
    return event_of(answer.body, secret=False) if answer.ok else None


async def history(device: Device, room_id: str, before: str) -> tuple[list[Event], str]:
    """A page of a room's past, newest first, and where to go on ("" at its beginning). `before`: "" from the end.

    Raises:
        NotReachedError, UnheardError, TokenLostError, RefusedError: as `matrix_wire.demand`.
    """
    query = {"dir": "b", "limit": str(PAGE)} | ({"from": before} if before else {})
    page = await wire.demand(device.client, "GET", wire.path("rooms", room_id, "messages", **query))
    chunk = page.get("chunk", [])
    return [event_of(source, secret=False) for source in chunk], str(page.get("end") or "")


def sealed(event: Event) -> bool:
    """Whether it could not be decrypted."""
    return event.type == "m.room.encrypted"

"""What an event in a room means: an Incoming, a reaction to look up, or nothing that wants an answer.

Pure: reads the decrypted event as plain JSON, whoever made it and however odd it is. What a person sent is never met
with silence: what cannot be read is told so. Programs (`m.notice`), redactions and what clients say to one another are.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any, Final

import msgspec

from bot.adapters.matrix_writing import option_of
from bot.flows.exchange import Incoming, Said, Unread, Unreadable

_EPOCH: Final = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_LATEST: Final = 253_402_300_799_000
"""Milliseconds: the last year that Python knows. A forged time beyond it is no time."""

_MESSAGES: Final[Mapping[str, Unread]] = {
    "m.audio": "voice",
    "m.image": "photo",
    "m.video": "video",
    "m.file": "file",
    "m.location": "location",
    "m.server_notice": "other",
}
_TYPES: Final[Mapping[str, Unread]] = {
    "m.sticker": "sticker",
    "m.poll.start": "poll",
    "org.matrix.msc3381.poll.start": "poll",
    "m.location": "location",
    "m.voice": "voice",
    "m.call.invite": "other",
    "m.room.encrypted": "undecryptable",
}
_TEXTS: Final = frozenset({"m.text", "m.emote"})
_REPLY_LINE: Final = re.compile(r"^> ?.*\n?")


class Event(msgspec.Struct, frozen=True):
    """An event of a room, decrypted where that was possible. `secret`: it came encrypted."""

    id: str
    type: str
    sender: str
    at: dt.datetime
    content: Mapping[str, Any]
    state_key: str | None
    secret: bool

    def __repr__(self) -> str:
        return f"Event({self.type})"

    @property
    def relation(self) -> Mapping[str, Any]:
        """How it relates to another event; empty when it does not."""
        return mapping(self.content.get("m.relates_to"))

    @property
    def thread(self) -> str:
        """The root of the thread it is in; "" for none."""
        return text(self.relation.get("event_id")) if self.relation.get("rel_type") == "m.thread" else ""


class Tap(msgspec.Struct, frozen=True):
    """A reaction that stands for an option of the question in event `target`."""

    target: str
    option: int

    def __repr__(self) -> str:
        return "Tap()"


def mapping(value: object) -> Mapping[str, Any]:
    """The value if it is a JSON object, else an empty one."""
    return value if isinstance(value, dict) else {}


def text(value: object) -> str:
    """The value if it is a text, else an empty one."""
    return value if isinstance(value, str) else ""


def event_of(source: Mapping[str, Any], *, secret: bool) -> Event:
    """The event in its JSON; what is missing or of the wrong kind is empty."""
    moment = source.get("origin_server_ts")
    known = isinstance(moment, int) and 0 <= moment <= _LATEST
    state_key = source.get("state_key")
    return Event(
        id=text(source.get("event_id")),
        type=text(source.get("type")),
        sender=text(source.get("sender")),
        at=_EPOCH + dt.timedelta(milliseconds=moment if known and isinstance(moment, int) else 0),
        content=mapping(source.get("content")),
        state_key=state_key if isinstance(state_key, str) else None,
        secret=secret,
    )


def meaning(event: Event) -> Incoming | Tap | None:
    """What a person meant by it; None when it wants no answer."""
    if event.state_key is not None or not event.content:  # state of the room, or redacted
        return None
    if event.type == "m.room.message":
        return _message(event)
    if event.type == "m.reaction":
        option = option_of(text(event.relation.get("key")))
        target = text(event.relation.get("event_id"))
        return None if option is None or not target else Tap(target, option)
    what = _TYPES.get(event.type)
    return None if what is None else Unreadable(what=what)


def _message(event: Event) -> Incoming | None:
    kind = text(event.content.get("msgtype"))
    if event.relation.get("rel_type") == "m.replace":
        return Unreadable(what="edit")
    if kind == "m.notice" or kind.startswith("m.key.verification."):
        return None
    if kind not in _TEXTS:
        return Unreadable(what=_MESSAGES.get(kind, "other"))
    body = event.content.get("body")
    if not isinstance(body, str):
        return Unreadable(what="other")
    if "m.in_reply_to" in event.relation and not event.thread:
        body = _without_quote(body)
    return Said(text=body)


def _without_quote(body: str) -> str:
    """The reply without the words it replies to, which older clients put before it as lines with ">"."""
    if not body.startswith("> "):
        return body
    rest = body
    while rest.startswith(">"):
        rest = _REPLY_LINE.sub("", rest, count=1)
    return rest.lstrip("\n")

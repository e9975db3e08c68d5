"""Telegram's updates read into Arrivals. Each by itself; what a person sent never goes unanswered.

Owns: which update means what. Of an update only what is named here is looked at: unknown fields, and what an API of
tomorrow adds, change nothing. An update in a form that cannot be read becomes an `Unreadable` of the chat that it
names, and nothing at all when it names none.

Source: https://core.telegram.org/bots/api#update (Bot API 10.1).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

import msgspec

from bot.adapters.base import Arrival
from bot.adapters.base_groups import heard
from bot.flows.exchange import (
    GroupLeft,
    GroupMoved,
    GroupSaid,
    Incoming,
    Pressed,
    Said,
    Started,
    Stopped,
    Unread,
    Unreadable,
)

_PRESS: Final = re.compile(r"([0-9a-f]{1,48}):(\d{1,3})")
_COMMAND: Final = re.compile(r"(/\w{1,32})(?:@\w{1,64})?(?=\s|$)")
_PAYLOAD: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
_REGION: Final = re.compile(r"[-_][a-z]{2}$")
_START: Final = "/start"
FORGED: Final = Pressed(token="unknown", option=0)  # noqa: S106 - the token of a question, not a secret
"""A press that carries none of our tokens: the person is told that the question is over."""

_UNREAD: Final[Mapping[str, Unread]] = {
    "voice": "voice",
    "audio": "voice",
    "video": "video",
    "video_note": "video",
    "animation": "video",
    "live_photo": "photo",
    "photo": "photo",
    "paid_media": "photo",
    "sticker": "sticker",
    "location": "location",
    "venue": "location",
    "contact": "contact",
    "document": "file",
    "poll": "poll",
}
_ENVELOPE: Final = frozenset(
    "message_id from sender_chat chat date edit_date forward_origin is_automatic_forward reply_to_message "
    "external_reply quote reply_to_story via_bot has_protected_content is_from_offline author_signature "
    "message_thread_id is_topic_message sender_boost_count effect_id entities caption caption_entities "
    "show_caption_above_media has_media_spoiler media_group_id link_preview_options reply_markup is_paid_post".split()
)
_SERVICE: Final = frozenset(
    "pinned_message message_auto_delete_timer_changed write_access_allowed users_shared chat_shared "
    "chat_background_set new_chat_title new_chat_photo delete_chat_photo boost_added connected_website passport_data "
    "video_chat_scheduled video_chat_started video_chat_ended video_chat_participants_invited "
    "proximity_alert_triggered web_app_data successful_payment refunded_payment gift unique_gift "
    "paid_message_price_changed direct_message_price_changed".split()
)
"""What Telegram reports in a private chat though nobody has said anything."""

_GROUPS: Final = frozenset({"group", "supergroup"})
_OUT: Final = frozenset({"left", "kicked"})


class _User(msgspec.Struct):
    id: int
    is_bot: bool = False
    language_code: str = ""


class _Chat(msgspec.Struct):
    id: int
    type: str
    username: str = ""
    """Of a group only those have one that anybody finds and reads."""


class _Message(msgspec.Struct):
    message_id: int
    date: int
    chat: _Chat
    from_: _User | None = msgspec.field(default=None, name="from")
    edit_date: int | None = None
    text: str | None = None
    caption: str | None = None
    migrate_to_chat_id: int | None = None
    migrate_from_chat_id: int | None = None


class _Press(msgspec.Struct):
    id: str
    from_: _User = msgspec.field(name="from")
    data: str = ""


class _Status(msgspec.Struct):
    status: str
    user: _User | None = None


class _Membership(msgspec.Struct):
    chat: _Chat
    date: int
    new_chat_member: _Status
    old_chat_member: _Status | None = None
    from_: _User | None = msgspec.field(default=None, name="from")


class _Number(msgspec.Struct):
    update_id: int


class Read(NamedTuple):
    """What an update holds. `press`: the id of a press, which wants an answer of its own; `broken`: not readable."""

    arrivals: tuple[Arrival, ...] = ()
    press: str = ""
    broken: bool = False


def number_of(update: Mapping[str, Any]) -> int:
    """The update's number.

    Raises:
        msgspec.ValidationError: it has none; then nothing can be confirmed.
    """
    return msgspec.convert(update, _Number).update_id


def read(update: Mapping[str, Any], now: dt.datetime) -> Read:
    """Read one update. `now`: aware UTC, for what carries no time."""
    try:
        return _read(update, number_of(update), now)
    except (msgspec.ValidationError, ValueError, OverflowError):
        return Read(_salvage(update, now), broken=True)


def _read(update: Mapping[str, Any], number: int, now: dt.datetime) -> Read:
    if "message" in update:
        return Read(_message(number, update["message"]))
    if "edited_message" in update:
        edited = msgspec.convert(update["edited_message"], _Message)
        if edited.chat.type != "private":
            return Read()
        key = f"{number}:{edited.edit_date or edited.date}"
        return Read((_arrival(key, edited.chat.id, Unreadable(what="edit"), edited.edit_date or edited.date),))
    if "callback_query" in update:
        press = msgspec.convert(update["callback_query"], _Press)
        # The chat is whoever pressed: a press on somebody else's question is then a press on none of one's own.
        arrival = Arrival(f"{number}:{press.id}", str(press.from_.id), _pressed(press.data), now)
        return Read((arrival,), press.id)
    if "my_chat_member" in update:
        return Read(_membership(number, msgspec.convert(update["my_chat_member"], _Membership)))
    return Read()


def _message(number: int, raw: Mapping[str, Any]) -> tuple[Arrival, ...]:
    message = msgspec.convert(raw, _Message)
    key, chat, at = f"{number}:{message.date}", message.chat.id, message.date
    if message.chat.type in _GROUPS:
        return _in_group(message, key)
    if message.chat.type != "private" or (message.from_ is not None and message.from_.is_bot):
        return ()
    if message.text is not None:
        return (_arrival(key, chat, _said(message.text, message.from_), at),)
    kind = next((field for field in raw if field not in _ENVELOPE), "")
    if kind in _SERVICE or not kind:
        return ()
    found = [_arrival(key, chat, Unreadable(what=_unread(raw)), at)]
    if message.caption:
        # The words below a picture are the person's words: what they say about danger must be heard.
        found.append(_arrival(f"{key}:caption", chat, Said(text=_whole(message.caption)), at))
    return tuple(found)


def _in_group(message: _Message, key: str) -> tuple[Arrival, ...]:
    """In a group only what is meant for the bot: a command. Being added is told by `my_chat_member`."""
    chat, at = message.chat.id, message.date
    if message.migrate_to_chat_id is not None:
        return (moved(chat, message.migrate_to_chat_id, at),)
    if message.migrate_from_chat_id is not None:
        return (moved(message.migrate_from_chat_id, chat, at),)
    said = heard(_whole(message.text or ""), only_commands=True, public=bool(message.chat.username))
    return () if said is None else (_arrival(key, chat, said, at),)


def moved(old: int, new: int, at: int) -> Arrival:
    """A group has become another chat; however often and from whom that is heard, it is one event. `at`: Unix time."""
    return _arrival(f"moved:{old}:{new}", old, GroupMoved(to=str(new)), at)


def _unread(raw: Mapping[str, Any]) -> Unread:
    # An animation is announced as a document too, a venue as a location: the order of the table decides.
    return next((what for field, what in _UNREAD.items() if field in raw), "other")


def _said(text: str, sender: _User | None) -> Incoming:
    text = _whole(text)
    command = _COMMAND.match(text)
    if command is None:
        return Said(text=text)
    rest = text[command.end() :].strip()
    if command[1].lower() == _START:
        # "en-GB" is English; "de-simple" is a language of its own here.
        language = "" if sender is None else _REGION.sub("", sender.language_code.lower())
        return Started(payload=rest if _PAYLOAD.fullmatch(rest) else "", language=language)
    return Said(text=f"{command[1]} {rest}".strip())


def _pressed(data: str) -> Pressed:
    found = _PRESS.fullmatch(data)
    return FORGED if found is None else Pressed(token=found[1], option=int(found[2]))


def _membership(number: int, change: _Membership) -> tuple[Arrival, ...]:
    key, status = f"{number}:{change.date}", change.new_chat_member.status
    if change.chat.type == "private":
        # Unblocking says nothing: the person presses START then, and that is a message.
        stopped = status in _OUT
        return (_arrival(key, change.chat.id, Stopped(), change.date),) if stopped else ()
    if change.chat.type not in _GROUPS:
        return ()
    before = None if change.old_chat_member is None else change.old_chat_member.status in _OUT
    if status in _OUT:
        # Who goes by itself knows why.
        bot, whoever = change.new_chat_member.user, change.from_
        itself = bot is not None and whoever is not None and bot.id == whoever.id
        return () if before or itself else (_arrival(key, change.chat.id, GroupLeft(), change.date),)
    said = GroupSaid(what="added", public=bool(change.chat.username))
    return (_arrival(key, change.chat.id, said, change.date),) if before is not False else ()


def _arrival(key: str, chat: int, incoming: Incoming, at: int) -> Arrival:
    # Telegram counts whole seconds: the end of that one, so that what was written right after a person was forgotten
    # does not count as older than that.
    return Arrival(key, str(chat), incoming, dt.datetime.fromtimestamp(at, dt.UTC) + dt.timedelta(milliseconds=999))


def _whole(text: str) -> str:
    """Surrogates that JSON wrote as two escapes joined; lone ones replaced: they could not be stored."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _salvage(update: Mapping[str, Any], now: dt.datetime) -> tuple[Arrival, ...]:
    """Whose update it is that cannot be read: a person in a private chat is told so, anybody else is not."""
    number = update.get("update_id")
    for body in update.values():
        if not isinstance(body, Mapping):
            continue
        chat, sender = body.get("chat"), body.get("from")
        private = isinstance(chat, Mapping) and chat.get("type") == "private"
        whose = chat if private else sender if chat is None else None
        if isinstance(whose, Mapping) and isinstance(whose.get("id"), int) and not isinstance(whose["id"], bool):
            return (Arrival(f"{number}:unread:{whose['id']}", str(whose["id"]), Unreadable(what="other"), now),)
    return ()


def last_number(updates: Sequence[Mapping[str, Any]]) -> int | None:
    """The number of the last update that has one: the next offset is one above it. They may start again lower."""
    for update in reversed(updates):
        try:
            return number_of(update)
        except msgspec.ValidationError:
            continue
    return None

"""Staff show that they belong to a municipality: a code in a message, or in the link that opened the chat.

Judged outside the engine, against the tables; what the engine gets, and what the inbox keeps, is the municipality and
not the code. Wrong, ended, or one try too many within ten minutes: the same answer, so that trying tells nothing.
Whoever is staff is so for as long as that code holds: it is looked up at every turn.
"""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from bot import invitation, movecode, staffcode
from bot.flows.conversation import Conversation
from bot.flows.exchange import CodeGiven, GroupSaid, Incoming, InviteGiven, MoveGiven, Said, Started
from bot.keys import KeyRing
from bot.storage import codes, moves
from bot.storage.database import Transaction


class Given(NamedTuple):
    """Codes in a group: `group` for it, `person` for somebody, which several people know now; each may be empty."""

    group: str
    person: str


def judge(tx: Transaction, ring: KeyRing, chat: bytes, here: int, incoming: Incoming, now: int) -> Incoming:
    """What came in, with a code replaced by what it stands for; the same object when there is none.

    `chat` is its blind index, `here` its number; `now` in milliseconds. A try must be noted (`codes.note_try`) in the
    same transaction.
    """
    match incoming:
        case Said(text=text):
            code, opened, language = staffcode.read(text), False, ""
        case Started(payload=text, language=language):
            code, opened = staffcode.read(text), True
        case GroupSaid(what="pair", text=text) if text:
            # Of what was written in a group nothing is kept; what is no code asks how it is done.
            return msgspec.structs.replace(incoming, what="pair" if _invitations(text) else "help", text="")
        case _:
            return incoming
    if _invitations(text):
        return InviteGiven(language=language)
    if moved := movecode.read(text):
        may_try = codes.tries(tx, ring, chat, now) < codes.MOST_TRIES
        found = moves.find(tx, ring, moved, now) if may_try else None
        if found is None:
            return MoveGiven(opened=opened, language=language)
        there = found.conversation(found.key(ring)).language
        return MoveGiven(holds=True, here=found.id == here, opened=opened, language=there or language)
    if not code:
        return incoming
    may_try = codes.tries(tx, ring, chat, now) < codes.MOST_TRIES
    place = codes.tenant_of(tx, ring, code, now)
    if not may_try or not place:
        return CodeGiven(opened=opened, language=language)
    return CodeGiven(place=place, code=codes.name_of(ring, code), opened=opened, language=language)


def has_lapsed(tx: Transaction, conversation: Conversation, now: int) -> bool:
    """Whether the person counts as staff by a code that holds no more; one of which nothing is known holds none."""
    return conversation.staff and not codes.holds(tx, conversation.code, conversation.place, now)


def _invitations(text: str) -> list[str]:
    return [code for word in (invitation.PERSON, invitation.GROUP) if (code := invitation.read(text, word))]


def is_for_group(incoming: Incoming) -> bool:
    """Whether somebody gave a code in a private chat that is one for a group only."""
    match incoming:
        case Said(text=text) | Started(payload=text):
            return not invitation.read(text)
        case _:
            return False


def pairing_in(tx: Transaction, ring: KeyRing, chat: bytes, incoming: GroupSaid, now: int) -> Given:
    """The codes in what was written in a group: one for it, empty after too many tries, and one for somebody."""
    refused = incoming.public or codes.tries(tx, ring, chat, now) >= codes.MOST_TRIES
    code = "" if refused else invitation.read(incoming.text, invitation.GROUP)
    return Given(code, invitation.read(incoming.text))


def invitation_in(tx: Transaction, ring: KeyRing, chat: bytes, incoming: Incoming, now: int) -> str:
    """The invitation in what came in; empty after too many tries, so that a right one is refused like a wrong one."""
    if codes.tries(tx, ring, chat, now) >= codes.MOST_TRIES:
        return ""
    match incoming:
        case Said(text=text) | Started(payload=text):
            return invitation.read(text)
        case _:
            return ""


def move_in(incoming: Incoming) -> str:
    """The code of a conversation of another chat in what came in."""
    match incoming:
        case Said(text=text) | Started(payload=text):
            return movecode.read(text)
        case _:
            return ""

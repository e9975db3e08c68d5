"""Contacts who are in no chat: a municipality's file names them, and they are told of cases by mail.

Such a contact is a desk like any other, on the account of the mail adapter: notices reach it as letters, through inbox
and outbox. It can do nothing there, so it can be asked and told, but never hold a case.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

from bot.cases.escalation import Role
from bot.flows.exchange import DeskNews
from bot.keys import KeyRing
from bot.storage import conversations, desks, letters
from bot.storage.database import Transaction
from bot.storage.statements import SQLITE
from bot.work.casework import MAIL, Casework, Cause
from bot.work.doors import Door


def refresh(
    tx: Transaction,
    ring: KeyRing,
    casework: Casework,
    door: Door | None,
    wanted: Mapping[str, Sequence[str]],
    now: int,
) -> bool:
    """Bring the desks by mail in line with the files; whether anything changed.

    Args:
        tx: committed by the caller.
        ring: finds and seals the addresses.
        casework: frees what somebody who goes was asked about.
        door: of the mail adapter; None when this process has none.
        wanted: addresses by municipality.
        now: milliseconds.
    """
    if door is None:
        if tx.database != SQLITE:
            return False  # another worker may have one
        wanted = {}
    elif not door.held:
        return False
    chats = {
        conversations.index_of(ring, MAIL, f"{place} {address}"): (place, address)
        for place, addresses in wanted.items()
        for address in addresses
    }
    present = desks.on(tx, MAIL)
    gone = [chat for index, chat in present.items() if index not in chats]
    fresh = [index for index in chats if index not in present]
    for chat in gone:
        casework.leave(tx, chat, Cause(hashlib.sha256(b"mail_leaves|%d|%d" % (chat, now)).digest(), now))
    conversations.delete(tx, gone)
    if door is not None and fresh:
        rows = [(index, f"{chats[index][0]} {chats[index][1]}") for index in fresh]
        conversations.add(tx, ring, door.account.id, rows, now)
        for index, found in conversations.find(tx, fresh).items():
            chat, place = found.standing.id, chats[index][0]
            desks.join(tx, chat, place, Role.COORDINATION, now)
            event = hashlib.sha256(b"mail_joins|%b|%d" % (index, now)).digest()
            joined = DeskNews(what="joined", place=place, about=Role.COORDINATION.value)
            letters.post(tx, ring, chat, event, joined, now)
    if gone or fresh:
        casework.look_around(tx)
    return bool(gone or fresh)

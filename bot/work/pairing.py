"""Groups and rooms that get notices: how they come and go, and what they are told of cases.

They are told as coordinators are, by letters, with no content and never by night unless it is urgent. What makes them
different: who is in a group is known to nobody. So a case from which anybody is kept is not mentioned in any group, a
group is nobody who reads, accepts or is asked, and what one was not told of does not end there either.
"""

from __future__ import annotations

from typing import Final, Protocol

from bot.cases import escalation
from bot.cases.escalation import LEVELS, Plan, Role
from bot.flows.exchange import DeskNews, DeskWhat, Incoming
from bot.keys import KeyRing
from bot.storage import care as books
from bot.storage import conversations, desks, pairings
from bot.storage.care import Care
from bot.storage.database import Transaction
from bot.storage.times import moment, stamp

ASKS: Final[frozenset[DeskWhat]] = frozenset({"notice", "reminder", "escalated", "nobody"})
"""What a group hears though it has heard nothing of that case before."""


class Plans(Protocol):
    """Knows what municipalities have settled for their cases."""

    def plan_for(self, tenant: str) -> Plan:
        """The plan of exactly this municipality."""


class Post(Protocol):
    """Writes the letters of one cause."""

    @property
    def now(self) -> int:
        """When it is written, milliseconds."""

    def send(self, to: int | None, incoming: Incoming, due: int | None = None) -> None:
        """A letter to a chat, not before `due`."""

    def tell_desk(self, to: int | None, care: Care, what: DeskWhat, at: int | None = None, **more: str) -> None:
        """A letter about a case."""


def tell(tx: Transaction, post: Post, care: Care, what: DeskWhat, plan: Plan, role: str = "") -> None:
    """Tell the groups that are asked at this level. `role`: of whoever has accepted it. Marks the case as told."""
    if care.barred or books.excluded(tx, care) or not (care.told or what in ASKS):
        return
    at = stamp(escalation.waking(plan, moment(post.now), urgent=care.urgent))
    for group in pairings.present(tx, care.tenant):
        if LEVELS.index(Role(group.role)) <= care.level:
            care.told = True
            post.tell_desk(group.chat, care, what, at, about=role)


def redeem(tx: Transaction, ring: KeyRing, post: Post, chat: int, code: str, plans: Plans) -> None:
    """Pair a group by this code ("" after too many tries); the coordinators of the place hear that there is one."""
    found = pairings.redeem(tx, ring, code, chat, post.now) if code else None
    if found is None:
        post.send(chat, DeskNews(what="invitation_refused"))
        return
    place, role = found
    post.send(chat, DeskNews(what="joined", place=place, about=role))
    _tell_desks(tx, post, place, "group_joined", plans)


def part(tx: Transaction, post: Post, chat: int, plans: Plans) -> bool:
    """This chat gets no notices any more, and the coordinators of the place hear of it; False when it got none."""
    found = pairings.place_of(tx, chat)
    if found is None:
        return False
    pairings.part(tx, chat)
    _tell_desks(tx, post, found[0], "group_left", plans)
    return True


def move(tx: Transaction, ring: KeyRing, post: Post, chat: int, to: str) -> None:
    """What this chat gets goes to another one of the same account from now on."""
    found, account = pairings.place_of(tx, chat), pairings.account_of(tx, chat)
    if found is None or account is None:
        return
    number, name = account
    index = conversations.index_of(ring, name, to)
    conversations.add(tx, ring, number, [(index, to)], post.now)
    there = conversations.find(tx, [index])[index].standing.id
    place, role = found
    pairings.part(tx, chat)
    pairings.pair(tx, there, place, role, post.now)
    post.send(there, DeskNews(what="moved", place=place, about=role))


def _tell_desks(tx: Transaction, post: Post, place: str, what: DeskWhat, plans: Plans) -> None:
    at = stamp(escalation.waking(plans.plan_for(place), moment(post.now)))
    for desk in desks.present(tx, place):
        post.send(desk.chat, DeskNews(what=what, place=place), at)

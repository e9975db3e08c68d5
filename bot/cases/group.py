"""A group's or room's side: it gets notices once it is paired, and is otherwise sent to the private chat; pure.

Nobody knows who reads in a group, and what is written there belongs to nobody. So nothing personal is said or taken in,
no act is done, and nothing has a button. Whoever is not paired is told once how that goes; without a code the Lotse
goes again.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

import msgspec

from bot.cases.deskwords import ROLES
from bot.cases.groupwords import SENTENCES
from bot.flows.calendar import show_instant
from bot.flows.conversation import Conversation, Group
from bot.flows.engine import Turn
from bot.flows.exchange import (
    CancelTimers,
    DeskNews,
    Effect,
    Forget,
    GroupLeft,
    GroupMoved,
    GroupSaid,
    Incoming,
    LeaveDesk,
    MoveGroup,
    Remind,
    Send,
    TimerFired,
)
from bot.flows.world import World

STAYS_FOR: Final = dt.timedelta(minutes=15)
"""So long the Lotse waits for a code in a group that gets no notices."""

_UNPAIRED: Final = "unpaired"
_NOTICES: Final = frozenset({"notice", "reminder", "escalated", "nobody", "taken", "promise_soon", "withdrawn", "over"})
_LATEST: Final = 30 * 86_400
"""Seconds: late or not, it goes."""


def advance_group(world: World, conversation: Conversation, incoming: Incoming, now: dt.datetime) -> Turn:
    """Handle what came in from a group, or for one. What means nothing there is not answered."""
    turn = _Turn(world, conversation, now)
    match incoming:
        case GroupSaid():
            turn.hear(incoming)
        case DeskNews():
            turn.tell(incoming)
        case GroupMoved(to=to):
            turn.move(to)
        case GroupLeft():
            turn.want(Forget())
        case TimerFired(about=about) if about == _UNPAIRED and not turn.group.place:
            turn.want(Forget())
        case _:
            pass
    return Turn(turn.c, tuple(turn.effects))


class _Turn:
    """One turn in the making."""

    def __init__(self, world: World, conversation: Conversation, now: dt.datetime) -> None:
        self.c: Conversation = msgspec.structs.replace(conversation, group=conversation.group or Group())
        self.effects: list[Effect] = []
        self._world, self._now = world, now

    @property
    def group(self) -> Group:
        """How it stands."""
        return self.c.group or Group()

    def want(self, effect: Effect) -> None:
        """Want something done."""
        self.effects.append(effect)

    def say(self, key: str, **values: str) -> None:
        """Send one sentence."""
        self.want(Send(text=SENTENCES[key].format(**values), style="notice"))

    def _say_once(self, key: str) -> None:
        if key not in self.group.told:
            self._set(told=(*self.group.told, key))
            self.say(key)

    def _set(self, **changes: object) -> None:
        self.c.group = msgspec.structs.replace(self.group, **changes)

    @property
    def _place(self) -> str:
        return self._world.places.name(self.group.place)

    # --- what members do

    def hear(self, said: GroupSaid) -> None:
        """A word that is obeyed in groups, or the Lotse has just come in."""
        if said.what == "emergency":
            self.say("emergency")
        elif said.public:
            if self.group.place:
                self.want(LeaveDesk())
                self.c.group = Group()
            self._refuse("public")
        elif not self.group.place:
            # Whether a code holds is known once it is redeemed: that comes as `DeskNews`.
            if said.what != "pair":
                self._refuse("refused")
        elif said.what == "pair":
            self.say("already", place=self._place)
        elif said.what == "part":
            self.want(LeaveDesk())
            self.say("left")
            self.c.group = Group(told=("refused", "public"))
            self._wait()
        elif said.what == "act":
            self._say_once("act")
        elif said.what == "help":
            self.say("help", place=self._place)

    def _refuse(self, key: str) -> None:
        if key not in self.group.told:
            self._wait()
        self._say_once(key)

    def _wait(self) -> None:
        self.want(Remind(name=_UNPAIRED, about=_UNPAIRED, due=self._now + STAYS_FOR, useless_after=_LATEST))

    def move(self, to: str) -> None:
        """The chat goes on at another address; this one is left behind."""
        self.want(CancelTimers())
        if self.group.place:
            self.want(MoveGroup(to=to))
        self.c.group = Group(told=("refused", "public"))

    # --- what comes from the books

    def tell(self, news: DeskNews) -> None:
        """Say what happened, without content; what is for a group that is paired no more is not said."""
        if news.what == "joined":
            self._pair(news)
            self.say("joined", place=self._place, role=ROLES.get(news.about, news.about))
        elif news.what == "moved":
            self._pair(news)
        elif news.what == "unpaired":
            self.c.group = Group()
        elif news.what == "invitation_refused":
            if not self.group.told:
                self._wait()
                self._set(told=("refused",))
            self.say("code_refused")
        elif self.group.place and news.what in _NOTICES:
            if news.what == "notice":
                self._set(told=())  # whoever tries it here again is told again
            due = show_instant(news.due.isoformat(), self._world.municipality.zone, "de") if news.due else "bald"
            urgent, role = ", dringend" if news.urgent else "", ROLES.get(news.about, "Koordination")
            self.say(news.what, number=news.number, urgent=urgent, due=due, role=role)

    def _pair(self, news: DeskNews) -> None:
        self.c.group = Group(news.place, news.about)
        self.want(CancelTimers())

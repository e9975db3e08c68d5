"""One Incoming in, one Turn out, for everybody: persons go to the engine, coordinators to the desk, groups apart."""

from __future__ import annotations

import datetime as dt

from bot.cases.desk import advance_desk
from bot.cases.group import advance_group
from bot.flows import engine
from bot.flows.conversation import Conversation
from bot.flows.engine import Turn
from bot.flows.exchange import DeskNews, GroupLeft, GroupMoved, GroupSaid, Incoming, InviteGiven, Stopped
from bot.flows.world import World


def advance(world: World, conversation: Conversation, incoming: Incoming, now: dt.datetime) -> Turn:
    """Handle one Incoming; pure, as `bot.flows.engine.advance` is."""
    in_group = isinstance(incoming, GroupSaid | GroupLeft | GroupMoved)
    if in_group or conversation.group is not None or (isinstance(incoming, DeskNews) and incoming.what == "moved"):
        return advance_group(world, conversation, incoming, now)
    for_desk = conversation.desk is not None and not isinstance(incoming, InviteGiven | Stopped)
    if for_desk or isinstance(incoming, DeskNews):
        return advance_desk(world, conversation, incoming, now)
    return engine.advance(world, conversation, incoming, now)

"""Where a turn takes place: a link, the command line, a code or what comes from another chat may say it.

The settings of that municipality hold from the first word on: how people are called, how long their answers are kept.
"""

from __future__ import annotations

from bot.flows.conversation import Conversation, decode
from bot.flows.exchange import Arrived, CodeGiven, Incoming, Started
from bot.flows.world import Places


def place_of(places: Places, conversation: Conversation, incoming: Incoming) -> str:
    """The key of the municipality in which this turn takes place; "" where none is known.

    A link names it by its key or name, a code stands for it; whoever is staff of one stays there.
    """
    match incoming:
        case CodeGiven(place=place) if place:
            return place
        case Arrived(state=state):
            return decode(state.encode()).place
        case Started(payload=words) if words and (incoming.lapsed or not conversation.staff):
            found = places.find(words)
            return found[0].ags if len(found) == 1 and found[0].certain else conversation.place
        case _:
            return conversation.place


def revision_of(conversation: Conversation, incoming: Incoming) -> str:
    """The revision of the playbook in which this turn takes place; "" in none."""
    return decode(incoming.state.encode()).revision if isinstance(incoming, Arrived) else conversation.revision

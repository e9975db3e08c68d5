"""Who stands where an edit leaves nothing: people in the middle of a walk, on steps that are no longer there.

They finish in the revision that they began with; whoever publishes should know how many they are, and decide whether
what they are being told is dangerous enough to recall it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from bot.flows.conversation import Conversation, Frame
from bot.flows.differing.pairing import pair_steps
from bot.flows.playbook import Playbook

Files = Mapping[str, Playbook]


def standings(conversation: Conversation) -> Iterator[tuple[str, Frame]]:
    """Where somebody stands: revision and step of the open walk, then of the one that a check-in interrupted."""
    if conversation.at is not None:
        yield conversation.revision, conversation.at
    if conversation.suspended is not None:
        yield conversation.suspended.revision, conversation.suspended.at


def stranded(standing: Iterable[Frame], old: Files, new: Files) -> dict[tuple[str, str], int]:
    """How many stand on each step of `old`, as (file, step), that `new` no longer has.

    A step that only got another id is still there; one of a file that `old` does not know is not this edit's doing.
    """
    counted = Counter((frame.playbook, frame.step) for frame in standing)
    gone = {name: _gone(old, new, name) for name in {file for file, _step in counted} & old.keys()}
    return {place: number for place, number in counted.items() if place[1] in gone.get(place[0], ())}


def _gone(old: Files, new: Files, name: str) -> frozenset[str]:
    steps = old[name].steps
    return frozenset(pair_steps(steps, new[name].steps).gone if name in new else steps)

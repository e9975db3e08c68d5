"""How many people stand on steps that an edit of playbooks removes: to be known before it is published.

Looks at everybody's place, opens nothing else, and tells numbers only: no place, no time, nobody's words. Few are told
as "few", because in a small town three are somebody.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Final

from bot.flows.conversation import Frame
from bot.flows.differing.stranded import Files, standings, stranded
from bot.flows.playbook import restore
from bot.keys import KeyRing, KeyRingError
from bot.storage import conversations, revisions
from bot.storage.database import Database

FEW: Final = 5
"""Fewer than this are not counted out."""

TOGETHER: Final = 1_000


def count_stranded(database: Database, ring: KeyRing, new: Mapping[str, Files]) -> dict[tuple[str, str], int]:
    """How many people stand on each step, as (file, step), that is no longer there for them.

    Args:
        database: only read.
        ring: opens their places.
        new: the playbooks as they are to become: common ones under "", those of municipalities under their keys.

    Raises:
        Unavailable: it cannot be read at the moment.
    """
    standing: dict[tuple[str, str], list[Frame]] = defaultdict(list)
    after = 0
    while True:
        with database.transaction() as tx:
            found = conversations.walking(tx, after, TOGETHER)
        for one in found:
            try:
                conversation = one.conversation(one.key(ring))
            except KeyRingError:
                continue  # damaged rows are the doctor's business
            own = conversation.place if conversation.place in new else ""
            for revision, frame in standings(conversation):
                standing[revision, own].append(frame)
        if len(found) < TOGETHER:
            break
        after = found[-1].id
    total: Counter[tuple[str, str]] = Counter()
    for (revision, own), frames in standing.items():
        with database.transaction() as tx:
            body = revisions.load(tx, revision)
        if body is not None:
            total.update(stranded(frames, restore(body).files, {**new[""], **new.get(own, {})}))
    return dict(total)


def tell(counted: Mapping[tuple[str, str], int]) -> list[str]:
    """Sentences for whoever publishes."""
    if not counted:
        return ["Niemand steht gerade auf einem Schritt, der wegfällt."]
    lines = ["Diese Menschen gehen ihren Weg noch in der alten Fassung zu Ende:"]
    for (file, step), number in sorted(counted.items()):
        how_many = f"{number} Menschen stehen" if number >= FEW else f"wenige (unter {FEW}) stehen"
        lines.append(f"- {file}, {step}: {how_many} auf diesem Schritt, der wegfällt")
    return lines

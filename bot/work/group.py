"""What a group of turns writes, in one commit."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.failpoints import reach
from bot.storage import conversations, inbox, outbox, revisions, tallies, timers
from bot.storage.database import Transaction
from bot.storage.statements import Row
from bot.storage.times import moment
from bot.storage.transaction import Count
from bot.work.delivery import Overtaken, Parcel

Later = Callable[[Transaction], object]


class Repeated(Exception):
    """Something that came in was there before; nothing is to be committed, and the inbox will leave it out."""


@dataclass(slots=True)
class Change:
    """What one turn adds to its group besides state and messages; complete before any of it is added."""

    timers: dict[str, Row] = field(default_factory=dict)
    rare: list[Later] = field(default_factory=list)
    alerts: list[tallies.Alert] = field(default_factory=list)
    counts: list[tallies.Tally] = field(default_factory=list)
    restless: bool = False

    def case_work(self, later: Later) -> None:
        """Do this with a case; the letters and looks that follow from it are due at once."""
        self.rare.append(later)
        self.restless = True


@dataclass(slots=True)
class Group:
    """Rows for each table, as the storage modules take them. `handled`: inbox rows that are no longer waiting."""

    now: int
    moment: dt.datetime = field(init=False)
    new: list[Row] = field(default_factory=list)
    finished: list[Row] = field(default_factory=list)
    rested: list[Row] = field(default_factory=list)
    bodies: list[tuple[bytes, int, bytes]] = field(default_factory=list)
    states: list[Row] = field(default_factory=list)
    dated: list[Row] = field(default_factory=list)
    """States of conversations that expire on another day than before."""
    deliveries: list[Row] = field(default_factory=list)
    timers: list[Row] = field(default_factory=list)
    revisions: dict[str, bytes] = field(default_factory=dict)
    alerts: list[tallies.Alert] = field(default_factory=list)
    counts: Counter[tallies.Tally] = field(default_factory=Counter)
    rare: list[Later] = field(default_factory=list)
    parcels: list[Parcel] = field(default_factory=list)
    behind: list[int] = field(default_factory=list)
    """Numbers of conversations with messages that have to wait for others."""
    handled: int = 0
    _checks: list[tuple[Count, int, type[Exception]]] = field(default_factory=list)
    forgotten: list[int] = field(default_factory=list)
    """Numbers of conversations that are gone."""
    restless: bool = False
    """Something in it becomes due without anything coming in."""

    def __post_init__(self) -> None:
        self.moment = moment(self.now)

    def add(self, change: Change) -> None:
        """Take over what a turn adds."""
        self.timers += change.timers.values()
        self.rare += change.rare
        self.alerts += change.alerts
        self.counts.update(change.counts)
        self.restless |= change.restless

    def check(self, count: Count, expected: int, error: type[Exception]) -> None:
        """Have `verify` raise the error unless so many rows were changed."""
        self._checks.append((count, expected, error))

    def verify(self) -> None:
        """Ask the database, once for all, whether everything was as expected."""
        for count, expected, error in self._checks:
            if count() != expected:
                raise error

    def write(self, tx: Transaction) -> None:
        """Write it all.

        Raises:
            Overtaken, Repeated, DatabaseError: nothing is to be committed.
        """
        for name, body in self.revisions.items():
            revisions.add(tx, name, body, self.now)
        self.check(conversations.write(tx, self.states), len(self.states), Overtaken)
        self.check(conversations.write_dated(tx, self.dated), len(self.dated), Overtaken)
        self.check(inbox.put(tx, self.new), len(self.new), Repeated)
        for change in self.rare:
            change(tx)
        outbox.add(tx, self.deliveries)
        timers.put(tx, self.timers)
        self.check(inbox.finish(tx, self.finished), len(self.finished), Overtaken)
        inbox.rewrite(tx, self.bodies)
        inbox.rest(tx, self.rested)
        tallies.raise_alerts(tx, self.alerts, self.now)
        if self.counts:
            tallies.count(tx, self.counts, self.now)
        self.verify()
        reach("t3_inside")

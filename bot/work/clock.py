"""C1 and C2: alarms whose time has come by the injected clock become inbox rows, each once.

The `timer` table is the truth. APScheduler only wakes the ledger every five seconds to look; what it forgets, doubles
or drops changes nothing. A DST gap or a doubled hour is the engine's affair: what it sets is a moment in UTC.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from bot.failpoints import reach
from bot.flows.exchange import TimerFired
from bot.journal import log
from bot.keys import KeyRing, KeyRingError
from bot.storage import inbox, tallies, timers
from bot.storage.database import Transaction
from bot.storage.tables import AlertReason
from bot.work.doors import Doors
from bot.work.intake import Intake

EVERY_SECONDS: Final = 5.0

NO_LIMITS: Final[Mapping[int, int]] = MappingProxyType({})

MOST_ALARMS: Final = 16
"""Alarms in one commit: 100,000 that are due in the same minute must not keep a person waiting who writes meanwhile."""


def event_key(identity: bytes) -> str:
    """The inbox row's key of an alarm: never the same for two."""
    return f"timer:{identity.hex()}"


MOST_ON_THE_WAY: Final = 4
"""Messages that are being sent on a limited transport while further alarms fire: enough to use what it takes. Where it
takes 25 a second, and thousands of check-ins are due at nine, whoever writes then waits for these few only."""


class Fired(NamedTuple):
    """What a look at the alarms came to."""

    number: int
    more: bool


def fire(
    tx: Transaction, ring: KeyRing, doors: Doors, intake: Intake, now: int, room: Mapping[int, int] = NO_LIMITS
) -> Fired:
    """Turn the first due alarms of the accounts that are held into inbox rows; those too late to be of use are dropped.

    `room`: for accounts on limited transports, how many alarms may fire there now.

    Returns:
        How many there were, and whether there may be more that could fire at once.
    """
    free = [number for number in doors.held_accounts() if number not in room]
    found = timers.due(tx, now, MOST_ALARMS, free, some=bool(room)) if free else []
    more = len(found) == MOST_ALARMS
    for account, most in room.items():
        slow = timers.due(tx, now, most, [account], some=True) if most else []
        more = more or (len(slow) == most and most > 0)
        found += slow
    if not found:
        return Fired(0, more=False)
    rows = []
    alerts: list[tallies.Alert] = []
    for timer in found:
        late = (now - timer.due) // 1000
        if late > timer.useless_after:
            continue
        try:
            key = timer.standing.key(ring)
            alarm = timer.open_body(key)
        except KeyRingError as error:
            log().error("timer_unreadable", conversation=timer.standing.id, exc_info=error)
            alerts.append((AlertReason.PARKED, timer.standing.id, None))
            continue
        event = inbox.event_of(ring, "", event_key(timer.id))
        incoming = TimerFired(name=alarm.name, about=alarm.about, late=late)
        rows.append((timer.standing.id, event, inbox.seal_body(key, event, incoming, now)))
        intake.fresh[event] = (incoming, now)
    inbox.append(tx, rows, now)
    timers.remove(tx, [timer.id for timer in found])
    tallies.raise_alerts(tx, alerts, now)
    reach("c2_inside")
    return Fired(len(found), more)


class Ticker:
    """Calls `tick` every few seconds from a thread of the scheduler's own. May be stopped while it is being started."""

    def __init__(self, tick: Callable[[], object], seconds: float = EVERY_SECONDS) -> None:
        self._tick = tick
        self._seconds = seconds
        self._scheduler: Any = None
        self._guard = threading.Lock()
        self._stopped = False

    def start(self) -> None:
        """Begin, unless it was stopped already; loads the scheduler, which takes a while."""
        from apscheduler.executors.pool import ThreadPoolExecutor  # noqa: PLC0415 - a fifth of a second at start-up
        from apscheduler.jobstores.memory import MemoryJobStore  # noqa: PLC0415 - the same
        from apscheduler.schedulers.background import BackgroundScheduler  # noqa: PLC0415 - the same

        with self._guard:
            if self._stopped:
                return
            self._scheduler = BackgroundScheduler(
                timezone="UTC",
                jobstores={"default": MemoryJobStore()},
                executors={"default": ThreadPoolExecutor(1)},
                job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
            )
            self._scheduler.add_job(self._tick, "interval", seconds=self._seconds)
            self._scheduler.start()

    def stop(self) -> None:
        """End; returns when no tick is running."""
        with self._guard:
            self._stopped = True
            if self._scheduler is not None:
                self._scheduler.shutdown()
                self._scheduler = None

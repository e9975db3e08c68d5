"""Letters whose time has come become inbox rows of the chats they are for, each once, in order."""

from __future__ import annotations

from bot.failpoints import reach
from bot.journal import log
from bot.keys import KeyRing, KeyRingError
from bot.storage import inbox, letters, tallies
from bot.storage.database import Transaction
from bot.storage.tables import AlertReason
from bot.work.doors import Doors
from bot.work.intake import Intake


def deliver(tx: Transaction, ring: KeyRing, doors: Doors, intake: Intake, now: int) -> int:
    """Put the first letters to chats of the accounts that are held into their inboxes.

    Returns:
        How many there were; when it is `letters.MOST_AT_ONCE`, there may be more.
    """
    found = letters.due(tx, now, doors.held_accounts())
    if not found:
        return 0
    rows = []
    alerts: list[tallies.Alert] = []
    for letter in found:
        try:
            key = letter.standing.key(ring)
            incoming = letter.open_body(key)
        except KeyRingError as error:
            log().error("letter_unreadable", conversation=letter.standing.id, exc_info=error)
            alerts.append((AlertReason.PARKED, letter.standing.id, None))
            continue
        event = inbox.event_of(ring, "", f"letter:{letter.event.hex()}")
        rows.append((letter.standing.id, event, inbox.seal_body(key, event, incoming, now)))
        intake.fresh[event] = (incoming, now)
    inbox.append(tx, rows, now)
    letters.remove(tx, [letter.seq for letter in found])
    tallies.raise_alerts(tx, alerts, now)
    reach("letter_inside")
    return len(found)

"""A bot in a process of its own, to be killed: `python -m tests.work.victim FOLDER URL SCENE IDEMPOTENT`.

Reads the book in FOLDER to its end, answers, lets time pass as the scene asks, and ends cleanly with 0.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from bot import caseoffice, invitation, journal
from bot.failpoints import reach
from bot.flows.exchange import Said
from bot.keys import KeyRing
from bot.storage import desks
from bot.storage.database import Database
from bot.storage.migrations import migrate
from bot.storage.rotation import rotate
from bot.storage.times import stamp
from bot.work.service import Service
from tests.work.book import Book, BookAdapter, Fault, PacedBookAdapter
from tests.work.kills import CASE, INVITED, MOVE, TOWN
from tests.work.small import Clock, Worlds, advance, static_answer

SAID: Final = {"case": CASE, "move": MOVE}
# Hours by the clock after each of which everything that is due is done.
STEPS = 12


def _plan(scene: str) -> Fault:
    return "swallowed" if scene == "swallowed" else ""


def invite(database: Database, ring: KeyRing, clock: Clock) -> None:
    """Two invitations, unless they were given out in an earlier life."""
    with database.transaction() as tx:
        if not desks.counts(tx) and not desks.invitations(tx, stamp(clock())):
            for end in "AB":
                desks.invite(tx, ring, INVITED[:-1] + end, TOWN, "koordination", stamp(clock()))


def code_in(book: Book) -> str:
    """The last code that was shown in any chat, though it be taken back by now."""
    codes = [line.text.removeprefix("move ") for line in book.sends() if line.text.startswith("move UMZUG")]
    return codes[-1] if codes else ""


async def say(service: Service, book: Book, said: Mapping[int, list[tuple[str, str]]], hour: int) -> None:
    """What is said at this hour; said again after a kill, it is the same event."""
    numbers = await service.ask(lambda database: [row["number"] for row in caseoffice.listed(database)])
    for chat, words in said.get(hour, []):
        code = invitation.show(INVITED[:-1] + words) if len(words) == 1 else ""
        number = numbers[0] if numbers else ""
        text = code or words.format(number=number, code=code_in(book))
        book.put(chat, Said(text=text), key=f"{chat}-{hour}-{words}")
        if words == "umzug":
            await _answered(service, book)  # the code is what comes next
    await _answered(service, book)


async def _answered(service: Service, book: Book) -> None:
    while book.acknowledged < len(book.said()):  # noqa: ASYNC110 - a book on disk rings no bell
        await asyncio.sleep(0.002)
    await service.settle()


async def live(folder: Path, url: str, scene: str, *, idempotent: bool) -> None:
    """Work until nothing is left."""
    book = Book(folder / "book")
    database = Database.open(url)
    migrate(database)
    ring = KeyRing.open(folder / "keys")
    clock = Clock()
    if scene == "case":
        invite(database, ring, clock)
    hours = folder / "hours"
    clock.forward(hours=len(hours.read_bytes()) if hours.exists() else 0)
    adapter = BookAdapter(book, idempotent=idempotent, plan=lambda n: _plan(scene) if n % 3 == 0 else "")
    if scene == "paced":
        adapter = PacedBookAdapter(book, idempotent=idempotent)
    service = Service(database, ring, {"book": adapter}, advance, Worlds(), clock, static_answer)
    stop = asyncio.Event()
    running = asyncio.create_task(service.run(stop))
    while book.acknowledged < len(book.said()):  # noqa: ASYNC110 - a book on disk rings no bell
        await asyncio.sleep(0.002)
    await service.settle()
    for _ in range(STEPS - (len(hours.read_bytes()) if hours.exists() else 0)):
        clock.forward(hours=1)
        hour = len(hours.read_bytes()) + 1 if hours.exists() else 1
        if scene in SAID:
            await say(service, book, SAID[scene], hour)
        with hours.open("ab") as file:
            file.write(b".")
        service.poke()
        await service.settle()
    if scene == "sweep":
        clock.forward(days=2)
        await service.sweep()
    if scene == "rotate":
        fresh = ring.add_master_key() if len(ring.key_ids) == 1 else ring

        def turn(database: Database) -> None:
            while True:
                with database.transaction() as tx:
                    left = rotate(tx, fresh)
                reach("rotate_after")
                if not left:
                    return

        await service.ask(turn)
    stop.set()
    await running
    database.close()


if __name__ == "__main__":
    journal.configure(level="error")
    asyncio.run(live(Path(sys.argv[1]), sys.argv[2], sys.argv[3], idempotent=sys.argv[4] == "1"))

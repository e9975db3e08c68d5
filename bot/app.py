"""Puts the parts together; the only file that knows them all."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import msgspec

from bot import errands, gate, staffcodes
from bot.adapters import terminal_wire
from bot.adapters.base import Adapter
from bot.adapters.terminal import Terminal
from bot.clock import AheadClock, RealClock
from bot.fallback import answer
from bot.files import Files
from bot.flows import crisis
from bot.flows.engine import advance
from bot.journal import catch_loop_errors, log
from bot.keys import KeyRing
from bot.settings import Settings
from bot.storage.database import Database
from bot.storage.migrations import migrate
from bot.upkeep import purge
from bot.work.service import Service

REFRESH_EVERY: Final = 3.0
"""Seconds between looks at the playbook files: an edit is there before its author has switched windows."""

DATABASE: Final = "lotse.db"

TRANSPORTS: Final[Mapping[str, Callable[[Settings], Adapter]]] = {}
"""What makes the adapter of each real transport, by its name in the settings."""


def books_path(settings: Settings) -> Path | None:
    """The file of the books; None when they are on PostgreSQL."""
    return settings.data_dir / DATABASE if settings.database_url is None else None


def database_url(settings: Settings) -> str:
    """Where the books are: as set, else SQLite in the data folder."""
    if settings.database_url is not None:
        return settings.database_url.get_secret_value()
    return f"sqlite:///{settings.data_dir / DATABASE}"


@contextmanager
def open_books(settings: Settings) -> Iterator[tuple[Database, KeyRing]]:
    """Open database and key ring, both made when they are missing, tables up to date.

    Raises:
        KeyRingError, DatabaseHeld, DatabaseError, NewerTables: each says what to do.
    """
    # New keys beside old books would only make it harder to see that a file is missing.
    books = books_path(settings)
    ring = KeyRing.open(settings.key_path, create=books is None or not books.exists())
    database = Database.open(database_url(settings))
    try:
        migrate(database)
        yield database, ring
    finally:
        database.close()


async def serve(
    settings: Settings,
    *,
    stop: asyncio.Event,
    ready: Callable[[], object] = lambda: None,
    terminal_only: bool = False,
) -> None:
    """Be the writer of the data folder until `stop` is set. `ready` is called when terminals can connect.

    `terminal_only`: the clock may be set forward. Otherwise the transports that the settings switch on run too.

    Raises:
        HeldError: another process is the writer.
        KeyRingError, DatabaseHeld, DatabaseError, NewerTables: as `open_books`.
    """
    asyncio.get_running_loop().set_exception_handler(catch_loop_errors)
    with gate.hold(settings.data_dir), ThreadPoolExecutor(1) as beside:
        # Side by side: the one waits for the disk, the other for files to come to rest.
        reading = beside.submit(Files, settings, checked=not terminal_only)
        with open_books(settings) as (database, ring):
            files = reading.result()
            # Behind the first words, before the first answer.
            beside.submit(crisis.prepare)
            beside.submit(files.worlds.places.prepare)
            beside.submit(files.worlds.prepare)
            clock = AheadClock(settings.data_dir) if terminal_only else RealClock()
            terminal = Terminal(clock)
            adapters: dict[str, Adapter] = {terminal.name: terminal}
            if not terminal_only:
                adapters |= {name: TRANSPORTS[name](settings) for name in settings.transports}
            service = Service(database, ring, adapters, advance, files.worlds, clock, answer)
            clock.jumped = service.poke
            with _repeating(files.refresh):
                async with gate.listen(settings.data_dir, _Porter(terminal, service, ring, clock)):
                    ready()
                    await service.run(stop)


class _Porter:
    """Lets in who comes to the gate: terminals to the terminal adapter, commands to their errands."""

    def __init__(self, terminal: Terminal, service: Service, ring: KeyRing, clock: AheadClock | RealClock) -> None:
        self._terminal = terminal
        self._service = service
        self._ring = ring
        self._clock = clock

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection."""
        with contextlib.suppress(OSError, ValueError, msgspec.MsgspecError):
            line = await reader.readline()
            errand = errands.read(line)
            if errand is not None:
                writer.write(msgspec.json.encode(await self._run(errand)) + b"\n")
                await writer.drain()
                return
            hello = terminal_wire.decode_to_writer(line)
            if isinstance(hello, terminal_wire.Hello):
                await self._terminal.converse(hello, reader, writer, self._service, self._clock)

    async def _run(self, errand: errands.Errand) -> errands.Done:
        try:
            now = self._clock()
            if errand.name == "codes":
                return errands.Done(await self._service.ask(lambda database: staffcodes.listed(database, now)))
            if errand.name == "code":
                return errands.Done(await self._service.ask(lambda database: self._issue(database, errand.given, now)))
            if errand.name == "purge":
                return errands.Done(await self._service.ask(lambda database: purge(database, self._ring, now)))
        except Exception as error:  # noqa: BLE001 - whoever sent it is told the class, the journal the places
            log().error("errand_failed", exc_info=error)
            return errands.Done(error=type(error).__name__)
        return errands.Done(error="UnknownErrand")

    def _issue(self, database: Database, given: Mapping[str, str], now: dt.datetime) -> None:
        overlap = dt.timedelta(days=int(given["overlap"]))
        staffcodes.issue(database, self._ring, given["place"], given["code"], overlap, now)


@contextlib.contextmanager
def _repeating(refresh: Callable[[], object]) -> Iterator[None]:
    """Call `refresh` every few seconds while the context holds, in a thread that nobody waits for at the end."""
    over = threading.Event()

    def repeat() -> None:
        while not over.wait(REFRESH_EVERY):
            try:
                refresh()
            except Exception as error:  # noqa: BLE001 - whatever is wrong with a file, the good state stays
                log().error("refresh_failed", exc_info=error)

    threading.Thread(target=repeat, name="refresh", daemon=True).start()
    try:
        yield
    finally:
        over.set()

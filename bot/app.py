"""Puts the parts together; the only file that knows them all."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import threading
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec

from bot import approval, caseoffice, errands, gate, staffcodes, vault
from bot import exercise as exercises
from bot.adapters import terminal_wire
from bot.adapters.base import Adapter, Closing
from bot.adapters.terminal import Terminal
from bot.alliance.kinds import KINDS
from bot.cases.advancing import advance
from bot.clock import AheadClock, RealClock
from bot.exercise import FastClock, Marked
from bot.fallback import answer
from bot.files import Files
from bot.flows import crisis
from bot.journal import catch_loop_errors, log
from bot.keepsakes import Keepsakes
from bot.keys import KeyRing
from bot.papers import press
from bot.settings import Settings
from bot.storage.database import Database, DatabaseError
from bot.storage.migrations import migrate
from bot.storage.statements import POSTGRESQL
from bot.tombstones import Tombstones
from bot.upkeep import purge
from bot.work.service import GRACE_SECONDS, Service
from bot.worlds import Worlds

REFRESH_EVERY: Final = 3.0
"""Seconds between looks at the playbook files: an edit is there before its author has switched windows."""

BURY_EVERY: Final = 60.0
"""Seconds between looks for who was forgotten: so long a lost disk may bring somebody back with a backup."""

LEARN_AFTER: Final = 0.5
"""Seconds after the start until what own words are compared with is made ready: behind the first words of ours, which
would wait for it, and before anybody has read them."""

EXERCISE_EVERY: Final = 0.5
"""Seconds between looks at what a fast clock has made due."""

DATABASE: Final = "lotse.db"

_OFFICE: Final = frozenset({"invite", "cases", "case", "close_case"})
"""Errands about cases and coordinators."""

Clock = Callable[[], dt.datetime]


def _telegram(settings: Settings, clock: Clock, _: Keepsakes) -> Adapter:
    from bot.adapters.telegram import Telegram

    token = settings.telegram_token.get_secret_value() if settings.telegram_token else ""
    return Telegram(token, settings.telegram_base_url, clock, settings.telegram_webhook_url)


def _matrix(settings: Settings, _: Clock, keepsakes: Keepsakes) -> Adapter:
    from bot.adapters.matrix_settings import make

    return make(settings, settings.data_dir / "matrix", keepsakes)


def _mail(settings: Settings) -> Adapter | None:
    """Mail is no way to talk to the Lotse, so it is no transport of the settings: it goes along with one."""
    if settings.smtp_url is None or settings.smtp_from is None:
        return None
    from bot.adapters.mail import Mail

    return Mail(settings.smtp_url.get_secret_value(), settings.smtp_from)


TRANSPORTS: Final[Mapping[str, Callable[[Settings, Clock, Keepsakes], Adapter]]] = {
    "telegram": _telegram,
    "matrix": _matrix,
}
"""What makes the adapter of each real transport, by its name in the settings; with the keepsakes of its account."""


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
    announce: Callable[[approval.Approval], object] = lambda _: None,
    terminal_only: bool = False,
    exercise: Exercise | None = None,
) -> None:
    """Be the writer of the data folder until `stop` is set. `ready` is called when terminals can connect.

    `terminal_only`: the clock may be set forward. Otherwise the transports that the settings switch on run too, and
    `announce` is told what of the files they show.

    Raises:
        HeldError: another process is the writer.
        NotApprovedError: nothing is released that could be shown.
        PortTakenError: the HTTP port cannot be opened.
        KeyRingError, DatabaseHeld, DatabaseError, NewerTables: as `open_books`.
    """
    asyncio.get_running_loop().set_exception_handler(catch_loop_errors)
    with gate.hold(settings.data_dir), ThreadPoolExecutor(1) as beside:
        # Side by side: the one waits for the disk, the other for files to come to rest.
        reading = beside.submit(Files, settings, checked=not terminal_only)
        with open_books(settings) as (database, ring):
            files = reading.result()
            if not terminal_only and settings.transports and not settings.allow_drafts:
                announce(approval.demand(files))
            clock: AheadClock | RealClock | FastClock = RealClock()
            if exercise is not None:
                clock = exercise.clock
            elif terminal_only:
                clock = AheadClock(settings.data_dir)
            terminal = Terminal(clock)
            adapters: dict[str, Adapter] = {terminal.name: Marked(terminal) if exercise is not None else terminal}
            kept = {name: Keepsakes(name, ring) for name in settings.transports}
            if not terminal_only and (mail := _mail(settings)) is not None:
                adapters[mail.name] = mail
            if not terminal_only:
                adapters |= {name: TRANSPORTS[name](settings, clock, kept[name]) for name in settings.transports}
            service = Service(database, ring, adapters, advance, files.worlds, clock, answer, press)
            clock.jumped = service.poke
            for keepsakes in kept.values():
                keepsakes.service = service
            stones = Tombstones(settings.data_dir)
            secrets = vault.Reader(ring, files.worlds.reveal)
            secrets.refresh(database)
            with _repeating(files.refresh):
                async with (
                    _asking(service, stones.take, BURY_EVERY),
                    # Another worker on the same database may have changed a secret contact.
                    _asking(service, secrets.refresh, REFRESH_EVERY, wanted=database.kind == POSTGRESQL),
                    gate.listen(settings.data_dir, _Porter(terminal, service, ring, clock, secrets, files.worlds)),
                    _web(settings, adapters, terminal_only=terminal_only),
                    _exercising(exercise, service, ring, files.worlds),
                ):
                    learning = asyncio.get_running_loop().call_later(LEARN_AFTER, _learn, files.worlds)
                    ready()
                    await service.run(stop)
                    learning.cancel()
            if exercise is not None:
                exercise.report = exercises.report(
                    database, exercise.about, exercise.clock, _absent(files.worlds, exercise)
                )
            for adapter in adapters.values():
                if isinstance(adapter, Closing):
                    await adapter.close()
            with contextlib.suppress(OSError, DatabaseError):
                stones.take(database)


@dataclass
class Exercise:
    """An exercise that runs: its clock, what it is about (incident, place), and its report once it has ended."""

    clock: FastClock
    about: tuple[str, str]
    announce: Callable[[dict[str, str]], object]
    report: exercises.Report | None = None


@contextlib.asynccontextmanager
async def _exercising(
    exercise: Exercise | None, service: Service, ring: KeyRing, worlds: Worlds
) -> AsyncIterator[None]:
    """Invite to it, open its case once somebody has come, and keep the fast clock's alarms going."""
    if exercise is None:
        yield
        return
    clock, about = exercise.clock, exercise.about

    async def keep() -> None:
        codes = await service.ask(lambda database: exercises.invite(database, ring, about[1], clock()))
        exercise.announce(codes)
        opened = False
        while True:
            if not opened:
                opened = await service.ask(lambda database: exercises.open_case(database, ring, worlds, about, clock()))
            service.poke()
            await asyncio.sleep(EXERCISE_EVERY)

    keeping = asyncio.create_task(keep())
    try:
        yield
    finally:
        keeping.cancel()
        await asyncio.wait({keeping})


def _absent(worlds: Worlds, exercise: Exercise) -> list[str]:
    """The kinds of contacts that the incident requires and nobody answers for at this hour."""
    incident, place = exercise.about
    program = worlds.library[incident]
    missing = []
    for kind in (kind for kind in KINDS if kind in program.root.needs):
        found = worlds.directory.responsible(
            places=dict.fromkeys(("dienststelle", "ort", "wohnort"), place), incident=incident, kinds=(kind,),
            audience="", at=exercise.clock(), language="de", without=frozenset(), staff=place, most=3,
        )  # fmt: skip
        if not any(one.open_now for one in found):
            missing.append(KINDS[kind].title)
    return missing


def _web(
    settings: Settings, adapters: Mapping[str, Adapter], *, terminal_only: bool
) -> contextlib.AbstractAsyncContextManager[None]:
    """The HTTP room, when there is a port; loaded only then."""
    if terminal_only or settings.http_port is None:
        return contextlib.nullcontext()
    from bot.web import listening

    return listening(settings.http_port, adapters)


class _Porter:
    """Lets in who comes to the gate: terminals to the terminal adapter, commands to their errands."""

    def __init__(
        self,
        terminal: Terminal,
        service: Service,
        ring: KeyRing,
        clock: AheadClock | RealClock | FastClock,
        secrets: vault.Reader,
        worlds: Worlds,
    ) -> None:
        self._secrets = secrets
        self._worlds = worlds
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
            work = self._work(errand, now)
            if work is not None:
                done = await self._service.ask(work)
                if errand.name in _OFFICE:
                    self._service.poke()
                return errands.Done(done)
        except Exception as error:  # noqa: BLE001 - whoever sent it is told the class, the journal the places
            log().error("errand_failed", exc_info=error)
            return errands.Done(error=type(error).__name__)
        return errands.Done(error="UnknownErrand")

    def _work(self, errand: errands.Errand, now: dt.datetime) -> Callable[[Database], object] | None:
        """What is to be done with the books; None when nobody here knows this errand."""
        ring, given = self._ring, errand.given
        match errand.name:
            case "codes":
                return lambda database: staffcodes.listed(database, now)
            case "code":
                return lambda database: self._issue(database, given, now)
            case "secrets":
                return lambda database: vault.listed(database, ring)
            case "secret_set" | "secret_delete":
                return lambda database: self._keep(database, errand, now)
            case "purge":
                return lambda database: purge(database, ring, now, self._worlds)
            case name if name in _OFFICE:
                return lambda database: self._office(database, errand, now)
            case _:
                return None

    def _keep(self, database: Database, errand: errands.Errand, now: dt.datetime) -> bool:
        given = errand.given
        place, way = (given["place"], given["contact"]), given["way"]
        if errand.name == "secret_set":
            vault.keep(database, self._ring, place, (way, given["value"]), now)
        elif not vault.drop(database, self._ring, place, way, now):
            return False
        self._secrets.refresh(database)
        return True

    def _office(self, database: Database, errand: errands.Errand, now: dt.datetime) -> object:
        given = errand.given
        match errand.name:
            case "invite":
                found = self._worlds.places.find(given["place"])
                if len(found) != 1 or not found[0].certain:
                    raise LookupError
                group = given.get("group") == "ja"
                caseoffice.invite(database, self._ring, given["code"], (found[0].ags, given["role"]), now, group=group)
                return True
            case "cases":
                return caseoffice.listed(database)
            case "case":
                return caseoffice.shown(database, given["number"]) or {}
            case _:
                case = (given["number"], given["outcome"])
                return caseoffice.close(database, self._ring, self._worlds, case, now)

    def _issue(self, database: Database, given: Mapping[str, str], now: dt.datetime) -> bool:
        overlap = dt.timedelta(days=int(given["overlap"]))
        staffcodes.issue(database, self._ring, given["place"], given["code"], overlap, now)
        return True


def _learn(worlds: Worlds) -> None:
    """Make ready what the first answer in own words needs; whoever comes sooner waits for it."""

    def learn() -> None:
        for work in (crisis.prepare, worlds.places.prepare, worlds.prepare):
            work()

    # A daemon: it takes half a minute and keeps nothing that must not be lost, so it must not keep anybody from ending.
    threading.Thread(target=learn, name="learn", daemon=True).start()


@contextlib.asynccontextmanager
async def _asking(
    service: Service, what: Callable[[Database], object], every: float, *, wanted: bool = True
) -> AsyncIterator[None]:
    """Have it done in the ledger's thread again and again, so many seconds apart, while the context holds."""

    async def ask() -> None:
        while True:
            try:
                await service.ask(what)
            except Exception as error:  # noqa: BLE001 - a full disk now is no reason to stop trying
                log().error("chore_failed", exc_info=error)
            await asyncio.sleep(every)

    asking = asyncio.create_task(ask()) if wanted else None
    try:
        yield
    finally:
        if asking is not None:
            asking.cancel()
            await asyncio.wait({asking})


@contextlib.contextmanager
def _repeating(refresh: Callable[[], object]) -> Iterator[None]:
    """Call `refresh` every few seconds while the context holds, in a thread; its last call is waited for at the end.

    A thread that still works while the interpreter is taken down can bring the process down with it
    (https://docs.python.org/3/library/threading.html, "Daemon threads are abruptly stopped at shutdown").
    """
    over = threading.Event()

    def repeat() -> None:
        while not over.wait(REFRESH_EVERY):
            try:
                refresh()
            except Exception as error:  # noqa: BLE001 - whatever is wrong with a file, the good state stays
                log().error("refresh_failed", exc_info=error)

    # A daemon all the same: files on a disk that does not answer must not keep anybody from ending.
    thread = threading.Thread(target=repeat, name="refresh", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(GRACE_SECONDS)

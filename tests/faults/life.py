"""One life of the bot: what a forked child does until it is killed."""

from __future__ import annotations

import asyncio
import contextlib
import faulthandler
import os
import signal
from pathlib import Path
from typing import Final, NoReturn

import msgspec

from bot import failpoints
from bot.adapters.base import Adapter
from bot.adapters.matrix_device import Access
from bot.fallback import answer
from bot.keepsakes import Keepsakes
from bot.keys import KeyRing
from bot.storage.database import Database, DatabaseError
from bot.storage.migrations import migrate
from bot.work import writer
from bot.work.service import Service
from bot.work.worlds import Advance, WorldSource
from tests.faults.clock import RunClock
from tests.faults.door import Door
from tests.faults.matrix_door import MarkedMatrix
from tests.faults.telegram_door import TaggedTelegram
from tests.faults.whole import run_whole

TRY_AGAIN: Final = 75
"""Exit code of a start that found no database (EX_TEMPFAIL); whoever started it starts it again."""

POKE_EVERY: Final = 0.12
"""Seconds. The clock of a run is faster than the service's own ticker; longer than what the service calls idle."""


class Account(msgspec.Struct, frozen=True):
    """A transport account and the socket of its post."""

    name: str
    socket: str
    idempotent: bool
    edits: bool
    url: str = ""
    """Of a Bot API server or, with `user`, of a Matrix homeserver; then the adapter is the real one."""
    user: str = ""
    password: str = ""


class Order(msgspec.Struct, frozen=True):
    """What a life is to be. `failpoint`: as in `LOTSE_FAILPOINT`; `engine`: "" the real one, else of `poison`."""

    folder: str
    database: str
    accounts: tuple[Account, ...]
    failpoint: str = ""
    engine: str = ""
    pokes: bool = True
    sweep_seconds: float = 0.0
    """How often retention sweeps; 0: as always, once an hour."""
    playbooks: str = ""
    """Of `lotse run` as an operator starts it, with the real transports of the accounts; "": a service alone."""


def live(order: Order, advance: Advance, worlds: WorldSource) -> NoReturn:
    """Run the service until the process is killed or told to stop (SIGTERM)."""
    code = 1
    try:
        faulthandler.register(signal.SIGUSR1, all_threads=True)
        _arm(order.failpoint)
        if order.sweep_seconds:
            vars(writer)["SWEEP_SECONDS"] = order.sweep_seconds
        code = run_whole(order) if order.playbooks else asyncio.run(_run(order, advance, worlds))
    except DatabaseError:
        code = TRY_AGAIN
    except BaseException:  # noqa: BLE001 - a forked child must not return into its parent's code
        import traceback

        traceback.print_exc()
    finally:
        os._exit(code)


def _arm(failpoint: str) -> None:
    os.environ["LOTSE_FAILPOINT"] = failpoint
    os.environ["LOTSE_TEST_BUILD"] = "1"
    failpoints._passes = 0
    failpoints._target = failpoints._armed()


async def _run(order: Order, advance: Advance, worlds: WorldSource) -> int:
    folder = Path(order.folder)
    clock = RunClock(folder / "clock")
    ring = KeyRing.open(folder / "keys")
    database = Database.open(order.database)
    try:
        migrate(database)
        kept = {one.name: Keepsakes(one.name, ring) for one in order.accounts}
        doors = {one.name: _door(one, folder, clock, kept[one.name]) for one in order.accounts}
        service = Service(database, ring, doors, advance, worlds, clock, answer)
        for keepsakes in kept.values():
            keepsakes.service = service
        stop = asyncio.Event()
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
        poking = asyncio.create_task(_poke(service)) if order.pokes else None
        await service.run(stop)
        if poking is not None:
            poking.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await poking
    finally:
        database.close()
    return 0


def _door(account: Account, folder: Path, clock: RunClock, keepsakes: Keepsakes) -> Adapter:
    if account.user:
        access = Access(homeserver=account.url, user=account.user, password=account.password)
        return MarkedMatrix(access, folder / "matrix", keepsakes, clock)
    if account.url:
        return TaggedTelegram(account.url, clock)
    return Door(account.name, Path(account.socket), idempotent=account.idempotent, edits=account.edits)


async def _poke(service: Service) -> None:
    while True:
        await asyncio.sleep(POKE_EVERY)
        service.poke()

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
from bot.fallback import answer
from bot.keys import KeyRing
from bot.storage.database import Database, DatabaseError
from bot.storage.migrations import migrate
from bot.work import writer
from bot.work.service import Service
from bot.work.worlds import Advance, WorldSource
from tests.faults.clock import RunClock
from tests.faults.door import Door
from tests.faults.telegram_door import TaggedTelegram

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
    """Of a Bot API server; then the adapter is the real one for Telegram."""


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


def live(order: Order, advance: Advance, worlds: WorldSource) -> NoReturn:
    """Run the service until the process is killed or told to stop (SIGTERM)."""
    code = 1
    try:
        faulthandler.register(signal.SIGUSR1, all_threads=True)
        _arm(order.failpoint)
        if order.sweep_seconds:
            vars(writer)["SWEEP_SECONDS"] = order.sweep_seconds
        code = asyncio.run(_run(order, advance, worlds))
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
        doors: dict[str, Adapter] = {
            one.name: TaggedTelegram(one.url, clock)
            if one.url
            else Door(one.name, Path(one.socket), idempotent=one.idempotent, edits=one.edits)
            for one in order.accounts
        }
        service = Service(database, ring, doors, advance, worlds, clock, answer)
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


async def _poke(service: Service) -> None:
    while True:
        await asyncio.sleep(POKE_EVERY)
        service.poke()

"""A process that has imported everything once and forks a bot when asked: a restart costs milliseconds, not seconds.

It has one thread and no connection, so that a fork is a clean beginning. It reads one order a line on its standard
input and writes one event a line: `{"pid": …}` for a birth, `{"pid": …, "status": …}` for a death (as `waitpid` says).
"""

from __future__ import annotations

import gc
import os
import selectors
import signal
import sys
from pathlib import Path
from typing import Final

import msgspec

from bot.cases.advancing import advance
from bot.flows.conversation import EMPTY
from bot.flows.exchange import Said, Transport
from bot.storage.statements import POSTGRESQL, SQLITE, Each, Lookup, Statement
from bot.worlds import Worlds
from tests.faults.clock import BEGIN
from tests.faults.life import Order, live
from tests.faults.people import COMMANDS, CRISIS, SENTENCES
from tests.faults.poison import engines
from tests.faults.stage import worlds_in

_KILL: Final = "kill"


class Asked(msgspec.Struct):
    """A line of the test: begin a life, or send a signal to one."""

    order: Order | None = None
    pid: int = 0
    signal: int = 0


def main() -> None:
    """Fork and bury until the input ends; then kill what is left."""
    worlds = worlds_in(Path(sys.argv[1]))
    known = engines(advance)
    _warm(worlds)
    gc.collect()
    gc.freeze()
    selector = selectors.DefaultSelector()
    selector.register(0, selectors.EVENT_READ, None)
    lives: dict[int, int] = {}
    pending = b""
    _say({"ready": True})
    while True:
        for key, _events in selector.select():
            if key.data is None:
                chunk = os.read(0, 65536)
                if not chunk:
                    for handle in lives.values():
                        signal.pidfd_send_signal(handle, signal.SIGKILL)
                    return
                *lines, pending = (pending + chunk).split(b"\n")
                for line in lines:
                    asked = msgspec.json.decode(line, type=Asked)
                    if asked.order is not None:
                        pid = os.fork()
                        if pid == 0:
                            selector.close()
                            _leave_pipes(asked.order)
                            live(asked.order, known[asked.order.engine], worlds)
                        lives[pid] = os.pidfd_open(pid)
                        selector.register(lives[pid], selectors.EVENT_READ, pid)
                        _say({"pid": pid})
                    elif asked.pid in lives:
                        signal.pidfd_send_signal(lives[asked.pid], asked.signal)
            else:
                pid = key.data
                handle = lives.pop(pid)
                selector.unregister(handle)
                os.close(handle)
                _, status = os.waitpid(pid, 0)
                _say({"pid": pid, "status": status})


def _say(event: dict[str, object]) -> None:
    os.write(1, msgspec.json.encode(event) + b"\n")


def _leave_pipes(order: Order) -> None:
    """Give the child's input and output away, so that the pipes end with the nursery; its journal goes to a file."""
    null = os.open(os.devnull, os.O_RDWR)
    journal = os.open(os.path.join(order.folder, "journal"), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)  # noqa: PTH118
    os.dup2(null, 0)
    os.dup2(journal, 1)
    os.dup2(journal, 2)


def _warm(worlds: Worlds) -> None:
    """Compile every statement for both databases, load what is loaded at the first start, say a few words."""
    import alembic.command
    import apscheduler.executors.pool
    import apscheduler.jobstores.memory
    import apscheduler.schedulers.background
    import psycopg
    import sqlalchemy.dialects.postgresql.psycopg  # noqa: F401 - loaded at the first start

    del alembic, apscheduler, psycopg
    for thing in gc.get_objects():
        if isinstance(thing, Statement | Each | Lookup):
            for database in (SQLITE, POSTGRESQL):
                try:
                    thing.compiled(database)
                except Exception:  # noqa: BLE001, S112 - some are for one of the two
                    continue
    state = EMPTY
    for text in (*SENTENCES, *COMMANDS, CRISIS):
        incoming = worlds.enrich(Said(text=text, seed="00" * 12), state)
        world = worlds.world_for(Transport(), state.place, state.revision)
        state = advance(world, state, incoming, BEGIN).conversation


if __name__ == "__main__":
    main()

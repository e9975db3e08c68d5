"""`python -m tests.faults --kills 3000 --database sqlite`: kill the bot so often, judge, and print the figures."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import msgspec

from tests.faults.databases import Databases, PostgresDatabases, SqliteDatabases
from tests.faults.matrix_post import MATRIX
from tests.faults.report import render
from tests.faults.rig import ACCOUNTS, Nursery
from tests.faults.run import ON_MATRIX_PEOPLE, PEOPLE, PER_ROUND, Figures, Runner
from tests.faults.telegram_post import TELEGRAM
from tests.postgres import PostgresServer, find_programs
from tests.synapse import SynapseServer, find_synapse


@contextlib.contextmanager
def _databases(kind: str) -> Iterator[Databases]:
    """What makes databases of a kind."""
    if kind == "sqlite":
        with tempfile.TemporaryDirectory(prefix="lotse-faults-") as folder:
            yield SqliteDatabases(Path(folder))
        return
    programs = find_programs()
    if programs is None:
        sys.exit("this machine lacks PostgreSQL")
    with PostgresServer(programs) as server:
        yield PostgresDatabases(server)


def main() -> int:
    """Run; 0 when nothing was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--kills", type=int, default=3000)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument(
        "--transport",
        choices=("test", "telegram", "matrix"),
        default="test",
        help="the test's own, or a real adapter: for Telegram against the emulator, for Matrix against a real Synapse",
    )
    parser.add_argument("--people", type=int, default=0, help="0: as many as the transport can take")
    parser.add_argument("--desks", type=int, default=0, help="so many coordinators; the people open cases then")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true", help="print the figures as JSON, after each round as well")
    parser.add_argument("--keep", type=Path, help="keep them for docs/guarantees.md, and the data of each round, there")
    given = parser.parse_args()
    figures = Figures(given.database, given.seed, given.transport)
    accounts = {"telegram": ((TELEGRAM, False),), "matrix": ((MATRIX, True),)}.get(given.transport, ACCOUNTS)
    people = given.people or (ON_MATRIX_PEOPLE if given.transport == "matrix" else PEOPLE)
    with (
        tempfile.TemporaryDirectory(prefix="lotse-faults-") as temporary,
        _databases(given.database) as databases,
        _synapse(given.transport == "matrix") as synapse,
    ):
        nursery = Nursery()
        try:
            folder = given.keep or Path(temporary)
            runner = Runner(nursery, folder, databases, figures, accounts, people, synapse=synapse, desks=given.desks)
            asyncio.run(_run(runner, given.kills, given.json))
        finally:
            nursery.close()
    print(msgspec.json.format(msgspec.json.encode(figures)).decode() if given.json else render([figures]))  # noqa: T201
    return 1 if figures.findings else 0


@contextlib.contextmanager
def _synapse(wanted: bool) -> Iterator[SynapseServer | None]:
    """A homeserver, when it is wanted."""
    if not wanted:
        yield None
        return
    program = find_synapse()
    if program is None:
        sys.exit("this machine lacks Synapse")
    with tempfile.TemporaryDirectory(prefix="lotse-synapse-") as folder, SynapseServer(program, Path(folder)) as server:
        yield server


async def _run(runner: Runner, kills: int, aloud: bool) -> None:
    done = 0
    while runner.figures.kills < kills:
        await runner.run(min(kills, done := done + PER_ROUND // 2))
        if aloud:
            print(msgspec.json.encode(runner.figures).decode(), file=sys.stderr, flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())

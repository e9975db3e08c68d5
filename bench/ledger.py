"""D12 through the whole ledger beside raw SQL that makes as many commits: SQLite and PostgreSQL, interleaved rounds.

One transaction of the raw peers per turn: insert an inbox row, read a conversation of 1 KB, update it, insert an outbox
row; and, as our turn has a second commit, one that notes the delivery as sent. They seal nothing.
"""

from __future__ import annotations

import asyncio
import itertools
import os
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import asyncpg

from bench.books import Books, open_books
from bench.dialogue import TURNS
from bot.work.delivery import Parcel

ROUNDS = 4
PEOPLE = 50
ALONE = 20
CONNECTIONS = 16
RAW_TURNS = 1_000
STATE = os.urandom(1_024)
BODY = os.urandom(256)

SCHEMA = (
    "create table conversation (id integer primary key, state {blob} not null, version integer not null)",
    "create table inbox (id {serial}, conversation integer not null, body {blob} not null, done integer not null)",
    "create table outbox (id {serial}, conversation integer not null, body {blob} not null, sent integer not null)",
)

Runner = Callable[[list[float]], None]


def run_alone(books: Books, since: Iterator[int], times: list[float]) -> None:
    """One turn at a time: two commits each."""
    clock = time.perf_counter
    for arrivals in books.arrivals(ALONE, since=next(since) * PEOPLE):
        for arrival in arrivals:
            began = clock()
            books.settle(books.receive([arrival]))
            times.append(clock() - began)


def run_together(books: Books, since: Iterator[int], times: list[float]) -> None:
    """Fifty waiting at any moment, as the writer meets them: while the answers to fifty are sent, fifty others wait.

    What became of the ones is committed with the turns of the others; each waits as long as such a pass takes.
    """
    clock = time.perf_counter
    for _ in range(2):
        cohorts = [books.arrivals(PEOPLE, since=next(since) * PEOPLE) for _ in range(2)]
        parcels: list[Parcel] = []
        for arrivals in itertools.chain.from_iterable(zip(*cohorts, strict=True)):
            began = clock()
            parcels = books.receive(arrivals, parcels)
            times += [(clock() - began)] * PEOPLE
        books.settle(parcels)


def run_together_apart(books: Books, since: Iterator[int], times: list[float]) -> None:
    """Fifty who write, and nobody else: what became of their answers is a commit of its own."""
    clock = time.perf_counter
    for _ in range(2):
        for arrivals in books.arrivals(PEOPLE, since=next(since) * PEOPLE):
            began = clock()
            books.settle(books.receive(arrivals))
            times += [(clock() - began)] * PEOPLE


class RawSqlite:
    """sqlite3 alone with the same durability."""

    def __init__(self, folder: str) -> None:
        """Tables and fifty conversations."""
        self.db = sqlite3.connect(Path(folder) / "raw.db", isolation_level=None)
        self.db.execute("pragma journal_mode=wal")
        self.db.execute("pragma synchronous=full")
        for table in SCHEMA:
            self.db.execute(table.format(blob="blob", serial="integer primary key"))
        self.db.executemany("insert into conversation values (?, ?, 0)", [(number, STATE) for number in range(PEOPLE)])

    def turn(self, number: int) -> int:
        """The transaction of a turn."""
        db = self.db
        db.execute("begin immediate")
        db.execute("insert into inbox (conversation, body, done) values (?, ?, 1)", (number, BODY))
        db.execute("select state, version from conversation where id = ?", (number,)).fetchone()
        db.execute("update conversation set state = ?, version = version + 1 where id = ?", (STATE, number))
        row = db.execute("insert into outbox (conversation, body, sent) values (?, ?, 0)", (number, BODY)).lastrowid
        db.execute("commit")
        return row or 0

    def note_sent(self, row: int) -> None:
        """The second commit."""
        self.db.execute("begin immediate")
        self.db.execute("update outbox set sent = 1 where id = ?", (row,))
        self.db.execute("commit")

    def run(self, times: list[float], *, commits: int) -> None:
        """RAW_TURNS turns, one by one."""
        clock = time.perf_counter
        for number in range(RAW_TURNS):
            began = clock()
            row = self.turn(number % PEOPLE)
            if commits > 1:
                self.note_sent(row)
            times.append(clock() - began)


class RawPostgres:
    """asyncpg alone; its loop lives as long as the measurement."""

    def __init__(self, url: str) -> None:
        """Tables, fifty conversations, a pool of connections."""
        self.loop = asyncio.new_event_loop()
        self.pool: asyncpg.Pool = self.loop.run_until_complete(self._open(url))

    async def _open(self, url: str) -> asyncpg.Pool:
        pool = await asyncpg.create_pool(url, min_size=CONNECTIONS, max_size=CONNECTIONS)
        for table in SCHEMA:
            await pool.execute(table.format(blob="bytea", serial="bigserial primary key"))
        rows = [(number, STATE, 0) for number in range(PEOPLE)]
        await pool.executemany("insert into conversation values ($1, $2, $3)", rows)
        return pool

    async def _turn(self, number: int, *, commits: int) -> None:
        async with self.pool.acquire() as db:
            async with db.transaction():
                await db.execute("insert into inbox (conversation, body, done) values ($1, $2, 1)", number, BODY)
                await db.fetchrow("select state, version from conversation where id = $1 for update", number)
                await db.execute(
                    "update conversation set state = $1, version = version + 1 where id = $2", STATE, number
                )
                row = await db.fetchval(
                    "insert into outbox (conversation, body, sent) values ($1, $2, 0) returning id", number, BODY
                )
            if commits > 1:
                await db.execute("update outbox set sent = 1 where id = $1", row)

    async def _run(self, times: list[float], connections: int, commits: int) -> None:
        clock, numbers = time.perf_counter, itertools.count()

        async def one_connection() -> None:
            while (number := next(numbers)) < RAW_TURNS:
                began = clock()
                await self._turn(number % PEOPLE, commits=commits)
                times.append(clock() - began)

        await asyncio.gather(*(one_connection() for _ in range(connections)))

    def run(self, times: list[float], *, connections: int, commits: int) -> None:
        """RAW_TURNS turns over so many connections."""
        self.loop.run_until_complete(self._run(times, connections, commits))

    def close(self) -> None:
        """End the connections."""
        self.loop.run_until_complete(self.pool.close())
        self.loop.close()


def measure_sqlite() -> Iterator[dict[str, object]]:
    """Goal 2 of docs/performance.md."""
    with tempfile.TemporaryDirectory(prefix="lotse-raw-") as folder, open_books() as books:
        raw, since = RawSqlite(folder), itertools.count()
        yield from interleave(
            {
                "sqlite_alone": lambda times: run_alone(books, since, times),
                "sqlite_50_waiting": lambda times: run_together(books, since, times),
                "sqlite_50_apart": lambda times: run_together_apart(books, since, times),
                "raw_sqlite_two_commits": lambda times: raw.run(times, commits=2),
                "raw_sqlite": lambda times: raw.run(times, commits=1),
            },
            {
                "sqlite_alone": "raw_sqlite_two_commits",
                "sqlite_50_waiting": "raw_sqlite",
                "sqlite_50_apart": "raw_sqlite",
            },
            between=books.ledger.checkpoint,
        )


def measure_postgres(url: str, raw_url: str) -> Iterator[dict[str, object]]:
    """Goal 3 of docs/performance.md."""
    raw = RawPostgres(raw_url)
    try:
        with open_books(url) as books:
            since = itertools.count()
            yield from interleave(
                {
                    "postgres_alone": lambda times: run_alone(books, since, times),
                    "postgres_50_waiting": lambda times: run_together(books, since, times),
                    "postgres_50_apart": lambda times: run_together_apart(books, since, times),
                    "raw_asyncpg_two_commits": lambda times: raw.run(times, connections=1, commits=2),
                    "raw_asyncpg_16_connections": lambda times: raw.run(times, connections=CONNECTIONS, commits=1),
                },
                {
                    "postgres_alone": "raw_asyncpg_two_commits",
                    "postgres_50_waiting": "raw_asyncpg_16_connections",
                    "postgres_50_apart": "raw_asyncpg_16_connections",
                },
            )
    finally:
        raw.close()


def interleave(
    runners: dict[str, Runner], peers: dict[str, str], between: Callable[[], object] = lambda: None
) -> Iterator[dict[str, object]]:
    """Run them in turn for ROUNDS rounds after a warm-up; figures are medians of the rounds, ratios within a round.

    `between` is called after each runner and counted to it: the checkpoint is part of the cost.
    """
    rates: dict[str, list[float]] = {name: [] for name in runners}
    tails: dict[str, list[float]] = {name: [] for name in runners}
    for number in range(ROUNDS + 1):
        for name, runner in runners.items():
            times: list[float] = []
            began = time.perf_counter()
            runner(times)
            between()
            took = time.perf_counter() - began
            if number:
                rates[name].append(len(times) / took)
                tails[name].append(statistics.quantiles(times, n=100)[98])
    for name, rate in rates.items():
        figure: dict[str, object] = {
            "figure": name,
            "turns_per_s": round(statistics.median(rate)),
            "p99_ms": round(statistics.median(tails[name]) * 1e3, 2),
        }
        peer = peers.get(name)
        if peer is not None:
            ratios = [ours / theirs for ours, theirs in zip(rate, rates[peer], strict=True)]
            figure |= {"peer": peer, "ratio": round(statistics.median(ratios), 2)}
        yield figure


__all__ = ["TURNS", "measure_postgres", "measure_sqlite"]

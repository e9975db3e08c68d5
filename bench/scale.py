"""How cost grows: a million idle conversations, and 100,000 alarms due in the same minute. SQLite, the real ledger."""

from __future__ import annotations

import itertools
import resource
import secrets
import statistics
import time
from collections.abc import Iterator

from bench.books import Books, open_books
from bench.dialogue import NOW, incomings, make_program, make_world
from bench.ledger import run_alone
from bot.flows import conversation as states
from bot.flows.engine import advance
from bot.flows.walk import Walk
from bot.flows.walking import enter, run
from bot.storage import conversations, timers
from bot.storage.conversations import Standing
from bot.storage.timers import Alarm
from bot.storage.times import stamp

CONVERSATIONS = 1_000_000
ALARMS = 100_000
TOGETHER = 5_000
SAMPLE_ROUNDS = 6


def idle_state() -> bytes:
    """Someone who has answered seven questions and then put the phone away."""
    program = make_program()
    world = make_world(program)
    walk = Walk(world, states.EMPTY, "0" * 24, NOW)
    enter(walk, program)
    run(walk)
    state = walk.c
    for incoming in incomings()[:7]:
        state = advance(world, state, incoming, NOW).conversation
    return states.encode(state)


def settle_in(books: Books, count: int) -> list[int]:
    """Put so many idle conversations into the books, as the ledger writes them; returns their numbers."""
    ring, account, now = books.ledger._ring, books.door.account, stamp(NOW)  # noqa: SLF001 - as the ledger writes them
    state, numbers = idle_state(), []
    for first in range(0, count, TOGETHER):
        chats = [f"idle-{number}" for number in range(first, min(first + TOGETHER, count))]
        indexes = [conversations.index_of(ring, account.name, chat) for chat in chats]
        with books.database.transaction() as tx:
            conversations.add(tx, ring, account.id, list(zip(indexes, chats, strict=True)), now)
            found = conversations.find(tx, indexes)
            rows = []
            for index in indexes:
                standing = found[index].standing
                sealed = conversations.seal_state(standing.key(ring), index, state)
                rows.append((sealed, None, now + 10**9, 0, 0, standing.id, standing.version))
                numbers.append(standing.id)
            conversations.write_dated(tx, rows)
        books.ledger.checkpoint()
    return numbers


def sample(books: Books, since: Iterator[int]) -> list[float]:
    """Answer times of someone who writes, one turn at a time (seconds)."""
    times: list[float] = []
    for _ in range(SAMPLE_ROUNDS):
        run_alone(books, since, times)
        books.ledger.checkpoint()
    return times


def resident() -> int:
    """The most memory this process has held so far, in KiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def measure_idle() -> Iterator[dict[str, object]]:
    """Goal 5: answer time < 1.5 x of an empty database, memory flat, <= 2 KB on disk each."""
    since = itertools.count()
    with open_books() as books:
        sample(books, since)
        empty, before = sample(books, since), resident()
        path = books.database.path
        size = path.stat().st_size if path else 0
        began = time.perf_counter()
        settle_in(books, CONVERSATIONS)
        took = time.perf_counter() - began
        grown = (path.stat().st_size if path else 0) - size
        sample(books, since)
        full = sample(books, since)
        yield {
            "figure": "idle_conversations",
            "count": CONVERSATIONS,
            "bytes_each": round(grown / CONVERSATIONS),
            "answer_p50_ratio": round(statistics.median(full) / statistics.median(empty), 2),
            "answer_p99_ratio": round(tail(full) / tail(empty), 2),
            "memory_before_mib": before // 1024,
            "memory_after_mib": resident() // 1024,
            "written_in_s": round(took),
        }


def tail(times: list[float]) -> float:
    """The 99th percentile."""
    return statistics.quantiles(times, n=100)[98]


def measure_alarms() -> Iterator[dict[str, object]]:
    """Goal 6: each fired once, in order, while somebody who writes waits at most twice as long at the p99."""
    since = itertools.count(10**6)
    with open_books() as books:
        numbers = settle_in(books, ALARMS)
        ring, due = books.ledger._ring, stamp(NOW) - 60_000  # noqa: SLF001 - as the ledger writes them
        with books.database.transaction() as tx:
            found: dict[int, Standing] = {}
            for first in range(0, ALARMS, TOGETHER):
                chats = [f"idle-{number}" for number in range(first, min(first + TOGETHER, ALARMS))]
                indexes = [conversations.index_of(ring, books.door.account.name, chat) for chat in chats]
                found |= {one.standing.id: one.standing for one in conversations.find(tx, indexes).values()}
            timers.put(
                tx,
                [
                    timers.row(
                        ring, found[number].key(ring), secrets.token_bytes(16), number, Alarm("wecker", "nirgends"),
                        due + place * 60_000 // ALARMS, 86_400,
                    )
                    for place, number in enumerate(numbers)
                ],
            )  # fmt: skip
        books.ledger.checkpoint()
        sample(books, since)
        quiet = sample(books, since)
        busy: list[float] = []
        writing = itertools.cycle(books.arrivals(1, since=10**8))
        fired, began = 0, time.perf_counter()
        pending = True
        while pending:
            arrival = next(writing)
            start = time.perf_counter()
            parcels = books.take_in([books.fresh(arrival[0])], [])
            books.settle(parcels)
            busy.append(time.perf_counter() - start)
            step = books.ledger.tend()
            fired += step.handled
            books.settle(step.parcels)
            waiting = books.ledger.run_waiting()
            books.settle(waiting.parcels)
            pending = step.handled > 0 or waiting.more
        took = time.perf_counter() - began
        yield {
            "figure": "alarms",
            "count": ALARMS,
            "fired": fired,
            "per_s": round(fired / took),
            "writer_p99_ms_quiet": round(tail(quiet) * 1e3, 2),
            "writer_p99_ms_beside": round(tail(busy) * 1e3, 2),
            "ratio": round(tail(busy) / tail(quiet), 2),
        }


def measure() -> Iterator[dict[str, object]]:
    """Both."""
    yield from measure_alarms()
    yield from measure_idle()

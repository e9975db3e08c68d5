"""`python -m bench [NAME ...]`: all benchmarks, or those named; a JSON line a figure."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Mapping

from bench import (
    alliance,
    check,
    checkins,
    engine,
    ledger,
    matching,
    matrix,
    parts,
    places,
    scale,
    startup,
    telegram,
)
from tests.postgres import PostgresServer, find_programs


def measure_postgres() -> Iterable[dict[str, object]]:
    """Start a private server that keeps what it commits, and measure on it."""
    programs = find_programs()
    if programs is None:
        raise SystemExit("no PostgreSQL server was found; the pins of requirements/dev.txt bring one")
    with PostgresServer(programs, {"fsync": "on", "synchronous_commit": "on"}) as server:
        yield from ledger.measure_postgres(server.make_database(), server.make_database(driver="postgresql"))


BENCHMARKS: Mapping[str, Callable[[], Iterable[dict[str, object]]]] = {
    "engine": engine.measure,
    "parts": parts.measure,
    "check": check.measure,
    "places": places.measure,
    "matching": matching.measure,
    "alliance": alliance.measure,
    "sqlite": ledger.measure_sqlite,
    "postgres": measure_postgres,
    "scale": scale.measure,
    "telegram": telegram.measure,
    "checkins": checkins.measure,
    "startup": startup.measure,
    "matrix": matrix.measure,
}

for name in sys.argv[1:] or BENCHMARKS:
    for figure in BENCHMARKS[name]():
        print(json.dumps(figure), flush=True)

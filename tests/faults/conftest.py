"""What every fault test may ask for: bots that are forked when asked, databases, a rig."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.databases import Databases, PostgresDatabases, SqliteDatabases
from tests.faults.rig import Nursery
from tests.postgres import PostgresServer

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder is a fault test, and may take longer than others."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker("faults")
            if item.get_closest_marker("timeout") is None:
                item.add_marker(pytest.mark.timeout(180))


@pytest.fixture(scope="session")
def nursery() -> Iterator[Nursery]:
    """The process that forks bots, one per test process."""
    nursery = Nursery()
    yield nursery
    nursery.close()


@pytest.fixture(scope="session")
def sqlite_databases(tmp_path_factory: pytest.TempPathFactory) -> Databases:
    """SQLite files."""
    return SqliteDatabases(tmp_path_factory.mktemp("template"))


@pytest.fixture(scope="session")
def postgres_databases(postgres: PostgresServer) -> Databases:
    """Databases of the tests' own PostgreSQL."""
    return PostgresDatabases(postgres)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def databases(request: pytest.FixtureRequest) -> Databases:
    """Databases of either kind."""
    name = "sqlite_databases" if request.param == "sqlite" else "postgres_databases"
    found: Databases = request.getfixturevalue(name)
    return found

"""Databases with tables, of both kinds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.storage.database import Database
from tests.storage.fresh import Fresh


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database: each test runs on both."""
    if request.param == "postgresql":
        address: str = request.getfixturevalue("postgres_url")
        return address
    return f"sqlite:///{tmp_path / 'both' / 'lotse.db'}"


@pytest.fixture(scope="session")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Fresh:
    """Gives out databases."""
    return Fresh(tmp_path_factory.mktemp("fresh"))


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest, tmp_path: Path, fresh: Fresh) -> Iterator[Database]:
    """An open database with empty tables: each test runs on both."""
    if request.param == "postgresql":
        opened = Database.open(fresh.postgres(request.getfixturevalue("postgres")))
    else:
        opened = Database.open(fresh.sqlite(tmp_path / "data" / "lotse.db"))
    yield opened
    opened.close()

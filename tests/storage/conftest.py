"""Databases with tables, of both kinds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.storage.database import Database
from bot.storage.migrations import migrate


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database: each test runs on both."""
    if request.param == "postgresql":
        address: str = request.getfixturevalue("postgres_url")
        return address
    return f"sqlite:///{tmp_path / 'both' / 'lotse.db'}"


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    """An open database with its tables."""
    opened = Database.open(url)
    migrate(opened)
    yield opened
    opened.close()

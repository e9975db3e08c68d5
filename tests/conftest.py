"""What every test may ask for, and how the rings of tests are run."""

import os
import time
from collections.abc import Iterator

import hypothesis
import pytest

from tests.lacking import lacking
from tests.postgres import PostgresServer, find_programs
from tests.synapse import SynapseServer, find_synapse

# Examples are slow on a busy machine without anything being wrong, so no deadline. CI always tries the same ones:
# what it finds is in the change under test.
hypothesis.settings.register_profile("default", deadline=None, print_blob=True)
hypothesis.settings.register_profile("ci", deadline=None, print_blob=True, derandomize=True, database=None)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "default")

_STARTED = time.monotonic()


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update`: what the Lotse says in the transcripts is written down as it says it now."""
    parser.addoption("--update", action="store_true", help="rewrite what comes back in tests/transcripts/*.yaml")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put what is slow last, after the order was shuffled: where time runs out, it is the slow that waits."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is not None)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a fault test that would begin after LOTSE_FAULTS_BUDGET seconds, so that the run ends in time."""
    budget = os.environ.get("LOTSE_FAULTS_BUDGET")
    if budget and item.get_closest_marker("faults") and time.monotonic() - _STARTED > float(budget):
        pytest.skip(f"the {budget} s of LOTSE_FAULTS_BUDGET are used up")


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A private PostgreSQL server, one per test process."""
    programs = find_programs()
    if programs is None:
        lacking("PostgreSQL")
    with PostgresServer(programs) as server:
        yield server


@pytest.fixture(scope="session")
def synapse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SynapseServer]:
    """A private Matrix server, one per test process."""
    program = find_synapse()
    if program is None:
        lacking("Synapse (make .venv-synapse/synapse.stamp)")
    with SynapseServer(program, tmp_path_factory.mktemp("synapse")) as server:
        yield server


@pytest.fixture
def postgres_url(postgres: PostgresServer) -> str:
    """The address of an empty PostgreSQL database, made for this test."""
    return postgres.make_database()

"""The private PostgreSQL that other tests rely on."""

import psycopg
import pytest
import sqlalchemy

from tests.postgres import PostgresServer

pytestmark = pytest.mark.postgres


def test_fresh_database_answers(postgres_url: str) -> None:
    """The address works as it is, with the driver the bot uses."""
    engine = sqlalchemy.create_engine(postgres_url)
    with engine.connect() as connection:
        assert connection.scalar(sqlalchemy.text("select version()")).startswith("PostgreSQL ")
        assert connection.scalar(sqlalchemy.text("show server_encoding")) == "UTF8"
    engine.dispose()


def test_databases_are_apart(postgres: PostgresServer) -> None:
    """What one test writes, another does not meet."""
    first, second = postgres.make_database("postgresql"), postgres.make_database("postgresql")
    assert first != second
    with psycopg.connect(first) as connection:
        connection.execute("create table mark (n int)")
    with psycopg.connect(second) as connection:
        assert connection.execute("select to_regclass('mark')").fetchone() == (None,)


@pytest.mark.slow
def test_committed_rows_outlive_a_kill(postgres: PostgresServer) -> None:
    """Killed without a goodbye and started again, the server still has what it acknowledged."""
    with PostgresServer(postgres.programs) as own:
        url = own.make_database("postgresql")
        with psycopg.connect(url) as connection:
            connection.execute("create table kept as select 7 as n")
        own.kill()
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(url)
        own.start()
        with psycopg.connect(url) as connection:
            assert connection.execute("select n from kept").fetchone() == (7,)

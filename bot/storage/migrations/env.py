"""Run by Alembic: on the database that `migrate` hands over, one transaction for each migration."""

from __future__ import annotations

from alembic import context

from bot.failpoints import reach
from bot.storage.database import Database
from bot.storage.statements import SQLITE
from bot.storage.tables import metadata

database: Database = context.config.attributes["database"]
context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    # SQLite's tables can be changed in a transaction like its rows; Alembic does not rely on it unless told.
    transactional_ddl=True,
    transaction_per_migration=True,
    render_as_batch=database.kind == SQLITE,
    on_version_apply=lambda **_: reach("migrate_inside"),
)
context.run_migrations()

"""Secrets of transport accounts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "keepsake",
        sa.Column("account", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["account"], ["account.id"], name=op.f("fk_keepsake_account")),
        sa.PrimaryKeyConstraint("account", "name", name=op.f("pk_keepsake")),
        comment="Secrets that a transport needs again after a restart or on another machine: on Matrix its device and "
        "the seeds of cross-signing. `name`: a word of our code.",
    )

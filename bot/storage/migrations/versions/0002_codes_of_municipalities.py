"""Codes of municipalities."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "staff_code",
        sa.Column("code_index", sa.LargeBinary(), nullable=False),
        sa.Column("index_version", sa.SmallInteger(), nullable=False),
        sa.Column("tenant", sa.String(length=16), nullable=False),
        sa.Column("issued", sa.BigInteger(), nullable=False),
        sa.Column("expires", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("code_index", name=op.f("pk_staff_code")),
        comment="Codes by which staff show that they belong to a municipality: keyed hashes. `expires`: NULL until "
        "another one replaces it.",
    )
    op.create_index(
        "uq_staff_code_current",
        "staff_code",
        ["tenant"],
        unique=True,
        sqlite_where=sa.text("expires IS NULL"),
        postgresql_where=sa.text("expires IS NULL"),
    )
    op.create_table(
        "code_try",
        sa.Column("member_index", sa.LargeBinary(), nullable=False),
        sa.Column("event", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("member_index", "event", name=op.f("pk_code_try")),
        comment="Who tried a code, by keyed hash of the chat; for ten minutes.",
    )
    op.create_index("ix_code_try_at", "code_try", ["at"], unique=False)

"""Ways to reach secret contacts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "secret_contact",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("tenant", sa.String(length=16), nullable=False),
        sa.Column("contact", sa.String(length=48), nullable=False),
        sa.Column("dek", sa.LargeBinary(), nullable=False),
        sa.Column("ways", sa.LargeBinary(), nullable=False),
        sa.Column("changed", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_secret_contact")),
        sa.UniqueConstraint("tenant", "contact", name=op.f("uq_secret_contact_tenant_contact")),
        comment="Ways to reach secret contacts, which stand in no file. `contact`: its id in the file of the "
        "municipality.",
    )

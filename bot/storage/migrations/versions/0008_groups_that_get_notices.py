"""Groups and rooms get the notices of a municipality; a case knows whether they were told of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_COMMENTS = {
    "case_care": "What humans do with a case (bot.cases.procedure). `holder`: the chat that accepted it. `due`: until "
    "when it must be accepted, or what was promised. `look`: when the clock looks at it again. `human`: when one "
    "accepted it first. `barred`: roles that are involved, as the person said; they never see it. `told`: groups know "
    "its number.",
    "invitation": "Invitations to coordinate, and codes for groups, that nobody has used yet: keyed hashes, by which "
    "neither is taken for the other. The row goes with its use.",
}


def upgrade() -> None:
    op.create_table(
        "pairing",
        sa.Column("conversation", _NUMBER, nullable=False),
        sa.Column("tenant", sa.String(length=16), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("joined", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("role IN ('ansprechperson', 'vertretung', 'koordination')", name=op.f("ck_pairing_role")),
        sa.ForeignKeyConstraint(
            ["conversation"], ["conversation.id"], name=op.f("fk_pairing_conversation"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("conversation", name=op.f("pk_pairing")),
        comment="Groups and rooms that get the notices of a municipality. They are told and can do nothing: whoever "
        "counts coordinators does not count them.",
    )
    op.create_index("ix_pairing_tenant", "pairing", ["tenant"], unique=False)
    op.add_column("case_care", sa.Column("told", sa.SmallInteger(), server_default=sa.text("0"), nullable=False))
    if op.get_bind().dialect.name != "sqlite":
        for table, comment in _COMMENTS.items():
            op.create_table_comment(table, comment)

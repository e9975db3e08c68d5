"""The person says who is involved: roles that never see the case."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("case_care", sa.Column("barred", sa.String(length=64), server_default=sa.text("''"), nullable=False))
    if op.get_bind().dialect.name != "sqlite":
        op.create_table_comment(
            "case_care",
            "What humans do with a case (bot.cases.procedure). `holder`: the chat that accepted it. `due`: until when "
            "it must be accepted, or what was promised. `look`: when the clock looks at it again. `human`: when one "
            "accepted it first. `barred`: roles that are involved, as the person said; they never see it.",
        )

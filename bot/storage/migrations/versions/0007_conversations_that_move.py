"""A conversation can go on in another chat: the codes for that."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "move",
        sa.Column("conversation", _NUMBER, nullable=False),
        sa.Column("code_index", sa.LargeBinary(), nullable=False),
        sa.Column("index_version", sa.SmallInteger(), nullable=False),
        sa.Column("issued", sa.BigInteger(), nullable=False),
        sa.Column("expires", sa.BigInteger(), nullable=False),
        sa.Column("taker", _NUMBER, nullable=True),
        sa.Column("taken", sa.SmallInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation"], ["conversation.id"], name=op.f("fk_move_conversation"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["taker"], ["conversation.id"], name=op.f("fk_move_taker"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("conversation", name=op.f("pk_move")),
        sa.UniqueConstraint("code_index", name=op.f("uq_move_code_index")),
        comment="Conversations that may go on in another chat: keyed hash of the code. `taker`: the chat where it was "
        "given; `taken`: it has asked for the conversation. The row goes with the conversation, or when its time is "
        "over.",
    )
    op.create_index("ix_move_taker", "move", ["taker"], unique=False)

"""What humans do with cases: coordinators, their invitations, the clock of a case, letters between chats."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_STATES = "'gespeichert', 'gemeldet', 'angenommen', 'in_klaerung', 'massnahmen', 'abgeschlossen', 'zurueckgezogen'"
_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _to(table: str, column: str, other: str, ondelete: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"), ondelete=ondelete)


def upgrade() -> None:
    op.add_column("case_note", sa.Column("kind", sa.String(length=12), server_default="nachtrag", nullable=False))
    op.add_column("case_note", sa.Column("place", sa.SmallInteger(), server_default="0", nullable=False))
    op.create_table(
        "case_care",
        sa.Column("record", _NUMBER, nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("level", sa.SmallInteger(), nullable=False),
        sa.Column("urgent", sa.SmallInteger(), nullable=False),
        sa.Column("holder", _NUMBER, nullable=True),
        sa.Column("due", sa.BigInteger(), nullable=True),
        sa.Column("warned", sa.SmallInteger(), nullable=False),
        sa.Column("look", sa.BigInteger(), nullable=True),
        sa.Column("human", sa.BigInteger(), nullable=True),
        sa.Column("closed", sa.BigInteger(), nullable=True),
        sa.Column("outcome", sa.String(length=16), nullable=True),
        sa.CheckConstraint(f"state IN ({_STATES})", name=op.f("ck_case_care_state")),
        _to("case_care", "record", "case_record", "CASCADE"),
        _to("case_care", "holder", "conversation", "SET NULL"),
        sa.PrimaryKeyConstraint("record", name=op.f("pk_case_care")),
        comment="What humans do with a case (bot.cases.procedure). `holder`: the chat that accepted it. `due`: "
        "until when it must be accepted, or what was promised. `look`: when the clock looks at it again. "
        "`human`: when one accepted it first.",
    )
    op.create_index(
        "ix_case_care_look",
        "case_care",
        ["look", "record"],
        unique=False,
        sqlite_where=sa.text("look IS NOT NULL"),
        postgresql_where=sa.text("look IS NOT NULL"),
    )
    op.create_index("ix_case_care_holder", "case_care", ["holder"], unique=False)
    op.create_table(
        "case_audit",
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.Column("record", _NUMBER, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.String(length=16), nullable=False),
        sa.Column("coordinator", _NUMBER, nullable=True),
        sa.Column("act", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        _to("case_audit", "record", "case_record", "CASCADE"),
        _to("case_audit", "coordinator", "conversation", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_audit")),
        comment="Who did what with a case and when, and what state it had then; no content.",
    )
    op.create_index("ix_case_audit_record", "case_audit", ["record"], unique=False)
    op.create_table(
        "case_exclusion",
        sa.Column("record", _NUMBER, nullable=False),
        sa.Column("coordinator", _NUMBER, nullable=False),
        _to("case_exclusion", "record", "case_record", "CASCADE"),
        _to("case_exclusion", "coordinator", "conversation", "CASCADE"),
        sa.PrimaryKeyConstraint("record", "coordinator", name=op.f("pk_case_exclusion")),
        sqlite_with_rowid=False,
        comment="Who is involved and never sees the case.",
    )
    op.create_table(
        "coordinator",
        sa.Column("conversation", _NUMBER, nullable=False),
        sa.Column("tenant", sa.String(length=16), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("joined", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "role IN ('ansprechperson', 'vertretung', 'koordination')", name=op.f("ck_coordinator_role")
        ),
        _to("coordinator", "conversation", "conversation", "CASCADE"),
        sa.PrimaryKeyConstraint("conversation", name=op.f("pk_coordinator")),
        comment="Chats that see the cases of a municipality, by equality of its key.",
    )
    op.create_index("ix_coordinator_tenant", "coordinator", ["tenant"], unique=False)
    op.create_table(
        "invitation",
        sa.Column("code_index", sa.LargeBinary(), nullable=False),
        sa.Column("index_version", sa.SmallInteger(), nullable=False),
        sa.Column("tenant", sa.String(length=16), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("issued", sa.BigInteger(), nullable=False),
        sa.Column("expires", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("code_index", name=op.f("pk_invitation")),
        comment="Invitations to coordinate that nobody has used yet: keyed hashes. The row goes with its use.",
    )
    op.create_table(
        "letter",
        sa.Column("seq", _NUMBER, nullable=False),
        sa.Column("conversation", _NUMBER, nullable=False),
        sa.Column("event", sa.LargeBinary(), nullable=False),
        sa.Column("due", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        _to("letter", "conversation", "conversation", "CASCADE"),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_letter")),
        sa.UniqueConstraint("event", name=op.f("uq_letter_event")),
        comment="What one chat's turn means for another. A row goes when it becomes an inbox row, in the same commit.",
    )
    op.create_index("ix_letter_due", "letter", ["due", "seq"], unique=False)

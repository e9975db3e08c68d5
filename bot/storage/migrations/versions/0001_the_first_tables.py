"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(sa.schema.CreateSequence(sa.Sequence("inbox_numbers")))
    op.create_table(
        "account",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("dek", sa.LargeBinary(), nullable=False),
        sa.Column("cursor", sa.LargeBinary(), nullable=True),
        sa.Column("received", sa.BigInteger(), nullable=True),
        sa.Column("holder", sa.String(length=32), nullable=True),
        sa.Column("term", sa.Integer(), server_default="0", nullable=False),
        sa.Column("expires", sa.Double(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("name", name=op.f("uq_account_name")),
        comment="A transport under one account: how far it has read, and on PostgreSQL who receives and sends on it.",
    )
    op.create_table(
        "counter",
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("playbook", sa.String(length=48), nullable=False),
        sa.Column("outcome", sa.String(length=48), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("month", "name", "playbook", "outcome", name=op.f("pk_counter")),
        comment="How often, per month. No persons, no places.",
    )
    op.create_table(
        "number",
        sa.Column("name", sa.String(length=16), nullable=False),
        sa.Column("next", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_number")),
        comment="Next number that nobody has, on SQLite, which has no sequences; given out in blocks.",
    )
    op.create_table(
        "revision",
        sa.Column("revision", sa.String(length=32), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("stored", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("revision", name=op.f("pk_revision")),
        comment="Playbooks with all that they call, as conversations began with them. Public content.",
    )
    op.create_table(
        "seen",
        sa.Column("event", sa.LargeBinary(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("event", name=op.f("pk_seen")),
        comment="Events whose inbox rows are gone; against repeats. `day`: days since 1970.",
        sqlite_with_rowid=False,
    )
    op.create_index("ix_seen_day", "seen", ["day"], unique=False)

    op.create_table(
        "tombstone",
        sa.Column("address_index", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("address_index", name=op.f("pk_tombstone")),
        comment="Chats that were forgotten, and when: what is older must not come back, from history or from a backup.",
    )
    op.create_table(
        "worker",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("begun", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_worker")),
        comment="A process that runs turns; the row goes when it ends cleanly.",
    )
    op.create_table(
        "conversation",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("account", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("address_index", sa.LargeBinary(), nullable=False),
        sa.Column("index_version", sa.SmallInteger(), nullable=False),
        sa.Column("dek", sa.LargeBinary(), nullable=False),
        sa.Column("address", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.LargeBinary(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("revision", sa.String(length=32), nullable=True),
        sa.Column("begun", sa.BigInteger(), nullable=False),
        sa.Column("expires", sa.BigInteger(), nullable=True),
        sa.Column("noticed", sa.SmallInteger(), nullable=False),
        sa.Column("leaving", sa.SmallInteger(), nullable=False),
        sa.ForeignKeyConstraint(["account"], ["account.id"], name=op.f("fk_conversation_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conversation")),
        sa.UniqueConstraint("address_index", name=op.f("uq_conversation_address_index")),
        comment="Where one chat stands. `leaving`: it was forgotten, and the row stays until its last message is out.",
    )
    op.create_index("ix_conversation_expires", "conversation", ["expires"], unique=False)
    op.create_index(
        "ix_conversation_leaving",
        "conversation",
        ["id"],
        unique=False,
        sqlite_where=sa.text("leaving = 1"),
        postgresql_where=sa.text("leaving = 1"),
    )

    op.create_table(
        "alert",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reason", sa.String(length=24), nullable=False),
        sa.Column("conversation", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("number", sa.String(length=32), nullable=True),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("made", sa.BigInteger(), nullable=False),
        sa.Column("told", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "reason IN ('parked', 'refused', 'asked_for_human', 'uncertain', 'expired', 'withdrawn')",
            name=op.f("ck_alert_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["conversation"], ["conversation.id"], name=op.f("fk_alert_conversation"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert")),
        sa.UniqueConstraint("conversation", "reason", "day", name=op.f("uq_alert_conversation_reason_day")),
        comment="A human should look: once per conversation, reason and day. No content. `told`: when a human "
        "was told.",
    )
    op.create_table(
        "case_record",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.String(length=32), nullable=False),
        sa.Column("conversation", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("tenant", sa.String(length=16), nullable=False),
        sa.Column("incident", sa.String(length=48), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("opened", sa.BigInteger(), nullable=False),
        sa.Column("dek", sa.LargeBinary(), nullable=True),
        sa.Column("lines", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("state IN ('gespeichert', 'zurueckgezogen')", name=op.f("ck_case_record_state")),
        sa.ForeignKeyConstraint(
            ["conversation"], ["conversation.id"], name=op.f("fk_case_record_conversation"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_record")),
        sa.UniqueConstraint("number", name=op.f("uq_case_record_number")),
        comment="What a person agreed to have stored.",
    )
    op.create_index("ix_case_record_conversation", "case_record", ["conversation"], unique=False)
    op.create_index("ix_case_record_tenant", "case_record", ["tenant"], unique=False)

    op.create_table(
        "delivery",
        sa.Column("conversation", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.Column("kind", sa.SmallInteger(), nullable=False),
        sa.Column("state", sa.SmallInteger(), nullable=False),
        sa.Column("urgent", sa.SmallInteger(), nullable=False),
        sa.Column("attempt", sa.SmallInteger(), nullable=False),
        sa.Column("doubts", sa.SmallInteger(), nullable=False),
        sa.Column("due", sa.BigInteger(), nullable=False),
        sa.Column("worker", sa.String(length=32), nullable=True),
        sa.Column("made", sa.BigInteger(), nullable=False),
        sa.Column("settled", sa.BigInteger(), nullable=True),
        sa.Column("question", sa.LargeBinary(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.Column("remote", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("kind BETWEEN 0 AND 2", name=op.f("ck_delivery_kind")),
        sa.CheckConstraint("state BETWEEN 0 AND 5", name=op.f("ck_delivery_state")),
        sa.ForeignKeyConstraint(
            ["conversation"], ["conversation.id"], name=op.f("fk_delivery_conversation"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("conversation", "position", name=op.f("pk_delivery")),
        comment="What goes out. `position`: inbox.seq x 256 + place within the turn: the order per chat. "
        "`question`: hash of the token of a question, to find it when it is settled.",
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_delivery_due",
        "delivery",
        ["conversation", "urgent", "due"],
        unique=False,
        sqlite_where=sa.text("state = 0"),
        postgresql_where=sa.text("state = 0"),
    )
    op.create_index(
        "uq_delivery_sending",
        "delivery",
        ["conversation", "urgent"],
        unique=True,
        sqlite_where=sa.text("state = 1"),
        postgresql_where=sa.text("state = 1"),
    )

    op.create_table(
        "inbox",
        sa.Column("conversation", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("event", sa.LargeBinary(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.SmallInteger(), nullable=False),
        sa.Column("attempt", sa.SmallInteger(), nullable=False),
        sa.Column("retry", sa.BigInteger(), nullable=True),
        sa.Column("received", sa.BigInteger(), nullable=False),
        sa.Column("lag", sa.BigInteger(), nullable=True),
        sa.Column("world", sa.LargeBinary(), nullable=True),
        sa.Column("settled", sa.BigInteger(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("state BETWEEN 0 AND 4", name=op.f("ck_inbox_state")),
        sa.ForeignKeyConstraint(
            ["conversation"], ["conversation.id"], name=op.f("fk_inbox_conversation"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("conversation", "event", name=op.f("pk_inbox")),
        comment="What came in, each event once: it is of one chat, so the key keeps repeats out. `event`: keyed "
        "hash of account and event key. `seq`: the order. `lag`: from its arrival (in the body) to the "
        "`now` of the turn. `world`: fingerprint of the world of that turn.",
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_inbox_held",
        "inbox",
        ["seq"],
        unique=False,
        sqlite_where=sa.text("state > 0 AND state < 3"),
        postgresql_where=sa.text("state > 0 AND state < 3"),
    )
    op.create_index(
        "ix_inbox_undone",
        "inbox",
        ["conversation", "seq"],
        unique=False,
        sqlite_where=sa.text("state < 3"),
        postgresql_where=sa.text("state < 3"),
    )

    op.create_table(
        "timer",
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.Column("conversation", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name_index", sa.LargeBinary(), nullable=False),
        sa.Column("due", sa.BigInteger(), nullable=False),
        sa.Column("useless_after", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation"], ["conversation.id"], name=op.f("fk_timer_conversation"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_timer")),
        sa.UniqueConstraint("conversation", "name_index", name=op.f("uq_timer_conversation_name_index")),
        comment="Alarms that are set. A row goes when it becomes an inbox row, in the same commit.",
    )
    op.create_index("ix_timer_due", "timer", ["due", "id"], unique=False)

    op.create_table(
        "case_note",
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.Column("record", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("added", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["record"], ["case_record.id"], name=op.f("fk_case_note_record"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_note")),
        comment="A correction or addition; nothing is rewritten.",
    )
    op.create_index("ix_case_note_record", "case_note", ["record"], unique=False)

"""The tables of the ledger, and the states their rows can be in.

Times are milliseconds since 1970 UTC (`bot.storage.times`); those of what people did are rounded down to the minute,
those of what is due are exact. Columns named `body`, `state` of a conversation, `address`, `remote`, `cursor`, `lines`,
`ways` are sealed (`sealing`), columns named `…index`, `event`, `question` are keyed or plain hashes: nothing that a
person wrote and no id of a transport stands in clear.

States are small numbers, lowest while something is still to be done: a partial index and a constraint over a range
cost SQLite a tenth of what they cost over a list of words (docs/performance.md).

Inbox and outbox lie on the disk by conversation: a turn touches few pages, and a person's rows go together.

Arrows of an inbox row: waiting -> done; waiting -> resting (its turn raised) -> suspect (its time has come) -> done |
resting | parked; waiting -> suspect (the process ended uncleanly while it stood undone).
Arrows of a delivery: due -> sending -> sent | due (certainly not sent, or sent once more) | uncertain | refused;
due -> expired (nobody could be reached for days).
"""

from __future__ import annotations

from enum import IntEnum, StrEnum
from typing import Final

import sqlalchemy as sa

from bot.cases.escalation import Role
from bot.cases.procedure import State


class InboxState(IntEnum):
    """Where an inbox row stands; below `DONE` it is undone, and `RESTING` and `SUSPECT` hold up what came after it."""

    WAITING = 0
    RESTING = 1
    SUSPECT = 2
    DONE = 3
    PARKED = 4


class DeliveryState(IntEnum):
    """Where a delivery stands; below `SENT` it is open.

    `UNCERTAIN`: it may have arrived or not, and will not be tried again.
    """

    DUE = 0
    SENDING = 1
    SENT = 2
    UNCERTAIN = 3
    REFUSED = 4
    EXPIRED = 5


class DeliveryKind(IntEnum):
    """What a delivery asks of the adapter."""

    SEND = 0
    SETTLE = 1
    FORGET = 2


class CaseState(StrEnum):
    """A case is stored, or was withdrawn by the person (its words are gone then)."""

    STORED = "gespeichert"
    WITHDRAWN = "zurueckgezogen"


class AlertReason(StrEnum):
    """Why a human should look; never what it is about."""

    PARKED = "parked"
    REFUSED = "refused"
    ASKED_FOR_HUMAN = "asked_for_human"
    UNCERTAIN = "uncertain"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


NAMES: Final = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

metadata: Final = sa.MetaData(naming_convention=NAMES)

# SQLite counts rows by themselves only in a column of type INTEGER.
_Number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_Small = sa.SmallInteger
_Moment = sa.BigInteger
_Sealed = sa.LargeBinary
_Hash = sa.LargeBinary


def _one_of(column: str, states: type[IntEnum | StrEnum]) -> sa.CheckConstraint:
    if issubclass(states, IntEnum):
        numbers = [int(state) for state in states]
        return sa.CheckConstraint(f"{column} BETWEEN {min(numbers)} AND {max(numbers)}", name=column)
    words = ", ".join(f"'{state}'" for state in states)
    return sa.CheckConstraint(f"{column} IN ({words})", name=column)


def _partial(name: str, *columns: str, where: str, unique: bool = False) -> sa.Index:
    return sa.Index(name, *columns, unique=unique, sqlite_where=sa.text(where), postgresql_where=sa.text(where))


account: Final = sa.Table(
    "account",
    metadata,
    sa.Column("id", _Number, primary_key=True),
    sa.Column("name", sa.String(64), nullable=False, unique=True),
    sa.Column("dek", _Sealed, nullable=False),
    sa.Column("cursor", _Sealed),
    sa.Column("received", _Moment),
    sa.Column("holder", sa.String(32)),
    sa.Column("term", sa.Integer, nullable=False, server_default="0"),
    sa.Column("expires", sa.Double),
    comment="A transport under one account: how far it has read, and on PostgreSQL who receives and sends on it.",
)

keepsake: Final = sa.Table(
    "keepsake",
    metadata,
    sa.Column("account", sa.ForeignKey("account.id"), primary_key=True),
    sa.Column("name", sa.String(32), primary_key=True),
    sa.Column("body", _Sealed, nullable=False),
    comment="Secrets that a transport needs again after a restart or on another machine: on Matrix its device and the "
    "seeds of cross-signing. `name`: a word of our code.",
)

worker: Final = sa.Table(
    "worker",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("begun", _Moment, nullable=False),
    comment="A process that runs turns; the row goes when it ends cleanly.",
)

conversation: Final = sa.Table(
    "conversation",
    metadata,
    sa.Column("id", _Number, primary_key=True),
    sa.Column("account", sa.ForeignKey("account.id"), nullable=False),
    sa.Column("address_index", _Hash, nullable=False, unique=True),
    sa.Column("index_version", _Small, nullable=False),
    sa.Column("dek", _Sealed, nullable=False),
    sa.Column("address", _Sealed, nullable=False),
    sa.Column("state", _Sealed),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("revision", sa.String(32)),
    sa.Column("begun", _Moment, nullable=False),
    sa.Column("expires", _Moment),
    sa.Column("noticed", _Small, nullable=False),
    sa.Column("leaving", _Small, nullable=False),
    sa.Index("ix_conversation_expires", "expires"),
    _partial("ix_conversation_leaving", "id", where="leaving = 1"),
    comment="Where one chat stands. `leaving`: it was forgotten, and the row stays until its last message is out.",
)

inbox: Final = sa.Table(
    "inbox",
    metadata,
    sa.Column("conversation", sa.ForeignKey("conversation.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("event", _Hash, primary_key=True),
    sa.Column("seq", sa.BigInteger, nullable=False),
    sa.Column("state", _Small, nullable=False),
    sa.Column("attempt", _Small, nullable=False),
    sa.Column("retry", _Moment),
    sa.Column("received", _Moment, nullable=False),
    sa.Column("lag", _Moment),
    sa.Column("world", _Hash),
    sa.Column("settled", _Moment),
    sa.Column("body", _Sealed),
    _one_of("state", InboxState),
    _partial("ix_inbox_undone", "conversation", "seq", where=f"state < {InboxState.DONE:d}"),
    _partial("ix_inbox_held", "seq", where=f"state > {InboxState.WAITING:d} AND state < {InboxState.DONE:d}"),
    comment="What came in, each event once: it is of one chat, so the key keeps repeats out. `event`: keyed hash of "
    "account and event key. `seq`: the order. `lag`: from its arrival (in the body) to "
    "the `now` of the turn. `world`: fingerprint of the world of that turn.",
    sqlite_with_rowid=False,
)

seen: Final = sa.Table(
    "seen",
    metadata,
    sa.Column("event", _Hash, primary_key=True),
    sa.Column("day", sa.Integer, nullable=False),
    sa.Index("ix_seen_day", "day"),
    comment="Events whose inbox rows are gone; against repeats. `day`: days since 1970.",
    sqlite_with_rowid=False,
)

delivery: Final = sa.Table(
    "delivery",
    metadata,
    sa.Column("conversation", sa.ForeignKey("conversation.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("position", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("id", _Hash, nullable=False),
    sa.Column("kind", _Small, nullable=False),
    sa.Column("state", _Small, nullable=False),
    sa.Column("urgent", _Small, nullable=False),
    sa.Column("attempt", _Small, nullable=False),
    sa.Column("doubts", _Small, nullable=False),
    sa.Column("due", _Moment, nullable=False),
    sa.Column("worker", sa.String(32)),
    sa.Column("made", _Moment, nullable=False),
    sa.Column("settled", _Moment),
    sa.Column("question", _Hash),
    sa.Column("body", _Sealed),
    sa.Column("remote", _Sealed),
    _one_of("kind", DeliveryKind),
    _one_of("state", DeliveryState),
    _partial("ix_delivery_due", "conversation", "urgent", "due", where=f"state = {DeliveryState.DUE:d}"),
    _partial("uq_delivery_sending", "conversation", "urgent", where=f"state = {DeliveryState.SENDING:d}", unique=True),
    comment="What goes out. `position`: inbox.seq x 256 + place within the turn: the order per chat. "
    "`question`: hash of the token of a question, to find it when it is settled.",
    sqlite_with_rowid=False,
)

numbers: Final = sa.Sequence("inbox_numbers", metadata=metadata)
"""Numbers of inbox rows on PostgreSQL: in one order for all workers."""

number: Final = sa.Table(
    "number",
    metadata,
    sa.Column("name", sa.String(16), primary_key=True),
    sa.Column("next", sa.BigInteger, nullable=False),
    comment="Next number that nobody has, on SQLite, which has no sequences; given out in blocks.",
)

timer: Final = sa.Table(
    "timer",
    metadata,
    sa.Column("id", _Hash, primary_key=True),
    sa.Column("conversation", sa.ForeignKey("conversation.id", ondelete="CASCADE"), nullable=False),
    sa.Column("name_index", _Hash, nullable=False),
    sa.Column("due", _Moment, nullable=False),
    sa.Column("useless_after", sa.Integer, nullable=False),
    sa.Column("body", _Sealed, nullable=False),
    sa.UniqueConstraint("conversation", "name_index"),
    sa.Index("ix_timer_due", "due", "id"),
    comment="Alarms that are set. A row goes when it becomes an inbox row, in the same commit.",
)

revision: Final = sa.Table(
    "revision",
    metadata,
    sa.Column("revision", sa.String(32), primary_key=True),
    sa.Column("body", sa.LargeBinary, nullable=False),
    sa.Column("stored", _Moment, nullable=False),
    comment="Playbooks with all that they call, as conversations began with them. Public content.",
)

case_record: Final = sa.Table(
    "case_record",
    metadata,
    sa.Column("id", _Number, primary_key=True),
    sa.Column("number", sa.String(32), nullable=False, unique=True),
    sa.Column("conversation", sa.ForeignKey("conversation.id", ondelete="SET NULL")),
    sa.Column("tenant", sa.String(16), nullable=False),
    sa.Column("incident", sa.String(48), nullable=False),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("opened", _Moment, nullable=False),
    sa.Column("dek", _Sealed),
    sa.Column("lines", _Sealed),
    _one_of("state", CaseState),
    sa.Index("ix_case_record_conversation", "conversation"),
    sa.Index("ix_case_record_tenant", "tenant"),
    comment="What a person agreed to have stored.",
)

case_note: Final = sa.Table(
    "case_note",
    metadata,
    sa.Column("id", _Hash, primary_key=True),
    sa.Column("record", sa.ForeignKey("case_record.id", ondelete="CASCADE"), nullable=False),
    sa.Column("added", _Moment, nullable=False),
    sa.Column("body", _Sealed, nullable=False),
    sa.Column("kind", sa.String(12), nullable=False, server_default="nachtrag"),
    sa.Column("place", _Small, nullable=False, server_default="0"),
    sa.Index("ix_case_note_record", "record"),
    comment="A correction or addition; nothing is rewritten.",
)

case_care: Final = sa.Table(
    "case_care",
    metadata,
    sa.Column("record", sa.ForeignKey("case_record.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("level", _Small, nullable=False),
    sa.Column("urgent", _Small, nullable=False),
    sa.Column("holder", sa.ForeignKey("conversation.id", ondelete="SET NULL")),
    sa.Column("due", _Moment),
    sa.Column("warned", _Small, nullable=False),
    sa.Column("look", _Moment),
    sa.Column("human", _Moment),
    sa.Column("closed", _Moment),
    sa.Column("outcome", sa.String(16)),
    sa.Column("barred", sa.String(64), nullable=False, server_default=sa.text("''")),
    sa.Column("told", _Small, nullable=False, server_default=sa.text("0")),
    _one_of("state", State),
    _partial("ix_case_care_look", "look", "record", where="look IS NOT NULL"),
    sa.Index("ix_case_care_holder", "holder"),
    comment="What humans do with a case (bot.cases.procedure). `holder`: the chat that accepted it. `due`: until when "
    "it must be accepted, or what was promised. `look`: when the clock looks at it again. `human`: when one accepted "
    "it first. `barred`: roles that are involved, as the person said; they never see it. `told`: groups know its "
    "number.",
)

case_audit: Final = sa.Table(
    "case_audit",
    metadata,
    sa.Column("id", _Hash, primary_key=True),
    sa.Column("record", sa.ForeignKey("case_record.id", ondelete="CASCADE"), nullable=False),
    sa.Column("at", _Moment, nullable=False),
    sa.Column("actor", sa.String(16), nullable=False),
    sa.Column("coordinator", sa.ForeignKey("conversation.id", ondelete="SET NULL")),
    sa.Column("act", sa.String(16), nullable=False),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("place", sa.Integer, nullable=False),
    sa.Index("ix_case_audit_record", "record"),
    comment="Who did what with a case and when, and what state it had then; no content.",
)

case_exclusion: Final = sa.Table(
    "case_exclusion",
    metadata,
    sa.Column("record", sa.ForeignKey("case_record.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("coordinator", sa.ForeignKey("conversation.id", ondelete="CASCADE"), primary_key=True),
    comment="Who is involved and never sees the case.",
    sqlite_with_rowid=False,
)

coordinator: Final = sa.Table(
    "coordinator",
    metadata,
    sa.Column("conversation", sa.ForeignKey("conversation.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("tenant", sa.String(16), nullable=False),
    sa.Column("role", sa.String(16), nullable=False),
    sa.Column("joined", _Moment, nullable=False),
    _one_of("role", Role),
    sa.Index("ix_coordinator_tenant", "tenant"),
    comment="Chats that see the cases of a municipality, by equality of its key.",
)

pairing: Final = sa.Table(
    "pairing",
    metadata,
    sa.Column("conversation", sa.ForeignKey("conversation.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("tenant", sa.String(16), nullable=False),
    sa.Column("role", sa.String(16), nullable=False),
    sa.Column("joined", _Moment, nullable=False),
    _one_of("role", Role),
    sa.Index("ix_pairing_tenant", "tenant"),
    comment="Groups and rooms that get the notices of a municipality. They are told and can do nothing: whoever counts "
    "coordinators does not count them.",
)

invitation: Final = sa.Table(
    "invitation",
    metadata,
    sa.Column("code_index", _Hash, primary_key=True),
    sa.Column("index_version", _Small, nullable=False),
    sa.Column("tenant", sa.String(16), nullable=False),
    sa.Column("role", sa.String(16), nullable=False),
    sa.Column("issued", _Moment, nullable=False),
    sa.Column("expires", _Moment, nullable=False),
    comment="Invitations to coordinate, and codes for groups, that nobody has used yet: keyed hashes, by which neither "
    "is taken for the other. The row goes with its use.",
)

move: Final = sa.Table(
    "move",
    metadata,
    sa.Column("conversation", sa.ForeignKey("conversation.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("code_index", _Hash, nullable=False, unique=True),
    sa.Column("index_version", _Small, nullable=False),
    sa.Column("issued", _Moment, nullable=False),
    sa.Column("expires", _Moment, nullable=False),
    sa.Column("taker", sa.ForeignKey("conversation.id", ondelete="SET NULL")),
    sa.Column("taken", _Small, nullable=False),
    sa.Index("ix_move_taker", "taker"),
    comment="Conversations that may go on in another chat: keyed hash of the code. `taker`: the chat where it was "
    "given; `taken`: it has asked for the conversation. The row goes with the conversation, or when its time is over.",
)

letter: Final = sa.Table(
    "letter",
    metadata,
    sa.Column("seq", _Number, primary_key=True),
    sa.Column("conversation", sa.ForeignKey("conversation.id", ondelete="CASCADE"), nullable=False),
    sa.Column("event", _Hash, nullable=False, unique=True),
    sa.Column("due", _Moment, nullable=False),
    sa.Column("body", _Sealed, nullable=False),
    sa.Index("ix_letter_due", "due", "seq"),
    comment="What one chat's turn means for another. A row goes when it becomes an inbox row, in the same commit.",
)

alert: Final = sa.Table(
    "alert",
    metadata,
    sa.Column("id", _Number, primary_key=True),
    sa.Column("reason", sa.String(24), nullable=False),
    sa.Column("conversation", sa.ForeignKey("conversation.id", ondelete="SET NULL")),
    sa.Column("number", sa.String(32)),
    sa.Column("day", sa.Integer, nullable=False),
    sa.Column("made", _Moment, nullable=False),
    sa.Column("told", _Moment),
    sa.UniqueConstraint("conversation", "reason", "day"),
    _one_of("reason", AlertReason),
    comment="A human should look: once per conversation, reason and day. No content. `told`: when a human was told.",
)

counter: Final = sa.Table(
    "counter",
    metadata,
    sa.Column("month", sa.String(7), primary_key=True),
    sa.Column("name", sa.String(32), primary_key=True),
    sa.Column("playbook", sa.String(48), primary_key=True),
    sa.Column("outcome", sa.String(48), primary_key=True),
    sa.Column("n", sa.Integer, nullable=False),
    comment="How often, per month. No persons, no places.",
)

tombstone: Final = sa.Table(
    "tombstone",
    metadata,
    sa.Column("address_index", _Hash, primary_key=True),
    sa.Column("at", _Moment, nullable=False),
    comment="Chats that were forgotten, and when: what is older must not come back, from history or from a backup.",
)

staff_code: Final = sa.Table(
    "staff_code",
    metadata,
    sa.Column("code_index", _Hash, primary_key=True),
    sa.Column("index_version", _Small, nullable=False),
    sa.Column("tenant", sa.String(16), nullable=False),
    sa.Column("issued", _Moment, nullable=False),
    sa.Column("expires", _Moment),
    _partial("uq_staff_code_current", "tenant", where="expires IS NULL", unique=True),
    comment="Codes by which staff show that they belong to a municipality: keyed hashes. `expires`: NULL until "
    "another one replaces it.",
)

code_try: Final = sa.Table(
    "code_try",
    metadata,
    sa.Column("member_index", _Hash, primary_key=True),
    sa.Column("event", _Hash, primary_key=True),
    sa.Column("at", _Moment, nullable=False),
    sa.Index("ix_code_try_at", "at"),
    comment="Who tried a code, by keyed hash of the chat; for ten minutes.",
)

secret_contact: Final = sa.Table(
    "secret_contact",
    metadata,
    sa.Column("id", _Number, primary_key=True),
    sa.Column("tenant", sa.String(16), nullable=False),
    sa.Column("contact", sa.String(48), nullable=False),
    sa.Column("dek", _Sealed, nullable=False),
    sa.Column("ways", _Sealed, nullable=False),
    sa.Column("changed", _Moment, nullable=False),
    sa.UniqueConstraint("tenant", "contact"),
    comment="Ways to reach secret contacts, which stand in no file. `contact`: its id in the file of the municipality.",
)

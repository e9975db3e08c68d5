"""Which columns are sealed, and how: the place each value is bound to, and the step its length is padded to.

Words of people are padded to 256 bytes. Addresses and names that transports give are all about as long as one another
on one transport, so their length tells nothing; they are padded to 64 and a conversation stays small on disk.
"""

from __future__ import annotations

from typing import Final

from bot.keys import DataKey, KeyRing

WORDS: Final = 256
NAMES: Final = 64


class SealedColumn:
    """A column whose values are sealed with a data key. `row` names the row, `tenant` the municipality of a case."""

    __slots__ = ("_head", "step")

    def __init__(self, table: str, column: str, step: int) -> None:
        self._head = f"{table}|{column}|".encode()
        self.step = step

    def seal(self, key: DataKey, row: bytes, plain: bytes, tenant: bytes = b"") -> bytes:
        """The value to store."""
        return key.seal(b"%b%b|%b|" % (self._head, row, tenant), plain, self.step)

    def open(self, key: DataKey, row: bytes, sealed: bytes, tenant: bytes = b"") -> bytes:
        """What was sealed.

        Raises:
            Tampered: changed, cut, or from another row, column, table or tenant.
            UnknownKey: sealed with another data key.
        """
        return key.open(b"%b%b|%b|" % (self._head, row, tenant), sealed)


class WrappedColumn:
    """A column of data keys, wrapped with a master key."""

    __slots__ = ("_head",)

    def __init__(self, table: str, column: str) -> None:
        self._head = f"{table}|{column}|".encode()

    def place(self, row: bytes, tenant: bytes = b"") -> bytes:
        """Where a data key stands: what it is bound to."""
        return b"%b%b|%b|" % (self._head, row, tenant)

    def make(self, ring: KeyRing, row: bytes, tenant: bytes = b"") -> bytes:
        """A new data key, wrapped, to store."""
        return ring.make_data_key(self.place(row, tenant))

    def unwrap(self, ring: KeyRing, row: bytes, wrapped: bytes, tenant: bytes = b"") -> DataKey:
        """The data key.

        Raises:
            Tampered: changed or moved.
            UnknownKey: its master key is not in the ring.
        """
        return ring.data_key(b"%b%b|%b|" % (self._head, row, tenant), wrapped)


# A conversation's rows are named by its blind index, which is there before the row has a number.
ACCOUNT_KEY: Final = WrappedColumn("account", "dek")
CONVERSATION_KEY: Final = WrappedColumn("conversation", "dek")
CASE_KEY: Final = WrappedColumn("case_record", "dek")
SECRET_KEY: Final = WrappedColumn("secret_contact", "dek")

ACCOUNT_CURSOR: Final = SealedColumn("account", "cursor", WORDS)
KEEPSAKE_BODY: Final = SealedColumn("keepsake", "body", WORDS)
CONVERSATION_ADDRESS: Final = SealedColumn("conversation", "address", NAMES)
CONVERSATION_STATE: Final = SealedColumn("conversation", "state", WORDS)
INBOX_BODY: Final = SealedColumn("inbox", "body", WORDS)
DELIVERY_BODY: Final = SealedColumn("delivery", "body", WORDS)
DELIVERY_REMOTE: Final = SealedColumn("delivery", "remote", NAMES)
LETTER_BODY: Final = SealedColumn("letter", "body", WORDS)
TIMER_BODY: Final = SealedColumn("timer", "body", WORDS)
CASE_LINES: Final = SealedColumn("case_record", "lines", WORDS)
SECRET_WAYS: Final = SealedColumn("secret_contact", "ways", WORDS)
CASE_NOTE: Final = SealedColumn("case_note", "body", WORDS)

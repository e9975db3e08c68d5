"""Cases: exactly the lines that a person agreed to, under a data key of their own, bound to the municipality."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import sqlalchemy as sa

from bot.flows.exchange import Line, OpenCase
from bot.keys import KeyRing
from bot.storage.database import Transaction
from bot.storage.sealing import CASE_KEY, CASE_LINES, CASE_NOTE
from bot.storage.statements import Statement, insert_each
from bot.storage.tables import CaseState, case_note, case_record
from bot.storage.times import minute

_r = case_record.c

_OPEN = insert_each(case_record, "number", "conversation", "tenant", "incident", "state", "opened", "dek", "lines")
_FIND = Statement(
    sa.select(_r.id, _r.tenant, _r.state, _r.dek, _r.lines, _r.conversation).where(_r.number == sa.bindparam("number"))
)
_NOTE = insert_each(case_note, "id", "record", "added", "body", ignore=True)
_NOTES = Statement(
    sa.select(case_note.c.id, case_note.c.body)
    .where(case_note.c.record == sa.bindparam("record"))
    .order_by(case_note.c.added, case_note.c.id)
)
_OF = Statement(sa.select(_r.id, _r.number).where(_r.conversation == sa.bindparam("conversation")))
_WITHDRAW = Statement(
    sa.update(case_record)
    .where(_r.id == sa.bindparam("record"))
    .values(
        state=sa.literal_column(f"'{CaseState.WITHDRAWN}'"),
        conversation=sa.null(),
        dek=sa.null(),
        lines=sa.null(),
    )
)
_SHRED_NOTES = Statement(sa.delete(case_note).where(case_note.c.record == sa.bindparam("record")))

_lines = msgspec.json.Decoder(tuple[Line, ...])


def add(tx: Transaction, ring: KeyRing, conversation: int, effect: OpenCase, now: int) -> None:
    """Store a case.

    Raises:
        Conflict: the number is taken; the turn is run again and gets another.
    """
    row, tenant = effect.number.encode(), effect.place.encode()
    dek = CASE_KEY.make(ring, row, tenant)
    lines = CASE_LINES.seal(CASE_KEY.unwrap(ring, row, dek, tenant), row, msgspec.json.encode(effect.lines), tenant)
    tx.each(
        _OPEN,
        [(effect.number, conversation, effect.place, effect.incident, CaseState.STORED.value, minute(now), dek, lines)],
    )


def append(tx: Transaction, ring: KeyRing, conversation: int, number: str, note: tuple[bytes, str], now: int) -> bool:
    """Add a note (its id, its text) to the conversation's own case; False when it is withdrawn, or somebody else's."""
    found = tx.one(_FIND, number=number)
    if found is None or found[2] != CaseState.STORED or found[5] != conversation:
        return False
    record, place, _, dek, _, _ = found
    tenant, (identity, text) = place.encode(), note
    key = CASE_KEY.unwrap(ring, number.encode(), dek, tenant)
    tx.each(_NOTE, [(identity, record, minute(now), CASE_NOTE.seal(key, identity, text.encode(), tenant))])
    return True


def read(tx: Transaction, ring: KeyRing, number: str, place: str) -> tuple[tuple[Line, ...], list[str]] | None:
    """The lines and notes of a case of this municipality; None when it has none of that number, or it is withdrawn."""
    found = tx.one(_FIND, number=number)
    if found is None or found[1] != place or found[3] is None:
        return None
    row, tenant = number.encode(), place.encode()
    key = CASE_KEY.unwrap(ring, row, found[3], tenant)
    lines = _lines.decode(CASE_LINES.open(key, row, found[4], tenant))
    notes = [CASE_NOTE.open(key, note, body, tenant).decode() for note, body in tx.all(_NOTES, record=found[0])]
    return lines, notes


def withdraw(tx: Transaction, conversation: int) -> Sequence[str]:
    """Shred what the cases of this conversation say; their numbers, dates and places remain, belonging to nobody."""
    found = tx.all(_OF, conversation=conversation)
    for record, _ in found:
        tx.run(_SHRED_NOTES, record=record)
        tx.run(_WITHDRAW, record=record)
    return [number for _, number in found]

"""Cases: exactly the lines that a person agreed to, under a data key of their own, bound to the municipality."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import sqlalchemy as sa

from bot.flows.exchange import CaseNote, Line, OpenCase
from bot.keys import KeyRing
from bot.storage.database import Transaction
from bot.storage.sealing import CASE_KEY, CASE_LINES, CASE_NOTE
from bot.storage.statements import Row, Statement, insert_each
from bot.storage.tables import CaseState, case_note, case_record
from bot.storage.times import minute, moment

ADDED = "nachtrag"
"""The kind of a note that the person added."""

_r = case_record.c

_OPEN = insert_each(case_record, "number", "conversation", "tenant", "incident", "state", "opened", "dek", "lines")
_FIND = Statement(
    sa.select(_r.id, _r.tenant, _r.state, _r.dek, _r.lines, _r.conversation).where(_r.number == sa.bindparam("number"))
)
_NOTE = insert_each(case_note, "id", "record", "added", "body", "kind", "place", ignore=True)
_NOTES = Statement(
    sa.select(case_note.c.id, case_note.c.body, case_note.c.kind, case_note.c.added)
    .where(case_note.c.record == sa.bindparam("record"))
    .order_by(case_note.c.place, case_note.c.added, case_note.c.id)
)
_COUNT = Statement(
    sa.select(sa.func.count()).select_from(case_note).where(case_note.c.record == sa.bindparam("record"))
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
_MOVE = Statement(
    sa.update(case_record)
    .where(_r.conversation == sa.bindparam("conversation"))
    .values(conversation=sa.bindparam("to"))
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
    return found is not None and found[5] == conversation and _add_note(tx, ring, number, found, (*note, ADDED), now)


def attach(tx: Transaction, ring: KeyRing, number: str, note: tuple[bytes, str, str], now: int) -> bool:
    """Add a note (its id, its text, its kind), whoever wrote it; False when what the case says is gone."""
    found = tx.one(_FIND, number=number)
    return found is not None and _add_note(tx, ring, number, found, note, now)


def _add_note(tx: Transaction, ring: KeyRing, number: str, found: Row, note: tuple[bytes, str, str], now: int) -> bool:
    record, place, state, dek, _, _ = found
    if state != CaseState.STORED or dek is None:
        return False
    tenant, (identity, text, kind) = place.encode(), note
    key = CASE_KEY.unwrap(ring, number.encode(), dek, tenant)
    (count,) = tx.one(_COUNT, record=record) or (0,)
    body = CASE_NOTE.seal(key, identity, text.encode(), tenant)
    tx.each(_NOTE, [(identity, record, minute(now), body, kind, count)])
    return True


def read(tx: Transaction, ring: KeyRing, number: str, place: str) -> tuple[tuple[Line, ...], list[CaseNote]] | None:
    """The lines and notes of a case of this municipality; None when it has none of that number, or it is withdrawn."""
    found = tx.one(_FIND, number=number)
    if found is None or found[1] != place or found[3] is None:
        return None
    row, tenant = number.encode(), place.encode()
    key = CASE_KEY.unwrap(ring, row, found[3], tenant)
    lines = _lines.decode(CASE_LINES.open(key, row, found[4], tenant))
    notes = [
        CaseNote(kind, moment(added), CASE_NOTE.open(key, note, body, tenant).decode())
        for note, body, kind, added in tx.all(_NOTES, record=found[0])
    ]
    return lines, notes


def read_own(
    tx: Transaction, ring: KeyRing, number: str, conversation: int
) -> tuple[tuple[Line, ...], list[CaseNote]] | None:
    """The same of the conversation's own case; None when it is none of its own."""
    found = tx.one(_FIND, number=number)
    return read(tx, ring, number, found[1]) if found is not None and found[5] == conversation else None


def move(tx: Transaction, conversation: int, to: int) -> None:
    """All cases of this conversation are the other one's from now on."""
    tx.run(_MOVE, conversation=conversation, to=to)


def withdraw(tx: Transaction, conversation: int) -> Sequence[str]:
    """Shred what the cases of this conversation say; their numbers, dates and places remain, belonging to nobody."""
    found = tx.all(_OF, conversation=conversation)
    for record, _ in found:
        shred(tx, record)
    return [number for _, number in found]


def shred(tx: Transaction, record: int) -> None:
    """Shred what this case says, and whose it is."""
    tx.run(_SHRED_NOTES, record=record)
    tx.run(_WITHDRAW, record=record)

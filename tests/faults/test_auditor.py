"""The judge is judged: an honest run has no finding, and every lie that is told to it is caught by its name."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import signal
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec
import pytest

from bot.flows.conversation import decode, encode
from bot.keys import KeyRing
from tests.faults.auditor import Auditor
from tests.faults.book import Book, Copy
from tests.faults.findings import DISORDER, DOUBLES, LOSSES, REPLAY
from tests.faults.post import GOOD
from tests.faults.records import DONE, PARKED, PLACES, SENT, UNCERTAIN, WAITING, Records
from tests.faults.rig import Nursery, Rig

CASE = "0412345678"
NOW = 1_801_476_000_000
"""The beginning of the run: nothing is too late by then."""


@dataclass
class Scene:
    """A finished run, to be tampered with: its books, its tables as they were, its database open for writing."""

    folder: Path
    books: list[Book]
    records: Records
    database: sqlite3.Connection
    ring: KeyRing

    @property
    def book(self) -> Book:
        """That of the idempotent account."""
        return self.books[0]

    def shown(self, book: Book | None = None) -> list[Copy]:
        """Copies of ordinary messages with at least one other in the same chat after it."""
        ordinary = {one.id.hex() for one in self.records.deliveries if not one.urgent}
        book = book or self.book
        copies = [copy for copy in book.copies if copy.delivery.replace("-", "") in ordinary]
        return [copy for copy in copies if any(o.chat == copy.chat and o.order > copy.order for o in copies)]

    def run(self, sql: str, *values: object) -> None:
        """Tamper."""
        assert self.database.execute(sql, values).rowcount, "the lie was not told"

    def copy(self, table: str, where: str, **changes: str | bytes) -> None:
        """Insert a row once more; changes are SQL, or bytes as they are."""
        columns = [row[1] for row in self.database.execute(f"PRAGMA table_info({table})")]
        values = [change for name in columns if isinstance(change := changes.get(name), bytes)]
        new = ["?" if isinstance(changes.get(name), bytes) else str(changes.get(name, name)) for name in columns]
        sql = f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(new)} FROM {table} WHERE {where}"  # noqa: S608
        self.run(sql, *values)

    def seal(self, place: bytes, number: int, plain: bytes) -> bytes:
        """What an insider with the keys could write."""
        return self.records.chats[number].key.seal(place, plain, 256)

    def rules(self) -> set[str]:
        """What the auditor finds."""
        self.database.commit()
        auditor = Auditor(f"sqlite:///{self.folder / 'lotse.db'}", self.folder / "keys")
        return {finding.rule for finding in auditor.audit(self.books, NOW)}


async def _record(folder: Path, nursery: Nursery) -> None:
    async with Rig(folder, nursery, seed=5, manners=GOOD) as rig:
        await rig.begin()
        rig.invite_walkers(10, forgets=False)
        await asyncio.sleep(4)
        await rig.hush()
        await rig.rest()
        await rig.end(signal.SIGTERM)
        for name, post in rig.posts.items():
            post.book.save(folder / f"{name}.book")


@pytest.fixture(scope="module")
def honest(tmp_path_factory: pytest.TempPathFactory, nursery: Nursery) -> Path:
    """The folder of a run in which nothing went wrong."""
    folder = tmp_path_factory.mktemp("honest")
    asyncio.run(_record(folder, nursery))
    return folder


@pytest.fixture
def scene(honest: Path, tmp_path: Path) -> Iterator[Scene]:
    """A copy of it to tamper with."""
    for name in ("lotse.db", "keys", "matrixlike.book", "telegramlike.book"):
        shutil.copy(honest / name, tmp_path / name)
    books = [Book.read(tmp_path / f"{name}.book") for name in ("matrixlike", "telegramlike")]
    url = f"sqlite:///{tmp_path / 'lotse.db'}"
    ring = KeyRing.open(tmp_path / "keys", create=False)
    with contextlib.closing(sqlite3.connect(tmp_path / "lotse.db")) as database:
        yield Scene(tmp_path, books, Records.read(url, ring), database, ring)


def test_an_honest_run_has_no_finding(scene: Scene) -> None:
    """And there was something to look at."""
    assert scene.rules() == set()
    assert len(scene.records.inbox) > 100
    assert len(scene.records.deliveries) > 200


# --- lies about what the transport knows


def _drop_copy(scene: Scene) -> None:
    scene.book.copies.remove(scene.shown()[3])


def _show_twice(scene: Scene) -> None:
    scene.book.copies.append(scene.shown()[3])


def _show_three_times(scene: Scene) -> None:
    copy = scene.shown(scene.books[1])[3]
    place = scene.books[1].copies.index(copy)
    scene.books[1].copies[place:place] = [copy, copy]


def _swap_copies(scene: Scene) -> None:
    first = scene.shown()[3]
    second = next(o for o in scene.shown() if o.chat == first.chat and o.order > first.order)
    copies = scene.book.copies
    one, other = copies.index(first), copies.index(second)
    copies[one], copies[other] = second, first


def _show_a_stranger(scene: Scene) -> None:
    copy = msgspec.structs.replace(scene.shown()[3], delivery="0" * 32)
    scene.book.copies.append(copy)


def _change_the_words(scene: Scene) -> None:
    copy = scene.shown()[3]
    copy.body = {**copy.body, "text": "etwas anderes"}


def _show_to_another(scene: Scene) -> None:
    copy = scene.shown()[3]
    copy.chat = next(other.chat for other in scene.book.copies if other.chat != copy.chat)


def _write_unheard(scene: Scene) -> None:
    scene.book.write(scene.book.written[0].chat, {"t": "said", "text": "hört mich jemand?"}, 0)


def _write_otherwise(scene: Scene) -> None:
    next(one for one in scene.book.written if one.thing["t"] == "said").thing["text"] = "das sagte ich nie"


def _write_in_another_order(scene: Scene) -> None:
    chat = scene.book.written[0].chat
    first, second = [one for one in scene.book.written if one.chat == chat][2:4]
    first.number, second.number = second.number, first.number


def _acknowledge_more(scene: Scene) -> None:
    scene.book.acknowledged += 1


def _swallow(scene: Scene, book: Book) -> None:
    """A stranger is said to be forgotten, and what they wrote afterwards to be done with."""
    written = book.write("fremd", {"t": "said", "text": "und jetzt?"}, NOW)
    index = scene.ring.blind_index("address", f"{book.account}|fremd")
    event = scene.ring.blind_index("event", f"{book.account}|{written.key}")
    scene.run("INSERT INTO tombstone (address_index, at) VALUES (?, 0)", index)
    scene.run("INSERT INTO seen (event, day) VALUES (?, 0)", event)


def _swallow_here(scene: Scene) -> None:
    _swallow(scene, scene.books[0])


def _swallow_where_doubt_is_possible(scene: Scene) -> None:
    _swallow(scene, scene.books[1])


# --- lies in the tables


def _inbox_row(scene: Scene, place: int = 8) -> tuple[int, int, bytes]:
    row = [row for row in scene.records.inbox if row.state == DONE][place]
    return row.seq, row.conversation, row.event


def _delete_row(scene: Scene) -> None:
    scene.run("DELETE FROM inbox WHERE seq = ?", _inbox_row(scene)[0])


def _undo_row(scene: Scene) -> None:
    scene.run("UPDATE inbox SET state = ? WHERE seq = ?", WAITING, _inbox_row(scene)[0])


def _park_row(scene: Scene) -> None:
    scene.run("UPDATE inbox SET state = ? WHERE seq = ?", PARKED, _inbox_row(scene)[0])


def _double_row(scene: Scene) -> None:
    row = next(row for row in scene.records.inbox if row.state == DONE and b"said" in (row.plain or b""))
    event = os.urandom(16)
    body = scene.seal(
        b"inbox|body|%b||" % event, row.conversation, row.received.to_bytes(8, "big") + (row.plain or b"")
    )
    scene.copy("inbox", f"seq = {row.seq}", seq="(SELECT max(seq) + 1 FROM inbox)", event=event, body=body)


def _swap_rows(scene: Scene) -> None:
    number = _inbox_row(scene)[1]
    first, second = [row.seq for row in scene.records.inbox if row.conversation == number][:2]
    for old, new in ((first, -1), (second, first), (-1, second)):
        scene.run("UPDATE inbox SET seq = ? WHERE seq = ?", new, old)


def _move_row(scene: Scene) -> None:
    seq, number, _ = _inbox_row(scene)
    scene.run(
        "UPDATE inbox SET conversation = ? WHERE seq = ?", next(n for n in scene.records.chats if n != number), seq
    )


def _other_world(scene: Scene) -> None:
    scene.run("UPDATE inbox SET world = ? WHERE seq = ?", os.urandom(16), _inbox_row(scene)[0])


def _other_attempt(scene: Scene) -> None:
    question = next(one for one in scene.records.deliveries if one.question)
    scene.run("UPDATE inbox SET attempt = attempt + 1 WHERE seq = ?", question.position // PLACES)


def _no_moment(scene: Scene) -> None:
    scene.run("UPDATE inbox SET lag = NULL WHERE seq = ?", _inbox_row(scene)[0])


def _other_words_in(scene: Scene) -> None:
    row = next(row for row in scene.records.inbox if b'"said"' in (row.plain or b""))
    plain = row.received.to_bytes(8, "big") + b'{"t":"said","text":"gelogen"}'
    body = scene.seal(b"inbox|body|%b||" % row.event, row.conversation, plain)
    scene.run("UPDATE inbox SET body = ? WHERE seq = ?", body, row.seq)


def _flip_bit(scene: Scene) -> None:
    seq = _inbox_row(scene)[0]
    (body,) = scene.database.execute("SELECT body FROM inbox WHERE seq = ?", (seq,)).fetchone()
    scene.run("UPDATE inbox SET body = ? WHERE seq = ?", body[:-1] + bytes([body[-1] ^ 1]), seq)


def _older_state(scene: Scene) -> None:
    chat = next(chat for chat in scene.records.chats.values() if chat.state)
    state = msgspec.structs.replace(decode(chat.state or b""), tries=99)
    sealed = scene.seal(b"conversation|state|%b||" % chat.index, chat.id, encode(state))
    scene.run("UPDATE conversation SET state = ? WHERE id = ?", sealed, chat.id)


def _no_state(scene: Scene) -> None:
    scene.run("UPDATE conversation SET state = NULL WHERE id = 1")


def _set_back_cursor(scene: Scene) -> None:
    (dek,) = scene.database.execute("SELECT dek FROM account WHERE name = 'matrixlike'").fetchone()
    key = scene.ring.data_key(b"account|dek|matrixlike||", dek)
    scene.run(
        "UPDATE account SET cursor = ? WHERE name = 'matrixlike'", key.seal(b"account|cursor|matrixlike||", b"3", 256)
    )


def _delivery(scene: Scene) -> int:
    return next(one.position for one in scene.records.deliveries[20:] if one.state == SENT and one.kind == 0)


def _delete_delivery(scene: Scene) -> None:
    scene.run("DELETE FROM delivery WHERE position = ?", _delivery(scene))


def _unsend(scene: Scene) -> None:
    scene.run("UPDATE delivery SET state = 0 WHERE position = ?", _delivery(scene))


def _forge_id(scene: Scene) -> None:
    position = _delivery(scene)
    row = next(one for one in scene.records.deliveries if one.position == position)
    forged = os.urandom(16)
    body = scene.seal(b"delivery|body|%b||" % forged, row.conversation, row.plain or b"")
    scene.run("UPDATE delivery SET id = ?, body = ? WHERE position = ?", forged, body, position)


def _double_delivery(scene: Scene) -> None:
    scene.copy("delivery", f"position = {_delivery(scene)}", position="position + 200")


def _other_words_out(scene: Scene) -> None:
    position = _delivery(scene)
    row = next(one for one in scene.records.deliveries if one.position == position)
    body = scene.seal(b"delivery|body|%b||" % row.id, row.conversation, b'{"t":"send","text":"gelogen"}')
    scene.run("UPDATE delivery SET body = ? WHERE position = ?", body, position)


def _doubt_untold(scene: Scene) -> None:
    scene.run("UPDATE delivery SET state = ? WHERE position = ?", UNCERTAIN, _delivery(scene))


def _set_timer(scene: Scene) -> None:
    identity = os.urandom(16)
    body = scene.seal(b"timer|body|%b||" % identity, 1, b'["nie gestellt","demo"]')
    scene.run(
        "INSERT INTO timer (id, conversation, name_index, due, useless_after, body) VALUES (?, 1, ?, 1, 1, ?)",
        identity, os.urandom(16), body,
    )  # fmt: skip


def _add_case(scene: Scene) -> None:
    scene.run(
        "INSERT INTO case_record (number, conversation, tenant, incident, state, opened) VALUES (?, 1, '', 'x', ?, 1)",
        CASE, "gespeichert",
    )  # fmt: skip


def _count_once_more(scene: Scene) -> None:
    scene.database.execute("INSERT INTO counter VALUES ('2027-02', 'gelogen', '', '', 1)")


LIES: dict[Callable[[Scene], None], str] = {
    _drop_copy: "missing-copy",
    _show_twice: "double-copy",
    _show_three_times: "double-copy",
    _swap_copies: "disorder-out",
    _show_a_stranger: "strange-copy",
    _change_the_words: "wrong-copy",
    _show_to_another: "wrong-copy",
    _write_unheard: "lost",
    _write_otherwise: "content",
    _write_in_another_order: "disorder-in",
    _acknowledge_more: "cursor",
    _swallow_here: "swallowed",
    _swallow_where_doubt_is_possible: "swallowed",
    _delete_row: "lost",
    _undo_row: "undone",
    _park_row: "parked",
    _double_row: "strange-row",
    _swap_rows: "disorder-in",
    _move_row: "content",
    _other_world: "world",
    _other_attempt: "delivery",
    _no_moment: "half-turn",
    _other_words_in: "content",
    _flip_bit: "unreadable",
    _older_state: "state",
    _no_state: "state",
    _set_back_cursor: "cursor",
    _delete_delivery: "missing-delivery",
    _unsend: "unsent",
    _forge_id: "strange-delivery",
    _double_delivery: "double-turn",
    _other_words_out: "delivery",
    _doubt_untold: "untold",
    _set_timer: "timer",
    _add_case: "case",
    _count_once_more: "count",
}


@pytest.mark.parametrize("lie", LIES, ids=lambda lie: lie.__name__.strip("_"))
def test_a_lie_is_caught(scene: Scene, lie: Callable[[Scene], None]) -> None:
    """Each by the rule that names it."""
    lie(scene)
    found = scene.rules()
    assert LIES[lie] in found
    assert found <= LOSSES | DOUBLES | DISORDER | REPLAY


def test_two_audits_in_a_row_say_the_same(scene: Scene) -> None:
    """The second goes on from the first, and finds nothing new in it."""
    auditor = Auditor(f"sqlite:///{scene.folder / 'lotse.db'}", scene.folder / "keys")
    assert auditor.audit(scene.books, NOW) == []
    turns = auditor.totals.turns
    assert auditor.audit(scene.books, NOW) == []
    assert auditor.totals.turns == turns

"""Who stands on steps that an edit removes: counted from the books, few told as few."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from bot.flows.conversation import Conversation, Frame, encode
from bot.flows.playbook import Playbook, dump, link
from bot.keys import KeyRing
from bot.standing import FEW, count_stranded, tell
from bot.storage import conversations, revisions
from bot.storage.accounts import Account
from bot.storage.database import Database
from bot.storage.times import stamp
from tests.storage.conftest import database, fresh

__all__ = ["database", "fresh"]

NOW = stamp(dt.datetime(2027, 2, 1, 12, tzinfo=dt.UTC))


def playbook(*steps: str) -> Playbook:
    """A file with these messages and an end."""
    said = {
        name: {"kind": "message", "text": {"de": f"Text von {name}, ganz anders als {name[::-1]}."}} for name in steps
    }
    return Playbook.model_validate(
        {"id": "weg", "title": {"de": "Weg"}, "review_by": "2027-12-31", "steps": {**said, "ende": {"kind": "end"}}}
    )


@pytest.fixture
def ring(tmp_path: Path) -> KeyRing:
    """A key ring of its own."""
    return KeyRing.open(tmp_path / "lotse.keys")


def stand(database: Database, ring: KeyRing, people: dict[str, tuple[str, str]]) -> Playbook:
    """Put people (chat -> step, municipality) into the books; returns the file in which they stand."""
    old = playbook("eins", "zwei", "drei")
    linked = link(old, {})
    with database.transaction() as tx:
        account = Account(tx, ring, "book")
        revisions.add(tx, linked.revision, dump(linked), NOW)
        indexes = {conversations.index_of(ring, "book", chat): chat for chat in people}
        conversations.add(tx, ring, account.id, list(indexes.items()), NOW)
        rows = []
        for index, present in conversations.find(tx, list(indexes)).items():
            step, place = people[indexes[index]]
            state = Conversation(revision=linked.revision, at=Frame("weg", step), place=place)
            sealed = conversations.seal_state(present.standing.key(ring), index, encode(state))
            rows.append((sealed, linked.revision, NOW, 0, 0, present.standing.id, present.standing.version))
        conversations.write_dated(tx, rows)
    return old


def test_who_stands_on_a_step_that_goes_is_counted(database: Database, ring: KeyRing) -> None:
    """On both databases; who stands elsewhere is not, and an edit that keeps every step strands nobody."""
    old = stand(database, ring, {f"chat-{number}": ("zwei" if number < 7 else "drei", "") for number in range(10)})
    assert count_stranded(database, ring, {"": {"weg": old}}) == {}
    without = playbook("eins", "drei")
    assert count_stranded(database, ring, {"": {"weg": without}}) == {("weg", "zwei"): 7}
    assert count_stranded(database, ring, {"": {}}) == {("weg", "zwei"): 7, ("weg", "drei"): 3}


def test_a_municipality_with_a_file_of_its_own_is_judged_by_that(database: Database, ring: KeyRing) -> None:
    """What goes for all stays where the own file keeps it."""
    old = stand(database, ring, {"a": ("zwei", "00000000"), "b": ("zwei", "01001000")})
    new = {"": {"weg": playbook("eins", "drei")}, "00000000": {"weg": old}}
    assert count_stranded(database, ring, new) == {("weg", "zwei"): 1}


def test_few_are_told_as_few() -> None:
    """Below the limit no number is said."""
    told = "\n".join(tell({("weg", "eins"): FEW - 1, ("weg", "zwei"): FEW}))
    assert "weg, eins: wenige" in told
    assert str(FEW - 1) not in told
    assert f"weg, zwei: {FEW} Menschen" in told
    assert "Niemand" in "\n".join(tell({}))

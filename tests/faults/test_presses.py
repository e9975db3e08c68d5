"""A thousand presses of one button within a second, from ten devices: once is what counts."""

from __future__ import annotations

from pathlib import Path

from tests.faults.databases import Databases
from tests.faults.people import Listener
from tests.faults.records import DONE
from tests.faults.rig import Nursery, Rig

PRESSES = 1000


async def test_a_thousand_presses_count_once(databases: Databases, nursery: Nursery, tmp_path: Path) -> None:
    """One of them moves the conversation; the others are told kindly that it is answered, and change nothing."""
    async with Rig(tmp_path, nursery, databases.migrated(tmp_path), accounts=(("telegramlike", False),)) as rig:
        person = Listener("c0", rig.writes_to("telegramlike"))
        rig.people["telegramlike", "c0"] = person
        await rig.begin()
        person.say("bei mir vorm haus ist ne demo angemeldet")
        await rig.rest()
        assert person.question is not None
        # Others can read along there: the first question is whether to go on.
        person.do({"t": "pressed", "token": person.question["token"], "option": 0})
        await rig.rest()
        asked = person.question
        token = asked["token"]
        for _ in range(PRESSES):
            person.do({"t": "pressed", "token": token, "option": 2})
        await rig.rest(120)
        assert rig.audit() == [], rig.journal()
        pressed = [row for row in rig.auditor.records.inbox if row.plain and b'"pressed"' in row.plain]
        assert [row.state for row in pressed] == [DONE] * (1 + PRESSES)
        stale = [copy for copy in rig.posts["telegramlike"].book.copies if not copy.body.get("token")]
        again = [copy for copy in rig.posts["telegramlike"].book.copies if copy.body.get("token")]
        (moved,) = {copy.body["text"] for copy in again[3:]}
        assert moved != asked["text"], "the press did not count"
        assert len(stale) >= PRESSES - 1

"""Forgetting in the midst of talking: what a person wrote after it is not lost with what was before."""

from __future__ import annotations

import asyncio
from pathlib import Path

from tests.faults.databases import Databases
from tests.faults.people import FORGET, Listener
from tests.faults.rig import Nursery, Rig


async def test_what_comes_right_after_it_is_answered(databases: Databases, nursery: Nursery, tmp_path: Path) -> None:
    """The confirmation and the next words reach the bot together: the words begin a new conversation."""
    async with Rig(tmp_path, nursery, databases.migrated(tmp_path), accounts=(("matrixlike", True),)) as rig:
        person = Listener("c0", rig.writes_to("matrixlike"))
        rig.people["matrixlike", "c0"] = person
        life = await rig.begin()
        person.say("hallo")
        person.say(FORGET)
        await rig.rest()
        assert person.question is not None
        await rig.strike(life)
        heard = person.heard
        person.do({"t": "pressed", "token": person.question["token"], "option": 0})
        person.say("ich werde bedroht")
        person.say("hilfe")
        await rig.begin()
        await rig.rest()
        assert rig.audit() == [], rig.journal()
        assert len(rig.auditor.records.tombstones) == 1
        assert sum(len(row.plain or b"") > 0 for row in rig.auditor.records.inbox) == 2
        assert person.heard > heard + 2


async def test_the_next_person_is_not_mixed_up_with_it(databases: Databases, nursery: Nursery, tmp_path: Path) -> None:
    """No number of a forgotten row is given again: one person's receipts are not in the way of another's answer."""
    async with Rig(tmp_path, nursery, databases.migrated(tmp_path), accounts=(("matrixlike", True),)) as rig:
        people = [Listener(f"c{n}", rig.writes_to("matrixlike")) for n in range(4)]
        rig.people = {("matrixlike", person.chat): person for person in people}
        await rig.begin()
        for person in people:
            person.say("hallo")
            person.say(FORGET)
            await rig.rest()
            assert person.question is not None
            person.do({"t": "pressed", "token": person.question["token"], "option": 0})
            await asyncio.sleep(0.05)
        await rig.rest()
        assert rig.audit() == [], rig.journal()
        assert len(rig.auditor.records.tombstones) == len(people)

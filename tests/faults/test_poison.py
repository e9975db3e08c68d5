"""Poison rows: a message that makes the engine raise, and one that takes the process with it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.faults.databases import Databases
from tests.faults.poison import KILLS, RAISES
from tests.faults.records import DONE, PARKED
from tests.faults.rig import Nursery, Rig
from tests.faults.run import background

TRIES = 5


@pytest.mark.parametrize("poison", [RAISES, KILLS], ids=["raises", "kills"])
async def test_it_is_parked_and_everybody_else_goes_on(
    databases: Databases, nursery: Nursery, tmp_path: Path, poison: str
) -> None:
    """After five tries; the person is told, a human is alerted, their next message is answered."""
    rig = Rig(tmp_path, nursery, databases.migrated(tmp_path), engine="poisoned", poison=frozenset({poison}), speed=60)
    async with rig, background(rig.keep_alive()):
        rig.invite_walkers(4, forgets=False)
        write, book = rig.writes_to("matrixlike"), rig.posts["matrixlike"].book
        for text in ("hallo", poison, "hilfe"):
            write("opfer", {"t": "said", "text": text})
        async with background(_until_parked(rig)):
            await rig.rest()
        await rig.hush()
        await rig.rest()
        assert rig.audit() == [], rig.journal()
        records = rig.auditor.records
        (parked,) = [row for row in records.inbox if row.state == PARKED]
        assert parked.attempt == TRIES
        assert ("parked", parked.conversation) in records.alerts
        told = [copy.body["text"] for copy in book.copies if copy.chat == "opfer"]
        assert any("komme ich nicht zurecht" in text for text in told)
        later = [row for row in records.inbox if row.conversation == parked.conversation and row.seq > parked.seq]
        assert {row.state for row in later} == {DONE}, "the message after it was not handled"
        if poison == KILLS:
            # The batch that dies cannot name its killer; after that the suspect is tried alone, and counted.
            assert TRIES <= rig.journal(10**7).count("unclean_end") <= TRIES + 2
        else:
            assert "unclean_end" not in rig.journal(10**7)


async def _until_parked(rig: Rig) -> None:
    """The others stop when the row is parked, so that `rest` can come to an end."""
    while "turn_parked" not in rig.journal(10**7):  # noqa: ASYNC110 - another process writes it
        await asyncio.sleep(0.05)
    await rig.hush()

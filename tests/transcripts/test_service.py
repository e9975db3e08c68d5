"""Some transcripts through the whole service: the pure engine and the ledger say the same."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from tests.transcripts.coverage import FOLDER
from tests.transcripts.performer import Performer
from tests.transcripts.script import Talk, compare, read_talks
from tests.transcripts.stage import stage

FILES = ("demo_wohnhaus", "krise", "nachfrage", "worte")


def _talks() -> list[Talk]:
    return [talk for name in FILES for talk in read_talks(FOLDER / f"{name}.yaml")]


def _without_numbers(bubbles: list[str]) -> list[str]:
    """Case numbers come from the key: here from one that was made for this test."""
    return [re.sub(r"\b\d{4} \d{4}\b", "0000 0000", bubble) for bubble in bubbles]


@pytest.mark.slow
@pytest.mark.parametrize("talk", _talks(), ids=lambda talk: talk.name)
async def test_the_service_says_what_the_engine_says(talk: Talk, tmp_path: Path) -> None:
    """Through inbox and outbox, ended and begun again half-way, the same talk comes out."""
    heard = await Performer(talk, stage(), tmp_path).perform()
    entries = (
        replace(entry, value=_without_numbers(entry.value)) if entry.kind == "lotse" else entry
        for entry in talk.entries
    )
    assert compare(replace(talk, entries=tuple(entries)), [_without_numbers(bubbles) for bubbles in heard]) == ""

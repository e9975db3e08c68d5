"""Every talk of every transcript on Telegram: what the engine says is what the phone shows, whole and in order."""

from pathlib import Path

import pytest

from bot.adapters import telegram_pace
from tests.emulators.telegram import BotApi
from tests.faults.stage import stage
from tests.transcripts.coverage import FOLDER
from tests.transcripts.phone import Engine, Phone, differences, fits, on_telegram
from tests.transcripts.script import Talk, read_talks

PLAIN = {"telegram", "krise"}


def _talks() -> list[object]:
    """All that can be held there; a few in the plain ring, the rest in the slow ones."""
    found: list[object] = []
    for path in sorted(FOLDER.glob("*.yaml")):
        mark = pytest.mark.slow if path.stem in PLAIN else pytest.mark.faults
        found += [pytest.param(talk, id=talk.name, marks=mark) for talk in read_talks(path) if not fits(talk)]
    return found


@pytest.mark.parametrize("talk", _talks())
async def test_the_phone_shows_what_the_engine_says(
    talk: Talk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Through update, inbox, engine, outbox and Bot API; the emulator checks every call."""
    # The pace is measured elsewhere; here the clock of the run stands still between two entries.
    for name in ("CHAT_EVERY", "OVERALL_EVERY"):
        monkeypatch.setattr(telegram_pace, name, 0.0)
    talk = on_telegram(talk)
    engine = Engine(talk, stage())
    engine.play()
    async with BotApi(limits=False) as server:
        phone = Phone(talk, stage(), tmp_path, server)
        await phone.talk_through()
        assert differences(engine.said, phone.seen) == []
        assert server.violations == []


def test_most_talks_can_be_held_on_telegram() -> None:
    """What cannot says why; of those with one person in one chat it is a handful."""
    talks = [talk for path in sorted(FOLDER.glob("*.yaml")) for talk in read_talks(path) if talk.alone]
    left_out = [talk.name for talk in talks if fits(talk)]
    assert len(left_out) <= 20, left_out
    assert len(talks) > 300

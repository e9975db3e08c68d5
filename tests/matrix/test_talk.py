"""The whole bot, as `lotse run` has it, with a person on an ordinary client."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot import app
from bot.adapters.matrix_device import Access
from bot.settings import Settings, read_settings
from tests.matrix.person import Person

pytestmark = [pytest.mark.synapse, pytest.mark.slow]

MakeSomeone = Callable[[], Awaitable[Person]]


@pytest.fixture
def settings(access: Access, tmp_path: Path) -> Settings:
    """As an operator sets them for a trial."""
    environment = {
        "LOTSE_MATRIX_HOMESERVER": access.homeserver,
        "LOTSE_MATRIX_USER": access.user,
        "LOTSE_MATRIX_PASSWORD": access.password,
        "LOTSE_ALLOW_DRAFTS": "1",
        "LOTSE_DATA_DIR": str(tmp_path / "daten"),
    }
    return read_settings(environment, folder=tmp_path)


@asynccontextmanager
async def running(settings: Settings) -> AsyncIterator[None]:
    """The service, ready; ended in order."""
    stop, ready = asyncio.Event(), asyncio.Event()
    serving = asyncio.create_task(app.serve(settings, stop=stop, ready=ready.set))
    waiting = asyncio.create_task(ready.wait())
    await asyncio.wait({serving, waiting}, return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    try:
        yield
    finally:
        stop.set()
        await serving


async def test_someone_is_led_through_the_first_minutes(settings: Settings, make_someone: MakeSomeone) -> None:
    """Greeting, safety, the incident in one's own words, the first instructions; over a restart as well."""
    person = await make_someone()
    async with running(settings):
        await person.open()
        await person.hears("Was ist passiert?")
        await person.say("bei mir vorm haus ist ne demo angemeldet")
        await person.hears("gerade in Gefahr?")
        await person.say("nein")
        question = await person.hears("Geht es um eine Demonstration bei Ihnen zu Hause?")
        assert "1. Ja\n2. Etwas anderes" in question.body
        assert "<ol><li>Ja</li><li>Etwas anderes</li></ol>" in question.content["formatted_body"]
    async with running(settings):
        await person.say("ja")
        await person.hears("Gehen Sie nicht hinaus, um zu verhandeln.")
        await person.hears("läuft sie gerade, oder ist sie vorbei?")
        await person.quiet()
    edits = [one.content["m.new_content"]["body"] for one in person.from_bot if "m.new_content" in one.content]
    assert any("✓ Ja" in body for body in edits)
    assert len(person.texts) == len(set(person.texts))
    assert all(one.encrypted for one in person.from_bot)
    assert person.sealed == []

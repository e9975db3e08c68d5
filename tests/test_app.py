"""The parts together: a service that others rely on, its gate, its errands, its end."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot import app, errands, gate
from bot.adapters import terminal_wire as wire
from bot.settings import Settings, read_settings

pytestmark = pytest.mark.slow

KEY = "0123456789abcdef"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Defaults, with a data folder of its own."""
    return read_settings({}, folder=tmp_path, given={"data_dir": tmp_path / "daten"})


@asynccontextmanager
async def serving(settings: Settings, *, terminal_only: bool = False) -> AsyncIterator[None]:
    """The app, ready; ended in order."""
    stop, ready = asyncio.Event(), asyncio.Event()
    running = asyncio.create_task(app.serve(settings, stop=stop, ready=ready.set, terminal_only=terminal_only))
    waiting = asyncio.create_task(ready.wait())
    await asyncio.wait({running, waiting}, return_when=asyncio.FIRST_COMPLETED)
    if running.done():
        waiting.cancel()
        await running
    try:
        yield
    finally:
        stop.set()
        await running


async def talk(settings: Settings, *messages: wire.ToWriter, terminal: str = "aa") -> list[wire.ToTerminal]:
    """Say these as a terminal, each after the one before is quiet; everything that came back."""
    reader, writer = await asyncio.open_unix_connection(settings.data_dir / gate.NAME)
    writer.write(wire.encode(wire.Hello(terminal=terminal)))
    heard = [wire.decode_to_terminal(await reader.readline())]
    for message in messages:
        writer.write(wire.encode(message))
        while True:
            heard.append(wire.decode_to_terminal(await reader.readline()))
            if isinstance(heard[-1], wire.Bubble):
                writer.write(wire.encode(wire.Shown(id=heard[-1].id)))
            if isinstance(heard[-1], wire.Quiet | wire.Refused):
                break
    writer.close()
    return heard


async def test_a_service_for_others_lets_nobody_set_its_clock(settings: Settings) -> None:
    """A terminal may talk through it all the same."""
    async with serving(settings):
        heard = await talk(settings, wire.Opened(key=KEY), wire.Ahead(key=KEY, seconds=3600))
        assert any(isinstance(message, wire.Bubble) and "110" in message.text for message in heard)
        assert heard[-1] == wire.Refused(reason="clock", key=KEY)
    assert gate.holder(settings.data_dir) is None


async def test_one_writer_per_folder(settings: Settings) -> None:
    """A second one is refused, and the first does not notice."""
    async with serving(settings, terminal_only=True):
        with pytest.raises(gate.HeldError):
            async with serving(settings, terminal_only=True):
                pass
        assert isinstance((await talk(settings, wire.Opened(key=KEY)))[-1], wire.Quiet)


async def test_errands_are_done_or_refused(settings: Settings) -> None:
    """One that is known has a result, one that is not says so, nonsense is hung up on."""
    ask: Callable[[Path, str], object] = errands.ask
    async with serving(settings):
        assert await asyncio.to_thread(ask, settings.data_dir, "purge") == 1
        with pytest.raises(errands.ErrandFailedError, match="UnknownErrand"):
            await asyncio.to_thread(ask, settings.data_dir, "quark")
        reader, writer = await asyncio.open_unix_connection(settings.data_dir / gate.NAME)
        writer.write(b"GET / HTTP/1.1\r\n")
        assert await reader.read() == b""
        writer.close()
    with pytest.raises(LookupError):
        errands.ask(settings.data_dir, "purge")


async def test_an_edit_is_seen_while_it_runs(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files are looked at again every few seconds, in a thread that holds up nobody."""
    import shutil

    monkeypatch.setattr(app, "REFRESH_EVERY", 0.05)
    folder = Path(shutil.copytree(settings.playbooks, tmp_path / "leitfaeden"))
    async with serving(settings.model_copy(update={"playbooks": folder}), terminal_only=True):
        path = folder / "empfang.yaml"
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("Guten Tag. ", "Kanariengruß. ", 1), encoding="utf-8")
        key = 0
        for _ in range(100):
            heard = await talk(settings, wire.Opened(key=f"{key:016x}"), wire.Typed(key=f"{key + 1:016x}", text="neu"))
            key += 2
            if any(isinstance(message, wire.Bubble) and "Kanariengruß" in message.text for message in heard):
                return
            await asyncio.sleep(0.1)
    raise AssertionError("the edit was not seen")

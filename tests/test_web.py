"""The HTTP room, and Telegram through the whole app: health, metrics, webhook; what may not be shown; the doctor."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest

from bot import app
from bot.approval import NotApprovedError
from bot.cli.doctor import run as doctor
from bot.settings import Settings, SettingsError, read_settings
from bot.web import PortTakenError
from tests.emulators.telegram import TOKEN, BotApi

pytestmark = pytest.mark.slow


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def settings(server: BotApi, folder: Path, **more: str) -> Settings:
    """Telegram at the emulator, with a port."""
    given = {
        "LOTSE_TELEGRAM_TOKEN": TOKEN, "LOTSE_TELEGRAM_BASE_URL": server.url, "LOTSE_HTTP_PORT": str(free_port()),
        "LOTSE_DATA_DIR": str(folder / "daten"), "LOTSE_ALLOW_DRAFTS": "1", **more,
    }  # fmt: skip
    return read_settings({name: value for name, value in given.items() if value}, folder=folder)


@asynccontextmanager
async def serving(chosen: Settings) -> AsyncIterator[httpx.AsyncClient]:
    """The app, and a client for its port."""
    stop, ready = asyncio.Event(), asyncio.Event()
    running = asyncio.create_task(app.serve(chosen, stop=stop, ready=ready.set))
    waiting = asyncio.create_task(ready.wait())
    await asyncio.wait({running, waiting}, return_when=asyncio.FIRST_COMPLETED)
    if running.done():
        waiting.cancel()
        await running
    try:
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{chosen.http_port}", timeout=10) as client:
            yield client
    finally:
        stop.set()
        await running


async def until(condition: Callable[[], object]) -> None:
    """Wait for it, ten seconds at most."""
    async with asyncio.timeout(10):
        while not condition():  # noqa: ASYNC110 - what is waited for has no event
            await asyncio.sleep(0.02)


async def test_three_people_and_the_state_of_it_all(tmp_path: Path) -> None:
    """In German, English and Einfache Sprache at once; health and metrics name nobody and nothing of it."""
    async with BotApi() as server, serving(settings(server, tmp_path)) as client:
        people = [server.person(number, language) for number, language in ((7001, "de"), (7002, "en"), (7003, "de"))]
        for person in people:
            person.start("09761000")
        for person in people:
            await person.hears(4, within=20)
        people[2].say("sprache")
        await until(lambda: "Deutsch, einfach erklärt" in people[2].buttons)
        people[2].press("Deutsch, einfach erklärt")
        people[0].say("bei mir vorm haus ist ne demo angemeldet")
        people[1].say("someone threatened me at the counter")
        await until(lambda: "Ja" in people[0].buttons)
        await until(lambda: "Yes" in people[1].buttons)
        await until(lambda: "einfach" in people[2].last or "Was ist passiert" in people[2].last)
        assert people[0].shown[0].text.startswith("Bitte lesen: Dieser Chat läuft über Telegram")
        assert people[1].shown[0].text.startswith("Please read: this chat runs on Telegram")
        people[0].press("Ja")
        await until(lambda: any("✓ Ja" in one.text for one in people[0].shown))
        health = await client.get("/health")
        assert health.status_code == 200
        assert health.json()["transports"]["telegram"]["state"] == "ok"
        metrics = (await client.get("/metrics")).text
        assert 'lotse_transport_up{transport="telegram"} 1' in metrics
        for secret in ("7001", "demo", TOKEN, "09761000"):
            assert secret not in metrics + health.text
        assert (await client.get("/docs")).status_code == 404
        assert server.violations == []


async def test_a_token_that_is_refused_is_no_good_health(tmp_path: Path) -> None:
    """503, so that whoever watches the container hears of it; the process goes on."""
    async with BotApi(token="1:anderes") as server, serving(settings(server, tmp_path)) as client:
        async with asyncio.timeout(10):
            while (found := await client.get("/health")).status_code == 200:  # noqa: ASYNC110 - nobody rings a bell
                await asyncio.sleep(0.05)
        assert found.json()["transports"]["telegram"]["state"] == "token_refused"


async def test_telegram_posts_and_people_are_answered(tmp_path: Path) -> None:
    """The webhook of the settings, served at its path; a body that is too large is not read to its end."""
    async with BotApi() as server:
        chosen = settings(server, tmp_path, LOTSE_TELEGRAM_WEBHOOK_URL="https://lotse.example/tor")
        async with serving(chosen) as client:
            await until(lambda: server.webhook)
            person = server.person(7)
            person.start()

            async def post(update: dict[str, object], secret: str) -> int:
                headers = {"X-Telegram-Bot-Api-Secret-Token": secret}
                answer = await client.post("/tor", content=json.dumps(update), headers=headers)
                return answer.status_code

            await server.push(post)
            await person.hears(2, within=20)
            assert await post({"update_id": 1}, "falsch") == 403
            assert (await client.post("/tor", content=b" " * (2 << 20))).status_code == 413
            assert (await client.get("/tor")).status_code == 405


async def test_nothing_unreleased_on_a_real_transport(tmp_path: Path) -> None:
    """It does not begin, and says what to do instead."""
    async with BotApi() as server:
        with pytest.raises(NotApprovedError, match=r"(?s)lotse release.*LOTSE_ALLOW_DRAFTS=1"):
            async with serving(settings(server, tmp_path, LOTSE_ALLOW_DRAFTS="")):
                pass
        assert not server.calls


async def test_a_port_that_is_taken(tmp_path: Path) -> None:
    """A sentence that names it."""
    async with BotApi() as server:
        port = server.url.rpartition(":")[2]
        with pytest.raises(PortTakenError, match=port):
            async with serving(settings(server, tmp_path, LOTSE_HTTP_PORT=port)):
                pass


def test_a_webhook_needs_a_port(tmp_path: Path) -> None:
    """Said at the start, not found out by silence."""
    given = {"LOTSE_TELEGRAM_TOKEN": TOKEN, "LOTSE_TELEGRAM_WEBHOOK_URL": "https://lotse.example/tor"}
    with pytest.raises(SettingsError, match="LOTSE_HTTP_PORT"):
        read_settings(given, folder=tmp_path)


@pytest.mark.parametrize(
    ("token", "down", "words"),
    [(TOKEN, False, "@LotseProbeBot"), ("1:anderes", False, "@BotFather"), (TOKEN, True, "nicht zu erreichen")],
)
async def test_the_doctor_looks_at_telegram(
    token: str,
    down: bool,
    words: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Who the bot is, what waits, and what is wrong; nothing is fetched."""
    import argparse

    async with BotApi() as server:
        server.person(7).start()
        if down:
            await server.down()
        monkeypatch.chdir(tmp_path)
        for name, value in (("TOKEN", token), ("BASE_URL", server.url)):
            monkeypatch.setenv(f"LOTSE_TELEGRAM_{name}", value)
        await asyncio.to_thread(doctor, argparse.Namespace(data_dir=str(tmp_path / "d"), json=False))
        assert len(server.queue) == 1
    assert words in capsys.readouterr().out

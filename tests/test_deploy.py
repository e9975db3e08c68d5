"""The layout of the container without a container: environment from the pins, read-only tree, secrets as files.

No container engine runs where this is tested, so what the Dockerfile does is done here step by step, as an ordinary
user where the machine lets us become one.
"""

import asyncio
import os
import re
import signal
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import pytest
import yaml

from tests.emulators.telegram import TOKEN, BotApi
from tests.test_web import free_port, until

ROOT = Path(__file__).resolve().parent.parent
USER = 10001


def compose() -> dict[str, Any]:
    """The file, anchors resolved."""
    read: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
    return read


def test_what_compose_promises() -> None:
    """Non-root, read-only, no capabilities, secrets as files that exist for what names them, profiles as documented."""
    services = compose()["services"]
    for name in ("lotse", "replica"):
        service = services[name]
        assert service["read_only"] is True
        assert service["user"] == f"{USER}:{USER}"
        assert service["cap_drop"] == ["ALL"]
        assert service["ulimits"]["core"] == 0
        files = [value for key, value in service["environment"].items() if key.endswith("_FILE")]
        assert sorted(files) == sorted(f"/run/secrets/{one}" for one in service["secrets"])
        assert not any(key.endswith(("TOKEN", "PASSWORD", "_URL")) for key in service["environment"])
    assert "profiles" not in services["lotse"]
    assert {name: one["profiles"] for name, one in services.items() if "profiles" in one} == {
        "replica": ["replicas"], "postgres": ["replicas"], "synapse": ["matrix"],
    }  # fmt: skip
    used = {secret for one in services.values() for secret in one.get("secrets", [])}
    assert used == set(compose()["secrets"])


def test_the_image_holds_what_it_needs_and_no_more() -> None:
    """What is copied is let through by .dockerignore, installed from the pins with hashes, run by the ordinary user."""
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    copied = re.findall(r"^COPY (?!--from)(\S+)", text, re.MULTILINE)
    assert ignored[0] == "*"
    assert {f"!{one}" for one in copied} == {one for one in ignored if one.startswith("!")}
    assert "--require-hashes" in text
    assert f"USER {USER}:{USER}" in text
    assert not re.search(r"TOKEN|PASSWORD|https://", text)


def test_the_unit_starts_the_same_thing() -> None:
    """The token as a credential, no new privileges, a system that it cannot write to."""
    unit = (ROOT / "deploy" / "lotse.service").read_text(encoding="utf-8")
    for line in ("ProtectSystem=strict", "NoNewPrivileges=yes", "DynamicUser=yes", "LimitCORE=0", "UMask=0077"):
        assert line in unit
    assert "LOTSE_TELEGRAM_TOKEN_FILE=%d/telegram_token" in unit
    assert "LOTSE_TELEGRAM_TOKEN=" not in unit


def _become(python: str) -> dict[str, Any]:
    """How to start a program as an ordinary user; as ourselves where we may not, or where that user sees no Python."""
    if os.geteuid() != 0:
        return {}
    other: dict[str, Any] = {"user": USER, "group": USER, "extra_groups": []}
    try:
        subprocess.run([python, "-c", ""], check=True, capture_output=True, timeout=30, **other)
    except (OSError, subprocess.SubprocessError):
        return {}
    return other


class _Layout(NamedTuple):
    """What the image would hold, in folders: the Python of its environment, its tree, its volumes, its secret."""

    python: str
    tree: Path
    data: Path
    keys: Path
    secret: Path
    who: dict[str, Any]


def _lay_out(folder: Path) -> _Layout:
    """Do what the Dockerfile does."""
    folder.chmod(0o755)
    venv, tree, data, keys = (folder / name for name in ("venv", "app", "data", "keys"))
    subprocess.run([sys.executable, "-m", "venv", str(venv)], check=True, timeout=120)
    python = str(venv / "bin" / "python")
    install = [python, "-m", "pip", "install", "-q", "--no-cache-dir", "--no-deps", "--require-hashes", "-r"]
    subprocess.run([*install, str(ROOT / "requirements" / "lotse.txt")], check=True, timeout=400)
    tree.mkdir()
    for name in ("bot", "playbooks"):
        subprocess.run(["cp", "-r", str(ROOT / name), str(tree / name)], check=True)
    subprocess.run(["find", str(tree), "-name", "__pycache__", "-prune", "-exec", "rm", "-r", "{}", "+"], check=True)
    secret = folder / "telegram_token"
    secret.write_text(TOKEN + "\n")
    who = _become(python)
    for one in (data, keys):
        one.mkdir(mode=0o700)
    if who:
        for path in (data, keys, secret):
            os.chown(path, USER, USER)
    secret.chmod(0o400)
    subprocess.run(["chmod", "-R", "a-w", str(tree)], check=True)
    return _Layout(python, tree, data, keys, secret, who)


def _run(layout: _Layout, port: int, url: str) -> subprocess.Popen[bytes]:
    environment = {
        "PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUNBUFFERED": "1",
        "LOTSE_DATA_DIR": str(layout.data), "LOTSE_KEY_FILE": str(layout.keys / "lotse.keys"),
        "LOTSE_HTTP_PORT": str(port), "LOTSE_TELEGRAM_TOKEN_FILE": str(layout.secret),
        "LOTSE_TELEGRAM_BASE_URL": url, "LOTSE_ALLOW_DRAFTS": "1",
    }  # fmt: skip
    return subprocess.Popen(
        [layout.python, "-m", "bot", "run"], cwd=layout.tree, env=environment, stderr=subprocess.PIPE, **layout.who
    )


@pytest.mark.slow
@pytest.mark.timeout(600)
async def test_the_layout_of_the_image_runs(tmp_path: Path) -> None:
    """Fresh environment from the pins, tree without write permission: it answers, is healthy, and ends cleanly."""
    layout = await asyncio.to_thread(_lay_out, tmp_path)
    before = sorted(layout.tree.rglob("*"))
    async with BotApi() as server:
        port = free_port()
        server.person(7).start()
        with await asyncio.to_thread(_run, layout, port, server.url) as it:
            try:
                await server.person(7).hears(3, within=60)
                async with httpx.AsyncClient(timeout=10) as client:
                    assert (await client.get(f"http://127.0.0.1:{port}/health")).status_code == 200
                await until(lambda: server.count()["setmycommands"])
            finally:
                it.send_signal(signal.SIGTERM)
                _, said = await asyncio.to_thread(it.communicate, timeout=30)
            assert it.returncode == 0, said.decode()
    assert sorted(layout.tree.rglob("*")) == before, "it wrote beside its code"
    assert (layout.keys / "lotse.keys").exists()
    for path in layout.data.iterdir():
        assert not stat.S_IMODE(path.stat().st_mode) & 0o077, path.name
    assert TOKEN.encode() not in said
    await asyncio.to_thread(subprocess.run, ["chmod", "-R", "u+w", str(layout.tree)], check=True)

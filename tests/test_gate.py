"""The gate of a data folder: its lock, its socket, and who may open them."""

import asyncio
import os
import signal
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from bot import gate

HOLD = """
import pathlib, sys, time
from bot import gate
with gate.hold(pathlib.Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_one_process_holds_the_folder(tmp_path: Path) -> None:
    """A second one is refused, until the first one ends, however it ends."""
    folder = tmp_path / "neu" / "daten"
    command = [sys.executable, "-c", HOLD, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        assert gate.holder(folder) == process.pid
        with pytest.raises(gate.HeldError), gate.hold(folder):
            pass
        process.send_signal(signal.SIGKILL)
    assert gate.holder(folder) is None
    with gate.hold(folder):
        assert gate.holder(folder) == os.getpid()
    assert gate.holder(tmp_path / "nirgends") is None


def test_folder_and_lock_are_private(tmp_path: Path) -> None:
    """What lies here is readable for its owner only."""
    folder = tmp_path / "daten"
    with gate.hold(folder):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert stat.S_IMODE((folder / gate.LOCK).stat().st_mode) == 0o600


def test_nobody_listens(tmp_path: Path) -> None:
    """No socket, or one that a killed writer left: None, not an error."""
    assert gate.reach(tmp_path) is None
    dead = socket.socket(socket.AF_UNIX)
    dead.bind(str(tmp_path / gate.NAME))
    dead.close()
    assert gate.reach(tmp_path) is None


async def _answer(reader: asyncio.StreamReader, out: asyncio.StreamWriter) -> None:
    line = await reader.readline()
    if line == b"raise\n":
        raise ValueError
    out.write(line.upper())
    await out.drain()
    await reader.read()


def _ask(folder: Path, line: bytes) -> bytes:
    connection = gate.reach(folder)
    assert connection is not None
    with connection:
        connection.sendall(line)
        return connection.recv(100)


@pytest.mark.parametrize("name", ["daten", "ä" * 100 + "/" + "b" * 100])
async def test_who_listens_is_reached(tmp_path: Path, name: str) -> None:
    """Also in a folder whose path is longer than a socket's address may be; the dead one's socket is replaced."""
    folder = tmp_path / name
    folder.mkdir(parents=True)
    (folder / gate.NAME).touch()
    async with gate.listen(folder, _answer):
        assert stat.S_IMODE((folder / gate.NAME).stat().st_mode) == 0o600
        assert await asyncio.to_thread(_ask, folder, b"hallo\n") == b"HALLO\n"
    assert not (folder / gate.NAME).exists()
    assert gate.reach(folder) is None


async def test_a_handler_that_fails_ends_its_connection_only(tmp_path: Path) -> None:
    """The others are served on."""
    complaints: list[object] = []
    asyncio.get_running_loop().set_exception_handler(lambda _loop, context: complaints.append(context))
    async with gate.listen(tmp_path, _answer):
        assert await asyncio.to_thread(_ask, tmp_path, b"raise\n") == b""
        assert await asyncio.to_thread(_ask, tmp_path, b"hallo\n") == b"HALLO\n"
    assert len(complaints) == 1


async def test_the_end_closes_open_connections(tmp_path: Path) -> None:
    """A terminal that stays connected does not keep the writer from ending."""
    async with gate.listen(tmp_path, _answer):
        connection = await asyncio.to_thread(gate.reach, tmp_path)
        assert connection is not None
        await asyncio.sleep(0.05)
    connection.settimeout(5)
    assert connection.recv(1) == b""
    connection.close()

"""The gate of a data folder: one process keeps it and writes, the others come to its local socket.

Owns: `lotse.lock` and `lotse.sock` in the data folder (0600 in a folder of 0700: whoever can open them could read the
database as well). The process that holds the lock listens on the socket; terminals and commands connect. What is said
on it is not known here. The lock is the kernel's (flock(2)): it ends with its process, however that ends.
"""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import os
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path
from typing import Final

NAME: Final = "lotse.sock"
LOCK: Final = "lotse.lock"

LONGEST_LINE: Final = 1 << 20
"""Bytes of one line that are read; more ends the connection."""

_LONGEST_PATH: Final = 100
"""Bytes that fit in the address of a local socket on every system (unix(7): 108, macOS: 104, with the zero)."""

_BEHIND: Final = 64

Handler = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


class PathTooLongError(OSError):
    """The data folder's path is too long for a socket on this system."""


class HeldError(Exception):
    """Another process is the writer of this data folder."""


@contextlib.contextmanager
def hold(folder: Path) -> Iterator[None]:
    """Be the writer of this data folder while the context holds; the folder is made when it is missing.

    Raises:
        HeldError: another process is.
        OSError: the folder cannot be made or written.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise HeldError from None
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"{os.getpid()}\n".encode())
        yield
    finally:
        os.close(descriptor)


def holder(folder: Path) -> int | None:
    """Return the process id of the writer; None when nobody is."""
    try:
        descriptor = os.open(folder / LOCK, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        text = os.read(descriptor, 32).decode("ascii", "replace").strip()
        return int(text) if text.isdecimal() else 0
    finally:
        os.close(descriptor)
    return None


@contextlib.contextmanager
def _address(folder: Path) -> Iterator[str]:
    """Give an address of the socket that is short enough; it holds while the context does."""
    path = str(folder / NAME)
    if len(os.fsencode(path)) <= _LONGEST_PATH:
        yield path
        return
    if not Path("/proc/self/fd").is_dir():
        raise PathTooLongError
    # Linux: the folder by its open descriptor.
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{descriptor}/{NAME}"
    finally:
        os.close(descriptor)


def reach(folder: Path) -> socket.socket | None:
    """Connect to the writer of this data folder; None when nobody listens.

    Raises:
        PathTooLongError: the folder's path does not fit.
    """
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        with _address(folder) as address:
            connection.connect(address)
    except PathTooLongError:
        connection.close()
        raise
    except OSError:
        connection.close()
        return None
    return connection


def _bind(folder: Path) -> socket.socket:
    listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    with _address(folder) as address:
        with contextlib.suppress(FileNotFoundError):
            (folder / NAME).unlink()
        listening.bind(address)
        Path(address).chmod(0o600)
    listening.listen(_BEHIND)
    return listening


@contextlib.asynccontextmanager
async def listen(folder: Path, handle: Handler) -> AsyncIterator[None]:
    """Listen while the context holds; call it with the lock held only: a socket that lies there is then a dead one's.

    At the end every connection is closed and every handler awaited. A handler that raises ends its connection only.
    """
    tasks: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is not None:
            tasks.add(task)
            task.add_done_callback(tasks.discard)
        try:
            await handle(reader, writer)
        except asyncio.CancelledError:
            pass  # only we cancel, below; Python 3.11 would complain about a cancelled handler (gh-110894)
        finally:
            writer.close()

    server = await asyncio.start_unix_server(serve, sock=_bind(folder), limit=LONGEST_LINE)
    try:
        yield
    finally:
        server.close()
        with contextlib.suppress(FileNotFoundError):
            (folder / NAME).unlink()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

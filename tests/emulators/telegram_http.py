"""A small HTTP/1.1 server that can misbehave in every way that a real one has been seen to.

Owns: requests in, answers out, and the faults between the two. Python's own servers cannot drop a connection after
having understood a request, or answer without end; this one can.
"""

from __future__ import annotations

import asyncio
import contextlib
import email.parser
import email.policy
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final, Literal
from urllib.parse import parse_qsl

Fault = Literal[
    "",
    "drop_before",  # the connection ends before anything was done
    "drop_after",  # it was done, and the connection ends
    "late",  # it was done, the answer comes after a second
    "silent",  # nothing is done and nothing comes
    "silent_after",  # it was done and nothing comes
    "e500",  # a server error, nothing was done
    "e502_after",  # a proxy's error page, though it was done
    "broken",  # it was done, the answer is half a JSON
    "html",  # it was done, the answer is a page of a proxy
    "endless",  # the answer never ends
    "drip",  # the answer comes a byte a second
    "wait",  # 429, nothing was done
]

BEFORE: Final[frozenset[Fault]] = frozenset({"drop_before", "silent", "e500", "endless", "wait"})
LATE: Final = 1.0
LARGEST_BODY: Final = 16 << 20


@dataclass(frozen=True)
class Request:
    """What was asked: the path, and the parameters as they came."""

    path: str
    given: dict[str, Any]
    tag: str = ""


@dataclass(frozen=True)
class Uploaded:
    """A file among the parameters."""

    name: str
    media: str
    data: bytes


Answer = tuple[int, Any]
Handler = Callable[[Request], Awaitable[Answer]]
Chooser = Callable[[Request], Fault]


class HttpServer:
    """Listens on the loopback. `choose` says for each request what goes wrong."""

    def __init__(self, handle: Handler, choose: Chooser) -> None:
        self.port = 0
        self._handle = handle
        self._choose = choose
        self._server: asyncio.Server | None = None
        self._writers: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    async def begin(self) -> None:
        """Listen; on the same port as before when it is begun again."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port, limit=1 << 20)
        self.port = self._server.sockets[0].getsockname()[1]

    async def end(self) -> None:
        """Listen no more, and cut every connection."""
        if self._server is not None:
            self._server.close()
        for writer in list(self._writers):
            writer.transport.abort()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        self._writers.add(writer)
        try:
            while (request := await _read(reader)) is not None:
                if not await self._answer(request, writer):
                    break
        except (OSError, asyncio.IncompleteReadError, ValueError, asyncio.CancelledError):
            pass
        finally:
            self._tasks.discard(task)
            self._writers.discard(writer)
            with contextlib.suppress(OSError):
                writer.close()

    async def _answer(self, request: Request, writer: asyncio.StreamWriter) -> bool:
        """Whether the connection may go on."""
        fault = self._choose(request)
        if fault in BEFORE:
            return await _instead(fault, writer)
        status, body = await self._handle(request)
        return await _after(fault, writer, status, json.dumps(body).encode())


async def _instead(fault: Fault, writer: asyncio.StreamWriter) -> bool:
    """What comes when nothing was done."""
    match fault:
        case "drop_before":
            writer.transport.abort()
        case "e500":
            await _write(writer, 500, b'{"ok":false,"error_code":500,"description":"Internal Server Error"}')
        case "wait":
            body = {
                "ok": False, "error_code": 429, "description": "Too Many Requests: retry after 1",
                "parameters": {"retry_after": 1},
            }  # fmt: skip
            await _write(writer, 429, json.dumps(body).encode())
        case "endless":
            await _never_end(writer)
        case _:
            await asyncio.sleep(3600)
    return fault != "drop_before"


async def _after(fault: Fault, writer: asyncio.StreamWriter, status: int, data: bytes) -> bool:
    """How the answer comes when it was done."""
    match fault:
        case "drop_after":
            writer.transport.abort()
            return False
        case "silent_after":
            await asyncio.sleep(3600)
        case "late":
            await asyncio.sleep(LATE)
        case "broken":
            data, status = data[: len(data) // 2], 200
        case "html":
            data, status = b"<html>proxy</html>", 200
        case "e502_after":
            data, status = b"<html>bad gateway</html>", 502
        case "drip":
            await _drip(writer, status, data)
            return False
        case _:
            pass
    await _write(writer, status, data)
    return True


async def _read(reader: asyncio.StreamReader) -> Request | None:
    line = await reader.readline()
    if not line:
        return None
    path = line.split()[1].decode()
    headers: dict[str, str] = {}
    while (line := await reader.readline()).strip():
        name, _, value = line.decode("latin-1").partition(":")
        headers[name.strip().lower()] = value.strip()
    length = int(headers.get("content-length", "0"))
    if length > LARGEST_BODY:
        raise ValueError("a request without end")
    body = await reader.readexactly(length)
    path, _, query = path.partition("?")
    given: dict[str, Any] = dict(parse_qsl(query, keep_blank_values=True))
    kind = headers.get("content-type", "")
    if kind.startswith("application/json"):
        given |= json.loads(body or b"{}")
    elif kind.startswith("multipart/form-data"):
        given |= _read_parts(kind, body)
    else:
        given |= dict(parse_qsl(body.decode(), keep_blank_values=True))
    return Request(path, given, headers.get("x-tag", ""))


def _read_parts(kind: str, body: bytes) -> dict[str, Any]:
    """The parameters of a form with files (RFC 7578)."""
    whole = f"Content-Type: {kind}\r\n\r\n".encode() + body
    given: dict[str, Any] = {}
    for part in email.parser.BytesParser(policy=email.policy.HTTP).parsebytes(whole).iter_parts():
        name = part.get_param("name", header="content-disposition")
        data = part.get_payload(decode=True)
        assert isinstance(name, str)
        assert isinstance(data, bytes)
        file = part.get_filename()
        given[name] = data.decode() if file is None else Uploaded(file, part.get_content_type(), data)
    return given


async def _write(writer: asyncio.StreamWriter, status: int, data: bytes) -> None:
    head = f"HTTP/1.1 {status} -\r\nContent-Type: application/json\r\nContent-Length: {len(data)}\r\n\r\n"
    writer.write(head.encode() + data)
    await writer.drain()


async def _never_end(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 -\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n")
    chunk = b" " * 65_536
    while True:
        writer.write(f"{len(chunk):x}\r\n".encode() + chunk + b"\r\n")
        await writer.drain()


async def _drip(writer: asyncio.StreamWriter, status: int, data: bytes) -> None:
    writer.write(f"HTTP/1.1 {status} -\r\nContent-Length: {len(data)}\r\n\r\n".encode())
    for place in range(len(data)):
        writer.write(data[place : place + 1])
        await writer.drain()
        await asyncio.sleep(1)

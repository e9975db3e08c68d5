"""The HTTP room: is the bot well, what has it counted, and the door for transports that post to us.

Owns: `/health`, `/metrics`, and the paths that adapters ask for. It knows no transport: an adapter that is `Watched`
tells how it stands, one that is `Posted` takes what comes in. Nothing of a request is logged. Metrics have no labels of
persons or towns (guarantees, section G); the form is Prometheus' text format 0.0.4.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from typing import Final

import uvicorn
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.adapters.base import Adapter, Posted, Watched
from bot.journal import counts, log

LARGEST_POST: Final = 1 << 20
"""Bytes of a post that are read; more is refused before it is in memory."""

POST_WITHIN: Final = 25.0
"""Seconds until a post is answered with 503, so that it comes again: the database may be away for longer."""

GRACE: Final = 5
"""Seconds that open requests have at the end."""

EVERYWHERE: Final = "0.0.0.0"  # noqa: S104 - whoever sets a port wants it reached from outside


class PortTakenError(OSError):
    """Nobody can listen on that port: another program does, or it is not ours to open."""

    def __init__(self, port: int) -> None:
        super().__init__(
            f"Der Port {port} (LOTSE_HTTP_PORT) ist nicht frei oder nicht erlaubt. Bitte einen anderen wählen."
        )


def application(adapters: Mapping[str, Adapter]) -> Starlette:
    """The application for these adapters."""

    async def health(_: Request) -> Response:
        found = {name: one.health() for name, one in adapters.items() if isinstance(one, Watched)}
        fine = all(one.ok for one in found.values())
        body = {
            "status": "ok" if fine else "trouble",
            "transports": {name: {"state": one.word, "seconds": round(one.seconds)} for name, one in found.items()},
        }
        return JSONResponse(body, status_code=200 if fine else 503)

    async def metrics(_: Request) -> Response:
        return PlainTextResponse("\n".join(_lines(adapters)) + "\n", media_type="text/plain; version=0.0.4")

    routes = [Route("/health", health), Route("/metrics", metrics)]
    routes += [
        Route(one.path, _door(name, one), methods=["POST"])
        for name, one in adapters.items()
        if isinstance(one, Posted) and one.path
    ]
    return Starlette(routes=routes)


def _lines(adapters: Mapping[str, Adapter]) -> Iterator[str]:
    for name, value in sorted(counts().items()):
        yield f"# TYPE lotse_{name}_total counter"
        yield f"lotse_{name}_total {value}"
    watched = {name: one.health() for name, one in adapters.items() if isinstance(one, Watched)}
    if watched:
        yield "# TYPE lotse_transport_up gauge"
        yield from (f'lotse_transport_up{{transport="{name}"}} {int(one.ok)}' for name, one in watched.items())
        yield "# TYPE lotse_transport_answered_seconds gauge"
        for name, one in watched.items():
            yield f'lotse_transport_answered_seconds{{transport="{name}"}} {one.seconds:.0f}'


def _door(name: str, adapter: Posted) -> Callable[[Request], Awaitable[Response]]:
    """The endpoint of one adapter."""

    async def take(request: Request) -> Response:
        try:
            body = await _body(request)
        except ClientDisconnect:
            return Response(status_code=400)
        if body is None:
            return Response(status_code=413)
        try:
            async with asyncio.timeout(POST_WITHIN):
                return Response(status_code=await adapter.take(dict(request.headers), body))
        except Exception as error:  # noqa: BLE001 - not taken: whoever posted it posts it again
            log().warning("post_failed", transport=name, exc_info=error)
            return Response(status_code=503)

    return take


async def _body(request: Request) -> bytes | None:
    """What was posted; None when it is too much."""
    parts = bytearray()
    async for part in request.stream():
        parts += part
        if len(parts) > LARGEST_POST:
            return None
    return bytes(parts)


class _Server(uvicorn.Server):
    """Leaves the signals to the bot, which ends in its own order."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Capture none."""
        yield


@contextlib.asynccontextmanager
async def listening(port: int, adapters: Mapping[str, Adapter]) -> AsyncIterator[None]:
    """Listen on every address while the context holds.

    Raises:
        PortTakenError: nobody can listen there.
    """
    config = uvicorn.Config(
        application(adapters), host=EVERYWHERE, port=port, log_config=None, access_log=False, server_header=False,
        lifespan="off", timeout_graceful_shutdown=GRACE, h11_max_incomplete_event_size=16 << 10, ws="none",
    )  # fmt: skip
    server = _Server(config)
    door = _open(port)
    serving = asyncio.create_task(server.serve(sockets=[door]))
    try:
        # The socket listens already: who connects before the server takes over waits in its queue.
        yield
    finally:
        server.should_exit = True
        await asyncio.gather(serving, return_exceptions=True)
        door.close()


def _open(port: int) -> socket.socket:
    """The listening socket; uvicorn's own way of making one leaves it open when the port is taken, and exits."""
    door = socket.socket()
    try:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind((EVERYWHERE, port))
        door.listen()
    except OSError:
        door.close()
        raise PortTakenError(port) from None
    return door

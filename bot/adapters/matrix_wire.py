"""Requests to the homeserver, and what their failures mean: certainly not done, perhaps done, never.

Owns the last step before the network. nio keeps the session and the keys; which answer came, or why none, is decided
here. Paths are those of the client-server API (Matrix 1.15). Nothing is retried here: whoever asks knows whether it may
be asked again.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote

import aiohttp
import msgspec
from nio import AsyncClient

from bot.adapters.base import NotSent, Outcome, Refused, Sent, Unknown

PATIENCE: Final = 30.0
"""Seconds for one answer. Synapse under load takes a few; beyond this the connection is as good as gone."""

LONGEST_WAIT: Final = 60.0
"""Seconds that a homeserver may tell us to wait at a time; it is asked again then."""

Body = Mapping[str, Any] | bytes | None

_CLIENT: Final = "/_matrix/client/v3"
_OK: Final = 200
_UNAUTHORIZED: Final = 401
_FORBIDDEN: Final = 403
_NOT_FOUND: Final = 404
_TOO_LARGE: Final = 413
_LIMITED: Final = 429
_BROKEN: Final = 500


class NotReachedError(Exception):
    """The homeserver was certainly not asked: no connection, or no session to ask with."""


class UnheardError(Exception):
    """No answer came, or one that makes no sense: it may have been done or not."""


class TokenLostError(Exception):
    """The access token holds no more. `soft`: the device and its keys are kept, a new login is enough."""

    def __init__(self, *, soft: bool) -> None:
        super().__init__()
        self.soft = soft


class Answer(msgspec.Struct, frozen=True):
    """Status and body of an answer; an empty body where there was no JSON object."""

    status: int
    body: Mapping[str, Any]

    def __repr__(self) -> str:
        return f"Answer({self.status})"

    @property
    def ok(self) -> bool:
        """Whether it was done."""
        return self.status == _OK

    @property
    def code(self) -> str:
        """Matrix's word for what was wrong; "" when nothing was."""
        return str(self.body.get("errcode", ""))

    @property
    def after(self) -> float:
        """Seconds to wait before asking again."""
        waiting = self.body.get("retry_after_ms", 5000)
        return min(waiting / 1000 if isinstance(waiting, int | float) else 5.0, LONGEST_WAIT)

    @property
    def limited(self) -> bool:
        """Whether we are asking too often."""
        return self.status == _LIMITED


class RefusedError(Exception):
    """The homeserver says no, and will say it again. `code`: Matrix's word for why, no content."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.code)
        self.answer = answer


def open_session() -> aiohttp.ClientSession:
    """A session in which no request is repeated behind our back.

    aiohttp repeats what is idempotent when an open connection ends. Of a message that was taken before its answer got
    lost we would then hear "not reached", should the repetition find nobody.
    """
    session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=PATIENCE))
    session._retry_connection = False  # noqa: SLF001 - there is no other way
    return session


def path(*parts: str, **query: str) -> str:
    """A path of the client-server API; each part is quoted."""
    asked = "&".join(f"{name}={quote(value, safe='')}" for name, value in query.items())
    return "/".join([_CLIENT, *(quote(part, safe="") for part in parts)]) + (f"?{asked}" if asked else "")


async def ask(
    client: AsyncClient,
    method: str,
    where: str,
    body: Body = None,
    *,
    token: str | None = None,
) -> Answer:
    """Ask once and wait for the answer. `body`: JSON, or a file. `token`: "" asks without one, None with the client's.

    Raises:
        NotReachedError, UnheardError: see there.
        TokenLostError: log in again.
    """
    token = client.access_token if token is None else token
    headers = {"Content-Type": "application/octet-stream" if isinstance(body, bytes) else "application/json"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    data = json.dumps(body, ensure_ascii=False, separators=(",", ":")) if isinstance(body, Mapping) else body
    try:
        async with asyncio.timeout(PATIENCE):
            response = await client.send(method, where, data, headers)
            raw = await response.read()
    except (aiohttp.ClientConnectorError, aiohttp.InvalidURL) as error:
        raise NotReachedError from error
    except (aiohttp.ClientError, OSError, TimeoutError) as error:
        raise UnheardError from error
    answer = Answer(response.status, _object(raw))
    if answer.status == _UNAUTHORIZED and answer.code == "M_UNKNOWN_TOKEN":
        raise TokenLostError(soft=bool(answer.body.get("soft_logout")))
    return answer


async def demand(
    client: AsyncClient,
    method: str,
    where: str,
    body: Body = None,
    *,
    token: str | None = None,
) -> Mapping[str, Any]:
    """Ask once; only a yes will do.

    Raises:
        NotReachedError, UnheardError, TokenLostError: as `ask`; too many requests count as not reached.
        RefusedError: anything else.
    """
    answer = await ask(client, method, where, body, token=token)
    if answer.ok:
        return answer.body
    if answer.limited:
        raise NotReachedError
    if answer.status >= _BROKEN:
        raise UnheardError
    raise RefusedError(answer)


def _object(raw: bytes) -> Mapping[str, Any]:
    try:
        found = json.loads(raw)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def outcome_of(answer: Answer) -> Outcome:
    """What the answer to a send means for the delivery."""
    match answer.status:
        case status if status == _OK:
            remote = answer.body.get("event_id")
            return Sent(remote) if isinstance(remote, str) else Unknown()
        case status if status == _LIMITED:
            return NotSent(after=answer.after)
        case status if status in {_FORBIDDEN, _NOT_FOUND}:
            return Refused("gone")  # kicked, left, or the room is no more
        case status if status == _TOO_LARGE or status < _BROKEN:
            return Refused("invalid")
        case _:
            return Unknown()  # a proxy may say so after it has passed the message on

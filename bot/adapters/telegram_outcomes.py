"""What a call that failed means for the message it carried.

| raised | means |
|---|---|
| `RetryAfter` (429) | not sent; after so many seconds again |
| no connection, none free, no name, proxy refused | not sent |
| timeout while reading or writing, connection lost, answer that is no JSON, 5xx | unknown |
| `Forbidden` (403) | refused: blocked, or the account is gone |
| `BadRequest` (400): no such chat | refused: gone |
| `BadRequest`, anything else | refused: invalid; never repeated as it is |
| `InvalidToken` (401, 404), `Conflict` (409) | not sent; the operator has to do something |

Source: python-telegram-bot 22.8, `request/_baserequest.py` and `_httpxrequest.py`; `BadRequest` is a `NetworkError`
there and `TimedOut` is one too, so the order of the cases matters.
"""

from __future__ import annotations

from typing import Final

import httpx
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter

from bot.adapters.base import NotSent, Outcome, Refused, Unknown

WAIT_FOR_OPERATOR: Final = 30.0
"""Seconds until a message is tried again that a wrong token kept from going out."""

LONGEST_WAIT: Final = 3600.0
"""Seconds of a 429 that are believed."""

_BEFORE_SENDING: Final = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
)
_GONE: Final = ("chat not found", "user not found", "peer_id_invalid", "have no rights", "not enough rights")
_UNCHANGED: Final = ("message is not modified", "message to edit not found", "message can't be edited")


def judge(error: Exception) -> Outcome:
    """What became of the message whose call raised this."""
    match error:
        case RetryAfter():
            return NotSent(after=wait_of(error))
        case Forbidden():
            return Refused("blocked")
        case InvalidToken() | Conflict():
            return NotSent(after=WAIT_FOR_OPERATOR)
        case BadRequest():
            return Refused("gone" if any(words in error.message.lower() for words in _GONE) else "invalid")
        case NetworkError():
            return NotSent() if isinstance(error.__cause__, _BEFORE_SENDING) else Unknown()
        case _:
            return Unknown()


def wait_of(error: RetryAfter) -> float:
    """How many seconds a 429 told to wait."""
    # The property warns about its type in this version of the library, its field does not.
    return min(max(error._retry_after.total_seconds(), 1.0), LONGEST_WAIT)  # noqa: SLF001


def is_unchanged(error: BadRequest) -> bool:
    """Whether an edit failed because there is nothing to change, or nothing left to change it on."""
    return any(words in error.message.lower() for words in _UNCHANGED)

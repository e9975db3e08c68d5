"""What a command asks of the writer that is running, over the local socket: one line there, one line back.

Owns: the form of these lines. Which errands there are is known to `bot.app`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import msgspec

from bot import gate

PATIENCE: Final = 120.0
"""Seconds that an errand may take."""


class Errand(msgspec.Struct, frozen=True, tag_field="t", tag="errand"):
    """`name`: which; `given`: what it needs to know."""

    name: str
    given: dict[str, str] = {}


class Done(msgspec.Struct, frozen=True, omit_defaults=True, tag_field="t", tag="done"):
    """What came of it: `result`, or the class of the `error`."""

    result: Any = None
    error: str = ""


class ErrandFailedError(Exception):
    """The writer could not do it, or did not understand."""


def read(line: bytes) -> Errand | None:
    """Return the errand of a line; None when it is none."""
    try:
        return msgspec.json.decode(line, type=Errand)
    except msgspec.MsgspecError:
        return None


def ask(folder: Path, name: str, **given: str) -> Any:  # noqa: ANN401 - each errand has a result of its own
    """Let the writer of this data folder do it; return its result.

    Raises:
        ErrandFailedError: it failed, or the connection broke.
        LookupError: nobody writes there.
    """
    connection = gate.reach(folder)
    if connection is None:
        raise LookupError
    try:
        with connection, connection.makefile("rb") as answers:
            connection.settimeout(PATIENCE)
            connection.sendall(msgspec.json.encode(Errand(name, given)) + b"\n")
            done = msgspec.json.decode(answers.readline(gate.LONGEST_LINE), type=Done)
    except (OSError, msgspec.MsgspecError) as error:
        raise ErrandFailedError(type(error).__name__) from None
    if done.error:
        raise ErrandFailedError(done.error)
    return done.result

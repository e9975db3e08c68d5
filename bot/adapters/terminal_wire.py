"""What a terminal and the writer say to each other: one JSON object a line over a local stream socket.

Owns: the message types and their form. A terminal says `Hello`, gets its `Welcome`, and from then on sends what was
typed; the writer says `Accepted` once it is committed, shows `Bubble`s that the terminal confirms with `Shown`, and
says `Quiet` when nothing more follows from it. Keys are made by the terminal and never repeat: after a lost
connection it sends what was not yet quiet again under the same key, and the inbox takes it once.
"""

from __future__ import annotations

from typing import Final

import msgspec

from bot.flows.exchange import Choice, Expects, File, Style

VERSION: Final = 1
LONGEST_LINE: Final = 1 << 20
"""Bytes of one message: 65,536 typed characters escaped six-fold fit twice."""


class _Message(msgspec.Struct, frozen=True, tag_field="t", omit_defaults=True):
    """One line."""


class Hello(_Message, tag="hello", frozen=True, kw_only=True):
    """A terminal opens. `person` 0 asks for the lowest number that nobody uses now; `terminal` tells it from others."""

    version: int = VERSION
    terminal: str
    person: int = 0


class Opened(_Message, tag="opened", frozen=True, kw_only=True):
    """The person looks at the talk: it begins, or goes on where it was."""

    key: str
    language: str = ""
    place: str = ""


class Typed(_Message, tag="typed", frozen=True, kw_only=True):
    """The person typed a line."""

    key: str
    text: str


class Ahead(_Message, tag="ahead", frozen=True, kw_only=True):
    """Set the clock of the writer forward by `seconds`; 0 puts it back to the real time."""

    key: str
    seconds: int


class Shown(_Message, tag="shown", frozen=True, kw_only=True):
    """The bubble with this id stands on the screen."""

    id: str


class Welcome(_Message, tag="welcome", frozen=True, kw_only=True):
    """`person`: who this terminal is. `ahead`: seconds that the writer's clock is set forward."""

    person: int
    ahead: int = 0


class Refused(_Message, tag="refused", frozen=True, kw_only=True):
    """Not done. `busy`: the person talks in another terminal; `clock`: this clock is not ours to set.

    `version`: the writer is another release. `key`: that of the message that was refused; empty for Hello.
    """

    reason: str
    key: str = ""


class Accepted(_Message, tag="accepted", frozen=True, kw_only=True):
    """What came with this key is on disk."""

    key: str


class Bubble(_Message, tag="bubble", frozen=True, kw_only=True):
    """Something to show, and perhaps a file to keep.

    `id` never repeats: a terminal that has shown it confirms again and shows nothing.
    """

    id: str
    text: str
    style: Style = "plain"
    choices: tuple[Choice, ...] = ()
    expects: Expects = ""
    file: File | None = None


class Quiet(_Message, tag="quiet", frozen=True, kw_only=True):
    """All that followed from the message with this key was shown. `ahead`: the clock after it."""

    key: str
    ahead: int = 0


ToWriter = Hello | Opened | Typed | Ahead | Shown
ToTerminal = Welcome | Refused | Accepted | Bubble | Quiet

_encoder: Final = msgspec.json.Encoder()
_to_writer: Final[msgspec.json.Decoder[ToWriter]] = msgspec.json.Decoder(ToWriter)
_to_terminal: Final[msgspec.json.Decoder[ToTerminal]] = msgspec.json.Decoder(ToTerminal)


def encode(message: ToWriter | ToTerminal) -> bytes:
    """Return the message as one line."""
    return _encoder.encode(message) + b"\n"


def decode_to_writer(line: bytes) -> ToWriter:
    """Read a line of a terminal.

    Raises:
        msgspec.MsgspecError: it is none.
    """
    return _to_writer.decode(line)


def decode_to_terminal(line: bytes) -> ToTerminal:
    """Read a line of the writer.

    Raises:
        msgspec.MsgspecError: it is none.
    """
    return _to_terminal.decode(line)

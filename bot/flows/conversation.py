"""Where someone stands: small, frozen, versioned, JSON both ways.

Only `engine` makes new ones. The JSON is an array (field order is the format): add fields at the end, with a default,
and raise VERSION when an old state must be read differently.
"""

from __future__ import annotations

from typing import Final

import msgspec

VERSION: Final = 1

# An answer: option id, own words, ISO date or time, AGS (str); number (int); ticked ids (list); or one of:
Value = str | int | list[str] | bool | None
UNKNOWN: Final = None  # "weiß ich nicht"
DECLINED: Final = False  # "möchte ich nicht sagen"

# A person who goes back further than this starts again; keeps the state under a few kilobytes.
MAX_TRAIL: Final = 40


class Frame(msgspec.Struct, frozen=True, array_like=True):
    """A place in a file: of the open question, or where a building block returns to."""

    playbook: str
    step: str


class Visit(msgspec.Struct, frozen=True, array_like=True):
    """A question that was answered: where it stood, and what its answer replaced (`had` False: nothing)."""

    at: Frame
    stack: tuple[Frame, ...]
    name: str
    had: bool = False
    before: Value = None


class Suspended(msgspec.Struct, frozen=True, array_like=True):
    """A walk that was interrupted by a check-in and goes on after it."""

    revision: str
    at: Frame
    stack: tuple[Frame, ...]
    answers: dict[str, Value]
    trail: tuple[Visit, ...]


class Seen(msgspec.Struct, frozen=True, array_like=True):
    """What the person knows of their case: its state, and what was promised until when (ISO, UTC; "" nothing)."""

    state: str = ""
    due: str = ""
    outcome: str = ""


class Desk(msgspec.Struct, frozen=True, array_like=True):
    """A coordinator's side: whose cases (`place`, an AGS) and as what, which case is at hand, and what is open.

    `asking`: the act whose words are awaited ("" none); `acts`: what the choices of the open question do.
    """

    place: str
    role: str
    number: str = ""
    asking: str = ""
    acts: tuple[str, ...] = ()


class Group(msgspec.Struct, frozen=True, array_like=True):
    """A chat of several: which municipality's notices it gets (AGS; "" none), as what, and what was `told` once."""

    place: str = ""
    role: str = ""
    told: tuple[str, ...] = ()


class Moving(msgspec.Struct, frozen=True, array_like=True):
    """A code was given out to go on in another chat. `until`: it holds (ISO, UTC); `muted`: as it was then."""

    until: str
    muted: bool = False


class Conversation(msgspec.Struct, array_like=True, omit_defaults=True):
    """Where one member stands in one revision of a playbook.

    Treated as frozen by everybody; `engine.advance` writes only to a copy of its own (a property test proves it), which
    is what keeps a turn at a few microseconds.

    `at` is the open question (None: no walk is open), `stack` where its building blocks return to. `token` names the
    question as it was sent. `picked` are the points ticked so far. `overlay` names a question of the Lotse itself that
    lies over the playbook's (see `overlays`), with its data. `trail` are the answered questions, for going back.
    `offered` are the playbooks that are offered, `nearby` those that come next when it is none of them, `refused` what
    was offered and not meant, `waiting` the other thing that was told, offered when this walk is over. `place` is the
    AGS of the employer. `muted`: the person said stopp; never write first. After a change, `kept` holds the later
    answers that are taken over ("file:step") and `already` the steps that need not be said again. `code`: keyed hash
    (hex) of the code by which the person is `staff`; when it has ended it stays until the person is told. `seen` is
    what the person knows of the case, `held` what is to be said about it once it may (JSON of `CaseNews`),
    `human_until` until when a human answers instead, `mood` the last answer of a check-in to how it is going,
    `check_in_since` when the last check-in was asked.
    `follow` is the playbook of the check-ins that are agreed, `hour` the local time that the person chose for them,
    `deadlines` are the days that are reminded of ("kind:ISO day"), `keep_until` the last of them (ISO day; "" none):
    so long the conversation is kept. Until a case is opened, `sender` is the name that
    is to stand in it ("" none), `involved` the roles of coordinators who must not see it. `group`: no person is here,
    but several; there is nothing else then. `moving`: a code was given out to go on in another chat; `arriving`: this
    chat waits for the conversation of one. `worried` is when the Lotse last asked on a guess whether it is a crisis, or
    was told that it is none (ISO, UTC; "" never).
    """

    version: int = VERSION
    language: str = ""
    revision: str = ""
    at: Frame | None = None
    stack: tuple[Frame, ...] = ()
    answers: dict[str, Value] = {}
    token: str = ""
    tries: int = 0
    picked: tuple[str, ...] = ()
    overlay: str = ""
    overlay_data: tuple[str, ...] = ()
    trail: tuple[Visit, ...] = ()
    offered: tuple[str, ...] = ()
    place: str = ""
    staff: bool = False
    muted: bool = False
    greeted: bool = False
    case: str = ""
    check_ins: tuple[str, ...] = ()
    suspended: Suspended | None = None
    kept: dict[str, Value] = {}
    already: tuple[str, ...] = ()
    code: str = ""
    seen: Seen | None = None
    held: tuple[str, ...] = ()
    human_until: str = ""
    desk: Desk | None = None
    nearby: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    mood: int | None = None
    follow: str = ""
    hour: str = ""
    deadlines: tuple[str, ...] = ()
    sender: str = ""
    involved: tuple[str, ...] = ()
    keep_until: str = ""
    check_in_since: str = ""
    group: Group | None = None
    moving: Moving | None = None
    arriving: bool = False
    worried: str = ""


EMPTY: Final = Conversation()

_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Conversation)


def encode(conversation: Conversation) -> bytes:
    """JSON, UTF-8."""
    return _encoder.encode(conversation)


def decode(data: bytes) -> Conversation:
    """The conversation from its JSON.

    Raises:
        msgspec.ValidationError: not a conversation of a version that this program reads.
    """
    return _decoder.decode(data)

"""What crosses the wall of the engine: an Incoming goes in, Effects come out; nothing else.

The types are msgspec structs: immutable, JSON both ways (`encode`, `decode_incoming`, `decode_effect`), tagged by `t`.
Times are aware datetimes in UTC. Nothing here knows of transports, databases or people's accounts.
"""

from __future__ import annotations

import datetime as dt
from typing import Final, Literal

import msgspec


class Transport(msgspec.Struct, frozen=True):
    """What the transport of a conversation can do. `encrypted`: nobody between the two ends can read along.

    `edits`: a sent message can be changed. `real`: people in need may be on it, so drafts are refused. `takes_back`:
    hours for which a sent message can be deleted there when a person is forgotten (0: never, or nothing limits it).
    `redacts`: at any time what was said can be emptied for everybody, by whoever may. `one_way`: nobody can answer on
    it. `files`: it takes files of ours; where it is not `encrypted` only after a choice. `limited`: it takes only so
    many messages a second, of all chats together.
    """

    name: str = "terminal"
    encrypted: bool = True
    edits: bool = False
    real: bool = False
    takes_back: int = 0
    redacts: bool = False
    one_way: bool = False
    files: bool = False
    limited: bool = False


Unread = Literal[
    "voice",
    "photo",
    "video",
    "sticker",
    "location",
    "contact",
    "file",
    "poll",
    "edit",
    "undecryptable",
    "group",
    "other",
]


class _Incoming(msgspec.Struct, frozen=True, tag_field="t", omit_defaults=True, kw_only=True):
    """`seed`: 24 hex digits, HMAC(key, inbox id), made outside: question tokens and case numbers come from it.

    `lapsed`: the code by which the person was staff of a municipality holds no more, looked up outside.
    `readers`: how many coordinators are connected where the person works, `desks`: in which roles, `groups`: with which
    roles groups are told there; looked up outside.
    """

    seed: str = ""
    lapsed: bool = False
    readers: int = 0
    desks: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()


class Started(_Incoming, frozen=True, tag="started"):
    """The person opened the chat or said /start. `payload` is what a link carried, else empty."""

    payload: str = ""
    language: str = ""


class Offered(msgspec.Struct, frozen=True, array_like=True):
    """A playbook that the words may mean, found outside (`matching`); score 0 to 1."""

    playbook: str
    score: float


Distress = Literal["", "self", "others"]
"""Whether words may speak of a crisis of whoever writes them, or of somebody else; "" when nothing speaks for it."""


class Said(_Incoming, frozen=True, tag="said"):
    """A typed message, cleaned (`reading.clean`). `offered`: what matching found in it, best first.

    `told`: the playbooks of two things that it tells, the more urgent first; else empty.
    `distress`: what the learned part heard where the word lists may be silent; a guess, found outside.
    `wishes`: commands (`commands.Command`) that it may ask for, the likeliest first; guesses as well.
    `chat`: the topic of small talk (`commands.TOPICS`) that it may be, where it asks for nothing; a guess too.
    """

    text: str
    cut: bool = False
    offered: tuple[Offered, ...] = ()
    told: tuple[str, ...] = ()
    distress: Distress = ""
    wishes: tuple[str, ...] = ()
    chat: str = ""


class Pressed(_Incoming, frozen=True, tag="pressed"):
    """A tap on option `option` (0-based) of the question that carries `token`."""

    token: str
    option: int


class Unreadable(_Incoming, frozen=True, tag="unreadable"):
    """Something came that the Lotse cannot read."""

    what: Unread


class TimerFired(_Incoming, frozen=True, tag="timer"):
    """An alarm that an earlier Turn set. `late`: how many seconds after its time."""

    name: str
    about: str
    late: int = 0


class Resumed(_Incoming, frozen=True, tag="resumed"):
    """We were away while a question was open: it is asked once more (guarantees B2)."""


class CodeGiven(_Incoming, frozen=True, tag="code"):
    """The person gave the code of a municipality, in a message, or in the link that `opened` the chat.

    `place`: the key that it stands for, looked up outside; empty when the code holds for none, whatever the reason.
    `code`: the keyed hash of the code, hex; empty with `place`.
    """

    place: str = ""
    code: str = ""
    opened: bool = False
    language: str = ""


class InviteGiven(_Incoming, frozen=True, tag="invite"):
    """The person gave an invitation to coordinate. Whether it holds comes as `DeskNews` once it is redeemed."""

    language: str = ""


class MoveGiven(_Incoming, frozen=True, tag="move_given"):
    """The person gave a code to go on in this chat with a conversation of another one.

    `holds`: it does, looked up outside. `here`: it was given out in this very chat. `opened`: in a link.
    """

    holds: bool = False
    here: bool = False
    opened: bool = False
    language: str = ""


class MoveAsked(_Incoming, frozen=True, tag="move_asked"):
    """Another chat has given the code of this conversation and wants it. `to`: its number; 0: it wants it no more.

    `transport`, `real`: where that chat is.
    """

    to: int = 0
    transport: str = ""
    real: bool = False


class MoveNews(_Incoming, frozen=True, tag="move_news"):
    """What came of wanting to move: a `code` that holds until `until`; or it was refused, or that channel is closed."""

    what: Literal["code", "refused", "closed"]
    code: str = ""
    until: dt.datetime | None = None

    def __repr__(self) -> str:
        return f"MoveNews({self.what})"


class Arrived(_Incoming, frozen=True, tag="arrived"):
    """A conversation comes from another chat: its `state` (JSON of a Conversation) and its alarms, as they were set.

    `missed`: what was to be said there and is not known to have arrived, without questions.
    """

    state: str
    alarms: tuple[Remind, ...] = ()
    missed: tuple[Send, ...] = ()

    def __repr__(self) -> str:
        return "Arrived()"


News = Literal[
    "reported",
    "accept",
    "answer",
    "promise",
    "promise_broken",
    "clarify",
    "agree",
    "hand_over",
    "step_back",
    "check_in",
    "close",
    "reopen",
    "withdraw",
    "escalate",
    "nobody",
    "erased",
    "not_done",
    "contents",
]


class CaseNews(_Incoming, frozen=True, tag="case_news"):
    """Something happened to the person's own case. `text`: what a human wrote, or the outcome; `due`: of a promise.

    `contents`: what the case says, `lines` and `notes`, as the person asked for (`text`: in which form).
    """

    number: str
    what: News
    state: str = ""
    text: str = ""
    due: dt.datetime | None = None
    lines: tuple[Line, ...] = ()
    notes: tuple[CaseNote, ...] = ()


class Line(msgspec.Struct, frozen=True, array_like=True):
    """One line of a case: the answer's name, the question in short, what was said; both in the person's language."""

    name: str
    short: str
    value: str


class CaseNote(msgspec.Struct, frozen=True, array_like=True):
    """What was added to a case since: its kind (`nachtrag`, `nachricht`, `antwort`, `notiz`, `aufgabe`), when, what."""

    kind: str
    at: dt.datetime
    text: str


class CaseRow(msgspec.Struct, frozen=True, array_like=True):
    """A case in the list of a coordinator, without content. `due`: until when it must be accepted, or was promised."""

    number: str
    incident: str
    state: str
    opened: dt.datetime
    due: dt.datetime | None = None
    mine: bool = False


DeskWhat = Literal[
    "joined",
    "invitation_refused",
    "notice",
    "reminder",
    "escalated",
    "nobody",
    "taken",
    "message",
    "promise_soon",
    "promise_broken",
    "nudge",
    "withdrawn",
    "over",
    "done",
    "refused",
    "shown",
    "listed",
    "group_code",
    "group_only",
    "group_joined",
    "group_left",
    "moved",
    "unpaired",
]


class DeskNews(_Incoming, frozen=True, tag="desk_news"):
    """Something for a coordinator or a group. Only `shown` has content.

    `about`: the act that was done or refused, the role, or the code for a group. `reason`: why it was refused.
    `rows`: the cases of the municipality that are open.
    """

    what: DeskWhat
    number: str = ""
    incident: str = ""
    about: str = ""
    reason: str = ""
    place: str = ""
    state: str = ""
    due: dt.datetime | None = None
    urgent: bool = False
    lines: tuple[Line, ...] = ()
    notes: tuple[CaseNote, ...] = ()
    rows: tuple[CaseRow, ...] = ()


class Stopped(_Incoming, frozen=True, tag="stopped"):
    """The person blocked the bot or left the room."""


GroupWord = Literal["added", "pair", "part", "act", "help", "emergency"]


class GroupSaid(_Incoming, frozen=True, tag="group_said"):
    """In a chat of several the Lotse was `added`, or somebody used a word that it obeys there; no more is taken in.

    `text`: what stood behind "verbinden", emptied once it is judged; `public`: anybody can enter or read there.
    """

    what: GroupWord
    text: str = ""
    public: bool = False


class GroupLeft(_Incoming, frozen=True, tag="group_left"):
    """Somebody has put the Lotse out of a chat of several, or nobody else is left there."""


class GroupMoved(_Incoming, frozen=True, tag="group_moved"):
    """The transport has given a chat of several another address, `to`."""

    to: str

    def __repr__(self) -> str:
        return "GroupMoved()"


Incoming = (
    Started
    | Said
    | Pressed
    | Unreadable
    | TimerFired
    | Resumed
    | CodeGiven
    | InviteGiven
    | MoveGiven
    | MoveAsked
    | MoveNews
    | Arrived
    | CaseNews
    | DeskNews
    | Stopped
    | GroupSaid
    | GroupLeft
    | GroupMoved
)


class Choice(msgspec.Struct, frozen=True, array_like=True, omit_defaults=True):
    """One thing to tap or type: its label, a hint, whether it is ticked, and whether it is one that can be ticked.

    `boxed` is said once something is ticked, or may be struck: before that a list is a list.
    """

    label: str
    hint: str = ""
    ticked: bool = False
    boxed: bool = False


# About a TimerFired: what was held back for the night is shown.
HELD: Final = "held"

# About a TimerFired: the conversation is deleted soon; its name ends with ":" and the days that are left.
EXPIRY: Final = "expiry"

PaperForm = Literal["pdf", "json", "text"]
"""A file, or words to copy."""


class Entry(msgspec.Struct, frozen=True, array_like=True):
    """One part of a paper: what it is about, and what was said."""

    title: str
    text: str


class Paper(msgspec.Struct, frozen=True):
    """Something that a person takes away. `name`: of the file, without its ending; `hash`: of what it says, hex."""

    name: str
    form: PaperForm
    title: str
    made: str
    entries: tuple[Entry, ...]
    note: str
    hash: str

    def __repr__(self) -> str:
        return "Paper()"


class File(msgspec.Struct, frozen=True):
    """A paper as a transport gets it. It is made anew for each try and stored nowhere."""

    name: str
    media: str
    data: bytes

    def __repr__(self) -> str:
        return "File()"


Style = Literal["plain", "question", "emergency", "copy", "contact", "notice"]
Expects = Literal["", "option", "options", "text", "number", "when", "place"]


class _Effect(msgspec.Struct, frozen=True, tag_field="t", omit_defaults=True, kw_only=True):
    """One thing that the engine wants done."""


class Send(_Effect, frozen=True, tag="send"):
    """One message to the person; plain text, escaped by the transport as its last step.

    A question carries `token`, what it `expects`, and its `choices` in order. The transport numbers them from 1 where
    `expects` is "option" or "options" (a bare number is then the option's number); elsewhere a number is the answer
    itself, and choices ("Weiß ich nicht") are tapped or typed by their label.
    `urgent` does not wait behind others. `confidential` choices are never shown as reactions or the like: what a
    playbook calls so, and every question about danger or about what happened. `paper`: goes along as a file, which the
    ledger makes of it (`file`) on its way out.
    """

    text: str
    style: Style = "plain"
    choices: tuple[Choice, ...] = ()
    token: str = ""
    expects: Expects = ""
    confidential: bool = False
    urgent: bool = False
    paper: Paper | None = None
    file: File | None = None


class Settle(_Effect, frozen=True, tag="settle"):
    """The question with `token` is answered: transports that can, edit it to show `chosen` (label texts)."""

    token: str
    chosen: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()


class Remind(_Effect, frozen=True, tag="remind"):
    """Wake this conversation at `due` with TimerFired(name, about). The same name replaces an earlier one.

    `useless_after`: seconds after which it is dropped instead of delivered late.
    """

    name: str
    about: str
    due: dt.datetime
    useless_after: int = 86_400


class CancelTimers(_Effect, frozen=True, tag="cancel"):
    """Forget alarms whose name begins with `prefix` (empty: all)."""

    prefix: str = ""


class OpenCase(_Effect, frozen=True, tag="open_case"):
    """Store exactly these lines as a case. The number was shown to the person in the same turn.

    `shared`: the person agreed that coordinators are told at once; else it is stored and nobody is told. `without`:
    roles that are involved, as the person says: whoever has one of them never sees the case.
    """

    number: str
    incident: str
    place: str
    lines: tuple[Line, ...]
    shared: bool = False
    without: tuple[str, ...] = ()


class AddToCase(_Effect, frozen=True, tag="add_to_case"):
    """A correction or addition to an open case; nothing is rewritten."""

    number: str
    text: str


CaseWord = Literal[
    "accept",
    "read",
    "answer",
    "note",
    "task",
    "promise",
    "check_in",
    "snooze",
    "clarify",
    "agree",
    "hand_over",
    "step_back",
    "close",
    "message",
    "reopen",
    "withdraw",
]


class CaseAct(_Effect, frozen=True, tag="case_act"):
    """Do something with a case, as the person whose it is or as a coordinator (`bot.cases.procedure`).

    Whether it could be done is decided by the books and comes back as `CaseNews` or `DeskNews`. `text`: what is added
    or answered, or the outcome; `due`: until when something is promised, or postponed.
    """

    number: str
    act: CaseWord
    text: str = ""
    due: dt.datetime | None = None


class ShowCase(_Effect, frozen=True, tag="show_case"):
    """Send the person what their own case says; it comes as `CaseNews`."""

    number: str
    form: PaperForm = "pdf"


class ListCases(_Effect, frozen=True, tag="list_cases"):
    """Send this coordinator the list of open cases; it comes as `DeskNews`."""


class LeaveDesk(_Effect, frozen=True, tag="leave_desk"):
    """This chat coordinates no more; cases that it held are free for others. A group gets no notices any more."""


class PairGroup(_Effect, frozen=True, tag="pair_group"):
    """Give this coordinator a code with which a group or room gets notices; it comes as `DeskNews`."""


class MoveGroup(_Effect, frozen=True, tag="move_group"):
    """Notices for this group go to the chat at the address `to` of the same account from now on."""

    to: str

    def __repr__(self) -> str:
        return "MoveGroup()"


class Forget(_Effect, frozen=True, tag="forget"):
    """Delete everything about this person here; remote messages are redacted where the transport can."""


class OfferMove(_Effect, frozen=True, tag="offer_move"):
    """Make a code for this conversation, in place of an earlier one; it comes as `MoveNews`."""


class TakeMove(_Effect, frozen=True, tag="take_move"):
    """Fetch the conversation whose code was given here last. It comes as `Arrived`, or not as `MoveNews`.

    `transport`, `real`: where this chat is.
    """

    transport: str = ""
    real: bool = False


class HandOver(_Effect, frozen=True, tag="hand_over"):
    """Give this conversation (`state`, JSON) with its cases and alarms to chat `to`, and forget it here; or `refused`.

    `to` gets what comes as `Arrived`, or why not as `MoveNews`.
    """

    to: int
    state: str = ""
    refused: Literal["", "refused", "closed"] = ""

    def __repr__(self) -> str:
        return "HandOver()"


class AlertContact(_Effect, frozen=True, tag="alert"):
    """A human should know, without content: `reason` is a fixed word."""

    reason: Literal["parked", "refused", "asked_for_human"]


class Count(_Effect, frozen=True, tag="count"):
    """A counter without person or content ("crisis_text_shown")."""

    name: Literal["crisis_text_shown", "violence_text_shown", "matched", "not_matched", "human_offered"]


class Finish(_Effect, frozen=True, tag="finish"):
    """A playbook ended. For statistics: which, and with which outcome."""

    playbook: str
    outcome: str


Effect = (
    Send
    | Settle
    | Remind
    | CancelTimers
    | OpenCase
    | AddToCase
    | CaseAct
    | ShowCase
    | ListCases
    | LeaveDesk
    | PairGroup
    | MoveGroup
    | Forget
    | OfferMove
    | TakeMove
    | HandOver
    | AlertContact
    | Count
    | Finish
)

_encoder = msgspec.json.Encoder()
_incoming: msgspec.json.Decoder[Incoming] = msgspec.json.Decoder(Incoming)
_effect: msgspec.json.Decoder[Effect] = msgspec.json.Decoder(Effect)


def encode(thing: Incoming | Effect) -> bytes:
    """JSON of an Incoming or Effect, UTF-8."""
    return _encoder.encode(thing)


def decode_incoming(data: bytes) -> Incoming:
    """An Incoming from its JSON.

    Raises:
        msgspec.ValidationError: not an Incoming of this version.
    """
    return _incoming.decode(data)


def decode_effect(data: bytes) -> Effect:
    """An Effect from its JSON.

    Raises:
        msgspec.ValidationError: not an Effect of this version.
    """
    return _effect.decode(data)

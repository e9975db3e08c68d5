"""Messages as Telegram shows them: HTML, escaped as the very last step, and buttons in rows.

Owns: how a message of the Lotse looks there. A choice is a button and stays a word that can be typed; a label that a
button would cut stands whole in the text, with its number on the button. What was chosen is shown in the question.
"""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import Final, NamedTuple

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.adapters.base_pieces import split, units
from bot.flows.exchange import Choice, File, Send

WIDEST_BUTTON: Final = 40
"""Letters that a button shows on a phone. Playbooks keep to it; lines of a case, and answers, may be longer."""

WIDEST_ROW: Final = 26
MOST_IN_ROW: Final = 3
"""Letters that buttons side by side may have together: they share the width evenly, so the widest counts for each."""

TICKED: Final = "☑ "
CHOSEN: Final = "✓ "
LONGEST: Final = 4000
"""UTF-16 units. Telegram takes 4,096 characters after entities; clients count UTF-16, the published server code points.
What is left over is for the mark that shows the choice."""

LONGEST_EDITED: Final = 4096
"""UTF-16 units that Telegram takes; new messages stay below, so that the choice has room."""

LONGEST_CAPTION: Final = 1024
"""UTF-16 units below a file."""

_NOTHING: Final = "…"
"""Telegram takes no empty message."""


class Piece(NamedTuple):
    """One message. `html`: what is sent; `plain`: the same without any markup, should the server not take it.

    `file`: what the words stand below, then.
    """

    html: str
    plain: str
    keyboard: InlineKeyboardMarkup | None
    file: File | None = None

    def __repr__(self) -> str:
        return "Piece()"


def compose(send: Send, choices: Sequence[Choice] | None = None) -> list[Piece]:
    """The messages that show this one, at least one; buttons are below the last.

    `choices`: in place of its own, when some are ticked by now.
    """
    shown = send.choices if choices is None else tuple(choices)
    text = send.text.strip() or _NOTHING
    below = [f"{number}  {one.label}" for number, one in enumerate(shown, 1) if _is_wide(one)]
    below += [f"{one.label}: {one.hint}" for one in shown if one.hint and not _is_wide(one)]
    if below:
        text = f"{text}\n\n" + "\n".join(below)
    parts = split(text, LONGEST)
    pieces = [Piece(_mark_up(part, send), part, None) for part in parts]
    if shown:
        last = pieces[-1]
        pieces[-1] = last._replace(plain=_listed(last.plain, shown), keyboard=_keyboard(send, shown))
    if send.file is not None:
        if units(pieces[-1].plain) > LONGEST_CAPTION:
            pieces.append(Piece("", "", None))
        pieces[-1] = pieces[-1]._replace(file=send.file)
    return pieces


def settled(send: Send, chosen: Sequence[str]) -> str | None:
    """The last message of an answered question, with what was chosen below it, as HTML; None when it does not fit."""
    if not chosen:
        return None
    question = compose(send)[-1].html
    answer = "\n".join(f"{CHOSEN}<b>{html.escape(label, quote=False)}</b>" for label in chosen)
    whole = f"{question}\n\n{answer}"
    return whole if units(html.unescape(whole)) <= LONGEST_EDITED else None


def _mark_up(part: str, send: Send) -> str:
    escaped = html.escape(part, quote=False)
    match send.style:
        case "copy":
            # A tap on it copies it.
            return f"<pre>{escaped}</pre>"
        case "contact":
            name, newline, rest = escaped.partition("\n")
            return f"<b>{name}</b>{newline}{rest}"
        case "notice":
            return f"<i>{escaped}</i>"
        case _:
            return escaped


def _is_wide(choice: Choice) -> bool:
    return units(choice.label) > WIDEST_BUTTON


def _keyboard(send: Send, choices: Sequence[Choice]) -> InlineKeyboardMarkup:
    buttons = [
        InlineKeyboardButton(_face(number, choice, send), callback_data=f"{send.token}:{number - 1}")
        for number, choice in enumerate(choices, 1)
    ]
    return InlineKeyboardMarkup(_rows(buttons))


def _face(number: int, choice: Choice, send: Send) -> str:
    label = str(number) if _is_wide(choice) else choice.label
    return f"{TICKED}{label}" if send.expects == "options" and choice.ticked else label


def _rows(buttons: Sequence[InlineKeyboardButton]) -> list[list[InlineKeyboardButton]]:
    """Side by side what is short enough, in order."""
    rows: list[list[InlineKeyboardButton]] = []
    for button in buttons:
        row = [*rows[-1], button] if rows else []
        if row and len(row) <= MOST_IN_ROW and max(units(one.text) for one in row) * len(row) <= WIDEST_ROW:
            rows[-1] = row
        else:
            rows.append([button])
    return rows


def _listed(text: str, choices: Sequence[Choice]) -> str:
    """A question for a server that takes no buttons: its choices to be typed; the wide ones stand there already."""
    rest = [f"{number}  {one.label}" for number, one in enumerate(choices, 1) if not _is_wide(one)]
    return f"{text}\n\n" + "\n".join(rest) if rest else text

"""How a message of ours looks: formatted text with a plain form beside it, numbered options, edits.

The content is what stands in an event before it is encrypted. Texts are escaped here, as the last step: no markup of
anybody is ever read. HTML is what the specification lets clients show (Matrix 1.15, m.text).
"""

from __future__ import annotations

import html
import json
import re
from typing import Any, Final

from bot.adapters.base_pieces import split
from bot.flows.exchange import Choice, Send, Settle

QUESTION: Final = "de.komma-lotse.question"
"""Field of our own in a question's (encrypted) content: its token, by which a reaction to it is understood."""

LONGEST: Final = 6_000
"""UTF-16 units of one event's text: with six bytes each, as JSON escapes them, encrypted and in base64 below 64 KiB."""

LARGEST: Final = 45_000
"""Bytes of a content as JSON: encrypted it is a third larger, and an event has at most 65,536. Up to half of it the
formatted form goes along: an edit carries all of it twice."""

_STEERING: Final = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f]")
_NUMBERS: Final = re.compile(r"(?<!\d)(11[02])(?!\d)")
"""Police and rescue: what must catch the eye in an emergency text."""
_NUMBERED: Final = ("", "option", "options")


def write(send: Send) -> list[dict[str, Any]]:
    """The events of one message; more than one only when it is very long. A question stands in the last."""
    *first, last = split(_harmless(send.text), LONGEST)
    events = [_text(part, _formatted(part, send.style)) for part in first]
    plain = "\n\n".join(filter(None, [last, _list(send)]))
    event = _text(plain, _formatted(last, send.style) + _html_list(send))
    if send.token:
        event[QUESTION] = {"token": send.token, "options": len(send.choices)}
    return [*events, event]


def rewrite(question: Send, settle: Settle) -> dict[str, Any]:
    """The question as it looks once it is answered, or with other ticks."""
    *_, text = split(_harmless(question.text), LONGEST)  # of a very long one the event in which the question stands
    if settle.choices:
        changed = Send(text=text, style=question.style, choices=settle.choices, expects=question.expects)
        plain = "\n\n".join(filter(None, [text, _list(changed)]))
        return _text(plain, _formatted(text, question.style) + _html_list(changed))
    chosen = [_harmless(label) for label in settle.chosen]
    plain = "\n\n".join([text, *(f"✓ {label}" for label in chosen)])
    marked = "".join(f"<p>✓ <strong>{html.escape(label)}</strong></p>" for label in chosen)
    return _text(plain, _formatted(text, question.style) + marked)


def edit(remote_id: str, content: dict[str, Any]) -> dict[str, Any]:
    """The event that replaces another one; clients that know no edits show it as a new message with a star."""
    shown = content if len(json.dumps(content)) <= LARGEST // 2 else {"msgtype": content["msgtype"], "body": "…"}
    return {
        **shown,
        "body": f"* {shown['body']}",
        "m.new_content": content,
        "m.relates_to": {"rel_type": "m.replace", "event_id": remote_id},
    }


def notice(text: str) -> dict[str, Any]:
    """Something that the adapter says by itself; programs do not answer to notices."""
    return {**_text(text, _formatted(text, "notice")), "msgtype": "m.notice"}


def in_thread(content: dict[str, Any], root: str) -> dict[str, Any]:
    """The same message in a thread; clients that know none show it as a reply."""
    if "m.relates_to" in content:
        return content
    relation = {
        "rel_type": "m.thread",
        "event_id": root,
        "is_falling_back": True,
        "m.in_reply_to": {"event_id": root},
    }
    return {**content, "m.relates_to": relation}


def keycap(number: int) -> str:
    """The reaction that stands for an option, 1 to 10."""
    return "🔟" if number == len(_KEYCAPS) else f"{number}\ufe0f\u20e3"


_KEYCAPS: Final = "0123456789"


def option_of(reaction: str) -> int | None:
    """The option that a reaction stands for, counted from 0; None for any other."""
    bare = reaction.replace("\ufe0f", "").replace("\u20e3", "")
    if bare == "🔟":
        return 9
    return int(bare) - 1 if len(bare) == 1 and bare in _KEYCAPS[1:] and reaction != bare else None


def _text(plain: str, formatted: str) -> dict[str, Any]:
    content: dict[str, Any] = {"msgtype": "m.text", "body": plain, "m.mentions": {}}
    rich = content | {"format": "org.matrix.custom.html", "formatted_body": formatted}
    return rich if len(json.dumps(rich)) <= LARGEST // 2 else content


def _formatted(text: str, style: str) -> str:
    escaped = html.escape(text, quote=False)
    if style == "copy":
        return f"<pre><code>{escaped}</code></pre>"
    paragraphs = ["<p>{}</p>".format(part.replace("\n", "<br>")) for part in re.split(r"\n{2,}", escaped) if part]
    formatted = "".join(paragraphs)
    return _NUMBERS.sub(r"<strong>\1</strong>", formatted) if style == "emergency" else formatted


def _list(send: Send) -> str:
    numbered = send.expects in _NUMBERED
    lines = []
    for number, choice in enumerate(send.choices, 1):
        mark = f"{number}." if numbered else "–"
        lines.append(f"{mark} {_tick(choice)}{_face(choice)}")
    return "\n".join(lines)


def _html_list(send: Send) -> str:
    if not send.choices:
        return ""
    kind = "ol" if send.expects in _NUMBERED else "ul"
    items = "".join(f"<li>{_tick(one)}{html.escape(_face(one))}</li>" for one in send.choices)
    return f"<{kind}>{items}</{kind}>"


def _face(choice: Choice) -> str:
    """The label, and what else it stands for."""
    return _harmless(f"{choice.label} ({choice.hint})" if choice.hint else choice.label)


def _tick(choice: Choice) -> str:
    """A box where one can be ticked; what ends the list has none."""
    if choice.ticked:
        return "☑ "
    return "☐ " if choice.boxed else ""


def _harmless(text: str) -> str:
    """Without control characters; a tab becomes a space."""
    return _STEERING.sub(lambda found: " " if found[0] == "\t" else "", text)

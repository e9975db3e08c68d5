"""Telegram's HTML, read as strictly as it may be: what is shown, and what is wrong with it.

Source: https://core.telegram.org/bots/api#html-style.
"""

from __future__ import annotations

import html
import re
from typing import Final

_TOKEN: Final = re.compile(r"<(/?)([a-z-]+)((?:\s[^<>]*)?)>|([<>])|&(lt|gt|amp|quot|#\d{1,7}|#x[0-9a-f]{1,6});|(&)")
_TAGS: Final = frozenset("b strong i em u ins s strike del span tg-spoiler a tg-emoji code pre blockquote".split())
_WITH_MORE: Final = frozenset({"a", "span", "tg-emoji", "code", "blockquote"})


def read(text: str) -> tuple[str, list[str]]:
    """The text without its markup, and what is wrong: a tag that is none, one that is not closed, a bare "<" or "&"."""
    shown, problems, open_tags, place = "", [], [], 0
    for found in _TOKEN.finditer(text):
        shown += text[place : found.start()]
        place = found.end()
        closing, tag, more, bare, entity, ampersand = found.groups()
        if entity:
            shown += html.unescape(found[0])
        elif bare or ampersand:
            problems.append(f"can't parse entities: bare {found[0]}")
        elif tag not in _TAGS or (more and tag not in _WITH_MORE):
            problems.append(f'can\'t parse entities: Unsupported start tag "{tag}"')
        elif not closing:
            open_tags.append(tag)
        elif not open_tags or open_tags.pop() != tag:
            problems.append(f'can\'t parse entities: Unexpected end tag "{tag}"')
    if open_tags:
        problems.append(f"can't parse entities: Can't find end tag \"{open_tags[-1]}\"")
    return shown + text[place:], problems

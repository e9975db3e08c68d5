"""Texts in the person's language, with their blanks filled.

A blank is `{name}`; what a person wrote is set between U+2068 and U+2069 (Unicode UAX #9, isolates), so that its
direction cannot turn the text around it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TypeVar

from bot.flows.sentences import SENTENCES

T = TypeVar("T")

BLANK = re.compile(r"\{([a-z][a-z0-9_]*)\}")
RESERVED = ("notruf", "heute", "ort", "nummer", "tage")
GAP = "________"


def pick(texts: Mapping[str, T], language: str) -> T:
    """The text in this language; its base language ("de" for "de-simple"), German, or any, where it is missing."""
    found = texts.get(language)
    if found is None:
        found = texts.get(language.partition("-")[0]) or texts.get("de") or next(iter(texts.values()))
    return found


def phrase(key: str, language: str, **values: object) -> str:
    """One of the Lotse's own sentences."""
    text = pick(SENTENCES[key], language)
    return text.format(**values) if values else text


def isolate(words: str) -> str:
    """A person's words, so that they cannot change the direction of what stands around them."""
    return f"\u2068{words}\u2069"


def fill(text: str, value_of: Callable[[str], str]) -> str:
    """Put values in the blanks."""
    return BLANK.sub(lambda found: value_of(found[1]), text) if "{" in text else text


def join(parts: list[str], language: str) -> str:
    """Join what belongs to one list: a, b und c."""
    return _join(parts, " and " if language == "en" else " und ")


def join_or(labels: list[str], language: str) -> str:
    """Join what can be chosen, each in quotation marks: „Ja, bald“ oder „Nein“."""
    opening, closing, last = ("“", "”", " or ") if language == "en" else ("„", "“", " oder ")
    return _join([f"{opening}{label}{closing}" for label in labels], last)


def _join(parts: list[str], last: str) -> str:
    return ", ".join(parts[:-1]) + last + parts[-1] if len(parts) > 1 else "".join(parts)

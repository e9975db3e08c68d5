"""What is heard in a group: the few words that the Lotse obeys there, and nothing else of what people write.

Owns: these words. What is no such word is never handed on, so it is nowhere stored.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from bot.flows.exchange import GroupSaid, GroupWord

_WORDS: Final[Mapping[GroupWord, str]] = {
    "pair": "start verbinden connect koppeln",
    "part": "abmelden trennen disconnect",
    "help": "hilfe help info status",
    "emergency": "notruf emergency",
    "act": "annehmen übernehmen uebernehmen lesen antworten notiz aufgabe versprechen zusagen nachfrage zurückstellen "
    "zurueckstellen klärung klaerung maßnahmen massnahmen weitergeben befangen schließen schliessen fälle faelle "
    "vorgang gruppe",
}
_MEANT: Final[Mapping[str, GroupWord]] = {word: what for what, words in _WORDS.items() for word in words.split()}
_SHAPE: Final = re.compile(r"(/?)(\w{1,32})(?:@\w{1,64})?(?:[\s:,]+(.*))?", re.DOTALL)
_CODE: Final = re.compile(
    r"\b(?:GRUPPE|KOORDINATION)(?:(?:\s*-\s*[0-9A-Z]{1,8}){3,9}|[0-9A-Z]{16,48})(?![0-9A-Z])", re.IGNORECASE
)
_NUMBER: Final = re.compile(r"(?:nr\.?\s*)?\d{4}[ ./-]?\d{4}\.?", re.IGNORECASE)


def heard(text: str, *, only_commands: bool, public: bool = False) -> GroupSaid | None:
    """The word that somebody means us with; None for all that people say to each other.

    `only_commands`: words count with a "/" before them only; else as a whole message too, or with what belongs to them.
    """
    found = _SHAPE.fullmatch(text.strip())
    slash, word, rest = (found[1], found[2].lower(), (found[3] or "").strip()) if found else ("", "", "")
    if only_commands and not slash:
        return None
    what = _MEANT.get(word, "help" if only_commands else None)
    code = _CODE.search(text)
    if code is not None and (what == "pair" or (not slash and not only_commands)):
        return GroupSaid(what="pair", text=code[0], public=public)
    if what is None or not (slash or not rest or (what == "act" and _NUMBER.fullmatch(rest))):
        return None
    return GroupSaid(what="help" if what == "pair" else what, public=public)

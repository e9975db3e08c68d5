"""Words that the bot obeys at every step, and small talk.

Owns: the commands of the shared page `decisions.md` ("Words that the bot obeys"), in which words people give them,
and the topics of small talk. A command is a whole message, never a word inside a sentence. The engine looks for
option labels first, then for a command; at a question for free text it asks `recognise_word` only, so that an answer
that sounds like a polite command stays an answer.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Mapping
from typing import Final

from rapidfuzz.distance import OSA

from bot.flows.reading import fold
from bot.flows.words import command_words, language_words, smalltalk_words
from bot.flows.words.phrases import PhraseBook

SHORTEST_TYPO: Final = 5
"""Letters that a command word needs before a typo in it is forgiven."""

LONGEST_COMMAND: Final = 40
"""Letters of a message that may still be a command word with typos."""

_STRETCHED: Final = re.compile(r"(\w)\1\1+")

_TWO_TYPOS_FROM: Final = 9
"""Letters from which two typos are forgiven instead of one."""


class Command(enum.StrEnum):
    """What a person can ask for at every step. The values are the ids of `lotse match`."""

    HILFE = "hilfe"
    ABBRECHEN = "abbrechen"
    STOPP = "stopp"
    NEU = "neu"
    ZURUECK = "zurueck"
    AENDERN = "aendern"
    WIEDERHOLEN = "wiederholen"
    UEBERSPRINGEN = "ueberspringen"
    NOTRUF = "notruf"
    MENSCH = "mensch"
    STATUS = "status"
    LOESCHEN = "loeschen"
    SPRACHE = "sprache"
    DATEN = "daten"
    VORGANG = "vorgang"
    PROTOKOLL = "protokoll"
    UMZIEHEN = "umziehen"


def recognise(folded: str, *, typos: bool = True) -> Command | None:
    """Return the command that the whole message is, strict or polite; `folded` comes from `reading.fold`."""
    return recognise_word(folded, typos=typos) or recognise_sentence(folded)


def recognise_word(folded: str, *, typos: bool = True) -> Command | None:
    """Return the command that the message names by its bare word ("stopp", "/stopp", "stpp" is none: too short)."""
    if (exact := _WORDS.get(folded)) is not None:
        return exact
    if typos and len(folded) <= LONGEST_COMMAND and (stretched := _find_stretched(folded)) is not None:
        return stretched
    if not typos or not SHORTEST_TYPO <= len(folded) <= LONGEST_COMMAND or folded in _NO_TYPOS:
        return None
    return _nearest(folded)


def _find_stretched(folded: str) -> Command | None:
    """What was called out: "hilfeee", "stoooppp"."""
    if _STRETCHED.search(folded) is None:
        return None
    found = (_WORDS.get(_STRETCHED.sub(kept, folded)) for kept in (r"\1", r"\1\1"))
    return next((one for one in found if one is not None), None)


def recognise_sentence(folded: str) -> Command | None:
    """Return the command that the message asks for in a sentence of its own ("bitte alles löschen")."""
    found = _SENTENCES.find(folded.split())
    return None if found is None else Command(found)


def named_language(folded: str) -> str | None:
    """Return the language that a wish for another one names ("einfache Sprache bitte": de-simple); None: none.

    "Ich spreche kein Deutsch" names the one that it shall not be.
    """
    if has_little_german(folded):
        return None
    said = frozenset(folded.split())
    return next((code for code, words in _NAMED.items() if not words.isdisjoint(said)), None)


def has_little_german(folded: str) -> bool:
    """Return whether somebody says so of themselves, in whatever words ("ich nix gut deutsch")."""
    said = folded.split()
    for place, word in enumerate(said):
        if word in language_words.GERMAN:
            before = frozenset(said[max(place - language_words.NEAR, 0) : place])
            near = before.union(said[place : place + language_words.NEAR])
            about = (language_words.MYSELF, language_words.LITTLE)
            if all(not words.isdisjoint(near) for words in about) and before.isdisjoint(language_words.OTHERS):
                return True
    return False


def smalltalk(folded: str) -> str | None:
    """Return the topic of small talk that the whole message is (abschied, gruss, dank, mensch_frage, and others)."""
    return _SMALLTALK.find(folded.split())


def _nearest(folded: str) -> Command | None:
    """Forgive a swapped, missing, doubled or wrong letter, but not the first one: "Taten" are no "Daten"."""
    found: set[Command] = set()
    closest = 3
    for word, command, allowed in _FORGIVEN.get((folded[0], len(folded)), ()):
        distance = OSA.distance(folded, word, score_cutoff=min(allowed, closest))
        if distance <= min(allowed, closest):
            found = {command} if distance < closest else found | {command}
            closest = distance
    return found.pop() if len(found) == 1 else None


_WORDS: Final[Mapping[str, Command]] = {
    fold(word): Command(name) for name, listed in command_words.WORDS.items() for word in listed.split(",")
}


def _list_forgiven() -> dict[tuple[str, int], list[tuple[str, Command, int]]]:
    """The words that a message of this first letter and length may be a typo of, and how many are forgiven."""
    forgiven: dict[tuple[str, int], list[tuple[str, Command, int]]] = {}
    for word in map(fold, command_words.FORGIVEN.split()):
        allowed = 2 if len(word) >= _TWO_TYPOS_FROM else 1
        for length in range(len(word) - allowed, len(word) + allowed + 1):
            forgiven.setdefault((word[0], length), []).append((word, _WORDS[word], allowed))
    return forgiven


_FORGIVEN: Final = _list_forgiven()
_NO_TYPOS: Final = frozenset(map(fold, command_words.NO_TYPOS.split()))
_NAMED: Final = {code: frozenset(words.split()) for code, words in language_words.NAMED.items()}
_SENTENCES: Final = PhraseBook(command_words.SENTENCES, command_words.FILLERS)
TOPICS: Final = tuple(smalltalk_words.PHRASES)
"""What small talk may be about; for each there is a sentence `talk_<topic>`."""

_SMALLTALK: Final = PhraseBook(smalltalk_words.PHRASES, smalltalk_words.FILLERS)

"""Promises that the Lotse can keep, but only where something was agreed on before: a check-in, a case.

What nobody can keep at all is in `wordrules`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.flows.checking.files import QUOTED
from bot.flows.steps import AnyStep, CheckIns, OfferCase, Question
from bot.flows.wording import BLANK

# Bits of the flags of a path (`invariants`).
CHECKED_IN: Final = 1 << 6  # the person agreed on a check-in
CASE: Final = 1 << 7  # a case was opened


@dataclass(frozen=True, slots=True)
class Promise:
    """What is promised in which words, and what must have been agreed on: `flag`, said as `needs`."""

    flag: int
    needs: str
    said: re.Pattern[str]


_LATER: Final = r"\b[^.?!\n]*\b(?:morgen|später|wieder|bald|nach|in \w+ (?:stunden|tagen|wochen))\b"


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{pattern})", re.IGNORECASE)


PROMISES: Final = (
    Promise(
        CHECKED_IN,
        "einer Verabredung zur Nachfrage („kind: check_ins“)",
        _words(
            rf"ich (?:frage|erinnere|melde|schreibe){_LATER}|(?:frage|erinnere|melde|schreibe) ich{_LATER}"
            r"|i(?:'ll|’ll| will) (?:ask (?:you )?again|check in|remind|write (?:to you )?again|be in touch)"
        ),
    ),
    Promise(
        CASE,
        "einem Vorgang, dem die Person zugestimmt hat („kind: offer_case“)",
        _words(
            r"(?:ihr|der) vorgang (?:ist|wurde) (?:jetzt |nun )?(?:angelegt|eröffnet|gespeichert|aufgenommen)"
            r"|ich habe (?:den|einen|ihren|es als) vorgang"
            r"|your case (?:is|has been|was) (?:now )?(?:opened|recorded|kept|saved)"
            r"|i have (?:opened|kept|recorded) (?:a|the|your) case"
        ),
    ),
)
# A condition or a "no" promises nothing.
_OPEN: Final = _words(r"(?:nicht|kein\w*|wenn|falls|sobald|kann|könnte|darf|soll|not|never|if|may|can)\b")
_SENTENCE: Final = re.compile(r"[^.?!\n]+[.?!]?")


def promised_by(step: AnyStep) -> Mapping[int, str]:
    """What the texts of a step promise: the flags that are needed, each with the words that say so."""
    found: dict[int, str] = {}
    for bubbles in (getattr(step, "text", None) or {}).values():
        for bubble in bubbles:
            if "{nummer}" in bubble and not isinstance(step, OfferCase):
                found.setdefault(CASE, "{nummer}")
            for sentence in _SENTENCE.findall(QUOTED.sub("", BLANK.sub("", bubble))):
                for promise in PROMISES if not sentence.endswith("?") and not _OPEN.search(sentence) else ():
                    if said := promise.said.search(sentence):
                        found.setdefault(promise.flag, said[0])
    return found


def agreed_by(step: Question, value: object) -> int:
    """The flags that an answer sets."""
    if isinstance(step, OfferCase):
        return CASE if value == "ja" else 0
    option = step.options.get(str(value)) if isinstance(step, CheckIns) else None
    return CHECKED_IN if option is not None and option.plan else 0

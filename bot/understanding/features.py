"""A message as what it is compared by: its words, and runs of letters inside each of them.

Runs of letters let typing errors, dialect, endings and the parts of compounds meet without a dictionary: "Drohbrief"
and "drohbrif", "Demonstration" and "demonstriern" share most of theirs, in every script.
"""

from __future__ import annotations

from typing import Final

from bot.flows.reading import fold

GRAM: Final = 4
"""Letters of a run; a word's edges count as letters. 3 to 5 together did no better on what was left out."""

MOST_WORDS: Final = 120
"""Different words of a message that are looked at; a longer story has said it by then."""

_FUNCTION_WORDS: Final = frozenset(
    fold(
        "ich du er sie es wir ihr mich mir mein meine meinen meinem meiner dich dir uns unser unsere der die das den"
        " dem des ein eine einen einem einer und oder aber auch noch nur schon so da hier ja nein ist sind war waren"
        " wird werden wurde hat habe haben hatte kann können soll darf muss will zu zum zur und in im an am auf aus bei"
        " beim mit nach von vom vor für über um was wer wie wo wann warum dass ob wenn als mal doch denn man jetzt"
        " heute gestern immer wieder sehr gut a an the is are were be been to of on at for with and or but our you"
        " your it this that they them do does did have has had can how who when should there here if bin bist"
        " sein gibt geht gerade grad bitte danke hallo de i s"
    ).split()
)
"""Words that stand in every message and tell nothing, in German and English."""


def find_features(folded: str) -> tuple[str, ...]:
    """Return what a folded text is compared by, each once, in the order of the text."""
    features: dict[str, None] = {}
    for word in list(dict.fromkeys(folded.split()))[:MOST_WORDS]:
        if word in _FUNCTION_WORDS:
            continue
        edged = f"^{word}$"
        features[edged] = None
        for start in range(len(edged) - GRAM + 1):
            features[edged[start : start + GRAM]] = None
    return tuple(features)

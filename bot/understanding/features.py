"""A message as what it is compared by: its words, runs of letters inside each of them, and what they mean.

Runs of letters let typing errors, dialect, endings and the parts of compounds meet without a dictionary: "Drohbrief"
and "drohbrif", "Demonstration" and "demonstriern" share most of theirs, in every script. Notions (`glossary`) let
languages meet: an example in German says something about a message in Turkish.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from typing import Final

from bot.flows.reading import fold
from bot.understanding.glossary import find_notions

GRAM: Final = 4
"""Letters of a run; a word's edges count as letters. 3 to 5 together did no better on what was left out."""

SHORT_GRAM: Final = 3
"""The same in scripts that write less: Arabic leaves vowels out, Russian and Ukrainian bend the ends of words."""

MOST_WORDS: Final = 120
"""Different words of a message that are looked at; a longer story has said it by then."""

MOST_PAIRED: Final = 12
"""Notions of a message, the first ones, that are looked at two by two."""

NOTION: Final = "="
"""What the name of a notion, or of two, begins with among the features; no folded word does."""

_LATIN_ENDS: Final = "\u0370"

_FUNCTION_WORDS: Final = frozenset(
    fold(
        "ich du er sie es wir ihr mich mir mein meine meinen meinem meiner dich dir uns unser unsere der die das den"
        " dem des ein eine einen einem einer und oder aber auch noch nur schon so da hier ja nein ist sind war waren"
        " wird werden wurde hat habe haben hatte kann können soll darf muss will zu zum zur und in im an am auf aus bei"
        " beim mit nach von vom vor für über um was wer wie wo wann warum dass ob wenn als mal doch denn man jetzt"
        " heute gestern immer wieder sehr gut bin bist sein gibt geht gerade grad bitte danke hallo de i s"
        " bei am isch des det ick ma mi mia ham hod hot hob wia scho oana eener uff ned nich net koa keen"
        " a an the is are were be been to of on at for with and or but our you your it this that they them do does did"
        " have has had can how who when should there here if my me im he she his her their us not no after someone"
        " ve bir bu ben bana beni benim için ne da ile gibi çok her var yok mi mı"
        " и в на не я мне меня мой моя моего с у что как по из за от для это к со мы они"
        " й мені мене мій моя з що як із від це до ми вони"
        " fi w el al ana 3am la min men 3a bi bel ya li shu sho lal"
        " في من على إلى عن أن ما هل لا و مع هذا هذه لي كل قال عند بعد"
    ).split()
)
"""Words that stand in every message and tell nothing, in each language."""

_SPELLED: Final = str.maketrans("أإآٱؤئіїєґыэё", "ااااويииегиее")
"""Letters that mean the same to whoever writes in a hurry, and Ukrainian ones as their Russian neighbours."""
_ARTICLE: Final = re.compile("^(?:وال|بال|كال|فال|ال|لل)(?=..)")


def find_features(folded: str) -> tuple[str, ...]:
    """Return what a folded text is compared by, each once, in the order of the text; notions begin with NOTION."""
    words = list(dict.fromkeys(folded.split()))[:MOST_WORDS]
    features: dict[str, None] = {}
    found: dict[str, None] = {}
    for word in words:
        spelled = spell(word)
        found.update(dict.fromkeys(find_notions(spelled)))
        if word in _FUNCTION_WORDS:
            continue
        edged = f"^{spelled}$"
        features[edged] = None
        for length in (GRAM,) if word[0] < _LATIN_ENDS else (GRAM, SHORT_GRAM):
            features.update(dict.fromkeys(_runs(edged, length)))
    features.update(dict.fromkeys(_name(list(found))))
    return tuple(features)


def spell(word: str) -> str:
    """Return a folded word as its neighbours spell it, Arabic without its article."""
    if word[0] < _LATIN_ENDS:
        return word
    return _ARTICLE.sub("", word.translate(_SPELLED))


def _runs(text: str, length: int) -> Iterable[str]:
    return (text[start : start + length] for start in range(len(text) - length + 1))


def _name(notions: Sequence[str]) -> Iterable[str]:
    """Each notion, or that there is none, and any two of the first ones: a house and a crowd say more than either."""
    yield from (f"{NOTION}{one}" for one in notions or ("none",))
    for one, other in itertools.combinations(sorted(notions[:MOST_PAIRED]), 2):
        yield f"{NOTION}{one}+{other}"

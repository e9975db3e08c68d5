"""What the words say: calm, one thing at a time, no blame, no promise that nobody keeps, no slur, readable.

Source: shared page `sprache.md` (1 tone, 2 gender, 3 plain language, 4 trauma, 5 promises) and `szenarien.md` A6. The
rules are few and sure rather than many and clever: an error is a word that is always wrong, everything else a warning.
What stands in quotation marks is quoted, so blame is not looked for there ("„Das gehört zum Job“ stimmt nicht").
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from bot.documents import Problem, Severity, quote
from bot.flows.checking.files import File, Words, words_of
from bot.flows.checking.slurs import SLURS
from bot.flows.reading import fold
from bot.flows.steps import Question
from bot.flows.wording import BLANK

LONG_SENTENCE: Final = 25
LONG_SIMPLE_SENTENCE: Final = 15
# Flesch for German (Amstad 1978: 180 - words per sentence - 58.5 * syllables per word); below 30 "sehr schwer".
HARD_TO_READ: Final = 30
# A reading score of a few words says nothing.
ENOUGH_WORDS: Final = 40


@dataclass(frozen=True, slots=True)
class Rule:
    """Words that do not belong in a text, in which languages, and what to write instead."""

    code: str
    pattern: re.Pattern[str]
    what: str
    todo: str
    languages: tuple[str, ...] = ("de", "de-simple")
    severity: Severity = "error"
    quoted: bool = True


def _rule(code: str, words: str, what: str, todo: str, *languages: str, **more: object) -> Rule:
    pattern = re.compile(rf"(?<!\w)(?:{words})", re.IGNORECASE)
    return Rule(code, pattern, what, todo, languages or ("de", "de-simple"), **more)  # type: ignore[arg-type]


_PROMISE: Final = "„{}“ verspricht, was niemand halten kann."
_CAN: Final = "Schreiben Sie, was Sie wissen: „Ich kann …“, „Das entscheidet …“."
_BLAME: Final = "„{}“ verletzt Menschen, die angegriffen wurden."
_STAY: Final = "Erkennen Sie an, was ist, oder streichen Sie es."
RULES: Final = (
    _rule(
        "versprechen",
        r"jemand (?:meldet|kümmert) sich|(?:wir|ich) melden? (?:uns|mich) bei ihnen|ihnen (?:passiert|geschieht) nichts"
        r"|ihnen kann nichts passieren|(?:das )?bleibt (?:alles )?unter uns|ich sage (?:\w+ )?jemandem bescheid"
        r"|sie bekommen recht|wir kümmern uns|ich verspreche|versprochen\b|garantier\w+|hundertprozentig|alles wird gut"
        r"|wird (?:\w+ )?bestraft|(?:wird|werden) (?:sicher|sofort|garantiert) gelöscht",
        _PROMISE,
        _CAN,
    ),
    _rule(
        "versprechen",
        r"(?:someone|somebody|we) will (?:contact|call|get back to|be in touch with|take care of) you"
        r"|i(?:'ll| will) tell someone|nothing will happen to you|(?:i|we) promise|guarantee\w*"
        r"|everything will be (?:fine|all right|okay)|stays between us|will be punished|you will win",
        _PROMISE,
        _CAN,
        "en",
    ),
    _rule("anonym", r"anonym\w*", "„{}“ stimmt nie ganz.", "Schreiben Sie „ohne Namen“."),
    _rule("anonym", r"anonym\w*", "„{}“ stimmt nie ganz.", "Schreiben Sie „without your name“.", "en"),
    _rule(
        "schuldzuweisung",
        r"beruhigen sie sich|(?:war|ist) (?:doch )?nur (?:ein witz|eine meinung|spaß)|nicht so gemeint|selbst schuld"
        r"|hätten sie (?:\w+ )?nicht|haben sie (?:\w+ )?provoziert|sind sie sicher, dass|kopf hoch|nicht so empfindlich"
        r"|ich weiß genau, wie|sie müssen (?:eine )?anzeige\w*|muss man aushalten|gehört zum job"
        r"|denken sie an ihre familie|stellen sie sich nicht so|beweisen sie",
        _BLAME,
        _STAY,
        quoted=False,
    ),
    _rule(
        "schuldzuweisung",
        r"calm down|(?:just|only) a joke|are you sure (?:that )?(?:it|this) was|you should(?:n't| not)? have|chin up"
        r"|don't be so sensitive|i know exactly how|you must report|part of the job|did you provoke",
        _BLAME,
        _STAY,
        "en",
        quoted=False,
    ),
    _rule(
        "nummer-113",
        r"113\b",
        "Die Nummer {} ist nur geplant.",
        "Nennen Sie 112 und die TelefonSeelsorge.",
        "de",
        "en",
        "de-simple",
    ),
    _rule(
        "leichte-sprache",
        r"leichte[rn]? sprache",
        "„{}“ darf nur heißen, was eine Prüfgruppe gelesen hat.",
        "Schreiben Sie „einfach erklärt“.",
    ),
    _rule(
        "wort",
        r"rasse(?!n?h|n?d)\b|farbige[rnsm]?\b",
        "„{}“ verletzt.",
        "Schreiben Sie „von Rassismus betroffene Menschen“.",
    ),
    _rule(
        "wort",
        r"opfer(?! von)\b(?![-·])",
        "„{}“ nennt einen Menschen nach der Tat.",
        "Schreiben Sie „Betroffene“.",
        severity="warning",
    ),
    _rule(
        "wort",
        r"fremdenfeindlich\w*",
        "„{}“ macht Deutsche zu Fremden.",
        "Schreiben Sie „rassistisch“.",
        severity="warning",
    ),
    _rule(
        "wort",
        r"ptbs\b|trauma\b(?!-)|traumatisier\w+",
        "„{}“ ist eine Diagnose.",
        "Beschreiben Sie, was Menschen erleben.",
        severity="warning",
    ),
    _rule(
        "wort",
        r"ups\b|sorry\b|keine sorge\b",
        "„{}“ passt nicht in eine ernste Nachricht.",
        "Streichen Sie es.",
        "de",
        "en",
        "de-simple",
        severity="warning",
    ),
)

_WHY: Final = re.compile(r"(?<!\w)(?:warum|weshalb|wieso|weswegen|why)(?!\w)[^.?!\n]*\?", re.IGNORECASE)
_QUOTED: Final = re.compile('„[^“”]*[“”]|“[^”]*”|»[^«]*«|"[^"]*"|‚[^‘]*‘')
_EXCLAMATION: Final = re.compile(r"(?<!REspect)[!¡]")
_EMOJI: Final = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\u2b50-\u2b55\ufe0f]")
_SHOUTED: Final = re.compile(r"(?<!\w)(?!WEISSE[RNS]?\b)[A-ZÄÖÜ]{6,}(?!\w)")
_GENDER: Final = re.compile(r"\w+(?:\*|_|/-?)(?:in|innen|r|n|e)\b|(?!LinkedIn)\b\w*[a-zäöüß]In(?:nen)?\b")
_COLON: Final = re.compile(r"\w+:(?:in|innen|r|n|e|m)\b")
_SENTENCE: Final = re.compile(r"(?<=[.?!:])\s+|\n+")
_WORD: Final = re.compile(r"[^\W\d_]+(?:[-·’'][^\W\d_]+)*")
_VOWELS: Final = re.compile("[aeiouyäöüáéíóú]+")
# Letters that German endings add to a word.
_ENDINGS: Final = ("", "e", "en", "er", "es", "s", "n", "in", "innen", "haft", "isch")


def check_style(file: File) -> Iterator[Problem]:
    """Every text that a person may read. A template's body is the person's own voice: only slurs are looked for."""
    for words in words_of(file):
        for language, bubbles in words.texts.items():
            for index, bubble in enumerate(bubbles):
                yield from _check_slurs(file, words, language, index, bubble)
                if words.role != "body":
                    yield from _check_rules(file, words, language, index, bubble)
                    yield from _check_signs(file, words, language, index, bubble)
                yield from _check_gender(file, words, language, index, bubble)
            yield from _check_reading(file, words, language, bubbles)


def _check_rules(file: File, words: Words, language: str, index: int, bubble: str) -> Iterator[Problem]:
    place = words.place(file, language, index)
    unquoted = _QUOTED.sub("", bubble)
    for rule in RULES:
        found = rule.pattern.search(bubble if rule.quoted else unquoted) if language in rule.languages else None
        if found:
            what = rule.what.format(" ".join(found[0].split()))
            yield file.problem(place, rule.code, what, rule.todo, words=found[0], severity=rule.severity)
    if found := _WHY.search(unquoted):
        asked = isinstance(file.playbook.steps.get(words.step), Question) and words.role == "text"
        what = "Eine Warum-Frage klingt wie ein Vorwurf."
        todo = "Fragen Sie, was war oder was hilft." if asked else "Sagen Sie es ohne Frage."
        severity: Severity = "error" if asked else "warning"
        yield file.problem(place, "warum-frage", what, todo, words=found[0], severity=severity)


def _check_signs(file: File, words: Words, language: str, index: int, bubble: str) -> Iterator[Problem]:
    place = words.place(file, language, index)
    if found := _EXCLAMATION.search(bubble):
        what, todo = "Ein Ausrufezeichen macht laut, was ruhig sein soll.", "Setzen Sie einen Punkt."
        yield file.problem(place, "ausrufezeichen", what, todo, words=found[0])
    if found := _EMOJI.search(bubble):
        what, todo = f"{quote(found[0])} gehört nicht in eine ernste Nachricht.", "Löschen Sie es."
        yield file.problem(place, "emoji", what, todo, words=found[0])
    if found := _SHOUTED.search(bubble):
        what, todo = f"{quote(found[0])} in Großbuchstaben klingt wie Schreien.", "Schreiben Sie es klein."
        yield file.problem(place, "grossbuchstaben", what, todo, words=found[0], severity="warning")


def _check_gender(file: File, words: Words, language: str, index: int, bubble: str) -> Iterator[Problem]:
    if not language.startswith("de"):
        return
    place = words.place(file, language, index)
    text = BLANK.sub("", bubble)
    if found := _GENDER.search(text):
        todo = "Schreiben Sie ein neutrales Wort oder den Doppelpunkt: „Kolleg:innen“."
        yield file.problem(
            place, "genderform", f"{quote(found[0])} ist nicht unsere Schreibweise.", todo, words=found[0]
        )
    if language == "de-simple" and (found := _COLON.search(text)):
        todo = "Schreiben Sie „Frauen und Männer“ oder ein neutrales Wort."
        what = f"{quote(found[0])} ist in einfacher Sprache schwer zu lesen."
        yield file.problem(place, "genderform-einfach", what, todo, words=found[0])


def _check_slurs(file: File, words: Words, language: str, index: int, bubble: str) -> Iterator[Problem]:
    for word in fold(bubble).split():
        if _is_slur(word):
            what = "Hier steht eine Beleidigung; der Lotse wiederholt keine."
            todo = "Schreiben Sie „die Beleidigung“."
            yield file.problem(words.place(file, language, index), "beleidigung", what, todo)
            return


@lru_cache(maxsize=8192)
def _is_slur(word: str) -> bool:
    stems = {word.removesuffix(ending) for ending in _ENDINGS}
    return any(hashlib.sha256(stem.encode()).hexdigest()[:16] in SLURS for stem in stems)


# --- reading ----------------------------------------------------------------------------------------------------------


def _check_reading(file: File, words: Words, language: str, bubbles: tuple[str, ...]) -> Iterator[Problem]:
    if words.role not in ("text", "purpose") or not language.startswith("de"):
        return
    most = LONG_SIMPLE_SENTENCE if language == "de-simple" else LONG_SENTENCE
    for index, bubble in enumerate(bubbles):
        for sentence in _SENTENCE.split(bubble):
            count = len(_WORD.findall(sentence))
            if count > most:
                what = f"Dieser Satz hat {count} Wörter: {quote(sentence)}."
                todo = f"Machen Sie zwei daraus; mehr als {most} Wörter verliert man."
                place = words.place(file, language, index)
                yield file.problem(place, "satz-lang", what, todo, words=sentence[:30], severity="warning")
    score = reading_ease(" ".join(bubbles))
    if language == "de" and score is not None and score < HARD_TO_READ:
        what = f"Der Text ist sehr schwer zu lesen (Lesbarkeit nach Amstad {score:.0f}, ab {HARD_TO_READ} geht es)."
        todo = "Kürzere Sätze, kürzere Wörter, Verben statt Hauptwörter."
        yield file.problem((*words.path, language), "schwer-zu-lesen", what, todo, severity="warning")


def reading_ease(text: str) -> float | None:
    """Flesch's reading ease for German after Amstad (1978), 0 very hard to 100 very easy; None for too few words."""
    found = _WORD.findall(text)
    if len(found) < ENOUGH_WORDS:
        return None
    sentences = sum(1 for sentence in _SENTENCE.split(text) if _WORD.search(sentence))
    syllables = sum(max(1, len(_VOWELS.findall(word.lower()))) for word in found)
    return 180 - len(found) / max(1, sentences) - 58.5 * syllables / len(found)

"""The words people use for time, each turned into a sign that the grammar of `moments` knows.

Owns the vocabulary only: German as it is written, as it is typed in a hurry, and as it is spoken between Rosenheim
and Prenzlauer Berg; English beside it. A sign is written in angle brackets, which a person's text never keeps:

    <d:-1>       a day counted from today          <p:abend>   a part of the day (the ids of `moments.Part`)
    <w:0>        a weekday, Monday is 0            <m:11>      a month
    <u:tag>      a unit                            <q:letzt>   last, before-last, this, next
    <y:24.12.>   a day with a fixed place in every year
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

# Shorter words have too many neighbours one letter away (Juni, Juli; heiß, heit).
MIN_TYPO_LENGTH = 5

_WORDS: Mapping[str, str] = {
    "<d:0>": "heute vorhin heut heit heid heude haid hait today",
    "<d:-1>": (
        "gestern gestan gestean gestert gesdern geschdern geschtern gescht gestere jestern jesdern jestan yesterday"
    ),
    "<d:-2>": "vorgestern vorgestan vorgesdern vorgeschdern vorjestern ehegestern",
    "<d:-3>": "vorvorgestern",
    "<d:1>": "tomorrow",
    "<d:2>": "uebermorgen iebermorgen uebamoagn",
    "<w:0>": "montag montags mondach mondag monday mandag",
    "<w:1>": "dienstag dienstags diensdach dienschdag deanschdag tuesday irda",
    "<w:2>": "mittwoch mittwochs middwoch mittwuch mittwo miggdwoch wednesday",
    "<w:3>": "donnerstag donnerstags donnersdach dunnerschdag donnerschdag dunnerstag pfinsda thursday",
    "<w:4>": "freitag freitags freidach freidag freidog friday",
    "<w:5>": "samstag samstags samsdog samschdag samsdach sonnabend sonnabends sonnahmd saturday",
    "<w:6>": "sonntag sonntags sonndach sonndag sunndag sunday",
    "<p:frueh>": "frueh fruehe fria friah frie morgens fruehmorgens moagens moing morning",
    "<p:vormittag>": "vormittag vormittags vormiddach vormidach forenoon",
    "<p:mittag>": "mittag mittags middach middag zmittag noon midday lunchtime",
    "<p:nachmittag>": "nachmittag nachmittags nachmiddach namittag nachmittach afternoon",
    "<p:abend>": "abend abends ahmd ahmds obend aamd abnd oomd spaetabends feierabend evening",
    "<p:nacht>": "nacht nachts nochts mitternacht midnight night",
    "<m:1>": "januar jaenner jan january",
    "<m:2>": "februar feber feb february",
    "<m:3>": "maerz mrz march",
    "<m:4>": "april apr",
    "<m:5>": "mai may",
    "<m:6>": "juni juno jun june",
    "<m:7>": "juli julei jul july",
    "<m:8>": "august aug",
    "<m:9>": "september sept sep",
    "<m:10>": "oktober okt october oct",
    "<m:11>": "november nov",
    "<m:12>": "dezember dez december dec",
    "<u:minute>": "minute minuten min minutes minutn",
    "<u:stunde>": "stunde stunden std stund stundn hour hours",
    "<u:tag>": "tag tage tagen tagn day days",
    "<u:woche>": "woche wochen wocha wochn week weeks",
    "<u:wochenende>": "wochenende wochenend weekend",
    "<u:monat>": "monat monate monaten monats month months",
    "<u:jahr>": "jahr jahre jahren jahres joahr year years",
    "<q:letzt>": (
        "letzte letzten letzter letztes letztem letzt letschde letschte letzschte letzde vergangene vergangenen "
        "vergangener vergangenes vorige vorigen voriger voriges voriche vorichn last past previous"
    ),
    "<q:vorletzt>": "vorletzte vorletzten vorletzter vorletztes",
    "<q:dies>": "diese diesen dieser dieses dies this",
    "<q:naechst>": (
        "naechste naechsten naechster naechstes kommende kommenden kommender kommendes naexte naexten next coming"
    ),
    "<y:24.12.>": "heiligabend",
    "<y:25.12.>": "weihnachten",
    "<y:31.12.>": "silvester",
    "<y:1.1.>": "neujahr",
    "<y:6.12.>": "nikolaus",
    "um": "um gegen ab at around um's",
    "uhr": "uhr clock oclock uhrs",
    "vor": "vor vur",
    "her": "her ago",
    "halb": "halb halbe halben halbes hoib",
    "half": "half",
    "viertel": "viertel viatl virtel quarter",
    "dreiviertel": "dreiviertel dreiviatl",
    "anderthalb": "anderthalb eineinhalb einanhalb",
    "anfang": "anfang anfangs early beginning",
    "mitte": "mitte mid middle",
    "ende": "ende late end",
    "jetzt": "jetzt gerade grad soeben eben now jetz jetza",
    "nicht": "nicht net ned nich nimmer not kein don't dont can't cannot",
}

_CARDINALS = (
    "null", "eins one oans", "zwei zwo two zwoa", "drei three", "vier four fia",
    "fuenf five fimf", "sechs six", "sieben seven siem", "acht eight", "neun nine nei", "zehn ten", "elf eleven oif",
    "zwoelf twelve", "dreizehn thirteen", "vierzehn fourteen", "fuenfzehn fifteen", "sechzehn", "siebzehn", "achtzehn",
    "neunzehn", "zwanzig twenty", "einundzwanzig", "zweiundzwanzig", "dreiundzwanzig", "vierundzwanzig",
)  # fmt: skip
_ORDINALS = (
    "erst", "zweit", "dritt", "viert", "fuenft", "sechst", "siebt", "acht", "neunt", "zehnt", "elft", "zwoelft",
    "dreizehnt", "vierzehnt", "fuenfzehnt", "sechzehnt", "siebzehnt", "achtzehnt", "neunzehnt", "zwanzigst",
    "einundzwanzigst", "zweiundzwanzigst", "dreiundzwanzigst", "vierundzwanzigst", "fuenfundzwanzigst",
    "sechsundzwanzigst", "siebenundzwanzigst", "achtundzwanzigst", "neunundzwanzigst", "dreissigst", "einunddreissigst",
)  # fmt: skip

# They say how sure somebody is, not when it was.
_FILLERS = frozenset({
    "etwa", "ca", "circa", "ungefaehr", "rund", "gut", "knapp", "so", "wohl", "vielleicht", "glaube", "kurz", "about",
    "approximately", "exactly", "genau", "ganz", "schon", "bereits", "spaet", "spaeten", "spaeter", "fruehen",
})  # fmt: skip

_ABBREVIATIONS = {
    "mo": "<w:0>", "di": "<w:1>", "mi": "<w:2>", "do": "<w:3>", "fr": "<w:4>", "sa": "<w:5>",
    "mon": "<w:0>", "tue": "<w:1>", "tues": "<w:1>", "wed": "<w:2>", "thu": "<w:3>", "thurs": "<w:3>", "fri": "<w:4>",
    "sat": "<w:5>", "sun": "<w:6>",
}  # fmt: skip

# An article counts only before what can be counted: „um einen Kollegen“ is no hour.
_ARTICLES = frozenset({"ein", "eine", "einer", "einem", "einen", "a", "an", "oa"})
_COUNTABLE = re.compile(r"<1>(?= ?(?:<u:|uhr\b|halb\b))")

# Two letters are a weekday only alone or with a time; „so gegen acht“ is no Sunday.
_AFTER_ABBREVIATION = re.compile(
    r"[ .,]*$|\.?,?\s*(?:\d|um\b|gegen\b|at\b|abend|frueh|nach|vormit|mittag|morning|afternoon|evening|night)"
)
_AFTER_SO = re.compile(r"\.$|\.?,?\s*\d")

_FOLDING = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "<": " ", ">": " ", "’": "'", "–": "-", "—": "-"})


def _entries() -> Iterator[tuple[str, str]]:
    for sign, words in _WORDS.items():
        yield from ((word, sign) for word in words.split())
    for number, words in enumerate(_CARDINALS):
        yield from ((word, str(number)) for word in words.split())
    for number, stem in enumerate(_ORDINALS, start=1):
        # „der dritte“ is left out: without an article in the dative it is rarely a day of the month.
        yield from ((stem + ending, f"{number}.") for ending in ("en", "er") if stem + ending != "achter")


_LEXICON: Mapping[str, str] = dict(_entries())
# First letters are rarely mistyped, so a word is compared only with those that begin like it.
_MISTYPED: Mapping[str, tuple[tuple[str, str], ...]] = {
    letter: tuple(
        (word, sign)
        for word, sign in _LEXICON.items()
        if word[0] == letter and sign[0] == "<" and len(word) >= MIN_TYPO_LENGTH
    )
    for letter in "abcdefghijklmnopqrstuvwxyz"
}
_COMPOUND = re.compile(
    r"(montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag|gestern|heute)"
    r"(frueh|morgen|vormittag|mittag|nachmittag|abend|nacht)s?"
)
_GREETING = re.compile(
    r"\b(?:guten?|gruess|good|schoenen?)\s+(?:morgen|tag|abend|nacht|morning|evening|afternoon|day)\b"
)
# „morgen“ is the morning after one of these, and tomorrow everywhere else.
_MORNING_AFTER = re.compile(r"(?:<[dw]:-?\d>|<q:\w+>|\bam|\bheutigen|\bgestrigen|\bfruehen)\s*$")
# Bavarian: „auf d'Nacht“ is the evening.
_TOWARDS_NIGHT = re.compile(r"\bauf ?d'? ?n[ao]cht\b")
_BEFORE_YESTERDAY = re.compile(r"(?:the\s+)?day\s+before\s+yesterday")


class Signs:
    """A text in which every known word became its sign; numbers and punctuation stay where they were.

    `left` shrinks as a reader takes out what it has understood, so that nothing is understood twice.
    """

    def __init__(self, text: str) -> None:
        self.left = _translate(text)

    def take(self, pattern: str) -> re.Match[str] | None:
        """The first hit of `pattern`, taken out of what is left."""
        found = re.search(pattern, self.left)
        if found:
            self.left = f"{self.left[: found.start()]} {self.left[found.end() :]}"
        return found

    def all(self, pattern: str) -> list[Any]:
        """Every hit of `pattern` as `re.findall` gives it; nothing is taken out."""
        return re.findall(pattern, self.left)

    def swap(self, pattern: str, sign: str) -> None:
        """Writes `sign` for every hit."""
        self.left = re.sub(pattern, sign, self.left)


def _translate(text: str) -> str:
    text = _GREETING.sub(" ", text.casefold().translate(_FOLDING))
    text = _BEFORE_YESTERDAY.sub("vorgestern", text).replace("tonight", "heute abend").replace("o'clock", "uhr")
    text = _TOWARDS_NIGHT.sub("abend", _COMPOUND.sub(r"\1 \2", text))
    out = ""
    last = 0
    for found in re.finditer(r"[a-z][a-z']*", text):
        out += text[last : found.start()]
        last = found.end()
        out += _sign(found[0], out, text[last:])
    out = _COUNTABLE.sub("1", out + text[last:]).replace("<1>", " ")
    return re.sub(r"\s+", " ", out).strip()


def _sign(word: str, before: str, after: str) -> str:
    if word == "morgen":
        return "<p:frueh>" if _MORNING_AFTER.search(before) else "<d:1>"
    if word in _ABBREVIATIONS and _AFTER_ABBREVIATION.match(after):
        return _ABBREVIATIONS[word]
    if word == "so" and not before.strip() and _AFTER_SO.match(after):
        return "<w:6>"
    if word in _ARTICLES:
        return "<1>"
    if word in _FILLERS:
        return " "
    return _LEXICON.get(word) or _nearest(word) or word


def _nearest(word: str) -> str:
    """The sign of the one known word that is a single slip of the finger away; empty when none or several are."""
    if len(word) < MIN_TYPO_LENGTH:
        return ""
    near = {sign for known, sign in _MISTYPED.get(word[0], ()) if is_one_slip(word, known)}
    return near.pop() if len(near) == 1 else ""


def is_one_slip(one: str, other: str) -> bool:
    """Whether one insertion, deletion, change or swap of neighbours turns `one` into `other` (Damerau 1964)."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    start = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    a, b = one[start:], other[start:]
    swapped = a[:2] == b[1::-1] and a[2:] == b[2:] and len(a) > 1
    return swapped or a[1:] == b[1:] or a[1:] == b or a == b[1:]

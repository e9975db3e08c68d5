"""What a person typed: cleaned for keeping, folded for comparing, read as a number, and in which language.

Owns: the one way in which text of a person is normalised. `clean` gives text that is safe to keep and to show;
`fold` gives the plain form that commands, crisis phrases, labels and playbooks are compared in. Nothing here keeps
state of what was read; nothing raises for any `str`.

Sources: Unicode Standard Annex 15 (NFC, NFKC) and 9 (bidi controls), Unicode Technical Report 36 (look-alikes,
invisible characters), Unicode Technical Standard 51 (joiners and tags inside emoji).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Final

LONGEST_TEXT: Final = 8000
"""Code points of a message that are kept; beyond it the person is told (guarantees, section F)."""

MOST_MARKS: Final = 4
"""Combining marks that one base letter keeps. Vietnamese and pointed Hebrew need three; "zalgo" uses dozens."""

LARGEST_NUMBER: Final = 999_999
"""The largest number that is read as an answer: a postcode fits, a telephone number does not."""

_LONGEST_CLUSTER: Final = 64
"""Code points that one shown character may take; a longer one is cut through."""

_JOINER: Final = "\u200d"

_TABLE_LIMIT: Final = 8192
"""Code points whose folded form is remembered, so that odd input cannot grow the table without end."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Text of a person that is safe to keep: NFC, encodable as UTF-8, without invisible controls.

    `cut` says that the text was longer than the limit, so that the person can be told.
    """

    text: str = field(repr=False)
    cut: bool


# --- cleaning -------------------------------------------------------------------------------------------------------

_BREAKS: Final = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_SURROGATES: Final = re.compile("[\ud800-\udfff]")
_FLAG_OF_A_REGION: Final = "\U0001f3f4[\U000e0030-\U000e007a]{1,8}\U000e007f"
_INVISIBLE: Final = re.compile(
    f"({_FLAG_OF_A_REGION})"
    "|[\x00-\x08\x0e-\x1f\x7f-\x9f"  # C0 and C1; tab and newline are kept, other breaks are newlines by now
    "\u00ad\u034f\u061c\u180e\u200b\u200c\u200e\u200f"  # soft hyphen, joiners that show nothing, direction marks
    "\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"  # bidi overrides and isolates, invisible operators, anchors
    "\U000e0000-\U000e007f]"  # tags: text that no one sees
)
_EMOJI: Final = "[\u00a9\u00ae\u203c-\u3299\U0001f000-\U0001faff]"
_LOOSE_JOINER: Final = re.compile(f"(?<!{_EMOJI})(?<!{_EMOJI}\ufe0f)\u200d|\u200d(?!{_EMOJI})")
_PLAIN: Final = re.compile("[\n\x20-\x7e\u00a0-\u00ac\u00ae-\u02ff\u2010-\u2027\u2030-\u205e\u20a0-\u20bf]*")
"""Letters, punctuation and signs that need no cleaning: the whole message of nearly everybody."""


def clean(text: str, limit: int = LONGEST_TEXT) -> Cleaned:
    """Strip what nobody sees, mend what cannot be stored, and cut after `limit` code points.

    NUL, C0, C1, bidi controls and zero-width characters go; newlines stay (other line breaks become one), a tab
    becomes a space; a joiner stays inside an emoji; a lone surrogate becomes U+FFFD; a base keeps `MOST_MARKS` marks.
    The cut never parts a letter from its marks. Cleaning twice changes nothing.
    """
    kept = text if _PLAIN.fullmatch(text) else _scrub(text)
    if len(kept) <= limit:
        return Cleaned(kept, cut=False)
    return Cleaned(kept[: _last_border(kept, limit)], cut=True)


def _scrub(text: str) -> str:
    if _SURROGATES.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    text = _BREAKS.sub("\n", text).replace("\t", " ")
    text = _INVISIBLE.sub(r"\1", text)
    text = _LOOSE_JOINER.sub("", text)
    text = unicodedata.normalize("NFC", text)
    return unicodedata.normalize("NFC", _fewer_marks(text))


def _fewer_marks(text: str) -> str:
    kept: list[str] = []
    marks = 0
    for sign in text:
        marks = marks + 1 if sign > "\u02ff" and unicodedata.category(sign) in ("Mn", "Me") else 0
        if marks <= MOST_MARKS:
            kept.append(sign)
    return "".join(kept) if len(kept) < len(text) else text


def _last_border(text: str, limit: int) -> int:
    """Where to cut at or before `limit` so that no mark, joiner or skin tone loses what it belongs to."""
    for end in range(limit, max(limit - _LONGEST_CLUSTER, 0), -1):
        if text[end - 1] != _JOINER and not _belongs(text[end]):
            return end
    return limit


def _belongs(sign: str) -> bool:
    """Whether a sign only changes the one before it: a mark, a joiner, a skin tone, a tag."""
    return (
        sign == _JOINER
        or unicodedata.category(sign)[0] == "M"
        or "\U0001f3fb" <= sign <= "\U0001f3ff"
        or "\U000e0000" <= sign <= "\U000e007f"
    )


# --- folding --------------------------------------------------------------------------------------------------------


class _Folding(dict[int, str]):
    """What each code point folds to, worked out when it is first met (`str.translate` asks for the missing)."""

    def __missing__(self, point: int) -> str:
        folded = _fold_sign(chr(point))
        if len(self) < _TABLE_LIMIT:
            self[point] = folded
        return folded


_SPELLED: Final = {
    "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "œ": "oe", "ø": "oe", "ı": "i", "ł": "l", "đ": "d",
    "ة": "ه", "ى": "ي", "ی": "ي", "ک": "ك", "ـ": "",  # Arabic spellings that people mix; the last only stretches
}  # fmt: skip
_DELETED: Final = "'`´\u2018\u2019\u201b\u02bc\u2032*"
"""Signs inside words: apostrophes ("geht's") and the star of "Kolleg*innen"."""


def _fold_sign(sign: str) -> str:
    if sign in _DELETED:
        return ""
    out: list[str] = []
    for small in unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", sign).casefold()):
        if small in _SPELLED:
            out.append(_SPELLED[small])
            continue
        for part in unicodedata.normalize("NFKD", small).casefold():
            if part in _SPELLED:
                out.append(_SPELLED[part])
            elif unicodedata.category(part)[0] == "M" or part in _DELETED:
                continue
            elif part.isalnum():
                out.append(_digit(part))
            else:
                out.append("" if unicodedata.category(part) == "Cf" else " ")
    return unicodedata.normalize("NFC", "".join(out))


def _digit(part: str) -> str:
    value = unicodedata.decimal(part, None)
    return part if value is None else str(value)


_FOLDING: Final = _Folding()
_ASCII: Final = {
    point: (None if sign in _DELETED else sign.lower() if sign.isalnum() else " ")
    for point, sign in enumerate(map(chr, range(128)))
}


def fold(text: str) -> str:
    """Return the plain form for comparing: small letters, "ae" for "ä", "ss" for "ß", no marks, no punctuation.

    Compatibility forms ("３", "ﬁ") are plain, digits of any script are 0-9, apostrophes and gender signs inside a word
    vanish ("geht's" is "gehts", "Kolleg:innen" is "kolleginnen"), other signs part words, spaces are single.
    Folding twice changes nothing.
    """
    if ":inn" in text or "_inn" in text:
        text = text.replace(":inn", "inn").replace("_inn", "inn")
    if not text.isascii():  # four replacements make most German text ASCII, which is folded five times as fast
        text = text.lower().replace("ä", "ae").replace("ö", "oe").replace("ü", "ue").replace("ß", "ss")
    if text.isascii():
        return " ".join(text.translate(_ASCII).split())
    spread = " ".join(unicodedata.normalize("NFC", text).translate(_FOLDING).split())
    return spread if spread.isascii() else unicodedata.normalize("NFC", spread)


def words(folded: str) -> tuple[str, ...]:
    """Return the words of a folded text."""
    return tuple(folded.split())


# --- numbers --------------------------------------------------------------------------------------------------------

_NUMBER_WORDS: Final = (
    ("null", "zero", "keins"),
    ("eins", "ein", "eine", "one", "oans"),
    ("zwei", "zwo", "two", "zwoa"),
    ("drei", "three"),
    ("vier", "four"),
    ("fuenf", "funf", "five"),
    ("sechs", "six"),
    ("sieben", "seven"),
    ("acht", "eight"),
    ("neun", "nine"),
    ("zehn", "ten"),
    ("elf", "eleven"),
    ("zwoelf", "zwolf", "twelve"),
    ("dreizehn", "thirteen"),
    ("vierzehn", "fourteen"),
    ("fuenfzehn", "funfzehn", "fifteen"),
    ("sechzehn", "sixteen"),
    ("siebzehn", "seventeen"),
    ("achtzehn", "eighteen"),
    ("neunzehn", "nineteen"),
    ("zwanzig", "twenty"),
)
_NUMBERS: Final = {str(value): value for value in range(21)} | {
    word: value for value, names in enumerate(_NUMBER_WORDS) for word in names
}
_NUMBER_LEADS: Final = frozenset(
    "nr nummer no number num option antwort answer punkt auswahl wahl choice die der das the ich nehme waehle".split()
)
_NUMBER_TAILS: Final = frozenset(("bitte", "please", "danke", "thanks"))
_LONGEST_NUMBER_TEXT: Final = 40
_SIGNED: Final = re.compile(r"\s*[-\u2212]\d|.*\d[.,/:\-\u2013]\d")
"""A minus, a fraction, a date or a range is not the number of an option."""


def read_number(text: str) -> int | None:
    """Return the one whole number (0 or more) that the message says, else `None`.

    Reads "3", "3.", "(3)", "Nr. 3", "drei", "three", "③", "３" and Arabic-Indic digits; words up to twenty.
    """
    if (known := _NUMBERS.get(text)) is not None:
        return known
    if len(text) > _LONGEST_NUMBER_TEXT or _SIGNED.match(text):
        return None
    parts = fold(text).split()
    while len(parts) > 1 and parts[0] in _NUMBER_LEADS:
        del parts[0]
    if len(parts) > 1 and parts[-1] in _NUMBER_TAILS:
        del parts[-1]
    if len(parts) != 1:
        return None
    if (known := _NUMBERS.get(parts[0])) is not None:
        return known
    if not (parts[0].isascii() and parts[0].isdigit()) or len(parts[0]) > len(str(LARGEST_NUMBER)):
        return None
    return int(parts[0])


# --- languages ------------------------------------------------------------------------------------------------------

_STOP_WORDS: Final = {
    "de": "ich du er wir ihr sie es der die das und oder aber nicht ist war habe hab hat mich mir mein meine bei mit"
    " auf fuer von was wie wo warum wenn dass ein eine einen wurde werden kann soll jetzt hier noch auch zu im am",
    "en": "i you he she we they it the and or but not is was have has my me mine at with on for from what how where why"
    " when that a an been will can should now here still also to in of this are do does please want",
    "tr": "ben sen o biz siz onlar ve veya ama degil var yok bana beni benim bir bu su ne nasil nerede neden icin ile"
    " cok daha gibi mi mu oldu olarak kadar sonra artik istiyorum lutfen merhaba evet hayir",
    "ru": "я ты он она мы вы они и или но не это был была меня мне мои моя в на с от что как где почему когда если"
    " бы уже еще можно нужно пожалуиста здравствуите помогите хочу на работе",
    "uk": "я ти він вона ми ви вони і та або але не це був була мене мені мои моя в у на з від що як де чому коли якщо"
    " би вже ще можна треба будь ласка добрии день допоможіть хочу",
}
_STOP_SETS: Final = {code: frozenset(map(fold, listed.split())) for code, listed in _STOP_WORDS.items()}
_FEWEST_STOP_WORDS: Final = 2
_TURKISH: Final = re.compile("[ışğİŞĞ]")
_ARABIC: Final = re.compile("[\u0620-\u064a]")
_CYRILLIC: Final = re.compile("[\u0400-\u04ff]")
_UKRAINIAN: Final = re.compile("[іїєґІЇЄҐ]")
_RUSSIAN: Final = re.compile("[ыэъёЫЭЪЁ]")


def detect_language(text: str, shipped: Collection[str]) -> str | None:
    """Guess which of the languages `shipped` the message is in; `None` when it does not show.

    Knows de, en, tr, ar, ru and uk. Cheap and cautious: it is there to offer a language, never to switch to it.
    """
    found = _language_of(text)
    return found if found in shipped else None


def _language_of(text: str) -> str | None:
    if not text.isascii():
        if _ARABIC.search(text):
            return "ar"
        if _CYRILLIC.search(text):
            if _UKRAINIAN.search(text):
                return "uk"
            if _RUSSIAN.search(text):
                return "ru"
            return _most_frequent(text, ("ru", "uk"), 1)
    turkish_signs = 1 if _TURKISH.search(text) else 0
    return _most_frequent(text, ("de", "en", "tr"), _FEWEST_STOP_WORDS, turkish_signs)


def _most_frequent(text: str, codes: tuple[str, ...], fewest: int, turkish_signs: int = 0) -> str | None:
    seen = set(fold(text).split())
    counts = {code: len(seen & _STOP_SETS[code]) for code in codes}
    if turkish_signs:
        counts["tr"] += _FEWEST_STOP_WORDS
    best = max(codes, key=lambda code: counts[code])
    if counts[best] < fewest or sum(1 for code in codes if counts[code] == counts[best]) > 1:
        return None
    return best

"""What a person typed: cleaned, folded, read as a number, and in which language."""

from __future__ import annotations

import timeit
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.flows.reading import LONGEST_TEXT, MOST_MARKS, clean, detect_language, fold, read_number, words

ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()), max_size=300)
"""Any string that Python can hold, lone surrogates too."""

NASTY = st.text(
    st.sampled_from(
        "aäßéA1٣③\u0301\u0308\u0489\u200d\u200b\ufe0f\u202e\u2066\ud83d\ude00\x00\t\r\n👨👩🏽🏴\U000e0067❤ıİÅﬁ힣ᄀ'*:_-"
    ),
    max_size=60,
)

CLEANED = (
    ("plain text stays", "Guten Tag, ich bin's.", "Guten Tag, ich bin's."),
    ("NUL goes", "a\x00b", "ab"),
    ("C0 and C1 go", "a\x07b\x9bc\x7f", "abc"),
    ("newlines stay", "a\nb\r\nc\rd\u2028e", "a\nb\nc\nd\ne"),
    ("a tab is a space", "a\tb", "a b"),
    ("bidi overrides go", "abc\u202etxt.exe\u2069", "abctxt.exe"),
    ("zero width goes", "Not\u200bruf\ufeff", "Notruf"),
    ("a joiner between letters goes", "a\u200db", "ab"),
    ("a family stays whole", "👨‍👩‍👧‍👦!", "👨‍👩‍👧‍👦!"),
    ("a joiner behind a variation selector stays", "❤️‍🔥", "❤️‍🔥"),
    ("a flag of a region stays", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "🏴󠁧󠁢󠁳󠁣󠁴󠁿"),
    ("tags without a flag go", "a\U000e0061\U000e007f", "a"),
    ("a lone surrogate is replaced", "a\ud800b", "a\ufffdb"),
    ("a pair of surrogates is its character", "\ud83d\ude00", "😀"),
    ("composed", "a\u0308", "ä"),
    ("zalgo is reduced", "Z" + "\u0351" * 40 + "o", "Z" + "\u0351" * 4 + "o"),
    ("Arabic vowel signs stay", "مُحَمَّد", "مُحَمَّد"),
)


@pytest.mark.parametrize(("typed", "kept"), [row[1:] for row in CLEANED], ids=[row[0] for row in CLEANED])
def test_clean(typed: str, kept: str) -> None:
    """What is invisible or cannot be stored goes, what was written stays."""
    assert clean(typed).text == unicodedata.normalize("NFC", kept)


@given(st.one_of(ANY_TEXT, NASTY))
def test_cleaned_text_is_safe_and_stays_as_it_is(text: str) -> None:
    """It encodes as UTF-8, holds no NUL and no bidi control, at most so many marks, and cleaning again does nothing."""
    cleaned = clean(text).text
    assert clean(cleaned).text == cleaned
    cleaned.encode("utf-8")
    assert not set(cleaned) & set("\x00\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\ufeff")
    run = 0
    for sign in cleaned:
        run = run + 1 if unicodedata.category(sign) in ("Mn", "Me") else 0
        assert run <= MOST_MARKS


@given(st.one_of(ANY_TEXT, NASTY), st.integers(1, 20))
def test_a_cut_is_told_and_parts_no_letter_from_its_marks(text: str, limit: int) -> None:
    """Only longer text is cut, at most to the limit, and what is left is clean."""
    whole = clean(text).text
    cleaned = clean(text, limit)
    assert cleaned.cut == (len(whole) > limit)
    assert whole.startswith(cleaned.text)
    assert len(cleaned.text) <= limit
    assert clean(cleaned.text, limit).text == cleaned.text


def test_long_text_is_kept_whole_up_to_the_limit() -> None:
    """8,000 code points stay; one more is told."""
    assert not clean("x" * LONGEST_TEXT).cut
    assert clean("x" * (LONGEST_TEXT + 1)).cut
    assert clean("x" * 65_536).text == "x" * LONGEST_TEXT


def test_a_cut_keeps_a_family_together() -> None:
    """A family emoji of seven code points is left out as a whole."""
    assert clean("ab👨‍👩‍👧‍👦", 5).text == "ab"


FOLDED = (
    ("Ändern", "aendern"),
    ("AENDERN", "aendern"),
    ("a\u0308ndern", "aendern"),
    ("Straße", "strasse"),
    ("STRASSE", "strasse"),
    ("Geht’s dir gut?", "gehts dir gut"),
    ("geht's", "gehts"),
    ("Kolleg:innen, Kolleg*innen und Kolleg_innen", "kolleginnen kolleginnen und kolleginnen"),
    ("/stopp", "stopp"),
    ("  Zu   viel\nPlatz ", "zu viel platz"),
    ("E-Mail", "e mail"),
    ("ﬁx ３", "fix 3"),
    ("٣ ۳ ③", "3 3 3"),
    ("İstanbul", "istanbul"),
    ("ışık", "isik"),
    ("Çözüm", "coezuem"),
    ("أريد", "اريد"),
    ("Ещё", "еще"),
    ("п'ять", "пять"),
    ("3️⃣", "3"),
    ("!?…", ""),
    ("👍", ""),
)


@pytest.mark.parametrize(("typed", "folded"), FOLDED)
def test_fold(typed: str, folded: str) -> None:
    """Small letters, umlauts spelled out, no marks, no punctuation, single spaces."""
    assert fold(typed) == folded


@given(st.one_of(ANY_TEXT, NASTY))
def test_folding_twice_changes_nothing(text: str) -> None:
    """`fold` never raises and is idempotent; its words are what spaces part."""
    folded = fold(text)
    assert fold(folded) == folded
    assert " ".join(words(folded)) == folded


NUMBERS = (
    ("3", 3),
    ("3.", 3),
    (" 3 ", 3),
    ("(3)", 3),
    ("#3", 3),
    ("Nr. 3", 3),
    ("Nummer 3 bitte", 3),
    ("die 3", 3),
    ("Option drei", 3),
    ("Drei", 3),
    ("three", 3),
    ("zwölf", 12),
    ("zwoelf", 12),
    ("zwanzig", 20),
    ("0", 0),
    ("null", 0),
    ("③", 3),
    ("３", 3),
    ("٣", 3),
    ("3️⃣", 3),
    ("86150", 86150),
    ("007", 7),
    ("-3", None),
    ("3,5", None),
    ("1/2", None),
    ("½", None),
    ("1-3", None),
    ("3.12.", None),
    ("0821 1234567", None),
    ("1234567", None),
    ("drei Männer", None),
    ("ja", None),
    ("", None),
    ("nummer", None),
)


@pytest.mark.parametrize(("typed", "number"), NUMBERS)
def test_read_number(typed: str, number: int | None) -> None:
    """One whole number, in digits of any script or in words up to twenty; nothing else is a number."""
    assert read_number(typed) == number


@given(st.one_of(ANY_TEXT, NASTY))
def test_read_number_never_raises(text: str) -> None:
    """Any text is a number from zero up, or none."""
    number = read_number(text)
    assert number is None or number >= 0


LANGUAGES = (
    ("Ich weiß nicht, was ich tun soll", "de"),
    ("I do not know what to do", "en"),
    ("Ne yapmam lazım bilmiyorum", "tr"),
    ("أحتاج مساعدة من فضلك", "ar"),
    ("Мне нужна помощь, я не знаю что делать", "ru"),
    ("Мені потрібна допомога", "uk"),
    ("ok", None),
    ("Augsburg", None),
    ("", None),
    ("3", None),
)


@pytest.mark.parametrize(("typed", "language"), LANGUAGES)
def test_detect_language(typed: str, language: str | None) -> None:
    """A sentence shows its language, a word does not."""
    assert detect_language(typed, ("de", "en", "tr", "ar", "ru", "uk")) == language


def test_only_shipped_languages_are_offered() -> None:
    """What is not shipped is not offered."""
    assert detect_language("Ne yapmam lazım bilmiyorum", ("de", "en", "de-simple")) is None


@given(st.one_of(ANY_TEXT, NASTY))
def test_detect_language_never_raises(text: str) -> None:
    """Any text has one of the languages, or none."""
    assert detect_language(text, ("de", "en")) in (None, "de", "en")


@pytest.mark.parametrize(
    ("text", "microseconds"), [("3", 3), ("ja", 3), ("Ich weiß nicht, wie es weitergeht. " * 6, 30)]
)
def test_folding_costs_next_to_nothing(text: str, microseconds: float) -> None:
    """An answer costs 3 us, a message of 200 letters 30 us; three times that is forgiven to a busy machine."""
    spent = min(timeit.repeat(lambda: fold(text), number=500, repeat=7)) / 500 * 1e6
    assert spent < 3 * microseconds

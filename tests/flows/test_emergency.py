"""The static texts: always there, in every language, with the right numbers and nothing that hurts."""

from __future__ import annotations

import re

import pytest

from bot.flows.crisis import Crisis
from bot.flows.emergency import (
    NUMBERS,
    UNTRANSLATED,
    after_not_serious,
    crisis_options,
    crisis_text,
    emergency_numbers,
    emergency_text,
    violence_text,
)

LANGUAGES = ("de", "en", "de-simple")
TELEPHONE = re.compile(r"\b\d[\d ]*\d\b")


def everything(lang: str) -> list[str]:
    """Every bubble and label that can be shown in a language."""
    options = crisis_options(lang)
    return [
        emergency_numbers(lang),
        *emergency_text(lang),
        *(bubble for crisis in Crisis for bubble in crisis_text(crisis, lang, bavaria=True)),
        *(bubble for option in options for bubble in (option.label, *option.reply)),
        *after_not_serious(lang),
        *violence_text(lang),
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_wording(lang: str) -> None:
    """Short, calm, no exclamation mark, no question why, no promise, no 113, and not called anonymous."""
    for bubble in everything(lang):
        assert 0 < len(bubble) <= 500
        assert bubble == bubble.strip()
        assert not re.search(r"!|\bwarum\b|\bwhy\b|anonym|\b113\b|versprech|promise|kopf hoch", bubble, re.IGNORECASE)
        assert not re.search("[\U0001f000-\U0001faff\u2600-\u27bf]", bubble)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_number_is_one_that_is_known(lang: str) -> None:
    """No number that is not in `NUMBERS`, and each in its groups."""
    for bubble in everything(lang):
        for found in TELEPHONE.findall(bubble):
            assert found in NUMBERS.values(), found


@pytest.mark.parametrize("lang", [*LANGUAGES, "tr", "ar", "ru", "uk", "xx", ""])
@pytest.mark.parametrize("crisis", list(Crisis))
def test_a_crisis_text_names_112_and_someone_to_talk_to(crisis: Crisis, lang: str) -> None:
    """In every language, in the first two bubbles and the next."""
    bubbles = crisis_text(crisis, lang)
    assert any("112" in bubble for bubble in bubbles[:2])
    assert any("116 123" in bubble for bubble in bubbles[:3])


def test_the_german_words_are_those_of_the_shared_page() -> None:
    """`sprache.md`, section 6, word for word."""
    assert crisis_text(Crisis.DIRECT, "de", bavaria=False) == (
        (
            "Danke, dass Sie das schreiben. Das klingt nach sehr großer Not. Ich bin ein Computerprogramm und kann"
            " Ihnen darin"
            " nicht gerecht werden – ein Mensch kann es."
        ),
        "Sind Sie in Gefahr, sich etwas anzutun? Bitte rufen Sie jetzt 112 an.",
        (
            "Reden, Tag und Nacht, kostenlos: TelefonSeelsorge 0800 111 0 111, 0800 111 0 222 oder 116 123."
            " Chat: telefonseelsorge.de. Ist besetzt: bitte gleich noch einmal."
        ),
        "Ist jemand in Ihrer Nähe, zu dem Sie gehen können?",
        "Ich habe niemanden informiert. Ich bin weiter da, wenn Sie schreiben möchten.",
    )
    assert "Ich frage lieber nach: Denken Sie daran, sich etwas anzutun?" in crisis_text(Crisis.INDIRECT, "de")[0]
    assert "Bleiben Sie, wenn möglich, bei der Person. Rufen Sie 112, wenn Gefahr besteht." in " ".join(
        crisis_text(Crisis.OTHERS, "de")
    )
    assert after_not_serious("de") == ("Gut, dass Sie das sagen. Die Nummern lasse ich hier stehen.",)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_line_of_bavaria_is_for_bavaria(lang: str) -> None:
    """Krisendienste Bayern only where it is asked for."""
    for crisis in Crisis:
        assert not any("0800 655 3000" in bubble for bubble in crisis_text(crisis, lang))
        assert sum("0800 655 3000" in bubble for bubble in crisis_text(crisis, lang, bavaria=True)) == 1


@pytest.mark.parametrize("lang", sorted(UNTRANSLATED))
def test_untranslated_languages_get_german_and_english(lang: str) -> None:
    """Until a translator of the field has worked on them."""
    assert crisis_text(Crisis.DIRECT, lang) == crisis_text(Crisis.DIRECT, "de") + crisis_text(Crisis.DIRECT, "en")
    assert emergency_text(lang) == emergency_text("de") + emergency_text("en")


def test_an_unknown_language_gets_german() -> None:
    """No code is without a text."""
    for text in (emergency_text, after_not_serious, violence_text, crisis_options, emergency_numbers):
        assert text("xx") == text("de")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_four_buttons(lang: str) -> None:
    """Call, with someone, keep writing, not about me: the same ids in every language, each with an answer."""
    options = crisis_options(lang)
    assert [option.id for option in options] == ["anrufen", "bei_jemandem", "weiterschreiben", "nicht_ich"]
    assert all(option.reply and len(option.label) <= 24 for option in options)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_violence_is_answered_with_110_and_without_blame(lang: str) -> None:
    """110 is named, nothing is judged, nobody was told."""
    text = " ".join(violence_text(lang))
    assert "110" in text
    assert "116 123" in text
    assert not re.search(r"verboten|strafbar|dürfen Sie nicht|you must not|illegal", text)


def test_emergency_names_both_numbers_first() -> None:
    """110 and 112 stand in the first two bubbles of every language."""
    for lang in LANGUAGES:
        first = " ".join(emergency_text(lang)[:2])
        assert "110" in first
        assert "112" in first

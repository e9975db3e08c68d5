"""How a talk looks, plain and in frames; and that nothing steers the terminal."""

import io
import re

import pytest

from bot.adapters import terminal_words as words
from bot.adapters.terminal_screen import WIDEST, Plain, Pretty, hang, harmless
from bot.adapters.terminal_wire import Bubble
from bot.flows.exchange import Choice, Style

YES = Choice("Ja")
UNSURE = Choice("Ich bin unsicher", "lieber einmal zu viel")
ANSI = re.compile(r"\x1b\[[0-9;]*m")


def pretty(bubble: Bubble) -> str:
    """A bubble in frames, without colours."""
    out = io.StringIO()
    Pretty(out).bubble(bubble)
    return ANSI.sub("", out.getvalue())


def plain(bubble: Bubble) -> str:
    """A bubble in a pipe."""
    out = io.StringIO()
    Plain(out).bubble(bubble)
    return out.getvalue()


def test_plain_question() -> None:
    """Text, then a line per choice with its number and hint, then an empty line."""
    bubble = Bubble(id="1", text="Sind Sie in Gefahr?", style="question", choices=(YES, UNSURE), expects="option")
    assert plain(bubble) == "Sind Sie in Gefahr?\n1 Ja\n2 Ich bin unsicher (lieber einmal zu viel)\n\n"


def test_plain_checklist() -> None:
    """What is ticked says so."""
    choices = (Choice("Links", ticked=True), Choice("Fotos"))
    assert plain(Bubble(id="1", text="Was haben Sie?", choices=choices, expects="options")).splitlines() == [
        "Was haben Sie?",
        "1 ✓ Links",
        "2 Fotos",
        "",
    ]


def test_plain_copy_frame() -> None:
    """A text to copy stands between two lines."""
    assert plain(Bubble(id="1", text="Liebe Kolleg:innen", style="copy")).splitlines() == [
        "--- Zum Kopieren ---",
        "Liebe Kolleg:innen",
        "---",
        "",
    ]


def test_pretty_question_has_numbers_and_hints() -> None:
    """The choices stand below the bubble, the hint below its label."""
    shown = pretty(
        Bubble(id="1", text="Sind Sie in Gefahr?", style="question", choices=(YES, UNSURE), expects="option")
    )
    assert "╭" in shown
    lines = [line.strip() for line in shown.splitlines()]
    assert lines.index("1 Ja") < lines.index("2 Ich bin unsicher") < lines.index("lieber einmal zu viel")


def test_pretty_checklist_has_ticks() -> None:
    """A tick stands between number and label."""
    choices = (Choice("Links", ticked=True), Choice("Fotos"))
    shown = pretty(Bubble(id="1", text="Was haben Sie?", choices=choices, expects="options"))
    assert re.search(r"1 ✓ Links", shown)
    assert re.search(r"2   Fotos", shown)


@pytest.mark.parametrize(
    ("style", "corner"), [("plain", "╭"), ("question", "╭"), ("notice", "╭"), ("emergency", "┏"), ("contact", "┌")]
)
def test_each_style_has_its_frame(style: Style, corner: str) -> None:
    """Emergency numbers and contacts can be told from everything else, without colour too."""
    shown = pretty(Bubble(id="1", text="Polizei\n110", style=style))
    assert corner in shown
    assert "110" in shown


def test_copy_frame_adds_nothing_to_the_lines() -> None:
    """What is marked with the mouse is the text and only the text: no frame at its sides, no break of the screen."""
    text = "Liebe Kolleg:innen,\n" + "am Montag " * 30
    assert text in pretty(Bubble(id="1", text=text, style="copy"))


def test_lines_stay_readable() -> None:
    """However wide the window, a bubble is at most `WIDEST` columns wide."""
    shown = pretty(Bubble(id="1", text="Wort " * 200))
    assert max(len(line.rstrip()) for line in shown.splitlines()) <= WIDEST


def test_points_of_a_list_hang() -> None:
    """What belongs to a point stands below its words, not below its number."""
    text = "Das Wichtigste jetzt:\n1. Halten Sie den Aufruf fest.\n• kurz"
    assert hang(text, 20).split("\n") == ["Das Wichtigste", "jetzt:", "1. Halten Sie den", "   Aufruf fest.", "• kurz"]
    assert hang("a\n\nb", 20) == "a\n\nb"
    assert hang("https://www.sehr-lange-adresse.example/ohne-umbruch", 20).count("\n") == 0


@pytest.mark.parametrize("style", ["plain", "question", "notice", "emergency", "contact", "copy"])
@pytest.mark.parametrize(
    "nasty",
    ["\x1b[2J", "\x1b]0;Titel\x07", "\x9b31m", "\u202e", "\u2066", "\r", "\b" * 3, "\x00", "[bold]", ":smile:", "[/]"],
)
def test_nothing_steers_the_terminal(style: Style, nasty: str) -> None:
    """Escape sequences and direction overrides are taken out; markup is shown as it stands."""
    bubble = Bubble(id="1", text=f"vor{nasty}nach", style=style, choices=(Choice(nasty, nasty),), expects="option")
    for shown in (plain(bubble), pretty(bubble)):
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", shown)
    if nasty.isprintable() and nasty[0] in "[:":
        assert f"vor{nasty}nach" in pretty(bubble)


def test_harmless_keeps_words() -> None:
    """Umlauts, emoji and line breaks stay; a tab is a space."""
    assert harmless("Grüße\n👩‍👧\tا") == "Grüße\n👩‍👧 ا"


@pytest.mark.parametrize("language", ["de", "en", "de-simple", "xx"])
def test_first_words_name_the_numbers(language: str) -> None:
    """110 and 112 stand on the screen before anything is loaded, in every language."""
    out = io.StringIO()
    Pretty(out, language).first(words.first_words(language))
    assert "110" in out.getvalue()
    assert "112" in out.getvalue()


@pytest.mark.parametrize("key", words._WORDS)
def test_every_sentence_has_three_languages(key: str) -> None:
    """German, English, Einfache Sprache; none promises or shouts."""
    texts = words._WORDS[key]
    assert set(texts) == {"de", "en", "de-simple"}
    assert not any("!" in text for text in texts.values())


@pytest.mark.parametrize(
    ("seconds", "german", "english"),
    [(86_400, "1 Tag", "1 day"), (97_200, "1 Tag 3 Stunden", "1 day 3 hours"), (1_800, "30 Minuten", "30 minutes")],
)
def test_spans_in_words(seconds: int, german: str, english: str) -> None:
    """The clock's lead is said in words."""
    assert words.span(seconds, "de") == german
    assert words.span(seconds, "en") == english
    assert words.span(seconds, "de-simple") == german

"""Numbers in the prose are those of the program: whoever changes a constant changes the sentence."""

from __future__ import annotations

import re

import pytest

from bot.alliance.entry import SINKS_AFTER, VANISHES_AFTER
from bot.flows import asking, detours, hearing
from bot.flows.checking import invariants, legibility, texts
from bot.flows.conversation import MAX_TRAIL
from bot.flows.steps import MAX_LABEL
from bot.flows.world import Municipality
from bot.storage.accounts import LEASE_SECONDS
from bot.storage.sealing import WORDS
from bot.work.retention import BODIES_FOR, EVENTS_FOR_DAYS
from bot.work.turns import MOST_TRIES
from tests.docs.pages import ROOT

NUMBERS = ("null", "eine", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn")
ENGLISH = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
TOWN = Municipality()
HOUR = 3_600_000

SENTENCES = [
    ("handbuch/gespraech.md", f"höchstens {NUMBERS[detours.MAX_CHANGES]}, zur Auswahl"),
    ("handbuch/gespraech.md", f"bis zu {TOWN.retention_days} Tage nach der letzten Nachricht"),
    ("handbuch/gespraech.md", f"zwischen {TOWN.quiet_to} und {TOWN.quiet_from} Uhr vereinbart"),
    ("handbuch/gespraech.md", "Beim dritten Mal" if hearing.MAX_TRIES == 3 else "another number of tries"),
    ("handbuch/leitfaden-schreiben.md", f"die ersten {NUMBERS[asking.MAX_CASE_LINES]}, die beantwortet sind"),
    ("handbuch/leitfaden-schreiben.md", f"höchstens {NUMBERS[asking.MAX_OFFERED]} Leitfäden"),
    ("handbuch/leitfaden-schreiben.md", f"bis zu {NUMBERS[asking.MAX_MENU]} Leitfäden"),
    ("handbuch/leitfaden-schreiben.md", f"Ruhezeit von {TOWN.quiet_from} bis {TOWN.quiet_to} Uhr"),
    ("handbuch/leitfaden-schreiben.md", f"innerhalb von {NUMBERS[invariants.MOST_BUBBLES]} Nachrichten"),
    ("handbuch/pruefen-und-freigeben.md", f"innerhalb von {NUMBERS[invariants.MOST_BUBBLES]} Nachrichten"),
    ("handbuch/pruefen-und-freigeben.md", f"länger als {texts.LONG_BUBBLE} Zeichen"),
    ("handbuch/pruefen-und-freigeben.md", f"länger als {texts.LONG_LABEL} Zeichen; über {MAX_LABEL} ein Fehler"),
    ("handbuch/pruefen-und-freigeben.md", f"länger als {texts.LONG_HINT} Zeichen"),
    (
        "handbuch/pruefen-und-freigeben.md",
        "Mehr als {de} Wörter, in einfacher Sprache mehr als {de-simple}".format(**legibility.LONGEST_SENTENCE),
    ),
    (
        "handbuch/pruefen-und-freigeben.md",
        "Wiener Sachtextformel über {de:.0f}, in einfacher Sprache über {de-simple:.0f}".format(**legibility.HARDEST),
    ),
    ("handbuch/texte.md", f"höchstens etwa {texts.LONG_BUBBLE} Zeichen"),
    ("handbuch/texte.md", f"mit {texts.LONG_LABEL} Zeichen auskommen, ein Hinweis mit {texts.LONG_HINT}"),
    ("handbuch/ansprechstellen.md", f"vor mehr als {VANISHES_AFTER.days} Tagen"),
    ("handbuch/ansprechstellen.md", f"in den letzten {SINKS_AFTER.days} Tagen Geprüfte"),
    ("handbuch/ansprechstellen.md", f"Nach {SINKS_AFTER.days} Tagen rückt"),
    ("privacy.md", f"**{TOWN.retention_days} days after the last message**"),
    ("privacy.md", f"{BODIES_FOR // HOUR} hours after it was handled"),
    ("privacy.md", f"kept {EVENTS_FOR_DAYS} days after the row"),
    ("privacy.md", f"sizes in steps of {WORDS} bytes"),
    ("privacy.md", f"outside {TOWN.quiet_from} to {TOWN.quiet_to} o'clock"),
    ("operating.md", f"put aside after {ENGLISH[MOST_TRIES]} tries"),
    ("operating.md", f"a lease of {LEASE_SECONDS} seconds"),
    ("decisions/0007-changing-an-answer.md", f"The trail holds {MAX_TRAIL} visits"),
]


@pytest.mark.parametrize(("page", "sentence"), SENTENCES)
def test_numbers_are_those_of_the_program(page: str, sentence: str) -> None:
    """The sentence stands on the page as the constants would have it."""
    text = re.sub(r"\s+", " ", (ROOT / "docs" / page).read_text(encoding="utf-8"))
    assert sentence in text

"""What the words say: rules that hit what is always wrong and leave alone what only looks like it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import pytest

from bot.documents import Problem
from bot.flows.checking import check, style
from bot.flows.checking.slurs import SLURS
from bot.flows.loading import load
from bot.flows.reading import fold
from tests.flows.mistakes import good_files


def said_about(text: str, language: str = "de") -> set[str]:
    """The codes of what is said about a text in this language."""
    return {problem.code for problem in problems_of(text, language)}


def problems_of(text: str, language: str = "de") -> list[Problem]:
    """Everything that is said about the good files with this text in `melden`."""
    files = good_files()
    words = {
        "de": "Jetzt können Sie melden.",
        "en": "Now you can report it.",
        "de-simple": "Jetzt können Sie das melden.",
    }
    old = f"{language}: {words[language]}"
    body = files["vorfall.yaml"].decode()
    assert old in body
    quoted = '"' + text.replace('"', '\\"') + '"'
    files["vorfall.yaml"] = body.replace(old, f"{language}: {quoted}", 1).encode()
    loaded = load(files)
    assert loaded.problems == ()
    return check(loaded)


WRONG = [
    ("versprechen", "de", "Jemand meldet sich bei Ihnen."),
    ("versprechen", "de", "Wir melden uns bei Ihnen."),
    ("versprechen", "de", "Ihnen passiert nichts."),
    ("versprechen", "de", "Das bleibt unter uns."),
    ("versprechen", "de", "Alles wird gut."),
    ("versprechen", "de", "Das wird hart bestraft."),
    ("versprechen", "de", "Der Beitrag wird sicher gelöscht."),
    ("versprechen", "de-simple", "Wir kümmern uns."),
    ("versprechen", "en", "We will get back to you."),
    ("versprechen", "en", "I promise."),
    ("anonym", "de", "Sie bleiben anonym."),
    ("anonym", "en", "You stay anonymous."),
    ("schuldzuweisung", "de", "Das war doch nur ein Witz."),
    ("schuldzuweisung", "de", "Sie müssen Anzeige erstatten."),
    ("schuldzuweisung", "de", "Kopf hoch."),
    ("schuldzuweisung", "en", "It was just a joke."),
    ("schuldzuweisung", "en", "You should have said no."),
    ("warum-frage", "de", "Warum gingen Sie hin? Sagen Sie es."),
    ("wort", "de", "Farbige werden angegriffen."),
    ("wort", "de", "Das Opfer ruft an."),
    ("wort", "de", "Das ist ein Trauma."),
    ("grossbuchstaben", "de", "Das ist DRINGEND."),
    ("ausrufezeichen", "en", "Report it now!"),
    ("emoji", "de-simple", "Gut ✅"),
    ("genderform", "de", "Mitarbeiter/innen können melden."),
    ("genderform", "de", "Ansprechpartner_innen können melden."),
    ("genderform-einfach", "de-simple", "Jede:r kann melden."),
]


@pytest.mark.parametrize(("code", "language", "text"), WRONG)
def test_wrong_words_are_found(code: str, language: str, text: str) -> None:
    """Each rule finds what it is for."""
    assert code in said_about(text, language)


RIGHT = [
    ("de", "Beratung ohne Namen ist möglich. Das entscheidet die Staatsanwaltschaft."),
    ("de", "„Das gehört zum Job“ stimmt nicht. „Das war nur ein Witz“ auch nicht."),
    ("de", "Sie sind nicht schuld. Verantwortlich ist, wer angegriffen hat."),
    ("de", "Sagen Sie kurz, warum die Veranstaltung abgebrochen wurde."),
    ("de", "Opferberatung, Opferhilfe und Trauma-Ambulanz helfen; REspect! und der WEISSE RING auch."),
    ("de", "Rassismus und Rassendiskriminierung; die Farbigkeit des Bildes."),
    ("de", "Kolleg:innen, Zeug:innen, Mitarbeitende, wer mithilft: in Berlin, auf LinkedIn und YouTube."),
    ("de", "Was Sie hier schreiben, wird nach 30 Tagen gelöscht."),
    ("de", "Um 18:30 Uhr, bis 19.02.2027, unter www.hateaid.org?x=1."),
    ("de-simple", "Zum Beispiel: in der Stadt. Oder: im Amt."),
    ("en", "You can report it without your name. The prosecutor decides."),
    ("en", "It is not your fault. “Calm down” helps nobody."),
]


@pytest.mark.parametrize(("language", "text"), RIGHT)
def test_right_words_are_left_alone(language: str, text: str) -> None:
    """Names, quotations and look-alikes are no mistakes."""
    problems = [problem for problem in problems_of(text, language) if problem.code != "nummer-fehlt"]
    assert problems == []


WORD = "Quatschwort"


@pytest.fixture
def slur(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A word that is known as a slur by its hash only."""
    monkeypatch.setattr(style, "SLURS", frozenset({hashlib.sha256(fold(WORD).encode()).hexdigest()[:16]}))
    style._is_slur.cache_clear()
    yield WORD
    style._is_slur.cache_clear()


@pytest.mark.parametrize("form", ["{}", "{}e", "{}en", "{}innen", "Ein {}.", "„{}“", "{}!"])
def test_slur_is_found_in_all_its_forms(slur: str, form: str) -> None:
    """It is an error, and the problem does not repeat it."""
    (problem,) = [found for found in problems_of(form.format(slur)) if found.code == "beleidigung"]
    assert problem.severity == "error"
    assert slur.lower() not in str(problem).lower()


def test_slur_in_a_template_is_found_too(slur: str) -> None:
    """In a text to copy the tone is the person's, but no slur is put into their mouth."""
    files = good_files()
    files["vorfall.yaml"] = files["vorfall.yaml"].replace(b"Unterschrift: {unterschrift}", f"{slur}! Warum?".encode())
    assert {problem.code for problem in check(load(files))} == {"beleidigung"}


def test_slurs_are_hashes() -> None:
    """No word stands in the list."""
    assert len(SLURS) > 50
    assert all(len(entry) == 16 and int(entry, 16) >= 0 for entry in SLURS)


def test_reading_ease() -> None:
    """Easy and hard German, and too few words to say."""
    easy = "Das ist gut. Sie sind da. Ich bin hier. Wir gehen los. " * 4
    hard = "Zuständigkeitsrechtliche Unterstützungsleistungen erfordern Antragstellungen. " * 15
    few = style.reading_ease("Das ist gut.")
    simple, difficult = style.reading_ease(easy), style.reading_ease(hard)
    assert few is None
    assert simple is not None
    assert difficult is not None
    assert simple > 80
    assert difficult < 0

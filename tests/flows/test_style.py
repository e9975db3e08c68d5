"""What the words say: rules that hit what is always wrong and leave alone what only looks like it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

import pytest

from bot.documents import Problem
from bot.flows.checking import check, gender, legibility, style
from bot.flows.checking.files import File
from bot.flows.checking.slurs import SLURS
from bot.flows.loading import load
from bot.flows.reading import fold
from bot.flows.sentences import SENTENCES
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


FORMS = re.compile(r"\w+:(?:in|innen|r|n|e|m)\b")

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
    ("versprechen", "de", "Die Koordination meldet sich bei Ihnen."),
    ("versprechen", "de", "Ich habe die Polizei informiert."),
    ("versprechen", "en", "The office will call you."),
    ("urteil", "de", "Für Sie besteht kein Risiko."),
    ("urteil", "en", "This is a crime."),
    ("heimliche-aufnahme", "de", "Lassen Sie das Handy mitlaufen."),
    ("heimliche-aufnahme", "de", "Schreiben Sie mit. Filmen oder heimlich mitschneiden hilft auch."),
    ("heimliche-aufnahme", "de", "Nehmen Sie nichts hin. Gespräche aufnehmen ist gut."),
    ("heimliche-aufnahme", "en", "Record the conversation on your phone."),
    ("schuldzuweisung", "de", "In der Politik muss man das aushalten."),
    ("schuldzuweisung", "de", "Da müssen Sie durch."),
    ("schuldzuweisung", "en", "You are overreacting."),
    ("warum-frage", "de", "Aus welchem Grund gingen Sie hin? Sagen Sie es."),
    ("wort", "de", "Beide Konfliktparteien reden."),
    ("frage-ohne-antwort", "en", "Is anyone hurt?"),
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
    ("de", "Nehmen Sie keine Gespräche heimlich auf. Gespräche heimlich aufzunehmen kann strafbar sein."),
    ("de", "Nur mit Einwilligung aller dürfen Sie Gespräche aufnehmen."),
    ("en", "Please do not record conversations in secret. Secret recordings can be an offence."),
    ("de", "Brennt es? Dann rufen Sie 112 an. Fragen Sie: „Wer war da?“"),
    ("de", "Das kann strafbar sein. Wenn Sie möchten, frage ich morgen nach. Dann schreibe ich nicht wieder."),
    ("de-simple", "Brennt es? Rufen Sie 112 an. Schreiben Sie auf: Wer war da? Wann war es?"),
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


# Counted by hand; some of them have a vowel alone at an edge, where German may not be hyphenated.
SYLLABLES = {
    "wir": 1, "heute": 2, "aber": 2, "oder": 2, "Abend": 2, "Ihre": 2, "Idee": 2, "Meldung": 2, "schreiben": 2,
    "Polizei": 3, "Behörde": 3, "Drohungen": 3, "Theater": 3, "Anzeige": 3, "Mitarbeitende": 5, "Beleidigung": 4,
    "Straf-Antrag": 3, "Dienststelle": 3, "aufgeschrieben": 4, "Feuer": 2, "Boot": 1, "Leute": 2,
}  # fmt: skip


def test_syllables_are_counted() -> None:
    """Words whose syllables anybody can clap."""
    assert {word: legibility.syllables(word) for word in SYLLABLES} == SYLLABLES


def test_reading_level() -> None:
    """Easy and hard German, and too few words to say; computed by hand from the formula where that is possible."""
    # 48 words, 4 in a sentence, each of one syllable and at most six letters.
    easy = "Das ist gut so. Du bist jetzt da. Ich bin auch hier. " * 4
    hard = "Zuständigkeitsrechtliche Unterstützungsleistungen erfordern Antragstellungen. " * 15
    assert legibility.reading_level("Das ist gut.") is None
    assert legibility.reading_level(easy) == pytest.approx(0.1672 * 4 - 0.0327 * 100 - 0.875)
    level = legibility.reading_level(hard)
    assert level is not None
    assert level > 30


STYLED = [
    ("doppelpunkt", "Alle Kolleg:innen helfen.", 0),
    ("paarform", "Alle Kolleg:innen helfen.", 1),
    ("paarform", "Kolleginnen und Kollegen helfen.", 0),
    ("neutral", "Kolleginnen und Kollegen helfen.", 1),
    ("neutral", "Fragen Sie eine Nachbarin oder einen Menschen im Haus.", 0),
    ("neutral", "Mitarbeitende helfen: in der Stadt und im Amt.", 0),
]


@pytest.mark.parametrize(("style", "text", "count"), STYLED)
def test_gender_style_of_a_municipality(style: gender.GenderStyle, text: str, count: int) -> None:
    """The forms that a municipality does not use are found; a neutral word fits all."""
    files = good_files()
    files["vorfall.yaml"] = files["vorfall.yaml"].replace(
        "de: Jetzt können Sie melden.".encode(), f'de: "{text}"'.encode()
    )
    loaded = load(files)
    file = File(loaded.playbooks["vorfall"], loaded.documents["vorfall"])
    found = list(gender.check_gender_style(file, style, "Musterstadt"))
    assert [problem.code for problem in found] == ["gender-stil"] * count


def test_the_lotse_itself_uses_no_form_that_a_municipality_may_not() -> None:
    """Its own sentences are the same for all, so they are neutral."""
    shown = {f"{key}: {found[0]}" for key, texts in SENTENCES.items() for found in FORMS.finditer(texts["de"])}
    assert not shown

"""What the terminal itself says, in German, English and Einfache Sprache.

Owns: the sentences around a talk, not those of the Lotse. The first words name the emergency numbers: they stand on
the screen before anything is loaded (decisions: 110 and 112 are static and always there).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

FIRST_WORDS: Final[Mapping[str, str]] = {
    "de": "KommA-Lotse · In Gefahr: 110 · Verletzt oder Suizidgedanken: 112",
    "en": "KommA-Lotse · In danger: 110 · Hurt, or thoughts of suicide: 112",
    "de-simple": "KommA-Lotse · Sie sind in Gefahr: 110 · Sie sind verletzt oder wollen sterben: 112",
}

_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "how": {
        "de": "Schreiben Sie in eigenen Worten, oder die Zahl einer Antwort. "
        "„hilfe“ zeigt, was noch geht. Strg-D beendet.",
        "en": "Write in your own words, or the number of an answer. “help” shows what else you can say. Ctrl-D ends.",
        "de-simple": "Schreiben Sie mit Ihren Worten. Oder schreiben Sie die Zahl von einer Antwort. "
        "Schreiben Sie „hilfe“, wenn Sie nicht weiter wissen.",
    },
    "person": {
        "de": "Sie sind Person {person}: In einem anderen Terminal spricht schon jemand.",
        "en": "You are person {person}: somebody is talking in another terminal.",
        "de-simple": "Sie sind Person {person}. In einem anderen Fenster schreibt schon jemand.",
    },
    "goodbye": {
        "de": "Sie können jederzeit weitermachen: lotse talk",
        "en": "You can go on at any time: lotse talk",
        "de-simple": "Sie können später weitermachen. Schreiben Sie dann: lotse talk",
    },
    "help": {
        "de": "Nur in diesem Terminal:\n"
        ":vor 24h          stellt die Uhr vor (auch 30m, 3d, 2w), damit Nachfragen kommen; :vor 0 stellt sie zurück\n"
        ":protokoll DATEI  schreibt dieses Gespräch als Prüfung auf\n"
        ":ende             beendet; später geht es hier weiter\n"
        ":hilfe            zeigt dies\n"
        "Alles andere liest der Lotse. Was er versteht, zeigt „hilfe“.",
        "en": "In this terminal only:\n"
        ":vor 24h          sets the clock forward (also 30m, 3d, 2w), so that check-ins come; :vor 0 sets it back\n"
        ":protokoll FILE   writes this talk as a test\n"
        ":ende             ends; you can go on here later\n"
        ":hilfe            shows this\n"
        "The Lotse reads everything else. “help” shows what it understands.",
        "de-simple": "Nur in diesem Fenster:\n"
        ":vor 24h          stellt die Uhr vor. Auch 30m, 3d und 2w. :vor 0 stellt sie zurück.\n"
        ":protokoll DATEI  schreibt das Gespräch in eine Datei.\n"
        ":ende             ist der Schluss. Sie können später weiter machen.\n"
        ":hilfe            zeigt das hier.\n"
        "Alles andere liest der Lotse.",
    },
    "kept": {
        "de": "Die Datei liegt hier: {path}",
        "en": "The file is here: {path}",
        "de-simple": "Die Datei ist hier: {path}",
    },
    "not_kept": {
        "de": "Die Datei lässt sich in diesem Ordner nicht ablegen. Bitte in einem anderen noch einmal versuchen.",
        "en": "The file cannot be put into this folder. Please try again in another one.",
        "de-simple": "Die Datei kann hier nicht liegen. Bitte versuchen Sie es in einem anderen Ordner.",
    },
    "unknown_word": {
        "de": "Das Wort mit Doppelpunkt kenne ich nicht. :hilfe zeigt, welche es gibt.",
        "en": "I do not know this word with a colon. :hilfe shows which there are.",
        "de-simple": "Dieses Wort kenne ich nicht. Schreiben Sie :hilfe",
    },
    "bad_span": {
        "de": "So weit kann ich die Uhr nicht stellen. Beispiele: :vor 24h, :vor 30m, :vor 3d, :vor 2w, :vor 0",
        "en": "I cannot set the clock like that. Examples: :vor 24h, :vor 30m, :vor 3d, :vor 2w, :vor 0",
        "de-simple": "Das geht nicht. Schreiben Sie zum Beispiel: :vor 24h",
    },
    "ahead": {
        "de": "Die Uhr steht {span} vor. :vor 0 stellt sie zurück.",
        "en": "The clock is {span} ahead. :vor 0 sets it back.",
        "de-simple": "Die Uhr geht {span} vor. :vor 0 stellt sie zurück.",
    },
    "real_time": {
        "de": "Die Uhr geht richtig.",
        "en": "The clock shows the real time.",
        "de-simple": "Die Uhr geht richtig.",
    },
    "clock_refused": {
        "de": "Die Uhr lässt sich hier nicht stellen: Der Dienst läuft auch für andere.",
        "en": "The clock cannot be set here: the service is running for others too.",
        "de-simple": "Die Uhr kann man hier nicht stellen.",
    },
    "no_file": {
        "de": "Welche Datei? Beispiel: :protokoll gespraech.yaml",
        "en": "Which file? Example: :protokoll talk.yaml",
        "de-simple": "Wie soll die Datei heißen? Beispiel: :protokoll gespraech.yaml",
    },
    "file_refused": {
        "de": "Die Datei lässt sich nicht schreiben. Bitte Ordner und Rechte prüfen.",
        "en": "The file cannot be written. Please check folder and permissions.",
        "de-simple": "Die Datei kann nicht geschrieben werden.",
    },
    "file_exists": {
        "de": "Diese Datei gibt es schon. Bitte einen anderen Namen wählen.",
        "en": "This file exists already. Please choose another name.",
        "de-simple": "Diese Datei gibt es schon. Bitte nehmen Sie einen anderen Namen.",
    },
    "written": {
        "de": "Das Gespräch steht jetzt in der Datei, mit allem, was Sie geschrieben haben.",
        "en": "The talk is in the file now, with everything that you wrote.",
        "de-simple": "Das Gespräch steht jetzt in der Datei. Auch alles, was Sie geschrieben haben.",
    },
    "busy": {
        "de": "Person {person} spricht gerade in einem anderen Terminal. Ohne --person wird eine freie Nummer gewählt.",
        "en": "Person {person} is talking in another terminal. Without --person a free number is chosen.",
        "de-simple": "Person {person} schreibt schon in einem anderen Fenster.",
    },
    "version": {
        "de": "Der laufende Lotse ist eine andere Version. Bitte ihn zuerst beenden.",
        "en": "The Lotse that is running is another version. Please end it first.",
        "de-simple": "Es läuft schon ein anderer Lotse. Bitte zuerst den anderen Lotsen beenden.",
    },
    "waiting": {
        "de": "Einen Moment bitte.",
        "en": "One moment, please.",
        "de-simple": "Bitte warten Sie kurz.",
    },
    "lost": {
        "de": "Die Verbindung ist abgebrochen. Was Sie zuletzt geschrieben haben, ist vielleicht nicht angekommen.",
        "en": "The connection is lost. What you wrote last has perhaps not arrived.",
        "de-simple": "Die Verbindung ist weg. Ihr letzter Text ist vielleicht nicht angekommen.",
    },
    "copy": {"de": "Zum Kopieren", "en": "To copy", "de-simple": "Zum Kopieren"},
}


def say(key: str, language: str, **values: object) -> str:
    """Return the terminal's sentence in the language; German where there is none."""
    texts = _WORDS[key]
    return texts.get(language, texts["de"]).format(**values)


def first_words(language: str) -> str:
    """Return the line that stands on the screen before anything is loaded."""
    return FIRST_WORDS.get(language, FIRST_WORDS["de"])


_UNITS: Final[Mapping[str, tuple[tuple[int, str, str], ...]]] = {
    "de": ((86_400, "Tag", "Tage"), (3_600, "Stunde", "Stunden"), (60, "Minute", "Minuten")),
    "en": ((86_400, "day", "days"), (3_600, "hour", "hours"), (60, "minute", "minutes")),
}


def span(seconds: int, language: str) -> str:
    """Return a span in words, "1 Tag 3 Stunden"; seconds are left out."""
    parts: list[str] = []
    for size, one, many in _UNITS["en" if language == "en" else "de"]:
        amount, seconds = divmod(seconds, size)
        if amount:
            parts.append(f"{amount} {one if amount == 1 else many}")
    return " ".join(parts)

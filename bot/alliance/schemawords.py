"""What an editor says about each key of a file of the alliance, in German: tables beside `bot.alliance.schema`."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from bot.alliance.kinds import Follows

MARKS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "bestaetigt": "Eigene oder amtliche Seite, oder zwei Quellen.",
        "einfach_belegt": "Eine Quelle.",
        "unbestaetigt": "Wird niemandem gezeigt.",
    }
)
VISIBILITIES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "public": "Alle sehen die Stelle.",
        "staff": "Nur Beschäftigte, die sich mit ihrem Code ausgewiesen haben.",
        "secret": "Wie staff; der Weg dorthin liegt nur im geschützten Speicher (lotse alliance secret).",
    }
)
GENDERS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "doppelpunkt": "Kolleg:innen",
        "paarform": "Kolleginnen und Kollegen",
        "neutral": "das Team, Mitarbeitende",
    }
)
FOLLOW_TITLES: Final[Mapping[Follows, str]] = MappingProxyType(
    {
        "dienststelle": "Wo die Person arbeitet.",
        "ort": "Wo es geschieht.",
        "wohnort": "Wo die Person wohnt.",
    }
)

MODELS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "Area": "Eine Datei des Bündnisses: eine Kommune, ein Kreis, ein Land oder der Bund.",
        "Contact": "Eine Stelle oder Funktion, die man anrufen kann.",
        "Way": "Ein Weg dorthin: genau eines von phone, mail, web, chat, matrix, telegram, address.",
        "Handover": "Was gilt, wenn geschlossen ist: „to“ oder „rests“.",
        "Settings": "Wie sich der Lotse zu den Menschen dieser Kommune verhält.",
        "Delegation": "Die Kommune gibt die Betreuung ihrer Vorgänge ab.",
    }
)

# By key, or by model and key where the same key means something else.
KEYS: Final[Mapping[str, str]] = MappingProxyType(
    {
        # --- the file
        "format": "Form der Datei, zurzeit 1.",
        "key": "Der amtliche Schlüssel mit führender Null: Land 2 Ziffern, Kreis 5, Gemeinde 8; oder bund.",
        "Area.name": "So heißt der Ort, in jeder Sprache.",
        "aliases": "Andere Namen, unter denen man ihn sucht.",
        "fictional": "Erfunden: nur für Beispiele und Tests.",
        "Area.holidays": "Wessen Feiertage gelten: bund, zwei Buchstaben eines Landes wie BY, oder Augsburg.",
        "settings": "Einstellungen dieser Kommune.",
        "delegates": "Wem sie ihre Vorgänge abgibt.",
        "contacts": "Die Stellen, jede mit einer eigenen Kennung.",
        # --- a contact
        "kind": "Die Art der Stelle.",
        "name": "Stelle oder Funktion; den Namen eines Menschen nur, wenn das Bündnis das will.",
        "purpose": "Wofür sie da ist, in einem Satz.",
        "not_for": "Wofür nicht; wird immer mit gezeigt.",
        "incidents": "Für welche Vorfälle; ohne Angabe für alle.",
        "audiences": "Für welche Rollen; ohne Angabe für alle.",
        "languages": "Welche Sprachen man dort spricht: [de, en, ar].",
        "reach": "Wege dorthin, je Eintrag einer.",
        "hours": "Öffnungszeiten wie bei OpenStreetMap: Mo-Fr 09:00-16:00; PH off",
        "hours_text": "Die Zeiten in Worten, wo sie mehr sind als Uhrzeiten.",
        "closures": "Tage, an denen niemand da ist: 2026-12-24, 2026-12-24..2027-01-01",
        "holidays": "Feiertage am Ort der Stelle, wenn er woanders liegt.",
        "deputies": "Wer vertritt, solange geschlossen ist; wer zuerst da ist, gilt.",
        "handover": "Was gilt, wenn auch von ihnen niemand da ist.",
        "if_involved": "Wer statt dieser Stelle genannt wird, wenn sie selbst Teil des Problems ist.",
        "visibility": "Wer die Stelle sieht; ohne Angabe alle.",
        "follows": "Nach welchem Ort sie sich richtet, wenn nicht nach dem ihrer Art.",
        "mark": "Wie gut die Angaben belegt sind.",
        "source": "Woher die Angaben kommen.",
        "seen": "Wann die Quelle gesehen wurde: 2026-11-21",
        "geprueft_am": "Wann ein Mensch dort angerufen hat: 2026-11-21",
        "geprueft_von": "Wer angerufen hat.",
        # --- a way
        "phone": "Telefonnummer, wie man sie schreibt: 030 23125 000",
        "mail": "Mailadresse.",
        "web": "Webadresse: beispiel.de/seite",
        "chat": "Wo es den Chat gibt.",
        "matrix": "Matrix-Adresse.",
        "telegram": "Name bei Telegram.",
        "address": "Anschrift.",
        "note": "Wofür dieser Weg ist.",
        "Way.hours": "Zeiten dieses Weges, wenn er eigene hat.",
        "Way.mark": "Wie gut dieser Weg belegt ist, wenn anders als die Stelle.",
        # --- closed
        "to": "Die Kennung der Stelle, die übernimmt.",
        "rests": "Hier ist mit Absicht niemand: was bis zur Öffnung gilt.",
        # --- settings
        "Settings.address": "Wie der Lotse die Menschen anspricht: sie oder du.",
        "gender": "Welche Formen die Texte dieser Kommune haben dürfen.",
        "quiet_from": "Ab dieser Stunde schreibt der Lotse niemandem von sich aus.",
        "quiet_to": "Ab dieser Stunde wieder.",
        "retention_days": "So viele Tage nach der letzten Nachricht wird ein Gespräch gelöscht.",
        "channels": "Auf welchen Kanälen es den Lotsen hier gibt; ohne Angabe auf allen.",
        "matrix_link": "Einladung in die verschlüsselte Fassung: https://matrix.to/#/…",
        "mail_notices": "Kennungen von Kontakten dieser Datei, die von Vorgängen per Mail erfahren, ohne Inhalt.",
        "accept_hours": "In so vielen Stunden soll jemand einen Vorgang annehmen.",
        # --- delegation
        "Delegation.to": "Der Schlüssel des Kreises, in dem sie liegt.",
        "since": "Seit wann: 2026-12-01",
        "until": "Bis wann, wenn sie endet.",
        "document": "Das Schriftstück, in dem es steht.",
    }
)

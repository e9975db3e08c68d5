"""`lotse alliance who`: the answer as text and as data."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

from bot.alliance.directory import Directory
from bot.alliance.kinds import KINDS, KindId
from bot.alliance.places import Places
from bot.alliance.report import who
from tests.alliance.conftest import at

DEMO: tuple[KindId, ...] = ("versammlungsbehoerde", "polizei", "vorgesetzte", "lka_ansprechstelle")


def test_whoever_the_playbook_names_besides_fills_the_room(directory: Directory, places: Places) -> None:
    """Only who is reachable, behind those that the incident requires; first when none of these is."""
    ask = partial(who, directory, places, incident="koerperlicher_angriff")

    def named(place: str, when: str, kinds: str, others: str) -> str:
        found = ask(place=place, at=at(when), kinds=kinds.split(), others=others.split()).contacts  # type: ignore[arg-type]  # written in one word
        return " ".join(f"{'+' if one.open_now else '-'}{one.kind}" for one in found)

    assert named("Musterstadt", "2026-11-24T12:00", "polizei vorgesetzte presse", "opferberatung") == (
        "+polizei +vorgesetzte +presse"
    )
    assert named("Musterstadt", "2026-11-24T12:00", "polizei", "presse").startswith("+polizei +presse")
    assert named("Kassel", "2026-11-24T12:00", "polizei unfallkasse", "opferberatung") == "+opferberatung -polizei"
    assert named("Kassel", "2026-11-24T23:00", "polizei unfallkasse", "opferberatung") == "-polizei"
    assert named("Kassel", "2026-11-24T12:00", "unfallkasse", "antidiskriminierung").startswith("+antidiskriminierung")
    assert named("Kassel", "2026-11-24T12:00", "unfallkasse", "personalrat").startswith("+opferberatung")


def test_text(directory: Directory, places: Places) -> None:
    """The whole answer for a day on which the town hall is closed."""
    answer = who(
        directory, places, place="Musterstadt", incident="demo_wohnhaus", at=at("2026-12-24T10:00"), kinds=DEMO[:3]
    )
    expected = (Path(__file__).parent / "who_24_december.txt").read_text(encoding="utf-8")
    assert f"{answer.text()}\n" == expected


def test_what_is_missing(directory: Directory, places: Places) -> None:
    """Kinds of which nobody may be named are said, where there must be some for this role."""
    answer = who(
        directory,
        places,
        place="ausgburg",
        incident="demo_wohnhaus",
        at=at("2026-08-08T10:00"),
        kinds=(*DEMO, "amtstraeger"),
        audience="mitarbeitende",
    )
    assert answer.place is not None
    assert answer.place.ags == "09761000"
    assert answer.missing == ("versammlungsbehoerde", "vorgesetzte")
    assert answer.text().endswith("Niemand zu nennen für: Versammlungsbehörde; Leitung, Vorgesetzte.")


def test_data(directory: Directory, places: Places) -> None:
    """The same as JSON, with the reason beside each contact."""
    answer = who(directory, places, place="14626", incident="bedrohung", at=at("2026-11-23T10:00"), most=2)
    data = json.loads(json.dumps(answer.data()))
    assert data["place"] == {"ags": "14626", "name": "Landkreis Görlitz"}
    assert data["at"] == "2026-11-23T10:00:00+01:00"
    assert len(data["contacts"]) == 2
    assert data["contacts"][0]["why"].endswith("jetzt erreichbar, gut belegt, noch nicht angerufen")
    assert set(data["missing"]) < set(KINDS)


def test_no_place_and_several(directory: Directory, places: Places) -> None:
    """Words that mean no place, or several, are answered as such."""
    now = at("2026-11-23T10:00")
    unknown = who(directory, places, place="Atlantis", incident="bedrohung", at=now)
    assert unknown.text().startswith("Einen Ort „Atlantis“ kennt der Lotse nicht.")
    several = who(directory, places, place="in Berlin", incident="bedrohung", at=now)
    assert (
        several.text()
        == "„in Berlin“ kann mehreres heißen. Nennen Sie den Schlüssel:\n  11  Berlin\n  11000000-01  Berlin-Mitte"
    )
    assert several.data()["hits"][1] == {"ags": "11000000-01", "name": "Berlin-Mitte"}


def test_empty_directory(places: Places) -> None:
    """An empty directory says so."""
    answer = who(
        Directory([]), places, place="Jena", incident="bedrohung", at=at("2026-11-23T10:00"), kinds=["polizei"]
    )
    assert "Niemand. Das Verzeichnis ist leer." in answer.text()

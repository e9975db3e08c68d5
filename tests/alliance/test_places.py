"""Finding places by what people type."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.alliance.places import MAX_HITS, Place, Places
from bot.flows import world

ROWS = (
    ("Augsburg", "09761000"),
    ("augsburg", "09761000"),
    ("AUGSBURG!", "09761000"),
    ("Ausgburg", "09761000"),
    ("Augsbrug", "09761000"),
    ("Stadt Augsburg", "09761000"),
    ("ich arbeite in Augsburg", "09761000"),
    ("09761000", "09761000"),
    ("9761000", "09761000"),
    ("Görlitz", "14626"),
    ("Goerlitz", "14626"),
    ("gorlitz", "14626"),
    ("Göritz", "14626"),
    ("Görlitz Kreis", "14626"),
    ("Landkreis Görlitz", "14626"),
    ("lkr. goerlitz", "14626"),
    ("14626", "14626"),
    ("berlin mitte", "11000000-01"),
    ("Berlin-Mitte", "11000000-01"),
    ("Mitte", "11000000-01"),
    ("11000000-01", "11000000-01"),
    ("Berlin", "11 11000000-01"),
    ("in Berlin", "11 11000000-01"),
    ("Mittelsachsen", "14522"),
    ("mittel sachsen", "14522"),
    ("Sachsen", "14"),
    ("Vorpommern-Greifswald", "13075"),
    ("vorpomern greifswald", "13075"),
    ("Greifswald", "13075"),
    ("Hansestadt Wismar", "13074087"),
    ("dinslacken", "05170008"),
    ("Kassel, Stadt", "06611000"),
    ("heilbron", "08121000"),
    ("JENA", "16053000"),
    ("NRW", "05"),
    ("musterstatd", "00000000"),
    ("Hamburg", "02"),
    ("München", ""),
    ("Kreis", ""),
    ("xyz", ""),
    ("", ""),
    ("?!", ""),
)


@pytest.mark.parametrize(("words", "keys"), ROWS)
def test_shipped_places(places: Places, words: str, keys: str) -> None:
    """The shipped places are found by name, alias, typo and key."""
    assert " ".join(place.ags for place in places.find(words)) == keys


REGISTER = Places(
    [
        Place("14626110", "Görlitz, Stadt"),
        Place("14626", "Landkreis Görlitz"),
        Place("09761000", "Augsburg"),
        Place("09772", "Landkreis Augsburg"),
        Place("01001000", "Neustadt"),
        Place("06534015", "Neustadt (Hessen)"),
        Place("09573124", "Neustadt bei Coburg"),
        Place("05111000", "Düsseldorf", ("Duesseldorf am Rhein",)),
    ]
)


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("Görlitz", ["Görlitz, Stadt", "Landkreis Görlitz"]),
        ("Görlitz Kreis", ["Landkreis Görlitz"]),
        ("Görlitz Stadt", ["Görlitz, Stadt"]),
        ("Stadt Augsburg", ["Augsburg"]),
        ("Kreis Augsburg", ["Landkreis Augsburg"]),
        ("Kreis Düsseldorf", ["Düsseldorf"]),
        ("Neustadt", ["Neustadt", "Neustadt (Hessen)", "Neustadt bei Coburg"]),
        ("Neustadt Hessen", ["Neustadt (Hessen)"]),
        ("Neusta", ["Neustadt", "Neustadt (Hessen)", "Neustadt bei Coburg"]),
        ("Dusseldorf", ["Düsseldorf"]),
    ],
)
def test_towns_and_districts(words: str, names: list[str]) -> None:
    """The word for the kind of place decides between places of one name; several hits are all offered."""
    assert [place.name for place in REGISTER.find(words)] == names


def test_fits_the_engine(places: Places) -> None:
    """The places are what the engine expects (mypy says so, too)."""
    as_the_engine_sees_it: world.Places = places
    found: tuple[world.FoundPlace, ...] = as_the_engine_sees_it.find("Augsburg")
    assert found[0].name == "Augsburg"
    assert as_the_engine_sees_it.name("09761000") == "Augsburg"
    assert as_the_engine_sees_it.name("12345678") == "12345678"


@given(st.text(max_size=60))
def test_any_words(places: Places, words: str) -> None:
    """Whatever is typed: no error, at most five places, each once."""
    found = places.find(words)
    assert len(found) <= MAX_HITS
    assert len({place.ags for place in found}) == len(found)

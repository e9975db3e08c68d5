"""The official register: read from its file, refused when it is not whole, found by what people type."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.alliance.loading import Loaded
from bot.alliance.places import MAX_HITS, Places
from bot.alliance.register import Register, dump, objections, restore
from bot.alliance.registerfile import LEAST, MAX_BYTES, read_register
from tests.alliance import gazette

FEW = 16


@pytest.fixture(scope="module")
def register() -> Register:
    """A small register."""
    reading = read_register(gazette.file(), "GV100AD.txt", least=FEW)
    assert reading.register is not None, reading.problems
    return reading.register


@pytest.fixture(scope="module")
def everywhere(register: Register, shipped: Loaded) -> Places:
    """The shipped places and those of the register."""
    return Places.of(shipped.areas.values(), register.places)


def test_what_is_taken(register: Register) -> None:
    """Lands, districts and municipalities have their names; no town twice, no forest."""
    names = {place.ags: place.name for place in register.places}
    assert register.stand == "2026-12-31"
    assert register.day == "31.12.2026"
    assert register.municipalities == 16 + 14
    assert {
        key: names.get(key) for key in ("09", "09761", "09761000", "09772", "05566", "06434", "09374451", "097")
    } == {
        "09": "Bayern",
        "09761": None,
        "09761000": "Augsburg",
        "09772": "Landkreis Augsburg",
        "05566": "Kreis Steinfurt",
        "06434": "Hochtaunuskreis",
        "09374451": None,
        "097": None,
    }


def test_records_of_the_official_file() -> None:
    """What the Statistisches Bundesamt wrote is read as it is meant, and ours are laid out as theirs."""
    town = gazette.town("08226013", "Eberbach, Stadt", people=14_267, postcode="69412", spread=True, type_="63")
    (theirs,) = (line for line in gazette.OFFICIAL if line.startswith("60"))
    columns = [*range(10, 18), *range(22, 128), *range(139, 150), *range(161, 175)]
    assert [town[at] for at in columns] == [theirs[at] for at in columns]
    beside = [gazette.record("40", "08226", "Rhein-Neckar-Kreis", type_="44"), gazette.town("08221000", "Heidelberg")]
    body = [line for line in gazette.lines() if (line[:2], line[10:18].strip()) != ("10", "01")]
    reading = read_register("\r\n".join([*body, *beside, *gazette.OFFICIAL]).encode(), "GV100AD.txt", least=FEW)
    assert reading.problems == ()
    assert reading.register is not None
    known = Places(reading.register.places)
    (found,) = known.find("Eberbach")
    assert (found.ags, found.postcode, found.spread, found.people) == ("08226013", "69412", True, 14_267)
    assert known.name("01") == "Schleswig-Holstein"
    assert known.find("69412") == (found,)


def test_every_name_is_one_place(register: Register) -> None:
    """What is shown to a person tells two villages of one name apart."""
    names = [place.name for place in register.places if len(place.ags) > 2]
    assert len(names) == len(set(names))
    shown = {place.ags: place.name for place in register.places}
    assert shown["05566060"] == "Neuenkirchen (Kreis Steinfurt)"
    assert shown["01054036"] == "Garding"
    assert shown["01054035"] == "Garding, Kirchspiel"


ROWS = (
    ("Augsburg", "09761000 09772", True),
    ("Ausgburg", "09761000 09772", False),
    ("Stadt Augsburg", "09761000", True),
    ("Kreis Augsburg", "09772", True),
    ("Augsburg Bayern", "09761000 09772", False),
    ("Görlitz Kreis", "14626", True),
    ("berlin mitte", "11000000-01", True),
    ("Berlin", "11000000 11000000-01", True),
    ("Landkreis Berlin", "11000000 11000000-01", False),
    ("09761", "09761000", True),
    ("9761000", "09761000", True),
    ("097610000000", "09761000", True),
    ("86150", "09761000", True),
    ("86 150", "09761000", True),
    ("86199", "09761000", False),
    ("06108", "15002000", True),
    ("6108", "15002000", True),
    ("99999", "", True),
    ("86150 Augsburg", "09761000", True),
    ("Neuenkirchen 48485", "05566060", True),
    ("48485 nirgendwo", "05566060", False),
    ("Halle", "15002000 05754012 03255016", True),
    ("Halle Saale", "15002000", True),
    ("halle an der saale", "15002000", True),
    ("Neuenkirchen", "05566060 03251028", True),
    ("Neuenkirchen Diepholz", "03251028", True),
    ("Neuenkirchen im Landkreis Diepholz", "03251028", False),
    ("Diepholz, Neuenkirchen", "03251028", False),
    ("Neuenkirchen in Niedersachsen", "03251028", False),
    ("Lutherstadt Eisleben", "15087130", True),
    ("Eisleben", "15087130", True),
    ("Bad Homburg", "06434001", True),
    ("Homburg", "06434001", True),
    ("Bad Homburg vor der Höhe", "06434001", True),
    ("Neustadt an der Waldnaab", "09374139 09374", True),
    ("Stadt Neustadt", "09374139", True),
    ("St. Augustin", "05382056", True),
    ("Garding", "01054036 01054035", True),
    ("Garding Kirchspiel", "01054035", True),
    ("ich arbeite seit drei Jahren im Rathaus in Bobingen", "09772125", False),
    ("Musterstadt", "00000000", True),
    ("1", "", True),
    ("09", "09", True),
)


@pytest.mark.parametrize(("words", "keys", "certain"), ROWS)
def test_find(everywhere: Places, words: str, keys: str, certain: bool) -> None:
    """Name, alias, typo, key, postcode, district: who is meant, larger places first, and whether to ask back."""
    found = everywhere.find(words)
    assert " ".join(place.ags for place in found) == keys
    assert all(place.certain is certain for place in found)


@pytest.mark.parametrize(
    ("words", "keys"),
    [("Augsburg", ["09761000"]), ("Halle", ["15002000", "05754012", "03255016"]), ("Bayern", ["09"])],
)
def test_one_of_several_is_not_taken_in_silence(everywhere: Places, words: str, keys: list[str]) -> None:
    """On the command line a town goes before its district; towns of one name are offered."""
    assert [place.ags for place in everywhere.named(words)] == keys


def test_files_come_first(everywhere: Places) -> None:
    """A place with a file has the name of its file; it answers to that of the register as well."""
    assert everywhere.name("09761000") == "Augsburg"
    assert everywhere.name("09772125") == "Bobingen"


@given(st.text(max_size=80))
def test_any_words(everywhere: Places, words: str) -> None:
    """Whatever is typed: no error, at most five places, each once."""
    found = everywhere.find(words)
    assert len(found) <= MAX_HITS
    assert len({place.ags for place in found}) == len(found)


def test_fingerprint(register: Register, shipped: Loaded) -> None:
    """The same places have the same fingerprint; one place more is another one."""
    places = Places.of(shipped.areas.values(), register.places)
    assert places.fingerprint == Places.of(shipped.areas.values(), restore(dump(register)).places).fingerprint
    assert places.fingerprint != Places.of(shipped.areas.values(), register.places[:-1]).fingerprint


def test_older_encoding(register: Register) -> None:
    """Files from before UTF-8 say the same."""
    for encoding in ("iso-8859-1", "cp1252", "cp850"):
        assert read_register(gazette.file(encoding=encoding), "GV.txt", least=FEW).register == register


def _replace(old: str, new: str) -> Callable[[str], str]:
    return lambda text: text.replace(old, new, 1)


BAD = (
    (_replace("60", "61"), ["3 satzart"]),
    (_replace("20261231", "20261331"), ["1 datensatz"]),
    (_replace("0000301033", "000030103x"), ["51 datensatz"]),
    (_replace("86150", "8615 "), ["51 postleitzahl"]),
    (_replace("09761000", "0976100 "), ["51 schluessel"]),
    (_replace("09772125", "09773125"), ["53 kreis-fehlt"]),
    (_replace("05566060", "03251028"), ["65 doppelt"]),
    (_replace("Bobingen, St", "            "), ["53 name"]),
    (lambda text: text[: len(text) // 2 - 150], ["39 datensatz"]),
    (lambda text: "\r\n".join(text.splitlines()[:30]), ["30 unvollstaendig", "30 unvollstaendig"]),
    (lambda text: "\r\n".join(text.splitlines()[:-1]), ["77 unvollstaendig", "77 unvollstaendig"]),
    (lambda _: "", ["1 kein-verzeichnis"]),
    (lambda _: "a;b;c\n" * 9, ["3 kein-verzeichnis"]),
    (lambda _: "x" * (MAX_BYTES + 1), ["1 zu-gross"]),
)


@pytest.mark.parametrize(("change", "found"), BAD)
def test_unfit_files(change: Callable[[str], str], found: list[str]) -> None:
    """A file that is not whole or not right gives no register, and every place in it is named with its line."""
    reading = read_register(change(gazette.file().decode()).encode(), "GV100AD.txt", least=31)
    assert [f"{problem.line} {problem.code}" for problem in reading.problems] == found
    assert (reading.register is None) is bool(found)


def test_least_is_the_whole_country() -> None:
    """Without another word, an extract is refused."""
    (problem,) = read_register(gazette.file(), "GV100AD.txt").problems
    assert f"mehr als {LEAST}" in problem.what


@pytest.mark.parametrize(
    ("day", "kept", "said"),
    [
        ("2026-12-31", 100, 0),
        ("2025-12-31", 100, 1),
        ("2027-12-31", 98, 0),
        ("2027-12-31", 90, 1),
        ("2025-01-01", 5, 2),
    ],
)
def test_objections(register: Register, day: str, kept: int, said: int) -> None:
    """An older register, or one with far fewer municipalities, does not replace the one that is there unasked."""
    old = Register(1, "2026-12-31", register.places * 10)
    share = len(register.places) * kept // 10
    assert len(objections(Register(1, day, (register.places * 10)[:share]), old)) == said
    assert objections(old, None) == []

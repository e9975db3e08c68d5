"""The files of the alliance: what the loader and the check find, and that the shipped ones are in order."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys

import pytest

from bot.alliance.checking import check
from bot.alliance.contact import Contact, pick
from bot.alliance.directory import Directory
from bot.alliance.kinds import AUDIENCES, KINDS
from bot.alliance.loading import Loaded, load
from bot.alliance.phones import dial, is_fiction
from bot.documents import Problem

BROKEN = """\
format: 1
key: 9761000
name: {de: Ort}
contacts:
  Kontakt1:
    kind: polizai
    name: Wache
    reach:
      - phone: 110
        web: x.de
    closures: [2026-02-30, 2026-12-24..2026-12-01, morgen]
    visibility: öffentlich
    mark: sicher
    geprueft_am: gestern
  leer: {kind: presse, name: {de: Presse}, mark: bestaetigt, source: x}
  geheim: {kind: presse, name: {de: Presse}, visibility: secret, reach: [{phone: 115}], mark: bestaetigt, source: x}
"""

ODD = """\
format: 1
key: 09761000
name: {de: Ort, en: Place, de-simple: Ort}
contacts:
  a:
    kind: polizei
    name: {de: Wache}
    purpose: {en: For all}
    incidents: [bedrohnung]
    reach:
      - phone: 12345
      - phone: 030 23125 001
      - mail: wache.de
      - web: drei Wörter hier
      - web: wache.de
        hours: Mo-Fr 9-16
    hours: Apr-Sep Mo-Fr 08:00-18:00
    mark: bestaetigt
    source: x
    geprueft_am: 2027-01-01
"""


def found(problems: list[Problem] | tuple[Problem, ...]) -> list[str]:
    """Line and code of each."""
    return [f"{problem.line} {problem.code}" for problem in problems]


def test_every_mistake_of_form_in_one_run() -> None:
    """The loader names each with its place; the file is left out."""
    loaded = load({"ort.yaml": BROKEN.encode()})
    assert not loaded.areas
    assert found(loaded.problems) == [
        "2 falsche-form",
        "5 falsche-form",
        "5 fehlender-schluessel",
        "6 unbekanntes-wort",
        "7 block-erwartet",
        "9 falscher-wert",
        "11 falscher-wert",
        "11 falscher-wert",
        "11 falsche-form",
        "12 unbekanntes-wort",
        "13 unbekanntes-wort",
        "14 kein-datum",
        "15 falscher-wert",
        "16 falscher-wert",
    ]
    assert str(loaded.problems[3]).startswith(
        "ort.yaml:6:11: error unbekanntes-wort: „polizai“ gibt es hier nicht. Meinten Sie „polizei“?"
    )


def test_every_odd_value_in_one_run(shipped: Loaded) -> None:
    """The check names numbers that nobody can dial, hours that nobody can read, and texts that are missing."""
    loaded = load({"ort.yaml": ODD.encode()})
    assert not loaded.problems
    problems = check(loaded, today=dt.date(2026, 11, 22), incidents={"bedrohung", "doxxing"})
    assert found(problems) == [
        "1 niemand-bleibt",
        "5 luecke",
        "6 halb-geprueft",
        "7 fehlende-sprache",
        "8 fehlende-sprache",
        "9 unbekannter-vorfall",
        "11 keine-telefonnummer",
        "12 erfundene-nummer",
        "13 keine-mailadresse",
        "14 keine-webadresse",
        "16 oeffnungszeiten",
        "17 oeffnungszeiten",
        "20 falsches-datum",
    ]
    assert [problem.code for problem in problems if problem.severity == "warning"] == ["luecke", "fehlende-sprache"]


def test_one_mistake_does_not_hide_the_others() -> None:
    """A wrong form in one contact, an odd value in another: both are said in one run, and where."""
    good = "kind: polizei, name: {de: Wache}, mark: bestaetigt, source: Test"
    text = (
        "key: 9761000\nname: {de: Ort}\ncontacts:\n"
        f"  a: {{{good.replace('polizei', 'polizai')}, reach: [{{web: a.de}}]}}\n"
        f"  b: {{{good}, reach: [{{phone: 0821 12}}], hours: bis vier}}\n"
    )
    loaded = load({"ort.yaml": text.encode()})
    problems = [*loaded.problems, *check(loaded, incidents={"bedrohung"})]
    assert {"1 falsche-form", "4 unbekanntes-wort", "5 keine-telefonnummer", "5 oeffnungszeiten"} <= set(
        found(problems)
    )
    assert not [one for one in problems if one.code in {"luecke", "unbekannte-stelle"}]


def test_twins() -> None:
    """Two files for one municipality, or two contacts with one id, are refused."""
    contact = b"{kind: presse, name: {de: A}, reach: [{web: a.de}], mark: bestaetigt, source: x}"
    one = b"key: 09\nname: {de: Eins}\ncontacts:\n  a: " + contact
    loaded = load({"a.yaml": one, "b.yaml": one})
    assert list(loaded.areas) == ["a"]
    assert [f"{p.file} {p.line} {p.code}" for p in loaded.problems] == [
        "b.yaml 1 doppelte-kommune",
        "b.yaml 4 doppelte-kennung",
    ]


def test_unreadable_bytes() -> None:
    """Bytes that are no text are a problem, not an exception."""
    loaded = load({"a.yaml": b"\xff\xfe", "b.yaml": b"- 1"})
    assert not loaded.areas
    assert [problem.file for problem in loaded.problems] == ["a.yaml", "b.yaml"]


def test_without_a_general_line() -> None:
    """A federation without victim and crisis help would leave somebody alone."""
    assert [p.code for p in check(load({}))] == ["niemand-bleibt"]
    bund = b"key: bund\nname: {de: Bund, en: Germany, de-simple: Bund}\n"
    assert [p.code for p in check(load({"bund.yaml": bund}))] == ["niemand-bleibt"]


@pytest.mark.parametrize(
    ("written", "dialled"),
    [
        ("110", "110"),
        ("116 006", "116006"),
        ("116 007", None),
        ("0800 111 0 111", "+498001110111"),
        ("030 252 088 38", "+493025208838"),
        ("0211 513 69 73-0", "+4921151369730"),
        ("+49 821 324-2817", "+498213242817"),
        ("12345", None),
        ("0800", None),
        ("Wache", None),
    ],
)
def test_dial(written: str, dialled: str | None) -> None:
    """A number becomes what is dialled, or nothing."""
    assert dial(written) == dialled


@pytest.mark.parametrize(
    ("written", "fiction"),
    [
        ("030 23125 000", True),
        ("069 90009 999", True),
        ("040 66969 123", True),
        ("0221 4710 123", True),
        ("+49 89 99998 123", True),
        ("030 23126 000", False),
        ("030 23125 0000", False),
        ("110", False),
    ],
)
def test_fiction(written: str, fiction: bool) -> None:
    """The five ranges that are reserved for fiction, and nothing beside them."""
    assert is_fiction(written) is fiction


# --- what ships ------------------------------------------------------------------------------------------------------


def test_shipped_files_are_in_order(shipped: Loaded) -> None:
    """No error; the only warnings are what the model municipalities have to fill in themselves."""
    assert not shipped.problems
    problems = check(shipped, today=dt.date(2026, 11, 22))
    assert {(problem.severity, problem.code) for problem in problems} == {("warning", "luecke")}
    assert len(problems) == 10


def test_ten_model_municipalities_and_sixteen_lands(shipped: Loaded) -> None:
    """Each of the ten is there under its key (programm.md), and so is every land."""
    keys = {area.prefix for area in shipped.areas.values()}
    ten = set("09761000 11000000-01 05170008 14626 08121000 16053000 06611000 14522 13075 13074087".split())
    assert ten | {f"{land:02}" for land in range(1, 17)} | {"", "00000000"} == keys


def test_musterstadt_is_complete_and_fictional(shipped: Loaded) -> None:
    """Every kind that a municipality must name, and no number that somebody could answer."""
    area = shipped.areas["musterstadt"]
    assert area.fictional
    assert {kind for kind, about in KINDS.items() if about.local} <= {c.kind for c in area.contacts.values()}
    assert all("erfunden" in pick(contact.name, "de") for contact in area.contacts.values())
    numbers = [way.phone for contact in area.contacts.values() for way in contact.reach if way.phone]
    assert len(numbers) >= 20
    assert all(is_fiction(number) for number in numbers)


def test_nothing_claims_that_a_human_called(shipped: Loaded) -> None:
    """No shipped contact is marked as called, and each names its source (decisions.md)."""
    for area in shipped.areas.values():
        for contact in area.contacts.values():
            assert contact.geprueft_am is None
            assert contact.source


@pytest.mark.parametrize("number", ["0395 455 07 18", "0381 200 93 77", "0800 111 0 550", "116 117", "113"])
def test_doubtful_numbers_are_marked_or_absent(shipped: Loaded, number: str) -> None:
    """What hilfen_bund.md calls not confirmed is never without its mark."""
    for area in shipped.areas.values():
        for contact in area.contacts.values():
            for way in contact.reach:
                assert way.phone != number or "unbestaetigt" in {way.mark, contact.mark}


def test_secret_contacts_name_no_way(shipped: Loaded) -> None:
    """The hotlines of Berlin and Thuringia are known to exist; their numbers are not in a file."""
    secret = {
        name: contact
        for area in shipped.areas.values()
        for name, contact in area.contacts.items()
        if contact.visibility == "secret"
    }
    assert secret.keys() == {"lka_hotline_berlin", "hotline_thueringen"}
    assert not any(contact.reach for contact in secret.values())


def test_texts_promise_nothing(shipped: Loaded) -> None:
    """No exclamation mark, no "anonym", no gender colon in Einfache Sprache, no emoji, one language is not another."""
    for area in shipped.areas.values():
        for contact in area.contacts.values():
            for text in (contact.name, contact.purpose, contact.not_for, contact.hours_text):
                for language, words in (text or {}).items():
                    assert "!" not in words.replace("REspect!", "")
                    assert "anonym" not in words.casefold()
                    assert language != "de-simple" or ":in" not in words
                    assert all(ord(letter) < 0x2100 for letter in words)


def test_audiences_are_the_roles_of_the_playbooks() -> None:
    """The ids are those that the building block for the role sets."""
    assert set(AUDIENCES) == {"politik", "fuehrung", "mitarbeitende", "aussendienst", "unterstuetzend"}


def test_a_start_loads_no_heavy_library() -> None:
    """Reading the directory needs neither the numbering plan nor the calendars of the world (start-up time)."""
    program = (
        "import sys; import bot.alliance.loading, bot.alliance.directory, bot.alliance.places, bot.alliance.report;"
        "print([name for name in ('phonenumbers', 'holidays', 'opening_hours', 'rapidfuzz') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


# --- who stands in, settings, delegation -----------------------------------------------------------------------------

STANDING_IN = """\
format: 1
key: 13074087
name: {de: Ort, en: Place, de-simple: Ort}
settings: {quiet_from: 22, quiet_to: 6}
delegates:
  - {to: 13074, since: 2026-01-01, document: Vereinbarung}
  - {to: 13075, since: 2026-01-01, document: Vereinbarung}
  - {to: 13074, since: 2026-02-01, until: 2026-01-01, document: Vereinbarung}
contacts:
  a:
    kind: vorgesetzte
    name: {de: A, en: A, de-simple: A}
    deputies: [a, bb, k]
    handover: {to: geheim}
    reach: [{phone: 110}]
    mark: bestaetigt
    source: x
  b:
    kind: presse
    name: {de: B, en: B, de-simple: B}
    handover: {rests: {de: Nachts nicht.}}
    if_involved: k
    reach: [{web: b.de}]
    mark: bestaetigt
    source: x
  k: {kind: krisenhilfe, name: {de: K, en: K, de-simple: K}, reach: [{web: k.de}], mark: bestaetigt, source: x}
  geheim: {kind: presse, name: {de: G, en: G, de-simple: G}, visibility: secret, mark: bestaetigt, source: x}
"""


def test_who_stands_in_and_to_whom_cases_go() -> None:
    """A deputy that is nobody, oneself, a crisis line or hidden; a rest in one language; the wrong district."""
    loaded = load({"ort.yaml": STANDING_IN.encode(), "bund.yaml": BUND})
    assert not loaded.problems
    problems = [problem for problem in check(loaded) if problem.file == "ort.yaml"]
    assert found(problems) == [
        "7 falsche-abgabe",
        "8 falsches-datum",
        "10 luecke",
        "11 luecke",
        "13 unbekannte-stelle",
        "13 unbekannte-stelle",
        "13 krise-vertritt",
        "14 vertretung-unsichtbar",
        "15 notruf-als-stelle",
        "21 fehlende-sprache",
    ]


BUND = b"""\
key: bund
name: {de: Bund, en: Germany, de-simple: Bund}
settings: {quiet_from: 20, quiet_to: 8}
contacts:
  o: {kind: opferberatung, name: {de: O, en: O, de-simple: O}, reach: [{web: o.de}], mark: bestaetigt, source: x}
"""


def test_only_a_municipality_has_settings() -> None:
    """The federation and the lands are nobody's employer here."""
    assert [p.code for p in check(load({"bund.yaml": BUND}))] == ["keine-kommune"]


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        ("{quiet_from: 20}", "falscher-wert"),
        ("{quiet_from: 8, quiet_to: 8}", "falscher-wert"),
        ("{quiet_from: 24, quiet_to: 8}", ""),
        ("{retention_days: 0}", ""),
        ("{retention_days: viele}", "keine-zahl"),
        ("{matrix_link: https://beispiel.de}", "falsche-form"),
        ("{channels: [brieftaube]}", "unbekanntes-wort"),
        ("{address: ihr}", "unbekanntes-wort"),
        ("{anrede: sie}", "unbekannter-schluessel"),
    ],
)
def test_settings_are_checked(settings: str, code: str) -> None:
    """What is no setting, or out of bounds, is refused with its place."""
    loaded = load({"ort.yaml": f"key: 09761000\nname: {{de: Ort}}\nsettings: {settings}\n".encode()})
    assert not loaded.areas
    assert [problem.line for problem in loaded.problems] == [3]
    assert not code or [problem.code for problem in loaded.problems] == [code]


@pytest.mark.parametrize(
    ("hours", "other", "accept", "said"),
    [
        ("Mo-Fr 08:00-16:00; PH off", None, 24, "bis zu"),
        ("Mo-Fr 08:00-16:00; PH off", None, 168, ""),
        ("Mo-Fr 08:00-16:00; PH off", "24/7", 1, ""),
        ("24/7", None, 1, ""),
    ],
)
def test_a_deadline_that_nobody_can_keep(hours: str, other: str | None, accept: int, said: str) -> None:
    """From Friday afternoon on nobody is there: a case that must be accepted within a day cannot be."""
    plain = "kind: koordination, name: {de: A, en: A, de-simple: A}, reach: [{web: a.de}], mark: bestaetigt, source: x"
    second = f"  b: {{{plain.replace('koordination', 'polizei')}, hours: {other}}}\n" if other else ""
    text = (
        f"key: 09761000\nname: {{de: Ort, en: Ort, de-simple: Ort}}\nsettings: {{accept_hours: {accept}}}\ncontacts:\n"
        f"  a: {{{plain}, hours: {hours}{', handover: {to: b}' if other else ''}}}\n{second}"
    )
    loaded = load({"bund.yaml": BUND, "ort.yaml": text.encode()})
    assert loaded.problems == ()
    problems = [one for one in check(loaded, today=dt.date(2026, 11, 29)) if one.code == "frist-zu-kurz"]
    assert bool(problems) is bool(said)
    assert all(said in one.what and one.line == 3 for one in problems)


def test_a_hand_over_says_one_thing() -> None:
    """To somebody, or nobody on purpose; not both, not neither."""
    for handover in ("{}", "{to: a, rests: {de: x}}"):
        said = (
            f"kind: presse, name: {{de: A}}, reach: [{{web: a.de}}], mark: bestaetigt, source: x, handover: {handover}"
        )
        loaded = load({"a.yaml": f"key: 09761000\nname: {{de: Ort}}\ncontacts:\n  a: {{{said}}}\n".encode()})
        assert [problem.code for problem in loaded.problems] == ["falscher-wert"]


def test_what_is_not_documented_needs_no_way(shipped: Loaded) -> None:
    """What only may exist is in the file, marked; nobody sees it (the directory leaves it out)."""
    doubtful = {
        name
        for area in shipped.areas.values()
        for name, contact in area.contacts.items()
        if contact.mark == "unbestaetigt"
    }
    assert {"polizei_hotline_hessen", "anlaufstelle_mecklenburg_vorpommern", "opferberatung_saarland"} <= doubtful
    assert not doubtful & Directory(shipped.areas.values()).entries.keys()


def test_which_keys_were_written_is_kept_once() -> None:
    """Models share what is equal in all of them; a copy has its own, so that no file changes with another."""
    a, b = (Contact.model_validate(PLAIN | {"source": source}) for source in "ab")
    assert a.model_fields_set is b.model_fields_set
    c = a.model_copy(update={"visibility": "staff"})
    assert c.model_fields_set == {*PLAIN, "visibility"}
    assert b.model_fields_set == set(PLAIN)
    assert (a.visibility, c.visibility) == ("public", "staff")


PLAIN: dict[str, object] = {
    "kind": "polizei",
    "name": {"de": "A"},
    "reach": [{"web": "a.de"}],
    "mark": "bestaetigt",
    "source": "x",
}


def test_mail_goes_to_contacts_that_have_an_address() -> None:
    """Whoever is to be told by mail is a contact of the same file with an address."""
    plain = "kind: koordination, name: {de: A, en: A, de-simple: A}, mark: bestaetigt, source: x"
    text = (
        "key: 09761000\nname: {de: Ort, en: Ort, de-simple: Ort}\nsettings: {mail_notices: [a, b, fehlt]}\ncontacts:\n"
        f"  a: {{{plain}, reach: [{{mail: a@stadt.de}}]}}\n  b: {{{plain}, reach: [{{web: a.de}}]}}\n"
    )
    loaded = load({"bund.yaml": BUND, "ort.yaml": text.encode()})
    assert loaded.problems == ()
    found = [(one.line, one.column) for one in check(loaded) if one.code == "keine-post"]
    assert found == [(3, 30), (3, 33)]

"""Who is named: the golden table on the shipped files, the rules one by one, and what holds for any directory."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.alliance.contact import Area, Way
from bot.alliance.directory import Directory
from bot.alliance.entry import prefixes
from bot.alliance.kinds import AUDIENCES, INCIDENTS, KINDS, KindId
from bot.alliance.loading import Loaded
from bot.alliance.showing import Found
from bot.alliance.vault import Secret, vault_of
from bot.flows import world
from bot.flows.steps import ContactStep
from bot.shelf import read_unchecked
from tests.alliance.conftest import BERLIN, SHIPPED, at

GOLDEN: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "golden.yaml").read_text(encoding="utf-8"))


ANYWHERE = "00000000"


def ask(
    directory: Directory,
    kinds: str,
    when: dt.datetime,
    *,
    place: str = "",
    incident: str = "",
    audience: str = "",
    how: str = "",
    most: int = 3,
    language: str = "de",
    **places: str,
) -> tuple[Found, ...]:
    """Ask as the engine does; `places` overrides `place` for single ones."""
    return directory.responsible(
        places=dict.fromkeys(("dienststelle", "ort", "wohnort"), place) | places,
        incident=incident,
        kinds=kinds.split(),
        audience=audience,
        at=when,
        language=language,
        without=frozenset(word[1:] for word in how.split() if word.startswith("-")),
        staff=(place or ANYWHERE) if "staff" in how.split() else "",
        most=most,
    )


def ids(found: tuple[Found, ...]) -> str:
    """Who was named, + reachable now, - not; in brackets the one in whose place."""
    return " ".join(
        f"{'+' if one.open_now else '-'}{one.id}{f'({one.stands_for})' if one.stands_for else ''}" for one in found
    )


@pytest.mark.parametrize("row", GOLDEN, ids=lambda row: " ".join(map(str, row["ask"].values())))
def test_golden(directory: Directory, row: dict[str, Any]) -> None:
    """The shipped directory names whom the table says, in this order."""
    asked = row["ask"]
    found = directory.responsible(
        places=dict.fromkeys(("dienststelle", "ort", "wohnort"), asked["place"]),
        incident=asked["incident"],
        kinds=asked["kinds"],
        audience=asked["audience"],
        at=at(asked["at"]),
        language="de",
        without=frozenset(asked.get("without", ())),
        staff=asked["place"] if asked.get("staff") else "",
    )
    assert ids(found) == row["who"]


def test_the_golden_table_is_long_enough_and_of_every_kind() -> None:
    """At least 150 rows; every incident, role, land and kind of contact is asked for, and the days that go wrong."""
    asked = [row["ask"] for row in GOLDEN]
    assert len(asked) >= 150
    assert {one["incident"] for one in asked} >= set(INCIDENTS) - {"allgemein"}
    assert {one["audience"] for one in asked} >= set(AUDIENCES)
    assert {one["place"][:2] for one in asked} >= {f"{land:02}" for land in range(17)}
    assert {kind for one in asked for kind in one["kinds"]} == set(KINDS)
    moments = {(one["place"], one["at"][:10]) for one in asked}
    assert {("00000000", "2026-12-24"), ("09761000", "2026-08-08")} <= moments, "a closure, a holiday of one city"
    assert {"2026-03-29T02:30", "2026-10-25T02:30"} <= {one["at"] for one in asked}, "the nights of the clock changes"
    assert any(one.get("without") for one in asked), "an exclusion"


def test_the_incidents_that_contacts_name_are_those_of_the_playbooks(shipped: Loaded) -> None:
    """Every playbook that ships can be named, and nothing else; Musterstadt has somebody of each kind that it names."""
    library = read_unchecked(SHIPPED.parent).library
    assert {name for program in library.values() for name in program.root.incidents} == set(INCIDENTS)
    handbook = (SHIPPED.parents[1] / "docs" / "handbuch" / "ansprechstellen.md").read_text(encoding="utf-8")
    assert [name for name in INCIDENTS if f"`{name}`" not in handbook] == []
    there = [area.contacts.values() for area in shipped.areas.values() if area.key in {"bund", "00000000"}]
    here = [one for contacts in there for one in contacts]
    for program in library.values():
        steps = [node.step for file in program.nodes.values() for node in file.values()]
        kinds = {kind for step in steps if isinstance(step, ContactStep) for kind in step.kinds}
        incidents = {*program.root.incidents}
        assert kinds <= {one.kind for one in here if not one.incidents or incidents & {*one.incidents}}
        # These are what coverage counts.
        assert bool(program.root.needs) is bool(incidents) is (program.root.type == "vorfall")


def test_fits_the_engine(directory: Directory) -> None:
    """The directory and what it finds are what the engine expects (mypy says so, too)."""
    as_the_engine_sees_it: world.Directory = directory
    found: tuple[world.FoundContact, ...] = as_the_engine_sees_it.responsible(
        places={},
        incident="bedrohung",
        kinds=["opferberatung"],
        audience="",
        at=at("2026-11-23T10:00"),
        language="de",
        without=frozenset(),
        staff="",
        most=1,
    )
    contact = found[0]
    assert contact.name == "WEISSER RING, Opfer-Telefon"
    assert contact.reach == ("116 006", "weisser-ring.de")
    assert (contact.hours, contact.open_now, contact.opens) == ("täglich 7–22 Uhr", True, "")
    assert not contact.checked


def test_closed_says_when_it_opens(directory: Directory) -> None:
    """A closed contact says when it is reachable again, in the language of the person."""
    night = at("2026-11-21T23:00")
    opens = {
        language: ask(directory, "opferberatung", night, language=language)[0].opens
        for language in ("de", "en", "de-simple", "tr")
    }
    assert opens == {
        "de": "morgen ab 7 Uhr",
        "en": "tomorrow from 7:00",
        "de-simple": "morgen ab 7 Uhr",
        "tr": "morgen ab 7 Uhr",
    }


def test_chat_hours_of_their_own(directory: Directory) -> None:
    """HateAid's chat has other hours than its phone: either makes it reachable, and both are said."""
    (hateaid,) = ask(directory, "hilfe_im_netz", at("2026-11-25T16:00"), most=1)
    assert hateaid.open_now
    assert hateaid.hours == "Mo 10–13 Uhr, Di 15–18 Uhr, Do 16–19 Uhr"
    assert "hateaid.org (Chat: Mi 15–18 Uhr, Fr 11–14 Uhr)" in hateaid.reach


def test_languages_are_said_to_those_for_whom_it_matters(directory: Directory) -> None:
    """Who does not read German learns which languages are spoken."""
    (en,) = ask(directory, "opferberatung", at("2026-11-23T10:00"), most=1, language="en")
    (de,) = ask(directory, "opferberatung", at("2026-11-23T10:00"), most=1)
    assert en.purpose.endswith("Languages: German.")
    assert "Languages" not in de.purpose


def test_for_whom_not_is_always_said(directory: Directory) -> None:
    """What a contact does not do stands beside what it does."""
    (starke,) = ask(directory, "amtstraeger", at("2026-11-23T10:00"), audience="politik", most=1)
    assert "ohne Amt oder Mandat" in starke.purpose


# --- the rules, on small directories ---------------------------------------------------------------------------------

MONDAY = at("2026-11-23T10:00")
GENERAL: dict[str, object] = {"kind": "krisenhilfe", "hours": "24/7"}


def area(key: str, **contacts: dict[str, object]) -> Area:
    """An area whose contacts are what the arguments say, and plain where they say nothing."""
    plain = {"name": {"de": "Stelle"}, "reach": [{"phone": "030 23125 001"}], "mark": "bestaetigt", "source": "Test"}
    return Area.model_validate(
        {"key": key, "name": {"de": key}, "contacts": {name: plain | contact for name, contact in contacts.items()}}
    )


def test_longest_prefix_wins_per_kind() -> None:
    """The town before the district before the land before the federation, for each kind on its own."""
    directory = Directory(
        [
            area("bund", p0={"kind": "polizei"}, o0={"kind": "opferberatung"}),
            area("09", p2={"kind": "polizei"}, o2={"kind": "opferberatung"}),
            area("09761", p5={"kind": "polizei"}),
            area("09761000", p8={"kind": "polizei"}),
        ]
    )
    assert ids(ask(directory, "polizei opferberatung", MONDAY, place="09761000")) == "-p8 -o2 -p5"
    assert ids(ask(directory, "polizei", MONDAY, place="09762000")) == "-p2 -p0"
    assert ids(ask(directory, "polizei", MONDAY, place="0976")) == "-p2 -p0"
    assert ids(ask(directory, "polizei", MONDAY, place="10000000")) == "-p0"


def test_borough_key() -> None:
    """A borough of Berlin answers to its own key, the city's and the land's."""
    assert prefixes("11000000-01") == ("11000000-01", "11000000", "11000", "11", "")
    assert prefixes("14626") == ("14626", "14", "")
    assert prefixes("") == ("",)


def test_reachable_beats_near() -> None:
    """Among those reachable the longest prefix wins; the near one that is closed comes after."""
    directory = Directory(
        [
            area("09761000", near={"kind": "polizei", "hours": "Sa 09:00-10:00"}),
            area("09", land={"kind": "polizei", "hours": "24/7"}),
            area("bund", far={"kind": "polizei", "hours": "24/7"}),
        ]
    )
    assert ids(ask(directory, "polizei", MONDAY, place="09761000")) == "+land +far -near"


def test_order_of_the_kinds() -> None:
    """Among those reachable, and among those that are not, the step's order of kinds counts."""
    directory = Directory(
        [
            area(
                "bund",
                a={"kind": "presse"},
                b={"kind": "polizei", "hours": "24/7"},
                c={"kind": "personalrat"},
                d={"kind": "unfallkasse", "hours": "24/7"},
            )
        ]
    )
    assert ids(ask(directory, "presse unfallkasse personalrat polizei", MONDAY, most=4)) == "+d +b -a -c"
    assert ids(ask(directory, "presse unfallkasse personalrat polizei", MONDAY)) == "+d +b -a"


def test_each_kind_follows_its_place() -> None:
    """The police of where it happened, the registration office of where the person lives, the employer's council."""
    directory = Directory(
        [
            area("09761000", pa={"kind": "polizei"}, ma={"kind": "meldebehoerde"}, ra={"kind": "personalrat"}),
            area("16053000", pj={"kind": "polizei"}, mj={"kind": "meldebehoerde"}, rj={"kind": "personalrat"}),
            area("06611000", pk={"kind": "polizei"}, mk={"kind": "meldebehoerde"}, rk={"kind": "personalrat"}),
        ]
    )
    found = ask(
        directory,
        "polizei meldebehoerde personalrat",
        MONDAY,
        dienststelle="09761000",
        ort="16053000",
        wohnort="06611000",
    )
    assert ids(found) == "-pj -mk -ra"
    found = ask(directory, "polizei meldebehoerde personalrat", MONDAY, dienststelle="09761000")
    assert ids(found) == "-pa -ma -ra"


def test_a_contact_may_follow_another_place() -> None:
    """A contact that says what it follows is found there and nowhere else."""
    directory = Directory([area("09761000", p={"kind": "polizei", "follows": "wohnort"}), area("bund", k=GENERAL)])
    assert ids(ask(directory, "polizei", MONDAY, dienststelle="16053000", wohnort="09761000")) == "-p"
    assert ids(ask(directory, "polizei", MONDAY, dienststelle="09761000", wohnort="16053000")) == "+k"


def test_what_is_not_documented_is_never_shown() -> None:
    """`unbestaetigt` hides a contact, and a single number of one that is shown."""
    number = {"phone": "0395 455 07 18", "mark": "unbestaetigt"}
    directory = Directory(
        [
            area(
                "bund",
                doubtful={"kind": "polizei", "mark": "unbestaetigt", "hours": "24/7"},
                half={"kind": "opferberatung", "reach": [{"web": "lobbi-mv.de"}, number]},
                empty={"kind": "presse", "reach": [number]},
                k=GENERAL,
            )
        ]
    )
    assert ids(ask(directory, "polizei", MONDAY)) == "+k -half"
    assert ids(ask(directory, "presse", MONDAY)) == "+k -half"
    assert ask(directory, "opferberatung", MONDAY)[0].reach == ("lobbi-mv.de",)


def test_visibility() -> None:
    """Staff-only entries are for staff, secret ones too, when the store has a way to them."""
    areas = [
        area(
            "bund",
            inside={"kind": "presse", "visibility": "staff"},
            hidden={"kind": "lka_ansprechstelle", "visibility": "secret", "reach": []},
            k=GENERAL,
        )
    ]
    asked = "presse lka_ansprechstelle"
    assert ids(ask(Directory(areas), asked, MONDAY)) == "+k"
    assert ids(ask(Directory(areas), asked, MONDAY, how="staff")) == "-inside"
    vault = vault_of([Secret("bund", "hidden", "", (Way(phone="030 23125 002"),))])
    assert ids(ask(Directory(areas, vault), asked, MONDAY)) == "+k"
    found = ask(Directory(areas, vault), asked, MONDAY, how="staff")
    assert ids(found) == "-inside -hidden"
    assert found[1].reach == ("030 23125 002",)


@pytest.mark.parametrize(
    ("home", "staff", "seen"),
    [
        ("bund", "09761000", True),
        ("bund", "", False),
        ("09", "09761000", True),
        ("09", "06611000", False),
        ("09761", "09761000", False),
        ("09761", "09761", True),
        ("09761000", "09761000", True),
        ("09761000", "09762000", False),
        ("09761000", "09761", False),
        ("11000000", "11000000-01", False),
    ],
)
def test_who_may_see_a_secret(home: str, staff: str, seen: bool) -> None:
    """Staff of that town and of no other; of a land and of the federation whoever is enrolled there."""
    directory = Directory(
        [area(home, hidden={"kind": "presse", "visibility": "secret", "reach": []})],
        vault_of([Secret(home, "hidden", "", (Way(phone="030 23125 002"),))]),
    )
    found = directory.responsible(
        places={"dienststelle": "11000000-01" if home[:2] == "11" else "09761000"},
        incident="",
        kinds=["presse"],
        audience="",
        at=MONDAY,
        language="de",
        staff=staff,
    )
    assert bool(found) is seen


@pytest.mark.parametrize(
    ("days", "expected"),
    [(0, "-called -draft"), (90, "-called -draft"), (91, "-draft -called"), (180, "-draft -called"), (181, "-draft")],
)
def test_a_call_ages(days: int, expected: str) -> None:
    """Called more than 90 days ago a contact sinks below the others of its kind, after 180 it is gone."""
    called = (MONDAY - dt.timedelta(days=days)).date().isoformat()
    directory = Directory(
        [
            area("bund", draft={"kind": "polizei"}),
            area("09", called={"kind": "polizei", "geprueft_am": called, "geprueft_von": "Amt 1"}),
        ]
    )
    assert ids(ask(directory, "polizei", MONDAY, place="09761000")) == expected


def test_checked_means_that_a_human_called() -> None:
    """Without `geprueft_am` a contact is a draft; a call that lies in the future is none yet."""
    directory = Directory(
        [
            area(
                "bund",
                yes={"kind": "polizei", "geprueft_am": "2026-11-01", "geprueft_von": "Amt 1"},
                no={"kind": "presse"},
                later={"kind": "personalrat", "geprueft_am": "2027-01-01", "geprueft_von": "Amt 1"},
            )
        ]
    )
    found = ask(directory, "polizei presse personalrat", MONDAY)
    assert {contact.id: contact.checked for contact in found} == {"yes": True, "no": False, "later": False}


def test_incident_and_audience() -> None:
    """A contact for certain incidents or people is for no others; who says neither is shown all."""
    directory = Directory(
        [area("bund", a={"kind": "presse", "incidents": ["doxxing"], "audiences": ["politik"]}, k=GENERAL)]
    )
    assert ids(ask(directory, "presse", MONDAY, incident="doxxing", audience="politik")) == "-a"
    assert ids(ask(directory, "presse", MONDAY, incident="shitstorm", audience="politik")) == "+k"
    assert ids(ask(directory, "presse", MONDAY, incident="doxxing", audience="fuehrung")) == "+k"
    assert ids(ask(directory, "presse", MONDAY)) == "-a"


def test_somebody_remains() -> None:
    """Excluded, unknown or nothing asked: the general lines are named; an empty directory has nobody."""
    directory = Directory([area("bund", v={"kind": "vorgesetzte", "hours": "24/7"}, k=GENERAL)])
    for kinds, how in (
        ("vorgesetzte", "-vorgesetzte"),
        ("vorgesetzte", "-v"),
        ("gibtsnicht", ""),
        ("", ""),
        ("krisenhilfe", "-krisenhilfe"),
    ):
        assert ids(ask(directory, kinds, MONDAY, how=how)) == "+k"
    assert ask(Directory([]), "polizei", MONDAY) == ()


NIGHT = at("2026-11-24T02:00")
OFFICE = "Mo-Fr 08:00-16:00; PH off"


def test_deputies_in_their_order_and_then_the_hand_over() -> None:
    """A closed contact is stood in for by the first who is there; an open one by nobody."""
    office: dict[str, object] = {"kind": "presse", "hours": OFFICE, "deputies": ["d1", "d2"], "handover": {"to": "h"}}
    directory = Directory(
        [
            area(
                "09761000",
                p=office,
                d1={"kind": "koordination", "hours": "Mo-Fr 16:00-18:00"},
                d2={"kind": "koordination", "hours": "Mo-Fr 16:00-20:00"},
            ),
            area("09", h={"kind": "polizei", "hours": "24/7"}, far={"kind": "presse", "hours": "24/7"}),
        ]
    )

    def named(when: str) -> str:
        return ids(ask(directory, "presse", at(when), place="09761000"))

    assert named("2026-11-23T10:00") == "+p +far"
    assert named("2026-11-23T17:00") == "+d1(p) +far -p"
    assert named("2026-11-23T19:00") == "+d2(p) +far -p"
    assert named("2026-11-23T21:00") == "+h(p) +far -p"


def test_a_stand_in_says_for_whom() -> None:
    """The person reads it, and so does who asks why."""
    directory = Directory(
        [
            area(
                "bund",
                p={"kind": "presse", "hours": OFFICE, "handover": {"to": "h"}},
                h={"kind": "polizei", "hours": "24/7"},
            )
        ]
    )
    for language, said in (
        ("de", "Zurzeit auch für: Stelle."),
        ("en", "At the moment also for: Stelle."),
        ("de-simple", "Jetzt auch für: Stelle."),
    ):
        assert said in ask(directory, "presse", NIGHT, language=language)[0].purpose
    (found, _) = ask(directory, "presse", NIGHT)
    assert (found.id, found.kind, found.stands_for) == ("h", "presse", "p")
    assert "vertritt „Stelle“ (geschlossen)" in found.why


def test_closed_on_purpose_says_what_holds() -> None:
    """What a contact says about its rest stands on its card as long as it is closed."""
    rests = {"rests": {"de": "Nachts mit Absicht niemand."}}
    directory = Directory([area("bund", p={"kind": "presse", "hours": OFFICE, "handover": rests})])
    assert "mit Absicht" in ask(directory, "presse", NIGHT)[0].purpose
    assert "mit Absicht" not in ask(directory, "presse", MONDAY)[0].purpose


INTERNAL: dict[str, object] = {"kind": "presse", "visibility": "staff", "hours": "24/7"}
PRESS = {
    "b": area("bund", p0=INTERNAL, k=GENERAL),
    "land": area("09", p2=INTERNAL),
    "town": area("09761000", p8=INTERNAL),
    "next": area("09762000", q8=INTERNAL | {"deputies": ["p8"]}, o={"kind": "presse", "deputies": ["p8", "q8"]}),
    "kassel": area("06611000", r8=INTERNAL),
}


@pytest.mark.parametrize(
    ("staff", "place", "expected"),
    [
        ("", "09761000", "+k"),
        ("09761000", "09761000", "+p8 +p2 +p0"),
        ("09762000", "09761000", "+p2 +p0"),
        ("06611000", "09761000", "+p0"),
        ("09761000", "09762000", "+p8(o) +p2 +p0"),
        ("09762000", "09762000", "+q8 +p2 +p0"),
        ("06611000", "09762000", "+p0 -o"),
        ("", "09762000", "-o"),
        ("09", "09761000", "+p2 +p0"),
    ],
)
def test_staff_of_one_town_are_not_staff_of_another(staff: str, place: str, expected: str) -> None:
    """What an area keeps for staff is shown to those who work there or in a place that lies in it, also as stand-in."""
    found = Directory(PRESS.values()).responsible(
        places={"dienststelle": place},
        incident="",
        kinds=["presse"],
        audience="",
        at=MONDAY,
        language="de",
        staff=staff,
    )
    assert ids(found) == expected


@pytest.mark.parametrize(
    ("stand_in", "how", "expected"),
    [
        ({}, "", "+s(p) -p"),
        ({"visibility": "staff"}, "", "-p"),
        ({"visibility": "staff"}, "staff", "+s(p) -p"),
        ({"mark": "unbestaetigt"}, "", "-p"),
        ({"audiences": ["politik"]}, "", "-p"),
        ({"kind": "krisenhilfe"}, "", "-p"),
        ({"incidents": ["doxxing"]}, "", "+s(p) -p"),
        ({"geprueft_am": "2026-01-01", "geprueft_von": "Amt"}, "", "-p"),
        ({}, "-s", "-p"),
        ({}, "-polizei", "-p"),
    ],
)
def test_a_stand_in_may_be_named_itself(stand_in: dict[str, object], how: str, expected: str) -> None:
    """Whoever may not be shown stands in for nobody, and neither does a crisis line."""
    other: dict[str, object] = {"kind": "polizei", "hours": "24/7"} | stand_in
    directory = Directory([area("bund", p={"kind": "presse", "hours": OFFICE, "deputies": ["s"]}, s=other)])
    found = ask(directory, "presse", NIGHT, incident="shitstorm", audience="mitarbeitende", how=how)
    assert ids(found) == expected


def test_whoever_is_involved_is_replaced_by_the_one_named_for_it() -> None:
    """By kind or by id; the one named is a stand-in whether it is open or not, and may be excluded as well."""
    directory = Directory(
        [
            area(
                "bund",
                v={"kind": "vorgesetzte", "hours": "24/7", "if_involved": "x"},
                x={"kind": "antidiskriminierung", "hours": OFFICE},
                k=GENERAL,
            )
        ]
    )
    assert ids(ask(directory, "vorgesetzte", MONDAY, how="-v")) == "+x(v)"
    assert ids(ask(directory, "vorgesetzte", MONDAY, how="-vorgesetzte")) == "+x(v)"
    assert ids(ask(directory, "vorgesetzte", NIGHT, how="-vorgesetzte")) == "+k -x(v)"
    assert ids(ask(directory, "vorgesetzte", MONDAY, how="-vorgesetzte -x")) == "+k"
    (named,) = ask(directory, "vorgesetzte", MONDAY, how="-v")
    assert "Stelle" not in named.purpose  # who was left out is for nobody to read over a shoulder
    assert "vertritt „Stelle“ (ausgenommen)" in named.why


def test_who_serves_two_kinds_is_named_once() -> None:
    """The police that take over for another office at night are one line, not two."""
    directory = Directory(
        [
            area(
                "bund",
                p={"kind": "polizei", "hours": "24/7"},
                a={"kind": "versammlungsbehoerde", "hours": OFFICE, "handover": {"to": "p"}},
            )
        ]
    )
    assert ids(ask(directory, "versammlungsbehoerde polizei", NIGHT)) == "+p(a) -a"
    assert ids(ask(directory, "polizei versammlungsbehoerde", NIGHT)) == "+p -a"


def test_the_emergency_numbers_make_nobody_reachable() -> None:
    """An office that only names 110 or a crisis line is not there itself; a crisis line is."""
    for phone in ("110", "112", "116 123", "0800 111 0 111", "+49 800 1110222"):
        way = [{"phone": phone}]
        directory = Directory(
            [
                area(
                    "bund",
                    p={"kind": "presse", "hours": "24/7", "reach": way},
                    k={"kind": "krisenhilfe", "hours": "24/7", "reach": way},
                )
            ]
        )
        assert ids(ask(directory, "presse", MONDAY)) == "-p"
        assert ids(ask(directory, "krisenhilfe", MONDAY)) == ("-k" if phone in {"110", "112"} else "+k")


def test_when_next_as_a_time(directory: Directory) -> None:
    """For programs the next opening is a local time, and none while somebody is there."""
    (closed,) = ask(directory, "opferberatung", at("2026-11-21T23:00"), most=1)
    assert closed.opens_at == at("2026-11-22T07:00")
    (there,) = ask(directory, "opferberatung", at("2026-11-21T12:00"), most=1)
    assert there.opens_at is None


def test_hours_that_cannot_be_read_are_unknown() -> None:
    """A mistake in the hours makes a contact unknown, not lost; the check reports it."""
    directory = Directory([area("bund", p={"kind": "polizei", "hours": "immer"})])
    (contact,) = ask(directory, "polizei", MONDAY)
    assert (contact.open_now, contact.hours, contact.opens) == (False, "", "")


def test_fingerprint() -> None:
    """The same for the same files in any order, another when anything changes."""
    one, two = area("bund", k=GENERAL), area("09", p={"kind": "polizei"})
    fingerprint = Directory([one, two]).fingerprint
    assert len(fingerprint) == 32
    assert Directory([two, one]).fingerprint == fingerprint
    assert Directory([one]).fingerprint != fingerprint
    changed = area("09", p={"kind": "polizei", "hours": "24/7"})
    assert Directory([one, changed]).fingerprint != fingerprint


# --- what always holds -----------------------------------------------------------------------------------------------

TIMES = st.integers(1_767_225_600, 1_830_297_600).map(lambda seconds: dt.datetime.fromtimestamp(seconds, dt.UTC))
KEYS = st.sampled_from(["", "00000000", "09761000", "11000000-01", "14626", "13074087", "99", "05170008"])
KIND_LISTS = st.lists(st.sampled_from(sorted(KINDS)), max_size=6)


@given(
    place=KEYS,
    kinds=KIND_LISTS,
    without=st.frozensets(st.sampled_from(sorted(KINDS)), max_size=4),
    when=TIMES,
    audience=st.sampled_from(["", "politik", "aussendienst"]),
    staff=st.booleans(),
    most=st.integers(1, 3),
)
def test_always(
    shipped: Loaded,
    directory: Directory,
    place: str,
    kinds: list[KindId],
    without: frozenset[str],
    when: dt.datetime,
    audience: str,
    *,
    staff: bool,
    most: int,
) -> None:
    """Somebody, at most as many as asked for, nobody twice, the reachable first, nobody excluded or hidden."""
    how = " ".join(["staff" if staff else "", *(f"-{kind}" for kind in without)])
    found = ask(directory, " ".join(kinds), when, place=place, audience=audience, how=how, most=most)
    assert 1 <= len(found) <= most
    assert len({contact.id for contact in found}) == len(found)
    assert [contact.open_now for contact in found] == sorted((contact.open_now for contact in found), reverse=True)
    entries = {name: contact for area in shipped.areas.values() for name, contact in area.contacts.items()}
    for contact in found:
        entry = entries[contact.id]
        assert entry.mark != "unbestaetigt"
        assert entry.visibility == "public" or (staff and entry.visibility == "staff")
        assert contact.key == place[: len(contact.key)]
        assert contact.reach
        assert not (contact.open_now and contact.opens)
        if not without.issuperset({"opferberatung", "krisenhilfe"}):
            assert entry.kind not in without
    assert found == ask(directory, " ".join(kinds), when, place=place, audience=audience, how=how, most=most)


@given(when=TIMES)
def test_somebody_is_there_at_every_hour(directory: Directory, when: dt.datetime) -> None:
    """Crisis help is reachable at every moment of every day, everywhere."""
    (contact,) = ask(directory, "krisenhilfe", when.astimezone(BERLIN), most=1)
    assert contact.open_now

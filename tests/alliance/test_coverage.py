"""The proof of coverage: against brute force on small random directories, and the rules one by one."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from xml.etree import ElementTree as ET

import pytest
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

from bot.alliance import gaps
from bot.alliance.contact import Area, Way
from bot.alliance.coverage import Gap, Proof, needed_places, prove
from bot.alliance.daysoff import calendar_of
from bot.alliance.directory import Directory
from bot.alliance.entry import Entry
from bot.alliance.heatmap import draw, missing_by_hour
from bot.alliance.hours import Timetable
from bot.alliance.kinds import AUDIENCES, KINDS, KindId
from bot.alliance.minutes import HOURS_OF_THE_WEEK, Year
from bot.alliance.vault import Secret, vault_of
from tests.alliance.conftest import BERLIN

# --- brute force: ask `responsible` at every half hour, for every combination -----------------------------------------

STEP = 30  # minutes; the hours below begin and end on half hours
PLACES = ("09761000", "09762000")
NEEDS: Mapping[str, Sequence[KindId]] = {
    "bedrohung": ("polizei", "personalrat", "krisenhilfe"),
    "shitstorm": ("personalrat",),
}
WINDOWS = (
    Year(dt.date(2026, 3, 28), dt.date(2026, 3, 29)),  # the night that lacks an hour
    Year(dt.date(2026, 10, 24), dt.date(2026, 10, 25)),  # the night that has one twice
    Year(dt.date(2026, 12, 24), dt.date(2026, 12, 25)),
    Year(dt.date(2026, 8, 7), dt.date(2026, 8, 8)),  # a holiday in Augsburg
    Year(dt.date(2026, 12, 31), dt.date(2027, 1, 1)),
)
# Small enough that a hundred directories take seconds.
DAYS = (
    Year(dt.date(2026, 3, 29), dt.date(2026, 3, 29)),
    Year(dt.date(2026, 10, 25), dt.date(2026, 10, 25)),
    Year(dt.date(2026, 12, 24), dt.date(2026, 12, 24)),
    Year(dt.date(2026, 8, 8), dt.date(2026, 8, 8)),
    Year(dt.date(2026, 11, 23), dt.date(2026, 11, 23)),
)
NAMES = ("a", "b", "c", "d", "e")
HOURS = (
    None, "24/7", "Mo-Fr 08:00-16:30; PH off", "Sa,Su,PH 00:00-24:00", "Mo-Su,PH 07:00-22:00", "Mo-Su 22:00-06:00",
    "Su 01:30-03:30", "Dec 09:00-12:00", "Th 10:00-14:00; PH 11:00-12:00", "immer",
)  # fmt: skip
PHONES = ("030 23125 001", "110", "116 123", "+49 800 111 0 111")


@st.composite
def contacts(draw: st.DrawFn, today: dt.date) -> dict[str, object]:
    """A contact of any form that decides whether it counts."""
    kind = draw(st.sampled_from(["polizei", "personalrat", "krisenhilfe", "presse"]))
    contact: dict[str, object] = {
        "kind": kind,
        "name": {"de": "Stelle"},
        "mark": draw(st.sampled_from(["bestaetigt", "bestaetigt", "bestaetigt", "unbestaetigt"])),
        "source": "Test",
        "visibility": draw(st.sampled_from(["public", "public", "staff", "secret"])),
        "incidents": draw(st.sampled_from([(), (), ("bedrohung",), ("shitstorm",)])),
        "audiences": draw(st.sampled_from([(), (), ("politik",), ("fuehrung", "aussendienst")])),
        "reach": [
            {"phone": draw(st.sampled_from(PHONES)), "hours": draw(st.sampled_from(HOURS))},
            {"web": "stelle.example", "hours": draw(st.sampled_from([None, None, "Su 10:00-11:30"]))},
        ][: draw(st.integers(1, 2))],
        "hours": draw(st.sampled_from(HOURS)),
        "closures": draw(st.sampled_from([(), (), ("2026-12-24",), ("2026-10-25",)])),
        "deputies": tuple(draw(st.lists(st.sampled_from(NAMES), max_size=2))),
    }
    if contact["visibility"] == "secret":
        contact["reach"] = []
    called = draw(st.sampled_from([None, None, 100, 300]))
    if called:
        day = today - dt.timedelta(days=called)
        contact |= {"geprueft_am": day.isoformat(), "geprueft_von": "Amt"}
    handover = draw(st.sampled_from([None, None, "to", "rests"]))
    if handover == "to":
        contact["handover"] = {"to": draw(st.sampled_from(NAMES))}
    elif handover == "rests":
        contact["handover"] = {"rests": {"de": "Nachts ruht die Stelle."}}
    return contact


@st.composite
def directories(draw: st.DrawFn, windows: Sequence[Year]) -> tuple[Directory, Year]:
    """At most five contacts over the levels from the federation down to two towns, and days to ask about.

    Of a secret one the store may have a way, or not.
    """
    year = draw(st.sampled_from(windows))
    found: dict[str, dict[str, object]] = {key: {} for key in ("bund", "09", "09761", *PLACES)}
    for name in NAMES[: draw(st.integers(0, len(NAMES)))]:
        found[draw(st.sampled_from(sorted(found)))][name] = draw(contacts(year.first))
    areas = [Area.model_validate({"key": key, "name": {"de": key}, "contacts": there}) for key, there in found.items()]
    secrets = [
        Secret(area.key, name, "", (Way(phone="030 23125 009", hours=draw(st.sampled_from(HOURS))),))
        for area in areas
        for name, contact in area.contacts.items()
        if contact.visibility == "secret" and draw(st.booleans())
    ]
    return Directory(areas, vault_of(secrets)), year


def instants(year: Year) -> Iterator[tuple[int, dt.datetime]]:
    """Every half hour that there is, with the number of its minute on the wall clock."""
    start = dt.datetime.combine(year.first, dt.time())
    for minute in range(0, ((year.last - year.first).days + 1) * 24 * 60, STEP):
        wall = start + dt.timedelta(minutes=minute)
        aware = wall.replace(tzinfo=BERLIN)
        if aware.astimezone(dt.UTC).astimezone(BERLIN).replace(tzinfo=None) == wall:
            yield minute, aware


def is_there(entry: Entry, kind: str, at: dt.datetime) -> bool:
    """Whether somebody who counts for the kind can be reached by one of the ways, read off the contact itself."""
    contact, area = entry.contact, entry.area
    if contact.kind == "krisenhilfe" and kind != "krisenhilfe":
        return False
    for way in entry.ways if contact.visibility == "secret" else contact.reach:
        is_line = way.phone in {"116 123", "+49 800 111 0 111"} and kind != "krisenhilfe"
        hours = way.hours or contact.hours
        if hours is None or way.phone == "110" or is_line:
            continue
        if Timetable(hours, contact.closures, calendar_of(area.prefix)).is_open(at):
            return True
    return False


def covers(directory: Directory, place: str, incident: str, audience: str, kind: KindId, at: dt.datetime) -> bool:
    """Ask who is responsible, and look at each who is named."""
    found = directory.responsible(
        places={"dienststelle": place},
        incident=incident,
        kinds=[kind],
        audience=audience,
        at=at,
        language="de",
        staff=place,
        most=50,
    )
    for one in found:
        entry = directory.entries[one.id]
        chosen = directory.entries[one.stands_for or one.id]
        if chosen.contact.kind != kind or not chosen.is_for(incident, audience):
            continue  # the general lines, named because nobody else is there
        rests = entry.contact.handover is not None and entry.contact.handover.rests is not None
        if is_there(entry, kind, at) or (rests and not one.stands_for):
            return True
    return False


def brute_force(directory: Directory, year: Year) -> list[tuple[object, ...]]:
    """Every class of gaps as the proof should find it."""
    moments = list(instants(year))
    found: dict[tuple[str, tuple[int, ...], bool], list[tuple[str, str, str]]] = {}
    for place in PLACES:
        for incident, kinds in NEEDS.items():
            for kind in kinds:
                for audience in KINDS[kind].audiences:
                    gap = tuple(
                        minute for minute, at in moments if not covers(directory, place, incident, audience, kind, at)
                    )
                    if gap:
                        named = len(gap) == len(moments) and is_named(directory, year, kind, place, incident, audience)
                        found.setdefault((kind, gap, named), []).append((place, incident, audience))
    return sorted((*_expect(year, kind, gap, cells, moments), named) for (kind, gap, named), cells in found.items())


def is_named(directory: Directory, year: Year, kind: str, place: str, incident: str, audience: str) -> bool:
    """Whether somebody of this kind is in the files for them, whenever that may be."""
    return any(
        entry.contact.kind == kind
        and place.startswith(entry.area.prefix)
        and entry.is_for(incident, audience)
        and entry.may_be_shown(year.first, staff=place)
        for entry in directory.entries.values()
    )


def _expect(
    year: Year,
    kind: str,
    gap: tuple[int, ...],
    cells: list[tuple[str, str, str]],
    moments: list[tuple[int, dt.datetime]],
) -> tuple[object, ...]:
    def rank(cell: tuple[str, str, str]) -> tuple[int, ...]:
        return PLACES.index(cell[0]), list(NEEDS).index(cell[1]), [*AUDIENCES].index(cell[2])  # type: ignore[arg-type]

    start = dt.datetime.combine(year.first, dt.time())
    after = [minute for minute, _ in moments if minute > gap[0] and minute not in set(gap)]
    by_hour = [0] * HOURS_OF_THE_WEEK
    for minute in gap:
        moment = start + dt.timedelta(minutes=minute)
        by_hour[moment.weekday() * 24 + moment.hour] += STEP
    return (
        kind,
        *min(cells, key=rank),
        str(start + dt.timedelta(minutes=gap[0])),
        str(start + dt.timedelta(minutes=after[0])) if after else "",
        len(gap) * STEP,
        len(gap) == len(moments),
        tuple(by_hour),
        len({cell[0] for cell in cells}),
        tuple(sorted({cell[2] for cell in cells})),
        tuple((incident, n) for incident in NEEDS if (n := sum(cell[1] == incident for cell in cells))),
    )


def _plain(proof: Proof, gap: Gap) -> tuple[object, ...]:
    return (
        gap.kind,
        gap.place,
        gap.incident,
        gap.audience,
        str(gap.start),
        str(gap.until or ""),
        gap.minutes,
        gap.never,
        proof.by_hour(gap),
        gap.places,
        tuple(sorted(gap.audiences)),
        tuple((incident, gap.cells[incident]) for incident in NEEDS if incident in gap.cells),
        gap.listed,
    )


@settings(max_examples=40, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(asked=directories(DAYS))
def test_the_proof_is_what_asking_at_every_half_hour_finds(asked: tuple[Directory, Year]) -> None:
    """Every class of gaps, with its counterexample, its minutes and its extent, and none besides."""
    prove_both_ways(*asked)


@pytest.mark.faults
@pytest.mark.timeout(900)
@settings(max_examples=600, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(asked=directories((*WINDOWS, *DAYS)))
def test_the_same_for_hours_on_end(asked: tuple[Directory, Year]) -> None:
    """Many more of them, and nights over midnight; a counterexample is made small."""
    prove_both_ways(*asked)


def prove_both_ways(directory: Directory, year: Year) -> None:
    """The proof and the brute force say the same."""
    for name, entry in directory.entries.items():
        note(f"{name} at {entry.area.key}: {entry.contact.model_dump(mode='json', exclude_defaults=True)}")
    proof = prove(directory, PLACES, NEEDS, year=year, today=year.first)
    assert sorted(_plain(proof, gap) for gap in proof.gaps) == brute_force(directory, year)


# --- the rules one by one ---------------------------------------------------------------------------------------------

MONDAY_WEEK = Year(dt.date(2026, 11, 23), dt.date(2026, 11, 29))
OFFICE = "Mo-Fr 08:00-16:00; PH off"
POLICE: Mapping[str, Sequence[KindId]] = {"bedrohung": ("polizei",)}


def area(key: str, **contacts: dict[str, object]) -> Area:
    """An area whose contacts are what the arguments say, and plain where they say nothing."""
    plain = {"name": {"de": "Stelle"}, "reach": [{"phone": "030 23125 001"}], "mark": "bestaetigt", "source": "Test"}
    return Area.model_validate(
        {"key": key, "name": {"de": key}, "contacts": {name: plain | contact for name, contact in contacts.items()}}
    )


def proof_of(*areas: Area, needs: Mapping[str, Sequence[KindId]] = POLICE) -> Proof:
    """The proof for Augsburg in an ordinary week."""
    return prove(Directory(areas), ["09761000"], needs, year=MONDAY_WEEK, today=MONDAY_WEEK.first)


@pytest.mark.parametrize(
    ("contact", "other", "hours"),
    [
        ({"hours": "24/7"}, {}, 0),
        ({"hours": OFFICE}, {}, 7 * 24 - 5 * 8),
        ({}, {}, 7 * 24),
        ({"hours": OFFICE, "handover": {"to": "b"}}, {"hours": "24/7"}, 0),
        ({"hours": OFFICE, "deputies": ["b"]}, {"hours": "Sa,Su 00:00-24:00"}, 5 * 16),
        ({"hours": OFFICE, "handover": {"rests": {"de": "Nachts nicht."}}}, {}, 0),
        ({"hours": "24/7", "reach": [{"phone": "110"}]}, {}, 7 * 24),
        ({"hours": "24/7", "reach": [{"phone": "0800 111 0 111"}]}, {}, 7 * 24),
        ({"hours": OFFICE, "handover": {"to": "b"}}, {"kind": "krisenhilfe", "hours": "24/7"}, 7 * 24 - 5 * 8),
        ({"hours": "24/7", "visibility": "staff"}, {}, 0),
        ({"hours": "24/7", "visibility": "secret", "reach": []}, {}, 7 * 24),
        ({"hours": "24/7", "mark": "unbestaetigt"}, {}, 7 * 24),
        ({"hours": "24/7", "geprueft_am": "2026-05-01", "geprueft_von": "Amt"}, {}, 7 * 24),
        ({"hours": "24/7", "geprueft_am": "2026-06-01", "geprueft_von": "Amt"}, {}, 0),
        ({"hours": "24/7", "closures": ["2026-11-25"]}, {}, 24),
        ({"hours": "24/7", "incidents": ["shitstorm"]}, {}, 7 * 24),
    ],
)
def test_what_counts(contact: dict[str, object], other: dict[str, object], hours: int) -> None:
    """Hours of an ordinary week in which nobody is there, for one office and perhaps another that stands in."""
    proof = proof_of(area("09761000", a={"kind": "polizei"} | contact, b={"kind": "presse"} | other))
    assert sum(gap.minutes for gap in proof.gaps) == hours * 60


def test_who_stands_in_counts_for_those_who_see_them() -> None:
    """A land hands over to one town's internal office: its staff have somebody, those of the next town have not."""
    land = area("09", a={"kind": "polizei", "hours": OFFICE, "handover": {"to": "b"}})
    town = area("09761000", b={"kind": "presse", "hours": "24/7", "visibility": "staff"})
    (gap,) = prove(Directory([land, town]), PLACES, POLICE, year=MONDAY_WEEK, today=MONDAY_WEEK.first).gaps
    assert (gap.place, gap.places) == ("09762000", 1)


@pytest.mark.parametrize(("home", "gaps"), [("09761000", ["09762000"]), ("09761", [*PLACES]), ("09", [])])
def test_a_secret_counts_for_those_who_see_it(home: str, gaps: list[str]) -> None:
    """With a way in the store: a town's for its own staff, a land's for all who work in it; without one for nobody."""
    there = area(home, a={"kind": "polizei", "hours": "24/7", "visibility": "secret", "reach": []})
    vault = vault_of([Secret(home, "a", "", (Way(phone="030 23125 009"),))])
    for held, missing in ((vault, gaps), ({}, [*PLACES])):
        directory = Directory([there], held)
        proofs = [prove(directory, [place], POLICE, year=MONDAY_WEEK, today=MONDAY_WEEK.first) for place in PLACES]
        assert [place for place, proof in zip(PLACES, proofs, strict=True) if proof.gaps] == missing


def test_a_kind_is_asked_for_by_those_for_whom_it_exists() -> None:
    """Nobody is missing a staff council who can have none; a contact for some leaves the others."""
    needs: Mapping[str, Sequence[KindId]] = {"bedrohung": ("personalrat",)}
    (gap,) = proof_of(area("bund"), needs=needs).gaps
    assert gap.audiences == ("fuehrung", "mitarbeitende", "aussendienst")
    council: dict[str, object] = {"kind": "personalrat", "hours": "24/7", "audiences": ["mitarbeitende"]}
    (gap,) = proof_of(area("bund", a=council), needs=needs).gaps
    assert gap.audiences == ("fuehrung", "aussendienst")
    assert (gap.never, gap.listed) == (True, False)


def test_named_without_hours_is_another_class() -> None:
    """Whoever keeps the file is told that somebody is in it, and that the hours are missing."""
    (gap,) = proof_of(area("bund", a={"kind": "polizei"})).gaps
    assert (gap.never, gap.listed) == (True, True)


def test_many_places_are_one_class() -> None:
    """What a thousand towns have in common is said once, with the first of them."""
    places = [f"09{number:06}" for number in range(1000)]
    directory = Directory([area("09", a={"kind": "polizei", "hours": OFFICE})])
    proof = prove(directory, places, POLICE, year=MONDAY_WEEK, today=MONDAY_WEEK.first)
    (gap,) = proof.gaps
    assert (gap.place, gap.places, proof.total, proof.covered) == (places[0], 1000, 5000, 0)
    assert abs(proof.share - 40 / 168) < 1e-9


def test_the_sentence_names_the_smallest_counterexample() -> None:
    """Place, incident, role, hour, what is missing, when somebody is there again."""
    (gap,) = proof_of(area("09761000", a={"kind": "polizei", "hours": "Mo-Sa 00:00-22:00"})).gaps
    said = gaps.sentence(gap, lambda _: "Wismar", {"bedrohung": "Bedrohung"})
    assert said == (
        "Wismar, Bedrohung, politische Leitung, Mo 23.11.2026, 22:00: niemand für „Polizei vor Ort“; "
        "nächste: Di 24.11.2026, 00:00. (1 Ort, 1 Vorfall, alle Rollen, 36 Stunden im Jahr)"
    )


def test_the_report_and_its_data() -> None:
    """The whole text, and the same as plain data."""
    proof = proof_of(area("09761000", a={"kind": "polizei", "hours": OFFICE}))
    text = gaps.describe(proof, str, {})
    assert "1 Art von Lücke:" in text
    assert "Lückenlos: 0 von 5 Verbindungen" in text
    assert "in 23,8 % der geforderten Zeit" in text
    plain = json.loads(json.dumps(gaps.data(proof, str)))
    assert plain["combinations"] == 5
    assert plain["gaps"][0]["example"]["next"] == "2026-11-23T08:00:00"
    assert sum(plain["gaps"][0]["minutes_by_hour_of_the_week"]) == plain["gaps"][0]["minutes"] == 128 * 60
    covered = proof_of(area("09761000", a={"kind": "polizei", "hours": "24/7"}))
    assert "Keine Lücke." in gaps.describe(covered, str, {})
    assert "100,0 %" in gaps.describe(covered, str, {})


def test_the_picture_shows_every_hour_of_every_incident() -> None:
    """A week of cells an incident, dark where nobody is there; well-formed, without anything from elsewhere."""
    proof = proof_of(area("09761000", a={"kind": "polizei", "hours": OFFICE}))
    shares = missing_by_hour(proof)["bedrohung"]
    assert (shares[7], shares[8]) == (1.0, 0.0)
    picture = draw(proof, {"bedrohung": "Drohung & Gewalt"})
    root = ET.fromstring(picture)  # noqa: S314 - our own
    cells = [rect for rect in root.iter("{http://www.w3.org/2000/svg}rect") if rect.find("*") is not None]
    assert len(cells) == HOURS_OF_THE_WEEK
    assert {cell.get("fill") for cell in cells} == {"#ffffff", "#5c0a18"}
    assert "Drohung &amp; Gewalt" in picture
    assert "<script" not in picture
    assert "href" not in picture


def test_places_are_districts_municipalities_and_boroughs() -> None:
    """Nobody works for a land here; the order is that of the keys."""
    assert needed_places(["14", "11000000-01", "09761000", "14626"]) == ("09761000", "11000000-01", "14626")


def test_musterstadt_has_no_gap(directory: Directory) -> None:
    """The town for trying out is covered at every minute of a year, for every kind that it names and must name."""
    local = tuple(kind for kind, about in KINDS.items() if about.local)
    needs: Mapping[str, Sequence[KindId]] = {
        "bedrohung": (*local, "opferberatung", "mobile_beratung", "hilfe_im_netz", "amtstraeger", "lka_ansprechstelle")
    }
    year = Year.starting(dt.date(2026, 12, 1))
    proof = prove(directory, ["00000000"], needs, year=year, today=dt.date(2026, 12, 1))
    assert [(gap.kind, str(gap.start)) for gap in proof.gaps] == []
    assert proof.rests > 0

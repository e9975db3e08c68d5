"""The proof of coverage: against brute force on small random directories, and the rules one by one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

import pytest
from hypothesis import Phase, given, note, settings
from hypothesis import strategies as st

from bot.alliance.contact import Area, Contact
from bot.alliance.coverage import Gap, prove
from bot.alliance.daysoff import calendar_of
from bot.alliance.directory import Directory
from bot.alliance.hours import Timetable
from bot.alliance.kinds import AUDIENCES, KINDS, KindId
from bot.alliance.minutes import HOURS_OF_THE_WEEK, Year
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
        "visibility": draw(st.sampled_from(["public", "staff"])),
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
def directories(draw: st.DrawFn) -> tuple[Directory, Year]:
    """At most five contacts over the levels from the federation down to the town, and two days to ask about."""
    year = draw(st.sampled_from(WINDOWS))
    found: dict[str, dict[str, object]] = {key: {} for key in ("bund", "09", "09761", "09761000")}
    for name in NAMES[: draw(st.integers(0, len(NAMES)))]:
        found[draw(st.sampled_from(sorted(found)))][name] = draw(contacts(year.first))
    areas = [Area.model_validate({"key": key, "name": {"de": key}, "contacts": there}) for key, there in found.items()]
    return Directory(areas), year


def instants(year: Year) -> Iterator[tuple[int, dt.datetime]]:
    """Every half hour that there is, with the number of its minute on the wall clock."""
    start = dt.datetime.combine(year.first, dt.time())
    for minute in range(0, ((year.last - year.first).days + 1) * 24 * 60, STEP):
        wall = start + dt.timedelta(minutes=minute)
        aware = wall.replace(tzinfo=BERLIN)
        if aware.astimezone(dt.UTC).astimezone(BERLIN).replace(tzinfo=None) == wall:
            yield minute, aware


def is_there(contact: Contact, area: Area, kind: str, at: dt.datetime) -> bool:
    """Whether somebody who counts for the kind can be reached by one of the ways, read off the contact itself."""
    if contact.kind == "krisenhilfe" and kind != "krisenhilfe":
        return False
    for way in contact.reach:
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
        staff=True,
        most=50,
    )
    for one in found:
        entry = directory.entries[one.id]
        chosen = directory.entries[one.stands_for or one.id]
        if chosen.contact.kind != kind or not chosen.is_for(incident, audience):
            continue  # the general lines, named because nobody else is there
        rests = entry.contact.handover is not None and entry.contact.handover.rests is not None
        if is_there(entry.contact, entry.area, kind, at) or (rests and not one.stands_for):
            return True
    return False


def brute_force(directory: Directory, year: Year) -> list[tuple[object, ...]]:
    """Every class of gaps as the proof should find it."""
    moments = list(instants(year))
    found: dict[tuple[str, tuple[int, ...]], list[tuple[str, str, str]]] = {}
    for place in PLACES:
        for incident, kinds in NEEDS.items():
            for kind in kinds:
                for audience in KINDS[kind].audiences:
                    gap = tuple(
                        minute for minute, at in moments if not covers(directory, place, incident, audience, kind, at)
                    )
                    if gap:
                        found.setdefault((kind, gap), []).append((place, incident, audience))
    return sorted(_expect(year, kind, gap, cells, moments) for (kind, gap), cells in found.items())


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


def _plain(gap: Gap) -> tuple[object, ...]:
    return (
        gap.kind,
        gap.place,
        gap.incident,
        gap.audience,
        str(gap.start),
        str(gap.until or ""),
        gap.minutes,
        gap.never,
        gap.by_hour,
        gap.places,
        tuple(sorted(gap.audiences)),
        tuple((incident, gap.cells[incident]) for incident in NEEDS if incident in gap.cells),
    )


@pytest.mark.slow
@settings(max_examples=20, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(asked=directories())
def test_the_proof_is_what_asking_at_every_half_hour_finds(asked: tuple[Directory, Year]) -> None:
    """Every class of gaps, with its counterexample, its minutes and its extent, and none besides."""
    directory, year = asked
    for name, entry in directory.entries.items():
        note(f"{name} at {entry.area.key}: {entry.contact.model_dump(mode='json', exclude_defaults=True)}")
    proof = prove(directory, PLACES, NEEDS, year=year, today=year.first)
    assert sorted(_plain(gap) for gap in proof.gaps) == brute_force(directory, year)

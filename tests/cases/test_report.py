"""What may be published: nobody who solves the published numbers comes back to a few people."""

from __future__ import annotations

import csv
import datetime as dt
import io
import itertools
from collections import Counter
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cases import chart, report, suppression
from bot.cases.report import Fact, compute, describe, to_csv
from bot.cases.suppression import SMALL, Case, Dimension
from tests.cases.attacker import Attacker, Box

BERLIN = ZoneInfo("Europe/Berlin")
DIMENSIONS = (
    Dimension("monat", ("jan", "feb", "mrz"), ordered=True),
    Dimension("vorfall", ("doxxing", "drohung", "witze")),
    Dimension("ergebnis", ("geklaert", "offen")),
    Dimension("wartezeit", ("stunde", "tag"), ordered=True),
)
CATEGORIES = tuple(one.categories for one in DIMENSIONS)
EVERY: Box = tuple(frozenset(categories) for categories in CATEGORIES)


def boxed(**groups: tuple[str, ...]) -> Box:
    """All cases, but of these dimensions those of the groups only."""
    return tuple(
        frozenset(groups[one.name]) if one.name in groups else whole
        for one, whole in zip(DIMENSIONS, EVERY, strict=True)
    )


def publish(cases: list[Case]) -> list[tuple[Box, int]]:
    """Everything that a report says, as an attacker notes it down."""
    groups = suppression.settle(DIMENSIONS, cases)
    facts = [(EVERY, len(cases))]
    for place, one in enumerate(DIMENSIONS):
        counts = suppression.tally(groups[one.name], place, cases)
        facts += [(boxed(**{one.name: group}), n) for group, n in zip(groups[one.name], counts, strict=True)]
    rows, columns = groups["monat"], groups["vorfall"]
    grid = suppression.cross((rows, 0), (columns, 1), cases)
    hidden = suppression.hide(grid)
    facts += [
        (boxed(monat=rows[row], vorfall=columns[column]), value)
        for row, line in enumerate(grid)
        for column, value in enumerate(line)
        if (row, column) not in hidden
    ]
    return facts


@st.composite
def towns(draw: st.DrawFn) -> list[Case]:
    """Cases as lopsided as life: some cells have many, most have few or none."""
    sizes = st.sampled_from((0, 0, 0, 1, 1, 2, 3, 4, 5, 6, 9, 30))
    cells = draw(st.lists(st.tuples(*map(st.sampled_from, CATEGORIES), sizes), max_size=9))
    return [tuple(cell[:-1]) for cell in cells for _ in range(int(cell[-1]))]


def test_the_attacker_can_subtract() -> None:
    """What follows is found: the attacker who finds nothing must not be one who cannot."""
    rows, columns = ("a", "b"), ("x", "y")
    every = (frozenset(rows), frozenset(columns))
    facts: list[tuple[Box, int]] = [
        (every, 20),
        ((frozenset("a"), every[1]), 9),
        ((every[0], frozenset("x")), 8),
        ((frozenset("b"), frozenset("y")), 5),
    ]
    found = Attacker((rows, columns), facts).bounds((frozenset("a"), frozenset("x")))
    assert found == (Fraction(2), Fraction(2))
    assert Attacker((rows, columns), facts[:3]).bounds((frozenset("a"), frozenset("x"))) == (Fraction(0), Fraction(8))


@settings(max_examples=150, deadline=None)
@given(towns())
def test_nobody_reckons_back_to_a_few(cases: list[Case]) -> None:
    """Of every property and every pair that fits one to four cases: none at all is possible, and so is five."""
    if len(cases) < SMALL:
        return  # nothing is published
    attacker = Attacker(CATEGORIES, publish(cases))
    for size in (1, 2):
        for places in itertools.combinations(range(len(DIMENSIONS)), size):
            for few, count in Counter(tuple(case[place] for place in places) for case in cases).items():
                if count >= SMALL:
                    continue
                box = boxed(**{DIMENSIONS[place].name: (one,) for place, one in zip(places, few, strict=True)})
                least, most = attacker.bounds(box)
                assert least == 0, (few, least)
                assert most >= SMALL, (few, most)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(st.integers(0, 9), min_size=3, max_size=3), min_size=2, max_size=3), st.data())
def test_the_bounds_are_those_of_the_attacker(grid: list[list[int]], data: st.DataObject) -> None:
    """What the suppression takes for possible is exactly what somebody can reckon, whatever is hidden."""
    rows, columns = [f"r{place}" for place in range(len(grid))], ["c0", "c1", "c2"]
    cells = [(row, column) for row in range(len(rows)) for column in range(3)]
    hidden = frozenset(data.draw(st.sets(st.sampled_from(cells), min_size=1)))
    whole = (frozenset(rows), frozenset(columns))
    facts = [((frozenset({rows[row]}), whole[1]), sum(line)) for row, line in enumerate(grid)]
    facts += [((whole[0], frozenset({name})), sum(line[at] for line in grid)) for at, name in enumerate(columns)]
    facts += [
        ((frozenset({rows[row]}), frozenset({columns[column]})), grid[row][column])
        for row, column in cells
        if (row, column) not in hidden
    ]
    attacker = Attacker((rows, columns), facts)
    for row, column in hidden:
        found = suppression.bounds(grid, hidden, (row, column))
        assert tuple(map(Fraction, found)) == attacker.bounds((frozenset({rows[row]}), frozenset({columns[column]})))


@given(towns())
def test_nothing_is_lost(cases: list[Case]) -> None:
    """Each dimension is counted whole, whatever was put together, and an order is kept."""
    for place, (one, groups) in enumerate(zip(DIMENSIONS, suppression.settle(DIMENSIONS, cases).values(), strict=True)):
        assert sum(suppression.tally(groups, place, cases)) == len(cases)
        names = list(itertools.chain(*groups))
        assert sorted(names) == sorted(one.categories)
        assert not one.ordered or names == list(one.categories)


def test_large_numbers_are_shown() -> None:
    """Caution is no excuse: where every cell is large, nothing is hidden."""
    cases = [cell for cell in itertools.product(*CATEGORIES) for _ in range(20)]
    groups = suppression.settle(DIMENSIONS, cases)
    assert {name: len(found) for name, found in groups.items()} == {
        "monat": 3, "vorfall": 3, "ergebnis": 2, "wartezeit": 2,
    }  # fmt: skip
    assert not suppression.hide(suppression.cross((groups["monat"], 0), (groups["vorfall"], 1), cases))


# --- the report -------------------------------------------------------------------------------------------------------


def fact(month: int, incident: str = "bedrohung", hours: float | None = 2, place: str = "00000000") -> Fact:
    """A case of 2025 that was closed a week later."""
    opened = dt.datetime(2025, month, 10, 9, tzinfo=dt.UTC)
    human = None if hours is None else opened + dt.timedelta(hours=hours)
    return Fact(place, incident, opened, human, opened + dt.timedelta(days=7), "geklaert")


TITLES = {"bedrohung": "Drohung", "doxxing": "=Daten im Netz", "witze": "Witze"}


def made(facts: list[Fact], *, today: dt.date = dt.date(2026, 3, 1), alone: bool = True) -> report.Report:
    """The report of 2025."""
    return compute(facts, 2025, ("Musterstadt", TITLES, None if alone else str), (BERLIN, today))


def rows(found: report.Report, name: str) -> dict[str, int]:
    """What a table says."""
    return {row.title: row.count for table in found.tables if table.name == name for row in table.rows}


def test_a_year_in_numbers() -> None:
    """Months, incidents, outcomes and waiting are counted, by local time."""
    facts = [fact(month) for month in (1, 1, 1, 1, 1, 1, 7, 7, 7, 7, 7, 12)]
    facts += [fact(7, "doxxing", 100) for _ in range(6)] + [fact(1, "witze", None) for _ in range(5)]
    # In Berlin this is 2026 already.
    facts.append(Fact("00000000", "bedrohung", dt.datetime(2025, 12, 31, 23, 30, tzinfo=dt.UTC)))
    found = made(facts)
    assert found.final
    assert found.total == 23
    assert sum(rows(found, "monat").values()) == 23
    assert rows(found, "wartezeit") == {
        "bis 1 Stunde": 0, "bis 24 Stunden": 12, "bis 3 Tage": 0, "länger als 3 Tage": 6, "niemand hat angenommen": 5,
    }  # fmt: skip
    assert rows(found, "vorfall")["Drohung"] == 12
    assert "Insgesamt: 23" in describe(found)


def test_fewer_than_five_are_nothing() -> None:
    """A town with four cases has a report that says so, and no more."""
    found = made([fact(month) for month in (1, 2, 3, 4)])
    assert found.total is None
    assert not found.tables
    assert found.crossed is None
    assert "Weniger als 5" in describe(found)
    assert "4" not in to_csv(found)


def test_a_year_that_runs_is_a_preview() -> None:
    """Until a month after its end outcomes may still come: it is not for publishing, and says so in every form."""
    facts = [fact(1) for _ in range(9)]
    assert not made(facts, today=dt.date(2026, 1, 31)).final
    assert made(facts, today=dt.date(2026, 2, 1)).final
    early = made(facts, today=dt.date(2025, 9, 9))
    assert "VORSCHAU" in describe(early)
    assert "VORSCHAU" in chart.draw(early)


def test_what_happens_later_changes_nothing() -> None:
    """A case that is closed in March does not change the report of the year before."""
    facts = [fact(12) for _ in range(8)]
    open_ = Fact("00000000", "bedrohung", dt.datetime(2025, 12, 10, tzinfo=dt.UTC))
    later = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
    closed = Fact("00000000", "bedrohung", dt.datetime(2025, 12, 10, tzinfo=dt.UTC), later, later, "schutz")
    assert made([*facts, *[open_] * 6]) == made([*facts, *[closed] * 6])


def test_places_are_named_only_in_the_report_of_all() -> None:
    """Of several municipalities, small ones are counted together."""
    facts = [fact(1, place="a") for _ in range(30)] + [fact(1, place="b") for _ in range(30)]
    facts += [fact(1, place="c") for _ in range(2)] + [fact(1, place="d") for _ in range(4)]
    assert rows(made(facts, alone=False), "ort") == {"a": 30, "b": 30, "Andere Kommunen": 6}
    assert rows(made(facts), "ort") == {}


def test_a_spreadsheet_takes_nothing_for_a_formula() -> None:
    """A title that begins like one is quoted; every line has its four cells."""
    found = made([fact(1, "doxxing") for _ in range(40)])
    lines = list(csv.reader(io.StringIO(to_csv(found))))
    assert {len(line) for line in lines} == {4}
    assert not any(cell.startswith(("=", "+", "-", "@")) for line in lines for cell in line)
    assert ["insgesamt", "2025", "", "40"] in lines


@pytest.mark.parametrize("count", [0, 3, 60])
def test_the_chart_is_well_formed(count: int) -> None:
    """It can be parsed, and says nothing that the report does not."""
    import xml.etree.ElementTree as ET

    found = made([fact(1 + place % 12, "doxxing") for place in range(count)])
    root = ET.fromstring(chart.draw(found))  # noqa: S314 - we wrote it
    assert root.tag.endswith("svg")
    texts = ["".join(element.itertext()) for element in root.iter() if element.tag.endswith("text")]
    assert any("=Daten im Netz" in text for text in texts) is (count == 60)

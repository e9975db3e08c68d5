"""Opening hours: what they mean on which day, when it opens again, and how both are said."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.alliance.daysoff import calendar_of, days_off
from bot.alliance.hours import Timetable, misfit, wall
from bot.alliance.hourwords import describe, describe_opening
from bot.alliance.minutes import DAY, HOURS_OF_THE_WEEK, Minutes, Year
from bot.alliance.week import read_week
from tests.alliance.conftest import BERLIN, at

OFFICE = "Mo-Th 08:30-16:00; Fr 08:30-12:30; PH off"

# form, closures, calendar, wall time, open, opens again
ROWS: tuple[tuple[str, tuple[str, ...], str, str, bool, str | None], ...] = (
    ("24/7", (), "BY", "2026-12-25T03:00", True, None),
    ("24/7", ("2026-12-25",), "BY", "2026-12-25T03:00", False, "2026-12-26T00:00"),
    ("Mo-Su,PH 07:00-22:00", (), "bund", "2026-12-25T08:00", True, None),
    ("Mo-Su,PH 07:00-22:00", (), "bund", "2026-12-25T22:00", False, "2026-12-26T07:00"),
    ("07:00-22:00", (), "bund", "2026-12-25T08:00", True, None),
    ("Mo-Th 09:00-15:00", (), "BE", "2026-11-26T14:59", True, None),
    ("Mo-Th 09:00-15:00", (), "BE", "2026-11-26T15:00", False, "2026-11-30T09:00"),
    (OFFICE, (), "BY", "2026-11-27T12:29", True, None),
    (OFFICE, (), "BY", "2026-11-27T12:30", False, "2026-11-30T08:30"),
    # a holiday is one where the office is: 6 January in Bavaria, not in Berlin; hours that say nothing do not hold
    (OFFICE, (), "BY", "2027-01-06T10:00", False, "2027-01-07T08:30"),
    (OFFICE, (), "BE", "2027-01-06T10:00", True, None),
    ("Mo-Th 09:00-15:00", (), "BY", "2027-01-06T10:00", False, "2027-01-07T09:00"),
    ("Mo-Th 09:00-15:00", (), "bund", "2027-01-06T10:00", True, None),
    # 8 August: Augsburg, a Saturday in 2026, a Friday in 2025
    ("Mo-Fr 09:00-16:00", (), "Augsburg", "2025-08-08T10:00", False, "2025-08-11T09:00"),
    ("Mo-Fr 09:00-16:00", (), "BY", "2025-08-08T10:00", True, None),
    ("Mo-Fr 09:00-16:00; PH 10:00-12:00", (), "BY", "2027-01-06T11:00", True, None),
    ("Mo-Fr 09:00-16:00; Su,PH 10:00-12:00", (), "BY", "2027-01-06T13:00", False, "2027-01-07T09:00"),
    ("Mo-Fr 09:00-16:00; Su,PH 10:00-12:00", (), "BY", "2027-01-10T11:00", True, None),
    # Easter: Friday to Monday
    (OFFICE, (), "HE", "2026-04-02T16:00", False, "2026-04-07T08:30"),
    # closures by day and by span, over the year end
    (OFFICE, ("2026-12-24",), "BY", "2026-12-24T10:00", False, "2026-12-28T08:30"),
    (OFFICE, ("2026-12-24..2027-01-03",), "BY", "2026-12-28T10:00", False, "2027-01-04T08:30"),
    (OFFICE, ("2026-12-24..2027-01-03",), "BY", "2026-12-31T23:59", False, "2027-01-04T08:30"),
    (OFFICE, ("2026-11-30..2027-03-01",), "BY", "2026-11-30T10:00", False, None),
    # over midnight, and through the night in which the clocks change
    ("Fr-Su 22:00-06:00", (), "bund", "2026-11-23T05:59", True, None),
    ("Fr-Su 22:00-06:00", (), "bund", "2026-11-23T06:00", False, "2026-11-27T22:00"),
    ("Mo-Su 22:00-06:00", (), "bund", "2026-10-25T02:30", True, None),
    ("Mo-Su 22:00-06:00", (), "bund", "2026-03-29T02:30", True, None),
    ("Mo-Su 02:15-02:45", (), "bund", "2026-03-29T02:30", False, "2026-03-30T02:15"),
    ("Mo-Su 06:00-22:00", (), "bund", "2026-03-29T05:59", False, "2026-03-29T06:00"),
    # a form that is more than a week
    ("Apr-Sep Mo-Fr 08:00-18:00", (), "bund", "2026-08-10T17:00", True, None),
    ("Apr-Sep Mo-Fr 08:00-18:00", (), "bund", "2026-11-23T10:00", False, None),
    # never open, and found so at once (the library would search until the year 9999)
    ("Mo-Fr 09:00-16:00; Mo-Su off", (), "BY", "2026-11-23T10:00", False, None),
    # unknown is never open
    ("immer", (), "bund", "2026-11-23T10:00", False, None),
    ("off", (), "bund", "2026-11-23T10:00", False, None),
)


@pytest.mark.parametrize(("form", "closures", "calendar", "when", "is_open", "opens"), ROWS)
def test_open(
    *, form: str, closures: tuple[str, ...], calendar: str, when: str, is_open: bool, opens: str | None
) -> None:
    """Somebody is there, or is there again, as the row says."""
    table = Timetable(form, closures, calendar)
    assert table.is_open(at(when)) is is_open
    there = table.opens(at(when))
    assert (there and there.replace(tzinfo=None)) == (opens and dt.datetime.fromisoformat(opens))


@pytest.mark.parametrize(
    ("form", "de", "en", "simple"),
    [
        ("24/7", "rund um die Uhr", "24 hours a day", "Tag und Nacht"),
        ("00:00-24:00", "rund um die Uhr", "24 hours a day", "Tag und Nacht"),
        ("Mo-Su,PH 07:00-22:00", "täglich 7–22 Uhr", "daily 7:00–22:00", "jeden Tag von 7 bis 22 Uhr"),
        ("07:00-22:00", "täglich 7–22 Uhr", "daily 7:00–22:00", "jeden Tag von 7 bis 22 Uhr"),
        ("Mo-Th 09:00-15:00", "Mo–Do 9–15 Uhr", "Mon–Thu 9:00–15:00", "Montag bis Donnerstag von 9 bis 15 Uhr"),
        (
            "Mo,We 08:30-12:00,13:00-16:00; PH off",
            "Mo, Mi 8:30–12 und 13–16 Uhr, nicht an Feiertagen",
            "Mon, Wed 8:30–12:00 and 13:00–16:00, not on public holidays",
            "Montag, Mittwoch von 8:30 bis 12 und von 13 bis 16 Uhr, nicht an Feiertagen",
        ),
        ("Mo-Tu 10:00-12:00", "Mo, Di 10–12 Uhr", "Mon, Tue 10:00–12:00", "Montag, Dienstag von 10 bis 12 Uhr"),
        (
            "Mo-Fr 09:00-16:00; PH 10:00-12:00",
            "Mo–Fr 9–16 Uhr, feiertags 10–12 Uhr",
            "Mon–Fri 9:00–16:00, public holidays 10:00–12:00",
            "Montag bis Freitag von 9 bis 16 Uhr, an Feiertagen von 10 bis 12 Uhr",
        ),
        ("Fr-Su 22:00-06:00", "Fr–So 22–6 Uhr", "Fri–Sun 22:00–6:00", "Freitag bis Sonntag von 22 bis 6 Uhr"),
        ("Apr-Sep Mo-Fr 08:00-18:00", "", "", ""),
        ("immer", "", "", ""),
        ("Mo off", "", "", ""),
    ],
)
def test_words(form: str, de: str, en: str, simple: str) -> None:
    """Hours are said as people say them."""
    assert [describe(form, language) for language in ("de", "en", "de-simple")] == [de, en, simple]
    assert describe(form, "tr") == de


@pytest.mark.parametrize(
    ("there", "de", "en"),
    [
        ("2026-11-23T15:00", "heute ab 15 Uhr", "today from 15:00"),
        ("2026-11-24T08:30", "morgen ab 8:30 Uhr", "tomorrow from 8:30"),
        ("2026-11-25T09:00", "am Mittwoch ab 9 Uhr", "on Wednesday from 9:00"),
        ("2026-11-30T09:00", "am Montag, 30.11., ab 9 Uhr", "on Monday, 30 November from 9:00"),
        ("2027-01-04T00:00", "am Montag, 4.1., ab 0 Uhr", "on Monday, 4 January from 0:00"),
    ],
)
def test_opening_in_words(there: str, de: str, en: str) -> None:
    """A day that is near is named as people name it."""
    now = at("2026-11-23T10:00")
    assert describe_opening(at(there), now, "de") == de
    assert describe_opening(at(there), now, "en") == en


@pytest.mark.parametrize(
    ("form", "fits"),
    [
        ("24/7", True),
        (OFFICE, True),
        ("Apr-Sep Mo-Fr 08:00-18:00", True),
        ("Mo-Fr 9-16", False),
        ("Mo-Do 09:00-16:00", False),
        ("täglich", False),
        ("Jan PH off", False),
        ("SH off", False),
    ],
)
def test_misfit(form: str, fits: bool) -> None:
    """What cannot be evaluated is found by the check, with an example that can."""
    wrong = misfit(form)
    assert (wrong is None) is fits
    assert wrong is None or "Mo-Fr 09:00-16:00" in wrong[1]


def test_calendars() -> None:
    """Each key has the calendar of its land; unknown ones that of days which are holidays everywhere."""
    assert [calendar_of(key) for key in ("", "09", "09761000", "11000000-01", "14626", "00000000", "99")] == [
        "bund", "BY", "Augsburg", "BE", "SN", "bund", "bund",
    ]  # fmt: skip
    assert len(days_off("bund", 2026)) == 9
    assert dt.date(2026, 8, 8) in days_off("Augsburg", 2026) - days_off("BY", 2026)
    with pytest.raises(KeyError):
        days_off("XX", 2026)


DAYS = st.sampled_from(["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su", "Mo-Fr", "Sa-Su", "Fr-Mo", "Mo,We", "PH", "Su,PH"])
CLOCKS = st.sampled_from(["00:00-24:00", "08:00-12:00", "13:30-16:00", "22:00-06:00", "09:00-12:00,13:00-17:00", "off"])
FORMS = st.lists(st.tuples(DAYS, CLOCKS).map(" ".join), min_size=1, max_size=4).map("; ".join)
TIMES = st.integers(1_767_225_600, 1_830_297_600).map(lambda seconds: dt.datetime.fromtimestamp(seconds, dt.UTC))


@given(FORMS, TIMES, st.sampled_from(["bund", "BY", "Augsburg", "SN"]))
def test_opens_is_the_next_open_minute(form: str, when: dt.datetime, calendar: str) -> None:
    """It is closed until it opens, and open then."""
    table = Timetable(form, (), calendar)
    there = table.opens(when)
    if table.is_open(when):
        assert there is None
    elif there is not None:
        assert there > when
        assert table.is_open(there)
        assert not table.is_open(there - dt.timedelta(minutes=1)) or there - when < dt.timedelta(minutes=1)


@given(FORMS)
def test_plain_forms_can_be_evaluated_and_said(form: str) -> None:
    """What is read as a week is valid in OSM, and has words unless it is never open."""
    week = read_week(form)
    assert week is not None
    assert misfit(form) is None
    assert bool(describe(form, "de")) is any(week.days)


@given(st.text(max_size=40))
def test_any_form(form: str) -> None:
    """No text is too strange for the reader of weeks or the words."""
    read_week(form)
    describe(form, "de")


# --- a whole year at once ---------------------------------------------------------------------------------------------

CLOCK = st.tuples(st.integers(0, 23), st.sampled_from([0, 1, 30])).map(lambda at: f"{at[0]:02}:{at[1]:02}")
DAYS_OF_RULES = st.sampled_from(["", "Mo-Fr", "Mo-Su", "Sa,Su", "Fr", "Su", "PH", "Sa,Su,PH", "Mo-Su,PH", "Fr-Mo"])
TIMES_OF_RULES = st.one_of(
    st.just("off"),
    st.just("00:00-24:00"),
    st.tuples(CLOCK, CLOCK).filter(lambda span: span[0] != span[1]).map(lambda span: f"{span[0]}-{span[1]}"),
)
RULES = st.tuples(DAYS_OF_RULES, TIMES_OF_RULES).map(lambda rule: " ".join(word for word in rule if word))
EXPRESSIONS = st.one_of(
    st.sampled_from(["24/7", "Apr-Sep Mo-Fr 08:00-18:00", "immer", "Dec 24 10:00-12:00"]),
    st.lists(RULES.filter(lambda rule: rule != "off"), min_size=1, max_size=4).map("; ".join),
)
TIMETABLES = st.builds(
    Timetable,
    EXPRESSIONS,
    st.sampled_from([(), ("2026-12-24",), ("2026-12-24..2027-01-01",), ("2026-10-25", "2027-03-28")]),
    st.sampled_from(["bund", "BY", "Augsburg", "SN", "BE"]),
)
YEARS = st.sampled_from([Year.starting(dt.date(2026, 10, 1)), Year.starting(dt.date(2027, 2, 28))])


@settings(max_examples=30, deadline=None)
@given(table=TIMETABLES, year=YEARS, bits=st.lists(st.integers(0, 364 * 24 * 60), min_size=1, max_size=30))
def test_a_year_of_minutes_is_what_asking_finds(table: Timetable, year: Year, bits: list[int]) -> None:
    """The bit of a minute is set when somebody is there then; an hour that the clock skips has none."""
    there = whole(year, year.open_minutes(table))
    for bit in bits:
        moment = year.moment(bit)
        exists = wall(moment.replace(tzinfo=BERLIN)) == moment
        assert (there >> bit & 1 == 1) is (exists and table.is_open(moment.replace(tzinfo=BERLIN)))


@settings(max_examples=40, deadline=None)
@given(table=TIMETABLES, year=YEARS)
def test_plain_weeks_take_a_shorter_way_to_the_same(table: Timetable, year: Year) -> None:
    """Whether a year is put together from a week or evaluated whole, it has the same minutes."""
    start, bits = year.moment(0), 0
    for begins, ends in table.open_spans(year.first, year.last):
        low, high = ((moment - start) // dt.timedelta(minutes=1) for moment in (begins, ends))
        bits |= ((1 << high - low) - 1) << low
    assert whole(year, year.open_minutes(table)) == bits & whole(year, year.every)


SPANS = st.sampled_from([
    Year(dt.date(2026, 3, 25), dt.date(2026, 4, 3)),
    Year(dt.date(2026, 10, 25), dt.date(2026, 10, 25)),
    Year(dt.date(2026, 12, 20), dt.date(2027, 1, 31)),
])  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(tables=st.lists(TIMETABLES, max_size=3), year=SPANS)
def test_what_is_asked_of_minutes_is_what_counting_finds(tables: list[Timetable], year: Year) -> None:
    """Who is missing, how long, from when to when, in which hours of the week: against sets of single minutes."""
    every = numbers(year, year.every)
    gap = set(every).difference(*(numbers(year, year.open_minutes(table)) for table in tables))
    left = sorted(gap)
    missing = year.missing(tables)
    assert numbers(year, missing) == left
    assert year.count(missing) == len(left)
    assert year.first_of(missing) == (left[0] if left else -1)
    if left:
        after = [minute for minute in every if minute > left[0] and minute not in gap]
        assert year.next_without(missing, left[0]) == (after[0] if after else -1)
    by_hour = [0] * HOURS_OF_THE_WEEK
    for minute in left:
        by_hour[year.moment(minute).weekday() * 24 + year.moment(minute).hour] += 2
    assert year.by_hour_of_the_week([missing, missing]) == tuple(by_hour)
    row = "".join("1" if minute in gap else "0" for minute in every)
    assert year.longest_run(missing) == max(map(len, row.split("0")))


@settings(max_examples=60, deadline=None)
@given(tables=st.lists(TIMETABLES, max_size=3), year=SPANS)
def test_the_same_minutes_are_written_in_one_way(tables: list[Timetable], year: Year) -> None:
    """However they came about: all at once, or with one table more that adds nothing."""
    missing = year.missing(tables)
    assert missing == year.missing([*tables, *tables, Timetable("immer")])
    whole = Year(year.first, year.last)
    assert missing == whole.missing(tables)
    assert hash(missing) == hash(whole.missing(tables))
    days = [(day, bits) for day, bits in missing.days if bits == missing.week[whole.moment(day * DAY).weekday()]]
    assert days == []


def whole(year: Year, some: Minutes) -> int:
    """The minutes as one number with a bit for each of the year."""
    days = dict(some.days)
    rows = [
        days.get(day, some.week[year.moment(day * DAY).weekday()]).to_bytes(DAY // 8, "little")
        for day in range((year.last - year.first).days + 1)
    ]
    return int.from_bytes(b"".join(rows), "little")


def numbers(year: Year, some: Minutes) -> list[int]:
    """The minutes one by one."""
    return [number for number, digit in enumerate(f"{whole(year, some):b}"[::-1]) if digit == "1"]


def test_the_year_lacks_the_hour_that_the_clock_skips() -> None:
    """365 days without one hour; the hour that comes twice counts once."""
    year = Year.starting(dt.date(2026, 12, 1))
    assert (year.first, year.last) == (dt.date(2026, 12, 1), dt.date(2027, 11, 30))
    assert year.count(year.every) == (365 * 24 - 1) * 60
    assert year.moment(year.next_without(year.missing([Timetable("24/7")]), 0)) == dt.datetime(2026, 12, 1)  # noqa: DTZ001
    (short,) = [day for day, _ in year.every.days]
    assert year.moment(short * DAY).date() == dt.date(2027, 3, 28)
    assert Year.starting(dt.date(2028, 2, 29)).last == dt.date(2029, 2, 28)
    assert sum(year.by_hour_of_the_week([year.every])) == (365 * 24 - 1) * 60


@pytest.mark.parametrize(
    ("when", "is_open"),
    [
        ("2026-10-25T02:29+02:00", False),
        ("2026-10-25T02:30+02:00", True),
        ("2026-10-25T02:59+02:00", True),
        ("2026-10-25T02:29+01:00", False),
        ("2026-10-25T02:30+01:00", True),
        ("2026-10-25T02:59+01:00", True),
        ("2026-10-25T03:00+01:00", False),
        ("2026-03-29T01:59+01:00", False),
        ("2026-03-29T03:00+02:00", False),
    ],
)
def test_the_hour_that_comes_twice(when: str, is_open: bool) -> None:
    """Somebody who is there from 2:30 to 3:00 is there in both, and in March in neither."""
    assert Timetable("Su 02:30-03:00").is_open(dt.datetime.fromisoformat(when)) is is_open


def test_an_opening_in_the_hour_that_is_skipped() -> None:
    """It opens when the clocks have gone forward."""
    opens = Timetable("Su 02:30-03:30").opens(at("2026-03-29T01:00"))
    assert opens is not None
    assert opens.isoformat() == "2026-03-29T03:00:00+02:00"

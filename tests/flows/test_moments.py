"""Everyday words for a time, row by row, and what the reading promises for any words at all."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.flows.moments import MAX_LENGTH, Moment, Part, lies_ahead, read_moment, show, show_day
from bot.flows.words.timewords import is_one_slip

BERLIN = "Europe/Berlin"


def at(text: str) -> dt.datetime:
    """Wall time in Berlin (or with the offset that is given) as an aware time."""
    time = dt.datetime.fromisoformat(text)
    return time if time.tzinfo else time.replace(tzinfo=ZoneInfo(BERLIN))


SUNDAY = "2026-11-22T11:00"
NEW_YEAR = "2027-01-01T08:00"
LEAP = "2028-02-29T12:00"
AFTER_LEAP = "2028-03-01T00:30"
SPRING = "2026-03-29T12:00"  # the clocks went from 02:00 to 03:00
AUTUMN = "2026-10-25T12:00"  # the clocks went from 03:00 to 02:00

# now, what was said, what it means
ROWS: tuple[tuple[str, str, str | None], ...] = (
    # days counted from today
    (SUNDAY, "heute", "2026-11-22"),
    (SUNDAY, "  HEUTE. ", "2026-11-22"),
    (SUNDAY, "gestern", "2026-11-21"),
    (SUNDAY, "vorgestern", "2026-11-20"),
    (SUNDAY, "vorvorgestern", "2026-11-19"),
    (SUNDAY, "seit gestern", "2026-11-21"),
    (SUNDAY, "das war wohl gestern", "2026-11-21"),
    (SUNDAY, "gestern hat mich jemand bedroht", "2026-11-21"),
    (SUNDAY, "vor 3 Tagen", "2026-11-19"),
    (SUNDAY, "vor drei tagen", "2026-11-19"),
    (SUNDAY, "vor etwa zwei Tagen", "2026-11-20"),
    (SUNDAY, "3 Tage her", "2026-11-19"),
    (SUNDAY, "ist jetzt 3 Tage her", "2026-11-19"),
    (SUNDAY, "vor 8 Tagen", "2026-11-14"),
    (SUNDAY, "vor vierzehn Tagen", "2026-11-08"),
    (SUNDAY, "vor einer Woche", "2026-11-15"),
    (SUNDAY, "vor zwei Wochen", "2026-11-08"),
    (SUNDAY, "gestern vor einer Woche", "2026-11-14"),
    (SUNDAY, "vor einem Monat", "2026-10-22"),
    (SUNDAY, "vor drei Monaten", "2026-08-22"),
    (SUNDAY, "vor einem halben Jahr", "2026-05-22"),
    (SUNDAY, "vor anderthalb Jahren", "2025-05-22"),
    (SUNDAY, "vor 2 Jahren", "2024-11-22"),
    # parts of the day
    (SUNDAY, "gestern Abend", "2026-11-21/abend"),
    (SUNDAY, "gestern abends", "2026-11-21/abend"),
    (SUNDAY, "gesternabend", "2026-11-21/abend"),
    (SUNDAY, "am späten Abend, gestern", "2026-11-21/abend"),
    (SUNDAY, "vor drei Tagen abends", "2026-11-19/abend"),
    (SUNDAY, "heute morgen", "2026-11-22/frueh"),
    (SUNDAY, "heute früh", "2026-11-22/frueh"),
    (SUNDAY, "gestern in der Früh", "2026-11-21/frueh"),
    (SUNDAY, "Montagmorgen", "2026-11-16/frueh"),
    (SUNDAY, "gestern Vormittag", "2026-11-21/vormittag"),
    (SUNDAY, "gestern Mittag", "2026-11-21/mittag"),
    (SUNDAY, "gestern Nachmittag", "2026-11-21/nachmittag"),
    (SUNDAY, "abends", "2026-11-21/abend"),
    (SUNDAY, "am Vormittag", "2026-11-22/vormittag"),
    (SUNDAY, "nachts", "2026-11-21/nacht"),
    (SUNDAY, "letzte Nacht", "2026-11-21/nacht"),
    (SUNDAY, "heute Nacht", "2026-11-21/nacht"),
    ("2026-11-22T02:30", "heute Nacht", "2026-11-21/nacht"),
    ("2026-11-22T23:30", "heute Nacht", "2026-11-22/nacht"),
    ("2026-11-22T23:30", "letzte Nacht", "2026-11-21/nacht"),
    (SUNDAY, "letzte Nacht um 2", "2026-11-22T02:00"),
    (SUNDAY, "gestern Nacht um 2", "2026-11-22T02:00"),
    (SUNDAY, "letzte Nacht gegen halb drei", "2026-11-22T02:30"),
    ("2026-11-22T22:30", "heute Nacht um 2", "2026-11-22T02:00"),
    (SUNDAY, "gestern Nacht um 11", "2026-11-21T23:00"),
    (SUNDAY, "Samstagnacht um 1", "2026-11-22T01:00"),
    (SUNDAY, "in der Nacht von Freitag auf Samstag", "2026-11-20/nacht"),
    (SUNDAY, "in der Nacht auf Samstag", "2026-11-20/nacht"),
    (SUNDAY, "in der Nacht zum Samstag", "2026-11-20/nacht"),
    (SUNDAY, "gestern um Mitternacht", "2026-11-21/nacht"),
    (SUNDAY, "gestern 24 Uhr", "2026-11-21/nacht"),
    # weekdays
    (SUNDAY, "am Montag", "2026-11-16"),
    (SUNDAY, "Montag", "2026-11-16"),
    (SUNDAY, "montags", "2026-11-16"),
    (SUNDAY, "letzten Dienstag", "2026-11-17"),
    (SUNDAY, "vergangenen Mittwoch", "2026-11-18"),
    (SUNDAY, "vorigen Donnerstag", "2026-11-19"),
    (SUNDAY, "am Sonntag", "2026-11-15"),
    (SUNDAY, "diesen Sonntag", "2026-11-22"),
    (SUNDAY, "vorletzten Freitag", "2026-11-13"),
    (SUNDAY, "Dienstagabend", "2026-11-17/abend"),
    (SUNDAY, "Di", "2026-11-17"),
    (SUNDAY, "Mo.", "2026-11-16"),
    (SUNDAY, "Di 18 Uhr", "2026-11-17T18:00"),
    (SUNDAY, "So. 15.11.", "2026-11-15"),
    (SUNDAY, "Mittwoch so gegen 14 Uhr", "2026-11-18T14:00"),
    (SUNDAY, "So war das am Montag", "2026-11-16"),
    (SUNDAY, "Sonnabend früh", "2026-11-21/frueh"),
    # stretches: their first day
    (SUNDAY, "letzte Woche", "2026-11-09"),
    (SUNDAY, "vorletzte Woche", "2026-11-02"),
    (SUNDAY, "diese Woche", "2026-11-16"),
    (SUNDAY, "letzte Woche Dienstag", "2026-11-10"),
    (SUNDAY, "Dienstag letzter Woche", "2026-11-10"),
    (SUNDAY, "Freitag vor einer Woche", "2026-11-13"),
    (SUNDAY, "vor zwei Wochen am Montag", "2026-11-02"),
    (SUNDAY, "letzten Monat", "2026-10-01"),
    (SUNDAY, "letztes Jahr", "2025-01-01"),
    (SUNDAY, "am Wochenende", "2026-11-21"),
    (SUNDAY, "letztes Wochenende", "2026-11-14"),
    ("2026-11-25T09:00", "am Wochenende", "2026-11-21"),
    ("2026-11-25T09:00", "letztes Wochenende", "2026-11-21"),
    ("2026-11-25T09:00", "vorletztes Wochenende", "2026-11-14"),
    (SUNDAY, "im Oktober", "2026-10-01"),
    (SUNDAY, "Anfang Oktober", "2026-10-01"),
    (SUNDAY, "Mitte Oktober 2025", "2025-10-11"),
    (SUNDAY, "Ende Oktober", "2026-10-21"),
    (SUNDAY, "im Dezember", "2025-12-01"),
    # dates
    (SUNDAY, "12.3.", "2026-03-12"),
    (SUNDAY, "12.3", "2026-03-12"),
    (SUNDAY, "12.03.2026", "2026-03-12"),
    (SUNDAY, "12.03.26", "2026-03-12"),
    (SUNDAY, "12. 3. 2026", "2026-03-12"),
    (SUNDAY, "am 12.3.", "2026-03-12"),
    (SUNDAY, "12/03/2026", "2026-03-12"),
    (SUNDAY, "12-03-2026", "2026-03-12"),
    (SUNDAY, "2026-11-20", "2026-11-20"),
    (SUNDAY, "2026-11-20T18:30", "2026-11-20T18:30"),
    (SUNDAY, "12. März", "2026-03-12"),
    (SUNDAY, "12.März 2025", "2025-03-12"),
    (SUNDAY, "12 maerz", "2026-03-12"),
    (SUNDAY, "am zwölften März", "2026-03-12"),
    (SUNDAY, "am 12.", "2026-11-12"),
    (SUNDAY, "am dreißigsten", "2026-10-30"),
    (SUNDAY, "am 12. November abends", "2026-11-12/abend"),
    (SUNDAY, "12.3.18 Uhr", "2026-03-12T18:00"),
    (SUNDAY, "12.3. 18 Uhr", "2026-03-12T18:00"),
    (SUNDAY, "am 3.10.2026 um 9", "2026-10-03T09:00"),
    (SUNDAY, "Samstag, 21.11.", "2026-11-21"),
    (SUNDAY, "22.11.", "2026-11-22"),
    (SUNDAY, "23.11.", "2025-11-23"),
    (SUNDAY, "1. Mai", "2026-05-01"),
    (SUNDAY, "an Heiligabend", "2025-12-24"),
    (SUNDAY, "29.2.", "2024-02-29"),
    (SUNDAY, "31.2.", None),
    (SUNDAY, "29.2.2025", None),
    (SUNDAY, "32.1.2026", None),
    (SUNDAY, "12.3.1850", None),
    # times
    (SUNDAY, "9 Uhr", "2026-11-22T09:00"),
    (SUNDAY, "18 Uhr", "2026-11-21T18:00"),
    (SUNDAY, "18:30", "2026-11-21T18:30"),
    (SUNDAY, "gestern um 18.30", "2026-11-21T18:30"),
    (SUNDAY, "gestern 18 Uhr 30", "2026-11-21T18:30"),
    (SUNDAY, "gestern, ca. 17:45 Uhr", "2026-11-21T17:45"),
    (SUNDAY, "gestern 14-15 Uhr", "2026-11-21T14:00"),
    (SUNDAY, "gestern um 17h", "2026-11-21T17:00"),
    (SUNDAY, "heute früh um 8", "2026-11-22T08:00"),
    (SUNDAY, "heute Morgen um halb 9", "2026-11-22T08:30"),
    (SUNDAY, "halb neun", "2026-11-22T08:30"),
    (SUNDAY, "gestern halb eins", "2026-11-21T12:30"),
    (SUNDAY, "gestern Abend um acht", "2026-11-21T20:00"),
    (SUNDAY, "gestern abends 8", "2026-11-21T20:00"),
    (SUNDAY, "gestern kurz nach 8", "2026-11-21T08:00"),
    (SUNDAY, "gestern viertel nach acht", "2026-11-21T08:15"),
    (SUNDAY, "gestern viertel acht", "2026-11-21T07:15"),
    (SUNDAY, "gestern dreiviertel acht", "2026-11-21T07:45"),
    (SUNDAY, "gestern fünf vor halb neun", "2026-11-21T08:25"),
    (SUNDAY, "gestern 20 nach 8", "2026-11-21T08:20"),
    (SUNDAY, "heute Mittag um 1", "2026-11-22T13:00"),
    (SUNDAY, "gestern Nachmittag um halb vier", "2026-11-21T15:30"),
    (SUNDAY, "um 8 am Montag", "2026-11-16T08:00"),
    (SUNDAY, "gerade eben", "2026-11-22T11:00"),
    (SUNDAY, "jetzt", "2026-11-22T11:00"),
    (SUNDAY, "es passiert gerade", "2026-11-22T11:00"),
    (SUNDAY, "vor 10 Minuten", "2026-11-22T10:50"),
    (SUNDAY, "vor einer halben Stunde", "2026-11-22T10:30"),
    (SUNDAY, "vor 2 Stunden", "2026-11-22T09:00"),
    (SUNDAY, "vor 12 Stunden", "2026-11-21T23:00"),
    # slips of the finger
    (SUNDAY, "gestren", "2026-11-21"),
    (SUNDAY, "gesten abned", "2026-11-21/abend"),
    (SUNDAY, "vorgesten", "2026-11-20"),
    (SUNDAY, "Deinstag", "2026-11-17"),
    (SUNDAY, "letzten Donerstag", "2026-11-19"),
    (SUNDAY, "Mitwoch nachmitag", "2026-11-18/nachmittag"),
    (SUNDAY, "12. Novmeber", "2026-11-12"),
    (SUNDAY, "5. Septemper", "2026-09-05"),
    # as it is spoken
    (SUNDAY, "gestan", "2026-11-21"),
    (SUNDAY, "gestan obend", "2026-11-21/abend"),
    (SUNDAY, "gestan auf d'Nacht", "2026-11-21/abend"),
    (SUNDAY, "heit fria", "2026-11-22/frueh"),
    (SUNDAY, "am Samsdog", "2026-11-21"),
    (SUNDAY, "jestern", "2026-11-21"),
    (SUNDAY, "jestern ahmd", "2026-11-21/abend"),
    (SUNDAY, "vorjestern", "2026-11-20"),
    (SUNDAY, "gesdern middach", "2026-11-21/mittag"),
    (SUNDAY, "geschdern am Obend", "2026-11-21/abend"),
    (SUNDAY, "voriche Woche", "2026-11-09"),
    # English
    (SUNDAY, "yesterday", "2026-11-21"),
    (SUNDAY, "yesterday evening", "2026-11-21/abend"),
    (SUNDAY, "last friday", "2026-11-20"),
    (SUNDAY, "3 days ago", "2026-11-19"),
    (SUNDAY, "three days ago", "2026-11-19"),
    (SUNDAY, "a week ago", "2026-11-15"),
    (SUNDAY, "last week", "2026-11-09"),
    (SUNDAY, "last night", "2026-11-21/nacht"),
    (SUNDAY, "the day before yesterday", "2026-11-20"),
    (SUNDAY, "this morning", "2026-11-22/frueh"),
    (SUNDAY, "two hours ago", "2026-11-22T09:00"),
    (SUNDAY, "yesterday at half past eight", "2026-11-21T08:30"),
    (SUNDAY, "yesterday, quarter to nine", "2026-11-21T08:45"),
    (SUNDAY, "yesterday at 8 pm", "2026-11-21T20:00"),
    (SUNDAY, "on Tuesday at 8pm", "2026-11-17T20:00"),
    (SUNDAY, "March 12th, 2026", "2026-03-12"),
    (SUNDAY, "12th of March", "2026-03-12"),
    (SUNDAY, "it may have been yesterday", "2026-11-21"),
    # several days: the earliest
    (SUNDAY, "gestern oder vorgestern", "2026-11-20"),
    (SUNDAY, "Montag oder Dienstag", "2026-11-16"),
    (SUNDAY, "nicht gestern, sondern am Freitag", "2026-11-20"),
    # year end
    (NEW_YEAR, "gestern", "2026-12-31"),
    (NEW_YEAR, "31.12.", "2026-12-31"),
    (NEW_YEAR, "1.1.", "2027-01-01"),
    (NEW_YEAR, "2.1.", "2026-01-02"),
    (NEW_YEAR, "Silvester", "2026-12-31"),
    (NEW_YEAR, "letzten Monat", "2026-12-01"),
    (NEW_YEAR, "letzte Woche", "2026-12-21"),
    (NEW_YEAR, "am 30.", "2026-12-30"),
    (NEW_YEAR, "letzte Nacht um 1", "2027-01-01T01:00"),
    # leap day
    (LEAP, "heute", "2028-02-29"),
    (LEAP, "vor einem Jahr", "2027-02-28"),
    (LEAP, "29.2.", "2028-02-29"),
    (AFTER_LEAP, "gestern", "2028-02-29"),
    (AFTER_LEAP, "vor einer Stunde", "2028-02-29T23:30"),
    (AFTER_LEAP, "vor einem Monat", "2028-02-01"),
    # the clocks change: days stay days, hours are real hours, wall time is as it was said
    (SPRING, "gestern", "2026-03-28"),
    (SPRING, "vor 12 Stunden", "2026-03-28T23:00"),
    (SPRING, "heute um 2:30", "2026-03-29T02:30"),
    (AUTUMN, "vor 12 Stunden", "2026-10-25T01:00"),
    (AUTUMN, "heute Nacht um halb 3", "2026-10-25T02:30"),
    (AUTUMN, "vor einer Woche", "2026-10-18"),
    # the day is the one in the municipality, not in Greenwich
    ("2026-11-21T23:30+00:00", "heute", "2026-11-22"),
    ("2026-07-01T22:30+00:00", "gestern", "2026-07-01"),
    # not a time
    (SUNDAY, "", None),
    (SUNDAY, "ich weiß nicht", None),
    (SUNDAY, "vor ein paar Tagen", None),
    (SUNDAY, "neulich", None),
    (SUNDAY, "das weiß ich jetzt nicht", None),
    (SUNDAY, "das kann ich heute nicht sagen", None),
    (SUNDAY, "I don't know right now", None),
    (SUNDAY, "12", None),
    (SUNDAY, "25 Uhr", None),
    (SUNDAY, "5 Leute", None),
    (SUNDAY, "Guten Morgen", None),
    (SUNDAY, "es ging um einen Kollegen", None),
    (SUNDAY, "die Leute dort", None),
    (SUNDAY, "so", None),
    (SUNDAY, "vor 9999 Jahren", None),
    (SUNDAY, "gestern " * 60, None),
    # ahead of now it is read all the same
    (SUNDAY, "morgen", "2026-11-23"),
    (SUNDAY, "übermorgen", "2026-11-24"),
    (SUNDAY, "nächsten Montag", "2026-11-23"),
    (SUNDAY, "heute um 18 Uhr", "2026-11-22T18:00"),
)

AHEAD: tuple[tuple[str, str, str | None], ...] = (
    (SUNDAY, "morgen", "2026-11-23"),
    (SUNDAY, "morgen früh um 8", "2026-11-23T08:00"),
    (SUNDAY, "übermorgen Abend", "2026-11-24/abend"),
    (SUNDAY, "in 3 Tagen", "2026-11-25"),
    (SUNDAY, "in einer Woche", "2026-11-29"),
    (SUNDAY, "in zwei Stunden", "2026-11-22T13:00"),
    (SUNDAY, "am Montag", "2026-11-23"),
    (SUNDAY, "am Sonntag", "2026-11-29"),
    (SUNDAY, "kommenden Samstag", "2026-11-28"),
    (SUNDAY, "nächste Woche", "2026-11-23"),
    (SUNDAY, "nächste Woche Mittwoch", "2026-11-25"),
    (SUNDAY, "12.3.", "2027-03-12"),
    (SUNDAY, "22.11.", "2026-11-22"),
    (SUNDAY, "12. Dezember um 17 Uhr", "2026-12-12T17:00"),
    (SUNDAY, "29.2.", "2028-02-29"),
    (SUNDAY, "am 12.", "2026-12-12"),
    (SUNDAY, "18 Uhr", "2026-11-22T18:00"),
    (SUNDAY, "9 Uhr", "2026-11-23T09:00"),
    (SUNDAY, "heute Abend", "2026-11-22/abend"),
    (SUNDAY, "tomorrow morning", "2026-11-23/frueh"),
    (SUNDAY, "next friday", "2026-11-27"),
    (SUNDAY, "gestern", "2026-11-21"),
    (SUNDAY, "am Wochenende", "2026-11-28"),
    ("2026-11-25T09:00", "am Wochenende", "2026-11-28"),
    ("2026-12-31T22:00", "morgen", "2027-01-01"),
)


@pytest.mark.parametrize(("now", "said", "expected"), ROWS)
def test_what_was(now: str, said: str, expected: str | None) -> None:
    """An answer to "when was that?" is read as the table says."""
    moment = read_moment(said, at(now), BERLIN, "de")
    assert (None if moment is None else str(moment)) == expected


@pytest.mark.parametrize(("now", "said", "expected"), AHEAD)
def test_what_comes(now: str, said: str, expected: str | None) -> None:
    """An answer to "when will that be?" looks ahead where a date is unfinished."""
    moment = read_moment(said, at(now), BERLIN, "de", past=False)
    assert (None if moment is None else str(moment)) == expected


def test_am_is_a_time_in_english_only() -> None:
    """In English "12 am" is midnight; „um 12 am Montag“ is noon on a Monday."""
    assert str(read_moment("yesterday at 12 am", at(SUNDAY), BERLIN, "en")) == "2026-11-21T00:00"
    assert str(read_moment("um 12 am Montag", at(SUNDAY), BERLIN, "de")) == "2026-11-16T12:00"


def test_other_zone() -> None:
    """Today is the day of the zone that is asked for."""
    assert str(read_moment("heute", at("2026-11-22T00:30"), "Europe/London", "de")) == "2026-11-21"


@pytest.mark.parametrize(
    ("text", "ahead"),
    [
        ("heute", False),
        ("heute um 18 Uhr", True),
        ("heute um 11 Uhr", False),
        ("heute Abend", True),
        ("heute Vormittag", False),
        ("morgen", True),
        ("gestern Abend", False),
    ],
)
def test_lies_ahead(text: str, ahead: bool) -> None:
    """What has not begun yet is recognised, so that a question about the past can say so."""
    moment = read_moment(text, at(SUNDAY), BERLIN, "de")
    assert moment is not None
    assert lies_ahead(moment, at(SUNDAY), BERLIN) is ahead


DAY = dt.date(2026, 11, 21)


@pytest.mark.parametrize(
    ("moment", "language", "shown"),
    [
        (Moment(DAY), "de", "Samstag, 21. November 2026"),
        (Moment(DAY, part="abend"), "de", "Samstag, 21. November 2026, abends"),
        (Moment(DAY, dt.time(8, 5)), "de", "Samstag, 21. November 2026, 8:05 Uhr"),
        (Moment(DAY), "en", "Saturday, 21 November 2026"),
        (Moment(DAY, part="nacht"), "en", "Saturday, 21 November 2026, at night"),
        (Moment(DAY, dt.time(18, 30)), "en", "Saturday, 21 November 2026, 18:30"),
        (Moment(DAY), "de-simple", "21.11.2026"),
        (Moment(DAY, part="abend"), "de-simple", "21.11.2026, am Abend"),
        (Moment(DAY, dt.time(18, 30)), "de-simple", "21.11.2026, um 18:30 Uhr"),
        (Moment(DAY, dt.time(18, 30)), "tr", "21.11.2026, 18:30"),
    ],
)
def test_show(moment: Moment, language: str, shown: str) -> None:
    """A moment is shown in the words of the language."""
    assert show(moment, language) == shown


@pytest.mark.parametrize("text", ["", "2026-11-21/", "2026-11-21/teatime", "2026-13-01", "2026-11-21T", "2026-11-21Tx"])
def test_parse_refuses(text: str) -> None:
    """What is no stored form is a ValueError, not a guess."""
    with pytest.raises(ValueError, match=r".*"):
        Moment.parse(text)


@pytest.mark.parametrize(
    ("one", "other", "slip"),
    [
        ("gestren", "gestern", True),
        ("gesten", "gestern", True),
        ("gesterrn", "gestern", True),
        ("gestarn", "gestern", True),
        ("gestern", "gestern", False),
        ("gesetrn", "gestern", True),
        ("getsren", "gestern", False),
        ("montag", "mittag", False),
        ("ab", "ba", True),
        ("a", "", True),
        ("abc", "a", False),
    ],
)
def test_one_slip(one: str, other: str, slip: bool) -> None:
    """One insertion, deletion, change or swap of neighbours, no more."""
    assert is_one_slip(one, other) is slip


PARTS: tuple[Part, ...] = ("", "frueh", "vormittag", "mittag", "nachmittag", "abend", "nacht")
MOMENTS = st.one_of(
    st.builds(Moment, st.dates(dt.date(1950, 1, 1), dt.date(2099, 12, 31)), part=st.sampled_from(PARTS)),
    st.builds(
        lambda day, time: Moment(day, time.replace(second=0, microsecond=0)),
        st.dates(dt.date(1950, 1, 1), dt.date(2099, 12, 31)),
        st.times(),
    ),
)
NOWS = st.integers(946_684_800, 3_786_912_000).map(lambda seconds: dt.datetime.fromtimestamp(seconds, dt.UTC))
FRAGMENTS = st.sampled_from(
    (
        "gestern heute morgen vor in 3 12 31. 2. 12.3. 99999 24:00 8:61 Uhr um halb viertel nach Nacht auf Montag "
        "letzte nächste Woche Monat Jahr Tagen Stunden Wochenende März 2026 0000-00-00 29.2. am her ago pm <d:-1> <p: "
        "nicht 9999 Anfang ersten dreiviertel jetzt Silvester Sonnabend 2026-11-20 / - ."
    ).split()
)


@given(MOMENTS)
def test_stored_form_returns(moment: Moment) -> None:
    """Storing and reading back changes nothing."""
    assert Moment.parse(str(moment)) == moment


@given(MOMENTS, NOWS)
def test_shown_is_read_again(moment: Moment, now: dt.datetime) -> None:
    """What the Lotse shows, a person may type back: it means the same day."""
    again = read_moment(show_day(moment.day, "de"), now, BERLIN, "de")
    assert again == Moment(moment.day)


@given(st.text(max_size=MAX_LENGTH + 5), NOWS, st.booleans())
def test_any_text(text: str, now: dt.datetime, past: bool) -> None:
    """No text raises."""
    read_moment(text, now, BERLIN, "de", past=past)


@given(st.lists(FRAGMENTS, max_size=8).map(" ".join), NOWS, st.booleans())
def test_any_mixture(text: str, now: dt.datetime, past: bool) -> None:
    """No mixture of time words raises, and what is read is a moment that can be stored."""
    moment = read_moment(text, now, BERLIN, "en", past=past)
    assert moment is None or Moment.parse(str(moment)) == moment
    assert moment is None or moment.time is None or not moment.part

"""Legal deadlines: where they end by the letter, and the safe day that is shown, row by row with the reason."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.flows.deadlines import DEADLINES, is_working_day, safe_day, statutory_end

# kind, event, statutory end, safe day, why
ROWS = (
    ("strafantrag", "2026-11-21", "2027-02-21", "2027-02-19", "ends on a Sunday: Friday"),
    ("strafantrag", "2026-11-20", "2027-02-20", "2027-02-19", "ends on a Saturday: Friday"),
    ("strafantrag", "2026-11-19", "2027-02-19", "2027-02-18", "ends on a Friday: the day before"),
    ("strafantrag", "2026-11-22", "2027-02-22", "2027-02-19", "ends on a Monday: the weekend does not count"),
    ("strafantrag", "2026-08-31", "2026-11-30", "2026-11-27", "no 31 November: the 30th (§ 188 Abs. 3 BGB)"),
    ("strafantrag", "2026-11-30", "2027-02-28", "2027-02-26", "no 30 February: the 28th"),
    ("strafantrag", "2027-11-30", "2028-02-29", "2028-02-28", "no 30 February, leap year: the 29th"),
    ("strafantrag", "2027-11-29", "2028-02-29", "2028-02-28", "the leap day itself"),
    ("strafantrag", "2026-12-31", "2027-03-31", "2027-03-30", "over the year end, Tuesday after Easter counts"),
    ("strafantrag", "2026-12-29", "2027-03-29", "2027-03-25", "ends on Easter Monday: Maundy Thursday"),
    ("strafantrag", "2026-12-30", "2027-03-30", "2027-03-25", "ends on the Tuesday after Easter"),
    ("strafantrag", "2026-02-08", "2026-05-08", "2026-05-07", "a Friday in May"),
    ("strafantrag", "2026-02-15", "2026-05-15", "2026-05-13", "the day before is Ascension Day"),
    ("strafantrag", "2026-03-05", "2026-06-05", "2026-06-03", "the day before is Corpus Christi, in some lands"),
    ("strafantrag", "2027-05-10", "2027-08-10", "2027-08-09", "8 August (Augsburg) is a Sunday in 2027"),
    ("strafantrag", "2025-05-09", "2025-08-09", "2025-08-07", "8 August 2025 is a Friday: Augsburg's Friedensfest"),
    ("strafantrag", "2026-07-04", "2026-10-04", "2026-10-02", "Sunday after the Saturday of 3 October"),
    ("strafantrag", "2026-08-19", "2026-11-19", "2026-11-17", "the day before is Buß- und Bettag, in Saxony"),
    ("strafantrag", "2026-09-25", "2026-12-25", "2026-12-23", "Christmas Day, and Christmas Eve is not counted on"),
    ("strafantrag", "2026-09-28", "2026-12-28", "2026-12-23", "Monday after Christmas: Wednesday before it"),
    ("strafantrag", "2026-10-01", "2027-01-01", "2026-12-30", "New Year, and New Year's Eve is not counted on"),
    ("strafantrag", "2026-10-07", "2027-01-07", "2027-01-05", "the day before is Epiphany, in some lands"),
    ("strafantrag", "2026-12-09", "2027-03-09", "2027-03-05", "8 March (Berlin, MV) is a Monday in 2027"),
    ("agg", "2026-12-31", "2027-02-28", "2027-02-26", "no 31 February"),
    ("agg", "2026-11-21", "2027-01-21", "2027-01-20", "a Thursday: Wednesday"),
    ("agg", "2026-07-31", "2026-09-30", "2026-09-29", "31 July and two months is 30 September"),
    ("agg", "2026-09-01", "2026-11-01", "2026-10-30", "All Saints on a Sunday, Reformation Day on Saturday"),
    ("agg", "2027-12-29", "2028-02-29", "2028-02-28", "leap year"),
    ("unfallanzeige", "2026-11-23", "2026-11-26", "2026-11-25", "Monday and three days"),
    ("unfallanzeige", "2026-11-18", "2026-11-21", "2026-11-20", "Wednesday: ends Saturday, so Friday"),
    ("unfallanzeige", "2026-11-20", "2026-11-23", "2026-11-20", "Friday: ends Monday, so the same day"),
    ("unfallanzeige", "2026-11-21", "2026-11-24", "2026-11-23", "Saturday: ends Tuesday, so Monday"),
    ("unfallanzeige", "2026-04-02", "2026-04-05", "2026-04-02", "Maundy Thursday: ends at Easter, so at once"),
    ("unfallanzeige", "2026-04-04", "2026-04-07", "2026-04-07", "Easter Saturday: the Tuesday is the only working day"),
    ("unfallanzeige", "2026-04-03", "2026-04-06", "2026-04-03", "Good Friday to Easter Monday: at once"),
    ("unfallanzeige", "2026-12-24", "2026-12-27", "2026-12-24", "over Christmas: at once"),
    ("traumaambulanz", "2026-11-21", "2027-11-21", "2027-11-19", "twelve months, a Sunday"),
    ("traumaambulanz", "2028-02-29", "2029-02-28", "2029-02-27", "from the leap day to the last of February"),
    ("auskunftssperre", "2026-11-21", "2028-11-21", "2028-11-20", "two years, a Tuesday"),
    ("auskunftssperre", "2026-02-28", "2028-02-28", "2028-02-25", "two years, a Monday: Friday; no jump to the 29th"),
    ("sgb_xiv", "2026-11-21", "2027-11-21", "2027-11-19", "one year, a Sunday"),
    ("sgb_xiv", "2026-01-01", "2027-01-01", "2026-12-30", "one year, New Year"),
)
DATES = st.dates(dt.date(1992, 1, 1), dt.date(2090, 1, 1))
KINDS = st.sampled_from(sorted(DEADLINES))


@pytest.mark.parametrize(("kind", "event", "end", "safe", "why"), ROWS)
def test_day_by_day(kind: str, event: str, end: str, safe: str, why: str) -> None:
    """The deadline ends, and is shown, as the row says."""
    day = dt.date.fromisoformat(event)
    assert statutory_end(kind, day) == dt.date.fromisoformat(end), why
    assert safe_day(kind, day) == dt.date.fromisoformat(safe), why


@given(KINDS, DATES)
def test_never_too_late(kind: str, event: dt.date) -> None:
    """The safe day lies between the event and the end, and is the end itself only when nothing lies before it."""
    safe, end = safe_day(kind, event), statutory_end(kind, event)
    assert event <= safe <= end
    if safe == end:
        between = [event + dt.timedelta(days=n) for n in range((end - event).days)]
        assert not any(is_working_day(day) for day in between)


@given(KINDS, DATES)
def test_a_working_day_where_there_is_one(kind: str, event: dt.date) -> None:
    """The safe day is a working day, unless none lies between event and end: then it is at once."""
    safe = safe_day(kind, event)
    if not is_working_day(safe):
        days = (statutory_end(kind, event) - event).days
        assert safe == event
        assert not any(is_working_day(event + dt.timedelta(days=n)) for n in range(days + 1))


@given(st.sampled_from(["strafantrag", "agg", "traumaambulanz", "sgb_xiv", "auskunftssperre"]), DATES)
def test_long_deadlines_lose_little(kind: str, event: dt.date) -> None:
    """Being on the safe side costs at most eight days (Christmas to New Year)."""
    assert (statutory_end(kind, event) - safe_day(kind, event)).days <= 8


@given(KINDS, DATES)
def test_later_events_end_no_earlier(kind: str, event: dt.date) -> None:
    """A day later never makes the statutory end earlier."""
    assert statutory_end(kind, event) <= statutory_end(kind, event + dt.timedelta(days=1))


def test_every_deadline_speaks() -> None:
    """Each has its statute and a title in German, English and Einfache Sprache."""
    for deadline in DEADLINES.values():
        assert deadline.statute.startswith("§")
        assert list(deadline.title) == ["de", "en", "de-simple"]
        assert all(deadline.title.values())


def test_unknown_kind() -> None:
    """A deadline that is not ours is a KeyError."""
    with pytest.raises(KeyError):
        safe_day("steuer", dt.date(2026, 1, 1))

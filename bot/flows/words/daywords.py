"""Days in the signs of `timewords`: 12.3., March 12th, am zwölften, letzten Dienstag, vor drei Wochen, im Oktober.

Owns the grammar of the calendar, by the rules that `moments` sets out: what is unfinished is completed backwards
(`past`) or forwards, a stretch is its first day, of several days it is the earliest.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator

from bot.flows.words.timewords import Signs

# Incidents before this year, or dates after that one, are slips of the finger.
MIN_YEAR, MAX_YEAR = 1950, 2099
_YEAR = r"((?:19|20)\d{2})\b"


class UnrealDayError(ValueError):
    """A date that no calendar has (31.2.), or none that an answer can mean."""


class Days:
    """Reads the days in one text, seen from `today`; takes out what it understands.

    Dates come before the clock and names after it: "12.3." is no time, and "Montag 8" no 8th.
    """

    def __init__(self, text: Signs, today: dt.date, *, past: bool) -> None:
        self.text = text
        self.today = today
        self.past = past
        self.monday = today - dt.timedelta(days=today.weekday())
        # The Monday of the week that was named, if one was: „letzte Woche Dienstag“.
        self.week: dt.date | None = None

    def dated(self) -> dt.date | None:
        """The earliest date written with a day and a month (or one of them).

        Raises:
            UnrealDayError: no calendar has it.
        """
        return min((*self._numeric(), *self._written(), *self._unfinished()), default=None)

    def named(self) -> dt.date | None:
        """The earliest day that is named by its distance, its weekday or the stretch that it begins.

        Raises:
            UnrealDayError: further away than an answer can mean.
        """
        offset = self._offset()
        whole = None if offset else self._whole()
        # „in der Nacht auf Samstag“ begins on Friday; the night stays to be read as a part of the day.
        eve = self.text.take(r"(?<=<p:nacht>) (?:auf|zum?|to) (?:den )?(?=<[dw]:)")
        days = [self.today + dt.timedelta(days=int(n)) for n in self.text.all(r"<d:(-?\d)>")]
        if offset:
            there = self._shift(min(days, default=self.today), *offset)
            self.week = there - dt.timedelta(days=there.weekday())
            return min(self._weekdays(), default=there)
        days += self._weekdays()
        days += [self.today - dt.timedelta(days=which == "letzt") for which in self.text.all(r"<q:(letzt|dies)> <p:")]
        return min(days) - dt.timedelta(days=1 if eve else 0) if days else whole

    # --- dates ---

    def _numeric(self) -> Iterator[dt.date]:
        while found := self.text.take(r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)(?:t(?=\d))?"):
            yield _real(int(found[1]), int(found[2]), int(found[3]))
        day_month = r"(?<![\d.:])(\d{1,2})(?:\. ?|[/-])(\d{1,2})"
        # A year of two digits may be the hour that follows: „12.3.18 Uhr“.
        year = r"(?:(?:\. ?|[/-])(\d{4})|[./-](\d{2}))(?!\d|[:.]\d| ?uhr)"
        while found := self.text.take(day_month + year):
            yield _real(int(found[3] or f"20{found[4]}"), int(found[2]), int(found[1]))
        while found := self.text.take(rf"(?<!um ){day_month.replace('/-', '/')}(?!\d|:| ?uhr| <u:)\.?"):
            yield self._nearest_year(int(found[2]), int(found[1]))

    def _written(self) -> Iterator[dt.date]:
        nth = r"(\d{1,2})(?:\.|st|nd|rd|th)?"
        while found := self.text.take(rf"\b{nth} ?(?:of )?<m:(\d+)>\.?(?:,? ?{_YEAR})?"):
            yield self._in_year(found[3], int(found[2]), int(found[1]))
        while found := self.text.take(rf"<m:(\d+)>\.? {nth}(?![\d:])(?! uhr)(?:,? ?{_YEAR})?"):
            yield self._in_year(found[3], int(found[1]), int(found[2]))
        while found := self.text.take(rf"<y:(\d+)\.(\d+)\.>(?: {_YEAR})?"):
            yield self._in_year(found[3], int(found[2]), int(found[1]))

    def _unfinished(self) -> Iterator[dt.date]:
        while found := self.text.take(rf"\b(im|in|seit|anfang|mitte|ende)-? ?<m:(\d+)>(?: {_YEAR})?"):
            first = {"mitte": 11, "ende": 21}.get(found[1], 1)
            yield self._in_year(found[3], int(found[2]), first)
        follows = r"(?=$|[ ,]*(?:<[pwd]:|um\b|\d|$))"
        while found := self.text.take(rf"\b(?:am|den|vom|the|on) (\d{{1,2}})(?:\.|st|nd|rd|th){follows}"):
            yield self._nearest_month(int(found[1]))

    def _in_year(self, year: str | None, month: int, day: int) -> dt.date:
        return _real(int(year), month, day) if year else self._nearest_year(month, day)

    def _nearest_year(self, month: int, day: int) -> dt.date:
        # Eight years reach the nearest leap year across 2100.
        for distance in range(9):
            year = self.today.year + (-distance if self.past else distance)
            if _exists(year, month, day) and self._is_on_our_side(there := dt.date(year, month, day)):
                return there
        raise UnrealDayError

    def _nearest_month(self, day: int) -> dt.date:
        # Three months reach a 31st from anywhere.
        for distance in range(4):
            first = _months(self.today.replace(day=1), -distance if self.past else distance)
            if _exists(first.year, first.month, day) and self._is_on_our_side(there := first.replace(day=day)):
                return there
        raise UnrealDayError

    def _is_on_our_side(self, day: dt.date) -> bool:
        return day == self.today or (day < self.today) is self.past

    # --- distances, weekdays, stretches ---

    def _offset(self) -> tuple[int, str] | None:
        """Days, weeks, months or years before (negative) or after today."""
        self.text.swap(r"(?:\b1 )?\bhalb <u:jahr>", "6 <u:monat>")
        self.text.swap(r"\banderthalb <u:jahr>", "18 <u:monat>")
        amount = r"(\d{1,4}) <u:(tag|woche|monat|jahr)>"
        if found := self.text.take(rf"\b(?:vor|seit) {amount}(?: her\b)?") or self.text.take(rf"\b{amount} her\b"):
            return -int(found[1]), found[2]
        found = self.text.take(rf"\bin {amount}")
        return (int(found[1]), found[2]) if found else None

    def _weekdays(self) -> list[dt.date]:
        return [
            self.week + dt.timedelta(days=int(number)) if self.week else self._weekday(which, int(number))
            for which, number in self.text.all(r"(?:<q:(\w+)> )?<w:(\d)>")
        ]

    def _weekday(self, which: str, number: int) -> dt.date:
        back = (self.today.weekday() - number) % 7
        if which == "dies" and back == 0:
            return self.today
        past = self.past if which in {"", "dies"} else which != "naechst"
        if past:
            return self.today - dt.timedelta(days=(back or 7) + (7 if which == "vorletzt" else 0))
        return self.today + dt.timedelta(days=7 - back)

    def _whole(self) -> dt.date | None:
        """The first day of a week, weekend, month or year that is named as a whole."""
        found = self.text.take(r"<q:(\w+)> <u:(woche|wochenende|monat|jahr)>") or self.text.take(
            r"\b(am|on|the) (?:the )?<u:(wochenende)>"
        )
        if not found:
            return None
        steps = {"letzt": -1, "vorletzt": -2, "naechst": 1}.get(found[1], 0)
        if found[2] == "woche":
            self.week = self.monday + dt.timedelta(weeks=steps)
            return self.week
        if found[2] == "monat":
            return _months(self.today.replace(day=1), steps)
        if found[2] == "jahr":
            return _real(self.today.year + steps, 1, 1)
        return self._weekend(steps)

    def _weekend(self, steps: int) -> dt.date:
        saturday = self.monday + dt.timedelta(days=5)
        begun = saturday <= self.today
        if self.past and steps <= 0:
            # The last Saturday that has come; „letztes Wochenende“ said at a weekend is the one before.
            return saturday + dt.timedelta(weeks=steps - (0 if begun or steps else 1))
        return saturday + dt.timedelta(weeks=max(steps, 1 if saturday < self.today else 0))

    def _shift(self, day: dt.date, amount: int, unit: str) -> dt.date:
        if unit in {"tag", "woche"}:
            there = day + dt.timedelta(days=amount * (7 if unit == "woche" else 1))
        else:
            there = _months(day, amount * (12 if unit == "jahr" else 1))
        return _real(there.year, there.month, there.day)


def _exists(year: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]  # noqa: PLR2004 - the calendar


def _real(year: int, month: int, day: int) -> dt.date:
    if not (MIN_YEAR <= year <= MAX_YEAR and _exists(year, month, day)):
        raise UnrealDayError
    return dt.date(year, month, day)


def _months(day: dt.date, months: int) -> dt.date:
    """The same day `months` later, or the last of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not MIN_YEAR <= year <= MAX_YEAR:
        raise UnrealDayError
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))

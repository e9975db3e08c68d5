"""Everyday words for when something was, read into a day or a day with a time.

Owns the reading ("gestern Abend", "am 12.3. gegen halb neun", "last friday"), the short form in which an answer is
stored, and the words in which it is shown again. All days and times are wall-clock time in the zone of the
municipality; a wall time that a clock change skips or repeats stays as it was said.

Rules where the language leaves room, each chosen so that a legal deadline counted from the answer can only be too
early:

- What names a stretch with a beginning means its first day: "letzte Woche" is Monday of last week, "im Oktober" the
  1st, "Ende Oktober" the 21st, "am Wochenende" the Saturday. What has no beginning ("vor ein paar Tagen") is not read.
- Several days ("gestern oder vorgestern") mean the earliest of them.
- A weekday means the last one before today; "diesen Sonntag" may be today.
- A year or month that is left out is the nearest in the past (`past=False`: in the future), today included.
- "vor einer Woche" is exactly seven days ago, "Freitag vor einer Woche" the Friday of the week before this one.
- A night belongs to the day on which it begins: "letzte Nacht" is yesterday's. With an hour after midnight it is the
  calendar day of that hour: "letzte Nacht um 2" is today, 02:00.
- An hour is taken as it was said; only a part of the day beside it moves it ("abends um 8" is 20:00).
- Day before month, also with slashes: "12/03/2026" is in March.

The package `dateparser` 1.2 was tried first: of 35 everyday answers it left 18 unread ("gestern Abend", "letzten
Dienstag", "am Montag", "gestren"), read "18 Uhr" as the 18th, and took 0.2 s to import.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from dataclasses import dataclass, replace
from typing import Literal, Self, cast, get_args
from zoneinfo import ZoneInfo

from bot.flows.words.clockwords import Clock, read_clock
from bot.flows.words.daywords import Days, UnrealDayError
from bot.flows.words.timewords import Signs

Part = Literal["", "frueh", "vormittag", "mittag", "nachmittag", "abend", "nacht"]

# Longer than any answer to "when?"; what is longer is a story, and the days in it mean something else.
MAX_LENGTH = 300

_BEGINS: dict[str, int] = {"frueh": 5, "vormittag": 9, "mittag": 12, "nachmittag": 14, "abend": 18, "nacht": 22}
_NIGHT_ENDS = 6
_EVENING_BEGINS = 20


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, with a time or a part of the day where one was said; never both."""

    day: dt.date
    time: dt.time | None = None
    part: Part = ""

    def __str__(self) -> str:
        """The form in which an answer is stored: `2026-11-21`, `2026-11-21T18:30`, `2026-11-21/abend`."""
        if self.time is not None:
            return f"{self.day.isoformat()}T{self.time.isoformat('minutes')}"
        return f"{self.day.isoformat()}/{self.part}" if self.part else self.day.isoformat()

    @classmethod
    def parse(cls, text: str) -> Self:
        """The moment from its stored form.

        Raises:
            ValueError: not a stored form.
        """
        day, slash, part = text.partition("/")
        if slash:
            if not part or part not in get_args(Part):
                raise ValueError("not a part of the day")
            return cls(dt.date.fromisoformat(day), None, cast("Part", part))
        day, tee, time = text.partition("T")
        return cls(dt.date.fromisoformat(day), dt.time.fromisoformat(time) if tee else None)


def lies_ahead(moment: Moment, now: dt.datetime, zone: str) -> bool:
    """Whether the moment has not begun yet; `now` is aware."""
    here = now.astimezone(ZoneInfo(zone))
    if moment.day != here.date():
        return moment.day > here.date()
    return _starts(moment) > here.time().replace(tzinfo=None)


def _starts(moment: Moment) -> dt.time:
    return moment.time or dt.time(_BEGINS.get(moment.part, 0))


def read_moment(text: str, now: dt.datetime, zone: str, language: str, *, past: bool = True) -> Moment | None:
    """What the words mean at `now` (aware) in `zone`, or None when they name no day and no time.

    `past` decides what an unfinished date means, it refuses nothing: "morgen" is read, and `lies_ahead` tells.
    German and English are understood whatever `language` says; it only decides whether "8 am" is a time.

    Raises:
        zoneinfo.ZoneInfoNotFoundError: no such zone.
    """
    if len(text) > MAX_LENGTH:
        return None
    here = now.astimezone(ZoneInfo(zone)).replace(tzinfo=None, second=0, microsecond=0)
    reading = Signs(unicodedata.normalize("NFKC", text))
    # „nicht gestern“ is another day; „das kann ich heute nicht sagen“ is none.
    reading.swap(r"\bnicht <[dw]:-?\d>|<d:0> nicht\b", " ")
    # „24 Uhr“ ends the day it is said of, so it belongs to that day's night.
    reading.swap(r"\b24(?::00)? ?uhr\b|\b24:00", "<p:nacht>")
    exact = _just_now(reading, now, zone)
    if exact:
        return exact
    days = Days(reading, here.date(), past=past)
    try:
        dated = days.dated()
        clock = read_clock(reading, english=language.startswith("en"))
        day = dated or days.named()
    except UnrealDayError:
        return None
    # „am frühen Nachmittag“, „Montag früh gegen Mittag“: the later word is the closer one.
    parts = reading.all(r"<p:(\w+)>")
    return _join(day, clock, cast("Part", parts[-1]) if parts else "", here, past=past)


def _just_now(text: Signs, now: dt.datetime, zone: str) -> Moment | None:
    """Now, and minutes and hours ago or ahead, counted in real time across a clock change."""
    text.swap(r"\banderthalb <u:stunde>", "90 <u:minute>")
    text.swap(r"(?:\b1 )?\bhalb <u:stunde>", "30 <u:minute>")
    amount = r"(\d{1,4}) <u:(minute|stunde)>"
    sign = -1
    found = text.take(rf"\b(?:vor|seit) {amount}") or text.take(rf"\b{amount} her\b")
    if not found:
        sign = 1
        found = text.take(rf"\bin {amount}")
    if found:
        minutes = sign * int(found[1]) * (60 if found[2] == "stunde" else 1)
    elif text.all(r"\bjetzt\b") and not text.all(r"\bnicht\b|(?<!<d:)\d|<d:[^0]|<[wpuqy]:"):
        minutes = 0
    else:
        return None
    there = (now.astimezone(dt.UTC) + dt.timedelta(minutes=minutes)).astimezone(ZoneInfo(zone))
    return Moment(there.date(), there.time().replace(second=0, microsecond=0))


def _join(day: dt.date | None, clock: Clock | None, part: Part, here: dt.datetime, *, past: bool) -> Moment | None:
    if day is None and clock is None and not part:
        return None
    today = here.date()
    if part == "nacht" and day in {None, today} and past and here.hour < _EVENING_BEGINS:
        # „heute Nacht“, said by day about what was.
        day = today - dt.timedelta(days=1)
    if clock is None:
        return _beside(Moment(day or today, None, part), here, past=past, given=day is not None)
    hour, minute = _in_part(clock, part)
    time = dt.time(hour, minute)
    if part == "nacht" and hour < _NIGHT_ENDS and day is not None:
        after = day + dt.timedelta(days=1)
        day = day if past and dt.datetime.combine(after, time) > here else after
    return _beside(Moment(day or today, time), here, past=past, given=day is not None)


def _beside(moment: Moment, here: dt.datetime, *, past: bool, given: bool) -> Moment:
    """Without a day: today when it has begun (or, looking ahead, has not), else the day beside it."""
    if given or (_starts(moment) <= here.time()) is past:
        return moment
    return replace(moment, day=moment.day + dt.timedelta(days=-1 if past else 1))


def _in_part(clock: Clock, part: Part) -> Clock:
    """The hour on the 24-hour clock, given the part of the day that was said with it."""
    hour, minute = clock
    afternoon = {"mittag": range(1, 5), "nachmittag": range(1, 8), "abend": range(4, 12), "nacht": range(8, 12)}
    if hour in afternoon.get(part, ()):
        return hour + 12, minute
    if hour == 12 and part in {"abend", "nacht"}:  # noqa: PLR2004 - „12 Uhr nachts“
        return 0, minute
    return hour, minute


# --- showing --------------------------------------------------------------------------------------------------------

_WEEKDAYS = {
    "de": ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_MONTHS = {
    "de": ("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November",
           "Dezember"),
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
           "December"),
}  # fmt: skip
_PARTS = {
    "de": {"frueh": "früh am Tag", "vormittag": "vormittags", "mittag": "mittags", "nachmittag": "nachmittags",
           "abend": "abends", "nacht": "nachts"},
    "en": {"frueh": "early in the morning", "vormittag": "in the morning", "mittag": "around noon",
           "nachmittag": "in the afternoon", "abend": "in the evening", "nacht": "at night"},
    "de-simple": {"frueh": "früh am Tag", "vormittag": "am Vormittag", "mittag": "am Mittag",
                  "nachmittag": "am Nachmittag", "abend": "am Abend", "nacht": "in der Nacht"},
}  # fmt: skip


def show_day(day: dt.date, language: str) -> str:
    """The day in words: "Samstag, 21. November 2026"; digits in Einfache Sprache and in unknown languages."""
    language = "de" if language == "de-du" else language
    if language not in _WEEKDAYS:
        return f"{day.day:02}.{day.month:02}.{day.year}"
    weekday, month = _WEEKDAYS[language][day.weekday()], _MONTHS[language][day.month - 1]
    return f"{weekday}, {day.day}{'.' if language == 'de' else ''} {month} {day.year}"


def show(moment: Moment, language: str) -> str:
    """The moment in words: "Samstag, 21. November 2026, abends", "21.11.2026, um 18:30 Uhr"."""
    day = show_day(moment.day, language)
    if moment.time is not None:
        clock = f"{moment.time.hour}:{moment.time.minute:02}"
        forms = {"de": f"{clock} Uhr", "de-simple": f"um {clock} Uhr"}
        return f"{day}, {forms.get(language, clock)}"
    if moment.part:
        words = _PARTS.get(language) or _PARTS["de"]
        return f"{day}, {words[moment.part]}"
    return day

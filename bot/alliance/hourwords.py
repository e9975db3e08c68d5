"""Opening hours in words: "Mo–Do 9–15 Uhr", "daily 7:00–22:00", "morgen ab 9 Uhr".

Owns the wording in German, English and Einfache Sprache; every other language reads German. Times are local.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from bot.alliance.week import Spans, Week, read_week

_SOON = 7


@dataclass(frozen=True, slots=True)
class _Tongue:
    """How one language speaks of days and hours."""

    days: tuple[str, ...]
    always: str
    daily: str
    to: str
    between: str  # a day and its hours
    clock: str  # around the hours
    hours_to: str
    also: str
    on_holidays: str
    not_on_holidays: str


_TONGUES = {
    "de": _Tongue(
        ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"),
        "rund um die Uhr", "täglich", "–", " ", "{} Uhr", "–", " und ", "feiertags", "nicht an Feiertagen",
    ),
    "en": _Tongue(
        ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
        "24 hours a day", "daily", "–", " ", "{}", "–", " and ", "public holidays", "not on public holidays",
    ),
    "de-simple": _Tongue(
        ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"),
        "Tag und Nacht", "jeden Tag", " bis ", " von ", "{} Uhr", " bis ", " und von ", "an Feiertagen",
        "nicht an Feiertagen",
    ),
}  # fmt: skip
_WEEKDAYS = {
    "de": ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_ENGLISH_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


@lru_cache(maxsize=4_096)
def describe(expression: str, language: str) -> str:
    """The hours in words; empty when they are not a plain week and the author has to say them."""
    week = read_week(expression)
    if week is None:
        return ""
    tongue = _TONGUES.get(language, _TONGUES["de"])
    whole = ((0, 24 * 60),)
    if all(spans == whole for spans in week.days) and week.holidays in {None, whole}:
        return tongue.always
    parts = [_group(days, week.days[days[0]], tongue, language) for days in _groups(week)]
    if not parts:
        return ""
    if week.holidays and not (all(week.days) and week.holidays == week.days[6]):
        parts.append(f"{tongue.on_holidays}{tongue.between}{_spans(week.holidays, tongue, language)}")
    if week.holidays == ():
        parts.append(tongue.not_on_holidays)
    return ", ".join(parts)


def _groups(week: Week) -> list[list[int]]:
    """Days that share their hours, in the order of their first day."""
    by_hours: dict[Spans, list[int]] = {}
    for day, spans in enumerate(week.days):
        if spans:
            by_hours.setdefault(spans, []).append(day)
    return list(by_hours.values())


def _group(days: list[int], spans: Spans, tongue: _Tongue, language: str) -> str:
    named = tongue.daily if len(days) == len(tongue.days) else _named(days, tongue)
    return f"{named}{tongue.between}{_spans(spans, tongue, language)}"


def _named(days: list[int], tongue: _Tongue) -> str:
    runs: list[list[int]] = [[days[0]]]
    for before, day in pairwise(days):
        if day == before + 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    words: list[str] = []
    for run in runs:
        if len(run) > 2:  # noqa: PLR2004 - „Mo–Di“ is longer than „Mo, Di“
            words.append(f"{tongue.days[run[0]]}{tongue.to}{tongue.days[run[-1]]}")
        else:
            words += [tongue.days[day] for day in run]
    return ", ".join(words)


def _spans(spans: Spans, tongue: _Tongue, language: str) -> str:
    said = (f"{_clock(a, language)}{tongue.hours_to}{_clock(b, language)}" for a, b in spans)
    return tongue.clock.format(tongue.also.join(said))


def _clock(minutes: int, language: str) -> str:
    hour, minute = divmod(minutes, 60)
    hour = hour if hour <= 24 else hour - 24  # noqa: PLR2004 - over midnight
    return f"{hour}:{minute:02}" if minute or language == "en" else f"{hour}"


def describe_opening(there: dt.datetime, here: dt.datetime, language: str) -> str:
    """When it opens, seen from `here`: "heute ab 15 Uhr", "am Montag ab 9 Uhr", "am 28.12. ab 9 Uhr"; both local."""
    days = (there.date() - here.date()).days
    clock = _clock(there.hour * 60 + there.minute, language)
    if language == "en":
        weekday = _WEEKDAYS["en"][there.weekday()]
        far = f"on {weekday}, {there.day} {_ENGLISH_MONTHS[there.month - 1]}"
        day = {0: "today", 1: "tomorrow"}.get(days, f"on {weekday}" if days < _SOON else far)
        return f"{day} from {clock}"
    weekday = _WEEKDAYS["de"][there.weekday()]
    far = f"am {weekday}, {there.day}.{there.month}.,"
    day = {0: "heute", 1: "morgen"}.get(days, f"am {weekday}" if days < _SOON else far)
    return f"{day} ab {clock} Uhr"

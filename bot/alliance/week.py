"""A week of opening hours, where the OSM form is the plain one that nearly every office needs.

Owns reading `Mo-Th 09:00-15:00`, `Mo,We 09:00-12:00,13:00-16:00; Fr 09:00-12:00; PH off`, `24/7` or `07:00-22:00`
into spans of minutes per weekday, so that it can be said in words. Anything else (months, weeks,
sunsets) is for `opening-hours-py` to evaluate and for the author to put into words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
Span = tuple[int, int]
Spans = tuple[Span, ...]
_WHOLE_DAY: Spans = ((0, 24 * 60),)


@dataclass(frozen=True, slots=True)
class Week:
    """Spans in minutes from midnight, Monday first; `holidays` is None where the form says nothing about them."""

    days: tuple[Spans, ...]
    holidays: Spans | None = None


def read_week(expression: str) -> Week | None:
    """The week, or None when the form is not a plain one. A later rule replaces an earlier one for its days."""
    days: list[Spans] = [()] * 7
    holidays: Spans | None = None
    for rule in expression.split(";"):
        selector, times = _split(rule.strip())
        which = _days(selector)
        spans = _times(times)
        if which is None or spans is None:
            return None
        for day in which:
            if day == "PH":
                holidays = spans
            else:
                days[DAYS.index(day)] = spans
    return Week(tuple(days), holidays)


def _split(rule: str) -> tuple[str, str]:
    if rule == "24/7":
        return "Mo-Su,PH", "00:00-24:00"
    if re.match(r"\d", rule):
        return "Mo-Su", rule
    selector, _, times = rule.partition(" ")
    return selector, times or "00:00-24:00"


def _days(selector: str) -> list[str] | None:
    found: list[str] = []
    for item in selector.split(","):
        first, dash, last = item.partition("-")
        if item == "PH":
            found.append(item)
        elif first not in DAYS or (dash and last not in DAYS):
            return None
        else:
            start = DAYS.index(first)
            length = (DAYS.index(last or first) - start) % 7 + 1
            found += [DAYS[(start + n) % 7] for n in range(length)]
    return found


def _times(times: str) -> Spans | None:
    if times in {"off", "closed"}:
        return ()
    spans: list[Span] = []
    for item in times.split(","):
        found = re.fullmatch(r"\s*(\d\d):(\d\d)-(\d\d):(\d\d)\s*", item)
        if not found:
            return None
        start, end = int(found[1]) * 60 + int(found[2]), int(found[3]) * 60 + int(found[4])
        spans.append((start, end if end > start else end + 24 * 60))
    return tuple(spans)

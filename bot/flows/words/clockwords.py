"""Times of the day in the signs of `timewords`: 18:30, 18.30 Uhr, 8 pm, halb neun, fünf vor halb neun, um 8.

Owns the grammar of the clock. An hour stays as it was said; which half of the day it lies in is for the part of the
day beside it to say (`moments`).
"""

from __future__ import annotations

from collections.abc import Callable

from bot.flows.words.timewords import Signs

Clock = tuple[int, int]


def read_clock(text: Signs, *, english: bool) -> Clock | None:
    """Hour (0 to 23) and minute, taken out of the text; None when no time of the day is in it."""
    # Without dots "am" is German in a German answer: „um 8 am Montag“.
    halfday = r"(?P<half>[ap]\.?m\b\.?)" if english else r"(?P<half>p\.?m\b\.?|a\.m\b\.?)"
    ways: tuple[Callable[[Signs, str], Clock | None], ...] = (_digits, _spoken, _bare)
    return next((clock for clock in (read(text, halfday) for read in ways) if clock), None)


def _digits(text: Signs, halfday: str) -> Clock | None:
    """18:30, 18.30 Uhr, 18 Uhr, 14-15 Uhr, 18 Uhr 30, 8 pm."""
    alone = r"(?<![\d.:])(\d{1,2})"
    found = (
        text.take(rf"{alone}:(\d{{2}})(?!\d)(?::\d{{2}})?(?: ?{halfday})?")
        or text.take(rf"{alone}\.(\d{{2}})(?P<half>) ?uhr\b")
        or text.take(r"\bum (\d{1,2})\.(\d{2})(?![.\d])(?P<half>)")
        or text.take(rf"{alone}(?: ?(?:-|bis|und) ?\d{{1,2}})?(?P<half>) ?(?:uhr|h)\b(?: (\d{{1,2}})\b(?!\.|:| ?<))?")
        or text.take(rf"{alone}() ?{halfday}")
    )
    if not found:
        return None
    minute = next((group for group in found.groups()[1:] if group and group.isdecimal()), "0")
    return _valid(int(found[1]), int(minute), found["half"])


def _spoken(text: Signs, halfday: str) -> Clock | None:
    """Halb neun, viertel nach acht, fünf vor halb neun, half past eight."""
    hour = rf"(?P<hour>\d{{1,2}})(?: ?{halfday})?(?![\d.:/]| ?<u:)"
    near = r"(?P<much>\d{1,2}|viertel)(?: <u:minute>)? (?P<side>vor|nach|to|<q:letzt>) "
    exactly = r"(?P<much>)(?P<side>)"
    # The pattern, how many hours the word is ahead of the clock („halb neun“ is half past eight), and the minute.
    for pattern, ahead, minute in (
        (rf"\b(?:{near})?halb {hour}", 1, 30),
        (rf"\bhalf (?:<q:letzt> )?{exactly}{hour}", 0, 30),
        (rf"\b{near}{hour}", 0, 0),
        (rf"\b(?:dreiviertel|3 viertel) {exactly}{hour}", 1, 45),
        (rf"\bviertel {exactly}{hour}", 1, 15),
    ):
        if found := text.take(pattern):
            much = 15 if found["much"] == "viertel" else int(found["much"] or 0)
            at = ((int(found["hour"]) - ahead) or 12) * 60 + minute
            at += -much if found["side"] in {"vor", "to"} else much
            return _valid(*divmod(at % (24 * 60), 60), found["half"])
    return None


def _bare(text: Signs, _: str) -> Clock | None:
    """Um 8, abends 8, kurz nach 8."""
    end = r"(?![\d.:/]| ?<[mu]:)"
    found = (
        text.take(rf"\bum (?:nach |vor )?(\d{{1,2}}){end}")
        or text.take(rf"(?<=>) (\d{{1,2}}){end}(?=$| ?[,<])")
        or text.take(r"\b(?:nach|vor) (\d{1,2})(?=[ .,]*$)")
    )
    return _valid(int(found[1]), 0, None) if found else None


def _valid(hour: int, minute: int, halfday: str | None) -> Clock | None:
    if hour > 23 or minute > 59:  # noqa: PLR2004 - the clock
        return None
    if halfday and hour <= 12:  # noqa: PLR2004 - 12 am is midnight, 12 pm is noon
        hour = hour % 12 + (12 if halfday[0] == "p" else 0)
    return hour, minute

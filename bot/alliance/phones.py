"""Telephone numbers: which can be dialled in Germany, and which belong to nobody.

Owns the judgement on a written number. `phonenumbers` knows the numbering plan; the harmonised short numbers are a
list of their own, because a wrong digit in one of them is still a number of the same form.
"""

from __future__ import annotations

import re

# Emergency, the authorities' number, and the harmonised numbers of social value (116xxx) that operate in Germany.
SHORT = frozenset({"110", "112", "115", "116006", "116016", "116111", "116117", "116123"})
_EMERGENCY = frozenset({"110", "112"})
# Crisis lines of all Germany (hilfen_bund.md, section 2): help in a crisis of the soul, and for nothing else.
_CRISIS_LINES = frozenset({"116123", "08001110111", "08001110222"})
# Reserved for films and books by the Bundesnetzagentur (Mitteilung 148/2021, "Drama-Nummern"): nobody answers.
FICTION = re.compile(r"\+49(?:3023125|6990009|4066969|2214710|8999998)\d{3}")


def dial(written: str) -> str | None:
    """The number as it is dialled: a short number, or E.164 (`+49…`); None when nobody can dial it."""
    digits = re.sub(r"[ /()–-]", "", written)
    if digits in SHORT:
        return digits
    # The numbering plan of the world takes a while to load; only the check and links come here.
    import phonenumbers  # noqa: PLC0415

    try:
        number = phonenumbers.parse(written, "DE")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def is_emergency(written: str) -> bool:
    """Whether it is 110 or 112, however it is written."""
    return _national(written) in _EMERGENCY


def is_crisis_line(written: str) -> bool:
    """Whether it is one of the lines that anybody in a crisis of the soul calls."""
    return _national(written) in _CRISIS_LINES


def _national(written: str) -> str:
    """The digits as they are dialled within Germany."""
    digits = re.sub(r"[^0-9+]", "", written)
    return re.sub(r"^(?:\+49|0049)0?", "0", digits)


def is_fiction(written: str) -> bool:
    """Whether the number lies in a range that is reserved for fiction."""
    digits = re.sub(r"[^0-9+]", "", written)
    return FICTION.fullmatch("+49" + digits[1:] if digits.startswith("0") else digits) is not None

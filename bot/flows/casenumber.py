"""Numbers of cases: eight digits in two groups, easy to say aloud, the last a check digit.

Check digit after Luhn (ISO/IEC 7812-1, annex B): finds every single wrong digit and nearly every swap of neighbours.
The number is drawn from a seed that is made outside; the store's unique constraint keeps it from being used twice.
"""

from __future__ import annotations

import re


def make_number(seed: str) -> str:
    """The number for this seed (hex digits), such as "4812 9037"."""
    body = f"{int(seed, 16) % 9_000_000 + 1_000_000:07d}"
    digits = body + str(_check_digit(body))
    return f"{digits[:4]} {digits[4:]}"


def read_number(text: str) -> str | None:
    """The number in its written form, if `text` is one and its check digit is right."""
    digits = re.sub(r"[\s./-]", "", text)
    if not re.fullmatch(r"[0-9]{8}", digits) or str(_check_digit(digits[:7])) != digits[7]:
        return None
    return f"{digits[:4]} {digits[4:]}"


def _check_digit(body: str) -> int:
    total = 0
    for place, digit in enumerate(reversed(body)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value  # noqa: PLR2004 - Luhn: digits of the product are added
    return -total % 10

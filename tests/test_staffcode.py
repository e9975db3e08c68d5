"""The code of a municipality: enough chance, readable, recognised however it is written."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import staffcode
from bot.adapters.terminal_wire import Opened

CODES = st.text(staffcode.ALPHABET, min_size=staffcode.LENGTH, max_size=staffcode.LENGTH)


def test_chance_enough() -> None:
    """At least 128 bits, and never the same twice."""
    assert staffcode.LENGTH * math.log2(len(staffcode.ALPHABET)) >= 128
    made = {staffcode.make() for _ in range(1_000)}
    assert len(made) == 1_000
    assert set("".join(made)) == set(staffcode.ALPHABET)


@given(CODES)
def test_every_way_to_write_it(code: str) -> None:
    """As shown, in lower case, with look-alikes, in a sentence, with spaces from copying, and from a link."""
    shown = staffcode.show(code)
    for text in (
        shown,
        shown.lower(),
        "LOTSE" + shown.removeprefix("LOTSE").replace("0", "o").replace("1", "l"),
        f"Mein Code ist {shown}.",
        shown.replace("-", " - "),
        shown.replace("-", "-\n", 1),
        staffcode.payload(code),
    ):
        assert staffcode.read(text) == code


@given(CODES)
def test_a_link_carries_it(code: str) -> None:
    """The payload has only what every transport lets through: [A-Za-z0-9_-], at most 64."""
    carried = staffcode.payload(code)
    assert carried.isalnum()
    assert carried.isascii()
    assert len(Opened(key="0", place=carried).place) <= 64


@pytest.mark.parametrize(
    "text",
    [
        "",
        "LOTSE",
        "Lotse - hilf - mir",
        "der Lotse ist ein Programm",
        "09761000",
        "LOTSE123",
        "lotse-talk",
    ],
)
def test_what_is_no_code(text: str) -> None:
    """Ordinary words are no try."""
    assert staffcode.read(text) == ""


def test_a_letter_too_few_is_a_try() -> None:
    """A code that was not copied whole is answered as a wrong code, not as something that happened to the person."""
    assert staffcode.read(staffcode.show(staffcode.make())[:-1])

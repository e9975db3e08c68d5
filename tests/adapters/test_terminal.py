"""The writer's end of a terminal: seats, keys, confirmations, the clock; spoken to line by line."""

import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

import pytest

from bot import gate
from bot.adapters import terminal_wire as wire
from bot.adapters.terminal import FARTHEST, MOST_PEOPLE
from tests.adapters.echo import Books, Echo

KEY = "0123456789abcdef"


class Line:
    """A terminal that says exactly what a test tells it to."""

    def __init__(self, folder: Path, **hello: object) -> None:
        connection = gate.reach(folder)
        assert connection is not None
        self.connection: socket.socket = connection
        self.connection.settimeout(10)
        self._in: BinaryIO = connection.makefile("rb")
        self.say(wire.Hello(**{"terminal": "aa", **hello}))  # type: ignore[arg-type]

    def say(self, message: wire.ToWriter) -> None:
        """Send one line."""
        self.connection.sendall(wire.encode(message))

    def hear(self) -> wire.ToTerminal:
        """Wait for one line."""
        line = self._in.readline()
        assert line, "the writer hung up"
        return wire.decode_to_terminal(line)

    def hear_out(self, *, confirm: bool = True) -> list[wire.ToTerminal]:
        """Hear until it is quiet or refused; confirm bubbles."""
        heard: list[wire.ToTerminal] = []
        while not heard or not isinstance(heard[-1], wire.Quiet | wire.Refused):
            heard.append(self.hear())
            if confirm and isinstance(message := heard[-1], wire.Bubble):
                self.say(wire.Shown(id=message.id))
        return heard

    def hangs(self) -> bool:
        """Whether the writer has hung up."""
        return not self._in.readline()

    def close(self) -> None:
        """Go."""
        self._in.close()
        self.connection.close()


@pytest.fixture
def echo(tmp_path: Path) -> Iterator[Echo]:
    """A running echo."""
    running = Echo(tmp_path, Books())
    yield running
    running.stop()


Open = Callable[..., Line]


@pytest.fixture
def line(tmp_path: Path, echo: Echo) -> Iterator[Open]:
    """Opens lines to the echo and closes them."""
    opened: list[Line] = []

    def open_line(**hello: object) -> Line:
        opened.append(Line(tmp_path, **hello))
        return opened[-1]

    yield open_line
    for one in opened:
        one.close()


def person(line: Line) -> int:
    """Who the writer says this is."""
    welcome = line.hear()
    assert isinstance(welcome, wire.Welcome)
    return welcome.person


def texts(heard: list[wire.ToTerminal]) -> list[str]:
    """The bubbles among it."""
    return [message.text for message in heard if isinstance(message, wire.Bubble)]


def test_a_turn_is_accepted_shown_and_quiet(line: Open) -> None:
    """In this order: on disk, on the screen, done."""
    one = line()
    assert person(one) == 1
    one.say(wire.Typed(key=KEY, text="Hallo"))
    heard = one.hear_out()
    assert [type(message).__name__ for message in heard] == ["Accepted", "Bubble", "Quiet"]
    assert texts(heard) == ["Sie schrieben: Hallo"]


def test_opening_carries_language_and_place(line: Open) -> None:
    """`--lang` and `--place` reach the engine as Started."""
    one = line()
    person(one)
    one.say(wire.Opened(key=KEY, language="en", place="09761000"))
    heard = one.hear_out()
    assert texts(heard) == ["Guten Tag, Person 1 en 09761000", "Wie geht es?"]
    question = next(m for m in heard if isinstance(m, wire.Bubble) and m.choices)
    assert [choice.label for choice in question.choices] == ["Gut", "Schlecht"]


def test_the_same_key_counts_once(line: Open, echo: Echo) -> None:
    """A terminal that is unsure sends again; the inbox takes it once."""
    one = line()
    person(one)
    for _ in range(2):
        one.say(wire.Typed(key=KEY, text="Hallo"))
    first, second = one.hear_out(), one.hear_out()
    assert echo.books.texts == ["Hallo"]
    assert (len(texts(first)), len(texts(second))) == (1, 0)


def test_people_get_the_lowest_free_number(line: Open) -> None:
    """Who comes back after everybody left is person 1 again."""
    first, second, third = line(terminal="aa"), line(terminal="bb"), line(terminal="cc")
    assert [person(one) for one in (first, second, third)] == [1, 2, 3]
    second.close()
    fourth = line(terminal="dd")
    while (number := person(fourth)) == 4:  # the writer had not noticed yet that the second is gone
        fourth.close()
        fourth = line(terminal="dd")
    assert number == 2


def test_a_taken_number_is_refused(line: Open) -> None:
    """Two terminals are never one person."""
    assert person(line(terminal="aa", person=7)) == 7
    assert line(terminal="bb", person=7).hear() == wire.Refused(reason="busy")


def test_the_same_terminal_takes_its_seat_again(line: Open) -> None:
    """A terminal that lost its line comes back before the writer has noticed."""
    first = line(terminal="aa", person=7)
    assert person(first) == 7
    again = line(terminal="aa", person=7)
    assert person(again) == 7
    assert first.hangs()
    again.say(wire.Typed(key=KEY, text="Hallo"))
    assert texts(again.hear_out()) == ["Sie schrieben: Hallo"]


@pytest.mark.parametrize("number", [MOST_PEOPLE + 1, -1])
def test_numbers_have_a_limit(line: Open, number: int) -> None:
    """A number is a chat; there are not endlessly many in a terminal."""
    assert line(person=number).hear() == wire.Refused(reason="busy")


def test_another_version_is_refused(line: Open) -> None:
    """After an update the old writer must end before the new terminal can talk."""
    assert line(version=wire.VERSION + 1).hear() == wire.Refused(reason="version")


@pytest.mark.parametrize("key", ["", "x", "0" * 15, "0" * 65, "person:1:0123456789"])
def test_odd_keys_are_refused(line: Open, echo: Echo, key: str) -> None:
    """A key becomes part of the inbox's key: it has one form."""
    one = line()
    person(one)
    one.say(wire.Typed(key=key, text="Hallo"))
    assert one.hear_out()[-1] == wire.Refused(reason="key", key=key)
    assert echo.books.texts == []


@pytest.mark.parametrize(
    "data", [b"\n", b"{}\n", b'{"t":"typed"}\n', b"GET / HTTP/1.1\r\n", b"\xff\xfe\n", b"x" * 2_000_000]
)
def test_nonsense_ends_the_line_and_nothing_else(line: Open, data: bytes) -> None:
    """Whoever speaks something else is hung up on; the others talk on."""
    bad, good = line(terminal="aa"), line(terminal="bb")
    person(bad)
    person(good)
    try:
        bad.connection.sendall(data)
        assert bad.hangs()
    except ConnectionError:
        pass  # hung up while we were still talking
    good.say(wire.Typed(key=KEY, text="Hallo"))
    assert texts(good.hear_out()) == ["Sie schrieben: Hallo"]


def test_what_is_not_confirmed_comes_again(line: Open, echo: Echo, monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal that does not confirm is no reason to call a bubble sent."""
    monkeypatch.setattr("bot.adapters.terminal.UNCONFIRMED", 0.05)
    one = line()
    person(one)
    one.say(wire.Typed(key=KEY, text="Hallo"))
    assert len(texts(one.hear_out(confirm=False))) == 1
    assert len(echo.books.due) == 1
    one.say(wire.Typed(key=KEY, text="Hallo"))
    assert len(texts(one.hear_out())) == 1
    assert echo.books.due == []


def test_nobody_there_means_later(line: Open, echo: Echo) -> None:
    """What comes for somebody who is away waits for them."""
    one = line(terminal="aa")
    person(one)
    echo.say("2", "Wie geht es Ihnen heute?")
    assert len(echo.books.due) == 1
    two = line(terminal="bb")
    assert person(two) == 2
    two.say(wire.Typed(key=KEY, text="Hallo"))
    assert texts(two.hear_out()) == ["Wie geht es Ihnen heute?", "Sie schrieben: Hallo"]


def test_the_clock_goes_forward(line: Open, echo: Echo) -> None:
    """The new lead is told with the Quiet, and to whoever comes later."""
    one = line(terminal="aa")
    person(one)
    one.say(wire.Ahead(key=KEY, seconds=3600))
    assert one.hear_out()[-1] == wire.Quiet(key=KEY, ahead=3600)
    assert line(terminal="bb").hear() == wire.Welcome(person=2, ahead=3600)
    assert echo.hand.ahead == 3600


@pytest.mark.parametrize("seconds", [-1, FARTHEST + 1])
def test_the_clock_has_limits(line: Open, echo: Echo, seconds: int) -> None:
    """Not backwards, and not beyond every date that matters."""
    one = line()
    person(one)
    one.say(wire.Ahead(key=KEY, seconds=seconds))
    assert one.hear_out()[-1] == wire.Refused(reason="clock", key=KEY)
    assert echo.hand.ahead == 0


def test_a_service_for_others_keeps_its_clock(tmp_path: Path) -> None:
    """`lotse run` does not let a terminal set its clock."""
    running = Echo(tmp_path, Books(), settable=False)
    one = Line(tmp_path)
    person(one)
    one.say(wire.Ahead(key=KEY, seconds=3600))
    assert one.hear_out()[-1] == wire.Refused(reason="clock", key=KEY)
    one.close()
    running.stop()

"""The person's end of a terminal: words with a colon, goodbye, and a talk that outlives its writers."""

import datetime as dt
import io
import os
import pty
import socket
import stat
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml

from bot import gate
from bot.adapters import terminal_wire as wire
from bot.adapters import terminal_words as words
from bot.adapters.base import Arrival
from bot.adapters.terminal_record import read_span, show_span
from bot.adapters.terminal_screen import Plain
from bot.adapters.terminal_talk import Keyboard, Lines, Script, Talk, UnreachableError
from bot.flows.exchange import Said
from tests.adapters.echo import Books, Echo

AT = dt.datetime(2026, 11, 21, 10, tzinfo=dt.timezone(dt.timedelta(hours=1)))


class Person:
    """Somebody at a keyboard: says the next line when the last one was answered, or when told to."""

    live = True

    def __init__(self, *lines: str | type[BaseException] | Callable[[], None]) -> None:
        self.waits = threading.Event()
        self.hidden = 0
        self._lines = list(lines)

    def read(self, _prompt: str) -> str | None:
        """The next line; what is to be done in between is done here, while the person could be typing."""
        self.waits.set()
        while self._lines:
            match self._lines.pop(0):
                case str() as text:
                    return text
                case type() as error:
                    raise error
                case act:
                    act()
        return None

    def hide(self) -> None:
        """Count it."""
        self.hidden += 1

    def restore(self) -> None:
        """Nothing."""


@pytest.fixture
def echo(tmp_path: Path) -> Iterator[Echo]:
    """A running echo."""
    running = Echo(tmp_path, Books())
    yield running
    running.stop()


def reach(folder: Path) -> Callable[[], socket.socket]:
    """Connect, again and again for ten seconds."""

    def connect() -> socket.socket:
        for _ in range(500):
            if (connection := gate.reach(folder)) is not None:
                return connection
            time.sleep(0.02)
        raise UnreachableError("Niemand da.")

    return connect


def hold(folder: Path, lines: Lines, **more: object) -> tuple[int, str]:
    """Hold a talk; its exit code and what stood on the screen."""
    out = io.StringIO()
    talk = Talk(reach(folder), Plain(out), lines, now=lambda: AT, **more)  # type: ignore[arg-type]
    return talk.run(), out.getvalue()


def script(*lines: str) -> Script:
    """A piped input."""
    return Script(io.StringIO("".join(f"{line}\n" for line in lines)))


def test_each_line_is_a_turn(tmp_path: Path, echo: Echo) -> None:
    """A script is read line by line; the talk ends with it, without a goodbye."""
    code, screen = hold(tmp_path, script("Hallo", "2"))
    assert code == 0
    assert screen == (
        "Guten Tag, Person 1 de\n\nWie geht es?\n1 Gut\n2 Schlecht\n\nSie schrieben: Hallo\n\nSie schrieben: 2\n\n"
    )
    assert echo.books.texts == ["Hallo", "2"]


def test_language_and_place_are_passed_on(tmp_path: Path, echo: Echo) -> None:
    """`--lang` and `--place` open the talk."""
    assert "Person 1 en 09761000" in hold(tmp_path, script(), language="en", place="09761000")[1]
    assert echo.books.texts == []


@pytest.mark.parametrize(
    "line", ["", "   ", ":(", ":D", ": hallo", "hallo :hilfe", "😀" * 10, "a" * 100_000, "\ud800\x00"]
)
def test_odd_lines_reach_the_lotse(tmp_path: Path, echo: Echo, line: str) -> None:
    """Whatever is no word of the terminal goes to the Lotse, cut at 65,536 characters, lone surrogates replaced."""
    code, _ = hold(tmp_path, script(line) if "\ud800" not in line else _Surrogate(line))
    assert code == 0
    assert echo.books.texts == [line[:65_536].replace("\ud800", "?")]


class _Surrogate(Script):
    def __init__(self, line: str) -> None:
        super().__init__(io.StringIO())
        self._rest = [line]

    def read(self, prompt: str) -> str | None:
        return self._rest.pop() if self._rest else super().read(prompt)


def test_an_empty_line_of_a_person_is_no_turn(tmp_path: Path, echo: Echo) -> None:
    """Enter pressed by mistake says nothing."""
    hold(tmp_path, Person("", "  ", "Hallo"))
    assert echo.books.texts == ["Hallo"]


@pytest.mark.parametrize("ending", [(), (KeyboardInterrupt,), (":ende", "Hallo"), (":ENDE",)])
def test_goodbye_is_kind(tmp_path: Path, echo: Echo, ending: tuple[str | type[BaseException], ...]) -> None:
    """Ctrl-D, Ctrl-C and :ende end the talk with 0 and the way back."""
    code, screen = hold(tmp_path, Person(*ending))
    assert code == 0
    assert screen.endswith("[Sie können jederzeit weitermachen: lotse talk]\n\n")
    assert echo.books.texts == []


def test_help_and_unknown_words(tmp_path: Path, echo: Echo) -> None:
    """`:hilfe` lists the words; one that is not on it is no message to the Lotse."""
    _, screen = hold(tmp_path, script(":hilfe", ":quark", ":protokoll"))
    assert ":vor 24h" in screen
    assert words.say("unknown_word", "de") in screen
    assert words.say("no_file", "de") in screen
    assert echo.books.texts == []


def test_the_clock_goes_forward_and_back(tmp_path: Path, echo: Echo) -> None:
    """Spans add up; 0 is the real time; what is no span is explained."""
    _, screen = hold(tmp_path, script(":vor 24h", ":vor 30m", ":vor morgen", ":vor", ":vor 99999d"))
    assert "[Die Uhr steht 1 Tag vor. :vor 0 stellt sie zurück.]" in screen
    assert "[Die Uhr steht 1 Tag 30 Minuten vor. :vor 0 stellt sie zurück.]" in screen
    assert screen.count(words.say("bad_span", "de")) == 2
    assert words.say("clock_refused", "de") in screen
    assert echo.hand.ahead == 88_200
    _, screen = hold(tmp_path, script(":vor 0"))
    assert screen.startswith("[Die Uhr steht 1 Tag 30 Minuten vor.")
    assert screen.endswith("[Die Uhr geht richtig.]\n\n")
    assert echo.hand.ahead == 0


def test_a_service_for_others_keeps_its_clock(tmp_path: Path) -> None:
    """The terminal says why."""
    running = Echo(tmp_path, Books(), settable=False)
    assert words.say("clock_refused", "de") in hold(tmp_path, script(":vor 24h"))[1]
    running.stop()


def test_the_record_is_a_transcript(tmp_path: Path, echo: Echo) -> None:
    """`:protokoll` writes what the transcript tests read, for the person's own account only, and never over a file."""
    file = tmp_path / "gespräch.yaml"
    lines = script(
        "Hallo\tdu", ":vor 24h", "12.3.", f":protokoll {file}", f":protokoll {file}", f":protokoll {tmp_path}/x/y"
    )
    _, screen = hold(tmp_path, lines, place="09761000")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader) == {  # noqa: S506 - makes text of everything
        "name": "gespräch",
        "language": "de",
        "place": "09761000",
        "transport": "terminal",
        "at": "2026-11-21T10:00:00+01:00",
        "talk": [
            {"lotse": ["Guten Tag, Person 1 de 09761000", "Wie geht es?", "1 Gut", "2 Schlecht"]},
            {"person": "Hallo\tdu"},
            {"lotse": ["Sie schrieben: Hallo du"]},
            {"after": "1d"},
            {"person": "12.3."},
            {"lotse": ["Sie schrieben: 12.3."]},
        ],
    }
    for key in ("written", "file_exists", "file_refused"):
        assert words.say(key, "de") in screen
    assert echo.books.texts == ["Hallo\tdu", "12.3."]


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("24h", 86_400), ("30m", 1_800), ("3d", 259_200), ("2w", 1_209_600), (" 1 H ", 3_600), ("0", 0)],
)
def test_spans(text: str, seconds: int) -> None:
    """Spans are read, and written so that they are read again."""
    assert read_span(text) == seconds
    if seconds:
        assert read_span(show_span(seconds)) == seconds


@pytest.mark.parametrize("text", ["", "h", "24", "-1h", "1.5h", "24 Stunden", "0h", "1y", "999999d"])
def test_no_spans(text: str) -> None:
    """Anything else is none."""
    assert read_span(text) is None


def test_second_terminal_is_a_second_person(tmp_path: Path, echo: Echo) -> None:
    """Who comes while another talks is told that they are somebody else."""
    other = gate.reach(tmp_path)
    assert other is not None
    other.sendall(wire.encode(wire.Hello(terminal="ff")))
    other.recv(1000)
    _, screen = hold(tmp_path, script("Hallo"))
    assert screen.startswith("[Sie sind Person 2:")
    other.close()
    assert [arrival.chat for arrival in echo.books.inbox.values()] == ["2", "2"]


def test_a_taken_number_ends_the_talk(tmp_path: Path, echo: Echo) -> None:
    """`--person 3` twice: the second is told so, with exit code 2."""
    other = gate.reach(tmp_path)
    assert other is not None
    other.sendall(wire.encode(wire.Hello(terminal="ff", person=3)))
    other.recv(1000)
    code, screen = hold(tmp_path, script("Hallo"), person=3)
    assert code == 2
    assert screen == f"[{words.say('busy', 'de', person=3)}]\n\n"
    other.close()
    assert echo.books.texts == []


def test_no_writer_ends_the_talk(tmp_path: Path) -> None:
    """Nobody to talk to and nobody to become: exit code 3, with the reason."""

    def nobody() -> socket.socket:
        raise UnreachableError("Der Datenordner ist nicht beschreibbar.")

    out = io.StringIO()
    assert Talk(nobody, Plain(out), script("Hallo")).run() == 3
    assert out.getvalue() == "[Der Datenordner ist nicht beschreibbar.]\n\n"
    assert list(tmp_path.iterdir()) == []


def test_a_new_writer_goes_on(tmp_path: Path) -> None:
    """The writer ends while the person types; the next line goes to its successor, as the same person."""
    books = Books()
    writers = [Echo(tmp_path, books)]

    def change() -> None:
        writers[-1].stop()
        writers.append(Echo(tmp_path, books))

    code, screen = hold(tmp_path, Person("eins", change, "zwei", change, change, "drei"))
    assert code == 0
    assert books.texts == ["eins", "zwei", "drei"]
    assert {arrival.chat for arrival in books.inbox.values()} == {"1"}
    assert screen.count("Guten Tag") == 1
    assert [screen.count(f"Sie schrieben: {text}") for text in books.texts] == [1, 1, 1]
    writers[-1].stop()


def hold_over_a_stop(folder: Path, line: str, lines: Lines, monkeypatch: pytest.MonkeyPatch) -> tuple[Books, str]:
    """Hold a talk whose writer stops before it has taken the line, and is followed by another."""
    monkeypatch.setattr("bot.adapters.terminal_talk.PATIENCE", 0.05)
    books = Books()
    first = Echo(folder, books)
    taken = threading.Event()

    def refuse(arrival: Arrival) -> bool:
        if isinstance(arrival.incoming, Said) and arrival.incoming.text == line:
            taken.set()
            return False
        return True

    first.on_take = refuse
    successors: list[Echo] = []

    def succeed() -> None:
        assert taken.wait(10)
        time.sleep(0.3)
        first.stop()
        successors.append(Echo(folder, books))

    thread = threading.Thread(target=succeed)
    thread.start()
    code, screen = hold(folder, lines)
    thread.join()
    successors[0].stop()
    assert code == 0
    return books, screen


def test_what_was_not_committed_is_sent_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The writer stops before it has taken the line: its successor gets it, once."""
    line = "Hilfe, sie stehen vor der Tür"
    books, screen = hold_over_a_stop(tmp_path, line, script("Hallo", line), monkeypatch)
    assert books.texts == ["Hallo", line]
    assert screen.count("Sie schrieben: Hilfe") == 1
    assert words.say("waiting", "de") not in screen


def test_a_person_who_waits_is_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once, and only a person."""
    books, screen = hold_over_a_stop(tmp_path, "Hilfe", Person("Hilfe"), monkeypatch)
    assert books.texts == ["Hilfe"]
    assert screen.count(words.say("waiting", "de")) == 1


def test_a_bubble_is_shown_once(tmp_path: Path) -> None:
    """Sent again under the same id because the confirmation was lost: the screen shows it once, and confirms again."""
    confirmed: list[str] = []

    def serve(server: socket.socket) -> None:
        for turn in range(2):
            connection, _ = server.accept()
            with connection, connection.makefile("rb") as lines:
                lines.readline()
                connection.sendall(wire.encode(wire.Welcome(person=1)))
                opened = wire.decode_to_writer(lines.readline())
                assert isinstance(opened, wire.Opened)
                connection.sendall(wire.encode(wire.Bubble(id="b1", text="Guten Tag")))
                shown = wire.decode_to_writer(lines.readline())
                assert isinstance(shown, wire.Shown)
                confirmed.append(shown.id)
                if turn:
                    connection.sendall(wire.encode(wire.Quiet(key=opened.key)))
                    lines.readline()

    server = socket.socket(socket.AF_UNIX)
    server.bind(str(tmp_path / gate.NAME))
    server.listen()
    thread = threading.Thread(target=serve, args=(server,))
    thread.start()
    code, screen = hold(tmp_path, script())
    thread.join()
    server.close()
    assert (code, screen, confirmed) == (0, "Guten Tag\n\n", ["b1", "b1"])


def test_bubbles_come_while_the_person_types(tmp_path: Path, echo: Echo) -> None:
    """A check-in does not wait for Enter; what is being typed is taken off the screen and put back."""
    person = Person(lambda: echo.say("1", "Wie geht es Ihnen heute?"), "Gut")
    _, screen = hold(tmp_path, person)
    assert "Wie geht es Ihnen heute?" in screen
    assert person.hidden >= 1


def test_the_keyboard_hides_all_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    """A long line that wraps is erased row by row."""
    out = io.StringIO()
    keyboard = Keyboard(out)
    monkeypatch.setattr(keyboard, "_prompt", "› ")
    monkeypatch.setattr(keyboard, "_buffer", lambda: "x" * 100)
    monkeypatch.setenv("COLUMNS", "40")
    keyboard.hide()
    assert out.getvalue() == "\x1b[2A\r\x1b[J"
    keyboard.restore()
    assert out.getvalue().endswith("› " + "x" * 100)


def test_a_terminal_is_a_keyboard(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether standard input is a terminal decides; a pipe's bytes that are no UTF-8 are shown as such."""
    from bot.adapters.terminal_talk import open_lines

    ours, theirs = pty.openpty()
    with os.fdopen(theirs, encoding="utf-8") as tty:
        monkeypatch.setattr("sys.stdin", tty)
        assert open_lines(io.StringIO()).live
    os.close(ours)
    reading, writing = os.pipe()
    os.write(writing, b"Gr\xfc\xdfe\r\n")
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as pipe:
        monkeypatch.setattr("sys.stdin", pipe)
        lines = open_lines(io.StringIO())
        assert not lines.live
        assert [lines.read(""), lines.read("")] == ["Gr\ufffd\ufffde", None]

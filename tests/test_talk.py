"""`lotse talk` as people have it: real processes, real terminals, kill -9, two at once, the clock, the record."""

from __future__ import annotations

import contextlib
import datetime as dt
import fcntl
import os
import pty
import re
import select
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Self
from zoneinfo import ZoneInfo

import pytest

from bot import gate
from bot.settings import cache_folder
from tests.transcripts.player import Player
from tests.transcripts.script import compare, read_talks
from tests.transcripts.stage import stage

ROOT = Path(__file__).resolve().parent.parent
ANSI = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
PATIENCE = 30.0
# What was learned once in this run is not learned anew by every terminal.
CACHE = {"XDG_CACHE_HOME": str(kept.parent)} if (kept := cache_folder()) else {}

pytestmark = pytest.mark.slow


def _take_terminal() -> None:
    """Its controlling terminal, so that Ctrl-C is a signal; also where the tests themselves run without one."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Terminal:
    """One `lotse talk`, in a pipe or on a pseudo-terminal of its own."""

    def __init__(self, folder: Path, *words: str, tty: bool = False) -> None:
        command = [sys.executable, "-m", "bot", "talk", "--data-dir", str(folder), *words]
        environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "HOME": str(folder), "TERM": "xterm", **CACHE}
        self.errors = folder.with_name(f"{folder.name}.errors")
        with self.errors.open("ab") as errors:
            if tty:
                self._out, theirs = pty.openpty()
                # Wide enough that no bubble is wrapped where a test looks for a sentence.
                termios.tcsetwinsize(theirs, (50, 200))
                self.process = subprocess.Popen(
                    command,
                    stdin=theirs,
                    stdout=theirs,
                    stderr=theirs,
                    env=environment,
                    cwd=ROOT,
                    start_new_session=True,
                    preexec_fn=_take_terminal,  # noqa: PLW1509 - one thread only
                )
                self._in = self._out
                os.close(theirs)
            else:
                reading, theirs = os.pipe()
                mine, writing = os.pipe()
                self.process = subprocess.Popen(
                    command, stdin=reading, stdout=writing, stderr=errors, env=environment, cwd=ROOT
                )
                os.close(reading)
                os.close(writing)
                self._in, self._out = theirs, mine
        self.shown = ""
        self._seen = 0
        self._open = {self._in, self._out}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()
        for descriptor in self._open:
            os.close(descriptor)
        if kind is not None:
            print(self.shown, self.errors.read_text(encoding="utf-8"), sep="\n")  # noqa: T201 - for whoever mends it

    def say(self, line: str) -> None:
        """Type a line."""
        os.write(self._in, f"{line}\n".encode())

    def press(self, key: bytes) -> None:
        """Press a key."""
        os.write(self._in, key)

    def hear(self, words: str, within: float = PATIENCE) -> str:
        """Wait until the words are shown, after what was heard before; return what was shown on the way."""
        until = time.monotonic() + within
        while (found := self.shown.find(words, self._seen)) < 0:
            left = until - time.monotonic()
            if left <= 0 or not self._read(left):
                raise AssertionError(f"{words!r} was not shown in: {self.shown[self._seen :]}")
        start, self._seen = self._seen, found + len(words)
        return self.shown[start : self._seen]

    def rest(self) -> None:
        """Wait until something new was shown, and then nothing more for a moment."""
        before, until = len(self.shown), time.monotonic() + PATIENCE
        while len(self.shown) == before and time.monotonic() < until and self._read(0.1):
            pass
        before = -1
        while before < len(self.shown):
            before = len(self.shown)
            self._read(0.3)

    def _read(self, seconds: float) -> bool:
        if not select.select([self._out], [], [], seconds)[0]:
            return True
        try:
            data = os.read(self._out, 65_536)
        except OSError:  # a pseudo-terminal whose other end is closed
            data = b""
        self.shown += ANSI.sub("", data.decode("utf-8", "replace")).replace("\r\n", "\n")
        return bool(data)

    def end(self) -> int:
        """Close the input; return the exit code after everything was shown."""
        os.close(self._in)
        self._open.discard(self._in)
        return self.wait()

    def wait(self) -> int:
        """Wait for the end; return the exit code."""
        while self._read(PATIENCE):
            pass
        return self.process.wait(PATIENCE)

    def kill(self) -> None:
        """Kill -9."""
        with contextlib.suppress(ProcessLookupError):
            self.process.send_signal(signal.SIGKILL)
        self.process.wait(PATIENCE)


Talk = Callable[..., Terminal]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder that is not there yet."""
    return tmp_path / "daten"


@pytest.fixture
def talk(folder: Path) -> Iterator[Talk]:
    """Opens terminals on the folder, and closes them."""
    with contextlib.ExitStack() as stack:
        yield lambda *words, tty=False: stack.enter_context(Terminal(folder, *words, tty=tty))


def begin(terminal: Terminal) -> None:
    """From the first words to the question what happened, to the safety question, to the offer."""
    terminal.hear("110")
    terminal.hear("Was ist passiert?")
    terminal.say("bei mir vorm haus ist ne demo angemeldet")
    terminal.hear("gerade in Gefahr?")


def test_a_script_is_a_talk(talk: Talk, folder: Path) -> None:
    """Lines in, plain text out, exit 0 with the input; nothing on standard error."""
    terminal = talk("--place", "09761000")
    for line in ("bei mir vorm haus ist ne demo angemeldet", "nein", "ja"):
        terminal.say(line)
    assert terminal.end() == 0
    assert terminal.shown.startswith("KommA-Lotse · In Gefahr: 110")
    assert "\x1b" not in terminal.shown
    assert terminal.shown.index("Was ist passiert?") < terminal.shown.index("in Gefahr?")
    assert "Demonstration" in terminal.shown
    assert terminal.errors.read_text(encoding="utf-8") == ""
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}


@pytest.mark.parametrize("when", ["asked", "at once"])
def test_killed_in_the_middle_it_goes_on(talk: Talk, when: str) -> None:
    """Kill -9 with a question open, or with an answer on its way: the next terminal goes on as the same person."""
    first = talk()
    begin(first)
    if when == "at once":
        first.say("nein")
    first.kill()
    second = talk()
    second.hear("weiter")  # „Wir machen da weiter, wo wir waren.“
    second.say("status")
    second.hear("Wir sind bei: ")
    assert second.end() == 0
    assert "Was ist passiert?" not in second.shown


def test_two_terminals_are_two_people(talk: Talk) -> None:
    """Through one writer; what one says does not show at the other's."""
    one, two = talk(), talk()
    begin(one)
    two.hear("Was ist passiert?")
    three = talk("--person", "2")
    assert three.wait() == 2
    assert "Person 2 spricht gerade" in three.shown
    two.say("hilfe")
    two.hear("löschen – alles löschen")
    assert one.end() == 0
    assert two.end() == 0
    assert "alles löschen" not in one.shown
    assert {terminal.shown.count("Sie sind Person 2") for terminal in (one, two)} == {0, 1}


def test_the_second_takes_over_from_a_killed_writer(talk: Talk, folder: Path) -> None:
    """The process that writes is killed while the other person types; their line is answered once all the same."""
    first = talk()
    begin(first)
    second = talk()
    second.hear("Sie sind Person 2")
    second.hear("Was ist passiert?")
    assert gate.holder(folder) == first.process.pid
    first.kill()
    second.say("bei mir vorm haus ist ne demo angemeldet")
    second.hear("gerade in Gefahr?")
    assert gate.holder(folder) == second.process.pid
    third = talk()
    third.hear("weiter")
    assert "Sie sind Person" not in third.shown
    assert third.end() == 0
    second.say("status")
    second.hear("gerade in Gefahr?")
    assert second.end() == 0
    assert second.shown.count("Zuerst das Wichtigste") == 2


def test_a_line_that_was_on_its_way_is_sent_again(talk: Talk, folder: Path) -> None:
    """The writer is stopped, so that it takes nothing, and then killed: the line reaches its successor, once."""
    first = talk()
    first.hear("Was ist passiert?")
    second = talk()
    second.hear("Was ist passiert?")
    first.process.send_signal(signal.SIGSTOP)
    second.say("bei mir vorm haus ist ne demo angemeldet")
    time.sleep(0.5)
    assert "Zuerst das Wichtigste" not in second.shown
    first.kill()
    second.hear("gerade in Gefahr?")
    assert gate.holder(folder) == second.process.pid
    second.say("status")
    second.hear("Fragen: 1.")
    assert second.end() == 0


def to_the_check_ins(terminal: Terminal) -> None:
    """Through the shortest way to an agreed check-in."""
    terminal.hear("Was ist passiert?")
    terminal.say("bei mir vorm haus ist ne demo angemeldet")
    answers = ["nein", "ja", "sie ist vorbei"]
    seen = 0
    for _ in range(40):
        if answers:
            terminal.say(answers.pop(0))
        else:
            terminal.say("möchte ich nicht sagen")
        terminal.rest()
        new, seen = terminal.shown[seen:], len(terminal.shown)
        if "Darf ich?" in new:
            terminal.say("ja, dreimal")
            terminal.hear("Ich frage nach: ")
            return
        if "Vorgang anlegen?" in new:
            answers.append("nein, nichts speichern")
        elif "Fertig" in new:
            answers.append("fertig")
        elif "Nein, danke" in new:
            answers.append("nein, danke")
    raise AssertionError(terminal.shown)


def hours_to_the_first() -> int:
    """Hours to a time of day at which a check-in after 24 has come: at night it waits for the morning."""
    now = dt.datetime.now(ZoneInfo("Europe/Berlin"))
    return next(hours for hours in range(24, 48) if 9 <= (now + dt.timedelta(hours=hours)).hour < 19)


def test_the_clock_brings_check_ins(talk: Talk) -> None:
    """`:vor` brings the first one, later also to a person who was away; a killed process has not forgotten the lead."""
    one = talk("--place", "09761000")
    to_the_check_ins(one)
    one.say(f":vor {hours_to_the_first()}h")
    one.hear("wie verabredet")
    one.hear("Die Uhr steht 1 Tag")
    one.kill()
    two = talk()
    two.hear("Die Uhr steht 1 Tag")
    two.hear("Passt es gerade?")
    other = talk()
    other.hear("Was ist passiert?")
    two.say("heute nicht")
    two.hear("ein andermal")
    assert two.end() == 0
    other.say(":vor 2d")
    other.hear("Die Uhr steht 3 Tage")
    again = talk("--person", "1")
    again.hear("wie verabredet")
    assert again.end() == 0
    other.say(":vor 0")
    other.hear("Die Uhr geht richtig")
    assert other.end() == 0


def test_the_record_is_a_transcript_that_holds(talk: Talk, tmp_path: Path) -> None:
    """What `:protokoll` writes is a test, and the engine passes it."""
    file = tmp_path / "gespraech.yaml"
    terminal = talk("--place", "09761000", "--lang", "de")
    for line in (
        "bei mir vorm haus ist ne demo angemeldet",
        "nein",
        "ja",
        "1",
        "zurück",
        "hilfe",
        f":protokoll {file}",
    ):
        terminal.say(line)
    assert terminal.end() == 0
    (recorded,) = read_talks(file)
    assert recorded.name == "gespraech"
    assert compare(recorded, Player(recorded, stage()).play()) == ""


def test_a_real_terminal_is_pleasant(talk: Talk) -> None:
    """Frames, numbers, a prompt; Ctrl-C ends kindly, and the shell gets its terminal back as it was."""
    terminal = talk(tty=True)
    terminal.hear("In Gefahr: 110")
    terminal.hear("╭")
    terminal.hear("Was ist passiert?")
    terminal.hear("› ")
    terminal.say("bei mir vorm haus ist ne demo")
    terminal.hear("gerade in Gefahr?")
    terminal.hear("1 Ja")
    terminal.hear("› ")
    terminal.press(b"ne\x7fein\n")  # with a correction
    terminal.hear("Demonstration")
    terminal.hear("› ")
    # Python's readline misses a signal between showing the prompt and waiting for a key; people press again then.
    for _ in range(5):
        time.sleep(0.5)
        terminal.press(b"\x03")
        with contextlib.suppress(AssertionError):
            terminal.hear("Sie können jederzeit weitermachen: lotse talk", within=5)
            break
    else:
        raise AssertionError(terminal.shown)
    assert terminal.wait() == 0


def test_ctrl_d_ends_kindly(talk: Talk) -> None:
    """The end of input on a terminal is a goodbye."""
    terminal = talk(tty=True)
    terminal.hear("› ")
    terminal.press(b"\x04")
    terminal.hear("Sie können jederzeit weitermachen: lotse talk")
    assert terminal.wait() == 0


def test_a_check_in_comes_while_somebody_types(talk: Talk) -> None:
    """The half line is put back below the bubble, and is what is sent."""
    one = talk("--place", "09761000")
    to_the_check_ins(one)
    assert one.end() == 0
    typing = talk(tty=True)
    typing.hear("› ")
    other = talk()
    other.hear("Was ist passiert?")
    typing.press(b"heute")
    typing.hear("heute")
    other.say(f":vor {hours_to_the_first()}h")
    typing.hear("Passt es gerade?")
    typing.hear("› heute")
    typing.press(b" nicht\n")
    typing.hear("ein andermal")


def test_languages(talk: Talk) -> None:
    """`--lang` opens the talk in that language, first words and all."""
    english = talk("--lang", "en")
    english.hear("In danger: 110")
    english.say("help")
    english.hear("These words")
    assert english.end() == 0


def test_a_folder_that_cannot_be_used_is_explained(talk: Talk, folder: Path) -> None:
    """Exit code 3 and what to do; the numbers stand there all the same."""
    folder.write_text("eine Datei", encoding="utf-8")
    terminal = talk()
    assert terminal.wait() == 3
    assert "110" in terminal.shown
    assert "Datenordner" in terminal.shown


def test_a_lost_key_file_is_explained(talk: Talk, folder: Path) -> None:
    """Another key than the data were written with: no talk, no traceback, a sentence."""
    first = talk()
    first.hear("Was ist passiert?")
    assert first.end() == 0
    (folder / "lotse.keys").write_text("{}", encoding="ascii")
    second = talk()
    assert second.wait() == 3
    assert "Schlüssel" in second.shown
    assert "Traceback" not in second.shown + second.errors.read_text(encoding="utf-8")


CANARIES = ("Kanarienvogel", "0176 5551234567", "kanarie@stadt.example", "Kanariengasse 17")


def test_nothing_that_was_said_lies_on_disk_in_clear(talk: Talk, folder: Path) -> None:
    """After a talk, and after kill -9 in the middle of one: no file and no log holds a word of it."""
    for kill in (False, True):
        terminal = talk()
        terminal.hear("Was ist passiert?" if not kill else "weiter")
        for canary in CANARIES:
            terminal.say(f"mein nachbar {canary} hat mich bedroht")
        terminal.say("status")
        terminal.hear("Wir sind bei: ")
        if kill:
            terminal.kill()
        else:
            assert terminal.end() == 0
        files = [*folder.iterdir(), terminal.errors]
        data = b"".join(path.read_bytes() for path in files if path.is_file())
        for canary in CANARIES:
            for encoding in ("utf-8", "utf-16-le"):
                assert canary.encode(encoding) not in data


def test_the_first_words_come_first(tmp_path: Path) -> None:
    """The emergency numbers stand there before anything else is loaded; how long both take is measured in `bench`."""
    with Terminal(tmp_path / "daten") as terminal:
        terminal.hear("110")
        assert "Lotse, ein Computerprogramm" not in terminal.shown
        terminal.hear("Was ist passiert?")
        assert terminal.end() == 0


_LAST = """
import atexit, signal, sys, threading
signal.signal(signal.SIGINT, signal.default_int_handler)
atexit.register(lambda: print(*(thread.name for thread in threading.enumerate()), file=sys.stderr))
from bot.cli import main
sys.exit(main())
"""
"""A talk that says which threads there are when the interpreter ends."""


@pytest.mark.parametrize("stopped_after", [None, 0.15, 0.4, 0.8, 1.6])
def test_no_thread_runs_into_the_end_of_the_interpreter(tmp_path: Path, stopped_after: float | None) -> None:
    """One that does can crash the process when everything is said; Ctrl-C while it begins is no exception."""
    process = subprocess.Popen(
        [sys.executable, "-c", _LAST, "talk", "--data-dir", str(tmp_path / "data")],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "HOME": str(tmp_path), **CACHE},
        text=True,
    )
    if stopped_after is not None:
        time.sleep(stopped_after)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=PATIENCE)
    else:
        _, errors = process.communicate("hilfe\n", timeout=PATIENCE)
    # Python itself, stopped while it only just loads the program.
    early = stopped_after is not None and "KeyboardInterrupt" in errors
    last = errors.splitlines()[-1]
    assert last == "MainThread" or (early and last == "KeyboardInterrupt"), errors
    assert early or process.returncode in {0, 130}

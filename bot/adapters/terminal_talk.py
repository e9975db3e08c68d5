"""The person's end of a terminal: reads lines, shows bubbles, and keeps the line to the writer up.

Owns: one talk on one screen. Two threads: the main one waits for the person, the keeper listens to the writer and,
when the writer goes away, reaches the next one (which may be this very process: `reach` decides). What was typed stays
outstanding until the writer has said `Quiet`; on a new line it is sent again under the same key, so that nothing is
lost and nothing counts twice.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import re
import secrets
import shutil
import socket
import sys
import threading
from collections.abc import Callable
from enum import Enum, auto
from pathlib import Path
from types import ModuleType
from typing import Final, Protocol, TextIO

import msgspec

from bot.adapters import terminal_wire as wire
from bot.adapters import terminal_words as words
from bot.adapters.terminal_record import Record, read_span, render
from bot.adapters.terminal_screen import Screen
from bot.flows.exchange import File

PATIENCE: Final = 2.0
"""Seconds without an answer after which a person at a terminal is asked to wait."""

LONGEST: Final = 65_536
"""Characters of a line that are sent on: far more than the Lotse keeps, so that it can say that it was too much."""

SEAT_TRIES: Final = 20
"""How often a terminal that lost its line asks for its number again before it calls it taken."""

SEAT_PAUSE: Final = 0.1

MOST_FILES: Final = 100
"""Files of one name in one folder."""

_WORD: Final = re.compile(r":([a-zäöü]{2,})(?:\s+(.*))?", re.IGNORECASE)

OK: Final = 0
WRONG_USE: Final = 2
NO_SERVICE: Final = 3


class UnreachableError(Exception):
    """No writer can be reached and none can be started; the message is German and for the person."""


class Lines(Protocol):
    """Where the person's lines come from."""

    @property
    def live(self) -> bool:
        """Whether a person sits there, rather than a script."""

    def read(self, prompt: str) -> str | None:
        """Return the next line without its end; None when there are no more."""

    def hide(self) -> None:
        """Take what is being typed off the screen, because something else is to be shown."""

    def restore(self) -> None:
        """Put it back."""


class Script:
    """Lines out of a pipe or a file."""

    live: Final = False

    def __init__(self, source: TextIO) -> None:
        self._source = source

    def read(self, prompt: str) -> str | None:  # noqa: ARG002 - nobody looks at it
        """Return the next line."""
        line = self._source.readline()
        return line.rstrip("\r\n") if line else None

    def hide(self) -> None:
        """Nothing is being typed."""

    def restore(self) -> None:
        """Nothing was being typed."""


class Keyboard:
    """Lines of a person, with the editing keys of readline where this Python has it."""

    live: Final = True

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._prompt = ""
        self._readline: ModuleType | None = None
        with contextlib.suppress(ImportError):
            import readline  # noqa: PLC0415

            self._readline = readline

    def read(self, prompt: str) -> str | None:
        """Ask for a line."""
        self._prompt = prompt
        try:
            return input(prompt)
        except EOFError:
            self._out.write("\n")
            return None
        except KeyboardInterrupt:
            self._out.write("\n")
            raise

    def hide(self) -> None:
        """Erase the prompt and what stands behind it, however many rows that takes."""
        columns = max(shutil.get_terminal_size().columns, 1)
        rows = (len(self._prompt) + len(self._buffer())) // columns
        self._out.write((f"\x1b[{rows}A" if rows else "") + "\r\x1b[J")

    def restore(self) -> None:
        """Write both again."""
        self._out.write(self._prompt + self._buffer())
        self._out.flush()

    def _buffer(self) -> str:
        return str(self._readline.get_line_buffer()) if self._readline is not None else ""


class _State(Enum):
    WAITING = auto()
    """The main thread waits for the writer."""
    READING = auto()
    """The main thread waits for the person."""


class _Stopped(Exception):
    """No error, the way out: the talk is over; the argument is the exit code."""


class Talk:
    """One talk on one screen. `person` 0: whichever number is free. `now`: the real time, aware."""

    def __init__(
        self,
        reach: Callable[[], socket.socket],
        screen: Screen,
        lines: Lines,
        *,
        person: int = 0,
        language: str = "de",
        place: str = "",
        now: Callable[[], dt.datetime] = lambda: dt.datetime.now().astimezone(),
    ) -> None:
        self._reach = reach
        self._screen = screen
        self._lines = lines
        self._language = language
        self._place = place
        self._now = now
        self._wanted = person
        self._terminal = secrets.token_hex(16)
        self._record = Record(language, place)
        self._began = now()
        self._ahead = 0
        self._person = 0
        self._state = _State.WAITING
        self._outstanding: dict[str, wire.ToWriter] = {}
        self._refused: dict[str, str] = {}
        self._shown: set[str] = set()
        self._failure: tuple[int, str] | None = None
        self._connection: socket.socket | None = None
        self._over = False
        # Guards everything above; the screen too, so that bubbles and prompts do not mix.
        self._changed = threading.Condition(threading.RLock())

    def run(self) -> int:
        """Hold the talk until the person, the input or the connection ends; return the exit code."""
        keeper = threading.Thread(target=self._keep, name="keeper", daemon=True)
        try:
            self._submit(wire.Opened(key=secrets.token_hex(16), language=self._language, place=self._place), keeper)
            if self._lines.live:
                self._screen.note(words.say("how", self._language))
            while True:
                self._take(self._read())
        except _Stopped as stopped:
            return int(stopped.args[0])
        except KeyboardInterrupt:
            return self._goodbye()
        finally:
            with self._changed:
                self._over = True
                self._close()
            if keeper.is_alive():
                # A daemon that runs into the interpreter's end can bring the process down with it.
                keeper.join(PATIENCE)

    # --- the person -----------------------------------------------------------------------------------------------

    def _read(self) -> str:
        with self._changed:
            if self._failure is not None:
                self._fail()
            self._state = _State.READING
        try:
            line = self._lines.read(self._screen.prompt)
        finally:
            with self._changed:
                self._state = _State.WAITING
        if line is None:
            raise _Stopped(self._goodbye() if self._lines.live else OK)
        # What a pipe can carry and JSON cannot, and more than a line of the protocol holds.
        return line[:LONGEST].encode("utf-8", "replace").decode("utf-8")

    def _take(self, line: str) -> None:
        if not line.strip() and self._lines.live:
            return
        word = _WORD.fullmatch(line.strip())
        if word is None:
            self._record.person(line)
            self._submit(wire.Typed(key=secrets.token_hex(16), text=line))
            return
        match word[1].lower():
            case "ende":
                raise _Stopped(self._goodbye())
            case "hilfe":
                self._note("help")
            case "vor":
                self._set_clock(word[2] or "")
            case "protokoll":
                self._write_record((word[2] or "").strip())
            case _:
                self._note("unknown_word")

    def _set_clock(self, given: str) -> None:
        seconds = read_span(given)
        if seconds is None:
            self._note("bad_span")
            return
        target = self._ahead + seconds if seconds else 0
        if seconds:
            self._record.after(seconds)
        key = secrets.token_hex(16)
        self._submit(wire.Ahead(key=key, seconds=target))
        if self._refused.pop(key, ""):
            self._note("clock_refused")
        else:
            self._say_clock()

    def _say_clock(self) -> None:
        if self._ahead:
            self._note("ahead", span=words.span(self._ahead, self._language))
        else:
            self._note("real_time")

    def _write_record(self, name: str) -> None:
        if not name:
            self._note("no_file")
            return
        path = Path(name).expanduser()
        body = render([self._record.talk(path.stem, self._began)])
        try:
            # Only for the person's own account: it holds what they wrote.
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
                file.write(body)
        except FileExistsError:
            self._note("file_exists")
        except (OSError, ValueError):
            self._note("file_refused")
        else:
            self._note("written")

    def _goodbye(self) -> int:
        self._note("goodbye")
        return OK

    def _note(self, key: str, **values: object) -> None:
        with self._changed:
            self._screen.note(words.say(key, self._language, **values))

    # --- to the writer --------------------------------------------------------------------------------------------

    def _submit(self, message: wire.Opened | wire.Typed | wire.Ahead, keeper: threading.Thread | None = None) -> None:
        """Send a message and wait until all that follows from it was shown."""
        with self._changed:
            self._outstanding[message.key] = message
            self._write(message)
            if keeper is not None:
                keeper.start()
            patient = not self._lines.live or keeper is not None
            while message.key in self._outstanding:
                if self._failure is not None:
                    self._fail()
                if not self._changed.wait(timeout=None if patient else PATIENCE):
                    patient = True
                    self._note("waiting")

    def _write(self, message: wire.ToWriter) -> None:
        """Send on the line there is. When it is broken the keeper notices, and sends again on the next one."""
        if self._connection is not None:
            with contextlib.suppress(OSError):
                self._connection.sendall(wire.encode(message))

    def _fail(self) -> None:
        code, sentence = self._failure or (OK, "")
        self._screen.note(sentence)
        raise _Stopped(code)

    def _close(self) -> None:
        if self._connection is not None:
            with contextlib.suppress(OSError):
                self._connection.shutdown(socket.SHUT_RDWR)
            self._connection.close()
            self._connection = None

    # --- the keeper -----------------------------------------------------------------------------------------------

    def _keep(self) -> None:
        """Keep the line up until the talk is over."""
        tries = 0
        while not self._over:
            try:
                connection = self._reach()
            except UnreachableError as error:
                self._give_up(NO_SERVICE, str(error))
                return
            refused = self._serve(connection)
            if refused == "version":
                self._give_up(WRONG_USE, words.say("version", self._language))
                return
            if refused == "busy":
                tries += 1
                if tries > SEAT_TRIES or not self._person:
                    number = self._person or self._wanted
                    self._give_up(WRONG_USE, words.say("busy", self._language, person=number))
                    return
                threading.Event().wait(SEAT_PAUSE)
            else:
                tries = 0

    def _give_up(self, code: int, sentence: str) -> None:
        with self._changed:
            self._failure = (code, sentence)
            self._changed.notify_all()
            if self._state is _State.READING and self._lines.live:
                self._interrupt(lambda: self._screen.note(words.say("lost", self._language)))

    def _serve(self, connection: socket.socket) -> str:
        """Listen on one connection until it ends; return why it was refused, empty when it was not."""
        with connection, connection.makefile("rb") as incoming:
            with contextlib.suppress(OSError, msgspec.MsgspecError):
                hello = wire.Hello(terminal=self._terminal, person=self._person or self._wanted)
                connection.sendall(wire.encode(hello))
                while line := incoming.readline(wire.LONGEST_LINE):
                    message = wire.decode_to_terminal(line)
                    if isinstance(message, wire.Refused) and not message.key:
                        return message.reason
                    with self._changed:
                        if self._over:
                            return ""
                        self._hear(message, connection)
            with self._changed:
                self._connection = None
        return ""

    def _hear(self, message: wire.ToTerminal, connection: socket.socket) -> None:
        match message:
            case wire.Welcome():
                self._arrive(message, connection)
            case wire.Bubble():
                if message.id not in self._shown:
                    self._shown.add(message.id)
                    self._record.lotse(message.text, message.choices, message.expects)
                    self._interrupt(lambda: self._screen.bubble(message))
                    if message.file is not None:
                        self._store(message.file)
                self._write(wire.Shown(id=message.id))
            case wire.Quiet(key=key, ahead=ahead):
                self._ahead = ahead
                self._done(key)
            case wire.Refused(key=key, reason=reason):
                self._refused[key] = reason
                self._done(key)
            case wire.Accepted():
                pass  # on disk; until it is quiet it is kept all the same, for sending it again does no harm

    def _store(self, file: File) -> None:
        """Put a file where the person is, readable for them only, beside what is there already."""
        name = re.sub(r"[^\w.-]", "-", file.name)
        stem, dot, ending = name.rpartition(".")
        for number in range(1, MOST_FILES):
            path = Path.cwd() / (name if number == 1 else f"{stem}-{number}{dot}{ending}")
            try:
                with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
                    out.write(file.data)
            except FileExistsError:
                continue
            except OSError:
                break
            self._note("kept", path=path)
            return
        self._note("not_kept")

    def _arrive(self, welcome: wire.Welcome, connection: socket.socket) -> None:
        first = not self._person
        self._person = welcome.person
        if first:
            self._began = self._now() + dt.timedelta(seconds=welcome.ahead)
            self._ahead = welcome.ahead
            if welcome.person > 1 and welcome.person != self._wanted:
                self._note("person", person=welcome.person)
            if welcome.ahead:
                self._say_clock()
        elif welcome.ahead != self._ahead and not any(isinstance(m, wire.Ahead) for m in self._outstanding.values()):
            self._ahead = welcome.ahead
        self._connection = connection
        for message in list(self._outstanding.values()):
            self._write(message)

    def _done(self, key: str) -> None:
        self._outstanding.pop(key, None)
        self._changed.notify_all()

    def _interrupt(self, show: Callable[[], None]) -> None:
        """Show something, also while the person is typing."""
        typing = self._state is _State.READING and self._lines.live
        if typing:
            self._lines.hide()
        show()
        if typing:
            self._lines.restore()


def open_lines(out: TextIO) -> Lines:
    """Return the person's lines: the keyboard when standard input is a terminal, else a script."""
    if sys.stdin.isatty():
        return Keyboard(out)
    # A byte that is no UTF-8 becomes a sign that says so, instead of the end of the talk.
    return Script(open(sys.stdin.fileno(), encoding="utf-8", errors="replace", newline="\n", closefd=False))

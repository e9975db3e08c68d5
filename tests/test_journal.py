"""The journal: nothing that a person wrote gets out, whoever logs it and however."""

import asyncio
import io
import json
import logging
import subprocess
import sys
import threading
import warnings
from collections.abc import Iterator
from typing import Any

import pytest

from bot import journal

CANARIES = (
    "Kanarie Erika Mustermann",
    "0176 55512345",
    "+4917655512345",
    "@erika:stadt.example",
    "!raum:stadt.example",
    "https://api.telegram.org/bot4711:GEHEIM/sendMessage",
    "Kanarienstraße 17",
    "kanarie@stadt.example",
    "SELECT * FROM kanarie",
)


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    """The journal as JSON lines in memory; hooks and handlers are put back."""
    hooks = sys.excepthook, threading.excepthook, sys.unraisablehook, warnings.showwarning
    root = logging.getLogger()
    before = list(root.handlers), root.level, {name: logging.getLogger(name).level for name in journal.QUIET}
    out = io.StringIO()
    journal.configure(out, pretty=False, level="debug")
    yield out
    sys.excepthook, threading.excepthook, sys.unraisablehook, warnings.showwarning = hooks
    root.handlers[:], root.level = before[0], before[1]
    for name, level in before[2].items():
        logging.getLogger(name).setLevel(level)
    journal.log().set_up()


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    """What was written, one object a line."""
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def assert_silent(stream: io.StringIO) -> None:
    """No canary got out."""
    text = stream.getvalue()
    assert [canary for canary in CANARIES if canary in text] == []
    assert "anarie" not in text


def test_a_line_says_what_happened(stream: io.StringIO) -> None:
    """Event, level, UTC time, and the allowed details."""
    journal.log().info("turn_done", inbox=17, playbook="shitstorm", revision="ab" * 16, milliseconds=1.5)
    (line,) = lines(stream)
    assert line["event"] == "turn_done"
    assert line["level"] == "info"
    assert line["time"].endswith("+00:00")
    assert line["playbook"] == "shitstorm"
    assert line["inbox"] == 17
    assert "dropped" not in line


@pytest.mark.parametrize("canary", CANARIES)
@pytest.mark.parametrize("key", [*journal.ALLOWED, "event", "text", "name", "at", "logger", "cause", "time", "dropped"])
def test_no_key_carries_words(stream: io.StringIO, key: str, canary: str) -> None:
    """Every key of a line, allowed or not, refuses what a person could have written."""
    if key == "event":
        journal.log().info(canary)
    else:
        journal.log().info("turn_done", **{key: canary})
    assert_silent(stream)
    (line,) = lines(stream)
    assert line.get(key) != canary


@pytest.mark.parametrize("value", [{"a": CANARIES[0]}, [CANARIES[0]], CANARIES[0].encode(), object(), 10**20, None])
def test_no_key_carries_structures(stream: io.StringIO, value: object) -> None:
    """Lists, dicts, bytes and huge numbers are no details."""
    journal.log().info("turn_done", count=value, kind=value)
    assert_silent(stream)
    assert lines(stream)[0]["dropped"] == 2


def boom(words: str) -> None:
    """Raise with words of a person in the message, behind a cause with more of them."""
    secret = words  # a local, as rich tracebacks would print it
    try:
        _ = {"": ""}[secret]
    except KeyError as error:
        raise ValueError(f"{secret} is wrong") from error


def test_exceptions_are_class_and_places(stream: io.StringIO) -> None:
    """The message, the locals and the source lines stay behind; class, cause and places are said."""
    try:
        boom(CANARIES[0])
    except ValueError:
        journal.log().exception("turn_failed", inbox=3)
    assert_silent(stream)
    (line,) = lines(stream)
    assert line["error"] == "ValueError"
    assert line["cause"] == ["KeyError"]
    assert line["inbox"] == 3
    assert [place.rpartition(":")[0].rpartition(".")[2] for place in line["at"]] == ["test_journal", "test_journal"]


def test_circular_causes_end(stream: io.StringIO) -> None:
    """A chain of causes that bites its tail does not hang the journal."""
    first, second = ValueError("a"), KeyError("b")
    first.__cause__, second.__cause__ = second, first
    assert journal.describe(first)["cause"] == ["KeyError"]


@pytest.mark.parametrize("name", [*journal.QUIET, "nio.responses", "sqlalchemy.engine.Engine", "irgendwer"])
def test_libraries_lose_their_words(stream: io.StringIO, name: str) -> None:
    """A library's record keeps logger, level and place; its message and arguments are dropped."""
    logger = logging.getLogger(name)
    logger.debug("%s", CANARIES[0])
    logger.warning("%s %s", CANARIES[0], CANARIES[1])
    logger.error(CANARIES[2], exc_info=ValueError(CANARIES[3]), stack_info=True)
    assert_silent(stream)
    written = lines(stream)
    assert [line["level"] for line in written if line["level"] != "debug"] == ["warning", "error"]
    assert written[-1]["logger"] == name
    assert written[-1]["error"] == "ValueError"


@pytest.mark.parametrize("name", journal.QUIET)
def test_chatty_libraries_are_silent_below_warnings(stream: io.StringIO, name: str) -> None:
    """By itself httpx logs the bot token's URL at INFO, nio bodies at DEBUG."""
    logging.getLogger(f"{name}.deep").info(CANARIES[5])
    logging.getLogger(name).debug(CANARIES[5])
    assert stream.getvalue() == ""


def test_our_own_stdlib_loggers_keep_their_event(stream: io.StringIO) -> None:
    """A module of ours that uses `logging` is heard by its event word, not by its arguments."""
    logging.getLogger("bot.work.turns").warning("turn_parked")
    logging.getLogger("bot.work.turns").warning("turn of %s", CANARIES[0])
    assert [line["event"] for line in lines(stream)] == ["turn_parked", "unnamed"]
    assert_silent(stream)


def test_uncaught_exceptions_end_in_the_journal(stream: io.StringIO, capfd: pytest.CaptureFixture[str]) -> None:
    """Main thread, other threads, destructors and asyncio: each has a hook, and none prints a traceback."""
    try:
        boom(CANARIES[0])
    except ValueError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    thread = threading.Thread(target=boom, args=(CANARIES[0],), name=CANARIES[1])
    thread.start()
    thread.join()

    class Sick:
        def __del__(self) -> None:
            boom(CANARIES[0])

    del (sick := [Sick()])[:]

    async def forgotten() -> None:
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(journal.catch_loop_errors)
        loop.call_soon(boom, CANARIES[0])
        await asyncio.sleep(0)

    asyncio.run(forgotten())
    assert sick == []
    assert [line["event"] for line in lines(stream)] == ["uncaught", "uncaught_in_thread", "unraisable", "loop_error"]
    assert_silent(stream)
    assert "anarie" not in "".join(capfd.readouterr())


def test_warnings_lose_their_words(stream: io.StringIO) -> None:
    """SQLAlchemy's warnings quote values; class and place remain."""
    warnings.showwarning(UserWarning(CANARIES[0]), UserWarning, "/x/turns.py", 3)
    assert "Mustermann" not in stream.getvalue()
    assert lines(stream)[0]["error"] == "UserWarning"
    assert lines(stream)[0]["at"] == ["turns:3"]


def test_level_and_terminal_form(stream: io.StringIO) -> None:
    """On a terminal a line is short; what lies below the level is not written."""
    out = io.StringIO()
    journal.configure(out, pretty=True, level="warning")
    journal.log().info("turn_done")
    journal.log().warning("turn_parked", inbox=4, text=CANARIES[0])
    assert out.getvalue().split(maxsplit=1)[1] == "warning turn_parked inbox=4 dropped=1\n"


def test_counters_count_and_refuse_labels() -> None:
    """A counter is a word and a number."""
    before = journal.counts().get("turns_done", 0)
    journal.count("turns_done")
    journal.count("turns_done", 2)
    assert journal.counts()["turns_done"] == before + 3
    with pytest.raises(ValueError, match="plain word") as caught:
        journal.count(CANARIES[0])
    assert CANARIES[0] not in str(caught.value)


def test_nothing_leaks_before_it_is_set_up() -> None:
    """A process that never called `configure` writes through the sieves as well."""
    code = (
        "from bot.journal import log\n"
        "def boom(words): raise ValueError(words)\n"
        "try: boom('Kanarie')\n"
        "except ValueError: log().exception('turn_failed', text='Kanarie')\n"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == ""
    assert json.loads(run.stderr)["event"] == "turn_failed"
    assert "Kanarie" not in run.stderr

"""Logs and counters that carry nothing a person wrote.

Owns: what may be said to an operator, and in which form. A log line is one JSON object on standard error (a short
line when that is a terminal). It passes two sieves, whoever wrote it:

* a key must be on the list `ALLOWED`, and its value must have the form that the list demands (a number, one of our
  random ids, a name out of our own code); everything else is dropped and counted under `dropped`;
* an exception is its class and the places it passed, module and line, never its message: messages quote SQL
  parameters, URLs with tokens, and what people typed (guarantees, section G).

The same holds for the libraries: what they log through `logging` keeps logger, level and place only, and those that
are known to print message bodies are silenced below warnings. Uncaught exceptions of any thread end here as well.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import re
import sys
import threading
import warnings
from collections import Counter
from collections.abc import Callable, Mapping, MutableMapping
from types import TracebackType
from typing import Any, Final, TextIO

# --- what may pass --------------------------------------------------------------------------------------------------

_WORD: Final = re.compile(r"[a-z][a-z0-9_]{0,47}")
# Not of digits alone: that would be a telephone number as well.
_DIGEST: Final = re.compile(r"(?=[0-9]*[a-f])[0-9a-f]{8,64}")
_UUID: Final = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")
_CLASS: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_.]{0,79}")
_VERSION: Final = re.compile(r"[0-9][0-9A-Za-z.+-]{0,31}")
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(?:-[a-z]{2,8})?")
_LARGEST: Final = 10**15

Check = Callable[[object], bool]


def _matches(*patterns: re.Pattern[str]) -> Check:
    return lambda value: isinstance(value, str) and any(pattern.fullmatch(value) for pattern in patterns)


def _is_number(value: object) -> bool:
    # A telephone number fits in an int as well: only callers that count may use these keys.
    return isinstance(value, bool | int | float) and abs(value) < _LARGEST


_id: Final = _matches(_DIGEST, _UUID)
_word: Final = _matches(_WORD)

ALLOWED: Final[Mapping[str, Check]] = {
    # ours and random: they lead nowhere without the database and its key
    "inbox": lambda value: _id(value) or _is_number(value),
    "delivery": lambda value: _id(value) or _is_number(value),
    "conversation": lambda value: _id(value) or _is_number(value),
    "timer": lambda value: _id(value) or _is_number(value),
    "worker": _id,
    "key": _id,
    # playbooks
    "playbook": _word,
    "revision": _id,
    # words out of our own code
    "transport": _word,
    "effect": _word,
    "kind": _word,
    "state": _word,
    "reason": _word,
    "table": _word,
    "setting": _word,
    "signal": _word,
    "language": _matches(_LANGUAGE),
    "version": _matches(_VERSION),
    "error": _matches(_CLASS),
    # how much, how long
    "attempt": _is_number,
    "count": _is_number,
    "seconds": _is_number,
    "milliseconds": _is_number,
    "bytes": _is_number,
    "status": _is_number,
    "term": _is_number,
}
"""Which keys a log line may have, and which form their values need."""

_MADE_HERE: Final = frozenset({"event", "level", "time", "logger", "at", "cause", "dropped"})
"""Keys that only this module fills, the event being checked on its own."""

QUIET: Final = (
    "aiohttp",
    "alembic",
    "apscheduler",
    "asyncio",
    "charset_normalizer",
    "httpcore",
    "httpx",  # logs the URL with the bot token at INFO
    "nio",  # logs event bodies at debug
    "peewee",
    "psycopg",
    "sqlalchemy",
    "telegram",
    "urllib3",
)
"""Libraries that are heard from warnings on only."""

_Event = MutableMapping[str, Any]


def _sieve(_logger: object, _method: str, event: _Event) -> _Event:
    """Keep what `ALLOWED` allows; an event that is no word of our code loses its words."""
    kept: dict[str, Any] = {}
    dropped = 0
    for key, value in event.items():
        check = ALLOWED.get(key)
        if key in _MADE_HERE or (check is not None and check(value)):
            kept[key] = value
        else:
            dropped += 1
    if not _word(kept.get("event")):
        kept["event"] = "unnamed"
        dropped += 1
    if dropped:
        kept["dropped"] = dropped
    return kept


def _without_made(_logger: object, _method: str, event: _Event) -> _Event:
    """Drop what only this module may write, so that no caller slips words through `at` or `logger`."""
    for key in ("at", "cause", "dropped", "logger", "time"):
        event.pop(key, None)
    return event


def places(traceback: TracebackType | None, most: int = 8) -> list[str]:
    """Return the last `most` places of a traceback, `module:line`, outermost first; no source lines, no values."""
    found: list[str] = []
    while traceback is not None:
        found.append(f"{traceback.tb_frame.f_globals.get('__name__', '?')}:{traceback.tb_lineno}")
        traceback = traceback.tb_next
    return found[-most:]


def describe(error: BaseException) -> dict[str, Any]:
    """Return what may be said of an exception: `error` (its class), `at` (places), `cause` (classes behind it)."""
    body: dict[str, Any] = {"error": _class_of(error), "at": places(error.__traceback__)}
    causes: list[str] = []
    seen = {id(error)}
    behind = error.__cause__ or error.__context__
    while behind is not None and id(behind) not in seen:
        seen.add(id(behind))
        causes.append(_class_of(behind))
        behind = behind.__cause__ or behind.__context__
    if causes:
        body["cause"] = causes
    return body


def _class_of(error: BaseException) -> str:
    kind = type(error)
    return kind.__name__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__name__}"


def _describe_exception(_logger: object, _method: str, event: _Event) -> _Event:
    info = event.pop("exc_info", None)
    event.pop("stack_info", None)
    error: BaseException | None = None
    if isinstance(info, BaseException):
        error = info
    elif isinstance(info, tuple):
        error = info[1]
    elif info:
        error = sys.exc_info()[1]
    if error is not None:
        event.update(describe(error))
    return event


def _stamp(_logger: object, method: str, event: _Event) -> _Event:
    event["level"] = {"warn": "warning", "exception": "error"}.get(method, method)
    event["time"] = dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds")
    return event


def _as_line(event: _Event) -> str:
    """One line for a terminal: time, level, event, then the rest."""
    time = str(event.pop("time", ""))[11:19]
    head = f"{time} {event.pop('level', ''):<7} {event.pop('event', '')}"
    return " ".join([head, *(f"{key}={value}" for key, value in event.items())])


# --- the way of a line ----------------------------------------------------------------------------------------------


class _Bridge(logging.Handler):
    """Takes what libraries log: who, how grave, where, and the class of the exception; never their words."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write the record as a line of the journal."""
        body: dict[str, Any] = {"bridged": (record.name, f"{record.module}:{record.lineno}")}
        if record.exc_info and record.exc_info[1] is not None:
            body["exc_info"] = record.exc_info[1]
        ours = record.name == "bot" or record.name.startswith("bot.")
        name = record.msg if ours and isinstance(record.msg, str) else "library"
        log().log(record.levelno, name, **body)


def _bridge(_logger: object, _method: str, event: _Event) -> _Event:
    bridged = event.pop("bridged", None)
    if isinstance(bridged, tuple):
        event["logger"] = bridged[0] if _CLASS.fullmatch(bridged[0]) else "?"
        event.setdefault("at", [bridged[1]])
    return event


def configure(stream: TextIO | None = None, *, pretty: bool | None = None, level: str = "info") -> None:
    """Set up the journal of this process; calling it again replaces the earlier set-up.

    `stream` defaults to standard error, `pretty` to whether that is a terminal; `level` is the least that is written
    (`debug`, `info`, `warning`, `error`, `critical`).
    """
    _journal.set_up(stream, pretty=pretty, least=logging.getLevelNamesMapping()[level.upper()])
    root = logging.getLogger()
    for handler in list(root.handlers):
        if isinstance(handler, _Bridge):
            root.removeHandler(handler)
    root.addHandler(_Bridge())
    root.setLevel(_journal.least)
    for name in QUIET:
        logging.getLogger(name).setLevel(max(_journal.least, logging.WARNING))
    _catch_the_uncaught()


class Journal:
    """Writes lines. What lies below the level costs nothing: structlog is loaded when the first line is written."""

    def __init__(self) -> None:
        self.least = logging.WARNING
        self._stream: TextIO | None = None
        self._is_pretty: bool | None = None

    def set_up(self, stream: TextIO | None = None, *, pretty: bool | None = None, least: int = logging.WARNING) -> None:
        """Write there from now on. Without a stream: wherever standard error leads at the moment of writing."""
        self.least, self._stream, self._is_pretty = least, stream, pretty

    def debug(self, event: str, **details: object) -> None:
        """Write what only matters while looking for a mistake."""
        self.log(logging.DEBUG, event, **details)

    def info(self, event: str, **details: object) -> None:
        """Write what an operator may want to know."""
        self.log(logging.INFO, event, **details)

    def warning(self, event: str, **details: object) -> None:
        """Write what was mended, or will be."""
        self.log(logging.WARNING, event, **details)

    def error(self, event: str, **details: object) -> None:
        """Write what did not work."""
        self.log(logging.ERROR, event, **details)

    def critical(self, event: str, **details: object) -> None:
        """Write what keeps everything from working."""
        self.log(logging.CRITICAL, event, **details)

    def exception(self, event: str, **details: object) -> None:
        """Write what did not work, with the exception that is being handled."""
        self.log(logging.ERROR, event, **{"exc_info": True, **details})

    def log(self, level: int, event: str, **details: object) -> None:
        """Write a line of that level."""
        if level < self.least:
            return
        self._make().log(level, event, **details)

    def _make(self) -> Any:  # noqa: ANN401 - structlog's loggers are made of what they wrap
        import structlog  # noqa: PLC0415 - a tenth of a second that a talk without trouble need not spend

        return structlog.wrap_logger(
            structlog.PrintLogger(self._stream or sys.stderr),
            processors=[_without_made, _describe_exception, _bridge, _stamp, _sieve, self._render],
            wrapper_class=structlog.make_filtering_bound_logger(self.least),
        )

    def _render(self, _logger: object, _method: str, event: _Event) -> str:
        is_pretty = (self._stream or sys.stderr).isatty() if self._is_pretty is None else self._is_pretty
        return _as_line(event) if is_pretty else json.dumps(event, ensure_ascii=False, default=str)


_journal: Final = Journal()


def log() -> Journal:
    """Return the journal. Events are words of our code (`turn_parked`), details the keys of `ALLOWED`."""
    return _journal


def _catch_the_uncaught() -> None:
    """Write what nobody caught as a line of the journal instead of a traceback with values."""

    def uncaught(kind: type[BaseException], error: BaseException, traceback: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, traceback)
            return
        log().critical("uncaught", exc_info=error)

    def uncaught_in_thread(args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None and not isinstance(args.exc_value, SystemExit):
            log().critical("uncaught_in_thread", exc_info=args.exc_value)

    def unraisable(args: Any) -> None:  # noqa: ANN401 - sys.UnraisableHookArgs exists for type checkers only
        log().error("unraisable", exc_info=args.exc_value)

    def warned(  # the shape that `warnings` asks for
        message: Warning | str,  # noqa: ARG001
        category: type[Warning],
        filename: str,
        lineno: int,
        file: TextIO | None = None,  # noqa: ARG001
        line: str | None = None,  # noqa: ARG001
    ) -> None:
        module = re.sub(r"[^A-Za-z0-9_]", "", filename.rpartition("/")[2].removesuffix(".py"))
        log().warning("warned", error=category.__name__, bridged=("warnings", f"{module}:{lineno}"))

    sys.excepthook = uncaught
    threading.excepthook = uncaught_in_thread
    sys.unraisablehook = unraisable
    warnings.showwarning = warned


def catch_loop_errors(_loop: object, context: Mapping[str, Any]) -> None:
    """Be the exception handler of an asyncio loop: its own would print tasks with their arguments."""
    log().error("loop_error", exc_info=context.get("exception"))


# --- counters -------------------------------------------------------------------------------------------------------

_counts: Counter[str] = Counter()
_guard: Final = threading.Lock()


def count(name: str, by: int = 1) -> None:
    """Add to a counter of this process. No labels: a count per person or town would be a trace of them.

    Raises:
        ValueError: the name is not a plain word of our code.
    """
    if not _word(name):
        raise ValueError("a counter's name is a plain word")
    with _guard:
        _counts[name] += by


def counts() -> dict[str, int]:
    """Return all counters since the start of this process."""
    with _guard:
        return dict(_counts)

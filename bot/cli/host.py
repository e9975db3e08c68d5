"""How a terminal gets to a writer: the one that runs, or this process.

Owns: the thread in which this process is the writer. It ends with the process, or when `close` is called.
"""

from __future__ import annotations

import asyncio
import gc
import socket
import sys
import threading
import time
from typing import TYPE_CHECKING, Final

from bot import gate
from bot.adapters.terminal_talk import UnreachableError

if TYPE_CHECKING:
    from bot.settings import Settings

PATIENCE: Final = 15.0
"""Seconds to wait for a writer that holds the folder but does not listen: it is starting or ending."""

_PAUSE: Final = 0.02

_TOO_LONG: Final = "Der Pfad des Datenordners ist zu lang. Bitte einen kürzeren wählen (--data-dir)."
_UNUSABLE: Final = (
    "Der Datenordner {folder} ist nicht beschreibbar. Bitte Rechte prüfen oder einen anderen wählen (--data-dir)."
)
_STUCK: Final = "Ein anderer Prozess ({pid}) hält den Datenordner und antwortet nicht. Bitte ihn beenden."


class Host:
    """Reaches a writer for this data folder. Called from one thread at a time."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._writer: _Writer | None = None
        # What is loaded stays: to look through it for garbage meanwhile takes a tenth of the start.
        gc.disable()

    def reach(self) -> socket.socket:
        """Connect to the writer; become it when there is none.

        Raises:
            UnreachableError: neither is possible; the message says why.
        """
        folder = self._settings.data_dir
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                connection = gate.reach(folder)
            except gate.PathTooLongError:
                raise UnreachableError(_TOO_LONG) from None
            if connection is not None:
                gc.freeze()
                gc.enable()
                return connection
            if gate.holder(folder) is None:
                self._become_writer()
                until = time.monotonic() + PATIENCE  # however long it took: it listens now, or somebody else begins to
            time.sleep(_PAUSE)
        raise UnreachableError(_STUCK.format(pid=gate.holder(folder) or "?"))

    def _become_writer(self) -> None:
        if self._writer is not None and self._writer.runs:
            return  # it has just begun, or is ending
        self._writer = _Writer(self._settings)
        try:
            self._writer.wait()
        except gate.HeldError:
            self._writer = None  # somebody else was faster: they will listen in a moment
        except OSError:
            raise UnreachableError(_UNUSABLE.format(folder=self._settings.data_dir)) from None

    def close(self) -> None:
        """End the writer, if it is ours."""
        if self._writer is not None:
            self._writer.end()


class _Writer:
    """This process as the writer, in a thread."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._started = threading.Event()
        self._error: BaseException | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop: asyncio.Event | None = None
        # A daemon: whatever happens, the person's terminal must come back to its prompt.
        self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
        self._thread.start()

    @property
    def runs(self) -> bool:
        """Whether it has not ended."""
        return self._thread.is_alive()

    def wait(self) -> None:
        """Return when it listens.

        Raises:
            HeldError: another process is the writer.
            OSError: the data folder cannot be used.
            UnreachableError: something else keeps it from running.
        """
        self._started.wait()
        if self._error is not None:
            raise self._error

    def end(self) -> None:
        """Let it finish what is in flight. While it begins that is waited for: loading cannot be broken off safely."""
        self._started.wait(PATIENCE)
        if self._loop is not None and self._stop is not None and self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stop.set)
            self._thread.join(PATIENCE)

    def _run(self) -> None:
        try:
            from bot import journal

            journal.configure(level="critical" if sys.stderr.isatty() else "warning")
            asyncio.run(self._serve())
        except (gate.HeldError, OSError, UnreachableError) as error:
            self._error = error
        except Exception as error:  # noqa: BLE001 - the person gets a sentence, the operator the journal
            from bot.journal import log

            log().critical("start_failed", exc_info=error)
            self._error = UnreachableError(explain(error))
        finally:
            self._started.set()

    async def _serve(self) -> None:
        from bot.app import serve

        self._loop = asyncio.get_running_loop()
        self._stop = asyncio.Event()
        await serve(self._settings, stop=self._stop, ready=self._started.set, terminal_only=True)


def explain(error: Exception) -> str:
    """Return a sentence for what keeps the writer from running; German words of our own errors are passed on."""
    if type(error).__module__.startswith("bot.") and str(error):
        return str(error)
    return f"Der Lotse kann hier nicht arbeiten ({type(error).__name__}). „lotse doctor“ sieht nach, woran es liegt."

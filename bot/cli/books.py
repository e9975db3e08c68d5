"""The books, for a command that works on them itself because no writer is running."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from bot import gate

if TYPE_CHECKING:
    from bot.keys import KeyRing
    from bot.settings import Settings
    from bot.storage.database import Database


@contextlib.contextmanager
def open_books_or_explain(settings: Settings) -> Iterator[tuple[Database, KeyRing] | None]:
    """Give database and key ring while the context holds; None after saying why they cannot be had."""
    from bot.app import database_url, open_books
    from bot.cli.host import explain
    from bot.keys import KeyRingError
    from bot.storage.database import DatabaseError, DatabaseHeld
    from bot.storage.migrations import NewerTables

    if database_url(settings).startswith("sqlite") and not settings.data_dir.exists():
        print(f"{settings.data_dir}: Hier liegen noch keine Daten.", file=sys.stderr)
        yield None
        return
    with contextlib.ExitStack() as stack:
        try:
            stack.enter_context(gate.hold(settings.data_dir))
            books = stack.enter_context(open_books(settings))
        except gate.HeldError:
            pid = gate.holder(settings.data_dir)
            print(f"Der Lotse läuft gerade (Prozess {pid}). Bitte ihn dafür kurz beenden.", file=sys.stderr)
            yield None
        except (KeyRingError, DatabaseError, DatabaseHeld, NewerTables) as error:
            print(explain(error), file=sys.stderr)
            yield None
        else:
            yield books


def run_errand(settings: Settings, errand: str, work: Callable[[Database, KeyRing], Any], **given: str) -> Any:  # noqa: ANN401 - each errand has a result of its own
    """Have the running writer do it, or do it here; None when neither is possible. No errand gives None."""
    from bot import errands

    try:
        return errands.ask(settings.data_dir, errand, **given)
    except errands.ErrandFailedError as error:
        print(f"Der laufende Lotse konnte es nicht ({error}). „lotse doctor“ sieht nach.", file=sys.stderr)
        return None
    except LookupError:
        with open_books_or_explain(settings) as books:
            return None if books is None else work(*books)


def store_by_errand(settings: Settings, errand: str, work: Callable[[Database, KeyRing], object], **given: str) -> bool:
    """Have the running writer store something, or store it here, where there may be no data yet; False: said why."""
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)

    def do(database: Database, ring: KeyRing) -> bool:
        work(database, ring)
        return True

    return run_errand(settings, errand, do, **given) is not None

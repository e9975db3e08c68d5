"""`lotse backup` and `lotse restore`: the books as a file, and back."""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from bot import gate
from bot.cli.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.keys import KeyRing
    from bot.settings import Settings
    from bot.storage.database import Database
    from bot.tombstones import Stone
    from bot.upkeep import Revived

_AFTER = """\
Bitte noch: neue Codes ausgeben (lotse codes rotate --overlap 0), denn es gelten wieder die von damals.
Was Menschen seit der Sicherung geschrieben haben, fehlt; wer wieder schreibt, geht dort weiter, wo er damals war."""


def run(arguments: argparse.Namespace) -> int:
    """Write a backup. 2: wrong use or nothing there; 3: the books cannot be read, or the file not be written."""
    settings = load_settings(arguments)
    if settings is None:
        return 2
    from bot import app, backup
    from bot.cli.host import explain
    from bot.clock import real_time
    from bot.keys import KeyRing, KeyRingError
    from bot.storage.database import DatabaseError

    books = app.books_path(settings)
    if books is not None and not books.exists():
        print(f"{settings.data_dir}: Hier liegen noch keine Daten.", file=sys.stderr)
        return 2
    now = real_time()
    try:
        words = arguments.recipient or ([settings.backup_recipient] if settings.backup_recipient else [])
        recipients = backup.read_recipients(words)
        ring = KeyRing.open(settings.key_path, create=False)
        path = _target(arguments.to, backup.name_of(now, encrypted=bool(recipients)))
        with _reading(settings) as database:
            counts = backup.make(database, ring, path, recipients, now)
        backup.note(settings.data_dir, now)
        gone = backup.drop_old(path, arguments.keep, now) if arguments.keep else 0
    except backup.BackupError as error:
        print(error, file=sys.stderr)
        return 2
    except (KeyRingError, DatabaseError) as error:
        print(explain(error), file=sys.stderr)
        return 3
    except OSError as error:
        print(f"{arguments.to}: Die Sicherung lässt sich nicht schreiben ({error.strerror}).", file=sys.stderr)
        return 3
    print(f"{path}: {counts.get('conversation', 0)} Gespräche, {counts.get('case_record', 0)} Fälle.")
    if not recipients:
        print("Zeiten und Zustände sind darin lesbar. Mit --recipient age1… wird sie ganz verschlüsselt.")
    if gone:
        print(f"Gelöscht, weil älter als {arguments.keep} Tage: {gone}.")
    print("Die Schlüsseldatei ist nicht darin. Ohne sie ist die Sicherung wertlos: bitte getrennt aufbewahren.")
    return 0


def _target(to: Path, name: str) -> Path:
    return to / name if to.is_dir() else to


@contextlib.contextmanager
def _reading(settings: Settings) -> Iterator[Database]:
    """The books to read from, beside a ledger that may be writing.

    Raises:
        BackupError: their tables are not of this release.
    """
    from bot import app, backup
    from bot.storage.database import Database
    from bot.storage.migrations import HEAD, stored_version
    from bot.tombstones import Tombstones

    on_disk = app.books_path(settings) is not None
    database = Database.open(app.database_url(settings), read_only=on_disk)
    try:
        if stored_version(database) != HEAD:
            raise backup.BackupError(
                "Die Tabellen sind von einer anderen Version. Bitte den Lotsen mit dieser Version einmal starten."
            )
        Tombstones(settings.data_dir).take(database)
        yield database
    finally:
        database.close()


def restore(arguments: argparse.Namespace) -> int:
    """Put a backup back. 2: no such backup, or not usable; 3: a writer is running, or the database takes nothing."""
    settings = load_settings(arguments)
    if settings is None:
        return 2
    from bot.backup import BackupError
    from bot.cli.host import explain
    from bot.keys import KeyRing, KeyRingError
    from bot.storage.copying import NotEmpty
    from bot.storage.database import DatabaseError
    from bot.storage.migrations import NewerTables

    try:
        ring = KeyRing.open(settings.key_path, create=False)
        with gate.hold(settings.data_dir):
            made, revived = _restore(settings, ring, arguments.file, arguments.identity)
    except gate.HeldError:
        pid = gate.holder(settings.data_dir)
        print(f"Der Lotse läuft gerade (Prozess {pid}). Bitte ihn zuerst beenden.", file=sys.stderr)
        return 3
    except (BackupError, KeyRingError) as error:
        print(error, file=sys.stderr)
        return 2
    except NotEmpty:
        print(
            "In dieser Datenbank sind schon Tabellen. Bitte eine leere angeben (LOTSE_DATABASE_URL).", file=sys.stderr
        )
        return 2
    except (DatabaseError, NewerTables) as error:
        print(explain(error), file=sys.stderr)
        return 3
    except OSError as error:
        print(f"{error.filename or arguments.file}: {error.strerror}.", file=sys.stderr)
        return 2
    print(f"Zurück ist der Stand vom {made:%d.%m.%Y, %H:%M} UTC: {revived.rows.get('conversation', 0)} Gespräche.")
    print(f"Seitdem gelöscht und wieder gelöscht: {revived.forgotten}.")
    print(f"Damals wartende Nachrichten, die nicht noch einmal hinausgehen: {revived.doubtful}.")
    print(_AFTER)
    return 0


def _restore(settings: Settings, ring: KeyRing, file: Path, identity: Path | None) -> tuple[dt.datetime, Revived]:
    from bot import app, backup
    from bot.clock import real_time
    from bot.storage.database import Database
    from bot.upkeep import revive

    books = app.books_path(settings)
    fresh = None if books is None else books.with_name(f"{books.name}.neu")
    with backup.open_file(file, ring, identity, settings.data_dir) as (head, parts):
        stones = _stones(settings, books)
        if fresh is not None:
            _remove(fresh)
        url = app.database_url(settings) if fresh is None else f"sqlite:///{fresh}"
        database = Database.open(url)
        try:
            revived = revive(database, head.version, parts, stones, real_time())
        finally:
            database.close()
    if books is not None and fresh is not None:
        _exchange(books, fresh, real_time())
    return dt.datetime.fromtimestamp(head.made / 1000, dt.UTC), revived


def _stones(settings: Settings, books: Path | None) -> list[Stone]:
    """Who was forgotten, from the file and from the books that are about to go, if they can still be read."""
    from bot import app
    from bot.storage.database import Database, DatabaseError
    from bot.tombstones import Tombstones

    stones = Tombstones(settings.data_dir)
    if books is not None and books.exists():
        try:
            database = Database.open(app.database_url(settings), read_only=True)
            try:
                stones.take(database)
            finally:
                database.close()
        except DatabaseError:
            print(
                "Die jetzige Datenbank lässt sich nicht lesen. Wer seit der Sicherung gelöscht hat, steht dann nur in "
                "der Datei „tombstones“.",
                file=sys.stderr,
            )
    return stones.read()


_SIDES = ("-wal", "-shm", ".lock")


def _remove(path: Path) -> None:
    for name in (path.name, *(f"{path.name}{side}" for side in _SIDES)):
        path.with_name(name).unlink(missing_ok=True)


def _exchange(books: Path, fresh: Path, now: dt.datetime) -> None:
    """Put the fresh database in the place of the old one, which stays beside it under another name."""
    if books.exists():
        aside = f"{books.name}.vor-{now:%Y%m%dT%H%M%S}"
        for side in ("", "-wal"):
            old = books.with_name(f"{books.name}{side}")
            if old.exists():
                old.rename(books.with_name(f"{aside}{side}"))
        print(f"Die bisherige Datenbank liegt als {aside} daneben. Bitte löschen, wenn sie nicht mehr gebraucht wird.")
    _remove(books)
    fresh.rename(books)
    _remove(fresh)

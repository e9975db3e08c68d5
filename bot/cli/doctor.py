"""`lotse doctor`: looks whether everything here is in order."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from bot.cli.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.doctor import Finding, State
    from bot.settings import Settings

_SIGNS = {"gut": "✓", "hinweis": "–", "fehler": "✗"}


def run(arguments: argparse.Namespace) -> int:
    """Print every finding; 1: one of them is an error."""
    settings = load_settings(arguments)
    if settings is None:
        return 2
    from bot.doctor import examine

    looks = {
        "telegram": lambda: _telegram(settings),
        "matrix": lambda: _matrix(settings),
        "mail": lambda: _mail(settings),
    }
    findings = [*examine(settings, lambda: _database(settings), looks), *_desks(settings)]
    if arguments.json:
        print(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=1))
    else:
        width = max(len(finding.name) for finding in findings)
        for finding in findings:
            print(f"{_SIGNS[finding.state]} {finding.name:<{width}}  {finding.what}")
    return 1 if any(finding.state == "fehler" for finding in findings) else 0


def _telegram(settings: Settings) -> Finding:
    """Ask the Bot API server; nothing is changed there, and nobody's messages are taken."""
    import asyncio

    from bot.adapters.telegram_looking import look
    from bot.doctor import Finding

    token = settings.telegram_token.get_secret_value() if settings.telegram_token else ""
    seen = asyncio.run(look(token, settings.telegram_base_url))
    match seen.trouble:
        case "":
            way = "Webhook" if seen.webhook else "der Lotse fragt selbst"
            return Finding("Telegram", "gut", f"@{seen.name} antwortet; {seen.waiting} Nachrichten warten; {way}")
        case "token_refused":
            return Finding("Telegram", "fehler", "Der Token gilt nicht. @BotFather gibt einen neuen.")
        case trouble:
            return Finding("Telegram", "hinweis", f"{settings.telegram_base_url} ist nicht zu erreichen ({trouble}).")


def _matrix(settings: Settings) -> Finding:
    """Ask the homeserver for the keys of the Lotse's account; nothing is changed there, and no login is made."""
    import asyncio

    from bot.adapters.matrix_looking import look
    from bot.doctor import Finding

    session, seeds = _kept(settings)
    server, user = settings.matrix_homeserver or "", settings.matrix_user or ""
    seen = asyncio.run(look(server, user, session, seeds))
    match seen.trouble:
        case "not_begun":
            return Finding("Matrix", "gut", "Gerät und Signatur entstehen beim ersten „lotse run“.")
        case "offline":
            return Finding("Matrix", "hinweis", f"{server} ist nicht zu erreichen.")
        case "session_lost":
            return Finding("Matrix", "hinweis", "Die Sitzung gilt nicht mehr; der nächste Start meldet sich neu an.")
        case "unexpected":
            return Finding("Matrix", "fehler", "Der Server lehnt die Frage nach den eigenen Schlüsseln ab.")
        case _:
            pass
    if not seen.ours:
        what = (
            "Das Konto hat andere Signaturschlüssel als der Lotse; strenge Apps hören ihn nicht. Abhilfe: "
            "LOTSE_MATRIX_PASSWORD_FILE setzen und neu starten, dann ersetzt er sie."
        )
        return Finding("Matrix", "fehler", what)
    if not seen.signed:
        return Finding(
            "Matrix", "fehler", f"Das Gerät {seen.device} ist nicht signiert; der nächste Start holt es nach."
        )
    more = f"; {seen.others} weitere Geräte am Konto, bitte abmelden" if seen.others else ""
    what = f"Gerät {seen.device} ist vom Konto signiert. Zum Vergleichen: {seen.fingerprint}{more}"
    return Finding("Matrix", "hinweis" if seen.others else "gut", what)


def _kept(settings: Settings) -> tuple[bytes | None, bytes | None]:
    """Session and signing keys of the Matrix account; None for what is not there yet or cannot be read."""
    from bot.adapters.matrix_device import SEEDS, SESSION
    from bot.app import database_url
    from bot.keepsakes import peek
    from bot.keys import KeyRing, KeyRingError
    from bot.storage.database import Database, DatabaseError

    url = database_url(settings)
    if url.startswith("sqlite") and not Path(url.partition(":///")[2]).exists():
        return None, None
    try:
        ring = KeyRing.open(settings.key_path, create=False)
        database = Database.open(url, read_only=True)
    except (KeyRingError, DatabaseError, OSError):
        return None, None
    try:
        session, seeds = peek(database, ring, "matrix", (SESSION, SEEDS))
    except (KeyRingError, DatabaseError):
        return None, None
    finally:
        database.close()
    return session, seeds


def _mail(settings: Settings) -> Finding:
    """Ask the outgoing mail server; no mail is sent."""
    from bot.adapters.mail_line import Server, look
    from bot.doctor import Finding

    match look(Server.parse(settings.smtp_url.get_secret_value() if settings.smtp_url else "")):
        case "":
            return Finding("Post", "gut", f"der Postausgang antwortet; Absender {settings.smtp_from}")
        case "login":
            return Finding("Post", "fehler", "Der Postausgang nimmt Namen oder Passwort nicht an (LOTSE_SMTP_URL).")
        case "insecure":
            return Finding("Post", "fehler", "Der Postausgang bietet keine Verschlüsselung an. Bitte einen anderen.")
        case _:
            return Finding("Post", "hinweis", "Der Postausgang ist nicht zu erreichen. Hinweise warten so lange.")


def _desks(settings: Settings) -> Iterator[Finding]:
    """Who coordinates where, and how many groups get notices; nothing where that is nobody, or cannot be read."""
    from bot.app import database_url
    from bot.caseoffice import connected
    from bot.doctor import Finding
    from bot.storage.database import Database, DatabaseError
    from bot.storage.migrations import HEAD, stored_version

    url = database_url(settings)
    if url.startswith("sqlite") and not Path(url.partition(":///")[2]).exists():
        return
    try:
        database = Database.open(url, read_only=True)
    except DatabaseError:
        return
    try:
        rows = connected(database) if stored_version(database) == HEAD else []
    except DatabaseError:
        return
    finally:
        database.close()
    for place, chats, groups in rows:
        told = f", Hinweise auch an {groups} {'Gruppe' if groups == 1 else 'Gruppen'}" if groups else ""
        state: State = "gut" if chats else "hinweis"
        seen = f"{chats} {'Zugang' if chats == 1 else 'Zugänge'}{told}"
        yield Finding(
            "Koordination", state, f"{place}: {seen}" if chats else f"{place}: niemand, der annehmen kann{told}"
        )


def _database(settings: Settings) -> Finding:
    """Look at the database, read-only."""
    from bot.app import database_url
    from bot.doctor import Finding
    from bot.storage.database import Database, DatabaseError
    from bot.storage.migrations import HEAD, stored_version

    url = database_url(settings)
    if url.startswith("sqlite") and not Path(url.partition(":///")[2]).exists():
        return Finding("Datenbank", "gut", "entsteht beim ersten Gespräch")
    try:
        database = Database.open(url, read_only=True)
    except DatabaseError as error:
        return Finding("Datenbank", "fehler", f"lässt sich nicht öffnen ({error.code})")
    try:
        stored = stored_version(database)
    except DatabaseError as error:
        return Finding("Datenbank", "fehler", f"lässt sich nicht lesen ({error.code})")
    finally:
        database.close()
    kind = "SQLite" if url.startswith("sqlite") else "PostgreSQL"
    if stored == HEAD:
        return Finding("Datenbank", "gut", f"{kind}, Stand {stored}")
    if stored is None or stored < HEAD:
        return Finding("Datenbank", "hinweis", f"{kind}, Stand {stored or 'leer'}; wird beim Start auf {HEAD} gebracht")
    return Finding("Datenbank", "fehler", f"{kind}, Stand {stored}: neuer als dieses Programm. Bitte aktualisieren.")

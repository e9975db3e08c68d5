"""`lotse doctor`: looks whether everything here is in order."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from bot.cli.settings import load_settings

if TYPE_CHECKING:
    from bot.doctor import Finding
    from bot.settings import Settings

_SIGNS = {"gut": "✓", "hinweis": "–", "fehler": "✗"}


def run(arguments: argparse.Namespace) -> int:
    """Print every finding; 1: one of them is an error."""
    settings = load_settings(arguments)
    if settings is None:
        return 2
    from bot.doctor import examine

    looks = {"telegram": lambda: _telegram(settings), "mail": lambda: _mail(settings)}
    findings = list(examine(settings, lambda: _database(settings), looks))
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

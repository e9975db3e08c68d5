"""`lotse run`: the service with the transports that the settings switch on."""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys

from bot import gate
from bot.cli.settings import load_settings

_NONE = """\
Es ist kein Kanal eingeschaltet, auf dem der Lotse erreichbar wäre.
Telegram: LOTSE_TELEGRAM_TOKEN (oder LOTSE_TELEGRAM_TOKEN_FILE) setzen.
Matrix: LOTSE_MATRIX_HOMESERVER, LOTSE_MATRIX_USER und LOTSE_MATRIX_PASSWORD_FILE setzen.
Zum Ausprobieren braucht es keinen: lotse talk"""


def run(arguments: argparse.Namespace) -> int:
    """Run until SIGTERM or Ctrl-C; 1: nothing is released; 3: no transport is on, or something is not there."""
    settings = load_settings(arguments)
    if settings is None:
        return 2
    if not settings.transports:
        print(_NONE, file=sys.stderr)
        return 3
    from bot import app, approval, journal
    from bot.cli.host import explain

    missing = [name for name in settings.transports if name not in app.TRANSPORTS]
    if missing:
        print(f"Diesen Kanal kann diese Version noch nicht: {', '.join(missing)}.", file=sys.stderr)
        return 3
    journal.configure()

    async def serve() -> None:
        stop = asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
        await app.serve(settings, stop=stop, announce=announce)

    def announce(found: approval.Approval) -> None:
        if text := found.explain():
            print(text, file=sys.stderr)

    try:
        asyncio.run(serve())
    except gate.HeldError:
        print("Auf diesem Datenordner läuft schon ein Lotse. Bitte ihn zuerst beenden.", file=sys.stderr)
        return 3
    except approval.NotApprovedError as error:
        print(error, file=sys.stderr)
        return 1
    except Exception as error:  # noqa: BLE001 - the operator gets a sentence, the journal the places
        journal.log().critical("run_failed", exc_info=error)
        print(explain(error), file=sys.stderr)
        return 3
    return 0

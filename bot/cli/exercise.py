"""`lotse exercise start`: an exercise in this process until it is ended; then its report, and nothing else is left."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import signal
import sys
from typing import TYPE_CHECKING

import msgspec

from bot.cli.settings import load_settings

if TYPE_CHECKING:
    from bot.exercise import FastClock, Report
    from bot.settings import Settings

_LOOK_EVERY = 0.5


def start(arguments: argparse.Namespace) -> int:
    """Run it. 2: no such place or playbook, or the report cannot be written; 3: the folder cannot be used."""
    settings = load_settings(arguments)
    if settings is None:
        return 2
    from bot.cli.places import pick_place
    from bot.files import Files

    worlds = Files(settings, checked=False).worlds
    place = pick_place(worlds.places, arguments.place, tenant=True)
    if place is None:
        return 2
    incidents = sorted(name for name, program in worlds.library.items() if program.root.type == "vorfall")
    if arguments.playbook not in incidents:
        print(f"Diesen Leitfaden gibt es nicht. Es gibt: {', '.join(incidents)}.", file=sys.stderr)
        return 2
    from bot import exercise, gate, journal
    from bot.cli.host import explain

    journal.configure(level="warning")
    folder = settings.data_dir / exercise.FOLDER
    if gate.holder(folder) is not None:
        print("Auf diesem Datenordner läuft schon eine Übung. Bitte sie zuerst beenden.", file=sys.stderr)
        return 3
    try:
        own = settings.model_copy(
            update={"data_dir": exercise.prepare(settings.data_dir), "database_url": None, "key_file": None}
        )
        clock = exercise.FastClock(arguments.speed)
        found = asyncio.run(_run(own, clock, (arguments.playbook, place.ags), arguments.minutes, place.name))
    except Exception as error:  # noqa: BLE001 - the operator gets a sentence, the journal the places
        journal.log().critical("exercise_failed", exc_info=error)
        print(explain(error), file=sys.stderr)
        return 3
    finally:
        exercise.purge(folder)
    body = json.dumps(msgspec.to_builtins(found), ensure_ascii=False)
    print(body if arguments.json else exercise.describe(found), flush=True)
    return 0


async def _run(settings: Settings, clock: FastClock, about: tuple[str, str], minutes: int, name: str) -> Report:
    """Serve the terminals of the exercise until its time is over, or it is ended; return the report."""
    from bot import exercise
    from bot.app import Exercise, serve

    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    running = Exercise(clock, about, lambda codes: _announce(settings, codes, about[1]))
    serving = asyncio.create_task(serve(settings, stop=stop, terminal_only=True, exercise=running))
    ending = asyncio.create_task(stop.wait())
    await asyncio.wait({serving, ending}, timeout=minutes * 60, return_when=asyncio.FIRST_COMPLETED)
    stop.set()
    await serving
    ending.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await ending
    found = running.report or exercise.Report(name, about[0], clock.speed, 0, (), ())
    return msgspec.structs.replace(found, place=name)


def _announce(settings: Settings, codes: dict[str, str], place: str) -> None:
    """How to take part."""
    from bot import invitation

    folder = settings.data_dir
    print("ÜBUNG. Eigener Speicher, der danach gelöscht wird. Kein Kanal ist an, jede Nachricht ist markiert.")
    print(f"Person:       lotse talk --data-dir {folder} --place {place}")
    print(f"Koordination: lotse talk --data-dir {folder} und dort eine dieser Einladungen schreiben:")
    for role, code in codes.items():
        print(f"  {role:<15} {invitation.show(code)}")
    print("Sobald sich jemand anmeldet, wird ein erfundener Vorgang gemeldet. Strg-C beendet.", flush=True)

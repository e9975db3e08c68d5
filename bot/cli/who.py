"""`lotse alliance who`: who is responsible there and then, with deputies and why."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.cli.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.flows.program import Program


def run(arguments: argparse.Namespace) -> int:
    """Print who is responsible. 1: nobody is; 2: the place, incident or time is none that is known."""
    settings = load_settings(arguments)
    if settings is None:
        return 2
    from bot.alliance.report import who
    from bot.cli.alliance_secret import directory_of
    from bot.documents import quote, suggest
    from bot.files import Files

    at = _moment(arguments.at, settings.timezone)
    if at is None:
        print(f"{arguments.at}: Das ist keine Zeit. Beispiel: 2026-11-21T22:00", file=sys.stderr)
        return 2
    worlds = Files(settings, checked=False).worlds
    if (wrong := _wrong_role(arguments.audience)) is not None:
        print(wrong, file=sys.stderr)
        return 2
    incidents = {name for program in worlds.library.values() for name in (program.root.id, *program.root.incidents)}
    if arguments.incident not in incidents:
        what = f"Einen Vorfall {quote(arguments.incident)} gibt es nicht."
        print(f"{what} {suggest(arguments.incident, incidents)}".strip(), file=sys.stderr)
        return 2
    program = next(p for p in worlds.library.values() if arguments.incident in (p.root.id, *p.root.incidents))
    own = _kinds(program, [program.root.id])
    named = own or _kinds(program, program.nodes)
    needs = program.root.needs or named
    # Who plans and prepares waits for the office in charge; who was attacked must not wait.
    last = _kinds(program, program.nodes) if "polizei" in needs else ()
    found = who(
        directory_of(settings, worlds),
        worlds.places,
        place=arguments.place,
        incident=arguments.incident,
        at=at,
        audience=arguments.audience,
        without=frozenset(arguments.without),
        public=arguments.public,
        others=named,  # type: ignore[arg-type]  # the check knows which kinds there are
        last=last,  # type: ignore[arg-type]
        title=program.root.title["de"],
        **({"kinds": needs} if needs else {}),  # type: ignore[arg-type]
    )
    print(json.dumps(found.data(), ensure_ascii=False) if arguments.json else found.text())
    if found.place is None:
        return 2
    return 0 if found.contacts else 1


def _kinds(program: Program, files: Iterable[str]) -> tuple[str, ...]:
    """Every kind that these files of a playbook may name, in the order in which they do; but crisis lines."""
    from bot.alliance.kinds import CRISIS
    from bot.flows.steps import ContactStep

    steps = (node.step for file in files for node in program.nodes[file].values())
    kinds = dict.fromkeys(kind for step in steps if isinstance(step, ContactStep) for kind in step.kinds)
    return tuple(kind for kind in kinds if kind != CRISIS)


def _wrong_role(audience: str) -> str | None:
    """What is wrong with the role that was named; None when there is such a role."""
    from bot.alliance.kinds import AUDIENCES
    from bot.documents import quote, suggest

    if audience and audience not in AUDIENCES:
        return f"Eine Rolle {quote(audience)} gibt es nicht. {suggest(audience, AUDIENCES)}".strip()
    return None


def _moment(text: str | None, zone: str) -> dt.datetime | None:
    """Read an ISO time; without its distance from UTC it is local. None given: now."""
    if text is None:
        return dt.datetime.now(dt.UTC)
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=ZoneInfo(zone))

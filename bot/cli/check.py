"""`lotse check`: every problem of playbooks and alliance."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.cli.settings import load_settings

if TYPE_CHECKING:
    from bot.documents import Problem
    from bot.flows.checking.local import Locality
    from bot.settings import Settings


def run(arguments: argparse.Namespace) -> int:
    """Check the paths, or everything. 1: an error was found; 2: a path cannot be read."""
    settings = load_settings(arguments)
    if settings is None:
        return 2
    from bot.alliance.kinds import KINDS
    from bot.checkreport import UNREADABLE, run_check

    text, code = run_check(
        arguments.paths or [settings.playbooks],
        arguments.format,
        dt.datetime.now(ZoneInfo(settings.timezone)).date(),
        check_alliance=partial(_check_alliance, settings),
        localities=_localities,
        contact_kinds=frozenset(KINDS),
    )
    if text:
        print(text, file=sys.stderr if code == UNREADABLE else sys.stdout)
    return code


def _check_alliance(
    settings: Settings, files: Mapping[str, bytes], today: dt.date, beside: frozenset[str]
) -> list[Problem]:
    from bot.alliance.checking import check
    from bot.alliance.kinds import INCIDENTS
    from bot.alliance.loading import load
    from bot.cli.alliance_secret import held_ways

    loaded = load(files)
    is_secret = any(one.visibility == "secret" for area in loaded.areas.values() for one in area.contacts.values())
    held = held_ways(settings) if is_secret else None
    found = check(loaded, today=today, incidents=beside | {*INCIDENTS}, held=held)
    return sorted([*loaded.problems, *found], key=lambda problem: problem.order)


def _localities(files: Mapping[str, bytes]) -> Mapping[str, Locality]:
    """Every municipality of the alliance, with its name, its form of gender and how it calls people."""
    from bot.alliance.contact import pick
    from bot.alliance.loading import load
    from bot.flows.checking.local import Locality

    return {
        area.key: Locality(area.key, pick(area.name, "de"), area.settings.gender, area.settings.address or "sie")
        for area in load(files).areas.values()
    }

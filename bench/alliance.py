"""The proof of coverage at full size: 10,800 municipalities, 14 incidents, 5 audiences, every minute of a year.

Wanted: less than 10 seconds and 500 MB. Three times: with what ships, where most municipalities know only what their
land and the federation offer; with a file of its own for every municipality, thirteen contacts each, whose hours,
closures, deputies and hand-overs are drawn from what town halls have; and the same with hours to the quarter and
closures that hardly any two have in common, so that nothing is gained by what is alike. Each in a process of its own,
so that the memory is that of the directory and the proof, and of nothing else.
"""

from __future__ import annotations

import datetime as dt
import gc
import random
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from bot.alliance.contact import Area
from bot.alliance.coverage import prove
from bot.alliance.directory import Directory
from bot.alliance.kinds import INCIDENTS, KINDS, KindId
from bot.alliance.loading import load
from bot.alliance.minutes import Year

SHIPPED = Path(__file__).parents[1] / "playbooks" / "alliance"
FIRST = dt.date(2026, 12, 1)
MUNICIPALITIES = 10_800
# How many each land has, about as in the official register; together 10,800.
LANDS = {
    "01": 1104, "02": 1, "03": 941, "04": 2, "05": 396, "06": 421, "07": 2301, "08": 1101, "09": 2056, "10": 52,
    "11": 1, "12": 413, "13": 724, "14": 418, "15": 218, "16": 651,
}  # fmt: skip
# Six kinds each, most incidents share them as playbooks do.
NEEDS: dict[str, tuple[KindId, ...]] = {
    incident: (
        "koordination", "polizei", "opferberatung",
        *(("presse", "hilfe_im_netz", "vorgesetzte") if number % 2 else ("staatsschutz", "unfallkasse", "personalrat")),
    )
    for number, incident in enumerate(name for name in INCIDENTS if name != "allgemein")
}  # fmt: skip
LOCAL: tuple[KindId, ...] = (
    "koordination", "polizei", "staatsschutz", "versammlungsbehoerde", "vorgesetzte", "presse", "personalrat",
    "unfallkasse", "meldebehoerde", "gleichstellung", "betriebsarzt", "agg_beschwerdestelle", "antidiskriminierung",
)  # fmt: skip
DRAWN = ("every town its own file", "every town its own file and hours")
OPENINGS = ("07:30", "08:00", "08:30", "09:00")
CLOSINGS = ("12:00", "15:00", "16:00", "17:30", "18:00")


def measure() -> Iterator[dict[str, object]]:
    """Run each in a process of its own; seconds of processor time, megabytes at the most."""
    for what in ("shipped", *DRAWN):
        run = subprocess.run(
            [sys.executable, "-m", "bench.alliance", what], capture_output=True, text=True, check=True, timeout=600
        )
        seconds, megabytes, classes, timetables = run.stdout.split()
        yield {
            "benchmark": "alliance",
            "what": f"coverage of {MUNICIPALITIES} municipalities, {len(NEEDS)} incidents, 5 audiences, a year: {what}",
            "seconds": float(seconds),
            "wanted_at_most": 10.0,
            "megabytes": int(megabytes),
            "megabytes_wanted_at_most": 500,
            "classes_of_gaps": int(classes),
            "timetables": int(timetables),
        }


def make_register() -> list[str]:
    """Keys as the official register has them, spread over the lands."""
    keys = [f"{land}{1 + n // 60:03}{n % 60:03}" for land, count in LANDS.items() for n in range(count)]
    assert len(keys) == MUNICIPALITIES  # noqa: S101 - a figure about fewer would be another figure
    return keys


def make_areas(keys: list[str], *, alike: bool) -> Iterator[Area]:
    """A file for every municipality, complete, drawn with a fixed seed; `alike`: as many others have it."""
    lot = random.Random(20261128)
    make = _contact if alike else _unlike
    for number, key in enumerate(keys):
        contacts = {f"c{number}_{kind}": make(lot, number, kind) for kind in LOCAL}
        yield Area.model_validate({"key": key, "name": {"de": key}, "contacts": contacts})


def _contact(lot: random.Random, number: int, kind: KindId) -> dict[str, object]:
    if kind == "polizei":
        hours = "24/7" if lot.random() < 0.5 else "Mo-Su,PH 06:00-22:00"
    else:
        hours = f"Mo-Th {lot.choice(OPENINGS)}-{lot.choice(CLOSINGS)}; Fr 08:00-12:30; PH off"
    contact: dict[str, object] = {
        "kind": kind,
        "name": {"de": KINDS[kind].title},
        "reach": [{"phone": "030 23125 001"}],
        "hours": hours,
        "mark": "bestaetigt",
        "source": "erfunden",
    }
    if lot.random() < 0.2:
        contact["closures"] = ["2026-12-24", "2026-12-31"]
    if lot.random() < 0.3:
        contact["handover"] = {"to": f"c{number}_polizei"}
    elif lot.random() < 0.1:
        contact["deputies"] = [f"c{number}_koordination"]
    if lot.random() < 0.05:
        contact["incidents"] = lot.sample(sorted(NEEDS), 3)
    return contact


def _unlike(lot: random.Random, number: int, kind: KindId) -> dict[str, object]:
    """With hours to the quarter of an hour, and closures in a week of its own."""
    contact = _contact(lot, number, kind)
    if kind != "polizei":
        opens, noon, closes = (lot.randrange(start, end, 15) for start, end in ((420, 600), (660, 780), (840, 1140)))
        days, other = lot.choice((("Mo-Th", "Fr"), ("Mo,Tu,Th,Fr", "We"), ("Mo-We,Fr", "Th"), ("Tu-Th", "Mo")))
        morning, whole = (f"{opens // 60:02}:{opens % 60:02}-{to // 60:02}:{to % 60:02}" for to in (noon, closes))
        contact["hours"] = f"{days} {whole}; {other} {morning}; PH off"
    if lot.random() < 0.4:
        first = FIRST + dt.timedelta(days=lot.randrange(355))
        contact["closures"] = ["2026-12-24", f"{first}..{first + dt.timedelta(days=lot.randrange(1, 10))}"]
    return contact


def _run(what: str) -> None:
    keys = make_register()
    loaded = load({path.name: path.read_bytes() for path in SHIPPED.glob("*.yaml")})
    areas = list(loaded.areas.values())
    if what in DRAWN:
        own = {area.prefix for area in areas}
        areas = [*areas, *(area for area in make_areas(keys, alike=what == DRAWN[0]) if area.prefix not in own)]
    directory = Directory(areas)
    gc.collect()
    gc.freeze()
    start = time.process_time()
    proof = prove(directory, keys, NEEDS, year=Year.starting(FIRST), today=FIRST)
    seconds = time.process_time() - start
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    timetables = {table for entry in directory.entries.values() for table in entry.tables}
    print(round(seconds, 2), megabytes, len(proof.gaps), len(timetables))


if __name__ == "__main__":
    _run(sys.argv[1])

"""The first page keeps what it says: the talk is the program's, the map is the house's."""

from __future__ import annotations

import datetime as dt
import os
import re
import subprocess
import sys
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.docs import commands
from tests.docs.pages import ROOT, blocks, rows
from tests.docs.written import assert_written

README = ROOT / "README.md"
OMITTED = "[…]"


def test_the_talk_is_what_the_program_says(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """What is shown is the output of `lotse talk`, from the person's first line on."""
    (block,) = blocks(README, "text auszug")
    typed = [line.removeprefix("> ") for line in block.body.splitlines() if line.startswith("> ")]
    said = _talk(tmp_path, typed)
    shown = "\n\n".join(f"> {line}\n\n{answer}" for line, answer in zip(typed, said[1:], strict=True))
    assert_written(block, f"{OMITTED}\n\n{shown}\n", request)


def _talk(folder: Path, typed: list[str], *more: str) -> list[str]:
    """What comes back at the beginning and after each line; the program is asked once for each beginning."""
    # A setting of whoever runs the tests must not change the talk.
    clean = {name: value for name, value in os.environ.items() if not name.startswith("LOTSE_")}
    run = subprocess.Popen(
        [sys.executable, "-m", "bot", "talk", "--data-dir", folder / "data", *more],
        cwd=ROOT,
        env=clean,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    )
    # A word that only the terminal knows stands between the lines, and what it answers parts the output.
    marked = [line for text in typed for line in (":trenner", text)]
    out, _ = run.communicate("\n".join([*marked, ":trenner", ""]), timeout=60)
    assert run.returncode == 0, out
    parts = re.split(r"\[Das Wort mit Doppelpunkt kenne ich nicht\.[^\]]*\]", out)
    return [part.strip() for part in parts[: len(typed) + 1]]


# What a person says before a case is stored; shown is what follows.
BEFORE = (
    "in der kantine machen sie rassistische sprüche über mich",
    *("nein", "ja", "geht so", "3", "von kollegen", "1, fertig", "nein", "nein, noch nicht", "heute keinen", "gestern"),
    *("reicht", "ja"),
)
# Said between the lines that are shown: agreeing to a check-in, and to nothing more.
BETWEEN = {"> so speichern": ["nur in 2 wochen", "nein"]}
SIDES = {"Person": ("--place", "Musterstadt"), "Koordination": ("--as", "koordination")}
_NUMBER = re.compile(r"\b\d{4} \d{4}\b")
_WHEN = re.compile(r"\b(?:\w+tag|Mittwoch), \d+\. \w+ \d{4}(, \d+:\d\d Uhr)?")


def test_a_case_is_what_both_sides_see(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """The lines that are shown, typed in two terminals on one data folder in turn; numbers and days are other ones."""
    (block,) = blocks(README, "text vorgang")
    morning = dt.datetime.now(ZoneInfo("Europe/Berlin")).replace(hour=10, minute=0) + dt.timedelta(days=1)
    minutes = int((morning - dt.datetime.now(dt.UTC)).total_seconds() // 60)
    _talk(tmp_path, ["hilfe"], *SIDES["Koordination"])
    _talk(tmp_path, [f":vor {minutes}m", *BEFORE], *SIDES["Person"])
    shown = []
    for part in re.split(r"\n\n(?=— )", block.body.strip()):
        title, *rest = part.splitlines()
        typed = [line.removeprefix("> ") for line in rest if line.startswith("> ")]
        said = _talk(tmp_path, typed, *SIDES[title.split()[1]])
        talk = "\n\n".join(f"> {line}\n\n{answer}" for line, answer in zip(typed, said[1:], strict=True))
        shown.append(f"{title}\n\n{talk}")
        for line in typed:
            if f"> {line}" in BETWEEN:
                _talk(tmp_path, BETWEEN[f"> {line}"], *SIDES["Person"])
    text = _NUMBER.sub("4812 9037", "\n\n".join(shown))
    text = re.sub(r"\n*\[Die Uhr steht [^\]]*\]", "", text)
    text = _WHEN.sub(lambda found: "Mittwoch, 25. November 2026" + (", 14:00 Uhr" if found[1] else ""), text)
    assert_written(block, f"{text}\n", request)


def test_the_coverage_is_that_of_what_ships(request: pytest.FixtureRequest) -> None:
    """The first three classes of gaps and the sums, as `lotse alliance coverage` prints them for a fixed year."""
    (block,) = blocks(README, "text abdeckung")
    clean = {name: value for name, value in os.environ.items() if not name.startswith("LOTSE_")}
    run = subprocess.run(
        [sys.executable, "-m", "bot", "alliance", "coverage", "--start", "2026-12-01"],
        cwd=ROOT,
        env=clean,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 1, run.stderr
    lines = run.stdout.splitlines()
    assert_written(block, "\n".join([*lines[:7], OMITTED, *lines[-3:]]) + "\n", request)


def test_the_map_names_every_room() -> None:
    """Every folder of the bot and of the repository is on the map, and nothing else."""
    table = {cell.strip("`").rstrip("/") for row in rows(README, "The map of the house") for cell in row[:1]}
    rooms = {f"bot/{path.name}" for path in (ROOT / "bot").iterdir() if (path / "__init__.py").exists()}
    assert rooms <= table
    tops = {"playbooks", "tests", "bench", "docs"}
    assert tops <= table


def test_the_two_commands_are_there() -> None:
    """The page names the two commands first and by themselves; of whatever it has typed, make has the targets."""
    first, *others = (block.body.splitlines() for block in blocks(README, "console"))
    assert first == ["$ make talk", "$ make test"]
    typed = re.findall(r"\bmake ([a-z-]+)", "\n".join(line for lines in (first, *others) for line in lines))
    assert set(typed) <= commands.targets()


def test_the_count_of_words_is_right() -> None:
    """Four words are named, and the others are counted."""
    told = rows(ROOT / "docs" / "handbuch" / "gespraech.md", "Worte, die immer gelten")
    numbers = ("nine", "ten", "eleven", "twelve", "thirteen")
    (said,) = re.findall(r"\[(\w+) more words\]", README.read_text(encoding="utf-8"))
    assert numbers.index(said) + 9 == len(told) - 4


# Of the interface: acceptance checks, labels of sample sentences and coordinators' habits rely on them.
INCIDENTS = """
shitstorm demo_wohnhaus veranstaltung_eskalation aussendienst_angriff skepsis_intern fuersprecher_belaechelt
rassistische_witze keine_schutzstruktur bedrohung doxxing sachbeschaedigung ratssitzung_sprechstunde
koerperlicher_angriff unterstuetzende
"""
MODULES = "clearing fuehrung kommunikation erweiterte_allianz kollegiale_beratung fortbildung"


def test_every_incident_and_module_has_a_playbook() -> None:
    """As the page says; under the ids that others rely on."""
    assert "Every incident of the programme has a playbook, and so have its modules" in README.read_text("utf-8")
    files = {path.stem for path in (ROOT / "playbooks").glob("*.yaml")}
    assert {*INCIDENTS.split(), *MODULES.split()} <= files


def test_every_playbook_is_on_its_page() -> None:
    """The page for coordinators lists each playbook that a person can be led to, and no other."""
    page = ROOT / "docs" / "handbuch" / "leitfaeden.md"
    listed = re.findall(r"^\| `(\w+)` \|", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    files = (ROOT / "playbooks").glob("*.yaml")
    assert sorted(listed) == sorted(path.stem for path in files if "\nincidents:" in path.read_text(encoding="utf-8"))

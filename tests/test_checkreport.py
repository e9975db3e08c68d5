"""What `lotse check` prints, in its three forms, and its exit codes."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.checkreport import run_check
from bot.documents import Problem
from bot.flows.checking.local import Locality
from tests.flows.mistakes import good_files

TODAY = dt.date(2026, 11, 22)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder `leitfaeden` with the good files, below the current folder."""
    folder = tmp_path / "leitfaeden"
    folder.mkdir()
    for name, data in good_files().items():
        (folder / name).write_bytes(data)
    monkeypatch.chdir(tmp_path)
    return folder


def spoil(folder: Path) -> None:
    """One error and one warning in `vorfall.yaml`."""
    path = folder / "vorfall.yaml"
    text = (
        path.read_text().replace("go: stufe}", "go: stuffe}", 1).replace("Was ist die Lage?", "Was ist? Die Lage.", 1)
    )
    path.write_text(text)


def test_nothing_found(folder: Path) -> None:
    """Fine is 0."""
    assert run_check([folder], "text", TODAY) == ("5 Dateien geprüft: 0 Fehler, 0 Warnungen.", 0)
    assert run_check([folder / "vorfall.yaml"], "text", TODAY) == ("1 Datei geprüft: 0 Fehler, 0 Warnungen.", 0)


def test_text(folder: Path) -> None:
    """One line a problem, with the path as one would type it, and a sum at the end."""
    spoil(folder)
    said, code = run_check([folder], "text", TODAY)
    assert code == 1
    lines = said.splitlines()
    assert lines[0].startswith("leitfaeden/vorfall.yaml:22:16: warning frage-nicht-am-ende: ")
    assert any(line.startswith("leitfaeden/vorfall.yaml:24:") and "error ziel-fehlt: " in line for line in lines)
    assert lines[-1] == "5 Dateien geprüft: 1 Fehler, 1 Warnung."


def test_warnings_are_no_reason_to_fail(folder: Path) -> None:
    """A review that is due is said; the exit code stays 0."""
    said, code = run_check([folder], "text", dt.date(2031, 1, 1))
    assert code == 0
    assert said.count("pruefung-faellig") == 5


def test_file_is_checked_beside_its_neighbours(folder: Path) -> None:
    """Only its own problems are said, but what it calls is known."""
    spoil(folder)
    assert run_check([folder / "abschluss.yaml"], "text", TODAY)[1] == 0
    assert run_check([folder / "vorfall.yaml"], "text", TODAY)[1] == 1


def test_json(folder: Path) -> None:
    """For programs: everything, with how much of each language is there."""
    spoil(folder)
    said, code = run_check([folder], "json", TODAY)
    report = json.loads(said)
    assert code == 1
    assert (report["files"], report["errors"]) == (5, 1)
    assert {"file", "line", "column", "severity", "code", "what", "todo", "example"} == report["problems"][0].keys()
    assert report["languages"]["empfang"]["en"] == {"texts": 8, "of": 8}


def test_github(folder: Path) -> None:
    """Workflow commands: what would end one is escaped."""
    spoil(folder)
    said, _code = run_check([folder], "github", TODAY)
    lines = said.splitlines()
    assert len(lines) == 2
    assert lines[0].startswith("::warning file=leitfaeden/vorfall.yaml,line=22,col=16,title=frage-nicht-am-ende::")
    path = folder / "nachfrage.yaml"
    path.write_text(path.read_text().replace("    tags: [abschluss]\n", ""))
    said, _code = run_check([path], "github", TODAY)
    assert "%0ALotse: Wie geht es Ihnen?" in said


def test_language_that_is_not_complete_is_summed_up(folder: Path) -> None:
    """How far a further language is stands below the problems."""
    path = folder / "empfang.yaml"
    path.write_text(path.read_text().replace("title: {", "title: {tr: Karşılama, ", 1))
    said, code = run_check([folder], "text", TODAY)
    assert code == 0
    assert "empfang: tr 1 von 8 Texten" in said


def test_alliance_is_handed_on(folder: Path) -> None:
    """The folder `alliance` below is checked by whoever knows it, under its own paths, with the incidents beside it."""
    (folder / "alliance").mkdir()
    (folder / "alliance" / "stadt.yaml").write_text("x")
    seen: dict[str, bytes] = {}

    def check_alliance(files: Mapping[str, bytes], today: dt.date, beside: frozenset[str]) -> list[Problem]:
        assert (today, beside) == (TODAY, frozenset({"vorfall"}))
        seen.update(files)
        return [Problem("leitfaeden/alliance/stadt.yaml", 1, 1, "error", "probe", "Was.", "Tun.")]

    said, code = run_check([folder], "text", TODAY, check_alliance=check_alliance)
    assert seen == {"leitfaeden/alliance/stadt.yaml": b"x"}
    assert code == 1
    assert said.startswith("leitfaeden/alliance/stadt.yaml:1:1: error probe: Was. Tun.")


HERE = "00000000"


@pytest.fixture
def own(folder: Path) -> Path:
    """A municipality with a file of its own that promises too much."""
    place = folder / "orte" / HERE
    place.mkdir(parents=True)
    text = (folder / "vorfall.yaml").read_text(encoding="utf-8")
    (place / "vorfall.yaml").write_text(
        text.replace("Jetzt können Sie melden.", "Alles wird gut.", 1), encoding="utf-8"
    )
    (folder / "alliance").mkdir()
    return place


@pytest.mark.parametrize(
    "path", ["", "orte", f"orte/{HERE}", f"orte/{HERE}/vorfall.yaml"], ids=["all", "orte", "place", "file"]
)
def test_own_files_are_checked_with_the_common_ones(folder: Path, own: Path, path: str) -> None:
    """From wherever they are named, under their own paths; what they call is known."""
    said, code = run_check([folder / path], "text", TODAY)
    assert code == 1
    assert said.startswith(f"leitfaeden/orte/{HERE}/vorfall.yaml:")
    assert "versprechen" in said
    assert said.count("error") == 1


def test_common_file_alone_says_nothing_about_own_ones(folder: Path, own: Path) -> None:
    """Who asks about one file is told about that file."""
    assert run_check([folder / "vorfall.yaml"], "text", TODAY)[1] == 0


def test_own_files_that_nobody_reads(folder: Path, own: Path) -> None:
    """No file of the alliance has this key."""
    said, _code = run_check([folder], "text", TODAY, localities=lambda _files: {"1": Locality("1", "Anderswo")})
    assert "ort-unbekannt" in said
    said, _code = run_check([folder], "text", TODAY, localities=lambda _files: {HERE: Locality(HERE, "Hier")})
    assert "ort-unbekannt" not in said


def test_gender_style_of_a_municipality_without_own_files(folder: Path) -> None:
    """Its people read the common files, so they are read with its style."""
    (folder / "alliance").mkdir()
    path = folder / "vorfall.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("Jetzt können", "Kolleg:innen können", 1), encoding="utf-8"
    )
    said, code = run_check([folder], "text", TODAY, localities=lambda _files: {"1": Locality("1", "Dort", "neutral")})
    assert code == 0
    assert "gender-stil: Dort (1) schreibt „gender: neutral“" in said


@pytest.mark.parametrize("name", ["nichts", "nichts.yaml", "text.txt", "link.yaml"])
def test_unreadable_path(folder: Path, name: str) -> None:
    """What is not there, or no YAML file, or a link, is 2."""
    (folder / "text.txt").write_text("x")
    if name == "link.yaml":
        (folder / name).symlink_to(folder / "vorfall.yaml")
    said, code = run_check([folder / name], "text", TODAY)
    assert code == 2
    assert said

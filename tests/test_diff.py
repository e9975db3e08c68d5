"""`lotse diff`: what an edit of the shipped playbooks means, in sentences."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from bot.cli import main
from tests.flows.worlds import PLAYBOOKS


@pytest.fixture
def edited(tmp_path: Path) -> Path:
    """A copy of the shipped playbooks."""
    return Path(shutil.copytree(PLAYBOOKS, tmp_path / "leitfaeden"))


def edit(folder: Path, name: str, old: str, new: str) -> None:
    """Replace the first place where `old` stands in a file."""
    path = folder / f"{name}.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def run(*words: str | Path) -> int:
    """Call the command; returns its exit code."""
    try:
        return main([str(word) for word in ("diff", *words)]) or 0
    except SystemExit as end:
        return int(end.code or 0)


def test_nothing_changed(edited: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The same files say the same."""
    assert run(PLAYBOOKS, edited) == 0
    assert capsys.readouterr().out == "Kein Unterschied für die Menschen.\n"


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("demo_wohnhaus", "questions: 17", "questions: 14", "14"),
        ("checkin", "review_by: 2027-02-21", "review_by: 2027-03-21", "2027"),
        ("baustein_sicherheit", "Ist jemand verletzt?", "Ist jemand zu Schaden gekommen?", "zu Schaden"),
    ],
    ids=["limit", "review date", "text"],
)
def test_edit_is_said(
    edited: Path, capsys: pytest.CaptureFixture[str], name: str, old: str, new: str, said: str
) -> None:
    """An edit is told in German, and the exit code says that there is one."""
    edit(edited, name, old, new)
    assert run(PLAYBOOKS, edited) == 1
    assert said in capsys.readouterr().out


def test_lost_evidence_is_said_first(edited: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A building block that is no longer called is named, as data too."""
    path = edited / "allgemein.yaml"
    path.unlink()
    assert run(PLAYBOOKS, edited, "--json") == 1
    (change, *_) = json.loads(capsys.readouterr().out)
    assert change["playbook"] == "allgemein"
    assert change["sentence"].startswith("Entfällt ganz")


def test_broken_and_missing_files(edited: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What cannot be read is said with its place."""
    edit(edited, "shitstorm", "kind: message", "kind: massage")
    assert run(PLAYBOOKS, edited) == 2
    assert "shitstorm.yaml:" in capsys.readouterr().err
    assert run(PLAYBOOKS, edited / "nirgends") == 2


def test_own_files_of_a_municipality(edited: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What only one municipality reads is said below its key; what changes for all is said once."""
    own = edited / "orte" / "00000000"
    shutil.copy(edited / "baustein_familie.yaml", own)
    edit(own, "baustein_familie", "Dann denken wir sie mit.", "Dann denken wir an sie.")
    edit(edited, "checkin", "review_by: 2027-02-21", "review_by: 2027-03-21")
    without = edited.with_name("ohne")
    shutil.copytree(edited, without, ignore=shutil.ignore_patterns("orte"))
    assert run(without, edited) == 1
    first, *rest = capsys.readouterr().out.splitlines()
    assert first == "Nur in der Kommune 00000000:"
    assert any("Dann denken wir an sie." in line for line in rest)
    edit(without, "checkin", "review_by: 2027-03-21", "review_by: 2027-02-21")
    assert run(without, edited, "--json") == 1
    changes = json.loads(capsys.readouterr().out)
    assert [change.get("place") for change in changes if change["playbook"] == "checkin"] == [None]
    assert {change.get("place") for change in changes if change["playbook"] == "baustein_familie"} == {"00000000"}

"""A release stands in the file, vouches for its content, and leaves everything else as it was."""

# ruff: noqa: E501 - a file stands on one line, so that its form is seen beside the others

from __future__ import annotations

import datetime as dt
import difflib
from pathlib import Path

import pytest

from bot.flows.loading import load
from bot.flows.playbook import Playbook
from bot.release import ReleaseRefusedError, release, write_release
from tests.flows.mistakes import good_files

TODAY = dt.date(2026, 11, 22)
PLAYBOOKS = sorted((Path(__file__).parents[1] / "playbooks").glob("*.yaml"))

FORMS = {
    "status in the middle": "# Kopf\nid: a\ntype: baustein\nstatus: entwurf # noch\ntitle: {de: x}\nreview_by: 2030-01-01\nsteps:\n  e: {kind: end}\n",
    "no status": "id: a\ntype: baustein\n\n# Titel\ntitle: {de: x}\nreview_by: 2030-01-01\nsteps:\n  e: {kind: end}\n",
    "no type": "id: a\ntitle: {de: x}\nreview_by: 2030-01-01\nsteps:\n  e: {kind: end}\n",
    "released before": "id: a\nstatus: freigegeben\nreleased:\n  by: Alt\n  at: 2025-01-01\n  content: abc\n\n# bleibt\ntitle: {de: x}\nreview_by: 2030-01-01\nsteps:\n  e: {kind: end}\n",
    "released at the end": "id: a\ntitle: {de: x}\nreview_by: 2030-01-01\nsteps:\n  e: {kind: end}\nreleased: {by: Alt, at: 2025-01-01, content: abc}\n",
    "status at the end, no line end": "id: a\ntitle: {de: x}\nreview_by: 2030-01-01\nsteps:\n  e: {kind: end}\nstatus: entwurf",
    "lines of Windows": "id: a\r\ntitle: {de: x}\r\nreview_by: 2030-01-01\r\nsteps:\r\n  e: {kind: end}\r\n",
}


def playbook_of(text: str, name: str = "a.yaml") -> Playbook:
    """The one playbook of a text."""
    loaded = load({name: text.encode()})
    assert loaded.problems == ()
    (playbook,) = loaded.playbooks.values()
    return playbook


def lines_changed(old: str, new: str) -> tuple[list[str], list[str]]:
    """The lines that are gone and the lines that are new."""
    differ = list(difflib.ndiff(old.splitlines(), new.splitlines()))
    return [line[2:] for line in differ if line[0] == "-"], [line[2:] for line in differ if line[0] == "+"]


@pytest.mark.parametrize("form", FORMS)
def test_release_is_written(form: str) -> None:
    """Whatever the form: released, by whom, for this content, and the content is the same."""
    text = FORMS[form]
    new = write_release(text, "a.yaml", "Dr. Ö. „Test“: #1", TODAY)
    before, after = playbook_of(text), playbook_of(new)
    assert after.status == "freigegeben"
    assert after.released is not None
    assert (after.released.by, after.released.at) == ("Dr. Ö. „Test“: #1", TODAY)
    assert after.released.content == after.content_hash() == before.content_hash()
    for comment in ("# Kopf", "# noch", "# Titel", "# bleibt"):
        assert (comment in new) == (comment in text)
    assert ("\r\n" in new) == ("\r\n" in text)
    assert new.count("\n") == new.count("\r\n") or "\r\n" not in text


@pytest.mark.parametrize("path", PLAYBOOKS, ids=[path.stem for path in PLAYBOOKS])
def test_shipped_playbook_changes_only_where_it_must(path: Path) -> None:
    """Of a real playbook only the status line goes, and five lines come."""
    text = path.read_text(encoding="utf-8")
    gone, come = lines_changed(text, write_release(text, path.name, "Testperson", TODAY))
    assert gone in ([], ["status: entwurf"])
    assert [line.partition(":")[0] for line in come] == ["status", "released", "  by", "  at", "  content"]


def test_releasing_again_changes_only_who_and_when() -> None:
    """A second release replaces the first."""
    once = write_release(FORMS["no status"], "a.yaml", "Eins", TODAY)
    twice = write_release(once, "a.yaml", "Zwei", TODAY + dt.timedelta(days=1))
    assert lines_changed(once, twice) == (
        ['  by: "Eins"', "  at: 2026-11-22"],
        ['  by: "Zwei"', "  at: 2026-11-23"],
    )


def test_edit_after_the_release_makes_it_void() -> None:
    """The hash no longer fits."""
    playbook = playbook_of(write_release(FORMS["no status"], "a.yaml", "Eins", TODAY).replace("de: x", "de: y"))
    assert playbook.released is not None
    assert playbook.released.content != playbook.content_hash()


@pytest.mark.parametrize(
    "text",
    [
        "{id: a, title: {de: x}, review_by: 2030-01-01, steps: {e: {kind: end}}}",
        "  id: a\n  title: {de: x}\n  review_by: 2030-01-01\n  steps:\n    e: {kind: end}\n",
        "id: a\n",
    ],
)
def test_form_that_cannot_be_written_is_refused(text: str) -> None:
    """Rather no release than a wrong place for it."""
    with pytest.raises(ReleaseRefusedError):
        write_release(text, "a.yaml", "Eins", TODAY)


# --- files ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the good files."""
    for name, data in good_files().items():
        (tmp_path / name).write_bytes(data)
    return tmp_path


def test_folder_is_released(folder: Path) -> None:
    """Every file of a folder, and the check agrees."""
    said, code = release([folder], "Testperson", TODAY)
    assert code == 0
    assert len(said.splitlines()) == len(good_files())
    loaded = load({path.name: path.read_bytes() for path in folder.glob("*.yaml")})
    assert {playbook.status for playbook in loaded.playbooks.values()} == {"freigegeben"}


def test_file_keeps_its_rights_and_leaves_no_copy(folder: Path) -> None:
    """The file is replaced in one step."""
    path = folder / "nachfrage.yaml"
    path.chmod(0o640)
    assert release([path], "Testperson", TODAY)[1] == 0
    assert path.stat().st_mode & 0o777 == 0o640
    assert sorted(entry.name for entry in folder.iterdir()) == sorted(good_files())


@pytest.mark.parametrize("file", ["vorfall.yaml", "abschluss.yaml"], ids=["the file itself", "a block that it calls"])
def test_errors_hinder_a_release(folder: Path, file: str) -> None:
    """A file is not released while there is an error in it or in what it calls."""
    path = folder / file
    path.write_text(path.read_text().replace("go: ", "go: x", 1))
    before = (folder / "vorfall.yaml").read_bytes()
    said, code = release([folder / "vorfall.yaml"], "Testperson", TODAY)
    assert code == 1
    assert "ziel-fehlt" in said
    assert (folder / "vorfall.yaml").read_bytes() == before


def test_own_file_of_a_municipality_is_released(folder: Path) -> None:
    """Together with what it calls; an error in it, or in a common block, hinders it."""
    own = folder / "orte" / "00000000"
    own.mkdir(parents=True)
    path = own / "vorfall.yaml"
    path.write_bytes((folder / "vorfall.yaml").read_bytes())
    assert release([path], "Testperson", TODAY)[1] == 0
    assert "status: freigegeben" in path.read_text(encoding="utf-8")
    assert "status: freigegeben" not in (folder / "vorfall.yaml").read_text(encoding="utf-8")
    path.write_text(path.read_text(encoding="utf-8").replace("go: ", "go: x", 1), encoding="utf-8")
    assert release([path], "Testperson", TODAY)[1] == 1


def test_void_release_is_mended(folder: Path) -> None:
    """The error that a release is void does not hinder the release that mends it."""
    path = folder / "nachfrage.yaml"
    release([path], "Eins", TODAY)
    path.write_text(path.read_text().replace("Alles Gute.", "Machen Sie es gut.", 1))
    assert release([path], "Zwei", TODAY)[1] == 0


@pytest.mark.parametrize(("name", "by"), [("fehlt.yaml", "Eins"), ("nachfrage.yaml", "  "), ("nachfrage.txt", "Eins")])
def test_wrong_use(folder: Path, name: str, by: str) -> None:
    """A path that is not there, or nobody who releases."""
    assert release([folder / name], by, TODAY)[1] == 2

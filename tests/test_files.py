"""The playbook folder while it is edited: what is good is taken, what is broken changes nothing."""

import os
import shutil
from pathlib import Path

import pytest

from bot.alliance.places import Place
from bot.alliance.register import Register
from bot.files import Files, NoReceptionError
from bot.gazetteer import FILE, keep
from bot.settings import read_settings

pytestmark = pytest.mark.slow

PLAYBOOKS = Path(__file__).resolve().parent.parent / "playbooks"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped files."""
    return Path(shutil.copytree(PLAYBOOKS, tmp_path / "leitfaeden"))


def edit(path: Path, before: str, after: str) -> None:
    """Change a file so that it is seen to have changed."""
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    os.utime(path, (path.stat().st_atime, path.stat().st_mtime + 10))


def read(folder: Path, *, checked: bool = False) -> Files:
    """The files of that folder."""
    return Files(read_settings({}, given={"playbooks": folder, "data_dir": folder.parent / "daten"}), checked=checked)


@pytest.mark.parametrize("checked", [False, True])
def test_shipped_files_are_all_there(folder: Path, checked: bool) -> None:
    """With or without the check of every path the library is the same."""
    library = read(folder, checked=checked).worlds.library
    assert {"empfang", "shitstorm", "demo_wohnhaus", "veranstaltung_eskalation", "allgemein", "checkin"} <= set(library)


def test_an_edit_is_taken(folder: Path) -> None:
    """A new text is there after the next look; what stayed the same keeps its revision."""
    files = read(folder)
    before = {name: program.revision for name, program in files.worlds.library.items()}
    edit(folder / "shitstorm.yaml", "review_by: 2027-02-21", "review_by: 2027-02-20")
    files.refresh()
    after = {name: program.revision for name, program in files.worlds.library.items()}
    assert {name for name in after if after[name] != before[name]} == {"shitstorm"}


def test_an_utterance_counts_at_the_next_reading(folder: Path) -> None:
    """What a coordinator adds to a file leads to the playbook after the next look, without a training or a release.

    The folder itself stays as it is until then, and a file with a mistake keeps what it said.
    """
    files, path = read(folder), folder / "utterances" / "sachbeschaedigung.yaml"
    text = "Der Quastenflosser im Foyer ist umgekippt worden"
    revisions = {name: program.revision for name, program in files.worlds.library.items()}
    before = files.worlds.matcher.match(text)
    edit(path, "  de:\n", f"  de:\n    - {text}\n")
    assert files.worlds.matcher.match(text) == before
    files.refresh()
    after = files.worlds.matcher.match(text)
    assert (after.kind, after.candidates[0].id) == ("playbook", "sachbeschaedigung")
    assert (before.kind, before.candidates[:1]) != (after.kind, after.candidates[:1])
    assert {name: program.revision for name, program in files.worlds.library.items()} == revisions
    edit(path, "  de:\n", "  de: {\n")
    files.refresh()
    assert files.worlds.matcher.match(text) == after
    assert any(problem.file.endswith("sachbeschaedigung.yaml") for problem in files.problems)
    path.unlink()
    files.refresh()
    assert files.worlds.matcher.match(text) != after


def test_what_sentences_mean_is_read_when_switched_on(folder: Path) -> None:
    """The setting reaches the matcher, and the municipality's own; without it nothing is loaded."""
    given = {"playbooks": folder, "data_dir": folder.parent / "daten"}
    on = Files(read_settings({}, given=given | {"embeddings": True}), checked=False).worlds.matcher
    off = read(folder).worlds.matcher
    assert (on._encoder is None, off._encoder is None) == (False, True)


def test_a_broken_edit_changes_nothing(folder: Path) -> None:
    """The playbook stays as it was; the problem is there to be shown."""
    files = read(folder, checked=True)
    before = {name: program.revision for name, program in files.worlds.library.items()}
    (folder / "shitstorm.yaml").write_text("id: shitstorm\nsteps: {", encoding="utf-8")
    files.refresh()
    assert {name: program.revision for name, program in files.worlds.library.items()} == before
    assert any(problem.file.endswith("shitstorm.yaml") for problem in files.problems)


def test_a_broken_alliance_file_changes_nothing(folder: Path) -> None:
    """Its contacts stay; a good edit beside it is taken."""
    files = read(folder)
    before = {area.key for area in files.areas}
    (folder / "alliance" / "augsburg.yaml").write_text("key: 1\n", encoding="utf-8")
    edit(folder / "alliance" / "kassel.yaml", "name:", "aliases: [Documenta-Stadt]\nname:")
    files.refresh()
    assert {area.key for area in files.areas} == before
    assert files.worlds.places.find("documenta stadt")[0].name == "Kassel"
    assert any("augsburg" in problem.file for problem in files.problems)


@pytest.mark.parametrize(
    ("file", "before", "after"),
    [
        ("musterstadt.yaml", "- phone: 030 23125 220\n", "- phone: 030 23125 22\n"),
        ("musterstadt.yaml", "deputies: [musterstadt_koordination_vertretung]", "deputies: [musterstadt_kordination]"),
        ("musterstadt.yaml", "hours: Mo-Fr 08:00-14:00; PH off", "hours: Mo-Fr 8 bis 14 Uhr"),
        ("musterstadt.yaml", "incidents: [shitstorm, doxxing, bedrohung]", "incidents: [shitstom]"),
        ("bund.yaml", "contacts:\n", "contacts: {}\nhinten:\n"),
    ],
)
def test_what_the_check_refuses_never_replaces_what_was_good(folder: Path, file: str, before: str, after: str) -> None:
    """Not only what cannot be read: a number that nobody can dial, a deputy whom nobody knows; mended, it is taken."""
    files = read(folder)
    files.refresh()
    good = {area.key: area for area in files.areas}
    path = folder / "alliance" / file
    text = path.read_text(encoding="utf-8")
    edit(path, before, after)
    files.refresh()
    assert {area.key: area for area in files.areas} == good
    assert any(problem.severity == "error" and problem.file == file for problem in files.problems)
    path.write_text(text.replace("aliases: [Musterstadt]", "aliases: [Musterstadt, Musterhausen]"), encoding="utf-8")
    os.utime(path, (path.stat().st_atime, path.stat().st_mtime + 20))
    files.refresh()
    assert not any(problem.severity == "error" for problem in files.problems)
    assert bool(files.worlds.places.find("musterhausen")) is (file == "musterstadt.yaml")


def test_the_federation_is_not_lost(folder: Path) -> None:
    """Without it nobody would be left somewhere: a file that was moved away by mistake is kept."""
    files = read(folder)
    files.refresh()
    (folder / "alliance" / "bund.yaml").unlink()
    files.refresh()
    assert "bund" in {area.key for area in files.areas}
    (folder / "alliance" / "kassel.yaml").unlink()
    files.refresh()
    assert not any(area.key == "06611000" for area in files.areas)


def test_at_a_start_a_mistake_costs_one_contact(folder: Path) -> None:
    """There is no good form to fall back to: the mistaken contact is left out, its neighbours are not."""
    edit(folder / "alliance" / "musterstadt.yaml", "- phone: 030 23125 220\n", "- phone: 030 23125 22\n")
    files = read(folder, checked=True)
    (town,) = (area for area in files.areas if area.fictional)
    assert "musterstadt_presse" not in town.contacts
    assert {"musterstadt_polizei", "musterstadt_bereitschaft", "musterstadt_agg", "musterstadt_zeitung"} <= set(
        town.contacts
    )


def test_what_a_terminal_began_with_is_checked_at_the_next_look(folder: Path) -> None:
    """It takes what can be read; the first look drops what is mistaken."""
    edit(folder / "alliance" / "musterstadt.yaml", "- phone: 030 23125 220\n", "- phone: 030 23125 22\n")
    files = read(folder)
    assert "musterstadt_presse" in {name for area in files.areas for name in area.contacts}
    files.refresh()
    assert "musterstadt_presse" not in {name for area in files.areas for name in area.contacts}
    assert [problem.code for problem in files.problems if problem.severity == "error"] == ["erfundene-nummer"]


def test_no_reception_no_talk(folder: Path) -> None:
    """Without it nothing can begin: said so, with what to do. Taken away later, the old one stays."""
    files = read(folder, checked=True)
    (folder / "empfang.yaml").unlink()
    files.refresh()
    assert "empfang" in files.worlds.library
    for checked in (False, True):
        with pytest.raises(NoReceptionError, match="lotse check"):
            read(folder, checked=checked)


def test_no_alliance_is_a_fair_state(folder: Path) -> None:
    """The static numbers are there all the same."""
    shutil.rmtree(folder / "alliance")
    assert read(folder).areas == ()


def test_a_register_is_taken_while_running(folder: Path) -> None:
    """What is imported is found after the next look; a damaged file leaves what was there."""
    files, data = read(folder), folder.parent / "daten"
    assert files.worlds.places.find("Bobingen") == ()
    keep(data, Register(1, "2026-12-31", (Place("09772125", "Bobingen", (), "86399"),)))
    files.refresh()
    assert files.worlds.places.find("86399")[0].name == "Bobingen"
    (data / FILE).write_text("{", encoding="utf-8")
    files.refresh()
    assert files.worlds.places.find("Bobingen")[0].ags == "09772125"
    assert read(folder).worlds.places.find("Augsburg")[0].ags == "09761000"

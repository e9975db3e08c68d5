"""The folder on disk: read without trusting it, and never worse than it was."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.alliance.kinds import KINDS
from bot.documents import MAX_BYTES
from bot.shelf import RefusedFileError, Shelf, UnstableFolderError, read_folder, read_unchecked
from tests.flows.mistakes import good_files

TINY = "id: {id}\ntitle: {{de: x}}\nreview_by: 2030-01-01\nsteps:\n  a: {{kind: end}}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the good files."""
    for name, data in good_files().items():
        (tmp_path / name).write_bytes(data)
    return tmp_path


def edit(path: Path, old: str, new: str) -> None:
    """Change a file as an editor does, at once."""
    text = path.read_text()
    assert old in text
    changed = path.with_name(".changed")
    changed.write_text(text.replace(old, new, 1))
    changed.replace(path)


# --- reading ----------------------------------------------------------------------------------------------------------


def test_folder_is_read(folder: Path) -> None:
    """Every YAML file, and nothing else: no hidden file, no folder below."""
    (folder / "README.md").write_text("x")
    (folder / ".entwurf.yaml").write_text("x")
    (folder / "alliance").mkdir()
    (folder / "alliance" / "a.yaml").write_text("x")
    assert read_folder(folder) == good_files()


def test_link_is_refused(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A symbolic link may lead anywhere, so the folder is not used."""
    secret = tmp_path_factory.mktemp("anders") / "geheim"
    secret.write_text("geheim")
    (folder / "link.yaml").symlink_to(secret)
    with pytest.raises(RefusedFileError, match=r"link\.yaml"):
        read_folder(folder)


@pytest.mark.parametrize("make", [os.mkfifo, Path.mkdir], ids=["pipe", "folder"])
def test_what_is_no_file_is_refused_and_holds_nobody(folder: Path, make: object) -> None:
    """A pipe that is called like a file is not waited for."""
    make(folder / "rohr.yaml")  # type: ignore[operator]
    with pytest.raises(OSError, match=r"rohr\.yaml|directory"):
        read_folder(folder)


def test_huge_file_is_not_read_whole(folder: Path) -> None:
    """One byte more than may be read is enough to refuse it."""
    (folder / "riese.yaml").write_bytes(b"x" * (MAX_BYTES * 4))
    assert len(read_folder(folder)["riese.yaml"]) == MAX_BYTES + 1


def test_more_is_read_where_more_may_be(folder: Path) -> None:
    """Files of sentences are longer than playbooks."""
    (folder / "saetze.yaml").write_bytes(b"x" * (MAX_BYTES * 4))
    assert len(read_folder(folder, most=MAX_BYTES * 8)["saetze.yaml"]) == MAX_BYTES * 4


def test_folder_that_is_not_there(tmp_path: Path) -> None:
    """There is nothing to wait for."""
    with pytest.raises(FileNotFoundError):
        read_folder(tmp_path / "nichts")


def test_file_that_is_being_written_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that grows between two readings is read again, until it has come to rest."""
    path = tmp_path / "a.yaml"
    path.write_text("# Anfang\n")
    lines = iter(["# Mitte\n", "# Ende\n"])

    def sleep(_seconds: float) -> None:
        with path.open("a") as file:
            file.write(next(lines, ""))

    monkeypatch.setattr("bot.shelf.time.sleep", sleep)
    assert read_folder(tmp_path)["a.yaml"] == b"# Anfang\n# Mitte\n# Ende\n"


def test_folder_that_never_rests(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After so many tries the reader gives up instead of taking something half."""
    monkeypatch.setattr("bot.shelf.TRIES", 3)
    contents = iter(range(1000))
    (tmp_path / "a.yaml").write_text("x")

    def sleep(_seconds: float) -> None:
        (tmp_path / "a.yaml").write_text(str(next(contents)))

    monkeypatch.setattr("bot.shelf.time.sleep", sleep)
    with pytest.raises(UnstableFolderError):
        read_folder(tmp_path)


# --- the last good set ------------------------------------------------------------------------------------------------


def shelf_of(folder: Path) -> Shelf:
    """A shelf after its first reading."""
    shelf = Shelf(folder, contact_kinds=frozenset(KINDS))
    assert shelf.refresh()
    return shelf


def test_good_folder(folder: Path) -> None:
    """Everything that a conversation can begin with is on the shelf; building blocks are inside of it."""
    shelf = shelf_of(folder)
    assert shelf.problems == ()
    assert set(shelf.library) == {"empfang", "nachfrage", "vorfall"}
    assert set(shelf.library["vorfall"].linked.files) == {"vorfall", "sicher", "abschluss"}


def test_nothing_changed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a change no file is opened."""
    shelf = shelf_of(folder)
    before = shelf.library
    monkeypatch.setattr("bot.shelf.read_folder", lambda _folder: pytest.fail("read"))
    assert not shelf.refresh()
    assert shelf.library is before


def test_edit_is_taken(folder: Path) -> None:
    """A good edit is a new revision; what did not change stays the very same program."""
    shelf = shelf_of(folder)
    before = shelf.library
    edit(folder / "vorfall.yaml", "Jetzt können Sie melden.", "Sie können jetzt melden.")
    assert shelf.refresh()
    assert shelf.library["vorfall"].revision != before["vorfall"].revision
    assert shelf.library["empfang"] is before["empfang"]


def test_snapshot_does_not_change(folder: Path) -> None:
    """Who holds a library keeps it."""
    shelf = shelf_of(folder)
    before = shelf.library
    revision = before["vorfall"].revision
    edit(folder / "vorfall.yaml", "Jetzt können Sie melden.", "Sie können jetzt melden.")
    shelf.refresh()
    assert before["vorfall"].revision == revision
    with pytest.raises(TypeError):
        before["x"] = before["vorfall"]  # type: ignore[index]


BREAKING = {
    "half written": ("    kinds: [polizei, vorgesetzte]", "    kinds: [poliz"),
    "unknown key": ("    least: 1", "    lest: 1"),
    "missing target": ("go: stufe}", "go: stuffe}"),
    "danger on a path": ("    tags: [beweise]\n", ""),
}


@pytest.mark.parametrize("what", BREAKING)
def test_broken_file_never_replaces_a_good_one(folder: Path, what: str) -> None:
    """Broken in any way: the old one stays, the problem is said, the others move on, and the mending is taken."""
    shelf = shelf_of(folder)
    before = shelf.library
    edit(folder / "vorfall.yaml", *BREAKING[what])
    edit(folder / "nachfrage.yaml", "Alles Gute.", "Machen Sie es gut.")
    assert shelf.refresh()
    assert shelf.library["vorfall"] is before["vorfall"]
    assert shelf.library["nachfrage"].revision != before["nachfrage"].revision
    assert {problem.file for problem in shelf.problems if problem.severity == "error"} == {"vorfall.yaml"}
    edit(folder / "vorfall.yaml", *reversed(BREAKING[what])) if BREAKING[what][1] else (
        (folder / "vorfall.yaml").write_bytes(good_files()["vorfall.yaml"])
    )
    shelf.refresh()
    assert shelf.problems == ()


def test_broken_block_holds_back_all_that_call_it(folder: Path) -> None:
    """A closure moves on only as a whole: a good edit waits for the block beside it."""
    shelf = shelf_of(folder)
    before = shelf.library
    edit(folder / "sicher.yaml", "go: notruf", "go: nirgends")
    edit(folder / "vorfall.yaml", "Jetzt können Sie melden.", "Sie können jetzt melden.")
    assert not shelf.refresh()
    assert shelf.library["vorfall"] is before["vorfall"]
    edit(folder / "sicher.yaml", "go: nirgends", "go: notruf")
    assert shelf.refresh()
    assert shelf.library["vorfall"].revision != before["vorfall"].revision


def test_removed_playbook_is_gone_but_the_reception_stays(folder: Path) -> None:
    """Who removes a playbook means it; without a reception nothing could begin."""
    shelf = shelf_of(folder)
    (folder / "vorfall.yaml").unlink()
    (folder / "empfang.yaml").unlink()
    assert shelf.refresh()
    assert set(shelf.library) == {"empfang", "nachfrage"}
    assert "empfang-fehlt" in {problem.code for problem in shelf.problems}


def test_removed_block_changes_nothing(folder: Path) -> None:
    """Playbooks whose block is gone stay as they were."""
    shelf = shelf_of(folder)
    before = shelf.library
    (folder / "sicher.yaml").unlink()
    assert not shelf.refresh()
    assert shelf.library == before
    assert "baustein-fehlt" in {problem.code for problem in shelf.problems}


def test_release_is_noticed(folder: Path) -> None:
    """A release changes no revision, and yet it is taken: it opens the doors."""
    shelf = shelf_of(folder)
    before = shelf.library["nachfrage"]
    assert not before.linked.released
    release = f'status: freigegeben\nreleased: {{by: T, at: 2026-11-21, content: "{before.root.content_hash()}"}}\n'
    edit(folder / "nachfrage.yaml", "type: nachfrage\n", f"type: nachfrage\n{release}")
    assert shelf.refresh()
    assert shelf.library["nachfrage"].linked.released
    assert shelf.library["nachfrage"].revision == before.revision


def test_unreadable_folder_is_a_problem(folder: Path) -> None:
    """A folder that went away, or that holds a link, leaves the shelf as it is; when it is back, it is read."""
    shelf = shelf_of(folder)
    before = shelf.library
    (folder / "link.yaml").symlink_to("/etc/hostname")
    assert not shelf.refresh()
    assert shelf.library is before
    assert [problem.code for problem in shelf.problems] == ["ordner-unlesbar"]
    (folder / "link.yaml").unlink()
    shelf.refresh()
    assert shelf.problems == ()


def test_first_reading_of_a_bad_folder(tmp_path: Path) -> None:
    """What is good is there, what is not is said."""
    (tmp_path / "gut.yaml").write_text(TINY.format(id="gut").replace("kind: end", "kind: end, tags: [abschluss]"))
    (tmp_path / "schlecht.yaml").write_text("id: schlecht\n")
    shelf = Shelf(tmp_path)
    shelf.refresh()
    assert "schlecht" not in shelf.library
    assert "schlecht.yaml" in {problem.file for problem in shelf.problems}


# --- what a municipality has of its own -------------------------------------------------------------------------------

HERE = "00000000"


@pytest.fixture
def own(folder: Path) -> Path:
    """The folder of a municipality that says one thing in its own words."""
    place = folder / "orte" / HERE
    place.mkdir(parents=True)
    (place / "vorfall.yaml").write_bytes(good_files()["vorfall.yaml"])
    edit(place / "vorfall.yaml", "Jetzt können Sie melden.", "Bei uns melden Sie im Rathaus.")
    return place


def test_own_file_is_on_the_shelf_beside_the_common_one(folder: Path, own: Path) -> None:
    """Another program for this municipality; the common library is as it would be without it."""
    shelf = shelf_of(folder)
    assert shelf.problems == ()
    assert {key: set(programs) for key, programs in shelf.local.items()} == {HERE: {"vorfall"}}
    assert shelf.local[HERE]["vorfall"].revision != shelf.library["vorfall"].revision
    assert read_unchecked(folder).local[HERE]["vorfall"].revision == shelf.local[HERE]["vorfall"].revision


def test_own_file_is_taken_and_taken_back(folder: Path, own: Path) -> None:
    """An edit is noticed; without the file the common one holds."""
    shelf = shelf_of(folder)
    before = shelf.local[HERE]["vorfall"]
    assert not shelf.refresh()
    edit(own / "vorfall.yaml", "im Rathaus", "am Telefon")
    assert shelf.refresh()
    assert shelf.local[HERE]["vorfall"].revision != before.revision
    (own / "vorfall.yaml").unlink()
    assert shelf.refresh()
    assert shelf.local == {}


@pytest.mark.parametrize("what", BREAKING)
def test_broken_own_file_never_replaces_a_good_one(folder: Path, own: Path, what: str) -> None:
    """The last good one stays, here and for all others; at a first reading the common one holds."""
    shelf = shelf_of(folder)
    before, library = shelf.local[HERE]["vorfall"], shelf.library
    edit(own / "vorfall.yaml", *BREAKING[what])
    assert not shelf.refresh()
    assert shelf.local[HERE]["vorfall"] is before
    assert shelf.library is library
    assert {problem.file for problem in shelf.problems if problem.severity == "error"} == {f"orte/{HERE}/vorfall.yaml"}
    assert shelf_of(folder).local == {}


def test_common_edit_reaches_the_municipality(folder: Path, own: Path) -> None:
    """A block that is everybody's is in its playbook too; broken, nobody moves."""
    shelf = shelf_of(folder)
    before = shelf.local[HERE]["vorfall"]
    edit(folder / "sicher.yaml", "Bitte rufen Sie 110 an.", "Rufen Sie jetzt 110 an.")
    assert shelf.refresh()
    after = shelf.local[HERE]["vorfall"]
    assert after.revision != before.revision
    edit(folder / "sicher.yaml", "go: notruf", "go: nirgends")
    assert not shelf.refresh()
    assert shelf.local[HERE]["vorfall"] is after


@pytest.mark.parametrize("name", ["musterstadt", "0000000", "00000000-1", "lose.yaml"])
def test_folder_that_is_no_municipality_is_said(folder: Path, own: Path, name: str) -> None:
    """A name that is no key would never be read by anybody."""
    path = own.parent / name
    path.touch() if name.endswith(".yaml") else path.mkdir()
    shelf = shelf_of(folder)
    assert [(problem.file, problem.code) for problem in shelf.problems] == [(f"orte/{name}", "ort-ordner")]
    assert set(shelf.local) == {HERE}

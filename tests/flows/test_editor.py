"""A real YAML language server, as in coordinators' editors: completion, explanation, and a red line at a mistake."""

from __future__ import annotations

import fcntl
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.schemas import write_schemas
from tests.flows.editor.client import Editor
from tests.lacking import lacking

HERE = Path(__file__).parent / "editor"
PLAYBOOKS = Path(__file__).parents[2] / "playbooks"
HEAD = "# yaml-language-server: $schema=schema/playbook.schema.json\n"
BEGUN = f"""{HEAD}id: neu
title: {{de: Neu, en: New, de-simple: Neu}}
review_by: 2030-01-01
steps:
  frage:
    kind: choose
    text: {{de: Ja?, en: Yes?, de-simple: Ja?}}
    options:
      ja: {{label: {{de: Ja, en: Yes, de-simple: Ja}}}}
      nein: {{label: {{de: Nein, en: No, de-simple: Nein}}}}
    un
  ende:
    kind: end
"""

pytestmark = [pytest.mark.slow, pytest.mark.node, pytest.mark.timeout(300)]


@pytest.fixture(scope="module")
def server(request: pytest.FixtureRequest) -> list[str]:
    """The command that starts yaml-language-server, in the version that `editor/package-lock.json` pins."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm is None or node is None:
        lacking("Node.js")
    assert request.config.cache is not None
    folder = request.config.cache.mkdir("yaml-language-server")
    pins = (HERE / "package-lock.json").read_bytes()
    stamp = folder / "installed"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # several processes test at once, and one of them installs
        if not stamp.exists() or stamp.read_bytes() != pins:
            for name in ("package.json", "package-lock.json"):
                shutil.copy(HERE / name, folder / name)
            command = [
                npm,
                "ci",
                "--prefix",
                str(folder),
                "--ignore-scripts",
                "--no-audit",
                "--no-fund",
                "--loglevel=error",
            ]
            subprocess.run(command, check=True, capture_output=True)
            stamp.write_bytes(pins)
    return [node, str(folder / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"), "--stdio"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of playbooks with its schema."""
    folder = tmp_path_factory.mktemp("playbooks")
    write_schemas(folder)
    return folder


@pytest.fixture(scope="module")
def editor(server: list[str], folder: Path) -> Iterator[Editor]:
    """An editor in that folder."""
    with Editor(server, folder) as editor:
        yield editor


def test_shipped_playbooks_are_not_underlined(editor: Editor, folder: Path) -> None:
    """Nothing is red in what ships."""
    for path in sorted(PLAYBOOKS.glob("*.yaml")):
        assert editor.open(folder / path.name, path.read_text(encoding="utf-8")) == [], path.name


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("kind: choose\n", "kind: chose\n", 6, "choose"),
        ("  ende:\n", "    onse: true\n  ende:\n", 11, "onse"),
        ("  ende:\n", "    unknown: vielleicht\n  ende:\n", 11, "nein"),
        ("  ende:\n", "    unknown_go: Ende!\n  ende:\n", 11, "a-z"),
        ("de: Ja?, en: Yes?, ", "de: Ja?, ", 7, "en"),
    ],
)
def test_mistake_is_underlined_at_its_line(
    editor: Editor, folder: Path, old: str, new: str, line: int, words: str
) -> None:
    """A red line on the very line (from 0) on which the check sees the error."""
    found = editor.open(
        folder / f"fehler_{line}_{words.strip('-')}.yaml", BEGUN.replace("    un\n", "").replace(old, new, 1)
    )
    assert [problem["range"]["start"]["line"] for problem in found] == [line], found
    assert words in found[0]["message"]


def test_keys_of_a_step_are_offered_in_german(editor: Editor, folder: Path) -> None:
    """In a step of kind `choose` its keys are offered, each with its sentence; those of other kinds are not."""
    path = folder / "begonnen.yaml"
    editor.open(path, BEGUN)
    offered = editor.complete(path, 11, 6)
    assert offered["unknown_go"] == "Wohin „Weiß ich nicht“ führt."
    assert {"once", "tags", "next", "short", "save", "confidential"} <= offered.keys()
    assert not {"cases", "playbook", "accepted", "items"} & offered.keys()


def test_kinds_are_offered(editor: Editor, folder: Path) -> None:
    """After `kind:` every kind is offered with what it does."""
    path = folder / "arten.yaml"
    editor.open(path, BEGUN)
    offered = editor.complete(path, 6, 10)
    assert offered["checklist"].startswith("Punkte zum Abhaken")
    assert len(offered) == 17


def test_key_is_explained_under_the_pointer(editor: Editor, folder: Path) -> None:
    """Pointing at a key shows its sentence."""
    path = folder / "zeigen.yaml"
    editor.open(path, BEGUN)
    assert "Bis wann jemand den Text wieder lesen muss" in editor.hover(path, 3, 3)


# --- the alliance -----------------------------------------------------------------------------------------------------

TOWN = """# yaml-language-server: $schema=../schema/alliance.schema.json
key: 09761000
name: {de: Augsburg, en: Augsburg, de-simple: Augsburg}
contacts:
  amt:
    kind: presse
    name: {de: Presse, en: Press, de-simple: Presse}
    reach:
      - phone: 0821 324 9420
    visibility: public
    mark: bestaetigt
    source: augsburg.de
    un
"""


def test_shipped_alliance_is_not_underlined(editor: Editor, folder: Path) -> None:
    """Nothing is red in the files of the alliance either."""
    for path in sorted((PLAYBOOKS / "alliance").glob("*.yaml")):
        assert editor.open(folder / "alliance" / path.name, path.read_text(encoding="utf-8")) == [], path.name


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("kind: presse", "kind: pressse", 5, "presse"),
        ("- phone: 0821", "- fon: 0821", 8, "fon"),
        ("mark: bestaetigt", "mark: sicher", 10, "einfach_belegt"),
        ("key: 09761000", "key: augsburg", 1, "bund"),
    ],
)
def test_mistake_in_an_alliance_is_underlined(
    editor: Editor, folder: Path, old: str, new: str, line: int, words: str
) -> None:
    """A red line where the check sees the error."""
    text = TOWN.replace("    un\n", "").replace(old, new, 1)
    found = editor.open(folder / "alliance" / f"fehler_{line}.yaml", text)
    assert line in {problem["range"]["start"]["line"] for problem in found}, found
    assert any(words in problem["message"] for problem in found), found


def test_keys_of_a_contact_are_offered_in_german(editor: Editor, folder: Path) -> None:
    """In a contact its keys are offered, each with its sentence; what `kind` may be, with what it is."""
    path = folder / "alliance" / "begonnen.yaml"
    editor.open(path, TOWN)
    offered = editor.complete(path, 12, 6)
    assert offered["deputies"].startswith("Wer vertritt")
    assert {"hours", "closures", "handover", "if_involved", "geprueft_am"} <= offered.keys()
    kinds = editor.complete(path, 5, 10)
    assert kinds["polizei"] == "Polizei vor Ort"
    assert len(kinds) == 26
    assert "Wer die Stelle sieht" in editor.hover(path, 9, 6)

"""The JSON Schema of the alliance says what the models say, in German, and stands in the folder as it is generated."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema  # type: ignore[import-untyped]
import pytest
import yaml

from bot.alliance.kinds import INCIDENTS
from bot.alliance.loading import load
from bot.alliance.schema import build, render, unexplained
from bot.schemas import write_schemas
from tests.flows.mistakes import good_files
from tests.flows.test_schema import EditorLoader

PLAYBOOKS = Path(__file__).parents[2] / "playbooks"
FILES = sorted((PLAYBOOKS / "alliance").glob("*.yaml"))
GOOD = """
key: 09761000
name: {de: Augsburg}
settings: {quiet_from: 20, quiet_to: 8, address: du, channels: [matrix]}
delegates: [{to: "09761", since: 2026-12-01, document: Schreiben}]
contacts:
  amt:
    kind: polizei
    name: {de: Amt, tr: Daire}
    incidents: [shitstorm]
    reach:
      - {phone: 110115, hours: 24/7}
    closures: [2026-12-24]
    handover: {rests: {de: Nachts nicht.}}
    mark: bestaetigt
    source: Test
    geprueft_am: 2026-11-20
    geprueft_von: Amt
"""


def errors_of(text: str | bytes) -> list[str]:
    """What an editor underlines."""
    body = yaml.load(text, Loader=EditorLoader)  # noqa: S506 - a safe loader
    return [error.message for error in jsonschema.Draft7Validator(build()).iter_errors(body)]


def test_schema_is_a_schema() -> None:
    """Draft-07, which yaml-language-server reads best."""
    jsonschema.Draft7Validator.check_schema(build())


def test_file_is_as_generated() -> None:
    """`make schema` was run after the models were changed."""
    path = PLAYBOOKS / "schema" / "alliance.schema.json"
    assert path.read_text(encoding="utf-8") == render(), "veraltet: make schema"


def test_the_incidents_of_own_playbooks_are_offered(tmp_path: Path) -> None:
    """Whoever adds a playbook for another incident can name it in a contact, after `lotse schema`."""
    (tmp_path / "vorfall.yaml").write_bytes(good_files()["vorfall.yaml"])
    *_, path = write_schemas(tmp_path)
    offered = json.loads(path.read_text(encoding="utf-8"))["definitions"]["Contact"]["properties"]["incidents"]
    assert offered["items"] == {"enum": [*INCIDENTS, "vorfall"]}


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_shipped_files(path: Path) -> None:
    """Each names its schema, and nothing in it is underlined."""
    text = path.read_text(encoding="utf-8")
    assert text.partition("\n")[0] == "# yaml-language-server: $schema=../schema/alliance.schema.json"
    assert errors_of(text) == []


def test_every_word_is_used() -> None:
    """No sentence about a key that is gone."""
    assert list(unexplained()) == []


def test_what_is_good_is_good_to_both() -> None:
    """The reader and the editor agree."""
    assert errors_of(GOOD) == []
    assert load({"gut.yaml": GOOD.encode()}).problems == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("kind: polizei", "kind: polizey"),
        ("    source: Test\n", ""),
        ("mark: bestaetigt", "mark: sicher"),
        ("name: {de: Amt, tr: Daire}", "name: {tr: Daire}"),
        ("{phone: 110115, hours: 24/7}", "{hours: 24/7}"),
        ("{phone: 110115, hours: 24/7}", "{fon: 110115}"),
        ("closures: [2026-12-24]", "closures: [24.12.2026]"),
        ("{rests: {de: Nachts nicht.}}", "{}"),
        ("quiet_from: 20", "quiet_from: 24"),
        ("address: du", "address: ihr"),
        ("channels: [matrix]", "channels: [signal]"),
        ("geprueft_am: 2026-11-20", "geprueft_am: gestern"),
        ("incidents: [shitstorm]", "incidents: [shitstom]"),
        ("since: 2026-12-01, ", ""),
        ("  amt:\n", "  Amt:\n"),
        ("settings:", "setings:"),
    ],
)
def test_mistakes_are_underlined(old: str, new: str) -> None:
    """What the reader refuses the editor shows already."""
    assert old in GOOD
    text = GOOD.replace(old, new, 1)
    assert errors_of(text)

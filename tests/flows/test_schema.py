"""The JSON Schema says what the models say, in German, and stands in the folder as it is generated."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest
import yaml

from bot.flows.loading import load
from bot.flows.schema import build, render, unexplained
from bot.flows.schemawords import KINDS
from tests.flows.mistakes import good_files, mistakes

PLAYBOOKS = Path(__file__).parents[2] / "playbooks"
FILES = sorted(PLAYBOOKS.glob("*.yaml"))


class EditorLoader(yaml.CSafeLoader):
    """Types plain scalars as editors do (YAML 1.2, core schema)."""

    yaml_implicit_resolvers = {}  # noqa: RUF012 - PyYAML's way


for _tag, _pattern, _first in (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", "-+0123456789"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", "-+0123456789."),
    ("null", r"~|null|Null|NULL|", "~nN\0"),
):
    EditorLoader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(f"^(?:{_pattern})$"), list(_first))
EditorLoader.add_constructor("tag:yaml.org,2002:float", lambda _loader, node: float(node.value))
EditorLoader.add_constructor(
    "tag:yaml.org,2002:int", lambda _loader, node: int(node.value, 0 if node.value[1:2].isalpha() else 10)
)


def errors_of(text: str | bytes) -> list[str]:
    """What an editor underlines."""
    body = yaml.load(text, Loader=EditorLoader)  # noqa: S506 - a safe loader
    return [error.message for error in jsonschema.Draft7Validator(build()).iter_errors(body)]


def test_schema_is_a_schema() -> None:
    """Draft-07, which yaml-language-server reads best."""
    jsonschema.Draft7Validator.check_schema(build())


def test_file_is_as_generated() -> None:
    """`make schema` was run after the models were changed."""
    path = PLAYBOOKS / "schema" / "playbook.schema.json"
    assert path.read_text(encoding="utf-8") == render(), "veraltet: make schema"


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_playbook_names_its_schema(path: Path) -> None:
    """The first line tells the editor where the schema is."""
    first = path.read_text(encoding="utf-8").partition("\n")[0]
    assert first == "# yaml-language-server: $schema=schema/playbook.schema.json"


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_playbook_fits_the_schema(path: Path) -> None:
    """No red line in a playbook that ships."""
    assert errors_of(path.read_text(encoding="utf-8")) == []


def test_good_files_fit_the_schema() -> None:
    """No red line in the good files either; they use every kind of step."""
    kinds: set[str] = set()
    for text in good_files().values():
        assert errors_of(text) == []
        kinds |= {step["kind"] for step in yaml.load(text, Loader=EditorLoader)["steps"].values()}  # noqa: S506
    assert kinds == set(KINDS)


# What only a walk over the graph or a look into other files can know is not the editor's.
FORMAL = {
    *("unbekannter-schluessel", "unbekannte-art", "fehlende-art", "fehlender-schluessel", "unbekanntes-wort"),
    *("block-erwartet", "klammer-am-anfang", "falsche-form", "fremder-buchstabe", "keine-zahl", "kein-schalter"),
    *("keine-spanne", "liste-erwartet", "zahl-ausserhalb", "zu-wenige", "falscher-wert", "unbekannte-bedingung"),
}
MISTAKES = [mistake for mistake in mistakes() if mistake.code in FORMAL]


@pytest.mark.parametrize("mistake", MISTAKES, ids=[mistake.what for mistake in MISTAKES])
def test_red_line_where_loading_sees_an_error(mistake: Any) -> None:  # noqa: ANN401 - a Mistake
    """Every mistake of form that loading refuses is red in the editor too."""
    assert load(mistake.files).problems
    assert errors_of(mistake.files[mistake.file])


def test_every_key_is_explained_in_german() -> None:
    """No key and no model without a sentence, and no sentence for what is gone."""
    assert list(unexplained()) == []
    body = build()
    for part in (body, *body["definitions"].values()):
        assert part["description"].endswith((".", "“"))
        for key, value in part["properties"].items():
            assert value["description"][-1] in ".“”:?]}", key

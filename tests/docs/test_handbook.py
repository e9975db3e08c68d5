"""The handbook shows what is true: every example is loaded, checked and played, every list is complete."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest

from bot.alliance.checking import check as check_areas
from bot.alliance.contact import Area, Contact, Settings, Way
from bot.alliance.kinds import KINDS
from bot.alliance.loading import load as load_areas
from bot.documents import MAX_BYTES
from bot.flows import steps
from bot.flows.commands import Command
from bot.flows.deadlines import DEADLINES
from bot.flows.playbook import Playbook
from bot.flows.steps import AnyStep, Question
from tests.docs import error_codes
from tests.docs.pages import HANDBOOK, ROOT, Block, all_blocks, before, blocks, headings, rows
from tests.docs.scenes import answers_of_block, building_blocks, file_of, play, problems_of
from tests.docs.written import assert_written
from tests.transcripts.player import Player
from tests.transcripts.script import read_talks
from tests.transcripts.script import rewrite as rewrite_talk
from tests.transcripts.stage import stage

WRITING = HANDBOOK / "leitfaden-schreiben.md"
CHECKING = HANDBOOK / "pruefen-und-freigeben.md"


def _by_name(found: list[Block]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("block", found, ids=lambda block: block.name)


@_by_name([*all_blocks("yaml leitfaden"), *all_blocks("yaml schritte")])
def test_examples_are_without_fault(block: Block) -> None:
    """What a coordinator copies passes the check; an example alone is called by nobody, which is fine."""
    found = [problem for problem in problems_of(*file_of(block)) if problem.code != "baustein-ungenutzt"]
    assert not found, "\n" + "\n".join(map(str, found))


@_by_name(all_blocks("yaml fehler"))
def test_mistakes_are_found(block: Block) -> None:
    """An example of a mistake shows exactly this mistake."""
    code = block.info.removeprefix("yaml fehler ")
    found = {problem.code for problem in problems_of(*file_of(block))} - {"baustein-ungenutzt"}
    assert found == {code}


@_by_name(all_blocks("text befund"))
def test_findings_are_what_the_check_says(block: Block, request: pytest.FixtureRequest) -> None:
    """What `lotse check` prints about a mistake stands in the handbook as it is."""
    found = problems_of(*file_of(before(block, "yaml fehler")))
    lines = [str(problem) for problem in found if problem.code != "baustein-ungenutzt"]
    assert_written(block, "\n".join(lines) + "\n", request)


@_by_name([block for block in all_blocks("text gespraech") if block.page.parent == HANDBOOK])
def test_talks_are_what_the_lotse_says(block: Block, request: pytest.FixtureRequest) -> None:
    """The talk below an example is what the engine answers."""
    example = before(block, "yaml schritte", "yaml leitfaden")
    assert_written(block, play(example, block), request)


@_by_name(all_blocks("yaml protokoll"))
def test_transcripts_can_be_played(block: Block, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    """A transcript that is shown is one, and the Lotse still says what it says."""
    path = tmp_path / "talk.yaml"
    path.write_text(block.body, encoding="utf-8")
    (talk,) = read_talks(path)
    rewrite_talk(talk, Player(talk, stage()).play())
    assert_written(block, path.read_text(encoding="utf-8"), request)


@_by_name(all_blocks("yaml bedingungen"))
def test_conditions_are_understood(block: Block) -> None:
    """Each condition of a list fits the questions of the example above it."""
    questions = before(block, "yaml schritte").body.partition("\nwelcher_weg:")[0]
    conditions = [line.removeprefix("- ") for line in block.body.splitlines()]
    branches = "".join(
        f"weg_{number}:\n  kind: branch\n  cases:\n    - if: {condition}\n      go: ende\n  else: weg_{number + 1}\n"
        for number, condition in enumerate(conditions)
    )
    text = f"{questions}{branches}weg_{len(conditions)}:\n  kind: set\n  values: {{fertig: ja}}\nende:\n  kind: end\n"
    found = problems_of(*file_of(replace(block, info="yaml schritte", body=text)))
    assert not [problem for problem in found if problem.severity == "error"]


def test_every_kind_of_step_has_its_heading() -> None:
    """Whoever adds a kind of step writes how it is used."""
    kinds = {word for kind in get_args(get_args(AnyStep)[0]) for word in get_args(kind.model_fields["kind"].annotation)}
    shown = set(re.findall(r"`(\w+)`", " ".join(headings(WRITING))))
    assert kinds <= shown
    for kind in kinds:
        assert any(f"kind: {kind}\n" in block.body for block in blocks(WRITING, "yaml schritte")), kind


def test_every_key_is_explained() -> None:
    """The head of the file, what every question can say, and what is peculiar to a kind: nothing is left out."""
    text = WRITING.read_text(encoding="utf-8")
    assert _keys(rows(WRITING, "Der Kopf der Datei")) == {
        field.alias or name for name, field in Playbook.model_fields.items()
    }
    told = {key.partition(":")[0] for key in _keys(rows(WRITING, "Schritte, die fragen"))}
    assert told == set(Question.model_fields) - set(steps.Step.model_fields)
    for kind in get_args(get_args(AnyStep)[0]):
        for name, field in kind.model_fields.items():
            key = field.alias or name
            assert re.search(rf"\b{key}:|`{key}", text), f"{kind.__name__}: {key}"


def _keys(table: list[list[str]]) -> set[str]:
    return {code for row in table for code in re.findall(r"`([^`]+)`", row[0])}


def test_every_tag_is_explained() -> None:
    """The tags are a promise to the check; each is in the table."""
    assert _keys(rows(WRITING, "Marken")) == set(steps.TAGS)


def test_limits_are_those_of_the_program() -> None:
    """A limit that is changed is changed in the handbook too."""
    written = {row[0]: int(row[1]) for row in rows(WRITING, "Grenzen")}
    assert list(written.values()) == [
        steps.MAX_TEXT,
        steps.MAX_BUBBLES,
        steps.MAX_OPTIONS,
        steps.MAX_LABEL,
        steps.MAX_ITEMS,
        steps.MAX_STEPS,
        steps.MAX_LANGUAGES,
        MAX_BYTES // 1024,
    ]


def test_building_blocks_are_listed() -> None:
    """Each building block that ships is in the table, and what it asks is as the table says."""
    table = {
        row[0].strip("`"): set(re.findall(r"`(\w+)`", row[2])) for row in rows(WRITING, "Einen Baustein rufen: `call`")
    }
    assert table.keys() == building_blocks()
    for name, answers in table.items():
        assert answers <= answers_of_block(name), name


def test_every_comparison_is_explained() -> None:
    """Each way to compare is in the table of conditions."""
    table = _keys(rows(HANDBOOK / "bedingungen.md", "Vergleiche"))
    assert table == {field.alias or name for name, field in steps.Test.model_fields.items()} - {"answer"}


def test_every_deadline_is_explained() -> None:
    """Each deadline that the program counts is in the table, with its statute."""
    words = {"day": "Tag", "month": "Monat", "year": "Jahr"}
    table = {row[0].strip("`"): (row[1], row[2]) for row in rows(HANDBOOK / "texte.md", "Fristen")}
    assert table == {
        deadline.id: (
            f"{deadline.amount} {words[deadline.unit]}{'' if deadline.amount == 1 else 'e'}",
            deadline.statute,
        )
        for deadline in DEADLINES.values()
    }


def test_every_kind_of_contact_is_explained() -> None:
    """Each kind of contact is in the table, with its title and the place that it follows."""
    table = {
        row[0].strip("`"): (row[1], row[2].strip("`"))
        for row in rows(HANDBOOK / "ansprechstellen.md", "Arten von Stellen")
    }
    assert table == {name: (kind.title, kind.follows) for name, kind in KINDS.items()}


@_by_name(all_blocks("yaml ansprechstellen"))
def test_alliances_are_without_fault(block: Block) -> None:
    """A file of an alliance that is shown passes its check; what a real town must name besides is a warning."""
    loaded = load_areas(
        {"beispiel.yaml": block.body.encode(), "bund.yaml": (ROOT / "playbooks/alliance/bund.yaml").read_bytes()}
    )
    found = [problem for problem in (*loaded.problems, *check_areas(loaded)) if problem.file == "beispiel.yaml"]
    assert {problem.code for problem in found} <= {"luecke"}


def test_every_key_of_an_alliance_is_explained() -> None:
    """The tables of the page about contacts name every key."""
    page = HANDBOOK / "ansprechstellen.md"
    assert _keys(rows(page, "Eine Datei")) == set(Area.model_fields)
    assert _keys(rows(page, "Eine Stelle")) == set(Contact.model_fields)
    assert _keys(rows(page, "Einstellungen einer Kommune")) == set(Settings.model_fields)
    ways = next(row[2] for row in rows(page, "Eine Stelle") if row[0] == "`reach`")
    assert set(re.findall(r"`(\w+)`", ways)) == set(Way.model_fields)
    local = {row[0].strip("`") for row in rows(page, "Arten von Stellen") if row[3] == "●"}
    assert local == {name for name, kind in KINDS.items() if kind.local}


def test_every_word_is_explained() -> None:
    """Each word that the bot obeys is in the handbook's table."""
    told = {row[0].strip("`") for row in rows(HANDBOOK / "gespraech.md", "Worte, die immer gelten")}
    umlauts = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
    assert {word.translate(umlauts) for word in told} == {command.value for command in Command}


def test_every_error_code_has_its_cure() -> None:
    """What the check can say is in the table, and the table says nothing that the check does not."""
    listed = [
        row[0].strip("`")
        for title in (
            "Lesen und Form",
            "Wege",
            "Antworten und Lücken",
            "Texte",
            "Wörter",
            "Quellen und Freigabe",
            "Jeder Weg",
            "Ansprechstellen",
        )
        for row in rows(CHECKING, title)
    ]
    said = error_codes.codes()
    missing = {
        code: place
        for code, place in said.items()
        if not any(error_codes.pattern(code).fullmatch(one) for one in listed)
    }
    unsaid = [one for one in listed if not any(error_codes.pattern(code).fullmatch(one) for code in said)]
    assert not missing, f"not in the table: {missing}"
    assert not unsaid, f"in the table, but nobody says it: {unsaid}"
    assert len(listed) == len(set(listed)), "a code stands in the table twice"

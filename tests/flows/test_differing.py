"""What an edit means, sentence by sentence; nothing is passed over in silence, nothing is said about nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.flows.checking.files import answer_of
from bot.flows.conversation import Conversation, Frame, Suspended
from bot.flows.differing import MOST_LINES, Kind, differ
from bot.flows.differing.routes import Routes
from bot.flows.differing.stranded import standings, stranded
from bot.flows.loading import load
from bot.flows.playbook import Playbook, link
from tests.flows import made, worst
from tests.flows.mistakes import good_files
from tests.flows.worlds import PLAYBOOKS

EDITS: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "data" / "edits.yaml").read_text(encoding="utf-8")
)
Files = Mapping[str, Playbook]


def edited(row: Mapping[str, Any]) -> Files:
    """The good files with one edit."""
    files = good_files()
    text = files[row["in"]].decode()
    for old, new in row["swap"]:
        assert old in text, old
        text = text.replace(old, new, 1)
    loaded = load({**files, row["in"]: text.encode()})
    assert not loaded.problems
    return loaded.playbooks


@pytest.mark.parametrize("row", EDITS, ids=[row["what"] for row in EDITS])
def test_edit_is_said(row: dict[str, Any]) -> None:
    """Each edit of the table is told in exactly these sentences, in this order."""
    assert list(differ(load(good_files()).playbooks, edited(row)).sentences) == row["says"]


@pytest.mark.parametrize("row", EDITS, ids=[row["what"] for row in EDITS])
def test_sentences_are_sentences(row: dict[str, Any]) -> None:
    """Each begins with a capital or a quotation mark, ends with a full stop, and names no key of a file."""
    for sentence in differ(edited(row), load(good_files()).playbooks).sentences:
        assert re.fullmatch(r"[A-ZÄÖÜ0-9„].+\.", sentence), sentence
        outside = re.sub("„[^“]*“", "", sentence)
        assert not re.search(r"\b(go|next|else|kind|cases|unknown|None|True|False)\b", outside), sentence


def test_edits_are_many() -> None:
    """The table has a row for every kind of change."""
    assert len(EDITS) >= 60
    said = {change.kind for row in EDITS for change in differ(load(good_files()).playbooks, edited(row)).changes}
    assert said == set(Kind)


def test_weightiest_first() -> None:
    """Safety comes before all else, however the edits lie in the files."""
    old = load(good_files()).playbooks
    steps = dict(old["sicher"].steps)
    steps["notruf"] = steps["notruf"].model_copy(update={"tags": ()})
    menu = old["vorfall"].model_copy(update={"menu": 7})
    new = {**old, "vorfall": menu, "sicher": old["sicher"].model_copy(update={"steps": steps})}
    lines = differ(old, new).lines()
    assert lines[0] == "Sicherheit: 1 Weg verliert „Notruf“, zum Beispiel nach „Ja“ auf „Gefahr“."
    assert lines[-1] == "Sicherheit: Der Baustein steckt in: „Empfang“ und „Ein Vorfall“." or "Auswahl" in lines[-1]


def test_long_differences_are_cut() -> None:
    """At most 30 lines; the last one counts what is left."""
    old = load(good_files()).playbooks
    steps = {name: step.model_copy(update={"note": name}) for name, step in old["vorfall"].steps.items()}
    words = tuple(f"Satz {number}" for number in range(40))
    sources = tuple(old["vorfall"].sources[0].model_copy(update={"name": word}) for word in words)
    new = {**old, "vorfall": old["vorfall"].model_copy(update={"steps": steps, "sources": sources})}
    difference = differ(old, new)
    assert len(difference.changes) > MOST_LINES
    assert len(difference.lines()) == MOST_LINES
    left = len(difference.changes) - MOST_LINES + 1
    assert difference.lines()[-1] == f"und {left} weitere ({left} zu Quellen und Freigabe)."


def test_playbooks_come_and_go() -> None:
    """A file that is new or gone is one sentence, not a hundred."""
    old = dict(load(good_files()).playbooks)
    new = {name: playbook for name, playbook in old.items() if name != "nachfrage"}
    assert differ(old, new).sentences == ("Entfällt ganz: Nachfrage „Nachfrage“.",)
    assert differ(new, old).sentences == ("Ganz neu: Nachfrage „Nachfrage“ mit 4 Schritten.",)


def test_linked_playbooks_are_compared_as_files() -> None:
    """A playbook with all it calls is as good as a folder."""
    old = load(good_files()).playbooks
    new = edited(EDITS[0])
    assert differ(link(old["vorfall"], old), link(new["vorfall"], new)).sentences == tuple(EDITS[0]["says"])


def test_release_is_lost_by_an_edit() -> None:
    """Who released a text did not release another one."""
    files = load(good_files()).playbooks
    old = files["vorfall"]
    block = {"by": "Erika Muster", "at": "2026-11-21", "content": old.content_hash()}
    data = {**old.model_dump(mode="json", by_alias=True, exclude_none=True), "status": "freigegeben", "released": block}
    released = Playbook.model_validate(data)
    now = {**files, "vorfall": released}
    assert differ(files, now).sentences == ("Freigegeben von „Erika Muster“ am 21.11.2026.",)
    said = differ(now, {**files, "vorfall": released.model_copy(update={"menu": 3})}).sentences
    assert said[-1] == "Die Freigabe gilt nicht mehr."


# --- for any files ----------------------------------------------------------------------------------------------------


@settings(max_examples=60)
@given(made.files({}), made.files({}))
def test_anything_can_be_compared(old: dict[str, Playbook], new: dict[str, Playbook]) -> None:
    """Any two sets of legal playbooks: no error, and lines that can be printed."""
    for line in differ(old, new).lines():
        assert line
        assert "\n" not in line


@settings(max_examples=60)
@given(made.files({}))
def test_the_same_says_nothing(files: dict[str, Playbook]) -> None:
    """A file and its copy differ in nothing."""
    copy = {
        name: Playbook.model_validate_json(playbook.model_dump_json(by_alias=True)) for name, playbook in files.items()
    }
    assert not differ(files, copy)
    assert differ(files, copy).sentences == ()


@settings(max_examples=60)
@given(made.playbook("weg", "vorfall", []), st.data())
def test_no_change_is_passed_over(old: Playbook, data: st.DataObject) -> None:
    """Whatever is changed in one step, something is said, unless the file means the same afterwards."""
    name = data.draw(st.sampled_from([step for step in old.steps if step != "ende"]))
    raw = old.model_dump(mode="json", by_alias=True, exclude_none=True)
    raw["steps"][name] = data.draw(made.step([*old.steps], []))
    new = Playbook.model_validate(raw)
    assert bool(differ({"weg": old}, {"weg": new})) is (meaning(old) != meaning(new))


def meaning(playbook: Playbook) -> object:
    """What a file says, without how: where each way leads instead of what is written about it."""
    routes = Routes.of(playbook)
    written = {"next", "unknown_go", "decline_go", "accepted", "declined", "other", "save", "else", "cases"}
    steps = {}
    for name, step in playbook.steps.items():
        said = step.model_dump(mode="json", by_alias=True, exclude=written | {"else_"})
        said["options"] = [[key, {**part, "go": None}] for key, part in said.get("options", {}).items()]
        said["items"] = list(said.get("items", {}).items())
        cases = [(str(case.if_), case.go) for case in getattr(step, "cases", ())]
        steps[name] = (said, routes.ways[name], answer_of(name, step), cases)
    return playbook.first, steps


def test_500_steps_are_compared() -> None:
    """500 steps against 500 steps, nothing alike or all moved: it ends, and says what it left out."""
    tangled, woven = (load({"schwer.yaml": data}).playbooks for data in (worst.tangled(), worst.woven()))
    steps = tangled["schwer"].steps
    names = [next(iter(steps)), *list(steps)[-2:0:-1], "ende"]
    turned = {"schwer": tangled["schwer"].model_copy(update={"steps": {name: steps[name] for name in names}})}
    for old, new in ((tangled, woven), (woven, tangled), (tangled, turned)):
        assert differ(old, new)
    assert "Viele Wege sind betroffen; es sind zu viele, um jeden zu vergleichen." in differ(tangled, turned).sentences


def test_texts_of_what_ships_change_no_way() -> None:
    """Every text of every shipped playbook changed: nothing is said of ways."""
    old = load({path.name: path.read_bytes() for path in PLAYBOOKS.glob("*.yaml")}).playbooks
    new = {}
    for name, playbook in old.items():
        changed = {
            key: step.model_copy(update={"text": {**text, "de": ("Anders.",)}})
            if (text := getattr(step, "text", None))
            else step
            for key, step in playbook.steps.items()
        }
        new[name] = playbook.model_copy(update={"steps": changed})
    difference = differ(old, new)
    assert Kind.WAYS not in {change.kind for change in difference.changes}


# --- who stands there -------------------------------------------------------------------------------------------------


def _at(file: str, step: str, revision: str = "r") -> Conversation:
    return Conversation(revision=revision, at=Frame(file, step))


def test_people_on_removed_steps_are_counted() -> None:
    """By file and step; a step with another id is still there, a file that is gone is gone with all its steps."""
    old = load(good_files()).playbooks
    (row,) = (row for row in EDITS if row["what"] == "Eine Frage entfällt")
    standing = [Frame("vorfall", "ort"), Frame("vorfall", "ort"), Frame("vorfall", "stufe"), Frame("sicher", "gefahr")]
    assert stranded(standing, old, edited(row)) == {("vorfall", "ort"): 2}
    (row,) = (row for row in EDITS if row["what"] == "Ein Schritt bekommt eine andere Kennung")
    assert stranded([Frame("vorfall", "stufe_sagen")], old, edited(row)) == {}
    without = {name: playbook for name, playbook in old.items() if name != "sicher"}
    assert stranded(standing, old, without) == {("sicher", "gefahr"): 1}
    assert stranded(standing, {"vorfall": old["vorfall"]}, {"vorfall": old["vorfall"]}) == {}


def test_an_interrupted_walk_counts_where_it_stands() -> None:
    """Whoever answers a check-in stands in two places: in the check-in and where it interrupted them."""
    walk = Suspended("alt", Frame("vorfall", "ort"), (), {}, ())
    conversation = msgspec.structs.replace(_at("nachfrage", "wie", "neu"), suspended=walk)
    assert list(standings(conversation)) == [("neu", Frame("nachfrage", "wie")), ("alt", Frame("vorfall", "ort"))]
    assert list(standings(Conversation())) == []

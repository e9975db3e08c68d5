"""What a municipality has of its own: who gets it, from when on, and what the check says about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from bot.alliance.kinds import KINDS
from bot.documents import Problem
from bot.flows.checking import check
from bot.flows.checking.local import Locality, check_local
from bot.flows.exchange import Said, Started
from bot.flows.loading import Loaded, load
from bot.flows.overriding import Local, overlay, touched
from bot.flows.program import compile_program
from tests.flows.mistakes import good_files
from tests.flows.worlds import Talk, library_of, world_of

HERE, ELSEWHERE = "00000000", "06611000"
TEXT = "Jetzt können Sie melden."
OWN = "In Musterstadt melden Sie im Rathaus."


def own_file(name: str = "vorfall", old: str = TEXT, new: str = OWN) -> dict[str, bytes]:
    """One of the good files as Musterstadt has it."""
    text = good_files()[f"{name}.yaml"].decode()
    assert old in text
    return {f"orte/{HERE}/{name}.yaml": text.replace(old, new, 1).encode()}


def problems_of(own: Mapping[str, bytes], here: Locality | None = None) -> list[Problem]:
    """What the check says about Musterstadt's files beyond the common ones, in which nothing is wrong."""
    common = load(good_files())
    kinds = frozenset(KINDS)
    known = check(common, contact_kinds=kinds)
    return check_local(common, load(own), here or Locality(HERE, "Musterstadt"), contact_kinds=kinds, known=known)


def local_of(own: Mapping[str, bytes]) -> Local:
    """The programs of Musterstadt."""
    common, mine = load(good_files()), load(own)
    return {HERE: {linked.root.id: compile_program(linked) for linked in touched(overlay(common, mine), mine)}}


# --- who gets it ------------------------------------------------------------------------------------------------------


def test_a_block_of_its_own_makes_every_caller_its_own() -> None:
    """The revision is the hash of the closure: whatever calls the block is another program here, nothing else is."""
    common = library_of(load(good_files()).playbooks)
    local = local_of(own_file("sicher", "Bitte rufen Sie 110 an.", "Rufen Sie jetzt 110 an."))
    assert local[HERE].keys() == {"empfang", "vorfall"}
    assert all(program.revision != common[name].revision for name, program in local[HERE].items())
    assert local_of(own_file())[HERE].keys() == {"vorfall"}


@pytest.mark.parametrize(
    ("place", "own"), [(HERE, True), ("", False), (ELSEWHERE, False), ("000000", False), (f"{HERE}-01", False)]
)
def test_the_key_is_equal_or_it_is_another_town(place: str, own: bool) -> None:
    """Equality, never a prefix."""
    local = local_of(own_file())
    world = world_of(library_of(load(good_files()).playbooks), local=local)
    assert (world.library_at(place)["vorfall"] is local[HERE]["vorfall"]) is own
    assert world.library_at(place)["nachfrage"] is world.library["nachfrage"]


def test_the_world_is_another_one() -> None:
    """The audit can tell: the fingerprint covers what municipalities have of their own."""
    world = world_of(library_of(load(good_files()).playbooks))
    assert world.fingerprint != replace(world, local=local_of(own_file())).fingerprint


ASKING = """\
id: {name}
type: {type}
title: {{de: T}}
review_by: 2030-01-01
steps:
  gruss: {{kind: message, text: {{de: "{text}"}}}}
  ort: {{kind: place, text: {{de: "Wo arbeiten Sie?"}}}}
  danach: {{kind: message, text: {{de: "{text}"}}}}
  noch:
    kind: choose
    text: {{de: "Noch etwas?"}}
    options: {{ja: {{label: {{de: Ja}}}}, nein: {{label: {{de: Nein}}}}}}
  ende: {{kind: end}}
"""


def asking_talk() -> Talk:
    """A talk whose reception asks for the place, with a reception of its own in Musterstadt."""
    common = load({"empfang.yaml": ASKING.format(name="empfang", type="empfang", text="Wie überall").encode()})
    mine = load({"empfang.yaml": ASKING.format(name="empfang", type="empfang", text="Musterstadt").encode()})
    local = {HERE: {one.root.id: compile_program(one) for one in touched(overlay(common, mine), mine)}}
    return Talk(world_of(library_of(common.playbooks), local=local))


def test_whoever_works_there_begins_with_its_own() -> None:
    """The first message names the place, and already the first walk is the municipality's."""
    talk = asking_talk()
    talk.do(Started(language="de", payload=HERE))
    assert "Musterstadt" in talk.texts()
    assert talk.state.revision == talk.world.local[HERE]["empfang"].revision


def test_a_walk_keeps_its_revision_when_the_place_becomes_known() -> None:
    """Half-way from one text to another would be nobody's text; the next walk is the municipality's."""
    talk = asking_talk()
    talk.do(Started(language="de"))
    begun = talk.state.revision
    assert begun == talk.world.library["empfang"].revision
    talk.do(Said(text="Musterstadt"))
    assert talk.state.place == HERE
    assert talk.state.revision == begun
    assert "Wie überall" in talk.texts()
    talk.do(Said(text="neu"))
    talk.do(Said(text="ja"))
    assert talk.state.revision == talk.world.local[HERE]["empfang"].revision


# --- what the check says ----------------------------------------------------------------------------------------------


def test_nothing_is_wrong() -> None:
    """A good file in the place of a good file."""
    assert problems_of(own_file()) == []


WRONG = [
    ("a text", own_file(new="Jemand meldet sich bei Ihnen."), "versprechen", f"orte/{HERE}/vorfall.yaml"),
    ("form", own_file(old="kind: template", new="kind: templat"), "unbekannte-art", f"orte/{HERE}/vorfall.yaml"),
    ("path", own_file(old="    tags: [beweise]\n", new=""), "beweise-zuerst", f"orte/{HERE}/vorfall.yaml"),
    ("type", own_file(old="type: vorfall", new="type: nachfrage"), "anderer-typ", f"orte/{HERE}/vorfall.yaml"),
    (
        "an answer that a common file needs",
        own_file("sicher", "  gefahr:\n", "  gefahr:\n    save: ganz_anders\n"),
        "antwort-nie-gefragt",
        "abschluss.yaml",
    ),
]


@pytest.mark.parametrize(("own", "code", "file"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG])
def test_what_is_wrong_is_said_where_it_is(own: dict[str, bytes], code: str, file: str) -> None:
    """In the municipality's file, or in the common one that its file does not fit, with the municipality's name."""
    found = [problem for problem in problems_of(own) if problem.code == code]
    assert found
    assert found[0].file == file
    assert found[0].what.startswith(f"In Musterstadt ({HERE}): ") is (file == "abschluss.yaml")


def test_a_file_that_replaces_nothing() -> None:
    """A typing mistake in the name of a file would never be read by anybody."""
    (body,) = own_file(old="id: vorfall\n", new="id: vorfal\n").values()
    found = problems_of({f"orte/{HERE}/vorfal.yaml": body})
    assert "ersetzt-nichts" in {problem.code for problem in found}
    assert "„vorfall“" in next(problem.todo for problem in found if problem.code == "ersetzt-nichts")


def test_what_is_wrong_everywhere_is_not_said_again() -> None:
    """The common files are the business of all."""
    files = {**good_files()}
    files["vorfall.yaml"] = files["vorfall.yaml"].replace(b"{questions: 14,", b"{questions: 6,")
    common = load(files)
    known = check(common)
    assert [problem.code for problem in known] == ["zu-viele-fragen"]
    own = load(own_file("sicher", "Bitte rufen Sie 110 an.", "Rufen Sie jetzt 110 an."))
    assert check_local(common, own, Locality(HERE, ""), known=known) == []


def test_gender_style_holds_for_common_files_too() -> None:
    """Where a municipality would read a form that it does not use, even in a file that is everybody's."""
    files = good_files()
    files["vorfall.yaml"] = files["vorfall.yaml"].replace(TEXT.encode(), "Kolleg:innen können melden.".encode())
    common, nothing = load(files), Loaded({}, {}, ())
    assert check_local(common, nothing, Locality(HERE, "Musterstadt")) == []
    (problem,) = check_local(common, nothing, Locality(HERE, "Musterstadt", "neutral"))
    assert (problem.file, problem.code, problem.severity) == ("vorfall.yaml", "gender-stil", "warning")

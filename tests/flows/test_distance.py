"""How far it is to help: counted on small playbooks by hand, and near in everything that ships."""

from __future__ import annotations

import pytest

from bot.flows.checking.distance import MOST_ANSWERS, MOST_SECONDS, WORDS_A_MINUTE, before_a_playbook, distances
from bot.flows.loading import Loaded, load
from bot.settings import read_settings
from bot.shelf import read_tree

HEAD = "id: probe\ntitle: {de: Probe}\nreview_by: 2030-01-01\nsteps:\n"
ASKED = "  {name}:\n    kind: choose\n    unknown: false\n    decline: false\n    text: {{de: {text}}}\n    options:\n"
YES_NO = "      ja: {label: {de: Ja}}\n      nein: {label: {de: Nein}}\n"
HELP = "  hilfe: {kind: message, text: {de: Rufen Sie jemanden an.}}\n  ende: {kind: end}\n"


def question(name: str, text: str = "Eins zwei drei vier?", options: str = YES_NO) -> str:
    """A question of four words with two answers of one word each, unless said otherwise."""
    return ASKED.format(name=name, text=text) + options


def measure(steps: str) -> tuple[int, int, tuple[str, ...], str]:
    """What is counted in a playbook of these steps."""
    loaded = load({"probe.yaml": f"{HEAD}{steps}".encode()})
    assert not loaded.problems, "\n".join(map(str, loaded.problems))
    (found,) = distances(loaded).values()
    return found.answers, found.seconds, found.asked, found.first[1]


def seconds(words: int) -> int:
    """How long they take to read."""
    return round(60 * words / WORDS_A_MINUTE)


GO_ON = "      ja: {label: {de: Ja}, go: hilfe}\n      nein: {label: {de: Nein}, go: zwei}\n"
CIRCLE = "      ja: {label: {de: Ja}, go: hilfe}\n      nein: {label: {de: Nein}, go: eins}\n"
DANGER = "      ja: {label: {de: Ja}, go: hilfe, tags: [gefahr]}\n      nein: {label: {de: Nein}, go: zwei}\n"
NUMBERS = "  hilfe: {kind: message, tags: [notruf], text: {de: 'In Gefahr: 110.'}, next: zwei}\n"

COUNTED = [
    ("at once", HELP, (0, 0, (), "hilfe")),
    ("after one question", question("eins") + HELP, (1, seconds(6), ("eins",), "hilfe")),
    (
        "the longer of two ways",
        question("eins", options=GO_ON) + question("zwei") + HELP,
        (2, 4, ("eins", "zwei"), "hilfe"),
    ),
    (
        "a circle once",
        question("null") + question("eins", options=CIRCLE) + HELP,
        (2, seconds(12), ("null", "eins"), "hilfe"),
    ),
    (
        "a comfort is no instruction",
        "  trost: {kind: message, text: {de: Das war nicht in Ordnung.}}\n" + question("eins") + HELP,
        (1, seconds(11), ("eins",), "hilfe"),
    ),
    (
        "numbers are an instruction only for whoever is in danger",
        question("eins", options=DANGER) + NUMBERS + question("zwei") + HELP.replace("hilfe", "rat"),
        (2, 4, ("eins", "zwei"), "rat"),
    ),
    (
        "somebody to call",
        "  wer: {kind: contact, text: {de: Diese}, kinds: [polizei]}\n  e: {kind: end}\n",
        (0, 0, (), "wer"),
    ),
]


@pytest.mark.parametrize(("steps", "expected"), [row[1:] for row in COUNTED], ids=[row[0] for row in COUNTED])
def test_distance_is_counted(steps: str, expected: tuple[int, int, tuple[str, ...], str]) -> None:
    """Answers, seconds, the questions on the way, and where help begins."""
    assert measure(steps) == expected


def shipped() -> Loaded:
    """What ships."""
    return load(read_tree(read_settings({}).playbooks).common)


def test_help_is_near_in_every_playbook_that_ships() -> None:
    """Nobody in distress answers more than three questions or reads longer than a minute before it helps."""
    found = distances(shipped())
    assert len(found) >= 5
    far = {name: (one.answers, one.seconds, one.asked) for name, one in found.items() if not one.near}
    assert not far


def test_help_is_near_from_the_first_word() -> None:
    """Also with what the reception says and asks before."""
    loaded = shipped()
    answers, seconds_before = before_a_playbook(loaded)
    incidents = {name: one for name, one in distances(loaded).items() if loaded.playbooks[name].type == "vorfall"}
    far = {
        name: (one.answers + answers, one.seconds + seconds_before)
        for name, one in incidents.items()
        if one.answers + answers > MOST_ANSWERS or one.seconds + seconds_before > MOST_SECONDS
    }
    assert not far

"""Pictures of playbooks: every step and every way is in them, and words cannot break them."""

from __future__ import annotations

import re

import pytest

from bot.flows.checking.files import targets_of
from bot.flows.differing.conditions import Answers
from bot.flows.drawing import draw
from bot.flows.loading import load
from bot.flows.playbook import Playbook
from bot.settings import read_settings
from bot.shelf import read_tree
from tests.flows.mistakes import good_files

SHIPPED = load(read_tree(read_settings({}).playbooks).common).playbooks
ARROW = re.compile(r'^    s_(\w+) -->(?:\|"([^"]*)"\|)? s_(\w+)$')
BOX = re.compile(r'^    s_(\w+)(?:\{\{|\[\[|\(\[|\[/|>|\{|\[|\()"([^"]*)"(?:\}\}|\]\]|\]\)|/\]|\]|\}|\))$')


def drawn(playbook: Playbook) -> str:
    """The picture of a playbook, with its own answers."""
    return draw(playbook, Answers.of([playbook]))


@pytest.mark.parametrize("name", SHIPPED)
def test_every_step_and_every_way_is_there(name: str) -> None:
    """A box for each step, an arrow for each place that is named in it, and nothing that Mermaid could misread."""
    playbook = SHIPPED[name]
    head, *lines = drawn(playbook).splitlines()
    assert head == "flowchart TD"
    boxes = [found[1] for line in lines if (found := BOX.match(line))]
    arrows = [(found[1], found[3]) for line in lines if (found := ARROW.match(line))]
    assert boxes == list(playbook.steps)
    named = {(name, target) for name, step in playbook.steps.items() for _path, target in targets_of(name, step)}
    # A `next` that no answer takes is no way.
    used = {(name, target) for name, target in named if target != playbook.steps[name].next}
    assert used <= set(arrows)
    assert len(arrows) == len(set(arrows))
    other = [line for line in lines if not BOX.match(line) and not ARROW.match(line)]
    assert all(re.match(r"    (?:classDef \w+ [\w:#,-]+|class [\w,]+ \w+)$", line) for line in other), other


def test_answers_stand_at_their_arrows() -> None:
    """What leads the same way is named together; a way that all answers take needs no words."""
    picture = drawn(load(good_files()).playbooks["vorfall"])
    assert '-->|"Es läuft"|' in picture
    assert '-->|"sonst"|' in picture


def test_words_cannot_break_a_picture() -> None:
    """Quotation marks, angle brackets and words of Mermaid's own are shown as they are."""
    said = "{de: 'Ein \"Wort\" <b> & --> end ]]'}"
    steps = f"  class:\n    kind: message\n    text: {said}\n  end: {{kind: end}}\n"
    text = f"id: a\ntitle: {{de: x}}\nreview_by: 2030-01-01\nsteps:\n{steps}"
    picture = drawn(load({"a.yaml": text.encode()}).playbooks["a"])
    assert 's_class["Ein #quot;Wort#quot; #lt;b> #amp; --> end ]]"]' in picture
    assert "s_class --> s_end" in picture

"""Plays the examples of the handbook: the YAML block as a file in a small world, the chat block as what is said to it.

The world is the shipped building blocks, the reception and the check-in, and the alliance that the handbook itself
shows. It is Saturday, 21 November 2026, 10 o'clock.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from bot.adapters.terminal_screen import Plain
from bot.adapters.terminal_wire import Bubble
from bot.alliance.directory import Directory
from bot.alliance.loading import load as load_areas
from bot.alliance.places import Places
from bot.documents import Problem
from bot.flows.checking import check
from bot.flows.conversation import Conversation, decode, encode
from bot.flows.engine import advance
from bot.flows.exchange import Effect, Said, Send
from bot.flows.loading import load
from bot.flows.playbook import Playbook, link
from bot.flows.program import Program, compile_program
from bot.flows.reading import clean
from bot.flows.steps import Question
from bot.flows.walk import Walk
from bot.flows.walking import enter, run
from bot.flows.world import World
from tests.docs.pages import ROOT, Block, all_blocks

NOW: Final = dt.datetime(2026, 11, 21, 9, 0, tzinfo=dt.UTC)
NAME: Final = "beispiel"
PLACE: Final = "00000000"

_FRAME: Final = """\
id: beispiel
type: {kind}
title: {{de: Beispiel, en: Example, de-simple: Beispiel}}
sources: [{{name: Handbuch, mark: F}}]
review_by: 2027-02-21
limits: {{questions: 20}}
steps:
"""
_END: Final = "  schluss:\n    kind: end\n    tags: [abschluss]\n"


def file_of(block: Block) -> tuple[str, bytes]:
    """The name and the content of the file that a block stands for; `schritte` are put into a frame."""
    if not block.is_("yaml schritte") and not block.is_("yaml fehler"):
        first = next(line for line in block.body.splitlines() if line.startswith("id: "))
        return first.removeprefix("id: ").strip(), block.body.encode()
    kind = "empfang" if "kind: offer_playbooks" in block.body else "baustein"
    steps = "".join(f"  {line}\n" if line else "\n" for line in block.body.splitlines())
    end = "" if "kind: end" in block.body else _END
    return NAME, f"{_FRAME.format(kind=kind)}{steps}{end}".encode()


@lru_cache(maxsize=1)
def _shipped() -> Mapping[str, bytes]:
    """The building blocks, the reception and the check-in, without the incidents: they take long to walk."""
    names = ("empfang", "checkin")
    paths = [*(ROOT / "playbooks").glob("baustein_*.yaml"), *(ROOT / "playbooks" / f"{name}.yaml" for name in names)]
    return {path.name: path.read_bytes() for path in paths}


def _files(name: str, body: bytes) -> dict[str, bytes]:
    """What runs together with this file, and the file itself."""
    needed, waiting = {f"{name}.yaml": body}, [body.decode()]
    reception = b"type: empfang" in body
    while waiting:
        text = waiting.pop()
        for other, data in _shipped().items():
            called = f"playbook: {other.removesuffix('.yaml')}\n" in text or (
                other == "checkin.yaml" and "check_ins" in text
            )
            if other not in needed and (called or (other == "empfang.yaml" and not reception)):
                needed[other] = data
                waiting.append(data.decode())
    return needed


def problems_of(name: str, body: bytes) -> list[Problem]:
    """What the check says about this file."""
    loaded = load(_files(name, body))
    found = [*loaded.problems, *check(loaded, today=NOW.date(), whole=False)]
    return [problem for problem in found if problem.file == f"{name}.yaml"]


# --- talks ------------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _alliance() -> tuple[Directory, Places]:
    """The alliance that the handbook shows."""
    files = {
        f"stadt{number}.yaml": block.body.encode() for number, block in enumerate(all_blocks("yaml ansprechstellen"))
    }
    areas = load_areas(files).areas.values()
    return Directory(areas), Places.of(areas)


def play(yaml: Block, chat: Block) -> str:
    """What is said in the chat block, answered by the engine: the block as it must read."""
    name, body = file_of(yaml)
    playbooks = load(_files(name, body)).playbooks
    program = compile_program(link(playbooks[name], playbooks))
    asks_place = b"kind: place" in body or b"baustein_ort" in body
    scene = _Scene(program, _library(program, playbooks), "" if asks_place else PLACE)
    for line in chat.body.splitlines():
        if line.startswith("> "):
            scene.person(line.removeprefix("> "))
    return scene.text


def _library(program: Program, playbooks: Mapping[str, Playbook]) -> dict[str, Program]:
    """What a person can be led to: what runs with the example, at the reception everything."""
    if program.root.type == "empfang":
        playbooks = {**_everything(), **playbooks}
    library = {name: file for name, file in playbooks.items() if file.type != "baustein"}
    return {
        **{name: compile_program(link(file, playbooks)) for name, file in library.items()},
        program.root.id: program,
    }


@lru_cache(maxsize=1)
def _everything() -> Mapping[str, Playbook]:
    return load({path.name: path.read_bytes() for path in (ROOT / "playbooks").glob("*.yaml")}).playbooks


class _Scene:
    """A talk that begins at the first step of the example."""

    def __init__(self, program: Program, library: Mapping[str, Program], place: str) -> None:
        directory, places = _alliance()
        self._world = World(library=library, directory=directory, places=places, running=program)
        self._out = io.StringIO()
        self._screen = Plain(self._out)
        self._turns = 0
        walk = Walk(self._world, Conversation(language="de", place=place, greeted=True), self._seed(), NOW)
        enter(walk, program)
        run(walk)
        self._state = walk.c
        self._show(walk.effects)

    @property
    def text(self) -> str:
        """The talk so far, as a terminal without frames shows it."""
        return f"{self._out.getvalue().strip()}\n"

    def person(self, words: str) -> None:
        """The person writes, and is answered."""
        self._out.write(f"> {words}\n\n")
        self._turns += 1
        said = Said(text=clean(words).text, seed=self._seed())
        turn = advance(self._world, decode(encode(self._state)), said, NOW)
        self._state = turn.conversation
        self._show(turn.effects)

    def _seed(self) -> str:
        return hashlib.sha256(str(self._turns).encode()).hexdigest()[:24]

    def _show(self, effects: list[Effect] | tuple[Effect, ...]) -> None:
        for effect in effects:
            if isinstance(effect, Send):
                self._screen.bubble(
                    Bubble(id="", text=effect.text, style=effect.style, choices=effect.choices, expects=effect.expects)
                )


def building_blocks() -> set[str]:
    """The building blocks that ship."""
    return {name.removesuffix(".yaml") for name in _shipped() if name.startswith("baustein_")}


def answers_of_block(name: str) -> set[str]:
    """The names under which a building block saves answers."""
    found = load(_shipped()).playbooks[name].steps
    return {step.save or key for key, step in found.items() if isinstance(step, Question)}

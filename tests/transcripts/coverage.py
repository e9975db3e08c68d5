"""Which steps of the playbooks the transcripts pass. `python -m tests.transcripts.coverage` lists those they do not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.flows.loading import load
from bot.flows.program import Node, Program
from bot.settings import read_settings
from tests.transcripts.player import Player
from tests.transcripts.script import Talk, read_talks
from tests.transcripts.stage import stage

FOLDER = Path(__file__).parent
Step = tuple[str, str]
"""File and step."""


def all_talks() -> list[Talk]:
    """Every talk of every file."""
    return [talk for path in sorted(FOLDER.glob("*.yaml")) for talk in read_talks(path)]


@contextmanager
def watching() -> Iterator[set[Step]]:
    """Note each step that the engine looks up while the context holds."""
    passed: set[Step] = set()
    look_up = Program.node

    def watched(self: Program, file: str, step: str) -> Node | None:
        passed.add((file, step))
        return look_up(self, file, step)

    Program.node = watched  # type: ignore[method-assign]
    try:
        yield passed
    finally:
        Program.node = look_up  # type: ignore[method-assign]


@dataclass(frozen=True)
class Played:
    """What all talks together pass: steps, and which playbooks are ended in which language."""

    steps: set[Step]
    ended: set[tuple[str, str]]


def play_all() -> Played:
    """Play everything; what it says is not looked at here."""
    ended: set[tuple[str, str]] = set()
    with watching() as passed:
        for talk in all_talks():
            player = Player(talk, stage())
            player.play()
            ended |= {(name.partition(":")[0], talk.language) for name in player.finished}
    return Played(passed, ended)


def lines() -> dict[Step, tuple[str, str, str]]:
    """Each step of each playbook: kind of the step, type of its file, and where it stands (`file:line`)."""
    folder = read_settings({}).playbooks
    loaded = load({f"playbooks/{path.name}": path.read_bytes() for path in folder.glob("*.yaml")})
    return {
        (file, name): (
            step.kind,
            playbook.type,
            f"{loaded.documents[file].name}:{loaded.documents[file].key_position(('steps', name))[0]}",
        )
        for file, playbook in loaded.playbooks.items()
        for name, step in playbook.steps.items()
    }


if __name__ == "__main__":
    steps, passed = lines(), play_all().steps
    for step, (_kind, _type, where) in sorted(steps.items()):
        if step not in passed:
            print(f"{where}: {step[1]}")  # noqa: T201 - a report for people
    print(f"{len(passed & steps.keys())} of {len(steps)} steps are passed")  # noqa: T201

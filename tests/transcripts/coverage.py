"""Which steps of the playbooks the transcripts pass.

`python -m tests.transcripts.coverage` prints each step that none passes with its line, and the share by file.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.flows.loading import load
from bot.flows.program import Node, Program
from bot.settings import read_settings
from bot.shelf import read_tree
from tests.transcripts.player import Player
from tests.transcripts.script import Talk, read_talks
from tests.transcripts.stage import stage

FOLDER = Path(__file__).parent
Step = tuple[str, str]
"""File and step; the file of a municipality's own is `orte/<key>/<id>`."""


def all_talks() -> list[Talk]:
    """Every talk of every file."""
    return [talk for path in sorted(FOLDER.glob("*.yaml")) for talk in read_talks(path)]


def _shown(place: str, file: str) -> str:
    return f"orte/{place}/{file}" if place else file


@contextmanager
def watching() -> Iterator[set[Step]]:
    """Note each step that the engine looks up while the context holds."""
    passed: set[Step] = set()
    look_up = Program.node

    common = {id(file) for program in stage().library.values() for file in program.linked.files.values()}
    owner = {
        id(file): place
        for place, own in stage().local.items()
        for program in own.values()
        for file in program.linked.files.values()
        if id(file) not in common
    }

    def watched(self: Program, file: str, step: str) -> Node | None:
        written = self.linked.files.get(file)
        passed.add((_shown(owner.get(id(written), ""), file), step))
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
            if not talk.alone:
                continue  # about what comes after a playbook, and held with the books: others pass the same steps
            player = Player(talk, stage())
            player.play()
            ended |= {(name.partition(":")[0], talk.language) for name in player.finished}
    return Played(passed, ended)


@dataclass(frozen=True)
class Where:
    """A step as it is written: its kind, the type of its file, the file, and the line on which it begins."""

    kind: str
    type: str
    file: str
    line: int

    def __str__(self) -> str:
        """As editors and terminals take it."""
        return f"{self.file}:{self.line}"


def lines() -> dict[Step, Where]:
    """Each step of each playbook, those that municipalities have of their own among them."""
    tree = read_tree(read_settings({}).playbooks)
    found: dict[Step, Where] = {}
    for place, files in {"": tree.common, **tree.own}.items():
        loaded = load({f"playbooks/{name}": data for name, data in files.items()})
        for file, playbook in loaded.playbooks.items():
            document = loaded.documents[file]
            for name, step in playbook.steps.items():
                line = document.key_position(("steps", name))[0]
                found[_shown(place, file), name] = Where(step.kind, playbook.type, document.name, line)
    return found


def report(passed: set[Step]) -> str:
    """Line by line what is not passed, then how much is, by file and in all."""
    steps = lines()
    missing = [f"{where}: {step[1]}" for step, where in steps.items() if step not in passed]
    files: dict[str, list[Step]] = {}
    for step, where in steps.items():
        files.setdefault(where.file, []).append(step)
    table = [_share(len(passed.intersection(some)), len(some), file) for file, some in files.items()]
    return "\n".join([*missing, *table, _share(len(passed & steps.keys()), len(steps), "alle Leitfäden")])


def _share(done: int, of: int, name: str) -> str:
    return f"{done:5} von {of:5} Schritten  {100 * done / of:5.1f} %  {name}"


if __name__ == "__main__":
    print(report(play_all().steps))  # noqa: T201 - a report for people

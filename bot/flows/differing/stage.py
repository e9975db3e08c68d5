"""One file before and after an edit, made ready for walking: its steps numbered, its answers told apart."""

from __future__ import annotations

from collections.abc import Mapping

from bot.documents import Document
from bot.flows.checking.answers import answers_of
from bot.flows.checking.files import File, answer_of, targets_of
from bot.flows.checking.tables import build_table
from bot.flows.differing.knowing import Knowledge
from bot.flows.differing.pairing import Pairs
from bot.flows.differing.steady import steady_tags
from bot.flows.differing.versions import Numbers, Version
from bot.flows.differing.ways import Graph, walk_both
from bot.flows.playbook import Playbook
from bot.flows.steps import AnyStep

Files = Mapping[str, Playbook]


class Stage:
    """What the walks of one file share.

    `steps`: the new file's; `names`: their ids by number; `same`: new id to old id of steps in both, of one kind.
    """

    def __init__(self, old: Files, new: Files, name: str, pairs: Pairs) -> None:
        """`old`, `new`: all files; `name`: the one that was edited; expects that it is sound in both."""
        self.name = name
        self.files = (old, new)
        self.steps: Mapping[str, AnyStep] = new[name].steps
        self.same = {here: there for there, here in pairs.both if old[name].steps[there].kind == self.steps[here].kind}
        self.numbers = _number(old[name], new[name], self.same)
        self.names = {number: step for step, number in self.numbers[1].items()}
        # Blocks as they are now: what an edit of theirs means is said there.
        around = {other: playbook for other, playbook in {**old, **new}.items() if other != name}
        files = {other: File(playbook, Document(other)) for other, playbook in around.items()}
        own = [File(one[name], Document(name)) for one in self.files]
        table = build_table([*own, *files.values()])
        elsewhere = {answer.name for answer in answers_of(files.values())}
        foreign = sum(
            1 << number for number, slot in enumerate(table.slots) if slot.name.partition("/")[0] in elsewhere
        )
        self.knowledge = Knowledge(table, foreign)
        tags = {other: steady_tags(other, around) for other in around}
        old_version, new_version = (
            Version.of(file, _closure(file, files), table, Numbers(numbers, len(self.steps)), tags)
            for file, numbers in zip(own, self.numbers, strict=True)
        )
        self._versions = (old_version, new_version)

    def walk(self, slot: int = -1, mask: int = 0) -> Graph:
        """All ways; with a slot, only those of people with these answers."""
        start = self.knowledge.start()
        if slot < 0:
            return walk_both(self._versions, self.knowledge, start, {})
        masks = (*start.masks[:slot], mask, *start.masks[slot + 1 :])
        return walk_both(self._versions, self.knowledge, start._replace(masks=masks), {slot: mask})

    def answer(self, number: int) -> str:
        """What the question of this number saves."""
        for files, numbers in zip(reversed(self.files), reversed(self.numbers), strict=True):
            for step, its in numbers.items():
                if its == number:
                    return answer_of(step, files[self.name].steps[step])
        return ""


def is_sound(files: Files, name: str) -> bool:
    """Whether every target and every called file is there, for this file and all that it calls."""
    seen, waiting = {name}, [name]
    while waiting:
        playbook = files.get(waiting.pop())
        if playbook is None:
            return False
        for step, its in playbook.steps.items():
            if any(target not in playbook.steps for _path, target in targets_of(step, its)):
                return False
        new = [called for called in playbook.calls() if called not in seen]
        seen.update(new)
        waiting += new
    return True


def _number(old: Playbook, new: Playbook, same: Mapping[str, str]) -> tuple[dict[str, int], dict[str, int]]:
    numbers = {step: number for number, step in enumerate(new.steps)}
    before = {there: numbers[here] for here, there in same.items()}
    gone = [step for step in old.steps if step not in before]
    return before | {step: number for number, step in enumerate(gone, len(numbers))}, numbers


def _closure(root: File, files: Mapping[str, File]) -> dict[str, File]:
    found, waiting = {root.id: root}, list(root.playbook.calls())
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = files[name]
            waiting += files[name].playbook.calls()
    return found

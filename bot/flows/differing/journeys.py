"""What an edit of one file means for the ways through it: which are new or gone, what they lose and win."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import Final

from bot.flows.differing.audience import Audience
from bot.flows.differing.changes import GRAVE, Change, Kind
from bot.flows.differing.conditions import Answers
from bot.flows.differing.counting import Count, Counter
from bot.flows.differing.naming import TAG_NAMES
from bot.flows.differing.pairing import Pairs
from bot.flows.differing.stage import Files, Stage, is_sound
from bot.flows.differing.steady import steady_tags
from bot.flows.differing.versions import TAG_BITS
from bot.flows.differing.ways import Answered

# More ways than this are "viele".
MANY: Final = 99


def compare_ways(old: Files, new: Files, name: str, pairs: Pairs, answers: Answers) -> Iterator[Change]:
    """Every sentence about ways through the file `name`."""
    if not (is_sound(old, name) and is_sound(new, name)):
        said = "Die Wege lassen sich nicht vergleichen: Eine Fassung hat Fehler („lotse check“ zeigt sie)."
        yield Change(Kind.WAYS, name, said)
        return
    stage = Stage(old, new, name, pairs)
    graph = stage.walk()
    if not graph.complete:
        yield from _uncounted(old, new, name)
        return
    counted = _Counted(stage, Counter(graph), answers)
    tags = yield from counted.tags()
    yield from counted.ends()
    yield from Audience(stage, graph, answers).compare(tags)


def _uncounted(old: Files, new: Files, name: str) -> Iterator[Change]:
    yield Change(Kind.WAYS, name, "Viele Wege sind betroffen; es sind zu viele, um jeden zu vergleichen.")
    lost = steady_tags(name, old) & ~steady_tags(name, new)
    for tag, bit in TAG_BITS.items():
        if lost & bit:
            kind = Kind.SAFETY if tag in GRAVE else Kind.WAYS
            yield Change(kind, name, f"Nicht mehr sicher auf jedem Weg: „{TAG_NAMES[tag]}“.")


class _Counted:
    """Says how many ways are concerned."""

    def __init__(self, stage: Stage, counter: Counter, answers: Answers) -> None:
        self._stage = stage
        self._counter = counter
        self._answers = answers

    def tags(self) -> Generator[Change, None, int]:
        """What ways lose and win; returns these tags as bits."""
        found = 0
        for tag, bit in TAG_BITS.items():
            for count, verbs in (
                (self._counter.lost(bit), ("verliert", "verlieren")),
                (self._counter.won(bit), ("gewinnt", "gewinnen")),
            ):
                if count.number:
                    found |= bit
                    kind = Kind.SAFETY if tag in GRAVE and verbs[0] == "verliert" else Kind.WAYS
                    said = f"{_ways(count, verbs)} „{TAG_NAMES[tag]}“{self._example(count)}."
                    yield Change(kind, self._stage.name, said)
        return found

    def ends(self) -> Iterator[Change]:
        """Ways that are new, and ways that are gone."""
        for count, verbs in (
            (self._counter.fresh(), ("ist neu", "sind neu")),
            (self._counter.gone(), ("fällt weg", "fallen weg")),
        ):
            if count.number:
                yield Change(Kind.WAYS, self._stage.name, f"{_ways(count, verbs)}{self._example(count)}.")

    def _example(self, count: Count) -> str:
        """The last two answers on the shortest such way."""
        if not count.example or count.number == count.all:
            return ""
        return f", zum Beispiel nach {' und '.join(self._said(choice[0]) for choice in count.example[-2:])}"

    def _said(self, answered: Answered) -> str:
        answer = self._stage.answer(answered.question)
        label = self._answers.value(answer, answered.value)
        return label if self._answers.is_clear(label) else f"{label} auf {self._answers.name(answer)}"


def _ways(count: Count, verbs: tuple[str, str]) -> str:
    if count.number == count.all > 1:
        return f"Alle Wege {verbs[1]}"
    if count.number > MANY:
        return f"Viele Wege {verbs[1]}"
    return f"1 Weg {verbs[0]}" if count.number == 1 else f"{count.number} Wege {verbs[1]}"

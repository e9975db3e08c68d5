"""What came out of a comparison: one German sentence for each change, the weightiest first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

# Nobody reads on after this many; what is left is counted.
MOST_LINES: Final = 30


# These tags are there for people in danger, or hold an invariant of the check: to lose one can hurt somebody.
GRAVE: Final = frozenset(("gefahr", "notruf", "beweise", "einwilligung", "person"))


class Kind(StrEnum):
    """What a change is about, the weightiest first. The value names it to programs."""

    SAFETY = "sicherheit"
    PRIVACY = "vertraulichkeit"
    WAYS = "wege"
    CONTACTS = "stellen"
    DEADLINES = "fristen"
    QUESTIONS = "fragen"
    STEPS = "schritte"
    CONDITIONS = "bedingungen"
    HEAD = "kopf"
    TEXTS = "texte"
    LANGUAGES = "sprachen"
    PAPERS = "angaben"


_WEIGHT: Final = {kind: number for number, kind in enumerate(Kind)}

# How many there are, for "und n weitere".
_COUNTED: Final[Mapping[Kind, tuple[str, str]]] = {
    Kind.SAFETY: ("zur Sicherheit", "zur Sicherheit"),
    Kind.PRIVACY: ("zur Vertraulichkeit", "zur Vertraulichkeit"),
    Kind.WAYS: ("zu Wegen", "zu Wegen"),
    Kind.CONTACTS: ("zu Stellen", "zu Stellen"),
    Kind.DEADLINES: ("zu Fristen", "zu Fristen"),
    Kind.QUESTIONS: ("zu Fragen", "zu Fragen"),
    Kind.STEPS: ("zu Schritten", "zu Schritten"),
    Kind.CONDITIONS: ("zu Bedingungen", "zu Bedingungen"),
    Kind.TEXTS: ("Text", "Texte"),
    Kind.LANGUAGES: ("zu Sprachen", "zu Sprachen"),
    Kind.HEAD: ("zum Kopf der Datei", "zum Kopf der Datei"),
    Kind.PAPERS: ("zu Quellen und Freigabe", "zu Quellen und Freigabe"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One change. `playbook` and `step` are ids in the new files (old ones of what is gone); `step` "": the file.

    `place`: where in its file, to sort by.
    """

    kind: Kind
    playbook: str
    sentence: str
    step: str = ""
    place: int = 0


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything that an edit means, the weightiest first. `titles`: the German title of each playbook, by id."""

    changes: tuple[Change, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, changes: Iterable[Change], titles: Mapping[str, str]) -> Difference:
        """Put changes in their order; the same sentence about the same playbook is said once."""
        seen: dict[tuple[str, str], Change] = {}
        for change in changes:
            seen.setdefault((change.playbook, change.sentence), change)
        order = sorted(seen.values(), key=lambda change: (_WEIGHT[change.kind], change.playbook, change.place))
        return cls(tuple(order), titles)

    def __bool__(self) -> bool:
        return bool(self.changes)

    @property
    def sentences(self) -> tuple[str, ...]:
        """All sentences, without the names of the playbooks."""
        return tuple(change.sentence for change in self.changes)

    def lines(self, most: int = MOST_LINES) -> tuple[str, ...]:
        """The sentences for reading; with the playbook before each when there are several. The rest is counted."""
        several = len({change.playbook for change in self.changes}) > 1
        shown = self.changes if len(self.changes) <= most else self.changes[: most - 1]
        lines = [f"{self.titles[one.playbook]}: {one.sentence}" if several else one.sentence for one in shown]
        rest = self.changes[len(shown) :]
        if rest:
            kinds = Counter(change.kind for change in rest)
            parts = ", ".join(f"{number} {_COUNTED[kind][number > 1]}" for kind, number in kinds.items())
            lines.append(f"und {len(rest)} weitere ({parts}).")
        return tuple(lines)

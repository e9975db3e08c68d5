"""What people say in fault tests: the person's side of the transcripts, and a few talks made for one failpoint each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from bot.adapters.terminal_record import read_span
from tests.faults.people import FORGET
from tests.faults.poison import RAISES
from tests.transcripts.script import Talk, read_talks

Entries = Sequence[tuple[str, str]]

FOLDER: Final = Path(__file__).parents[1] / "transcripts"

MADE: Final[Mapping[str, Entries]] = {
    "talk": (
        ("person", "bei mir vorm haus ist ne demo angemeldet"), ("press", "3"), ("press", "1"), ("person", "hilfe"),
        ("press", "1"), ("person", "zurück"), ("press", "2"), ("person", "notruf"), ("press", "1"),
    ),
    "burst": (
        ("burst", "hallo|hilfe|status|notruf|wiederholen"), ("person", "seit heute früh schreiben mir hunderte leute"),
        ("burst", "nein|1|2|mensch"), ("press", "1"),
    ),
    "forget": (("person", "hallo"), ("person", FORGET), ("press", "1"), ("person", "hallo"), ("press", "1")),
    "poison": (("person", "hallo"), ("person", RAISES), ("person", "hilfe"), ("press", "1")),
}  # fmt: skip
"""`burst`: several messages at once, before anything of ours is read."""


@lru_cache(maxsize=1)
def talks() -> Mapping[str, Talk]:
    """All talks of one person in the transcripts, by name; two roles are killed in `tests/work/test_kills`."""
    return {talk.name: talk for path in sorted(FOLDER.glob("*.yaml")) for talk in read_talks(path) if talk.alone}


def opening() -> list[str]:
    """What a person says until a case is open, in the first transcript with two roles."""
    talk = next(one for one in read_talks(FOLDER / "koordination.yaml") if one.desk)
    words = [str(entry.value) for entry in talk.entries if entry.kind == "person"]
    return words[: words.index("so speichern") + 2]


def side_of(talk: Talk) -> tuple[dict[str, Any] | None, Entries]:
    """How the person opens the chat (None: just writes), and what they do."""
    entries = [
        (entry.kind, str(read_span(entry.value) or 0) if entry.kind == "after" else str(entry.value))
        for entry in talk.entries
        if entry.kind != "lotse"
    ]
    opening = {"t": "started", "language": talk.language, "payload": talk.place} if talk.opened else None
    return opening, entries


def script(name: str) -> tuple[dict[str, Any] | None, Entries]:
    """A talk of a transcript, or one that was made here."""
    if name in MADE:
        return {"t": "started", "language": "de"}, MADE[name]
    return side_of(talks()[name])


def with_timers() -> list[str]:
    """Talks in which time passes."""
    return [name for name, talk in talks().items() if any(entry.kind == "after" for entry in talk.entries)]

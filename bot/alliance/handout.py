"""What stands on the handout of a place: for what, whom to call by day, and whom when that one is closed.

Owns the subjects and their words, in German and in Einfache Sprache. Who is named is the directory's choice: only what
is public, asked at an hour when offices are open, and again for the night.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from bot.alliance.directory import Directory
from bot.alliance.hours import local
from bot.alliance.kinds import FOLLOWS, KindId

_OFFICE_HOUR: Final = 10
# Of the Sunday before: late in the evening, and at three in the night.
_NIGHT_HOURS: Final = (22, 27)


class Named(Protocol):
    """A contact as it is shown."""

    @property
    def id(self) -> str:
        """Its id in the directory."""

    @property
    def name(self) -> str:
        """Organisation or function."""

    @property
    def reach(self) -> tuple[str, ...]:
        """Lines ready to show."""

    @property
    def hours(self) -> str:
        """In words; empty when unknown."""

    @property
    def checked(self) -> bool:
        """Whether a human has called the number."""


@dataclass(frozen=True, slots=True)
class Subject:
    """Something for which people look for help. `simple` is Einfache Sprache."""

    title: str
    simple: str
    kinds: tuple[KindId, ...]


SUBJECTS: Final = (
    Subject("Anzeige bei der Polizei", "Sie wollen der Polizei sagen, was war.", ("polizei", "staatsschutz")),
    Subject("Rat im Bündnis vor Ort", "Sie wissen nicht, wer hilft? Fragen Sie hier.", ("koordination",)),
    Subject("Beratung nach einem Angriff", "Sie wollen über den Angriff reden.", ("opferberatung",)),
    Subject("Seelische Not", "Es geht Ihnen sehr schlecht.", ("krisenhilfe",)),
    Subject("Hass im Internet", "Jemand schreibt Schlimmes über Sie.", ("hilfe_im_netz",)),
    Subject("Diskriminierung", "Jemand behandelt Sie schlechter als andere.", ("antidiskriminierung",)),
    Subject("Demonstration, Versammlung", "Menschen demonstrieren gegen Sie.", ("versammlungsbehoerde",)),
    Subject("Amt und Mandat", "Sie sind in der Politik oder leiten ein Amt.", ("amtstraeger", "lka_ansprechstelle")),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A subject and who is named for it. `later` is open at night when `first` is not; None: there is no such one."""

    subject: Subject
    first: Named
    later: Named | None


@dataclass(frozen=True, slots=True)
class Handout:
    """The sheet of one place, as of one day. `link`: what the QR code leads to; empty: there is none."""

    place: str
    day: dt.date
    entries: tuple[Entry, ...]
    link: str

    @property
    def is_draft(self) -> bool:
        """Whether somebody is named whom nobody has called."""
        named = (one for entry in self.entries for one in (entry.first, entry.later) if one is not None)
        return not all(one.checked for one in named)


def make_handout(directory: Directory, *, ags: str, name: str, at: dt.datetime, link: str = "") -> Handout:
    """The handout of the place with this key. `at` (aware) is when it is made; `link` may hold "{payload}"."""
    monday = local(at).date() + dt.timedelta(days=7 - local(at).weekday())
    by_day = dt.datetime.combine(monday, dt.time(_OFFICE_HOUR), local(at).tzinfo)
    sunday = dt.datetime.combine(monday - dt.timedelta(days=1), dt.time(), local(at).tzinfo)
    by_night = [sunday + dt.timedelta(hours=hour) for hour in _NIGHT_HOURS]
    entries: list[Entry] = []
    for subject in SUBJECTS:
        first = _ask(directory, ags, subject.kinds, by_day)
        if first:
            there = [[one for one in _ask(directory, ags, subject.kinds, night) if one.open_now] for night in by_night]
            others = (one[0] for one in there if one and first[0].id not in {known.id for known in one})
            entries.append(Entry(subject, first[0], next(others, None)))
    return Handout(name, local(at).date(), tuple(entries), link.replace("{payload}", ags))


def _ask(directory: Directory, ags: str, kinds: Sequence[KindId], at: dt.datetime) -> Sequence[_Found]:
    found = directory.responsible(
        places=dict.fromkeys(FOLLOWS, ags), incident="", kinds=kinds, audience="", at=at, language="de", staff=""
    )
    # The general lines stand in for every kind; on paper they have a line of their own.
    return [one for one in found if one.kind in kinds]


class _Found(Named, Protocol):
    @property
    def kind(self) -> KindId: ...

    @property
    def open_now(self) -> bool: ...

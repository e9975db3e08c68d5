"""Everything that `advance` may look at besides the conversation: frozen, hashed, replayable.

Contacts and places are resolved inside the turn against the directory as of now (decisions.md); the engine knows them
only by the protocols below, so that `bot.alliance` stays a room of its own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from bot.flows.exchange import Transport
from bot.flows.playbook import digest

if TYPE_CHECKING:
    from bot.flows.program import Program


class FoundContact(Protocol):
    """A contact as the person sees it; every text in the language that was asked for."""

    @property
    def id(self) -> str:
        """Its id in the directory."""

    @property
    def name(self) -> str:
        """Organisation or function."""

    @property
    def purpose(self) -> str:
        """What it is there for, in one line; may be empty."""

    @property
    def reach(self) -> tuple[str, ...]:
        """Lines such as "0800 111 0 111" or "www.hilfetelefon.de", ready to show."""

    @property
    def hours(self) -> str:
        """In words; empty when unknown."""

    @property
    def open_now(self) -> bool:
        """Whether somebody can be reached at the moment that was asked for."""

    @property
    def opens(self) -> str:
        """When it is next reachable, in words; empty when open or unknown."""

    @property
    def checked(self) -> bool:
        """Whether a human has called the number (`geprueft_am`)."""


class Directory(Protocol):
    """Who can be called for what, where, when."""

    @property
    def fingerprint(self) -> str:
        """Hash of its content."""

    def responsible(  # noqa: PLR0913 - who is responsible depends on all of these, and they are named
        self,
        *,
        places: Mapping[str, str],
        incident: str,
        kinds: Sequence[str],
        audience: str,
        at: dt.datetime,
        language: str,
        without: frozenset[str],
        staff: str,
        most: int,
    ) -> tuple[FoundContact, ...]:
        """At most `most` contacts, the reachable first. `places`: dienststelle, ort, wohnort -> AGS ("" unknown).

        `staff`: AGS of the municipality for which the person is enrolled ("" none).
        """


class FoundPlace(Protocol):
    """A municipality."""

    @property
    def ags(self) -> str:
        """Official municipality key, text."""

    @property
    def name(self) -> str:
        """Its name; no other place has it."""

    @property
    def certain(self) -> bool:
        """Whether the words that were looked for name it; else they are only like its name, or part of more."""


class Places(Protocol):
    """The municipalities that are known."""

    @property
    def fingerprint(self) -> str:
        """Hash of all that is known."""

    def find(self, words: str) -> tuple[FoundPlace, ...]:
        """What the words may mean, best first, at most five."""

    def name(self, ags: str) -> str:
        """Its name; the key itself when unknown."""


@dataclass(frozen=True, slots=True)
class Municipality:
    """Settings of the tenant; defaults where it has not said otherwise. Hours are local time.

    `channels`: names of transports on which its people find the Lotse; empty: on all.
    """

    ags: str = ""
    name: str = ""
    zone: str = "Europe/Berlin"
    quiet_from: int = 20
    quiet_to: int = 8
    retention_days: int = 30
    matrix_link: str = ""
    channels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class World:
    """What a turn may look at.

    `library`: playbook id -> the program with which a new walk begins; `local`: what is another one for the people of a
    municipality, by its key. `running`: the program of the revision with
    which this conversation began; None when it stands in none (or its revision is lost). `drafts`: unreleased ones may
    be shown. `du`: revisions that are said in Du here (`bot.flows.address`).
    """

    library: Mapping[str, Program]
    directory: Directory
    places: Places
    running: Program | None = None
    municipality: Municipality = field(default_factory=Municipality)
    transport: Transport = field(default_factory=Transport)
    drafts: bool = True
    local: Mapping[str, Mapping[str, Program]] = field(default_factory=dict)
    du: frozenset[str] = frozenset()

    def library_at(self, place: str) -> Mapping[str, Program]:
        """What walks begin with for those who work at `place` (AGS, "" unknown): equality, never a prefix."""
        own = self.local.get(place)
        return {**self.library, **own} if own else self.library

    @property
    def fingerprint(self) -> str:
        """Hash of all that can change what a turn does; stored with the turn for the replay audit."""
        return digest(
            [
                _revisions(self.library),
                sorted((place, _revisions(own)) for place, own in self.local.items()),
                self.directory.fingerprint,
                self.places.fingerprint,
                self.running.revision if self.running else "",
                repr(self.municipality),
                repr(self.transport),
                self.drafts,
                sorted(self.du),
            ]
        )


def _revisions(library: Mapping[str, Program]) -> list[tuple[str, str]]:
    return sorted((name, program.revision) for name, program in library.items())

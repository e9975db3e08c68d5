"""A world for the engine's tests: the shipped playbooks, a small directory, two places of the same name."""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import msgspec
import yaml

from bot.flows import conversation as states
from bot.flows.conversation import Conversation
from bot.flows.engine import Turn, advance
from bot.flows.exchange import Incoming, Send
from bot.flows.playbook import Linked, Playbook, link
from bot.flows.program import Program, compile_program
from bot.flows.world import World

PLAYBOOKS = Path(__file__).parents[2] / "playbooks"
NOON = dt.datetime(2026, 11, 23, 11, 0, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Card:
    """A contact as the engine sees it."""

    id: str
    name: str
    purpose: str = ""
    reach: tuple[str, ...] = ("030 23125 000",)
    hours: str = "Mo-Fr 9-16"
    open_now: bool = True
    opens: str = ""
    checked: bool = False


@dataclass(frozen=True)
class Town:
    """A place as the engine sees it."""

    ags: str
    name: str
    certain: bool = True


class Cards:
    """A directory that knows one card per kind and says what it was asked."""

    fingerprint = "cards"

    def responsible(
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
    ) -> tuple[Card, ...]:
        """One card per kind, in the order of the question."""
        return tuple(Card(kind, f"Stelle {kind}") for kind in kinds if kind not in without)[:most]


class Towns:
    """Three places; two share their first word."""

    fingerprint = "towns"
    rows = (Town("00000000", "Musterstadt"), Town("06611000", "Kassel"), Town("06633", "Landkreis Kassel"))

    def find(self, words: str) -> tuple[Town, ...]:
        """Places of that key, or whose name holds the words."""
        return tuple(town for town in self.rows if words == town.ags or words.casefold() in town.name.casefold())

    def name(self, ags: str) -> str:
        """The name of a key; the key itself when unknown."""
        return next((town.name for town in self.rows if town.ags == ags), ags)


def read(text: str) -> Playbook:
    """A playbook from YAML text, every scalar a string."""
    return Playbook.model_validate(yaml.load(text, Loader=yaml.CBaseLoader))  # noqa: S506 - the base loader makes strings only


@functools.cache
def shipped() -> Mapping[str, Playbook]:
    """The playbooks of the repository by id."""
    files = [read(path.read_text()) for path in sorted(PLAYBOOKS.glob("*.yaml"))]
    return {file.id: file for file in files}


@functools.cache
def shipped_library() -> Mapping[str, Program]:
    """Everything a person can be led to."""
    return library_of(shipped())


def library_of(files: Mapping[str, Playbook]) -> Mapping[str, Program]:
    """Compile all files that are no building block."""
    return {name: compile_program(link(file, files)) for name, file in files.items() if file.type != "baustein"}


def world_of(library: Mapping[str, Program], **changes: Any) -> World:  # noqa: ANN401 - any field of World
    """A world with this library."""
    return replace(World(library=library, directory=Cards(), places=Towns()), **changes)


class Talk:
    """A conversation in the making: stores and reloads the state between every two turns."""

    def __init__(self, world: World, now: dt.datetime = NOON) -> None:
        self.world = world
        self.now = now
        self.state: Conversation = states.EMPTY
        self.turns: list[Turn] = []

    def do(self, incoming: Incoming) -> Turn:
        """One turn, with a seed that follows from its number."""
        seed = hashlib.sha256(str(len(self.turns)).encode()).hexdigest()[:24]
        incoming = msgspec.structs.replace(incoming, seed=seed)
        programs: dict[str, Program] = {program.revision: program for program in self.world.library.values()}
        world = replace(self.world, running=programs.get(self.state.revision))
        turn = advance(world, states.decode(states.encode(self.state)), incoming, self.now)
        self.state = turn.conversation
        self.turns.append(turn)
        return turn

    def texts(self) -> list[str]:
        """What was sent in the last turn."""
        return [effect.text for effect in self.turns[-1].effects if isinstance(effect, Send)]

    def question(self) -> Send:
        """The last message of the last turn."""
        return [effect for effect in self.turns[-1].effects if isinstance(effect, Send)][-1]


__all__ = ["Card", "Linked", "Talk", "library_of", "read", "shipped", "shipped_library", "world_of"]

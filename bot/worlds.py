"""What the engine may look at, made from files: the playbooks that are running, the alliance, the municipality.

Owns: the `World` of each conversation, and which program stands for which revision. The files are shown as one state at
a time; a new state replaces the old one whole, in one step, so that a turn never sees half of an edit. Programs of
revisions in which somebody may still stand stay at hand.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

import msgspec

from bot.alliance.contact import Area, Settings
from bot.alliance.directory import Directory
from bot.alliance.places import Place, Places
from bot.alliance.vault import Vault
from bot.cases.escalation import ACCEPT_HOURS, Plan
from bot.flows.address import speaks_du
from bot.flows.arrival import place_of
from bot.flows.conversation import Conversation
from bot.flows.exchange import Incoming, Offered, Said, Transport
from bot.flows.overriding import Local
from bot.flows.playbook import Playbook, dump, restore
from bot.flows.program import Program, compile_program
from bot.flows.reading import clean
from bot.flows.walking import RECEPTION
from bot.flows.world import Municipality, World
from bot.understanding.asides import CHATTING, WISHING, Asides
from bot.understanding.concern import Concern, gather
from bot.understanding.matching import NO_ASIDE, Entry, Matcher
from bot.understanding.meaning import Encoder
from bot.understanding.memory import Memory
from bot.understanding.ordinary import find_ordinary
from bot.understanding.utterances import LEAST_URGENT, UNCLEAR, Utterances

MOST_WORLDS: Final = 1_000
"""Worlds kept ready (a place, a revision, a transport); each is a few hundred bytes around shared parts."""

MOST_OFFERED: Final = 6
"""What is offered at once and, where that was wrong, next."""

LIKELY: Final = 0.06
"""Share of what speaks for any playbook from which one is offered at all."""


@dataclass(frozen=True)
class _State:
    """The files as they stand.

    `directory`: without secrets. `shown`: what is shown, by whether drafts may be (else it is without what nobody has
    called and what is made up), and by whether the transport keeps a secret.
    `local`: what is another program in a municipality; `released` only those that a human released, so that a draft
    never takes the place of a released text. `matchers`: where other words lead to the playbooks.
    `own`: what municipalities have settled for themselves, by key.
    """

    library: Mapping[str, Program]
    local: Local
    released: Local
    areas: tuple[Area, ...]
    directory: Directory
    shown: Mapping[tuple[bool, bool], Directory]
    places: Places
    matcher: Matcher
    matchers: Mapping[str, Matcher]
    own: Mapping[str, Settings]


class Worlds:
    """Makes worlds; fulfils `bot.work.worlds.WorldSource`.

    `zone`: local time where a municipality says nothing else. `allow_drafts`: real transports show what no human has
    released or called. `encoder`: tells what whole sentences mean, where somebody has switched that on. `memory`: where
    what was learned is kept for the next start.
    """

    def __init__(  # noqa: PLR0913 - what the files say and the settings; all but the files by name
        self,
        library: Mapping[str, Program],
        areas: Iterable[Area],
        register: Iterable[Place] = (),
        *,
        zone: str,
        allow_drafts: bool,
        local: Local = MappingProxyType({}),
        spoken: Mapping[str, Utterances] = MappingProxyType({}),
        encoder: Encoder | None = None,
        memory: Memory | None = None,
    ) -> None:
        self._zone = zone
        self._memory = memory
        self._encoder = encoder
        self._allow_drafts = allow_drafts
        self._programs: dict[str, Program] = {}
        self._worlds: dict[tuple[Transport, str, str], World] = {}
        self._guard = threading.Lock()
        # Held by whoever makes a new state out of the old one.
        self._making = threading.Lock()
        self._vault: Vault = {}
        self._speaking: dict[str, bool] = {}
        self._concern, self._wishes, self._chat = Concern(), Asides(WISHING), Asides(CHATTING)
        self._state: _State
        self.show(library, areas, register, local, spoken)

    def show(
        self,
        library: Mapping[str, Program],
        areas: Iterable[Area],
        register: Iterable[Place] = (),
        local: Local = MappingProxyType({}),
        spoken: Mapping[str, Utterances] = MappingProxyType({}),
    ) -> None:
        """Take the files as they stand now: for whoever begins from here on. From any thread."""
        with self._making:
            self._show(library, tuple(areas), register, local, spoken)

    def _show(
        self,
        library: Mapping[str, Program],
        areas: tuple[Area, ...],
        register: Iterable[Place],
        local: Local,
        spoken: Mapping[str, Utterances],
    ) -> None:
        directory = Directory(areas)
        self._learn(library, spoken)
        state = _State(
            library=library,
            local=local,
            released=_released(local),
            areas=areas,
            directory=directory,
            shown=_shown(areas, directory, self._vault),
            places=Places.of(areas, register),
            matcher=self._matcher(library, spoken),
            matchers={
                place: self._matcher({**library, **own}, spoken)
                for place, own in local.items()
                if any(
                    name in library and _entry(p.root, spoken) != _entry(library[name].root, spoken)
                    for name, p in own.items()
                )
            },
            own={area.prefix: area.settings for area in areas if area.prefix},
        )
        with self._guard:
            # A program that is at hand stays: whoever stands in it keeps it, released since or not.
            for program in (*library.values(), *(one for own in local.values() for one in own.values())):
                self._programs.setdefault(program.revision, program)
            self._state = state
            self._worlds = {}

    def _learn(self, library: Mapping[str, Program], spoken: Mapping[str, Utterances]) -> None:
        """Let the common files say what is heard; anew only where they give other examples."""
        entries = (_entry(program.root, spoken) for program in library.values() if program.root.type == "vorfall")
        sentences = (text for entry in entries for text in entry.utterances)
        files = {name: file for program in library.values() for name, file in program.linked.files.items()}
        examples = tuple(gather(spoken, find_ordinary(files.values(), sentences)))
        if examples != self._concern.examples:
            self._concern = Concern(examples, encoder=self._encoder, until=self._concern, memory=self._memory)
            self._wishes = Asides(WISHING, examples, until=self._wishes, memory=self._memory)
            self._chat = Asides(CHATTING, examples, until=self._chat, memory=self._memory)

    def _matcher(self, library: Mapping[str, Program], spoken: Mapping[str, Utterances]) -> Matcher:
        unclear = spoken[UNCLEAR].sentences if UNCLEAR in spoken else ()
        entries = [_entry(program.root, spoken) for program in library.values() if program.root.type == "vorfall"]
        return Matcher(
            sorted(entries, key=lambda entry: entry.id),
            unclear,
            encoder=self._encoder,
            concern=self._concern,
            wishes=self._wishes,
            chat=self._chat,
        )

    def reveal(self, vault: Vault) -> None:
        """Take what the protected store holds now. From any thread."""
        with self._making:
            self._vault = vault
            state = replace(self._state, shown=_shown(self._state.areas, self._state.directory, vault))
            with self._guard:
                self._state = state
                self._worlds = {}

    @property
    def library(self) -> Mapping[str, Program]:
        """The playbooks with which a walk begins now, by id."""
        return self._state.library

    @property
    def local(self) -> Local:
        """What is another program for the people of a municipality, by its key."""
        return self._state.local

    @property
    def areas(self) -> tuple[Area, ...]:
        """What the files of the alliance say."""
        return self._state.areas

    @property
    def directory(self) -> Directory:
        """Every contact, checked or not; of secret ones nothing."""
        return self._state.directory

    @property
    def places(self) -> Places:
        """The municipalities that are known."""
        return self._state.places

    @property
    def matcher(self) -> Matcher:
        """What finds playbooks in a sentence."""
        return self._state.matcher

    def prepare(self) -> None:
        """Let every matcher learn now, so that no message waits for it. From any thread."""
        state = self._state
        matchers = (state.matcher, *state.matchers.values())
        for matcher in matchers:
            matcher.train()
        for matcher in matchers:
            matcher.prepare()

    def world_for(self, transport: Transport, place: str, revision: str) -> World:
        """Return the world for a conversation at `place` (AGS, "" unknown) in `revision` ("" in none)."""
        key = (transport, place, revision)
        world = self._worlds.get(key)
        if world is None:
            with self._guard:
                if len(self._worlds) >= MOST_WORLDS:
                    self._worlds.clear()
                world = self._worlds.setdefault(key, self._make(transport, place, revision))
        return world

    def place_of(self, conversation: Conversation, incoming: Incoming) -> str:
        """For which place (AGS, "" unknown) the world of this turn is made."""
        return place_of(self._state.places, conversation, incoming)

    def _make(self, transport: Transport, place: str, revision: str) -> World:
        state = self._state
        drafts = self._allow_drafts or not transport.real
        return World(
            library=state.library,
            directory=state.shown[drafts, transport.encrypted],
            places=state.places,
            running=self._programs.get(revision),
            municipality=self._settle(place),
            transport=transport,
            drafts=drafts,
            local=state.local if drafts else state.released,
            du=self._du(place, revision),
        )

    def _du(self, place: str, revision: str) -> frozenset[str]:
        """Which of the playbooks that may run at this place are said in Du: none where it has not settled for that."""
        state = self._state
        settings = state.own.get(place)
        if settings is None or settings.address != "du":
            return frozenset()
        running = self._programs.get(revision)
        programs = [*{**state.library, **state.local.get(place, {})}.values(), *([running] if running else [])]
        return frozenset(program.revision for program in programs if self._speaks_du(program))

    def _speaks_du(self, program: Program) -> bool:
        known = self._speaking.get(program.revision)
        if known is None:
            known = self._speaking[program.revision] = speaks_du(program)
        return known

    def _settle(self, place: str) -> Municipality:
        """What the municipality has settled in its file, and the Lotse's own ways where it says nothing."""
        state = self._state
        settings = state.own.get(place, Settings())
        municipality = Municipality(ags=place, name=state.places.name(place) if place else "", zone=self._zone)
        said = {name: getattr(settings, name) for name in ("quiet_from", "quiet_to", "retention_days", "matrix_link")}
        said["channels"] = settings.channels
        return replace(municipality, **{name: value for name, value in said.items() if value is not None})

    def plan_for(self, tenant: str) -> Plan:
        """What exactly this municipality has settled for its cases; hours are those of its coordination."""
        state = self._state
        hours = state.own.get(tenant, Settings()).accept_hours
        tables = [
            entry.tables
            for entry in state.directory.entries.values()
            if entry.area.prefix == tenant and entry.contact.kind == "koordination" and entry.tables
        ]
        plan = Plan(self._settle(tenant), hours if hours is not None else ACCEPT_HOURS)
        return replace(plan, spans=tables[0][0].open_spans) if tables else plan

    def mailed(self) -> Mapping[str, tuple[str, ...]]:
        """Mail addresses that are told of the cases of a municipality, by its key; no draft and nobody made up."""
        areas = [area for area in self._state.areas if area.prefix and area.settings.mail_notices]
        found = {
            area.prefix: tuple(
                dict.fromkeys(
                    way.mail
                    for name in area.settings.mail_notices
                    if name in area.contacts
                    for way in area.contacts[name].reach
                    if way.mail is not None
                )
            )
            for area in (areas if self._allow_drafts else _called(areas))
        }
        return {place: addresses for place, addresses in found.items() if addresses}

    def enrich(self, incoming: Incoming, conversation: Conversation) -> Incoming:
        """Clean what was typed, and hear whether it may speak of a crisis or ask something of the conversation itself.

        At the reception, and where nothing is open, look which playbooks it may mean.
        """
        if not isinstance(incoming, Said) or _is_enriched(incoming):
            return incoming
        cleaned = clean(incoming.text)
        offered: tuple[Offered, ...] = ()
        told: tuple[str, ...] = ()
        state = self._state
        # Until it is learned the lists are enough: whoever writes the books must not wait for it.
        distress = state.matcher.hear(cleaned.text) if state.matcher.concern.is_ready else ""
        aside = NO_ASIDE
        if not distress and conversation.desk is None and state.matcher.hears_asides:
            aside = state.matcher.hear_aside(cleaned.text)
        at, told_by_person = conversation.at, conversation.desk is None
        if told_by_person and (at is None or at.playbook == RECEPTION):
            match = state.matchers.get(conversation.place, state.matcher).match_beside(cleaned.text, MOST_OFFERED)
            if match.kind == "playbook":
                likely = [one for one in match.candidates if one.score >= LIKELY or one.id in match.told]
                offered, told = tuple(Offered(one.id, one.score) for one in likely), match.told
        if cleaned.text == incoming.text and not (offered or distress or any(aside)):
            return incoming
        heard = {"offered": offered, "told": told, "distress": distress, "chat": aside.topic}
        wishes = tuple(one.id for one in aside.wishes)
        return msgspec.structs.replace(incoming, text=cleaned.text, cut=cleaned.cut, wishes=wishes, **heard)

    def knows(self, revision: str) -> bool:
        """Whether the program of this revision is at hand."""
        return revision in self._programs

    def stored(self, revision: str) -> bytes:
        """Return the revision as it is kept.

        Raises:
            LookupError: it is not known.
        """
        return dump(self._programs[revision].linked)

    def restore(self, body: bytes) -> None:
        """Take back a revision that was kept; one that is at hand stays as it is."""
        linked = restore(body)
        if linked.revision in self._programs:
            return
        program = compile_program(linked)
        with self._guard:
            self._programs.setdefault(program.revision, program)
            self._worlds = {key: world for key, world in self._worlds.items() if key[2] != program.revision}


def _is_enriched(said: Said) -> bool:
    return bool(said.cut or said.offered or said.distress or said.wishes or said.chat)


def _released(local: Local) -> Local:
    own = {place: {name: one for name, one in own.items() if one.linked.released} for place, own in local.items()}
    return {place: programs for place, programs in own.items() if programs}


def _entry(playbook: Playbook, spoken: Mapping[str, Utterances]) -> Entry:
    said = spoken.get(playbook.id)
    sentences = dict.fromkeys((*playbook.utterances, *(said.sentences if said else ())))
    urgency = said.urgency if said else LEAST_URGENT
    beside = said.beside if said else False
    return Entry(playbook.id, playbook.incidents, tuple(sentences), playbook.keywords, urgency, beside)


def _shown(areas: tuple[Area, ...], plain: Directory, vault: Vault) -> Mapping[tuple[bool, bool], Directory]:
    """The directories that worlds have; the same one where nothing in it is another."""
    called = tuple(_called(areas))
    without = {True: plain, False: Directory(called)}
    return {
        (drafts, secret): Directory(areas if drafts else called, vault) if secret and vault else without[drafts]
        for drafts in (True, False)
        for secret in (True, False)
    }


def _called(areas: Iterable[Area]) -> Iterable[Area]:
    """Leave out contacts that no human has called, and towns that are made up."""
    for area in areas:
        if not area.fictional:
            yield area.model_copy(
                update={"contacts": {name: one for name, one in area.contacts.items() if one.geprueft_am is not None}}
            )

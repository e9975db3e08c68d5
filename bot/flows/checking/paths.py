"""Every path through a playbook, walked breadth first, so that the first bad one found is the shortest.

A state is (place, where calls return to, what is known of the answers that still matter, what was promised so far).
Loops end because states repeat. What a state may not do is `invariants`; how a path is shown is `chats`; what the whole
graph of states says about loops and lengths is `lengths`.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final, Literal, NamedTuple

from bot.flows.checking.invariants import PERSON, SAFE, Finding, Invariants
from bot.flows.checking.liveness import Liveness
from bot.flows.checking.symbols import TICKED, UNSET, UNTICKED, Given, Masks, Table, replace
from bot.flows.checking.tables import target_of
from bot.flows.checking.terrain import Place, Terrain
from bot.flows.conversation import DECLINED
from bot.flows.steps import (
    Branch,
    Call,
    Condition,
    ContactStep,
    Deadline,
    End,
    OfferCase,
    OfferPlaybooks,
    Question,
    Set,
)

# More states than this are not looked at one by one; the walk is then done once more without conditions. It keeps the
# check of 500 steps at their worst well under two seconds (`python -m bench check`).
MAX_STATES: Final = 20_000


class State(NamedTuple):
    """Where a path can stand."""

    place: int
    stack: tuple[int, ...]
    masks: Masks
    flags: int


@dataclass(frozen=True, slots=True)
class Move:
    """One edge of the graph of states.

    `known`: the masks before those that no longer matter were dropped. `givens`: what the person may have answered;
    `asked` False: the question was passed in silence (answered before, or not asked on this transport).
    """

    to: State
    known: Masks
    givens: tuple[Given, ...] = ()
    asked: bool = False


@dataclass(slots=True)
class Walked:
    """The states in the order of finding: how each was reached first, and where it leads (and whether by a question).

    `findings`: where each was first. `arms`: the cases of branches that some path takes, -1 for the branch itself.
    """

    states: list[State] = field(default_factory=list)
    came: list[tuple[int, Move] | None] = field(default_factory=list)
    leads: list[list[tuple[int, bool]]] = field(default_factory=list)
    findings: dict[tuple[str, int, str], tuple[int, Finding]] = field(default_factory=dict)
    unasked: dict[int, tuple[int, int]] = field(default_factory=dict)
    arms: set[tuple[int, int]] = field(default_factory=set)
    complete: bool = True

    def add(self, state: State, came: tuple[int, Move] | None) -> int:
        """Note a new state."""
        self.states.append(state)
        self.came.append(came)
        self.leads.append([])
        return len(self.states) - 1

    def trail(self, index: int) -> list[tuple[State, Move | None]]:
        """The shortest way to a state: every state on it, with the move that leaves it."""
        way: list[tuple[State, Move | None]] = [(self.states[index], None)]
        came = self.came[index]
        while came is not None:
            before, move = came
            way.append((self.states[before], move))
            came = self.came[before]
        return way[::-1]


def walk(terrain: Terrain, table: Table, rules: Invariants, starts: Iterable[tuple[Masks, int]]) -> Walked:
    """Walk every path; `starts`: what is known and promised where it can begin."""
    walked, ids = Walked(), dict[State, int]()
    live = Liveness(terrain, table)
    walker = _Walker(terrain, table, rules, walked, live)
    waiting: deque[int] = deque()
    for masks, flags in starts:
        place = terrain.first[rules.root.id]
        start = State(place, (), table.keep(masks, live.alive(place, ())), flags)
        ids[start] = walked.add(start, None)
        waiting.append(ids[start])
    while waiting:
        index = waiting.popleft()
        for move in walker.moves(index):
            known = ids.get(move.to)
            if known is None:
                if len(walked.states) >= MAX_STATES:
                    walked.complete = False
                    return walked
                known = ids[move.to] = walked.add(move.to, (index, move))
                waiting.append(known)
            walked.leads[index].append((known, move.asked))
    return walked


def starts_of(table: Table, rules: Invariants, prefilled: Iterable[str]) -> Iterator[tuple[Masks, int]]:
    """What is known and promised where a walk begins.

    A `vorfall` can follow the reception, which may have asked what is `prefilled`; what the callers of a building block
    have asked is unknown.
    """
    slots = {table.by_name[name] for name in prefilled if name in table.by_name}
    slots |= {slot for (name, _option), slot in table.ticks.items() if table.by_name.get(name) in slots}
    if rules.is_block:
        yield tuple(slot.every for slot in table.slots), rules.start
        return
    yield table.nothing, rules.start
    if rules.root.playbook.type == "vorfall":
        yield tuple(slot.every if number in slots else UNSET for number, slot in enumerate(table.slots)), SAFE


class _Walker:
    """The moves out of a state, one method for each kind of step."""

    def __init__(self, terrain: Terrain, table: Table, rules: Invariants, walked: Walked, live: Liveness) -> None:
        self.terrain = terrain
        self.table = table
        self.rules = rules
        self.walked = walked
        self.live = live

    def moves(self, index: int) -> Iterator[Move]:
        """Everything that can happen next."""
        state = self.walked.states[index]
        place = self.terrain.places[state.place]
        step = place.step
        self._note(index, place, self.rules.blanks(place, state.masks))
        if isinstance(step, Question):
            yield from self._question(index, state, place, step)
            return
        flags, found = self.rules.enter(place, state.flags, ends=isinstance(step, End) and not state.stack)
        self._note(index, place, found)
        state = state._replace(flags=flags)
        match step:
            case Branch():
                yield from self._branch(index, state, place, step)
            case Call():
                yield self._to(state, self.terrain.first[step.playbook], stack=(*state.stack, place.next))
            case End():
                if state.stack:
                    yield self._to(state, state.stack[-1], stack=state.stack[:-1])
                else:
                    self._note(index, place, self.rules.over(flags))
            case Set():
                yield from (self._to(state, place.next, masks=masks) for masks in self._set(state.masks, step))
            case ContactStep():
                for masks, named in self._contact(index, state, place, step):
                    yield self._to(state._replace(flags=flags | PERSON if named else flags), place.next, masks=masks)
            case _:
                yield self._to(state, place.next)

    def _note(self, index: int, place: Place, found: Iterable[Finding]) -> None:
        for finding in found:
            self.walked.findings.setdefault((finding.code, place.index, finding.detail), (index, finding))

    def _to(
        self, state: State, place: int, *, stack: tuple[int, ...] | None = None, masks: Masks | None = None
    ) -> Move:
        known = state.masks if masks is None else masks
        calls = state.stack if stack is None else stack
        before = self.live.alive(state.place, state.stack)
        kept = self.table.keep(known, self.live.alive(place, calls), state.masks, before)
        return Move(State(place, calls, kept, state.flags), known)

    def _split(self, index: int, place: Place, condition: Condition, masks: Masks) -> tuple[list[Masks], list[Masks]]:
        parts = self.table.split(condition, masks)
        for test in self.table.unasked:
            self.walked.unasked.setdefault(id(test), (index, place.index))
        self.table.unasked.clear()
        return parts

    # --- steps that ask nothing ---

    def _branch(self, index: int, state: State, place: Place, step: Branch) -> Iterator[Move]:
        left = [state.masks]
        self.walked.arms.add((place.index, -1))
        for number, case in enumerate(step.cases):
            pairs = [self._split(index, place, case.if_, masks) for masks in left]
            for masks in (masks for holds, _fails in pairs for masks in holds):
                self.walked.arms.add((place.index, number))
                yield self._to(state, self.terrain.at(place, case.go), masks=masks)
            left = [masks for _holds, fails in pairs for masks in fails]
        for masks in left:
            yield self._to(state, self.terrain.at(place, step.else_), masks=masks)

    def _set(self, masks: Masks, step: Set) -> list[Masks]:
        """A word is noted; a deadline only where its day is known, as in `bot.flows.walking`."""
        ways = [masks]
        for name, value in step.values.items():
            slot = self.table.by_name.get(name)
            if slot is None:
                continue
            if not isinstance(value, Deadline):
                ways = [replace(way, slot, self.table.mask(slot, Given(value))) for way in ways]
                continue
            noted = self.table.slots[slot].every & ~UNSET
            source = self.table.by_name.get(value.from_)
            if source is None:
                continue
            day = self.table.slots[source].every & ~UNSET & ~self.table.slots[source].empty
            known = [replace(replace(way, source, way[source] & day), slot, noted) for way in ways if way[source] & day]
            ways = known + [replace(way, source, way[source] & ~day) for way in ways if way[source] & ~day]
        return ways

    def _contact(self, index: int, state: State, place: Place, step: ContactStep) -> Iterator[tuple[Masks, bool]]:
        """Whether a kind of contact is left when those who are part of the problem are left out."""
        if not frozenset(step.kinds) <= {kind for part in step.without for kind in part.kinds}:
            yield state.masks, True
            return
        ways: list[tuple[Masks, frozenset[str]]] = [(state.masks, frozenset(step.kinds))]
        for part in step.without:
            gone = frozenset(part.kinds)
            split = [(self._split(index, place, part.if_, masks), left) for masks, left in ways]
            ways = [(masks, left - gone) for (holds, _fails), left in split for masks in holds]
            ways += [(masks, left) for (_holds, fails), left in split for masks in fails]
        yield from ((masks, bool(left)) for masks, left in ways)

    # --- questions ---

    def _question(self, index: int, state: State, place: Place, step: Question) -> Iterator[Move]:
        if step.once:
            yield from self._go_on(state, place, step, self._known(state.masks, place), answered="before")
            if place.slot >= 0 and not state.masks[place.slot] & UNSET:
                return
        if step.confidential:
            silent = [given for given in place.givens if given.value is DECLINED]
            yield from self._go_on(state, place, step, silent, answered="silently")
        flags, found = self.rules.enter(place, state.flags, ends=False)
        self._note(index, place, found)
        flags, found = self.rules.ask(place, flags)
        self._note(index, place, found)
        usual = [given for given in place.givens if given.value is not DECLINED or step.decline]
        yield from self._go_on(state._replace(flags=flags), place, step, usual, answered="now")

    def _known(self, masks: Masks, place: Place) -> Iterable[Given]:
        """What may have been answered before, here or to another question of this name; else anything."""
        if place.slot < 0:
            return place.givens
        examples = enumerate(self.table.slots[place.slot].examples)
        return [given for number, given in examples if given is not None and masks[place.slot] >> number & 1]

    def _go_on(
        self,
        state: State,
        place: Place,
        step: Question,
        givens: Iterable[Given],
        *,
        answered: Literal["before", "silently", "now"],
    ) -> Iterator[Move]:
        """One move for each way on; answers that lead the same way are kept together."""
        groups: dict[tuple[int, int, bool], list[Given]] = {}
        for given in givens:
            flags = self.rules.choose(place, given, state.flags)
            ticked = isinstance(given.value, list)
            groups.setdefault((self._target(place, step, given), flags, ticked), []).append(given)
        for (target, flags, ticked), same in groups.items():
            masks = state.masks
            if place.slot >= 0:
                mask = 0
                for given in same:
                    mask |= self.table.mask(place.slot, given)
                masks = replace(masks, place.slot, masks[place.slot] & mask if answered == "before" else mask)
            for slot in place.ticks if answered != "before" else ():
                masks = replace(masks, slot, UNTICKED | TICKED if ticked else UNTICKED)
            move = self._to(state._replace(flags=flags), target, masks=masks)
            yield Move(move.to, move.known, tuple(same), asked=answered == "now")

    def _target(self, place: Place, step: Question, given: Given) -> int:
        if isinstance(step, OfferCase):
            return self.terrain.at(place, step.accepted if given.value == "ja" else step.declined)
        if isinstance(step, OfferPlaybooks):
            # To choose a playbook begins another walk: only "etwas anderes" goes on here.
            return self.terrain.at(place, step.other)
        return self.terrain.at(place, target_of(step, given.value))

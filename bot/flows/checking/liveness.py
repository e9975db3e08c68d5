"""Which answers still matter: from each place, with each stack of calls, what will look at them before they change.

The classic backward analysis (live variables), on watchers instead of variables, and per call: for each place `seen`
(what looks from here to the end of its file) and `through` (what may look after the end, because nothing here gives a
new answer). Composed along the stack that a state really has, nothing is kept alive by other callers.
"""

from __future__ import annotations

from bot.flows.checking.files import conditions_of, targets_of, tests_of
from bot.flows.checking.graph import falls_on
from bot.flows.checking.symbols import Table
from bot.flows.checking.terrain import Place, Terrain
from bot.flows.steps import Call, Deadline, End, Question, Set


class Liveness:
    """The watchers that are alive in a state, as bits."""

    def __init__(self, terrain: Terrain, table: Table) -> None:
        """Work out `seen` and `through` for every place."""
        self._terrain = terrain
        self._every = (1 << len(table.watchers)) - 1
        self._uses = [_uses(place, table) for place in terrain.places]
        self._passes = [self._every & ~_gives(place, table) for place in terrain.places]
        self._seen = [0] * len(terrain.places)
        self._through = [0] * len(terrain.places)
        self._known: dict[tuple[int, tuple[int, ...]], int] = {}
        self._settle()

    def alive(self, place: int, stack: tuple[int, ...]) -> int:
        """What will look at answers from `place` on, when calls return to `stack`."""
        key = (place, stack)
        if key not in self._known:
            after = self.alive(stack[-1], stack[:-1]) if stack else 0
            self._known[key] = self._seen[place] | (self._through[place] & after)
        return self._known[key]

    def _settle(self) -> None:
        following = [self._following(place) for place in self._terrain.places]
        changed = True
        while changed:
            changed = False
            for number in range(len(following) - 1, -1, -1):
                new = self._look(self._terrain.places[number], following[number])
                if new != (self._seen[number], self._through[number]):
                    self._seen[number], self._through[number] = new
                    changed = True

    def _look(self, place: Place, following: list[int]) -> tuple[int, int]:
        if isinstance(place.step, End):
            return self._uses[place.index], self._every
        seen = through = 0
        for target in following:
            seen |= self._seen[target]
            through |= self._through[target]
        if isinstance(place.step, Call):
            callee = self._terrain.first[place.step.playbook]
            return self._seen[callee] | (self._through[callee] & seen), self._through[callee] & through
        passes = self._passes[place.index]
        return self._uses[place.index] | (passes & seen), passes & through

    def _following(self, place: Place) -> list[int]:
        """Where one can be next in the same file."""
        named = targets_of(place.name, place.step)
        after = {self._terrain.index[place.file.id, target] for path, target in named if path[-1] != "next"}
        return sorted(after | ({place.next} if falls_on(place.step) else set()))


def _uses(place: Place, table: Table) -> int:
    """What looks at answers in this step."""
    keys = [("blank", slot) for slot in place.blanks]
    for path, condition in conditions_of(place.name, place.step):
        keys += [("test", id(test)) for _path, test in tests_of(path, condition)]
    if isinstance(place.step, Question) and place.step.once:
        keys.append(("once", id(place.step)))
    if isinstance(place.step, Set):
        days = [value.from_ for value in place.step.values.values() if isinstance(value, Deadline)]
        keys += [("blank", table.by_name[name]) for name in days if name in table.by_name]
    return sum(1 << number for number in {table.watch[key] for key in keys if key in table.watch})


def _gives(place: Place, table: Table) -> int:
    """What no longer sees the answer from before this step."""
    slots: set[int] = set()
    if isinstance(place.step, Set):
        words = [name for name, value in place.step.values.items() if not isinstance(value, Deadline)]
        slots = {table.by_name[name] for name in words if name in table.by_name}
    elif isinstance(place.step, Question) and not place.step.once:
        slots = {slot for slot in (place.slot, *place.ticks) if slot >= 0}
    return sum(table.watching(slot) for slot in slots)

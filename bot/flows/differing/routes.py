"""Where each answer leads, and whether that became another place: an inserted step alone changes no direction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bot.flows.checking.files import options_of
from bot.flows.checking.graph import falls_on, following
from bot.flows.conversation import DECLINED, UNKNOWN
from bot.flows.differing.pairing import Pairs
from bot.flows.playbook import Playbook
from bot.flows.steps import AnyStep, Branch, End, OfferCase, OfferPlaybooks, Question

# One way out of a step: an option's id, UNKNOWN, DECLINED, or one of these.
ON, ELSE, ACCEPTED, REFUSED, OTHER = "→", "→sonst", "→ja", "→nein", "→anderes"
Way = str | bool | None


def ways_out(step: AnyStep, after: str) -> dict[Way, str]:
    """Each way out of a step with its target; `after` is where it goes when nothing else is said, "" nowhere.

    The cases of a branch are not here: they belong to their conditions.
    """
    ways: dict[Way, str] = {}
    match step:
        case End():
            return ways
        case Branch():
            return {ELSE: step.else_}
        case OfferCase():
            ways |= {ACCEPTED: step.accepted, REFUSED: step.declined}
        case OfferPlaybooks():
            ways[OTHER] = step.other
        case _:
            pass
    if not isinstance(step, Question):
        return {ON: after}
    options = options_of(step)
    ways |= {key: option.go or after for key, option in options.items()} if step.kind != "choose_many" else {}
    if step.unknown:
        ways[UNKNOWN] = step.unknown_go or after
    if step.decline or step.confidential:
        ways[DECLINED] = step.decline_go or after
    if (
        (not options or step.kind == "choose_many")
        and falls_on(step)
        and not isinstance(step, OfferCase | OfferPlaybooks)
    ):
        ways[ON] = after
    return ways


@dataclass(frozen=True, slots=True)
class Routes:
    """All ways out of all steps of one file, cases of branches included in `targets`."""

    ways: Mapping[str, Mapping[Way, str]]
    targets: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, playbook: Playbook) -> Routes:
        """Work them out."""
        after = following(playbook)
        ways = {name: ways_out(step, after[name]) for name, step in playbook.steps.items()}
        targets = {
            name: tuple(dict.fromkeys([*(case.go for case in getattr(step, "cases", ())), *ways[name].values()]))
            for name, step in playbook.steps.items()
        }
        return cls(ways, targets)

    def past(self, target: str, skipped: Iterable[str]) -> set[str]:
        """The first steps on from `target` that are not among `skipped`; "" is the end of the file."""
        skip, found, seen, waiting = set(skipped), set[str](), {target}, [target]
        while waiting:
            name = waiting.pop()
            if name not in skip:
                found.add(name)
                continue
            new = [other for other in self.targets.get(name, ()) if other not in seen]
            seen.update(new)
            waiting += new
        return found


def turned(old: Routes, new: Routes, pairs: Pairs, step: tuple[str, str]) -> Iterator[tuple[Way, str, str]]:
    """The ways out of one step (old id, new id) that lead elsewhere now: way, old target, new target.

    What only passes through new steps, or no longer through gone ones, leads where it led before.
    """
    forward, gone, fresh = pairs.forward, set(pairs.gone), set(pairs.new)
    for way, target in new.ways[step[1]].items():
        before = old.ways[step[0]].get(way)
        if before is None or forward.get(before, before) == target:
            continue
        led = {forward.get(name, name) for name in old.past(before, gone)}
        if (before in gone or target in fresh) and led & new.past(target, fresh):
            continue
        yield way, before, target

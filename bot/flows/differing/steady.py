"""Which tags lie on every way through a file, whatever is answered."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce

from bot.flows.checking.files import options_of
from bot.flows.differing.routes import Routes
from bot.flows.differing.versions import TAG_BITS, tag_bits
from bot.flows.playbook import Playbook
from bot.flows.steps import AnyStep, Call, ContactStep

_EVERY = (1 << len(TAG_BITS)) - 1


def steady_tags(name: str, files: Mapping[str, Playbook], _calling: tuple[str, ...] = ()) -> int:
    """The tags, as bits, that no way through the file `name` and what it calls can miss. Conditions are not looked at.

    A file that is not there, or that calls itself, has none.
    """
    playbook = files.get(name)
    if playbook is None or name in _calling:
        return 0
    routes = Routes.of(playbook)
    own = {step: _own_tags(its, files, (*_calling, name)) for step, its in playbook.steps.items()}
    # The greatest fixed point: a circle that nobody leaves promises everything, and nobody waits for it.
    steady = dict.fromkeys(playbook.steps, _EVERY)
    changed = True
    while changed:
        changed = False
        for step in reversed(playbook.steps):
            its = playbook.steps[step]
            options = options_of(its)
            ways = [(way, target) for way, target in routes.ways[step].items()]
            ways += [("", case.go) for case in getattr(its, "cases", ())]
            after = [
                (tag_bits(options[way].tags) if isinstance(way, str) and way in options else 0) | steady.get(target, 0)
                for way, target in ways
            ]
            new = own[step] | (reduce(lambda one, two: one & two, after) if after else 0)
            if new != steady[step]:
                steady[step] = new
                changed = True
    return steady[playbook.first]


def _own_tags(step: AnyStep, files: Mapping[str, Playbook], calling: tuple[str, ...]) -> int:
    bits = tag_bits(step.tags)
    if isinstance(step, ContactStep):
        bits |= TAG_BITS["person"]
    if isinstance(step, Call):
        bits |= steady_tags(step.playbook, files, calling)
    return bits

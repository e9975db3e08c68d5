"""How much is said before somebody may answer: the messages between two questions, on the way that says most.

Static emergency texts are exempt (decisions.md). People who are named and a text to copy are looked at, not read
through: the message above them counts, they do not. Nor does the question itself, only what its step says before it.
"""

from __future__ import annotations

from bot.flows.checking.lengths import components
from bot.flows.checking.paths import Walked
from bot.flows.checking.terrain import Place, Terrain
from bot.flows.steps import Question


def said_by(place: Place) -> int:
    """How many messages a step puts before the next answer, in the language that needs most."""
    if "notruf" in place.step.tags:
        return 0
    texts = getattr(place.step, "text", None) or {}
    said = max((len(bubbles) for bubbles in texts.values()), default=0)
    return max(said - 1, 0) if isinstance(place.step, Question) else said


def longest_monologue(walked: Walked, terrain: Terrain) -> tuple[int, list[Place]]:
    """The most messages between two answers, and the steps that say them. Expects that no circle is silent."""
    silent = [[target for target, asked in moves if not asked] for moves in walked.leads]
    before = [0] * len(silent)
    came = [-1] * len(silent)
    most, worst = 0, 0
    for state in (state for part in reversed(components(silent)) for state in part):
        place = terrain.places[walked.states[state].place]
        heard = before[state] + said_by(place)
        if heard > most:
            most, worst = heard, state
        # A question that is passed in silence says nothing.
        passed = before[state] if isinstance(place.step, Question) else heard
        for target in silent[state]:
            if passed > before[target]:
                before[target], came[target] = passed, state
    way = [worst]
    while came[way[-1]] >= 0:
        way.append(came[way[-1]])
    *earlier, last = (terrain.places[walked.states[state].place] for state in reversed(way))
    spoken = [place for place in earlier if not isinstance(place.step, Question)]
    return most, [place for place in (*spoken, last) if said_by(place)]

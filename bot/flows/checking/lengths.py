"""What the graph of all states says: circles in which nobody is asked, and how many questions a walk can take.

Strongly connected components after Tarjan (SIAM J. Comput. 1, 1972), without recursion. A question that a circle leads
back to by the person's own choice ("noch nicht") counts once: the number of questions of a walk is that of the longest
way through the components, each with all questions inside it.
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.flows.checking.paths import Walked


def components(leads: list[list[int]]) -> list[list[int]]:
    """The strongly connected components of a graph (the targets of each node), those that are led to first."""
    count = len(leads)
    found: list[list[int]] = []
    order, low = [-1] * count, [0] * count
    path: list[int] = []
    on_path = [False] * count
    met = 0
    for root in range(count):
        if order[root] >= 0:
            continue
        work: list[tuple[int, Iterator[int]]] = [(root, iter(leads[root]))]
        order[root] = low[root] = met
        met += 1
        path.append(root)
        on_path[root] = True
        while work:
            node, rest = work[-1]
            for target in rest:
                if order[target] < 0:
                    order[target] = low[target] = met
                    met += 1
                    path.append(target)
                    on_path[target] = True
                    work.append((target, iter(leads[target])))
                    break
                if on_path[target]:
                    low[node] = min(low[node], order[target])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == order[node]:
                    part: list[int] = []
                    while not part or part[-1] != node:
                        part.append(path.pop())
                        on_path[part[-1]] = False
                    found.append(part)
    return found


def silent_circles(walked: Walked) -> Iterator[list[int]]:
    """Circles of states in which no question is asked, each as its states."""
    leads = [[target for target, asked in moves if not asked] for moves in walked.leads]
    for part in components(leads):
        if len(part) > 1 or part[0] in leads[part[0]]:
            yield sorted(part)


def longest(walked: Walked) -> list[int]:
    """The places of the questions on the longest walk, in their order; a question inside a circle once."""
    parts = components([[target for target, _asked in moves] for moves in walked.leads])[::-1]
    part_of = {state: number for number, part in enumerate(parts) for state in part}
    inside = [_inside(walked, part, part_of) for part in parts]
    best = [0] * len(parts)
    came: list[tuple[int, int] | None] = [None] * len(parts)
    for number, part in enumerate(parts):
        for state in part:
            place = walked.states[state].place
            for target, asked in walked.leads[state]:
                there = part_of[target]
                length = best[number] + len(inside[number]) + (asked and place not in inside[number])
                if there != number and (length > best[there] or came[there] is None):
                    best[there] = max(best[there], length)
                    came[there] = (number, place if asked and place not in inside[number] else -1)
    last = max(range(len(parts)), key=lambda number: best[number] + len(inside[number]))
    questions = inside[last]
    while (step := came[last]) is not None:
        last, place = step
        questions = [*inside[last], *([place] if place >= 0 else []), *questions]
    return questions


def _inside(walked: Walked, part: list[int], part_of: dict[int, int]) -> list[int]:
    number = part_of[part[0]]
    places = [
        walked.states[state].place
        for state in sorted(part)
        if any(asked and part_of[target] == number for target, asked in walked.leads[state])
    ]
    return list(dict.fromkeys(places))

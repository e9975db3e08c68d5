"""What an edit of playbooks means, in German sentences for somebody who never opens a file.

Pure. Rooms: `pairing` (which part is which), `steps` and below, `head`, `texts` (what changed where it is written),
`ways` and below, `journeys`, `audience` (what it means for the people who walk through), `stranded` (who stands where
nothing is any more). What a person could notice is said; how a file is written is not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.flows.differing.changes import MOST_LINES, Change, Difference, Kind
from bot.flows.differing.conditions import Answers
from bot.flows.differing.head import compare_heads
from bot.flows.differing.journeys import compare_ways
from bot.flows.differing.naming import TYPES, count, listed, quoted
from bot.flows.differing.scene import Scene, Side
from bot.flows.differing.steps import compare_steps
from bot.flows.playbook import Linked, Playbook
from bot.flows.wording import pick

__all__ = ["MOST_LINES", "Change", "Difference", "Kind", "differ"]

Files = Mapping[str, Playbook]


def differ(old: Linked | Files, new: Linked | Files) -> Difference:
    """Compare two sets of playbooks, by id: all that an edit changes for people, the weightiest first.

    Files need not be free of errors; where a step leads nowhere or a block is missing, ways are not compared.
    """
    before = dict(old.files if isinstance(old, Linked) else old)
    after = dict(new.files if isinstance(new, Linked) else new)
    # What is the same on both sides is looked at once.
    before |= {
        name: playbook for name, playbook in after.items() if name in before and _is_same(before[name], playbook)
    }
    titles = {name: pick(playbook.title, "de") for name, playbook in {**before, **after}.items()}
    return Difference.of(_changes(before, after, titles), titles)


def _is_same(one: Playbook, two: Playbook) -> bool:
    """Whether two files say the same, in the same order: what follows is where a step goes on."""
    return one is two or (one == two and one.model_dump_json() == two.model_dump_json())


def _changes(before: Files, after: Files, titles: Mapping[str, str]) -> Iterator[Change]:
    for name in before.keys() - after.keys():
        yield Change(Kind.WAYS, name, f"Entfällt ganz: {TYPES[before[name].type]} {quoted(titles[name])}.")
    for name in after.keys() - before.keys():
        steps = count(len(after[name].steps), "Schritt", "Schritten")
        yield Change(Kind.WAYS, name, f"Ganz neu: {TYPES[after[name].type]} {quoted(titles[name])} mit {steps}.")
    answers = Answers.of([*after.values(), *before.values()])
    for name, playbook in after.items():
        if name not in before or before[name] is playbook:
            continue
        scene = Scene.of(Side.of(before, name, titles), Side.of(after, name, titles))
        yield from compare_heads(before[name], playbook, scene.texts)
        yield from compare_steps(scene)
        yield from scene.texts.languages()
        yield from compare_ways(before, after, name, scene.pairs, answers)
        yield from _callers(after, name)


def _callers(files: Files, name: str) -> Iterator[Change]:
    """Whoever changes a block changes all that call it."""
    callers = [pick(one.title, "de") for one in files.values() if name in one.calls()]
    if files[name].type == "baustein" and callers:
        yield Change(Kind.HEAD, name, f"Der Baustein steckt in: {listed(map(quoted, callers))}.")

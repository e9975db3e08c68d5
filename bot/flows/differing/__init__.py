"""What an edit of playbooks means, in German sentences for somebody who never opens a file.

Pure. Rooms: `pairing` (which part is which), `steps`, `head` and `texts` (what changed where it is written), `ways`,
`counting` and `journeys` (what it means for the people who walk through), `stranded` (who stands where nothing is any
more). Everything that a person could notice is said; how a file is written is not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.flows.differing.changes import MOST_LINES, Change, Difference, Kind
from bot.flows.differing.conditions import Answers
from bot.flows.differing.head import compare_heads
from bot.flows.differing.journeys import Journeys
from bot.flows.differing.naming import TYPES, count, listed, quoted
from bot.flows.differing.pairing import pair_steps
from bot.flows.differing.routes import Routes
from bot.flows.differing.steps import Side, Steps
from bot.flows.differing.texts import Texts
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
    before |= {name: playbook for name, playbook in after.items() if before.get(name) == playbook}
    titles = {name: pick(playbook.title, "de") for name, playbook in {**before, **after}.items()}
    return Difference.of(_changes(before, after, titles), titles)


def _changes(before: Files, after: Files, titles: Mapping[str, str]) -> Iterator[Change]:
    for name in before.keys() - after.keys():
        noun, title = TYPES[before[name].type], quoted(titles[name])
        yield Change(Kind.WAYS, name, f"Entfällt ganz: {noun} {title}.")
    for name in after.keys() - before.keys():
        noun, title = TYPES[after[name].type], quoted(titles[name])
        steps = count(len(after[name].steps), "Schritt", "Schritten")
        yield Change(Kind.WAYS, name, f"Ganz neu: {noun} {title} mit {steps}.")
    names = [{name: pick(playbook.title, "de") for name, playbook in files.items()} for files in (before, after)]
    answers = [Answers.of(files.values()) for files in (before, after)]
    for name, playbook in after.items():
        if name not in before or before[name] == playbook:
            continue
        pairs = pair_steps(before[name].steps, playbook.steps)
        texts = Texts(name)
        sides = [
            Side(files[name], Routes.of(files[name]), its_names, its_answers)
            for files, its_names, its_answers in zip((before, after), names, answers, strict=True)
        ]
        yield from compare_heads(before[name], playbook, texts)
        yield from Steps(sides[0], sides[1], pairs, texts).compare()
        yield from texts.languages()
        yield from Journeys(before, after, name, pairs, titles, Answers.of([*after.values(), *before.values()])).compare()
        yield from _callers(after, name)


def _callers(files: Files, name: str) -> Iterator[Change]:
    """Whoever changes a block changes all that call it."""
    callers = [pick(one.title, "de") for one in files.values() if name in one.calls()]
    if files[name].type == "baustein" and len(callers) > 1:
        said = f"Der Baustein gehört zu {len(callers)} Dateien: {listed(map(quoted, callers))}."
        yield Change(Kind.WAYS, name, said)

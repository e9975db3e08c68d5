"""What is written to the Lotse that is neither distress nor a wish: what happened, and answers to its questions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.flows.commands import recognise
from bot.flows.crisis import look
from bot.flows.playbook import Playbook
from bot.flows.reading import fold
from bot.flows.steps import Checklist


def find_ordinary(playbooks: Iterable[Playbook], sentences: Iterable[str]) -> tuple[str, ...]:
    """Return the sentences, and every title and answer that playbooks offer, in all languages; each once, in order.

    An answer that is a command or speaks of a crisis ("Ich kann nicht mehr") is left out.
    """
    answers = (text for playbook in playbooks for text in _answers(playbook))
    plain = (text for text in answers if recognise(folded := fold(text)) is None and look(folded) is None)
    return tuple(sorted({*sentences, *plain}))


def _answers(playbook: Playbook) -> Iterator[str]:
    yield from playbook.title.values()
    for step in playbook.steps.values():
        for option in getattr(step, "options", {}).values():
            yield from option.label.values()
            yield from getattr(option, "also", ())
        if isinstance(step, Checklist):
            for item in step.items.values():
                yield from item.label.values()

"""Sie or Du: which playbooks can be said in Du, so that nobody is called both in one talk.

A text may have a form `de-du` beside `de`. A playbook is said in Du to people whose municipality has settled for that,
and only when every text of it and of all that it calls is: a text that says Sie has its form, the others need none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

import pydantic

from bot.flows.playbook import Playbook
from bot.flows.program import Program

DU: Final = "de-du"
# A sentence may begin with a „Sie“ that means others; whoever writes the file says it in the form, too.
FORMAL: Final = re.compile(r"\b(?:Sie|Ihnen|Ihr|Ihre[mnrs]?)\b")

Texts = Mapping[str, str | tuple[str, ...]]


def says_sie(text: str | tuple[str, ...]) -> bool:
    """Whether a German text calls the person Sie."""
    return bool(FORMAL.search(text if isinstance(text, str) else "\n".join(text)))


def lacks_du(texts: Texts) -> bool:
    """Whether a text says Sie and has no form that says Du."""
    return DU not in texts and "de" in texts and says_sie(texts["de"])


def speaks_du(program: Program) -> bool:
    """Whether all that this program may say can be said in Du."""
    return not any(lacks_du(texts) for file in program.linked.files.values() for texts in texts_of(file))


def texts_of(playbook: Playbook) -> Iterator[Texts]:
    """Every text that a person may read, in its languages."""
    yield playbook.title
    if playbook.offer:
        yield playbook.offer
    for step in playbook.steps.values():
        yield from _texts(step)


def _texts(value: object) -> Iterator[Texts]:
    if isinstance(value, pydantic.BaseModel):
        for name in type(value).model_fields:
            # A text to copy speaks to somebody else.
            if name != "body":
                yield from _texts(getattr(value, name))
    elif isinstance(value, Mapping):
        if "de" in value and all(isinstance(text, str | tuple) for text in value.values()):
            yield value
        else:
            for part in value.values():
                yield from _texts(part)
    elif isinstance(value, tuple | list):
        for part in value:
            yield from _texts(part)

"""A message in someone's own words, and what it may mean: a crisis, a command, small talk, or playbooks to offer.

Owns: the order in which that is asked (crisis first, then commands, small talk, playbooks) and the likeness of a
message to what coordinators wrote as examples. A playbook is offered, never assumed: candidates come with scores
between 0 and 1, and a message that says too little is `unclear`.

Method: words and their character n-grams (3 to 5 letters, so that typos, dialect and compounds still meet) are
weighted by how much they tell the playbooks apart (tf-idf per playbook, Salton & Buckley 1988) and compared by cosine,
with the playbook as a whole and with its nearest single example. Deterministic; no model, no network; all languages
together, since a person mixes them too.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from bot.flows import crisis
from bot.flows.commands import Command, recognise, smalltalk
from bot.flows.reading import fold

FEWEST_WORDS: Final = 2
"""Words that a message needs before playbooks are compared; a single keyword counts as well."""

SURE_ENOUGH: Final = 0.12
"""Score below which no playbook is offered."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a playbook gives to be found by: whole messages and words that speak for it, in all its languages."""

    id: str
    incident_ids: tuple[str, ...]
    utterances: tuple[str, ...]
    keywords: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A playbook that may be meant, and how much speaks for it (0 to 1)."""

    id: str
    score: float


@dataclass(frozen=True, slots=True)
class Match:
    """What a message may mean. `candidates` are best first, and empty unless `kind` is playbook or unclear."""

    kind: Literal["playbook", "crisis", "command", "smalltalk", "unclear"]
    candidates: tuple[Candidate, ...] = ()
    command: Command | None = None
    smalltalk: str | None = None

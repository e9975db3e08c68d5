"""How people say it: one file per playbook in `playbooks/utterances/`, sentences by language.

They stand beside the playbooks, not in them: a new sentence changes no revision and needs no release, since it decides
only what is offered. A file named `unklar` holds sentences that tell nothing. Pure: bytes in, sentences, problems out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Annotated, Final

import pydantic
from pydantic import Field

from bot.documents import Document, Problem, explain, read
from bot.flows.commands import TOPICS, Command
from bot.flows.loading import FORMS
from bot.flows.steps import Language, Model, Number

FOLDER: Final = "utterances"
"""Below the folder of playbooks."""

UNCLEAR: Final = "unklar"
"""The file, and the label, of sentences in which no playbook can be heard."""

SELF: Final = "krise"
OTHERS: Final = "krise_andere"
NEITHER: Final = "keine_krise"
"""The files, and the labels, of how people in distress write, of what others write about them, of what is neither."""

WISH: Final = "wunsch_"
WISHES: Final = tuple(WISH + command for command in Command)
"""The files, and the labels, of how people ask something of the conversation itself: one for each command."""

NO_WISH: Final = "kein_wunsch"
"""The file, and the label, of what only sounds like a wish."""

CHAT: Final = "plauderei_"
CHATS: Final = tuple(CHAT + topic for topic in TOPICS)
"""The files, and the labels, of small talk: one for each topic."""

NO_PLAYBOOKS: Final = (UNCLEAR, SELF, OTHERS, NEITHER, *WISHES, NO_WISH, *CHATS)
"""Files that belong to no playbook."""

LEAST_URGENT: Final = 9

MAX_BYTES: Final = 2 * 1024 * 1024
"""Of one file: some twenty thousand sentences."""


class Utterances(Model):
    """One file. `urgency`: of two things that somebody tells, the one with the smaller number comes first.

    `beside`: no second thing, but whom or what the first is about, as "how can I help her".
    """

    urgency: Annotated[
        Number, Field(ge=1, le=LEAST_URGENT, description="1 jetzt sofort … 9 wenn Zeit ist; das Kleinere kommt zuerst")
    ] = LEAST_URGENT
    beside: Annotated[
        bool,
        Field(description="true: wer das erzählt, erzählt es zu etwas anderem dazu; es ist kein zweites Anliegen"),
    ] = False
    utterances: Annotated[
        dict[Language, tuple[str, ...]],
        Field(min_length=1, description="Sätze, wie Menschen sie schreiben, je Sprache"),
    ]

    @property
    def sentences(self) -> tuple[str, ...]:
        """All of them, in the order of the file."""
        return tuple(text for texts in self.utterances.values() for text in texts)


@dataclass(frozen=True, slots=True)
class Spoken:
    """What the files say, by playbook. A broken file is in `problems`, and its id in `broken`."""

    files: Mapping[str, Utterances] = field(default_factory=dict)
    documents: Mapping[str, Document] = field(default_factory=dict, repr=False)
    problems: tuple[Problem, ...] = ()
    broken: frozenset[str] = frozenset()


def load(files: Mapping[str, bytes]) -> Spoken:
    """Read files, given by name (`utterances/shitstorm.yaml`); the name says which playbook is meant."""
    spoken: dict[str, Utterances] = {}
    documents: dict[str, Document] = {}
    problems: list[Problem] = []
    for name, data in sorted(files.items()):
        stem = PurePosixPath(name).stem
        document, found = read(data, name, most=MAX_BYTES)
        if document is not None:
            try:
                one = Utterances.model_validate(document.value)
            except pydantic.ValidationError as error:
                found += explain(error, document, Utterances, forms=FORMS)
            else:
                if not any(problem.severity == "error" for problem in found):
                    spoken[stem], documents[stem] = one, document
        problems += found
    stems = {PurePosixPath(name).stem for name in files}
    return Spoken(spoken, documents, tuple(problems), frozenset(stems - spoken.keys()))

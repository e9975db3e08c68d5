"""One file of a coordinator: a playbook, frozen, and the closure of what it calls, addressed by its hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from bot.documents.scalars import Date
from bot.flows.steps import MAX_STEPS, AnyStep, Call, Id, Line, Model, Number

FORMAT = 1


class Source(Model):
    """Where a fact comes from. `mark`: G statute read, belegt, einfach_belegt, F professional practice, unchecked."""

    name: str
    mark: Literal["G", "belegt", "einfach_belegt", "F"]
    seen: Date | None = None
    used_for: str | None = None


class Release(Model):
    """A human has read and released exactly this content: `content` is its hash without this block."""

    by: str
    at: Date
    content: str


class Limits(Model):
    """What the author promises about the length of a walk through this file."""

    questions: Annotated[Number, Field(ge=1, le=40, description="most questions on any way through")] = 12
    messages: Annotated[Number, Field(ge=1, le=12, description="most messages between two questions")] = 3


class Playbook(Model):
    """What a file says. `steps` keeps the order of the file; the first step is the first shown.

    `type`: `vorfall` (a person can be led to it), `baustein` (called by others), `empfang` (the reception, exactly
    one), `nachfrage` (a check-in).
    """

    format: Annotated[Number, Field(ge=1, le=FORMAT)] = FORMAT
    id: Id
    type: Literal["vorfall", "baustein", "empfang", "nachfrage"] = "vorfall"
    status: Literal["entwurf", "freigegeben"] = "entwurf"
    released: Release | None = None
    title: Line
    offer: Annotated[Line | None, Field(description="the question that offers it: 'Geht es um …?'")] = None
    incidents: tuple[Id, ...] = ()
    menu: Annotated[Number | None, Field(description="place in the list when nothing was understood")] = None
    utterances: Annotated[tuple[str, ...], Field(description="how people say it, in any language")] = ()
    keywords: tuple[str, ...] = ()
    needs: Annotated[tuple[Id, ...], Field(description="kinds of contacts this incident requires")] = ()
    sources: tuple[Source, ...] = ()
    review_by: Date
    limits: Limits = Limits()
    steps: Annotated[dict[Id, AnyStep], Field(min_length=1, max_length=MAX_STEPS)]

    @property
    def first(self) -> str:
        """The step at which it begins."""
        return next(iter(self.steps))

    def calls(self) -> Iterator[str]:
        """Ids of the building blocks that this file calls; a check-in is begun later, on the revision of that day."""
        for step in self.steps.values():
            if isinstance(step, Call):
                yield step.playbook

    def content_hash(self) -> str:
        """What a release vouches for: everything but the release itself and the status."""
        body = self.model_dump(mode="json", by_alias=True, exclude={"released", "status"})
        return digest(body)


def digest(body: object) -> str:
    """SHA-256 of the canonical JSON (RFC 8785 is followed as far as our types need it), 32 hex digits."""
    text = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Linked:
    """A playbook and every file that it calls; `revision` is the hash of this closure (decisions.md)."""

    root: Playbook
    files: Mapping[str, Playbook]
    revision: str

    @property
    def released(self) -> bool:
        """Whether a human released every file, and none was edited since."""
        return all(
            file.status == "freigegeben" and file.released is not None and file.released.content == file.content_hash()
            for file in self.files.values()
        )


class MissingFile(LookupError):
    """A playbook calls a file that is not there; `args` are caller and callee."""


def link(root: Playbook, files: Mapping[str, Playbook]) -> Linked:
    """Gather what `root` calls, directly or through others.

    Raises:
        MissingFile: a called id is not in `files`.
    """
    closure: dict[str, Playbook] = {}
    waiting = [root]
    while waiting:
        file = waiting.pop()
        if file.id in closure:
            continue
        closure[file.id] = file
        for called in file.calls():
            if called not in files:
                raise MissingFile(file.id, called)
            waiting.append(files[called])
    # Steps are hashed in the order of the file: `next` defaults to the step that follows.
    body = {
        name: [
            file.model_dump(mode="json", by_alias=True, exclude={"released", "status", "steps"}),
            [[key, step.model_dump(mode="json", by_alias=True)] for key, step in file.steps.items()],
        ]
        for name, file in closure.items()
    }
    return Linked(root, closure, digest(body))


def dump(linked: Linked) -> bytes:
    """The closure as JSON, for the store of revisions."""
    files = [file.model_dump_json(by_alias=True, exclude_none=True) for file in linked.files.values()]
    return json.dumps({"root": linked.root.id, "revision": linked.revision, "files": files}).encode()


def restore(data: bytes) -> Linked:
    """The closure from the store, under the revision that it was stored with.

    Raises:
        pydantic.ValidationError: the format is not one that this program reads.
    """
    body = json.loads(data)
    files = {file.id: file for file in (Playbook.model_validate_json(text) for text in body["files"])}
    return Linked(files[body["root"]], files, body["revision"])

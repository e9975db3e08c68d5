"""A linked playbook made ready to run: every `next` resolved, every condition a function, every label prepared.

Built once per revision and shared by all conversations that stand in it; holds no state of any of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.flows.conditions import Holds, compile_condition
from bot.flows.conversation import Frame
from bot.flows.playbook import Linked, Playbook
from bot.flows.steps import AnyStep, Branch, ContactStep, Deadline, OfferCase, OfferPlaybooks, Place, Question, Set

if TYPE_CHECKING:
    from bot.flows.asking import Asked


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """A step in its file, ready to run.

    `key` is its address, `file:step`, and `at` the same as a conversation keeps it; `next` where it goes on ("" after
    an `end`); `name` the answer it saves ("" where it asks nothing); `ways` where the options lead that do not lead to
    `next`; `cases` the arms of a branch; `without` the exclusions of a contact step. `passes`: it may be passed
    without asking, for another reason than a change. `asked` caches the question per language if it has no blanks.
    """

    file: str
    id: str
    step: AnyStep
    kind: str
    next: str
    key: str
    at: Frame
    name: str = ""
    passes: bool = False
    ways: Mapping[str, str] = field(default_factory=dict)
    cases: tuple[tuple[Holds, str], ...] = ()
    without: tuple[tuple[Holds, frozenset[str]], ...] = ()
    sensitive: bool = False
    """Whether its answer is for nobody's eyes: about danger, about what happened, or what the playbook says is."""
    asked: dict[str, Asked] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Program:
    """A playbook with everything it calls, compiled.

    `nodes`: file -> step -> Node. `questions`: answer name -> the first question that saves it. `deadlines`: names that
    a `set` step fills with a date -> the deadline. `places`: role -> answer name of the place questions.
    """

    linked: Linked
    nodes: Mapping[str, Mapping[str, Node]]
    questions: Mapping[str, Node]
    deadlines: Mapping[str, str]
    places: Mapping[str, str]

    @property
    def revision(self) -> str:
        """Hash of the closure (`playbook.link`)."""
        return self.linked.revision

    @property
    def root(self) -> Playbook:
        """The playbook that a person was led to."""
        return self.linked.root

    @property
    def incident(self) -> str:
        """The incident it serves first; its own id when it names none."""
        return self.root.incidents[0] if self.root.incidents else self.root.id

    def node(self, file: str, step: str) -> Node | None:
        """The step, if this revision has it."""
        steps = self.nodes.get(file)
        return steps.get(step) if steps is not None else None


def may_tell_danger(step: AnyStep) -> bool:
    """Whether somebody who is in danger would say so here."""
    options = getattr(step, "options", {}).values()
    return "gefahr" in step.tags or any("gefahr" in getattr(option, "tags", ()) for option in options)


def compile_program(linked: Linked) -> Program:
    """Make a linked playbook ready to run. Expects one that `checking` found nothing wrong with."""
    nodes = {name: _compile_file(file) for name, file in linked.files.items()}
    everything = [node for file in nodes.values() for node in file.values()]
    questions: dict[str, Node] = {}
    for node in everything:
        if node.name:
            questions.setdefault(node.name, node)
    deadlines = {
        name: value.deadline
        for node in everything
        if isinstance(node.step, Set)
        for name, value in node.step.values.items()
        if isinstance(value, Deadline)
    }
    places: dict[str, str] = {node.step.role: node.name for node in everything if isinstance(node.step, Place)}
    return Program(linked, nodes, questions, deadlines, places)


def _compile_file(file: Playbook) -> dict[str, Node]:
    ids = list(file.steps)
    following = dict(zip(ids, [*ids[1:], ""], strict=True))
    # A file that asks about danger anywhere is about danger; the reception about what happened.
    sensitive = file.type == "empfang" or any(map(may_tell_danger, file.steps.values()))
    return {
        name: _compile_step(file.id, name, step, following[name], sensitive=sensitive)
        for name, step in file.steps.items()
    }


def _compile_step(file: str, name: str, step: AnyStep, following: str, *, sensitive: bool) -> Node:
    return Node(
        sensitive=sensitive or getattr(step, "confidential", False),
        file=file,
        id=name,
        step=step,
        kind=step.kind,
        next=step.next or following,
        key=f"{file}:{name}",
        at=Frame(file, name),
        name=(step.save or name) if isinstance(step, Question) else "",
        passes=isinstance(step, Question)
        and (step.once or step.confidential or isinstance(step, OfferPlaybooks | OfferCase)),
        ways={key: option.go for key, option in getattr(step, "options", {}).items() if option.go},
        cases=tuple((compile_condition(case.if_), case.go) for case in step.cases) if isinstance(step, Branch) else (),
        without=tuple((compile_condition(part.if_), frozenset(part.kinds)) for part in step.without)
        if isinstance(step, ContactStep)
        else (),
    )

"""The kinds of steps that a playbook file may contain, exactly as a coordinator writes them.

Every class here is one `kind:`. The models are frozen and refuse unknown keys; plain YAML scalars arrive as
strings (see `bot.documents`), so numbers and switches are turned from text here. What the *graph* of steps must
fulfil is `checking`; what a step *does* is `engine`.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Literal, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    PlainSerializer,
    StringConstraints,
    Tag,
    model_validator,
)

from bot.documents.scalars import Date, Switch

# Longest text of one bubble in code points: Telegram takes 4,096 after entities; the rest is room for blanks.
MAX_TEXT = 3_500
# A hand on a phone: more than ten options are not read any more.
MAX_OPTIONS = 10
# As many playbooks as are offered at once.
MAX_AREA = 3
# Button labels beyond this are cut by Telegram clients on small phones.
MAX_LABEL = 40
# No playbook of the programme needs a tenth of it; the check must stay under two seconds.
MAX_STEPS = 500
MAX_LANGUAGES = 20
MAX_BUBBLES = 6
# What people say for one answer: more than this is another answer.
MAX_ALIASES = 40
MAX_ALIAS = 40
MAX_ITEMS = 15

ID_PATTERN = r"^[a-z][a-z0-9_]{0,47}$"
LANGUAGE_PATTERN = r"^[a-z]{2,3}(-[a-z]{2,8})?$"

Id = Annotated[str, StringConstraints(pattern=ID_PATTERN)]
Language = Annotated[str, StringConstraints(pattern=LANGUAGE_PATTERN)]
Bubble = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_TEXT)]
Label = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]

TAGS = ("gefahr", "notruf", "beweise", "melden", "loeschen", "einwilligung", "person", "abschluss")
StepTag = Literal["gefahr", "notruf", "beweise", "melden", "loeschen", "einwilligung", "person", "abschluss"]


def _as_bubbles(value: object) -> object:
    return [value] if isinstance(value, str) else value


def _as_number(value: object) -> object:
    return int(value) if isinstance(value, str) and re.fullmatch(r"-?[0-9]{1,9}", value.strip()) else value


def _as_span(value: object) -> object:
    """`24h`, `3d`, `2w` become a timedelta."""
    found = re.fullmatch(r"([1-9][0-9]{0,3})\s*(h|d|w)", value.strip()) if isinstance(value, str) else None
    if not found:
        return value
    amount = int(found[1])
    return {"h": dt.timedelta(hours=amount), "d": dt.timedelta(days=amount), "w": dt.timedelta(weeks=amount)}[found[2]]


def _show_span(span: dt.timedelta) -> str:
    """The same in the largest unit that leaves nothing over, so that a stored revision reads as it was written."""
    hours = int(span.total_seconds()) // 3600
    return next(f"{hours // size}{unit}" for unit, size in (("w", 168), ("d", 24), ("h", 1)) if hours % size == 0)


Number = Annotated[int, BeforeValidator(_as_number), Field(strict=True)]
Span = Annotated[
    dt.timedelta, BeforeValidator(_as_span), PlainSerializer(_show_span, when_used="json"), Field(strict=True)
]

Bubbles = Annotated[tuple[Bubble, ...], BeforeValidator(_as_bubbles), Field(min_length=1, max_length=MAX_BUBBLES)]
# One text in every language: `{de: …, en: …, de-simple: …}`; a value is one bubble or a list of bubbles.
Text = Annotated[dict[Language, Bubbles], Field(min_length=1, max_length=MAX_LANGUAGES)]
# The same for things that are always one line: labels, titles, hints.
Line = Annotated[dict[Language, Label], Field(min_length=1, max_length=MAX_LANGUAGES)]


# What people also say for an answer, in any language; heard, never shown.
Alias = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=MAX_ALIAS)]
Aliases = Annotated[tuple[Alias, ...], Field(max_length=MAX_ALIASES)]


class Model(BaseModel):
    """Frozen, closed, and silent about its input: what a coordinator typed is quoted by the loader, not by pydantic."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True, populate_by_name=True)


# --- conditions -----------------------------------------------------------------------------------------------------


class Test(Model):
    """One comparison with one earlier answer: `{answer: rolle, is: fuehrung}`.

    Exactly one comparison key. An answer that is missing, unknown or declined makes every comparison false except
    `known: false`, `is_not` and `not_in`, which are then true.
    """

    answer: Id
    is_: Annotated[str | None, Field(alias="is")] = None
    is_not: str | None = None
    in_: Annotated[tuple[str, ...] | None, Field(alias="in", min_length=1)] = None
    not_in: Annotated[tuple[str, ...] | None, Field(min_length=1)] = None
    has: str | None = None
    at_least: Number | None = None
    at_most: Number | None = None
    before: Date | None = None
    after: Date | None = None
    within: Annotated[Span | None, Field(description="a date answer lies at most so long ago: 3d, 2w")] = None
    known: Switch | None = None

    @model_validator(mode="after")
    def _compare_once(self) -> Self:
        given = [key for key, value in self if key != "answer" and value is not None]
        if len(given) != 1:
            count = f"{len(given)} Vergleiche" if given else "keinen Vergleich"
            raise ValueError(
                f"Die Bedingung zu „{self.answer}“ hat {count}.",
                "Genau einer gehört dazu, etwa „is: ja“; mehrere verbinden Sie mit „all“ oder „any“.",
            )
        return self


class AllOf(Model):
    """True when every condition is: `{all: [ … ]}`."""

    all_: Annotated[tuple[Condition, ...], Field(alias="all", min_length=1)]


class AnyOf(Model):
    """True when at least one condition is: `{any: [ … ]}`."""

    any_: Annotated[tuple[Condition, ...], Field(alias="any", min_length=1)]


class Not(Model):
    """True when the condition is not: `{not: … }`."""

    not_: Annotated[Condition, Field(alias="not")]


def _condition_kind(value: object) -> str | None:
    for kind in ("all", "any", "not", "answer"):
        if (isinstance(value, dict) and kind in value) or hasattr(value, kind) or hasattr(value, f"{kind}_"):
            return kind
    return None


Condition = Annotated[
    Annotated[AllOf, Tag("all")]
    | Annotated[AnyOf, Tag("any")]
    | Annotated[Not, Tag("not")]
    | Annotated[Test, Tag("answer")],
    Discriminator(_condition_kind),
]


# --- parts of steps -------------------------------------------------------------------------------------------------


class Option(Model):
    """One answer to choose. `go` is where it leads; without it the step's `next`."""

    label: Line
    hint: Line | None = None
    also: Aliases = ()
    go: Id | None = None
    tags: tuple[StepTag, ...] = ()


class PlanOption(Option):
    """One answer of a `check_ins` step: the spans after which the Lotse asks again; none for "no"."""

    plan: Annotated[tuple[Span, ...], Field(max_length=5)] = ()


class Item(Model):
    """One point of a checklist."""

    label: Line
    hint: Line | None = None


class Case(Model):
    """One arm of a branch."""

    if_: Annotated[Condition, Field(alias="if")]
    go: Id


class Exclusion(Model):
    """Kinds of contacts that are left out when the condition holds (a superior who is part of the problem)."""

    kinds: Annotated[tuple[Id, ...], Field(min_length=1)]
    if_: Annotated[Condition, Field(alias="if")]


class Deadline(Model):
    """A date that the law sets, counted from an answer of kind `when`; kinds in `deadlines`."""

    deadline: Id
    from_: Annotated[Id, Field(alias="from")]


# --- steps ----------------------------------------------------------------------------------------------------------


class Step(Model):
    """What every step may carry. `next` is where it goes on; without it the following step of the file."""

    tags: tuple[StepTag, ...] = ()
    next: Id | None = None
    note: Annotated[str | None, Field(description="a remark for coordinators, never shown")] = None


class Question(Step):
    """What every question may carry. `save` names the answer; without it the step's id does."""

    text: Text
    save: Id | None = None
    short: Annotated[Line | None, Field(description="the question in two words, for lists and summaries")] = None
    unknown: Annotated[Switch, Field(description="offers 'weiß ich nicht'")] = True
    unknown_go: Id | None = None
    decline: Annotated[Switch, Field(description="offers 'möchte ich nicht sagen'")] = True
    decline_go: Id | None = None
    once: Annotated[Switch, Field(description="is passed in silence when it was answered before")] = False
    confidential: Annotated[Switch, Field(description="only asked where nobody else can read along")] = False


class Message(Step):
    """Says something, in one or several short bubbles."""

    kind: Literal["message"]
    text: Text


class Choose(Question):
    """One of several options, by tap, number or label."""

    kind: Literal["choose"]
    options: Annotated[dict[Id, Option], Field(min_length=2, max_length=MAX_OPTIONS)]


class ChooseMany(Question):
    """Any number of options; the person says when it is enough."""

    kind: Literal["choose_many"]
    options: Annotated[dict[Id, Option], Field(min_length=2, max_length=MAX_OPTIONS)]

    @model_validator(mode="after")
    def _lead_nowhere(self) -> Self:
        if any(option.go is not None for option in self.options.values()):
            raise ValueError(
                "Wo mehrere Antworten möglich sind, führt keine von ihnen allein weiter.",
                "Nehmen Sie „go“ heraus und verzweigen Sie danach mit „branch“ und „has“.",
            )
        return self


class FreeText(Question):
    """Own words. Says what they are for and how long they are kept.

    `keep`: `nicht` (only to understand, nothing stays), `gespraech` (until the conversation ends), `vorgang`
    (goes into the case, if one is opened).
    """

    kind: Literal["text"]
    purpose: Text
    keep: Literal["nicht", "gespraech", "vorgang"]


class Scale(Question):
    """A whole number, 1 to 5 unless said otherwise."""

    kind: Literal["number"]
    least: Number = 1
    most: Number = 5


class When(Question):
    """A day or a time, in everyday words ("gestern Abend", "12.3."). Local time of the municipality."""

    kind: Literal["when"]
    past: Annotated[Switch, Field(description="only what lies behind is taken")] = True


class Place(Question):
    """A municipality. `role` says which of the three places it is."""

    kind: Literal["place"]
    role: Literal["dienststelle", "ort", "wohnort"] = "dienststelle"


class Checklist(Question):
    """Points to tick off, in any order; the person goes on when they like and can come back (`ändern`)."""

    kind: Literal["checklist"]
    items: Annotated[dict[Id, Item], Field(min_length=1, max_length=MAX_ITEMS)]
    unknown: Switch = False
    decline: Switch = False


class Branch(Step):
    """Goes the way of the first case that holds, else `else`."""

    kind: Literal["branch"]
    cases: Annotated[tuple[Case, ...], Field(min_length=1)]
    else_: Annotated[Id, Field(alias="else")]


class Set(Step):
    """Notes values without asking: a word, or a legal deadline counted from an answer."""

    kind: Literal["set"]
    values: Annotated[dict[Id, str | Deadline], Field(min_length=1)]


class Call(Step):
    """Runs another file (`type: baustein`) and comes back."""

    kind: Literal["call"]
    playbook: Id


class ContactStep(Step):
    """Names who is responsible, resolved when it is shown: by incident, place and hour. Counts as `person`."""

    kind: Literal["contact"]
    text: Text
    kinds: Annotated[tuple[Id, ...], Field(min_length=1, description="most important first")]
    most: Annotated[Number, Field(ge=1, le=3)] = 3
    without: tuple[Exclusion, ...] = ()
    incident: Annotated[Id | None, Field(description="otherwise the playbook's own")] = None


class Template(Step):
    """A text for the person to copy (a statement, a witness protocol); blanks that have no answer become lines."""

    kind: Literal["template"]
    text: Text
    body: Text


class OfferCase(Question):
    """Offers to note what was said as a case: shows each line, each can be struck, nothing is stored without a yes."""

    kind: Literal["offer_case"]
    include: Annotated[tuple[Id, ...], Field(min_length=1, description="answers, in the order in which they are shown")]
    accepted: Id
    declined: Id
    unknown: Switch = False
    decline: Switch = False


class CheckIns(Question):
    """Agrees when the Lotse asks again.

    `from`: an answer of kind `when`; the spans count from the evening of that day, where it is known and still to come.
    """

    kind: Literal["check_ins"]
    from_: Annotated[Id | None, Field(alias="from")] = None
    options: Annotated[dict[Id, PlanOption], Field(min_length=2, max_length=5)]
    playbook: Id = "checkin"
    unknown: Switch = False
    decline: Switch = False


class Area(Model):
    """Where something may have happened, and which playbooks may be meant then."""

    label: Line
    also: Aliases = ()
    playbooks: Annotated[tuple[Id, ...], Field(min_length=1, max_length=MAX_AREA)]


class Unclear(Model):
    """The one question that is asked when nothing can be heard in the person's words."""

    text: Text
    options: Annotated[dict[Id, Area], Field(min_length=2, max_length=MAX_OPTIONS)]


class OfferPlaybooks(Question):
    """Offers the playbooks that the person's own words may mean; used by the reception only.

    `other` is where "etwas anderes" leads. Without `unclear` the menu is shown when nothing can be heard.
    """

    kind: Literal["offer_playbooks"]
    other: Id
    unclear: Unclear | None = None
    unknown: Switch = False
    decline: Switch = False


class End(Step):
    """Ends the playbook; in a building block: returns to the caller.

    `outcome` is a word for statistics, never shown.
    """

    kind: Literal["end"]
    text: Text | None = None
    outcome: Id = "beendet"


AnyStep = Annotated[
    Message
    | Choose
    | ChooseMany
    | FreeText
    | Scale
    | When
    | Place
    | Checklist
    | Branch
    | Set
    | Call
    | ContactStep
    | Template
    | OfferCase
    | CheckIns
    | OfferPlaybooks
    | End,
    Field(discriminator="kind"),
]

AllOf.model_rebuild()
AnyOf.model_rebuild()
Not.model_rebuild()

"""What a file under `playbooks/alliance/` may say: one area and the contacts that it answers for.

An area is the federation, a land, a district or a municipality. Keys are English, values that people read are German
words. Plain YAML scalars arrive as strings (`bot.documents`), so dates and switches are turned from text here. Whether
a number can be dialled and hours can be read is `checking`; it needs libraries that a start has no time to load.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator
from typing_extensions import override

from bot.alliance.kinds import KINDS, Audience, Follows, KindId
from bot.documents.scalars import Date, Switch

FORMAT = 1

ID_PATTERN = r"^[a-z][a-z0-9_]{0,47}$"
LANGUAGE_PATTERN = r"^[a-z]{2,3}(-[a-z]{2,8})?$"
# 2 digits: land, 5: district, 8: municipality, 8-2: a borough of Berlin (our own convention, decisions.md).
KEY_PATTERN = r"^(bund|\d{2}|\d{5}|\d{8}(-\d{2})?)$"
# Who can have cases: a district, a municipality, a borough.
TENANT_PATTERN = r"^(\d{5}|\d{8}(-\d{2})?)$"
MATRIX_LINK_PATTERN = r"^https://matrix\.to/#/[^\s]+$"
CLOSURE_PATTERN = r"^\d{4}-\d{2}-\d{2}(\.\.\d{4}-\d{2}-\d{2})?$"
CALENDAR_PATTERN = r"^(bund|BW|BY|BE|BB|HB|HH|HE|MV|NI|NW|RP|SL|SN|ST|SH|TH|Augsburg)$"

Id = Annotated[str, StringConstraints(pattern=ID_PATTERN)]
Language = Annotated[str, StringConstraints(pattern=LANGUAGE_PATTERN)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
# The same text in every language.
Text = Annotated[dict[Language, Words], Field(min_length=1, max_length=20)]
Calendar = Annotated[str, StringConstraints(pattern=CALENDAR_PATTERN)]

Mark = Literal["bestaetigt", "einfach_belegt", "unbestaetigt"]
Visibility = Literal["public", "staff", "secret"]
# Forms of gender that the texts for a municipality may have (`bot.flows.checking.gender`).
Gender = Literal["doppelpunkt", "paarform", "neutral"]

CHANNELS = ("phone", "mail", "web", "chat", "matrix", "telegram", "address")


def _as_number(value: object) -> object:
    return int(value) if isinstance(value, str) and re.fullmatch(r"[0-9]{1,9}", value.strip()) else value


def _real_days(closure: str) -> str:
    first, _, last = closure.partition("..")
    try:
        is_span = dt.date.fromisoformat(first) <= dt.date.fromisoformat(last or first)
    except ValueError:
        raise ValueError("Diesen Tag gibt es nicht.", "Prüfen Sie Jahr, Monat und Tag.") from None
    if not is_span:
        raise ValueError("Die Schließzeit endet, bevor sie beginnt.", "Vertauschen Sie die beiden Tage.")
    return closure


Closure = Annotated[str, StringConstraints(pattern=CLOSURE_PATTERN), AfterValidator(_real_days)]
Number = Annotated[int, BeforeValidator(_as_number), Field(strict=True)]
Hour = Annotated[int, BeforeValidator(_as_number), Field(strict=True, ge=0, le=23)]


_WRITTEN: dict[frozenset[str], set[str]] = {}


class Model(BaseModel):
    """Frozen, closed, and silent about its input."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    @override
    def model_post_init(self, context: object, /) -> None:
        # Which keys were written is a set in every model; a country of contacts has a few dozen different ones. 130 MB.
        keys = self.__pydantic_fields_set__
        object.__setattr__(self, "__pydantic_fields_set__", _WRITTEN.setdefault(frozenset(keys), keys))


class Way(Model):
    """One way to reach a contact: exactly one of the channels. Hours and mark are its own where it has some."""

    phone: Words | None = None
    mail: Words | None = None
    web: Words | None = None
    chat: Words | None = None
    matrix: Words | None = None
    telegram: Words | None = None
    address: Words | None = None
    note: Text | None = None
    hours: Words | None = None
    mark: Mark | None = None

    @model_validator(mode="after")
    def _has_one_channel(self) -> Self:
        if sum(getattr(self, channel) is not None for channel in CHANNELS) != 1:
            what = "Ein Eintrag unter „reach“ nennt genau einen Weg."
            raise ValueError(what, f"Schreiben Sie je Weg einen eigenen Eintrag: {', '.join(CHANNELS)}.")
        return self

    @override
    def __repr_args__(self) -> list[tuple[str | None, object]]:
        # It may be one that stands in the protected store only, and what is shown here ends in logs.
        return [(None, self.channel)]

    @property
    def channel(self) -> str:
        """Which of the channels it is."""
        return next(channel for channel in CHANNELS if getattr(self, channel) is not None)

    @property
    def value(self) -> str:
        """The number, address or link as it is written in the file."""
        return str(getattr(self, self.channel))


class Handover(Model):
    """What holds while a contact is closed: another contact takes over (`to`), or nobody does, on purpose (`rests`).

    `rests` says in words what the person does until it opens; it is shown instead of a number.
    """

    to: Id | None = None
    rests: Text | None = None

    @model_validator(mode="after")
    def _says_one(self) -> Self:
        if (self.to is None) == (self.rests is None):
            what = "„handover“ nennt entweder „to“ oder „rests“."
            todo = "Mit „to“ übernimmt eine andere Stelle; mit „rests“ sagen Sie, was bis zur Öffnung gilt."
            raise ValueError(what, todo)
        return self


class Contact(Model):
    """Someone to call: an organisation or a function; a person's name only where the alliance wants it.

    `incidents`, `audiences`: for which; none means all. `not_for` is always shown with `purpose`. `hours` in the OSM
    form, local time; without a rule for public holidays (PH) weekday hours do not hold on them. `closures`: days or
    spans (`2026-12-24..2027-01-01`) on which nobody is there. `holidays`: the calendar that holds where the office is.
    `deputies` (ids, in order) stand in while it is closed, then `handover` holds; `if_involved` stands in where it is
    itself part of the problem. These three may be of another kind and stand in any file.
    `mark` says how well the entry is documented, `geprueft_am` when a human called. `secret` entries name no way here.
    """

    kind: KindId
    name: Text
    purpose: Text | None = None
    not_for: Text | None = None
    incidents: tuple[Id, ...] = ()
    audiences: tuple[Audience, ...] = ()
    languages: tuple[Language, ...] = ()
    reach: Annotated[tuple[Way, ...], Field(max_length=10)] = ()
    hours: Words | None = None
    hours_text: Annotated[Text | None, Field(description="the hours in words, where they are more than times")] = None
    closures: Annotated[tuple[Closure, ...], Field(max_length=60)] = ()
    holidays: Calendar | None = None
    deputies: Annotated[tuple[Id, ...], Field(max_length=5)] = ()
    handover: Handover | None = None
    if_involved: Id | None = None
    visibility: Visibility = "public"
    follows: Follows | None = None
    mark: Mark
    source: Words
    seen: Date | None = None
    geprueft_am: Date | None = None
    geprueft_von: Words | None = None

    @model_validator(mode="after")
    def _has_a_way(self) -> Self:
        if self.visibility == "secret" and self.reach:
            what = "Ein geheimer Kontakt nennt in der Datei keinen Weg."
            raise ValueError(what, "Löschen Sie „reach“; die Nummer gehört in den geschützten Speicher.")
        if self.visibility != "secret" and self.mark != "unbestaetigt" and not self.reach:
            raise ValueError("Der Kontakt nennt keinen Weg.", "Ergänzen Sie „reach“ mit Telefon, Mail oder Webadresse.")
        return self

    @property
    def place(self) -> Follows:
        """Which of the person's places it follows."""
        return self.follows or KINDS[self.kind].follows


class Settings(Model):
    """How the Lotse behaves towards the people of one municipality. Hours are local.

    None: as the Lotse does without a word from the municipality (`bot.flows.world.Municipality`).
    """

    address: Annotated[Literal["sie", "du"] | None, Field(description="how people are spoken to")] = None
    gender: Annotated[Gender, Field(description="the forms that its texts may have")] = "doppelpunkt"
    quiet_from: Hour | None = None
    quiet_to: Hour | None = None
    retention_days: Annotated[Number | None, Field(ge=1, le=365)] = None
    channels: tuple[Literal["telegram", "matrix"], ...] = ()
    matrix_link: Annotated[Words | None, Field(pattern=MATRIX_LINK_PATTERN)] = None
    accept_hours: Annotated[Number | None, Field(ge=1, le=168, description="until a case must be accepted")] = None
    mail_notices: Annotated[
        tuple[Id, ...], Field(max_length=10, description="contacts of this file that are told of cases by mail")
    ] = ()

    @model_validator(mode="after")
    def _rests_at_all(self) -> Self:
        if (self.quiet_from is None) != (self.quiet_to is None):
            raise ValueError("„quiet_from“ und „quiet_to“ gehören zusammen.", "Ergänzen Sie das andere.")
        if self.quiet_from is not None and self.quiet_from == self.quiet_to:
            raise ValueError("Diese Ruhezeit ist leer.", "Nennen Sie zwei verschiedene Stunden, etwa 20 und 8.")
        return self


class Delegation(Model):
    """A municipality gives the care of its cases to another, in writing: to whom (key), since when, which document."""

    to: Annotated[str, StringConstraints(pattern=TENANT_PATTERN)]
    since: Date
    until: Date | None = None
    document: Words


class Area(Model):
    """One file: a municipality, a district, a land or the federation (`key: bund`).

    `settings` hold for this municipality and no other; `delegates` for who may see its cases (`bot.alliance.tenancy`).
    """

    format: Literal["1"] = "1"
    key: Annotated[str, StringConstraints(pattern=KEY_PATTERN)]
    name: Text
    aliases: Annotated[tuple[Words, ...], Field(max_length=50)] = ()
    fictional: Switch = False
    holidays: Calendar | None = None
    settings: Settings = Settings()
    delegates: Annotated[tuple[Delegation, ...], Field(max_length=5)] = ()
    contacts: Annotated[dict[Id, Contact], Field(max_length=200)] = {}

    @property
    def prefix(self) -> str:
        """The key as the beginning of the keys that it answers for; empty for the federation."""
        return "" if self.key == "bund" else self.key


def pick(text: Mapping[str, str] | None, language: str) -> str:
    """The text in the language, else in the language it is a form of, else in German, else in any."""
    if not text:
        return ""
    for wanted in (language, language.partition("-")[0], "de"):
        if wanted in text:
            return text[wanted]
    return next(iter(text.values()))

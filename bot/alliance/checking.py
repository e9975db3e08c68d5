"""What is wrong with the alliance's files beyond their form, before anybody is told to call a number.

Pure: loaded files in, problems out. Loads the numbering plan and the opening-hours parser, so it is for `lotse check`,
not for a start.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import assert_never

from bot.alliance.contact import Area, Contact, Settings, Way
from bot.alliance.directory import stand_ins
from bot.alliance.entry import enter, prefixes
from bot.alliance.hours import misfit
from bot.alliance.kinds import CRISIS, GENERAL, KINDS
from bot.alliance.loading import Loaded
from bot.alliance.minutes import Year
from bot.alliance.phones import dial, is_emergency, is_fiction
from bot.alliance.week import read_week
from bot.documents import Document, Path, Problem, Severity, quote, suggest
from bot.documents.scalars import as_switch

Held = Mapping[tuple[str, str], Collection[str]]
"""Channels that the protected store has, by the key of the area and the id of the contact."""

LANGUAGES = ("de", "en", "de-simple")
_DISTRICT_DIGITS = 5
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[a-zA-Z]{2,}")
_WEB = re.compile(r"(?:https://)?[\w.-]+\.[a-zA-Z]{2,}(?:/\S*)?|https://\S+")


def check(
    loaded: Loaded, *, today: dt.date | None = None, incidents: Collection[str] = (), held: Held | None = None
) -> list[Problem]:
    """Every problem that the loader cannot see, by file and line.

    `today` (local) finds calls from the future, `incidents` the ids that contacts may name; without them these are
    not judged. `held`: of which contacts the protected store has which ways; without it that is not judged.
    """
    homes = {name: area for area in loaded.areas.values() for name in area.contacts}
    contacts = {name: contact for area in loaded.areas.values() for name, contact in area.contacts.items()}
    problems = [
        problem
        for stem, area in loaded.areas.items()
        for problem in _Checker(loaded, stem, today, incidents, contacts, homes, held).all(area)
    ]
    for stem, some in loaded.sound.items():
        # What they say of one another cannot be judged while others are missing.
        checker = _Checker(loaded, stem, today, incidents, contacts, homes, held)
        body = loaded.documents[stem].value
        fictional = isinstance(body, Mapping) and as_switch(body.get("fictional")) is True
        problems += [
            one for name, contact in some.items() for one in checker.content(name, contact, fictional=fictional)
        ]
    return sorted([*problems, *_nobody_left(loaded)], key=lambda problem: problem.order)


def _nobody_left(loaded: Loaded) -> Iterator[Problem]:
    bund = next(((stem, area) for stem, area in loaded.areas.items() if not area.prefix), None)
    if bund is None:
        what = "Es gibt keine Datei mit „key: bund“: Wo keine Kommune etwas nennt, bliebe niemand."
        yield Problem("bund.yaml", 1, 1, "error", "niemand-bleibt", what, "Legen Sie sie wieder an.")
        return
    stem, area = bund
    general = [c for c in area.contacts.values() if c.kind in GENERAL and c.visibility == "public" and not c.audiences]
    if not any(c.mark != "unbestaetigt" for c in general):
        document = loaded.documents[stem]
        what = f"Keine Stelle der Art {' oder '.join(GENERAL)} gilt immer: Es könnte niemand bleiben."
        todo = "Nennen Sie eine öffentliche, belegte Stelle ohne „audiences“."
        yield document.problem(document.key_position(("contacts",)), "niemand-bleibt", what, todo)


def misfit_way(way: Way, *, fictional: bool) -> tuple[str, str, str] | None:
    """Why nobody can be reached by it: code, what is wrong (it may quote the value), what to do (it never does)."""
    if way.phone is not None:
        return _misfit_phone(way.phone, fictional=fictional)
    if way.mail is not None and not _MAIL.fullmatch(way.mail):
        return "keine-mailadresse", f"{quote(way.mail)} ist keine Mailadresse.", "Schreiben Sie sie wie amt@stadt.de."
    if way.web is not None and not _WEB.fullmatch(way.web):
        what = f"{quote(way.web)} ist keine Webadresse."
        return "keine-webadresse", what, "Schreiben Sie sie wie beispiel.de/seite."
    return None


def _misfit_phone(written: str, *, fictional: bool) -> tuple[str, str, str] | None:
    if is_emergency(written):
        what = f"{quote(written)} ist der Notruf; den nennt der Lotse von selbst, und er ersetzt keine Stelle."
        return "notruf-als-stelle", what, "Nennen Sie die Nummer, unter der die Stelle selbst abhebt."
    if dial(written) is None and not is_fiction(written):
        what = f"{quote(written)} lässt sich in Deutschland nicht wählen."
        return "keine-telefonnummer", what, "Prüfen Sie die Ziffern und die Vorwahl."
    if is_fiction(written) is not fictional:
        what = "Diese Nummer ist erfunden." if not fictional else "Eine erfundene Kommune nennt eine echte Nummer."
        todo = "Nehmen Sie hier eine echte." if not fictional else "Nehmen Sie eine wie 030 23125 000."
        return "erfundene-nummer", what, todo
    return None


@dataclass(frozen=True, slots=True)
class _Checker:
    """Looks at one file."""

    loaded: Loaded
    stem: str
    today: dt.date | None
    incidents: Collection[str]
    contacts: Mapping[str, Contact]
    homes: Mapping[str, Area]
    held: Held | None

    @property
    def document(self) -> Document:
        return self.loaded.documents[self.stem]

    def problem(self, path: Path, code: str, what: str, todo: str, severity: Severity = "error") -> Problem:
        return self.document.problem(self.document.position(path), code, what, todo, severity)

    def all(self, area: Area) -> Iterator[Problem]:
        yield from self._languages(("name",), area.name)
        yield from self._tenant(area)
        if self.today is not None and area.settings.accept_hours is not None:
            yield from self._accepting(area, area.settings.accept_hours, self.today)
        for index, name in enumerate(area.settings.mail_notices):
            yield from self._mailed(("settings", "mail_notices", index), area, name)
        for name, contact in area.contacts.items():
            path = ("contacts", name)
            yield from self.content(name, contact, fictional=area.fictional)
            yield from self._stand_ins(path, name, contact)
            if contact.visibility == "secret":
                yield from self._secret(path, area, name)
        yield from self._gaps(area)

    def content(self, name: str, contact: Contact, *, fictional: bool) -> Iterator[Problem]:
        """What is wrong with a contact by itself."""
        path = ("contacts", name)
        yield from self._contact(path, contact)
        for index, way in enumerate(contact.reach):
            yield from self._way((*path, "reach", index), way, fictional=fictional)

    def _contact(self, path: Path, contact: Contact) -> Iterator[Problem]:
        for key in ("name", "purpose", "not_for", "hours_text"):
            yield from self._languages((*path, key), getattr(contact, key))
        yield from self._hours((*path, "hours"), contact.hours, said=contact.hours_text is not None)
        for index, incident in enumerate(contact.incidents):
            if self.incidents and incident not in self.incidents:
                what = f"Den Vorfall {quote(incident)} gibt es nicht."
                todo = suggest(incident, self.incidents) or "Sehen Sie nach, wie die Leitfäden heißen."
                yield self.problem((*path, "incidents", index), "unbekannter-vorfall", what, todo)
        if (contact.geprueft_am is None) != (contact.geprueft_von is None):
            what = "„geprueft_am“ und „geprueft_von“ gehören zusammen."
            yield self.problem(path, "halb-geprueft", what, "Ergänzen Sie das andere, oder löschen Sie beide.")
        if self.today and contact.geprueft_am and contact.geprueft_am > self.today:
            what = "„geprueft_am“ liegt in der Zukunft."
            yield self.problem((*path, "geprueft_am"), "falsches-datum", what, "Tragen Sie den Tag des Anrufs ein.")

    def _stand_ins(self, path: Path, name: str, contact: Contact) -> Iterator[Problem]:
        """Whether those who stand in are there, are somebody else, and may be seen by whoever may see this one."""
        handover = contact.handover
        named: list[tuple[Path, str]] = [((*path, "deputies", i), other) for i, other in enumerate(contact.deputies)]
        if handover and handover.to:
            named.append(((*path, "handover", "to"), handover.to))
        if contact.if_involved:
            named.append(((*path, "if_involved"), contact.if_involved))
        for place, other in named:
            found = self.contacts.get(other)
            if found is None or other == name:
                what = f"Eine andere Stelle mit der Kennung {quote(other)} gibt es nicht."
                todo = suggest(other, self.contacts.keys() - {name}) or "Nennen Sie eine Kennung aus diesen Dateien."
                yield self.problem(place, "unbekannte-stelle", what, todo)
            elif place[-1] != "if_involved" and found.kind == CRISIS != contact.kind:
                what = f"{quote(other)} ist eine Krisenhilfe; sie vertritt keine andere Stelle."
                yield self.problem(place, "krise-vertritt", what, "Nennen Sie eine Stelle, die die Sache übernimmt.")
            elif found.mark == "unbestaetigt" or not self._is_seen_with(other, contact):
                what = f"{quote(other)} wird nicht allen gezeigt, die {quote(name)} sehen; die Vertretung fehlt dann."
                todo = "Nennen Sie eine Stelle, die belegt und für dieselben Menschen sichtbar ist."
                yield self.problem(place, "vertretung-unsichtbar", what, todo, "warning")
        if handover and handover.rests:
            yield from self._languages((*path, "handover", "rests"), handover.rests)

    def _is_seen_with(self, other: str, contact: Contact) -> bool:
        """Whether everybody who may see a contact of this file may see the other one, wherever that stands."""
        here = self.loaded.areas[self.stem]
        found, there = self.contacts[other], self.homes[other]
        match found.visibility:
            case "public":
                return True
            case "staff":
                return contact.visibility != "public" and there.prefix in prefixes(here.prefix)
            case "secret":
                return contact.visibility != "public" and there is here
        assert_never(found.visibility)

    def _secret(self, path: Path, area: Area, name: str) -> Iterator[Problem]:
        """Whether the protected store has a way to it."""
        if self.held is not None and not self.held.get((area.key, name)):
            what = f"Für {quote(name)} liegt kein Weg im geschützten Speicher; der Kontakt wird niemandem gezeigt."
            todo = f"Geben Sie ihn ein: lotse alliance secret set --place {area.key} --contact {name} --way phone"
            yield self.problem((*path, "visibility"), "geheim-ohne-weg", what, todo, "warning")

    def _tenant(self, area: Area) -> Iterator[Problem]:
        """Settings and delegations are a municipality's; it delegates to the district or city that it lies in."""
        is_tenant = len(area.prefix) >= _DISTRICT_DIGITS
        if not is_tenant and area.settings != Settings():
            what = "Einstellungen gelten nur für eine Kommune, nicht für ein Land oder den Bund."
            yield self.problem(("settings",), "keine-kommune", what, "Tragen Sie sie in der Datei der Kommune ein.")
        for index, delegation in enumerate(area.delegates):
            path = ("delegates", index)
            if delegation.to not in prefixes(area.prefix)[1:]:
                what = f"{quote(area.key)} liegt nicht in {quote(delegation.to)}."
                todo = "Abgeben kann sie ihre Vorgänge nur an ihren Kreis (die ersten 5 Ziffern ihres Schlüssels)."
                yield self.problem((*path, "to"), "falsche-abgabe", what, todo)
            if delegation.until is not None and delegation.until < delegation.since:
                what = "Die Abgabe endet, bevor sie beginnt."
                yield self.problem((*path, "until"), "falsches-datum", what, "Berichtigen Sie eines der beiden Daten.")

    def _accepting(self, area: Area, hours: int, today: dt.date) -> Iterator[Problem]:
        """Whether somebody of the coordination is there often enough to accept a case in time."""
        entries = {entry.id: entry for entry in enter(self.loaded.areas.values())}
        own = [entry for entry in entries.values() if entry.area is area and entry.contact.kind == "koordination"]
        there = [*own, *(entries[name] for entry in own for name in stand_ins(entry) if name in entries)]
        year = Year.starting(today)
        tables = {table for entry in there for table in entry.tables if table.can_be_read}
        wait = year.longest_run(year.missing(tables)) / 60
        if tables and wait > hours:
            what = f"In {hours} Stunden soll jemand Vorgänge annehmen; die Koordination ist bis zu {wait:.0f} nicht da."
            todo = "Nennen Sie eine längere Frist oder jemanden, der so lange vertritt."
            yield self.problem(("settings", "accept_hours"), "frist-zu-kurz", what, todo, "warning")

    def _mailed(self, path: Path, area: Area, name: str) -> Iterator[Problem]:
        contact = area.contacts.get(name)
        if contact is None or not any(way.mail for way in contact.reach):
            what = f"{quote(name)} ist kein Kontakt dieser Datei mit einer Mailadresse."
            yield self.problem(path, "keine-post", what, "Nennen Sie die Kennung eines Kontakts, der „mail“ hat.")

    def _way(self, path: Path, way: Way, *, fictional: bool) -> Iterator[Problem]:
        yield from self._languages((*path, "note"), way.note)
        yield from self._hours((*path, "hours"), way.hours, said=False)
        wrong = misfit_way(way, fictional=fictional)
        if wrong is not None:
            yield self.problem((*path, way.channel), *wrong)

    def _hours(self, path: Path, expression: str | None, *, said: bool) -> Iterator[Problem]:
        if expression is None:
            return
        wrong = misfit(expression)
        if wrong:
            yield self.problem(path, "oeffnungszeiten", *wrong)
        elif read_week(expression) is None and not said:
            what = "Für diese Öffnungszeiten findet der Lotse keine Worte."
            yield self.problem(path, "oeffnungszeiten", what, "Ergänzen Sie beim Kontakt „hours_text“.")

    def _languages(self, path: Path, text: dict[str, str] | None) -> Iterator[Problem]:
        if text is None:
            return
        missing = [language for language in LANGUAGES if language not in text]
        if "de" in missing:
            yield self.problem(path, "fehlende-sprache", "Der Text fehlt auf Deutsch.", "Ergänzen Sie „de“.")
        elif missing:
            what = f"Der Text fehlt in: {', '.join(missing)}."
            yield self.problem(path, "fehlende-sprache", what, "Übersetzen Sie ihn.", "warning")

    def _gaps(self, area: Area) -> Iterator[Problem]:
        """What every municipality must name itself, in one line for the file."""
        if len(area.prefix) < _DISTRICT_DIGITS:
            return
        named = {contact.kind for contact in area.contacts.values()}
        missing = [kind for kind, about in KINDS.items() if about.local and kind not in named]
        if missing:
            what = f"Hier fehlen noch Kontakte: {', '.join(missing)}."
            todo = "Tragen Sie sie ein, bevor der Lotse in Betrieb geht."
            yield self.problem(("contacts",), "luecke", what, todo, "warning")
        for name, contact in area.contacts.items():
            if KINDS[contact.kind].may_be_accused and contact.if_involved is None:
                what = f"Niemand vertritt {quote(name)}, wenn diese Stelle selbst beteiligt ist."
                todo = "Nennen Sie mit „if_involved“ eine Stelle, die davon unabhängig ist."
                yield self.problem(("contacts", name), "luecke", what, todo, "warning")

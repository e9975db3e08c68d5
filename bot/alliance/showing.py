"""A contact as the person sees it, in one language, with the reason why it was chosen.

Owns the words around a contact: for whom it stands in, what holds while it is closed, its hours, when it opens.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from bot.alliance.contact import Contact, Mark, Way, pick
from bot.alliance.entry import Entry
from bot.alliance.hours import local
from bot.alliance.hourwords import describe, describe_opening
from bot.alliance.kinds import KINDS, KindId
from bot.alliance.tongues import speaks

_MARKS = {"bestaetigt": "gut belegt", "einfach_belegt": "nur einfach belegt", "unbestaetigt": "nicht belegt"}
_LAND_DIGITS = 2
_STANDS_IN = {
    "de": "Zurzeit auch für: {}.",
    "en": "At the moment also for: {}.",
    "de-simple": "Jetzt auch für: {}.",
}


@dataclass(frozen=True, slots=True)
class Found:
    """A contact as the person sees it, in one language; fulfils `bot.flows.world.FoundContact`.

    `kind` is what it was asked for, also where it stands in for another (`stands_for`: that one's id, else empty).
    `key` (of the area, empty for the federation), `area` (its name), `mark` and `why` (German) say why it was chosen.
    `opens_at`: when it is next reachable (local); None when it is, and when that is unknown.
    """

    id: str
    name: str
    purpose: str
    reach: tuple[str, ...]
    hours: str
    open_now: bool
    opens: str
    checked: bool
    kind: KindId
    key: str
    area: str
    mark: Mark
    opens_at: dt.datetime | None = None
    stands_for: str = ""
    why: str = ""


def show(entry: Entry, at: dt.datetime, language: str, *, is_open: bool, stands_for: Entry | None, out: bool) -> Found:
    """Put it in words. `stands_for`: the one in whose place it was chosen, who is closed or, with `out`, left out."""
    contact, area = entry.contact, entry.area
    here = local(at)
    opens_at = None if is_open else entry.opens(at)
    checked = contact.geprueft_am is not None and contact.geprueft_am <= here.date()
    return Found(
        id=entry.id,
        name=pick(contact.name, language),
        purpose=" ".join(words for words in _say(entry, language, stands_for, is_open=is_open, out=out) if words),
        reach=tuple(_line(way, language) for way in entry.ways_at(at)),
        hours=pick(contact.hours_text, language) or (describe(contact.hours, language) if contact.hours else ""),
        open_now=is_open,
        opens=describe_opening(opens_at, here, language) if opens_at else "",
        checked=checked,
        kind=(stands_for or entry).contact.kind,
        key=area.prefix,
        area=pick(area.name, language),
        mark=contact.mark,
        opens_at=opens_at,
        stands_for=stands_for.id if stands_for else "",
        why=_why(entry, stands_for, is_open=is_open, checked=checked, out=out),
    )


def _say(entry: Entry, language: str, stands_for: Entry | None, *, is_open: bool, out: bool) -> tuple[str, ...]:
    contact = entry.contact
    rests = contact.handover.rests if contact.handover and not is_open else None
    return (
        pick(contact.purpose, language),
        # Who was left out is not said: somebody may be looking at the screen.
        "" if out or not stands_for else pick(_STANDS_IN, language).format(_name(stands_for.contact, language)),
        pick(contact.not_for, language),
        pick(rests, language),
        speaks(contact.languages, language),
    )


def _name(contact: Contact, language: str) -> str:
    return pick(contact.name, language)


def _why(entry: Entry, stands_for: Entry | None, *, is_open: bool, checked: bool, out: bool) -> str:
    """In German: kind, level, reachability, how well it is documented."""
    area, chosen = entry.area, stands_for or entry
    if not area.prefix:
        level = "bundesweit"
    elif len(area.prefix) == _LAND_DIGITS:
        level = f"landesweit ({pick(area.name, 'de')})"
    else:
        level = f"für {pick(area.name, 'de')}"
    reason = [KINDS[chosen.contact.kind].title, level]
    if stands_for:
        why = "ausgenommen" if out else "geschlossen"
        reason.append(f"vertritt „{_name(stands_for.contact, 'de')}“ ({why})")
    is_known = any(table.can_be_read for table in entry.tables)
    closed = "jetzt nicht erreichbar" if is_known else "Zeiten unbekannt"
    reason += ["jetzt erreichbar" if is_open else closed, _MARKS[entry.contact.mark]]
    return ", ".join([*reason, "angerufen" if checked else "noch nicht angerufen"])


def _line(way: Way, language: str) -> str:
    """A way as one line: the value, and in brackets what it is for and when."""
    aside = [pick(way.note, language), describe(way.hours, language) if way.hours else ""]
    said = ": ".join(words for words in aside if words)
    return f"{way.value} ({said})" if said else way.value

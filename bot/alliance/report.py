"""Who is responsible somewhere and sometime, for the people who keep the files: `lotse alliance who`.

Owns the answer as German text and as plain data for JSON. The choice itself is `Directory.responsible`; here every
contact carries why it was chosen, and the kinds for which nobody is entered are named.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from bot.alliance.directory import Directory
from bot.alliance.hours import local
from bot.alliance.kinds import KINDS, KindId
from bot.alliance.places import Place, Places
from bot.alliance.showing import Found

_DAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")


@dataclass(frozen=True, slots=True)
class Who:
    """The answer. `place` is None when the words meant no place or several; `hits` are then what they may mean."""

    asked: str
    incident: str
    at: dt.datetime
    place: Place | None
    hits: tuple[Place, ...] = ()
    contacts: tuple[Found, ...] = ()
    missing: tuple[KindId, ...] = ()
    title: str = ""
    public: bool = False

    def data(self) -> dict[str, Any]:
        """For JSON: strings, numbers, lists and objects only."""
        return {
            "place": {"ags": self.place.ags, "name": self.place.name} if self.place else None,
            "hits": [{"ags": hit.ags, "name": hit.name} for hit in self.hits],
            "incident": self.incident,
            "at": self.at.isoformat(),
            "contacts": [_plain(contact) for contact in self.contacts],
            "missing": list(self.missing),
        }

    def text(self) -> str:
        """For people, in German."""
        if self.place is None:
            return self._no_place()
        here = local(self.at)
        when = f"{_DAYS[here.weekday()]}, {here.day}.{here.month}.{here.year}, {here:%H:%M} Uhr"
        about = f"{self.place.name} ({self.place.ags}) · {self.title or self.incident} · {when}"
        blocks = [f"{about}\nIn Gefahr: 110. Verletzt: 112. Zum Reden, Tag und Nacht: 116 123."]
        blocks += [f"{number}. {_block(contact)}" for number, contact in enumerate(self.contacts, start=1)]
        if not self.contacts:
            blocks.append("Niemand. Das Verzeichnis ist leer.")
        if self.missing:
            nobody = "Ohne Anmeldung niemand für" if self.public else "Niemand zu nennen für"
            blocks.append(f"{nobody}: {'; '.join(KINDS[kind].title for kind in self.missing)}.")
        return "\n\n".join(blocks)

    def _no_place(self) -> str:
        if not self.hits:
            return f"Einen Ort „{self.asked}“ kennt der Lotse nicht. Nennen Sie den Namen oder den amtlichen Schlüssel."
        listed = "\n".join(f"  {hit.ags}  {hit.name}" for hit in self.hits)
        return f"„{self.asked}“ kann mehreres heißen. Nennen Sie den Schlüssel:\n{listed}"


def who(  # noqa: PLR0913 - what the command line asks
    directory: Directory,
    places: Places,
    *,
    place: str,
    incident: str,
    at: dt.datetime,
    kinds: Sequence[KindId] = tuple(KINDS),
    others: Sequence[KindId] = (),
    last: Sequence[KindId] = (),
    title: str = "",
    audience: str = "",
    language: str = "de",
    without: frozenset[str] = frozenset(),
    public: bool = False,
    most: int = 3,
) -> Who:
    """Who is responsible in `place` (a name or a key) at `at` (aware).

    `kinds` are those that the incident requires, most important first; of the `others`, which its playbook names
    besides, whoever is reachable fills the room that is left, and one comes first when nobody else is; of the `last`
    only when nobody of these is. `title`: of the incident, German. All three places of a person are taken to be this
    one. Staff-only entries are shown unless only `public` ones are asked for: who asks here keeps the files. `without`:
    kinds and ids of contacts that are themselves involved.

    The answer's `missing`: kinds that must be there for this audience, and of which nobody may be named.
    """
    hits = places.named(place)
    if len(hits) != 1:
        return Who(place, incident, at, None, hits)
    where = dict.fromkeys(("dienststelle", "ort", "wohnort"), hits[0].ags)

    def ask(wanted: Sequence[KindId], number: int, audience: str) -> tuple[Found, ...]:
        return directory.responsible(
            places=where,
            incident=incident,
            kinds=wanted,
            audience=audience,
            at=at,
            language=language,
            without=without,
            staff="" if public else hits[0].ags,
            most=number,
        )

    missing = tuple(
        kind
        for kind in kinds
        if kind not in without
        and (not audience or audience in KINDS[kind].audiences)
        and not any(found.kind == kind for found in ask([kind], 1, ""))
    )
    found = ask(kinds, most, audience)
    if others and not any(one.kind in kinds for one in found):
        # These are the general lines, named because nobody else is there.
        found = ask((*kinds, *others), most, audience)
    known = {one.id for one in found}
    is_reached = any(one.open_now for one in found)
    there: list[Found] = []
    for wanted in (others, () if is_reached else last):
        if wanted and not there:
            there = [one for one in ask(wanted, most, audience) if one.open_now and one.id not in known]
    there = there[: max(most - len(found), 0 if is_reached else 1)]
    both = sorted((*found[: most - len(there)], *there), key=lambda one: not one.open_now)
    return Who(place, incident, at, hits[0], (), tuple(both), missing, title, public)


def _block(contact: Found) -> str:
    opens = "jetzt erreichbar" if contact.open_now else f"wieder {contact.opens}" if contact.opens else ""
    times = "; ".join(words for words in (contact.hours, opens) if words)
    lines = [contact.name, contact.purpose, *contact.reach, times, f"Warum: {contact.why}."]
    return "\n   ".join(line for line in lines if line)


def _plain(contact: Found) -> dict[str, Any]:
    return asdict(contact) | {"opens_at": contact.opens_at.isoformat() if contact.opens_at else None}

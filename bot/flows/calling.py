"""Naming people: contacts as the person sees them, resolved at the moment of showing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from bot.flows.exchange import Send
from bot.flows.wording import phrase

if TYPE_CHECKING:
    from bot.flows.walk import Walk
    from bot.flows.world import FoundContact

# Whom a person can talk to who asks for a human, whatever it is about.
HUMANS: Final = ("koordination", "amtstraeger", "opferberatung", "krisenhilfe")
# The same after a crisis: whoever is there day and night first.
CRISIS_HUMANS: Final = ("krisenhilfe", "opferberatung", "koordination")


def name_humans(walk: Walk, kinds: Sequence[str] = HUMANS) -> None:
    """People to talk to, whatever it is about."""
    walk.say("human_intro")
    incident = walk.program.incident if walk.program and walk.program.root.type == "vorfall" else ""
    show_contacts(walk, kinds, incident, frozenset(), 3)


def show_contacts(walk: Walk, kinds: Sequence[str], incident: str, without: frozenset[str], most: int) -> None:
    """Send at most `most` contacts, the reachable first; never silence when there are none."""
    found = walk.world.directory.responsible(
        places=_places(walk),
        incident=incident,
        kinds=kinds,
        audience=str(walk.c.answers.get("rolle") or ""),
        at=walk.now,
        language=walk.language,
        without=without,
        staff=walk.c.place if walk.c.staff else "",
        most=most,
    )
    for contact in found:
        walk.emit(Send(text=_card(walk, contact), style="contact"))
    if not found:
        walk.say("human_none", style="contact")
    if walk.c.code and not walk.c.staff:
        # Said once, and here, where it makes a difference.
        walk.say("code_ended")
        walk.c.code = ""


def _places(walk: Walk) -> dict[str, str]:
    """The three places; the second and third default to the first (decisions.md)."""
    home = walk.c.place
    names = walk.program.places if walk.program else {}
    places = {"dienststelle": home, "ort": home, "wohnort": home}
    for role, name in names.items():
        value = walk.c.answers.get(name)
        if isinstance(value, str) and value:
            places[role] = value
    return places


def _card(walk: Walk, contact: FoundContact) -> str:
    lines = [contact.name, *([contact.purpose] if contact.purpose else []), *contact.reach]
    if contact.hours:
        lines.append(phrase("contact_hours", walk.language, hours=contact.hours))
    if not contact.open_now and contact.opens:
        lines.append(phrase("contact_closed", walk.language, opens=contact.opens))
    if not contact.checked:
        lines.append(phrase("contact_unchecked", walk.language))
    return "\n".join(lines)

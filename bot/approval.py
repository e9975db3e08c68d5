"""Whether what the files hold may go to people in need: a human has released the texts and called the numbers.

Owns: the sentence that tells an operator what is held back and how to release it. A single unreleased playbook is
held back by the engine and named here; without a released reception, or without any released playbook behind it,
nobody could be helped, and `lotse run` does not begin.
"""

from __future__ import annotations

from typing import NamedTuple

from bot.files import Files
from bot.flows.walking import RECEPTION

_MOST_NAMED = 20


class NotApprovedError(Exception):
    """Nothing could be shown to anybody. The message is German and says what to do."""


class Approval(NamedTuple):
    """What a real transport would show. `drafts`: ids of playbooks that are held back; `unchecked`: contacts."""

    drafts: tuple[str, ...]
    released: int
    unchecked: int
    contacts: int
    reception: bool

    @property
    def suffices(self) -> bool:
        """Whether somebody could be helped."""
        return self.reception and self.released > 0

    def explain(self) -> str:
        """What is held back, and how to release it; empty when nothing is."""
        lines = []
        if self.drafts:
            named = ", ".join(self.drafts[:_MOST_NAMED])
            lines += [
                f"Noch nicht freigegeben und darum nicht zu sehen: {named}.",
                "Freigeben, nach ganzem Lesen: lotse release DATEI … --by NAME. „lotse release“ zeigt, was fehlt.",
            ]
        if self.unchecked:
            lines += [
                f"{self.unchecked} von {self.contacts} Kontakten hat noch niemand angerufen; sie werden nicht gezeigt.",
                "Nach dem Anruf „geprueft_am“ und „geprueft_von“ in der Datei der Kommune eintragen.",
            ]
        if lines:
            lines.append("Nur für einen Probelauf mit eingeweihten Personen: LOTSE_ALLOW_DRAFTS=1.")
        return "\n".join(lines)


def look(files: Files) -> Approval:
    """Look at what is running."""
    library = files.worlds.library
    incidents = {name: one for name, one in library.items() if one.root.type == "vorfall"}
    contacts = [contact for area in files.areas for contact in area.contacts.values()]
    return Approval(
        drafts=tuple(sorted(name for name, one in library.items() if not one.linked.released)),
        released=sum(one.linked.released for one in incidents.values()),
        unchecked=sum(contact.geprueft_am is None for contact in contacts),
        contacts=len(contacts),
        reception=library[RECEPTION].linked.released,
    )


def demand(files: Files) -> Approval:
    """The same, for a start on real transports.

    Raises:
        NotApprovedError: nobody could be helped with what is released.
    """
    found = look(files)
    if not found.suffices:
        raise NotApprovedError(f"Der Lotse startet so nicht: Menschen in Not bekämen Entwürfe.\n{found.explain()}")
    return found

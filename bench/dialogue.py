"""The standard dialogue D12: start and twelve turns, the same for us and for every peer.

Choose 1 of 6; yes/no; choose 1 of 3; free text; place by text among 300; number 1-5; several choices (two turns, then
done); yes/no; free text; confirm; end. A branch on two earlier answers picks the questions of turns 4, 7 and 10. Each
turn answers one message with two to six options.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import yaml

from bot.flows.exchange import Said, Transport
from bot.flows.playbook import Playbook, link
from bot.flows.program import Program, compile_program
from bot.flows.world import World

NOW: Final = dt.datetime(2026, 11, 23, 11, 0, tzinfo=dt.UTC)

PLAYBOOK: Final = """
id: d12
title: {de: Der Musterweg}
review_by: 2027-02-21
steps:
  thema:
    kind: choose
    text: {de: Worum geht es?}
    unknown: false
    decline: false
    options:
      netz: {label: {de: Hass im Netz}}
      haus: {label: {de: Demonstration am Haus}}
      abend: {label: {de: Veranstaltung}}
      drohung: {label: {de: Drohung}}
      witze: {label: {de: Witze im Team}}
      sonst: {label: {de: Etwas anderes}}
  gefahr:
    kind: choose
    text: {de: Sind Sie in Gefahr?}
    options: {ja: {label: {de: Ja}}, nein: {label: {de: Nein}}}
  rolle:
    kind: choose
    text: {de: Welche Rolle passt?}
    options: {politik: {label: {de: Politik}}, leitung: {label: {de: Leitung}}, team: {label: {de: Team}}}
  zweig_eins:
    kind: branch
    cases: [{if: {all: [{answer: gefahr, is: ja}, {answer: rolle, is: leitung}]}, go: worte_leitung}]
    else: worte
  worte_leitung:
    kind: text
    save: worte
    text: {de: Was wissen Sie schon?}
    purpose: {de: Zum Ordnen.}
    keep: gespraech
    next: ort
  worte: {kind: text, text: {de: Was wurde gesagt?}, purpose: {de: Zum Ordnen.}, keep: gespraech}
  ort: {kind: place, text: {de: In welchem Ort?}}
  lage: {kind: number, text: {de: Wie geht es Ihnen?}}
  zweig_zwei:
    kind: branch
    cases: [{if: {all: [{answer: gefahr, is: ja}, {answer: thema, is: haus}]}, go: liste_haus}]
    else: liste
  liste_haus:
    kind: choose_many
    save: liste
    text: {de: Was ist am Haus passiert?}
    options: {rufe: {label: {de: Rufe}}, wuerfe: {label: {de: Würfe}}, fotos: {label: {de: Fotos}}}
    next: zeugen
  liste:
    kind: choose_many
    text: {de: Was ist passiert?}
    options: {post: {label: {de: Posts}}, mail: {label: {de: Mails}}, anruf: {label: {de: Anrufe}}}
  zeugen:
    kind: choose
    text: {de: Gibt es Zeugen?}
    options: {ja: {label: {de: Ja}}, nein: {label: {de: Nein}}}
  zweig_drei:
    kind: branch
    cases: [{if: {any: [{answer: gefahr, is: ja}, {answer: rolle, is: politik}]}, go: schluss_eilig}]
    else: schluss
  schluss_eilig:
    kind: text
    save: schluss
    text: {de: Was brauchen Sie sofort?}
    purpose: {de: Zum Ordnen.}
    keep: gespraech
    next: sicher
  schluss: {kind: text, text: {de: Was wünschen Sie sich?}, purpose: {de: Zum Ordnen.}, keep: gespraech}
  sicher:
    kind: choose
    text: {de: Stimmt das so?}
    unknown: false
    decline: false
    options: {ja: {label: {de: Ja}}, nein: {label: {de: Nein}}}
  ende: {kind: end, text: {de: Danke.}}
"""
# The answers of one person; the other 49 of a round choose other options at the first three questions.
ANSWERS: Final = (
    "2", "nein", "3", "Er hat gesagt, wir sollen aufhören.", "Ort 117", "3", "1", "2", "fertig", "ja",
    "Dass jemand zuhört.", "ja",
)  # fmt: skip
TURNS: Final = len(ANSWERS) + 1

_UNSURE: Final = ("Weiß ich nicht", "Möchte ich nicht sagen")
_YES_NO: Final = ("Ja", "Nein", *_UNSURE)
_POSTS: Final = ("Posts", "Mails", "Anrufe", "Fertig", *_UNSURE)
OPTIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "s0": ("Hass im Netz", "Demonstration am Haus", "Veranstaltung", "Drohung", "Witze im Team", "Etwas anderes"),
    "s1": _YES_NO,
    "s2": ("Politik", "Leitung", "Team", *_UNSURE),
    "s6": _POSTS,
    "s7": _POSTS,
    "s8": _POSTS,
    "s9": _YES_NO,
    "s11": ("Ja", "Nein"),
}
"""What the peers offer at each question, by its number."""


@dataclass(frozen=True)
class Town:
    """One of the 300 places."""

    ags: str
    name: str
    certain: bool = True


class Towns:
    """300 places, found by name."""

    fingerprint: Final = "towns"
    rows: Final = {f"Ort {number}": Town(f"{number:08d}", f"Ort {number}") for number in range(1, 301)}
    names: Final = {town.ags: town.name for town in rows.values()}

    def find(self, words: str) -> tuple[Town, ...]:
        """The place of that name."""
        town = self.rows.get(words)
        return (town,) if town else ()

    def name(self, ags: str) -> str:
        """Its name."""
        return self.names.get(ags, ags)


class Nobody:
    """A directory without contacts: the dialogue names none."""

    fingerprint: Final = "nobody"

    def responsible(self, **_asked: object) -> tuple[()]:
        """Nobody."""
        return ()


def make_program() -> Program:
    """D12, compiled."""
    file = Playbook.model_validate(yaml.load(PLAYBOOK, Loader=yaml.CBaseLoader))  # noqa: S506 - the base loader makes strings only
    return compile_program(link(file, {}))


def make_world(program: Program) -> World:
    """A world in which D12 runs."""
    library: Mapping[str, Program] = {program.root.id: program}
    return World(library=library, directory=Nobody(), places=Towns(), running=program, transport=Transport())


def incomings(seed: str = "0" * 24) -> Sequence[Said]:
    """What the person of D12 says after the start."""
    return tuple(Said(text=text, seed=seed) for text in ANSWERS)

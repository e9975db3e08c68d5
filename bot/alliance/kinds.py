"""The kinds of contacts, and which of a person's three places each follows (decisions.md).

`dienststelle` is the employer, `ort` where it happens, `wohnort` where the person lives. A contact may say otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Follows = Literal["dienststelle", "ort", "wohnort"]
FOLLOWS: tuple[Follows, ...] = ("dienststelle", "ort", "wohnort")
KindId = Literal[
    "polizei",
    "staatsschutz",
    "lka_ansprechstelle",
    "versammlungsbehoerde",
    "vorgesetzte",
    "koordination",
    "presse",
    "agg_beschwerdestelle",
    "antidiskriminierung",
    "personalrat",
    "gleichstellung",
    "schwerbehindertenvertretung",
    "betriebsarzt",
    "unfallkasse",
    "amtstraeger",
    "opferberatung",
    "hilfetelefon",
    "hilfe_im_netz",
    "krisenhilfe",
    "mobile_beratung",
    "meldebehoerde",
    "praevention",
    "kollegial",
    "medien",
    "zivilgesellschaft",
    "wirtschaft",
]


@dataclass(frozen=True, slots=True)
class Kind:
    """`title` is German, for coordinators. `local`: every municipality must name one (hilfen_bund.md, section 5)."""

    title: str
    follows: Follows = "dienststelle"
    local: bool = False


KINDS: Mapping[KindId, Kind] = MappingProxyType(
    {
        "polizei": Kind("Polizei vor Ort", "ort", local=True),
        "staatsschutz": Kind("Staatsschutz der Polizei", "ort", local=True),
        "lka_ansprechstelle": Kind("Ansprechstelle beim Landeskriminalamt", "ort"),
        "versammlungsbehoerde": Kind("Versammlungsbehörde", "ort", local=True),
        "vorgesetzte": Kind("Leitung, Vorgesetzte", local=True),
        "koordination": Kind("Koordination der Allianz", local=True),
        "presse": Kind("Presse- und Social-Media-Stelle", local=True),
        "agg_beschwerdestelle": Kind("Beschwerdestelle nach dem AGG", local=True),
        "antidiskriminierung": Kind("Antidiskriminierungsberatung", local=True),
        "personalrat": Kind("Personalrat", local=True),
        "gleichstellung": Kind("Gleichstellungsbeauftragte", local=True),
        "schwerbehindertenvertretung": Kind("Schwerbehindertenvertretung", local=True),
        "betriebsarzt": Kind("Betriebsarzt, Sozialberatung", local=True),
        "unfallkasse": Kind("Unfallkasse", local=True),
        "amtstraeger": Kind("Stelle für Amts- und Mandatstragende"),
        "opferberatung": Kind("Opferberatung", "ort"),
        "hilfetelefon": Kind("Hilfetelefon", "wohnort"),
        "hilfe_im_netz": Kind("Hilfe bei Hass im Netz"),
        "krisenhilfe": Kind("Krisenhilfe", "wohnort"),
        "mobile_beratung": Kind("Mobile Beratung"),
        "meldebehoerde": Kind("Meldebehörde", "wohnort", local=True),
        "praevention": Kind("Präventionsrat"),
        "kollegial": Kind("Kollegiale Beratung anderer Kommunen"),
        "medien": Kind("Lokale Medien"),
        "zivilgesellschaft": Kind("Zivilgesellschaftliche Bündnisse"),
        "wirtschaft": Kind("Wirtschaft"),
    }
)

# Who is named when nobody else is left.
GENERAL: tuple[KindId, ...] = ("opferberatung", "krisenhilfe")

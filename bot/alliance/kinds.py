"""The kinds of contacts, and which of a person's three places each follows (decisions.md).

`dienststelle` is the employer, `ort` where it happens, `wohnort` where the person lives. A contact may say otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Audience = Literal["politik", "fuehrung", "mitarbeitende", "aussendienst", "unterstuetzend"]
AUDIENCES: tuple[Audience, ...] = ("politik", "fuehrung", "mitarbeitende", "aussendienst", "unterstuetzend")
# As a coordinator reads them in a sentence.
AUDIENCE_TITLES: Mapping[Audience, str] = MappingProxyType(
    {
        "politik": "politische Leitung",
        "fuehrung": "Führungskräfte",
        "mitarbeitende": "Mitarbeitende",
        "aussendienst": "Außendienst",
        "unterstuetzend": "Unterstützende",
    }
)
# Whom the law calls employees: neither elected people nor people who look on (szenarien.md, A4).
_EMPLOYED: tuple[Audience, ...] = ("fuehrung", "mitarbeitende", "aussendienst")
_IN_OFFICE: tuple[Audience, ...] = ("politik", "fuehrung")
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
    """`title` is German, for coordinators. `local`: every municipality must name one (hilfen_bund.md, section 5).

    `audiences`: for whom somebody must be there, all where none is named; who is shown is each contact's own to say.
    `may_be_accused`: a municipality must say who stands in when this one is itself part of the problem.
    """

    title: str
    follows: Follows = "dienststelle"
    local: bool = False
    audiences: tuple[Audience, ...] = AUDIENCES
    may_be_accused: bool = False


KINDS: Mapping[KindId, Kind] = MappingProxyType(
    {
        "polizei": Kind("Polizei vor Ort", "ort", local=True),
        "staatsschutz": Kind("Staatsschutz der Polizei", "ort", local=True),
        "lka_ansprechstelle": Kind("Ansprechstelle beim Landeskriminalamt", "ort", audiences=_IN_OFFICE),
        "versammlungsbehoerde": Kind("Versammlungsbehörde", "ort", local=True),
        "vorgesetzte": Kind("Leitung, Vorgesetzte", local=True, audiences=_EMPLOYED, may_be_accused=True),
        "koordination": Kind("Koordination der Allianz", local=True),
        "presse": Kind("Presse- und Social-Media-Stelle", local=True),
        "agg_beschwerdestelle": Kind(
            "Beschwerdestelle nach dem AGG", local=True, audiences=_EMPLOYED, may_be_accused=True
        ),
        "antidiskriminierung": Kind("Antidiskriminierungsberatung", local=True),
        "personalrat": Kind("Personalrat", local=True, audiences=_EMPLOYED),
        "gleichstellung": Kind("Gleichstellungsbeauftragte", local=True, audiences=_EMPLOYED),
        "schwerbehindertenvertretung": Kind("Schwerbehindertenvertretung", local=True, audiences=_EMPLOYED),
        "betriebsarzt": Kind("Betriebsarzt, Sozialberatung", local=True, audiences=_EMPLOYED),
        "unfallkasse": Kind("Unfallkasse", local=True),
        "amtstraeger": Kind("Stelle für Amts- und Mandatstragende", audiences=_IN_OFFICE),
        "opferberatung": Kind("Opferberatung", "ort"),
        "hilfetelefon": Kind("Hilfetelefon", "wohnort"),
        "hilfe_im_netz": Kind("Hilfe bei Hass im Netz"),
        "krisenhilfe": Kind("Krisenhilfe", "wohnort"),
        "mobile_beratung": Kind("Mobile Beratung"),
        "meldebehoerde": Kind("Meldebehörde", "wohnort", local=True),
        "praevention": Kind("Präventionsrat"),
        "kollegial": Kind("Kollegiale Beratung anderer Kommunen", audiences=_IN_OFFICE),
        "medien": Kind("Lokale Medien"),
        "zivilgesellschaft": Kind("Zivilgesellschaftliche Bündnisse"),
        "wirtschaft": Kind("Wirtschaft"),
    }
)

# What contacts say they are for: the incidents of the playbooks that ship. A municipality's own playbooks may add more.
INCIDENTS: tuple[str, ...] = (
    "shitstorm", "demo_wohnhaus", "veranstaltung_eskalation", "aussendienst_angriff", "skepsis_intern",
    "fuersprecher_belaechelt", "rassistische_witze", "keine_schutzstruktur", "bedrohung", "doxxing",
    "sachbeschaedigung", "ratssitzung_sprechstunde", "koerperlicher_angriff", "unterstuetzende", "allgemein",
    # The modules of the programme, which are no attacks.
    "erweiterte_allianz", "clearing", "kommunikation", "fortbildung", "fuehrung", "kollegiale_beratung",
)  # fmt: skip

# A crisis line is no office: it takes nobody's place.
CRISIS: KindId = "krisenhilfe"
# Who is named when nobody else is left.
GENERAL: tuple[KindId, ...] = ("opferberatung", "krisenhilfe")

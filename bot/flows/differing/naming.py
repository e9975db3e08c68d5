"""How the parts of a playbook are called when one speaks about them to somebody who never opens the file.

A step is its kind and its first German words: „die Frage „Wie schwer ist es?“”; an answer is its label.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.alliance.kinds import KINDS
from bot.flows.deadlines import DEADLINES
from bot.flows.steps import (
    AnyStep,
    Branch,
    Call,
    Deadline,
    Question,
    Set,
)
from bot.flows.wording import pick

# A quotation is there to be recognised.
MOST_SHOWN: Final = 48
# So many of a list are named.
MOST_NAMED: Final = 2

_LANGUAGES: Final = {
    "de": "Deutsch",
    "en": "Englisch",
    "de-simple": "Einfache Sprache",
    "ar": "Arabisch",
    "fa": "Persisch",
    "fr": "Französisch",
    "pl": "Polnisch",
    "ru": "Russisch",
    "tr": "Türkisch",
    "uk": "Ukrainisch",
}

# What a tag stands for (docs/handbuch/leitfaden-schreiben.md, "Marken").
TAG_NAMES: Final = {
    "gefahr": "Frage nach der Gefahr",
    "notruf": "Notruf",
    "beweise": "Beweise sichern",
    "melden": "Melden",
    "loeschen": "Löschen",
    "einwilligung": "Einwilligung",
    "person": "Menschen, die helfen",
    "abschluss": "Abschluss",
}

PLACES: Final = {"dienststelle": "die Dienststelle", "ort": "den Ort des Geschehens", "wohnort": "den Wohnort"}
# The same on an answer.
ANSWER_TAG_NAMES: Final = TAG_NAMES | {"gefahr": "Gefahr"}

KEPT: Final = {
    "nicht": "gar nicht",
    "gespraech": "bis zum Ende des Gesprächs",
    "vorgang": "im Vorgang, wenn einer angelegt wird",
}
TYPES: Final = {"vorfall": "Leitfaden", "baustein": "Baustein", "empfang": "Empfang", "nachfrage": "Nachfrage"}


def language_name(code: str) -> str:
    """A language in German; its code when it is none of the usual ones."""
    return _LANGUAGES.get(code, f"„{code}“")


def contact_name(kind: str) -> str:
    """A kind of contact, as its table calls it."""
    return KINDS[kind].title if kind in KINDS else kind  # type: ignore[index]


def deadline_name(kind: str) -> str:
    """A legal deadline, as its table calls it."""
    return DEADLINES[kind].title["de"] if kind in DEADLINES else kind


def day(date: dt.date) -> str:
    """A date, as it is written in German."""
    return f"{date:%d.%m.%Y}"


def span(length: dt.timedelta, *, after: bool = False) -> str:
    """`24 Stunden`, `3 Tage`; days from two days on. `after`: as it is said after „nach“."""
    hours = int(length.total_seconds()) // 3600
    if hours % 24 or hours < 48:  # noqa: PLR2004 - 24 hours are said as hours, 48 as two days
        return "1 Stunde" if hours == 1 else f"{hours} Stunden"
    return f"{hours // 24} {'Tagen' if after else 'Tage'}"


def count(number: int, one: str, many: str) -> str:
    """`1 Frage`, `2 Fragen`."""
    return f"{number} {one if number == 1 else many}"


def listed(parts: Iterable[str], word: str = "und") -> str:
    """`a, b und c`; of a long list the first ones and how many more."""
    names = list(dict.fromkeys(parts))
    if len(names) > MOST_NAMED + 1:
        names = [*names[:MOST_NAMED], f"{len(names) - MOST_NAMED} weitere"]
    return f" {word} ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def capital(sentence: str) -> str:
    """A sentence begins with a capital letter."""
    return sentence[:1].upper() + sentence[1:]


# --- quotations -------------------------------------------------------------------------------------------------------


def quoted(text: str) -> str:
    """The first words, in quotation marks; those inside become single ones."""
    plain = " ".join(text.split()).translate(str.maketrans("„“”", "‚‘’"))
    if len(plain) > MOST_SHOWN:
        plain = re.sub(r"[\s,;:–-]+\S*$", "", plain[: MOST_SHOWN - 1]) + " …"
    return f"„{plain}“"


def quoted_from(text: str, other: str) -> str:
    """The words where `text` begins to differ from `other`, with a few before them."""
    words, others = text.split(), other.split()
    same = next((n for n, (one, two) in enumerate(zip(words, others, strict=False)) if one != two), len(others))
    start = max(0, min(same, len(words)) - 2)
    if start <= 1 or len(" ".join(words[: same + 1])) <= MOST_SHOWN:
        return quoted(" ".join(words))
    return quoted("… " + " ".join(words[start:]))


def german(texts: Mapping[str, Sequence[str]] | None) -> tuple[str, ...]:
    """The German bubbles of a text."""
    return tuple(pick(texts, "de")) if texts else ()


def label(line: Mapping[str, str]) -> str:
    """A label, in quotation marks."""
    return quoted(pick(line, "de"))


# --- steps ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Thing:
    """A noun with its gender (m, f, n) and the words by which it is recognised."""

    gender: str
    noun: str
    words: str = ""

    @property
    def _rest(self) -> str:
        return f"{self.noun} {self.words}" if self.words else self.noun

    @property
    def who(self) -> str:
        """Nominative: `die Frage „…“`."""
        return f"{ {'m': 'der', 'f': 'die', 'n': 'das'}[self.gender] } {self._rest}"

    @property
    def whom(self) -> str:
        """Accusative: `den Baustein „…“`."""
        return f"{ {'m': 'den', 'f': 'die', 'n': 'das'}[self.gender] } {self._rest}"

    @property
    def to(self) -> str:
        """Where it leads: `zur Frage „…“`."""
        return f"{ {'m': 'zum', 'f': 'zur', 'n': 'zum'}[self.gender] } {self._rest}"

    @property
    def of(self) -> str:
        """Genitive of what is feminine, `der Verzweigung „…“`; else as `at`, with „von“."""
        return self.at if self.gender == "f" else f"von {self.at}"

    @property
    def at(self) -> str:
        """Dative: `der Frage „…“`."""
        return f"{ {'m': 'dem', 'f': 'der', 'n': 'dem'}[self.gender] } {self._rest}"


# What a kind of step is called; all others are questions.
_NOUNS: Final = {
    "message": ("f", "Nachricht"),
    "template": ("f", "Vorlage"),
    "contact": ("f", "Liste der Stellen"),
    "checklist": ("f", "Liste"),
    "end": ("m", "Schluss"),
    "offer_case": ("n", "Angebot eines Vorgangs"),
    "check_ins": ("n", "Angebot nachzufragen"),
    "offer_playbooks": ("n", "Angebot der Leitfäden"),
}


def thing(name: str, step: AnyStep, titles: Mapping[str, str]) -> Thing:
    """What to call a step. `titles`: of playbooks, by id."""
    match step:
        case Call():
            return Thing("m", "Baustein", quoted(titles.get(step.playbook, step.playbook)))
        case Set():
            deadlines = [deadline_name(value.deadline) for value in step.values.values() if isinstance(value, Deadline)]
            return Thing("f", "Frist" if deadlines else "Notiz", quoted(", ".join(deadlines) or name))
        case Branch():
            return Thing("f", "Verzweigung", quoted(name))
        case _:
            text = german(step.text)
            if not any(text):
                return Thing("n", "Ende")
            words = asked(text) if isinstance(step, Question) else text[0]
            return Thing(*_NOUNS.get(step.kind, ("f", "Frage")), quoted(words))


def asked(bubbles: Sequence[str]) -> str:
    """The question itself: the last sentence that ends with a question mark, else the last bubble."""
    sentences = re.findall(r"[^.!?…:]+\?", " ".join(bubbles[-1].split())) if bubbles else []
    return sentences[-1].strip() if sentences else (bubbles[-1] if bubbles else "")

"""What must hold on every path: 110 for those in danger, evidence before it is gone, consent, a human at the end.

What a path has promised so far is a handful of bits (`flags`), so that states stay few.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from bot.documents import Path, Severity, quote
from bot.flows.checking.files import File
from bot.flows.checking.promises import PROMISES, agreed_by
from bot.flows.checking.symbols import UNSET, Given, Masks, Table
from bot.flows.checking.tables import tags_of
from bot.flows.checking.terrain import Place
from bot.flows.steps import CheckIns, ContactStep, End, OfferCase, OfferPlaybooks, Question, Template

# Bits of `flags`. The two lowest: 0 nobody is in danger, else 1 + bubbles since the person said so.
DANGER: Final = 0b11
SAFE: Final = 1 << 2  # the safety question was asked, or need not be the first
PERSON: Final = 1 << 3  # a human was named, or the end was made explicit
EVIDENCE: Final = 1 << 4
CONSENT: Final = 1 << 5
# 6 and 7: what was agreed on (`promises`)

_SAFETY: Final = "Beginnen Sie mit „kind: call“, „playbook: baustein_sicherheit“."
# 110 comes within so many bubbles (features.md).
MOST_BUBBLES: Final = 2
# Where the reception of `bot.flows.walking` goes over into the playbook for everything else.
HAND_OVER: Final = "allgemein"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is wrong on a path; `detail` tells findings of one code at one step apart."""

    code: str
    path: Path
    what: str
    todo: str
    severity: Severity = "error"
    key: bool = True
    words: str = ""
    detail: str = ""
    # What must be known of a slot for this to happen, so that the chat shows it.
    witness: tuple[int, int] | None = None


class Invariants:
    """Watches the paths of one file."""

    def __init__(self, root: File, table: Table, places: Iterable[Place] = ()) -> None:
        """`root` is the file whose paths are walked, through `places`."""
        self.root = root
        self.table = table
        # Only what somebody promises is watched, so that the states stay few.
        self.promised = sum({flag for place in places for flag in place.promises})
        self.is_block = root.playbook.type == "baustein"

    @property
    def start(self) -> int:
        """The flags at the beginning."""
        return 0 if self.root.playbook.type in ("vorfall", "empfang") else SAFE

    # --- saying ---

    def enter(self, place: Place, flags: int, *, ends: bool) -> tuple[int, list[Finding]]:
        """What a step promises or breaks when it is shown. `ends`: the path ends here."""
        found: list[Finding] = []
        step, tags = place.step, place.step.tags
        if "beweise" in tags:
            flags |= EVIDENCE
        if not flags & EVIDENCE and ("melden" in tags or "loeschen" in tags) and not self.is_block:
            what = f"Auf einem Weg rät {quote(place.name)} zum Melden oder Löschen, bevor Beweise gesichert sind."
            todo = "Führen Sie vorher über einen Schritt mit der Marke „beweise“."
            found.append(Finding("beweise-zuerst", place.path, what, todo))
            flags |= EVIDENCE
        if place.promises and not self.is_block:
            found += self._unkept(place, flags)
        if "person" in tags or "abschluss" in tags:
            flags |= PERSON
        if flags & DANGER:
            flags, late = self._danger(place, flags)
            found += late
        if isinstance(step, End) and ends:
            handed_over = self.root.playbook.type == "empfang" and step.outcome == HAND_OVER
            if not flags & PERSON and not handed_over and not self.is_block:
                what = "Ein Weg endet, ohne dass ein Mensch, eine Stelle oder ein Abschluss genannt wurde."
                todo = "Nennen Sie vorher eine Stelle („contact“, Marke „person“), oder geben Sie dem Ende „abschluss“."
                found.append(Finding("ende-ohne-mensch", place.path, what, todo))
        return flags, found

    def _unkept(self, place: Place, flags: int) -> Iterator[Finding]:
        for promise in PROMISES:
            if promise.flag in place.promises and not flags & promise.flag:
                words = place.promises[promise.flag]
                what = f"Auf einem Weg verspricht {quote(place.name)} „{words}“ ohne Grundlage."
                todo = f"Das geht nur nach {promise.needs}; sonst streichen Sie es."
                yield Finding("zusage-ohne-wirkung", place.path, what, todo, words=words, detail=words)

    def _danger(self, place: Place, flags: int) -> tuple[int, list[Finding]]:
        said = (flags & DANGER) - 1
        calm = flags & ~DANGER
        texts = getattr(place.step, "text", None) or {}
        if "notruf" in place.step.tags and texts:
            needed = max(_first_number(bubbles) for bubbles in texts.values())
            return calm, [] if said + needed <= MOST_BUBBLES else [_LATE]
        if isinstance(place.step, Question):
            return calm, [_LATE]
        said += max((len(bubbles) for bubbles in texts.values()), default=0)
        said += isinstance(place.step, ContactStep | Template)
        return (calm, [_LATE]) if said >= MOST_BUBBLES else (calm | (said + 1), [])

    def over(self, flags: int) -> list[Finding]:
        """Whether a path may end now."""
        return [_LATE] if flags & DANGER else []

    # --- asking ---

    def ask(self, place: Place, flags: int) -> tuple[int, list[Finding]]:
        """What a question promises or breaks when it is really asked."""
        found: list[Finding] = []
        if "gefahr" in place.step.tags:
            flags |= SAFE
        elif not flags & SAFE and isinstance(place.step, OfferPlaybooks):
            what = "Auf einem Weg werden Leitfäden angeboten, bevor nach der Sicherheit gefragt wurde."
            found.append(Finding("sicherheit-zuerst", place.path, what, _SAFETY))
        elif not flags & SAFE and self.root.playbook.type == "vorfall":
            flags |= SAFE
            what = f"Auf einem Weg ist {quote(place.name)} die erste Frage; zuerst kommt die nach der Sicherheit."
            found.append(Finding("sicherheit-zuerst", place.path, what, _SAFETY))
        if isinstance(place.step, OfferCase) and not flags & CONSENT and not self.is_block:
            what = "Auf einem Weg wird ein Vorgang angeboten, ohne dass die Person vorher zugestimmt hat."
            todo = "Fragen Sie vorher, mit der Marke „einwilligung“ an der Frage und an ihrer Ja-Antwort."
            found.append(Finding("einwilligung-zuerst", place.path, what, todo))
        return flags, found

    def choose(self, place: Place, given: Given, flags: int) -> int:
        """What an answer changes; a consent that is not given again is gone."""
        tags = tags_of(place.step, given.value) if isinstance(place.step, Question) else frozenset()
        if "einwilligung" in place.step.tags:
            flags = flags | CONSENT if "einwilligung" in tags else flags & ~CONSENT
        if isinstance(place.step, OfferCase | CheckIns):
            flags |= agreed_by(place.step, given.value) & self.promised
        if "beweise" in tags:
            flags |= EVIDENCE
        if "person" in tags or "abschluss" in tags:
            flags |= PERSON
        return (flags & ~DANGER) | 1 if "gefahr" in tags else flags

    # --- knowing ---

    def blanks(self, place: Place, masks: Masks) -> Iterator[Finding]:
        """Blanks that are open on this path."""
        for number in place.blanks:
            slot, known = self.table.slots[number], masks[number]
            words = f"{{{slot.name}}}"
            if known == UNSET:
                what = (
                    f"Auf einem Weg ist {quote(words)} noch nicht beantwortet, wenn {quote(place.name)} gezeigt wird."
                )
                todo = "Fragen Sie vorher, oder verzweigen Sie mit „known: true“."
                yield Finding("luecke-offen", place.path, what, todo, words=words, detail=slot.name)
            elif known & slot.empty:
                what = f"Hat die Person {quote(slot.name)} nicht gesagt, steht in {quote(place.name)} nur ein Strich."
                todo = "Verzweigen Sie vorher mit „known: true“."
                yield Finding(
                    "luecke-leer",
                    place.path,
                    what,
                    todo,
                    "warning",
                    words=words,
                    detail=slot.name,
                    witness=(number, slot.empty),
                )


_LATE: Final = Finding(
    "gefahr-ohne-notruf",
    (),
    f"Wer das antwortet, ist in Gefahr und bekommt nicht innerhalb von {MOST_BUBBLES} Nachrichten die 110 genannt.",
    "Führen Sie von hier gleich zu einem Schritt mit der Marke „notruf“, der die 110 nennt.",
)


def _first_number(bubbles: tuple[str, ...]) -> int:
    """In which bubble (from 1) the 110 is; too late when in none."""
    places = (index for index, bubble in enumerate(bubbles, 1) if "110" in bubble or "{notruf}" in bubble)
    return next(places, MOST_BUBBLES + 1)

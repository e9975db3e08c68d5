"""A path as a chat: what the Lotse says and what the person answers, short enough to read in a terminal."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from bot.flows.checking.files import options_of
from bot.flows.checking.paths import Move, State
from bot.flows.checking.symbols import TICKED, Given, Table
from bot.flows.checking.terrain import Place, Terrain
from bot.flows.conversation import DECLINED, UNKNOWN
from bot.flows.steps import Checklist, ContactStep, End, FreeText, OfferCase, OfferPlaybooks, Question, Scale, Set, When
from bot.flows.wording import BLANK, phrase

MAX_WIDTH = 76
# Of a longer chat the beginning and the end are shown.
MAX_LINES = 18
SHOWN_FIRST = 4

Trail = list[tuple[State, Move | None]]
Witness = tuple[int, int] | None


def chat(trail: Trail, terrain: Terrain, table: Table, witness: Witness = None) -> tuple[str, ...]:
    """`Lotse: …` and `Person: …`, in German. `witness`: a slot and the classes that it must have at the end."""
    teller = _Teller(trail, terrain, table, witness)
    lines = [line for number in range(len(trail)) for line in teller.lines(number)]
    if len(lines) <= MAX_LINES:
        return tuple(lines)
    last = MAX_LINES - SHOWN_FIRST - 1
    return (*lines[:SHOWN_FIRST], f"… ({len(lines) - SHOWN_FIRST - last} Zeilen)", *lines[-last:])


def asks(place: Place) -> str:
    """The question of a place, in one line."""
    return _shorten(_german(getattr(place.step, "text", {}))[-1])


def says(place: Place) -> Iterator[str]:
    """What is said at a place, each message in one line, of several the first."""
    bubbles = _german(getattr(place.step, "text", None) or {})
    if not bubbles or (isinstance(place.step, End) and bubbles == ("",)):
        return
    shown = bubbles[-1] if isinstance(place.step, Question) else bubbles[0]
    more = f" (und {len(bubbles) - 1} mehr)" if len(bubbles) > 1 and not isinstance(place.step, Question) else ""
    yield _shorten(f"Lotse: {shown}", more)
    if isinstance(place.step, ContactStep):
        yield _shorten(f"Lotse: (nennt: {', '.join(place.step.kinds)})")


def _german(texts: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    return texts.get("de") or next(iter(texts.values()), ())


def _shorten(line: str, more: str = "") -> str:
    plain = " ".join(BLANK.sub("…", line).split())
    room = MAX_WIDTH - len(more)
    if len(plain) > room:
        plain = re.sub(r"\s+\S*$", "", plain[: room - 1]) + " …"
    return plain + more


class _Teller:
    """Tells one path: for each question the answer that leads along it to its end."""

    def __init__(self, trail: Trail, terrain: Terrain, table: Table, witness: Witness) -> None:
        self.trail = trail
        self.terrain = terrain
        self.table = table
        self.witness = witness

    def lines(self, number: int) -> Iterator[str]:
        """What is said at one state of the path."""
        state, move = self.trail[number]
        place = self.terrain.places[state.place]
        if not isinstance(place.step, Question) or move is None:
            yield from says(place)
        elif move.asked:
            yield from says(place)
            yield _shorten(f"Person: {self._answer(place, number, move)}")
        elif place.step.once:
            yield _shorten(f"(schon beantwortet: {place.answer} – {self._answer(place, number, move)})")
        else:
            yield _shorten(f"(auf diesem Kanal nicht gefragt: {place.answer})")

    def _answer(self, place: Place, number: int, move: Move) -> str:
        givens = move.givens
        if place.slot >= 0:
            mask = self._last_known(place.slot, number, move)
            givens = tuple(given for given in givens if self.table.mask(place.slot, given) & mask) or givens
        ticked = [
            option
            for (name, option), slot in self.table.ticks.items()
            if name == place.answer and self._last_known(slot, number, move) == TICKED
        ]
        return _label(place, givens[0], ticked)

    def _last_known(self, slot: int, number: int, move: Move) -> int:
        """The last that the path knows of a slot before it is given anew or no longer matters."""
        mask = move.known[slot]
        for state, following in self.trail[number + 1 :]:
            place = self.terrain.places[state.place]
            if following is None and self.witness is not None and self.witness[0] == slot:
                return mask & self.witness[1] or mask
            given_anew = slot in (place.slot, *place.ticks) or isinstance(place.step, Set)
            if not state.masks[slot] or given_anew or following is None:
                break
            mask = following.known[slot]
        return mask


def _label(place: Place, given: Given, ticked: list[str]) -> str:
    step, value = place.step, given.value
    if value is UNKNOWN:
        return phrase("unknown", "de")
    if value is DECLINED:
        return phrase("declined", "de")
    options = step.items if isinstance(step, Checklist) else options_of(step)
    if isinstance(value, list):
        labels = [options[name].label.get("de", name) for name in ticked if name in options]
        return f"(kreuzt an: {', '.join(labels)})" if labels else "(kreuzt an, was passt)"
    if isinstance(value, str) and value in options:
        return options[value].label.get("de", value)
    match step:
        case Scale():
            return str(value)
        case When():
            return "(ein Tag)"
        case FreeText():
            return "(eigene Worte)"
        case OfferCase():
            return "Ja, so aufnehmen" if value == "ja" else "Nein, nichts aufnehmen"
        case OfferPlaybooks():
            return phrase("something_else", "de")
        case _:
            return "(ein Ort)"

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


def chat(trail: Trail, terrain: Terrain, table: Table) -> tuple[str, ...]:
    """`Lotse: …` and `Person: …`, in German."""
    lines: list[str] = []
    for number, (state, move) in enumerate(trail):
        place = terrain.places[state.place]
        silent = isinstance(place.step, Question) and move is not None and not move.asked
        if not silent:
            lines += _said(place)
        if isinstance(place.step, Question) and move is not None and move.asked:
            lines.append(_shorten(f"Person: {_answer(place, number, trail, terrain, table)}"))
    if len(lines) <= MAX_LINES:
        return tuple(lines)
    last = MAX_LINES - SHOWN_FIRST - 1
    return (*lines[:SHOWN_FIRST], f"… ({len(lines) - SHOWN_FIRST - last} Zeilen)", *lines[-last:])


def asks(place: Place) -> str:
    """The question of a place, in one line."""
    return _shorten(_german(getattr(place.step, "text", {}))[-1])


def _said(place: Place) -> Iterator[str]:
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


def _answer(place: Place, number: int, trail: Trail, terrain: Terrain, table: Table) -> str:
    """One answer that leads along this path to its end: the last that is known of it tells which."""
    move = trail[number][1]
    givens = move.givens if move else ()
    if place.slot >= 0 and givens:
        mask = _last_known(place.slot, number, trail, terrain)
        fitting = [given for given in givens if table.mask(place.slot, given) & mask]
        givens = tuple(fitting) or givens
    if not givens:
        return "…"
    given = givens[0]
    ticked = [
        option
        for (name, option), slot in table.ticks.items()
        if name == place.answer and _last_known(slot, number, trail, terrain) == TICKED
    ]
    return _label(place, given, ticked)


def _last_known(slot: int, number: int, trail: Trail, terrain: Terrain) -> int:
    move = trail[number][1]
    mask = move.known[slot] if move else -1
    for state, following in trail[number + 1 :]:
        step = terrain.places[state.place]
        if not state.masks[slot] or slot in (step.slot, *step.ticks) or isinstance(step.step, Set) or following is None:
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

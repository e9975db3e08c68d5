"""What a step says about itself, field by field: texts, tags, and how a question is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from bot.flows.differing.changes import GRAVE, Change, Kind
from bot.flows.differing.naming import KEPT, PLACES, TAG_NAMES, quoted
from bot.flows.differing.scene import Scene
from bot.flows.differing.texts import bubbles_of, numbers
from bot.flows.steps import AnyStep
from bot.flows.wording import phrase

# What was, what is, and what is to be said about a step (its new id).
Field = Callable[[Scene, str, Any, Any], Iterator[Change]]


def _text(what: str) -> Field:
    def compare(scene: Scene, name: str, before: Any, after: Any) -> Iterator[Change]:  # noqa: ANN401 - forms of texts
        if before is None or after is None:
            said = "kommt dazu" if before is None else "entfällt"
            yield scene.change(Kind.TEXTS, name, f"{what} bei {scene.new.thing(name).at} {said}.")
            return
        kind = Kind.SAFETY if {"gefahr", "notruf"} & set(scene.step(name).tags) else Kind.TEXTS
        place = scene.places[name]
        yield from scene.texts.compare(what, bubbles_of(before), bubbles_of(after), kind=kind, step=name, place=place)

    return compare


def compare_numbers(scene: Scene, name: str, old: AnyStep, new: AnyStep) -> Iterator[Change]:
    """Telephone numbers that are in no text of the step any more, or now."""
    before, after = _numbers_of(old), _numbers_of(new)
    for digits in before.keys() - after.keys():
        yield scene.change(
            Kind.SAFETY, name, f"Die Nummer {before[digits]} steht nicht mehr in {scene.new.thing(name).at}."
        )
    for digits in after.keys() - before.keys():
        yield scene.change(
            Kind.CONTACTS, name, f"Die Nummer {after[digits]} steht jetzt in {scene.new.thing(name).at}."
        )


def _numbers_of(step: AnyStep) -> dict[str, str]:
    found: dict[str, str] = {}
    for key in ("text", "body", "purpose"):
        found |= numbers(bubbles_of(getattr(step, key, None) or {}))
    return found


def compare_tags(
    scene: Scene,
    name: str,
    before: tuple[str, ...],
    after: tuple[str, ...],
    who: str = "",
    names: Mapping[str, str] = TAG_NAMES,
) -> Iterator[Change]:
    """What a step, or `who`, counts as."""
    its = who or scene.new.thing(name).who
    for tag in [tag for tag in before if tag not in after]:
        kind = Kind.SAFETY if tag in GRAVE else Kind.STEPS
        yield scene.change(kind, name, f"{its} zählt nicht mehr als „{names[tag]}“.")
    for tag in [tag for tag in after if tag not in before]:
        yield scene.change(Kind.STEPS, name, f"{its} zählt jetzt als „{names[tag]}“.")


def _note(scene: Scene, name: str, _before: object, _after: object) -> Iterator[Change]:
    said = f"Die Anmerkung für Koordinierende bei {scene.new.thing(name).at} ist eine andere."
    yield scene.change(Kind.PAPERS, name, said)


def _save(scene: Scene, name: str, before: str | None, after: str | None) -> Iterator[Change]:
    if (before or scene.pairs.back[name]) != (after or name):
        said = f"Die Antwort auf {scene.new.thing(name).whom} merkt sich der Lotse jetzt als {quoted(after or name)}."
        yield scene.change(Kind.QUESTIONS, name, said)


def _offered(key: str) -> Field:
    def compare(scene: Scene, name: str, _before: bool, after: bool) -> Iterator[Change]:  # noqa: FBT001 - a field's value
        words = quoted(phrase(key, "de"))
        said = f"kann man jetzt auch {words} antworten" if after else f"kann man nicht mehr {words} antworten"
        yield scene.change(Kind.QUESTIONS, name, f"Auf {scene.new.thing(name).whom} {said}.")

    return compare


def _switch(kind: Kind, on: str, off: str) -> Field:
    def compare(scene: Scene, name: str, _before: bool, after: bool) -> Iterator[Change]:  # noqa: FBT001 - a field's value
        yield scene.change(kind, name, f"{scene.new.thing(name).who} {on if after else off}.")

    return compare


def _keep(scene: Scene, name: str, before: str, after: str) -> Iterator[Change]:
    said = f"Eigene Worte auf {scene.new.thing(name).whom} bleiben jetzt {KEPT[after]}, vorher {KEPT[before]}."
    yield scene.change(Kind.PRIVACY, name, said)


def _scale(scene: Scene, name: str, _before: object, _after: object) -> Iterator[Change]:
    steps = (scene.step(name), scene.old.playbook.steps[scene.pairs.back[name]])
    now, then = (f"von {getattr(step, 'least', 0)} bis {getattr(step, 'most', 0)}" for step in steps)
    yield scene.change(Kind.QUESTIONS, name, f"{scene.new.thing(name).who} geht jetzt {now}, vorher {then}.")


def _role(scene: Scene, name: str, before: str, after: str) -> Iterator[Change]:
    said = f"{scene.new.thing(name).who} meint jetzt {PLACES[after]}, vorher {PLACES[before]}."
    yield scene.change(Kind.QUESTIONS, name, said)


FIELDS: Final[Mapping[str, Field]] = {
    "text": _text("Text"),
    "short": _text("Kurzform"),
    "purpose": _text("Hinweis, wofür die Worte sind,"),
    "body": _text("Text der Vorlage"),
    "tags": compare_tags,
    "note": _note,
    "save": _save,
    "unknown": _offered("unknown"),
    "decline": _offered("declined"),
    "once": _switch(
        Kind.QUESTIONS,
        "wird jetzt übersprungen, wenn die Antwort schon da ist",
        "wird jetzt immer gestellt, auch wenn die Antwort schon da ist",
    ),
    "confidential": _switch(
        Kind.PRIVACY,
        "wird nur noch gestellt, wo niemand mitlesen kann",
        "wird jetzt auch gestellt, wo andere mitlesen können",
    ),
    "keep": _keep,
    "least": _scale,
    "past": _switch(Kind.QUESTIONS, "nimmt nur noch, was schon war", "nimmt jetzt auch, was noch kommt"),
    "role": _role,
}
SCALE: Final[Field] = _scale

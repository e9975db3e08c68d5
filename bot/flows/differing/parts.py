"""Answers to choose from and points to tick off."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from bot.flows.differing.changes import Change, Kind
from bot.flows.differing.fields import Field, compare_tags
from bot.flows.differing.naming import ANSWER_TAG_NAMES, label, listed, quoted, span
from bot.flows.differing.pairing import pair_parts
from bot.flows.differing.scene import Scene
from bot.flows.differing.texts import Texts, bubbles_of
from bot.flows.steps import Option, PlanOption


@dataclass(frozen=True, slots=True)
class _Noun:
    """What the parts of a step are called, in the forms that the sentences need."""

    who: str
    whom: str
    new: str
    many: str


_ANSWER: Final = _Noun("Die Antwort", "die Antwort", "eine neue Antwort", "Antworten")
_POINT: Final = _Noun("Der Punkt", "den Punkt", "einen neuen Punkt", "Punkte")


def _options(scene: Scene, name: str, before: Mapping[str, Option], after: Mapping[str, Option]) -> Iterator[Change]:
    yield from _compare(scene, name, before, after, _ANSWER)


def _items(scene: Scene, name: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
    yield from _compare(scene, name, before, after, _POINT)


def _compare(
    scene: Scene, name: str, before: Mapping[str, Any], after: Mapping[str, Any], noun: _Noun
) -> Iterator[Change]:
    pairs, its = pair_parts(before, after), scene.new.thing(name)
    kind = Kind.SAFETY if "gefahr" in scene.step(name).tags else Kind.QUESTIONS
    for key in pairs.gone:
        yield scene.change(kind, name, f"{its.who} hat {noun.whom} {label(before[key].label)} nicht mehr.")
    for key in pairs.new:
        yield scene.change(kind, name, f"{its.who} hat {noun.new}: {label(after[key].label)}.")
    for old, new in pairs.both:
        if old != new:
            who = f"{noun.who} {label(after[new].label)} bei {its.at}"
            yield scene.change(
                Kind.PAPERS, name, f"{who} heißt in der Datei jetzt {quoted(new)}, vorher {quoted(old)}."
            )
        yield from _part(scene, name, before[old], after[new], noun)
    kept = [pairs.forward[old] for old in before if old in pairs.forward]
    if kept != [new for _old, new in pairs.both]:
        yield scene.change(Kind.TEXTS, name, f"Die {noun.many} bei {its.at} stehen in anderer Reihenfolge.")


def _part(scene: Scene, name: str, before: Any, after: Any, noun: _Noun) -> Iterator[Change]:  # noqa: ANN401 - Option or Item
    at, place, its = scene.new.thing(name).at, scene.places[name], label(after.label)
    changed = scene.texts.changed(bubbles_of(before.label), bubbles_of(after.label))
    if "de" in changed:
        yield scene.change(Kind.TEXTS, name, f"{noun.who} {label(before.label)} heißt jetzt {its} (bei {at}).")
    elif changed:
        one, two = bubbles_of(before.label), bubbles_of(after.label)
        yield from Texts(scene.new.playbook.id).compare(f"Beschriftung {its}", one, two, step=name, place=place)
    if before.hint is None or after.hint is None:
        if before.hint != after.hint:
            said = "hat jetzt einen Hinweis" if before.hint is None else "hat keinen Hinweis mehr"
            yield scene.change(Kind.TEXTS, name, f"{noun.who} {its} bei {at} {said}.")
    else:
        one, two = bubbles_of(before.hint), bubbles_of(after.hint)
        yield from scene.texts.compare(f"Hinweis zu {its}", one, two, step=name, place=place)
    if isinstance(after, Option) and set(before.also) != set(after.also):
        said = f"{noun.who} {its} bei {at} wird jetzt an anderen Worten erkannt."
        yield scene.change(Kind.QUESTIONS, name, said)
    if isinstance(after, Option):
        who = f"{noun.who} {its} bei {at}"
        yield from compare_tags(scene, name, before.tags, after.tags, who, ANSWER_TAG_NAMES)
    if isinstance(after, PlanOption) and before.plan != after.plan:
        now, then = (
            listed(f"nach {span(one, after=True)}" for one in part.plan) or "gar nicht" for part in (after, before)
        )
        said = f"Wer {its} wählt, wird jetzt {now} wieder gefragt, vorher {then}."
        yield scene.change(Kind.QUESTIONS, name, said)


FIELDS: Final[Mapping[str, Field]] = {"options": _options, "items": _items}

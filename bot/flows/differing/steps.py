"""The steps of a file: which are gone, which are new, and what became of the others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from bot.flows.differing import fields, parts, services
from bot.flows.differing.changes import GRAVE, Change, Kind
from bot.flows.differing.directions import compare_beginnings, compare_directions
from bot.flows.differing.fields import Field, compare_numbers, compare_tags
from bot.flows.differing.naming import quoted
from bot.flows.differing.scene import Scene
from bot.flows.steps import AnyStep, Branch, ContactStep, Deadline, Question

# Said by `directions`.
_ROUTING: Final = frozenset(
    ("kind", "next", "unknown_go", "decline_go", "accepted", "declined", "other", "cases", "else_")
)
_FIELDS: Final[Mapping[str, Field]] = {**fields.FIELDS, **parts.FIELDS, **services.FIELDS}
# The same key in two kinds of steps.
_MOST: Final[Mapping[str, Field]] = {"number": fields.SCALE, "contact": services.MOST}


def compare_steps(scene: Scene) -> Iterator[Change]:
    """Everything that steps say, in the order of the new file; what is gone first."""
    for name in scene.pairs.gone:
        step = scene.old.playbook.steps[name]
        yield scene.change(_kind(step), name, f"Entfällt: {scene.old.thing(name).who}.")
    for name in scene.pairs.new:
        yield scene.change(_kind(scene.step(name)), name, f"Neu: {scene.new.thing(name).who}.")
    yield from compare_beginnings(scene)
    for old_name, name in scene.pairs.both:
        yield from _compare(scene, old_name, name)


def _compare(scene: Scene, old_name: str, name: str) -> Iterator[Change]:
    old, new = scene.old.playbook.steps[old_name], scene.step(name)
    if old_name != name:
        yield scene.change(
            Kind.PAPERS, name, f"Der Schritt {quoted(old_name)} heißt in der Datei jetzt {quoted(name)}."
        )
    if old.kind != new.kind:
        said = f"{scene.old.thing(old_name).who} ist jetzt {scene.new.thing(name).who}."
        yield scene.change(Kind.STEPS, name, said)
        yield from compare_tags(scene, name, old.tags, new.tags)
    else:
        for key in type(new).model_fields:
            before, after = getattr(old, key), getattr(new, key)
            if key not in _ROUTING and not _is_same(before, after):
                field = _MOST[new.kind] if key == "most" else _FIELDS.get(key, _any_field(key))
                yield from field(scene, name, before, after)
    yield from compare_numbers(scene, name, old, new)
    yield from compare_directions(scene, old_name, name)


def _is_same(one: object, two: object) -> bool:
    """Whether two values say the same; options and points in the same order."""
    return one == two and not (isinstance(one, dict) and isinstance(two, dict) and list(one) != list(two))


def _any_field(key: str) -> Field:
    """A field that nobody has words for yet is named as it is: no change is passed over in silence."""

    def compare(scene: Scene, name: str, before: object, after: object) -> Iterator[Change]:
        now, then = quoted(str(after)), quoted(str(before))
        yield scene.change(
            Kind.STEPS, name, f"Bei {scene.new.thing(name).at} ist {quoted(key)} jetzt {now}, vorher {then}."
        )

    return compare


def _kind(step: AnyStep) -> Kind:
    """How much it weighs that a step comes or goes."""
    if GRAVE & set(step.tags):
        return Kind.SAFETY
    if isinstance(step, ContactStep):
        return Kind.CONTACTS
    if any(isinstance(value, Deadline) for value in getattr(step, "values", {}).values()):
        return Kind.DEADLINES
    if isinstance(step, Branch):
        return Kind.CONDITIONS
    return Kind.QUESTIONS if isinstance(step, Question) else Kind.STEPS

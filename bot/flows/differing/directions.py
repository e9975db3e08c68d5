"""Where a step leads: its ways out, and the cases of a branch."""

from __future__ import annotations

from collections.abc import Iterator

from bot.flows.conversation import DECLINED, UNKNOWN
from bot.flows.differing.changes import Change, Kind
from bot.flows.differing.conditions import say
from bot.flows.differing.naming import listed, quoted
from bot.flows.differing.routes import ACCEPTED, ELSE, ON, OTHER, REFUSED, Way, turned
from bot.flows.differing.scene import Scene
from bot.flows.steps import AnyStep, Branch, Case, Question
from bot.flows.wording import phrase


def compare_directions(scene: Scene, old_name: str, name: str) -> Iterator[Change]:
    """One step that is in both versions."""
    old, new = scene.old.playbook.steps[old_name], scene.step(name)
    if isinstance(old, Branch) and isinstance(new, Branch):
        yield from _cases(scene, name, old, new)
    groups: dict[tuple[str, str], list[Way]] = {}
    for way, before, after in turned(scene.old.routes, scene.new.routes, scene.pairs, (old_name, name)):
        groups.setdefault((before, after), []).append(way)
    for (before, after), ways in groups.items():
        kind = Kind.CONDITIONS if isinstance(new, Branch) else Kind.STEPS
        who = _who(scene, name, new, ways)
        said = f"{who} jetzt {scene.new.thing(after).to}, vorher {scene.old.thing(before).to}."
        yield scene.change(kind, name, said)


def compare_beginnings(scene: Scene) -> Iterator[Change]:
    """Whether the file begins with another step: one that was put before, or is gone, changes no direction."""
    first, last = scene.new.playbook.first, scene.old.playbook.first
    now = scene.new.routes.past(first, scene.pairs.new)
    then = {scene.pairs.forward.get(name, name) for name in scene.old.routes.past(last, scene.pairs.gone)}
    if not now & then:
        said = f"Der Anfang ist jetzt {scene.new.thing(first).who}, vorher {scene.old.thing(last).who}."
        # In danger one reads the first words, not the last.
        yield scene.change(Kind.SAFETY, first, said)


def _who(scene: Scene, name: str, step: AnyStep, ways: list[Way]) -> str:
    here = scene.new.thing(name)
    if ways == [ELSE]:
        return f"Trifft bei {here.at} nichts zu, geht es"
    if isinstance(step, Question) and len(ways) < len(scene.new.routes.ways[name]) and ON not in ways:
        labels = listed((_label(scene, name, step, way) for way in ways), "oder")
        return f"Wer auf {here.whom} mit {labels} antwortet, kommt"
    return f"Nach {here.at} geht es"


def _label(scene: Scene, name: str, step: Question, way: Way) -> str:
    if way is UNKNOWN or way is DECLINED:
        return quoted(phrase("unknown" if way is UNKNOWN else "declined", "de"))
    special = {ACCEPTED: "„Ja“", REFUSED: "„Nein“", OTHER: quoted(phrase("something_else", "de"))}
    return special.get(str(way)) or scene.new.answers.value(step.save or name, way)


# --- cases ------------------------------------------------------------------------------------------------------------


def _cases(scene: Scene, name: str, old: Branch, new: Branch) -> Iterator[Change]:
    forward = scene.pairs.forward
    before = [(case, forward.get(case.go, case.go)) for case in old.cases]
    left = list(new.cases)
    gone: list[tuple[Case, str]] = []
    for case, go in before:
        same = next((one for one in left if one.if_ == case.if_ and one.go == go), None)
        if same is None:
            gone.append((case, go))
        else:
            left.remove(same)
    for case, go in gone:
        like = next((one for one in left if one.if_ == case.if_), None) or next(
            (one for one in left if one.go == go), None
        )
        if like is not None:
            left.remove(like)
        yield scene.change(Kind.CONDITIONS, name, _case(scene, case, like))
    for case in left:
        said = f"Neu: {scene.new.thing(case.go).to} geht es, wenn gilt: {say(case.if_, scene.new.answers)}."
        yield scene.change(Kind.CONDITIONS, name, said)
    order = [(case.if_, go) for case, go in before if any((case.if_, go) == (one.if_, one.go) for one in new.cases)]
    if order != [(one.if_, one.go) for one in new.cases if (one.if_, one.go) in order]:
        said = f"Die Fälle {scene.new.thing(name).of} gelten jetzt in anderer Reihenfolge."
        yield scene.change(Kind.CONDITIONS, name, said)


def _case(scene: Scene, old: Case, new: Case | None) -> str:
    was, before = say(old.if_, scene.old.answers), scene.old.thing(old.go).to
    if new is None:
        return f"Entfällt: {before} ging es, wenn gilt: {was}."
    its, after = say(new.if_, scene.new.answers), scene.new.thing(new.go).to
    if new.if_ == old.if_:
        return f"{after} geht es jetzt statt {before}, wenn gilt: {its}."
    return f"{after} geht es jetzt, wenn gilt: {its}. Vorher: {was}."

"""Contacts, legal deadlines, cases, and other files that a step leads to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from bot.flows.differing.changes import Change, Kind
from bot.flows.differing.conditions import say
from bot.flows.differing.fields import Field
from bot.flows.differing.naming import contact_name, count, deadline_name, quoted
from bot.flows.differing.scene import Scene
from bot.flows.steps import CheckIns, Deadline, Exclusion


def _kinds(scene: Scene, name: str, before: Sequence[str], after: Sequence[str]) -> Iterator[Change]:
    at = scene.new.thing(name).at
    for kind in [kind for kind in before if kind not in after]:
        yield scene.change(Kind.CONTACTS, name, f"{quoted(contact_name(kind))} wird nicht mehr genannt (in {at}).")
    for kind in [kind for kind in after if kind not in before]:
        yield scene.change(Kind.CONTACTS, name, f"{quoted(contact_name(kind))} wird jetzt genannt (in {at}).")
    if _moved(before, after):
        order = ", ".join(contact_name(kind) for kind in after)
        yield scene.change(Kind.CONTACTS, name, f"Die Reihenfolge in {at} ist jetzt: {order}.")


def _most(scene: Scene, name: str, before: int, after: int) -> Iterator[Change]:
    said = f"{scene.new.thing(name).who} nennt jetzt höchstens {count(after, 'Stelle', 'Stellen')}, vorher {before}."
    yield scene.change(Kind.CONTACTS, name, said)


def _without(scene: Scene, name: str, before: Sequence[Exclusion], after: Sequence[Exclusion]) -> Iterator[Change]:
    gone = [part for part in before if part not in after]
    for part in [part for part in after if part not in before]:
        was = next((one for one in gone if one.kinds == part.kinds), None)
        said = f"{_named(part)} wird jetzt weggelassen, wenn gilt: {say(part.if_, scene.new.answers)}."
        if was is not None:
            gone.remove(was)
            said = f"{said} Vorher: {say(was.if_, scene.old.answers)}."
        yield scene.change(Kind.CONTACTS, name, said)
    for part in gone:
        said = f"wird nicht mehr weggelassen, wenn gilt: {say(part.if_, scene.old.answers)}"
        yield scene.change(Kind.CONTACTS, name, f"{_named(part)} {said}.")


def _named(part: Exclusion) -> str:
    return quoted(", ".join(contact_name(kind) for kind in part.kinds))


def _incident(scene: Scene, name: str, _before: object, after: str | None) -> Iterator[Change]:
    said = f"Für {scene.new.thing(name).whom} gilt jetzt der Vorfall {quoted(after or scene.new.playbook.id)}."
    yield scene.change(Kind.CONTACTS, name, said)


def _values(
    scene: Scene, name: str, before: Mapping[str, str | Deadline], after: Mapping[str, str | Deadline]
) -> Iterator[Change]:
    for key in before.keys() | after.keys():
        old, new = before.get(key), after.get(key)
        if old == new:
            continue
        is_deadline = isinstance(old or new, Deadline) or isinstance(new, Deadline)
        said = _deadline(scene, old, new) if is_deadline else _word(scene, key, old, new)
        yield scene.change(Kind.DEADLINES if is_deadline else Kind.CONDITIONS, name, said)


def _deadline(scene: Scene, old: str | Deadline | None, new: str | Deadline | None) -> str:
    was = quoted(deadline_name(old.deadline)) if isinstance(old, Deadline) else ""
    if not isinstance(new, Deadline):
        return f"Die Frist {was} wird nicht mehr gezählt."
    its = quoted(deadline_name(new.deadline))
    if not isinstance(old, Deadline):
        return f"Die Frist {its} wird jetzt gezählt."
    if old.deadline != new.deadline:
        return f"Statt der Frist {was} wird jetzt die Frist {its} gezählt."
    now, then = scene.new.answers.name(new.from_), scene.old.answers.name(old.from_)
    return f"Die Frist {its} zählt jetzt ab {now}, vorher ab {then}."


def _word(scene: Scene, key: str, old: str | Deadline | None, new: str | Deadline | None) -> str:
    name = scene.new.answers.name(key)
    if new is None:
        return f"{name} wird nicht mehr ohne Frage gesetzt ({scene.old.answers.value(key, old)})."
    now = scene.new.answers.value(key, new)
    then = scene.old.answers.value(key, old) if old is not None else "gar nicht"
    return f"{name} wird ohne Frage gesetzt: jetzt {now}, vorher {then}."


def _include(scene: Scene, name: str, before: Sequence[str], after: Sequence[str]) -> Iterator[Change]:
    for key in [key for key in before if key not in after]:
        yield scene.change(Kind.PRIVACY, name, f"Im Vorgang steht {scene.old.answers.name(key)} nicht mehr.")
    for key in [key for key in after if key not in before]:
        yield scene.change(Kind.PRIVACY, name, f"Im Vorgang steht jetzt auch {scene.new.answers.name(key)}.")
    if _moved(before, after):
        yield scene.change(Kind.TEXTS, name, "Die Zeilen des Vorgangs stehen in anderer Reihenfolge.")


def _playbook(scene: Scene, name: str, before: str, after: str) -> Iterator[Change]:
    now, then = quoted(scene.new.titles.get(after, after)), quoted(scene.old.titles.get(before, before))
    said = "Später gefragt wird" if isinstance(scene.step(name), CheckIns) else "Es folgt"
    yield scene.change(Kind.STEPS, name, f"{said} jetzt {now}, vorher {then}.")


def _from(scene: Scene, name: str, before: str | None, after: str | None) -> Iterator[Change]:
    now = f"ab dem Abend von {scene.new.answers.name(after)}" if after else "ab dem Gespräch"
    then = f"ab dem Abend von {scene.old.answers.name(before)}" if before else "ab dem Gespräch"
    yield scene.change(Kind.STEPS, name, f"Später gefragt wird jetzt {now}, vorher {then}.")


def _outcome(scene: Scene, name: str, before: str, after: str) -> Iterator[Change]:
    said = f"{scene.new.thing(name).who} zählt in der Statistik jetzt als {quoted(after)}, vorher als {quoted(before)}."
    yield scene.change(Kind.PAPERS, name, said)


def _moved(before: Sequence[str], after: Sequence[str]) -> bool:
    return [one for one in before if one in after] != [one for one in after if one in before]


FIELDS: Final[Mapping[str, Field]] = {
    "kinds": _kinds,
    "without": _without,
    "incident": _incident,
    "values": _values,
    "include": _include,
    "playbook": _playbook,
    "from_": _from,
    "outcome": _outcome,
}
MOST: Final[Field] = _most

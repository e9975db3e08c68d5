"""What became of one step: field by field, each in a sentence; a field that nobody has words for is named as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from bot.flows.conversation import DECLINED, UNKNOWN
from bot.flows.differing.changes import Change, Kind
from bot.flows.differing.conditions import Answers, say
from bot.flows.differing.naming import (
    KEPT,
    PLACES,
    TAG_NAMES,
    Thing,
    capital,
    contact_name,
    count,
    deadline_name,
    label,
    listed,
    quoted,
    span,
    thing,
)
from bot.flows.differing.pairing import Pairs, pair_parts
from bot.flows.differing.routes import ACCEPTED, ELSE, ON, OTHER, REFUSED, Routes, turned
from bot.flows.differing.texts import Texts, numbers
from bot.flows.playbook import Playbook
from bot.flows.steps import (
    AnyStep,
    Branch,
    Case,
    CheckIns,
    Checklist,
    Choose,
    ChooseMany,
    ContactStep,
    Deadline,
    Exclusion,
    Item,
    Option,
    PlanOption,
    Question,
)
from bot.flows.wording import phrase

# These tags are there for people in danger, or hold an invariant of the check.
GRAVE: Final = frozenset(("gefahr", "notruf", "beweise", "einwilligung", "person"))


@dataclass(frozen=True, slots=True)
class Side:
    """One file as it is spoken about. `titles`: of all playbooks; `answers`: of all."""

    playbook: Playbook
    routes: Routes
    titles: Mapping[str, str]
    answers: Answers

    def thing(self, name: str) -> Thing:
        """A step; "" is the end of the file."""
        step = self.playbook.steps.get(name)
        return Thing("n", "Ende") if step is None else thing(name, step, self.titles)


class Steps:
    """Compares the steps of one file."""

    def __init__(self, old: Side, new: Side, pairs: Pairs, texts: Texts) -> None:
        self._old = old
        self._new = new
        self._pairs = pairs
        self._texts = texts
        self._places = {name: number for number, name in enumerate(new.playbook.steps)}

    def compare(self) -> Iterator[Change]:
        """All steps: gone, new, changed."""
        for name in self._pairs.gone:
            yield from self._gone(name)
        for name in self._pairs.new:
            yield from self._fresh(name)
        for old, new in self._pairs.both:
            yield from self._both(old, new)

    def _change(self, kind: Kind, step: str, sentence: str) -> Change:
        return Change(kind, self._new.playbook.id, capital(sentence), step, self._places.get(step, 0))

    def _gone(self, name: str) -> Iterator[Change]:
        step = self._old.playbook.steps[name]
        yield self._change(_kind(step), name, f"Entfällt: {self._old.thing(name).who}.")

    def _fresh(self, name: str) -> Iterator[Change]:
        step = self._new.playbook.steps[name]
        yield self._change(_kind(step), name, f"Neu: {self._new.thing(name).who}.")

    # --- a step that is in both ---

    def _both(self, old_name: str, name: str) -> Iterator[Change]:
        old, new = self._old.playbook.steps[old_name], self._new.playbook.steps[name]
        if old_name != name:
            said = f"Der Schritt {quoted(old_name)} heißt in der Datei jetzt {quoted(name)}."
            yield self._change(Kind.STEPS, name, said)
        if old.kind != new.kind:
            said = f"{self._old.thing(old_name).who} ist jetzt {self._new.thing(name).who}."
            yield self._change(Kind.STEPS, name, said)
            yield from self._tags(name, old.tags, new.tags, self._new.thing(name).who)
        else:
            yield from self._fields(old_name, name, old, new)
        yield from self._numbers(name, old, new)
        yield from self._routes(old_name, name, new)

    def _fields(self, old_name: str, name: str, old: AnyStep, new: AnyStep) -> Iterator[Change]:
        for key in type(new).model_fields:
            before, after = getattr(old, key), getattr(new, key)
            if before == after or key in _ROUTING:
                continue
            own = _OWN.get((new.kind, key)) or _COMMON.get(key)
            if own is not None:
                yield from own(self, name, before, after)
            elif key in ("cases", "else_"):
                continue
            else:
                said = f"bei {self._new.thing(name).at} ist „{key.rstrip('_')}“ jetzt {_plain(after)}, vorher {_plain(before)}"
                yield self._change(Kind.STEPS, name, f"{said}.")
        if isinstance(new, Branch) and isinstance(old, Branch):
            yield from self._cases(old_name, name, old, new)

    # --- texts ---

    def _text(self, what: str, name: str, before: Any, after: Any) -> Iterator[Change]:  # noqa: ANN401 - one of several forms of texts
        step = self._new.playbook.steps[name]
        if before is None or after is None:
            said = "kommt dazu" if before is None else "entfällt"
            yield self._change(Kind.TEXTS, name, f"{what} bei {self._new.thing(name).at} {said}.")
            return
        grave = {"gefahr", "notruf"} & set(step.tags)
        yield from self._texts.compare(
            what, _bubbles(before), _bubbles(after), kind=Kind.SAFETY if grave else Kind.TEXTS, step=name, place=self._places[name]
        )

    def _numbers(self, name: str, old: AnyStep, new: AnyStep) -> Iterator[Change]:
        """Telephone numbers that are in some text of the step no longer, or now."""
        before, after = _numbers_of(old), _numbers_of(new)
        for digits in before.keys() - after.keys():
            said = f"Die Nummer {before[digits]} steht nicht mehr in {self._new.thing(name).at}."
            yield self._change(Kind.SAFETY, name, said)
        for digits in after.keys() - before.keys():
            said = f"Die Nummer {after[digits]} steht jetzt in {self._new.thing(name).at}."
            yield self._change(Kind.SAFETY, name, said)

    # --- what all steps may have ---

    def _step_tags(self, name: str, before: tuple[str, ...], after: tuple[str, ...]) -> Iterator[Change]:
        yield from self._tags(name, before, after, self._new.thing(name).who)

    def _tags(self, name: str, before: tuple[str, ...], after: tuple[str, ...], who: str) -> Iterator[Change]:
        for tag in [tag for tag in before if tag not in after]:
            kind = Kind.SAFETY if tag in GRAVE else Kind.STEPS
            yield self._change(kind, name, f"{who} zählt nicht mehr als „{TAG_NAMES[tag]}“.")
        for tag in [tag for tag in after if tag not in before]:
            yield self._change(Kind.STEPS, name, f"{who} zählt jetzt als „{TAG_NAMES[tag]}“.")

    def _note(self, name: str, _before: object, _after: object) -> Iterator[Change]:
        said = f"Die Anmerkung für Koordinierende bei {self._new.thing(name).at} ist eine andere."
        yield self._change(Kind.PAPERS, name, said)

    # --- questions ---

    def _save(self, name: str, _before: object, after: str | None) -> Iterator[Change]:
        said = f"Die Antwort auf {self._new.thing(name).whom} merkt sich der Lotse jetzt als {quoted(after or name)}."
        yield self._change(Kind.QUESTIONS, name, said)

    def _without_answer(self, name: str, after: bool, key: str) -> Iterator[Change]:  # noqa: FBT001 - of a private function
        words = quoted(phrase(key, "de"))
        said = f"kann man jetzt auch {words} antworten" if after else f"kann niemand mehr {words} antworten"
        yield self._change(Kind.QUESTIONS, name, f"Auf {self._new.thing(name).whom} {said}.")

    def _unknown(self, name: str, _before: bool, after: bool) -> Iterator[Change]:  # noqa: FBT001
        yield from self._without_answer(name, after, "unknown")

    def _decline(self, name: str, _before: bool, after: bool) -> Iterator[Change]:  # noqa: FBT001
        yield from self._without_answer(name, after, "declined")

    def _once(self, name: str, _before: bool, after: bool) -> Iterator[Change]:  # noqa: FBT001
        said = "wird übersprungen, wenn die Antwort schon da ist" if after else "wird immer gestellt, auch ein zweites Mal"
        yield self._change(Kind.QUESTIONS, name, f"{self._new.thing(name).who} {said}.")

    def _confidential(self, name: str, _before: bool, after: bool) -> Iterator[Change]:  # noqa: FBT001
        said = "wird nur noch gestellt, wo niemand mitlesen kann" if after else "wird jetzt auch gestellt, wo andere mitlesen können"
        yield self._change(Kind.PRIVACY, name, f"{self._new.thing(name).who} {said}.")

    def _keep(self, name: str, before: str, after: str) -> Iterator[Change]:
        said = f"Eigene Worte auf {self._new.thing(name).whom} bleiben jetzt {KEPT[after]}, vorher {KEPT[before]}."
        yield self._change(Kind.PRIVACY, name, said)

    def _scale(self, name: str, _before: object, _after: object) -> Iterator[Change]:
        old = self._old.playbook.steps[self._pairs.back[name]]
        new = self._new.playbook.steps[name]
        ends = [f"von {getattr(step, 'least', 1)} bis {getattr(step, 'most', 5)}" for step in (new, old)]
        said = f"{self._new.thing(name).who} geht jetzt {ends[0]}, vorher {ends[1]}."
        yield self._change(Kind.QUESTIONS, name, said)

    def _past(self, name: str, _before: bool, after: bool) -> Iterator[Change]:  # noqa: FBT001
        said = "nimmt nur noch, was schon war" if after else "nimmt jetzt auch, was noch kommt"
        yield self._change(Kind.QUESTIONS, name, f"{self._new.thing(name).who} {said}.")

    def _role(self, name: str, before: str, after: str) -> Iterator[Change]:
        said = f"{self._new.thing(name).who} meint jetzt {PLACES[after]}, vorher {PLACES[before]}."
        yield self._change(Kind.QUESTIONS, name, said)

    # --- answers to choose, points to tick ---

    def _options(self, name: str, before: Mapping[str, Option], after: Mapping[str, Option]) -> Iterator[Change]:
        yield from self._parts(name, before, after, "Antwort", ("eine neue Antwort", "die Antwort"))

    def _items(self, name: str, before: Mapping[str, Item], after: Mapping[str, Item]) -> Iterator[Change]:
        yield from self._parts(name, before, after, "Punkt", ("einen neuen Punkt", "den Punkt"))

    def _parts(
        self, name: str, before: Mapping[str, Any], after: Mapping[str, Any], noun: str, words: tuple[str, str]
    ) -> Iterator[Change]:
        pairs, at = pair_parts(before, after), self._new.thing(name)
        grave = "gefahr" in self._new.playbook.steps[name].tags
        kind = Kind.SAFETY if grave else Kind.QUESTIONS
        for key in pairs.gone:
            yield self._change(kind, name, f"{at.who} hat {words[1]} {label(before[key].label)} nicht mehr.")
        for key in pairs.new:
            yield self._change(kind, name, f"{at.who} hat {words[0]}: {label(after[key].label)}.")
        for old, new in pairs.both:
            if old != new:
                said = f"{noun} {label(after[new].label)} bei {at.at} heißt in der Datei jetzt {quoted(new)}, vorher {quoted(old)}."
                yield self._change(Kind.QUESTIONS, name, said)
            yield from self._part(name, before[old], after[new], noun)
        kept = [old for old in before if old in pairs.forward]
        if [pairs.forward[old] for old in kept] != [new for _old, new in pairs.both]:
            plural = "Antworten" if noun == "Antwort" else "Punkte"
            yield self._change(Kind.TEXTS, name, f"Die {plural} bei {at.at} stehen in anderer Reihenfolge.")

    def _part(self, name: str, before: Any, after: Any, noun: str) -> Iterator[Change]:  # noqa: ANN401 - Option or Item
        place, at = self._places[name], self._new.thing(name).at
        changed = self._texts.changed(_bubbles(before.label), _bubbles(after.label))
        article = "Die Antwort" if noun == "Antwort" else "Der Punkt"
        if "de" in changed:
            said = f"{article} {label(before.label)} heißt jetzt {label(after.label)} (bei {at})."
            yield self._change(Kind.TEXTS, name, said)
        elif changed:
            yield from Texts(self._new.playbook.id).compare(
                f"Beschriftung {label(after.label)}", _bubbles(before.label), _bubbles(after.label), step=name, place=place
            )
        if (before.hint is None) != (after.hint is None):
            said = "hat jetzt einen Hinweis" if before.hint is None else "hat keinen Hinweis mehr"
            yield self._change(Kind.TEXTS, name, f"{article} {label(after.label)} bei {at} {said}.")
        elif before.hint != after.hint:
            yield from self._texts.compare(
                f"Hinweis zu {label(after.label)}", _bubbles(before.hint), _bubbles(after.hint), step=name, place=place
            )
        if isinstance(after, Option):
            yield from self._tags(name, before.tags, after.tags, f"{article} {label(after.label)} bei {at}")
        if isinstance(after, PlanOption) and before.plan != after.plan:
            plans = [listed(f"nach {span(one)}" for one in part.plan) or "gar nicht" for part in (after, before)]
            said = f"Wer {label(after.label)} wählt, wird jetzt {plans[0]} gefragt, vorher {plans[1]}."
            yield self._change(Kind.QUESTIONS, name, said)

    # --- contacts, deadlines, cases ---

    def _kinds(self, name: str, before: tuple[str, ...], after: tuple[str, ...]) -> Iterator[Change]:
        at = self._new.thing(name).at
        for kind in [kind for kind in before if kind not in after]:
            yield self._change(Kind.CONTACTS, name, f"{quoted(contact_name(kind))} wird nicht mehr genannt (in {at}).")
        for kind in [kind for kind in after if kind not in before]:
            yield self._change(Kind.CONTACTS, name, f"{quoted(contact_name(kind))} wird jetzt genannt (in {at}).")
        if [kind for kind in before if kind in after] != [kind for kind in after if kind in before]:
            order = ", ".join(contact_name(kind) for kind in after)
            yield self._change(Kind.CONTACTS, name, f"Die Reihenfolge in {at} ist jetzt: {order}.")

    def _most(self, name: str, before: int, after: int) -> Iterator[Change]:
        said = f"{self._new.thing(name).who} nennt jetzt höchstens {count(after, 'Stelle', 'Stellen')}, vorher {before}."
        yield self._change(Kind.CONTACTS, name, said)

    def _without(self, name: str, before: tuple[Exclusion, ...], after: tuple[Exclusion, ...]) -> Iterator[Change]:
        for part in before:
            if part not in after:
                said = f"wird nicht mehr weggelassen, wenn {say(part.if_, self._old.answers)}"
                yield self._change(Kind.CONTACTS, name, f"{_contacts(part.kinds)} {said}.")
        for part in after:
            if part not in before:
                said = f"wird jetzt weggelassen, wenn {say(part.if_, self._new.answers)}"
                yield self._change(Kind.CONTACTS, name, f"{_contacts(part.kinds)} {said}.")

    def _incident(self, name: str, _before: object, after: str | None) -> Iterator[Change]:
        said = f"Für {self._new.thing(name).whom} gilt jetzt der Vorfall {quoted(after or self._new.playbook.id)}."
        yield self._change(Kind.CONTACTS, name, said)

    def _values(self, name: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
        for key, value in before.items():
            if key not in after:
                yield self._change(*_noted(name, key, value, gone=True))
        for key, value in after.items():
            old = before.get(key)
            if old is None:
                yield self._change(*_noted(name, key, value, gone=False))
            elif old != value and isinstance(value, Deadline) and isinstance(old, Deadline):
                start = [side.answers.name(part.from_) for side, part in ((self._new, value), (self._old, old))]
                title = quoted(deadline_name(value.deadline))
                said = (
                    f"Die Frist {title} zählt jetzt ab {start[0]}, vorher ab {start[1]}."
                    if value.deadline == old.deadline
                    else f"Statt der Frist {quoted(deadline_name(old.deadline))} wird die Frist {title} gezählt."
                )
                yield self._change(Kind.DEADLINES, name, said)
            elif old != value:
                said = f"{self._new.answers.name(key)} wird ohne Frage gesetzt: jetzt {_noted_value(value)}, vorher {_noted_value(old)}."
                yield self._change(Kind.CONDITIONS, name, said)

    def _include(self, name: str, before: tuple[str, ...], after: tuple[str, ...]) -> Iterator[Change]:
        for key in [key for key in before if key not in after]:
            yield self._change(Kind.PRIVACY, name, f"Im Vorgang steht {self._old.answers.name(key)} nicht mehr.")
        for key in [key for key in after if key not in before]:
            yield self._change(Kind.PRIVACY, name, f"Im Vorgang steht jetzt auch {self._new.answers.name(key)}.")
        if [key for key in before if key in after] != [key for key in after if key in before]:
            yield self._change(Kind.TEXTS, name, "Die Zeilen des Vorgangs stehen in anderer Reihenfolge.")

    def _calls(self, name: str, before: str, after: str) -> Iterator[Change]:
        titles = [quoted(side.titles.get(one, one)) for side, one in ((self._new, after), (self._old, before))]
        nouns = "der Leitfaden" if isinstance(self._new.playbook.steps[name], CheckIns) else "der Baustein"
        yield self._change(Kind.STEPS, name, f"Statt {titles[1]} folgt jetzt {nouns} {titles[0]}.")

    def _outcome(self, name: str, before: str, after: str) -> Iterator[Change]:
        said = f"{self._new.thing(name).who} zählt in der Statistik jetzt als {quoted(after)}, vorher als {quoted(before)}."
        yield self._change(Kind.PAPERS, name, said)

    # --- where it goes on ---

    def _cases(self, old_name: str, name: str, old: Branch, new: Branch) -> Iterator[Change]:
        forward = self._pairs.forward
        before = [(case, forward.get(case.go, case.go)) for case in old.cases]
        left = [(case, case.go) for case in new.cases]
        gone: list[tuple[Case, str]] = []
        for case, go in before:
            same = next((one for one in left if one[0].if_ == case.if_ and one[1] == go), None)
            if same is None:
                gone.append((case, go))
            else:
                left.remove(same)
        for case, go in gone:
            meant = next((one for one in left if one[1] == go), None)
            turned_to = next((one for one in left if one[0].if_ == case.if_), None)
            if turned_to is not None:
                left.remove(turned_to)
                said = f"Wenn {self._say(case, old=True)}: jetzt weiter {self._to(turned_to[1])}, vorher {self._old.thing(case.go).to}"
            elif meant is not None:
                left.remove(meant)
                said = f"{self._to(meant[1])} geht es jetzt, wenn {self._say(meant[0])}; vorher, wenn {self._say(case, old=True)}"
            else:
                said = f"Entfällt: weiter {self._old.thing(case.go).to}, wenn {self._say(case, old=True)}"
            yield self._change(Kind.CONDITIONS, name, f"{said}.")
        for case, go in left:
            yield self._change(Kind.CONDITIONS, name, f"Neu: weiter {self._to(go)}, wenn {self._say(case)}.")
        order = [(case.if_, go) for case, go in before if any(one.if_ == case.if_ and one.go == go for one in new.cases)]
        kept = [(case.if_, case.go) for case in new.cases if any(one.if_ == case.if_ and go == case.go for one, go in before)]
        if order != kept:
            said = f"Die Fälle {self._old.thing(old_name).to.replace('zur ', 'der ', 1)} gelten jetzt in anderer Reihenfolge."
            yield self._change(Kind.CONDITIONS, name, said)

    def _say(self, case: Case, *, old: bool = False) -> str:
        return say(case.if_, self._old.answers if old else self._new.answers)

    def _to(self, name: str) -> str:
        return self._new.thing(name).to

    def _routes(self, old_name: str, name: str, new: AnyStep) -> Iterator[Change]:
        groups: dict[tuple[str, str], list[str | bool | None]] = {}
        for way, before, after in turned(self._old.routes, self._new.routes, self._pairs.forward, (old_name, name)):
            groups.setdefault((before, after), []).append(way)
        for (before, after), ways in groups.items():
            kind = Kind.CONDITIONS if isinstance(new, Branch) else Kind.STEPS
            said = f"{self._going(name, new, ways)} jetzt weiter {self._to(after)}, vorher {self._old.thing(before).to}."
            yield self._change(kind, name, said)

    def _going(self, name: str, step: AnyStep, ways: list[str | bool | None]) -> str:
        here = self._new.thing(name)
        if ways == [ELSE]:
            return f"Trifft bei {here.at} nichts zu, geht es"
        if isinstance(step, Question) and len(ways) < len(self._new.routes.ways[name]):
            labels = [_way(self._new.answers, name, step, way) for way in ways if way != ON]
            if labels:
                return f"Wer auf {here.whom} {listed(labels, 'oder')} antwortet, kommt"
        return f"Nach {here.at} geht es"


def _way(answers: Answers, name: str, step: Question, way: str | bool | None) -> str:
    if way is UNKNOWN or way is DECLINED:
        return quoted(phrase("unknown" if way is UNKNOWN else "declined", "de"))
    special = {ACCEPTED: "„Ja“", REFUSED: "„Nein“", OTHER: quoted(phrase("something_else", "de"))}
    if isinstance(step, Choose | ChooseMany | CheckIns) and way in step.options:
        return label(step.options[str(way)].label)
    return special.get(str(way)) or answers.value(step.save or name, way)


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


def _noted(name: str, key: str, value: str | Deadline, *, gone: bool) -> tuple[Kind, str, str]:
    if isinstance(value, Deadline):
        title = quoted(deadline_name(value.deadline))
        said = f"Die Frist {title} wird nicht mehr gezählt." if gone else f"Die Frist {title} wird jetzt gezählt."
        return Kind.DEADLINES, name, said
    said = f"{quoted(key)} wird {'nicht mehr' if gone else 'jetzt'} ohne Frage gesetzt ({quoted(value)})."
    return Kind.CONDITIONS, name, said


def _noted_value(value: str | Deadline) -> str:
    return deadline_name(value.deadline) if isinstance(value, Deadline) else quoted(value)


def _contacts(kinds: tuple[str, ...]) -> str:
    return quoted(", ".join(contact_name(kind) for kind in kinds))


def _bubbles(text: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    return {language: (part,) if isinstance(part, str) else tuple(part) for language, part in text.items()}


def _numbers_of(step: AnyStep) -> dict[str, str]:
    found: dict[str, str] = {}
    for key in ("text", "body", "purpose"):
        found |= numbers(_bubbles(getattr(step, key, None) or {}))
    return found


def _plain(value: object) -> str:
    return quoted(str(value)) if value is not None else "leer"


def _of(what: str) -> Callable[[Steps, str, Any, Any], Iterator[Change]]:
    return lambda steps, name, before, after: steps._text(what, name, before, after)  # noqa: SLF001 - same room


_ROUTING: Final = ("kind", "next", "unknown_go", "decline_go", "accepted", "declined", "other")

# By field: of any kind of step, and of one kind only.
_Field = Callable[[Steps, str, Any, Any], Iterator[Change]]
_COMMON: Final[Mapping[str, _Field]] = {
    "text": _of("Text"),
    "short": _of("Kurzform"),
    "purpose": _of("Wofür eigene Worte sind:"),
    "body": _of("Vorlage"),
    "tags": Steps._step_tags,
    "note": Steps._note,
    "save": Steps._save,
    "unknown": Steps._unknown,
    "decline": Steps._decline,
    "once": Steps._once,
    "confidential": Steps._confidential,
    "keep": Steps._keep,
    "past": Steps._past,
    "role": Steps._role,
    "options": Steps._options,
    "items": Steps._items,
    "kinds": Steps._kinds,
    "without": Steps._without,
    "incident": Steps._incident,
    "values": Steps._values,
    "include": Steps._include,
    "playbook": Steps._calls,
    "outcome": Steps._outcome,
}
_OWN: Final[Mapping[tuple[str, str], _Field]] = {
    ("number", "least"): Steps._scale,
    ("number", "most"): Steps._scale,
    ("contact", "most"): Steps._most,
}

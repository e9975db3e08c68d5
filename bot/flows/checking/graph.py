"""The graph of steps and files: every way leads somewhere, every step can be reached, every call comes back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from bot.documents import Problem, quote, suggest
from bot.flows.checking.files import File, options_of, targets_of
from bot.flows.playbook import Playbook
from bot.flows.steps import AnyStep, Branch, Call, CheckIns, End, OfferCase, OfferPlaybooks, Question, Unclear

# Look the same in many fonts; ids that differ only so are mixed up.
_LOOK_ALIKE: Final = (("0", "o"), ("1", "l"), ("i", "l"), ("rn", "m"), ("vv", "w"), ("_", ""))


def falls_on(step: AnyStep) -> bool:
    """Whether some way through this step goes on to `next`, or to the step that follows in the file."""
    if isinstance(step, Branch | End):
        return False
    if not isinstance(step, Question):
        return True
    if step.unknown and not step.unknown_go:
        return True
    if (step.decline or step.confidential) and not step.decline_go:
        return True
    if isinstance(step, OfferCase | OfferPlaybooks):
        return False
    options = options_of(step)
    return not options or step.kind == "choose_many" or any(option.go is None for option in options.values())


def following(playbook: Playbook) -> Mapping[str, str]:
    """What comes after each step when nothing else is said; "" after the last."""
    ids = list(playbook.steps)
    return {name: playbook.steps[name].next or after for name, after in zip(ids, [*ids[1:], ""], strict=True)}


def check_graph(file: File) -> Iterator[Problem]:
    """What one file alone must fulfil."""
    yield from _check_targets(file)
    yield from _check_reach(file)
    yield from _check_ends(file)
    yield from _check_ids(file)
    yield from _check_reception_steps(file)


def _check_targets(file: File) -> Iterator[Problem]:
    steps = file.playbook.steps
    for name, step in steps.items():
        for path, target in targets_of(name, step):
            if target not in steps:
                todo = suggest(target, steps) or "Legen Sie den Schritt an, oder ändern Sie das Ziel."
                yield file.problem(path, "ziel-fehlt", f"Den Schritt {quote(target)} gibt es nicht.", todo)


def _check_reach(file: File) -> Iterator[Problem]:
    """Steps that no way leads to; of those that only lead to one another, the first."""
    after = following(file.playbook)
    ways = {name: _ways(file.playbook, name, after[name]) for name in file.playbook.steps}
    reached = _reachable(ways, file.playbook.first)
    lost = [name for name in ways if name not in reached]
    led_to = {target for name in lost for target in ways[name]}
    for name in sorted(lost, key=lambda name: name in led_to):
        if name not in reached:
            reached |= _reachable(ways, name)
            what = f"Zu dem Schritt {quote(name)} führt kein Weg."
            todo = "Führen Sie einen Schritt dorthin, oder löschen Sie ihn."
            yield file.problem(("steps", name), "nicht-erreichbar", what, todo, key=True)


def _ways(playbook: Playbook, name: str, after: str) -> list[str]:
    step = playbook.steps[name]
    named = [target for path, target in targets_of(name, step) if path[-1] != "next"]
    named += [after] if falls_on(step) else []
    return [target for target in named if target in playbook.steps]


def _reachable(ways: Mapping[str, list[str]], first: str) -> set[str]:
    seen, waiting = {first}, [first]
    while waiting:
        new = [target for target in ways[waiting.pop()] if target not in seen]
        seen.update(new)
        waiting += new
    return seen


def _check_ends(file: File) -> Iterator[Problem]:
    after = following(file.playbook)
    for name, step in file.playbook.steps.items():
        if not after[name] and falls_on(step):
            what = f"Nach {quote(name)} geht es nicht weiter, und es ist kein „end“."
            todo = "Ergänzen Sie „next“ oder einen letzten Schritt „kind: end“."
            yield file.problem(("steps", name), "ende-fehlt", what, todo, key=True)


def _check_ids(file: File) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for name in file.playbook.steps:
        plain = name
        for sign, twin in _LOOK_ALIKE:
            plain = plain.replace(sign, twin)
        if plain in seen:
            what = f"{quote(name)} und {quote(seen[plain])} sehen fast gleich aus."
            yield file.problem(
                ("steps", name), "verwechselbar", what, "Geben Sie ihnen deutliche Namen.", severity="warning", key=True
            )
        seen.setdefault(plain, name)


def _check_reception_steps(file: File) -> Iterator[Problem]:
    offers = [name for name, step in file.playbook.steps.items() if isinstance(step, OfferPlaybooks)]
    if file.playbook.type != "empfang":
        for name in offers:
            what = "„offer_playbooks“ gibt es nur im Empfang."
            yield file.problem(("steps", name, "kind"), "angebot-ausserhalb", what, "Nehmen Sie „choose“ oder „call“.")
    elif not offers:
        what = "Der Empfang bietet keine Leitfäden an."
        todo = "Ergänzen Sie einen Schritt „kind: offer_playbooks“."
        yield file.problem(("steps",), "angebot-fehlt", what, todo, key=True)


# --- between files ----------------------------------------------------------------------------------------------------


def check_calls(files: Mapping[str, File], broken: frozenset[str]) -> Iterator[Problem]:
    """What files must fulfil together. What `broken` files hold is unknown: nothing is said about them."""
    for file in files.values():
        yield from _check_called(file, files, broken)
    yield from _check_cycles(files)
    yield from _check_use(files, broken)


def _check_called(file: File, files: Mapping[str, File], broken: frozenset[str]) -> Iterator[Problem]:
    for name, step in file.playbook.steps.items():
        if isinstance(step, OfferPlaybooks) and step.unclear:
            yield from _check_areas(file, name, step.unclear, files, broken)
        if not isinstance(step, Call | CheckIns) or step.playbook in broken:
            continue
        wanted = "baustein" if isinstance(step, Call) else "nachfrage"
        path = ("steps", name, "playbook")
        if step.playbook not in files:
            fitting = [other.id for other in files.values() if other.playbook.type == wanted]
            todo = suggest(step.playbook, fitting) or "Legen Sie die Datei an, oder ändern Sie den Namen."
            yield file.problem(path, f"{wanted}-fehlt", f"Die Datei „{step.playbook}.yaml“ gibt es nicht.", todo)
        elif (found := files[step.playbook].playbook.type) != wanted:
            what = f"{quote(step.playbook)} hat „type: {found}“; hier wird „type: {wanted}“ gebraucht."
            yield file.problem(path, f"kein-{wanted}", what, "Wählen Sie eine andere Datei, oder ändern Sie den Typ.")


def _check_areas(
    file: File, name: str, unclear: Unclear, files: Mapping[str, File], broken: frozenset[str]
) -> Iterator[Problem]:
    """What is offered for a part of life is an incident that there is."""
    incidents = [other.id for other in files.values() if other.playbook.type == "vorfall"]
    for key, area in unclear.options.items():
        for index, wanted in enumerate(area.playbooks):
            if wanted not in incidents and wanted not in broken:
                path = ("steps", name, "unclear", "options", key, "playbooks", index)
                todo = suggest(wanted, incidents) or "Legen Sie den Leitfaden an, oder ändern Sie den Namen."
                what = f"Einen Leitfaden {quote(wanted)}, zu dem jemand geführt werden kann, gibt es nicht."
                yield file.problem(path, "leitfaden-fehlt", what, todo)


def _check_cycles(files: Mapping[str, File]) -> Iterator[Problem]:
    done: set[str] = set()

    def visit(file: File, trail: tuple[str, ...]) -> Iterator[Problem]:
        done.add(file.id)
        for name, step in file.playbook.steps.items():
            if not isinstance(step, Call) or step.playbook not in files:
                continue
            if step.playbook in trail:
                circle = " → ".join((*trail[trail.index(step.playbook) :], step.playbook))
                path = ("steps", name, "playbook")
                todo = "Lassen Sie einen der Aufrufe weg."
                yield file.problem(path, "ruf-kreis", f"Diese Dateien rufen sich im Kreis: {circle}.", todo)
            elif step.playbook not in done:
                yield from visit(files[step.playbook], (*trail, step.playbook))

    for file in files.values():
        if file.id not in done:
            yield from visit(file, (file.id,))


def _check_use(files: Mapping[str, File], broken: frozenset[str]) -> Iterator[Problem]:
    called = {called for file in files.values() for called in file.playbook.calls()}
    for file in files.values():
        if file.playbook.type == "baustein" and file.id not in called and not broken:
            what = "Diesen Baustein ruft keine Datei."
            yield file.problem(
                ("id",), "baustein-ungenutzt", what, "Rufen Sie ihn, oder löschen Sie ihn.", severity="warning"
            )
    receptions = [file for file in files.values() if file.playbook.type == "empfang"]
    for file in receptions[1:]:
        what = f"{quote(receptions[0].document.name)} ist schon der Empfang; es gibt genau einen."
        yield file.problem(("type",), "empfang-doppelt", what, "Ändern Sie den Typ einer der Dateien.")


def check_reception(files: Mapping[str, File], broken: frozenset[str]) -> Iterator[Problem]:
    """Whether a whole folder has a reception; there is no place for this mistake but the folder."""
    if not broken and not any(file.playbook.type == "empfang" for file in files.values()):
        what = "Es gibt keine Datei mit „type: empfang“; ohne sie beginnt kein Gespräch."
        yield Problem(".", 1, 1, "error", "empfang-fehlt", what, "Legen Sie „empfang.yaml“ an.")

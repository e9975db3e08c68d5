"""The pages about the playbooks (`docs/playbooks/`): an overview for coordinators, and a picture of each.

Made from the files and from nothing else, so that a test can say whether they are current; `lotse diagram` writes
them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from bot.flows.checking import languages_of
from bot.flows.checking.distance import (
    MOST_ANSWERS,
    MOST_SECONDS,
    WORDS_A_MINUTE,
    Distance,
    before_a_playbook,
    distances,
)
from bot.flows.checking.files import File
from bot.flows.differing.conditions import Answers
from bot.flows.differing.naming import TYPES, count
from bot.flows.drawing import draw
from bot.flows.loading import Loaded, load
from bot.flows.overriding import FOLDER as PLACES
from bot.flows.playbook import Playbook
from bot.flows.steps import CheckIns, Question
from bot.flows.wording import pick
from bot.shelf import Tree

OVERVIEW: Final = "index.md"
_ORDER: Final = ("empfang", "vorfall", "nachfrage", "baustein")
MADE: Final = "Diese Seite schreibt `make diagram`; von Hand Geändertes geht verloren."


def pages(tree: Tree) -> dict[str, str]:
    """Each page by its name: the overview, one for each common file, one for each of a municipality's own."""
    common = load(tree.common)
    found = {OVERVIEW: _overview(common, tree)}
    found |= {f"{name}.md": _page(playbook, common) for name, playbook in common.playbooks.items()}
    for key, files in tree.own.items():
        own = load(files)
        for name, playbook in own.playbooks.items():
            found[f"{PLACES}_{key}_{name}.md"] = _page(playbook, common, key)
    return found


def distance_table(loaded: Loaded) -> list[str]:
    """The distance to help in every playbook, as the lines of a table."""
    answers, seconds = before_a_playbook(loaded)
    lines = [
        "| Leitfaden | Antworten | Sekunden | ab dem ersten Wort | erste Anweisung | Fragen bis dahin |",
        "|---|---|---|---|---|---|",
    ]
    for name, one in distances(loaded).items():
        is_incident = loaded.playbooks[name].type == "vorfall"
        whole = f"{one.answers + answers} Antworten, {one.seconds + seconds} s" if is_incident else "beginnt von selbst"
        cells = (f"`{name}`", one.answers, one.seconds, whole, f"`{':'.join(one.first)}`", _asked(one))
        lines.append("| " + " | ".join(map(str, cells)) + " |")
    return lines


def far(loaded: Loaded) -> dict[str, Distance]:
    """The playbooks in which help is farther than it may be."""
    return {name: one for name, one in distances(loaded).items() if not one.near}


def _asked(one: Distance) -> str:
    return ", ".join(f"`{name}`" for name in one.asked) or "keine"


def _overview(loaded: Loaded, tree: Tree) -> str:
    before = before_a_playbook(loaded)
    lines = [
        "# Alle Leitfäden",
        "",
        MADE,
        "",
        "Jeder Name führt zu einem Bild aller Wege. Wie man es liest, steht [unten](#wie-man-die-bilder-liest),",
        "wie man einen Leitfaden schreibt, im [Handbuch](../handbuch/index.md).",
    ]
    for kind in _ORDER:
        lines += ["", f"## {_HEADINGS[kind]}", "", *_listing(loaded, kind)]
    if tree.own:
        lines += ["", "## Eigene Fassungen einzelner Kommunen", "", *_own(tree)]
    lines += [
        "",
        "## Wie weit es bis zur Hilfe ist",
        "",
        "Der ungünstigste Weg bis zur ersten Anweisung, mit der man etwas anfangen kann: eine Stelle, eine Liste,",
        "ein Text zum Kopieren, ein Satz, der damit beginnt, was zu tun ist. Die Frage nach der Sicherheit zählt mit.",
        f"Gewollt sind höchstens {MOST_ANSWERS} Antworten und {MOST_SECONDS} Sekunden Lesen, bei {WORDS_A_MINUTE}",
        "Wörtern je Minute (laut gelesenes Deutsch, IReST 2012). „Ab dem ersten Wort“ rechnet den Empfang dazu:",
        f"{count(before[0], 'Antwort', 'Antworten')} und {before[1]} Sekunden.",
        "",
        *distance_table(loaded),
        "",
        "## Wie man die Bilder liest",
        "",
        "| Form | Bedeutung |",
        "|---|---|",
        "| Sechseck, blau | eine Frage; an den Pfeilen stehen die Antworten |",
        "| Raute | ein Weg, der von früheren Antworten abhängt |",
        "| Rechteck | eine Nachricht |",
        "| Rot, dicker Rand | nennt die Notrufnummern |",
        "| Grün | nennt Menschen, die helfen |",
        "| Rechteck mit doppelten Seiten | ein Baustein läuft ab, dann geht es hier weiter |",
        "| Parallelogramm | ein Text zum Kopieren |",
        "| Fahne | notiert etwas, ohne zu fragen |",
        "| Runde Ecken, grau | das Ende, oder zurück zum rufenden Leitfaden |",
    ]
    return "\n".join(lines) + "\n"


_HEADINGS: Final[Mapping[str, str]] = {
    "empfang": "Der Empfang",
    "vorfall": "Leitfäden",
    "nachfrage": "Nachfragen",
    "baustein": "Bausteine",
}


def _listing(loaded: Loaded, kind: str) -> Iterator[str]:
    yield "| Datei | Titel | Schritte | Fragen | Sprachen | Stand | überprüfen bis |"
    yield "|---|---|---|---|---|---|---|"
    for name, playbook in loaded.playbooks.items():
        if playbook.type == kind:
            questions = sum(isinstance(step, Question) for step in playbook.steps.values())
            languages = ", ".join(languages_of([File(playbook, loaded.documents[name])]))
            cells = (
                f"[{name}]({name}.md)",
                pick(playbook.title, "de"),
                len(playbook.steps),
                questions,
                languages,
                playbook.status,
                f"{playbook.review_by:%d.%m.%Y}",
            )
            yield "| " + " | ".join(map(str, cells)) + " |"


def _own(tree: Tree) -> Iterator[str]:
    yield "| Kommune | an Stelle von |"
    yield "|---|---|"
    for key, files in tree.own.items():
        for name in load(files).playbooks:
            yield f"| {key} | [{name}]({PLACES}_{key}_{name}.md) |"


def _page(playbook: Playbook, common: Loaded, key: str = "") -> str:
    calls = sorted(set(playbook.calls()))
    later = sorted({step.playbook for step in playbook.steps.values() if isinstance(step, CheckIns)})
    callers = sorted(name for name, other in common.playbooks.items() if playbook.id in other.calls())
    facts = [f"{TYPES[playbook.type]} `{playbook.id}` mit {count(len(playbook.steps), 'Schritt', 'Schritten')}"]
    facts += [f"nur für die Kommune {key}"] if key else []
    lines = [
        f"# {pick(playbook.title, 'de')}",
        "",
        MADE,
        "",
        f"{', '.join(facts)}. Das Bild zeigt alle Wege; [so liest man es](index.md#wie-man-die-bilder-liest).",
        "Zurück zu [allen Leitfäden](index.md).",
        "",
        "| | |",
        "|---|---|",
        f"| Datei | `playbooks/{f'{PLACES}/{key}/' if key else ''}{playbook.id}.yaml` |",
        f"| ruft | {_linked(calls, common)} |",
        f"| verabredet | {_linked(later, common)} |",
        f"| gerufen von | {_linked(callers, common)} |",
        "",
        "```mermaid",
        draw(playbook, Answers.of([playbook, *common.playbooks.values()])) + "```",
    ]
    return "\n".join(lines) + "\n"


def _linked(names: list[str], common: Loaded) -> str:
    found = [f"[{pick(common.playbooks[name].title, 'de')}]({name}.md)" for name in names if name in common.playbooks]
    return ", ".join(found) or "–"

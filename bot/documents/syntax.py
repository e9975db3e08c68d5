"""What libyaml complains about, in German: each of its sentences that a typing mistake can cause."""

from __future__ import annotations

from typing import Final

import yaml

from bot.documents.problems import Problem

_QUOTE_TEXT: Final = "Setzen Sie den ganzen Text in Anführungszeichen."

# Part of libyaml's problem or context (libyaml 0.2.5, scanner.c and parser.c) -> code, what, todo. The first wins.
_SENTENCES: Final[tuple[tuple[str, tuple[str, str, str]], ...]] = (
    (
        "while scanning a quoted scalar",
        (
            "anfuehrungszeichen",
            "Ein Anführungszeichen wird hier geöffnet und nicht wieder geschlossen.",
            "Schließen Sie es am Ende des Textes.",
        ),
    ),
    (
        "unknown escape character",
        (
            "rueckstrich",
            "In doppelten Anführungszeichen hat der Rückstrich \\ eine eigene Bedeutung.",
            "Nehmen Sie einfache Anführungszeichen, oder schreiben Sie \\\\.",
        ),
    ),
    (
        "while parsing a double-quoted scalar",
        (
            "rueckstrich",
            "Das Zeichen nach dem Rückstrich \\ ist nicht erlaubt.",
            "Nehmen Sie einfache Anführungszeichen.",
        ),
    ),
    (
        "mapping values are not allowed",
        (
            "doppelpunkt",
            "Hier steht ein Doppelpunkt, wo keiner sein kann: mitten im Text, oder die Einrückung stimmt nicht.",
            f"{_QUOTE_TEXT} Sonst rücken Sie die Zeile so weit ein wie ihre Nachbarn.",
        ),
    ),
    (
        "could not find expected ':'",
        (
            "doppelpunkt-fehlt",
            "Nach dem Schlüssel fehlt der Doppelpunkt, oder der Text darüber geht hier ohne Einrückung weiter.",
            "Ergänzen Sie „: “, oder rücken Sie den Text ein.",
        ),
    ),
    (
        "while scanning an alias",
        (
            "stern",
            "Ein Text beginnt mit einem Stern; für YAML ist das ein Verweis.",
            f"{_QUOTE_TEXT} Markdown zeigt der Lotse nicht.",
        ),
    ),
    (
        "while scanning an anchor",
        ("und-zeichen", "Ein Text beginnt mit &; für YAML ist das ein Anker.", _QUOTE_TEXT),
    ),
    (
        "tag",
        ("typangabe", "Ein Text beginnt mit einem Ausrufezeichen; für YAML ist das eine Typangabe.", _QUOTE_TEXT),
    ),
    (
        "undefined alias",
        ("verweis", "Hier steht ein Verweis mit Stern.", f"Schreiben Sie den Inhalt aus. {_QUOTE_TEXT}"),
    ),
    (
        "cannot start any token",
        ("zeichen-am-anfang", "Mit diesem Zeichen (@, ` oder %) kann ein Text nicht beginnen.", _QUOTE_TEXT),
    ),
    (
        "while parsing a flow",
        (
            "klammer",
            "Eine Klammer [ oder { ist nicht richtig geschlossen, oder es fehlt ein Komma.",
            "Schließen Sie die Klammer. Gehört sie zum Text, setzen Sie den Text in Anführungszeichen.",
        ),
    ),
    (
        "block sequence entries are not allowed",
        (
            "strich",
            "Ein Listenstrich „- “ steht hier an der falschen Stelle.",
            "Beginnen Sie die Liste in einer neuen Zeile.",
        ),
    ),
    (
        "block collection",
        (
            "einrueckung",
            "In dieser Liste passt eine Zeile nicht zur Einrückung der anderen.",
            "Setzen Sie alle Listenstriche genau untereinander.",
        ),
    ),
    (
        "did not find expected key",
        (
            "einrueckung",
            "Diese Zeile ist anders eingerückt als die davor, oder nach einem Anführungszeichen geht der Text weiter.",
            "Rücken Sie gleich weit ein, mit Leerzeichen. Anführungszeichen stehen um den ganzen Text.",
        ),
    ),
    (
        "block scalar",
        (
            "blocktext",
            "Nach | oder > darf in derselben Zeile kein Text stehen.",
            "Beginnen Sie den Text in der nächsten Zeile.",
        ),
    ),
    (
        "<document start>",
        (
            "nach-dem-ende",
            "Hier steht etwas, das zu keinem Schlüssel gehört.",
            "Rücken Sie es ein, oder löschen Sie es.",
        ),
    ),
    (
        "directive",
        ("zeichen-am-anfang", "Eine Zeile beginnt mit %; für YAML ist das eine Anweisung.", _QUOTE_TEXT),
    ),
)
_OTHER: Final = (
    "yaml",
    "Hier ist die Datei kein gültiges YAML mehr.",
    "Prüfen Sie Einrückung, Doppelpunkte und Anführungszeichen.",
)


def explain(error: yaml.MarkedYAMLError, file: str) -> Problem:
    """The mistake at which reading had to stop. What is not closed is shown where it opens."""
    heard = f"{error.context or ''}|{error.problem or ''}"
    code, what, todo = next((sentence for words, sentence in _SENTENCES if words in heard), _OTHER)
    mark = error.context_mark if code in {"anfuehrungszeichen", "klammer"} else error.problem_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    return Problem(file, line, column, "error", code, what, todo)

"""Bytes to Document: a narrow, harmless YAML in which every scalar is a string.

Refused, each with its place and a cure: anchors and aliases (a 500-byte bomb has 10^10 leaves), duplicate keys (PyYAML
keeps the last, in silence), tags, several documents, depth, size, tabs, control characters, bytes that are no UTF-8.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bot.documents.composing import compose
from bot.documents.document import Document, position
from bot.documents.problems import Problem

# The longest playbook of the programme has a sixth of it. Checked before a byte is parsed.
MAX_BYTES: Final = 256 * 1024
# A file saved with the wrong editor has the same mistake in each line.
MAX_SAME: Final = 20

# C0 and C1 but tab and line ends, DEL, the odd line ends that editors count differently, bidi overrides and isolates.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")
_TAB = re.compile(r"(?P<indent>^[ ]*\t[ \t]*)|\t+", re.MULTILINE)


def read(data: bytes, name: str, *, most: int = MAX_BYTES) -> tuple[Document | None, list[Problem]]:
    """Read one file of at most so many bytes. `name` is how problems call it.

    All problems are found in one run as far as reading can go on. With problems of severity error the Document is for
    finding more of them only; it is None where there is nothing to go on with.
    """
    if len(data) > most:
        what = f"Die Datei ist {len(data) // 1024} KiB groß; höchstens {most // 1024} KiB werden gelesen."
        return None, [Problem(name, 1, 1, "error", "zu-gross", what, "Teilen Sie sie in Bausteine auf.")]
    try:
        text = data.decode().removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode()
        what = "An dieser Stelle steht kein gültiges UTF-8."
        todo = "Speichern Sie die Datei als UTF-8."
        return None, [Problem(name, *position(before, len(before)), "error", "kein-utf8", what, todo)]
    odd = [*_controls(text, name), *_tabs(text, name)]
    if any(problem.code in {"steuerzeichen", "tabulator-einrueckung"} for problem in odd):
        return None, sorted(odd, key=lambda problem: problem.order)
    document, problems = compose(text.replace("\t", " "), name)
    return document, sorted([*odd, *problems], key=lambda problem: problem.order)


def _controls(text: str, name: str) -> Iterator[Problem]:
    for found in list(_CONTROL.finditer(text))[:MAX_SAME]:
        what = f"Hier steht das unsichtbare Zeichen U+{ord(found[0]):04X}."
        yield Problem(name, *position(text, found.start()), "error", "steuerzeichen", what, "Löschen Sie es.")


def _tabs(text: str, name: str) -> Iterator[Problem]:
    for found in list(_TAB.finditer(text))[:MAX_SAME]:
        at = position(text, text.index("\t", found.start()))
        if found["indent"]:
            what = "Die Zeile ist mit einem Tabulator eingerückt."
            todo = "Nehmen Sie Leerzeichen, zwei je Stufe."
            yield Problem(name, *at, "error", "tabulator-einrueckung", what, todo)
        else:
            what = "Hier steht ein Tabulator."
            yield Problem(name, *at, "error", "tabulator", what, "Ersetzen Sie ihn durch ein Leerzeichen.")

"""What a municipality says in its own words: files of the same id in place of the common ones.

Pure. An override replaces a playbook or a building block for one municipality, by equality of its key; all others share
the common file. What the municipality walks through is its own closure with its own revision, because the revision is
the hash of the linked closure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from bot.flows.loading import Loaded
from bot.flows.playbook import Linked, MissingFile, link
from bot.flows.program import Program

# The folder below the playbooks; in it one folder for each municipality, named by its key.
FOLDER: Final = "orte"
# An employer: a land, a district, a municipality, or a borough of Berlin (decisions.md).
KEY_PATTERN: Final = r"\d{2}|\d{5}|\d{8}(?:-\d{2})?"

# Key of the municipality -> id -> the program that is another one there.
Local = Mapping[str, Mapping[str, Program]]


def overlay(common: Loaded, own: Loaded) -> Loaded:
    """The files as this municipality has them; the common form of a file that is broken here stands for nothing."""
    gone = own.broken - own.playbooks.keys()
    playbooks = {name: file for name, file in common.playbooks.items() if name not in gone} | dict(own.playbooks)
    documents = {**common.documents, **own.documents}
    return Loaded(playbooks, documents, own.problems, (common.broken - own.playbooks.keys()) | gone)


def touched(whole: Loaded, own: Loaded) -> Iterator[Linked]:
    """Every linked playbook that is another one here than elsewhere; one that misses a file is left out."""
    for playbook in whole.playbooks.values():
        if playbook.type != "baustein":
            try:
                linked = link(playbook, whole.playbooks)
            except MissingFile:
                continue
            if linked.files.keys() & own.playbooks.keys():
                yield linked

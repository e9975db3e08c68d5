"""YAML files of people who are no programmers: read safely, every mistake with its place and its cure.

`read` turns bytes into a Document (plain dicts, lists and strings, with the position of each), `explain` turns what
pydantic says about it into kind German. Nothing here knows what a playbook or an alliance is.
"""

from bot.documents.composing import MAX_DEPTH
from bot.documents.document import Document
from bot.documents.explaining import explain
from bot.documents.problems import Path, Position, Problem, Severity, quote, suggest
from bot.documents.reading import MAX_BYTES, read

__all__ = [
    "MAX_BYTES",
    "MAX_DEPTH",
    "Document",
    "Path",
    "Position",
    "Problem",
    "Severity",
    "explain",
    "quote",
    "read",
    "suggest",
]

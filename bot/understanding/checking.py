"""What is wrong with the sentences by which playbooks are found, before anybody is led astray by one.

Pure. A sentence that lies close to another playbook's is only warned about: two incidents may well be told alike.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from bot.documents import Document, Path, Problem, quote
from bot.flows.crisis import scan
from bot.flows.loading import Loaded
from bot.flows.reading import fold
from bot.understanding.learned import Learned
from bot.understanding.utterances import (
    CHATS,
    NEITHER,
    NO_PLAYBOOKS,
    NO_WISH,
    OTHERS,
    SELF,
    UNCLEAR,
    WISHES,
    Spoken,
)

PULLS: Final = 0.7
"""Likeness (cosine) to a sentence of another playbook from which the check warns."""

_OF_CRISES: Final = frozenset((SELF, OTHERS, NEITHER))
"""What sounds like a crisis belongs here."""

_CLOSE: Final = _OF_CRISES.union(WISHES, (NO_WISH, *CHATS))
"""What lies close to what it is told apart from, and teaches by that."""


class _Sentence(NamedTuple):
    label: str
    text: str
    folded: str
    document: Document
    path: Path


def check(spoken: Spoken, loaded: Loaded) -> list[Problem]:
    """Every problem of the files with sentences, beside the playbooks that they belong to."""
    problems = list(spoken.problems)
    playbooks = {name: one for name, one in loaded.playbooks.items() if one.type == "vorfall"}
    for name, document in spoken.documents.items():
        if name not in NO_PLAYBOOKS and name not in playbooks and name not in loaded.broken:
            what = f"Zu dieser Datei gibt es keinen Leitfaden {quote(name)}, zu dem jemand geführt werden kann."
            todo = "Benennen Sie die Datei wie den Leitfaden, oder löschen Sie sie."
            problems.append(document.problem((1, 1), "leitfaden-fehlt", what, todo))
    sentences = list(_sentences(spoken, loaded))
    problems += _twice(sentences)
    problems += _crises(sentences)
    problems += _pulled(sentences)
    return sorted(problems, key=lambda problem: problem.order)


def _sentences(spoken: Spoken, loaded: Loaded) -> Iterator[_Sentence]:
    """Those of the playbooks' own files first: they were there before."""
    for name, playbook in loaded.playbooks.items():
        for place, text in enumerate(playbook.utterances):
            yield _Sentence(name, text, fold(text), loaded.documents[name], ("utterances", place))
    for name, one in spoken.files.items():
        for language, texts in one.utterances.items():
            for place, text in enumerate(texts):
                path = ("utterances", language, place)
                yield _Sentence(name, text, fold(text), spoken.documents[name], path)


def _twice(sentences: list[_Sentence]) -> Iterator[Problem]:
    seen: dict[str, _Sentence] = {}
    for one in sentences:
        first = seen.setdefault(one.folded, one)
        if first is not one and len(one.path) > len(("utterances", 0)):
            line = first.document.position(first.path)[0]
            what = f"{quote(one.text)} steht schon in {first.document.name}, Zeile {line}."
            todo = "Löschen Sie eine der beiden Stellen."
            yield one.document.problem(one.document.position(one.path), "aeusserung-doppelt", what, todo)


def _crises(sentences: list[_Sentence]) -> Iterator[Problem]:
    for one in sentences:
        if one.label not in _OF_CRISES and scan(one.folded) is not None:
            what = f"{quote(one.text)} klingt nach einer Krise: Wer das schreibt, bekommt den Krisentext, kein Angebot."
            todo = "Schreiben Sie den Satz anders, oder löschen Sie ihn."
            yield one.document.problem(one.document.position(one.path), "aeusserung-krise", what, todo, "warning")


def _pulled(sentences: list[_Sentence]) -> Iterator[Problem]:
    sentences = [one for one in sentences if one.label not in _CLOSE]
    # "Nearly the same sentence" is one of nearly the same words: that it means the same is no mistake.
    learned = Learned(((one.label, one.folded) for one in sentences), emphasis=0.0)
    titles: Mapping[str, str] = {UNCLEAR: "„unklar“"}
    for one in sentences:
        other, likeness = learned.find_nearest(one.folded, besides=one.label)
        if likeness >= PULLS:
            what = f"{quote(one.text)} zieht zu {titles.get(other, quote(other))}: Dort steht fast derselbe Satz."
            todo = "Sagen Sie dazu, was hier anders ist, oder lassen Sie den Satz nur an einer Stelle."
            yield one.document.problem(one.document.position(one.path), "aeusserung-zieht", what, todo, "warning")

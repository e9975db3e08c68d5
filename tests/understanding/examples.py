"""What ships, as matching is given it, and the sentences that it is judged by."""

from __future__ import annotations

import dataclasses
import functools
import hashlib
from pathlib import Path
from typing import Final, NamedTuple

import yaml

from bot.flows.loading import load as load_playbooks
from bot.flows.reading import fold
from bot.understanding.concern import Concern, gather
from bot.understanding.learned import Learned
from bot.understanding.matching import Entry, Matcher
from bot.understanding.utterances import FOLDER, UNCLEAR, Spoken, load

PLAYBOOKS: Final = Path(__file__).parents[2] / "playbooks"
APART: Final = Path(__file__).parent / "data" / "apart.yaml"
ALIKE: Final = 0.5
ALIKE_IN_DISTRESS: Final = 0.6
"""Nearly the same among sentences of crises, most of which share some words with each other."""
LAST: Final = Path(__file__).parent / "data" / "last.yaml"
CRISIS_LAST: Final = Path(__file__).parent / "data" / "crisis_last.yaml"
CRISIS_SECOND: Final = Path(__file__).parent / "data" / "crisis_second.yaml"
CRISIS_THIRD: Final = Path(__file__).parent / "data" / "crisis_third.yaml"


class Row(NamedTuple):
    """A sentence, its label, and its language."""

    text: str
    label: str
    language: str


@functools.cache
def spoken() -> Spoken:
    """The shipped utterances."""
    folder = PLAYBOOKS / FOLDER
    return load({f"{FOLDER}/{path.name}": path.read_bytes() for path in folder.glob("*.yaml")})


@functools.cache
def entries() -> tuple[Entry, ...]:
    """What every shipped playbook is found by."""
    loaded = load_playbooks({path.name: path.read_bytes() for path in PLAYBOOKS.glob("*.yaml")})
    files = spoken().files
    return tuple(
        Entry(
            name,
            playbook.incidents,
            tuple(dict.fromkeys((*playbook.utterances, *(files[name].sentences if name in files else ())))),
            playbook.keywords,
            files[name].urgency if name in files else 9,
            files[name].beside if name in files else False,
        )
        for name, playbook in sorted(loaded.playbooks.items())
        if playbook.type == "vorfall"
    )


@functools.cache
def unclear() -> tuple[str, ...]:
    """Shipped sentences in which nothing can be heard."""
    return spoken().files[UNCLEAR].sentences


@functools.cache
def matcher() -> Matcher:
    """The one that a person meets."""
    return Matcher(entries(), unclear(), concern=concern())


@functools.cache
def concern() -> Concern:
    """What hears distress, as it ships."""
    return Concern(gather(spoken().files, sorted({text for entry in entries() for text in entry.utterances})))


@functools.cache
def _folds(of: int) -> dict[str, int]:
    """In which part each example lies: sentences that are nearly the same lie together, so that none tells of another.

    Alike is what shares much of its letters and meaning (cosine 0.5 and more); groups go where there is most room.
    """
    return _part([text for entry in entries() for text in entry.utterances] + list(unclear()), of, ALIKE)


def _part(texts: list[str], of: int, alike: float) -> dict[str, int]:
    group = list(range(len(texts)))

    def find(one: int) -> int:
        while group[one] != one:
            group[one] = group[group[one]]
            one = group[one]
        return one

    learned = Learned((str(number), fold(text)) for number, text in enumerate(texts))
    for number, text in enumerate(texts):
        for other in learned.find_alike(fold(text), least=alike):
            group[find(number)] = find(int(other))
    members: dict[int, list[str]] = {}
    for number, text in enumerate(texts):
        members.setdefault(find(number), []).append(text)
    sizes = [0] * of
    parts: dict[str, int] = {}
    for some in sorted(members.values(), key=lambda some: hashlib.sha256(some[0].encode()).digest()):
        part = sizes.index(min(sizes))
        sizes[part] += len(some)
        parts |= dict.fromkeys(some, part)
    return parts


def left_out(of: int, part: int) -> tuple[list[Entry], list[str], list[Row]]:
    """What a matcher is given that has not seen this part of the examples, and those of the part about playbooks."""
    parts = _folds(of)
    kept = [
        dataclasses.replace(entry, utterances=tuple(text for text in entry.utterances if parts[text] != part))
        for entry in entries()
    ]
    languages = {
        text: language
        for one in spoken().files.values()
        for language, texts in one.utterances.items()
        for text in texts
    }
    rows = [
        Row(text, entry.id, languages.get(text, "?"))
        for entry in entries()
        for text in entry.utterances
        if parts[text] == part
    ]
    return kept, [text for text in unclear() if parts[text] != part], rows


@functools.cache
def _distress_folds(of: int) -> dict[str, int]:
    return _part(list(dict.fromkeys(text for _label, text in concern().examples)), of, ALIKE_IN_DISTRESS)


def distress_left_out(of: int, part: int) -> tuple[Concern, list[Row]]:
    """What has not seen this part of the examples, and those of the part."""
    parts = _distress_folds(of)
    languages = {
        text: language
        for one in spoken().files.values()
        for language, texts in one.utterances.items()
        for text in texts
    }
    kept = Concern((label, text) for label, text in concern().examples if parts[text] != part)
    rows = [Row(text, label, languages.get(text, "?")) for label, text in concern().examples if parts[text] == part]
    return kept, rows


def crisis_last() -> tuple[Row, ...]:
    """The set kept apart for crises and commands until what is learned stood; its labels are K1 to K3 for crises."""
    return _rows(CRISIS_LAST)


def crisis_second() -> tuple[Row, ...]:
    """The one written after that had been judged, and judged once as well."""
    return _rows(CRISIS_SECOND)


def crisis_third() -> tuple[Row, ...]:
    """One by somebody who had seen nothing else of this; judged before and after further examples were written."""
    return _rows(CRISIS_THIRD)


def apart() -> tuple[Row, ...]:
    """The set that was kept apart at first; it has been looked at since."""
    return _rows(APART)


def last() -> tuple[Row, ...]:
    """The set that was kept apart until features and weights stood, and judged once."""
    return _rows(LAST)


@functools.cache
def _rows(path: Path) -> tuple[Row, ...]:
    labels = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)  # noqa: S506 - strings only
    return tuple(
        Row(text, label, language)
        for label, languages in labels.items()
        for language, texts in languages.items()
        for text in texts
    )

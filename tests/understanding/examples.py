"""What ships, as matching is given it, and the sentences that it is judged by."""

from __future__ import annotations

import dataclasses
import functools
import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple

import yaml

from bot.flows.loading import load as load_playbooks
from bot.flows.playbook import Playbook
from bot.flows.reading import fold
from bot.settings import cache_folder
from bot.understanding.asides import CHATTING, WISHING, Asides
from bot.understanding.concern import Concern, gather
from bot.understanding.learned import Learned
from bot.understanding.matching import Entry, Matcher
from bot.understanding.memory import Memory
from bot.understanding.ordinary import find_ordinary
from bot.understanding.utterances import FOLDER, OTHERS, SELF, UNCLEAR, Spoken, load

PLAYBOOKS: Final = Path(__file__).parents[2] / "playbooks"
ALIKE: Final = 0.5
ALIKE_IN_DISTRESS: Final = 0.6
"""Nearly the same among sentences of crises, most of which share some words with each other."""
MEMORY: Final = Memory(cache_folder())
"""Every process of a run would learn the same for half a minute; what it learned from, code included, is its name."""

DATA: Final = Path(__file__).parent / "data"


CRISES: Final = ("K1", "K2", "K3", "ordinary")
"""Labels of the sets about distress; the first three are crises (shared page `sprache.md`, section 6)."""


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
def playbooks() -> Mapping[str, Playbook]:
    """The shipped playbooks and building blocks."""
    return load_playbooks({path.name: path.read_bytes() for path in PLAYBOOKS.glob("*.yaml")}).playbooks


@functools.cache
def entries() -> tuple[Entry, ...]:
    """What every shipped playbook is found by."""
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
        for name, playbook in sorted(playbooks().items())
        if playbook.type == "vorfall"
    )


@functools.cache
def unclear() -> tuple[str, ...]:
    """Shipped sentences in which nothing can be heard."""
    return spoken().files[UNCLEAR].sentences


@functools.cache
def matcher() -> Matcher:
    """The one that a person meets."""
    return Matcher(entries(), unclear(), concern=concern(), wishes=wishes(), chat=chat())


@functools.cache
def concern() -> Concern:
    """What hears distress, as it ships."""
    sentences = (text for entry in entries() for text in entry.utterances)
    return Concern(gather(spoken().files, find_ordinary(playbooks().values(), sentences)), memory=MEMORY)


@functools.cache
def wishes() -> Asides:
    """What hears what is asked of the conversation itself, as it ships."""
    return Asides(WISHING, concern().examples, memory=MEMORY)


@functools.cache
def chat() -> Asides:
    """What hears small talk, as it ships."""
    return Asides(CHATTING, concern().examples, memory=MEMORY)


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
    """The same of what distress is learned from; only crises that are alike lie together, the rest by chance."""
    crises = dict.fromkeys(text for label, text in concern().examples if label in {SELF, OTHERS})
    others = dict.fromkeys(text for _label, text in concern().examples if text not in crises)
    by_chance = {text: hashlib.sha256(text.encode()).digest()[0] % of for text in others}
    return by_chance | _part(list(crises), of, ALIKE_IN_DISTRESS)


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


def known_crises() -> tuple[Row, ...]:
    """Four sets of crises (K1 to K3) and ordinary sentences, each judged once and looked at since."""
    sets = ("crisis_last", "crisis_second", "crisis_third", "crisis_fourth")
    return tuple(row for name in sets for row in kept_apart(name) if row.label in CRISES)


def apart() -> tuple[Row, ...]:
    """The set that was kept apart at first; it has been looked at since."""
    return kept_apart("apart")


def last() -> tuple[Row, ...]:
    """The set that was kept apart until features and weights stood, and judged once."""
    return kept_apart("last")


@functools.cache
def kept_apart(name: str) -> tuple[Row, ...]:
    """A set that judges and is never learned from; each file says by whom, and whether it has been looked at."""
    path = DATA / f"{name}.yaml"
    labels = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)  # noqa: S506 - strings only
    return tuple(
        Row(text, label, language)
        for label, languages in labels.items()
        for language, texts in languages.items()
        for text in texts
    )

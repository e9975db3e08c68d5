"""What ships, as matching is given it, and the sentences that it is judged by."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Final, NamedTuple

import yaml

from bot.flows.loading import load as load_playbooks
from bot.understanding.matching import Entry, Matcher
from bot.understanding.utterances import FOLDER, UNCLEAR, Spoken, load

PLAYBOOKS: Final = Path(__file__).parents[2] / "playbooks"
APART: Final = Path(__file__).parent / "data" / "apart.yaml"


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
    return Matcher(entries(), unclear())


def without_every(of: int, left_out: int) -> tuple[Matcher, list[Row]]:
    """A matcher that has not seen every `of`-th example, and those examples."""
    kept = [
        entry.__class__(
            entry.id,
            entry.incident_ids,
            tuple(text for place, text in enumerate(entry.utterances) if place % of != left_out),
            entry.keywords,
            entry.urgency,
        )
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
        for place, text in enumerate(entry.utterances)
        if place % of == left_out
    ]
    return Matcher(kept, unclear()), rows


@functools.cache
def apart() -> tuple[Row, ...]:
    """The set that was kept apart."""
    labels = yaml.load(APART.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)  # noqa: S506 - strings only
    return tuple(
        Row(text, label, language)
        for label, languages in labels.items()
        for language, texts in languages.items()
        for text in texts
    )

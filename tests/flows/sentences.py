"""The sentences that recognition is tested with: our own, and the sample of the shared pages."""

from __future__ import annotations

import csv
import functools
from pathlib import Path
from typing import Any, cast

import yaml

from tests.lacking import lacking

DATA = Path(__file__).parent / "data"
SAMPLE = Path(__file__).parents[3] / "shared" / "domain" / "aeusserungen.csv"

INCIDENTS = (
    "shitstorm",
    "demo_wohnhaus",
    "veranstaltung_eskalation",
    "aussendienst_angriff",
    "skepsis_intern",
    "fuersprecher_belaechelt",
    "rassistische_witze",
    "keine_schutzstruktur",
    "bedrohung",
    "doxxing",
    "sachbeschaedigung",
    "ratssitzung_sprechstunde",
    "koerperlicher_angriff",
    "unterstuetzende",
)


@functools.cache
def load(name: str) -> dict[str, Any]:
    """One of our files of sentences."""
    return cast("dict[str, Any]", yaml.safe_load((DATA / name).read_text(encoding="utf-8")))


def crisis_rows(*classes: str) -> list[tuple[str, str]]:
    """Our crisis sentences with their class."""
    rows = load("crisis.yaml")
    return [(text, kind) for kind in classes for texts in rows[kind].values() for text in texts]


def ordinary() -> list[str]:
    """Our sentences from the life of a town hall that are no crisis."""
    return [text for texts in load("crisis.yaml")["ordinary"].values() for text in texts]


def sample() -> list[tuple[str, str]]:
    """The rows of the shared sample, as (text, label); without the shared pages the test is skipped by name."""
    if not SAMPLE.exists():
        lacking("the shared page domain/aeusserungen.csv")
    with SAMPLE.open(encoding="utf-8", newline="") as file:
        return [(row["text"], row["szenario"]) for row in csv.DictReader(file)]

"""What the pages say is missing is still missing: whoever builds it takes the sentence away."""

from __future__ import annotations

import re

import pytest

from bot import app
from tests.docs import commands
from tests.docs.pages import ROOT, prose


def _says(page: str, sentence: str) -> bool:
    return sentence in re.sub(r"\s+", " ", prose(ROOT / page))


@pytest.mark.parametrize(
    ("page", "sentence"),
    [
        ("README.md", "**Not there yet:** Telegram and Matrix"),
        ("docs/operating.md", "The transports Telegram and Matrix have their settings but are not built yet"),
        ("docs/guarantees.md", "Anything about Telegram and Matrix: they are not built yet"),
    ],
)
def test_transports(page: str, sentence: str) -> None:
    """The pages say that a transport is missing as long as one of the two is."""
    assert _says(page, sentence) is (not {"telegram", "matrix"} <= app.TRANSPORTS.keys())


@pytest.mark.parametrize(
    ("page", "sentence", "command"),
    [
        ("README.md", "a view on cases for coordinators", "cases"),
        ("README.md", "sign-on for staff", "codes"),
        ("README.md", "backup and restore by command", "backup"),
        ("docs/operating.md", "Until there is a command for it, back up with the bot stopped", "backup"),
        ("docs/privacy.md", "There is no command for backup and restore", "restore"),
        ("docs/privacy.md", "there is no way to read them yet", "cases"),
        ("docs/privacy.md", "Staff cannot identify themselves yet", "codes"),
        ("docs/handbuch/ansprechstellen.md", "die Anmeldung dafür gibt es noch nicht", "codes"),
    ],
)
def test_commands(page: str, sentence: str, command: str) -> None:
    """The pages say that something is missing as long as its command is."""
    assert _says(page, sentence) is (command not in commands.parsers())

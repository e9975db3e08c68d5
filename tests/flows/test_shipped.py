"""The playbooks that ship: no error, no warning, and every path walked."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from bot.alliance.kinds import KINDS
from bot.flows.checking import check, translated
from bot.flows.loading import load

FOLDER = Path(__file__).parents[2] / "playbooks"
# The day on which they were last read; their review dates are later.
WRITTEN = dt.date(2026, 11, 22)


def test_shipped_playbooks_have_no_problem() -> None:
    """`lotse check` has nothing to say about what ships."""
    loaded = load({path.name: path.read_bytes() for path in FOLDER.glob("*.yaml")})
    problems = [*loaded.problems, *check(loaded, today=WRITTEN, contact_kinds=frozenset(KINDS))]
    assert not problems, "\n".join(map(str, problems))


def test_shipped_languages_are_complete() -> None:
    """Every text is there in every language that ships."""
    loaded = load({path.name: path.read_bytes() for path in FOLDER.glob("*.yaml")})
    for name, languages in translated(loaded).items():
        assert set(languages) == {"de", "en", "de-simple"}
        assert all(have == of for have, of in languages.values()), name


def test_everything_ships_as_a_draft() -> None:
    """Nothing that ships claims that a human released it (decisions.md)."""
    loaded = load({path.name: path.read_bytes() for path in FOLDER.glob("*.yaml")})
    assert {playbook.status for playbook in loaded.playbooks.values()} == {"entwurf"}
    assert all(playbook.released is None for playbook in loaded.playbooks.values())


def test_nobody_reads_more_than_three_messages_at_once() -> None:
    """No shipped file allows itself more than three between two questions; the check holds each to what it allows."""
    loaded = load({path.name: path.read_bytes() for path in FOLDER.glob("*.yaml")})
    assert {name: one.limits.messages for name, one in loaded.playbooks.items() if one.limits.messages > 3} == {}

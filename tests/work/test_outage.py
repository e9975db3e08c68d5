"""After an outage: fresh open questions are asked once more where presses are forgotten (B2)."""

from __future__ import annotations

import pytest

from bot.adapters.base import Health
from bot.work.ledger import Ledger
from tests.work.conftest import Bench
from tests.work.small import advance, static_answer


@pytest.mark.parametrize(
    ("keeps", "asked_before", "away", "expected"),
    [
        (False, 5, 10, True),
        (True, 5, 10, False),
        (False, 5, 1, False),
        (False, 45, 10, False),
    ],
)
def test_open_questions(bench: Bench, keeps: bool, asked_before: int, away: int, expected: bool) -> None:
    """Asked within half an hour before an outage of more than two minutes, on a transport that forgets presses."""
    bench.adapter.keeps_presses = keeps
    bench.book.say("anna", "hallo")
    bench.book.say("bert", "ende")
    bench.work()
    bench.clock.forward(minutes=asked_before)
    bench.ledger.tend()
    bench.clock.forward(minutes=away)
    for _ in range(2):
        bench.ledger.leave()
        bench.ledger = Ledger(
            bench.database, bench.ring, {"book": bench.adapter}, advance, bench.worlds, bench.clock, static_answer
        )
        bench.ledger.attend()
        bench.work()
        bench.ledger.tend()
    assert ("2: noch einmal" in bench.book.shown("anna")) is expected
    assert len(bench.book.shown("anna")) == 1 + expected
    assert bench.book.shown("bert") == ["Ende"]


@pytest.mark.parametrize(("away", "expected"), [(10, True), (1, False)])
def test_the_transport_was_away(bench: Bench, away: int, expected: bool) -> None:
    """We were here, it was not: the same, once it is heard again; what was asked since is left alone."""
    silent = [0.0]
    bench.adapter.keeps_presses = False
    bench.adapter.health = lambda: Health(ok=True, word="ok", seconds=silent[0])  # type: ignore[attr-defined]
    bench.book.say("anna", "hallo")
    bench.work()
    bench.ledger.tend()
    for minute in range(1, away + 1):
        bench.clock.forward(minutes=1)
        silent[0] = minute * 60.0
        bench.ledger.tend()
        assert len(bench.book.shown("anna")) == 1
    silent[0] = 0.0
    bench.book.say("bert", "hallo")
    bench.work()
    for _ in range(3):
        bench.clock.forward(minutes=1)
        bench.ledger.tend()
        bench.work()
    assert bench.book.shown("anna")[1:] == (["2: noch einmal"] if expected else [])
    assert bench.book.shown("bert") == ["1: hallo"]

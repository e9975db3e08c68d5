"""After an outage: fresh open questions are asked once more where presses are forgotten (B2)."""

from __future__ import annotations

import pytest

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

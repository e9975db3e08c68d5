"""Every alarm once per key, whatever the clock does: the real store and the real ledger beside a model of ten lines."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Final

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.flows.calendar import fire_times
from bot.flows.world import Municipality
from bot.work.ledger import Ledger
from tests.flows.test_calendar import moments
from tests.work.conftest import Bench
from tests.work.small import advance, static_answer

USELESS_AFTER: Final = 3600
"""Seconds, as the small engine sets them."""

_MOVES = st.lists(
    st.one_of(
        st.tuples(st.just("on"), st.integers(1, 3 * 3600)),
        st.tuples(st.just("outage"), st.integers(60, 4 * 86_400)),
        st.tuples(st.just("back"), st.integers(1, 3 * 3600)),
        st.tuples(st.just("look"), st.just(0)),
    ),
    min_size=1,
    max_size=10,
)
"""What the clock does, in seconds: it goes on, goes on without us, is set back; or nothing but another look."""

_SPANS = st.lists(st.integers(1, 21 * 24), min_size=1, max_size=4, unique=True)
_HOURS = st.none() | st.times().map(lambda time: time.replace(second=0, microsecond=0))
_chats = itertools.count()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    moments(), _SPANS, _HOURS, st.lists(st.integers(1, 40_000), max_size=6, unique=True), st.integers(0, 23),
    st.integers(0, 23), _MOVES,
)  # fmt: skip
def test_once_per_key_and_never_early(  # noqa: PLR0917 - a clock, a plan, and what happens
    bench: Bench,
    moment: tuple[str, dt.datetime],
    spans: list[int],
    hour: dt.time | None,
    seconds: list[int],
    begins: int,
    ends: int,
    moves: list[tuple[str, int]],
) -> None:
    """Check-ins at wall times of a zone, and alarms within hours; dropped only when an outage has made them useless."""
    zone, bench.clock.now = moment
    chat = f"c{next(_chats)}"
    here = Municipality(ags="06611000", zone=zone, quiet_from=begins, quiet_to=ends)
    dues = fire_times([dt.timedelta(hours=one) for one in spans], bench.clock.now, here, hour)
    waits = {int((due - bench.clock.now).total_seconds()) for due in dues} | set(seconds)
    waiting = {f"{chat}-{n}": bench.clock.now + dt.timedelta(seconds=wait) for n, wait in enumerate(sorted(waits))}
    bench.book.say(chat, "hallo")
    for name, due in waiting.items():
        bench.book.say(chat, f"spaeter {name} {int((due - bench.clock.now).total_seconds())}")
    expected: list[str] = []
    for move, by in [("look", 0), *moves, ("outage", 60), ("on", 22 * 86_400)]:
        if move == "outage":
            bench.ledger.leave()
        bench.clock.now += dt.timedelta(seconds=-by if move == "back" else by)
        if move == "outage":
            _come_back(bench)
        bench.work()
        for name, due in sorted(waiting.items(), key=lambda one: one[1]):
            late = (bench.clock.now - due) // dt.timedelta(seconds=1)
            if bench.clock.now >= due:
                del waiting[name]
                expected += [f"{name} {late}"] if late <= USELESS_AFTER else []
        assert _fired(bench, chat) == expected
    assert not waiting or max(waiting.values()) > bench.clock.now
    bench.book.say(chat, "absagen")
    bench.work()


def _come_back(bench: Bench) -> None:
    adapter = bench.adapter
    bench.ledger = Ledger(
        bench.database, bench.ring, {adapter.name: adapter}, advance, bench.worlds, bench.clock, static_answer
    )
    bench.ledger.attend()


def _fired(bench: Bench, chat: str) -> list[str]:
    """The alarms that have come, in order, and how late each was."""
    words = [text.partition(": ")[2] for text in bench.book.shown(chat)]
    return [one for one in words if one.startswith(f"{chat}-")]

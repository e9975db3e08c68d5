"""What a coordinator waits for: loading, checking, comparing playbooks; those shipped and 500 steps at their worst.

Wanted: the shipped playbooks are loaded in less than a second, any playbook of 500 steps is checked in less than two.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from bot.flows.checking import check
from bot.flows.differing import differ
from bot.flows.loading import Loaded, load
from tests.flows import worst

PLAYBOOKS = Path(__file__).parents[1] / "playbooks"
ROUNDS = 3


def measure() -> Iterator[dict[str, object]]:
    """Medians of three rounds, in seconds of processor time."""
    shipped = {path.name: path.read_bytes() for path in PLAYBOOKS.glob("*.yaml")}
    loaded = load(shipped)
    hard = {make.__name__: load({"schwer.yaml": make()}) for make in (worst.woven, worst.tangled)}
    tangled, woven = hard["tangled"].playbooks, hard["woven"].playbooks
    yield _figure("load_shipped", lambda: load(shipped), loaded)
    yield _figure("check_shipped", lambda: check(loaded), loaded)
    for name, one in hard.items():
        yield _figure(f"check_{name}", lambda one=one: check(one), one)  # type: ignore[misc]
    yield _figure("compare_500_steps", lambda: differ(tangled, woven), hard["tangled"])


def _figure(name: str, run: Callable[[], object], loaded: Loaded) -> dict[str, object]:
    seconds = []
    for _ in range(ROUNDS):
        start = time.process_time()
        run()
        seconds.append(time.process_time() - start)
    return {
        "figure": name,
        "files": len(loaded.playbooks),
        "steps": sum(len(playbook.steps) for playbook in loaded.playbooks.values()),
        "seconds": round(statistics.median(seconds), 3),
    }

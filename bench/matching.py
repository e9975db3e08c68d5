"""Whether the right playbook is offered for a sentence that was not seen, and how long that takes.

`cross_validated`: every fifth shipped utterance left out and looked for, five times. `apart`: the set that was kept
apart. A sentence that is taken for unclear or for anything else than a playbook counts as not found.
"""

from __future__ import annotations

import time
import tracemalloc
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from bot.flows.crisis import scan_text
from bot.understanding.matching import Matcher
from tests.flows.sentences import INCIDENTS
from tests.understanding.examples import Row, apart, entries, matcher, unclear, without_every

PARTS = 5
CONFUSED = 12


def measure() -> Iterator[dict[str, object]]:
    """Shares of sentences found first and among three; milliseconds and MB."""
    judged = [one for part in range(PARTS) for one in _judge(*without_every(PARTS, part))]
    yield from _figures("matching_cross_validated", judged)
    yield from _figures("matching_apart", _judge(matcher(), apart()))
    kinds = {
        "krise": "crisis",
        "unklar": "unclear",
        "hilfe": "command",
        "abbrechen": "command",
        "smalltalk": "smalltalk",
    }
    for label, kind in kinds.items():
        said = [matcher().match(row.text).kind for row in apart() if row.label == label]
        yield {"figure": f"matching_apart_{label}", "right": said.count(kind), "of": len(said)}  # type: ignore[arg-type]
    ordinary = [row for row in apart() if row.label != "krise"]
    alarms = sum(scan_text(row.text) is not None for row in ordinary)
    yield {"figure": "matching_false_alarms", "false": alarms, "of": len(ordinary)}
    yield _latency()
    yield _training()


def _judge(judge: Matcher, rows: Iterable[Row]) -> list[tuple[Row, list[str]]]:
    """Each sentence about an incident, with the playbooks that are offered for it."""
    found = [(row, judge.match(row.text)) for row in rows if row.label in INCIDENTS]
    return [(row, [one.id for one in match.candidates] if match.kind == "playbook" else []) for row, match in found]


def _figures(name: str, judged: list[tuple[Row, list[str]]]) -> Iterator[dict[str, object]]:
    yield {"figure": name, **_shares(judged)}
    for key in ("label", "language"):
        parts: defaultdict[str, list[tuple[Row, list[str]]]] = defaultdict(list)
        for row, ids in judged:
            parts[getattr(row, key)].append((row, ids))
        for part, some in sorted(parts.items()):
            yield {"figure": f"{name}_{part}", **_shares(some)}
    wrong = Counter((row.label, ids[0] if ids else "-") for row, ids in judged if ids[:1] != [row.label])
    confused = {f"{meant} > {taken}": count for (meant, taken), count in wrong.most_common(CONFUSED)}
    yield {"figure": f"{name}_confused", **confused}


def _shares(judged: list[tuple[Row, list[str]]]) -> dict[str, object]:
    first = sum(ids[:1] == [row.label] for row, ids in judged)
    among = sum(row.label in ids for row, ids in judged)
    return {"first": round(first / len(judged), 3), "among_three": round(among / len(judged), 3), "of": len(judged)}


def _latency() -> dict[str, object]:
    taken = []
    for row in apart():
        begun = time.perf_counter()
        matcher().match(row.text)
        taken.append(1_000 * (time.perf_counter() - begun))
    taken.sort()
    return {
        "figure": "matching_latency",
        "p50_ms": round(taken[len(taken) // 2], 2),
        "p99_ms": round(taken[int(0.99 * len(taken))], 2),
    }


def _training() -> dict[str, object]:
    begun = time.perf_counter()
    Matcher(entries(), unclear()).prepare()
    seconds = time.perf_counter() - begun
    tracemalloc.start()
    held = Matcher(entries(), unclear())
    held.prepare()
    size = tracemalloc.get_traced_memory()[0] / 1024 / 1024
    tracemalloc.stop()
    examples = sum(len(entry.utterances) for entry in entries())
    return {"figure": "matching_training", "examples": examples, "seconds": round(seconds, 2), "mb": round(size, 1)}

"""Whether the right playbook is offered for a sentence that was not seen, and how long that takes.

`cross_validated`: a fifth of the shipped utterances left out and looked for, five times; sentences that are nearly the
same stay together. `last`: the set that was kept apart until everything stood. A sentence that is taken for unclear or
for anything else than a playbook counts as not found. With the extra `embeddings` all of it once more.
"""

from __future__ import annotations

import subprocess
import sys
import time
import tracemalloc
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from bot.flows.crisis import scan_text
from bot.understanding.asides import CHATTING, WISHING, Asides
from bot.understanding.concern import Concern
from bot.understanding.matching import Matcher
from bot.understanding.meaning import Encoder
from bot.understanding.utterances import NEITHER, OTHERS, SELF
from tests.flows.sentences import INCIDENTS
from tests.understanding.examples import (
    CRISES,
    Row,
    apart,
    concern,
    distress_left_out,
    entries,
    kept_apart,
    known_crises,
    last,
    left_out,
    unclear,
)

PARTS = 5
CONFUSED = 12
KINDS = {"krise": "crisis", "unklar": "unclear", "hilfe": "command", "abbrechen": "command", "smalltalk": "smalltalk"}
KINDS_TOLD = {**KINDS, "vorfall": "playbook"}

CLASSES = ("K1", "K2", "K3")
OTHER_SETS = ("strangers", "oblique")
NEW_CRISES = ("crisis_fifth", "crisis_sixth", "crisis_seventh", "crisis_eighth")
WISHES = ("wishes_first", "wishes_second", "wishes_third", "wishes_fourth", "danger")
NO_WISHES = ("none", "smalltalk")
FEW_COMMANDS = ("hilfe", "abbrechen", "stopp")

Judged = list[tuple[Row, list[str]]]


def measure() -> Iterator[dict[str, object]]:
    """Shares of sentences found first and among three; milliseconds, seconds and MB."""
    yield from _measure("matching_light", None)
    yield _crises_left_out()
    yield _training()
    if Encoder.is_installed():
        yield from _measure("matching_embeddings", Encoder())
        yield _loading()


def _measure(name: str, encoder: Encoder | None) -> Iterator[dict[str, object]]:
    judged: Judged = []
    for part in range(PARTS):
        kept, silent, rows = left_out(PARTS, part)
        judged += _judge(_prepared(Matcher(kept, silent, encoder=encoder)), rows)
    yield from _figures(f"{name}_cross_validated", judged)
    whole = _prepared(
        Matcher(
            entries(),
            unclear(),
            encoder=encoder,
            concern=Concern(concern().examples, encoder=encoder),
            wishes=Asides(WISHING, concern().examples),
            chat=Asides(CHATTING, concern().examples),
        )
    )
    yield from _figures(f"{name}_last", _judge(whole, last()))
    yield from _figures(f"{name}_apart", _judge(whole, apart()))
    for which in OTHER_SETS:
        yield from _figures(f"{name}_{which}", _judge(whole, kept_apart(which)))
    yield _kinds(name, whole)
    yield _crises(f"{name}_crises_known", whole, known_crises())
    for which in NEW_CRISES:
        yield _crises(f"{name}_{which}", whole, kept_apart(which))
    for which in WISHES:
        yield _wishes(f"{name}_{which}", whole, kept_apart(which))
    yield _latency(name, whole)


def _prepared(matcher: Matcher) -> Matcher:
    matcher.prepare()
    return matcher


def _judge(judge: Matcher, rows: Iterable[Row]) -> Judged:
    """Each sentence about an incident, with the playbooks that are offered for it."""
    found = [(row, judge.match(row.text)) for row in rows if row.label in INCIDENTS]
    return [(row, [one.id for one in match.candidates] if match.kind == "playbook" else []) for row, match in found]


def _figures(name: str, judged: Judged) -> Iterator[dict[str, object]]:
    yield {"figure": name, **_shares(judged)}
    for key in ("label", "language"):
        parts: defaultdict[str, Judged] = defaultdict(list)
        for row, ids in judged:
            parts[getattr(row, key)].append((row, ids))
        yield {"figure": f"{name}_by_{key}", "parts": {part: _shares(some) for part, some in sorted(parts.items())}}
    wrong = Counter((row.label, ids[0] if ids else "") for row, ids in judged if ids[:1] != [row.label])
    confused = [[meant, taken, count] for (meant, taken), count in wrong.most_common(CONFUSED)]
    yield {"figure": f"{name}_confused", "most": confused}


def _shares(judged: Judged) -> dict[str, object]:
    first = sum(ids[:1] == [row.label] for row, ids in judged)
    among = sum(row.label in ids for row, ids in judged)
    return {"first": round(first / len(judged), 3), "among_three": round(among / len(judged), 3), "of": len(judged)}


def _kinds(name: str, judge: Matcher) -> dict[str, object]:
    """What is no incident, in the sets kept apart: how many are taken for what they are; false alarms."""
    found: dict[str, object] = {}
    for which, rows in (("last", last()), ("apart", apart()), ("kinds", kept_apart("kinds"))):
        for label, kind in (KINDS_TOLD if which == "kinds" else KINDS).items():
            said = [judge.match(row.text).kind for row in rows if row.label == label]
            if said:
                found[f"{which}_{label}"] = [sum(one == kind for one in said), len(said)]
        ordinary = [row for row in rows if row.label != "krise"]
        alarms = sum(judge.match(row.text).kind == "crisis" for row in ordinary)
        found[f"{which}_false_alarms"] = [alarms, len(ordinary)]
    return {"figure": f"{name}_kinds", **found}


def _crises(name: str, judge: Matcher, rows: Iterable[Row]) -> dict[str, object]:
    """Of a set kept apart for it: what the lists find, what is found with what was learned; per class, language."""
    table: dict[str, list[int]] = {}
    for row in rows:
        lists, kind = scan_text(row.text) is not None, judge.match(row.text).kind
        if row.label not in CRISES:
            continue
        _count(table, f"label {row.label}", lists, kind == "crisis")
        if row.label in CLASSES:
            _count(table, "label crises", lists, kind == "crisis")
            _count(table, f"language {row.language}", lists, kind == "crisis")
    return {"figure": name, "parts": table}


def _wishes(name: str, judge: Matcher, rows: Iterable[Row]) -> dict[str, object]:
    """Of a set kept apart: how many are obeyed or asked about at all, and as what they are; per command, language."""
    table: dict[str, list[int]] = {}
    for row in rows:
        match = judge.match(row.text)
        asked = match.kind == "command"
        right = asked and row.label in {match.command, *(one.id for one in match.candidates)}
        _count(table, f"label {row.label}", right, asked)
        if row.label in NO_WISHES:
            continue
        _count(table, "label wishes", right, asked)
        _count(table, f"language {row.language}", right, asked)
        if row.label in FEW_COMMANDS:
            _count(table, f"label {', '.join(FEW_COMMANDS)}", right, asked)
    return {"figure": name, "parts": table}


def _crises_left_out() -> dict[str, object]:
    """The same of the shipped examples, each judged by what has not seen it nor what is nearly the same."""
    table: dict[str, list[int]] = {}
    for part in range(PARTS):
        heard, rows = distress_left_out(PARTS, part)
        judge = Matcher((), concern=heard)
        for row in rows:
            lists = scan_text(row.text) is not None
            found = lists or bool(judge.hear(row.text))
            crisis = row.label in {SELF, OTHERS}
            if crisis:
                _count(table, f"language {row.language}", lists, found)
            hard = row.label == NEITHER and row.language != "?"
            label = "crises" if crisis else "sounds like a crisis" if hard else "of playbooks"
            _count(table, f"label {label}", lists, found)
    return {"figure": "matching_light_crises_left_out", "parts": table}


def _count(table: dict[str, list[int]], key: str, some: bool, more: bool) -> None:  # noqa: FBT001 - two tallies
    row = table.setdefault(key, [0, 0, 0])
    row[0] += some
    row[1] += more
    row[2] += 1


def _latency(name: str, judge: Matcher) -> dict[str, object]:
    taken = []
    for row in (*apart(), *last(), *known_crises()):
        begun = time.perf_counter()
        judge.match(row.text)
        taken.append(1_000 * (time.perf_counter() - begun))
    taken.sort()
    return {
        "figure": f"{name}_latency",
        "p50_ms": round(taken[len(taken) // 2], 2),
        "p99_ms": round(taken[int(0.99 * len(taken))], 2),
    }


def _learn() -> Matcher:
    examples = concern().examples
    wishes, chat = Asides(WISHING, examples), Asides(CHATTING, examples)
    return _prepared(Matcher(entries(), unclear(), concern=Concern(examples), wishes=wishes, chat=chat))


def _training() -> dict[str, object]:
    begun = time.perf_counter()
    _learn()
    seconds = time.perf_counter() - begun
    tracemalloc.start()
    _held = _learn()
    size = tracemalloc.get_traced_memory()[0] / 1024 / 1024
    tracemalloc.stop()
    examples = len(concern().examples)
    return {
        "figure": "matching_light_training",
        "examples": examples,
        "seconds": round(seconds, 2),
        "mb": round(size, 1),
    }


_LOAD = """
import re, time
from pathlib import Path
from bot.understanding.matching import Matcher
from bot.understanding.meaning import Encoder
from bot.understanding.asides import CHATTING, WISHING, Asides
from bot.understanding.concern import Concern
from tests.understanding.examples import concern, entries, unclear
def held():
    return int(re.search(r"VmRSS:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) / 1024
Matcher(entries(), unclear(), concern=Concern(concern().examples)).prepare()
before, begun = held(), time.perf_counter()
encoder = Encoder()
encoder.encode(["a"])
loaded = time.perf_counter()
heard = Concern(concern().examples, encoder=encoder)
matcher = Matcher(entries(), unclear(), encoder=encoder, concern=heard)
matcher.prepare()
print(loaded - begun, time.perf_counter() - loaded, held() - before)
"""


def _loading() -> dict[str, object]:
    """In a process of its own: what is loaded once is not loaded twice."""
    said = subprocess.run([sys.executable, "-c", _LOAD], capture_output=True, text=True, check=True).stdout.split()
    load, read, size = map(float, said)
    return {
        "figure": "matching_embeddings_loading",
        "load_s": round(load, 2),
        "examples_s": round(read, 1),
        "mb": round(size),
    }

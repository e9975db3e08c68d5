"""What a turn of the engine is made of: its parts one by one, over the answers of D12.

They say why the engine cannot be ten times as fast as `transitions`: ten times would be the tenth of its time for a
whole turn, and what is done for the person's safety alone takes longer.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence

from bench.dialogue import ANSWERS, NOW
from bench.engine import first_state, inputs, run_transitions
from bot.flows import conversation as states
from bot.flows.asking import NUMBERED, ask_step
from bot.flows.commands import recognise_sentence, recognise_word, smalltalk
from bot.flows.conversation import Conversation
from bot.flows.crisis import look
from bot.flows.engine import Turn, advance
from bot.flows.program import Node
from bot.flows.reading import fold
from bot.flows.walk import Walk
from bot.flows.world import World

REPEATS = 200
ROUNDS = 5


def measure() -> Iterator[dict[str, object]]:
    """Microseconds per turn of D12, each the best of ROUNDS."""
    start, world = first_state()
    folded = [fold(text) for text in ANSWERS]
    # What is digits, or a label of the open question, is never looked at for crisis wording.
    words = [text for text in folded if not text.isdigit()]
    walks = [(walk, node) for walk in _walks(start, world) if (node := walk.node()) is not None]
    parts: dict[str, Callable[[], object]] = {
        "a copy of the conversation": lambda: [Walk(world, start, "", NOW) for _ in ANSWERS],
        "folding the text": lambda: [fold(text) for text in ANSWERS],
        "crisis and violence wording": lambda: [look(text) for text in words],
        "words that always work, small talk": lambda: [
            (recognise_word(text), recognise_sentence(text), smalltalk(text)) for text in words
        ],
        "which option was meant": lambda: _choose(walks, folded),
        "noting the answer": lambda: _note(walks),
        "making the next question": lambda: _ask(walks),
        "the whole turn": lambda: _through(start, world),
        "state decoded and encoded": lambda: [states.encode(states.decode(states.encode(walk.c))) for walk, _ in walks],
    }
    yield {
        "figure": "engine_parts",
        "us_per_turn": {name: round(_best(run, len(ANSWERS)), 2) for name, run in parts.items()}
        | {"a turn of `transitions`": round(_peer(), 2)},
    }


def _walks(start: Conversation, world: World) -> Sequence[Walk]:
    """A walk before each of the answers."""
    walks, person = [], start
    for incoming in inputs()[1:]:
        walks.append(Walk(world, person, "0" * 24, NOW))
        person = advance(world, person, incoming, NOW).conversation
    return walks


def _choose(walks: Iterable[tuple[Walk, Node]], folded: Iterable[str]) -> None:
    for (walk, node), text, plain in zip(walks, ANSWERS, folded, strict=True):
        asked = ask_step(walk, node)
        if asked.toggles:
            asked.labels.pick_many(text)
        elif asked.expects in NUMBERED:
            asked.labels.pick(text, plain)
        else:
            asked.labels.pick_plainly(text, plain)


def _note(walks: Iterable[tuple[Walk, Node]]) -> None:
    for (walk, node), text in zip(walks, ANSWERS, strict=True):
        Walk(walk.world, walk.c, walk.seed, NOW).record(node, text)


def _ask(walks: Iterable[tuple[Walk, Node]]) -> None:
    for walk, node in walks:
        fresh = Walk(walk.world, walk.c, walk.seed, NOW)
        fresh.ask(ask_step(fresh, node))


def _through(person: Conversation, world: World) -> Turn | None:
    turn = None
    for incoming in inputs()[1:]:
        turn = advance(world, person, incoming, NOW)
        person = turn.conversation
    return turn


def _best(run: Callable[[], object], turns: int) -> float:
    """Microseconds per turn."""
    best = float("inf")
    for _ in range(ROUNDS):
        began = time.perf_counter()
        for _ in range(REPEATS):
            run()
        best = min(best, time.perf_counter() - began)
    return best / REPEATS / turns * 1e6


def _peer() -> float:
    best = float("inf")
    for _ in range(ROUNDS):
        times: list[float] = []
        run_transitions(times)
        best = min(best, sum(times) / len(times))
    return best * 1e6

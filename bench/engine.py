"""The engine alone and with its state decoded and encoded each turn, beside `transitions` and ConversationHandler."""

from __future__ import annotations

import itertools
import statistics
import time
from collections.abc import Callable, Iterator

from transitions import Machine

from bench import handler
from bench.dialogue import ANSWERS, NOW, OPTIONS, TURNS, incomings, make_program, make_world
from bot.flows import conversation as states
from bot.flows.conversation import EMPTY, Conversation
from bot.flows.engine import advance
from bot.flows.exchange import Incoming, Started
from bot.flows.walk import Walk
from bot.flows.walking import enter, run
from bot.flows.world import World

ROUNDS = 4
PEOPLE = 50
REPEATS = 8


def first_state() -> tuple[Conversation, World]:
    """The conversation at the first question of D12."""
    program = make_program()
    world = make_world(program)
    walk = Walk(world, EMPTY, "0" * 24, NOW)
    walk.c.greeted = True
    enter(walk, program)
    run(walk)
    return walk.c, world


def inputs() -> tuple[Incoming, ...]:
    """The start and the twelve answers."""
    return (Started(seed="0" * 24), *incomings())


def run_engine(times: list[float]) -> None:
    """PEOPLE people side by side through D12; one entry of `times` (seconds) a turn."""
    start, world = first_state()
    clock = time.perf_counter
    people = [start] * PEOPLE
    for incoming in inputs():
        for person in range(PEOPLE):
            began = clock()
            people[person] = advance(world, people[person], incoming, NOW).conversation
            times.append(clock() - began)


def run_stored_engine(times: list[float]) -> None:
    """The same with the state decoded before and encoded after each turn."""
    start, world = first_state()
    clock = time.perf_counter
    people = [states.encode(start)] * PEOPLE
    for incoming in inputs():
        for person in range(PEOPLE):
            began = clock()
            turn = advance(world, states.decode(people[person]), incoming, NOW)
            people[person] = states.encode(turn.conversation)
            times.append(clock() - began)


class Dialogue:
    """D12 as a machine of `transitions`, as its documentation would have it.

    One trigger; each option is a transition whose condition compares the text with its number and label; the branch is
    a condition on two answers; a callback notes the answer and makes the next message with its numbered options. It
    keeps no history, looks for no crisis, has no words that always work.
    """

    def __init__(self) -> None:
        """An empty book of answers; the machine gives the methods."""
        self.answers: dict[str, str] = {}
        self.reply = ""

    def urgent(self, _text: str) -> bool:
        """The branch on two earlier answers."""
        return self.answers.get("s2") == "ja" and self.answers.get("s3") == "2"

    def keep(self, text: str) -> None:
        """Note the answer and make the next message."""
        self.answers[self.state] = text  # type: ignore[attr-defined]
        options = OPTIONS.get(self.state, ())  # type: ignore[attr-defined]
        self.reply = "\n".join(("Die nächste Frage?", *(f"{place} {label}" for place, label in enumerate(options, 1))))


def says(place: int, label: str) -> Callable[[str], bool]:
    """Whether a text means this option."""
    return lambda text: text == str(place) or text.casefold() == label.casefold()


def make_dialogue() -> Dialogue:
    """A person of the peer."""
    names = [f"s{number}" for number in range(TURNS)]
    rows: list[dict[str, object]] = []
    for number, (name, following) in enumerate(itertools.pairwise([*names, "ende"])):
        row: dict[str, object] = {"trigger": "say", "source": name, "dest": following, "after": "keep"}
        if number in {3, 6, 9}:
            rows.append({**row, "conditions": "urgent"})
        for place, label in enumerate(OPTIONS.get(name, ()), 1):
            rows.append({**row, "conditions": says(place, label)})
        rows.append(row)
    dialogue = Dialogue()
    Machine(dialogue, states=[*names, "ende"], transitions=rows, initial=names[0], auto_transitions=False)
    return dialogue


def run_transitions(times: list[float]) -> None:
    """The same number of people and turns through the peer."""
    people = [make_dialogue() for _ in range(PEOPLE)]
    clock = time.perf_counter
    for text in (*ANSWERS, "ende"):
        for person in people:
            began = clock()
            person.say(text)  # type: ignore[attr-defined]
            times.append(clock() - began)


def measure() -> Iterator[dict[str, object]]:
    """Interleaved rounds; the figures are medians of the rounds."""
    runners: dict[str, tuple[Callable[[list[float]], None], int]] = {
        "engine": (run_engine, REPEATS),
        "engine_stored": (run_stored_engine, REPEATS),
        "transitions": (run_transitions, REPEATS),
        "conversation_handler": (handler.run_in_memory, 1),
        "conversation_handler_pickled": (handler.run_pickled, 1),
    }
    rates: dict[str, list[float]] = {name: [] for name in runners}
    tails: dict[str, list[float]] = {name: [] for name in runners}
    for number in range(ROUNDS + 1):
        for name, (runner, repeats) in runners.items():
            times: list[float] = []
            for _ in range(repeats):
                runner(times)
            if number:
                rates[name].append(len(times) / sum(times))
                tails[name].append(statistics.quantiles(times, n=100)[98])
    for name, rate in rates.items():
        ratios = [ours / peer for ours, peer in zip(rate, rates["transitions"], strict=True)]
        yield {
            "figure": name,
            "turns_per_s": round(statistics.median(rate)),
            "p99_us": round(statistics.median(tails[name]) * 1e6, 1),
            "peer": "transitions",
            "ratio": round(statistics.median(ratios), 2),
        }

"""The walk through both versions of a file agrees with every single person sent through them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from bot.flows.differing.audience import Audience, _attribute
from bot.flows.differing.conditions import Answers
from bot.flows.differing.counting import Counter
from bot.flows.differing.pairing import Pairs
from bot.flows.differing.stage import Stage
from bot.flows.differing.versions import TAG_BITS, numbers_in
from bot.flows.playbook import Playbook
from tests.flows.persons import FOREIGN, UNASKED, Way, edits, everybody

Files = dict[str, Playbook]


def by_id(old: Playbook, new: Playbook) -> Pairs:
    """Steps are the same when their ids are: what is like what is not asked here."""
    both = tuple((name, name) for name in new.steps if name in old.steps)
    gone = tuple(name for name in old.steps if name not in new.steps)
    return Pairs(both, gone, tuple(name for name in new.steps if name not in old.steps))


@settings(max_examples=400)
@given(edits())
def test_ways_are_those_of_people(files: tuple[Files, Files]) -> None:
    """Ways that are new, gone, that lose or win a tag: as many as people find, each counted once."""
    old, new = files[0]["weg"], files[1]["weg"]
    stage = Stage(*files, "weg", by_id(old, new))
    graph = stage.walk()
    assert graph.complete
    counter = Counter(graph)
    pairs = {(one, two) for _person, one, two in everybody(old, new)}
    # What was asked is no part of a way: two answers that lead the same way are one.
    ways = {(one.met, two.met): (one, two) for one, two in pairs if one.there and two.there}
    for tag, bit in TAG_BITS.items():
        lost = sum(tag in one.tags and tag not in two.tags for one, two in ways.values())
        won = sum(tag in two.tags and tag not in one.tags for one, two in ways.values())
        assert (counter.lost(bit).number, counter.won(bit).number) == (lost, won), tag
        assert counter.lost(bit).all == len(ways)
    assert counter.gone().number == len({(one.met, two.met) for one, two in pairs if one.there and not two.there})
    assert counter.fresh().number == len({(one.met, two.met) for one, two in pairs if two.there and not one.there})
    _compare_steps(stage, counter, list(ways.values()))


def _compare_steps(stage: Stage, counter: Counter, ways: list[tuple[Way, Way]]) -> None:
    names = {number: step for numbers in stage.numbers for step, number in numbers.items()}

    def steps(bits: int) -> set[str]:
        return {names[number] for number in numbers_in(bits)} & (stage.same.keys())

    lost, won = counter.missed()
    assert steps(lost) == {step for one, two in ways for step in one.steps - two.steps} & stage.same.keys()
    assert steps(won) == {step for one, two in ways for step in two.steps - one.steps} & stage.same.keys()
    if ways:
        always = counter.always()
        assert steps(always[0]) == set.intersection(*(set(one.steps) for one, _two in ways)) & stage.same.keys()
        assert steps(always[1]) == set.intersection(*(set(two.steps) for _one, two in ways)) & stage.same.keys()


@settings(max_examples=400)
@given(edits())
def test_nobody_is_told_to_lose_what_they_see(files: tuple[Files, Files]) -> None:
    """Whoever is said to see a step no longer saw it, some of them, and none sees it; the same for what is won."""
    old, new = files[0]["weg"], files[1]["weg"]
    stage = Stage(*files, "weg", by_id(old, new))
    graph = stage.walk()
    audience = Audience(stage, graph, Answers.of([*files[0].values(), *files[1].values()]))
    people = list(everybody(old, new))
    both = sum(1 << stage.numbers[1][name] for name in stage.same)
    answers = audience._by_answer()
    for won in (False, True):
        for number, loss in _attribute(answers, both & Counter(graph).missed()[won], won=won).items():
            step = stage.names[number]
            concerned = [
                (two, one) if won else (one, two)
                for person, one, two in people
                if (one.there or two.there)
                and person[FOREIGN] != (UNASKED if loss.question == FOREIGN else "")
                and (loss.question == FOREIGN or loss.question in one.asked | two.asked)
                and (person[loss.question] in loss.values) is not loss.but
            ]
            assert any(step in had.steps for had, _has in concerned), (step, loss)
            assert not any(step in has.steps for _had, has in concerned), (step, loss)


@pytest.mark.slow
@settings(max_examples=500)
@given(edits())
def test_ways_are_those_of_people_long(files: tuple[Files, Files]) -> None:
    """Both for many more edits."""
    test_ways_are_those_of_people.hypothesis.inner_test(files)  # type: ignore[attr-defined]
    test_nobody_is_told_to_lose_what_they_see.hypothesis.inner_test(files)  # type: ignore[attr-defined]

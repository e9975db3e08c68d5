"""Who sees what no longer, and who sees it now: by the answers that people give."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from bot.flows.checking.files import answer_of, conditions_of, options_of, tests_of
from bot.flows.conversation import Value
from bot.flows.differing.changes import GRAVE, Change, Kind
from bot.flows.differing.conditions import Answers
from bot.flows.differing.counting import Counter, Sight, Sights
from bot.flows.differing.naming import german, listed, thing
from bot.flows.differing.stage import Stage
from bot.flows.differing.versions import numbers_in, tag_bits, union
from bot.flows.differing.ways import Graph
from bot.flows.steps import Branch, CheckIns, Choose, End, Set, Test
from bot.flows.wording import pick

# How much walking it may take to find out who is concerned.
MOST_WORK: Final = 15_000


class _Seen(NamedTuple):
    """What is seen by those who gave each answer to a question. `whole`: no answer came or went."""

    question: str
    sights: Mapping[Value, Sight]
    whole: bool


@dataclass(frozen=True, slots=True)
class _Loss:
    """People who see something no longer, or now (`won`): who answers `question` so, or (`but`) in any other way."""

    question: str
    values: tuple[Value, ...]
    but: bool
    won: bool


class Audience:
    """Finds them in one file."""

    def __init__(self, stage: Stage, graph: Graph, answers: Answers) -> None:
        self._stage = stage
        self._graph = graph
        self._counter = Counter(graph)
        self._answers = answers
        self._titles = {name: pick(playbook.title, "de") for files in stage.files for name, playbook in files.items()}

    def compare(self, told: int) -> Iterator[Change]:
        """A sentence for each group of people. `told`: tags, as bits, that ways are said to lose or win already."""
        numbers = self._stage.numbers[1]
        both = union(1 << numbers[new] for new in self._stage.same if self._is_seen(new))
        missed = self._counter.missed()
        answers = self._by_answer() if (missed[0] | missed[1]) & both else []
        known = union(1 << numbers[new] for new in numbers if tag_bits(self._stage.steps[new].tags) & told)
        for won in (False, True):
            groups: dict[_Loss, list[int]] = {}
            for number, loss in sorted(_attribute(answers, both & missed[won], won=won).items()):
                groups.setdefault(loss, []).append(number)
                known |= 1 << number
            yield from (self._said(loss, steps) for loss, steps in groups.items())
        before, after = self._counter.always()
        for bits, words in ((before & ~after, "Nicht mehr alle sehen"), (after & ~before, "Alle sehen jetzt")):
            if rest := numbers_in(bits & both & ~known):
                yield Change(Kind.WAYS, self._stage.name, f"{words} {self._named(rest)}.")

    def _is_seen(self, name: str) -> bool:
        step = self._stage.steps[name]
        if isinstance(step, End):
            return any(german(step.text))
        return not isinstance(step, Branch | Set)

    # --- looking ---

    def _by_answer(self) -> list[_Seen]:
        """What is seen by those who gave each answer; answers from elsewhere first, then this file's in order."""
        sights, work = Sights(self._graph), 0
        found: dict[str, dict[Value, Sight]] = {}
        tested, names = self._tested(), self._asked()
        # What was edited is looked at first, should it take too long to look at all.
        for name in sorted(names, key=lambda name: not tested.get(name, False)):
            numbers = [
                self._stage.numbers[1][step]
                for step, its in self._stage.steps.items()
                if isinstance(its, Choose | CheckIns) and answer_of(step, its) == name
            ]
            seen: dict[Value, Sight] = {}
            if name not in tested:
                for number in numbers:
                    seen |= sights.after(number)
            # What is asked about later: walk once more for each answer.
            slot = self._stage.knowledge.table.by_name.get(name, -1)
            for mask, values in self._classes(slot, name) if name in tested else ():
                graph = self._stage.walk(slot, mask) if work <= MOST_WORK else Graph(complete=False)
                work += graph.work
                if not graph.complete:
                    seen.clear()
                    break
                part = Sights(graph)
                seen |= dict.fromkeys(values, Sight(*part.every, *part.every)) if not numbers else {}
                for number in numbers:
                    seen |= {value: sight for value, sight in part.after(number).items() if value in values}
            found[name] = seen
        return [self._seen(name, found[name]) for name in names]

    def _seen(self, name: str, seen: Mapping[Value, Sight]) -> _Seen:
        """Leave out answers that only one version takes: who gives those has lost and won nothing."""
        options = [
            {key for step, its in playbook.steps.items() if answer_of(step, its) == name for key in options_of(its)}
            for playbook in (files[self._stage.name] for files in self._stage.files)
        ]
        kept = {
            value: sight
            for value, sight in seen.items()
            if not isinstance(value, str) or value not in options[0] ^ options[1]
        }
        return _Seen(name, kept, whole=options[0] == options[1])

    def _tests(self) -> Iterator[tuple[Test, bool]]:
        """Every comparison in this file, and whether its step was edited."""
        old, new = (files[self._stage.name].steps for files in self._stage.files)
        same = self._stage.same
        for steps, others, names in ((old, new, {there: here for here, there in same.items()}), (new, old, same)):
            for step, its in steps.items():
                conditions = [condition for _path, condition in conditions_of(step, its)]
                there = others[names[step]] if step in names else None
                kept = there is not None and conditions == [one for _path, one in conditions_of("", there)]
                yield from ((test, not kept) for one in conditions for _path, test in tests_of((), one))

    def _tested(self) -> dict[str, bool]:
        """The answers that conditions of this file look at, and whether one of those conditions was edited."""
        found: dict[str, bool] = {}
        for test, edited in self._tests():
            found[test.answer] = found.get(test.answer, False) or edited
        return found

    def _asked(self) -> list[str]:
        own = [
            answer_of(step, its)
            for step, its in self._stage.steps.items()
            if isinstance(its, Choose | CheckIns) and step in self._stage.same
        ]
        elsewhere = sorted(name for name in self._tested() if name not in own and name in self._answers.values)
        return list(dict.fromkeys([*elsewhere, *own]))

    def _classes(self, slot: int, name: str) -> Iterator[tuple[int, list[Value]]]:
        """The answers that this file tells apart: mask, and which options it means."""
        table, known = self._stage.knowledge.table, set(self._answers.values.get(name, ()))
        tests = (id(test) for test, _edited in self._tests() if test.answer == name)
        truths = {table.truth[test][1] for test in tests if test in table.truth and table.truth[test][0] == slot}
        found: dict[tuple[int, ...], tuple[int, list[Value]]] = {}
        for (kind, text, _day), number in table.slots[slot].of.items():
            mask, values = found.get(key := tuple(truth >> number & 1 for truth in truths), (0, []))
            if kind == "str" and text in known:
                values.append(text)
            elif kind in ("NoneType", "bool"):
                values.append(None if kind == "NoneType" else False)
            found[key] = (mask | 1 << number, values)
        yield from ((mask, values) for mask, values in found.values() if values)

    # --- saying ---

    def _said(self, loss: _Loss, numbers: list[int]) -> Change:
        steps = [self._stage.steps[self._stage.names[number]] for number in numbers]
        labels = [self._answers.value(loss.question, value) for value in loss.values]
        words, question = listed(labels, "oder"), self._answers.name(loss.question)
        if loss.but:
            who = f"Wer auf {question} anders als mit {words} antwortet"
        elif all(self._answers.is_clear(label) for label in labels):
            who = f"Wer {words} antwortet"
        else:
            who = f"Wer auf {question} mit {words} antwortet"
        sees = f"sieht jetzt auch {self._named(numbers)}" if loss.won else f"sieht {self._named(numbers)} nicht mehr"
        grave = not loss.won and any(GRAVE & set(step.tags) for step in steps)
        kind = Kind.SAFETY if grave else Kind.WAYS
        return Change(kind, self._stage.name, f"{who}, {sees}.", self._stage.names[numbers[0]], numbers[0])

    def _named(self, numbers: Iterable[int]) -> str:
        names = [self._stage.names[number] for number in numbers]
        return listed(thing(name, self._stage.steps[name], self._titles).whom for name in names)


def _attribute(answers: Iterable[_Seen], steps: int, *, won: bool) -> dict[int, _Loss]:
    """For each step the first question on whose answer it depends."""
    found: dict[int, _Loss] = {}
    for seen in answers:
        for number, loss in _partial(seen, steps, won=won):
            found.setdefault(number, loss)
    return found


def _partial(seen: _Seen, steps: int, *, won: bool) -> Iterator[tuple[int, _Loss]]:
    """Steps that are lost (won) with some answers to a question, but not with all."""
    sights = seen.sights
    changed = {value: (sight.won if won else sight.lost) & steps for value, sight in sights.items()}
    for number in numbers_in(union(changed.values())):
        bit = 1 << number
        values = tuple(value for value, bits in changed.items() if bits & bit)
        rest = tuple(value for value in sights if value not in values)
        # Unless somebody still sees it, it has nothing to do with this question.
        others = rest if won else tuple(value for value in rest if sights[value].all_new & bit)
        if not won and seen.whole and others and len(others) == len(rest) < len(values):
            yield number, _Loss(seen.question, others, but=True, won=False)
        elif others:
            yield number, _Loss(seen.question, values, but=False, won=won)

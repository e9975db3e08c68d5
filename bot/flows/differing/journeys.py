"""What an edit of one file means for the ways through it: which are new, what they lose, and for whom."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from bot.documents import Document
from bot.flows.checking.answers import answers_of
from bot.flows.checking.files import File, answer_of, conditions_of, options_of, targets_of, tests_of
from bot.flows.checking.symbols import UNSET, Masks, Table
from bot.flows.checking.tables import build_table
from bot.flows.conversation import Value
from bot.flows.differing.changes import Change, Kind
from bot.flows.differing.conditions import Answers
from bot.flows.differing.counting import Count, Counter, Sights
from bot.flows.differing.naming import TAG_NAMES, german, listed, quoted, thing
from bot.flows.differing.pairing import Pairs
from bot.flows.differing.steady import steady_tags
from bot.flows.differing.ways import MAX_PLACES, TAG_BITS, Answered, Graph, Numbers, Version, tag_bits, walk_both
from bot.flows.playbook import Playbook
from bot.flows.steps import AnyStep, Branch, Call, CheckIns, Choose, End, Question, Set
from bot.flows.wording import phrase

# More ways than this are "viele".
MANY: Final = 99
# Tags whose loss on a way can hurt somebody (docs/guarantees: the check's invariants).
GRAVE: Final = frozenset(("gefahr", "notruf", "beweise", "einwilligung", "person"))
# How much walking it may take to find out who no longer sees something.
MOST_WORK: Final = 2 * MAX_PLACES


@dataclass(frozen=True, slots=True)
class _Loss:
    """Steps that people with certain answers see no longer, or now. `question`: the answer's name.

    `but`: all with other answers than `values`.
    """

    question: str
    values: tuple[Value, ...]
    but: bool
    won: bool


class Journeys:
    """Compares the ways through one file."""

    def __init__(
        self,
        old: Mapping[str, Playbook],
        new: Mapping[str, Playbook],
        name: str,
        pairs: Pairs,
        titles: Mapping[str, str],
        answers: Answers,
    ) -> None:
        """`old`, `new`: all files; `name`: the one to look at."""
        self._files = (old, new)
        self._name = name
        self._pairs = pairs
        self._titles = titles
        self._answers = answers
        self._numbers = self._number()
        self._names = {number: step for step, number in self._numbers[1].items()}

    def compare(self) -> Iterator[Change]:
        """Every sentence about ways."""
        if not all(is_sound(files, self._name) for files in self._files):
            said = "Die Wege lassen sich nicht vergleichen: Eine Fassung hat Fehler („lotse check“ zeigt sie)."
            yield Change(Kind.WAYS, self._name, said)
            return
        table, versions = self._prepare()
        graph = walk_both(*versions, table, self._start(table, versions))
        if not graph.complete:
            yield from self._uncounted()
            return
        counter = Counter(graph)
        lost = yield from self._tags(counter)
        yield from self._ends(counter)
        yield from self._sights(graph, counter, table, versions, lost)

    # --- preparing ---

    def _number(self) -> tuple[dict[str, int], dict[str, int]]:
        """The steps of both versions as numbers; a step that is in both has one."""
        old, new = (files[self._name].steps for files in self._files)
        numbers = {step: number for number, step in enumerate(new)}
        before = {step: numbers[self._pairs.forward[step]] for step in old if step in self._pairs.forward}
        gone = (step for step in old if step not in before)
        return before | {step: number for number, step in enumerate(gone, len(new))}, numbers

    def _prepare(self) -> tuple[Table, tuple[Version, Version]]:
        known: dict[int, File] = {}

        def file(playbook: Playbook) -> File:
            return known.setdefault(id(playbook), File(playbook, Document(playbook.id)))

        own = [file(files[self._name]) for files in self._files]
        # Blocks as they are now: what an edit of theirs means is said there.
        around = {name: file(playbook) for name, playbook in {**self._files[0], **self._files[1]}.items() if name != self._name}
        closures = [_closure(one, around) for one in own]
        table = build_table([*own, *(around[name] for name in around)])
        tags = {name: steady_tags(name, {**self._files[0], **self._files[1]}) for name in around}
        versions = [Version.of(one, closure, table, Numbers(numbers, len(self._numbers[1])), tags) for one, closure, numbers in zip(own, closures, self._numbers, strict=True)]
        return table, (versions[0], versions[1])

    def _start(self, table: Table, versions: tuple[Version, Version]) -> Masks:
        """What other files ask for may be anything; what only this one asks for was not asked yet."""
        others = {**self._files[0], **self._files[1]}
        others.pop(self._name)
        foreign = {answer.name for answer in answers_of(File(playbook, Document(name)) for name, playbook in others.items())}
        return tuple(
            slot.every if slot.name.partition("/")[0] in foreign else UNSET for slot in table.slots
        )

    # --- counted ---

    def _uncounted(self) -> Iterator[Change]:
        yield Change(Kind.WAYS, self._name, "Viele Wege sind betroffen; es sind zu viele, um jeden zu vergleichen.")
        before, after = (steady_tags(self._name, files) for files in self._files)
        for tag, bit in TAG_BITS.items():
            if before & bit and not after & bit:
                said = f"Nicht mehr sicher auf jedem Weg: „{TAG_NAMES[tag]}“."
                yield Change(Kind.SAFETY if tag in GRAVE else Kind.WAYS, self._name, said)

    def _tags(self, counter: Counter) -> Generator[Change, None, int]:
        """What ways lose and win; returns these tags as bits."""
        lost = 0
        for tag, bit in TAG_BITS.items():
            for count, verb in ((counter.lost(bit), ("verliert", "verlieren")), (counter.won(bit), ("gewinnt", "gewinnen"))):
                if not count.number:
                    continue
                lost |= bit
                kind = Kind.SAFETY if tag in GRAVE and verb[0] == "verliert" else Kind.WAYS
                said = f"{_ways(count, verb)} „{TAG_NAMES[tag]}“{self._example(count)}."
                yield Change(kind, self._name, said)
        return lost

    def _ends(self, counter: Counter) -> Iterator[Change]:
        fresh, gone = counter.fresh(), counter.gone()
        if fresh.number:
            yield Change(Kind.WAYS, self._name, f"{_ways(fresh, ('ist neu', 'sind neu'), whole=False)}{self._example(fresh)}.")
        if gone.number:
            verbs = ("fällt weg", "fallen weg")
            yield Change(Kind.WAYS, self._name, f"{_ways(gone, verbs, whole=False)}{self._example(gone)}.")

    def _example(self, count: Count) -> str:
        """The last two answers on the shortest such way."""
        if not count.example or count.number == count.all:
            return ""
        said = [self._answered(choice[0]) for choice in count.example[-2:]]
        return f", zum Beispiel nach {' und '.join(said)}"

    def _answered(self, answered: Answered) -> str:
        answer = self._answer_of(answered.question)
        label = self._answers.value(answer, answered.value)
        return label if self._answers.is_clear(label) else f"{label} auf {self._answers.name(answer)}"

    def _answer_of(self, number: int) -> str:
        for numbers, files in zip(self._numbers, self._files, strict=True):
            for step, its in numbers.items():
                if its == number:
                    return answer_of(step, files[self._name].steps[step])
        return ""

    # --- who sees what ---

    def _sights(self, graph: Graph, counter: Counter, table: Table, versions: tuple[Version, Version], lost: int) -> Iterator[Change]:
        both = sum(1 << self._numbers[1][new] for _old, new in self._pairs.both if self._is_seen(new))
        missed = counter.missed()
        answers = list(self._by_answer(graph, table, versions)) if (missed[0] | missed[1]) & both else []
        known = 0
        for won in (False, True):
            attributed: dict[int, _Loss] = {}
            for question, seen in answers:
                for number, loss in _partial(question, seen, both & missed[won], won=won):
                    attributed.setdefault(number, loss)
            groups: dict[_Loss, list[int]] = {}
            for number, loss in sorted(attributed.items()):
                groups.setdefault(loss, []).append(number)
                known |= 1 << number
            yield from (self._said(loss, numbers) for loss, numbers in groups.items())
        before, after = counter.always()
        tagged = sum(1 << self._numbers[1][new] for _old, new in self._pairs.both if tag_bits(self._step(new).tags) & lost)
        for bits, words in ((before & ~after, "Nicht mehr alle sehen"), (after & ~before, "Alle sehen jetzt")):
            steps = [self._names[number] for number in _numbers_in(bits & both & ~known & ~tagged)]
            if steps:
                named = listed(thing(step, self._step(step), self._titles).whom for step in steps)
                yield Change(Kind.WAYS, self._name, f"{words} {named}.")

    def _step(self, name: str) -> AnyStep:
        return self._files[1][self._name].steps[name]

    def _is_seen(self, name: str) -> bool:
        step = self._step(name)
        if isinstance(step, End):
            return bool(german(step.text) and german(step.text)[0])
        return not isinstance(step, Branch | Set)

    def _by_answer(
        self, graph: Graph, table: Table, versions: tuple[Version, Version]
    ) -> Iterator[tuple[str, dict[Value, tuple[tuple[int, int], tuple[int, int]]]]]:
        """For each answer that people choose: what is seen after it, and at all, by those who gave it."""
        sights = Sights(graph)
        tested = self._tested()
        work = 0
        for name in self._asked_names(tested):
            numbers = [
                self._numbers[1][step]
                for step, its in self._files[1][self._name].steps.items()
                if isinstance(its, Choose | CheckIns) and answer_of(step, its) == name
            ]
            stays = self._staying(name)
            slot = table.by_name.get(name) if name in tested else None
            if slot is None:
                for number in numbers:
                    yield name, {value: bits for value, bits in sights.after(number).items() if stays(value)}
                continue
            seen: dict[Value, tuple[tuple[int, int], tuple[int, int]]] = {}
            for mask, values in _classes(table, slot, self._answers.values.get(name, ())):
                work += len(graph.nodes)
                if work > MOST_WORK:
                    return
                own = self._start(table, versions)
                if own[slot] != UNSET:
                    own = (*own[:slot], mask, *own[slot + 1 :])
                part = Sights(walk_both(*versions, table, own, {slot: mask}))
                if not numbers:
                    seen |= dict.fromkeys(values, (part.every, part.every))
                for number in numbers:
                    seen |= {value: bits for value, bits in part.after(number).items() if value in values and stays(value)}
            yield name, seen

    def _staying(self, answer: str) -> Callable[[Value], bool]:
        """Whether an answer can be given in both versions; who could not give it before has lost and won nothing."""
        options = [
            {key for step, its in files[self._name].steps.items() if answer_of(step, its) == answer for key in options_of(its)}
            for files in self._files
        ]
        return lambda value: not isinstance(value, str) or (value in options[0]) == (value in options[1])

    def _tested(self) -> set[str]:
        return {
            test.answer
            for files in self._files
            for step, its in files[self._name].steps.items()
            for path, condition in conditions_of(step, its)
            for _path, test in tests_of(path, condition)
        }

    def _asked_names(self, tested: Iterable[str]) -> list[str]:
        """First answers from elsewhere, then those of this file in its order."""
        own = [
            answer_of(step, its)
            for step, its in self._files[1][self._name].steps.items()
            if isinstance(its, Choose | CheckIns) and step in self._pairs.back
        ]
        return list(dict.fromkeys([*sorted(name for name in tested if name not in own and name in self._answers.values), *own]))

    # --- sentences ---

    def _said(self, loss: _Loss, numbers: list[int]) -> Change:
        steps = [self._names[number] for number in numbers]
        named = listed(thing(step, self._step(step), self._titles).whom for step in steps)
        grave = any(GRAVE & set(self._step(step).tags) for step in steps)
        if loss.but:
            words = listed((self._answers.value(loss.question, value) for value in loss.values), "oder")
            said = f"Wer auf {self._answers.name(loss.question)} anders als {words} antwortet, sieht {named} nicht mehr."
        elif loss.won:
            said = f"Wer {self._labelled(loss.question, loss.values)} antwortet, sieht jetzt auch {named}."
        else:
            said = f"Wer {self._labelled(loss.question, loss.values)} antwortet, sieht {named} nicht mehr."
        kind = Kind.SAFETY if grave and not loss.won else Kind.WAYS
        return Change(kind, self._name, said, steps[0], numbers[0])

    def _labelled(self, answer: str, values: Iterable[Value]) -> str:
        """`„Führungskraft“`; with the question's name where the label alone says too little."""
        labels = [self._answers.value(answer, value) for value in values]
        words = listed(labels, "oder")
        clear = all(self._answers.is_clear(label) for label in labels)
        return words if clear else f"auf {self._answers.name(answer)} {words}"


def is_sound(files: Mapping[str, Playbook], name: str) -> bool:
    """Whether every target and every called file is there, for this file and all that it calls."""
    seen, waiting = {name}, [name]
    while waiting:
        playbook = files.get(waiting.pop())
        if playbook is None:
            return False
        for step, its in playbook.steps.items():
            if any(target not in playbook.steps for _path, target in targets_of(step, its)):
                return False
        new = [called for called in playbook.calls() if called not in seen]
        seen.update(new)
        waiting += new
    return True


def _closure(root: File, around: Mapping[str, File]) -> dict[str, File]:
    found, waiting = {root.id: root}, list(root.playbook.calls())
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = around[name]
            waiting += around[name].playbook.calls()
    return found


def _partial(
    question: str, seen: Mapping[Value, tuple[tuple[int, int], tuple[int, int]]], steps: int, *, won: bool
) -> Iterator[tuple[int, _Loss]]:
    """Steps that are lost (won) with some answers to a question, but not with all."""
    here, there = (1, 0) if won else (0, 1)
    changed = {value: after[here] & ~everywhere[there] & steps for value, (after, everywhere) in seen.items()}
    for number in _numbers_in(_union(changed.values())):
        bit = 1 << number
        values = tuple(value for value, bits in changed.items() if bits & bit)
        # Who may still (could already) see it: unless somebody does, it has nothing to do with this question.
        others = tuple(value for value, (_after, every) in seen.items() if value not in values and every[there] & bit)
        rest = tuple(value for value in seen if value not in values)
        if won and rest:
            yield number, _Loss(question, values, but=False, won=True)
        elif others and len(others) == len(rest) < len(values):
            yield number, _Loss(question, others, but=True, won=False)
        elif others and not won:
            yield number, _Loss(question, values, but=False, won=False)


def _classes(table: Table, slot: int, options: Iterable[str]) -> Iterator[tuple[int, list[Value]]]:
    """The classes of an answer that a person can choose: mask, and which options are in it."""
    known = set(options)
    found: dict[int, list[Value]] = {}
    for (kind, text, _day), number in table.slots[slot].of.items():
        if kind == "str" and text in known:
            found.setdefault(number, []).append(text)
        elif kind in ("NoneType", "bool"):
            found.setdefault(number, []).append(None if kind == "NoneType" else False)
    yield from ((1 << number, values) for number, values in found.items())


def _numbers_in(bits: int) -> list[int]:
    return [number for number in range(bits.bit_length()) if bits >> number & 1]


def _union(parts: Iterable[int]) -> int:
    bits = 0
    for part in parts:
        bits |= part
    return bits


def _ways(count: Count, verbs: tuple[str, str], *, whole: bool = True) -> str:
    if whole and count.number == count.all and count.all > 1:
        return f"Alle Wege {verbs[1]}"
    if count.number > MANY:
        return f"Viele Wege {verbs[1]}"
    return f"1 Weg {verbs[0]}" if count.number == 1 else f"{count.number} Wege {verbs[1]}"

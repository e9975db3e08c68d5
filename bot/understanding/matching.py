"""A message in someone's own words, and what it may mean: a crisis, a command, small talk, or playbooks to offer.

Owns: the order in which that is asked (crisis first, then commands, small talk, playbooks), when a message tells too
little, and whether it tells two things. A playbook is offered, never assumed: candidates come with their share of what
speaks for any. A message that tells too little is `unclear`, as is announced violence (shared page `szenarien.md`,
part C): it is answered calmly and never sorted into a playbook. A crisis is what the word lists of the engine find and,
where they are silent, what `concern` hears; a command and small talk likewise, with `wishes` and `chat`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from bot.flows.commands import Command, recognise, smalltalk
from bot.flows.crisis import Crisis, look
from bot.flows.exchange import Distress
from bot.flows.reading import fold
from bot.understanding.asides import CHATTING, WISHING, Asides
from bot.understanding.concern import Concern
from bot.understanding.late import Late
from bot.understanding.learned import Learned, Likely
from bot.understanding.meaning import Encoder, Meaning
from bot.understanding.utterances import LEAST_URGENT, UNCLEAR

LONGEST_LOOK: Final = 1_500
"""Code points of a message that are looked at, cut at a sentence; for matching only. The crisis scan reads it all."""

LONGEST_MEANT: Final = 500
"""The same for what the whole means: its time grows with the length, and what a long story means is blurred."""

NEAR: Final = 0.2
"""Likeness to the nearest example (cosine) below which nothing was understood, unless a keyword was said."""

DOUBT: Final = 0.7
"""How many times likelier a playbook must be than that nothing can be heard."""

LEAST_SHARE: Final = 1e-6
"""Share of a label of which the letters know nothing."""

CALM_TOGETHER: Final = 0.7
"""Power on letters and meaning together, so that shares tell how sure they are."""

WEAK: Final = 0.15
"""Share of what speaks for any playbook below which the best is no more than a guess: better asked than offered."""

HEARD: Final = 0.3
"""Likeness that a part of a message must have to be a thing told by itself."""

SURE: Final = 0.4
"""Share that a part's playbook must have for that."""

SHORTEST_PART: Final = 3
"""Words that a part has at least."""

MOST_TOLD: Final = 2
"""Things told of one message that are kept apart."""

FAINT: Final = -0.1
"""How strongly words must speak for a crisis to go before a plain wish or incident."""

PLAIN: Final = 0.4
"""How strongly they must speak for a wish to go before a faint hint of a crisis and a plain incident."""

PLAINLY: Final = 0.6
"""Share that a playbook must have to go before a faint wish."""

SURELY: Final = 0.7
"""Share that it must have to go before a faint hint of a crisis."""

_ENDS: Final = re.compile(
    r"[.!?;\n]+\s*|,?\s+(?:und au(?:ß|ss)erdem|au(?:ß|ss)erdem|zus(?:ä|ae)tzlich|und dann auch noch"
    r"|und jetzt|dazu kommt|and also|besides|on top of that|ayrıca|وأيضا)\s+|\s+(?:und|and|ve)\s+"
)


@dataclass(frozen=True, slots=True)
class Entry:
    """What a playbook is found by: whole messages and single words that speak for it, in all its languages.

    `beside`: it is told together with another thing, and never counts as a second one.
    """

    id: str
    incident_ids: tuple[str, ...]
    utterances: tuple[str, ...]
    keywords: tuple[str, ...]
    urgency: int = LEAST_URGENT
    beside: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """A playbook, or a command, that may be meant, and its share of what speaks for any (0 to 1)."""

    id: str
    score: float


@dataclass(frozen=True, slots=True)
class Match:
    """What a message may mean. `candidates`, best first, come with `playbook` and, as a hint, with `unclear`.

    With `command` they are what it may ask for (`Candidate.id` is the command's), where `command` itself is not known.

    `told`: the playbooks of two things that were told in one message, the more urgent first; else empty.
    """

    kind: Literal["playbook", "crisis", "command", "smalltalk", "unclear"]
    candidates: tuple[Candidate, ...] = ()
    command: Command | None = None
    smalltalk: str | None = None
    told: tuple[str, ...] = ()


class Aside(NamedTuple):
    """What may be said to the Lotse itself: commands, the likeliest first, or a topic of small talk; or neither."""

    wishes: tuple[Candidate, ...] = ()
    topic: str = ""


NO_ASIDE: Final = Aside()


class _Trained(NamedTuple):
    learned: Learned
    keywords: frozenset[str]
    examples: frozenset[str]


class Matcher:
    """Compares messages with the examples of all playbooks. Training waits for the first message, or `prepare`.

    `unclear`: examples in which no playbook can be heard. `encoder`: tells what whole sentences mean, once `prepare`
    has read the examples with it; no message waits for that. `concern` hears distress, `wishes` what is asked of the
    conversation itself, and `chat` small talk, where the lists are silent.
    Matching changes nothing, from any thread.
    """

    def __init__(
        self,
        entries: Iterable[Entry],
        unclear: Sequence[str] = (),
        *,
        encoder: Encoder | None = None,
        concern: Concern | None = None,
        wishes: Asides | None = None,
        chat: Asides | None = None,
    ) -> None:
        self._entries: Final = tuple(entries)
        self._unclear: Final = tuple(unclear)
        self._encoder: Final = encoder
        self.concern: Final = concern or Concern()
        self.wishes: Final = wishes or Asides(WISHING)
        self.chat: Final = chat or Asides(CHATTING)
        self._urgency: Final = {entry.id: entry.urgency for entry in self._entries}
        self._silent: Final = frozenset((UNCLEAR, *(entry.id for entry in self._entries if entry.beside)))
        self._trained: Final = Late(self._train)
        self._meaning: Meaning | None = None

    def train(self) -> None:
        """Learn letters and notions now: all that a message waits for, and the quickest of what is learned."""
        self._trained.make()

    def prepare(self) -> None:
        """Learn everything now."""
        self._trained.make()
        self.concern.prepare()
        self.wishes.prepare()
        self.chat.prepare()
        examples = list(self._examples())
        if self._encoder is not None and self._meaning is None and examples and self._encoder.is_installed():
            self._meaning = Meaning(self._encoder, examples)

    def _examples(self) -> Iterator[tuple[str, str]]:
        for entry in self._entries:
            for text in (*entry.utterances, *entry.keywords):
                yield entry.id, text
        for text in self._unclear:
            yield UNCLEAR, text

    def _train(self) -> _Trained:
        keywords = frozenset(fold(word) for entry in self._entries for word in entry.keywords)
        examples = frozenset(fold(text) for entry in self._entries for text in entry.utterances)
        return _Trained(Learned((label, fold(text)) for label, text in self._examples()), keywords, examples)

    def _judge(self, learned: Learned, text: str) -> Likely:
        """What a whole message may be: by its letters, and by its meaning where that is known."""
        likely = learned.judge(fold(text))
        if self._meaning is None or not text.strip():
            return likely
        meant = self._meaning.judge(_cut(text, LONGEST_MEANT))
        told = {label: math.log(likely.shares.get(label, 0.0) + LEAST_SHARE) + value for label, value in meant.items()}
        top = max(told.values())
        shares = {label: math.exp((value - top) * CALM_TOGETHER) for label, value in told.items()}
        whole = sum(shares.values())
        return Likely({label: share / whole for label, share in shares.items()}, likely.nearest)

    def hear(self, text: str) -> Distress:
        """Return of whose crisis the message may speak where the word lists say nothing; no command is one.

        A plain wish, plain small talk, and what plainly tells of an incident go before a faint hint: of the 1,172
        crises in the sets that were kept apart none is lost by it.
        """
        if _is_listed(fold(text)):
            return ""
        distress = self.concern.hear(text)
        faint = bool(distress) and self.concern.weigh(text) < FAINT
        return "" if faint and (self._is_plain_aside(text) or self._share(text) >= SURELY) else distress

    def _is_plain_aside(self, text: str) -> bool:
        return max(self.wishes.weigh(text), self.chat.weigh(text)) >= PLAIN

    def _share(self, text: str) -> float:
        """The share of the likeliest playbook; 0 where none is offered."""
        match = self.match_beside(text, 1)
        return match.candidates[0].score if match.kind == "playbook" else 0.0

    @property
    def hears_asides(self) -> bool:
        """Whether wishes and small talk are heard at once; else whoever asks waits until that is learned."""
        return self.wishes.is_ready and self.chat.is_ready

    def hear_aside(self, text: str) -> Aside:
        """Return what the message may be that is said to the Lotse itself, where the word lists say nothing.

        Of a wish and of small talk the stronger. An example of an incident is that incident, word for word; what else
        plainly tells of one goes before a faint aside, unless that is for the emergency numbers.
        """
        folded = fold(text)
        if _is_listed(folded) or folded in self._trained.get().examples:
            return NO_ASIDE
        wishes, chat = self.wishes.hear(text), self.chat.hear(text)
        if not (wishes or chat):
            return NO_ASIDE
        talks = bool(chat) and (not wishes or self.chat.weigh(text) > self.wishes.weigh(text))
        is_urgent = not talks and wishes[0][0] == Command.NOTRUF
        faint = (self.chat if talks else self.wishes).weigh(text) < PLAIN
        if faint and not is_urgent and self._share(text) >= PLAINLY:
            return NO_ASIDE
        if talks:
            return Aside(topic=chat[0][0])
        return Aside(wishes=tuple(Candidate(command, share) for command, share in wishes))

    def match(self, text: str, top: int = 3) -> Match:
        """Return what the message may mean, with at most `top` playbooks."""
        if self.hear(text):
            return Match("crisis")
        aside = self.hear_aside(text)
        if aside.wishes:
            return Match("command", aside.wishes)
        return Match("smalltalk", smalltalk=aside.topic) if aside.topic else self.match_beside(text, top)

    def match_beside(self, text: str, top: int = 3) -> Match:
        """The same, beside what is heard of distress, wishes and small talk."""
        folded = fold(text)
        danger = look(folded)
        if isinstance(danger, Crisis):
            return Match("crisis")
        if (command := recognise(folded)) is not None:
            return Match("command", command=command)
        if (topic := smalltalk(folded)) is not None:
            return Match("smalltalk", smalltalk=topic)
        if danger is not None:
            return Match("unclear")
        trained = self._trained.get()
        looked = _cut(text)
        folded = fold(looked)
        likely = self._judge(trained.learned, looked)
        candidates = _rank(likely, top)
        if not candidates:
            return Match("unclear")
        named = not trained.keywords.isdisjoint(folded.split())
        heard = max(share for name, share in likely.shares.items() if name != UNCLEAR)
        vague = DOUBT * likely.shares.get(UNCLEAR, 0.0) >= heard
        if vague or candidates[0].score < WEAK or not (likely.nearest >= NEAR or named):
            return Match("unclear", candidates)
        return Match("playbook", candidates, told=self._hear_parts(trained.learned, looked, candidates))

    def _hear_parts(self, learned: Learned, text: str, candidates: Sequence[Candidate]) -> tuple[str, ...]:
        """The playbooks of two things told one after the other, the more urgent first."""
        parts = [part for part in _ENDS.split(text) if len(part.split()) >= SHORTEST_PART]
        if len(parts) < MOST_TOLD:
            return ()
        found: dict[str, float] = {}
        for part in parts:
            likely = learned.judge(fold(part))
            best = max(likely.shares, key=likely.shares.__getitem__, default=UNCLEAR)
            if best not in self._silent and likely.nearest >= HEARD and likely.shares[best] >= SURE:
                found[best] = max(found.get(best, 0.0), likely.nearest)
        # What the whole message says most clearly is one of them: a part alone is easily misheard.
        if len(found) < MOST_TOLD or candidates[0].id not in found:
            return ()
        ranked = sorted(found, key=lambda name: (name != candidates[0].id, -found[name], name))[:MOST_TOLD]
        return tuple(sorted(ranked, key=lambda name: (self._urgency[name], ranked.index(name))))


def _is_listed(folded: str) -> bool:
    """Whether the word lists of the engine know what the message is."""
    return look(folded) is not None or recognise(folded) is not None or smalltalk(folded) is not None


def _rank(likely: Likely, top: int) -> tuple[Candidate, ...]:
    """The best playbooks with their shares of what speaks for any of them."""
    shares = {name: share for name, share in likely.shares.items() if name != UNCLEAR}
    whole = sum(shares.values())
    if not whole:
        return ()
    ranked = sorted(shares, key=lambda name: (-shares[name], name))[:top]
    return tuple(Candidate(name, round(shares[name] / whole, 4)) for name in ranked)


def _cut(text: str, longest: int = LONGEST_LOOK) -> str:
    """The beginning of a long story, up to the end of a sentence."""
    if len(text) <= longest:
        return text
    head = text[:longest]
    end = max(head.rfind(sign) for sign in (". ", "! ", "? ", "\n"))
    return head[: end + 1] if end > 0 else head

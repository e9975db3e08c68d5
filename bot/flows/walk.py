"""One turn in the making: the engine's working copy of a conversation, and the effects gathered so far.

Everything that steps and overlays have in common: looking up words, showing values, sending, and running on from step
to step until a question is open.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import cast
from zoneinfo import ZoneInfo

from bot.flows import moments
from bot.flows.asking import Asked, ask_step
from bot.flows.conversation import DECLINED, MAX_TRAIL, UNKNOWN, Conversation, Frame, Value, Visit
from bot.flows.deadlines import DEADLINES
from bot.flows.emergency import emergency_numbers
from bot.flows.exchange import Effect, Send, Settle, Style
from bot.flows.program import Node, Program
from bot.flows.steps import CheckIns, Checklist, Choose, ChooseMany, FreeText, Place, Question, When
from bot.flows.wording import GAP, fill, isolate, join, phrase, pick
from bot.flows.world import World


class Walk:
    """The turn in the making. `c` is a copy that belongs to this walk alone; `effects` in the order of sending.

    While `simulated` is a set nothing is sent: it gathers the steps that would have been said (see `walking.take`).
    """

    __slots__ = (
        "_at",
        "_node",
        "_today",
        "c",
        "desks",
        "effects",
        "groups",
        "now",
        "program",
        "readers",
        "seed",
        "simulated",
        "world",
    )

    def __init__(
        self,
        world: World,
        conversation: Conversation,
        seed: str,
        now: dt.datetime,
        readers: int = 0,
        desks: tuple[str, ...] = (),
    ) -> None:
        """Begin a turn on a copy of the conversation; `readers` and `desks` as in `exchange.Incoming`."""
        self.world = world
        self.readers = readers
        self.desks = desks
        self.groups: tuple[str, ...] = ()
        self.c: Conversation = conversation.__copy__()  # type: ignore[attr-defined]  # msgspec has it; copy.copy costs five times as much
        self._at: Frame | None = None
        self._node: Node | None = None
        self._today: dt.date | None = None
        self.seed = seed
        self.now = now
        self.program: Program | None = world.running
        self.effects: list[Effect] = []
        self.simulated: set[str] | None = None

    @property
    def library(self) -> Mapping[str, Program]:
        """What a walk can begin with for those who work where this person works."""
        return self.world.library_at(self.c.place)

    # --- words ---------------------------------------------------------------------------------------------------

    @property
    def language(self) -> str:
        """The language of this conversation; where its municipality says Du, that form of German."""
        language = self.c.language or "de"
        return "de-du" if self.world.du and language == "de" and self._says_du() else language

    def _says_du(self) -> bool:
        """Whether the playbook that runs is said in Du; while none does, whether the reception is."""
        program = self.program or self.library.get("empfang")
        return program is not None and program.revision in self.world.du

    def today(self) -> dt.date:
        """The local day of the municipality."""
        if self._today is None:
            self._today = self.now.astimezone(ZoneInfo(self.world.municipality.zone)).date()
        return self._today

    def say(self, key: str, *, style: Style = "notice", **values: object) -> None:
        """Send one of the Lotse's own sentences."""
        self.send(phrase(key, self.language, **values), style=style)

    def send(self, text: str, *, style: Style = "plain", urgent: bool = False) -> None:
        """Send one bubble."""
        if self.simulated is None:
            self.effects.append(Send(text=text, style=style, urgent=urgent))

    def emit(self, effect: Effect) -> None:
        """Want something done."""
        if self.simulated is None:
            self.effects.append(effect)

    def text(self, texts: tuple[str, ...]) -> tuple[str, ...]:
        """Bubbles with their blanks filled."""
        return tuple(fill(text, self.value_of) for text in texts)

    def value_of(self, name: str, gap: str = "–") -> str:
        """What stands in the blank `name`."""
        match name:
            case "notruf":
                return emergency_numbers(self.language)
            case "heute":
                return moments.show_day(self.today(), self.language)
            case "ort":
                return self.place_name(self.c.place) if self.c.place else gap
            case "nummer":
                return self.c.case or gap
            case "tage":
                return str(self.world.municipality.retention_days)
            case _:
                return self._answer_of(name, gap)

    def _answer_of(self, name: str, gap: str) -> str:
        if name not in self.c.answers:
            return gap
        value = self.c.answers[name]
        return gap if value is UNKNOWN or value is DECLINED or value in ("", []) else self.show(name, value)

    def gap_value(self, name: str) -> str:
        """The same for a text to copy: an open blank is a line to write on."""
        return self.value_of(name, GAP)

    def show(self, name: str, value: Value) -> str:
        """An answer as the person knows it, in their language."""
        if value is UNKNOWN:
            return phrase("unknown", self.language)
        if value is DECLINED:
            return phrase("declined", self.language)
        if self.program is None:
            return isolate(str(value))
        if name in self.program.deadlines and isinstance(value, str):
            return moments.show_day(dt.date.fromisoformat(value), self.language)
        node = self.program.questions.get(name)
        return self._show_answer(node.step, value) if node else str(value)

    def _show_answer(self, step: object, value: Value) -> str:
        match step:
            case Choose() | CheckIns() if isinstance(value, str) and value in step.options:
                return pick(step.options[value].label, self.language)
            case ChooseMany() if isinstance(value, list):
                return join(
                    [pick(step.options[key].label, self.language) for key in value if key in step.options],
                    self.language,
                )
            case Checklist() if isinstance(value, list):
                return join(
                    [pick(step.items[key].label, self.language) for key in value if key in step.items], self.language
                )
            case When() if isinstance(value, str):
                return moments.show(moments.Moment.parse(value), self.language)
            case Place():
                return self.place_name(str(value))
            case FreeText():
                return isolate(str(value))
            case _:
                return str(value)

    def short(self, name: str) -> str:
        """The question behind an answer, in two words; the name of a deadline that was counted from one."""
        program = self.program
        if program and name in program.deadlines:
            return pick(DEADLINES[program.deadlines[name]].title, self.language)
        node = program.questions.get(name) if program else None
        short = cast("Question", node.step).short if node else None
        return pick(short, self.language) if short else name

    def is_asked(self, name: str) -> bool:
        """Whether this playbook asks it, or counts it from what it asks; else it has only noted it itself (`set`)."""
        return self.program is not None and (name in self.program.questions or name in self.program.deadlines)

    def line(self, name: str, value: Value) -> str:
        """An answer in a list: what it was about, and what was said where that is kept."""
        return self.short(name) if value in ("", []) else f"{self.short(name)}: {self.show(name, value)}"

    def place_name(self, ags: str) -> str:
        """The name of a municipality."""
        return self.world.places.name(ags)

    def encrypted_link(self, key: str) -> str:
        """The sentence that leads to the encrypted channel; "" where the municipality has none."""
        link = self.world.municipality.matrix_link
        return phrase(key, self.language, link=link) if link else ""

    # --- questions -----------------------------------------------------------------------------------------------

    def node(self) -> Node | None:
        """The step at which the conversation stands."""
        at, program = self.c.at, self.program
        if at is None or program is None:
            return None
        if at is not self._at:
            self._at, self._node = at, program.node(at.playbook, at.step)
        return self._node

    def ask(self, asked: Asked, said: str | None = None) -> None:
        """Send a question; what is open from now on carries the token of this turn. `said`: instead of its bubbles."""
        if self.simulated is not None:
            return
        self.c.token = self.seed
        *earlier, last = asked.bubbles if said is None else (said,)
        for bubble in earlier:
            self.send(bubble)
        self.effects.append(
            Send(
                text=last,
                style="question",
                choices=asked.shown(self.c.picked) if asked.toggles else asked.choices,
                token=self.seed,
                expects=asked.expects,
                confidential=asked.confidential,
            )
        )

    def settle(self, *chosen: str) -> None:
        """Let the transport show in the question what was chosen."""
        if self.c.token and self.world.transport.edits:
            self.emit(Settle(token=self.c.token, chosen=chosen))

    def record(self, node: Node, value: Value) -> None:
        """Note an answer, so that it can be taken back."""
        c = self.c
        name, answers = node.name, c.answers
        visit = Visit(node.at, c.stack, name, name in answers, answers.get(name))
        c.trail = (*c.trail[1 - MAX_TRAIL :], visit)
        c.answers = {**answers, name: value}
        c.token, c.tries, c.picked = "", 0, ()

    def open_question(self) -> Asked | None:
        """The playbook's question at which the conversation stands."""
        node = self.node()
        return ask_step(self, node) if node is not None and node.name else None

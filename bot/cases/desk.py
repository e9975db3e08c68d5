"""A coordinator's side of the conversation: notices, words and choices; pure, one Turn for one Incoming.

Whether an act can be done is not known here: the desk wants it (`CaseAct`), the books decide, and what came of it is
`DeskNews`. What a case says is shown only where nobody can read along, and only to the one who holds it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final, cast
from zoneinfo import ZoneInfo

import msgspec

from bot.cases.deskwords import LABELS, MAIL_END, MAILS, NOTES, OUTCOMES, ROLES, SENTENCES, STATES, VERBS
from bot.flows import moments
from bot.flows.answering import Labels
from bot.flows.asking import Asked, make_asked
from bot.flows.calendar import instant, show_instant
from bot.flows.casenumber import read_number
from bot.flows.commands import Command, recognise_word
from bot.flows.conversation import Conversation, Desk
from bot.flows.crisis import Crisis, scan
from bot.flows.emergency import crisis_text, emergency_text
from bot.flows.engine import Turn
from bot.flows.exchange import (
    CancelTimers,
    CaseAct,
    CaseWord,
    DeskNews,
    Effect,
    Forget,
    HandOver,
    Incoming,
    LeaveDesk,
    ListCases,
    MoveAsked,
    MoveGiven,
    PairGroup,
    Pressed,
    Resumed,
    Said,
    Send,
    Started,
    Unreadable,
)
from bot.flows.reading import fold
from bot.flows.wording import isolate, pick
from bot.flows.world import World

_NUMBER: Final = re.compile(r"\b\d{4}[ ./-]?\d{4}\b")
_WRITTEN: Final = frozenset({"answer", "note", "task"})
_TIMED: Final[Mapping[str, dt.time]] = {
    "promise": dt.time(18),
    "check_in": dt.time(10),
    "snooze": dt.time(9),
}
"""The hour that a day without one means: the end of an office day, and the morning."""
_SECRET: Final = frozenset({"read", *_WRITTEN})
_ASKED: Final = ("accept", "later", "step_back")
_MENU: Final = ("read", "answer", "promise", "clarify", "agree", "hand_over", "close")
_AFTER_READING: Final = _MENU[1:]
_WAITS: Final = frozenset({"notice", "reminder", "escalated", "nobody"})
_GROUPS: Final = frozenset({"group_code", "group_joined", "group_left"})
_FOR_HOLDER: Final = frozenset({"message", "promise_soon", "promise_broken", "nudge"})
_VERBS: Final = {word: act for act, words in VERBS.items() for word in words.split()}


def advance_desk(world: World, conversation: Conversation, incoming: Incoming, now: dt.datetime) -> Turn:
    """Handle what came in from a coordinator, or for one."""
    turn = _Turn(world, conversation, incoming.seed, now)
    match incoming:
        case DeskNews() if world.transport.one_way:
            turn.write(incoming)
        case DeskNews():
            turn.hear(incoming)
        case Started() | Resumed():
            turn.want(ListCases())
        case Said(text=text, distress=distress):
            turn.read(text.strip(), distressed=bool(distress))
        case Pressed(token=token, option=option):
            turn.press(token, option)
        case Unreadable():
            turn.say("unreadable")
        case MoveGiven():
            turn.say("moves_not")
        case MoveAsked(to=to) if to:
            turn.want(HandOver(to=to, refused="refused"))
        case _:
            pass  # an alarm or news from a time before this chat coordinated
    return Turn(turn.c, tuple(turn.effects))


class _Turn:
    """One turn in the making."""

    def __init__(self, world: World, conversation: Conversation, seed: str, now: dt.datetime) -> None:
        self.c: Conversation = msgspec.structs.replace(conversation)
        self.effects: list[Effect] = []
        self._world, self._seed, self._now = world, seed, now

    @property
    def desk(self) -> Desk:
        """Where this coordinator stands."""
        return self.c.desk or Desk("", "")

    def say(self, key: str, **values: str) -> None:
        """Send one sentence."""
        self.send(self._sentence(key).format(**values))

    def _sentence(self, key: str) -> str:
        """The sentence; where contents are not shown, the one that does not promise them."""
        here = "" if self._world.transport.encrypted else SENTENCES.get(f"{key}_in_clear", "")
        return here or SENTENCES[key]

    def send(self, text: str) -> None:
        """Send one bubble."""
        self.effects.append(Send(text=text, style="notice"))

    def want(self, effect: Effect) -> None:
        """Want something done."""
        self.effects.append(effect)

    def _set(self, **changes: object) -> None:
        self.c.desk = msgspec.structs.replace(self.desk, **changes)

    def _ask(self, text: str, acts: Sequence[str], labels: Sequence[str]) -> None:
        self._set(acts=tuple(acts))
        self.c.token = self._seed
        asked = _asked(text, acts, labels)
        send = Send(text=text, style="question", choices=asked.choices, token=self._seed, expects="option")
        self.effects.append(send)

    def _offer(self, text: str, number: str, acts: Sequence[str]) -> None:
        """A sentence with what can be done about this case here; "read" stays, for it says where."""
        if not self._world.transport.encrypted:
            acts = [act for act in acts if act not in _WRITTEN]
        self._set(number=number, asking="")
        self._ask(text, acts, [LABELS[act] for act in acts])

    def _when(self, due: dt.datetime | None) -> str:
        return show_instant(due.isoformat(), self._world.municipality.zone, "de") if due else "bald"

    # --- what comes from the books

    def hear(self, news: DeskNews) -> None:
        """Say what happened; what came too late for a chat that has left is not said."""
        if news.what in {"invitation_refused", "group_only"}:
            self.say(news.what)
        elif news.what == "joined":
            self._join(news)
        elif self.c.desk is not None:
            self._hear(news)

    def write(self, news: DeskNews) -> None:
        """The same to somebody who cannot answer: a subject, what to do. Repeats, and what answers an act, are not."""
        values = {"number": news.number, "urgent": ", dringend" if news.urgent else "", "due": self._when(news.due)}
        if news.what == "joined":
            self.c.desk, self.c.greeted = Desk(news.place, news.about), True
            values["place"] = self._world.places.name(news.place)
        if self.c.desk is not None and news.what in MAILS:
            self.send("\n\n".join((MAILS[news.what].format(**values), MAIL_END)))

    def _join(self, news: DeskNews) -> None:
        self.c.desk, self.c.greeted, self.c.muted = Desk(news.place, news.about), True, False
        self.c.check_ins = ()
        self.want(CancelTimers())
        self.say("joined", place=self._world.places.name(news.place), role=ROLES.get(news.about, news.about))
        self._list(news)

    def _hear(self, news: DeskNews) -> None:
        number, urgent = news.number, ", dringend" if news.urgent else ""
        values = {"number": number, "urgent": urgent, "due": self._when(news.due)}
        if news.what in _WAITS:
            self._offer(self._sentence(news.what).format(**values), number, _ASKED)
        elif news.what in _FOR_HOLDER:
            self._offer(self._sentence(news.what).format(**values), number, _MENU)
        elif news.what == "done":
            self._hear_done(news, values)
        elif news.what == "refused":
            self.say(f"refused_{news.reason}", number=number)
        elif news.what == "shown":
            self._show(news)
        elif news.what == "listed":
            self._list(news)
        elif news.what in _GROUPS:
            self.say(news.what, place=self._world.places.name(news.place), code=news.about)
        else:
            self.say(news.what, **values)
            if number == self.desk.number:
                self._set(number="", asking="", acts=())

    def _hear_done(self, news: DeskNews, values: dict[str, str]) -> None:
        if news.about == "read":
            return  # what it says has just been shown
        text = SENTENCES[f"done_{news.about}"].format(**values)
        if news.about == "accept":
            self._offer(text, news.number, _MENU)
            return
        self.send(text)
        if news.about in {"close", "hand_over", "step_back"}:
            self._set(number="", asking="", acts=())

    def _list(self, news: DeskNews) -> None:
        if not news.rows:
            self.say("listed_none")
            return
        rows = [SENTENCES["listed"].format(count=len(news.rows))]
        for row in news.rows:
            due = f", bis {self._when(row.due)}" if row.due else ""
            mine = ", Ihrer" if row.mine else ""
            rows.append(SENTENCES["row"].format(number=row.number, state=STATES[row.state], mine=mine, due=due))
        self.send("\n".join(rows))
        if len(news.rows) == 1:
            row = news.rows[0]
            acts = _MENU if row.mine else _ASKED if row.state in {"gespeichert", "gemeldet"} else ()
            if acts:
                self._offer(SENTENCES["menu"].format(number=row.number), row.number, acts)

    def _show(self, news: DeskNews) -> None:
        zone = self._world.municipality.zone
        program = self._world.library.get(news.incident)
        title = pick(program.root.title, "de") if program else news.incident
        lines = [SENTENCES["shown"].format(number=news.number, title=title)]
        lines += [f"{line.short}: {isolate(line.value)}" for line in news.lines]
        self.send("\n".join(lines))
        if news.notes:
            self.send(SENTENCES["shown_notes"])
        for note in news.notes:
            self.send(f"{NOTES[note.kind]}, {show_instant(note.at.isoformat(), zone, 'de')}:\n{isolate(note.text)}")
        self._offer(SENTENCES["shown_rules"], news.number, _AFTER_READING)

    # --- what the coordinator does

    def press(self, token: str, option: int) -> None:
        """A tap on a choice of the open question."""
        acts = self.desk.acts
        if token != self.c.token or not 0 <= option < len(acts):
            self.say("stale")
        else:
            self._do(acts[option], self.desk.number, "")

    def read(self, text: str, *, distressed: bool) -> None:
        """What was typed: an answer to what was asked, a choice, or a word. `distressed`: as the learned part hears."""
        folded = fold(text)
        command = recognise_word(folded)
        if command is Command.NOTRUF:
            for bubble in emergency_text("de"):
                self.effects.append(Send(text=bubble, style="emergency", urgent=True))
        elif self.desk.asking:
            self._take(text, folded, command)
        elif (act := self._meant(text, folded)) is not None:
            self._do(act, self.desk.number, "")
        elif (found := _VERBS.get(folded.split(" ", 1)[0])) is not None:
            self._parse(found, text)
        elif (crisis := scan(folded) or (Crisis.INDIRECT if distressed and command is None else None)) is not None:
            for bubble in crisis_text(crisis, "de", bavaria=self.desk.place.startswith("09")):
                self.effects.append(Send(text=bubble, style="emergency", urgent=True))
        else:
            _COMMANDS.get(command, _Turn._lost)(self)

    def _meant(self, text: str, folded: str) -> str | None:
        """The choice that was typed; "antworten Guten Tag" is none, but a word with what belongs to it."""
        labels = self._labels()
        if labels is None:
            return None
        word, _, rest = folded.partition(" ")
        return None if word in _VERBS and rest and not labels.is_exact(text, folded) else self._chosen(text, folded)

    def _chosen(self, text: str, folded: str) -> str | None:
        labels = self._labels()
        picked = labels.pick(text, folded) if labels is not None else None
        if picked is None or picked.kind != "option" or picked.index is None:
            return None
        return self.desk.acts[picked.index]

    def _labels(self) -> Labels | None:
        acts = self.desk.acts
        names = [OUTCOMES.get(act.partition(":")[2], "") or LABELS.get(act, act) for act in acts]
        return _asked("", acts, names).labels if acts else None

    def _parse(self, act: str, text: str) -> None:
        found = _NUMBER.search(text)
        number = read_number(found[0]) if found else None
        rest = text.replace(found[0], " ", 1) if found and number else text
        words = rest.split(maxsplit=1)
        self._do(act, number or self.desk.number, words[1].lstrip(" :") if len(words) > 1 else "")

    def _take(self, text: str, folded: str, command: Command | None) -> None:
        asking, number = self.desk.asking, self.desk.number
        if command in {Command.ABBRECHEN, Command.ZURUECK, Command.STOPP}:
            self._set(asking="", acts=())
            self.say("stopped_asking")
        elif asking == "close":
            act = self._chosen(text, folded)
            self._do(act if act is not None else "close", number, "")
        else:
            self._do(asking, number, text)

    def _do(self, act: str, number: str, text: str) -> None:
        """Want the act done, or ask for what it still needs."""
        act, _, outcome = act.partition(":")
        self._set(asking="", number=number)
        if act == "list":
            self.want(ListCases())
        elif act == "group":
            self.want(PairGroup())
        elif act == "later":
            self._set(acts=())
            self.say("stopped_asking")
        elif not number:
            self.say("which", word=next(iter(VERBS[act].split())))
        elif act in _SECRET and not self._world.transport.encrypted:
            self.say("not_here")
        elif act in _WRITTEN and not text:
            self._wait_for(act)
        elif act in _TIMED:
            self._do_timed(act, number, text)
        elif act == "close" and not outcome:
            self._set(asking="close")
            acts = [f"close:{name}" for name in OUTCOMES]
            self._ask(SENTENCES["ask_close"].format(number=number), acts, list(OUTCOMES.values()))
        else:
            self._set(acts=())
            self.want(CaseAct(number=number, act=cast("CaseWord", act), text=outcome or text))

    def _do_timed(self, act: str, number: str, text: str) -> None:
        if not text:
            self._wait_for(act)
            return
        zone = self._world.municipality.zone
        moment = moments.read_moment(text, self._now, zone, "de", past=False)
        if moment is None:
            self._wait_for(act, "bad_when")
            return
        due = instant(dt.datetime.combine(moment.day, moment.time or _TIMED[act]), ZoneInfo(zone))
        if due <= self._now:
            self._wait_for(act, "bad_when")
            return
        self._set(acts=())
        self.want(CaseAct(number=number, act=cast("CaseWord", act), due=due))

    def _wait_for(self, act: str, sentence: str = "") -> None:
        self._set(asking=act, acts=())
        self.say(sentence or f"ask_{act}")

    # --- words that always work

    def _lost(self) -> None:
        self.say("unclear")

    def _move(self) -> None:
        self.say("moves_not")

    def _help(self) -> None:
        self.say("help")

    def _list_cases(self) -> None:
        self.want(ListCases())

    def _leave(self) -> None:
        self.want(LeaveDesk())
        self.say("left")
        self.c.desk = None

    def _delete(self) -> None:
        self.say("deleted")
        self.want(CancelTimers())
        self.want(Forget())
        self.c = Conversation(language=self.c.language, muted=True)


def _asked(text: str, acts: Sequence[str], labels: Sequence[str]) -> Asked:
    return make_asked((text,), [(act, label, "") for act, label in zip(acts, labels, strict=True)], "option")


_COMMANDS: Final[Mapping[Command | None, Callable[[_Turn], None]]] = {
    Command.HILFE: _Turn._help,  # noqa: SLF001 - the table belongs to the class
    Command.STATUS: _Turn._list_cases,  # noqa: SLF001 - as above
    Command.VORGANG: _Turn._list_cases,  # noqa: SLF001 - as above
    Command.STOPP: _Turn._leave,  # noqa: SLF001 - as above
    Command.UMZIEHEN: _Turn._move,  # noqa: SLF001 - as above
    Command.LOESCHEN: _Turn._delete,  # noqa: SLF001 - as above
}

"""What is done with cases: by the person, by coordinators, by the clock; each in the commit of the turn that wants it.

An act is judged here, against the books, in order: of two coordinators who accept at once exactly one finds the case
free. What it means for other chats, and the answer to whoever acted, are letters written in the same commit, so that
nothing is lost or said twice. Only `lesen` opens what a case says, for the one who holds it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from typing import Final, NamedTuple

from bot import invitation
from bot.cases import escalation
from bot.cases.escalation import LEVELS, Plan, Role, Step, Watch
from bot.cases.procedure import Act, Actor, Refusal, State, is_held, is_open, judge
from bot.failpoints import reach
from bot.flows.exchange import CaseAct, CaseNews, CaseRow, DeskNews, DeskWhat, Incoming, News, OpenCase, ShowCase
from bot.keys import KeyRing
from bot.storage import care as books
from bot.storage import cases, desks, letters, pairings
from bot.storage.care import Care
from bot.storage.database import Transaction
from bot.storage.times import DAY, moment, stamp
from bot.work import moving, pairing
from bot.work.enrolment import Given
from bot.work.pairing import Plans

MAIL: Final = "mail"
"""The account of those who are told by mail, and cannot answer."""

MOST_LOOKS: Final = 16
"""Cases looked at in one commit: nobody who writes meanwhile is to notice."""

_NOTES: Final = {Act.ANSWER: "antwort", Act.NOTE: "notiz", Act.TASK: "aufgabe", Act.MESSAGE: "nachricht"}
_TELLS: Final = frozenset({Act.ACCEPT, Act.CLARIFY, Act.AGREE, Act.HAND_OVER, Act.STEP_BACK})
_ENTERS: Final = frozenset({Act.HAND_OVER, Act.STEP_BACK, Act.REOPEN})
"""Acts after which a case waits for somebody to accept it again."""


class Cause(NamedTuple):
    """What letters come from: an event (their names hang on it), and when."""

    event: bytes
    now: int


class _Post:
    """Writes the letters of one cause."""

    def __init__(self, tx: Transaction, ring: KeyRing, cause: Cause) -> None:
        self._tx, self._ring, self._cause = tx, ring, cause
        self._written = 0

    @property
    def now(self) -> int:
        return self._cause.now

    def send(self, to: int | None, incoming: Incoming, due: int | None = None) -> None:
        if to is None:
            return
        event = letters.event_of(self._cause.event, to, self._written)
        self._written += 1
        letters.post(self._tx, self._ring, to, event, incoming, self._cause.now if due is None else due)

    def tell_person(self, care: Care, what: News, text: str = "", due: int | None = None) -> None:
        state = State.REPORTED if care.state is State.STORED else care.state
        when = None if due is None else moment(due)
        self.send(care.chat, CaseNews(number=care.number, what=what, state=state.value, text=text, due=when))

    def tell_desk(self, to: int | None, care: Care, what: DeskWhat, at: int | None = None, **more: str) -> None:
        due = None if care.due is None else moment(care.due)
        news = DeskNews(
            what=what, number=care.number, incident=care.incident, state=care.state.value, due=due, urgent=care.urgent,
            **more,  # type: ignore[arg-type]  # about, reason
        )  # fmt: skip
        self.send(to, news, at)


class Casework:
    """Works on cases in transactions of the caller."""

    def __init__(self, ring: KeyRing, plans: Plans) -> None:
        self.ring: Final = ring
        self._plans = plans
        self.readers: dict[str, int] = {}
        """How many coordinators each municipality has, as of the last look."""
        self.desks: dict[str, tuple[str, ...]] = {}
        """In which roles, in the order in which they are asked."""
        self.groups: dict[str, tuple[str, ...]] = {}
        """With which roles groups are told."""

    def look_around(self, tx: Transaction) -> None:
        """Count the coordinators again."""
        self.readers = desks.counts(tx)
        roles = desks.roles(tx)
        self.desks = {place: tuple(role for role in LEVELS if role in found) for place, found in roles.items()}
        told = pairings.roles(tx)
        self.groups = {place: tuple(role for role in LEVELS if role in found) for place, found in told.items()}

    # --- the person opens a case

    def open(self, tx: Transaction, chat: int, effect: OpenCase, cause: Cause) -> None:
        """Store it; tell the coordinators if the person agreed to that, and the person by when one should accept."""
        cases.add(tx, self.ring, chat, effect, cause.now)
        if not effect.place:
            return
        urgent = effect.incident in escalation.URGENT
        involved = frozenset(one.chat for one in desks.present(tx, effect.place) if one.role in effect.without)
        level = escalation.first_level(self._roles(tx, effect.place, involved)) if effect.shared else None
        if level is None:
            books.add(tx, effect.number, State.STORED, 0, (urgent, None, None), effect.without)
            return
        watch = escalation.begin(self._plans.plan_for(effect.place), level, moment(cause.now), urgent=urgent)
        due = stamp(watch.accept_by)
        clock = (urgent, due, stamp(watch.look_at))
        books.add(tx, effect.number, State.REPORTED, level, clock, effect.without)
        news = CaseNews(number=effect.number, what="reported", state=State.REPORTED.value, due=watch.accept_by)
        _Post(tx, self.ring, cause).send(chat, news)

    def added(self, tx: Transaction, chat: int, number: str, text: str, origin: tuple[bytes, Cause]) -> None:
        """The person corrects or adds something; whoever holds the case is told that there is something."""
        identity, cause = origin
        if not cases.append(tx, self.ring, chat, number, (identity, text), cause.now):
            return
        care = books.find(tx, number)
        if care is not None and care.holder is not None:
            plan, now = self._plans.plan_for(care.tenant), moment(cause.now)
            at = stamp(escalation.waking(plan, now, urgent=care.urgent))
            _Post(tx, self.ring, cause).tell_desk(care.holder, care, "message", at)

    # --- acts

    def act(self, tx: Transaction, chat: int, effect: CaseAct, cause: Cause) -> None:
        """Do it, or say why not. `chat`: who wants it, the person whose case it is or a coordinator."""
        act = Act(effect.act)
        care = books.find(tx, effect.number)
        desk = desks.place_of(tx, chat)
        post = _Post(tx, self.ring, cause)
        if care is not None and care.chat == chat and desk is None:
            self._act_of_person(tx, care, act, effect, post, cause)
            return
        # A case of another municipality is as if it did not exist (ASVS 8.4.1), and so is one that involves the reader.
        if care is None or desk is None or care.tenant != desk[0] or chat in books.excluded(tx, care):
            if desk is None:
                post.send(chat, CaseNews(number=effect.number, what="not_done"))
            else:
                news = DeskNews(what="refused", number=effect.number, about=act.value, reason=Refusal.UNKNOWN.value)
                post.send(chat, news)
            return
        actor = Actor.HOLDER if care.holder == chat else Actor.DESK
        there = judge(care.state, act, actor)
        if isinstance(there, Refusal):
            post.tell_desk(chat, care, "refused", about=act.value, reason=there.value)
            return
        others = books.excluded(tx, care) | {chat}
        if act is Act.HAND_OVER and not self._roles(tx, care.tenant, others, by_mail=False):
            post.tell_desk(chat, care, "refused", about=act.value, reason=Refusal.ALONE.value)
            return
        self._act_of_desk(tx, care, (act, there, chat), effect, post, cause)

    def _act_of_person(self, tx: Transaction, care: Care, act: Act, effect: CaseAct, post: _Post, cause: Cause) -> None:
        there = judge(care.state, act, Actor.PERSON)
        if isinstance(there, Refusal):
            post.tell_person(care, "not_done")
            return
        plan, now = self._plans.plan_for(care.tenant), moment(cause.now)
        match act:
            case Act.MESSAGE:
                self._attach(tx, care, act, effect, cause)
                at = stamp(escalation.waking(plan, now, urgent=care.urgent))
                if care.holder is not None:
                    post.tell_desk(care.holder, care, "message", at)
            case Act.REOPEN:
                care.state, care.closed, care.outcome = there, None, None
                self._wait(tx, care, plan, now)
                alone = care.level == len(LEVELS)
                post.tell_person(care, "nobody" if alone else "reopen", due=None if alone else care.due)
            case _:
                self._withdraw(tx, care, post)
                cases.shred(tx, care.record)
        self._done(tx, care, (Actor.PERSON, None, act), cause)

    def _withdraw(self, tx: Transaction, care: Care, post: _Post) -> None:
        """The caller shreds what it says."""
        told = {care.holder} if care.holder is not None else self._asked(tx, care)
        self._tell_groups(tx, post, care, "withdrawn")
        care.state, care.due, care.look, care.holder = State.WITHDRAWN, None, None, None
        post.tell_person(care, "withdraw")
        for coordinator in sorted(told):
            post.tell_desk(coordinator, care, "withdrawn")

    def _act_of_desk(
        self, tx: Transaction, care: Care, wanted: tuple[Act, State, int], effect: CaseAct, post: _Post, cause: Cause
    ) -> None:
        act, there, chat = wanted
        plan, now = self._plans.plan_for(care.tenant), moment(cause.now)
        asked = self._asked(tx, care) - {chat}
        actor = Actor.HOLDER if care.holder == chat else Actor.DESK
        if act is Act.READ:
            self._show(tx, care, chat, post)
        elif act in _NOTES and not self._attach(tx, care, act, effect, cause):
            post.tell_desk(chat, care, "refused", about=act.value, reason=Refusal.OVER.value)
            return
        care.state = there
        self._move(tx, care, (act, chat, cause.now), effect, plan, post)
        if act in _TELLS:
            alone = care.state is State.REPORTED and care.level == len(LEVELS)
            post.tell_person(care, "nobody" if alone else _news(act), due=None if alone else care.due)
        if is_held(care.state):
            self._watch_held(care, plan, now, effect.due if act is Act.SNOOZE else None)
        post.tell_desk(chat, care, "done", about=act.value)
        if act is Act.ACCEPT:
            for coordinator in sorted(asked):
                post.tell_desk(coordinator, care, "taken")
            desk = desks.place_of(tx, chat)
            self._tell_groups(tx, post, care, "taken", desk[1] if desk is not None else "")
        self._done(tx, care, (actor, chat, act), cause)

    def _move(
        self, tx: Transaction, care: Care, done: tuple[Act, int, int], effect: CaseAct, plan: Plan, post: _Post
    ) -> None:
        """What the act changes besides the state."""
        act, chat, at = done
        now = moment(at)
        match act:
            case Act.ACCEPT:
                care.holder, care.due, care.warned, care.human = chat, None, False, care.human or at
            case Act.PROMISE:
                care.due, care.warned = stamp(effect.due or now), False
                post.tell_person(care, "promise", due=care.due)
            case Act.ANSWER:
                care.due = None
                post.tell_person(care, "answer", effect.text)
            case Act.CHECK_IN:
                post.tell_person(care, "check_in", due=stamp(effect.due or now))
            case Act.CLOSE:
                care.due, care.closed, care.outcome, care.holder = None, at, effect.text or None, None
                care.look = at + plan.municipality.retention_days * DAY
                post.tell_person(care, "close", effect.text, due=care.look)
            case Act.HAND_OVER | Act.STEP_BACK:
                if act is Act.STEP_BACK:
                    books.exclude(tx, care, chat)
                self._wait(tx, care, plan, now)
            case _:
                pass

    def _watch_held(self, care: Care, plan: Plan, now: dt.datetime, snoozed: dt.datetime | None) -> None:
        promise = None if care.due is None else moment(care.due)
        look = escalation.next_look(plan, now, promise, warned=care.warned)
        if snoozed is not None and promise is None:
            look = escalation.waking(plan, max(snoozed, now))
        care.look = stamp(look)

    def _show(self, tx: Transaction, care: Care, chat: int, post: _Post) -> None:
        found = cases.read(tx, self.ring, care.number, care.tenant)
        if found is not None:
            lines, notes = found
            post.send(
                chat,
                DeskNews(what="shown", number=care.number, incident=care.incident, lines=lines, notes=tuple(notes)),
            )

    def _attach(self, tx: Transaction, care: Care, act: Act, effect: CaseAct, cause: Cause) -> bool:
        identity = hashlib.sha256(b"case_note|" + cause.event).digest()[:16]
        return cases.attach(tx, self.ring, care.number, (identity, effect.text, _NOTES[act]), cause.now)

    def _done(self, tx: Transaction, care: Care, done: tuple[Actor, int | None, Act], cause: Cause) -> None:
        books.write(tx, care)
        identity = hashlib.sha256(b"case_audit|%b|%d" % (cause.event, care.record)).digest()[:16]
        books.note(tx, care, identity, done, cause.now)

    def _wait(self, tx: Transaction, care: Care, plan: Plan, now: dt.datetime) -> None:
        """Nobody holds it: it is asked from the first level on."""
        roles = self._roles(tx, care.tenant, books.excluded(tx, care))
        level = escalation.first_level(roles)
        watch = escalation.begin(plan, level if level is not None else len(LEVELS), now, urgent=care.urgent)
        care.holder, care.warned, care.level = None, False, watch.level
        care.due, care.look = stamp(watch.accept_by), stamp(watch.look_at)

    def _free(self, tx: Transaction, care: Care, plan: Plan, now: dt.datetime, post: _Post) -> None:
        """Whoever held it is gone: others are asked, if there are any, and the person is told which of the two."""
        self._wait(tx, care, plan, now)
        if care.level < len(LEVELS):
            post.tell_person(care, "hand_over", due=care.due)
        else:
            post.tell_person(care, "nobody")

    # --- who is asked

    def _roles(self, tx: Transaction, tenant: str, excluded: frozenset[int], *, by_mail: bool = True) -> list[Role]:
        """The roles that somebody has. `by_mail` False: without those who can be told and do nothing."""
        present = [one for one in desks.present(tx, tenant) if one.chat not in excluded]
        return [Role(one.role) for one in present if by_mail or one.account != MAIL]

    def _asked(self, tx: Transaction, care: Care) -> set[int]:
        """The coordinators who are asked about a case that waits: those up to its level, without whom it involves."""
        excluded = books.excluded(tx, care)
        return {
            one.chat
            for one in desks.present(tx, care.tenant)
            if one.chat not in excluded and LEVELS.index(Role(one.role)) <= care.level
        }

    # --- the clock

    def look(self, tx: Transaction, now: int) -> int:
        """Look at cases whose time has come: remind, ask the next level, say that a promise broke, shred what is over.

        Returns:
            How many there were; when it is `MOST_LOOKS`, there may be more.
        """
        found = books.due(tx, now, MOST_LOOKS)
        for care in found:
            cause = Cause(hashlib.sha256(b"look|%d|%d" % (care.record, care.look or 0)).digest(), now)
            self._look_at(tx, care, _Post(tx, self.ring, cause), cause)
        if found:
            reach("look_inside")
        return len(found)

    def _look_at(self, tx: Transaction, care: Care, post: _Post, cause: Cause) -> None:
        plan, now = self._plans.plan_for(care.tenant), moment(cause.now)
        if care.state is State.REPORTED:
            self._ask(tx, care, plan, post, cause)
        elif is_held(care.state):
            self._remind_holder(tx, care, plan, now, post)
        elif care.state is State.CLOSED:
            post.tell_person(care, "erased")
            cases.shred(tx, care.record)
            care.look = None
        else:
            care.look = None
        books.write(tx, care)

    def _ask(self, tx: Transaction, care: Care, plan: Plan, post: _Post, cause: Cause) -> None:
        """Notices to those who are asked; the first is a notice, later ones remind."""
        now = moment(cause.now)
        roles = self._roles(tx, care.tenant, books.excluded(tx, care))
        watch = Watch(care.level, moment(care.due or cause.now), now)
        step, after = escalation.look(plan, watch, roles, now, urgent=care.urgent)
        what: DeskWhat = "reminder" if care.warned else "notice"
        if step is Step.ESCALATE:
            what = "escalated"
            care.due = stamp(after.accept_by)
            post.tell_person(care, "escalate", due=care.due)
        elif step is Step.NOBODY:
            what = "nobody"
            if care.level < len(LEVELS):
                post.tell_person(care, "nobody")
        if step is not Step.REMIND:
            identity = hashlib.sha256(b"case_audit|" + cause.event).digest()[:16]
            books.note(tx, care, identity, (Actor.CLOCK, None, Act.ESCALATE), cause.now)
        care.level, care.look, care.warned = after.level, stamp(after.look_at), True
        for coordinator in sorted(self._asked(tx, care)):
            post.tell_desk(coordinator, care, what)
        self._tell_groups(tx, post, care, what)

    def _remind_holder(self, tx: Transaction, care: Care, plan: Plan, now: dt.datetime, post: _Post) -> None:
        promise = None if care.due is None else moment(care.due)
        if care.holder is None:
            # Whoever held it is gone: others are asked.
            care.state = State.REPORTED
            self._free(tx, care, plan, now, post)
            return
        at = stamp(escalation.waking(plan, now, urgent=care.urgent))
        if promise is None:
            post.tell_desk(care.holder, care, "nudge", at)
        elif now < promise:
            care.warned = True
            post.tell_desk(care.holder, care, "promise_soon", at)
            self._tell_groups(tx, post, care, "promise_soon")
        else:
            # The person hears it first: the letter to them is the first of this look.
            post.tell_person(care, "promise_broken", due=care.due)
            post.tell_desk(care.holder, care, "promise_broken", at)
            care.due = None
        promise = None if care.due is None else moment(care.due)
        care.look = stamp(escalation.next_look(plan, now, promise, warned=care.warned))

    # --- coordinators come and go

    def redeem(self, tx: Transaction, chat: int, code: str, cause: Cause, *, for_group: bool = False) -> None:
        """Let this chat join by the code ("" after too many tries); whatever is wrong, the answer is the same.

        `for_group`: it is a code that only a group could use, whether it holds or not.
        """
        post = _Post(tx, self.ring, cause)
        if for_group:
            post.send(chat, DeskNews(what="group_only"))
            return
        found = desks.redeem(tx, self.ring, code, chat, cause.now) if code else None
        if found is None:
            post.send(chat, DeskNews(what="invitation_refused"))
            return
        place, role = found
        post.send(chat, DeskNews(what="joined", place=place, about=role, rows=tuple(self._rows(tx, place, chat))))
        self.look_around(tx)

    def show_person(self, tx: Transaction, chat: int, effect: ShowCase, cause: Cause) -> None:
        """Send somebody what their own case says; of another's nothing, as if there were none."""
        post = _Post(tx, self.ring, cause)
        found = cases.read_own(tx, self.ring, effect.number, chat)
        lines, notes = found if found is not None else ((), [])
        news = CaseNews(number=effect.number, what="contents", text=effect.form, lines=lines, notes=tuple(notes))
        post.send(chat, news)

    def list_for(self, tx: Transaction, chat: int, cause: Cause) -> None:
        """Send the coordinator what is open in the municipality."""
        desk = desks.place_of(tx, chat)
        rows = tuple(self._rows(tx, desk[0], chat)) if desk is not None else ()
        _Post(tx, self.ring, cause).send(chat, DeskNews(what="listed", rows=rows))

    def _rows(self, tx: Transaction, place: str, chat: int) -> Iterator[CaseRow]:
        for care in books.open_in(tx, place):
            if chat not in books.excluded(tx, care):
                due = None if care.due is None else moment(care.due)
                yield CaseRow(
                    care.number, care.incident, care.state.value, moment(care.opened), due, care.holder == chat
                )

    def leave(self, tx: Transaction, chat: int, cause: Cause) -> None:
        """This chat coordinates no more; what it held waits for others, and the persons are told."""
        post = _Post(tx, self.ring, cause)
        if pairing.part(tx, post, chat, self._plans):
            self.look_around(tx)
            return
        if desks.place_of(tx, chat) is None:
            return
        desks.leave(tx, chat)
        for care in books.held_by(tx, chat):
            care.state = State.REPORTED
            self._free(tx, care, self._plans.plan_for(care.tenant), moment(cause.now), post)
            self._done(tx, care, (Actor.HOLDER, chat, Act.HAND_OVER), cause)
        self.look_around(tx)

    # --- groups come and go

    def _tell_groups(self, tx: Transaction, post: _Post, care: Care, what: DeskWhat, role: str = "") -> None:
        pairing.tell(tx, post, care, what, self._plans.plan_for(care.tenant), role)

    def pair(self, tx: Transaction, chat: int, given: Given, cause: Cause, *, closed: bool) -> None:
        """Let this group get notices; an invitation for somebody that was shown to it holds no more.

        `closed`: it gets some already, or may not have any, and has been told so.
        """
        if given.person:
            desks.spoil(tx, self.ring, given.person)
        if not closed:
            pairing.redeem(tx, self.ring, _Post(tx, self.ring, cause), chat, given.group, self._plans)
            self.look_around(tx)

    def give_code(self, tx: Transaction, chat: int, cause: Cause) -> None:
        """Give this coordinator a code for a group, for their own municipality and role."""
        desk = desks.place_of(tx, chat)
        if desk is not None:
            code = invitation.make()
            pairings.invite(tx, self.ring, code, desk, cause.now)
            shown = invitation.show(code, invitation.GROUP)
            _Post(tx, self.ring, cause).send(chat, DeskNews(what="group_code", about=shown))

    def move_group(self, tx: Transaction, chat: int, to: str, cause: Cause) -> None:
        """The group is another chat now."""
        pairing.move(tx, self.ring, _Post(tx, self.ring, cause), chat, to)

    def unreachable(self, tx: Transaction, chat: int, cause: Cause) -> None:
        """Nothing can be sent to this chat any more: if it was a group that gets notices, it does so no longer."""
        post = _Post(tx, self.ring, cause)
        if pairing.part(tx, post, chat, self._plans):
            post.send(chat, DeskNews(what="unpaired"))
            self.look_around(tx)

    def forget(self, tx: Transaction, chat: int, cause: Cause) -> None:
        """The chat is about to be deleted: its cases are withdrawn (not shredded yet), those that it held are free."""
        post = _Post(tx, self.ring, cause)
        moving.abandon(tx, self.ring, chat, cause)
        for care in books.of_person(tx, chat):
            if care.state is not State.WITHDRAWN:
                care.chat = None
                self._withdraw(tx, care, post)
                self._done(tx, care, (Actor.PERSON, None, Act.WITHDRAW), cause)
        self.leave(tx, chat, cause)

    def close_from_office(self, tx: Transaction, number: str, outcome: str, cause: Cause) -> bool:
        """An administrator closes a case without having read it; False when it is not open."""
        care = books.find(tx, number)
        if care is None or not is_open(care.state):
            return False
        plan = self._plans.plan_for(care.tenant)
        post = _Post(tx, self.ring, cause)
        holder, care.holder = care.holder, None
        care.state, care.due, care.closed, care.outcome = State.CLOSED, None, cause.now, outcome or None
        care.look = cause.now + plan.municipality.retention_days * DAY
        post.tell_person(care, "close", outcome, due=care.look)
        post.tell_desk(holder, care, "over")
        self._tell_groups(tx, post, care, "over")
        self._done(tx, care, (Actor.OFFICE, None, Act.CLOSE), cause)
        return True


def _news(act: Act) -> News:
    match act:
        case Act.ACCEPT:
            return "accept"
        case Act.CLARIFY:
            return "clarify"
        case Act.AGREE:
            return "agree"
        case Act.HAND_OVER:
            return "hand_over"
        case _:
            return "step_back"

"""The Lotse's own questions, which lie over the playbook's: deleting, changing, language, a crisis, coming back.

An overlay is a name in `Conversation.overlay` and a row in `OVERLAYS`: how it asks, and what a choice does. Words that
fit no choice are asked about again, twice; only a crisis and an addition take them otherwise (see the rows).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.flows import caring, keeping, moments, moving, remembering
from bot.flows.asking import Asked, ask_resume, ask_step, ask_waiting, make_asked
from bot.flows.calling import CRISIS_HUMANS, HUMANS, show_contacts
from bot.flows.commands import smalltalk
from bot.flows.conversation import DECLINED, UNKNOWN, Conversation
from bot.flows.crisis import Crisis
from bot.flows.emergency import after_not_serious, crisis_options, crisis_text, emergency_numbers, worry_text
from bot.flows.exchange import AddToCase, CancelTimers, CaseAct, Count, Distress, Forget, PaperForm
from bot.flows.reading import fold
from bot.flows.sentences import SENTENCES
from bot.flows.steps import CheckIns, OfferCase, Question
from bot.flows.walking import RECEPTION, begin, change, go, leave, run, take
from bot.flows.wording import phrase, pick
from bot.flows.words import answer_words

if TYPE_CHECKING:
    from bot.flows.walk import Walk

# In the data of a question of the Lotse's own: what happened was told before it was answered.
TOLD: Final = "told"
# What becomes of a log that was written.
_KEPT: Final = ("!mine", "!share")
# Earlier answers that are offered for a change: the latest ones, as many as fit on a phone.
MAX_CHANGES: Final = 8
# Below these a crisis is spoken of already.
_CRISES: Final = frozenset(("crisis", "after_crisis"))
# What is said here is for a human, or for the person's own record.
_TO_HUMANS: Final = frozenset(("addition", "case_message", "case_name", "log"))
# So long after the Lotse has asked on a guess the next one is a line beside the answer.
WORRY_RESTS: Final = dt.timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Overlay:
    """`ask` makes the question, `act` does what was chosen, `hear` takes other words (False: ask again)."""

    ask: Callable[[Walk], Asked]
    act: Callable[[Walk, str], None]
    hear: Callable[[Walk, str], bool] = lambda _walk, _text: False


def lay_over(walk: Walk, name: str, *data: str) -> None:
    """Ask a question of the Lotse's own."""
    walk.c.overlay, walk.c.overlay_data, walk.c.tries = name, data, 0
    walk.ask(OVERLAYS[name].ask(walk))


def lift(walk: Walk) -> None:
    """Take the overlay away."""
    walk.c.overlay, walk.c.overlay_data, walk.c.tries = "", (), 0


def go_on(walk: Walk) -> None:
    """Back to the playbook's question, or to listening."""
    lift(walk)
    asked = walk.open_question()
    if asked is not None and not walk.c.greeted:
        lay_over(walk, "consent")
    elif asked is not None:
        walk.ask(asked)
    elif walk.c.at is not None:
        run(walk)
    else:
        walk.c.token = ""
        walk.say("idle")


# --- löschen ----------------------------------------------------------------------------------------------------------


def _case_part(walk: Walk) -> str:
    return phrase("delete_case", walk.language, number=walk.c.case) if walk.c.case else ""


def _ask_delete(walk: Walk) -> Asked:
    rows = [("!yes", phrase("yes", walk.language), ""), ("!no", phrase("no", walk.language), "")]
    return make_asked((phrase("delete_ask", walk.language, case=_case_part(walk)),), rows, "option")


def _act_delete(walk: Walk, act: str) -> None:
    if act != "!yes":
        walk.say("not_deleted")
        go_on(walk)
        return
    today = moments.show_day(walk.today(), walk.language)
    walk.say("deleted", today=today, case=_case_part(walk))
    if walk.world.transport.takes_back:
        walk.say("taken_back", hours=walk.world.transport.takes_back)
    elif walk.world.transport.redacts:
        walk.say("redacted")
    walk.emit(CancelTimers())
    walk.emit(Forget())
    walk.program = None
    walk.c = Conversation(language=walk.c.language, muted=True)


# --- ändern -----------------------------------------------------------------------------------------------------------


def _ask_change(walk: Walk) -> Asked:
    shown = list(enumerate(walk.c.trail))[-MAX_CHANGES:]
    rows = [(f"=visit{index}", walk.line(visit.name, walk.c.answers.get(visit.name)), "") for index, visit in shown]
    rows.append(("!back", phrase("back_to_question", walk.language), ""))
    return make_asked((phrase("change_which", walk.language),), rows, "option")


def _act_change(walk: Walk, act: str) -> None:
    if act != "!back":
        change(walk, int(act.removeprefix("=visit")))
    go_on(walk)


def _ask_addition(walk: Walk) -> Asked:
    rows = [("!back", phrase("back_to_question", walk.language), "")]
    return make_asked((phrase("addition", walk.language, number=walk.c.case),), rows, "text")


def _act_addition(walk: Walk, _act: str) -> None:
    go_on(walk)


def _hear_addition(walk: Walk, text: str) -> bool:
    walk.emit(AddToCase(number=walk.c.case, text=text))
    walk.say("added", number=walk.c.case)
    go_on(walk)
    return True


# --- Vorgang ----------------------------------------------------------------------------------------------------------


def _act_case(walk: Walk, act: str) -> None:
    match act:
        case "!message":
            lay_over(walk, "case_message")
        case "!withdraw":
            lay_over(walk, "case_withdraw")
        case "!reopen":
            walk.emit(CaseAct(number=walk.c.case, act="reopen"))
            _resume(walk)
        case _:
            go_on(walk)


def _hear_message(walk: Walk, text: str) -> bool:
    caring.pass_on(walk, text)
    _resume(walk)
    return True


def _act_how(walk: Walk, act: str) -> None:
    match act:
        case "!name":
            lay_over(walk, "case_name")
            return
        case "!nameless":
            walk.c.sender = ""
        case "!back":
            pass
        case _:
            caring.exclude(walk, act[1:])
    go_on(walk)


def _hear_name(walk: Walk, text: str) -> bool:
    walk.c.sender = " ".join(text.split())[: caring.LONGEST_NAME]
    go_on(walk)
    return True


def _act_withdraw(walk: Walk, act: str) -> None:
    if act == "!yes":
        walk.emit(CaseAct(number=walk.c.case, act="withdraw"))
    else:
        walk.say("not_deleted")
    _resume(walk)


def _resume(walk: Walk) -> None:
    """Back to the playbook's question; where there is none, the news that follow are enough."""
    if walk.c.at is not None:
        go_on(walk)
    else:
        lift(walk)
        walk.c.token = ""


def _hear_resume(walk: Walk, text: str) -> bool:
    """A plain yes goes on where it was; a plain no lets it be, and nothing is asked instead."""
    word = fold(text)
    if word in answer_words.YES:
        go_on(walk)
        return True
    if word not in answer_words.NO:
        return False
    leave(walk)
    walk.say("finished")
    return True


# --- der Anfang auf einem Kanal, den andere mitlesen können -----------------------------------------------------------


def greet(walk: Walk) -> None:
    """The first messages. Where others can read along they warn of it, and end with whether to go on here.

    `greeted` is set there once the person goes on: by saying so, or by telling what happened.
    """
    walk.c.greeted = walk.world.transport.encrypted
    if not walk.c.greeted:
        walk.say("telegram", link=_encrypted_link(walk, "telegram_link"))
    start_over(walk)
    if walk.c.greeted:
        return
    if walk.open_question() is None:
        walk.c.greeted = True  # nothing is released: there is nothing to go on with
        return
    walk.effects.pop()
    lay_over(walk, "consent")


def go_on_or_greet(walk: Walk) -> None:
    """Back to where it stood; whoever has not been greeted is."""
    if walk.c.greeted:
        go_on(walk)
    else:
        greet(walk)


def _encrypted_link(walk: Walk, key: str) -> str:
    link = walk.world.municipality.matrix_link
    return phrase(key, walk.language, link=link) if link else ""


def _ask_consent(walk: Walk) -> Asked:
    rows = [("!yes", phrase("consent_yes", walk.language), ""), ("!no", phrase("consent_no", walk.language), "")]
    return make_asked((phrase("consent", walk.language),), rows, "option")


def _act_consent(walk: Walk, act: str) -> None:
    """Whoever rather does not go on here gets people to talk to; the next message begins with the warning again."""
    if act == "!no":
        leave(walk)
        numbers = emergency_numbers(walk.language)
        walk.say("consent_refused", link=_encrypted_link(walk, "consent_link"), numbers=numbers)
        name_humans(walk)
        return
    walk.c.greeted = True
    told, node = TOLD in walk.c.overlay_data, walk.node()
    if told and node is not None:
        lift(walk)
        take(walk, node, "")
    else:
        go_on(walk)


# --- Sprache ----------------------------------------------------------------------------------------------------------


def _languages(walk: Walk) -> list[str]:
    shipped = walk.library[RECEPTION].root.title if RECEPTION in walk.library else SENTENCES["language_name"]
    return [code for code in shipped if code in SENTENCES["language_name"]]


def _ask_language(walk: Walk) -> Asked:
    rows = [(f"={code}", SENTENCES["language_name"][code], "") for code in _languages(walk)]
    return make_asked((phrase("language_which", walk.language),), rows, "option")


def _act_language(walk: Walk, act: str) -> None:
    set_language(walk, act[1:])
    go_on_or_greet(walk)


def set_language(walk: Walk, code: str) -> bool:
    """Speak this language from here on; False, and nothing is done, when it is not shipped."""
    if code not in _languages(walk):
        return False
    walk.c.language = code
    walk.say("language_set")
    return True


# --- Krise ------------------------------------------------------------------------------------------------------------


def tell_crisis(walk: Walk, crisis: Crisis) -> None:
    """The text of this class, ahead of everything, and the choices below it."""
    walk.emit(Count(name="crisis_text_shown"))
    for bubble in crisis_text(crisis, walk.language, bavaria=_in_bavaria(walk)):
        walk.send(bubble, style="emergency", urgent=True)
    lay_over(walk, "crisis", crisis.value)


def hear_distress(walk: Walk, distress: Distress) -> bool:
    """What was learned is a guess: ask, with the numbers; whether the words are answered with that.

    Whoever goes on writing so at that question is taken at their word. Below a crisis text every answer names the
    numbers anyway. Asked once, the next guesses are a line beside the answer for a while: nobody is asked in circles,
    and nothing that is said to a human is held up.
    """
    c = walk.c
    if c.overlay in _CRISES:
        return False
    if c.overlay == "worry":
        tell_crisis(walk, Crisis.OTHERS if c.overlay_data[0] == distress == "others" else Crisis.INDIRECT)
        return True
    to_human = c.overlay in _TO_HUMANS or (not c.overlay and c.at is None and caring.human_listens(walk))
    if to_human or _asked_lately(walk):
        walk.say("worry_again", style="emergency")
        return False
    walk.emit(Count(name="crisis_text_shown"))
    for bubble in worry_text(walk.language, bavaria=_in_bavaria(walk)):
        walk.send(bubble, style="emergency", urgent=True)
    c.worried = walk.now.isoformat()
    lay_over(walk, "worry", distress)
    return True


def _asked_lately(walk: Walk) -> bool:
    worried = walk.c.worried
    return bool(worried) and walk.now - dt.datetime.fromisoformat(worried) < WORRY_RESTS


def _in_bavaria(walk: Walk) -> bool:
    return walk.c.place.startswith("09")


def _ask_worry(walk: Walk) -> Asked:
    about = walk.c.overlay_data[0]
    rows = [("!yes", phrase("yes", walk.language), ""), ("!unsure", phrase("worry_unsure", walk.language), "")]
    if about == "self":
        rows.append(("!others", phrase("worry_somebody", walk.language), ""))
    rows.append(("!no", phrase("worry_no", walk.language), ""))
    return make_asked((phrase(f"worry_{about}", walk.language),), rows, "option", confidential=True)


def _act_worry(walk: Walk, act: str) -> None:
    if act == "!no":
        for bubble in after_not_serious(walk.language):
            walk.send(bubble, style="emergency")
        told, node = TOLD in walk.c.overlay_data, walk.node()
        lift(walk)
        if told and node is not None:
            take(walk, node, "")
        else:
            go_on_or_greet(walk)
    elif act == "!others" or walk.c.overlay_data[0] == "others":
        tell_crisis(walk, Crisis.OTHERS)
    else:
        tell_crisis(walk, Crisis.DIRECT if act == "!yes" else Crisis.INDIRECT)


def _ask_crisis(walk: Walk) -> Asked:
    """The choices below a crisis text; the text itself went out before, on its own."""
    options = crisis_options(walk.language)
    rows = [(f"={option.id}", option.label, "") for option in options]
    crisis = Crisis(walk.c.overlay_data[0])
    return make_asked(_crisis_question(walk, crisis), rows, "option", confidential=True)


def _crisis_question(walk: Walk, crisis: Crisis) -> tuple[str, ...]:
    return (phrase("crisis_question_others" if crisis is Crisis.OTHERS else "crisis_question", walk.language),)


def _act_crisis(walk: Walk, act: str) -> None:
    chosen = next(option for option in crisis_options(walk.language) if option.id == act[1:])
    for bubble in chosen.reply:
        walk.send(bubble, style="emergency")
    if chosen.id == "nicht_ich":
        walk.c.worried = walk.now.isoformat()
    lay_over(walk, "after_crisis")


def _hear_crisis(walk: Walk, _text: str) -> bool:
    lay_over(walk, "after_crisis")
    return True


def _ask_after_crisis(walk: Walk) -> Asked:
    rows = [("!human", phrase("human", walk.language), "")]
    if walk.c.at is not None:
        rows.append(("!go_on", phrase("go_on", walk.language), ""))
    rows.append(("!new", phrase("begin_anew", walk.language), ""))
    return make_asked((phrase("after_crisis", walk.language),), rows, "option")


def _hear_after_crisis(walk: Walk, text: str) -> bool:
    """Whoever goes on writing after a crisis text is not told that it was not understood; numbers, and the choice."""
    if smalltalk(fold(text)) is not None:
        return False
    walk.say("after_crisis_heard" if walk.c.tries % 2 == 0 else "after_crisis_again")
    walk.c.tries += 1
    walk.ask(_ask_after_crisis(walk))
    return True


def _act_choices(walk: Walk, act: str) -> None:
    """The ways on that several overlays share."""
    if act == "!human":
        kinds = CRISIS_HUMANS if walk.c.overlay == "after_crisis" else HUMANS
        lift(walk)
        name_humans(walk, kinds)
        if walk.c.at is not None:
            go_on(walk)
    elif act == "!new":
        start_over(walk)
    elif act == "!skip":
        lift(walk)
        skip(walk)
    else:
        go_on(walk)


def name_humans(walk: Walk, kinds: Sequence[str] = HUMANS) -> None:
    """People to talk to, whatever it is about."""
    walk.say("human_intro")
    incident = walk.program.incident if walk.program and walk.program.root.type == "vorfall" else ""
    show_contacts(walk, kinds, incident, frozenset(), 3)


def start_over(walk: Walk) -> None:
    """From the first message on."""
    leave(walk)
    begin(walk, RECEPTION)


def skip(walk: Walk) -> None:
    """Leave the open question out, where it may be."""
    node = walk.node()
    if node is None or not isinstance(node.step, Question):
        go_on(walk)
        return
    if node.kind in {"checklist", "choose_many"}:
        take(walk, node, list(walk.c.picked))
    elif isinstance(node.step, OfferCase):
        walk.record(node, "nein")
        go(walk, node, node.step.declined)
        run(walk)
    elif isinstance(node.step, CheckIns) and (none := no_plan(node.step)):
        take(walk, node, none)
    elif node.step.unknown or node.step.decline:
        take(walk, node, DECLINED if node.step.decline else UNKNOWN)
    elif node.kind == "choose" and (no := ask_step(walk, node).refusal()) is not None:
        take(walk, node, no[1:])
    else:
        walk.say("cannot_skip")
        go_on(walk)


def no_plan(step: CheckIns) -> str:
    """The answer with which no check-in is agreed; "" when there is none."""
    return next((name for name, option in step.options.items() if not option.plan), "")


# --- nicht verstanden, Ort, Rückkehr ----------------------------------------------------------------------------------


def _ask_stuck(walk: Walk) -> Asked:
    node = walk.node()
    rows = [("!back", phrase("back_to_question", walk.language), ""), ("!human", phrase("human", walk.language), "")]
    if node and isinstance(node.step, Question) and (node.step.unknown or node.step.decline):
        rows.insert(1, ("!skip", phrase("skip", walk.language), ""))
    return make_asked((phrase("unclear_3", walk.language),), rows, "option")


def _ask_place(walk: Walk) -> Asked:
    rows = [(f"={ags}", walk.place_name(ags), "") for ags in walk.c.overlay_data]
    rows.append(("!back", phrase("none_of_these", walk.language), ""))
    question = "which_place" if len(walk.c.overlay_data) > 1 else "this_place"
    node = walk.node()
    return make_asked(
        (phrase(question, walk.language),), rows, "option", confidential=node is not None and node.sensitive
    )


def _act_place(walk: Walk, act: str) -> None:
    node = walk.node()
    if act == "!back" or node is None:
        walk.say("other_place")
        go_on(walk)
        return
    lift(walk)
    walk.say("noted", value=walk.place_name(act[1:]))
    take(walk, node, act[1:])


def _act_waiting(walk: Walk, act: str) -> None:
    name = walk.c.waiting[0]
    lift(walk)
    walk.c.waiting = walk.c.waiting[1:]
    if act == "!yes":
        begin(walk, name)
    else:
        go_on(walk)


def _act_log(walk: Walk, act: str) -> None:
    if act in _KEPT and keeping.has_written(walk) and keeping.must_choose(walk):
        lay_over(walk, "paper", act, *walk.c.overlay_data)
    elif keeping.act_log(walk, act):
        _resume(walk)


def _act_way(walk: Walk, act: str) -> None:
    """The paper goes as was chosen. What it is made of: the log's own choice and answers, or the form of the export."""
    what, *written = walk.c.overlay_data
    ways: Mapping[str, PaperForm] = {"!file": "json" if what == "json" else "pdf", "!text": "text"}
    form = ways.get(act)
    if form is None:
        walk.say("log_left" if what == "!mine" else "paper_kept_back")
    if what in _KEPT:
        walk.c.overlay_data = tuple(written)
        keeping.act_log(walk, what, form)
    elif form is not None:
        keeping.export(walk, form)
    _resume(walk)


def _act_remember(walk: Walk, act: str) -> None:
    """The check-ins are agreed; with the answer the walk goes on behind them."""
    plan, node = walk.c.overlay_data[0], walk.node()
    if act == "!yes":
        remembering.remember(walk)
        walk.say("deadlines_reminded")
    lift(walk)
    if node is not None:
        take(walk, node, plan)


def _act_move(walk: Walk, act: str) -> None:
    """The question that lay there before lies there again, here or in the other chat."""
    before, *data = walk.c.overlay_data
    lift(walk)
    walk.c.overlay, walk.c.overlay_data = before, tuple(data)
    if act == "!yes":
        moving.offer(walk)
    elif before:
        walk.ask(OVERLAYS[before].ask(walk))
    else:
        go_on(walk)


def _act_move_here(walk: Walk, act: str) -> None:
    if act == "!yes":
        moving.fetch(walk)
        return
    walk.say("move_not_here")
    lift(walk)
    if walk.c.at is not None:
        go_on(walk)


def _act_deadline(walk: Walk, act: str) -> None:
    remembering.act_deadline(walk, act)
    _resume(walk)


def label(walk: Walk, act: str, asked: Asked) -> str:
    """The label of an act, to show what was chosen."""
    return asked.choices[asked.acts.index(act)].label if act in asked.acts else pick(SENTENCES["done"], walk.language)


OVERLAYS: Final[Mapping[str, Overlay]] = {
    "consent": Overlay(_ask_consent, _act_consent),
    "delete": Overlay(_ask_delete, _act_delete),
    "change": Overlay(_ask_change, _act_change),
    "addition": Overlay(_ask_addition, _act_addition, _hear_addition),
    "case": Overlay(caring.ask_case, _act_case),
    "case_message": Overlay(caring.ask_message, _act_addition, _hear_message),
    "case_withdraw": Overlay(caring.ask_withdraw, _act_withdraw),
    "case_how": Overlay(caring.ask_how, _act_how),
    "case_name": Overlay(caring.ask_name, _act_addition, _hear_name),
    "language": Overlay(_ask_language, _act_language),
    "crisis": Overlay(_ask_crisis, _act_crisis, _hear_crisis),
    "worry": Overlay(_ask_worry, _act_worry, _hear_crisis),
    "after_crisis": Overlay(_ask_after_crisis, _act_choices, _hear_after_crisis),
    "stuck": Overlay(_ask_stuck, _act_choices),
    "place": Overlay(_ask_place, _act_place),
    "resume": Overlay(ask_resume, _act_choices, _hear_resume),
    "waiting": Overlay(ask_waiting, _act_waiting),
    "log": Overlay(keeping.ask_log, _act_log, keeping.hear_log),
    "paper": Overlay(keeping.ask_way, _act_way),
    "move": Overlay(moving.ask_move, _act_move),
    "move_here": Overlay(moving.ask_consent, _act_move_here),
    "deadlines": Overlay(remembering.ask_remember, _act_remember),
    remembering.OVERLAY: Overlay(remembering.ask_deadline, _act_deadline),
}
